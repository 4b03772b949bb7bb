#include "models/pod_table_model.h"

#include "models/format.h"
#include "theme/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

bool isNumeric(int column) {
    return column != PodTableModel::Pod && column != PodTableModel::Pool && column != PodTableModel::State && column != PodTableModel::Adapters;
}

/// Metrics that were read once but are old are not shown as if they were now.
bool current(const gateway::PodState& pod) { return pod.scrape == inference::ScrapeState::Fresh; }

double shown(const gateway::PodState& pod, double value) { return current(pod) ? value : std::numeric_limits<double>::quiet_NaN(); }

}  // namespace

PodTableModel::PodTableModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        icons_.clear();
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

QString PodTableModel::key(const gateway::PodState& pod) {
    return toQt(pod.pool) + QLatin1Char('\n') + toQt(pod.pod) + QLatin1Char('\n') + toQt(pod.address);
}

int PodTableModel::rowOf(const QString& wanted) const {
    for (int row = 0; row < rowCount(); ++row)
        if (key(rows_[static_cast<std::size_t>(row)].pod) == wanted) return row;
    return -1;
}

void PodTableModel::update(std::vector<Row> fresh, qint64 now) {
    QHash<QString, std::size_t> byKey;
    for (std::size_t i = 0; i < fresh.size(); ++i) byKey.insert(key(fresh[i].pod), i);
    const bool same = byKey.size() == static_cast<qsizetype>(rows_.size()) &&
                      std::all_of(rows_.begin(), rows_.end(), [&](const Row& row) { return byKey.contains(key(row.pod)); });
    if (!same) {
        beginResetModel();
        rows_ = std::move(fresh);
        std::stable_sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) { return less(a, b); });
        orderedAt_ = now;
        endResetModel();
        return;
    }
    for (auto& row : rows_) row = std::move(fresh[byKey.value(key(row.pod))]);
    if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (!held_ && now - orderedAt_ >= kReorderMillis) {
        orderedAt_ = now;
        reorder();
    }
}

void PodTableModel::sort(int column, Qt::SortOrder order) {
    sortColumn_ = column < 0 || column >= ColumnCount ? Pod : column;
    sortOrder_ = order;
    reorder();
}

void PodTableModel::reorder() {
    if (std::is_sorted(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) { return less(a, b); })) return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const auto persistent = persistentIndexList();
    std::vector<QString> keys;
    for (const auto& index : persistent) keys.push_back(key(rows_[static_cast<std::size_t>(index.row())].pod));
    std::stable_sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) { return less(a, b); });
    for (qsizetype i = 0; i < persistent.size(); ++i)
        changePersistentIndex(persistent[i], index(rowOf(keys[static_cast<std::size_t>(i)]), persistent[i].column()));
    emit layoutChanged({}, VerticalSortHint);
}

bool PodTableModel::less(const Row& a, const Row& b) const {
    const auto left = sortValue(a, sortColumn_), right = sortValue(b, sortColumn_);
    const bool descending = sortOrder_ == Qt::DescendingOrder;
    if (left.typeId() == QMetaType::QString) {
        const int order = QString::localeAwareCompare(left.toString(), right.toString());
        return descending ? order > 0 : order < 0;
    }
    return descending ? left.toDouble() > right.toDouble() : left.toDouble() < right.toDouble();
}

QVariant PodTableModel::sortValue(const Row& row, int column) const {
    const auto number = [](double value) { return std::isnan(value) ? -1.0 : value; };
    const auto& pod = row.pod;
    switch (column) {
        case GpuMemory: return number(shown(pod, pod.metrics.gpuMemoryPercent()));
        case Queue: return number(shown(pod, pod.metrics.waiting));
        case Running: return number(shown(pod, pod.metrics.running));
        case KvUse: return number(shown(pod, pod.metrics.kvUse * 100));
        case InFlight: return static_cast<double>(pod.inFlight);
        case Picks: return static_cast<double>(pod.picks);
        case Share: return number(row.share);
        case Age: return static_cast<double>(pod.ageMillis);
        case Pool: return toQt(pod.pool);
        case State: return podPresenceText(pod, row.presence);
        case Device: return number(pod.metrics.gpuFreeMib);
        case UsableKv: return number(shown(pod, pod.metrics.usableKvTokens()));
        case HitRate: return number(row.hitPercent);
        case Adapters: return adapterNames(pod);
        default: return toQt(pod.pod);
    }
}

int PodTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int PodTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant PodTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto& pod = row.pod;
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Pod: return shortName(toQt(pod.pod));
                case Pool: return shortName(toQt(pod.pool));
                case GpuMemory: return formatNumber(shown(pod, pod.metrics.gpuMemoryPercent()), 1);
                case Queue: return formatNumber(shown(pod, pod.metrics.waiting));
                case Running: return formatNumber(shown(pod, pod.metrics.running));
                case KvUse: return formatNumber(shown(pod, pod.metrics.kvUse * 100), 1);
                case InFlight: return formatNumber(pod.inFlight);
                case Picks: return formatCount(pod.picks);
                case Share: return formatNumber(row.share, 1);
                case Age: return pod.ageMillis < 0 ? QStringLiteral("–") : formatNumber(static_cast<double>(pod.ageMillis) / 1000.0, 1);
                case State: return podPresenceText(pod, row.presence);
                case Device: return deviceMemoryText(pod);
                case UsableKv: return formatNumber(shown(pod, pod.metrics.usableKvTokens()));
                case HitRate: return formatNumber(row.hitPercent, 0);
                case Adapters: return adapterNames(pod);
                default: return {};
            }
        case Qt::TextAlignmentRole: return int((isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole: return isNumeric(index.column()) ? QVariant(theme_.tabularFont()) : QVariant();
        case Qt::DecorationRole: {
            if (index.column() != State) return {};
            const auto name = podPresenceIcon(pod, row.presence);
            auto& icon = icons_[name];
            if (icon.isNull()) icon = theme_.icon(name, podPresenceToken(pod, row.presence));
            return icon;
        }
        case Qt::ToolTipRole:
            switch (index.column()) {
                case Pod: return tr("%1 at %2").arg(toQt(pod.pod), toQt(pod.address));
                case Pool: return toQt(pod.pool);
                case State:
                case Age: return podPresenceSentence(pod, row.presence);
                case Device: return deviceMemorySentence(pod);
                case UsableKv: return usableKvSentence(pod);
                case HitRate: return std::isnan(row.hitPercent) ? tr("The engine tells nothing of its prefix cache, or nothing was looked for yet.") : QString();
                case Adapters: return adapterSentence(pod);
                case GpuMemory:
                case Queue:
                case Running:
                case KvUse: return current(pod) ? QVariant() : QVariant(podStateSentence(pod));
                default: return {};
            }
        case SortRole: return sortValue(row, index.column());
        case KeyRole: return key(pod);
        default: return {};
    }
}

QVariant PodTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case GpuMemory: return tr("GPU memory in use, of all GPUs of the pod");
            case Queue: return tr("Requests waiting in the model server");
            case Running: return tr("Requests in the model server's batch");
            case KvUse: return tr("KV cache in use; this is not GPU memory");
            case InFlight: return tr("Requests that this gateway has open to the pod");
            case Picks: return tr("Times this pod was picked since the start");
            case Share: return tr("Share of all picks over the last ten seconds");
            case Age: return tr("Time since the pod's metrics were read");
            case Device: return tr("Memory of the pod's GPUs in use and free, in GiB. Engines reserve most of it when they start");
            case UsableKv: return tr("Tokens of the KV cache that a further request can use");
            case HitRate: return tr("Share of prompt tokens that were found in the prefix cache, lately");
            case Adapters: return tr("LoRA adapters of the requests that the engine has now");
            default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Pod: return tr("Pod", "column");
        case Pool: return tr("Pool", "column: inference pool");
        case GpuMemory: return tr("GPU mem %", "column: GPU memory in percent");
        case Queue: return tr("Queue", "column: requests waiting");
        case Running: return tr("Running", "column: requests running");
        case KvUse: return tr("KV %", "column: KV cache use in percent");
        case InFlight: return tr("In flight", "column: open requests");
        case Picks: return tr("Picks", "column: times picked");
        case Share: return tr("Share 10 s %", "column: share of picks over ten seconds in percent");
        case Age: return tr("Age s", "column: age of the metrics in seconds");
        case State: return tr("State", "column");
        case Device: return tr("GPU GiB used/free", "column: device memory, used and free");
        case UsableKv: return tr("KV free", "column: tokens of KV cache that can be used");
        case HitRate: return tr("Hits %", "column: prefix-cache hits in percent");
        case Adapters: return tr("Adapters", "column: LoRA adapters");
        default: return {};
    }
}

}  // namespace gatehouse::ui
