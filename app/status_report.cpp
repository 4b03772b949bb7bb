// What `gatehouse status` prints: for people, and for scripts with each status as a cluster's API server would hold it.
#include "app/report.h"

#include "config/relations.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gatehouse::app {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(bool status) { return status ? "True" : "False"; }

Json conditionsJson(const std::vector<config::Condition>& conditions) {
    Json list = Json::array();
    for (const auto& condition : conditions) {
        list.push_back({{"type", condition.type},
                        {"status", word(condition.status)},
                        {"observedGeneration", condition.observedGeneration},
                        {"lastTransitionTime", condition.lastTransitionTime},
                        {"reason", condition.reason},
                        {"message", condition.message}});
    }
    return list;
}

Json refJson(const config::ParentStatus& parent) {
    Json ref{{"group", parent.ref.group}, {"kind", parent.ref.kind}};
    if (!parent.ref.ns.empty()) ref["namespace"] = parent.ref.ns;
    ref["name"] = parent.ref.name;
    if (!parent.sectionName.empty()) ref["sectionName"] = parent.sectionName;
    if (parent.port) ref["port"] = *parent.port;
    return ref;
}

/// Most entries that the definitions allow.
constexpr std::size_t kMostParents = 32;
constexpr std::size_t kMostAncestors = 16;

Json parentsJson(const config::ObjectStatus& status, const char* refName, std::size_t most) {
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(status.parents.size(), most); ++i) {
        const auto& parent = status.parents[i];
        list.push_back({{refName, refJson(parent)},
                        {"controllerName", parent.controllerName},
                        {"conditions", conditionsJson(parent.conditions)}});
    }
    return list;
}

Json listenersJson(const config::ObjectStatus& status) {
    Json list = Json::array();
    for (const auto& listener : status.listeners) {
        Json kinds = Json::array();
        for (const auto& kind : listener.supportedKinds) kinds.push_back({{"group", config::kGatewayApiGroup}, {"kind", kind}});
        list.push_back({{"name", listener.name},
                        {"supportedKinds", std::move(kinds)},
                        {"attachedRoutes", listener.attachedRoutes},
                        {"conditions", conditionsJson(listener.conditions)}});
    }
    return list;
}

/// The object's status in the layout of its definition.
Json statusBlock(const config::ObjectStatus& status) {
    const auto& kind = status.object.kind;
    if (kind.ends_with("Route")) return {{"parents", parentsJson(status, "parentRef", kMostParents)}};
    if (kind == "InferencePool") return {{"parents", parentsJson(status, "parentRef", kMostParents)}};
    if (kind.ends_with("Policy") || kind == "DirectResponse") return {{"ancestors", parentsJson(status, "ancestorRef", kMostAncestors)}};
    Json block{{"conditions", conditionsJson(status.conditions)}};
    if (kind == "Gateway" || kind == "ListenerSet") block["listeners"] = listenersJson(status);
    for (const auto& [type, value] : status.addresses) block["addresses"].push_back({{"type", type}, {"value", value}});
    if (status.attachedListenerSets) block["attachedListenerSets"] = *status.attachedListenerSets;
    for (const auto& feature : status.supportedFeatures) block["supportedFeatures"].push_back({{"name", feature}});
    return block;
}

void appendConditions(std::string& text, const std::vector<config::Condition>& conditions, int indent) {
    for (const auto& condition : conditions) {
        text += fmt::format("{:{}}{}={} ({}){}{}\n", "", indent, condition.type, word(condition.status), condition.reason,
                            condition.message.empty() ? "" : ": ", condition.message);
    }
}

void appendStatus(std::string& text, const config::ObjectStatus& status) {
    appendConditions(text, status.conditions, 2);
    for (const auto& [type, value] : status.addresses) text += fmt::format("  address {} {}\n", type, value);
    if (status.attachedListenerSets)
        text += fmt::format("  {} attached listener set{}\n", *status.attachedListenerSets, *status.attachedListenerSets == 1 ? "" : "s");
    if (!status.supportedFeatures.empty())
        text += fmt::format("  {} supported features: {}\n", status.supportedFeatures.size(), fmt::join(status.supportedFeatures, ", "));
    for (const auto& listener : status.listeners) {
        text += fmt::format("  listener {} ({} attached route{})\n", listener.name, listener.attachedRoutes,
                            listener.attachedRoutes == 1 ? "" : "s");
        if (!listener.supportedKinds.empty()) text += fmt::format("    takes {}\n", fmt::join(listener.supportedKinds, ", "));
        appendConditions(text, listener.conditions, 4);
    }
    const bool ancestors = status.object.kind.ends_with("Policy") || status.object.kind == "DirectResponse";
    for (const auto& parent : status.parents) {
        text += fmt::format("  {} {} (controller {})\n", ancestors ? "ancestor" : "parent", parent.parent, parent.controllerName);
        appendConditions(text, parent.conditions, 4);
    }
}

}  // namespace

std::string statusText(const config::ObjectSet& objects, const std::vector<config::ObjectStatus>& statuses) {
    std::string text;
    for (const auto& object : objects.objects) {
        text += object.key.display() + "\n";
        for (const auto& status : statuses)
            if (status.object == object.key) appendStatus(text, status);
    }
    return printable(text, true);
}

std::string statusJson(const config::ObjectSet& objects, const std::vector<config::ObjectStatus>& statuses) {
    Json list = Json::array();
    for (const auto& object : objects.objects) {
        Json entry{{"group", object.key.group}, {"kind", object.key.kind}, {"namespace", object.key.ns}, {"name", object.key.name}};
        entry["apiVersion"] = object.apiVersion;
        entry["conditions"] = Json::array();
        for (const auto& status : statuses) {
            if (status.object != object.key) continue;
            entry["conditions"] = conditionsJson(status.conditions);
            for (const auto& listener : status.listeners) {
                entry["listeners"].push_back({{"name", listener.name},
                                              {"attachedRoutes", listener.attachedRoutes},
                                              {"supportedKinds", listener.supportedKinds},
                                              {"conditions", conditionsJson(listener.conditions)}});
            }
            for (const auto& parent : status.parents) {
                entry["parents"].push_back({{"parent", parent.parent},
                                            {"controllerName", parent.controllerName},
                                            {"conditions", conditionsJson(parent.conditions)}});
            }
            entry["status"] = statusBlock(status);
        }
        list.push_back(std::move(entry));
    }
    return Json{{"objects", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gatehouse::app
