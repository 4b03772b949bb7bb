// A small body of every API that clients speak here, with places for texts: to try guards on, and to find out what they look at.
// Thread: constants and pure functions.
#pragma once

#include "llm/plan.h"
#include "llm/stream_guard.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::llm {

/// In the templates "{text}" is a user's or the answer's words; in `full` and `events` "{system}", "{input}" and "{output}" too: a system
/// prompt, what a tool is called with, what it answered. Null: there is none, or it holds no text.
struct SampleBody {
    std::string_view path;      ///< "/v1/chat/completions"
    const char* dialect;        ///< Null: the body passes as it is.
    const char* request;        ///< One message, written to be read.
    const char* full;           ///< All kinds of texts that the API knows.
    const char* answer;
    const char* fullAnswer;
    const char* events;         ///< Of a streamed answer; events are separated by '|'.
    StreamGuard::Framing framing = StreamGuard::Framing::Sse;
    const char* note = nullptr;  ///< Why a direction has no text that could be looked at; null: nothing to say.
};
std::span<const SampleBody> sampleBodies();
const SampleBody* sampleOf(std::string_view dialect);

/// Texts for the places; JSON escapes are made here.
struct SampleTexts {
    std::string text, system, input, output;
};
std::string filled(std::string_view pattern, const SampleTexts& texts);
/// The stream of `events`, in its framing.
std::string filledStream(const SampleBody& sample, const SampleTexts& texts);

}  // namespace gatehouse::llm
