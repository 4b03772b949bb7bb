#include "llm/body_rewrites.h"

#include "llm/policy.h"
#include "llm/translate.h"
#include "llm/count_request.h"
#include "llm/dialect/dialect.h"
#include "text/json_body.h"
#include "text/wildcard.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

namespace json = text::json;
namespace cel = text::cel;
using json::Kind;
using json::Span;

/// Finds the bytes that hold a member with the comma that goes with it.
class Remover {
  public:
    Remover(const base::Buffer& body, std::string_view path) : body_(body), path_(path) {}

    Result<std::optional<Span>> run() {
        auto object = json::readObject(body_, [&](std::string_view key, json::Value& value) { return member(path_, key, value); });
        if (!object) return tl::unexpected(object.error());
        if (found_) settle(*object);
        return where_;
    }

  private:
    Result<void> member(std::string_view path, std::string_view key, json::Value& value) {
        const auto dot = path.find('.');
        const bool ours = key == path.substr(0, dot) && !found_ && !where_;
        if (ours && dot != std::string_view::npos && value.kind() == Kind::Object) {
            previous_.reset();
            auto inner = value.eachMember([&](std::string_view name, json::Value& field) { return member(path.substr(dot + 1), name, field); });
            if (!inner) return tl::unexpected(inner.error());
            if (found_) settle(*inner);
            previous_ = *inner;
            return {};
        }
        auto span = value.skip();
        if (!span) return tl::unexpected(span.error());
        if (ours && dot == std::string_view::npos) {
            found_ = *span;
            foundBefore_ = previous_;
        }
        previous_ = *span;
        return {};
    }

    /// `object`: the one that holds the member.
    void settle(Span object) {
        const auto text = body_.view();
        if (foundBefore_) {
            where_ = Span{foundBefore_->end, found_->end};
        } else {
            auto end = text.find_first_not_of(" \t\r\n", found_->end);
            if (end == std::string_view::npos || text[end] != ',') end = found_->end;
            else ++end;
            where_ = Span{object.begin + 1, end};
        }
        found_.reset();
    }

    const base::Buffer& body_;
    std::string_view path_;
    std::optional<Span> previous_, found_, foundBefore_, where_;
};

bool modelInPath(const ClientCall& call) { return !call.facts.model.empty() && call.dialect != nullptr && call.dialect->modelInTarget; }

std::string jsonText(std::string_view text) { return '"' + json::encode(text) + '"'; }

/// Another model in place of the one that is asked for, whichever it is.
Result<void> setModel(base::Buffer& body, ClientCall& call, std::string_view model) {
    if (modelInPath(call)) {
        call.facts.model = model;
        return {};
    }
    auto set = applyDefaults(body, std::vector<DefaultField>{{"model", jsonText(model), true}});
    if (!set) return tl::unexpected(set.error());
    return {};
}

