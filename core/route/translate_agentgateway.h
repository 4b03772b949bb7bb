// agentgateway's own kinds in a translation: which AgentgatewayPolicies hold for a rule and for a backend, which of them supplies
// each field, and what that makes of rules, providers and connections.
// Order (agentgateway 1.4). traffic: Gateway < listener < route < rule, field by field; a policy with inheritance Override goes
// before all below its target. backend: the same, < policies that target the backend < the backend's own `policies`, and of a
// provider by its name after the backend's; the members of backend.ai count one by one. Within a level: the older one, then the
// alphabet, as with other policies.
// Thread: control thread, one translate() call. Lifetime: values point into the object that made them.
#pragma once

#include "route/agentgateway_chain.h"
#include "route/policy_attachment.h"
#include "route/translate_access.h"
#include "route/translate_backends.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

/// A member, and who said it.
template <class T>
struct Won {
    const T* value = nullptr;
    AgentAttached by{};
    explicit operator bool() const { return value != nullptr; }
    const T* operator->() const { return value; }
};

/// What a rule's traffic comes to.
struct AgentTraffic {
    Won<agentgateway::TrafficPolicy> timeouts, retry, cors, headerModifiers, hostRewrite, directResponse, extAuth, rateLimit,
        apiKeyAuthentication, jwtAuthentication, basicAuthentication, csrf, delay;
    /// All that hold, strongest first: their rules add up.
    std::vector<Won<agentgateway::TrafficPolicy>> authorization;
    std::string broken;  ///< Not empty: what guards access cannot be run; the rule answers 500.
    std::vector<Provenance> provenance;
};

/// How a backend is spoken to, and what holds for prompts and answers there.
struct AgentConnection {
    Won<agentgateway::BackendAuth> auth;
    Won<agentgateway::BackendTls> tls;
    Won<agentgateway::BackendHttp> http;
    Won<agentgateway::BackendTcp> tcp;
    Won<agentgateway::Health> health;
    enum AiMember : std::uint8_t {
        Prompt, PromptGuard, Defaults, Overrides, ModelAliases, PromptCaching, Transformations, FinalTransformations, Routes, kAiMembers
    };
    std::array<Won<agentgateway::AiPolicy>, kAiMembers> ai{};
    std::string broken;  ///< Not empty: why its requests answer 500.
    std::vector<Provenance> provenance;  ///< Of ai and of the rest.
};
std::string_view aiMemberName(AgentConnection::AiMember member);  ///< "promptGuard"

class AgentgatewayPolicies {
  public:
    explicit AgentgatewayPolicies(TranslateContext& context);
    AgentgatewayPolicies(const AgentgatewayPolicies&) = delete;
    AgentgatewayPolicies& operator=(const AgentgatewayPolicies&) = delete;

    /// True where there is none of these kinds: everything below then says nothing.
    bool empty() const { return policies_.empty() && backends_.empty(); }

    /// `listenerOwner`: the Gateway or ListenerSet that the listener stands in.
    AgentChain forRule(const RuleSite& site, const config::ObjectKey& listenerOwner) const;
    AgentTraffic traffic(const AgentChain& chain) const;

    /// What holds for a backend (`section`: its provider, or the port of a Service) of a rule that has `chain`.
    AgentConnection connection(const AgentChain& chain, const config::ObjectKey& backend, const std::string& section) const;
    /// Tells apart what the backend's connections depend on.
    static std::string key(const AgentChain& chain);

    const agentgateway::BackendSpec* backend(const config::ObjectKey& key) const;

  private:
    struct Policy {
        const config::Object* object = nullptr;
        agentgateway::PolicySpec spec;
    };
    struct Target {
        const Policy* policy = nullptr;
        std::string section;
    };
    void addTargets(AgentChain& out, const config::ObjectKey& key, const std::string& section, AgentLevel whole, AgentLevel part) const;
    void sort(AgentChain& chain) const;

    TranslateContext& context_;
    std::deque<Policy> policies_;
    std::unordered_map<std::string, std::vector<Target>> byTarget_;
    std::unordered_map<std::string, agentgateway::BackendSpec> backends_;
};

/// Why `a` goes before `b`.
std::string whyStronger(const AgentAttached& a, const AgentAttached& b);

// ---- What becomes of it.

