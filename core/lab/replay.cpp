#include "lab/replay.h"

#include "base/ids.h"
#include "inference/endpoint_picker_config.h"
#include "inference/cost_model.h"
#include "inference/pool_scores.h"
#include "lab/sim/find_by_name.h"
#include "lab/sim/random.h"
#include "text/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace gatehouse::lab {

namespace {

using inference::Candidate;
using inference::CostTerms;
using inference::FilterKind;
using inference::PickerKind;
using inference::PickProfile;
using inference::PickRecord;
using inference::ScorerKind;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
/// Totals closer than this are equal: what clocks, and the digits of a record, leave.
constexpr double kTieSeconds = 1e-6;
constexpr double kTieProfile = 1e-9;
/// Tokens of a prompt that was not read: where the scheduler's own estimate begins.
constexpr double kUnreadPrompt = 500;
constexpr std::string_view kFilteredBy = "removed by ";
/// A pod that a session, not a policy, ruled out (inference/scheduler_decision.cpp).
constexpr std::string_view kFilteredBySession = "removed by a filter";

bool costed(const PickRecord& pick) { return pick.lowerIsBetter && !pick.termNames.empty(); }

/// What the filters of the policy that picked took out is there for another one.
bool usable(const Candidate& candidate) {
    return candidate.excluded.empty() || (candidate.excluded.starts_with(kFilteredBy) && candidate.excluded != kFilteredBySession);
}

int termAt(const PickRecord& pick, CostTerms::Term term) {
    const auto found = std::find(pick.termNames.begin(), pick.termNames.end(), CostTerms::name(term));
    return found == pick.termNames.end() ? -1 : static_cast<int>(found - pick.termNames.begin());
}

double term(const Candidate& candidate, int at) {
    return at >= 0 && static_cast<std::size_t>(at) < candidate.terms.size() ? candidate.terms[static_cast<std::size_t>(at)] : 0;
}

/// One candidate under a policy: lower is better.
struct Seen {
    int candidate;
    double value;
};

/// Tokens before a request on that pod: the cost of waiting for them over what a token of its own prompt costs there.
double inFlightTokens(const PickRecord& pick, const Candidate& candidate, double uncached) {
    const double own = term(candidate, termAt(pick, CostTerms::Prefill)), before = term(candidate, termAt(pick, CostTerms::Queue));
    return own > 0 ? before / own * std::max(1.0, uncached) : 0;
}

bool needsTokens(const PickProfile& profile) {
    const bool filters = std::any_of(profile.filters.begin(), profile.filters.end(), [](const auto& f) { return f.kind == FilterKind::PrefixAffinity; });
    return filters || std::any_of(profile.scorers.begin(), profile.scorers.end(), [](const auto& s) { return s.kind == ScorerKind::TokenLoad; });
}

bool needsCaches(const PickProfile& profile) {
    return needsTokens(profile) || std::any_of(profile.scorers.begin(), profile.scorers.end(), [](const auto& s) { return s.kind == ScorerKind::Prefix; });
}

std::vector<Seen> byCost(const PickRecord& pick, const ReplayPolicy& policy) {
    std::vector<Seen> seen;
    const auto judged = policy.factors.empty() ? std::nullopt : std::optional(inference::judgeAnew(pick, {.factors = policy.factors}));
    if (judged && !judged->judged) return seen;
    const auto& candidates = judged ? judged->record.candidates : pick.candidates;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (candidates[i].excluded.empty()) seen.push_back({static_cast<int>(i), candidates[i].total});
    return seen;
}

std::vector<Seen> byScores(const PickRecord& pick, const inference::PickerOptions& options) {
    std::vector<inference::ScoredPod> pods(pick.candidates.size());
    std::vector<inference::ScoredPod*> all;
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const Candidate& candidate = pick.candidates[i];
        pods[i].waiting = candidate.waiting;
        pods[i].kvUse = candidate.kvUse;
        pods[i].inFlight = candidate.inFlight;
        pods[i].reserved = candidate.reserved;
        pods[i].fresh = !candidate.estimated && !std::isnan(candidate.waiting);
        pods[i].usable = usable(candidate);
        all.push_back(&pods[i]);
    }
    inference::scorePods(all, options);
    std::vector<Seen> seen;
    for (std::size_t i = 0; i < pods.size(); ++i)
        if (pods[i].usable) seen.push_back({static_cast<int>(i), -pods[i].total});
    return seen;
}

