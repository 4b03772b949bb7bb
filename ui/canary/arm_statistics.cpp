#include "canary/arm_statistics.h"

#include "models/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gatehouse::ui {
namespace {

using telemetry::RequestRecord;

struct Note {
    Q_DECLARE_TR_FUNCTIONS(RatioNote)
};

constexpr quint64 kFewRequests = 50;
/// Standard errors that chance is granted before the split is called off: 3 are passed once in 370 looks.
constexpr double kGrantedErrors = 3;

int armOf(const RequestRecord& record, const std::string& route, const std::string& rule, const std::vector<std::string>& arms) {
    if (record.rule != rule || record.route != route || record.armChosen) return -1;
    const auto found = std::find(arms.begin(), arms.end(), record.arm.empty() ? record.backend : record.arm);
    return found == arms.end() ? -1 : static_cast<int>(found - arms.begin());
}

double quantile(std::vector<float>& values, double part) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size()))) - 1;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
    return values[rank];
}

double seconds(base::WallTime time) { return std::chrono::duration<double>(time.time_since_epoch()).count(); }

/// Requests finish out of order, but hardly later than this after one that started before them.
constexpr std::chrono::minutes kLongestRequest{5};

}  // namespace

std::vector<ArmStats> armStatistics(const std::deque<RequestRecord>& requests, const std::string& route, const std::string& rule,
                                    const std::vector<std::string>& arms, base::WallTime since) {
    std::vector<ArmStats> stats(arms.size());
    std::vector<std::vector<float>> firstBytes(arms.size());
    for (auto record = requests.rbegin(); record != requests.rend(); ++record) {
        if (record->startedAt < since) {
            if (record->startedAt < since - kLongestRequest) break;
            continue;
        }
        const int arm = armOf(*record, route, rule, arms);
        if (arm < 0) continue;
        auto& stat = stats[static_cast<std::size_t>(arm)];
        ++stat.requests;
        if (record->status >= 500 || record->status == 0) ++stat.errors;
        stat.inputTokens += record->usage.inputTokens;
        stat.outputTokens += record->usage.outputTokens;
        if (record->firstByteMicros >= 0) firstBytes[static_cast<std::size_t>(arm)].push_back(static_cast<float>(record->firstByteMicros) / 1000.0F);
    }
    for (std::size_t i = 0; i < arms.size(); ++i) {
        stats[i].ttftP50 = quantile(firstBytes[i], 0.5);
        stats[i].ttftP95 = quantile(firstBytes[i], 0.95);
    }
    return stats;
}

ShareHistory shareHistory(const std::deque<RequestRecord>& requests, const std::string& route, const std::string& rule,
                          const std::vector<std::string>& arms, base::WallTime from, base::WallTime to, std::chrono::seconds step,
                          std::chrono::seconds window) {
    ShareHistory history;
    history.shares.resize(arms.size());
    const double width = static_cast<double>(step.count());
    const double first = std::floor(seconds(from) / width) * width;
    const auto buckets = static_cast<std::size_t>(std::max(0.0, std::ceil((seconds(to) - first) / width)));
    const auto reach = static_cast<std::size_t>(std::max<std::int64_t>(1, window.count() / step.count()));
    std::vector<std::vector<quint64>> counts(arms.size(), std::vector<quint64>(buckets, 0));
    for (auto record = requests.rbegin(); record != requests.rend(); ++record) {
        const double at = seconds(record->startedAt);
        if (at < first) {
            if (record->startedAt < from - kLongestRequest) break;
            continue;
        }
        const auto bucket = static_cast<std::size_t>((at - first) / width);
        const int arm = bucket < buckets ? armOf(*record, route, rule, arms) : -1;
        if (arm >= 0) ++counts[static_cast<std::size_t>(arm)][bucket];
    }
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        history.times.push_back(std::min(first + static_cast<double>(bucket + 1) * width, seconds(to)));
        std::vector<quint64> sums(arms.size(), 0);
        for (std::size_t arm = 0; arm < arms.size(); ++arm)
            for (std::size_t back = 0; back < reach && back <= bucket; ++back) sums[arm] += counts[arm][bucket - back];
        const auto total = std::accumulate(sums.begin(), sums.end(), quint64{0});
        for (std::size_t arm = 0; arm < arms.size(); ++arm)
            history.shares[arm].push_back(total > 0 ? 100.0 * static_cast<double>(sums[arm]) / static_cast<double>(total)
                                                    : std::numeric_limits<double>::quiet_NaN());
    }
    return history;
}

RatioNote ratioNote(const std::vector<QString>& arms, const std::vector<double>& configured, const std::vector<quint64>& counts) {
    const auto total = std::accumulate(counts.begin(), counts.end(), quint64{0});
    if (total == 0) return {RatioNote::Kind::Nothing, Note::tr("No requests since the last change.")};
    if (total < kFewRequests)
        return {RatioNote::Kind::TooFew, Note::tr("%n request(s) since the last change: too few to compare the shares.", nullptr, static_cast<int>(total))};
    std::size_t worst = 0;
    double worstErrors = -1, worstObserved = 0, worstChance = 0;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const double part = configured[i] / 100.0;
        const double observed = static_cast<double>(counts[i]) / static_cast<double>(total);
        // Standard error of a share of independent draws; an arm of 0 or 100 % has none, and any other count is off.
        const double error = std::sqrt(part * (1 - part) / static_cast<double>(total));
        const double errors = error > 0 ? std::abs(observed - part) / error : (std::abs(observed - part) > 0 ? 1e9 : 0);
        if (errors > worstErrors) {
            worst = i;
            worstErrors = errors;
            worstObserved = observed * 100;
            worstChance = kGrantedErrors * error * 100;
        }
    }
    const auto observed = formatPercent(worstObserved, 1), wanted = formatPercent(configured[worst], configured[worst] == std::floor(configured[worst]) ? 0 : 1);
    const auto chance = formatNumber(worstChance, 1);
    if (worstErrors <= kGrantedErrors)
        return {RatioNote::Kind::Holds,
                Note::tr("The split holds: %1 got %2 of %3 requests, configured %4; chance alone moves that by up to %5 points.", "%1 arm, %2 and %4 percentages")
                    .arg(arms[worst], observed, formatCount(total), wanted, chance)};
    return {RatioNote::Kind::Off,
            Note::tr("The split is off: %1 got %2 of %3 requests, configured %4, and chance alone explains only %5 points. Look for an arm without ready pods.",
                     "%1 arm, %2 and %4 percentages")
                .arg(arms[worst], observed, formatCount(total), wanted, chance)};
}

}  // namespace gatehouse::ui
