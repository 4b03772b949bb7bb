// JSON as CEL values: parsed once by simdjson, turned into values as far as somebody reads.
#include "text/base64.h"
#include "text/cel_ast.h"
#include "text/utf8.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

namespace gatehouse::text::cel {
namespace {

namespace dom = simdjson::dom;

struct Document {
    dom::parser parser;
    dom::element root;
};
using Shared = std::shared_ptr<const Document>;

Value wrap(const Shared& document, dom::element element);

/// Other readers of a body with a key twice could read another one: it is refused where it is met.
class JsonMap final : public Map {
  public:
    JsonMap(Shared document, dom::object object) : document_(std::move(document)), object_(object) {}

    std::size_t size() const override { return object_.size(); }

    Result<std::optional<Value>> find(const Value& key) const override {
        std::optional<Value> found;
        const auto* name = key.asString();
        if (name == nullptr) return found;
        for (const auto& [known, element] : object_) {
            if (known != *name) continue;
            if (found) return fail("cel-json", fmt::format("The key \"{}\" comes twice.", *name));
            found = wrap(document_, element);
        }
        return found;
    }

    Result<void> each(json::FunctionRef<Result<void>(const Value&, const Value&)> visit) const override {
        for (const auto& [known, element] : object_)
            if (auto done = visit(Value::string(known), wrap(document_, element)); !done) return done;
        return {};
    }

  private:
    Shared document_;
    dom::object object_;
};

Value wrap(const Shared& document, dom::element element) {
    switch (element.type()) {
        case dom::element_type::OBJECT: return Value::map(std::make_shared<const JsonMap>(document, element.get_object().value_unsafe()));
        case dom::element_type::ARRAY: {
            Value::List items;
            const dom::array array = element.get_array().value_unsafe();  // A name: the loop would outlive the temporary.
            for (const auto item : array) items.push_back(wrap(document, item));
            return Value::list(std::move(items));
        }
        case dom::element_type::STRING: return Value::string(element.get_string().value_unsafe());
        case dom::element_type::INT64: return Value::integer(element.get_int64().value_unsafe());
        case dom::element_type::UINT64: return Value::unsignedInteger(element.get_uint64().value_unsafe());
        case dom::element_type::DOUBLE: return Value::number(element.get_double().value_unsafe());
        case dom::element_type::BOOL: return Value::boolean(element.get_bool().value_unsafe());
        default: return {};
    }
}

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Result<std::string> fromBase64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text) {
        const char* found = c == '\0' ? nullptr : std::char_traits<char>::find(kBase64, 64, c);
        if (found == nullptr) return fail("cel-range", "This is no base64.");
        bits = bits << 6 | static_cast<std::uint32_t>(found - kBase64);
        if ((have += 6) < 8) continue;
        have -= 8;
        out += static_cast<char>(bits >> have & 0xFFU);
    }
    if (have >= 6) return fail("cel-range", "This is no base64.");
    return out;
}