std::vector<Seen> byRequests(const PickRecord& pick) {
    std::vector<Seen> seen;
    for (std::size_t i = 0; i < pick.candidates.size(); ++i)
        if (usable(pick.candidates[i])) seen.push_back({static_cast<int>(i), double(pick.candidates[i].inFlight)});
    return seen;
}

/// As Scheduler::scoreByProfile() asks, of a record. Pods that the profile filters are not in the answer.
std::vector<Seen> byProfile(const PickRecord& pick, const PickProfile& profile, std::uint64_t seed) {
    const double prompt = pick.promptTokens > 0 ? pick.promptTokens : kUnreadPrompt;
    std::vector<inference::ProfilePod> pods(pick.candidates.size());
    std::vector<inference::ProfileScore> scores(pods.size());
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const Candidate& candidate = pick.candidates[i];
        auto& pod = pods[i];
        pod.waiting = candidate.estimated ? candidate.inFlight : candidate.waiting + candidate.reserved;
        pod.running = candidate.estimated ? candidate.inFlight : candidate.running;
        pod.kvUse = candidate.kvUse;
        pod.matchedTokens = candidate.cachedTokens;
        pod.uncachedTokens = std::max(0.0, prompt - candidate.cachedTokens);
        pod.inFlightTokens = inFlightTokens(pick, candidate, pod.uncachedTokens);
        pod.inFlight = candidate.inFlight;
        scores[i].filtered = !usable(candidate);
    }
    profile.run(pods, pick.promptTokens, scores);
    sim::Random random(seed);
    std::vector<Seen> seen;
    for (std::size_t i = 0; i < pods.size(); ++i) {
        if (scores[i].filtered) continue;
        double value = -scores[i].total;
        // Pickers that draw draw here too, the same way each time the same records are replayed.
        if (profile.picker == PickerKind::Random) value = random.uniform();
        if (profile.picker == PickerKind::WeightedRandom) value = scores[i].total > 0 ? -std::pow(random.uniform(), 1 / scores[i].total) : 0;
        seen.push_back({static_cast<int>(i), value});
    }
    return seen;
}

std::vector<Seen> judge(const RecordedDecision& decision, const ReplayPolicy& policy) {
    const PickRecord& pick = *decision.pick;
    switch (policy.kind) {
        case ReplayPolicy::Kind::Cost: return byCost(pick, policy);
        case ReplayPolicy::Kind::Scores: return byScores(pick, policy.scores);
        case ReplayPolicy::Kind::LeastRequest: return byRequests(pick);
        case ReplayPolicy::Kind::Profile: return byProfile(pick, *policy.profile, base::stableHash(decision.requestId));
    }
    return {};
}

double tieOf(const ReplayPolicy& policy) {
    return policy.kind == ReplayPolicy::Kind::Cost ? kTieSeconds : policy.kind == ReplayPolicy::Kind::Scores ? inference::kTieBand : kTieProfile;
}

NotTaken lacks(const PickRecord& pick, const ReplayPolicy& policy) {
    if (std::count_if(pick.candidates.begin(), pick.candidates.end(), usable) < 2) return NotTaken::OnlyPod;
    const bool profile = policy.kind == ReplayPolicy::Kind::Profile;
    if ((policy.kind == ReplayPolicy::Kind::Cost || (profile && needsTokens(*policy.profile))) && !costed(pick)) return NotTaken::NoCosts;
    if (profile && needsCaches(*policy.profile) && pick.termNames.empty()) return NotTaken::NoCaches;
    return NotTaken::Taken;
}