/// Evaluates each expression on the body as it stood before the first one, then writes all that came of them.
Result<void> transform(base::Buffer& body, const std::vector<BodyExpression>& expressions, const char* what, const ExpressionFacts& facts, ClientCall* call,
                       std::vector<Rewritten>& out) {
    if (expressions.empty()) return {};
    std::vector<DefaultField> set;
    std::vector<std::string> gone;
    const ExpressionNames names(facts, body.view());
    for (const auto& each : expressions) {
        auto value = each.program->evaluate(names);
        auto text = value ? cel::toJson(*value) : Result<std::string>(tl::unexpected(value.error()));
        if (!text) {
            gone.push_back(each.field);
            out.push_back({Rewritten::Outcome::Failed, what, each.field, fmt::format("taken out: {}", text.error().message)});
            continue;
        }
        out.push_back({Rewritten::Outcome::Applied, what, each.field, cel::show(*value)});
        if (call != nullptr && each.field == "model" && modelInPath(*call) && value->asString() != nullptr) call->facts.model = *value->asString();
        else set.push_back({each.field, std::move(*text), true});
    }
    // From here on the body changes, and nobody asks the names.
    for (const auto& field : gone)
        if (auto removed = removeField(body, field); !removed) return tl::unexpected(removed.error());
    auto written = applyDefaults(body, set);
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace

Result<std::string> modelInBody(const base::Buffer& body) {
    std::string model;
    auto read = json::readObject(body, [&](std::string_view key, json::Value& value) -> Result<void> {
        if (key != "model" || value.kind() != Kind::String) return {};
        auto span = value.string();
        if (!span) return tl::unexpected(span.error());
        std::string scratch;
        auto text = json::decode(body.view().substr(span->begin, span->size()), scratch);
        if (!text) return tl::unexpected(text.error());
        model = *text;
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    return model;
}

Result<std::string> requestedModel(const base::Buffer& body, const ClientCall& call) {
    if (modelInPath(call)) return call.facts.model;
    return modelInBody(body);
}

Result<bool> renameModel(base::Buffer& body, ClientCall& call, std::string_view model) {
    auto now = requestedModel(body, call);
    if (!now) return tl::unexpected(now.error());
    if (*now == model) return false;
    if (auto set = setModel(body, call, model); !set) return tl::unexpected(set.error());
    return true;
}

Result<void> applyProviderPolicy(base::Buffer& body, ClientCall& call, const LlmPolicy& policy, const ExpressionFacts& facts, std::vector<Rewritten>& out) {
    if (auto opened = openEnvelope(call, body); !opened) return opened;
    if (policy.rewrites && policy.rewrites->changesClientBody()) {
        auto done = policy.rewrites->before(body, call, facts);
        if (!done) return tl::unexpected(done.error());
        out.insert(out.end(), done->begin(), done->end());
    }
    auto set = applyDefaults(body, policy.defaults);
    if (!set) return tl::unexpected(set.error());
    if (*set > 0) out.push_back({Rewritten::Outcome::Applied, "defaults", "body fields", fmt::format("{} filled in for this provider", *set)});
    if (policy.enrichment.empty()) return {};
    auto added = enrich(body, policyDialect(call), policy.enrichment);
    if (!added) return tl::unexpected(added.error());
    out.push_back({*added ? Rewritten::Outcome::Applied : Rewritten::Outcome::Info, "enrichment", "messages",
                   *added ? "added for this provider" : "the request has no place for messages"});
    return {};
}

bool modelMatches(std::string_view pattern, std::string_view model) { return text::matchesPattern(pattern, model); }

Result<bool> removeField(base::Buffer& body, std::string_view path) {
    auto where = Remover(body, path).run();
    if (!where) return tl::unexpected(where.error());
    if (!*where) return false;
    body.splice((*where)->begin, (*where)->size(), {});
    return true;
}

BodyRewrites::BodyRewrites(Parts parts) : parts_(std::move(parts)) {
    for (auto& field : parts_.overrides) field.overrides = true;
    std::stable_sort(parts_.aliases.begin(), parts_.aliases.end(), [](const auto& a, const auto& b) {
        const bool plainA = a.first.find('*') == std::string::npos, plainB = b.first.find('*') == std::string::npos;
        if (plainA != plainB) return plainA;
        if (a.first.size() != b.first.size()) return a.first.size() > b.first.size();
        return a.first < b.first;
    });
}

const std::string* BodyRewrites::aliasOf(std::string_view model) const {
    for (const auto& [pattern, target] : parts_.aliases)
        if (modelMatches(pattern, model)) return &target;
    return nullptr;
}

Result<std::vector<Rewritten>> BodyRewrites::before(base::Buffer& body, ClientCall& call, const ExpressionFacts& facts) const {
    std::vector<Rewritten> out;
    if (!parts_.aliases.empty()) {
        auto model = requestedModel(body, call);
        if (!model) return tl::unexpected(model.error());
        if (const auto* target = model->empty() ? nullptr : aliasOf(*model); target != nullptr && *target != *model) {
            out.push_back({Rewritten::Outcome::Applied, "alias", *model, fmt::format("asks for {}", *target)});
            if (auto renamed = setModel(body, call, *target); !renamed) return tl::unexpected(renamed.error());
        }
    }
    if (!parts_.overrides.empty()) {
        auto set = applyDefaults(body, parts_.overrides);
        if (!set) return tl::unexpected(set.error());
        for (const auto& field : parts_.overrides) out.push_back({Rewritten::Outcome::Applied, "override", field.field, field.json});
    }
    if (auto done = transform(body, parts_.transformations, "transformation", facts, &call, out); !done) return tl::unexpected(done.error());
    return out;
}

Result<std::vector<Rewritten>> BodyRewrites::after(base::Buffer& body, std::string_view dialect, std::string_view model, const ExpressionFacts& facts) const {
    std::vector<Rewritten> out;
    if (auto done = transform(body, parts_.finalTransformations, "final transformation", facts, nullptr, out); !done) return tl::unexpected(done.error());
    if (parts_.caching) {
        auto marks = markCaches(body, dialect, model, *parts_.caching);
        if (!marks) return tl::unexpected(marks.error());
        out.push_back({marks->added > 0 ? Rewritten::Outcome::Applied : Rewritten::Outcome::Info, "prompt caching", std::string(dialect), marks->detail});
    }
    return out;
}

}  // namespace gatehouse::llm
