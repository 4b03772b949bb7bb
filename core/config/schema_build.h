// Words to write the tables of kinds with: each makes one FieldSpec. Private to config/. Thread: used once, at first
// look.
#pragma once

#include "config/schema.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::config::table {

inline FieldSpec field(FieldType type, std::string name, std::string help) {
    FieldSpec spec;
    spec.name = std::move(name);
    spec.type = type;
    spec.help = std::move(help);
    return spec;
}
inline FieldSpec text(std::string name, std::string help) {
    return field(FieldType::String, std::move(name), std::move(help));
}
inline FieldSpec flag(std::string name, std::string help) {
    return field(FieldType::Boolean, std::move(name), std::move(help));
}
inline FieldSpec duration(std::string name, std::string help) {
    return field(FieldType::Duration, std::move(name), std::move(help));
}
inline FieldSpec any(std::string name, std::string help) {
    return field(FieldType::Any, std::move(name), std::move(help));
}
inline FieldSpec map(std::string name, std::string help) {
    return field(FieldType::StringMap, std::move(name), std::move(help));
}
inline FieldSpec integer(std::string name, std::string help, std::int64_t minimum, std::int64_t maximum) {
    auto spec = field(FieldType::Integer, std::move(name), std::move(help));
    spec.minimum = minimum;
    spec.maximum = maximum;
    return spec;
}
inline FieldSpec port(std::string name, std::string help) {
    auto spec = integer(std::move(name), std::move(help), 1, 65535);
    spec.format = FieldFormat::Port;
    return spec;
}
inline FieldSpec choice(std::string name, std::vector<std::string> values, std::string help) {
    auto spec = field(FieldType::Enum, std::move(name), std::move(help));
    spec.enumValues = std::move(values);
    return spec;
}
inline FieldSpec object(std::string name, std::string help, std::vector<FieldSpec> fields) {
    auto spec = field(FieldType::Object, std::move(name), std::move(help));
    spec.fields = std::move(fields);
    return spec;
}
/// `maximum` < 0: no limit.
inline FieldSpec list(std::string name, std::string help, FieldSpec element, std::int64_t minimum,
                      std::int64_t maximum) {
    auto spec = field(FieldType::List, std::move(name), std::move(help));
    element.name.clear();
    if (element.type == FieldType::Object)
        for (const auto& member : element.fields)
            if (member.name == "name" && member.required) spec.listKey = "name";
    spec.fields.push_back(std::move(element));
    if (minimum > 0) spec.minimum = minimum;
    if (maximum >= 0) spec.maximum = maximum;
    return spec;
}

inline FieldSpec required(FieldSpec spec) {
    spec.required = true;
    return spec;
}
inline FieldSpec byDefault(std::string value, FieldSpec spec) {
    spec.defaultValue = std::move(value);
    return spec;
}
inline FieldSpec as(FieldFormat format, FieldSpec spec) {
    spec.format = format;
    return spec;
}
inline FieldSpec sized(std::int64_t minimum, std::int64_t maximum, FieldSpec spec) {
    if (minimum > 0) spec.minimum = minimum;
    if (maximum >= 0) spec.maximum = maximum;
    return spec;
}
inline FieldSpec oneOf(std::vector<std::string> members, FieldSpec spec) {
    spec.unionMembers = std::move(members);
    return spec;
}
inline FieldSpec keyed(std::string member, FieldSpec spec) {
    spec.listKey = std::move(member);
    return spec;
}
inline FieldSpec open(FieldSpec spec) {
    spec.open = true;
    return spec;
}
inline FieldSpec notRun(std::string what, FieldSpec spec) {
    spec.notRun = std::move(what);
    return spec;
}
inline FieldSpec measured(std::string unit, FieldSpec spec) {
    spec.unit = std::move(unit);
    return spec;
}

// Parts that several kinds share.
inline FieldSpec groupOf(std::string defaultValue, std::string help) {
    return byDefault(std::move(defaultValue),
                     sized(0, 253, as(FieldFormat::DnsSubdomain, text("group", std::move(help)))));
}
inline FieldSpec kindOf(std::string defaultValue, std::string help) {
    return byDefault(std::move(defaultValue), sized(1, 63, as(FieldFormat::KindName, text("kind", std::move(help)))));
}
inline FieldSpec nameOf(std::string help) {
    return required(sized(1, 253, text("name", std::move(help))));
}
inline FieldSpec namespaceOf(std::string help) {
    return sized(1, 63, as(FieldFormat::DnsLabel, text("namespace", std::move(help))));
}
inline FieldSpec sectionName(std::string help) {
    return sized(1, 253, as(FieldFormat::DnsSubdomain, text("sectionName", std::move(help))));
}
FieldSpec labelSelector(std::string name, std::string help);
/// apiVersion, kind, metadata, `members`, status.
KindSchema kind(std::string group, std::string kindName, std::vector<std::string> versions, std::string help,
                std::vector<FieldSpec> members);

std::vector<KindSchema> gatewayKinds();
std::vector<KindSchema> routeKinds();
std::vector<KindSchema> coreKinds();
std::vector<KindSchema> kgatewayKinds();
KindSchema backendConfigPolicyKind();
KindSchema listenerPolicyKind();
KindSchema httpListenerPolicyKind();
// Of TrafficPolicy (schema_access.cpp).
FieldSpec apiKeyAuthField();
FieldSpec jwtAuthField();
FieldSpec basicAuthField();
FieldSpec rbacField();
FieldSpec rateLimitField();
// (schema_traffic_extras.cpp)
FieldSpec csrfField();
FieldSpec faultInjectionField();
KindSchema gatewayExtensionKind();
std::vector<KindSchema> agentgatewayKinds();
std::vector<KindSchema> inferenceKinds();
std::vector<KindSchema> endpointPickerKinds();

}  // namespace gatehouse::config::table