Retaken retake(const RecordedDecision& decision, const ReplayPolicy& policy) {
    const PickRecord& pick = *decision.pick;
    Retaken out;
    out.costBefore = out.costAfter = kNothing;
    out.before = out.after = pick.chosen;
    out.fewSeen = pick.pods > static_cast<int>(pick.candidates.size());
    out.why = lacks(pick, policy);
    if (out.why != NotTaken::Taken) return out;
    const auto seen = judge(decision, policy);
    const auto best = std::min_element(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.value < b.value; });
    if (best == seen.end()) {
        out.why = policy.factors.empty() ? NotTaken::OnlyPod : NotTaken::NotBest;
        return out;
    }
    const double limit = best->value + tieOf(policy);
    out.tied = static_cast<std::uint32_t>(std::count_if(seen.begin(), seen.end(), [&](const Seen& one) { return one.value <= limit; }));
    // Among equals the choice that was made stands: a draw is no difference between policies.
    const bool stays = std::any_of(seen.begin(), seen.end(), [&](const Seen& one) { return one.candidate == pick.chosen && one.value <= limit; });
    if (!stays) out.after = best->candidate;
    if (costed(pick)) {
        out.costBefore = pick.candidates[static_cast<std::size_t>(out.before)].total;
        const auto& after = pick.candidates[static_cast<std::size_t>(out.after)];
        out.costAfter = after.excluded.empty() ? after.total : kNothing;
    }
    return out;
}

PickProfile::Scorer scorer(ScorerKind kind, const char* name, double weight) { return {.kind = kind, .name = name, .weight = weight}; }

ReplayPolicy blend(const char* name, const char* about, double queue, double kv, double prefix) {
    auto profile = std::make_shared<PickProfile>();
    profile->name = name;
    profile->scorers = {scorer(ScorerKind::Queue, "queue-scorer", queue), scorer(ScorerKind::KvCache, "kv-cache-utilization-scorer", kv),
                        scorer(ScorerKind::Prefix, "prefix-cache-scorer", prefix)};
    ReplayPolicy policy;
    policy.name = name;
    policy.about = about;
    policy.kind = ReplayPolicy::Kind::Profile;
    policy.profile = std::move(profile);
    return policy;
}

ReplayPolicy affinity() {
    auto profile = std::make_shared<PickProfile>();
    profile->name = "reference-affinity";
    profile->filters = {{.kind = FilterKind::PrefixAffinity, .name = "prefix-cache-affinity-filter"}};
    profile->scorers = {scorer(ScorerKind::TokenLoad, "token-load-scorer", 1)};
    ReplayPolicy policy;
    policy.name = profile->name;
    policy.about = "reference picker, prefix-affinity filter and token load (default since 2026-08)";
    policy.kind = ReplayPolicy::Kind::Profile;
    policy.profile = std::move(profile);
    return policy;
}

ReplayPolicy own(const char* name, const char* about, ReplayPolicy::Kind kind, std::vector<inference::WhatIf::Factor> factors = {}) {
    ReplayPolicy policy;
    policy.name = name;
    policy.about = about;
    policy.kind = kind;
    policy.factors = std::move(factors);
    return policy;
}

/// What a scorer looks at that no record holds.
void noteUnseen(const PickProfile& profile, std::vector<std::string>& notes) {
    for (const auto& one : profile.scorers)
        if (one.kind == ScorerKind::LoraAffinity || one.kind == ScorerKind::SessionAffinity || one.kind == ScorerKind::NoHitLru)
            notes.push_back(fmt::format("Records do not hold what {} looks at: it counts the same for every pod.", one.name));
    if (profile.picker != PickerKind::MaxScore) notes.emplace_back("Its picker draws: each decision is drawn once, the same way each time.");
}

}  // namespace

std::string_view sentence(NotTaken why) {
    switch (why) {
        case NotTaken::OnlyPod: return "only one pod could be picked";
        case NotTaken::NoCosts: return "recorded without costs";
        case NotTaken::NoCaches: return "recorded without cached tokens";
        case NotTaken::NotBest: return "the recorded costs do not say why its pod was picked";
        default: return "";
    }
}

