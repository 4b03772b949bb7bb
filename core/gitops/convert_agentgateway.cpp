#include "gitops/convert_agentgateway.h"

#include "config/agentgateway.h"
#include "config/fields.h"
#include "config/policies.h"
#include "config/relations.h"
#include "gitops/clean.h"
#include "llm/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace gatehouse::gitops {
namespace {

using config::Object;
using config::ObjectKey;
using text::yaml::Node;
using text::yaml::NodeKind;
using Kind = ExportNote::Kind;

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::size_t kMostGroups = 8, kMostProviders = 16, kMostPattern = 1024;

Node listNode(std::vector<Node> items) {
    Node node;
    node.kind = NodeKind::Sequence;
    node.items = std::move(items);
    return node;
}
/// A number or a boolean as it is.
Node plainNode(std::string value) {
    Node node;
    node.value = std::move(value);
    return node;
}
Node with(std::initializer_list<std::pair<const char*, Node>> members) {
    auto node = mappingNode();
    for (const auto& [name, value] : members) addEntry(node, name, value);
    return node;
}
void addText(Node& to, const char* name, const std::string& value) {
    if (!value.empty()) addEntry(to, name, scalarNode(value));
}
/// A JSON text as a tree: JSON is YAML.
Node fromJson(const std::string& json) {
    const auto read = text::yaml::parse(json);
    return read && read->size() == 1 ? read->front().root : scalarNode(json);
}

void retitle(Node& root, ObjectKey& key, const char* kind) {
    if (auto* version = member(root, "apiVersion")) *version = scalarNode(std::string(config::kAgentgatewayGroup) + "/v1alpha1");
    if (auto* written = member(root, "kind")) *written = scalarNode(kind);
    key.group = config::kAgentgatewayGroup;
    key.kind = kind;
}

/// Every reference to a kgateway Backend becomes one to its twin.
void redirect(Node& node) {
    if (node.kind == NodeKind::Mapping) {
        auto* group = member(node, "group");
        auto* kind = member(node, "kind");
        if (group != nullptr && kind != nullptr && group->value == config::kKgatewayGroup && kind->value == "Backend") {
            *group = scalarNode(config::kAgentgatewayGroup);
            *kind = scalarNode("AgentgatewayBackend");
        }
    }
    for (auto& entry : node.entries) redirect(entry.value);
    for (auto& item : node.items) redirect(item);
}

class Converter {
  public:
    Converter(const config::ObjectSet& objects, const Object& object) : objects_(objects), object_(object) {}

    AgentgatewayConversion run(Node& root, ObjectKey& key) {
        if (hasAgentgatewayTwin(object_.key)) {
            auto* spec = member(root, "spec");
            const bool backend = object_.key.kind == "Backend";
            if (spec != nullptr) *spec = backend ? backendSpec() : policySpec(*spec);
            retitle(root, key, backend ? "AgentgatewayBackend" : "AgentgatewayPolicy");
            out_.converted = true;
        } else {
            redirect(root);
        }
        return std::move(out_);
    }

  private:
    void note(Kind kind, const config::FieldPath& path, std::string message) { out_.notes.push_back({kind, path.toString(), std::move(message)}); }
    void refuse(const config::FieldPath& path, std::string message) { note(Kind::Refused, path, std::move(message)); }
    void change(const config::FieldPath& path, std::string message) { note(Kind::Changed, path, std::move(message)); }
    static config::FieldPath spec() { return config::FieldPath{}.key("spec"); }

    // ---- Backends.

    Node backendSpec() {
        auto made = mappingNode();
        const auto read = config::decodeBackend(object_);
        if (!read) {
            refuse(spec(), read.error().message);
            return made;
        }
        if (!read->llmGroups.empty()) return aiBackend(*read);
        if (read->staticHosts.size() != 1) {
            refuse(spec(), read->staticHosts.empty() ? fmt::format("A Backend of type {} has no twin that is converted.", read->type)
                                                     : std::string("A static backend of agentgateway has one host; use a Service for several."));
            return made;
        }
        const auto& host = read->staticHosts.front();
        addEntry(made, "static", with({{"host", scalarNode(host.host)}, {"port", plainNode(std::to_string(host.port))}}));
        if (read->appProtocol == "http2" || read->appProtocol == "grpc" || read->appProtocol == "kubernetes.io/h2c")
            addEntry(made, "policies", with({{"http", with({{"version", scalarNode("HTTP2")}})}}));
        return made;
    }

