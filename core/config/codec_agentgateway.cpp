// Decoders of AgentgatewayBackend and of how backends are spoken to. codec_agentgateway_policy.cpp holds AgentgatewayPolicy.
#include "config/codec_agentgateway.h"

#include <nlohmann/json.hpp>

#include <array>

namespace gatehouse::config::agentgateway {

using codec::target;
using text::yaml::Type;

namespace {

constexpr std::array<const char*, 8> kProviders{"openai", "azureopenai", "azure", "anthropic", "gemini", "vertexai", "bedrock", "custom"};

nlohmann::ordered_json treeOf(const Node& node) {
    if (node.kind == NodeKind::Mapping) {
        auto out = nlohmann::ordered_json::object();
        for (const auto& entry : node.entries) out[entry.key.value] = treeOf(entry.value);
        return out;
    }
    if (node.kind == NodeKind::Sequence) {
        auto out = nlohmann::ordered_json::array();
        for (const auto& item : node.items) out.push_back(treeOf(item));
        return out;
    }
    switch (node.type()) {
        case Type::Null: return nullptr;
        case Type::Boolean: return node.asBool().value_or(false);
        case Type::Integer:
            if (const auto value = node.asInt()) return *value;
            [[fallthrough]];
        case Type::Float: return node.asDouble().value_or(0);
        case Type::String: break;
    }
    return node.value;
}

std::optional<AssumeRole> assumeRole(const Node* node, FieldPath at) {
    if (node == nullptr) return std::nullopt;
    AssumeRole out;
    out.roleArn = textOf(node, "roleArn");
    out.sessionName = textOf(node, "sessionName");
    out.sessionNameExpression = textOf(node, "sessionNameExpression");
    for (const auto& tag : itemsOf(node, "tags")) out.tags.push_back({textOf(&tag, "key"), textOf(&tag, "value"), textOf(&tag, "expression")});
    out.at = std::move(at);
    return out;
}

void readAuthKind(const Node& node, BackendAuth& out) {
    constexpr std::array<std::pair<const char*, BackendAuth::Kind>, 9> kMembers{{
        {"key", BackendAuth::Kind::Key}, {"secretRef", BackendAuth::Kind::Secret}, {"passthrough", BackendAuth::Kind::Passthrough},
        {"aws", BackendAuth::Kind::Aws}, {"azure", BackendAuth::Kind::Azure}, {"gcp", BackendAuth::Kind::Gcp},
        {"oauthTokenExchange", BackendAuth::Kind::Other}, {"crossAppAccess", BackendAuth::Kind::Other}, {"jwtSign", BackendAuth::Kind::Other},
    }};
    for (const auto& [name, kind] : kMembers)
        if (memberOf(&node, name) != nullptr) {
            out.kind = kind;
            out.member = name;
            return;
        }
}

BackendTls tls(const Node& node, const std::string& ns, FieldPath at) {
    BackendTls out;
    for (const auto& ref : itemsOf(&node, "caCertificateRefs"))
        out.caRefs.push_back({"", textOf(&ref, "kind", "ConfigMap"), ns, textOf(&ref, "name")});
    if (const auto& refs = itemsOf(&node, "mtlsCertificateRef"); !refs.empty())
        out.identity = secretRef(&refs.front(), at.key("mtlsCertificateRef").index(0));
    out.insecureSkipVerify = textOf(&node, "insecureSkipVerify");
    out.sni = textOf(&node, "sni");
    out.verifySubjectAltNames = textsOf(&node, "verifySubjectAltNames");
    out.alpnProtocols = textsOf(&node, "alpnProtocols");
    out.spiffe = textOf(&node, "certificateSource") == "SPIFFE";
    out.at = std::move(at);
    return out;
}

BackendTcp tcp(const Node& node, FieldPath at) {
    BackendTcp out;
    out.connectTimeout = timeOf(&node, "connectTimeout");
    if (const auto* keepalive = memberOf(&node, "keepalive")) {
        out.keepalive = true;
        out.keepaliveTime = timeOf(keepalive, "time");
        out.keepaliveInterval = timeOf(keepalive, "interval");
        out.keepaliveRetries = intOf(keepalive, "retries", 0);
    }
    out.at = std::move(at);
    return out;
}

std::optional<std::int64_t> numberOf(const Node* node, std::string_view name) {
    const auto* found = memberOf(node, name);
    return found == nullptr ? std::nullopt : found->asInt();
}

Health health(const Node& node, FieldPath at) {
    Health out;
    out.unhealthyCondition = textOf(&node, "unhealthyCondition");
    if (const auto* eviction = memberOf(&node, "eviction")) {
        Health::Eviction read;
        read.duration = timeOf(eviction, "duration").value_or(read.duration);
        read.consecutiveFailures = numberOf(eviction, "consecutiveFailures");
        read.healthThreshold = numberOf(eviction, "healthThreshold");
        read.restoreHealth = numberOf(eviction, "restoreHealth");
        out.eviction = read;
    }
    out.at = std::move(at);
    return out;
}

void readProviderBlock(const Node& block, const std::string& ns, Provider& out) {
    out.model = textOf(&block, "model");
    out.endpoint = textOf(&block, "endpoint");
    out.deploymentName = textOf(&block, "deploymentName");
    out.apiVersion = textOf(&block, "apiVersion");
    out.resourceName = textOf(&block, "resourceName");
    out.resourceType = textOf(&block, "resourceType");
    out.projectName = textOf(&block, "projectName");
    out.projectId = textOf(&block, "projectId");
    out.region = textOf(&block, "region", out.provider == "bedrock" ? "us-east-1" : out.provider == "vertexai" ? "global" : "");
    const auto* guardrail = memberOf(&block, "guardrail");
    out.guardrail = textOf(guardrail, "identifier");
    out.guardrailVersion = textOf(guardrail, "version");
    for (const auto& format : itemsOf(&block, "formats")) out.formats.push_back({textOf(&format, "type"), textOf(&format, "path")});
    if (const auto* ref = memberOf(&block, "backendRef")) out.backend = target(ref, ns, out.at.key("custom").key("backendRef"));
    out.moderation = memberOf(&block, "moderation") != nullptr;
}

Provider provider(const Node& node, const std::string& ns, FieldPath at) {
    Provider out;
    out.at = std::move(at);
    out.name = textOf(&node, "name");
    for (const auto* name : kProviders) {
        const auto* block = memberOf(&node, name);
        if (block == nullptr) continue;
        out.provider = name;
        readProviderBlock(*block, ns, out);
        break;
    }
    out.override.host = textOf(&node, "host");
    out.override.port = portOf(&node, "port").value_or(0);
    out.path = textOf(&node, "path");
    out.pathPrefix = textOf(&node, "pathPrefix");
    if (const auto* policies = memberOf(&node, "policies")) out.policies = decodeConnectionPolicy(*policies, ns, out.at.key("policies"));
    return out;
}

}  // namespace

std::string jsonOf(const text::yaml::Node& node) {
    // Text that is no UTF-8 is mended rather than refused: reading has told of it.
    return treeOf(node).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::optional<Millis> timeOf(const Node* node, std::string_view name) {
    if (memberOf(node, name) == nullptr) return std::nullopt;
    return parseDuration(textOf(node, name));
}

SecretRef secretRef(const Node* node, FieldPath at) {
    return {textOf(node, "group"), textOf(node, "kind"), textOf(node, "name"), textOf(node, "key"), std::move(at)};
}

std::optional<Location> location(const Node* parent, const FieldPath& parentAt) {
    const auto* node = memberOf(parent, "location");
    if (node == nullptr) return std::nullopt;
    Location out;
    out.at = parentAt.key("location");
    if (const auto* header = memberOf(node, "header")) {
        out.name = textOf(header, "name");
        out.prefix = textOf(header, "prefix");
    } else if (const auto* parameter = memberOf(node, "queryParameter")) {
        out.in = Location::In::QueryParameter;
        out.name = textOf(parameter, "name");
    } else if (const auto* cookie = memberOf(node, "cookie")) {
        out.in = Location::In::Cookie;
        out.name = textOf(cookie, "name");
    } else {
        out.in = Location::In::Expression;
        out.expression = textOf(node, "expression");
    }
    return out;
}

BackendAuth decodeAuth(const Node& node, FieldPath at) {
    BackendAuth out;
    readAuthKind(node, out);
    out.key = textOf(&node, "key");
    const auto nested = [&](const char* member) { return out.member == member ? memberOf(&node, member) : nullptr; };
    if (const auto* ref = nested("secretRef")) out.secret = secretRef(ref, at.key("secretRef"));
    for (const auto* member : {"aws", "azure", "gcp"})
        if (const auto* ref = memberOf(nested(member), "secretRef")) out.secret = secretRef(ref, at.key(member).key("secretRef"));
    if (const auto* aws = nested("aws")) {
        out.assumeRole = assumeRole(memberOf(aws, "assumeRole"), at.key("aws").key("assumeRole"));
        out.awsRegion = textOf(aws, "region");
        out.awsService = textOf(aws, "serviceName");
    }
    if (const auto* azure = nested("azure")) {
        const auto* machine = memberOf(azure, "managedIdentity");
        out.managedIdentity = machine != nullptr;
        out.workloadIdentity = memberOf(azure, "workloadIdentity") != nullptr;
        out.clientId = textOf(machine, "clientId");
        out.objectId = textOf(machine, "objectId");
        out.resourceId = textOf(machine, "resourceId");
    }
    if (const auto* gcp = nested("gcp")) {
        out.gcpType = textOf(gcp, "type", "AccessToken");
        out.audience = textOf(gcp, "audience");
    }
    out.location = location(&node, at);
    const auto& extra = itemsOf(&node, "credentials");
    for (std::size_t i = 0; i < extra.size(); ++i) {
        const auto here = at.key("credentials").index(i);
        out.credentials.push_back({secretRef(memberOf(&extra[i], "secretRef"), here.key("secretRef")), location(&extra[i], here).value_or(Location{})});
    }
    out.at = std::move(at);
    return out;
}

BackendHttp decodeHttp(const Node& node, FieldPath at) {
    return {timeOf(&node, "requestTimeout"), textOf(&node, "version"), std::move(at)};
}

BackendTls decodeTls(const Node& node, const std::string& ns, FieldPath at) {
    return tls(node, ns, std::move(at));
}

ConnectionPolicy decodeConnectionPolicy(const text::yaml::Node& node, const std::string& ns, FieldPath at) {
    ConnectionPolicy out;
    if (const auto* auth = memberOf(&node, "auth")) out.auth = decodeAuth(*auth, at.key("auth"));
    if (const auto* ai = memberOf(&node, "ai")) out.ai = decodeAi(*ai, ns, at.key("ai"));
    if (const auto* settings = memberOf(&node, "tls")) out.tls = tls(*settings, ns, at.key("tls"));
    if (const auto* http = memberOf(&node, "http")) out.http = decodeHttp(*http, at.key("http"));
    if (const auto* settings = memberOf(&node, "tcp")) out.tcp = tcp(*settings, at.key("tcp"));
    if (const auto* settings = memberOf(&node, "health")) out.health = health(*settings, at.key("health"));
    for (const auto* member : {"mcp", "extAuth", "transformation", "tunnel"})
        if (memberOf(&node, member) != nullptr) out.unsupported.emplace_back(member);
    out.at = std::move(at);
    return out;
}

Result<BackendSpec> decodeBackend(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    const auto& ns = object.key.ns;
    BackendSpec out;
    out.key = object.key;
    for (const auto* member : {"ai", "static", "dynamicForwardProxy", "mcp", "aws", "a2a"})
        if (memberOf(*spec, member) != nullptr) {
            out.member = member;
            break;
        }
    const auto at = FieldPath().key("spec").key("ai");
    const auto* ai = memberOf(*spec, "ai");
    if (const auto* single = memberOf(ai, "provider")) out.groups.push_back({provider(*single, ns, at.key("provider"))});
    const auto& groups = itemsOf(ai, "groups");
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::vector<Provider> members;
        const auto& providers = itemsOf(&groups[g], "providers");
        for (std::size_t p = 0; p < providers.size(); ++p)
            members.push_back(provider(providers[p], ns, at.key("groups").index(g).key("providers").index(p)));
        if (!members.empty()) out.groups.push_back(std::move(members));
    }
    const auto* fixed = memberOf(*spec, "static");
    out.fixed = {textOf(fixed, "host"), portOf(fixed, "port").value_or(0)};
    out.unixPath = textOf(fixed, "unixPath");
    if (const auto* policies = memberOf(*spec, "policies"))
        out.policies = decodeConnectionPolicy(*policies, ns, FieldPath().key("spec").key("policies"));
    return out;
}

}  // namespace gatehouse::config::agentgateway