/// Prompt, defaults, overrides, guards, aliases, ...: what the named members come to. Null: nothing. `broken` says why a guard
/// cannot be run. Each combination is made once.
class AgentAiCompiler {
  public:
    using Members = std::array<Won<agentgateway::AiPolicy>, AgentConnection::kAiMembers>;

    AgentAiCompiler(TranslateContext& context, BackendResolver& backends) : context_(context), backends_(backends) {}

    std::shared_ptr<const llm::LlmPolicy> compile(const Members& members, std::string& broken);

  private:
    std::shared_ptr<const llm::GuardChain> guards(const Won<agentgateway::AiPolicy>& from, std::string& broken);
    struct Compiled {
        std::shared_ptr<const llm::LlmPolicy> policy;
        std::string broken;
    };
    TranslateContext& context_;
    BackendResolver& backends_;
    std::unordered_map<std::string, Compiled> known_;
    std::unordered_map<std::string, std::pair<std::shared_ptr<const llm::GuardChain>, std::string>> chains_;
};

/// modelAliases, overrides, promptCaching, transformations and finalTransformations of the winners. Null: none.
std::shared_ptr<const llm::BodyRewrites> compileAgentRewrites(TranslateContext& context, const AgentAiCompiler::Members& members, std::string& broken);

/// The first one with what the others add. `first` may be null.
std::shared_ptr<const llm::LlmPolicy> joinPolicies(const std::shared_ptr<const llm::LlmPolicy>& first,
                                                   const std::vector<std::shared_ptr<const llm::LlmPolicy>>& more);

/// What policies of agentgateway make of a rule that is complete otherwise.
class AgentRuleFinisher {
  public:
    AgentRuleFinisher(TranslateContext& context, const AgentgatewayPolicies& policies, BackendResolver& backends)
        : context_(context), policies_(policies), backends_(backends), ai_(context, backends), access_(context, backends) {}

    /// `native`: the rule's own fields, which go before those of policies.
    void finish(Rule& rule, const AgentChain& chain, const config::RouteRule& native);

  private:
    /// One destination of a rule: a provider, or a backend without any.
    struct Unit {
        Backend* backend = nullptr;
        int target = -1;  ///< Of backend->targets; -1: there is but one.
        AgentConnection connection;
    };
    void applyTraffic(Rule& rule, const AgentTraffic& traffic, const config::RouteRule& native);
    void applyAccess(Rule& rule, const AgentTraffic& traffic);
    void applyHost(Rule& rule, const Won<agentgateway::TrafficPolicy>& won);
    void applyExtAuth(Rule& rule, const Won<agentgateway::TrafficPolicy>& won);
    void applyDirectResponse(Rule& rule, const Won<agentgateway::TrafficPolicy>& won);

    void applyBackends(Rule& rule, const AgentChain& chain, const config::RouteRule& native);
    static std::string sectionOf(const config::RouteRule& native, const Backend& backend);
    void noteProvenance(Rule& rule, const std::vector<Unit>& units) const;
    void reportPool(const Unit& unit) const;
    void applyTimes(Rule& rule, const std::vector<Unit>& units, const config::RouteRule& native);
    void applyAi(Rule& rule, const AgentChain& chain, std::vector<Unit>& units);
    void applyToProviders(Rule& rule, const std::vector<Unit>& units, const std::array<bool, AgentConnection::kAiMembers>& differs);

    TranslateContext& context_;
    const AgentgatewayPolicies& policies_;
    BackendResolver& backends_;
    AgentAiCompiler ai_;
    AccessCompiler access_;
};

/// TLS, protocol and identity of connections; never plaintext instead: what cannot be made is broken. `host`: the destination's name.
std::shared_ptr<const upstream::Transport> agentTransport(TranslateContext& context, const AgentConnection& connection, const std::string& host,
                                                          std::shared_ptr<const upstream::Transport> otherwise, bool secureOtherwise,
                                                          const BackendSite& site);
/// Timeouts, probes and ejection, on top of what other policies say.
void agentOptions(const AgentConnection& connection, upstream::BackendOptions& options);
/// The statuses that a condition such as "response.code >= 500 || response.code == 429" is true for, a bit each; nothing where it
/// says something else than that. Empty text: 5xx.
std::optional<std::vector<bool>> unhealthyStatuses(std::string_view condition);

}  // namespace gatehouse::route
