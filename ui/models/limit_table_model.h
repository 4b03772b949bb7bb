// LimitTableModel: the limits of the data plane: what each one limits, its value, what the client gets, how often it was enforced and when last.
// Then other reasons for which connections were refused. Thread: GUI. Lifetime: a view's; the theme outlives it.
#pragma once

#include "gateway/gateway.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

class Theme;

class LimitTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, What, Value, Answer, Count, Last, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;

    explicit LimitTableModel(Theme& theme, QObject* parent = nullptr);

    /// Values change in place; only other limits reset.
    void update(const std::vector<gateway::LimitState>& limits);
    /// How many of them were enforced at least once.
    int enforced() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QString text(const gateway::LimitState& limit, int column) const;

    Theme& theme_;
    std::vector<gateway::LimitState> rows_;
};

}  // namespace gatehouse::ui
