#include "requests/stream_parts.h"

#include "requests/message_model.h"

#include <algorithm>

namespace gatehouse::ui {

bool isStream(const llm::CapturedMessage& message) {
    const auto type = contentTypeOf(message.head);
    return type.find("event-stream") != std::string::npos || type.find("eventstream") != std::string::npos || type.find("ndjson") != std::string::npos ||
           type.find("stream+json") != std::string::npos;
}

std::unique_ptr<llm::StreamGrammar> streamGrammarOf(const llm::CapturedMessage& message, const std::string& dialect) {
    const auto* known = llm::findDialect(dialect);
    const auto type = contentTypeOf(message.head);
    auto grammar = std::make_unique<llm::StreamGrammar>(known, llm::StreamGrammar::framingOf(type, known));
    std::size_t at = 0;
    for (const auto& chunk : message.chunks) {
        const auto end = std::min<std::size_t>(chunk.end, message.body.size());
        grammar->feed(std::string_view(message.body).substr(at, end - at), chunk.micros);
        at = end;
    }
    if (at < message.body.size()) grammar->feed(std::string_view(message.body).substr(at), message.chunks.empty() ? 0 : message.chunks.back().micros);
    grammar->finish();
    return grammar;
}

}  // namespace gatehouse::ui
