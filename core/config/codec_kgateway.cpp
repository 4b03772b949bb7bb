// Decoders of Backend, TrafficPolicy and DirectResponse (gateway.kgateway.dev, AI fields in their 2.1 form).
#include "config/codec_parts.h"
#include "config/fields.h"
#include "config/policies.h"
#include "config/schema.h"

#include <array>

namespace gatehouse::config {
namespace {

constexpr std::array<const char*, 6> kProviders{"openai", "azureopenai", "anthropic", "gemini", "vertexai", "bedrock"};

void readToken(LlmProviderSpec& out, const Node* block) {
    const auto* token = memberOf(block, "authToken");
    const auto kind = textOf(token, "kind");
    out.auth = kind == "Inline"        ? AuthTokenKind::Inline
               : kind == "SecretRef"   ? AuthTokenKind::SecretRef
               : kind == "Passthrough" ? AuthTokenKind::Passthrough
                                       : AuthTokenKind::None;
    out.inlineToken = textOf(token, "inline");
    out.secretName = textOf(memberOf(token, "secretRef"), "name");
}

LlmProviderSpec provider(const Node& node, FieldPath at) {
    LlmProviderSpec out;
    out.name = textOf(&node, "name");
    for (const auto* name : kProviders) {
        const auto* block = memberOf(&node, name);
        if (block == nullptr) continue;
        out.provider = name;
        out.model = textOf(block, "model");
        readToken(out, block);
        if (const auto* auth = memberOf(block, "auth")) {
            out.auth = AuthTokenKind::SecretRef;
            out.secretName = textOf(memberOf(auth, "secretRef"), "name");
        }
        out.apiVersion = textOf(block, "apiVersion");
        out.endpoint = textOf(block, "endpoint");
        out.deploymentName = textOf(block, "deploymentName");
        out.projectId = textOf(block, "projectId");
        out.modelPath = textOf(block, "modelPath");
        out.location = out.provider == "bedrock" ? textOf(block, "region", "us-east-1") : textOf(block, "location");
        const auto* guardrail = memberOf(block, "guardrail");
        out.guardrail = textOf(guardrail, "identifier");
        out.guardrailVersion = textOf(guardrail, "version");
        break;
    }
    const auto* header = memberOf(&node, "authHeader");
    out.authHeaderName = textOf(header, "headerName");
    out.authHeaderPrefix = textOf(header, "prefix");
    out.hasAuthPrefix = memberOf(header, "prefix") != nullptr;
    out.override.host = textOf(&node, "host");
    out.override.port = portOf(&node, "port").value_or(0);
    out.pathFull = textOf(memberOf(&node, "path"), "full");
    out.at = std::move(at);
    return out;
}

std::vector<PromptMessage> messages(const Node* node, std::string_view name) {
    std::vector<PromptMessage> out;
    for (const auto& item : itemsOf(node, name))
        out.push_back({lowerCase(textOf(&item, "role")), textOf(&item, "content")});
    return out;
}

RegexGuardSpec regexGuard(const Node* node, const FieldPath& at) {
    RegexGuardSpec out;
    const auto& matches = itemsOf(node, "matches");
    for (std::size_t i = 0; i < matches.size(); ++i)
        out.matches.push_back(
            {textOf(&matches[i], "name"), textOf(&matches[i], "pattern"), at.key("matches").index(i)});
    out.builtins = textsOf(node, "builtins");
    out.action = textOf(node, "action", "MASK") == "REJECT" ? GuardAction::Reject : GuardAction::Mask;
    return out;
}

std::optional<WebhookSpec> webhook(const Node* guard, const FieldPath& at) {
    const auto* node = memberOf(guard, "webhook");
    if (node == nullptr) return std::nullopt;
    WebhookSpec out;
    const auto* host = memberOf(node, "host");
    out.host = {textOf(host, "host"), portOf(host, "port").value_or(0)};
    // Of repeated names each counts: any of them lets a field through.
    for (const auto& item : itemsOf(node, "forwardHeaderMatches")) out.forward.push_back(codec::valueMatch(item));
    out.at = at.key("webhook");
    return out;
}

std::optional<LlmProviderSpec> moderation(const Node* guard, const FieldPath& at) {
    const auto* node = memberOf(memberOf(guard, "moderation"), "openAIModeration");
    if (node == nullptr) return std::nullopt;
    LlmProviderSpec out;
    out.provider = "openAIModeration";
    out.model = textOf(node, "model");
    readToken(out, node);
    out.at = at.key("moderation");
    return out;
}

AiPolicySpec aiPolicy(const Node* ai) {
    AiPolicySpec out;
    out.routeType = textOf(ai, "routeType", "CHAT");
    const auto* enrichment = memberOf(ai, "promptEnrichment");
    out.prepend = messages(enrichment, "prepend");
    out.append = messages(enrichment, "append");
    const auto* request = memberOf(memberOf(ai, "promptGuard"), "request");
    const auto at = FieldPath().key("spec").key("ai").key("promptGuard").key("request");
    if (const auto* regex = memberOf(request, "regex")) out.requestGuard = regexGuard(regex, at.key("regex"));
    const auto* answer = memberOf(memberOf(ai, "promptGuard"), "response");
    const auto answerAt = FieldPath().key("spec").key("ai").key("promptGuard").key("response");
    if (const auto* regex = memberOf(answer, "regex")) {
        out.responseGuard = regexGuard(regex, answerAt.key("regex"));
        out.responseGuard->action = GuardAction::Mask;
    }
    out.requestWebhook = webhook(request, at);
    out.responseWebhook = webhook(answer, answerAt);
    out.moderation = moderation(request, at);
    const auto& defaults = itemsOf(ai, "defaults");
    for (std::size_t i = 0; i < defaults.size(); ++i)
        out.defaults.push_back({textOf(&defaults[i], "field"), textOf(&defaults[i], "value"), textOf(&defaults[i], "override") == "true",
                                FieldPath().key("spec").key("ai").key("defaults").index(i)});
    if (const auto* response = memberOf(request, "customResponse")) {
        out.reject.message = textOf(response, "message", out.reject.message);
        out.reject.statusCode = static_cast<int>(intOf(response, "statusCode", out.reject.statusCode));
    }
    return out;
}

}  // namespace

namespace codec {

void collectNotRun(const FieldSpec& spec, const Node& node, const FieldPath& at, std::vector<std::string>& out) {
    if (node.isNull()) return;
    if (!spec.notRun.empty()) {
        out.push_back(at.toString());
        return;
    }
    for (const auto& member : spec.fields)
        if (spec.type == FieldType::Object)
            if (const auto* value = memberOf(&node, member.name))
                collectNotRun(member, *value, at.key(member.name), out);
    if (spec.type == FieldType::List && spec.element() != nullptr)
        for (std::size_t i = 0; i < node.items.size(); ++i)
            collectNotRun(*spec.element(), node.items[i], at.index(i), out);
}

}  // namespace codec

Result<BackendSpec> decodeBackend(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    BackendSpec out;
    out.key = object.key;
    out.type = textOf(*spec, "type");
    if (out.type.empty()) {  // Optional since kgateway 2.2: the block decides.
        if (memberOf(*spec, "ai")) out.type = "AI";
        if (memberOf(*spec, "static")) out.type = "Static";
    }
    const auto* fixed = memberOf(*spec, "static");
    for (const auto& host : itemsOf(fixed, "hosts")) {
        HostPort target{textOf(&host, "host"), portOf(&host, "port").value_or(0)};
        if (!target.host.empty() && target.port != 0) out.staticHosts.push_back(std::move(target));
    }
    out.appProtocol = textOf(fixed, "appProtocol");
    const auto* ai = memberOf(*spec, "ai");
    const auto at = FieldPath().key("spec").key("ai");
    if (const auto* llm = memberOf(ai, "llm")) out.llmGroups.push_back({provider(*llm, at.key("llm"))});
    const auto& groups = itemsOf(ai, "priorityGroups");
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::vector<LlmProviderSpec> members;
        const auto& providers = itemsOf(&groups[g], "providers");
        for (std::size_t p = 0; p < providers.size(); ++p)
            members.push_back(provider(providers[p], at.key("priorityGroups").index(g).key("providers").index(p)));
        if (!members.empty()) out.llmGroups.push_back(std::move(members));
    }
    return out;
}

