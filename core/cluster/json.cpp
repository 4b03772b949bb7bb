#include "cluster/json.h"

#include <algorithm>

namespace gatehouse::cluster {
namespace {

constexpr int kDeepest = 200;

/// Looked at before parsing: trees are destroyed and written by recursion.
bool tooDeep(std::string_view text) {
    int depth = 0, deepest = 0;
    bool inText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inText) {
            if (c == '\\') ++i;
            else if (c == '"') inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest > kDeepest;
}

}  // namespace

Result<Json> parseJson(std::string_view text) {
    if (tooDeep(text)) return fail("json", "The JSON is nested too deep.");
    auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail("json", "This is no JSON.");
    return json;
}

std::string writeJson(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

const Json& memberOf(const Json& object, const char* name) {
    static const Json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

std::string textOf(const Json& object, const char* name) {
    const auto& member = memberOf(object, name);
    return member.is_string() ? member.get<std::string>() : std::string();
}

bool flagOf(const Json& object, const char* name) {
    const auto& member = memberOf(object, name);
    return member.is_boolean() && member.get<bool>();
}

text::yaml::Node yamlOf(const Json& json) {
    using namespace text::yaml;
    Node node;
    if (json.is_object()) {
        node.kind = NodeKind::Mapping;
        for (const auto& [key, value] : json.items()) node.entries.push_back({yamlOf(Json(key)), yamlOf(value)});
    } else if (json.is_array()) {
        node.kind = NodeKind::Sequence;
        for (const auto& value : json) node.items.push_back(yamlOf(value));
    } else if (json.is_string()) {
        node.value = json.get<std::string>();
        if (plainType(node.value) != Type::String) node.style = ScalarStyle::DoubleQuoted;
    } else {
        node.value = json.is_null() ? "null" : writeJson(json);
    }
    return node;
}

}  // namespace gatehouse::cluster
