// Decoders of AgentgatewayPolicy: its targets, backend.ai and traffic.
#include "config/codec_agentgateway.h"
#include "config/schema.h"

#include <array>
#include <charconv>

namespace gatehouse::config::agentgateway {

using codec::target;

namespace {

std::vector<PromptMessage> messages(const Node* node, std::string_view name) {
    std::vector<PromptMessage> out;
    for (const auto& item : itemsOf(node, name)) out.push_back({lowerCase(textOf(&item, "role")), textOf(&item, "content")});
    return out;
}

PromptGuard::Moderation moderation(const Node& node, const std::string& ns, FieldPath at) {
    PromptGuard::Moderation out;
    out.model = textOf(&node, "model");
    const auto* policies = memberOf(&node, "policies");
    const auto here = at.key("policies");
    if (const auto* auth = memberOf(policies, "auth")) out.auth = decodeAuth(*auth, here.key("auth"));
    if (const auto* tls = memberOf(policies, "tls")) out.tls = decodeTls(*tls, ns, here.key("tls"));
    if (const auto* http = memberOf(policies, "http")) out.http = decodeHttp(*http, here.key("http"));
    out.tunnel = memberOf(policies, "tunnel") != nullptr;
    out.at = std::move(at);
    return out;
}

PromptGuard::Webhook webhook(const Node& node, const std::string& ns, FieldPath at) {
    PromptGuard::Webhook out;
    out.backend = target(memberOf(&node, "backendRef"), ns, at.key("backendRef"));
    for (const auto& match : itemsOf(&node, "forwardHeaderMatches")) out.forwardHeaderMatches.push_back(codec::valueMatch(match));
    out.failOpen = textOf(&node, "failureMode") == "FailOpen";
    out.headers = pairsOf(&node, "headers");
    out.at = std::move(at);
    return out;
}

PromptGuard::Cloud cloudGuard(const Node& node, const char* member, FieldPath at) {
    PromptGuard::Cloud out;
    out.member = member;
    const bool google = out.google();
    out.identifier = textOf(&node, google ? "templateId" : "identifier");
    out.version = textOf(&node, "version");
    out.project = textOf(&node, "projectId");
    out.region = google ? textOf(&node, "location", "us-central1") : textOf(&node, "region");
    if (const auto* auth = memberOf(memberOf(&node, "policies"), "auth")) out.auth = decodeAuth(*auth, at.key("policies").key("auth"));
    out.at = std::move(at);
    return out;
}

PromptGuard guard(const Node& node, const std::string& ns, FieldPath at) {
    PromptGuard out;
    if (const auto* regex = memberOf(&node, "regex"))
        out.regex = PromptGuard::Regex{textOf(regex, "action") == "Reject", textsOf(regex, "builtins"), textsOf(regex, "matches"), at.key("regex")};
    if (const auto* hook = memberOf(&node, "webhook")) out.webhook = webhook(*hook, ns, at.key("webhook"));
    if (const auto* asks = memberOf(&node, "openAIModeration")) out.moderation = moderation(*asks, ns, at.key("openAIModeration"));
    for (const auto* member : {"bedrockGuardrails", "googleModelArmor"})
        if (const auto* asks = memberOf(&node, member)) out.cloud = cloudGuard(*asks, member, at.key(member));
    out.scope = textsOf(&node, "scope");
    if (const auto* response = memberOf(&node, "response")) {
        out.reject.message = textOf(response, "message", out.reject.message);
        out.reject.statusCode = static_cast<int>(intOf(response, "statusCode", out.reject.statusCode));
    }
    out.at = std::move(at);
    return out;
}

std::vector<PromptGuard> guards(const Node& node, const char* list, const std::string& ns, const FieldPath& at) {
    std::vector<PromptGuard> out;
    const auto& items = itemsOf(&node, list);
    for (std::size_t i = 0; i < items.size(); ++i) out.push_back(guard(items[i], ns, at.key(list).index(i)));
    return out;
}

std::vector<BodyField> bodyFields(const Node& node, const char* list, const FieldPath& at) {
    std::vector<BodyField> out;
    const auto& items = itemsOf(&node, list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto* value = items[i].find("value");
        out.push_back({textOf(&items[i], "field"), value == nullptr ? std::string("null") : jsonOf(*value), at.key(list).index(i)});
    }
    return out;
}

std::vector<BodyExpression> bodyExpressions(const Node& node, const char* list, const FieldPath& at) {
    std::vector<BodyExpression> out;
    const auto& items = itemsOf(&node, list);
    for (std::size_t i = 0; i < items.size(); ++i)
        out.push_back({textOf(&items[i], "field"), textOf(&items[i], "expression"), at.key(list).index(i)});
    return out;
}

std::optional<std::uint32_t> countOf(const Node* node, std::string_view name) {
    const auto* found = memberOf(node, name);
    const auto value = found == nullptr ? std::nullopt : found->asInt();
    if (!value || *value < 0) return std::nullopt;
    return static_cast<std::uint32_t>(std::min<std::int64_t>(*value, std::numeric_limits<std::uint32_t>::max()));
}

AuthMode modeOf(const Node& node) {
    const auto mode = textOf(&node, "mode");
    return mode == "Optional" ? AuthMode::Optional : mode == "Permissive" ? AuthMode::Permissive : AuthMode::Strict;
}

/// "64Ki", "1M" or a number of bytes; 0 where it is neither.
std::uint32_t bytesOf(const Node* node, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, double>, 7> kUnits{
        {{"Ki", 1024.0}, {"Mi", 1048576.0}, {"Gi", 1073741824.0}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"", 1.0}}};
    const auto text = textOf(node, name);
    double value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{}) return 0;
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const auto& [word, factor] : kUnits)
        if (word == unit) return static_cast<std::uint32_t>(std::clamp(value * factor, 0.0, 4294967295.0));
    return 0;
}

