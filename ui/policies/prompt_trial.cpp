#include "policies/prompt_trial.h"

#include "llm/guard.h"
#include "llm/policy.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

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

}  // namespace

Result<llm::LlmPolicy> compilePolicy(const config::AiPolicySpec& spec) {
    llm::LlmPolicy policy;
    policy.rejectMessage = spec.reject.message;
    policy.rejectStatus = spec.reject.statusCode;
    policy.enrichment = {messagesOf(spec.prepend), messagesOf(spec.append)};
    for (const auto& field : spec.defaults) policy.defaults.push_back({field.field, llm::defaultValue(field.value), field.overrides});
    if (spec.requestGuard && (!spec.requestGuard->builtins.empty() || !spec.requestGuard->matches.empty())) {
        std::vector<llm::RegexGuard::Pattern> patterns;
        for (const auto& builtin : spec.requestGuard->builtins) patterns.push_back({builtin, {}, builtin});
        for (const auto& rule : spec.requestGuard->matches) patterns.push_back({rule.name.empty() ? "custom" : rule.name, rule.pattern, {}});
        auto guard = llm::RegexGuard::compile(std::move(patterns), spec.requestGuard->action == config::GuardAction::Reject ? llm::RegexGuard::Action::Reject
                                                                                                                             : llm::RegexGuard::Action::Mask);
        if (!guard) return tl::unexpected(guard.error());
        policy.requestGuard = std::move(*guard);
    }
    return policy;
}

Result<PromptTrial> tryPrompt(const config::AiPolicySpec& spec, const std::string& prompt) {
    const auto policy = compilePolicy(spec);
    if (!policy) return tl::unexpected(policy.error());
    PromptTrial out;
    if (policy->requestGuard) {
        out.hits = policy->requestGuard->find(prompt);
        out.masked = policy->requestGuard->mask(prompt, out.hits);
    } else {
        out.masked = prompt;
    }
    using nlohmann::ordered_json;
    ordered_json body{{"model", "any"}, {"messages", ordered_json::array({ordered_json{{"role", "user"}, {"content", prompt}}})}};
    base::Buffer buffer(body.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    const auto prepared = llm::applyPolicy(buffer, "openai-chat", *policy);
    if (!prepared) return tl::unexpected(prepared.error());
    out.rejected = prepared->guard.rejected;
    if (out.rejected) {
        out.rejectStatus = policy->rejectStatus;
        out.rejectMessage = policy->rejectMessage;
        return out;
    }
    const auto sent = ordered_json::parse(buffer.view(), nullptr, false);
    if (sent.is_object() && sent.contains("messages") && sent["messages"].is_array())
        for (const auto& message : sent["messages"])
            if (message.is_object()) out.upstream.push_back({message.value("role", ""), message.value("content", "")});
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
