// Fields to fill in and messages to add, by splices into the client's body.
#include "llm/policy.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>

namespace gatehouse::llm {
namespace {

namespace json = text::json;
using json::Kind;
using json::Span;

std::string quoted(std::string_view text) { return '"' + json::encode(text) + '"'; }

/// The defaults of one object: a value each, or the defaults of the object inside.
struct Tree {
    struct Field;
    struct Member;
    std::vector<Member> fields;

    Field& at(std::string_view name);
};
struct Tree::Field {
    std::optional<std::string> value;
    bool overrides = false;
    std::vector<Tree> inside;  ///< None or one.
};
struct Tree::Member {
    std::string first;
    Field second;
};

Tree::Field& Tree::at(std::string_view name) {
    for (auto& [known, field] : fields)
        if (known == name) return field;
    fields.push_back({std::string(name), {}});
    return fields.back().second;
}

void grow(Tree& tree, std::string_view path, const DefaultField& field) {
    const auto dot = path.find('.');
    auto& slot = tree.at(path.substr(0, dot));
    if (dot == std::string_view::npos) {
        if (slot.value && slot.overrides && !field.overrides) return;
        slot.value = field.json;
        slot.overrides = field.overrides;
        return;
    }
    if (slot.inside.empty()) slot.inside.emplace_back();
    grow(slot.inside.front(), path.substr(dot + 1), field);
}

std::string written(const Tree& tree, std::size_t& count);

std::string written(const Tree::Field& field, std::size_t& count) {
    if (field.inside.empty()) {
        ++count;
        return field.value.value_or("null");
    }
    return '{' + written(field.inside.front(), count) + '}';
}

std::string written(const Tree& tree, std::size_t& count) {
    std::string out;
    for (const auto& [name, field] : tree.fields) out += fmt::format("{}{}:{}", out.empty() ? "" : ",", quoted(name), written(field, count));
    return out;
}

/// Only what overrides; nothing where that is nothing.
Tree overriding(const Tree& tree) {
    Tree out;
    for (const auto& [name, field] : tree.fields) {
        Tree::Field kept;
        if (field.inside.empty() && !field.overrides) continue;
        if (field.inside.empty()) kept = field;
        else if (auto inside = overriding(field.inside.front()); !inside.fields.empty()) kept.inside.push_back(std::move(inside));
        else continue;
        out.fields.push_back({name, std::move(kept)});
    }
    return out;
}

class Filler {
  public:
    explicit Filler(json::Splices& splices) : splices_(splices) {}
    std::size_t count = 0;

    Result<void> member(const Tree& tree, std::vector<bool>& seen, bool& empty, std::string_view key, json::Value& value) {
        empty = false;
        for (std::size_t i = 0; i < tree.fields.size(); ++i) {
            if (tree.fields[i].first != key) continue;
            seen[i] = true;
            return fill(tree.fields[i].second, value);
        }
        return {};
    }

    /// What the object did not hold.
    void add(const Tree& tree, const std::vector<bool>& seen, bool empty, Span object) {
        Tree missing;
        for (std::size_t i = 0; i < tree.fields.size(); ++i)
            if (!seen[i]) missing.fields.push_back(tree.fields[i]);
        if (missing.fields.empty()) return;
        splices_.insert(object.begin + 1, written(missing, count) + (empty ? "" : ","));
    }

  private:
    Result<void> fill(const Tree::Field& field, json::Value& value) {
        const Kind kind = value.kind();
        if (!field.inside.empty() && kind == Kind::Object) {
            const Tree& tree = field.inside.front();
            std::vector<bool> seen(tree.fields.size());
            bool empty = true;
            auto span = value.eachMember([&](std::string_view key, json::Value& inner) { return member(tree, seen, empty, key, inner); });
            if (!span) return tl::unexpected(span.error());
            add(tree, seen, empty, *span);
            return {};
        }
        auto span = value.skip();
        if (!span) return tl::unexpected(span.error());
        if (kind == Kind::Null || (field.inside.empty() && field.overrides)) {
            splices_.replace(*span, written(field, count));
        } else if (!field.inside.empty()) {
            // A scalar where an object belongs: only what overrides takes its place.
            if (const Tree forced = overriding(field.inside.front()); !forced.fields.empty())
                splices_.replace(*span, '{' + written(forced, count) + '}');
        }
        return {};
    }