void markSet(const Node* node, std::initializer_list<const char*> members, const FieldPath& at, std::vector<FieldPath>& out) {
    for (const auto* member : members)
        if (memberOf(node, member) != nullptr) out.push_back(at.key(member));
}

ExtAuth extAuth(const Node& node, const std::string& ns, FieldPath at) {
    ExtAuth out;
    out.backend = target(memberOf(&node, "backendRef"), ns, at.key("backendRef"));
    out.url = textOf(&node, "url");
    out.grpc = memberOf(&node, "grpc") != nullptr;
    out.failOpen = textOf(&node, "failureMode") == "FailOpen";
    const auto* http = memberOf(&node, "http");
    out.allowedRequestHeaders = textsOf(http, "allowedRequestHeaders");
    out.allowedResponseHeaders = textsOf(http, "allowedResponseHeaders");
    out.forwardBody = bytesOf(memberOf(&node, "forwardBody"), "maxSize");
    markSet(&node, {"url", "grpc", "conditional"}, at, out.unsupported);
    markSet(http, {"path", "body", "addRequestHeaders"}, at.key("http"), out.unsupported);
    out.at = std::move(at);
    return out;
}

GlobalLimit globalLimit(const Node& node, const std::string& ns, FieldPath at) {
    GlobalLimit out;
    out.backend = target(memberOf(&node, "backendRef"), ns, at.key("backendRef"));
    out.url = textOf(&node, "url");
    out.domain = textOf(&node, "domain");
    out.failOpen = textOf(&node, "failureMode") == "FailOpen";
    const auto& items = itemsOf(&node, "descriptors");
    for (std::size_t i = 0; i < items.size(); ++i) {
        GlobalLimit::Descriptor read;
        for (const auto& entry : itemsOf(&items[i], "entries")) read.entries.emplace_back(textOf(&entry, "name"), textOf(&entry, "expression"));
        read.tokens = textOf(&items[i], "unit") == "Tokens";
        read.cost = textOf(&items[i], "cost");
        read.limitOverride = textOf(&items[i], "limitOverride");
        read.at = at.key("descriptors").index(i);
        out.descriptors.push_back(std::move(read));
    }
    out.at = std::move(at);
    return out;
}

RateLimit rateLimit(const Node& node, const std::string& ns, FieldPath at) {
    RateLimit out;
    const auto& items = itemsOf(&node, "local");
    for (std::size_t i = 0; i < items.size(); ++i)
        out.local.push_back({countOf(&items[i], "requests"), countOf(&items[i], "tokens"), textOf(&items[i], "unit"),
                             countOf(&items[i], "burst").value_or(0), at.key("local").index(i)});
    if (const auto* shared = memberOf(&node, "global")) out.global = globalLimit(*shared, ns, at.key("global"));
    out.conditional = memberOf(&node, "conditional") != nullptr;
    out.at = std::move(at);
    return out;
}

