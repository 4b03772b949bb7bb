#include "editors/form_model.h"

#include "editors/object_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gatehouse::ui {
namespace {

using config::FieldPath;
using config::FieldSpec;
using config::FieldType;
using text::yaml::Node;
using text::yaml::NodeKind;

/// Absent scalars get a row of their own up to this many per object; beyond it they wait in the Add menu.
constexpr std::size_t kEmptyRows = 6;
constexpr std::size_t kSummaryLength = 90;

/// Members of the whole object that a form does not show: identity of the kind, and what a cluster writes.
constexpr std::array<std::string_view, 3> kHiddenRoot = {"apiVersion", "kind", "status"};
constexpr std::array<std::string_view, 4> kShownMetadata = {"name", "namespace", "labels", "annotations"};

/// Items of lists with at most so many scalar members stand in one row; other objects with one less.
constexpr std::size_t kCompactFields = 3;

/// Texts that people write in several lines.
constexpr std::array<std::string_view, 3> kParagraphs = {"content", "message", "body"};

/// Field names whose label is no plain reading of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames = {{
    {"useDefaultGateways", "Default gateways"},
    {"ai", "AI"}, {"llm", "LLM"}, {"openai", "OpenAI"}, {"azureopenai", "Azure OpenAI"}, {"vertexai", "Vertex AI"}, {"aws", "AWS"},
    {"tls", "TLS"}, {"mcp", "MCP"}, {"gcp", "GCP"}, {"urlRewrite", "URL rewrite"}, {"cors", "CORS"},
}};

bool contains(const auto& list, std::string_view name) { return std::find(list.begin(), list.end(), name) != list.end(); }

bool isScalar(FieldType type) {
    return type != FieldType::Object && type != FieldType::List && type != FieldType::StringMap && type != FieldType::Any;
}

FormItem itemFor(const FieldSpec& spec, const Node* node, const FieldPath& path, std::string label);

bool hasDiscriminator(const FieldSpec& object) {
    const auto* type = object.member("type");
    return type && type->type == FieldType::Enum && !object.unionMembers.empty();
}

/// Members of a union that `type` does not name: not to be offered now.
bool unionHides(const FieldSpec& object, const Node* node, const std::string& member) {
    if (!contains(object.unionMembers, member) || !hasDiscriminator(object)) return false;
    const auto* type = node ? node->find("type") : nullptr;
    return unionMemberFor(object, type ? std::string_view(type->value) : std::string_view{}) != member;
}

/// Members of which one may be there, though the tables name no union.
constexpr std::array<std::array<std::string_view, 2>, 2> kEither = {{{"percent", "fraction"}, {"caCertificateRefs", "wellKnownCACertificates"}}};

/// The member that is there and excludes this one; empty: none.
std::string excludedBy(const FieldSpec& object, const Node* node, const std::string& member) {
    if (!node) return {};
    if (contains(object.unionMembers, member) && !hasDiscriminator(object))
        for (const auto& other : object.unionMembers)
            if (other != member && node->find(other)) return other;
    for (const auto& [one, another] : kEither) {
        const auto other = member == one ? another : member == another ? one : std::string_view{};
        if (!other.empty() && object.member(other) && node->find(other)) return std::string(other);
    }
    return {};
}

void fillGroup(FormItem& group, const FieldSpec& spec, const Node* node, const FieldPath& path, const auto& shows) {
    std::size_t empty = 0;
    for (const auto& member : spec.fields) {
        if (!shows(member.name)) continue;
        const auto* value = node ? node->find(member.name) : nullptr;
        const bool hidden = unionHides(spec, node, member.name);
        const auto other = value ? std::string{} : excludedBy(spec, node, member.name);
        const bool row = value || member.required || (isScalar(member.type) && !hidden && other.empty() && empty < kEmptyRows);
        if (row) {
            if (!value) ++empty;
            group.children.push_back(itemFor(member, value, path.key(member.name), labelOf(member.name)));
        } else if (!hidden) {
            group.addable.push_back({path.key(member.name), &member, other});
        }
    }
    if (node)
        for (const auto& entry : node->entries)
            if (!spec.member(entry.key.value)) group.unknown.push_back(entry.key.value);
}

