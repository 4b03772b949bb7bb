#include "config/agentgateway_targets.h"

#include "config/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::config::agentgateway {
namespace {

struct KindRow {
    std::string_view group, kind, section;
};
constexpr std::array<KindRow, 7> kKinds{{
    {kGatewayApiGroup, "Gateway", "listener"},
    {kGatewayApiGroup, "ListenerSet", "listener"},
    {kGatewayApiGroup, "HTTPRoute", "rule"},
    {kGatewayApiGroup, "GRPCRoute", "rule"},
    {kAgentgatewayGroup, "AgentgatewayBackend", "provider"},
    {"", "Service", "port"},
    {kInferenceGroup, "InferencePool", ""},
}};

const KindRow* rowOf(std::string_view group, std::string_view kind) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& row) { return row.group == group && row.kind == kind; });
    return found == kKinds.end() ? nullptr : &*found;
}

template <class List>
bool named(const List& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
}

bool hasSection(const Object& object, const std::string& section) {
    const auto& kind = object.key.kind;
    if (kind == "Gateway") {
        const auto spec = config::decodeGateway(object);
        return spec && named(spec->listeners, section);
    }
    if (kind == "ListenerSet") {
        const auto spec = decodeListenerSet(object);
        return spec && named(spec->listeners, section);
    }
    if (kind == "HTTPRoute" || kind == "GRPCRoute") {
        const auto spec = kind == "HTTPRoute" ? decodeHttpRoute(object) : decodeGrpcRoute(object);
        return spec && named(spec->rules, section);
    }
    if (kind == "Service") {
        const auto spec = decodeService(object);
        return spec && std::any_of(spec->ports.begin(), spec->ports.end(), [&](const ServicePort& port) { return std::to_string(port.port) == section; });
    }
    if (kind != "AgentgatewayBackend") return false;
    const auto spec = agentgateway::decodeBackend(object);
    return spec && std::any_of(spec->groups.begin(), spec->groups.end(), [&](const auto& group) { return named(group, section); });
}

}  // namespace

std::string_view sectionWord(std::string_view kind) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& row) { return row.kind == kind; });
    return found == kKinds.end() ? std::string_view{} : found->section;
}

Reach reachOf(const ObjectSet& set, const Object& policy, const PolicySpec& spec) {
    Reach out;
    const auto& ns = policy.key.ns;
    const auto wrongKind = [&](const FieldPath& at, const std::string& group, const std::string& kind) {
        if (rowOf(group, kind) != nullptr) return false;
        out.missed.push_back({at.key("kind"), fmt::format("A policy cannot attach to {} ({}) here; it has no effect on it.", kind, group), false, true});
        return true;
    };
    for (const auto& target : spec.targets) {
        if (wrongKind(target.at, target.group, target.kind)) continue;
        const auto* object = set.find({target.group, target.kind, ns, target.name});
        if (object == nullptr)
            out.missed.push_back({target.at.key("name"), fmt::format("{} {}/{} does not exist; the policy has no effect on it.", target.kind, ns, target.name)});
        else if (!target.sectionName.empty() && !hasSection(*object, target.sectionName))
            out.missed.push_back({target.at.key("sectionName"),
                                  fmt::format("{} {} has no {} named {}; the policy has no effect on it.", target.kind, target.name,
                                              sectionWord(target.kind).empty() ? "part" : sectionWord(target.kind), target.sectionName),
                                  true});
        else
            out.reached.push_back({object, target.sectionName, target.at});
    }
    for (const auto& selector : spec.selectors) {
        if (wrongKind(selector.at, selector.group, selector.kind)) continue;
        bool any = false;
        for (const auto* object : set.ofKind(selector.kind)) {
            if (object->schema == nullptr || object->key.group != selector.group || object->key.ns != ns) continue;
            if (!labelsMatch(object->labels, selector.labels)) continue;
            if (!selector.sectionName.empty() && !hasSection(*object, selector.sectionName)) continue;
            any = true;
            out.reached.push_back({object, selector.sectionName, selector.at});
        }
        if (!any)
            out.missed.push_back({selector.at.key("matchLabels"),
                                  fmt::format("No {} of namespace {} carries these labels; the policy has no effect here.", selector.kind, ns)});
    }
    return out;
}

}  // namespace gatehouse::config::agentgateway
