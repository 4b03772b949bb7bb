// AgentgatewayBackend, and how backends are spoken to. Source of the rules: the validations in the published definitions.
#include "config/validate_agentgateway.h"

#include "config/agentgateway_model.h"
#include "config/agentgateway_targets.h"
#include "config/relations.h"
#include "secret/secret.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace agentgateway {
namespace {

constexpr std::string_view kAuthorization = "Authorization";

std::vector<const char*> setOf(const Node* node, std::initializer_list<const char*> members) {
    std::vector<const char*> out;
    for (const auto* member : members)
        if (memberOf(node, member) != nullptr) out.push_back(member);
    return out;
}

std::string durationText(Millis value) {
    return value.count() % 1000 == 0 ? fmt::format("{}s", value.count() / 1000) : fmt::format("{}ms", value.count());
}

void checkAuth(Rules& rules, const BackendAuth& auth) {
    const auto& at = auth.at;
    rules.atLeastOne(at, {"credentials", "key", "secretRef", "passthrough", "aws", "azure", "gcp", "oauthTokenExchange", "crossAppAccess", "jwtSign"});
    rules.atMostOne(at, {"key", "secretRef", "passthrough", "aws", "azure", "gcp", "oauthTokenExchange", "crossAppAccess", "jwtSign"});
    if (auth.location && auth.kind != BackendAuth::Kind::Key && auth.kind != BackendAuth::Kind::Secret && auth.kind != BackendAuth::Kind::Passthrough)
        rules.error(at.key("location"), "location belongs to key, secretRef or passthrough alone.");
    if (auth.kind == BackendAuth::Kind::Key && !secret::isReference(auth.key))
        rules.findings().warn(codes::kInlineToken, rules.object(), at.key("key"),
                              "The key stands in the file, for everyone who reads it; keep it in a Secret and use secretRef.");
    const auto aws = at.key("aws");
    rules.exclude(aws, "secretRef", "assumeRole");
    rules.atMostOne(aws.key("assumeRole"), {"sessionName", "sessionNameExpression"});
    rules.atMostOne(at.key("azure"), {"secretRef", "managedIdentity", "workloadIdentity"});
    rules.atMostOne(at.key("azure").key("managedIdentity"), {"clientId", "objectId", "resourceId"});
    if (!auth.audience.empty() && auth.gcpType != "IdToken") rules.error(at.key("gcp").key("audience"), "audience belongs to type IdToken alone.");
    if (auth.secret) switch (auth.kind) {
            case BackendAuth::Kind::Secret: rules.secret(*auth.secret, {auth.secret->key.empty() ? kAuthorization : std::string_view(auth.secret->key)}); break;
            case BackendAuth::Kind::Aws: rules.secret(*auth.secret, {"accessKey", "secretKey"}); break;
            case BackendAuth::Kind::Azure: rules.secret(*auth.secret, {"clientID", "tenantID", "clientSecret"}); break;
            case BackendAuth::Kind::Gcp: rules.secret(*auth.secret, {auth.secret->key.empty() ? std::string_view("credentials.json") : std::string_view(auth.secret->key)}); break;
            default: break;
        }
    for (const auto& extra : auth.credentials)
        rules.secret(extra.secret, {extra.secret.key.empty() ? kAuthorization : std::string_view(extra.secret.key)});
}

void checkTls(Rules& rules, const BackendTls& tls) {
    if (tls.insecureSkipVerify == "All" && !tls.caRefs.empty())
        rules.error(tls.at.key("caCertificateRefs"), "Where nothing is verified there can be no caCertificateRefs; remove one of the two.");
    rules.exclude(tls.at, "insecureSkipVerify", "verifySubjectAltNames");
    if (tls.spiffe && (tls.identity || !tls.caRefs.empty() || !tls.insecureSkipVerify.empty()))
        rules.error(tls.at.key("certificateSource"), "SPIFFE brings its own certificates: no other setting of certificates can stand beside it.");
    if (tls.spiffe) rules.findings().warn(codes::kNotRun, rules.object(), tls.at.key("certificateSource"), "SPIFFE is not run by this version: requests answer 503.");
    for (const auto& ref : tls.caRefs)
        if (rules.findings().set.find(ref.key()) == nullptr)
            rules.findings().error(codes::kAuthorities, rules.object(), tls.at.key("caCertificateRefs").index(0).key("name"),
                                   fmt::format("{} does not exist; requests to the backend answer 503.", ref.key().display()));
    if (tls.identity) rules.secret(*tls.identity, {"tls.crt", "tls.key"});
}

void checkCustom(Rules& rules, const Provider& provider) {
    const auto at = provider.at.key("custom");
    const bool host = !provider.override.host.empty();
    if (provider.backend.has_value() == host)
        rules.error(at, "A custom provider needs either backendRef, or host and port.");
    if (provider.backend) {
        const auto& ref = *provider.backend;
        const bool service = ref.group.empty() && ref.kind == "Service";
        if (!service && !isInferencePool(ref.group, ref.kind))
            rules.error(ref.at, "backendRef of a custom provider names a Service or an InferencePool.");
        else if (const auto found = resolveBackend(rules.findings().set, rules.object().key, {ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)}); !found.ok)
            rules.findings().error(found.port ? codes::kBackendPort : codes::kBackendMissing, rules.object(), ref.at.key(found.port ? "port" : "name"), found.message);
        else
            rules.findings().used.insert(ref.key());
    }
    const bool paths = std::any_of(provider.formats.begin(), provider.formats.end(), [](const auto& format) { return !format.path.empty(); });
    if (paths && (!provider.path.empty() || !provider.pathPrefix.empty()))
        rules.error(at.key("formats"), "Paths of formats, path and pathPrefix exclude each other.");
    for (std::size_t i = 0; i < provider.formats.size(); ++i)
        if (const auto& path = provider.formats[i].path; !path.empty() && path.front() != '/')
            rules.error(at.key("formats").index(i).key("path"), "A path begins with /.");
}

