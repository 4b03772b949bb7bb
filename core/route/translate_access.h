// Who may call a rule and how much: what policies of both dialects say becomes one filter::ClientAccess and one filter::RateLimits.
// Each combination of policies is compiled once per translation and shared by the rules that it holds for. Anything that cannot be
// compiled breaks its rules: who may call is never left open.
// Thread: control thread, one translate() call.
#pragma once

#include "config/access_policy.h"
#include "config/agentgateway.h"
#include "filter/client_access.h"
#include "filter/rate_limits.h"
#include "route/policy_attachment.h"
#include "route/translate_backends.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

struct AccessEffect {
    std::shared_ptr<const filter::ClientAccess> access;
    std::shared_ptr<const filter::RateLimits> limits;
    std::string broken;  ///< Not empty: the rule answers 500.
};

class AccessCompiler {
  public:
    AccessCompiler(TranslateContext& context, BackendResolver& backends) : context_(context), backends_(backends) {}

    /// TrafficPolicies: those that supply each field; null where none does.
    struct TrafficWinners {
        const Attached* apiKeys = nullptr;
        const Attached* passwords = nullptr;
        const Attached* tokens = nullptr;
        const Attached* rbac = nullptr;
        const Attached* rate = nullptr;
    };
    AccessEffect of(const TrafficWinners& winners, std::string_view ruleId);

    /// AgentgatewayPolicies: what supplies each member of `traffic`, with the object that it stands in; rules of authorization add up.
    /// `scope`: id of what the policy with the limits is attached to: one bucket for each.
    template <class Spec>
    struct From {
        const Spec* spec = nullptr;
        const config::Object* object = nullptr;
    };
    struct AgentgatewayParts {
        From<config::agentgateway::ApiKeyAuth> apiKeys;
        From<config::agentgateway::BasicAuth> passwords;
        From<config::agentgateway::JwtAuth> tokens;
        std::vector<From<config::agentgateway::Authorization>> authorization;
        From<config::agentgateway::RateLimit> rate;
        std::string scope;
    };
    AccessEffect of(const AgentgatewayParts& parts);

  private:
    AccessEffect finish(filter::AccessParts parts, std::vector<filter::RateLimit> limits, std::string broken);
    // What an object says, compiled once.
    Result<filter::AccessParts::Keys> keys(const config::Object& object, const config::ApiKeyAuthSpec& spec);
    Result<filter::AccessParts::Keys> keys(const config::Object& object, const config::agentgateway::ApiKeyAuth& spec);
    Result<std::shared_ptr<const filter::ApiKeys>> readKeys(const config::Object& policy, const config::FieldPath& at,
                                                            const std::vector<const config::Object*>& holders);
    Result<filter::AccessParts::Tokens> tokens(const config::JwtAuthSpec& spec);
    Result<filter::AccessParts::Tokens> tokens(const config::Object& object, const config::agentgateway::JwtAuth& spec);
    Result<std::shared_ptr<filter::JwksSource>> source(const config::Object& object, const config::TargetRef& backend, const std::string& url,
                                                       std::chrono::milliseconds cacheFor);
    Result<filter::AccessParts::Passwords> passwords(const config::Object& object, const config::BasicAuthSpec& spec);
    Result<filter::AccessParts::Passwords> passwords(const config::Object& object, const config::agentgateway::BasicAuth& spec);
    Result<void> addUsers(const config::Object& object, const config::FieldPath& at, const std::vector<std::string>& lines,
                          filter::AccessParts::Passwords& out);
    Result<filter::AuthorizationRule> rule(const config::Object& object, filter::AuthorizationRule::Action action, bool any,
                                           const std::vector<std::string>& expressions);
    Result<filter::CredentialSource> sourceOf(const config::agentgateway::Location& location);
    Result<std::string> secretText(const config::Object& secret, const std::string& key);
    filter::RateLimit limit(const config::Object& object, const std::string& id, const filter::BucketSpec& spec, filter::RateLimit::Counts counts);

    TranslateContext& context_;
    BackendResolver& backends_;
    std::map<std::string, AccessEffect> byWinners_;
    std::unordered_map<std::string, std::shared_ptr<const filter::ApiKeys>> keysRead_;
};

}  // namespace gatehouse::route