Result<void> write(const Value& value, int depth, std::string& out) {
    // What is shared may stand in many places: a small tree can be a huge text.
    if (out.size() > Limits{}.bytes) return overBudget();
    if (depth > json::kMaxDepth) return fail("cel-json", "This is nested too deeply for JSON.");
    // What a client said in a header need not be UTF-8; JSON must.
    const auto text = [&](std::string_view plain) { out += '"' + json::encode(toValidUtf8(plain)) + '"'; };
    switch (value.type()) {
        case Type::Null: out += "null"; return {};
        case Type::Bool: out += *value.asBool() ? "true" : "false"; return {};
        case Type::Int: out += std::to_string(*value.asInt()); return {};
        case Type::Uint: out += std::to_string(*value.asUint()); return {};
        case Type::Double:
            if (!std::isfinite(*value.asDouble())) return fail("cel-json", "JSON has no such number.");
            out += fmt::format("{}", *value.asDouble());
            return {};
        case Type::String: text(*value.asString()); return {};
        case Type::Bytes: text(toBase64(*value.asBytes())); return {};
        case Type::Duration: text(formatDuration(value.asDuration()->nanos)); return {};
        case Type::Timestamp: text(formatTimestamp(*value.asTimestamp())); return {};
        case Type::TypeName: text(*std::get<Value::Name>(value.rep()).name); return {};
        case Type::Address: text(showAddress(*value.asAddress())); return {};
        case Type::Network: text(fmt::format("{}/{}", showAddress(*value.asAddress()), value.asAddress()->prefix)); return {};
        case Type::List: {
            out += '[';
            bool first = true;
            for (const auto& item : *value.asList()) {
                if (!first) out += ',';
                first = false;
                if (auto done = write(item, depth + 1, out); !done) return done;
            }
            out += ']';
            return {};
        }
        case Type::Map: break;
    }
    out += '{';
    bool first = true;
    auto done = value.asMap()->each([&](const Value& key, const Value& member) -> Result<void> {
        if (!first) out += ',';
        first = false;
        if (const auto* name = key.asString()) text(*name);
        else if (const auto* number = key.asInt()) text(std::to_string(*number));
        else if (const auto* large = key.asUint()) text(std::to_string(*large));
        else if (const auto* flag = key.asBool()) text(*flag ? "true" : "false");
        else return fail("cel-json", "JSON has no such key.");
        out += ':';
        return write(member, depth + 1, out);
    });
    out += '}';
    return done;
}

}  // namespace

Result<Value> fromJson(std::string_view text) {
    auto document = std::make_shared<Document>();
    try {
        if (document->parser.allocate(text.size(), json::kMaxDepth) != simdjson::SUCCESS) return overBudget();
        if (document->parser.parse(text.data(), text.size(), true).get(document->root) != simdjson::SUCCESS)
            return fail("cel-json", "This is no JSON.");
    } catch (const std::bad_alloc&) {
        return overBudget();
    }
    const auto root = document->root;
    return wrap(document, root);
}

Result<std::string> toJson(const Value& value) {
    std::string out;
    if (auto done = write(value, 0, out); !done) return tl::unexpected(done.error());
    return out;
}

namespace {

Result<Value> callJson(Arguments arguments, Budget& budget) {
    const auto* text = arguments[0].asString() != nullptr ? arguments[0].asString() : arguments[0].asBytes();
    if (text == nullptr) return noOverload("json()");
    if (!budget.build(text->size())) return overBudget();
    return fromJson(*text);
}

Result<Value> callToJson(Arguments arguments, Budget& budget) {
    auto text = toJson(arguments[0]);
    if (!text) return tl::unexpected(text.error());
    if (!budget.build(text->size())) return overBudget();
    return Value::string(*text);
}

Result<Value> callEncode(Arguments arguments, Budget& budget) {
    const auto* data = arguments[0].asString() != nullptr ? arguments[0].asString() : arguments[0].asBytes();
    if (data == nullptr) return noOverload("base64.encode()");
    if (!budget.build(data->size() * 2)) return overBudget();
    return Value::string(toBase64(*data));
}

Result<Value> callDecode(Arguments arguments, Budget& budget) {
    const auto* text = arguments[0].asString();
    if (text == nullptr) return noOverload("base64.decode()");
    if (!budget.build(text->size())) return overBudget();
    auto data = fromBase64(*text);
    if (!data) return tl::unexpected(data.error());
    return Value::bytes(std::move(*data));
}

constexpr Function kFunctions[] = {
    {"json", Function::Form::Both, 1, 1, callJson},
    {"toJson", Function::Form::Both, 1, 1, callToJson},
    {"to_json", Function::Form::Both, 1, 1, callToJson},
    {"base64.encode", Function::Form::Global, 1, 1, callEncode},
    {"base64.decode", Function::Form::Global, 1, 1, callDecode},
    {"base64Encode", Function::Form::Both, 1, 1, callEncode},
    {"base64Decode", Function::Form::Both, 1, 1, callDecode},
};

}  // namespace

std::span<const Function> jsonFunctions() { return kFunctions; }

}  // namespace gatehouse::text::cel
