// The texts of a body, and guards over them.
#include "llm/policy.h"
#include "llm/text_masker.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::llm {
namespace {

namespace json = text::json;
using json::Kind;
using json::Span;

struct TopField {
    std::string_view name;
    TextScope scope;
    bool list;  ///< Of messages, each with a role.
};

/// All dialects together: OpenAI (chat, completions, responses, embeddings), Anthropic, Gemini, Bedrock, Cohere, Ollama.
constexpr TopField kRequest[] = {
    {"messages", TextScope::Messages, true},           {"contents", TextScope::Messages, true},
    {"input", TextScope::Messages, true},              {"chat_history", TextScope::Messages, true},
    {"system", TextScope::SystemPrompt, false},        {"systemInstruction", TextScope::SystemPrompt, false},
    {"system_instruction", TextScope::SystemPrompt, false}, {"instructions", TextScope::SystemPrompt, false},
    {"preamble", TextScope::SystemPrompt, false},      {"prompt", TextScope::Messages, false},
    {"suffix", TextScope::Messages, false},            {"prediction", TextScope::Messages, false},
    {"message", TextScope::Messages, false},           {"query", TextScope::Messages, false},
    {"documents", TextScope::ToolOutput, false},       {"texts", TextScope::Messages, false},
    {"inputs", TextScope::Messages, false},            {"content", TextScope::Messages, false},
    {"tool_results", TextScope::ToolOutput, false},    {"inputText", TextScope::Messages, false},
};
constexpr TopField kAnswer[] = {
    {"choices", TextScope::Messages, true},  {"output", TextScope::Messages, true},    {"candidates", TextScope::Messages, true},
    {"content", TextScope::Messages, true},  {"message", TextScope::Messages, false},  {"response", TextScope::Messages, false},
    {"text", TextScope::Messages, false},    {"results", TextScope::ToolOutput, true}, {"generations", TextScope::Messages, true},
    {"thinking", TextScope::Messages, false}, {"output_text", TextScope::Messages, false},
    // Of events of streams.
    {"item", TextScope::Messages, false},    {"part", TextScope::Messages, false},     {"content_block", TextScope::Messages, false},
    {"delta", TextScope::Messages, false},   {"arguments", TextScope::ToolInput, false}, {"refusal", TextScope::Messages, false},
    {"code", TextScope::ToolInput, false},   {"input", TextScope::ToolInput, false},   {"start", TextScope::Messages, false},
    {"annotation", TextScope::Messages, false},
};

/// Members that carry no text for the model or its reader. All other strings are guarded, also those of fields that are not invented
/// yet: a guard must not have a hole for each new part type.
constexpr std::string_view kNoText[] = {
    "role", "type", "id", "tool_call_id", "url", "data", "format", "detail", "file_id", "file_data", "image_url", "signature",
    "thoughtSignature", "thought_signature", "encrypted_content", "cache_control", "cachePoint", "mimeType", "mime_type", "media_type",
    "fileUri", "file_uri", "bytes", "call_id", "item_id", "toolUseId", "tool_use_id", "object", "finish_reason", "finishReason",
    "stop_reason", "stopReason", "status", "model", "model_version", "redactedContent"};
constexpr std::string_view kEchoes[] = {"logprobs", "logprobsResult", "top_logprobs"};
/// What a tool is called with or has answered, as an object: all in it counts.
constexpr std::string_view kPayloads[] = {"input", "args", "arguments", "response", "json", "parameters"};
constexpr std::string_view kToolInputs[] = {"tool_calls", "function_call", "functionCall", "executableCode", "toolUse", "arguments", "input",
                                            "tool_plan"};
constexpr std::string_view kToolOutputs[] = {"functionResponse", "codeExecutionResult", "toolResult", "output", "tool_results"};

template <std::size_t N>
bool holds(const std::string_view (&names)[N], std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class Walk {
  public:
    Walk(const base::Buffer& body, BodyTexts& out, bool answer) : body_(body), out_(out), answer_(answer) {}

    Result<void> member(std::string_view key, json::Value& value) {
        const TopField* row = answer_ ? find(kAnswer, key) : find(kRequest, key);
        if (row == nullptr) return answer_ && holds(kEchoes, key) ? echo(value) : Result<void>{};
        if (row->list && value.kind() == Kind::Array) return list(*row, value);
        const std::size_t first = out_.texts.size();
        auto read = any(value, {row->scope, false, 0});
        settle(first, answer_ ? "assistant" : row->scope == TextScope::SystemPrompt ? "system" : "user");
        return read;
    }

  private:
    struct At {
        TextScope scope;
        bool payload;   ///< Inside a tool's payload.
        int contents;   ///< How many fields named "content" it stands in.
    };

    template <std::size_t N>
    static const TopField* find(const TopField (&rows)[N], std::string_view key) {
        const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const TopField& each) { return each.name == key; });
        return row == std::end(rows) ? nullptr : &*row;
    }

