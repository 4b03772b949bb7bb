#include "llm/dialect/json.h"

#include "base/buffer.h"
#include "text/json_body.h"

#include <fmt/format.h>

#include <cmath>

namespace gatehouse::llm {
namespace {

/// A walk that looks at nothing validates everything: syntax, depth, UTF-8, keys that come twice.
Result<void> look(text::json::Value& value) {
    using text::json::Kind;
    switch (value.kind()) {
    case Kind::Object: {
        auto span = value.eachMember([](std::string_view, text::json::Value& member) { return look(member); });
        if (!span) return tl::unexpected(span.error());
        return {};
    }
    case Kind::Array: {
        auto span = value.eachItem([](text::json::Value& item) { return look(item); });
        if (!span) return tl::unexpected(span.error());
        return {};
    }
    default: return {};
    }
}

}  // namespace

Result<Json> parseObject(std::string_view body) {
    base::Buffer padded;
    padded.append(body);
    const auto read = text::json::readObject(padded, [](std::string_view, text::json::Value& value) { return look(value); });
    if (!read) return tl::unexpected(read.error());
    auto json = Json::parse(body, nullptr, false);
    // A number beyond a double's range is JSON, and nothing that any model takes.
    if (json.is_discarded()) return fail("invalid-json", "The body holds a number that is out of range.");
    return json;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

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
