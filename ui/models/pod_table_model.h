// PodTableModel: the pods of all pools with their last known metrics: the table twin of the dashboard. Rows keep their order while
// values change; the order by a value is renewed at most every ten seconds and never while the pointer is inside.
// Thread: GUI. Lifetime: a view's; the theme outlives it.
#pragma once

#include "models/pod_words.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>

#include <limits>
#include <vector>

namespace gatehouse::ui {

class Theme;

class PodTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Pod, Pool, GpuMemory, Queue, Running, KvUse, InFlight, Picks, Share, Age, State, Device, UsableKv, HitRate, Adapters, ColumnCount };
    enum Role { SortRole = Qt::UserRole, KeyRole };
    static constexpr qint64 kReorderMillis = 10'000;

    struct Row {
        gateway::PodState pod;
        double share = 0;  ///< Percent of the picks over the last ten seconds; NaN = unknown.
        double hitPercent = std::numeric_limits<double>::quiet_NaN();  ///< Prefix-cache hits, lately.
        PodPresence presence = PodPresence::Here;
    };

    explicit PodTableModel(Theme& theme, QObject* parent = nullptr);

    /// Takes the newest values; `now` in milliseconds of any steady clock.
    void update(std::vector<Row> rows, qint64 now);
    void setOrderHeld(bool held) { held_ = held; }
    const Row& row(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    int rowOf(const QString& key) const;
    static QString key(const gateway::PodState& pod);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

  private:
    void reorder();
    QVariant sortValue(const Row& row, int column) const;
    bool less(const Row& a, const Row& b) const;

    Theme& theme_;
    std::vector<Row> rows_;
    int sortColumn_ = Pod;
    Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
    qint64 orderedAt_ = 0;
    bool held_ = false;
    mutable QHash<QString, QIcon> icons_;
};

}  // namespace gatehouse::ui
