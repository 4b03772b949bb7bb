#include "config/object.h"

#include "base/ids.h"

namespace gatehouse::config {
namespace {

std::uint64_t nameHash(std::string_view kind, std::string_view ns, std::string_view name) {
    auto hash = base::stableHash(kind);
    hash = base::stableHash("/", hash);
    hash = base::stableHash(ns, hash);
    hash = base::stableHash("/", hash);
    return base::stableHash(name, hash);
}

}  // namespace

std::string ObjectKey::display() const {
    return ns.empty() ? kind + " " + name : kind + " " + ns + "/" + name;
}

std::string ObjectKey::id() const {
    return (group.empty() ? "core" : group) + "/" + kind + "/" + ns + "/" + name;
}

SourceLocation Object::locate(const FieldPath& path) const {
    SourceLocation place = where;
    if (!root) return place;
    const text::yaml::Node* node = root.get();
    const text::yaml::Node* key = nullptr;
    for (const auto& step : path.steps()) {
        const text::yaml::Node* next = nullptr;
        const text::yaml::Node* nextKey = nullptr;
        if (const auto* index = std::get_if<std::size_t>(&step)) {
            if (node->kind == text::yaml::NodeKind::Sequence && *index < node->items.size())
                next = &node->items[*index];
        } else {
            const auto& name = std::get<std::string>(step);
            next = node->find(name);
            for (const auto& entry : node->entries)
                if (&entry.value == next) nextKey = &entry.key;
        }
        if (next == nullptr) break;
        node = next;
        key = nextKey;
    }
    // An empty value, and a collection, are best pointed at by their key.
    const bool byKey =
        key != nullptr && (node->kind != text::yaml::NodeKind::Scalar || node->begin.offset == node->end.offset);
    const auto& mark = byKey ? key->begin : node->begin;
    place.line = textLine + mark.line - 1;
    place.column = mark.column;
    place.begin = textBegin + mark.offset;
    place.end = textBegin + node->end.offset;
    return place;
}

const Object* ObjectSet::find(const ObjectKey& key) const {
    if (indexed_ == objects.size() && !objects.empty()) {
        const auto found = byName_.find(nameHash(key.kind, key.ns, key.name));
        if (found == byName_.end()) return nullptr;
        for (const auto position : found->second)
            if (objects[position].key == key) return &objects[position];
        return nullptr;
    }
    for (const auto& object : objects)
        if (object.key == key) return &object;
    return nullptr;
}

const Object* ObjectSet::find(std::string_view kind, std::string_view ns, std::string_view name) const {
    const auto matches = [&](const Object& object) {
        return object.key.name == name && object.key.kind == kind && object.key.ns == ns;
    };
    if (indexed_ == objects.size() && !objects.empty()) {
        const auto found = byName_.find(nameHash(kind, ns, name));
        if (found == byName_.end()) return nullptr;
        for (const auto position : found->second)
            if (matches(objects[position])) return &objects[position];
        return nullptr;
    }
    for (const auto& object : objects)
        if (matches(object)) return &object;
    return nullptr;
}

std::vector<const Object*> ObjectSet::ofKind(std::string_view kind) const {
    std::vector<const Object*> found;
    if (indexed_ == objects.size() && !objects.empty()) {
        const auto positions = byKind_.find(std::string(kind));
        if (positions == byKind_.end()) return found;
        found.reserve(positions->second.size());
        for (const auto position : positions->second) found.push_back(&objects[position]);
        return found;
    }
    for (const auto& object : objects)
        if (object.key.kind == kind) found.push_back(&object);
    return found;
}

void ObjectSet::buildIndex() {
    byName_.clear();
    byKind_.clear();
    byName_.reserve(objects.size());
    for (std::uint32_t position = 0; position < objects.size(); ++position) {
        const auto& key = objects[position].key;
        byName_[nameHash(key.kind, key.ns, key.name)].push_back(position);
        byKind_[key.kind].push_back(position);
    }
    indexed_ = objects.size();
}

}  // namespace gatehouse::config
