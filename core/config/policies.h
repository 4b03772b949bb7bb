// Typed views of the kgateway kinds (dialect A: gateway.kgateway.dev, 2.1 form). Thread: values.
#pragma once

#include "config/gateway_api.h"

namespace gatehouse::config {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

enum class AuthTokenKind { None, Inline, SecretRef, Passthrough };

/// Backend.spec.ai.llm, or one of .priorityGroups[].providers[].
struct LlmProviderSpec {
    std::string name;
    std::string provider;  ///< "openai", "anthropic", ...; empty: no block that is known.
    std::string model;     ///< Overwrites the body's model where set.
    AuthTokenKind auth = AuthTokenKind::None;
    std::string inlineToken;
    std::string secretName;  ///< Of bedrock: the one with accessKey, secretKey and sessionToken.
    std::string authHeaderName;
    std::string authHeaderPrefix;
    bool hasAuthPrefix = false;
    std::string apiVersion;      ///< azureopenai, anthropic, gemini, vertexai.
    std::string endpoint;        ///< azureopenai: host of the resource.
    std::string deploymentName;  ///< azureopenai
    std::string projectId;       ///< vertexai
    std::string location;        ///< vertexai; bedrock: the region.
    std::string modelPath;       ///< vertexai: the method after the model's name.
    std::string guardrail, guardrailVersion;  ///< bedrock
    HostPort override;     ///< host and port; empty host = the provider's default.
    std::string pathFull;  ///< path.full; empty = the provider's default.
    FieldPath at;
};

/// Annotations of a Backend of type AI. The first names a row of the providers' table for its openai blocks: "groq", or
/// "fast=groq, other=mistral" by the names of the providers. The others are durations.
inline constexpr char kPresetAnnotation[] = "gatehouse.dev/provider";
/// Of a TrafficPolicy: "host:port" of the moderation service in place of OpenAI's.
inline constexpr char kModerationAnnotation[] = "gatehouse.dev/moderation-host";
/// Of an AgentgatewayPolicy: "host:port" in place of Bedrock's or Model Armor's own, such as a private endpoint's.
inline constexpr char kGuardrailAnnotation[] = "gatehouse.dev/guardrail-host";
inline constexpr char kFirstTokenAnnotation[] = "gatehouse.dev/first-token-timeout";
inline constexpr char kStreamIdleAnnotation[] = "gatehouse.dev/stream-idle-timeout";
/// Of a TrafficPolicy or an AgentgatewayPolicy: "true": what its patterns mask in requests is put back into answers.
inline constexpr char kRestoreAnnotation[] = "gatehouse.dev/restore-masks";
/// Of an HTTPRoute: a duration: so long answers of models are kept for equal requests.
inline constexpr char kResponseCacheAnnotation[] = "gatehouse.dev/response-cache";
/// Of an HTTPRoute: "true": a stream that breaks off begins anew at another provider, marked as such.
inline constexpr char kRestartAnnotation[] = "gatehouse.dev/restart-streams";

struct BackendSpec {
    ObjectKey key;
    std::string type;  ///< AI, Static, AWS, ...
    std::vector<HostPort> staticHosts;
    std::string appProtocol;
    std::vector<std::vector<LlmProviderSpec>> llmGroups;  ///< llm = one group of one.
};

struct PromptMessage {
    std::string role;
    std::string content;
};
struct RegexRule {
    std::string name;
    std::string pattern;
    FieldPath at;
};
enum class GuardAction { Mask, Reject };
struct RegexGuardSpec {
    std::vector<RegexRule> matches;
    std::vector<std::string> builtins;  ///< SSN, CREDIT_CARD, PHONE_NUMBER, EMAIL
    GuardAction action = GuardAction::Mask;
};
/// promptGuard.request.webhook and response.webhook: a service by kgateway's guardrail API.
struct WebhookSpec {
    HostPort host;
    std::vector<ValueMatch> forward;  ///< Fields of the client's request that it is shown.
    FieldPath at;
};
struct RejectResponse {
    std::string message = "The request was rejected due to inappropriate content";
    int statusCode = 403;
};
/// ai.defaults[]
struct DefaultFieldSpec {
    std::string field;
    std::string value;  ///< JSON, or plain text.
    bool overrides = false;
    FieldPath at;
};
struct AiPolicySpec {
    std::string routeType = "CHAT";
    std::vector<DefaultFieldSpec> defaults;
    std::vector<PromptMessage> prepend;
    std::vector<PromptMessage> append;
    std::optional<RegexGuardSpec> requestGuard;
    std::optional<RegexGuardSpec> responseGuard;  ///< Always masks.
    std::optional<WebhookSpec> requestWebhook, responseWebhook;
    std::optional<LlmProviderSpec> moderation;    ///< Provider "openAIModeration": its key and model.
    RejectResponse reject;
};
struct PolicyTarget {
    std::string group;
    std::string kind;
    std::string name;
    std::string sectionName;
    FieldPath at;
};
struct TrafficPolicySpec {
    ObjectKey key;
    std::vector<PolicyTarget> targets;
    std::optional<AiPolicySpec> ai;
    std::vector<std::string> unsupported;  ///< Field paths that are set and that this version does not run.
};
struct DirectResponseSpec {
    ObjectKey key;
    int status = 200;
    std::string body;
};

Result<BackendSpec> decodeBackend(const Object& object);
Result<TrafficPolicySpec> decodeTrafficPolicy(const Object& object);
Result<DirectResponseSpec> decodeDirectResponse(const Object& object);

}  // namespace gatehouse::config
