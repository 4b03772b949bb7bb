#include "policies/prompt_trial.h"

#include "config/agentgateway.h"
#include "llm/guard_coverage.h"
#include "llm/policy.h"
#include "llm/sample_bodies.h"
#include "route/translate_guards.h"
#include "text/json_body.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>
#include <memory>

namespace gatehouse::ui {
namespace {

std::vector<llm::Message> messagesOf(const std::vector<config::PromptMessage>& from) {
    std::vector<llm::Message> to;
    for (const auto& message : from) {
        auto role = message.role;
        std::transform(role.begin(), role.end(), role.begin(), [](unsigned char c) { return std::tolower(c); });
        to.push_back({role, message.content});
    }
    return to;
}

std::shared_ptr<const llm::GuardService> named(const config::WebhookSpec& spec) {
    auto service = std::make_shared<llm::GuardService>();
    service->name = spec.host.host + ":" + std::to_string(spec.host.port);
    return service;
}

}  // namespace

std::vector<std::string> trialDialects() {
    std::vector<std::string> out;
    for (const auto& sample : llm::sampleBodies())
        if (sample.dialect != nullptr) out.emplace_back(sample.dialect);
    return out;
}

bool hasAnswers(const std::string& dialect) {
    const auto* sample = llm::sampleOf(dialect);
    return sample != nullptr && sample->answer != nullptr;
}

Result<llm::LlmPolicy> compilePolicy(const config::AiPolicySpec& spec) {
    llm::LlmPolicy policy;
    policy.rejectMessage = spec.reject.message;
    policy.rejectStatus = spec.reject.statusCode;
    policy.enrichment = {messagesOf(spec.prepend), messagesOf(spec.append)};
    for (const auto& field : spec.defaults) policy.defaults.push_back({field.field, llm::defaultValue(field.value), field.overrides});
    auto request = route::regexGuardOf(spec.requestGuard, false);
    if (!request) return tl::unexpected(request.error());
    auto answer = route::regexGuardOf(spec.responseGuard, true);
    if (!answer) return tl::unexpected(answer.error());
    if (!spec.requestWebhook && !spec.responseWebhook && !spec.moderation) {
        policy.requestGuard = std::move(*request);
        policy.responseGuard = std::move(*answer);
        return policy;
    }
    route::TrafficGuards guards{std::move(*request), std::move(*answer), nullptr, nullptr, nullptr};
    if (spec.requestWebhook) guards.requestHook = named(*spec.requestWebhook);
    if (spec.responseWebhook) guards.answerHook = named(*spec.responseWebhook);
    if (spec.moderation) guards.moderation = std::make_shared<llm::GuardService>();
    policy.guards = route::chainOf({}, spec.reject, std::move(guards));
    return policy;
}

TextVerdict judgeText(const llm::LlmPolicy& policy, bool answer, const std::string& text) {
    TextVerdict out;
    out.masked = text;
    for (const auto& guard : llm::guardsOf(policy, answer)) {
        if (!answer && !guard.scopes.has(llm::TextScope::Messages)) continue;
        if (!guard.regex) {
            out.notAsked.push_back(guard.name);
            continue;
        }
        auto hits = guard.regex->find(out.masked);
        if (out.hits.empty()) out.hits = hits;
        if (!hits.empty() && guard.regex->action() == llm::RegexGuard::Action::Reject) {
            out.rejected = true;
            out.status = guard.rejectStatus;
            out.message = guard.rejectMessage;
            return out;
        }
        out.masked = guard.regex->mask(out.masked, hits);
    }
    return out;
}

namespace {

/// The body with what the policy makes of it, by the same steps as a request or an answer goes through.
Result<std::string> passed(const llm::LlmPolicy& policy, const TrialQuestion& question, const std::string& text) {
    base::Buffer body(text);
    llm::GuardReport report;
    if (policy.guards)
        for (const auto& guard : question.answer ? policy.guards->answers : policy.guards->requests) {
            if (!guard.regex) continue;
            const auto ran = llm::runRegexGuard(body, guard, question.answer, report);
            if (!ran) return tl::unexpected(ran.error());
        }
    std::string out(body.view());
    if (question.answer) {
        if (!policy.responseGuard) return out;
        const auto verdict = llm::guardAnswer(out, *policy.responseGuard);
        if (!verdict) return tl::unexpected(verdict.error());
        return out;
    }
    const auto prepared = llm::applyPolicy(body, question.dialect, policy);
    if (!prepared) return tl::unexpected(prepared.error());
    return std::string(body.view());
}

}  // namespace

CompiledPolicy compileAgentPolicy(const config::Object& object, const std::shared_ptr<const llm::LlmPolicy>& guards) {
    const auto spec = config::agentgateway::decodePolicy(object);
    if (!spec || !spec->backend || !spec->backend->ai) return guards ? CompiledPolicy(*guards) : std::nullopt;
    const auto& ai = *spec->backend->ai;
    const bool guarded = ai.promptGuard && !(ai.promptGuard->request.empty() && ai.promptGuard->response.empty());
    if (guarded && !guards)
        return Result<llm::LlmPolicy>(gatehouse::fail("not-attached", QCoreApplication::translate("PromptTrial", "The guards of this policy run nowhere yet: attach it to a route, a Gateway or a backend of models.").toStdString()));
    llm::LlmPolicy policy;
    if (guards) policy = *guards;
    if (ai.prompt) policy.enrichment = {messagesOf(ai.prompt->prepend), messagesOf(ai.prompt->append)};
    for (const auto& field : ai.defaults) policy.defaults.push_back({field.field, field.json, false});
    for (const auto& field : ai.overrides) policy.defaults.push_back({field.field, field.json, true});
    if (!guards && policy.enrichment.empty() && policy.defaults.empty()) return std::nullopt;
    return Result<llm::LlmPolicy>(std::move(policy));
}

Result<PromptTrial> tryPrompt(const config::AiPolicySpec& spec, const TrialQuestion& question) {
    const auto policy = compilePolicy(spec);
    if (!policy) return tl::unexpected(policy.error());
    return tryPrompt(*policy, question);
}

Result<PromptTrial> tryPrompt(const llm::LlmPolicy& policy, const TrialQuestion& question) {
    const auto* sample = llm::sampleOf(question.dialect);
    const char* pattern = sample == nullptr ? nullptr : question.answer ? sample->answer : sample->request;
    if (pattern == nullptr) return gatehouse::fail("no-text", "This API has no text there.");
    PromptTrial out;
    auto verdict = judgeText(policy, question.answer, question.text);
    out.hits = std::move(verdict.hits);
    out.masked = std::move(verdict.masked);
    out.notAsked = std::move(verdict.notAsked);
    out.rejected = verdict.rejected;
    out.rejectStatus = verdict.status;
    out.rejectMessage = verdict.message;
    if (out.rejected) return out;
    auto body = passed(policy, question, llm::filled(pattern, {question.text, "", "", ""}));
    if (!body) return tl::unexpected(body.error());
    out.body = std::move(*body);
    // A text is escaped byte by byte, so its parts stand in the body as they stand escaped by themselves.
    const auto at = out.body.find(text::json::encode(out.masked));
    std::size_t from = 0, copied = 0;
    for (const auto& hit : out.hits) {
        if (at == std::string::npos) break;
        from += text::json::encode(std::string_view(question.text).substr(copied, hit.begin - copied)).size();
        const auto tag = text::json::encode(hit.replacement).size();
        out.marks.push_back({at + from, at + from + tag});
        from += tag;
        copied = hit.end;
    }
    return out;
}

std::string patternProblem(const std::string& pattern) {
    if (pattern.empty()) return QCoreApplication::translate("PromptTrial", "Type a regular expression.").toStdString();
    const auto guard = llm::RegexGuard::compile({{"custom", pattern, {}}}, llm::RegexGuard::Action::Mask);
    if (guard) return {};
    // What the pattern is called, and how it is wrapped, says nothing to the one who types it.
    auto problem = guard.error().message;
    if (const auto named = problem.find("The pattern "); named != std::string::npos) problem.erase(0, named);
    if (const auto own = problem.rfind(": " + pattern); own != std::string::npos) problem = problem.substr(0, own) + ".";
    return problem;
}

}  // namespace gatehouse::ui
