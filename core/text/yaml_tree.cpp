#include "text/yaml.h"

#include <unordered_map>
#include <unordered_set>

namespace gatehouse::text::yaml {

const Node* Node::find(std::string_view key) const {
    if (kind != NodeKind::Mapping) return nullptr;
    // The last of duplicate keys wins, as in kubectl's reader.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->key.kind == NodeKind::Scalar && entry->key.value == key) return &entry->value;
    return nullptr;
}

const Node* Node::at(const Path& path) const {
    const Node* node = this;
    for (const auto& step : path.steps()) {
        if (const auto* index = std::get_if<std::size_t>(&step)) {
            if (node->kind != NodeKind::Sequence || *index >= node->items.size()) return nullptr;
            node = &node->items[*index];
        } else {
            node = node->find(std::get<std::string>(step));
            if (node == nullptr) return nullptr;
        }
    }
    return node;
}

bool hasAliases(const Node& root) {
    if (root.kind == NodeKind::Alias) return true;
    for (const auto& entry : root.entries)
        if (hasAliases(entry.key) || hasAliases(entry.value)) return true;
    for (const auto& item : root.items)
        if (hasAliases(item)) return true;
    return false;
}

bool sameTree(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.anchor != b.anchor || a.tag != b.tag) return false;
    switch (a.kind) {
        case NodeKind::Alias:
            return a.value == b.value;
        case NodeKind::Scalar: {
            const auto type = a.type();
            return type == b.type() && (type == Type::Null || a.value == b.value);
        }
        case NodeKind::Mapping:
            if (a.entries.size() != b.entries.size()) return false;
            for (std::size_t i = 0; i < a.entries.size(); ++i)
                if (!sameTree(a.entries[i].key, b.entries[i].key) || !sameTree(a.entries[i].value, b.entries[i].value))
                    return false;
            return true;
        case NodeKind::Sequence:
            if (a.items.size() != b.items.size()) return false;
            for (std::size_t i = 0; i < a.items.size(); ++i)
                if (!sameTree(a.items[i], b.items[i])) return false;
            return true;
    }
    return false;
}

namespace {

class Expander {
  public:
    explicit Expander(std::size_t maxNodes) : left_(maxNodes) {}

    Result<Node> expand(const Node& node) {
        if (left_-- == 0) {
            left_ = 0;
            return fail("yaml-aliases", "Its aliases expand to too many values.");
        }
        if (node.kind == NodeKind::Alias) return expandAlias(node);
        const bool anchored = !node.anchor.empty();
        if (anchored) open_.insert(node.anchor);
        Node out;
        out.kind = node.kind;
        out.value = node.value;
        out.style = node.style;
        out.tag = node.tag;
        out.flow = node.flow;
        out.begin = node.begin;
        out.end = node.end;
        out.outer = node.outer;
        for (const auto& item : node.items) {
            auto copy = expand(item);
            if (!copy) return copy;
            out.items.push_back(std::move(*copy));
        }
        if (auto done = expandEntries(node, out); !done) return tl::unexpected(done.error());
        if (anchored) {
            open_.erase(node.anchor);
            anchors_[node.anchor] = out;
        }
        return out;
    }

  private:
    Result<Node> expandAlias(const Node& alias) {
        if (open_.contains(alias.value))
            return fail("yaml-aliases", "The alias *" + alias.value + " refers to itself.");
        const auto found = anchors_.find(alias.value);
        if (found == anchors_.end())
            return fail("yaml-aliases", "The alias *" + alias.value + " has no anchor before it.");
        if (!spend(found->second)) return fail("yaml-aliases", "Its aliases expand to too many values.");
        Node copy = found->second;
        copy.begin = alias.begin;
        copy.end = alias.end;
        copy.outer = alias.outer;
        return copy;
    }

    bool spend(const Node& node) {
        if (left_ == 0) return false;
        --left_;
        for (const auto& entry : node.entries)
            if (!spend(entry.key) || !spend(entry.value)) return false;
        for (const auto& item : node.items)
            if (!spend(item)) return false;
        return true;
    }

    Result<void> expandEntries(const Node& node, Node& out) {
        std::vector<Node::Entry> merged;
        for (const auto& entry : node.entries) {
            auto key = expand(entry.key);
            if (!key) return tl::unexpected(key.error());
            auto value = expand(entry.value);
            if (!value) return tl::unexpected(value.error());
            if (key->value == "<<" && key->style == ScalarStyle::Plain && key->kind == NodeKind::Scalar) {
                if (value->kind == NodeKind::Mapping) value->items.push_back(*value);
                for (auto& source : value->items)
                    for (auto& inherited : source.entries) merged.push_back(std::move(inherited));
                continue;
            }
            out.entries.push_back({std::move(*key), std::move(*value)});
        }
        for (auto& entry : merged)
            if (out.find(entry.key.value) == nullptr) out.entries.push_back(std::move(entry));
        return {};
    }

    std::size_t left_;
    std::unordered_map<std::string, Node> anchors_;
    std::unordered_set<std::string> open_;
};

}  // namespace

Result<Node> expandAliases(const Node& root, std::size_t maxNodes) {
    return Expander(maxNodes).expand(root);
}

}  // namespace gatehouse::text::yaml