    json::Splices& splices_;
};

/// Top-level members, for enrichment.
struct Place {
    Span span;
    Kind kind = Kind::Null;
    bool empty = true;      ///< A list or object without anything in it.
};
struct Places {
    Span object;
    bool emptyObject = true;
    std::map<std::string, Place, std::less<>> at;
    std::optional<Span> systemParts;   ///< Gemini: systemInstruction.parts
    bool systemPartsEmpty = true;
    const Place* find(std::string_view name) const {
        const auto found = at.find(name);
        return found == at.end() || found->second.kind == Kind::Null ? nullptr : &found->second;
    }
};

Result<Places> placesOf(const base::Buffer& body) {
    Places out;
    auto object = json::readObject(body, [&](std::string_view key, json::Value& value) -> Result<void> {
        out.emptyObject = false;
        Place place;
        place.kind = value.kind();
        const std::string name(key);
        Result<Span> span;
        if (place.kind == Kind::Array) {
            span = value.eachItem([&](json::Value&) -> Result<void> {
                place.empty = false;
                return {};
            });
        } else if (place.kind == Kind::Object) {
            span = value.eachMember([&](std::string_view inner, json::Value& field) -> Result<void> {
                place.empty = false;
                if (inner != "parts" || field.kind() != Kind::Array || !name.starts_with("system")) return {};
                auto parts = field.eachItem([&](json::Value&) -> Result<void> {
                    out.systemPartsEmpty = false;
                    return {};
                });
                if (!parts) return tl::unexpected(parts.error());
                out.systemParts = *parts;
                return {};
            });
        } else {
            span = value.skip();
        }
        if (!span) return tl::unexpected(span.error());
        place.span = *span;
        out.at.emplace(name, place);
        return {};
    });
    if (!object) return tl::unexpected(object.error());
    out.object = *object;
    return out;
}

bool isSystem(const Message& message) { return message.role == "system" || message.role == "developer"; }

std::string lower(std::string role) {
    std::transform(role.begin(), role.end(), role.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return role;
}

using Shape = std::string (*)(const Message&);
std::string openAiShape(const Message& m) { return fmt::format("{{\"role\":{},\"content\":{}}}", quoted(m.role), quoted(m.content)); }
std::string geminiShape(const Message& m) {
    return fmt::format("{{\"role\":\"{}\",\"parts\":[{{\"text\":{}}}]}}", m.role == "assistant" || m.role == "model" ? "model" : "user", quoted(m.content));
}
std::string bedrockShape(const Message& m) {
    return fmt::format("{{\"role\":\"{}\",\"content\":[{{\"text\":{}}}]}}", m.role == "assistant" ? "assistant" : "user", quoted(m.content));
}
std::string anthropicShape(const Message& m) {
    return fmt::format("{{\"role\":\"{}\",\"content\":{}}}", m.role == "assistant" ? "assistant" : "user", quoted(m.content));
}
std::string textPart(const Message& m) { return fmt::format("{{\"text\":{}}}", quoted(m.content)); }
std::string typedPart(const Message& m) { return fmt::format("{{\"type\":\"text\",\"text\":{}}}", quoted(m.content)); }

std::string listed(const std::vector<Message>& messages, Shape shape) {
    std::string out;
    for (const auto& message : messages) out += (out.empty() ? "" : ",") + shape(message);
    return out;
}

std::string joined(const std::vector<Message>& messages) {
    std::string out;
    for (const auto& message : messages) out += (out.empty() ? "" : "\n\n") + message.content;
    return out;
}

/// Around what stands between a list's brackets.
void around(Span list, bool empty, std::string before, std::string after, json::Splices& splices) {
    if (!before.empty() && (!empty || !after.empty())) before += ',';
    if (!after.empty() && !empty) after.insert(after.begin(), ',');
    if (!before.empty()) splices.insert(list.begin + 1, std::move(before));
    if (!after.empty()) splices.insert(list.end - 1, std::move(after));
}

/// Around what stands between a string's quotes.
void aroundText(Span string, const std::string& before, const std::string& after, std::string_view between, json::Splices& splices) {
    if (!before.empty()) splices.insert(string.begin + 1, json::encode(before + std::string(between)));
    if (!after.empty()) splices.insert(string.end - 1, json::encode(std::string(between) + after));
}

class Enricher {
  public:
    Enricher(const base::Buffer& body, Places places, const Enrichment& enrichment, json::Splices& splices)
        : body_(body), places_(std::move(places)), splices_(splices) {
        for (auto message : enrichment.prepend) {
            message.role = lower(message.role);
            (isSystem(message) ? systemBefore_ : before_).push_back(std::move(message));
        }
        for (auto message : enrichment.append) {
            message.role = lower(message.role);
            (isSystem(message) ? systemAfter_ : after_).push_back(std::move(message));
        }
        all_ = enrichment;
        for (auto* list : {&all_.prepend, &all_.append})
            for (auto& message : *list) message.role = lower(message.role);
    }

    bool run(std::string_view dialect) {
        if (dialect == "anthropic-messages" || dialect == "vertex-anthropic" || dialect == "anthropic-count-tokens")
            return system("system", typedPart) && messages("messages", before_, after_, anthropicShape);
        if (dialect == "bedrock-converse") return system("system", textPart) && messages("messages", before_, after_, bedrockShape);
        if (dialect == "gemini-generate" || dialect == "vertex-gemini") return geminiSystem() && messages("contents", before_, after_, geminiShape);
        if (dialect == "openai-responses") return responses();
        if (dialect == "openai-completions") return prompt();
        if (const auto* list = places_.find("messages"); list != nullptr && list->kind == Kind::Array)
            return messages("messages", all_.prepend, all_.append, openAiShape);
        // A path that is not known: what the body itself looks like.
        if (places_.find("contents") != nullptr) return run("gemini-generate");
        if (places_.find("input") != nullptr && dialect == "openai-chat" && places_.find("encoding_format") == nullptr &&
            places_.find("instructions") != nullptr)
            return run("openai-responses");
        if (places_.find("prompt") != nullptr) return prompt();
        return false;
    }

  private:
    bool messages(std::string_view name, const std::vector<Message>& before, const std::vector<Message>& after, Shape shape) {
        if (before.empty() && after.empty()) return true;
        const auto* list = places_.find(name);
        if (list == nullptr || list->kind != Kind::Array) return false;
        around(list->span, list->empty, listed(before, shape), listed(after, shape), splices_);
        return true;
    }

    void addMember(const std::string& member) {
        splices_.insert(places_.object.begin + 1, member + (places_.emptyObject ? "" : ","));
        places_.emptyObject = false;
    }

    bool system(std::string_view name, Shape shape) {
        if (systemBefore_.empty() && systemAfter_.empty()) return true;
        const auto* place = places_.find(name);
        if (place != nullptr && place->kind == Kind::String) {
            aroundText(place->span, joined(systemBefore_), joined(systemAfter_), "\n\n", splices_);
        } else if (place != nullptr && place->kind == Kind::Array) {
            around(place->span, place->empty, listed(systemBefore_, shape), listed(systemAfter_, shape), splices_);
        } else {
            auto both = systemBefore_;
            both.insert(both.end(), systemAfter_.begin(), systemAfter_.end());
            const auto list = '[' + listed(both, shape) + ']';
            if (const auto old = places_.at.find(name); old != places_.at.end()) splices_.replace(old->second.span, list);
            else addMember(quoted(name) + ':' + list);
        }
        return true;
    }

    bool geminiSystem() {
        if (systemBefore_.empty() && systemAfter_.empty()) return true;
        if (places_.systemParts) {
            around(*places_.systemParts, places_.systemPartsEmpty, listed(systemBefore_, textPart), listed(systemAfter_, textPart), splices_);
            return true;
        }
        auto both = systemBefore_;
        both.insert(both.end(), systemAfter_.begin(), systemAfter_.end());
        const auto value = "{\"parts\":[" + listed(both, textPart) + "]}";
        for (const auto* name : {"systemInstruction", "system_instruction"}) {
            const auto old = places_.at.find(name);
            if (old == places_.at.end()) continue;
            splices_.replace(old->second.span, value);
            return true;
        }
        addMember("\"systemInstruction\":" + value);
        return true;
    }

    bool responses() {
        const auto* input = places_.find("input");
        if (input != nullptr && input->kind == Kind::Array) return messages("input", all_.prepend, all_.append, openAiShape);
        const auto before = listed(all_.prepend, openAiShape), after = listed(all_.append, openAiShape);
        if (input != nullptr && input->kind == Kind::String) {
            splices_.insert(input->span.begin, '[' + before + (before.empty() ? "" : ",") + R"({"role":"user","content":)");
            splices_.insert(input->span.end, '}' + (after.empty() ? std::string() : ',' + after) + ']');
            return true;
        }
        const auto list = '[' + before + (before.empty() || after.empty() ? "" : ",") + after + ']';
        if (const auto old = places_.at.find("input"); old != places_.at.end()) {
            if (old->second.kind != Kind::Null) return false;
            splices_.replace(old->second.span, list);
        } else {
            addMember("\"input\":" + list);
        }
        return true;
    }

    bool prompt() {
        const auto* place = places_.find("prompt");
        if (place == nullptr || place->kind != Kind::String) return promptList(place);
        aroundText(place->span, joined(all_.prepend), joined(all_.append), "\n", splices_);
        return true;
    }

    /// Each text of a list; token numbers have no place for words.
    bool promptList(const Place* place) {
        if (place == nullptr || place->kind != Kind::Array) return false;
        bool texts = true;
        const auto before = joined(all_.prepend), after = joined(all_.append);
        std::vector<Span> spans;
        (void)json::readObject(body_, [&](std::string_view key, json::Value& value) -> Result<void> {
            if (key != "prompt") return {};
            auto list = value.eachItem([&](json::Value& item) -> Result<void> {
                texts = texts && item.kind() == Kind::String;
                if (item.kind() != Kind::String) return {};
                auto span = item.string();
                if (!span) return tl::unexpected(span.error());
                spans.push_back({span->begin - 1, span->end + 1});
                return {};
            });
            if (!list) return tl::unexpected(list.error());
            return {};
        });
        if (!texts || spans.empty()) return false;
        for (const auto& span : spans) aroundText(span, before, after, "\n", splices_);
        return true;
    }

    const base::Buffer& body_;
    Places places_;
    json::Splices& splices_;
    Enrichment all_;
    std::vector<Message> before_, after_, systemBefore_, systemAfter_;
};

}  // namespace

std::string defaultValue(std::string_view written) {
    // An object around it, because that is what can be read.
    base::Buffer body(fmt::format("{{\"v\":{}}}", written));
    int members = 0;
    const auto read = json::readObject(body, [&](std::string_view, json::Value&) -> Result<void> {
        ++members;
        return {};
    });
    return read && members == 1 ? std::string(written) : quoted(written);
}

Result<std::size_t> applyDefaults(base::Buffer& body, const std::vector<DefaultField>& defaults) {
    if (defaults.empty()) return 0;
    Tree tree;
    for (const auto& field : defaults) grow(tree, field.field, field);
    json::Splices splices;
    Filler filler(splices);
    std::vector<bool> seen(tree.fields.size());
    bool empty = true;
    auto object = json::readObject(body, [&](std::string_view key, json::Value& value) { return filler.member(tree, seen, empty, key, value); });
    if (!object) return tl::unexpected(object.error());
    filler.add(tree, seen, empty, *object);
    splices.apply(body);
    return filler.count;
}

Result<PolicyOutcome> applyPolicy(base::Buffer& body, std::string_view dialect, const LlmPolicy& policy) {
    PolicyOutcome outcome;
    auto set = applyDefaults(body, policy.defaults);
    if (!set) return tl::unexpected(set.error());
    outcome.defaults = *set;
    auto info = readChat(body);
    if (!info) return tl::unexpected(info.error());
    outcome.info = std::move(*info);
    if (policy.requestGuard) {
        const auto texts = requestTexts(body);
        if (!texts) return tl::unexpected(texts.error());
        outcome.guard = guardTexts(body, *texts, *policy.requestGuard);
        if (outcome.guard.rejected) return outcome;
    }
    auto enriched = enrich(body, dialect, policy.enrichment);
    if (!enriched) return tl::unexpected(enriched.error());
    outcome.enriched = *enriched;
    return outcome;
}

Result<GuardVerdict> guardAnswer(std::string& answer, const RegexGuard& guard) {
    base::Buffer body(answer);
    const auto texts = answerTexts(body);
    if (!texts) return tl::unexpected(texts.error());
    auto verdict = guardTexts(body, *texts, guard);
    if (verdict.masked) answer = body.view();
    return verdict;
}

Result<bool> enrich(base::Buffer& body, std::string_view dialect, const Enrichment& enrichment) {
    if (enrichment.empty()) return false;
    auto places = placesOf(body);
    if (!places) return tl::unexpected(places.error());
    json::Splices splices;
    const bool done = Enricher(body, std::move(*places), enrichment, splices).run(dialect);
    if (!done) return false;
    splices.apply(body);
    return true;
}

}  // namespace gatehouse::llm
