#include "text/json_body.h"

#include "base/ids.h"

#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>

namespace gatehouse::text::json {

namespace od = simdjson::ondemand;
static_assert(base::Buffer::kPadding >= simdjson::SIMDJSON_PADDING);

namespace {

/// A parser keeps about six times its capacity; for bodies above this a temporary one is made, so that one huge request does
/// not pin memory on its worker.
constexpr std::size_t kKeptParserBytes = 1 << 20;

tl::unexpected<Error> malformed(simdjson::error_code code) {
    switch (code) {
        case simdjson::UTF8_ERROR: return fail("invalid-json", "The body is not valid UTF-8.");
        case simdjson::UNESCAPED_CHARS:
            return fail("invalid-json", "The body is not valid JSON: a string holds an unescaped control character.");
        case simdjson::UNCLOSED_STRING:
            return fail("invalid-json", "The body is not valid JSON: a string is not closed.");
        case simdjson::EMPTY: return fail("invalid-json", "The body is empty.");
        case simdjson::NUMBER_ERROR:
            return fail("invalid-json", "The body is not valid JSON: a number is malformed or out of range.");
        case simdjson::CAPACITY:
        case simdjson::MEMALLOC: return fail("invalid-json", "The body is too large to be read as JSON.");
        default: return fail("invalid-json", "The body is not valid JSON.");
    }
}

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The closing quote of the string whose first content byte is `from`. simdjson's first pass proved that it exists.
std::size_t closingQuote(std::string_view text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            return at;
        }
    }
    return text.size();
}

Kind kindOf(od::json_type type) {
    switch (type) {
        case od::json_type::object: return Kind::Object;
        case od::json_type::array: return Kind::Array;
        case od::json_type::string: return Kind::String;
        case od::json_type::number: return Kind::Number;
        case od::json_type::boolean: return Kind::Boolean;
        default: return Kind::Null;
    }
}

const char* kindName(Kind kind) {
    switch (kind) {
        case Kind::Object: return "an object";
        case Kind::Array: return "an array";
        case Kind::String: return "a string";
        case Kind::Number: return "a number";
        case Kind::Boolean: return "true or false";
        default: return "null";
    }
}

tl::unexpected<Error> wrongKind(Kind wanted, Kind got) {
    return fail("invalid-field", fmt::format("must be {}, not {}", kindName(wanted), kindName(got)));
}

struct SeenKey {
    std::uint64_t hash;
    Span span;
};

}  // namespace

struct Value::Walk {
    od::document& document;
    std::string_view text;
    int depth = 0;

    std::size_t offset(const char* at) const { return static_cast<std::size_t>(at - text.data()); }

    /// Start of the token that the walk stands at; the text's end after the last one.
    std::size_t here() {
        const char* at = nullptr;
        if (document.current_location().get(at) != simdjson::SUCCESS) return text.size();
        return std::min(offset(at), text.size());
    }
    /// Where the collection that was just left ended: right before the blanks in front of the next token.
    std::size_t behindLast() {
        std::size_t at = here();
        while (at > 0 && isSpace(text[at - 1])) --at;
        return at;
    }
    Span tokenSpan(od::value& value) const {
        const std::string_view token = value.raw_json_token();
        Span span{offset(token.data()), offset(token.data()) + token.size()};
        span.end = std::min(span.end, text.size());
        while (span.end > span.begin && isSpace(text[span.end - 1])) --span.end;
        return span;
    }

    Result<Span> skip(od::value& value);
    Result<Span> scalar(od::value& value, od::json_type type);
    Result<Span> members(od::object& object, std::size_t begin, OnMember onMember);
    Result<void> child(od::value& value, FunctionRef<Result<void>(Value&)> use);
    Result<void> enter() {
        if (++depth > kMaxDepth)
            return fail("invalid-json", fmt::format("The body is nested deeper than {} levels.", kMaxDepth));
        return {};
    }
};