Result<TrafficPolicySpec> decodeTrafficPolicy(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    TrafficPolicySpec out;
    out.key = object.key;
    const auto& targets = itemsOf(*spec, "targetRefs");
    for (std::size_t i = 0; i < targets.size(); ++i) {
        PolicyTarget target;
        target.group = textOf(&targets[i], "group");
        target.kind = textOf(&targets[i], "kind");
        target.name = textOf(&targets[i], "name");
        target.sectionName = textOf(&targets[i], "sectionName");
        target.at = FieldPath().key("spec").key("targetRefs").index(i);
        out.targets.push_back(std::move(target));
    }
    if (const auto* ai = memberOf(*spec, "ai")) out.ai = aiPolicy(ai);
    if (object.schema != nullptr)
        if (const auto* table = object.schema->root.member("spec"))
            codec::collectNotRun(*table, **spec, FieldPath().key("spec"), out.unsupported);
    return out;
}

Result<DirectResponseSpec> decodeDirectResponse(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    const auto status = intOf(*spec, "status", 0);
    if (status < 200 || status > 599)
        return fail("no-status", object.key.display() + " needs a status between 200 and 599.");
    return DirectResponseSpec{object.key, static_cast<int>(status), textOf(*spec, "body")};
}

}  // namespace gatehouse::config
