#include "config/check.h"

#include "config/diagnostic_codes.h"
#include "config/formats.h"
#include "config/gateway_api.h"

#include <fmt/core.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

using text::yaml::Node;
using text::yaml::NodeKind;
using text::yaml::Type;

/// The way to a node as a chain on the stack: a path is only written out for what is reported.
struct Way {
    const Way* up = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool isIndex = false;

    FieldPath path() const {
        std::vector<FieldPath::Step> steps;
        for (const auto* at = this; at->up != nullptr; at = at->up) {
            if (at->isIndex) {
                steps.emplace_back(at->index);
            } else {
                steps.emplace_back(std::string(at->key));
            }
        }
        std::reverse(steps.begin(), steps.end());
        return FieldPath(std::move(steps));
    }
};

/// `quiet`: the value may be a secret and is not repeated.
std::string describe(const Node& node, bool quiet) {
    switch (node.kind) {
        case NodeKind::Mapping:
            return "a mapping";
        case NodeKind::Sequence:
            return "a list";
        case NodeKind::Alias:
            return "an alias";
        case NodeKind::Scalar:
            break;
    }
    switch (node.type()) {
        case Type::Null:
            return "empty";
        case Type::Boolean:
            return quiet ? "a boolean" : fmt::format("the boolean {}", node.value);
        case Type::Integer:
        case Type::Float:
            return quiet ? "a number" : fmt::format("the number {}", node.value);
        case Type::String:
            break;
    }
    return "text";
}

