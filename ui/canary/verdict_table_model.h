// VerdictTableModel: the metrics of a canary, stable beside canary, their difference with its always-valid interval, and what it says.
// Thread: GUI.
#pragma once

#include "canary/verdict.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace gatehouse::ui {

class Theme;

/// In the language of the console.
QString metricText(const canary::MetricRule& rule);
QString outcomeText(canary::Outcome outcome);
QString whereText(const canary::Whereabouts& where);
/// "812 ms", "0.62 %"; "–" for NaN.
QString metricValue(canary::Metric metric, double value);
/// With its sign; "–" for what is not known.
QString metricDifference(canary::Metric metric, double value);

class VerdictTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { MetricName, Stable, Canary, Difference, Interval, Margin, Verdict, ColumnCount };

    explicit VerdictTableModel(Theme& theme, QObject* parent = nullptr);

    void set(std::vector<canary::MetricVerdict> rows);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QString textOf(const canary::MetricVerdict& row, int column) const;

    Theme& theme_;
    std::vector<canary::MetricVerdict> rows_;
};

}  // namespace gatehouse::ui
