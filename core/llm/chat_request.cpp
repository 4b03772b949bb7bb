// readChat and prepareChat (plan.h): one walk over the body notes values and spans, then the edits go in as splices.
#include "llm/guard.h"
#include "llm/plan.h"
#include "text/json_body.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace gatehouse::llm {

namespace {

namespace json = text::json;
using json::Kind;
using json::Span;

/// Members of a message that carry no text for the model. All other strings in it are guarded, also those of fields that are
/// not invented yet: a guard must not have a hole for each new part type.
constexpr std::string_view kNoText[] = {"role", "type", "id", "tool_call_id", "url", "data", "format", "detail",
                                        "file_id", "file_data", "image_url"};

bool carriesText(std::string_view key) {
    if (key == "content") return true;
    return std::find(std::begin(kNoText), std::end(kNoText), key) == std::end(kNoText);
}

/// A text of the prompt, between its quotes.
struct TextSpan {
    Span raw;
    std::size_t message = 0;
};

/// What one walk found.
struct Found {
    ChatRequestInfo info;
    Span object;
    bool emptyObject = true;
    std::optional<Span> model;             ///< With its quotes.
    std::optional<Span> messages;          ///< With its brackets.
    std::optional<Span> streamOptions;     ///< The whole value.
    bool streamOptionsObject = false;
    bool streamOptionsEmpty = true;
    std::optional<Span> includeUsage;
    std::vector<TextSpan> texts;
};

Result<void> named(tl::unexpected<Error> error, std::string_view field) {
    Error& inner = error.value();
    if (inner.code == "invalid-field" && !inner.message.ends_with('.'))
        inner.message = fmt::format("The field \"{}\" {}.", field, inner.message);
    return error;
}

template <class T>
Result<void> named(const Result<T>& result, std::string_view field) {
    if (result) return {};
    return named(tl::unexpected(result.error()), field);
}

class Walk {
  public:
    /// `keepsTexts`: where the texts stand is asked for, too.
    Walk(const base::Buffer& body, Found& found, bool keepsTexts) : body_(body), found_(found), keepsTexts_(keepsTexts) {}

    Result<void> member(std::string_view key, json::Value& value) {
        found_.emptyObject = false;
        switch (key.size()) {
            case 5:
                if (key == "model") return model(value);
                return key == "input" ? texts(value, 0) : Result<void>();
            case 6:
                if (key == "stream") return flag(value, key, found_.info.stream);
                return key == "prompt" || key == "suffix" ? texts(value, 0) : Result<void>();
            case 8: return key == "messages" ? messages(value) : Result<void>();
            case 10:
                if (key == "max_tokens") return maxTokens(key, value);
                return key == "prediction" ? texts(value, 0) : Result<void>();
            case 12: return key == "instructions" ? texts(value, 0) : Result<void>();
            case 14: return key == "stream_options" ? streamOptions(value) : Result<void>();
            case 21: return key == "max_completion_tokens" ? maxTokens(key, value) : Result<void>();
            default: return {};
        }
    }

  private:
    Result<void> model(json::Value& value) {
        auto span = value.string();
        if (!span) return named(span, "model");
        found_.model = Span{span->begin - 1, span->end + 1};
        auto text = json::decode(body_.view().substr(span->begin, span->size()), scratch_);
        if (!text) return tl::unexpected(text.error());
        found_.info.model = *text;
        found_.info.namesModel = true;
        return {};
    }

    Result<void> flag(json::Value& value, std::string_view name, bool& out) {
        if (value.kind() == Kind::Null) return {};
        auto read = value.boolean();
        if (read) out = *read;
        return named(read, name);
    }

    Result<void> maxTokens(std::string_view key, json::Value& value) {
        if (value.kind() == Kind::Null) return {};
        auto read = value.unsignedInteger();
        if (!read) return named(read, key);
        // max_completion_tokens is the newer name and wins where both are given.
        if (key == "max_completion_tokens" || found_.info.maxTokens == 0) found_.info.maxTokens = *read;
        return {};
    }

