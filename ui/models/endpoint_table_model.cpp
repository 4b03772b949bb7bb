#include "models/endpoint_table_model.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using upstream::Standing;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(EndpointTableModel)
};

/// "5 resets in a row"
QString failures(upstream::Failure failure, std::uint32_t count) {
    const int n = static_cast<int>(count);
    switch (failure) {
        case upstream::Failure::Connect: return Words::tr("%n failed connect(s) in a row", nullptr, n);
        case upstream::Failure::Reset: return Words::tr("%n reset(s) in a row", nullptr, n);
        case upstream::Failure::BadAnswer: return Words::tr("%n broken answer(s) in a row", nullptr, n);
        case upstream::Failure::Tls: return Words::tr("%n failed TLS handshake(s) in a row", nullptr, n);
        case upstream::Failure::Timeout: return Words::tr("%n timeout(s) in a row", nullptr, n);
        case upstream::Failure::Status: return Words::tr("%n answer(s) of 5xx in a row", nullptr, n);
        case upstream::Failure::None: break;
    }
    return Words::tr("%n failure(s) in a row", nullptr, n);
}

/// "5 resets in a row at 14:03:14"
QString takenOutBy(const upstream::EndpointHealth& health) {
    const auto since = QDateTime::currentDateTime().addMSecs(-health.outForMillis);
    return Words::tr("%1 at %2", "%1 such as: 5 resets in a row; %2 a time of day").arg(failures(health.outBy, health.outCount), since.time().toString(QStringLiteral("HH:mm:ss")));
}

bool isNumeric(int column) { return column >= EndpointTableModel::InFlight && column <= EndpointTableModel::Latency; }

}  // namespace

EndpointTableModel::EndpointTableModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void EndpointTableModel::update(const std::vector<gateway::ClusterSample>& clusters) {
    std::vector<Row> fresh;
    for (const auto& cluster : clusters) {
        auto shared = cluster;
        shared.endpoints.clear();
        for (const auto& member : cluster.endpoints) fresh.push_back({shared, member.health, member.addresses});
    }
    const bool same = std::equal(fresh.begin(), fresh.end(), rows_.begin(), rows_.end(),
                                 [](const Row& a, const Row& b) { return a.cluster.id == b.cluster.id && a.health.id == b.health.id; });
    if (!same) beginResetModel();
    rows_ = std::move(fresh);
    if (!same) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int EndpointTableModel::out() const {
    return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.health.standing == Standing::Out; }));
}

int EndpointTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int EndpointTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString EndpointTableModel::stateText(const Row& row) {
    switch (row.health.standing) {
        case Standing::Out:
            if (row.cluster.panic) return tr("Out, used all the same", "state of an endpoint: too few others are left");
            if (isKeptOut(row.health)) return tr("Not ready", "state of an endpoint");
            return tr("Out, back in %1", "state of an endpoint; %1 a span of time").arg(formatAge(row.health.outMillis));
        case Standing::WarmingUp: return tr("Warming up, %1", "state of an endpoint; %1 its share of its turns").arg(formatPercent(row.health.share * 100));
        case Standing::In: break;
    }
    return tr("In", "state of an endpoint: it takes requests");
}

bool EndpointTableModel::isKeptOut(const upstream::EndpointHealth& health) {
    return health.standing == Standing::Out && health.outMillis == 0 && health.outForMillis < 0 && !health.reason.empty();
}

/// In one line: why it takes no requests, or fewer, and since when.
QString EndpointTableModel::whyText(const Row& row) {
    const auto& health = row.health;
    if (isKeptOut(health)) return coreSentence(health.reason);
    switch (health.standing) {
        case Standing::Out: return health.outForMillis >= 0 ? takenOutBy(health) : coreSentence(health.reason);
        case Standing::WarmingUp: return tr("It is new: it gets its turns step by step.");
        case Standing::In: break;
    }
    if (health.lastFailure.empty()) return {};
    return tr("Last failure %1 ago", "%1 a span of time").arg(formatAge(health.lastFailureAgeMillis));
}

/// "shop/cart:80" of a Service, else the whole name.
QString EndpointTableModel::backendText(const Row& row) {
    const auto id = toQt(row.cluster.id);
    const QLatin1String service("Service/");
    return id.startsWith(service) ? id.mid(service.size()) : toQt(row.cluster.name);
}

QString EndpointTableModel::stateSentence(const Row& row) {
    const auto& health = row.health;
    QStringList lines;
    const auto why = health.standing == Standing::In ? QString() : whyText(row);
    lines << (why.isEmpty() ? tr("It takes requests.") : why);
    if (health.standing == Standing::Out && health.outMillis > 0) lines << tr("It comes back in %1.", "%1 a span of time").arg(formatAge(health.outMillis));
    if (row.cluster.panic) lines << tr("So many endpoints of the backend are out that all of them are used.");
    if (health.ejections > 0) lines << tr("Taken out %n time(s) since the start.", nullptr, static_cast<int>(health.ejections));
    if (!health.lastFailure.empty()) lines << tr("Last failure: %1, %2 ago.", "%1 kind of failure, %2 a span of time").arg(coreSentence(health.lastFailure), formatAge(health.lastFailureAgeMillis));
    return lines.join(QLatin1Char('\n'));
}

