#include "lab/recorded_decisions.h"

#include "base/clock.h"
#include "telemetry/request_record.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::lab {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
/// More pods than any record has.
constexpr std::size_t kMostCandidates = 10'000;

double numberAt(const Json& object, const char* name, double otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::string textAt(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int wholeAt(const Json& object, const char* name, int otherwise) {
    const double value = numberAt(object, name, otherwise);
    return std::isfinite(value) ? static_cast<int>(std::clamp(value, -2e9, 2e9)) : otherwise;
}

inference::Candidate candidateOf(const Json& entry, inference::PickRecord& pick) {
    inference::Candidate out;
    out.pod = textAt(entry, "pod");
    out.address = textAt(entry, "address");
    out.waiting = numberAt(entry, "waiting", kNothing);
    out.running = numberAt(entry, "running", kNothing);
    out.kvUse = numberAt(entry, "kvUse", kNothing);
    out.gpuMemoryPercent = numberAt(entry, "gpuMemoryPercent", kNothing);
    out.inFlight = wholeAt(entry, "inFlight", 0);
    out.reserved = wholeAt(entry, "reserved", 0);
    out.ageMillis = wholeAt(entry, "ageMillis", -1);
    out.queueScore = numberAt(entry, "queueScore", 0);
    out.kvScore = numberAt(entry, "kvScore", 0);
    out.loadScore = numberAt(entry, "loadScore", 0);
    out.others = numberAt(entry, "others", 0);
    out.cachedTokens = numberAt(entry, "cachedTokens", 0);
    out.total = numberAt(entry, "total", 0);
    out.excluded = textAt(entry, "excluded");
    if (const auto estimated = entry.find("estimated"); estimated != entry.end() && estimated->is_boolean()) out.estimated = estimated->get<bool>();
    const auto terms = entry.find("terms");
    if (terms == entry.end() || !terms->is_object()) return out;
    for (const auto& [name, value] : terms->items()) {
        auto at = std::find(pick.termNames.begin(), pick.termNames.end(), name);
        if (at == pick.termNames.end()) {
            if (pick.termNames.size() == inference::kMostTerms) continue;
            at = pick.termNames.insert(at, name);
        }
        const auto index = static_cast<std::size_t>(at - pick.termNames.begin());
        if (out.terms.size() <= index) out.terms.resize(index + 1);
        out.terms[index] = value.is_number() ? value.get<double>() : kNothing;
    }
    return out;
}

inference::PickMethod methodOf(std::string_view name) {
    using enum inference::PickMethod;
    for (const auto& [word, method] : {std::pair("metrics", Metrics), std::pair("least-request", LeastRequest), std::pair("only", Only), std::pair("cost", Cost),
                                       std::pair("own-state", OwnState), std::pair("profile", Profile)})
        if (name == word) return method;
    return None;
}

std::optional<RecordedDecision> decisionOf(const Json& record) {
    const auto found = record.find("pick");
    if (found == record.end() || !found->is_object()) return std::nullopt;
    const auto candidates = found->find("candidates");
    if (candidates == found->end() || !candidates->is_array() || candidates->size() > kMostCandidates) return std::nullopt;
    auto pick = std::make_shared<inference::PickRecord>();
    pick->pool = textAt(*found, "pool");
    pick->method = methodOf(textAt(*found, "method"));
    pick->reason = textAt(*found, "reason");
    pick->chosen = wholeAt(*found, "chosen", -1);
    pick->margin = numberAt(*found, "margin", 0);
    pick->tied = wholeAt(*found, "tied", 1);
    pick->pods = wholeAt(*found, "pods", static_cast<int>(candidates->size()));
    pick->promptTokens = numberAt(*found, "promptTokens", 0);
    pick->waitedSeconds = numberAt(*found, "waitedSeconds", 0);
    pick->priority = wholeAt(*found, "priority", 0);
    pick->lowerIsBetter = textAt(*found, "unit") == "seconds";
    for (const Json& entry : *candidates)
        if (entry.is_object()) pick->candidates.push_back(candidateOf(entry, *pick));
    for (auto& candidate : pick->candidates)
        if (candidate.excluded.empty()) candidate.terms.resize(pick->termNames.size());
    if (pick->chosen < 0 || static_cast<std::size_t>(pick->chosen) >= pick->candidates.size()) return std::nullopt;
    return RecordedDecision{textAt(record, "requestId"), textAt(record, "time"), std::move(pick)};
}

void take(const Json& json, std::vector<RecordedDecision>& out) {
    if (json.is_array()) {
        for (const Json& one : json) take(one, out);
    } else if (json.is_object()) {
        if (const auto page = json.find("requests"); page != json.end()) return take(*page, out);
        if (auto decision = decisionOf(json)) out.push_back(std::move(*decision));
    }
}

}  // namespace

std::optional<RecordedDecision> decisionOf(const telemetry::RequestRecord& record) {
    if (!record.pick || record.pick->chosen < 0 || static_cast<std::size_t>(record.pick->chosen) >= record.pick->candidates.size()) return std::nullopt;
    return RecordedDecision{record.requestId, base::formatRfc3339(record.startedAt), record.pick};
}

Result<std::vector<RecordedDecision>> readDecisions(std::string_view json) {
    std::vector<RecordedDecision> all;
    if (const auto whole = Json::parse(json, nullptr, false); !whole.is_discarded()) {
        take(whole, all);
    } else {
        std::size_t line = 0;
        while (!json.empty()) {
            const auto text = json.substr(0, json.find('\n'));
            json.remove_prefix(std::min(json.size(), text.size() + 1));
            ++line;
            if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            const auto one = Json::parse(text, nullptr, false);
            if (one.is_discarded()) return fail("replay-input", fmt::format("Line {} is no JSON: what /requests prints is asked for.", line));
            take(one, all);
        }
    }
    if (all.empty()) return fail("replay-input", "There is no decision of a pool in these records.");
    return all;
}

}  // namespace gatehouse::lab