/// As a sentence shows a value: a long one cut, and control characters as escapes, so that a finding stays one line and
/// cannot steer a terminal.
std::string shortened(std::string_view text) {
    constexpr std::size_t kShown = 60;
    const bool whole = text.size() <= kShown;
    auto cut = whole ? text.size() : kShown;
    while (!whole && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
    std::string shown;
    for (const char c : text.substr(0, cut)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') shown += "\\n";
        else if (c == '\r') shown += "\\r";
        else if (c == '\t') shown += "\\t";
        else if (byte < 0x20 || byte == 0x7f) shown += fmt::format("\\x{:02x}", byte);
        else shown += c;
    }
    return whole ? shown : shown + "…";
}

/// Length in characters, as JSON Schema counts.
std::int64_t characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

bool sameIgnoringCase(std::string_view a, std::string_view b) {
    return a.size() == b.size() && editDistance(a, b) == 0;
}

class Checker {
  public:
    Checker(const Object& object, std::vector<Diagnostic>& out) : object_(object), out_(out) {}

    void check(const FieldSpec& spec, const Node& node, const Way& way) {
        if (spec.type == FieldType::Any || node.isNull()) return;  // An empty value counts as absent, as in a cluster.
        switch (spec.type) {
            case FieldType::Object:
                return checkObject(spec, node, way);
            case FieldType::List:
                return checkList(spec, node, way);
            case FieldType::StringMap:
                return checkMap(spec, node, way);
            default:
                return checkScalar(spec, node, way);
        }
    }

  private:
    Diagnostic& report(Severity severity, const char* code, const Way& way, const Node& at, std::string message) {
        Diagnostic diagnostic;
        diagnostic.severity = severity;
        diagnostic.code = code;
        diagnostic.object = object_.key;
        diagnostic.fieldPath = way.path().toString();
        diagnostic.where.line = at.begin.line;
        diagnostic.where.column = at.begin.column;
        diagnostic.where.begin = at.begin.offset;
        diagnostic.where.end = at.end.offset;
        diagnostic.message = std::move(message);
        out_.push_back(std::move(diagnostic));
        return out_.back();
    }

    void wrongType(const FieldSpec& spec, const Node& node, const Way& way, std::string_view wanted) {
        const bool quiet = object_.key.kind == "Secret" || spec.name == "inline" ||
                           (spec.name == "key" && object_.key.group == "agentgateway.dev");
        auto& diagnostic =
            report(Severity::Error, codes::kWrongType, way, node,
                   fmt::format("{} must be {}, but is {}.", name(spec, way), wanted, describe(node, quiet)));
        const bool text =
            spec.type == FieldType::String || spec.type == FieldType::Enum || spec.type == FieldType::Duration;
        if (text && node.kind == NodeKind::Scalar)
            diagnostic.fix = Fix{
                quiet ? "Put it in quotes" : fmt::format("Put {} in quotes", node.value), way.path(), node.value, {}};
    }

    static std::string name(const FieldSpec& spec, const Way& way) {
        if (!spec.name.empty()) return spec.name;
        if (way.isIndex && way.up != nullptr) return fmt::format("{}[{}]", way.up->key, way.index);
        return std::string(way.key.empty() ? std::string_view("The object") : way.key);
    }

    void checkObject(const FieldSpec& spec, const Node& node, const Way& way) {
        if (node.kind != NodeKind::Mapping) return wrongType(spec, node, way, "a mapping");
        for (const auto& entry : node.entries) {
            const auto& key = entry.key.value;
            const Way here{&way, key};
            if (const auto* member = spec.member(key)) {
                check(*member, entry.value, here);
            } else if (!spec.open) {
                unknownField(spec, entry, here);
            }
        }
        for (const auto& member : spec.fields) {
            if (!member.required) continue;
            const auto* value = node.find(member.name);
            if (value != nullptr && (!value->isNull() || member.type == FieldType::Any)) continue;
            const Way here{&way, member.name};
            report(Severity::Error, codes::kMissing, here, value != nullptr ? *value : node,
                   fmt::format("{} is missing{}.", member.name,
                               way.up == nullptr ? "" : fmt::format(" in {}", name(spec, way))));
        }
        if (!spec.unionMembers.empty()) checkUnion(spec, node, way);
    }

    void unknownField(const FieldSpec& spec, const Node::Entry& entry, const Way& way) {
        std::vector<std::string> names;
        for (const auto& member : spec.fields) names.push_back(member.name);
        const auto near = nearest(entry.key.value, names);
        auto message = fmt::format("There is no field {} here", entry.key.value);
        message += near.empty() ? "; it is kept but has no effect." : fmt::format("; did you mean {}?", near);
        auto& diagnostic = report(Severity::Warning, codes::kUnknownField, way, entry.key, std::move(message));
        if (!near.empty()) diagnostic.fix = Fix{fmt::format("Rename to {}", near), way.path(), {}, near};
    }

    void checkUnion(const FieldSpec& spec, const Node& node, const Way& way) {
        std::vector<std::string> present;
        for (const auto& member : spec.unionMembers)
            if (const auto* value = node.find(member); value != nullptr && !value->isNull()) present.push_back(member);
        const auto* type = node.find("type");
        const auto* typeSpec = spec.member("type");
        if (typeSpec != nullptr && type != nullptr && type->kind == NodeKind::Scalar && !type->isNull()) {
            const bool known = std::find(typeSpec->enumValues.begin(), typeSpec->enumValues.end(), type->value) !=
                               typeSpec->enumValues.end();
            if (!known) return;  // Reported as a value that is not in the list.
            const auto wanted =
                std::find_if(spec.unionMembers.begin(), spec.unionMembers.end(),
                             [&](const std::string& member) { return sameIgnoringCase(member, type->value); });
            if (wanted == spec.unionMembers.end()) return;
            if (std::find(present.begin(), present.end(), *wanted) == present.end())
                report(Severity::Error, codes::kUnion, Way{&way, *wanted}, *type,
                       fmt::format("type is {}, so {} must be set.", type->value, *wanted));
            for (const auto& member : present) {
                if (member == *wanted) continue;
                const Way here{&way, member};
                auto& diagnostic = report(Severity::Error, codes::kUnion, here, *node.find(member),
                                          fmt::format("type is {}, so {} cannot be set.", type->value, member));
                diagnostic.fix = Fix{fmt::format("Remove {}", member), here.path(), {}, {}};
            }
            return;
        }
        if (typeSpec != nullptr && typeSpec->required) return;  // Its absence is reported already.
        if (present.size() == 1) return;
        std::string list;
        for (const auto& member : spec.unionMembers) list += (list.empty() ? "" : ", ") + member;
        report(Severity::Error, codes::kUnion, way, node,
               fmt::format("Exactly one of {} must be set, but {}.", list,
                           present.empty() ? std::string("none is") : fmt::format("{} are", present.size())));
    }

    void checkList(const FieldSpec& spec, const Node& node, const Way& way) {
        if (node.kind != NodeKind::Sequence) return wrongType(spec, node, way, "a list");
        const auto count = static_cast<std::int64_t>(node.items.size());
        checkCount(spec, node, way, count, "item");
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Way here{&way, {}, i, true};
            if (node.items[i].isNull() && spec.element()->type != FieldType::Any) {
                report(Severity::Error, codes::kWrongType, here, node.items[i],
                       fmt::format("{} is empty.", name(*spec.element(), here)));
                continue;
            }
            check(*spec.element(), node.items[i], here);
        }
    }

    void checkCount(const FieldSpec& spec, const Node& node, const Way& way, std::int64_t count,
                    std::string_view what) {
        if (spec.minimum && count < *spec.minimum)
            report(Severity::Error, codes::kOutOfRange, way, node,
                   fmt::format("{} needs at least {} {}{}.", name(spec, way), *spec.minimum, what,
                               *spec.minimum == 1 ? "" : "s"));
        if (spec.maximum && count > *spec.maximum)
            report(Severity::Error, codes::kOutOfRange, way, node,
                   fmt::format("{} takes at most {} {}s, but has {}.", name(spec, way), *spec.maximum, what, count));
    }

    void checkMap(const FieldSpec& spec, const Node& node, const Way& way) {
        if (node.kind != NodeKind::Mapping) return wrongType(spec, node, way, "a mapping of texts");
        checkCount(spec, node, way, static_cast<std::int64_t>(node.entries.size()), "entry");
        for (const auto& entry : node.entries) {
            const Way here{&way, entry.key.value};
            if (entry.value.isNull() || (entry.value.kind == NodeKind::Scalar && entry.value.type() == Type::String))
                continue;
            FieldSpec text;
            text.name = entry.key.value;
            wrongType(text, entry.value, here, "text");
        }
    }

    void checkScalar(const FieldSpec& spec, const Node& node, const Way& way) {
        if (node.kind != NodeKind::Scalar) {
            return wrongType(spec, node, way,
                             spec.type == FieldType::Boolean   ? "true or false"
                             : spec.type == FieldType::Integer ? "a whole number"
                                                               : "text");
        }
        switch (spec.type) {
            case FieldType::Boolean:
                if (!node.asBool()) wrongType(spec, node, way, "true or false");
                return;
            case FieldType::Integer:
                return checkInteger(spec, node, way);
            case FieldType::IntOrString:
                if (node.type() != Type::String && node.type() != Type::Integer)
                    wrongType(spec, node, way, "a whole number or text");
                return;
            case FieldType::Quantity:
                if (!isQuantity(node.value))
                    report(Severity::Error, codes::kBadFormat, way, node,
                           fmt::format("'{}' is not a quantity such as 500m or 2Gi.", shortened(node.value)));
                return;
            default:
                break;
        }
        if (node.type() != Type::String) return wrongType(spec, node, way, "text");
        if (spec.type == FieldType::Enum) return checkEnum(spec, node, way);
        if (spec.type == FieldType::Duration) {
            if (!parseDuration(node.value))
                report(Severity::Error, codes::kBadFormat, way, node,
                       fmt::format("'{}' is not a duration such as 500ms, 10s or 1h30m.", shortened(node.value)));
            return;
        }
        checkText(spec, node, way);
    }

    void checkInteger(const FieldSpec& spec, const Node& node, const Way& way) {
        const auto value = node.asInt();
        if (!value) {
            wrongType(spec, node, way, "a whole number");
            // "80" in quotes is the usual slip.
            if (node.type() == Type::String && text::yaml::plainType(node.value) == Type::Integer)
                out_.back().fix = Fix{"Remove the quotes", way.path(), node.value, {}};
            return;
        }
        if (!spec.enumValues.empty()) {
            if (std::find(spec.enumValues.begin(), spec.enumValues.end(), std::to_string(*value)) ==
                spec.enumValues.end())
                report(Severity::Error, codes::kNotInEnum, way, node,
                       fmt::format("{} cannot be {}; it takes {}.", name(spec, way), *value, joined(spec.enumValues)));
            return;
        }
        const bool low = spec.minimum && *value < *spec.minimum;
        const bool high = spec.maximum && *value > *spec.maximum;
        if (low || high)
            report(Severity::Error, codes::kOutOfRange, way, node,
                   fmt::format("{} must be {}, but is {}.", name(spec, way), rangeOf(spec), *value));
    }

    static std::string rangeOf(const FieldSpec& spec) {
        constexpr std::int64_t kNoLimit = 2147483647;
        if (spec.minimum && spec.maximum && *spec.maximum < kNoLimit)
            return fmt::format("between {} and {}", *spec.minimum, *spec.maximum);
        return spec.minimum ? fmt::format("at least {}", *spec.minimum)
                            : fmt::format("at most {}", spec.maximum.value_or(0));
    }

    static std::string joined(const std::vector<std::string>& values) {
        std::string out;
        for (std::size_t i = 0; i < values.size(); ++i)
            out += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + values[i];
        return out;
    }

    void checkEnum(const FieldSpec& spec, const Node& node, const Way& way) {
        if (std::find(spec.enumValues.begin(), spec.enumValues.end(), node.value) != spec.enumValues.end()) return;
        auto& diagnostic = report(Severity::Error, codes::kNotInEnum, way, node,
                                  fmt::format("{} cannot be '{}'; it takes {}.", name(spec, way), shortened(node.value),
                                              joined(spec.enumValues)));
        if (const auto near = nearest(node.value, spec.enumValues); !near.empty())
            diagnostic.fix = Fix{fmt::format("Change to {}", near), way.path(), near, {}};
    }

    void checkText(const FieldSpec& spec, const Node& node, const Way& way) {
        const auto length = characters(node.value);
        if (spec.minimum && length < *spec.minimum) {
            report(Severity::Error, codes::kOutOfRange, way, node,
                   length == 0 ? fmt::format("{} must not be empty.", name(spec, way))
                               : fmt::format("{} needs at least {} characters.", name(spec, way), *spec.minimum));
            return;
        }
        if (spec.maximum && length > *spec.maximum) {
            report(Severity::Error, codes::kOutOfRange, way, node,
                   fmt::format("{} takes at most {} characters, but has {}.", name(spec, way), *spec.maximum, length));
            return;
        }
        const auto problem = formatProblem(spec.format, node.value);
        if (problem.empty()) return;
        auto& diagnostic = report(Severity::Error, codes::kBadFormat, way, node,
                                  fmt::format("'{}' {}.", shortened(node.value), problem));
        std::string lower = node.value;
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
        if (lower != node.value && formatProblem(spec.format, lower).empty())
            diagnostic.fix = Fix{fmt::format("Change to {}", lower), way.path(), lower, {}};
    }

    const Object& object_;
    std::vector<Diagnostic>& out_;
};

}  // namespace

void checkAgainstSchema(const Object& object, std::vector<Diagnostic>& out) {
    if (object.schema == nullptr || !object.root) return;
    Checker(object, out).check(object.schema->root, *object.root, Way{});
}

}  // namespace gatehouse::config
