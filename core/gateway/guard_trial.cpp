#include "gateway/guard_trial.h"

#include "text/json_body.h"

#include <fmt/format.h>

namespace gatehouse::gateway {
namespace {

constexpr std::chrono::seconds kLongest{30};

std::string chatOf(const std::string& text) {
    return fmt::format(R"({{"model":"trial","messages":[{{"role":"user","content":"{}"}}]}})", text::json::encode(text));
}

}  // namespace

Result<GuardTrialResult> tryGuards(const config::ObjectSet& objects, const GuardTrialQuestion& question, const std::function<bool()>& stopped) {
    auto stage = Rehearsal::start(objects, question.ruleId, question.backend, {true, std::nullopt});
    if (!stage) return tl::unexpected(stage.error());
    // The side that is not asked about says what no guard minds.
    if (question.answer)
        for (const auto& target : (*stage)->targets()) target.server->setText(question.text);
    const auto answer = (*stage)->send("/v1/chat/completions", chatOf(question.answer ? "hello" : question.text), kLongest, stopped);
    if (stopped && stopped()) return fail("stopped", "It was stopped.");
    GuardTrialResult out;
    out.status = answer.status;
    out.client = answer.body;
    for (const auto& target : (*stage)->targets())
        if (target.server->asked() > 0) out.upstream = target.server->lastBody();
    if (!answer.record) return fail("no-answer", "The rehearsal gave no answer.");
    out.rejected = answer.record->error == "guard-rejected" || answer.record->error == "guard-failed" || answer.record->guard.rejected;
    if (answer.record->guardReport)
        for (const auto& finding : answer.record->guardReport->findings)
            if (finding.answer == question.answer) out.findings.push_back(finding);
    return out;
}

}  // namespace gatehouse::gateway
