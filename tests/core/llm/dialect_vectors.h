// Cases of tests/vectors/llm/dialects/*.txt, and streams as text, for the tests of the dialects. A header of tests alone.
//
// == name
// from: openai-chat          to: ...            direction: request (default), response, stream, error
// model: what the path says  stream: yes (it asks for a stream)   usage: yes (the client asked for it)   status: of an error
// in:                        one JSON body, or one event a line for streams; continues on lines that begin with two spaces
// out:                       what is expected, in the same form; compared as JSON, without the order of keys and without "created"
// exact:                     (requests, answers) in place of out: the bytes
// loss: dropped PATH         one a line; exactly these, in any order; "losses: any" leaves them out
// fault: part of a sentence  one a line, exactly these
// twin:                      (streams) the buffered answer of the same dialect, which the stream must add up to
// cut: yes                   (streams) it has no end
// broken: yes                (streams) it ends, but too soon or twice: what every pair must do with it is not tested
// error: CODE part of the sentence
// Lines that begin with # are comments.
#pragma once

#include "llm/dialect/aws_events.h"
#include "llm/dialect/dialect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::llm::test {

struct Case {
    std::string file;
    int line = 0;
    std::string name;
    std::vector<std::pair<std::string, std::string>> fields;

    std::string field(std::string_view key) const {
        for (const auto& [name, value] : fields)
            if (name == key) return value;
        return {};
    }
    bool has(std::string_view key) const {
        return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.first == key; });
    }
    std::vector<std::string> all(std::string_view key) const {
        std::vector<std::string> values;
        for (const auto& [name, value] : fields)
            if (name == key) values.push_back(value);
        std::sort(values.begin(), values.end());
        return values;
    }
    std::string direction() const { return has("direction") ? field("direction") : "request"; }
    const Dialect* from() const { return findDialect(field("from")); }
    const Dialect* to() const { return findDialect(field("to")); }
};

inline std::vector<Case> dialectCases() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(GATEHOUSE_VECTORS "/llm/dialects"))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Case> cases;
    for (const auto& file : files) {
        std::ifstream in(file);
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            if (line.starts_with("== ")) {
                cases.push_back({file.filename().string(), number, line.substr(3), {}});
            } else if (line.starts_with("  ") && !cases.empty() && !cases.back().fields.empty()) {
                auto& value = cases.back().fields.back().second;
                value += (value.empty() ? "" : "\n") + line.substr(2);
            } else if (!line.empty() && line[0] != '#' && !cases.empty()) {
                const auto colon = line.find(':');
                const auto begin = line.find_first_not_of(' ', colon + 1);
                cases.back().fields.emplace_back(line.substr(0, colon), begin == std::string::npos ? "" : line.substr(begin));
            }
        }
    }
    return cases;
}

inline std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// How a dialect's streams are framed. A dialect with frames of its own adds them to encode() and decode().
/// AwsEvents: a line is {"contentBlockDelta": {...}}; names that end with Exception are exceptions.
enum class Framing { Sse, NamedSse, Lines, AwsEvents };
inline Framing framingOf(const Dialect& dialect) {
    const std::string_view name = dialect.name;
    if (name == "ollama-chat") return Framing::Lines;
    if (name == "bedrock-converse") return Framing::AwsEvents;
    return dialect.family == Family::Anthropic || dialect.family == Family::Cohere || dialect.family == Family::OpenAiResponses ? Framing::NamedSse : Framing::Sse;
}

