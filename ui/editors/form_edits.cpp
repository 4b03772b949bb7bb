#include "editors/form_edits.h"

#include "editors/object_text.h"
#include "models/core_sentence.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gatehouse::ui {
namespace {

using config::Edit;
using config::FieldFormat;
using config::FieldPath;
using config::FieldSpec;
using config::FieldType;
using text::yaml::Type;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(FormEdits)
};

std::string indented(const std::string& block) {
    std::string out;
    for (std::size_t at = 0; at < block.size();) {
        const auto end = std::min(block.find('\n', at), block.size() - 1);
        out += "  " + block.substr(at, end + 1 - at);
        at = end + 1;
    }
    return out;
}

bool isBlock(const std::string& fragment) { return fragment.find('\n') != std::string::npos; }

std::string asItem(const std::string& fragment) {
    if (!isBlock(fragment)) return "- " + fragment + "\n";
    auto out = indented(fragment);
    out[0] = '-';
    return out;
}

std::string asEntry(const std::string& name, const std::string& fragment) {
    return isBlock(fragment) ? name + ":\n" + indented(fragment) : name + ": " + fragment + "\n";
}

/// Texts whose form the table cannot tell.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kStarters = {{
    {"wellKnownCACertificates", "System"},
    {"uri", "spiffe://example.com/service"},
    {"sessionName", "session"},
}};

std::string starterText(const FieldSpec& spec) {
    for (const auto& [name, value] : kStarters)
        if (name == spec.name) return std::string(value);
    if (!spec.defaultValue.empty()) return spec.defaultValue;
    if (!spec.enumValues.empty()) return spec.enumValues.front();
    switch (spec.format) {
        case FieldFormat::Hostname:
        case FieldFormat::PreciseHostname: return "example.com";
        case FieldFormat::HeaderName: return "x-example";
        case FieldFormat::HttpPathValue: return "/";
        case FieldFormat::Port: return "8080";
        case FieldFormat::Regex: return "example";
        case FieldFormat::IpAddress: return "127.0.0.1";
        case FieldFormat::Base64: return "ZXhhbXBsZQ==";
        case FieldFormat::Json: return "0";
        default: break;
    }
    switch (spec.type) {
        case FieldType::Integer: return std::to_string(std::max<std::int64_t>(spec.minimum.value_or(1), 1));
        case FieldType::IntOrString: return "1";
        case FieldType::Boolean: return "true";
        case FieldType::Duration: return "10s";
        case FieldType::Quantity: return "1Mi";
        default: return "example";
    }
}

}  // namespace

Type yamlTypeOf(const FieldSpec& spec, const std::string& value) {
    const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
    switch (spec.type) {
        case FieldType::Integer: return digits || (value.size() > 1 && value[0] == '-') ? Type::Integer : Type::String;
        case FieldType::Boolean: return value == "true" || value == "false" ? Type::Boolean : Type::String;
        case FieldType::IntOrString: return digits ? Type::Integer : Type::String;
        default: return Type::String;
    }
}

std::string starterFragment(const FieldSpec& spec) {
    switch (spec.type) {
        case FieldType::Object: {
            std::string out;
            const auto* type = spec.member("type");
            const bool tagged = type && type->type == FieldType::Enum && !spec.unionMembers.empty();
            const auto chosen = tagged ? unionMemberFor(spec, starterText(*type)) : std::string{};
            for (const auto& member : spec.fields) {
                const bool wanted = member.required || (tagged && (member.name == "type" || member.name == chosen));
                const bool other = std::find(spec.unionMembers.begin(), spec.unionMembers.end(), member.name) != spec.unionMembers.end() &&
                                   member.name != chosen;
                if (wanted && !other) out += asEntry(member.name, starterFragment(member));
            }
            return out.empty() ? "{}" : out;
        }
        case FieldType::List: return spec.element() ? asItem(starterFragment(*spec.element())) : "[]";
        case FieldType::StringMap: return "example: value\n";
        case FieldType::Any: return "{}";
        default: {
            const auto value = starterText(spec);
            return text::yaml::writeScalar(value, yamlTypeOf(spec, value));
        }
    }
}