FormItem itemFor(const FieldSpec& spec, const Node* node, const FieldPath& path, std::string label) {
    FormItem item;
    item.spec = &spec;
    item.path = path;
    item.label = std::move(label);
    item.present = node != nullptr;
    const bool null = node && node->isNull();
    if (node && !null && (node->kind == NodeKind::Alias || !node->anchor.empty() || !node->tag.empty())) {
        item.control = FormItem::Control::Raw;
        item.summary = summaryOf(*node, &spec);
        return item;
    }
    const auto raw = [&] {
        item.control = FormItem::Control::Raw;
        item.summary = node ? summaryOf(*node, &spec) : std::string{};
    };
    switch (spec.type) {
        case FieldType::Object:
            if (node && !null && node->kind != NodeKind::Mapping) {
                raw();
            } else {
                item.control = FormItem::Control::Group;
                if (spec.fields.empty()) {
                    raw();
                } else if (node || spec.required) {
                    fillGroup(item, spec, node, path, [](const std::string&) { return true; });
                    if (node) item.summary = summaryOf(*node, &spec);
                }
            }
            break;
        case FieldType::List:
            if ((node && !null && node->kind != NodeKind::Sequence) || !spec.element()) {
                raw();
                break;
            }
            item.control = FormItem::Control::List;
            if (node)
                for (std::size_t i = 0; i < node->items.size(); ++i) {
                    auto child = itemFor(*spec.element(), &node->items[i], path.index(i), std::to_string(i + 1));
                    child.listItem = true;
                    item.children.push_back(std::move(child));
                }
            break;
        case FieldType::StringMap:
            if (node && !null && node->kind != NodeKind::Mapping) {
                raw();
                break;
            }
            item.control = FormItem::Control::Map;
            if (node)
                for (const auto& entry : node->entries) item.entries.emplace_back(entry.key.value, entry.value.value);
            break;
        case FieldType::Any: raw(); break;
        default:
            if (node && node->kind != NodeKind::Scalar) {
                raw();
                break;
            }
            item.value = node && !null ? node->value : std::string{};
            item.control = FormItem::Control::Text;
            if (spec.type == FieldType::String && (item.value.find('\n') != std::string::npos || contains(kParagraphs, spec.name)))
                item.control = FormItem::Control::Paragraph;
            // A number of which only some are allowed is chosen, not counted up to.
            if ((spec.type == FieldType::Enum || (spec.type == FieldType::Integer && !spec.enumValues.empty())) && (item.value.empty() || contains(spec.enumValues, item.value)))
                item.control = FormItem::Control::Choice;
            if (spec.type == FieldType::Boolean && (item.value.empty() || node->asBool())) item.control = FormItem::Control::Check;
            if (spec.type == FieldType::Integer && spec.enumValues.empty() && (item.value.empty() || node->asInt())) item.control = FormItem::Control::Integer;
    }
    return item;
}

}  // namespace

const FormItem* FormItem::find(const FieldPath& at) const {
    for (const auto& child : children)
        if (isWithin(at, child.path)) {
            const auto* deeper = child.find(at);
            return deeper ? deeper : &child;
        }
    return isWithin(at, path) ? this : nullptr;
}

bool isScalarControl(FormItem::Control control) {
    return control == FormItem::Control::Text || control == FormItem::Control::Paragraph || control == FormItem::Control::Integer ||
           control == FormItem::Control::Check || control == FormItem::Control::Choice;
}

bool isCompact(const FormItem& item) {
    const auto most = item.listItem ? kCompactFields : kCompactFields - 1;
    if (item.control != FormItem::Control::Group || !item.spec || item.spec->fields.empty() || item.spec->fields.size() > most)
        return false;
    return item.unknown.empty() && item.addable.empty() && !item.children.empty() &&
           std::all_of(item.children.begin(), item.children.end(), [](const FormItem& child) {
               return isScalarControl(child.control) && child.control != FormItem::Control::Check;
           });
}

