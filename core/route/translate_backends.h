// Backends of a rule: a reference becomes a cluster, a pool, a provider, or an invalid share with its reason. Each object is
// resolved once per translation and shared by all rules that name it. Thread: control thread, one translate() call.
#pragma once

#include "config/inference_api.h"
#include "config/policies.h"
#include "route/agentgateway_chain.h"
#include "route/translate_context.h"
#include "route/translate_backend_policy.h"
#include "route/translate_tls.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace gatehouse::route {

/// Annotation gatehouse.dev/restart-streams of a route; what is neither true nor false is reported, and false.
bool asksForRestart(TranslateContext& context, const config::Object& route);

/// "https://name.openai.azure.com/", as some write an endpoint: its host.
std::string hostOnly(std::string_view endpoint);
/// As Host says it: an IPv6 address in brackets, the port unless it is the scheme's own.
std::string hostText(std::string_view host, std::uint16_t port, bool secure);

/// Why a backend's share answers itself instead of being forwarded.
struct Unusable {
    int status = 500;
    std::string reason;
};

class BackendResolver {
  public:
    explicit BackendResolver(TranslateContext& context) : context_(context), transports_(context), policies_(context) {}

    /// Never fails: what cannot be resolved becomes BackendKind::Invalid, and is reported on the route's reference.
    /// `agents`: the policies of agentgateway that hold for the rule.
    Backend resolve(const config::Object& route, const std::string& ruleId, const config::BackendRef& ref,
                    const BackendSite& site = {}, const AgentChain& agents = {});
    /// Without it no AgentgatewayBackend is found.
    void use(const AgentgatewayPolicies& agents) { agents_ = &agents; }
    BackendTransports& transports() { return transports_; }

    /// A reference without a share: a mirror's, an authorization service's. BackendKind::Invalid with its reason where it
    /// does not resolve; nothing is reported.
    Backend resolveTarget(const config::Object& route, const config::TargetRef& target);

    /// One host, e.g. of a guard's service; the same one for the same id.
    std::shared_ptr<const upstream::Cluster> hostCluster(const std::string& id, const std::string& host, std::uint16_t port);

    /// All clusters and pools made so far, in order of first use.
    std::vector<std::shared_ptr<const upstream::Cluster>> clusters() const { return clusters_; }
    std::vector<std::shared_ptr<inference::Pool>> pools() const { return pools_; }
    /// Every InferencePool that there is, also where no route sends to it.
    std::vector<ServedPool> servedPools();

  private:
    struct Resolved {
        BackendKind kind = BackendKind::Invalid;
        std::shared_ptr<const upstream::Cluster> cluster;
        std::shared_ptr<inference::Pool> pool;
        std::shared_ptr<const llm::Provider> provider;
        std::shared_ptr<const std::vector<LlmTarget>> targets;
        std::shared_ptr<const ModelRewrites> modelRewrites;  ///< Of a pool; null: none.
        bool failOpen = false;                               ///< Of a pool.
        std::shared_ptr<const std::vector<Provenance>> provenance;
        Unusable unusable;
        config::Severity severity = config::Severity::Error;
        const char* code = nullptr;  ///< Set where the referring route should say so too.
        std::vector<std::pair<std::shared_ptr<const upstream::Cluster>, std::shared_ptr<const AgentConnection>>> connections;  ///< By agentgateway's policies.
    };

    const Resolved& lookUp(const config::BackendRef& ref, const BackendSite& site, const AgentChain& agents = {});
    Resolved resolveAgentBackend(const config::Object& object, const BackendSite& site, const AgentChain& chain);
    Resolved resolveAgentProviders(const config::Object& object, const agentgateway::BackendSpec& spec, const std::string& id, const BackendSite& site,
                                   const AgentChain& chain);
    Resolved resolveAgentRef(const config::Object& object, const agentgateway::Provider& spec, llm::Provider provider, bool alone, std::uint32_t group,
                             const BackendSite& site, const AgentChain& chain, std::vector<LlmTarget>& targets);
    std::shared_ptr<const upstream::Cluster> agentHost(const std::string& id, const std::string& name, const std::string& host, std::uint16_t port,
                                                       std::shared_ptr<const upstream::Transport> transport);
    void reportUnusedAuth(const AgentConnection& connection);
    void tuneByAgents(const Resolved& resolved);
    Resolved resolveService(const config::Object& object, std::uint16_t port, const BackendSite& site, const AgentChain& agents);
    Resolved resolveBackendObject(const config::Object& object, const BackendSite& site);
    Resolved resolveStatic(const config::Object& object, const config::BackendSpec& spec, const BackendSite& site);
    Resolved resolveLlm(const config::Object& object, const config::BackendSpec& spec);
    Resolved resolvePool(const config::Object& object, const BackendSite& site);
    Result<llm::Provider> makeProvider(const config::Object& object, const config::LlmProviderSpec& spec, const llm::ProviderKind& kind,
                                       const std::string& id);
    Result<LlmTarget> makeTarget(const config::Object& object, const config::LlmProviderSpec& spec, const std::string& clusterId);
    std::shared_ptr<const llm::SideHost> sideHostOf(const llm::ProviderKind& kind);
    base::Millis durationOf(const config::Object& object, const char* annotation, base::Millis otherwise);
    void addEndpoints(upstream::Cluster& cluster, const config::ServiceSpec& service, const config::ServicePort& port);
    void applyFilters(const config::Object& route, const config::BackendRef& ref, Backend& backend);

    static Resolved unusable(int status, std::string reason, const char* code = nullptr,
                             config::Severity severity = config::Severity::Error);

    TranslateContext& context_;
    const AgentgatewayPolicies* agents_ = nullptr;
    BackendTransports transports_;
    BackendPolicies policies_;
    std::unordered_map<std::string, Resolved> cache_;
    std::vector<std::shared_ptr<const upstream::Cluster>> clusters_;
    std::vector<std::shared_ptr<inference::Pool>> pools_;
    std::map<config::ObjectKey, Resolved> servable_;  ///< Pools, as they were resolved first.
};

}  // namespace gatehouse::route