QString EndpointTableModel::text(const Row& row, int column) const {
    const auto& health = row.health;
    switch (column) {
        case Endpoint: return health.podName.empty() ? toQt(health.id) : QStringLiteral("%1  %2").arg(shortName(toQt(health.podName)), toQt(health.id));
        case Backend: return backendText(row);
        case State: return stateText(row);
        case Why: return whyText(row);
        case InFlight: return formatNumber(health.inFlight);
        case Connections: return formatNumber(health.connections);
        case Requests: return formatCount(health.requests);
        case Failures: return formatCount(health.failures);
        case Latency: return health.latencyMicros == 0 ? QStringLiteral("–") : formatMillisColumn(health.latencyMicros);
        case Protocol: return row.cluster.tls ? toQt(row.cluster.protocol) + QStringLiteral(" · TLS") : toQt(row.cluster.protocol);
        default: return {};
    }
}

QVariant EndpointTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto& health = row.health;
    const auto token = health.standing == Standing::Out ? Token::Bad : health.standing == Standing::WarmingUp ? Token::Warn : Token::Ok;
    switch (role) {
        case Qt::DisplayRole: return text(row, index.column());
        case Qt::TextAlignmentRole: return int((isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::DecorationRole:
            if (index.column() != State) return {};
            return theme_.icon(health.standing == Standing::Out ? QStringLiteral("error") : health.standing == Standing::WarmingUp ? QStringLiteral("clock") : QStringLiteral("ok"), token);
        case kSentenceRole: return index.column() == Why;
        case kStatusTokenRole: return index.column() == State && health.standing != Standing::In ? QVariant(static_cast<int>(token)) : QVariant();
        case Qt::ToolTipRole:
            switch (index.column()) {
                case Endpoint: {
                    QStringList lines{health.podName.empty() ? toQt(health.id) : tr("%1 at %2").arg(toQt(health.podName), toQt(health.id))};
                    if (!row.addresses.empty()) {
                        QStringList addresses;
                        for (const auto& address : row.addresses) addresses << toQt(address);
                        lines << tr("Addresses in turn: %1").arg(addresses.join(QStringLiteral(", ")));
                    }
                    lines << tr("%1, %n open connection(s)", "%1 a protocol", health.connections).arg(text(row, Protocol));
                    return lines.join(QLatin1Char('\n'));
                }
                case Backend: {
                    QStringList lines{toQt(row.cluster.name), tr("Balanced by %1", "%1 a method").arg(toQt(row.cluster.balance))};
                    if (!row.cluster.policy.empty()) lines << tr("By %1", "%1 a policy").arg(toQt(row.cluster.policy));
                    lines << tr("%1 connections, %2 requests waiting, %3 refused by a limit").arg(row.cluster.connections).arg(row.cluster.pending).arg(row.cluster.overflows);
                    return lines.join(QLatin1Char('\n'));
                }
                case State:
                case Why:
                case Failures: return stateSentence(row);
                default: return {};
            }
        case kSortRole:
            switch (index.column()) {
                case InFlight: return health.inFlight;
                case Connections: return health.connections;
                case Requests: return static_cast<qulonglong>(health.requests);
                case Failures: return static_cast<qulonglong>(health.failures);
                case Latency: return health.latencyMicros;
                case State: return -static_cast<int>(health.standing);
                default: return text(row, index.column());
            }
        default: return {};
    }
}

QVariant EndpointTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case State: return tr("Whether it takes requests, and until when not");
            case Why: return tr("Why it takes no requests or fewer, and since when");
            case InFlight: return tr("Requests that this gateway has open to the endpoint");
            case Connections: return tr("Open connections to the endpoint, of all workers");
            case Failures: return tr("Failed connects, resets and broken answers since the start");
            case Latency: return tr("Moving mean of the time to the head of an answer");
            default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Endpoint: return tr("Endpoint", "column");
        case Backend: return tr("Backend", "column");
        case State: return tr("State", "column");
        case Why: return tr("Why", "column: the reason of a state");
        case InFlight: return tr("In flight", "column: open requests");
        case Connections: return tr("Conn.", "column, short: open connections");
        case Requests: return tr("Requests", "column: number of requests");
        case Failures: return tr("Failures", "column: number of failures");
        case Latency: return tr("Latency ms", "column: latency in milliseconds");
        case Protocol: return tr("Protocol", "column");
        default: return {};
    }
}

}  // namespace gatehouse::ui