    Node aiBackend(const config::BackendSpec& read) {
        auto made = mappingNode();
        const bool single = read.llmGroups.size() == 1 && read.llmGroups.front().size() == 1 && read.llmGroups.front().front().name.empty();
        if (single) {
            const auto& provider = read.llmGroups.front().front();
            addEntry(made, "ai", with({{"provider", providerNode(provider)}}));
            if (auto policies = policiesOf(provider); !policies.entries.empty()) addEntry(made, "policies", std::move(policies));
            return made;
        }
        std::vector<Node> groups;
        for (const auto& group : read.llmGroups) {
            std::vector<Node> providers;
            for (const auto& each : group) {
                auto provider = providerNode(each);
                provider.entries.insert(provider.entries.begin(), {scalarNode("name"), scalarNode(each.name)});
                if (auto policies = policiesOf(each); !policies.entries.empty()) addEntry(provider, "policies", std::move(policies));
                providers.push_back(std::move(provider));
            }
            if (providers.size() > kMostProviders) refuse(group.front().at, fmt::format("agentgateway takes at most {} providers in a group.", kMostProviders));
            groups.push_back(with({{"providers", listNode(std::move(providers))}}));
        }
        if (groups.size() > kMostGroups) refuse(spec().key("ai").key("priorityGroups"), fmt::format("agentgateway takes at most {} groups.", kMostGroups));
        addEntry(made, "ai", with({{"groups", listNode(std::move(groups))}}));
        // Without it agentgateway leaves nobody out, and so never gets to the next group.
        addEntry(made, "policies", with({{"health", with({{"eviction", with({{"duration", scalarNode("3s")}, {"consecutiveFailures", plainNode("1")}})}})}}));
        change(spec().key("ai").key("priorityGroups"),
               "policies.health is added: agentgateway gets to the next group where one before it is left out for failing, and not in the request that fails.");
        return made;
    }

    Node providerNode(const config::LlmProviderSpec& spec) {
        auto block = mappingNode();
        const auto at = spec.at.key(spec.provider);
        if (spec.provider == "azureopenai") {
            addText(block, "endpoint", spec.endpoint);
            addText(block, "deploymentName", spec.deploymentName);
            addText(block, "apiVersion", spec.apiVersion);
        } else {
            addText(block, "model", spec.model);
        }
        if (spec.provider == "vertexai") {
            addText(block, "projectId", spec.projectId);
            addText(block, "region", spec.location);
            if (!spec.modelPath.empty()) change(at.key("modelPath"), "agentgateway chooses the method by the request; it is left out.");
        }
        if (spec.provider == "bedrock") {
            addText(block, "region", spec.location);
            if (!spec.guardrail.empty()) addEntry(block, "guardrail", with({{"identifier", scalarNode(spec.guardrail)}, {"version", scalarNode(spec.guardrailVersion)}}));
        }
        if (!spec.apiVersion.empty() && spec.provider != "azureopenai")
            change(at.key("apiVersion"), "agentgateway names its own version of the API; it is left out.");
        auto provider = mappingNode();
        addEntry(provider, spec.provider, std::move(block));
        if (!spec.override.host.empty()) {
            addEntry(provider, "host", scalarNode(spec.override.host));
            addEntry(provider, "port", plainNode(std::to_string(spec.override.port)));
        }
        addText(provider, "path", spec.pathFull);
        return provider;
    }

    Node policiesOf(const config::LlmProviderSpec& spec) {
        auto policies = mappingNode();
        if (auto auth = authOf(spec); !auth.entries.empty()) addEntry(policies, "auth", std::move(auth));
        // kgateway speaks TLS on 443 alone; agentgateway where it is told to.
        if (spec.override.port == kHttpsPort) addEntry(policies, "tls", with({{"sni", scalarNode(spec.override.host)}}));
        return policies;
    }

    Node authOf(const config::LlmProviderSpec& spec) {
        auto auth = mappingNode();
        const bool aws = spec.provider == "bedrock";
        if (spec.auth == config::AuthTokenKind::SecretRef) {
            auto ref = with({{"name", scalarNode(spec.secretName)}});
            if (aws) addEntry(auth, "aws", with({{"secretRef", std::move(ref)}}));
            else addEntry(auth, "secretRef", std::move(ref));
        } else if (spec.auth == config::AuthTokenKind::Passthrough) {
            addEntry(auth, "passthrough", mappingNode());
            change(spec.at.key(spec.provider).key("authToken"),
                   "agentgateway passes on what a policy of the client's side has checked; without such a policy it is the client's header as it comes.");
        } else if (spec.auth == config::AuthTokenKind::Inline) {
            addEntry(auth, "key", scalarNode(spec.inlineToken));  // Refused by the caller: it is in clear.
        }
        if (!auth.entries.empty() && !aws && (!spec.authHeaderName.empty() || spec.hasAuthPrefix)) {
            auto header = with({{"name", scalarNode(spec.authHeaderName.empty() ? "Authorization" : spec.authHeaderName)}});
            if (!spec.authHeaderPrefix.empty()) addEntry(header, "prefix", scalarNode(spec.authHeaderPrefix));
            addEntry(auth, "location", with({{"header", std::move(header)}}));
        }
        return auth;
    }