const text::yaml::Node* FormEdits::node(const FieldPath& path) const {
    const auto set = workspace_.objects();
    const auto* object = set->find(object_);
    return object && object->root ? object->root->at(path) : nullptr;  // The workspace keeps the reading alive.
}

QString FormEdits::where(const FieldPath& path) const {
    auto text = QString::fromStdString(path.toString());
    if (text.startsWith(QLatin1String("spec."))) text.remove(0, 5);
    return text;
}

Result<Edit> FormEdits::named(Result<Edit> edit, const QString& name, const QString& mergeKey) {
    if (edit) {
        edit->name = name.toStdString();
        edit->mergeKey = mergeKey.toStdString();
    }
    return edit;
}

Result<Edit> FormEdits::setScalar(const FieldPath& path, const FieldSpec& spec, const QString& value) const {
    const auto text = value.toStdString();
    const bool item = !path.empty() && std::holds_alternative<std::size_t>(path.steps().back());
    if (text.empty() && !spec.required && !item) return remove(path);
    auto shown = value.size() > 32 ? value.left(31) + QChar(0x2026) : value;
    const auto merge = spec.type == FieldType::Integer ? QString::fromStdString(object_.id() + "#" + path.toString()) : QString();
    return named(workspace_.setField(object_, path, text, yamlTypeOf(spec, text)),
                 Words::tr("Set %1 of %2 to %3").arg(where(path), QString::fromStdString(object_.name), shown), merge);
}

Result<Edit> FormEdits::remove(const FieldPath& path) const {
    return named(workspace_.removeField(object_, path),
                 Words::tr("Remove %1 of %2").arg(where(path), QString::fromStdString(object_.name)));
}

Result<Edit> FormEdits::addInstead(const FieldPath& path, const FieldSpec& spec, const std::string& other) const {
    const auto object = object_;
    const auto name = Words::tr("Use %1 instead of %2 in %3").arg(where(path), QString::fromStdString(other), QString::fromStdString(object_.name));
    return named(workspace_.combine(name.toStdString(), {[=](const config::Workspace& at) { return at.removeField(object, path.parent().key(other)); },
                                                         [=, fragment = starterFragment(spec)](const config::Workspace& at) {
                                                             return at.setFragment(object, path, fragment);
                                                         }}),
                 name);
}

Result<Edit> FormEdits::add(const FieldPath& path, const FieldSpec& spec) const {
    return named(workspace_.setFragment(object_, path, starterFragment(spec)),
                 Words::tr("Add %1 to %2").arg(where(path), QString::fromStdString(object_.name)));
}

Result<Edit> FormEdits::addItem(const FieldPath& list, const FieldSpec& spec) const {
    if (!spec.element()) return fail("form-no-element", "This list can only be edited as text.");
    const auto* existing = node(list);
    const auto name = Words::tr("Add an item to %1 of %2").arg(where(list), QString::fromStdString(object_.name));
    auto fragment = starterFragment(*spec.element());
    // A name within a list must be unique where it is the list's key.
    const auto* key = spec.listKey.empty() ? nullptr : spec.element()->member(spec.listKey);
    if (existing && key && key->type == FieldType::String) {
        const auto taken = [&](const std::string& text) {
            return std::any_of(existing->items.begin(), existing->items.end(), [&](const text::yaml::Node& item) {
                const auto* found = item.find(spec.listKey);
                return found && found->value == text;
            });
        };
        const auto base = starterText(*key);
        auto free = base;
        for (int number = 2; taken(free); ++number) free = base + "-" + std::to_string(number);
        if (free != base)
            if (auto changed = text::yaml::setScalar(fragment, 0, FieldPath().key(spec.listKey), free, Type::String))
                fragment = *changed;
    }
    if (!existing || existing->kind != text::yaml::NodeKind::Sequence || existing->items.empty())
        return named(workspace_.setFragment(object_, list, asItem(fragment)), name);
    return named(workspace_.setFragment(object_, list.index(existing->items.size()), fragment), name);
}

