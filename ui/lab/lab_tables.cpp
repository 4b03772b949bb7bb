#include "lab/lab_tables.h"

#include "lab/lab_words.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

using sim::Metric;
using sim::Standing;

constexpr Metric kColumns[] = {Metric::TtftP50, Metric::TtftP90, Metric::TtftP99,    Metric::TpotP90,      Metric::E2eP90, Metric::Goodput,
                               Metric::GoodShare, Metric::HitTrue, Metric::HitPredicted, Metric::LoadCv, Metric::Preemptions, Metric::RegretMean, Metric::RegretTop1};
constexpr int kColumnCount = static_cast<int>(std::size(kColumns)) + 1;
/// As the report of the command line compares.
constexpr Metric kCompared[] = {Metric::TtftP90, Metric::TpotP90, Metric::E2eP90, Metric::Goodput, Metric::RegretMean};

Metric metricOf(int column) { return kColumns[static_cast<std::size_t>(column - 1)]; }

const char* iconOf(Standing standing) { return standing == Standing::Best ? "check" : standing == Standing::Tie ? "ring" : nullptr; }

Token tokenOf(sim::Verdict verdict) {
    return verdict == sim::Verdict::Better ? Token::Ok : verdict == sim::Verdict::Worse ? Token::Bad : Token::Muted;
}

QString iconOf(sim::Verdict verdict) {
    return verdict == sim::Verdict::Better ? QStringLiteral("ok") : verdict == sim::Verdict::Worse ? QStringLiteral("error") : QStringLiteral("ring");
}

/// Policies stand by TTFT p90, the best first.
double orderOf(const sim::PolicyReport& report) {
    const double mean = report.of(Metric::TtftP90).mean;
    return std::isnan(mean) ? INFINITY : mean;
}

const sim::PolicyReport* reportOf(const LabResultRef& result, const sim::PolicySpec* policy) {
    if (!result) return nullptr;
    const auto& all = result->report.policies;
    const auto found = std::find_if(all.begin(), all.end(), [policy](const sim::PolicyReport& one) { return one.policy == policy; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

FiguresModel::FiguresModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
    });
}

void FiguresModel::set(LabResultRef result, LabResultRef other) {
    beginResetModel();
    result_ = std::move(result);
    other_ = std::move(other);
    rows_.clear();
    const auto take = [this](const LabResultRef& from) {
        if (!from) return;
        const auto first = rows_.size();
        for (const auto& report : from->report.policies) rows_.push_back({&report, from->number, {}});
        for (const Metric metric : kColumns) {
            const auto standings = sim::standings(from->report.policies, metric);
            for (std::size_t i = 0; i < standings.size(); ++i) rows_[first + i].standings.push_back(standings[i]);
        }
    };
    take(result_);
    take(other_);
    std::stable_sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
        const auto key = [this](const Row& row) {
            const auto* shown = reportOf(result_, row.report->policy);
            return orderOf(shown ? *shown : *row.report);
        };
        return key(a) < key(b);
    });
    endResetModel();
}

int FiguresModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int FiguresModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QVariant FiguresModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount() || index.column() >= kColumnCount) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    if (index.column() == 0) {
        const auto name = toQt(row.report->policy->name);
        switch (role) {
            case Qt::DisplayRole: return result_ && other_ ? tr("%1 · run %2", "a policy in a numbered result").arg(name).arg(row.run) : name;
            case Qt::ToolTipRole: return coreSentence(row.report->policy->about);
            case Qt::FontRole: return row.report->policy->ours ? QVariant(theme_.strongFont()) : QVariant();
            case kStatusTokenRole: return row.report->policy->bound ? QVariant(int(Token::Muted)) : QVariant();
            case kValueRole: return name;
            default: return {};
        }
    }
    const Metric metric = metricOf(index.column());
    const auto standing = row.standings[static_cast<std::size_t>(index.column() - 1)];
    switch (role) {
        case Qt::DisplayRole: return labEstimateText(metric, row.report->of(metric));
        case kValueRole: return row.report->of(metric).mean;
        case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
        case Qt::FontRole: return standing == Standing::Best ? QVariant(theme_.strongFont()) : QVariant(theme_.tabularFont());
        case Qt::DecorationRole: return iconOf(standing) ? QVariant(theme_.icon(QString::fromLatin1(iconOf(standing)), standing == Standing::Best ? Token::Ok : Token::Muted)) : QVariant();
        case kStatusTokenRole: return row.report->policy->bound ? QVariant(int(Token::Muted)) : QVariant();
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: {
            const auto value = QStringLiteral("%1 %2 %3").arg(labMetricText(metric), labEstimateText(metric, row.report->of(metric)), labMetricUnit(metric)).trimmed();
            if (row.report->policy->bound) return tr("%1: a bound, not a policy that could be built.").arg(value);
            return QStringLiteral("%1: %2.").arg(value, labStandingText(standing));
        }
        default: return {};
    }
}

