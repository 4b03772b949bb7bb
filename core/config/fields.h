// Typed reading of a tree's members with defaults, for the decoders: what is missing or of a wrong type takes the
// default, for validation has reported it already. Private to config/. Thread: pure functions on immutable trees.
#pragma once

#include "config/gateway_api.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::config {

using text::yaml::Node;
using text::yaml::NodeKind;

/// A present member that is not null; else null pointer.
inline const Node* memberOf(const Node* node, std::string_view name) {
    const auto* found = node == nullptr ? nullptr : node->find(name);
    return found == nullptr || found->isNull() ? nullptr : found;
}

inline std::string textOf(const Node* node, std::string_view name, std::string_view byDefault = {}) {
    const auto* found = memberOf(node, name);
    return found != nullptr && found->kind == NodeKind::Scalar ? found->value : std::string(byDefault);
}

inline std::int64_t intOf(const Node* node, std::string_view name, std::int64_t byDefault) {
    const auto* found = memberOf(node, name);
    return found == nullptr ? byDefault : found->asInt().value_or(byDefault);
}

inline std::optional<std::uint16_t> portOf(const Node* node, std::string_view name) {
    const auto value = intOf(node, name, 0);
    if (value < 1 || value > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

inline bool boolOf(const Node* node, std::string_view name, bool byDefault) {
    const auto* found = memberOf(node, name);
    return found == nullptr ? byDefault : found->asBool().value_or(byDefault);
}

/// Items of a list member; empty where it is missing or no list.
inline const std::vector<Node>& itemsOf(const Node* node, std::string_view name) {
    static const std::vector<Node> kNone;
    const auto* found = memberOf(node, name);
    return found != nullptr && found->kind == NodeKind::Sequence ? found->items : kNone;
}

inline std::vector<std::pair<std::string, std::string>> pairsOf(const Node* node, std::string_view name) {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (const auto* found = memberOf(node, name); found != nullptr && found->kind == NodeKind::Mapping)
        for (const auto& entry : found->entries)
            if (entry.value.kind == NodeKind::Scalar) pairs.emplace_back(entry.key.value, entry.value.value);
    return pairs;
}

/// Texts of a list of scalars.
inline std::vector<std::string> textsOf(const Node* node, std::string_view name) {
    std::vector<std::string> texts;
    for (const auto& item : itemsOf(node, name))
        if (item.kind == NodeKind::Scalar) texts.push_back(item.value);
    return texts;
}

inline std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

inline Result<const Node*> specOf(const Object& object) {
    const auto* spec = object.root ? memberOf(object.root.get(), "spec") : nullptr;
    if (spec == nullptr || spec->kind != NodeKind::Mapping)
        return fail("no-spec", object.key.display() + " has no spec.");
    return spec;
}

}  // namespace gatehouse::config