FormItem buildForm(const config::KindSchema& schema, const Node& root) {
    FormItem form;
    form.spec = &schema.root;
    form.present = true;
    const auto all = [](const std::string&) { return true; };
    for (const auto& member : schema.root.fields) {
        if (contains(kHiddenRoot, member.name)) continue;
        const auto* value = root.find(member.name);
        const auto path = FieldPath().key(member.name);
        if (member.name == "metadata")
            fillGroup(form, member, value, path, [](const std::string& name) { return contains(kShownMetadata, name); });
        else if (member.name == "spec" && member.type == FieldType::Object && (!value || value->kind == NodeKind::Mapping || value->isNull()))
            fillGroup(form, member, value, path, all);
        else if (value || member.required)
            form.children.push_back(itemFor(member, value, path, labelOf(member.name)));
        else
            form.addable.push_back({path, &member, {}});
    }
    if (const auto* metadata = root.find("metadata"); metadata && schema.root.member("metadata"))
        std::erase_if(form.unknown, [&](const std::string& name) { return metadata->find(name) != nullptr; });
    for (const auto& entry : root.entries)
        if (!schema.root.member(entry.key.value) && !contains(kHiddenRoot, entry.key.value)) form.unknown.push_back(entry.key.value);
    return form;
}

std::string labelOf(std::string_view fieldName) {
    for (const auto& [name, label] : kNames)
        if (name == fieldName) return std::string(label);
    std::string out;
    for (std::size_t i = 0; i < fieldName.size(); ++i) {
        const char c = fieldName[i];
        const bool upper = std::isupper(static_cast<unsigned char>(c));
        const bool nextLower = i + 1 < fieldName.size() && std::islower(static_cast<unsigned char>(fieldName[i + 1]));
        const bool previousLower = i > 0 && !std::isupper(static_cast<unsigned char>(fieldName[i - 1]));
        if (i == 0) {
            out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        } else if (upper && (previousLower || nextLower)) {
            out += ' ';
            out += nextLower ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : c;
        } else {
            out += c;
        }
    }
    return out;
}

std::string unionMemberFor(const FieldSpec& object, std::string_view typeValue) {
    const auto same = [&](std::string_view name) {
        return name.size() == typeValue.size() && std::equal(name.begin(), name.end(), typeValue.begin(), [](unsigned char a, unsigned char b) {
                   return std::tolower(a) == std::tolower(b);
               });
    };
    for (const auto& member : object.unionMembers)
        if (same(member)) return member;
    return {};
}

std::string singularOf(std::string_view label) {
    std::string out(label);
    if (!out.empty() && !(out.size() > 1 && std::isupper(static_cast<unsigned char>(out[1]))))
        out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
    if (out.ends_with("ches") || out.ends_with("sses")) return out.substr(0, out.size() - 2);
    if (out.ends_with("ies")) return out.substr(0, out.size() - 3) + "y";
    if (out.ends_with("s") && !out.ends_with("ss")) out.pop_back();
    return out;
}

std::string summaryOf(const Node& node, const FieldSpec* spec) {
    std::string out;
    const auto add = [&](const std::string& part) {
        if (out.size() >= kSummaryLength || part.empty()) return;
        if (!out.empty()) out += " · ";
        out += part;
    };
    switch (node.kind) {
        case NodeKind::Alias: return "*" + node.value;
        case NodeKind::Scalar: return node.value;
        case NodeKind::Sequence:
            for (const auto& item : node.items) add(summaryOf(item, spec ? spec->element() : nullptr));
            break;
        case NodeKind::Mapping:
            for (const auto& entry : node.entries) {
                const auto* member = spec ? spec->member(entry.key.value) : nullptr;
                if (entry.value.kind == NodeKind::Scalar)
                    add(entry.key.value == "name" || entry.key.value == "type" || entry.key.value == "value"
                            ? entry.value.value
                            : entry.key.value + " " + entry.value.value);
                else
                    add(summaryOf(entry.value, member));
            }
            break;
    }
    if (out.size() > kSummaryLength) {
        auto cut = kSummaryLength;
        while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
        out = out.substr(0, cut) + "…";
    }
    return out;
}

}  // namespace gatehouse::ui