QVariant FiguresModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::TextAlignmentRole) return int((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    if (section == 0) return tr("Policy", "column");
    const auto unit = labMetricUnit(metricOf(section));
    return unit.isEmpty() ? labMetricText(metricOf(section)) : labMetricText(metricOf(section)) + QLatin1Char(' ') + unit;
}

std::vector<VerdictRow> labVerdicts(const LabResultRef& result, const LabResultRef& other) {
    std::vector<VerdictRow> all;
    if (!result) return all;
    if (!other) {
        for (const Metric metric : kCompared)
            for (const auto& comparison : sim::compareWithBaselines(result->report.policies, metric)) all.push_back({comparison, false});
        // One policy after the other reads better than one metric after the other.
        std::stable_sort(all.begin(), all.end(), [](const VerdictRow& a, const VerdictRow& b) { return a.comparison.policy > b.comparison.policy; });
        return all;
    }
    const bool paired = sim::sameTraffic(result->report.scenario, other->report.scenario);
    std::vector<const sim::PolicyReport*> ordered;
    for (const auto& report : result->report.policies) ordered.push_back(&report);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return orderOf(*a) < orderOf(*b); });
    for (const auto* report : ordered) {
        const auto* before = reportOf(other, report->policy);
        if (!before) continue;
        for (const Metric metric : kCompared) {
            auto comparison = sim::compare(*report, *before, metric);
            if (std::isnan(comparison.relative.mean)) continue;
            if (!paired) {
                comparison.relative.half = std::nan("");
                comparison.verdict = sim::Verdict::Unknown;
            }
            all.push_back({comparison, true});
        }
    }
    return all;
}

VerdictsModel::VerdictsModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void VerdictsModel::set(LabResultRef result, LabResultRef other) {
    beginResetModel();
    result_ = std::move(result);
    other_ = std::move(other);
    rows_ = labVerdicts(result_, other_);
    endResetModel();
}

int VerdictsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int VerdictsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString VerdictsModel::textOf(const VerdictRow& row, int column) const {
    const auto& comparison = row.comparison;
    switch (column) {
        case Policy: return toQt(comparison.policy->name);
        case MetricName: return labMetricText(comparison.metric);
        case Against: return row.betweenRuns ? tr("itself in run %1").arg(other_->number) : toQt(comparison.against->name);
        case Difference: return labRelativeText(comparison.relative);
        case Verdict: return labVerdictText(comparison.verdict);
        default: return {};
    }
}

QVariant VerdictsModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto verdict = row.comparison.verdict;
    switch (role) {
        case Qt::DisplayRole: return textOf(row, index.column());
        case Qt::DecorationRole: return index.column() == Verdict ? QVariant(theme_.icon(iconOf(verdict), tokenOf(verdict))) : QVariant();
        case kStatusTokenRole: return index.column() == Verdict ? QVariant(int(tokenOf(verdict))) : QVariant();
        case Qt::FontRole:
            if (index.column() == Policy && row.comparison.policy->ours) return theme_.strongFont();
            return index.column() == Difference ? QVariant(theme_.tabularFont()) : QVariant();
        case Qt::TextAlignmentRole: return int((index.column() == Difference ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            if (verdict == sim::Verdict::Unknown && row.betweenRuns && !sim::sameTraffic(result_->report.scenario, other_->report.scenario))
                return tr("The two runs had different traffic: a difference of means, and no verdict.");
            if (verdict == sim::Verdict::Tie) return tr("The interval of the difference holds zero.");
            if (index.column() == Against && !row.betweenRuns) return tr("The best baseline in this metric, chosen after the fact.");
            return textOf(row, index.column());
        default: return {};
    }
}

QVariant VerdictsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == Difference ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Difference) return tr("Of the mean, relative, with the 95 % interval of differences paired by seed.");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Policy: return tr("Policy", "column");
        case MetricName: return tr("Metric", "column");
        case Against: return tr("Against", "column: what a policy is compared with");
        case Difference: return tr("Difference", "column");
        case Verdict: return tr("Verdict", "column");
        default: return {};
    }
}

}  // namespace gatehouse::ui
