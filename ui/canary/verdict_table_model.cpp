#include "canary/verdict_table_model.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QCoreApplication>

#include <cmath>

namespace gatehouse::ui {
namespace {

using canary::Metric;
using canary::MetricVerdict;
using canary::Outcome;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CanaryVerdict)
};

QString absent() { return QStringLiteral("–"); }

QString plain(Metric metric, double value) {
    switch (metric) {
        case Metric::ErrorRate:
        case Metric::GuardBlocks: return formatPercent(value * 100, 2);
        case Metric::Ttft:
        case Metric::Tpot:
        case Metric::EndToEnd: return formatDuration(static_cast<qint64>(std::llround(value)));
        case Metric::Cost: return formatNumber(value, 5);
        case Metric::Tokens:
        case Metric::AnswerLength: return formatNumber(value, 1);
    }
    return {};
}

bool known(const MetricVerdict& row) { return row.canaryCount > 0 && row.stableCount > 0; }

Token tokenOf(const MetricVerdict& row) {
    if (row.outcome == Outcome::Worse) return Token::Bad;
    if (row.outcome == Outcome::NoHarm) return Token::Ok;
    return row.outcome == Outcome::Inconclusive ? Token::Warn : Token::Muted;
}

QString iconOf(const MetricVerdict& row) {
    if (row.outcome == Outcome::Worse) return QStringLiteral("error");
    if (row.outcome == Outcome::NoHarm) return QStringLiteral("ok");
    return row.outcome == Outcome::Inconclusive ? QStringLiteral("warning") : QStringLiteral("clock");
}

}  // namespace

QString metricText(const canary::MetricRule& rule) {
    const auto quantile = rule.quantile > 0 ? QStringLiteral(" p%1").arg(std::lround(rule.quantile * 100)) : QString();
    switch (rule.metric) {
        case Metric::ErrorRate: return Words::tr("Error rate", "metric");
        case Metric::GuardBlocks: return Words::tr("Guard blocks", "metric: requests that a guard refused");
        case Metric::Ttft: return Words::tr("TTFT", "metric: time to first token") + quantile;
        case Metric::Tpot: return Words::tr("TPOT", "metric: time per output token") + quantile;
        case Metric::EndToEnd: return Words::tr("End-to-end", "metric: whole time of a request") + quantile;
        case Metric::Cost: return Words::tr("Cost per request", "metric");
        case Metric::Tokens: return Words::tr("Tokens per request", "metric");
        case Metric::AnswerLength: return Words::tr("Answer length", "metric: output tokens") + quantile;
    }
    return {};
}

QString outcomeText(Outcome outcome) {
    switch (outcome) {
        case Outcome::NoHarm: return Words::tr("No harm at margin", "verdict");
        case Outcome::Worse: return Words::tr("Worse", "verdict");
        case Outcome::KeepCollecting: return Words::tr("Keep collecting", "verdict");
        case Outcome::Inconclusive: return Words::tr("Inconclusive", "verdict");
    }
    return {};
}

QString whereText(const canary::Whereabouts& where) {
    const auto part = formatPercent(where.part * 100), traffic = formatPercent(where.traffic * 100);
    const auto value = where.dimension == canary::Dimension::Pod ? toQt(where.value) : coreSentence(where.value);
    switch (where.dimension) {
        case canary::Dimension::Pod:
            return Words::tr("%1 of the excess sits at pod %2, which has %3 of the canary's requests.").arg(part, shortName(value), traffic);
        case canary::Dimension::PromptLength:
            return Words::tr("%1 of the excess sits at prompts of %2 tokens, which are %3 of the canary's requests.", "%2 such as \"256 to 1k\"").arg(part, value, traffic);
        case canary::Dimension::AnswerLength:
            return Words::tr("%1 of the excess sits at answers of %2 tokens, which are %3 of the canary's requests.", "%2 such as \"256 to 1k\"").arg(part, value, traffic);
    }
    return {};
}

QString metricValue(Metric metric, double value) { return std::isfinite(value) ? plain(metric, value) : absent(); }

QString metricDifference(Metric metric, double value) {
    if (!std::isfinite(value)) return absent();
    const auto sign = value < 0 ? QStringLiteral("−") : QStringLiteral("+");
    if (metric == Metric::ErrorRate || metric == Metric::GuardBlocks)
        return Words::tr("%1%2 pp", "%1 sign, %2 number; percentage points").arg(sign, formatNumber(std::abs(value) * 100, 2));
    return sign + plain(metric, std::abs(value));
}

VerdictTableModel::VerdictTableModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void VerdictTableModel::set(std::vector<MetricVerdict> rows) {
    const bool another = rows.size() != rows_.size();
    if (another) beginResetModel();
    rows_ = std::move(rows);
    if (another) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int VerdictTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int VerdictTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString VerdictTableModel::textOf(const MetricVerdict& row, int column) const {
    const auto metric = row.rule.metric;
    switch (column) {
        case MetricName: return metricText(row.rule);
        case Stable: return metricValue(metric, row.stable);
        case Canary: return metricValue(metric, row.canary);
        case Difference: return known(row) ? metricDifference(metric, row.difference.estimate) : absent();
        case Interval:
            return known(row) && std::isfinite(row.difference.low) && std::isfinite(row.difference.high)
                       ? QStringLiteral("%1 … %2").arg(metricDifference(metric, row.difference.low), metricDifference(metric, row.difference.high))
                       : absent();
        case Margin: return row.rule.relative ? QStringLiteral("+%1").arg(formatPercent(row.rule.margin * 100)) : metricDifference(metric, row.rule.margin);
        case Verdict: return row.better ? tr("Better", "verdict: below the stable arm") : outcomeText(row.outcome);
        default: return {};
    }
}

QVariant VerdictTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const bool number = index.column() > MetricName && index.column() < Verdict;
    switch (role) {
        case Qt::DisplayRole: return textOf(row, index.column());
        case Qt::DecorationRole: return index.column() == Verdict ? QVariant(theme_.icon(iconOf(row), tokenOf(row))) : QVariant();
        case kStatusTokenRole: return index.column() == Verdict ? QVariant(int(tokenOf(row))) : QVariant();
        case Qt::ToolTipRole:
            if (index.column() == MetricName) return row.rule.guard ? tr("Decides: no harm here is needed to step, and worse here rolls back.") : tr("Shown only; it decides nothing.");
            return row.where ? whereText(*row.where) : textOf(row, index.column());
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole:
            if (index.column() == MetricName && row.rule.guard) return theme_.strongFont();
            return number ? QVariant(theme_.tabularFont()) : QVariant();
        default: return {};
    }
}

QVariant VerdictTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool number = section > MetricName && section < Verdict;
    if (role == Qt::TextAlignmentRole) return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Interval) return tr("Where the true difference lies, with the chosen certainty at all times together: it may be looked at as often as you like.");
    if (role == Qt::ToolTipRole && section == Margin) return tr("The least difference that matters");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case MetricName: return tr("Metric", "column");
        case Stable: return tr("Stable", "column: the arm that is compared with");
        case Canary: return tr("Canary", "column: the arm that is tried");
        case Difference: return tr("Difference", "column");
        case Interval: return tr("Interval", "column: always-valid interval of a difference");
        case Margin: return tr("Margin", "column: least difference that matters");
        case Verdict: return tr("Verdict", "column");
        default: return {};
    }
}

}  // namespace gatehouse::ui
