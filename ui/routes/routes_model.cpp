#include "routes/routes_model.h"

#include "editors/object_text.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QLocale>

namespace gatehouse::ui {
namespace {

const char* iconOf(RouteNode::Kind kind) {
    switch (kind) {
        case RouteNode::Kind::Gateway: return "gateway";
        case RouteNode::Kind::ListenerSet: return "listener";
        case RouteNode::Kind::Listener: return "listener";
        case RouteNode::Kind::Certificate: return "key";
        case RouteNode::Kind::Backend: return "backend";
        case RouteNode::Kind::Policy: return "lock";
        case RouteNode::Kind::Settings: return "settings";
        case RouteNode::Kind::Route: return "route";
        case RouteNode::Kind::Rule: return "rule";
        case RouteNode::Kind::UnattachedBranch: return "link";
        case RouteNode::Kind::OtherBranch:
        case RouteNode::Kind::OtherKind: return "folder";
        case RouteNode::Kind::Other: return "object";
        case RouteNode::Kind::FileBranch: return "folder";
        case RouteNode::Kind::File: return "file";
    }
    return "object";
}

bool isBranch(RouteNode::Kind kind) {
    return kind == RouteNode::Kind::UnattachedBranch || kind == RouteNode::Kind::OtherBranch || kind == RouteNode::Kind::OtherKind ||
           kind == RouteNode::Kind::FileBranch;
}

}  // namespace

RoutesModel::RoutesModel(Theme& theme, QObject* parent) : QAbstractItemModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] { changed(root_, 0, ColumnCount - 1); });
}

bool RoutesModel::sameShape(const std::vector<RouteNode>& a, const std::vector<RouteNode>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const RouteNode& x, const RouteNode& y) { return x.id == y.id && sameShape(x.children, y.children); });
}

void RoutesModel::takeOver(std::vector<RouteNode>& now, std::vector<RouteNode>& next) {
    for (std::size_t i = 0; i < now.size(); ++i) {
        auto children = std::move(now[i].children);
        takeOver(children, next[i].children);
        now[i] = std::move(next[i]);
        now[i].children = std::move(children);
    }
}

bool RoutesModel::setNodes(std::vector<RouteNode> nodes) {
    if (!nodes_.empty() && sameShape(nodes_, nodes)) {
        takeOver(nodes_, nodes);  // Nodes stay where they are, so the items' pointers hold.
        changed(root_, 0, ColumnCount - 1);
        return false;
    }
    beginResetModel();
    root_.children.clear();
    byId_.clear();
    nodes_ = std::move(nodes);
    link(nodes_, root_);
    for (auto& child : root_.children) count(*child);
    endResetModel();
    return true;
}

void RoutesModel::link(std::vector<RouteNode>& nodes, Item& under) {
    for (auto& node : nodes) {
        auto item = std::make_unique<Item>();
        item->node = &node;
        item->parent = &under;
        item->row = static_cast<int>(under.children.size());
        byId_[node.id] = item.get();
        link(node.children, *item);
        under.children.push_back(std::move(item));
    }
}

void RoutesModel::count(Item& item) {
    item.requests = item.errors = 0;
    item.counted = false;
    item.broken.clear();
    for (auto& child : item.children) {
        count(*child);
        if (item.node->kind == RouteNode::Kind::Route) {
            item.requests += child->requests;
            item.errors += child->errors;
            item.counted = item.counted || child->counted;
        }
    }
    const bool backend = item.node->kind == RouteNode::Kind::Backend;
    if (item.node->kind != RouteNode::Kind::Rule && !backend) return;
    const auto found = counters_.find(item.node->ruleId);
    if (found == counters_.end()) return;
    if (backend) {
        const auto& counts = found->second.backends;
        item.counted = item.node->backendIndex < counts.size();
        if (item.counted) item.requests = counts[item.node->backendIndex];
        return;
    }
    item.counted = true;
    item.requests = found->second.requests;
    item.errors = found->second.errors;
    item.broken = found->second.broken;
}

void RoutesModel::setCounters(const std::vector<gateway::RuleState>& rules) {
    counters_.clear();
    for (const auto& rule : rules) {
        auto& counter = counters_[rule.id] = {rule.requests, rule.errors, coreSentence(rule.broken), {}};
        for (const auto& backend : rule.backends) counter.backends.push_back(backend.requests);
    }
    for (auto& child : root_.children) count(*child);
    changed(root_, State, Requests);
}

