// EndpointTableModel: every endpoint of every backend: whether it takes requests, else why not, since when and until when, what it carries, how it answers and how it is
// spoken to. Rows keep their order while values change. Thread: GUI. Lifetime: a view's; the theme outlives it.
#pragma once

#include "gateway/gateway.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

class Theme;

class EndpointTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Endpoint, Backend, State, Why, InFlight, Connections, Requests, Failures, Latency, Protocol, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;

    explicit EndpointTableModel(Theme& theme, QObject* parent = nullptr);

    /// Values change in place; only other endpoints reset.
    void update(const std::vector<gateway::ClusterSample>& clusters);
    /// An endpoint that the configuration itself keeps out: its health names who says so in `reason`, and it has no end.
    static bool isKeptOut(const upstream::EndpointHealth& health);
    int out() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row {
        gateway::ClusterSample cluster;  ///< Without its endpoints.
        upstream::EndpointHealth health;
        std::vector<std::string> addresses;
    };
    static QString stateText(const Row& row);
    static QString whyText(const Row& row);
    static QString backendText(const Row& row);
    static QString stateSentence(const Row& row);
    QString text(const Row& row, int column) const;

    Theme& theme_;
    std::vector<Row> rows_;
};

}  // namespace gatehouse::ui