    // ---- Policies.

    Node policySpec(Node& old) {
        auto made = mappingNode();
        const auto read = config::decodeTrafficPolicy(object_);
        if (!read) {
            refuse(spec(), read.error().message);
            return made;
        }
        for (const auto* list : {"targetRefs", "targetSelectors"})
            if (auto* targets = member(old, list)) {
                std::set<std::string> kinds;
                for (const auto& target : targets->items)
                    if (const auto* kind = target.find("kind")) kinds.insert(kind->value);
                if (kinds.size() > 1) refuse(spec().key(list), "All targets of an AgentgatewayPolicy are of one kind; make one policy for each kind.");
                addEntry(made, list, *targets);
            }
        if (made.entries.empty())
            refuse(spec(), "agentgateway has no policies that a filter of a rule names; give it targetRefs with the rule's name as sectionName.");
        if (made.entries.size() > 1) refuse(spec().key("targetSelectors"), "An AgentgatewayPolicy has targetRefs or targetSelectors, not both.");
        for (const auto& entry : old.entries)
            if (const auto& name = entry.key.value; name != "ai" && name != "targetRefs" && name != "targetSelectors")
                refuse(spec().key(name), fmt::format("{} of a TrafficPolicy is not converted; say it in an AgentgatewayPolicy of your own.", name));
        if (object_.annotations.contains("kgateway.dev/policy-weight"))
            refuse(config::FieldPath{}.key("metadata").key("annotations"), "agentgateway knows no kgateway.dev/policy-weight: the older policy wins there.");
        if (read->ai) addEntry(made, "backend", with({{"ai", aiOf(*read->ai)}}));
        return made;
    }

    static Node messagesOf(const std::vector<config::PromptMessage>& messages) {
        std::vector<Node> out;
        for (const auto& message : messages) out.push_back(with({{"role", scalarNode(message.role)}, {"content", scalarNode(message.content)}}));
        return listNode(std::move(out));
    }

    Node aiOf(const config::AiPolicySpec& ai) {
        auto made = mappingNode();
        if (!ai.prepend.empty() || !ai.append.empty()) {
            auto prompt = mappingNode();
            if (!ai.prepend.empty()) addEntry(prompt, "prepend", messagesOf(ai.prepend));
            if (!ai.append.empty()) addEntry(prompt, "append", messagesOf(ai.append));
            addEntry(made, "prompt", std::move(prompt));
        }
        if (auto guard = guardsOf(ai); !guard.entries.empty()) addEntry(made, "promptGuard", std::move(guard));
        std::vector<Node> defaults, overrides;
        for (const auto& field : ai.defaults) {
            if (field.field.find('.') != std::string::npos)
                change(field.at.key("field"), "A field inside another one: make sure that your version of agentgateway reads the dot so.");
            (field.overrides ? overrides : defaults).push_back(with({{"field", scalarNode(field.field)}, {"value", fromJson(llm::defaultValue(field.value))}}));
        }
        if (!defaults.empty()) addEntry(made, "defaults", listNode(std::move(defaults)));
        if (!overrides.empty()) addEntry(made, "overrides", listNode(std::move(overrides)));
        return made;
    }

    Node guardsOf(const config::AiPolicySpec& ai) {
        const auto at = spec().key("ai").key("promptGuard");
        const auto response = [&] { return with({{"message", scalarNode(ai.reject.message)}, {"statusCode", plainNode(std::to_string(ai.reject.statusCode))}}); };
        auto made = mappingNode();
        std::vector<Node> requests, answers;
        const auto add = [&](const char* kind, std::optional<Node> guard) {
            if (guard) requests.push_back(with({{kind, std::move(*guard)}, {"response", response()}}));
        };
        if (ai.requestWebhook) add("webhook", webhookOf(*ai.requestWebhook));
        if (ai.requestGuard) {
            add("regex", regexOf(*ai.requestGuard));
            // kgateway's look at every text, agentgateway's at those that are named.
            if (!requests.empty())
                addEntry(requests.back(), "scope", listNode({scalarNode("SystemPrompt"), scalarNode("Messages"), scalarNode("ToolInput"), scalarNode("ToolOutput")}));
        }
        if (ai.moderation) add("openAIModeration", moderationOf(*ai.moderation));
        if (ai.responseWebhook)
            if (auto hook = webhookOf(*ai.responseWebhook)) answers.push_back(with({{"webhook", std::move(*hook)}}));
        if (ai.responseGuard) answers.push_back(with({{"regex", regexOf(*ai.responseGuard)}}));
        if (!requests.empty()) addEntry(made, "request", listNode(std::move(requests)));
        if (!answers.empty()) {
            addEntry(made, "response", listNode(std::move(answers)));
            addEntry(made, "streaming", scalarNode("Enabled"));
        }
        return made;
    }

