#include "providers/providers_model.h"

#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include "llm/price_book.h"

#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {
namespace {

bool isNumber(int column) { return column >= ProvidersModel::Endpoints && column != ProvidersModel::Key && column != ProvidersModel::Host; }

}  // namespace

ProvidersModel::ProvidersModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void ProvidersModel::setRows(std::vector<ProviderRow> rows) {
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.key == b.key && a.provider == b.provider; });
    if (!same) beginResetModel();
    rows_ = std::move(rows);
    if (!same) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ProvidersModel::setCounters(const gateway::State& state) {
    countProviders(rows_, state);
    if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const ProviderRow* ProvidersModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int ProvidersModel::rowOf(const config::ObjectKey& key, const QString& provider) const {
    int first = -1;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].key != key) continue;
        if (rows_[i].provider == provider) return static_cast<int>(i);
        if (first < 0) first = static_cast<int>(i);
    }
    return first;
}

int ProvidersModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int ProvidersModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ProvidersModel::data(const QModelIndex& index, int role) const {
    const auto* row = at(index.row());
    if (!row) return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole && isNumber(column)) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        const auto text = hint(*row, column);
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    if (role == Qt::DecorationRole && column == Name) {
        if (!row->problem.isEmpty() && row->severity == config::Severity::Error) return theme_.icon(QStringLiteral("error"), Token::Bad);
        if (!row->problem.isEmpty() && row->severity == config::Severity::Warning) return theme_.icon(QStringLiteral("warning"), Token::Warn);
        const char* icon = row->key.kind == "InferencePool" ? "pool" : row->key.kind == "Service" ? "service" : row->llm ? "model" : "backend";
        return theme_.icon(QLatin1String(icon), Token::Muted);
    }
    if (role == kFixedFontRole) return column == Host;
    if (role == kStatusTokenRole) return statusToken(*row, column);
    if (role == kSortRole) return sortValue(*row, column);
    return role == Qt::DisplayRole ? QVariant(shownText(*row, column)) : QVariant();
}

QVariant ProvidersModel::statusToken(const ProviderRow& row, int column) const {
    if (column == Endpoints && row.up < row.total) return static_cast<int>(row.up == 0 ? Token::Bad : Token::Warn);
    if (column == Errors && row.errors > 0) return static_cast<int>(Token::Bad);
    if (column == Key && !row.keys.empty()) {
        const auto ready = std::count_if(row.keys.begin(), row.keys.end(), [](const auto& key) { return key.ready; });
        if (ready == 0) return static_cast<int>(Token::Bad);
        if (ready < static_cast<std::ptrdiff_t>(row.keys.size())) return static_cast<int>(Token::Warn);
    }
    return {};
}

QVariant ProvidersModel::sortValue(const ProviderRow& row, int column) const {
    switch (column) {
        case Endpoints: return row.total == 0 ? -1.0 : double(row.up) / row.total;
        case Requests: return row.requests;
        case Errors: return row.errors;
        case Median: return row.p50Micros;
        case Slowest: return row.p95Micros;
        case InFlight: return row.inFlight;
        case Expires: return row.tokenExpires;
        case Price: return row.inputRate;
        case Tokens: return row.inputTokens + row.outputTokens;
        default: return shownText(row, column);
    }
}

QString ProvidersModel::hint(const ProviderRow& row, int column) const {
    if (column == Name) return row.problem;
    if (column == Endpoints) return row.reason;
    if (column == Price && row.inputRate >= 0) return tr("%1: input and output, %2 per million tokens", "a price book").arg(row.priceBook, row.currency);
    if (column == Expires && row.tokenExpires.isValid()) return QLocale().toString(row.tokenExpires.toLocalTime(), QLocale::LongFormat);
    if (column != Key || row.keys.empty()) return {};
    QStringList lines;
    for (const auto& key : row.keys)
        lines << (key.reason.isEmpty() ? QStringLiteral("%1: %2").arg(key.name, key.state) : QStringLiteral("%1: %2 (%3)").arg(key.name, key.state, key.reason));
    return lines.join(QLatin1Char('\n'));
}

QString ProvidersModel::shownText(const ProviderRow& row, int column) const {
    const auto none = QStringLiteral("–");
    switch (column) {
        case Name: return row.name;
        case Type: return row.type;
        case Host: return row.host;
        case Model: return row.model.isEmpty() ? none : row.model;
        case Key: {
            if (row.keyRef.isEmpty()) return none;
            const auto ready = std::count_if(row.keys.begin(), row.keys.end(), [](const auto& key) { return key.ready; });
            if (row.keys.size() > 1) return tr("%1 · %2 of %3 ready", "a key reference; keys").arg(row.keyRef).arg(ready).arg(row.keys.size());
            return row.keys.empty() || ready > 0 ? row.keyRef : QStringLiteral("%1 · %2").arg(row.keyRef, row.keys.front().state);
        }
        case Endpoints:
            if (row.sampled && row.out) return tr("out for %1", "how long a provider is left alone").arg(formatAge(row.outMillis));
            return tr("%1 / %2", "endpoints that are up, and all").arg(row.up).arg(row.total);
        case Requests: return row.counted ? formatCount(row.requests) : none;
        case Errors:
            if (!row.counted) return none;
            return row.failureShare > 0 ? QStringLiteral("%1 (%2)").arg(formatCount(row.errors), formatPercent(row.failureShare * 100)) : formatCount(row.errors);
        case Median: return formatMillisColumn(row.p50Micros);
        case Slowest: return formatMillisColumn(row.p95Micros);
        case InFlight: return row.inFlight >= 0 ? QString::number(row.inFlight) : none;
        case Expires: return row.tokenExpires.isValid() ? formatAge(std::max<qint64>(0, QDateTime::currentDateTime().msecsTo(row.tokenExpires))) : none;
        case Price: {
            const auto rate = [&](qint64 micro) { return micro >= 0 ? QString::fromStdString(llm::rateText(micro)) : none; };
            return row.inputRate >= 0 || row.outputRate >= 0 ? QStringLiteral("%1 / %2").arg(rate(row.inputRate), rate(row.outputRate)) : none;
        }
        case Tokens: return row.counted && row.provider.isEmpty() ? formatCount(row.inputTokens + row.outputTokens) : none;
        default: return {};
    }
}

QVariant ProvidersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && isNumber(section)) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Name", "column of providers");
        case Type: return tr("Type", "column of providers");
        case Host: return tr("Host", "column of providers");
        case Model: return tr("Model", "column of providers");
        case Key: return tr("Key", "column of providers: which secret, never its value");
        case Endpoints: return tr("Up", "column of providers: endpoints that are up, of all");
        case Requests: return tr("Requests", "column of providers");
        case Errors: return tr("Errors", "column of providers");
        case Median: return tr("p50 ms", "column of providers: half of the answers begin sooner");
        case Slowest: return tr("p95 ms", "column of providers: nineteen of twenty answers begin sooner");
        case InFlight: return tr("In flight", "column of providers: requests that wait there now");
        case Expires: return tr("Token ends in", "column of providers: the token that it is shown");
        case Price: return tr("Price per million", "column of providers: input / output tokens, of the price book");
        case Tokens: return tr("Tokens", "column of providers");
        default: return {};
    }
}

}  // namespace gatehouse::ui
