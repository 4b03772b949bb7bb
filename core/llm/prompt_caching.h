// Markers that ask a provider to keep the beginning of a prompt: cache_control of Anthropic, cachePoint of Bedrock's Converse.
// Added by splices to a body that is ready for its provider; the client's own markers stay and count. Thread: pure functions.
// Sources: Anthropic's "Prompt caching" and Bedrock's "Prompt caching for faster model inference": at most four markers of a request;
// the order of what is kept is tools, system, messages.
#pragma once

#include "base/buffer.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::llm {

struct PromptCaching {
    bool system = true;
    bool messages = true;
    bool tools = false;
    /// Words times 1.3 of all that stands before a marker; with less it is not set.
    std::uint64_t minTokens = 1024;
    /// The marker of the messages stands at the last but one, or so many before it.
    std::uint64_t messageOffset = 0;

    static constexpr int kMostMarkers = 4;
};

struct CacheMarks {
    int added = 0;
    int present = 0;     ///< The client's own.
    std::string detail;  ///< "system and message 3 marked", or why nothing was: a sentence without its full stop.
};

/// `dialect` of the body; `model` as the provider is asked for it. Errors: those of text/json_body.h.
Result<CacheMarks> markCaches(base::Buffer& body, std::string_view dialect, std::string_view model, const PromptCaching& caching);

}  // namespace gatehouse::llm