    Result<void> streamOptions(json::Value& value) {
        if (value.kind() == Kind::Null) {
            auto span = value.skip();
            if (span) found_.streamOptions = *span;
            return named(span, "stream_options");
        }
        auto span = value.eachMember([&](std::string_view key, json::Value& option) -> Result<void> {
            found_.streamOptionsEmpty = false;
            if (key != "include_usage") return {};
            const Kind kind = option.kind();
            if (kind != Kind::Boolean && kind != Kind::Null)
                return fail("invalid-field", "The field \"stream_options.include_usage\" must be true or false.");
            auto token = option.skip();
            if (!token) return tl::unexpected(token.error());
            found_.includeUsage = *token;
            found_.info.includeUsage = body_.view().substr(token->begin, token->size()) == "true";
            return {};
        });
        if (!span) return named(span, "stream_options");
        found_.streamOptions = *span;
        found_.streamOptionsObject = true;
        return {};
    }

    Result<void> messages(json::Value& value) {
        auto span = value.eachItem([&](json::Value& message) -> Result<void> {
            const std::size_t index = found_.info.messages++;
            auto read = message.eachMember([&](std::string_view key, json::Value& field) -> Result<void> {
                if (key == "content" && field.kind() != Kind::String && field.kind() != Kind::Array &&
                    field.kind() != Kind::Null)
                    return fail("invalid-field", fmt::format("The field \"messages[{}].content\" must be a string or "
                                                             "a list of parts.", index));
                if (!carriesText(key)) return {};
                return texts(field, index);
            });
            if (read) return {};
            return named(read, fmt::format("messages[{}]", index));
        });
        if (!span) return named(span, "messages");
        found_.messages = *span;
        return {};
    }

    /// Every string below `value` that may reach the model as text.
    Result<void> texts(json::Value& value, std::size_t message) {
        switch (value.kind()) {
            case Kind::String: {
                auto span = value.string();
                if (!span) return tl::unexpected(span.error());
                const auto raw = body_.view().substr(span->begin, span->size());
                auto text = json::decode(raw, scratch_);
                if (!text) return tl::unexpected(text.error());
                found_.info.promptBytes += text->size();
                if (keepsTexts_ && !raw.empty()) found_.texts.push_back({*span, message});
                return {};
            }
            case Kind::Array: {
                auto read = value.eachItem([&](json::Value& item) { return texts(item, message); });
                if (!read) return tl::unexpected(read.error());
                return {};
            }
            case Kind::Object: {
                auto read = value.eachMember([&](std::string_view key, json::Value& field) -> Result<void> {
                    if (!carriesText(key)) return {};
                    return texts(field, message);
                });
                if (!read) return tl::unexpected(read.error());
                return {};
            }
            default: return {};
        }
    }

