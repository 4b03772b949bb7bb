#include "llm/expression_names.h"

#include "filter/client_access.h"
#include "llm/policy.h"

#include <array>
#include <functional>
#include <memory>

namespace gatehouse::llm {
namespace {

namespace cel = text::cel;
using cel::Value;
using Found = Result<std::optional<Value>>;

const filter::Caller& nobody() {
    static const filter::Caller kNobody;
    return kNobody;
}

/// Members that are made when they are read. What it refers to outlives the evaluation.
class LazyMap final : public cel::Map {
  public:
    using Make = std::function<Found(std::string_view)>;
    LazyMap(std::vector<std::string_view> names, Make make) : names_(std::move(names)), make_(std::move(make)) {}

    std::size_t size() const override { return names_.size(); }
    Found find(const Value& key) const override {
        const auto* name = key.asString();
        return name != nullptr ? make_(*name) : Found(std::nullopt);
    }
    Result<void> each(text::json::FunctionRef<Result<void>(const Value&, const Value&)> visit) const override {
        for (const auto name : names_) {
            auto value = make_(name);
            if (!value) return tl::unexpected(value.error());
            if (!*value) continue;
            if (auto done = visit(Value::string(name), **value); !done) return done;
        }
        return {};
    }

  private:
    std::vector<std::string_view> names_;
    Make make_;
};

/// The messages with their texts joined, as agentgateway has them.
Found promptOf(std::string_view body) {
    const base::Buffer buffer(body);
    const auto texts = requestTexts(buffer);
    if (!texts) return tl::unexpected(texts.error());
    Value::List messages;
    std::string content, scratch;
    const BodyText* last = nullptr;
    const auto flush = [&] {
        if (last != nullptr)
            messages.push_back(Value::map({{Value::string("role"), Value::string(last->role)}, {Value::string("content"), Value::string(content)}}));
        content.clear();
    };
    for (const auto& text : texts->texts) {
        if (text.form != BodyText::Form::String || text.scope == TextScope::ToolInput) continue;
        if (last != nullptr && (last->message != text.message || last->role != text.role)) flush();
        const auto decoded = text::json::decode(buffer.view().substr(text.raw.begin, text.raw.size()), scratch);
        if (!decoded) return tl::unexpected(decoded.error());
        content += *decoded;
        last = &text;
    }
    flush();
    return std::optional(Value::list(std::move(messages)));
}

constexpr std::array<std::string_view, 8> kParams{"temperature", "top_p", "frequency_penalty", "presence_penalty",
                                                  "seed", "max_tokens", "encoding_format", "dimensions"};

Found paramsOf(std::string_view body) {
    const auto request = cel::fromJson(body);
    if (!request) return tl::unexpected(request.error());
    Value::Entries entries;
    if (request->asMap() != nullptr)
        for (const auto name : kParams) {
            auto value = request->asMap()->find(Value::string(name));
            if (!value) return tl::unexpected(value.error());
            if (*value && !(*value)->isNull()) entries.emplace_back(Value::string(name), **value);
        }
    return std::optional(Value::map(std::move(entries)));
}

}  // namespace

ExpressionNames::ExpressionNames(const ExpressionFacts& facts, std::string_view body)
    : facts_(facts), body_(body), caller_(facts.head, facts.caller != nullptr ? *facts.caller : nobody(), facts.clientAddress, facts.model) {}

Found ExpressionNames::find(std::string_view name) const {
    if (name == "llmRequest") {
        if (body_.empty()) return std::optional<Value>();
        if (parsed_) return parsed_;
        auto body = cel::fromJson(body_);
        if (!body) return tl::unexpected(body.error());
        parsed_ = std::move(*body);
        return parsed_;
    }
    if (name == "llm") {
        const auto& facts = facts_;
        const auto body = body_;
        return std::optional(Value::map(std::make_shared<const LazyMap>(
            std::vector<std::string_view>{"requestModel", "streaming", "provider", "prompt", "params"}, [&facts, body](std::string_view member) -> Found {
                if (member == "requestModel" && !facts.model.empty()) return std::optional(Value::string(facts.model));
                if (member == "streaming") return std::optional(Value::boolean(facts.stream));
                if (member == "provider" && !facts.provider.empty()) return std::optional(Value::string(facts.provider));
                if (member == "prompt" && !body.empty()) return promptOf(body);
                if (member == "params" && !body.empty()) return paramsOf(body);
                return std::optional<Value>();
            })));
    }
    auto found = caller_.find(name);
    const auto body = facts_.clientBody.empty() ? body_ : facts_.clientBody;
    if (name != "request" || !found || !*found || body.empty()) return found;
    const auto request = **found;
    std::vector<std::string_view> names{"method", "path", "query", "host", "scheme", "uri", "pathAndQuery", "headers", "body"};
    return std::optional(Value::map(std::make_shared<const LazyMap>(std::move(names), [request, body](std::string_view member) -> Found {
        if (member == "body") return std::optional(Value::string(body));
        return request.asMap()->find(Value::string(member));
    })));
}

}  // namespace gatehouse::llm
