#include "models/request_table_model.h"

#include "bridge/engine_bridge.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QFont>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

using telemetry::RequestRecord;
using Column = RequestTableModel::Column;

bool isNumeric(int column) {
    return column == Column::Ttft || column == Column::Total || column == Column::TokensIn || column == Column::TokensOut;
}

/// The raw number that a column sorts by; unknown sorts below everything.
double sortNumber(const RequestRecord& record, int column) {
    switch (column) {
        case Column::Status: return record.status;
        case Column::Ttft: return static_cast<double>(record.firstByteMicros);
        case Column::Total:
        case Column::Phases: return static_cast<double>(record.totalMicros);
        case Column::TokensIn: return record.usage.known ? static_cast<double>(record.usage.inputTokens) : -1;
        case Column::TokensOut: return record.usage.known ? static_cast<double>(record.usage.outputTokens) : -1;
        default: return 0;
    }
}

bool sortsByText(int column) {
    return column == Column::Method || column == Column::Path || column == Column::Route || column == Column::Model ||
           column == Column::Backend || column == Column::Pod;
}

}  // namespace

RequestTableModel::RequestTableModel(EngineBridge& engine, Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), engine_(engine), theme_(theme) {
    connect(&engine_, &EngineBridge::requestsAppended, this, &RequestTableModel::onAppended);
    connect(&theme_, &Theme::changed, this, [this] {
        icons_.clear();
        if (!positions_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::DecorationRole});
    });
}

void RequestTableModel::setActive(bool active) {
    if (active_ == active) return;
    active_ = active;
    if (active_) onAppended();
}

void RequestTableModel::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    if (!paused_ && active_) catchUp();
    emit countsChanged();
}

void RequestTableModel::setFilter(const RequestFilter& filter) {
    filter_ = filter;
    rebuild();
}

void RequestTableModel::setNamespace(const QString& name) {
    routePrefix_ = name.isEmpty() ? std::string() : "HTTPRoute " + name.toStdString() + "/";
    rebuild();
}

bool RequestTableModel::matches(const RequestRecord& record) const {
    if (!routePrefix_.empty() && !record.route.empty() && !record.route.starts_with(routePrefix_)) return false;
    return filter_.matches(record, !marks_.isEmpty() && marks_.contains(QString::fromStdString(record.requestId)));
}

void RequestTableModel::onAppended() {
    if (!active_) return;
    dropGone();
    if (holdsBack())
        countWaiting();
    else
        appendNew();
    emit countsChanged();
}

void RequestTableModel::dropGone() {
    const auto first = engine_.firstRequestSequence();
    if (scannedTo_ < first) scannedTo_ = first;
    if (countedTo_ < first) countedTo_ = first;
    if (isSorted()) {
        if (std::none_of(positions_.begin(), positions_.end(), [&](quint64 position) { return position < first; })) return;
        beginResetModel();
        std::erase_if(positions_, [&](quint64 position) { return position < first; });
        endResetModel();
        return;
    }
    const auto keep = std::lower_bound(positions_.begin(), positions_.end(), first);
    if (keep == positions_.begin()) return;
    beginRemoveRows({}, 0, static_cast<int>(keep - positions_.begin()) - 1);
    positions_.erase(positions_.begin(), keep);
    endRemoveRows();
}