void checkProvider(Rules& rules, const Provider& provider) {
    const auto* node = rules.node(provider.at);
    const bool host = memberOf(node, "host") != nullptr;
    const bool port = memberOf(node, "port") != nullptr;
    if (host != port)
        rules.findings().error(codes::kHostPort, rules.object(), provider.at,
                               fmt::format("host and port belong together; {} is missing.", host ? "port" : "host"));
    rules.exclude(provider.at, "path", "pathPrefix");
    rules.needs(provider.at, "pathPrefix", "host");
    if (!provider.pathPrefix.empty() && provider.provider != "openai" && provider.provider != "anthropic" && provider.provider != "custom")
        rules.error(provider.at.key("pathPrefix"), "pathPrefix is for openai, anthropic and custom.");
    if (provider.provider == "custom") checkCustom(rules, provider);
    if (provider.resourceType == "Foundry") rules.needs(provider.at.key("azure"), "resourceType", "projectName");
    if (provider.provider == "azureopenai" && !provider.apiVersion.empty() && provider.apiVersion != "v1")
        rules.needs(provider.at.key("azureopenai"), "apiVersion", "deploymentName");
    const bool tls = provider.policies && provider.policies->tls;
    if (provider.override.port == 443 && !tls && !memberOf(memberOf(memberOf(rules.object().root.get(), "spec"), "policies"), "tls"))
        rules.findings().warn(codes::kAgentgateway, rules.object(), provider.at.key("port"),
                              "The provider's host is named and no policies.tls, so it is spoken to without TLS unless a policy sets it; port 443 expects TLS.");
    if (provider.policies) checkConnection(rules, *provider.policies);
}

}  // namespace

void Rules::atMostOne(const FieldPath& at, std::initializer_list<const char*> members) {
    const auto set = setOf(node(at), members);
    if (set.size() > 1) error(at.key(set[1]), fmt::format("Of {} at most one may be set, but {} are.", fmt::join(members, ", "), set.size()));
}

void Rules::atLeastOne(const FieldPath& at, std::initializer_list<const char*> members) {
    const auto* mapping = node(at);
    // The policies of a model hold members of several blocks, so that none of those need be there.
    const bool mixed = object_.key.kind == kModelKind && at.toString() == "spec.policies";
    if (!mixed && mapping != nullptr && !mapping->isNull() && setOf(mapping, members).empty())
        error(at, fmt::format("At least one of {} must be set.", fmt::join(members, " | ")));
}

