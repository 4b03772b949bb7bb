#include "gateway/fault_drill.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

constexpr char kPath[] = "/v1/chat/completions";
constexpr std::chrono::seconds kLongest{15};
/// A pool's servers are picked by turns or chance: so often, at most, until the faulty one was.
constexpr int kMostTries = 8;

std::string question(bool streams) {
    return fmt::format(R"({{"model":"drill","messages":[{{"role":"user","content":"Say hello."}}]{}}})", streams ? R"(,"stream":true)" : "");
}

std::string detailOf(const RehearsalAnswer& answer) {
    std::string out;
    if (!answer.record) return out;
    for (const auto& step : answer.record->steps)
        if (step.stage == "try") out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", step.subject, step.detail);
    if (!answer.record->errorSentence.empty()) out += (out.empty() ? "" : "; ") + answer.record->errorSentence;
    return out;
}

DrillOutcome outcomeOf(const RehearsalAnswer& answer, bool another, bool hit) {
    if (!hit) return DrillOutcome::NotHit;
    if (answer.status == 0) return DrillOutcome::CutShort;
    if (answer.status >= 400) return DrillOutcome::ErrorAnswered;
    if (answer.body.find(": gatehouse-restart ") != std::string::npos && answer.whole) return DrillOutcome::BeganAnew;
    const bool failed = answer.record && !answer.record->error.empty();
    if (failed || !answer.whole) return answer.body.find("\"error\"") != std::string::npos ? DrillOutcome::ClientTold : DrillOutcome::CutShort;
    return another ? DrillOutcome::AnotherAnswered : DrillOutcome::Unharmed;
}

Result<DrillLine> runCase(const config::ObjectSet& objects, const Drill& drill, const lab::FaultCase& fault, std::vector<std::string>& names) {
    auto stage = Rehearsal::start(objects, drill.ruleId, drill.backend, {false, drill.patience});
    if (!stage) return tl::unexpected(stage.error());
    const auto& targets = (*stage)->targets();
    names.clear();
    for (const auto& target : targets) names.push_back(target.name);
    auto& faulty = *targets.front().server;
    faulty.setFault(fault.fault);
    RehearsalAnswer answer;
    DrillLine line;
    line.fault = &fault;
    bool hit = false;
    for (int i = 0; i < kMostTries && !hit && !(drill.stopped && drill.stopped()); ++i) {
        answer = (*stage)->send(kPath, question(fault.streams), kLongest, drill.stopped);
        // Where nobody listens nobody is asked: then the record tells.
        hit = faulty.asked() > 0 || answer.status >= 500 || (answer.record && (answer.record->attempts > 1 || !answer.record->error.empty()));
        if (!hit && targets.size() == 1) break;
    }
    const auto other = std::find_if(targets.begin() + 1, targets.end(), [](const auto& target) { return target.server->asked() > 0; });
    const bool another = other != targets.end();
    line.outcome = outcomeOf(answer, another, hit);
    line.status = answer.status;
    line.micros = answer.micros;
    line.asked = faulty.asked();
    line.leftOut = (*stage)->isOut(0);
    if (line.outcome == DrillOutcome::AnotherAnswered || line.outcome == DrillOutcome::BeganAnew) line.answeredBy = other->name;
    else if (line.outcome == DrillOutcome::Unharmed) line.answeredBy = targets.front().name;
    line.detail = detailOf(answer);
    return line;
}

}  // namespace

std::string_view drillOutcomeName(DrillOutcome outcome) {
    switch (outcome) {
        case DrillOutcome::AnotherAnswered: return "another-answered";
        case DrillOutcome::BeganAnew: return "began-anew";
        case DrillOutcome::ClientTold: return "client-told";
        case DrillOutcome::ErrorAnswered: return "error-answered";
        case DrillOutcome::CutShort: return "cut-short";
        case DrillOutcome::Unharmed: return "unharmed";
        case DrillOutcome::NotHit: break;
    }
    return "not-hit";
}

Result<DrillReport> runDrill(const config::ObjectSet& objects, const Drill& drill) {
    DrillReport report;
    for (const auto& fault : lab::faultCases()) {
        if (drill.stopped && drill.stopped()) break;
        if (!drill.faults.empty() && std::find(drill.faults.begin(), drill.faults.end(), fault.fault) == drill.faults.end()) continue;
        auto line = runCase(objects, drill, fault, report.targets);
        if (!line) return tl::unexpected(line.error());
        if (drill.stopped && drill.stopped()) break;
        if (drill.told) drill.told(*line);
        report.lines.push_back(std::move(*line));
    }
    return report;
}

}  // namespace gatehouse::gateway