    Result<void> list(const TopField& row, json::Value& value) {
        auto read = value.eachItem([&](json::Value& item) -> Result<void> {
            const std::size_t first = out_.texts.size();
            std::string role;
            auto walked = item.kind() == Kind::Object ? message(item, row.scope, role) : any(item, {row.scope, false, 0});
            settle(first, answer_ ? "assistant" : role);
            ++message_;
            return walked;
        });
        if (!read) return tl::unexpected(read.error());
        return {};
    }

    Result<void> message(json::Value& value, TextScope scope, std::string& role) {
        auto read = value.eachMember([&](std::string_view key, json::Value& field) -> Result<void> {
            if (key != "role" || field.kind() != Kind::String) return named(key, field, {scope, false, 0});
            auto span = field.string();
            if (!span) return tl::unexpected(span.error());
            role = body_.view().substr(span->begin, span->size());
            return {};
        });
        if (!read) return tl::unexpected(read.error());
        return {};
    }

    /// The role may stand behind the texts.
    void settle(std::size_t first, std::string_view role) {
        const bool system = role == "system" || role == "developer";
        const bool tool = role == "tool" || role == "function";
        const bool assistant = role == "assistant" || role == "model";
        for (std::size_t i = first; i < out_.texts.size(); ++i) {
            auto& text = out_.texts[i];
            if (text.scope == TextScope::Messages && system) text.scope = TextScope::SystemPrompt;
            if (text.scope == TextScope::Messages && tool) text.scope = TextScope::ToolOutput;
            text.role = text.scope == TextScope::ToolOutput ? "tool" : system ? "system" : tool ? "tool" : assistant ? "assistant" : "user";
        }
    }

    Result<void> echo(json::Value& value) {
        if (value.kind() == Kind::Null) return {};
        auto span = value.skip();
        if (!span) return tl::unexpected(span.error());
        out_.echoes.push_back(*span);
        return {};
    }

    Result<void> named(std::string_view key, json::Value& field, At at) {
        if (!at.payload) {
            // Nearly every text stands here; what is below are names of other things.
            if (key == "content") {
                // Blocks in a block are what a tool has answered.
                if (++at.contents > 1 && !answer_) at.scope = TextScope::ToolOutput;
                return any(field, at);
            }
            if (answer_ && holds(kEchoes, key)) return echo(field);
            if (holds(kNoText, key)) return {};
            if (holds(kToolInputs, key)) at.scope = TextScope::ToolInput;
            if (holds(kToolOutputs, key)) at.scope = TextScope::ToolOutput;
            at.payload = holds(kPayloads, key) && (field.kind() == Kind::Object || field.kind() == Kind::Array);
            return any(field, at);
        }
        std::size_t begin = 0;
        auto read = any(field, at, &begin);
        if (read && key.size() > 2) keyBefore(begin, at);
        return read;
    }

    void add(Span raw, BodyText::Form form, TextScope scope) { out_.texts.push_back({raw, form, scope, message_, {}}); }

    /// The name that stands before a value: no quote inside it is without a backslash.
    void keyBefore(std::size_t value, const At& at) {
        const auto body = body_.view();
        const std::size_t close = value == 0 ? std::string_view::npos : body.rfind('"', value - 1);
        if (close == std::string_view::npos || close == 0) return;
        std::size_t open = close;
        while (open > 0) {
            open = body.rfind('"', open - 1);
            if (open == std::string_view::npos) return;
            std::size_t slashes = 0;
            while (slashes < open && body[open - 1 - slashes] == '\\') ++slashes;
            if (slashes % 2 == 0) break;
        }
        add({open + 1, close}, BodyText::Form::Key, at.scope);
    }

    Result<void> any(json::Value& value, At at, std::size_t* begin = nullptr) {
        Result<Span> span;
        std::size_t quote = 0;
        switch (value.kind()) {
            case Kind::String:
                span = value.string();
                quote = 1;
                if (span && span->size() > 0) add(*span, BodyText::Form::String, at.scope);
                break;
            case Kind::Array: span = value.eachItem([&](json::Value& item) { return any(item, at); }); break;
            case Kind::Object:
                span = value.eachMember([&](std::string_view key, json::Value& field) { return named(key, field, at); });
                break;
            default:
                span = value.skip();
                if (span && at.payload && value.kind() == Kind::Number) add(*span, BodyText::Form::Number, at.scope);
        }
        if (!span) return tl::unexpected(span.error());
        if (begin != nullptr) *begin = span->begin - quote;
        return {};
    }

