// What services of guards are asked and what they may answer: the guardrail webhook of kgateway and agentgateway (its published OpenAPI:
// GuardrailsPromptRequest, GuardrailsResponseRequest, PassAction, MaskAction, RejectAction), and OpenAI's moderations.
#include "llm/cloud_guards.h"
#include "llm/dialect/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

ServiceVerdict failed(std::string why) {
    ServiceVerdict verdict;
    verdict.detail = std::move(why);
    return verdict;
}

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string reasonOf(const Json& action) {
    const auto* reason = member(action, "reason");
    return reason != nullptr && reason->is_string() ? reason->get<std::string>() : std::string();
}

/// The texts of a MaskAction's body, one for each that was asked about.
ServiceVerdict readMask(const Json& body, bool answer, std::size_t asked) {
    const auto* list = member(body, answer ? "choices" : "messages");
    if (list == nullptr || !list->is_array())
        return failed(fmt::format("The guard's mask has no list of {}.", answer ? "choices" : "messages"));
    if (list->size() != asked) return failed(fmt::format("The guard was asked about {} texts and masked {}.", asked, list->size()));
    ServiceVerdict verdict;
    verdict.outcome = GuardOutcome::Masked;
    for (const auto& item : *list) {
        const auto* message = answer ? member(item, "message") : &item;
        const auto* content = message != nullptr ? member(*message, "content") : nullptr;
        if (content == nullptr || !content->is_string()) return failed("The guard's mask holds a message without a text.");
        verdict.texts.push_back(content->get<std::string>());
    }
    return verdict;
}

ServiceVerdict readReject(const Json& action) {
    const auto* body = member(action, "body");
    const auto* status = member(action, "status_code");
    if (body == nullptr || !body->is_string() || status == nullptr || !status->is_number_integer())
        return failed("The guard's refusal lacks its body or its status_code.");
    const auto code = status->get<std::int64_t>();
    // What is no error must not look like the model's consent.
    if (code < 400 || code > 599) return failed(fmt::format("The guard refuses with the status {}, which is no error.", code));
    ServiceVerdict verdict;
    verdict.outcome = GuardOutcome::Rejected;
    verdict.status = static_cast<int>(code);
    verdict.message = body->get<std::string>();
    return verdict;
}

/// The forms have no name in them: a mask has an object as body, a refusal a text and a status, consent nothing but a reason.
ServiceVerdict readAction(const Json& action, bool answer, std::size_t asked) {
    if (!action.is_object()) return failed("The guard's answer names no action.");
    // Some services name the form around it.
    if (action.size() == 1 && action.begin()->is_object()) {
        const auto& name = action.begin().key();
        if (name == "pass") return readAction(*action.begin(), answer, asked);
        if (name == "mask" || name == "reject") {
            auto named = readAction(*action.begin(), answer, asked);
            const auto wanted = name == "mask" ? GuardOutcome::Masked : GuardOutcome::Rejected;
            return named.outcome == wanted || named.outcome == GuardOutcome::Failed ? named : failed("The guard's action is none that is known.");
        }
    }
    const auto* body = member(action, "body");
    ServiceVerdict verdict;
    if (body == nullptr) {
        const bool consents = std::all_of(action.items().begin(), action.items().end(), [](const auto& item) { return item.key() == "reason"; });
        if (!consents) return failed("The guard's action is none that is known.");
        verdict.outcome = GuardOutcome::Passed;
    } else if (body->is_string()) {
        verdict = readReject(action);
    } else {
        verdict = readMask(*body, answer, asked);
    }
    if (auto reason = reasonOf(action); !reason.empty() && verdict.outcome != GuardOutcome::Failed) verdict.detail = std::move(reason);
    return verdict;
}

ServiceVerdict readModeration(const Json& body, std::size_t asked) {
    const auto* results = member(body, "results");
    if (results == nullptr || !results->is_array()) return failed("The moderation's answer has no results.");
    if (results->size() != asked) return failed(fmt::format("The moderation was asked about {} texts and judged {}.", asked, results->size()));
    ServiceVerdict verdict;
    verdict.outcome = GuardOutcome::Passed;
    for (const auto& result : *results) {
        const auto* flagged = member(result, "flagged");
        if (flagged == nullptr || !flagged->is_boolean()) return failed("A result of the moderation does not say whether it is flagged.");
        if (!flagged->get<bool>()) continue;
        verdict.outcome = GuardOutcome::Rejected;
        const auto* categories = member(result, "categories");
        if (categories == nullptr || !categories->is_object()) continue;
        for (const auto& [name, hit] : categories->items())
            if (hit.is_boolean() && hit.get<bool>() && verdict.detail.find(name) == std::string::npos)
                verdict.detail += (verdict.detail.empty() ? "flagged: " : ", ") + name;
    }
    return verdict;
}

}  // namespace

std::string guardQuestion(const Guard& guard, bool answer, const std::vector<GuardText>& texts) {
    if (isCloudGuard(guard.kind)) return cloudQuestion(guard.kind, answer, texts);
    if (guard.kind == GuardKind::Moderation) {
        Json input = Json::array();
        for (const auto& text : texts) input.push_back(text.content);
        Json body{{"input", std::move(input)}};
        if (!guard.service->model.empty()) body["model"] = guard.service->model;
        return dump(body);
    }
    Json list = Json::array();
    for (const auto& text : texts) {
        Json message{{"role", text.role}, {"content", text.content}};
        if (answer) message = Json{{"message", std::move(message)}};
        list.push_back(std::move(message));
    }
    Json inner = Json::object();
    inner[answer ? "choices" : "messages"] = std::move(list);
    return dump(Json{{"body", std::move(inner)}});
}

std::string guardPath(const Guard& guard, bool answer) {
    if (isCloudGuard(guard.kind)) return answer ? guard.service->answerPath : guard.service->requestPath;
    return guard.service->prefix + (guard.kind == GuardKind::Moderation ? "/v1/moderations" : answer ? "/response" : "/request");
}

ServiceVerdict readGuardAnswer(const Guard& guard, bool answer, const std::vector<GuardText>& asked, int status, std::string_view body) {
    if (status < 200 || status > 299) return failed(fmt::format("The guard's service answered {}.", status));
    if (guard.kind == GuardKind::Bedrock) return readBedrockGuardrail(body, asked.size());
    if (guard.kind == GuardKind::ModelArmor) return readModelArmor(body);
    const auto json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return failed("The guard's service answered with no JSON object.");
    if (guard.kind == GuardKind::Moderation) return readModeration(json, asked.size());
    const auto* action = member(json, "action");
    return action != nullptr ? readAction(*action, answer, asked.size()) : failed("The guard's answer names no action.");
}

}  // namespace gatehouse::llm
