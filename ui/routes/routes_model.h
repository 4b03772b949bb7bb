// RoutesModel: the routes tree for a QTreeView. A change of values updates in place; only another shape resets. Thread: GUI.
#pragma once

#include "routes/routes_tree.h"

#include <QAbstractItemModel>

#include <memory>
#include <unordered_map>

namespace gatehouse::ui {

class Theme;

class RoutesModel : public QAbstractItemModel {
    Q_OBJECT
  public:
    enum Column { Name, State, Requests, ColumnCount };
    static constexpr int kFilterRole = Qt::UserRole + 1;  ///< Everything that a filter looks at.

    explicit RoutesModel(Theme& theme, QObject* parent = nullptr);

    /// True when the shape changed (the model was reset).
    bool setNodes(std::vector<RouteNode> nodes);
    /// Request counters by the engine's rule id.
    void setCounters(const std::vector<gateway::RuleState>& rules);

    const RouteNode* node(const QModelIndex& index) const;
    QModelIndex indexOf(const std::string& id) const;
    /// First node of the object, at the deepest part that holds `path`.
    QModelIndex indexOf(const config::ObjectKey& object, const config::FieldPath& path) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Item {
        RouteNode* node = nullptr;
        Item* parent = nullptr;
        int row = 0;
        std::vector<std::unique_ptr<Item>> children;
        quint64 requests = 0, errors = 0;
        bool counted = false;
        QString broken;
    };
    void link(std::vector<RouteNode>& nodes, Item& under);
    void takeOver(std::vector<RouteNode>& now, std::vector<RouteNode>& next);
    static bool sameShape(const std::vector<RouteNode>& a, const std::vector<RouteNode>& b);
    void count(Item& item);
    Item* item(const QModelIndex& index) const { return static_cast<Item*>(index.internalPointer()); }
    QModelIndex indexFor(const Item* item, int column = 0) const;
    void changed(const Item& under, int firstColumn, int lastColumn);

    Theme& theme_;
    std::vector<RouteNode> nodes_;
    Item root_;
    std::unordered_map<std::string, Item*> byId_;
    struct Counter {
        quint64 requests = 0, errors = 0;
        QString broken;
        std::vector<quint64> backends;  ///< Requests, in the rule's order.
    };
    std::unordered_map<std::string, Counter> counters_;
};

}  // namespace gatehouse::ui
