// What a simulated model server reads and writes: OpenAI chat and text completions, model list, errors, metrics page.
// Answers are deterministic in the prompt. Thread: pure functions.
#pragma once

#include "lab/batch_engine.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

struct CompletionRequest {
    bool chat = true;
    std::string model;
    bool stream = false;
    bool includeUsage = false;
    std::uint32_t promptTokens = 1;
    std::uint32_t outputTokens = 1;
    bool cutByLimit = false;              ///< max_tokens ends the answer before its natural end.
    std::vector<std::string> words;       ///< The answer, one piece per output token.
};

/// Reads the body of /v1/chat/completions (`chat`) or /v1/completions. `defaultModel` is echoed where the body names none.
/// Error "bad-request" with a sentence for the client.
Result<CompletionRequest> readCompletion(std::string_view body, bool chat, const std::string& defaultModel);

/// About four bytes of English per token, as tokenizers of these models have it.
std::uint32_t countTokens(std::string_view text);

std::string completionBody(const CompletionRequest& request, const std::string& id, std::int64_t created);
/// One SSE event with the piece of token `index`; chat streams begin with the role in the same event.
std::string streamEvent(const CompletionRequest& request, const std::string& id, std::int64_t created,
                        std::uint32_t index);
/// What follows the last token: finish reason, usage where asked for, [DONE].
std::string streamEnd(const CompletionRequest& request, const std::string& id, std::int64_t created);

std::string modelsBody(const std::string& model);
std::string errorBody(std::string_view message, std::string_view type, int code);

/// vLLM and DCGM names, Prometheus text format.
std::string metricsPage(const Profile& profile, const std::string& pod, const BatchEngine& engine);

}  // namespace gatehouse::lab
