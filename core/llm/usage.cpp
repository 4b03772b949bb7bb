#include "llm/usage.h"

#include "text/json_body.h"

#include <algorithm>
#include <optional>

namespace gatehouse::llm {

namespace {

namespace json = text::json;

struct UsageEvent {
    Usage usage;
    bool emptyChoices = false;
};

Result<void> readCount(json::Value& value, std::uint64_t& out) {
    if (value.kind() != json::Kind::Number) return {};
    if (auto number = value.unsignedInteger()) out = *number;
    return {};
}

Result<void> readUsageObject(json::Value& value, Usage& usage) {
    if (value.kind() != json::Kind::Object) return {};
    usage.known = true;
    auto read = value.eachMember([&](std::string_view key, json::Value& field) -> Result<void> {
        if (key == "prompt_tokens" || key == "input_tokens") return readCount(field, usage.inputTokens);
        if (key == "completion_tokens" || key == "output_tokens") return readCount(field, usage.outputTokens);
        if ((key == "prompt_tokens_details" || key == "input_tokens_details") &&
            field.kind() == json::Kind::Object) {
            auto details = field.eachMember([&](std::string_view name, json::Value& detail) -> Result<void> {
                return name == "cached_tokens" ? readCount(detail, usage.cachedTokens) : Result<void>{};
            });
            if (!details) return tl::unexpected(details.error());
        }
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

Usage readUsage(std::string_view text) {
    if (text.find("\"usage\"") == std::string_view::npos) return {};
    const auto event = parse(text);
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
        if (data_ == "[DONE]") {
            done_ = true;
        } else if (!tooLarge_ && data_.find("\"usage\"") != std::string::npos) {
            const auto event = parse(data_);
            if (event && event->usage.known) {
                usage_ = event->usage;
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
        const std::size_t stop = std::min(chunk.find_first_of("\r\n", at), chunk.size());
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
