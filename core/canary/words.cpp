// Names in English, for reports and the journal. The console has its own.
#include "canary/run.h"

#include <array>

namespace gatehouse::canary {
namespace {

struct Names {
    Metric metric;
    const char* name;
};
constexpr std::array<Names, 8> kMetricNames{{{Metric::ErrorRate, "error rate"},
                                             {Metric::GuardBlocks, "guard blocks"},
                                             {Metric::Ttft, "TTFT"},
                                             {Metric::Tpot, "TPOT"},
                                             {Metric::EndToEnd, "end-to-end"},
                                             {Metric::Cost, "cost per request"},
                                             {Metric::Tokens, "tokens per request"},
                                             {Metric::AnswerLength, "answer length"}}};

}  // namespace

const char* metricName(Metric metric) {
    for (const auto& row : kMetricNames)
        if (row.metric == metric) return row.name;
    return "";
}

const char* outcomeName(Outcome outcome) {
    switch (outcome) {
        case Outcome::NoHarm: return "no harm at margin";
        case Outcome::Worse: return "worse";
        case Outcome::KeepCollecting: return "keep collecting";
        case Outcome::Inconclusive: return "inconclusive";
    }
    return "";
}

const char* stateName(RunState state) {
    constexpr std::array<const char*, 5> kNames{"idle", "running", "paused", "promoted", "rolled back"};
    return kNames[static_cast<std::size_t>(state)];
}

const char* eventName(RunEvent event) {
    constexpr std::array<const char*, 13> kNames{"started", "paused", "resumed", "stepped", "promoted", "rolled back", "undone", "gate opened",
                                                 "worse", "inconclusive", "sample ratio off", "changed elsewhere", "failed"};
    return kNames[static_cast<std::size_t>(event)];
}

}  // namespace gatehouse::canary