Result<Span> Value::Walk::scalar(od::value& value, od::json_type type) {
    const Span span = tokenSpan(value);
    simdjson::error_code error = simdjson::SUCCESS;
    switch (type) {
        case od::json_type::string: {
            od::raw_json_string raw;
            if ((error = value.get_raw_json_string().get(raw))) break;
            std::string scratch;
            if (auto decoded = decode(text.substr(span.begin + 1, span.size() - 2), scratch); !decoded)
                return tl::unexpected(decoded.error());
            break;
        }
        case od::json_type::number: {
            double number;
            error = value.get_double().get(number);
            break;
        }
        case od::json_type::boolean: {
            bool flag;
            error = value.get_bool().get(flag);
            break;
        }
        default:
            if (bool null = false; (error = value.is_null().get(null)) == simdjson::SUCCESS && !null)
                error = simdjson::N_ATOM_ERROR;
    }
    if (error) return malformed(error);
    return span;
}

Result<Span> Value::Walk::skip(od::value& value) {
    od::json_type type;
    if (auto error = value.type().get(type)) return malformed(error);
    if (type != od::json_type::object && type != od::json_type::array) return scalar(value, type);

    const std::size_t begin = here();
    if (auto entered = enter(); !entered) return tl::unexpected(entered.error());
    if (type == od::json_type::object) {
        od::object object;
        if (auto error = value.get_object().get(object)) return malformed(error);
        std::string scratch;
        for (auto item : object) {
            od::field field;
            if (auto error = std::move(item).get(field)) return malformed(error);
            const std::size_t key = offset(field.key().raw());
            if (auto decoded = decode(text.substr(key, closingQuote(text, key) - key), scratch); !decoded)
                return tl::unexpected(decoded.error());
            if (auto passed = skip(field.value()); !passed) return passed;
        }
    } else {
        od::array array;
        if (auto error = value.get_array().get(array)) return malformed(error);
        for (auto item : array) {
            od::value element;
            if (auto error = std::move(item).get(element)) return malformed(error);
            if (auto passed = skip(element); !passed) return passed;
        }
    }
    --depth;
    return Span{begin, behindLast()};
}

Result<void> Value::Walk::child(od::value& inner, FunctionRef<Result<void>(Value&)> use) {
    od::json_type type;
    if (auto error = inner.type().get(type)) return malformed(error);
    Value value(*this, &inner, kindOf(type));
    if (auto used = use(value); !used) return used;
    if (!value.consumed())
        if (auto passed = skip(inner); !passed) return tl::unexpected(passed.error());
    return {};
}

Result<Span> Value::Walk::members(od::object& object, std::size_t begin, OnMember onMember) {
    std::vector<SeenKey> seen;
    seen.reserve(16);
    std::string scratch;
    for (auto item : object) {
        od::field field;
        if (auto error = std::move(item).get(field)) return malformed(error);
        const std::size_t start = offset(field.key().raw());
        const Span span{start, closingQuote(text, start)};
        auto key = decode(text.substr(span.begin, span.size()), scratch);
        if (!key) return tl::unexpected(key.error());
        seen.push_back({base::stableHash(*key), span});
        const std::string_view name = *key;
        auto read = child(field.value(), [&](Value& value) { return onMember(name, value); });
        if (!read) return tl::unexpected(read.error());
    }
    std::sort(seen.begin(), seen.end(), [](const SeenKey& a, const SeenKey& b) { return a.hash < b.hash; });
    const auto twice = std::adjacent_find(seen.begin(), seen.end(),
                                          [](const SeenKey& a, const SeenKey& b) { return a.hash == b.hash; });
    if (twice != seen.end()) {
        auto key = decode(text.substr(twice->span.begin, std::min<std::size_t>(twice->span.size(), 64)), scratch);
        return fail("duplicate-key", fmt::format("The field \"{}\" appears twice.", key ? *key : "?"));
    }
    return Span{begin, behindLast()};
}