/// Events, one a line, as the provider sends them. A line "name | data" sends other than its own type's name.
inline std::vector<std::string> encodeEvents(const Dialect& dialect, const std::string& events) {
    std::vector<std::string> frames;
    for (const auto& line : linesOf(events)) {
        if (framingOf(dialect) == Framing::Lines) {
            frames.push_back(line + "\n");
            continue;
        }
        if (framingOf(dialect) == Framing::AwsEvents) {
            const auto json = Json::parse(line, nullptr, false);
            EXPECT_TRUE(json.is_object() && json.size() == 1) << line;
            if (!json.is_object() || json.empty()) continue;
            const auto type = json.begin().key();
            std::string frame;
            writeAwsEvent(frame, type, json.begin().value().dump(), type.ends_with("Exception"));
            frames.push_back(std::move(frame));
            continue;
        }
        std::string name;
        auto data = line;
        if (const auto bar = line.find(" | "); bar != std::string::npos && line[0] != '{') {
            name = line.substr(0, bar);
            data = line.substr(bar + 3);
        } else if (framingOf(dialect) == Framing::NamedSse) {
            const auto json = Json::parse(line, nullptr, false);
            if (json.is_object()) name = json.value("type", "");
        }
        std::string frame;
        writeSse(frame, name, data);
        frames.push_back(std::move(frame));
    }
    return frames;
}

inline std::string encode(const Dialect& dialect, const std::string& events) {
    std::string bytes;
    for (const auto& frame : encodeEvents(dialect, events)) bytes += frame;
    return bytes;
}

/// A stream that we wrote -> its events, one a line. Names of events are held to their types.
inline std::string decode(const Dialect& dialect, const std::string& bytes) {
    if (framingOf(dialect) == Framing::Lines) return bytes;
    std::string lines;
    if (framingOf(dialect) == Framing::AwsEvents) {
        AwsEventParser parser([&](const AwsEvent& event) {
            EXPECT_EQ(event.contentType, "application/json");
            EXPECT_EQ(event.messageType, event.eventType.ends_with("Exception") ? "exception" : "event");
            lines.append("{\"").append(event.eventType).append("\":").append(event.payload).append("}\n");
        });
        parser.feed(bytes);
        EXPECT_EQ(parser.broken(), "");
        EXPECT_FALSE(parser.unfinished());
        return lines;
    }
    SseParser parser([&](std::string_view event, std::string_view data) {
        if (framingOf(dialect) == Framing::NamedSse) {
            const auto json = Json::parse(data, nullptr, false);
            EXPECT_TRUE(json.is_object() && json.value("type", "") == event) << event << ": " << data;
        } else {
            EXPECT_EQ(event, "");
        }
        lines.append(data).append("\n");
    });
    parser.feed(bytes);
    EXPECT_FALSE(parser.unfinished()) << bytes;
    return lines;
}

/// An id that a writer made of the time, where the provider told none.
inline void forgetMadeId(nlohmann::json& object) {
    if (!object.is_object() || !object.contains("id") || !object["id"].is_string()) return;
    const auto id = object["id"].get<std::string>();
    const auto digits = id.find_last_not_of("0123456789") + 1;
    if (digits > 0 && id.size() - digits == 10) object["id"] = id.substr(0, digits);
}

/// Without what depends on the time of day, and without the order of keys.
inline nlohmann::json comparable(const std::string& text) {
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return text;
    if (json.is_object()) {
        forgetMadeId(json);
        for (const auto* key : {"message", "response"})
            if (json.contains(key)) forgetMadeId(json[key]);
        for (const auto* key : {"created", "created_at"})
            if (json.contains(key)) json[key] = 0;
        if (json.contains("response") && json["response"].is_object() && json["response"].contains("created_at")) json["response"]["created_at"] = 0;
    }
    return json;
}

inline std::vector<nlohmann::json> comparableLines(const std::string& text) {
    std::vector<nlohmann::json> all;
    for (const auto& line : linesOf(text)) all.push_back(comparable(line));
    return all;
}

inline ChatAnswer accumulate(const Dialect& dialect, const std::string& bytes, bool* ended = nullptr) {
    const auto reader = dialect.streamReader();
    std::vector<StreamEvent> events;
    reader->feed(bytes, events);
    reader->finish(events);
    Accumulator accumulator;
    for (const auto& event : events) accumulator.add(event);
    if (ended != nullptr) *ended = accumulator.ended();
    return accumulator.take();
}

}  // namespace gatehouse::llm::test
