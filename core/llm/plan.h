// LlmPlan: what an LLM route does to a chat request and its answer, compiled from Backend (AI) and TrafficPolicy.ai.
// Thread: immutable, shared by snapshots. Sources of each part are kept for explain.
#pragma once

#include "base/buffer.h"
#include "base/result.h"
#include "secret/secret.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// The compiled regex guard. Defined in llm/guard.h.
class RegexGuard;

struct Message {
    std::string role;
    std::string content;
};

struct Enrichment {
    std::vector<Message> prepend;
    std::vector<Message> append;
    bool empty() const { return prepend.empty() && append.empty(); }
};

enum class UpstreamAuth { None, Bearer, Passthrough };

/// How to reach and authenticate at an OpenAI-compatible upstream.
struct Provider {
    std::string name;           ///< "openai"
    std::string modelOverride;  ///< Empty keeps the client's model.
    std::string path = "/v1/chat/completions";
    std::string hostHeader;     ///< Host to send.
    UpstreamAuth auth = UpstreamAuth::None;
    std::string authHeader = "Authorization";
    std::string authPrefix = "Bearer ";
    secret::SecretValue token;
};

/// What a rule does with an LLM request before the backend is drawn.
struct LlmPolicy {
    std::shared_ptr<const RegexGuard> requestGuard;  ///< Null = none.
    std::string rejectMessage;
    int rejectStatus = 403;
    Enrichment enrichment;
};

/// What was read from a chat request without a full parse.
struct ChatRequestInfo {
    std::string model;
    bool stream = false;
    bool includeUsage = false;  ///< stream_options.include_usage is true.
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