    const base::Buffer& body_;
    BodyTexts& out_;
    bool answer_;
    std::size_t message_ = 0;
};

Result<BodyTexts> read(const base::Buffer& body, bool answer) {
    BodyTexts out;
    Walk walk(body, out, answer);
    auto span = json::readObject(body, [&](std::string_view key, json::Value& value) { return walk.member(key, value); });
    if (!span) return tl::unexpected(span.error());
    return out;
}

bool isJsonText(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

bool ofTools(TextScope scope) { return scope == TextScope::ToolInput || scope == TextScope::ToolOutput; }

}  // namespace

std::string_view scopeName(TextScope scope) {
    switch (scope) {
        case TextScope::SystemPrompt: return "SystemPrompt";
        case TextScope::Messages: return "Messages";
        case TextScope::ToolInput: return "ToolInput";
        default: return "ToolOutput";
    }
}

Result<BodyTexts> requestTexts(const base::Buffer& body) { return read(body, false); }
Result<BodyTexts> answerTexts(const base::Buffer& body) { return read(body, true); }

GuardVerdict guardTexts(base::Buffer& body, const BodyTexts& texts, const RegexGuard& guard) {
    GuardVerdict verdict;
    json::Splices splices;
    std::string scratch;
    const bool rejects = guard.action() == RegexGuard::Action::Reject;
    for (const BodyText& text : texts.texts) {
        const auto raw = body.view().substr(text.raw.begin, text.raw.size());
        const auto decoded = json::decode(raw, scratch);
        if (!decoded) continue;  // The walk refused such a body already.
        std::vector<GuardHit> hits;
        std::string replaced;
        bool whole = true;
        if (text.form == BodyText::Form::String && ofTools(text.scope) && isJsonText(*decoded)) {
            DeepMasker masker(guard, true);
            masker.push(*decoded, replaced);
            masker.flush(replaced);
            hits = masker.hits();
            replaced = json::encode(replaced);
        } else {
            hits = guard.find(*decoded);
            if (text.form == BodyText::Form::String) whole = false;
            else if (!hits.empty()) replaced = json::encode(guard.mask(*decoded, hits));
            if (text.form == BodyText::Form::Number) replaced = '"' + replaced + '"';
        }
        if (hits.empty()) continue;
        std::vector<Span> spans;
        for (GuardHit& hit : hits) {
            hit.messageIndex = text.message;
            hit.scope = text.scope;
            spans.push_back({hit.begin, hit.end});
        }
        if (rejects) {
            verdict.rejected = true;
        } else if (whole) {
            verdict.masked = true;
            splices.replace(text.raw, std::move(replaced));
        } else {
            verdict.masked = true;
            const auto places = json::rawSpans(raw, spans);
            for (std::size_t i = 0; i < hits.size(); ++i)
                splices.replace({text.raw.begin + places[i].begin, text.raw.begin + places[i].end}, json::encode(hits[i].replacement));
        }
        std::move(hits.begin(), hits.end(), std::back_inserter(verdict.hits));
    }
    if (verdict.masked)
        for (const Span& echo : texts.echoes) splices.replace(echo, "null");
    splices.apply(body);
    return verdict;
}

std::vector<std::string> readTexts(const base::Buffer& body, const BodyTexts& texts) {
    std::vector<std::string> out;
    std::string scratch;
    for (const BodyText& text : texts.texts) {
        if (text.form != BodyText::Form::String) continue;
        const auto decoded = json::decode(body.view().substr(text.raw.begin, text.raw.size()), scratch);
        out.emplace_back(decoded ? *decoded : std::string_view{});
    }
    return out;
}

void replaceTexts(base::Buffer& body, const BodyTexts& texts, const std::vector<std::string>& with) {
    const auto now = readTexts(body, texts);
    json::Splices splices;
    std::size_t at = 0;
    for (const BodyText& text : texts.texts) {
        if (text.form != BodyText::Form::String) continue;
        if (at < with.size() && with[at] != now[at]) splices.replace(text.raw, json::encode(with[at]));
        ++at;
    }
    if (!splices.empty())
        for (const Span& echo : texts.echoes) splices.replace(echo, "null");
    splices.apply(body);
}

}  // namespace gatehouse::llm