void RoutesModel::changed(const Item& under, int firstColumn, int lastColumn) {
    if (under.children.empty()) return;
    emit dataChanged(indexFor(under.children.front().get(), firstColumn), indexFor(under.children.back().get(), lastColumn));
    for (const auto& child : under.children) changed(*child, firstColumn, lastColumn);
}

QModelIndex RoutesModel::indexFor(const Item* item, int column) const {
    return item && item != &root_ ? createIndex(item->row, column, const_cast<Item*>(item)) : QModelIndex();
}

const RouteNode* RoutesModel::node(const QModelIndex& index) const { return index.isValid() ? item(index)->node : nullptr; }

QModelIndex RoutesModel::indexOf(const std::string& id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? QModelIndex() : indexFor(found->second);
}

QModelIndex RoutesModel::indexOf(const config::ObjectKey& object, const config::FieldPath& path) const {
    const Item* best = nullptr;
    const auto visit = [&](auto&& self, const Item& under) -> void {
        for (const auto& child : under.children) {
            const auto& node = *child->node;
            const bool fits = node.object == object && (node.path.empty() || (!path.empty() && isWithin(path, node.path)));
            if (fits && (!best || node.path.steps().size() > best->node->path.steps().size())) best = child.get();
            self(self, *child);
        }
    };
    visit(visit, root_);
    return indexFor(best);
}

QModelIndex RoutesModel::index(int row, int column, const QModelIndex& parent) const {
    const auto& under = parent.isValid() ? *item(parent) : root_;
    if (row < 0 || column < 0 || column >= ColumnCount || row >= static_cast<int>(under.children.size())) return {};
    return createIndex(row, column, under.children[static_cast<std::size_t>(row)].get());
}

QModelIndex RoutesModel::parent(const QModelIndex& index) const { return index.isValid() ? indexFor(item(index)->parent) : QModelIndex(); }

int RoutesModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) return 0;
    return static_cast<int>((parent.isValid() ? *item(parent) : root_).children.size());
}

int RoutesModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QVariant RoutesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& entry = *item(index);
    const auto& node = *entry.node;
    const bool broken = !entry.broken.isEmpty();
    const auto health = broken ? Health::Error : node.health;
    if (role == kFilterRole) return QString(node.text + QLatin1Char(' ') + node.detail + QLatin1Char(' ') + node.word);
    if (role == Qt::ToolTipRole) {
        if (broken) return tr("Answers 500: %1").arg(entry.broken);
        if (index.column() == State && !node.reason.isEmpty()) return node.reason;
        return node.detail.isEmpty() ? node.text : node.text + QLatin1Char('\n') + node.detail;
    }
    switch (index.column()) {
        case Name:
            if (role == Qt::DisplayRole)
                return node.detail.isEmpty() || node.kind == RouteNode::Kind::Gateway ? node.text : node.text + QStringLiteral("  ") + node.detail;
            if (role == Qt::DecorationRole) return theme_.icon(QString::fromLatin1(iconOf(node.kind)), Token::Muted);
            if (role == Qt::AccessibleTextRole) return QString(node.text + QStringLiteral(", ") + node.detail + QStringLiteral(", ") + node.word);
            break;
        case State: {
            const bool quiet = isBranch(node.kind) && health == Health::Ok;
            if (role == Qt::DisplayRole) return broken ? tr("Answers 500") : node.word;
            if (quiet) break;
            const auto token = health == Health::Error ? Token::Bad : health == Health::Warning ? Token::Warn : health == Health::Ok ? Token::Ok : Token::Muted;
            const char* icon = health == Health::Error ? "error" : health == Health::Warning ? "warning" : health == Health::Ok ? "ok" : "info";
            if (role == Qt::DecorationRole) return theme_.icon(QString::fromLatin1(icon), token);
            // An all-good tree is quiet: only the icon has colour.
            if (role == kStatusTokenRole) return static_cast<int>(health == Health::Ok || health == Health::Unknown ? Token::Muted : token);
            break;
        }
        case Requests:
            if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
            if (role == Qt::DisplayRole) return entry.counted ? QLocale().toString(entry.requests) : QString();
            break;
        default: break;
    }
    return {};
}

QVariant RoutesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && section == Requests) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Name", "column of the routes tree");
        case State: return tr("State", "column of the routes tree");
        case Requests: return tr("Requests", "column of the routes tree: number of requests");
        default: return {};
    }
}

}  // namespace gatehouse::ui
