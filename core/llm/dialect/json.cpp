#include "llm/dialect/json.h"

#include "base/buffer.h"
#include "text/json_body.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <utility>

namespace gatehouse::llm {
namespace {

/// Whole numbers here; what else is one goes through nlohmann's own reader, so that it says a number as it always did.
Json numberOf(std::string_view text) {
    const auto* end = text.data() + text.size();
    if (text.front() == '-') {
        std::int64_t value = 0;
        if (const auto read = std::from_chars(text.data(), end, value); read.ec == std::errc() && read.ptr == end) return value;
    } else {
        std::uint64_t value = 0;
        if (const auto read = std::from_chars(text.data(), end, value); read.ec == std::errc() && read.ptr == end) return value;
    }
    return Json::parse(text, nullptr, false);
}

/// The tree of a body, made on the walk that validates it: syntax, depth, UTF-8, keys that come twice.
class TreeBuilder {
  public:
    explicit TreeBuilder(std::string_view body) : body_(body) {}

    Result<void> add(std::string_view key, text::json::Value& member, Json::object_t& members) {
        // Keys that come twice are told at the object's end.
        std::string name(key);
        Json inner;
        if (auto built = build(member, inner); !built) return built;
        members.emplace_back(std::move(name), std::move(inner));
        return {};
    }

    Result<void> build(text::json::Value& value, Json& out) {
        using text::json::Kind;
        switch (value.kind()) {
        case Kind::Object: {
            out = Json::object();
            auto& members = out.get_ref<Json::object_t&>();
            return done(value.eachMember([&](std::string_view key, text::json::Value& member) { return add(key, member, members); }));
        }
        case Kind::Array: {
            out = Json::array();
            auto& items = out.get_ref<Json::array_t&>();
            return done(value.eachItem([&](text::json::Value& item) -> Result<void> {
                Json inner;
                if (auto built = build(item, inner); !built) return built;
                items.push_back(std::move(inner));
                return {};
            }));
        }
        case Kind::String: {
            const auto span = value.string();
            if (!span) return tl::unexpected(span.error());
            const auto text = text::json::decode(textAt(*span), scratch_);
            if (!text) return tl::unexpected(text.error());
            out = std::string(*text);
            return {};
        }
        case Kind::Boolean: {
            const auto flag = value.boolean();
            if (!flag) return tl::unexpected(flag.error());
            out = *flag;
            return {};
        }
        case Kind::Number: {
            const auto span = value.skip();
            if (!span) return tl::unexpected(span.error());
            out = numberOf(textAt(*span));
            // A number beyond a double's range is JSON, and nothing that any model takes.
            if (out.is_discarded()) return fail("invalid-json", "The body holds a number that is out of range.");
            return {};
        }
        case Kind::Null: out = nullptr; return {};
        }
        return {};
    }

  private:
    std::string_view textAt(text::json::Span span) const { return body_.substr(span.begin, span.size()); }
    static Result<void> done(const Result<text::json::Span>& span) {
        if (!span) return tl::unexpected(span.error());
        return {};
    }

    std::string_view body_;
    std::string scratch_;
};

std::string dumpSlowly(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// As nlohmann writes it, which looks at every byte of a text by itself. What is no UTF-8 is left to it.
void writeText(const std::string& text, std::string& out) {
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        out += dumpSlowly(text);
        return;
    }
    out += '"';
    text::json::encode(text, out);
    out += '"';
}

void write(const Json& json, std::string& out) {
    using Type = Json::value_t;
    switch (json.type()) {
    case Type::object: {
        char before = '{';
        for (const auto& [key, value] : json.get_ref<const Json::object_t&>()) {
            out += before;
            writeText(key, out);
            out += ':';
            write(value, out);
            before = ',';
        }
        if (before == '{') out += before;
        out += '}';
        return;
    }
    case Type::array: {
        char before = '[';
        for (const auto& item : json.get_ref<const Json::array_t&>()) {
            out += before;
            write(item, out);
            before = ',';
        }
        if (before == '[') out += before;
        out += ']';
        return;
    }
    case Type::string: return writeText(json.get_ref<const std::string&>(), out);
    case Type::number_integer: out += fmt::format_int(json.get<std::int64_t>()).c_str(); return;
    case Type::number_unsigned: out += fmt::format_int(json.get<std::uint64_t>()).c_str(); return;
    default: out += dumpSlowly(json); return;
    }
}

}  // namespace

Result<Json> parseObject(std::string_view body) {
    base::Buffer padded;
    padded.append(body);
    TreeBuilder builder(body);
    Json json = Json::object();
    auto& members = json.get_ref<Json::object_t&>();
    const auto read = text::json::readObject(padded, [&](std::string_view key, text::json::Value& value) { return builder.add(key, value, members); });
    if (!read) return tl::unexpected(read.error());
    return json;
}

std::string dump(const Json& json) {
    std::string out;
    out.reserve(1024);
    write(json, out);
    return out;
}

std::string dumpArguments(const Json& arguments) { return arguments.is_null() ? "{}" : dump(arguments); }

Json parseArguments(std::string_view text, bool& wellFormed) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        wellFormed = true;
        return Json::object();
    }
    auto json = Json::parse(text, nullptr, false);
    wellFormed = json.is_object();
    if (wellFormed) return json;
    return Json{{"_raw", std::string(text)}};
}

