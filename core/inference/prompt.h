// Prompt: what a pick is told of a request: its text as a chain of segments, the model (or adapter) that it names, and what it asks for.
// Thread: one exchange. Lifetime: a value; reuse keeps its memory.
#pragma once

#include "base/buffer.h"
#include "inference/prompt_chain.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::inference {

struct Prompt {
    std::vector<Segment> chain;  ///< In nominal tokens, of kBytesPerToken bytes.
    std::uint64_t bytes = 0;     ///< Of text; 0: none was read.
    std::string model;           ///< As it is named; empty: not read.
    std::uint64_t maxTokens = 0; ///< 0: not said.
    bool streams = false;
    std::string session;         ///< x-session-token of the request: base64 of a pod's "namespace/name".
    void clear();
};

/// Reads the body of an OpenAI-style request (chat, completions, responses). The chain is that of its turns; model, tools and instructions
/// decide about all of it. False: it is no such body, and `prompt` says only how long it is.
bool readPrompt(const base::Buffer& body, Prompt& prompt);

}  // namespace gatehouse::inference
