#include "gitops/object_diff.h"

#include "config/agentgateway.h"
#include "gitops/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::gitops {
namespace {

using text::yaml::Node;
using text::yaml::NodeKind;
using text::yaml::Type;

/// Lists whose order means nothing: the API server merges them by this member (x-kubernetes-list-type: map).
struct KeyedList {
    std::string_view kind, path, key;
};
constexpr KeyedList kKeyedLists[] = {{"Gateway", "spec.listeners", "name"}, {"ListenerSet", "spec.listeners", "name"}, {"Service", "spec.ports", "name"}};

std::string_view keyOf(std::string_view kind, std::string_view shape) {
    for (const auto& each : kKeyedLists)
        if (each.kind == kind && each.path == shape) return each.key;
    return {};
}

bool isDefault(const Node& node, const config::FieldSpec& spec) {
    if (node.kind != NodeKind::Scalar) return false;
    if (!spec.defaultValue.empty()) return node.value == spec.defaultValue;
    // The core group is written as an empty text.
    return spec.name == "group" && node.value.empty() && !node.isNull();
}

/// Takes out what a server would put in; true where nothing is left of what was something.
bool dropDefaults(Node& node, const config::FieldSpec& spec) {
    if (isDefault(node, spec)) return true;
    if (node.kind == NodeKind::Sequence && spec.element() != nullptr) {
        bool all = !node.items.empty();
        for (auto& item : node.items) all = dropDefaults(item, *spec.element()) && all;
        // A rule without matches has the one that matches all.
        return all && spec.name == "matches" && node.items.size() == 1;
    }
    if (node.kind != NodeKind::Mapping || node.entries.empty()) return false;
    std::erase_if(node.entries, [&](Node::Entry& entry) {
        const auto* member = spec.member(entry.key.value);
        return member != nullptr && dropDefaults(entry.value, *member);
    });
    return node.entries.empty();
}

std::string shown(const Node& node) {
    if (node.kind == NodeKind::Scalar) return node.type() == Type::String ? fmt::format("\"{}\"", node.value) : node.value;
    return config::agentgateway::jsonOf(node);
}

bool sameScalar(const Node& left, const Node& right) {
    if (left.type() != right.type()) return false;
    if (left.type() == Type::Boolean) return left.asBool() == right.asBool();
    if (left.type() == Type::Integer) return left.asInt() == right.asInt();
    if (left.type() == Type::Float) return left.asDouble() == right.asDouble();
    return left.value == right.value;
}

class Comparison {
  public:
    Comparison(std::string_view kind, std::vector<FieldChange>& out) : kind_(kind), out_(out) {}

    void compare(const Node& before, const Node& after, const std::string& path, const std::string& shape) {
        if (before.kind != after.kind) return note(path, &before, &after);
        if (before.kind == NodeKind::Mapping) return mappings(before, after, path, shape);
        if (before.kind == NodeKind::Sequence) return sequences(before, after, path, shape);
        if (!sameScalar(before, after)) note(path, &before, &after);
    }

  private:
    void note(const std::string& path, const Node* before, const Node* after) {
        const bool hidden = kind_ == "Secret" && (path.starts_with("data") || path.starts_with("stringData"));
        const auto text = [&](const Node* node) { return node == nullptr ? std::optional<std::string>() : hidden ? "(hidden)" : shown(*node); };
        out_.push_back({path, text(before), text(after)});
    }

    static std::string below(const std::string& path, const std::string& key) {
        if (key.find_first_of(".[]/") != std::string::npos) return fmt::format("{}[\"{}\"]", path, key);
        return path.empty() ? key : path + "." + key;
    }

    void mappings(const Node& before, const Node& after, const std::string& path, const std::string& shape) {
        std::set<std::string> names;
        for (const auto* node : {&before, &after})
            for (const auto& entry : node->entries) names.insert(entry.key.value);
        for (const auto& name : names) pair(before.find(name), after.find(name), below(path, name), shape.empty() ? name : shape + "." + name);
    }