std::string textOf(const Json& object, std::string_view key) {
    if (!object.is_object()) return {};
    for (auto member = object.begin(); member != object.end(); ++member)
        if (member.key() == key) return member->is_string() ? member->get<std::string>() : std::string();
    return {};
}

const Json& emptyObject() {
    static const Json kEmpty = Json::object();
    return kEmpty;
}

Members::Members(const Json& object, std::string path) : object_(&object), path_(std::move(path)) {
    if (!object.is_object()) {
        failure_ = Error{"invalid-field", fmt::format("{} must be an object.", path_.empty() ? "The body" : path_)};
        object_ = &emptyObject();
    }
    taken_.resize(object_->size());
}

std::string Members::pathOf(std::string_view key) const { return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key); }

const Json* Members::peek(std::string_view key) const {
    for (auto member = object_->begin(); member != object_->end(); ++member)
        if (member.key() == key) return member.value().is_null() ? nullptr : &member.value();
    return nullptr;
}

const Json* Members::take(std::string_view key) {
    std::size_t i = 0;
    for (auto member = object_->begin(); member != object_->end(); ++member, ++i) {
        if (member.key() != key) continue;
        taken_[i] = true;
        return member.value().is_null() ? nullptr : &member.value();
    }
    return nullptr;
}

void Members::fail(std::string_view key, std::string_view what) {
    if (!failure_) failure_ = Error{"invalid-field", fmt::format("{} {}.", pathOf(key), what)};
}

const Json* Members::typed(std::string_view key, bool fits(const Json&), std::string_view what) {
    const auto* value = take(key);
    if (value == nullptr || fits(*value)) return value;
    fail(key, what);
    return nullptr;
}

std::optional<std::string> Members::text(std::string_view key) {
    const auto* value = typed(key, [](const Json& json) { return json.is_string(); }, "must be a string");
    return value == nullptr ? std::nullopt : std::optional(value->get<std::string>());
}

std::optional<bool> Members::flag(std::string_view key) {
    const auto* value = typed(key, [](const Json& json) { return json.is_boolean(); }, "must be true or false");
    return value == nullptr ? std::nullopt : std::optional(value->get<bool>());
}

std::optional<double> Members::number(std::string_view key) {
    const auto* value = typed(key, [](const Json& json) { return json.is_number(); }, "must be a number");
    return value == nullptr ? std::nullopt : std::optional(value->get<double>());
}

std::optional<std::int64_t> Members::integer(std::string_view key) {
    // 10.0 is an integer to most providers' readers.
    const auto whole = [](const Json& json) {
        if (json.is_number_unsigned()) return json.get<std::uint64_t>() <= std::uint64_t(INT64_MAX);
        if (json.is_number_integer()) return true;
        return json.is_number_float() && std::abs(json.get<double>()) < 9e15 && std::floor(json.get<double>()) == json.get<double>();
    };
    const auto* value = typed(key, whole, "must be an integer");
    if (value == nullptr) return std::nullopt;
    return value->is_number_float() ? static_cast<std::int64_t>(value->get<double>()) : value->get<std::int64_t>();
}

const Json* Members::object(std::string_view key) {
    return typed(key, [](const Json& json) { return json.is_object(); }, "must be an object");
}

const Json* Members::array(std::string_view key) {
    return typed(key, [](const Json& json) { return json.is_array(); }, "must be a list");
}

std::string Members::required(std::string_view key) {
    if (!has(key)) {
        fail(key, "is missing");
        return {};
    }
    return text(key).value_or(std::string());
}

Json Members::rest() const {
    Json rest = Json::object();
    std::size_t i = 0;
    for (auto member = object_->begin(); member != object_->end(); ++member, ++i)
        if (!taken_[i] && !member.value().is_null()) rest[member.key()] = member.value();
    return rest;
}

}  // namespace gatehouse::llm