void RequestTableModel::appendNew() {
    const auto& requests = engine_.requests();
    const auto first = engine_.firstRequestSequence();
    const auto end = first + requests.size();
    std::vector<quint64> fresh;
    for (auto position = std::max(scannedTo_, first); position < end; ++position)
        if (matches(requests[position - first])) fresh.push_back(position);
    scannedTo_ = countedTo_ = end;
    waiting_ = 0;
    if (fresh.empty()) return;
    const int row = rowCount();
    beginInsertRows({}, row, row + static_cast<int>(fresh.size()) - 1);
    positions_.insert(positions_.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void RequestTableModel::countWaiting() {
    const auto& requests = engine_.requests();
    const auto first = engine_.firstRequestSequence();
    const auto end = first + requests.size();
    for (auto position = std::max({countedTo_, scannedTo_, first}); position < end; ++position)
        if (matches(requests[position - first])) ++waiting_;
    countedTo_ = end;
}

void RequestTableModel::catchUp() {
    if (isSorted())
        rebuild();
    else {
        dropGone();
        appendNew();
    }
    emit countsChanged();
}

void RequestTableModel::rebuild() {
    beginResetModel();
    positions_.clear();
    const auto& requests = engine_.requests();
    const auto first = engine_.firstRequestSequence();
    // While paused, a new filter looks at what was there at the pause, so that the picture stays of one moment.
    const auto end = paused_ ? std::max(first, scannedTo_) : first + requests.size();
    for (auto position = first; position < end; ++position)
        if (matches(requests[position - first])) positions_.push_back(position);
    scannedTo_ = countedTo_ = end;
    waiting_ = 0;
    order(positions_);
    endResetModel();
    if (paused_) countWaiting();
    emit countsChanged();
}

void RequestTableModel::order(std::vector<quint64>& positions) const {
    const auto& requests = engine_.requests();
    const auto first = engine_.firstRequestSequence();
    const bool descending = sortOrder_ == Qt::DescendingOrder;
    const auto arrange = [&](auto key) {
        using Key = decltype(key(requests.front()));
        std::vector<std::pair<Key, quint64>> keyed;
        keyed.reserve(positions.size());
        for (const auto position : positions) keyed.emplace_back(key(requests[position - first]), position);
        std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
            return descending ? b.first < a.first : a.first < b.first;
        });
        for (std::size_t i = 0; i < keyed.size(); ++i) positions[i] = keyed[i].second;
    };
    std::sort(positions.begin(), positions.end());
    if (sortColumn_ == Time) {
        if (descending) std::reverse(positions.begin(), positions.end());
    } else if (sortsByText(sortColumn_)) {
        arrange([column = sortColumn_](const RequestRecord& r) -> std::string_view {
            switch (column) {
                case Method: return r.method;
                case Path: return r.path;
                case Route: return r.route;
                case Model: return r.model;
                case Backend: return r.arm.empty() ? std::string_view(r.backend) : std::string_view(r.arm);
                default: return r.pod;
            }
        });
    } else {
        arrange([column = sortColumn_](const RequestRecord& r) { return sortNumber(r, column); });
    }
}

void RequestTableModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= ColumnCount) column = Time, order = Qt::AscendingOrder;
    if (column == sortColumn_ && order == sortOrder_) return;
    const bool wasSorted = isSorted();
    sortColumn_ = column;
    sortOrder_ = order;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const auto before = positions_;
    const auto persistent = persistentIndexList();
    this->order(positions_);
    std::vector<std::pair<quint64, int>> rows;
    if (!persistent.isEmpty()) {
        rows.reserve(positions_.size());
        for (std::size_t row = 0; row < positions_.size(); ++row) rows.emplace_back(positions_[row], static_cast<int>(row));
        std::sort(rows.begin(), rows.end());
    }
    for (const auto& index : persistent) {
        const auto at = std::lower_bound(rows.begin(), rows.end(), std::pair(before[static_cast<std::size_t>(index.row())], 0));
        changePersistentIndex(index, this->index(at->second, index.column()));
    }
    emit layoutChanged({}, VerticalSortHint);
    if (wasSorted && !isSorted() && !paused_) appendNew();
    emit countsChanged();
}

const RequestRecord* RequestTableModel::record(int row) const {
    if (row < 0 || row >= rowCount()) return nullptr;
    const auto position = positions_[static_cast<std::size_t>(row)];
    const auto first = engine_.firstRequestSequence();
    const auto& requests = engine_.requests();
    return position < first || position - first >= requests.size() ? nullptr : &requests[position - first];
}

int RequestTableModel::rowOf(const QString& requestId) const {
    const auto id = requestId.toStdString();
    // From the newest: what is asked for usually just happened.
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto* found = record(row);
        if (found && found->requestId == id) return row;
    }
    return -1;
}

void RequestTableModel::setMarked(const QString& requestId, bool marked) {
    if (marked == marks_.contains(requestId)) return;
    if (marked)
        marks_.insert(requestId);
    else
        marks_.remove(requestId);
    const int row = rowOf(requestId);
    if (row >= 0) emit dataChanged(index(row, 0), index(row, ColumnCount - 1), {Qt::DecorationRole, MarkedRole});
    emit countsChanged();
}

int RequestTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(positions_.size()); }
int RequestTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString RequestTableModel::text(const RequestRecord& record, int column) {
    const auto tokens = [&](std::uint64_t value) { return record.usage.known ? formatCount(value) : QStringLiteral("–"); };
    switch (column) {
        // The tail is in the order of finishing, so that is the time it shows; the start is on hover.
        case Time: return toDateTime(record.startedAt).addMSecs(record.totalMicros / 1000).toString(QStringLiteral("HH:mm:ss.zzz"));
        case Method: return toQt(isPassedOn(record) ? record.protocol : record.method);
        case Path: return toQt(record.path.empty() ? record.host : record.path);  // Tunnels have no path.
        case Route: return shortName(toQt(record.route));
        case Status: {
            // The client got its status before the answer broke off: the status alone would look well.
            if (isPassedOn(record) && record.error.empty()) return toQt(record.protocol);
            if (brokeOff(record)) return tr("%1 cut off", "%1 is the HTTP status of an answer that broke off").arg(record.status);
            const auto word = statusWord(record.status);
            return record.status == 0 ? word : word.isEmpty() ? QString::number(record.status) : QStringLiteral("%1 %2").arg(record.status).arg(word);
        }
        case Model: return toQt(record.model);
        case Backend: return shortName(toQt(record.arm.empty() ? record.backend : record.arm));
        case Pod: return record.pod.empty() ? toQt(record.endpoint) : shortName(toQt(record.pod));
        case Ttft: return formatMillisColumn(record.firstByteMicros);
        case Total: return formatMillisColumn(record.totalMicros);
        case TokensIn: return tokens(record.usage.inputTokens);
        case TokensOut: return tokens(record.usage.outputTokens);
        default: return {};
    }
}

QIcon RequestTableModel::icon(const QString& name) const {
    auto& cached = icons_[name];
    if (cached.isNull()) {
        const auto token = name == QLatin1String("error")     ? Token::Bad
                           : name == QLatin1String("warning") ? Token::Warn
                           : name == QLatin1String("ok")      ? Token::Ok
                           : name == QLatin1String("bookmark") ? Token::Accent
                                                              : Token::Muted;
        cached = theme_.icon(name, token);
    }
    return cached;
}

QVariant RequestTableModel::data(const QModelIndex& index, int role) const {
    const auto* found = record(index.row());
    if (!found || index.column() >= ColumnCount) return {};
    const auto& record = *found;
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole: return text(record, column);
        case Qt::AccessibleTextRole:
            if (column == Phases) return tr("Total %1, of it upstream %2").arg(formatDuration(record.totalMicros), formatDuration(record.upstreamMicros));
            return text(record, column);
        case Qt::TextAlignmentRole:
            return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole:
            if (column == Path || column == Method) return theme_.fixedFont();
            return isNumeric(column) || column == Time ? QVariant(theme_.tabularFont()) : QVariant();
        case Qt::DecorationRole:
            if (column == Status) return icon(outcomeIcon(record));
            if (column == Time && !marks_.isEmpty() && isMarked(toQt(record.requestId))) return icon(QStringLiteral("bookmark"));
            return {};
        case Qt::ToolTipRole:
            switch (column) {
                case Time: return tr("Started %1, request %2").arg(toDateTime(record.startedAt).toString(Qt::ISODateWithMs), toQt(record.requestId));
                case Route: return toQt(record.rule.empty() ? record.route : record.rule);
                case Status: return record.errorSentence.empty() ? text(record, column) : coreSentence(record.errorSentence);
                case Backend: return toQt(record.backend);
                case Pod: return record.pod.empty() ? toQt(record.endpoint) : tr("%1 at %2").arg(toQt(record.pod), toQt(record.endpoint));
                case Ttft: return formatDuration(record.firstByteMicros);
                case Total: return formatDuration(record.totalMicros);
                case Path:
                case Model: return text(record, column);
                default: return {};
            }
        case SortRole:
            if (column == Time) return QVariant::fromValue(static_cast<quint64>(record.sequence));
            return sortsByText(column) ? QVariant(text(record, column)) : QVariant(sortNumber(record, column));
        case IdRole: return toQt(record.requestId);
        case MarkedRole: return isMarked(toQt(record.requestId));
        default: return {};
    }
}

QVariant RequestTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case Time: return tr("When the request was finished");
            case Ttft: return tr("Time to the first byte of the answer, in milliseconds");
            case Total: return tr("Whole time of the request, in milliseconds");
            case TokensIn: return tr("Input tokens");
            case TokensOut: return tr("Output tokens");
            case Phases: return tr("Where the time went: gateway, upstream, unaccounted");
            default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Time: return tr("Time", "column: time of day of a request");
        case Method: return tr("Method", "column: HTTP method");
        case Path: return tr("Path", "column: URL path");
        case Route: return tr("Route", "column: name of the HTTPRoute");
        case Status: return tr("Status", "column: HTTP status");
        case Model: return tr("Model", "column: LLM model");
        case Backend: return tr("Backend", "column: backend or canary arm");
        case Pod: return tr("Pod", "column");
        case Ttft: return tr("TTFT ms", "column: time to first token in milliseconds");
        case Total: return tr("Total ms", "column: whole time in milliseconds");
        case TokensIn: return tr("In tok", "column: input tokens, short");
        case TokensOut: return tr("Out tok", "column: output tokens, short");
        case Phases: return tr("Phases", "column: small bar of the request's phases");
        default: return {};
    }
}

}  // namespace gatehouse::ui
