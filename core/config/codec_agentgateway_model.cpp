#include "config/agentgateway_model.h"
#include "config/codec_agentgateway.h"

#include <algorithm>
#include <map>

namespace gatehouse::config::agentgateway {
namespace {

constexpr std::uint16_t kHttpsPort = 443, kHttpPort = 80;

/// Words whose row has another name than the word in lower case.
struct Row {
    std::string_view word, row;
};
constexpr Row kRows[] = {{"TogetherAI", "together"}};

struct Url {
    std::string host, path;
    std::uint16_t port = 0;
    bool secure = false;
};

std::optional<Url> urlOf(std::string_view text) {
    Url out;
    if (text.starts_with("https://")) out.secure = true;
    else if (!text.starts_with("http://")) return std::nullopt;
    text.remove_prefix(out.secure ? 8 : 7);
    if (text.find_first_of("?#@") != std::string_view::npos) return std::nullopt;
    const auto slash = std::min(text.find('/'), text.size());
    auto authority = text.substr(0, slash);
    out.path = text.substr(slash);
    while (out.path.ends_with('/')) out.path.pop_back();
    out.port = out.secure ? kHttpsPort : kHttpPort;
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        unsigned port = 0;
        const auto digits = authority.substr(colon + 1);
        if (digits.empty() || digits.size() > 5) return std::nullopt;
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            port = port * 10 + static_cast<unsigned>(c - '0');
        }
        if (port == 0 || port > 65535) return std::nullopt;
        out.port = static_cast<std::uint16_t>(port);
        authority = authority.substr(0, colon);
    }
    if (authority.starts_with('[') && authority.ends_with(']')) authority = authority.substr(1, authority.size() - 2);
    if (authority.empty()) return std::nullopt;
    out.host = authority;
    return out;
}

void readPolicies(const Node& node, const std::string& ns, const FieldPath& at, ModelSpec& out) {
    auto policies = decodeConnectionPolicy(node, ns, at);
    // What stands below backend.ai elsewhere stands beside the rest here.
    policies.ai = decodeAi(node, ns, at);
    policies.ai->at = at;
    out.target.policies = std::move(policies);
    if (const auto* rules = memberOf(&node, "authorization")) out.authorization = decodeAuthorization(*rules, at.key("authorization"));
    const auto* headers = memberOf(&node, "headers");
    if (const auto* request = memberOf(headers, "request")) out.requestHeaders = codec::headerModifier(request);
    if (const auto* response = memberOf(headers, "response")) out.responseHeaders = codec::headerModifier(response);
}

void readProvider(const Node* spec, const std::string& ns, ModelSpec& out) {
    auto& provider = out.target;
    provider.name = out.key.name;
    provider.provider = providerRow(out.provider);
    provider.at = FieldPath().key("spec");
    if (const auto* azure = memberOf(spec, "azure")) {
        provider.resourceName = textOf(azure, "resourceName");
        provider.resourceType = textOf(azure, "resourceType");
        provider.projectName = textOf(azure, "projectName");
        provider.apiVersion = textOf(azure, "apiVersion");
    }
    if (const auto* vertex = memberOf(spec, "vertexai")) {
        provider.projectId = textOf(vertex, "projectId");
        provider.region = textOf(vertex, "region", "global");
    }
    if (out.provider == "Bedrock") {
        const auto* bedrock = memberOf(spec, "bedrock");
        provider.region = textOf(bedrock, "region", "us-east-1");
        const auto* guardrail = memberOf(bedrock, "guardrail");
        provider.guardrail = textOf(guardrail, "identifier");
        provider.guardrailVersion = textOf(guardrail, "version");
    }
    if (const auto* custom = memberOf(spec, "custom")) {
        for (const auto& format : itemsOf(custom, "formats")) provider.formats.push_back({textOf(&format, "type"), textOf(&format, "path")});
        const auto at = provider.at.key("custom").key("backendRef");
        if (const auto* ref = memberOf(custom, "backendRef")) provider.backend = codec::target(ref, ns, at);
    }
    const auto url = urlOf(out.baseUrl);
    if (!url) return;
    provider.override = {url->host, url->port};
    provider.pathPrefix = url->path;
    if (!url->secure) return;
    if (!provider.policies) provider.policies.emplace();
    if (!provider.policies->tls) {
        provider.policies->tls.emplace();
        provider.policies->tls->at = provider.at.key("baseURL");
    }
}

std::uint32_t countOf(const Node& node, std::string_view name, std::uint32_t otherwise) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(intOf(&node, name, otherwise), 0, 1'000'000));
}

