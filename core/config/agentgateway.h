// Typed views of agentgateway's own kinds (dialect B: agentgateway.dev/v1alpha1, as published with agentgateway 1.4):
// AgentgatewayBackend and AgentgatewayPolicy. Everything that is read is here, whether this version runs it or not; `at` is
// where a part stands in its object. CEL is kept as written. Thread: values.
#pragma once

#include "config/policies.h"
#include "config/traffic_extras.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::config {
inline constexpr char kAgentgatewayGroup[] = "agentgateway.dev";
}

namespace gatehouse::config::agentgateway {

using Millis = std::chrono::milliseconds;
using Texts = std::vector<std::pair<std::string, std::string>>;

/// A Secret of the object's own namespace. Other kinds of holders (a group is set) are not run.
struct SecretRef {
    std::string group, kind;
    std::string name;
    std::string key;  ///< Of its data; empty: what the field says ("Authorization", "api-key", ...).
    FieldPath at;
};

/// Where in a request a key or token stands.
struct Location {
    enum class In { Header, QueryParameter, Cookie, Expression };
    In in = In::Header;
    std::string name;        ///< Of the header, parameter or cookie.
    std::string prefix;      ///< Header: what stands before the key, e.g. "Bearer ". Empty: nothing.
    std::string expression;  ///< CEL.
    FieldPath at;
};

/// auth.aws.assumeRole
struct AssumeRole {
    std::string roleArn;
    std::string sessionName, sessionNameExpression;
    struct Tag {
        std::string key, value, expression;
    };
    std::vector<Tag> tags;
    FieldPath at;
};

/// policies.auth: what the upstream is shown.
struct BackendAuth {
    enum class Kind {
        None,         ///< `credentials` alone.
        Key,          ///< Written here.
        Secret,
        Passthrough,  ///< The client's own.
        Aws,          ///< Without `secret` and `assumeRole`: the environment's.
        Azure,
        Gcp,
        Other,        ///< oauthTokenExchange, crossAppAccess, jwtSign: `member` names it.
    };
    Kind kind = Kind::None;
    std::string member;                ///< The field that is set: "key", "secretRef", "aws", ...
    std::string key;
    std::optional<SecretRef> secret;   ///< secretRef, aws.secretRef, azure.secretRef, gcp.secretRef
    std::optional<Location> location;  ///< Absent: where the provider looks for it.
    std::optional<AssumeRole> assumeRole;
    std::string awsRegion, awsService;
    bool managedIdentity = false, workloadIdentity = false;  ///< azure
    std::string clientId, objectId, resourceId;              ///< azure.managedIdentity
    std::string gcpType = "AccessToken";                     ///< AccessToken or IdToken
    std::string audience;                                    ///< gcp, IdToken
    struct Extra {
        SecretRef secret;
        Location location;
    };
    std::vector<Extra> credentials;  ///< Further ones, each in a place of its own.
    FieldPath at;
};

struct BackendTls {
    std::vector<ObjectRef> caRefs;      ///< ConfigMap or Secret with ca.crt; empty: the system's authorities.
    std::optional<SecretRef> identity;  ///< mtlsCertificateRef
    std::string insecureSkipVerify;     ///< "All", "Hostname" or empty.
    std::string sni;
    std::vector<std::string> verifySubjectAltNames;
    std::vector<std::string> alpnProtocols;
    bool spiffe = false;
    FieldPath at;
};
struct BackendHttp {
    std::optional<Millis> requestTimeout;
    std::string version;  ///< HTTP1, HTTP2 or empty.
    FieldPath at;
};
struct BackendTcp {
    std::optional<Millis> connectTimeout;
    bool keepalive = false;
    std::optional<Millis> keepaliveTime, keepaliveInterval;
    std::int64_t keepaliveRetries = 0;
    FieldPath at;
};

/// policies.health: when a provider or endpoint is taken out, and for how long.
struct Health {
    std::string unhealthyCondition;  ///< CEL over the answer; empty: 5xx and no answer.
    struct Eviction {
        Millis duration{3000};
        std::optional<std::int64_t> consecutiveFailures;  ///< Absent: the first one, unless healthThreshold is set.
        std::optional<std::int64_t> healthThreshold;      ///< Percent.
        std::optional<std::int64_t> restoreHealth;        ///< Percent.
    };
    std::optional<Eviction> eviction;  ///< Absent: nothing is evicted.
    FieldPath at;
};

struct ConnectionPolicy;

/// ai.promptGuard.request[] and response[]: exactly one of regex, webhook, moderation, cloud.
struct PromptGuard {
    struct Regex {
        bool rejects = false;                ///< action: Reject; else hits are masked.
        std::vector<std::string> builtins;   ///< Ssn, CreditCard, PhoneNumber, Email, CaSin
        std::vector<std::string> matches;
        FieldPath at;
    };
    struct Webhook {
        TargetRef backend;
        std::vector<ValueMatch> forwardHeaderMatches;
        bool failOpen = false;
        Texts headers;  ///< Name to CEL.
        FieldPath at;
    };
    struct Moderation {
        std::string model;  ///< Empty: omni-moderation-latest.
        std::optional<BackendAuth> auth;
        std::optional<BackendTls> tls;
        std::optional<BackendHttp> http;
        bool tunnel = false;  ///< Set, and not run.
        FieldPath at;
    };
    std::optional<Regex> regex;
    std::optional<Webhook> webhook;
    /// bedrockGuardrails, googleModelArmor.
    struct Cloud {
        std::string member;      ///< Which of the two.
        std::string identifier;  ///< Of the guardrail; Google's templateId.
        std::string version;     ///< Of the guardrail.
        std::string project;     ///< Google's.
        std::string region;      ///< Google's location.
        std::optional<BackendAuth> auth;  ///< Absent: what the cloud's own tools find.
        FieldPath at;
        bool google() const { return member == "googleModelArmor"; }
    };
    std::optional<Moderation> moderation;
    std::optional<Cloud> cloud;
    std::vector<std::string> scope;  ///< SystemPrompt, Messages, ToolInput, ToolOutput. Empty: the default, the first two.
    RejectResponse reject;
    FieldPath at;
};

struct BodyField {
    std::string field;
    std::string json;  ///< Its value as JSON.
    FieldPath at;
};
struct BodyExpression {
    std::string field;
    std::string expression;  ///< CEL.
    FieldPath at;
};
struct PromptCaching {
    bool cacheSystem = true, cacheMessages = true, cacheTools = false;
    std::int64_t minTokens = 1024;
    std::int64_t cacheMessageOffset = 0;
    FieldPath at;
};

/// backend.ai. Each member is merged by itself: an absent one is taken from a weaker policy.
struct AiPolicy {
    struct Prompt {
        std::vector<PromptMessage> prepend, append;
        FieldPath at;
    };
    struct Guards {
        std::vector<PromptGuard> request, response;
        bool streaming = false;  ///< agentgateway guards streamed answers only where this is set; Gatehouse does always.
        FieldPath at;
    };
    std::optional<Prompt> prompt;
    std::optional<Guards> promptGuard;
    std::vector<BodyField> defaults, overrides;
    Texts modelAliases;                 ///< What the client says, to what the provider is asked for.
    std::optional<PromptCaching> promptCaching;
    std::vector<BodyExpression> transformations, finalTransformations;
    Texts routes;                       ///< End of a path to a type: Completions, Messages, Models, Passthrough, ...
    FieldPath at;
};

/// AgentgatewayPolicy.spec.backend, and `policies` of a backend or of one of its providers.
struct ConnectionPolicy {
    std::optional<BackendAuth> auth;
    std::optional<AiPolicy> ai;
    std::optional<BackendTls> tls;
    std::optional<BackendHttp> http;
    std::optional<BackendTcp> tcp;
    std::optional<Health> health;
    std::vector<std::string> unsupported;  ///< Members that are set and that this version does not run: mcp, tunnel, extAuth, transformation.
    FieldPath at;
};

struct ProviderFormat {
    std::string type;  ///< Completions, Messages, Responses, Embeddings, Rerank, Realtime, AnthropicTokenCount
    std::string path;  ///< Empty: the format's own.
};

/// ai.provider, or one of ai.groups[].providers[].
struct Provider {
    std::string name;      ///< Of a group's.
    std::string provider;  ///< openai, azureopenai, azure, anthropic, gemini, vertexai, bedrock, custom; empty: no block that is known.
    std::string model;
    std::string endpoint, deploymentName, apiVersion;        ///< azureopenai; apiVersion of azure, too.
    std::string resourceName, resourceType, projectName;     ///< azure
    std::string projectId, region;                           ///< vertexai ("global" where absent); bedrock ("us-east-1")
    std::string guardrail, guardrailVersion;                 ///< bedrock
    std::vector<ProviderFormat> formats;                     ///< custom
    std::optional<TargetRef> backend;                        ///< custom: Service or InferencePool.
    bool moderation = false;                                 ///< openai.moderation is set: not run.
    HostPort override;                                       ///< Empty host: the provider's own.
    std::string path, pathPrefix;
    std::optional<ConnectionPolicy> policies;
    std::optional<HeaderModifier> requestHeaders, responseHeaders;  ///< Of the AgentgatewayModel that it serves, among a virtual model's.
    FieldPath at;
};

struct BackendSpec {
    ObjectKey key;
    std::string member;                         ///< ai, static, dynamicForwardProxy, mcp, aws, a2a; empty: none.
    std::vector<std::vector<Provider>> groups;  ///< ai.provider: one group of one.
    HostPort fixed;                             ///< static
    std::string unixPath;                       ///< static: not run.
    std::optional<ConnectionPolicy> policies;
};

/// A duration and a number: rateLimit.local[].
struct LocalLimit {
    std::optional<std::uint32_t> requests;  ///< Exactly one of the two.
    std::optional<std::uint32_t> tokens;
    std::string unit;                       ///< Seconds, Minutes, Hours
    std::uint32_t burst = 0;                ///< Beyond the rate.
    FieldPath at;
};
/// rateLimit.global: a service that counts.
struct GlobalLimit {
    struct Descriptor {
        Texts entries;      ///< Name to CEL.
        bool tokens = false;
        std::string cost, limitOverride;  ///< CEL
        FieldPath at;
    };
    TargetRef backend;
    std::string url;        ///< In place of `backend`.
    std::string domain;
    bool failOpen = false;
    std::vector<Descriptor> descriptors;
    FieldPath at;
};
struct RateLimit {
    std::vector<LocalLimit> local;
    std::optional<GlobalLimit> global;
    bool conditional = false;  ///< Lists of conditions: not run.
    FieldPath at;
};

enum class AuthMode {
    Strict,      ///< A valid one must be shown.
    Optional,    ///< One that is shown must be valid.
    Permissive,  ///< Never refuses.
};

struct ApiKeyAuth {
    AuthMode mode = AuthMode::Strict;
    std::optional<SecretRef> secret;
    Texts secretLabels;     ///< secretSelector.matchLabels, of the policy's namespace.
    Texts configMapLabels;  ///< configMapSelector.matchLabels
    bool bySecretLabels = false, byConfigMapLabels = false;  ///< Which of the three is set.
    std::optional<Location> location;  ///< Absent: Authorization with "Bearer ".
    FieldPath at;
};

struct JwtProvider {
    std::string issuer;
    std::vector<std::string> audiences;
    std::string inlineJwks;  ///< A key set as JSON.
    struct Remote {
        TargetRef backend;
        std::string jwksPath;
        std::string url;  ///< In place of the two.
        Millis cacheDuration{300'000};
        FieldPath at;
    };
    std::optional<Remote> remote;
    FieldPath at;
};
struct JwtAuth {
    AuthMode mode = AuthMode::Strict;
    std::vector<JwtProvider> providers;
    std::optional<Location> location;  ///< Absent: Authorization with "Bearer ".
    bool mcp = false;                  ///< Set, and not run.
    FieldPath at;
};

struct BasicAuth {
    AuthMode mode = AuthMode::Strict;
    std::string realm;
    std::vector<std::string> users;  ///< Lines of htpasswd.
    std::optional<SecretRef> secret;
    std::optional<Location> location;
    FieldPath at;
};

struct Authorization {
    enum class Action { Allow, Deny, Require };
    Action action = Action::Allow;
    std::vector<std::string> matchExpressions;  ///< CEL
    FieldPath at;
};

/// traffic.extAuth over HTTP, as far as it is run.
struct ExtAuth {
    TargetRef backend;
    std::string url;       ///< In place of `backend`.
    bool grpc = false;
    bool failOpen = false;
    std::vector<std::string> allowedRequestHeaders, allowedResponseHeaders;
    std::uint32_t forwardBody = 0;         ///< Bytes; 0: none.
    std::vector<FieldPath> unsupported;    ///< Expressions and the like that are set and not run.
    FieldPath at;
};

struct DirectAnswer {
    int status = 0;  ///< 0: not said (conditional).
    std::string body;
    std::vector<HeaderChange> headers;
    std::vector<FieldPath> unsupported;    ///< bodyExpression, conditional
    FieldPath at;
};

/// AgentgatewayPolicy.spec.traffic. Each member is merged by itself.
struct TrafficPolicy {
    bool preRouting = false;  ///< phase
    std::optional<Millis> requestTimeout;
    std::optional<RetrySpec> retry;
    std::optional<Cors> cors;
    std::optional<HeaderModifier> requestHeaders, responseHeaders;
    bool hasHeaderModifiers = false;
    std::string hostRewrite;  ///< Auto, None or empty.
    std::optional<DirectAnswer> directResponse;
    std::optional<ExtAuth> extAuth;
    std::optional<RateLimit> rateLimit;
    std::optional<ApiKeyAuth> apiKeyAuthentication;
    std::optional<JwtAuth> jwtAuthentication;
    std::optional<BasicAuth> basicAuthentication;
    std::optional<Authorization> authorization;
    std::optional<CsrfSpec> csrf;
    std::optional<FaultSpec> delay;
    FieldPath at;
};

struct Target : PolicyTarget {
    std::optional<std::uint16_t> port;
};
struct Selector {
    std::string group, kind;
    Texts labels;
    std::string sectionName;
    std::optional<std::uint16_t> port;
    FieldPath at;
};

struct PolicySpec {
    ObjectKey key;
    std::vector<Target> targets;
    std::vector<Selector> selectors;
    bool overrides = false;  ///< strategy.inheritance: Override: goes before what is more specific.
    std::optional<TrafficPolicy> traffic;
    std::optional<ConnectionPolicy> backend;
    bool frontend = false;   ///< Set, and not run.
    std::vector<std::string> unsupported;  ///< Field paths that are set and that this version does not run.
};

/// Errors: only where there is no spec at all.
Result<BackendSpec> decodeBackend(const Object& object);
Result<PolicySpec> decodePolicy(const Object& object);

/// A `policies` block by itself (`at`: where it stands).
ConnectionPolicy decodeConnectionPolicy(const text::yaml::Node& node, const std::string& ns, FieldPath at);

/// A YAML value as JSON. Plain scalars take the type that Kubernetes gives them.
std::string jsonOf(const text::yaml::Node& node);

}  // namespace gatehouse::config::agentgateway
