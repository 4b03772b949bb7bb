// ArmTableModel: the arms of one split side by side: configured and observed share, requests, errors, times, tokens. Thread: GUI.
#pragma once

#include "canary/arm_statistics.h"

#include <QAbstractTableModel>
#include <QColor>

#include <functional>
#include <vector>

namespace gatehouse::ui {

class Theme;

struct ArmRow {
    QString name;
    QString wholeName;
    std::function<QColor()> color;
    double configured = 0;   ///< Percent.
    double sinceChange = 0;  ///< Percent; NaN without requests.
    double lastMinute = 0;   ///< Percent; NaN without requests.
    quint64 requests = 0, errors = 0;
    double ttftP50 = 0, ttftP95 = 0;
    quint64 inputTokens = 0, outputTokens = 0;
    QString invalidReason;   ///< Why the gateway cannot use the arm; empty = it can.
};

class ArmTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Arm, Configured, SinceChange, LastMinute, Requests, Errors, TtftP50, TtftP95, TokensIn, TokensOut, ColumnCount };

    explicit ArmTableModel(Theme& theme, QObject* parent = nullptr);

    void set(std::vector<ArmRow> rows);
    const ArmRow& row(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    Theme& theme_;
    std::vector<ArmRow> rows_;
};

}  // namespace gatehouse::ui