const std::vector<ReplayPolicy>& replayPolicies() {
    static const std::vector<ReplayPolicy> kPolicies = {
        blend("reference-1-1-1", "reference picker, queue 1, kv 1, prefix 1 (GIE v1.0 chart)", 1, 1, 1),
        blend("reference-2-2-3", "reference picker, queue 2, kv 2, prefix 3 (compiled in)", 2, 2, 3),
        affinity(),
        own("least-request", "fewest own requests in flight", ReplayPolicy::Kind::LeastRequest),
        own("gatehouse-scores", "scores by queue, KV cache and own load: a pool with the annotation gatehouse.dev/picker: scores", ReplayPolicy::Kind::Scores),
        own("gatehouse-cost", "the lowest cost, as it was recorded", ReplayPolicy::Kind::Cost),
        own("gatehouse-ttft", "the lowest cost until the first token alone: what the pick does to others is left out", ReplayPolicy::Kind::Cost,
            {{"decode", 0}, {"others", 0}, {"eviction", 0}}),
        own("gatehouse-throughput", "the lowest cost, with what it does to others counted three times", ReplayPolicy::Kind::Cost,
            {{"decode", 3}, {"others", 3}}),
    };
    return kPolicies;
}

Result<ReplayPolicy> findReplayPolicy(std::string_view name) {
    const auto found = sim::findByName(replayPolicies(), name, "policy");
    if (!found) return tl::unexpected(found.error());
    return **found;
}

Result<ReplayPolicy> replayPolicyOf(const config::Object& object) {
    const auto compiled = inference::compilePicker(object);
    if (!compiled.profile) {
        const auto error = std::find_if(compiled.findings.begin(), compiled.findings.end(), [](const auto& f) { return f.severity == config::Severity::Error; });
        return fail("replay-policy", error == compiled.findings.end() ? "This EndpointPickerConfig cannot be run." : error->message);
    }
    ReplayPolicy policy;
    policy.name = compiled.profile->name;
    policy.about = "as this EndpointPickerConfig says";
    policy.kind = ReplayPolicy::Kind::Profile;
    policy.profile = compiled.profile;
    for (const auto& finding : compiled.findings) policy.notes.push_back(finding.message);
    noteUnseen(*compiled.profile, policy.notes);
    return policy;
}

Result<ReplayPolicy> readReplayPolicy(std::string_view yaml, const std::string& origin) {
    // Read by itself, as the picker reads its file: it needs no name to be run.
    const auto documents = text::yaml::parse(yaml);
    if (!documents) return fail("replay-policy", fmt::format("{}:{}: {}", origin, documents.error().where.line, documents.error().message));
    for (const auto& document : *documents) {
        auto root = text::yaml::expandAliases(document.root);
        const auto* kind = root ? root->find("kind") : nullptr;
        if (kind == nullptr || kind->value != "EndpointPickerConfig") continue;
        config::Object object;
        object.key.kind = kind->value;
        object.key.name = origin;
        object.root = std::make_shared<const text::yaml::Node>(std::move(*root));
        auto policy = replayPolicyOf(object);
        if (policy) policy->name = origin;
        return policy;
    }
    return fail("replay-policy", fmt::format("There is no EndpointPickerConfig in {}.", origin));
}

Replay replay(std::span<const RecordedDecision> decisions, const ReplayPolicy& policy) {
    Replay out;
    out.policy = policy.name;
    std::map<std::pair<std::string, std::string>, PodShare> shares;
    const auto shareOf = [&](const PickRecord& pick, int candidate) -> PodShare& {
        const auto& pod = pick.candidates[static_cast<std::size_t>(candidate)].pod;
        auto& share = shares[{pick.pool, pod}];
        share.pool = pick.pool;
        share.pod = pod;
        return share;
    };
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        auto one = retake(decisions[i], policy);
        one.decision = static_cast<std::uint32_t>(i);
        ++out.counts[std::size_t(one.why)];
        if (one.why == NotTaken::Taken) {
            const PickRecord& pick = *decisions[i].pick;
            for (const auto& candidate : pick.candidates)
                if (usable(candidate)) shares.try_emplace({pick.pool, candidate.pod}, PodShare{pick.pool, candidate.pod});
            ++shareOf(pick, one.before).before;
            ++shareOf(pick, one.after).after;
            out.changed += one.changed();
            out.tied += one.tied > 1;
            out.fewSeen += one.fewSeen;
            if (!std::isnan(one.costBefore) && !std::isnan(one.costAfter)) {
                ++out.costed;
                out.costBefore += one.costBefore;
                out.costAfter += one.costAfter;
            }
        }
        out.decisions.push_back(one);
    }
    for (auto& [key, share] : shares) out.pods.push_back(std::move(share));
    return out;
}

}  // namespace gatehouse::lab
