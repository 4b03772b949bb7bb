// A replay as a table for people, as JSON for programs, and as CSV.
#include "lab/replay.h"
#include "telemetry/usage_totals.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace gatehouse::lab {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

double percent(std::uint64_t part, std::uint64_t whole) { return whole > 0 ? 100.0 * double(part) / double(whole) : 0; }

const std::string& podOf(const RecordedDecision& decision, int candidate) { return decision.pick->candidates[static_cast<std::size_t>(candidate)].pod; }

}  // namespace

std::string tableOf(const Replay& replay, const ReplayPolicy& policy) {
    std::string out = fmt::format("{}: {}\n{} decisions, {} taken again, {} of them otherwise ({:.1f} %), {} tied\n", policy.name, policy.about, replay.decisions.size(),
                                  replay.taken(), replay.changed, percent(replay.changed, replay.taken()), replay.tied);
    for (std::size_t i = 1; i < replay.counts.size(); ++i)
        if (replay.counts[i] > 0) out += fmt::format("{} not taken again: {}\n", replay.counts[i], sentence(static_cast<NotTaken>(i)));
    if (replay.fewSeen > 0) out += fmt::format("{} were of pools with more pods than a record keeps: chosen among those alone\n", replay.fewSeen);
    if (replay.costed > 0) {
        const double count = double(replay.costed);
        out += fmt::format("predicted cost per request {:.1f} ms, as recorded {:.1f} ms: {:+.1f} ms\n", replay.costAfter / count * 1e3, replay.costBefore / count * 1e3,
                           (replay.costAfter - replay.costBefore) / count * 1e3);
    }
    for (const auto& note : policy.notes) out += note + "\n";
    out += fmt::format("\n{:<40} {:>9} {:>9} {:>10}\n", "pod", "before %", "after %", "change");
    for (const auto& share : replay.pods)
        out += fmt::format("{:<40} {:>9.1f} {:>9.1f} {:>+10}\n", share.pod, percent(share.before, replay.taken()), percent(share.after, replay.taken()),
                           std::int64_t(share.after) - std::int64_t(share.before));
    return out;
}

std::string jsonOf(const Replay& replay, const ReplayPolicy& policy, std::span<const RecordedDecision> decisions) {
    Json out{{"policy", policy.name}, {"about", policy.about}, {"decisions", replay.decisions.size()}, {"taken", replay.taken()}, {"changed", replay.changed},
             {"tied", replay.tied}, {"fewSeen", replay.fewSeen}};
    auto& left = out["notTaken"] = Json::object();
    for (std::size_t i = 1; i < replay.counts.size(); ++i)
        if (replay.counts[i] > 0) left[std::string(sentence(static_cast<NotTaken>(i)))] = replay.counts[i];
    const double count = double(replay.costed);
    out["predictedCost"] = {{"unit", "s"}, {"decisions", replay.costed}, {"before", number(replay.costBefore / count)}, {"after", number(replay.costAfter / count)}};
    out["notes"] = policy.notes;
    auto& pods = out["pods"] = Json::array();
    for (const auto& share : replay.pods) pods.push_back({{"pool", share.pool}, {"pod", share.pod}, {"before", share.before}, {"after", share.after}});
    auto& list = out["each"] = Json::array();
    for (const auto& one : replay.decisions) {
        const auto& decision = decisions[one.decision];
        Json entry{{"requestId", decision.requestId}, {"time", decision.time}, {"pool", decision.pick->pool}, {"before", podOf(decision, one.before)}};
        if (one.why != NotTaken::Taken) entry["notTaken"] = sentence(one.why);
        else entry.update(Json{{"after", podOf(decision, one.after)}, {"changed", one.changed()}, {"tied", one.tied}, {"costBefore", number(one.costBefore)}, {"costAfter", number(one.costAfter)}});
        list.push_back(std::move(entry));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string csvOf(const Replay& replay, std::span<const RecordedDecision> decisions) {
    const auto cell = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{:.6f}", value); };
    std::string out = "time,request_id,pool,before,after,changed,tied,cost_before_s,cost_after_s,not_taken\n";
    for (const auto& one : replay.decisions) {
        const auto& decision = decisions[one.decision];
        const bool taken = one.why == NotTaken::Taken;
        out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", decision.time, telemetry::csvField(decision.requestId), telemetry::csvField(decision.pick->pool),
                           telemetry::csvField(podOf(decision, one.before)), taken ? telemetry::csvField(podOf(decision, one.after)) : "", taken ? one.changed() ? "yes" : "no" : "",
                           taken ? one.tied : 0, cell(one.costBefore), cell(one.costAfter), sentence(one.why));
    }
    return out;
}

}  // namespace gatehouse::lab