Result<Edit> FormEdits::duplicateItem(const FieldPath& item) const {
    const auto* from = node(item);
    const auto* list = node(item.parent());
    if (!from || !list) return fail("form-no-item", "This item is no longer there.");
    auto fragment = text::yaml::writeNode(*from);
    if (const auto* name = from->find("name"); name && from->kind == text::yaml::NodeKind::Mapping && where(item.parent()).endsWith(QLatin1String("rules")))
        if (auto changed = text::yaml::setScalar(fragment, 0, FieldPath().key("name"), name->value + "-copy", Type::String))
            fragment = *changed;
    return named(workspace_.setFragment(object_, item.parent().index(list->items.size()), fragment),
                 Words::tr("Duplicate %1 of %2").arg(where(item), QString::fromStdString(object_.name)));
}

Result<Edit> FormEdits::moveItem(const FieldPath& item, std::size_t to) const {
    const auto* from = item.empty() ? nullptr : std::get_if<std::size_t>(&item.steps().back());
    if (!from) return fail("form-no-item", "This item is no longer there.");
    return named(workspace_.moveItem(object_, item.parent(), *from, to),
                 Words::tr("Move %1 of %2").arg(where(item), QString::fromStdString(object_.name)));
}

Result<Edit> FormEdits::setUnionType(const FieldPath& group, const FieldSpec& spec, const QString& value) const {
    const auto chosen = unionMemberFor(spec, value.toStdString());
    const auto* existing = node(group);
    const auto object = object_;
    std::vector<config::Workspace::Step> steps;
    steps.push_back([=, text = value.toStdString()](const config::Workspace& at) {
        return at.setField(object, group.key("type"), text, Type::String);
    });
    if (existing)
        for (const auto& member : spec.unionMembers)
            if (member != chosen && existing->find(member))
                steps.push_back([=](const config::Workspace& at) { return at.removeField(object, group.key(member)); });
    if (const auto* member = spec.member(chosen); member && !chosen.empty() && !(existing && existing->find(chosen)))
        steps.push_back([=, fragment = starterFragment(*member)](const config::Workspace& at) {
            return at.setFragment(object, group.key(chosen), fragment);
        });
    const auto name = Words::tr("Set %1 of %2 to %3").arg(where(group.key("type")), QString::fromStdString(object_.name), value);
    return named(workspace_.combine(name.toStdString(), steps), name);
}

Result<Edit> FormEdits::setEntry(const FieldPath& map, const QString& key, const QString& value) const {
    const auto path = map.key(key.toStdString());
    return named(workspace_.setField(object_, path, value.toStdString(), Type::String),
                 Words::tr("Set %1 of %2").arg(where(path), QString::fromStdString(object_.name)));
}

Result<Edit> FormEdits::renameEntry(const FieldPath& map, const QString& from, const QString& to) const {
    const auto* value = node(map.key(from.toStdString()));
    if (to.isEmpty()) return remove(map.key(from.toStdString()));
    if (node(map.key(to.toStdString()))) return fail("form-key-taken", "The key " + to.toStdString() + " is there already.");
    const auto text = value ? value->value : std::string{};
    const auto object = object_;
    const auto name = Words::tr("Rename %1 of %2 to %3").arg(where(map.key(from.toStdString())), QString::fromStdString(object_.name), to);
    return named(workspace_.combine(name.toStdString(),
                                    {[=](const config::Workspace& at) {
                                         return at.setField(object, map.key(to.toStdString()), text, Type::String);
                                     },
                                     [=](const config::Workspace& at) { return at.removeField(object, map.key(from.toStdString())); }}),
                 name);
}

Result<Edit> FormEdits::addEntry(const FieldPath& map) const {
    std::string key = "key";
    for (int number = 2; node(map.key(key)); ++number) key = "key-" + std::to_string(number);
    return setEntry(map, QString::fromStdString(key), QStringLiteral("value"));
}

Result<Edit> FormEdits::applyFix(const config::Fix& fix) const {
    const auto name = coreSentence(fix.label);
    if (!fix.value) return named(workspace_.removeField(object_, fix.path), name);
    const auto set = workspace_.objects();
    const auto* object = set->find(object_);
    const auto* spec = object && object->schema ? specAt(object->schema->root, fix.path) : nullptr;
    const auto type = spec ? yamlTypeOf(*spec, *fix.value) : Type::String;
    return named(workspace_.setField(object_, fix.path, *fix.value, type), name);
}

}  // namespace gatehouse::ui
