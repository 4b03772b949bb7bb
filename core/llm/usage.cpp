#include "llm/usage.h"

#include "text/find.h"
#include "text/json_body.h"

#include <algorithm>
#include <optional>

namespace gatehouse::llm {

namespace {

namespace json = text::json;

struct UsageEvent {
    Usage usage;
    AnswerFacts facts;
    bool emptyChoices = false;
};

Result<void> readCount(json::Value& value, std::uint64_t& out) {
    if (value.kind() != json::Kind::Number) return {};
    if (auto number = value.unsignedInteger()) out = *number;
    return {};
}

Result<void> readText(json::Value& value, std::string_view body, std::string& out) {
    if (value.kind() != json::Kind::String) return {};
    auto span = value.string();
    if (!span) return tl::unexpected(span.error());
    std::string scratch;
    if (auto text = json::decode(body.substr(span->begin, span->size()), scratch)) out = *text;
    return {};
}

Result<void> readUsageObject(json::Value& value, Usage& usage) {
    if (value.kind() != json::Kind::Object) return {};
    usage.known = true;
    auto read = value.eachMember([&](std::string_view key, json::Value& field) -> Result<void> {
        if (key == "prompt_tokens" || key == "input_tokens") return readCount(field, usage.inputTokens);
        if (key == "completion_tokens" || key == "output_tokens") return readCount(field, usage.outputTokens);
        if (key == "prompt_cache_hit_tokens") return readCount(field, usage.cachedTokens);  // DeepSeek
        const bool input = key == "prompt_tokens_details" || key == "input_tokens_details";
        const bool output = key == "completion_tokens_details" || key == "output_tokens_details";
        if ((!input && !output) || field.kind() != json::Kind::Object) return {};
        auto details = field.eachMember([&](std::string_view name, json::Value& detail) -> Result<void> {
            if (name == "audio_tokens") return readCount(detail, input ? usage.audioInputTokens : usage.audioOutputTokens);
            if (input && name == "cached_tokens") return readCount(detail, usage.cachedTokens);
            if (input && name == "cache_write_tokens") return readCount(detail, usage.cacheWriteTokens);
            if (output && name == "reasoning_tokens") return readCount(detail, usage.reasoningTokens);
            return {};
        });
        if (!details) return tl::unexpected(details.error());
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    return {};
}

/// Nothing where the text is no JSON object: an answer is not ours to judge.
std::optional<UsageEvent> parse(std::string_view text) {
    static thread_local base::Buffer padded;
    padded.assign(text);
    UsageEvent event;
    auto read = json::readObject(padded, [&](std::string_view key, json::Value& value) -> Result<void> {
        if (key == "usage") return readUsageObject(value, event.usage);
        if (key == "model") return readText(value, text, event.facts.model);
        if (key == "id") return readText(value, text, event.facts.id);
        if (key == "service_tier") return readText(value, text, event.facts.serviceTier);
        if (key == "choices" && value.kind() == json::Kind::Array) {
            bool any = false;
            auto items = value.eachItem([&](json::Value&) -> Result<void> {
                any = true;
                return {};
            });
            if (!items) return tl::unexpected(items.error());
            event.emptyChoices = !any;
        }
        return {};
    });
    // One huge answer must not pin its copy on the worker.
    if (padded.paddedCapacity() > (1 << 20)) padded = base::Buffer();
    if (!read) return std::nullopt;
    return event;
}

}  // namespace

namespace {

/// "finish_reason" with a string after it; a reason inside a text would be escaped.
bool namesFinish(std::string_view data) {
    constexpr std::string_view kKey = "\"finish_reason\"";
    for (auto at = text::findPart(data, kKey); at != std::string_view::npos; at = text::findPart(data, kKey, at)) {
        at = data.find_first_not_of(" \t:", at + kKey.size());
        if (at != std::string_view::npos && data[at] == '"') return true;
    }
    return false;
}

}  // namespace

Usage readUsage(std::string_view text, AnswerFacts* facts) {
    auto event = parse(text);
    if (event && facts != nullptr) *facts = std::move(event->facts);
    return event ? event->usage : Usage{};
}

void StreamUsage::readLine() {
    constexpr std::string_view kData = "data:";
    std::string_view text = line_;
    if (!text.starts_with(kData)) return;
    text.remove_prefix(kData.size());
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (hasData_) data_ += '\n';
    hasData_ = true;
    data_ += text;
}

void StreamUsage::endEvent(std::string& out) {
    bool dropped = false;
    if (hasData_) {
        ++events_;
        if (!finished_) finished_ = namesFinish(data_);
        if (data_ == "[DONE]") {
            done_ = true;
        } else if (!tooLarge_ && text::findPart(data_, "\"usage\"") != std::string_view::npos) {
            auto event = parse(data_);
            if (event && event->usage.known) {
                usage_ = event->usage;
                facts_ = std::move(event->facts);
                dropped = drop_ && event->emptyChoices;
            }
        }
    }
    if (!dropped) out += held_;
    held_.clear();
    data_.clear();
    hasData_ = tooLarge_ = false;
}

void StreamUsage::endLine(std::string& out) {
    afterReturn_ = false;
    if (!lineHasBytes_) return endEvent(out);
    readLine();
    line_.clear();
    lineHasBytes_ = false;
}

void StreamUsage::feed(std::string_view chunk, std::string& out) {
    if (!drop_) out += chunk;
    std::size_t at = 0;
    while (at < chunk.size()) {
        if (chunk[at] == '\r' || chunk[at] == '\n') {
            // CR, LF and CRLF each end a line (HTML standard, 9.2.5); a CR waits for the LF that may belong to it.
            const bool pair = afterReturn_ && chunk[at] == '\n';
            if (afterReturn_ && !pair) endLine(out);
            if (drop_) held_ += chunk[at];
            if (chunk[at] == '\r') {
                afterReturn_ = true;
            } else {
                endLine(out);
            }
            ++at;
            continue;
        }
        if (afterReturn_) endLine(out);
        const std::size_t stop = std::min(text::findLineEnd(chunk, at), chunk.size());
        const std::string_view text = chunk.substr(at, stop - at);
        at = stop;
        lineHasBytes_ = true;
        if (drop_) held_ += text;
        if (!tooLarge_) line_ += text;
        if (line_.size() + data_.size() > kMaxEvent) {
            tooLarge_ = hasData_ = true;
            line_.clear();
            data_.clear();
        }
        if (tooLarge_) {
            out += held_;
            held_.clear();
        }
    }
}

void StreamUsage::finish(std::string& out) {
    if (afterReturn_) endLine(out);
    // An unfinished last event: some servers leave out the blank line after the last one.
    if (lineHasBytes_) endLine(out);
    endEvent(out);
}

}  // namespace gatehouse::llm
