#include "inference/prompt.h"

#include "text/json_body.h"

#include <algorithm>
#include <optional>

namespace gatehouse::inference {

void Prompt::clear() {
    chain.clear();
    bytes = maxTokens = 0;
    model.clear();
    session.clear();
    streams = false;
}

bool readPrompt(const base::Buffer& body, Prompt& prompt) {
    namespace json = text::json;
    prompt.clear();
    const std::string_view text = body.view();
    std::optional<json::Span> tools, system, turns;
    const auto note = [](std::optional<json::Span>& place, json::Value& value) -> Result<void> {
        const auto span = value.skip();
        if (!span) return tl::unexpected(span.error());
        place = *span;
        return {};
    };
    const auto read = json::readObject(body, [&](std::string_view key, json::Value& value) -> Result<void> {
        if (key == "tools") return note(tools, value);
        if (key == "system" || key == "instructions") return note(system, value);
        if (key == "messages" || key == "prompt" || key == "input") return note(turns, value);
        if (key == "model" && value.kind() == json::Kind::String) {
            const auto span = value.string();
            if (span) prompt.model = text.substr(span->begin, span->size());
        } else if (key == "stream" && value.kind() == json::Kind::Boolean) {
            prompt.streams = value.boolean().value_or(false);
        } else if ((key == "max_tokens" || key == "max_completion_tokens" || key == "max_output_tokens") && value.kind() == json::Kind::Number) {
            prompt.maxTokens = value.unsignedInteger().value_or(0);
        }
        return {};
    });
    if (!read || !turns) {
        prompt.bytes = text.size();
        return false;
    }
    // What comes before the first turn in an engine's template decides about all blocks behind it.
    const auto bytesOf = [&](const std::optional<json::Span>& span) { return span ? text.substr(span->begin, span->size()) : std::string_view{}; };
    const std::uint64_t seed = hashText(bytesOf(system), hashText(bytesOf(tools), hashText(prompt.model, 1)));
    std::string_view spoken = bytesOf(turns);
    // The brackets or quotes around it differ as soon as another turn follows.
    if (spoken.size() >= 2) spoken = spoken.substr(1, spoken.size() - 2);
    cutText(spoken, seed, prompt.chain);
    prompt.bytes = bytesOf(tools).size() + bytesOf(system).size() + spoken.size();
    return true;
}

}  // namespace gatehouse::inference
