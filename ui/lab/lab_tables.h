// Tables of a comparison: FiguresModel has every policy with its figures, marked where it is best or ties with the best; VerdictsModel has
// ours against the best baseline of each metric, and, where a second result is chosen, each policy against itself in that run.
// Thread: GUI.
#pragma once

#include "lab/lab_runs.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

class Theme;

class FiguresModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    explicit FiguresModel(Theme& theme, QObject* parent = nullptr);
    /// `other` may be null; its rows stand below those of the same policy.
    void set(LabResultRef result, LabResultRef other);
    /// The figure itself, for sorting.
    static constexpr int kValueRole = Qt::UserRole + 1;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row {
        const lab::sim::PolicyReport* report;
        int run;
        std::vector<lab::sim::Standing> standings;  ///< By column after the first.
    };
    Theme& theme_;
    LabResultRef result_, other_;
    std::vector<Row> rows_;
};

struct VerdictRow {
    lab::sim::Comparison comparison;
    bool betweenRuns = false;  ///< The policy in the second result against itself in the first.
};
/// `other` may be null. Between runs of different traffic there is a difference of means and no verdict.
std::vector<VerdictRow> labVerdicts(const LabResultRef& result, const LabResultRef& other);

class VerdictsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Policy, MetricName, Against, Difference, Verdict, ColumnCount };
    explicit VerdictsModel(Theme& theme, QObject* parent = nullptr);
    void set(LabResultRef result, LabResultRef other);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QString textOf(const VerdictRow& row, int column) const;
    Theme& theme_;
    LabResultRef result_, other_;
    std::vector<VerdictRow> rows_;
};

}  // namespace gatehouse::ui