void readTargets(const Node* parent, const FieldPath& parentAt, ModelSpec& out) {
    constexpr std::pair<const char*, ModelSpec::Virtual> kKinds[] = {
        {"weighted", ModelSpec::Virtual::Weighted}, {"failover", ModelSpec::Virtual::Failover}, {"conditional", ModelSpec::Virtual::Conditional}};
    for (const auto& [member, kind] : kKinds) {
        const auto* node = memberOf(parent, member);
        if (node == nullptr) continue;
        out.kind = kind;
        const auto& items = itemsOf(node, "targets");
        for (std::size_t i = 0; i < items.size(); ++i) {
            ModelTarget target;
            target.name = textOf(memberOf(&items[i], "modelRef"), "name");
            target.model = textOf(&items[i], "model");
            target.weight = countOf(items[i], "weight", 1);
            target.priority = countOf(items[i], "priority", 0);
            target.when = textOf(&items[i], "when");
            target.at = parentAt.key(member).key("targets").index(i);
            out.targets.push_back(std::move(target));
        }
        return;
    }
}

/// A transformation of the model goes on from the name that is asked for; a provider's own model would come after it.
void askFor(Provider& provider, const std::string& model) {
    auto* ai = provider.policies && provider.policies->ai ? &*provider.policies->ai : nullptr;
    const bool renamed = ai != nullptr && std::any_of(ai->transformations.begin(), ai->transformations.end(), [](const BodyExpression& each) { return each.field == "model"; });
    if (renamed) ai->modelAliases.emplace_back("*", model);
    else provider.model = model;
}

}  // namespace

const std::vector<std::string>& modelProviders() {
    static const std::vector<std::string> kWords{"Anthropic", "Azure", "Baseten", "Bedrock", "Cerebras", "Cohere", "Custom",
                                                 "Deepinfra", "Deepseek", "Fireworks", "Gemini", "Groq", "Huggingface", "Mistral",
                                                 "Ollama", "OpenAI", "Openrouter", "TogetherAI", "VertexAI", "XAI"};
    return kWords;
}

std::string providerRow(std::string_view word) {
    const auto& known = modelProviders();
    if (std::find(known.begin(), known.end(), word) == known.end()) return {};
    for (const auto& row : kRows)
        if (row.word == word) return std::string(row.row);
    std::string out(word);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

Result<ModelSpec> decodeModel(const Object& object) {
    const auto* spec = object.root ? memberOf(object.root.get(), "spec") : nullptr;
    if (spec == nullptr) return fail("no-spec", "The object has no spec.");
    const auto& ns = object.key.ns;
    ModelSpec out;
    out.key = object.key;
    out.parentRefs = codec::parentRefs(spec, ns);
    out.name = textOf(memberOf(spec, "match"), "model", object.key.name);
    out.internal = textOf(spec, "visibility") == "Internal";
    out.provider = textOf(spec, "provider");
    out.baseUrl = textOf(spec, "baseURL");
    const auto at = FieldPath().key("spec");
    if (const auto* policies = memberOf(spec, "policies")) readPolicies(*policies, ns, at.key("policies"), out);
    if (!out.provider.empty()) readProvider(spec, ns, out);
    else readTargets(memberOf(spec, "virtualModel"), at.key("virtualModel"), out);
    return out;
}

const Object* modelOf(const ObjectSet& set, const ModelSpec& from, const ModelTarget& target) {
    return set.find({kAgentgatewayGroup, kModelKind, from.key.ns, target.name});
}

std::string modelAskedFor(const ModelTarget& target, const ModelSpec& model) {
    if (!target.model.empty()) return target.model;
    return model.isPattern() ? std::string() : model.name;
}

BackendSpec asBackend(const ObjectSet& set, const ModelSpec& model) {
    BackendSpec out;
    out.key = model.key;
    out.member = "ai";
    if (!model.isVirtual()) {
        out.groups.push_back({model.target});
        return out;
    }
    if (model.kind != ModelSpec::Virtual::Failover) return out;
    std::map<std::uint32_t, std::vector<Provider>> byPriority;
    std::map<std::string, int> names;
    for (const auto& target : model.targets) {
        const auto* object = modelOf(set, model, target);
        const auto known = object != nullptr ? decodeModel(*object) : Result<ModelSpec>(fail("none", ""));
        if (!known || known->isVirtual()) continue;
        auto provider = known->target;
        provider.requestHeaders = known->requestHeaders;
        provider.responseHeaders = known->responseHeaders;
        askFor(provider, modelAskedFor(target, *known));
        if (const int copy = ++names[provider.name]; copy > 1) provider.name += "#" + std::to_string(copy);
        byPriority[target.priority].push_back(std::move(provider));
    }
    for (auto& [priority, group] : byPriority) out.groups.push_back(std::move(group));
    return out;
}

}  // namespace gatehouse::config::agentgateway