ApiKeyAuth apiKeys(const Node& node, FieldPath at) {
    ApiKeyAuth out;
    out.mode = modeOf(node);
    if (const auto* ref = memberOf(&node, "secretRef")) out.secret = secretRef(ref, at.key("secretRef"));
    if (const auto* selector = memberOf(&node, "secretSelector")) {
        out.bySecretLabels = true;
        out.secretLabels = pairsOf(selector, "matchLabels");
    }
    if (const auto* selector = memberOf(&node, "configMapSelector")) {
        out.byConfigMapLabels = true;
        out.configMapLabels = pairsOf(selector, "matchLabels");
    }
    out.location = location(&node, at);
    out.at = std::move(at);
    return out;
}

JwtAuth jwt(const Node& node, const std::string& ns, FieldPath at) {
    JwtAuth out;
    out.mode = modeOf(node);
    out.mcp = memberOf(&node, "mcp") != nullptr;
    out.location = location(&node, at);
    const auto& items = itemsOf(&node, "providers");
    for (std::size_t i = 0; i < items.size(); ++i) {
        JwtProvider read;
        read.at = at.key("providers").index(i);
        read.issuer = textOf(&items[i], "issuer");
        read.audiences = textsOf(&items[i], "audiences");
        const auto* jwks = memberOf(&items[i], "jwks");
        read.inlineJwks = textOf(jwks, "inline");
        if (const auto* remote = memberOf(jwks, "remote")) {
            JwtProvider::Remote from;
            from.at = read.at.key("jwks").key("remote");
            from.backend = target(memberOf(remote, "backendRef"), ns, from.at.key("backendRef"));
            from.jwksPath = textOf(remote, "jwksPath");
            from.url = textOf(remote, "url");
            from.cacheDuration = timeOf(remote, "cacheDuration").value_or(from.cacheDuration);
            read.remote = std::move(from);
        }
        out.providers.push_back(std::move(read));
    }
    out.at = std::move(at);
    return out;
}

BasicAuth basic(const Node& node, FieldPath at) {
    BasicAuth out;
    out.mode = modeOf(node);
    out.realm = textOf(&node, "realm");
    out.users = textsOf(&node, "users");
    if (const auto* ref = memberOf(&node, "secretRef")) out.secret = secretRef(ref, at.key("secretRef"));
    out.location = location(&node, at);
    out.at = std::move(at);
    return out;
}

DirectAnswer directResponse(const Node& node, FieldPath at) {
    DirectAnswer out;
    out.status = static_cast<int>(intOf(&node, "status", 0));
    out.body = textOf(&node, "body");
    for (const auto& header : itemsOf(&node, "headers")) out.headers.push_back({textOf(&header, "name"), textOf(&header, "value")});
    markSet(&node, {"bodyExpression", "conditional"}, at, out.unsupported);
    out.at = std::move(at);
    return out;
}

RetrySpec retry(const Node& node) {
    RetrySpec out;
    for (const auto& code : itemsOf(&node, "codes"))
        if (const auto value = code.asInt(); value && *value >= 400 && *value <= 599) out.codes.push_back(static_cast<int>(*value));
    out.attempts = countOf(&node, "attempts").value_or(1);
    out.backoff = timeOf(&node, "backoff");
    return out;
}

TrafficPolicy traffic(const Node& node, const std::string& ns, const FieldPath& at) {
    TrafficPolicy out;
    out.at = at;
    out.preRouting = textOf(&node, "phase") == "PreRouting";
    out.requestTimeout = timeOf(memberOf(&node, "timeouts"), "request");
    if (const auto* tries = memberOf(&node, "retry")) out.retry = retry(*tries);
    if (const auto* settings = memberOf(&node, "cors")) out.cors = codec::cors(settings);
    if (const auto* headers = memberOf(&node, "headerModifiers")) {
        out.hasHeaderModifiers = true;
        if (const auto* request = memberOf(headers, "request")) out.requestHeaders = codec::headerModifier(request);
        if (const auto* response = memberOf(headers, "response")) out.responseHeaders = codec::headerModifier(response);
    }
    out.hostRewrite = textOf(memberOf(&node, "hostRewrite"), "mode");
    const auto member = [&](const char* name) { return memberOf(&node, name); };
    if (const auto* answer = member("directResponse")) out.directResponse = directResponse(*answer, at.key("directResponse"));
    if (const auto* asks = member("extAuth")) out.extAuth = extAuth(*asks, ns, at.key("extAuth"));
    if (const auto* limits = member("rateLimit")) out.rateLimit = rateLimit(*limits, ns, at.key("rateLimit"));
    if (const auto* keys = member("apiKeyAuthentication")) out.apiKeyAuthentication = apiKeys(*keys, at.key("apiKeyAuthentication"));
    if (const auto* tokens = member("jwtAuthentication")) out.jwtAuthentication = jwt(*tokens, ns, at.key("jwtAuthentication"));
    if (const auto* names = member("basicAuthentication")) out.basicAuthentication = basic(*names, at.key("basicAuthentication"));
    if (const auto* checks = member("csrf")) out.csrf = decodeCsrf(*checks, at.key("csrf"));
    if (const auto* waits = member("delay")) out.delay = decodeDelay(*waits, at.key("delay"));
    if (const auto* rules = member("authorization")) out.authorization = decodeAuthorization(*rules, at.key("authorization"));
    return out;
}