Result<Span> Value::eachMember(OnMember onMember) {
    if (kind_ != Kind::Object) return wrongKind(Kind::Object, kind_);
    consumed_ = true;
    const std::size_t begin = walk_->here();
    if (auto entered = walk_->enter(); !entered) return tl::unexpected(entered.error());
    od::object object;
    if (auto error = static_cast<od::value*>(inner_)->get_object().get(object)) return malformed(error);
    auto span = walk_->members(object, begin, onMember);
    --walk_->depth;
    return span;
}

Result<Span> Value::eachItem(OnItem onItem) {
    if (kind_ != Kind::Array) return wrongKind(Kind::Array, kind_);
    consumed_ = true;
    const std::size_t begin = walk_->here();
    if (auto entered = walk_->enter(); !entered) return tl::unexpected(entered.error());
    od::array array;
    if (auto error = static_cast<od::value*>(inner_)->get_array().get(array)) return malformed(error);
    for (auto item : array) {
        od::value element;
        if (auto error = std::move(item).get(element)) return malformed(error);
        if (auto read = walk_->child(element, onItem); !read) return tl::unexpected(read.error());
    }
    --walk_->depth;
    return Span{begin, walk_->behindLast()};
}

Result<Span> Value::string() {
    if (kind_ != Kind::String) return wrongKind(Kind::String, kind_);
    consumed_ = true;
    auto& value = *static_cast<od::value*>(inner_);
    const Span quoted = walk_->tokenSpan(value);
    od::raw_json_string raw;
    if (auto error = value.get_raw_json_string().get(raw)) return malformed(error);
    return Span{quoted.begin + 1, quoted.end - 1};
}

Result<bool> Value::boolean() {
    if (kind_ != Kind::Boolean) return wrongKind(Kind::Boolean, kind_);
    consumed_ = true;
    bool flag = false;
    if (auto error = static_cast<od::value*>(inner_)->get_bool().get(flag)) return malformed(error);
    return flag;
}

Result<std::uint64_t> Value::unsignedInteger() {
    if (kind_ != Kind::Number) return wrongKind(Kind::Number, kind_);
    auto& value = *static_cast<od::value*>(inner_);
    std::uint64_t number = 0;
    if (value.get_uint64().get(number) == simdjson::SUCCESS) {
        consumed_ = true;
        return number;
    }
    // Either malformed, which the walk reports, or a number of another shape.
    consumed_ = true;
    if (auto passed = walk_->skip(value); !passed) return tl::unexpected(passed.error());
    return fail("invalid-field", "must be a whole number that is not negative");
}

Result<Span> Value::skip() {
    consumed_ = true;
    return walk_->skip(*static_cast<od::value*>(inner_));
}

Result<Span> readObject(const base::Buffer& body, Value::OnMember onMember) {
    if (body.empty()) return malformed(simdjson::EMPTY);
    static thread_local od::parser kept(kKeptParserBytes);
    static thread_local bool busy = false;
    od::parser temporary;
    const bool borrow = !busy && body.size() <= kKeptParserBytes;
    struct Busy {
        bool borrowed;
        ~Busy() {
            if (borrowed) busy = false;
        }
    } release{borrow};
    if (borrow) busy = true;
    od::parser& parser = borrow ? kept : temporary;

    od::document document;
    const simdjson::padded_string_view padded(body.data(), body.size(), body.paddedCapacity());
    if (auto error = parser.iterate(padded).get(document)) return malformed(error);
    od::json_type type;
    if (auto error = document.type().get(type)) return malformed(error);
    if (type != od::json_type::object) return fail("invalid-json", "The body must be a JSON object.");

    Value::Walk walk{document, body.view()};
    const std::size_t begin = walk.here();
    od::object object;
    if (auto error = document.get_object().get(object)) return malformed(error);
    auto span = walk.members(object, begin, onMember);
    if (!span) return span;
    const char* next = nullptr;
    if (document.current_location().get(next) == simdjson::SUCCESS)
        return fail("invalid-json", "The body holds something after its JSON object.");
    return span;
}

}  // namespace gatehouse::text::json
