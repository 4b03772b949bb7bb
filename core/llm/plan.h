// LlmPlan: what an LLM route does to a chat request and its answer, compiled from Backend (AI) and TrafficPolicy.ai.
// Thread: immutable, shared by snapshots. Sources of each part are kept for explain.
#pragma once

#include "base/buffer.h"
#include "base/clock.h"
#include "base/result.h"
#include "llm/provider_table.h"
#include "secret/secret.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::upstream {
struct Cluster;
}

namespace gatehouse::llm {

/// The compiled regex guard. Defined in llm/guard.h.
class RegexGuard;
/// Guards in their order, those that ask a service included. Defined in llm/guard_chain.h.
class GuardChain;
/// Aliases, overrides, expressions and cache markers. Defined in llm/body_rewrites.h.
class BodyRewrites;
/// Which API a path's end names, where configuration says so. Defined in llm/api_routes.h.
class ApiRoutes;
/// Keys and tokens that change while the gateway runs. Defined in llm/credentials.h.
class Credentials;
/// How it has been answering. Defined in llm/provider_health.h.
class ProviderHealth;
struct LlmPolicy;

struct Message {
    std::string role;
    std::string content;
};

struct Enrichment {
    std::vector<Message> prepend;
    std::vector<Message> append;
    bool empty() const { return prepend.empty() && append.empty(); }
};

enum class UpstreamAuth {
    None,
    Bearer,       ///< A key of ours, in `authHeader` behind `authPrefix`.
    Passthrough,  ///< The client's own key, in the same place.
    SigV4,        ///< Signed with `aws`.
};

struct AwsCredentials {
    secret::SecretValue accessKey;
    secret::SecretValue secretKey;
    secret::SecretValue sessionToken;  ///< Empty: none.
};

/// When a provider is left out, and for how long, where a policy says so.
struct Eviction {
    base::Millis coolDown{3'000};  ///< Doubled for each further failure in a row.
    std::uint32_t failures = 1;    ///< In a row, until it is left out.
    std::vector<bool> unhealthy;   ///< By status; empty: 408, 429 and 5xx.
};

/// Where those of a provider's APIs stand that have a host of their own (ProviderApi::host).
struct SideHost {
    std::string host;  ///< As Host says it.
    std::shared_ptr<const upstream::Cluster> cluster;
};

/// One provider of a Backend: which row of the table it is, how it is reached, and what it is shown as key.
struct Provider {
    std::string name;           ///< Its own in priorityGroups, else its kind's.
    const ProviderKind* kind = nullptr;  ///< Null: openai.
    std::shared_ptr<const void> kindOwner;  ///< Of a kind that is no row of the table.
    std::shared_ptr<const Eviction> eviction;  ///< Null: after the first failure, 3 s.
    PathParts parts{};          ///< `model` and `rest` are filled in by each request.
    std::string modelOverride;  ///< Empty keeps the client's model.
    std::string path;           ///< In place of the kind's own (kgateway's path.full); empty: none.
    std::string method;         ///< Vertex AI: in place of the one after the path's last colon; empty: none.
    std::string hostHeader;     ///< Host to send.
    UpstreamAuth auth = UpstreamAuth::None;
    std::string authHeader = "Authorization";
    std::string authPrefix = "Bearer ";
    secret::SecretValue token;
    std::shared_ptr<const AwsCredentials> aws;  ///< SigV4 alone.
    std::shared_ptr<Credentials> credentials;   ///< In place of `token` and `aws`; null: they stand.
    std::shared_ptr<ProviderHealth> health;     ///< Outlives snapshots; null: made by hand.
    std::shared_ptr<const LlmPolicy> policy;    ///< Of this provider alone, after the rule's; null: none.
    bool inHouse = false;       ///< A model server of ours: it hears all that the client says, its key too.
    std::shared_ptr<const SideHost> side;       ///< Null: all of its APIs stand at one host.
    std::string guardrail, guardrailVersion;    ///< Bedrock: what it is asked to apply; empty: nothing.
    /// How long a stream may stay silent before another provider is asked, where there is one.
    base::Millis firstToken = kFirstToken;

    /// How long a stream may pause once it began; 0: the table of limits says.
    base::Millis streamIdle{0};

    static constexpr base::Millis kFirstToken{60'000};
};

/// Whose words a text is.
enum class TextScope : std::uint8_t { SystemPrompt, Messages, ToolInput, ToolOutput };

/// ai.defaults[]: a field of the request's body, in the body's own dialect.
struct DefaultField {
    std::string field;          ///< "temperature", "stream_options.include_usage"
    std::string json;           ///< Its value as JSON.
    bool overrides = false;     ///< Also in place of what the client says.
};

/// What a rule does with an LLM request before the backend is drawn, and with its answer.
struct LlmPolicy {
    std::shared_ptr<const RegexGuard> requestGuard;  ///< Null = none.
    std::shared_ptr<const RegexGuard> responseGuard; ///< Masks; null = none.
    std::vector<DefaultField> defaults;
    std::string rejectMessage;
    int rejectStatus = 403;
    Enrichment enrichment;
    std::shared_ptr<const GuardChain> guards;      ///< Of requests and answers, beside the two above; null = none.
    std::shared_ptr<const BodyRewrites> rewrites;  ///< Null = none.
    std::shared_ptr<const ApiRoutes> apiRoutes;    ///< Null: the path alone tells.
};

/// What was read from a chat request without a full parse.
struct ChatRequestInfo {
    std::string model;
    bool stream = false;
    bool includeUsage = false;  ///< stream_options.include_usage is true.
    bool namesModel = false;    ///< `model` stands in the body, not in its path alone.
    std::size_t messages = 0;
    std::size_t promptBytes = 0;      ///< Bytes of all message texts.
    std::uint64_t maxTokens = 0;      ///< max_completion_tokens or max_tokens; 0 = absent.
};

struct GuardHit {
    std::string rule;         ///< Name of the pattern or builtin.
    std::size_t messageIndex = 0;
    std::size_t begin = 0;    ///< Byte span in the decoded message text.
    std::size_t end = 0;
    std::string replacement;  ///< "<CREDIT_CARD>"
    TextScope scope = TextScope::Messages;
};

struct GuardVerdict {
    bool rejected = false;
    bool masked = false;
    std::vector<GuardHit> hits;
};

/// The outcome of prepareChat: the body is changed in place by byte splices.
struct PreparedChat {
    ChatRequestInfo info;
    GuardVerdict guard;
    bool enriched = false;
    bool usageInjected = false;  ///< We asked for usage in the stream; the usage-only event must not reach the client.
};

/// Reads, guards, enriches and rewrites one OpenAI chat completions body. Errors: "invalid-json", "invalid-field",
/// "duplicate-key", with a sentence naming the field; a guard's rejection is not an error but GuardVerdict::rejected.
/// `policy` and `provider` may be null.
Result<PreparedChat> prepareChat(base::Buffer& body, const LlmPolicy* policy, const Provider* provider,
                                 bool injectUsage);

/// Reads only (any JSON body with a "model": chat or completions).
Result<ChatRequestInfo> readChat(const base::Buffer& body);

}  // namespace gatehouse::llm