std::vector<Target> targets(const Node* spec) {
    std::vector<Target> out;
    const auto& items = itemsOf(spec, "targetRefs");
    for (std::size_t i = 0; i < items.size(); ++i) {
        Target read;
        read.group = textOf(&items[i], "group");
        read.kind = textOf(&items[i], "kind");
        read.name = textOf(&items[i], "name");
        read.sectionName = textOf(&items[i], "sectionName");
        read.port = portOf(&items[i], "port");
        read.at = FieldPath().key("spec").key("targetRefs").index(i);
        out.push_back(std::move(read));
    }
    return out;
}

std::vector<Selector> selectors(const Node* spec) {
    std::vector<Selector> out;
    const auto& items = itemsOf(spec, "targetSelectors");
    for (std::size_t i = 0; i < items.size(); ++i)
        out.push_back({textOf(&items[i], "group"), textOf(&items[i], "kind"), pairsOf(&items[i], "matchLabels"), textOf(&items[i], "sectionName"),
                       portOf(&items[i], "port"), FieldPath().key("spec").key("targetSelectors").index(i)});
    return out;
}

}  // namespace

Authorization decodeAuthorization(const Node& node, FieldPath at) {
    const auto action = textOf(&node, "action");
    return {action == "Deny"      ? Authorization::Action::Deny
            : action == "Require" ? Authorization::Action::Require
                                  : Authorization::Action::Allow,
            textsOf(memberOf(&node, "policy"), "matchExpressions"), std::move(at)};
}

AiPolicy decodeAi(const Node& node, const std::string& ns, const FieldPath& at) {
    AiPolicy out;
    out.at = at;
    if (const auto* prompt = memberOf(&node, "prompt"))
        out.prompt = AiPolicy::Prompt{messages(prompt, "prepend"), messages(prompt, "append"), at.key("prompt")};
    if (const auto* guarded = memberOf(&node, "promptGuard")) {
        const auto here = at.key("promptGuard");
        out.promptGuard = AiPolicy::Guards{guards(*guarded, "request", ns, here), guards(*guarded, "response", ns, here),
                                           textOf(guarded, "streaming") == "Enabled", here};
    }
    out.defaults = bodyFields(node, "defaults", at);
    out.overrides = bodyFields(node, "overrides", at);
    out.modelAliases = pairsOf(&node, "modelAliases");
    if (const auto* caching = memberOf(&node, "promptCaching"))
        out.promptCaching = PromptCaching{boolOf(caching, "cacheSystem", true), boolOf(caching, "cacheMessages", true),
                                          boolOf(caching, "cacheTools", false), intOf(caching, "minTokens", 1024),
                                          intOf(caching, "cacheMessageOffset", 0), at.key("promptCaching")};
    out.transformations = bodyExpressions(node, "transformations", at);
    out.finalTransformations = bodyExpressions(node, "finalTransformations", at);
    out.routes = pairsOf(&node, "routes");
    return out;
}

Result<PolicySpec> decodePolicy(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    const auto at = FieldPath().key("spec");
    PolicySpec out;
    out.key = object.key;
    out.targets = targets(*spec);
    out.selectors = selectors(*spec);
    out.overrides = textOf(memberOf(*spec, "strategy"), "inheritance") == "Override";
    if (const auto* node = memberOf(*spec, "traffic")) out.traffic = traffic(*node, object.key.ns, at.key("traffic"));
    if (const auto* node = memberOf(*spec, "backend")) out.backend = decodeConnectionPolicy(*node, object.key.ns, at.key("backend"));
    out.frontend = memberOf(*spec, "frontend") != nullptr;
    if (object.schema != nullptr)
        if (const auto* table = object.schema->root.member("spec")) codec::collectNotRun(*table, **spec, at, out.unsupported);
    return out;
}

}  // namespace gatehouse::config::agentgateway
