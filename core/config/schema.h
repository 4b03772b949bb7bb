// The tables of kinds: one table per kind drives reading, validation, forms, help and export. A new field is a new row.
// Thread: immutable statics, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config {

enum class FieldType {
    String,
    Integer,
    Boolean,
    Enum,
    Duration,  ///< Gateway API duration, ^([0-9]{1,5}(h|m|s|ms)){1,4}$
    Quantity,  ///< Kubernetes quantity
    IntOrString,
    Object,
    List,
    StringMap,  ///< map of string to string
    Any,        ///< kept as written, not looked into
};

/// Checks beyond the type, by name of the published rule.
enum class FieldFormat {
    None,
    DnsLabel,         ///< RFC 1123 label
    DnsSubdomain,     ///< RFC 1123 subdomain
    Hostname,         ///< lower-case DNS, optional leading "*."
    PreciseHostname,  ///< no wildcard
    HeaderName,       ///< RFC 7230 token
    HttpPathValue,    ///< checked with the sibling `type`
    Port,             ///< 1..65535
    Regex,            ///< RE2
    IpAddress,
    Base64,
    Json,         ///< a JSON text or scalar
    HeaderValue,  ///< visible ASCII, single blanks inside
    KindName,     ///< a Kubernetes kind
    LabelValue,   ///< at most 63 of letters, digits, "-", "_", "."
    ControllerName,  ///< a domain, a slash and a path
};

struct FieldSpec {
    std::string name;
    FieldType type = FieldType::String;
    std::string help;  ///< One sentence in our words, for the form's inspector.
    bool required = false;
    std::string defaultValue;             ///< Plain text; empty for none.
    std::vector<std::string> enumValues;  ///< Enum; also an Integer that takes only some values.
    FieldFormat format = FieldFormat::None;
    std::optional<std::int64_t> minimum;  ///< Value for integers, length for strings, count for lists.
    std::optional<std::int64_t> maximum;
    std::vector<FieldSpec> fields;  ///< Object: members. List: exactly one element spec, name empty.
    std::string listKey;            ///< List of objects: the member that names an item ("name"), for forms and diffs.
    std::vector<std::string>
        unionMembers;    ///< Object: exactly one of these members, chosen by `type` where there is one.
    std::string unit;    ///< For forms: "ms", "requests", empty.
    bool open = false;   ///< Object: members beyond `fields` are kept without a word.
    std::string notRun;  ///< Not empty: accepted, but this version does not run it; says what happens.

    const FieldSpec* member(std::string_view name) const;
    const FieldSpec* element() const { return type == FieldType::List && !fields.empty() ? &fields.front() : nullptr; }
};

struct KindSchema {
    std::string group;
    std::string kind;
    std::vector<std::string> versions;  ///< First is the one that is written.
    bool namespaced = true;
    FieldSpec root;  ///< Object; metadata is common and included.
    std::string help;
    bool exportable = true;  ///< False for what a cluster makes itself (Pod, EndpointSlice).
};

/// All kinds that Gatehouse knows, in a fixed order.
std::span<const KindSchema> kinds();
const KindSchema* findKind(std::string_view group, std::string_view kind);

/// The spec at a path such as "spec.rules[0].matches" (indices are skipped over); null where there is none.
const FieldSpec* findField(const KindSchema& kind, std::string_view fieldPath);

}  // namespace gatehouse::config