    void pair(const Node* before, const Node* after, const std::string& path, const std::string& shape) {
        if (before != nullptr && after != nullptr) compare(*before, *after, path, shape);
        else note(path, before, after);
    }

    void sequences(const Node& before, const Node& after, const std::string& path, const std::string& shape) {
        const auto key = keyOf(kind_, shape);
        std::map<std::string, const Node*> left, right;
        if (!key.empty() && byKey(before, key, left) && byKey(after, key, right)) {
            std::set<std::string> names;
            for (const auto* side : {&left, &right})
                for (const auto& [name, node] : *side) names.insert(name);
            for (const auto& name : names)
                pair(left.contains(name) ? left[name] : nullptr, right.contains(name) ? right[name] : nullptr, fmt::format("{}[{}]", path, name), shape);
            return;
        }
        for (std::size_t i = 0; i < std::max(before.items.size(), after.items.size()); ++i)
            pair(i < before.items.size() ? &before.items[i] : nullptr, i < after.items.size() ? &after.items[i] : nullptr, fmt::format("{}[{}]", path, i), shape);
    }

    /// False where an item has no such member, or two have the same.
    static bool byKey(const Node& list, std::string_view key, std::map<std::string, const Node*>& out) {
        for (const auto& item : list.items) {
            const Node* name = item.find(key);
            if (name == nullptr || name->kind != NodeKind::Scalar || !out.emplace(name->value, &item).second) return false;
        }
        return true;
    }

    std::string kind_;
    std::vector<FieldChange>& out_;
};

void compareObjects(const config::Object& before, const config::Object& after, std::vector<FieldChange>& out) {
    const auto left = comparable(before), right = comparable(after);
    if (!left || !right) {
        out.push_back({"", left ? std::optional<std::string>() : left.error().message, right ? std::optional<std::string>() : right.error().message});
        return;
    }
    Comparison(before.key.kind, out).compare(*left, *right, "", "");
}

}  // namespace

Result<Node> comparable(const config::Object& object) {
    auto cleaned = clean(object, {.keepOwn = true});
    if (!cleaned) return tl::unexpected(cleaned.error());
    auto& root = cleaned->root;
    dropServerSet(object.key, root);
    // A cluster answers in the version that it is asked for; the object is the same.
    std::erase_if(root.entries, [](const Node::Entry& entry) { return entry.key.value == "apiVersion"; });
    if (object.schema != nullptr) {
        // Versions of one kind hold the same fields.
        for (auto& entry : root.entries)
            if (const auto* spec = entry.key.value == "metadata" ? nullptr : object.schema->root.member(entry.key.value)) dropDefaults(entry.value, *spec);
        std::erase_if(root.entries, [](const Node::Entry& entry) { return entry.value.kind == NodeKind::Mapping && entry.value.entries.empty(); });
    }
    return std::move(root);
}

std::vector<FieldChange> diffFields(const config::Object& before, const config::Object& after) {
    std::vector<FieldChange> out;
    compareObjects(before, after, out);
    return out;
}

std::vector<ObjectChange> diffObjects(const config::ObjectSet& before, const config::ObjectSet& after) {
    std::map<config::ObjectKey, std::pair<const config::Object*, const config::Object*>> all;
    for (const auto& object : before.objects) all[object.key].first = &object;
    for (const auto& object : after.objects) all[object.key].second = &object;
    std::vector<ObjectChange> out;
    for (const auto& [key, sides] : all) {
        const auto& [left, right] = sides;
        if (left == nullptr || right == nullptr) {
            out.push_back({right == nullptr ? ObjectChange::Kind::OnlyBefore : ObjectChange::Kind::OnlyAfter, key, {}});
            continue;
        }
        auto fields = diffFields(*left, *right);
        if (!fields.empty()) out.push_back({ObjectChange::Kind::Changed, key, std::move(fields)});
    }
    return out;
}

}  // namespace gatehouse::gitops