void Rules::exclude(const FieldPath& at, const char* member, const char* other) {
    if (setOf(node(at), {member, other}).size() > 1) error(at.key(other), fmt::format("{} and {} exclude each other.", member, other));
}

void Rules::needs(const FieldPath& at, const char* member, const char* other) {
    const auto* mapping = node(at);
    if (memberOf(mapping, member) != nullptr && memberOf(mapping, other) == nullptr)
        error(at.key(member), fmt::format("{} as it stands here needs {} beside it.", member, other));
}

void Rules::atLeast(const FieldPath& at, const std::optional<Millis>& value, Millis least) {
    if (value && *value < least) error(at, fmt::format("The shortest time here is {}.", durationText(least)));
}

void Rules::secret(const SecretRef& ref, std::initializer_list<std::string_view> keys) {
    if (!ref.group.empty() || (!ref.kind.empty() && ref.kind != "Secret")) {
        if (ref.group.empty() || ref.kind.empty()) error(ref.at, "Another holder than a Secret needs both group and kind.");
        return;
    }
    const auto at = ref.at.key("name");
    const auto& ns = object_.key.ns;
    const auto* found = findings_.set.find({"", "Secret", ns, ref.name});
    if (found == nullptr) {
        if (!ref.name.empty())
            findings_.error(codes::kSecretMissing, object_, at, fmt::format("Secret {}/{} does not exist; requests that need it answer 500.", ns, ref.name));
        return;
    }
    for (const auto key : keys)
        if (memberOf(memberOf(found->root.get(), "stringData"), key) == nullptr && memberOf(memberOf(found->root.get(), "data"), key) == nullptr)
            findings_.error(codes::kSecretKey, object_, at, fmt::format("Secret {}/{} has no key {}, which is read from it.", ns, ref.name, key));
}

void checkConnection(Rules& rules, const ConnectionPolicy& policy) {
    rules.atLeastOne(policy.at, {"ai", "auth", "extAuth", "health", "http", "mcp", "tcp", "tls", "transformation", "tunnel"});
    if (policy.auth) checkAuth(rules, *policy.auth);
    if (policy.tls) checkTls(rules, *policy.tls);
    if (policy.ai) checkAi(rules, *policy.ai);
    if (policy.http) rules.atLeast(policy.http->at.key("requestTimeout"), policy.http->requestTimeout, Millis(1));
    if (policy.tcp) {
        rules.atLeast(policy.tcp->at.key("connectTimeout"), policy.tcp->connectTimeout, Millis(100));
        rules.atLeast(policy.tcp->at.key("keepalive").key("time"), policy.tcp->keepaliveTime, Millis(1000));
        rules.atLeast(policy.tcp->at.key("keepalive").key("interval"), policy.tcp->keepaliveInterval, Millis(1000));
    }
    if (policy.health && policy.health->eviction)
        rules.atLeast(policy.health->at.key("eviction").key("duration"), policy.health->eviction->duration, Millis(1000));
}

}  // namespace agentgateway

void validateAgentgatewayBackend(Findings& findings, const Object& object) {
    const auto spec = agentgateway::decodeBackend(object);
    if (!spec) return;
    agentgateway::Rules rules(findings, object);
    std::map<std::string, std::size_t> names;
    for (std::size_t group = 0; group < spec->groups.size(); ++group)
        for (const auto& provider : spec->groups[group]) {
            if (!provider.name.empty())
                if (const auto [known, isNew] = names.emplace(provider.name, group); !isNew)
                    findings.error(codes::kProviderNames, object, provider.at.key("name"),
                                   known->second == group ? fmt::format("Another provider of this group is named {} already.", provider.name)
                                                          : fmt::format("A provider of another group is named {} already.", provider.name));
            agentgateway::checkProvider(rules, provider);
        }
    const auto at = FieldPath().key("spec");
    if (spec->member == "static") {
        rules.exclude(at.key("static"), "host", "unixPath");
        if (spec->unixPath.empty() && (spec->fixed.host.empty() || spec->fixed.port == 0)) rules.error(at.key("static"), "A static backend needs host and port.");
    }
    if (!spec->policies) return;
    checkConnection(rules, *spec->policies);
    if (spec->policies->ai && spec->member != "ai") rules.error(at.key("policies").key("ai"), "policies.ai needs a backend with ai.");
}

}  // namespace gatehouse::config
