// RequestTableModel: the bridge's finished requests as rows, filtered by an index of its own (a proxy model over 100,000 live rows
// stalls for seconds). Rows are appended in one batch per tick. While paused or sorted by anything but time, what is newer waits
// outside until catchUp(). Thread: GUI. Lifetime: a view's; the bridge and the theme outlive it.
#pragma once

#include "models/request_filter.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QSet>

#include <string>
#include <vector>

namespace gatehouse::ui {

class EngineBridge;
class Theme;

class RequestTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Time, Method, Path, Route, Status, Model, Backend, Pod, Ttft, Total, TokensIn, TokensOut, Phases, ColumnCount };
    enum Role { SortRole = Qt::UserRole, IdRole, MarkedRole };

    RequestTableModel(EngineBridge& engine, Theme& theme, QObject* parent = nullptr);

    /// An inactive model does no work; it catches up when it becomes active.
    void setActive(bool active);
    void setPaused(bool paused);
    bool isPaused() const { return paused_; }
    void setFilter(const RequestFilter& filter);
    /// Only requests whose route is in this namespace, and those without a route; empty = all.
    void setNamespace(const QString& name);
    /// True while the rows are in another order than that of arrival.
    bool isSorted() const { return sortColumn_ != Time || sortOrder_ != Qt::AscendingOrder; }
    /// Requests that match and wait outside because of pause or sort.
    quint64 waiting() const { return waiting_; }
    /// Takes in what waits, in the present order.
    void catchUp();

    /// The record behind a row; null once the bridge let go of it. Valid until control returns to the event loop.
    const telemetry::RequestRecord* record(int row) const;
    /// Rows as positions in the bridge's endless sequence.
    const std::vector<quint64>& positions() const { return positions_; }
    /// -1 when the request is not shown.
    int rowOf(const QString& requestId) const;

    void setMarked(const QString& requestId, bool marked);
    bool isMarked(const QString& requestId) const { return marks_.contains(requestId); }
    int markedCount() const { return static_cast<int>(marks_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    static QString text(const telemetry::RequestRecord& record, int column);

  signals:
    void countsChanged();  ///< rowCount(), waiting() or markedCount().

  private:
    void onAppended();
    void appendNew();
    void countWaiting();
    void dropGone();
    void rebuild();
    void order(std::vector<quint64>& positions) const;
    bool holdsBack() const { return paused_ || isSorted(); }
    bool matches(const telemetry::RequestRecord& record) const;
    QIcon icon(const QString& name) const;

    EngineBridge& engine_;
    Theme& theme_;
    RequestFilter filter_;
    std::string routePrefix_;         ///< "HTTPRoute NAMESPACE/", empty = any.
    std::vector<quint64> positions_;  ///< Rows: positions in the bridge's endless sequence.
    quint64 scannedTo_ = 0;           ///< Requests before this position are in positions_ or do not match.
    quint64 countedTo_ = 0;           ///< Requests before this one are in waiting_ where they match.
    quint64 waiting_ = 0;
    bool active_ = false;
    bool paused_ = false;
    int sortColumn_ = Time;
    Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
    QSet<QString> marks_;
    mutable QHash<QString, QIcon> icons_;
};

}  // namespace gatehouse::ui
