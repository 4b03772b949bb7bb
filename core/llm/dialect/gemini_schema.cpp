// Schemas: OpenAPI's as Gemini had them first, JSON schema as it takes them now, and what of JSON schema it knows.
#include "llm/dialect/gemini.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace gatehouse::llm {
namespace {

/// Documented for responseJsonSchema and parametersJsonSchema, and what Gemini's older Schema knows beside them.
constexpr std::array<std::string_view, 30> kKnown = {
    "$id",       "$defs",     "$ref",          "$anchor",       "type",      "format",      "title",       "description", "enum",     "items",
    "prefixItems", "minItems", "maxItems",     "minimum",       "maximum",   "anyOf",       "oneOf",       "properties",  "additionalProperties",
    "required",  "propertyOrdering", "minLength", "maxLength",  "pattern",   "minProperties", "maxProperties", "default",  "nullable", "example",
    "examples"};

/// Members whose values are data, not schemas.
constexpr std::array<std::string_view, 5> kData = {"enum", "default", "example", "examples", "required"};

bool isIn(std::string_view word, const auto& words) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

class Adapter {
  public:
    Json schema(const Json& from) {
        if (!from.is_object()) return from;
        if (from.contains("$ref")) return reference(from);
        Json out = Json::object();
        for (const auto& [key, value] : from.items()) member(key, value, out);
        return out;
    }

    std::set<std::string> left;   ///< Keywords that Gemini does not know.

  private:
    /// Beside $ref Gemini takes nothing but what begins with $.
    Json reference(const Json& from) {
        Json out = Json::object();
        for (const auto& [key, value] : from.items()) {
            if (key == "$defs" || key == "definitions") out["$defs"] = named(value);
            else if (key == "$ref") out[key] = target(value);
            else if (key.starts_with("$") && isIn(key, kKnown)) out[key] = value;
            else left.insert(key);
        }
        return out;
    }

    static Json target(const Json& value) {
        if (!value.is_string()) return value;
        auto path = value.get<std::string>();
        if (path.starts_with("#/definitions/")) path = "#/$defs/" + path.substr(14);
        return path;
    }

    Json named(const Json& map) {
        if (!map.is_object()) return map;
        Json out = Json::object();
        for (const auto& [name, value] : map.items()) out[name] = schema(value);
        return out;
    }

    Json list(const Json& items) {
        if (!items.is_array()) return schema(items);
        Json out = Json::array();
        for (const auto& item : items) out.push_back(schema(item));
        return out;
    }

    void member(const std::string& key, const Json& value, Json& out) {
        if (key == "properties" || key == "$defs") {
            out[key] = named(value);
        } else if (key == "definitions") {
            out["$defs"] = named(value);
        } else if (key == "const") {
            left.insert(key);
            out["enum"] = Json::array({value});
        } else if (key == "allOf" && value.is_array() && value.size() == 1 && value[0].is_object()) {
            left.insert(key);
            for (const auto only = schema(value[0]); const auto& [inner, given] : only.items())
                if (!out.contains(inner)) out[inner] = given;
        } else if ((key == "exclusiveMinimum" || key == "exclusiveMaximum") && value.is_number_integer()) {
            left.insert(key);
            const bool least = key == "exclusiveMinimum";
            out[least ? "minimum" : "maximum"] = value.get<std::int64_t>() + (least ? 1 : -1);
        } else if (!isIn(key, kKnown)) {
            left.insert(key);
        } else {
            out[key] = isIn(key, kData) ? value : list(value);
        }
    }
};

/// Google writes 64-bit numbers as texts.
Json numberOf(const Json& value) {
    if (!value.is_string()) return value;
    const auto& text = value.get_ref<const std::string&>();
    const auto parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() ? parsed : value;
}

std::string camel(std::string_view key) {
    std::string out;
    bool raise = false;
    for (const char c : key) {
        if (c == '_') raise = true;
        else out += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c, raise = false;
    }
    return out;
}

}  // namespace

Json geminiSchema(const Json& schema, const std::string& path, Losses& losses) {
    Adapter adapter;
    auto out = adapter.schema(schema);
    if (!adapter.left.empty())
        coerced(losses, path, fmt::format("Gemini's schemas do not know {}; they were left out or said in another way.", fmt::join(adapter.left, ", ")));
    return out;
}

Json jsonSchemaOfOpenApi(const Json& schema) {
    if (!schema.is_object()) return schema;
    Json out = Json::object();
    bool nullable = false;
    for (const auto& [written, value] : schema.items()) {
        const auto key = camel(written);
        if (key == "type" && value.is_string()) {
            out["type"] = lower(value.get<std::string>());
        } else if (key == "nullable") {
            nullable = value.is_boolean() && value.get<bool>();
        } else if (key == "properties" && value.is_object()) {
            auto& properties = out["properties"] = Json::object();
            for (const auto& [name, property] : value.items()) properties[name] = jsonSchemaOfOpenApi(property);
        } else if (key == "items") {
            out["items"] = jsonSchemaOfOpenApi(value);
        } else if (key == "anyOf" && value.is_array()) {
            auto& list = out["anyOf"] = Json::array();
            for (const auto& item : value) list.push_back(jsonSchemaOfOpenApi(item));
        } else if (key.starts_with("min") || key.starts_with("max")) {
            out[key] = numberOf(value);
        } else {
            out[key] = value;
        }
    }
    if (!nullable) return out;
    if (out.contains("type")) out["type"] = Json::array({out["type"], "null"});
    if (out.contains("anyOf")) out["anyOf"].push_back({{"type", "null"}});
    if (out.contains("enum")) out["enum"].push_back(nullptr);
    return out;
}

}  // namespace gatehouse::llm