    Node regexOf(const config::RegexGuardSpec& guard) {
        auto made = with({{"action", scalarNode(guard.action == config::GuardAction::Reject ? "Reject" : "Mask")}});
        std::vector<Node> builtins, matches;
        constexpr std::array<std::pair<std::string_view, const char*>, 4> kNames{
            {{"SSN", "Ssn"}, {"CREDIT_CARD", "CreditCard"}, {"PHONE_NUMBER", "PhoneNumber"}, {"EMAIL", "Email"}}};
        for (const auto& builtin : guard.builtins)
            for (const auto& [theirs, ours] : kNames)
                if (builtin == theirs) builtins.push_back(scalarNode(ours));
        for (const auto& rule : guard.matches) {
            const auto pattern = "(?is)" + rule.pattern;  // As kgateway reads it.
            if (pattern.size() > kMostPattern) refuse(rule.at.key("pattern"), fmt::format("agentgateway takes patterns of at most {} characters.", kMostPattern));
            if (!rule.name.empty()) change(rule.at.key("name"), "agentgateway's patterns have no names; a hit is marked in another way there.");
            matches.push_back(scalarNode(pattern));
        }
        if (!builtins.empty()) addEntry(made, "builtins", listNode(std::move(builtins)));
        if (!matches.empty()) addEntry(made, "matches", listNode(std::move(matches)));
        return made;
    }

    /// Named by host in kgateway, by reference in agentgateway: a Service of the workspace, if it is one.
    std::optional<Node> webhookOf(const config::WebhookSpec& hook) {
        std::vector<std::string> parts;
        std::string_view rest = hook.host.host;
        while (!rest.empty()) {
            const auto dot = std::min(rest.find('.'), rest.size());
            parts.emplace_back(rest.substr(0, dot));
            rest.remove_prefix(std::min(dot + 1, rest.size()));
        }
        const bool local = parts.size() <= 2 || (parts.size() >= 3 && parts[2] == "svc");
        const auto ns = parts.size() > 1 ? parts[1] : object_.key.ns;
        if (parts.empty() || !local || objects_.find({"", "Service", ns, parts.front()}) == nullptr) {
            refuse(hook.at, fmt::format("agentgateway names the webhook by reference; make a Service for {} and name it by its cluster name.", hook.host.host));
            return std::nullopt;
        }
        auto ref = with({{"name", scalarNode(parts.front())}});
        if (ns != object_.key.ns) addEntry(ref, "namespace", scalarNode(ns));
        addEntry(ref, "port", plainNode(std::to_string(hook.host.port)));
        auto made = with({{"backendRef", std::move(ref)}});
        std::vector<Node> forward;
        for (const auto& match : hook.forward)
            forward.push_back(with({{"type", scalarNode(match.type == config::ValueMatchType::RegularExpression ? "RegularExpression" : "Exact")},
                                    {"name", scalarNode(match.name)}, {"value", scalarNode(match.value)}}));
        if (!forward.empty()) addEntry(made, "forwardHeaderMatches", listNode(std::move(forward)));
        return made;
    }

    std::optional<Node> moderationOf(const config::LlmProviderSpec& moderation) {
        auto made = mappingNode();
        addText(made, "model", moderation.model);
        if (moderation.auth == config::AuthTokenKind::SecretRef)
            addEntry(made, "policies", with({{"auth", with({{"secretRef", with({{"name", scalarNode(moderation.secretName)}})}})}}));
        else if (moderation.auth != config::AuthTokenKind::None) {
            refuse(moderation.at.key(moderation.provider).key("authToken"), "A moderation of agentgateway takes its key from a Secret; use kind SecretRef.");
            return std::nullopt;
        }
        return made;
    }

    const config::ObjectSet& objects_;
    const Object& object_;
    AgentgatewayConversion out_;
};

}  // namespace

bool hasAgentgatewayTwin(const ObjectKey& key) {
    return key.group == config::kKgatewayGroup && (key.kind == "Backend" || key.kind == "TrafficPolicy");
}

AgentgatewayConversion convertToAgentgateway(const config::ObjectSet& objects, const Object& object, Node& root, ObjectKey& key) {
    return Converter(objects, object).run(root, key);
}

}  // namespace gatehouse::gitops