    const base::Buffer& body_;
    Found& found_;
    bool keepsTexts_;
    std::string scratch_;
};

/// What readChat() found stands until another body is read: between the policies and the provider nothing of it has changed as a rule.
struct LastFound {
    std::uint64_t version = 0;
    Found found;
};

Result<Found> read(const base::Buffer& body, bool keepsTexts) {
    static thread_local LastFound last;
    if (!keepsTexts && last.version != 0 && last.version == body.version()) return last.found;
    Found found;
    Walk walk(body, found, keepsTexts);
    auto span = json::readObject(body, [&](std::string_view key, json::Value& value) { return walk.member(key, value); });
    if (!span) return tl::unexpected(span.error());
    found.object = *span;
    if (!keepsTexts) last = {body.version(), found};
    return found;
}

/// Finds, and masks unless the guard rejects. The tags hold no byte that JSON would escape but what an operator's name may.
GuardVerdict guard(const base::Buffer& body, const Found& found, const RegexGuard& guard, json::Splices& splices) {
    GuardVerdict verdict;
    std::string scratch;
    const bool rejects = guard.action() == RegexGuard::Action::Reject;
    for (const TextSpan& text : found.texts) {
        const auto raw = body.view().substr(text.raw.begin, text.raw.size());
        const auto decoded = json::decode(raw, scratch);
        if (!decoded) continue;  // The walk refused such a body already.
        auto hits = guard.find(*decoded);
        if (hits.empty()) continue;
        std::vector<Span> spans;
        for (GuardHit& hit : hits) {
            hit.messageIndex = text.message;
            spans.push_back({hit.begin, hit.end});
        }
        if (rejects) {
            verdict.rejected = true;
        } else {
            verdict.masked = true;
            const auto places = json::rawSpans(raw, spans);
            for (std::size_t i = 0; i < hits.size(); ++i)
                splices.replace({text.raw.begin + places[i].begin, text.raw.begin + places[i].end},
                                json::encode(hits[i].replacement));
        }
        std::move(hits.begin(), hits.end(), std::back_inserter(verdict.hits));
    }
    return verdict;
}

std::string written(const std::vector<Message>& messages) {
    std::string out;
    for (const Message& message : messages) {
        std::string role = message.role;
        std::transform(role.begin(), role.end(), role.begin(),
                       [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        out += fmt::format("{}{{\"role\":\"{}\",\"content\":\"{}\"}}", out.empty() ? "" : ",", json::encode(role),
                           json::encode(message.content));
    }
    return out;
}

void enrich(const Found& found, const Enrichment& enrichment, json::Splices& splices) {
    std::string before = written(enrichment.prepend), after = written(enrichment.append);
    const bool empty = found.info.messages == 0;
    if (!before.empty() && (!empty || !after.empty())) before += ',';
    if (!after.empty() && !empty) after.insert(after.begin(), ',');
    if (!before.empty()) splices.insert(found.messages->begin + 1, std::move(before));
    if (!after.empty()) splices.insert(found.messages->end - 1, std::move(after));
}

/// A new first member of the body. Not last: what is appended there might be cut off by a reader that stops early.
void addMember(Found& found, std::string member, json::Splices& splices) {
    if (!found.emptyObject) member += ',';
    splices.insert(found.object.begin + 1, std::move(member));
    found.emptyObject = false;
}

void askForUsage(Found& found, json::Splices& splices) {
    if (found.includeUsage) {
        splices.replace(*found.includeUsage, "true");
    } else if (found.streamOptionsObject) {
        splices.insert(found.streamOptions->begin + 1,
                       found.streamOptionsEmpty ? "\"include_usage\":true" : "\"include_usage\":true,");
    } else if (found.streamOptions) {
        splices.replace(*found.streamOptions, "{\"include_usage\":true}");
    } else {
        addMember(found, "\"stream_options\":{\"include_usage\":true}", splices);
    }
}

}  // namespace

Result<ChatRequestInfo> readChat(const base::Buffer& body) {
    auto found = read(body, false);
    if (!found) return tl::unexpected(found.error());
    return std::move(found->info);
}

Result<PreparedChat> prepareChat(base::Buffer& body, const LlmPolicy* policy, const Provider* provider,
                                 bool injectUsage) {
    auto found = read(body, policy && policy->requestGuard);
    if (!found) return tl::unexpected(found.error());
    PreparedChat prepared;
    prepared.info = found->info;
    json::Splices splices;
    if (policy && policy->requestGuard) {
        prepared.guard = guard(body, *found, *policy->requestGuard, splices);
        if (prepared.guard.rejected) return prepared;
    }
    if (policy && !policy->enrichment.empty() && found->messages) {
        enrich(*found, policy->enrichment, splices);
        prepared.enriched = true;
    }
    if (provider && !provider->modelOverride.empty() && provider->modelOverride != found->info.model) {
        const std::string model = fmt::format("\"{}\"", json::encode(provider->modelOverride));
        if (found->model) {
            splices.replace(*found->model, model);
        } else {
            addMember(*found, "\"model\":" + model, splices);
        }
        prepared.info.model = provider->modelOverride;
    }
    if (injectUsage && found->info.stream && !found->info.includeUsage) {
        askForUsage(*found, splices);
        prepared.usageInjected = true;
    }
    splices.apply(body);
    return prepared;
}

}  // namespace gatehouse::llm
