// The admin pages /endpoints and /limits.
#include "gateway/admin_pages.h"

#include <nlohmann/json.hpp>

namespace gatehouse::gateway {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json endpointJson(const ClusterSample::Member& member) {
    const auto& health = member.health;
    Json out;
    out["endpoint"] = health.id;
    if (!health.podName.empty()) out["pod"] = health.podName;
    if (!member.addresses.empty()) out["addresses"] = member.addresses;
    out["state"] = upstream::standingName(health.standing);
    if (!health.reason.empty()) out["reason"] = health.reason;
    if (health.outMillis > 0) out["outMillis"] = health.outMillis;
    if (health.outForMillis >= 0) out["outForMillis"] = health.outForMillis;
    if (health.share < 1) out["share"] = health.share;
    out["inFlight"] = health.inFlight;
    out["connections"] = health.connections;
    out["requests"] = health.requests;
    out["failures"] = health.failures;
    out["failuresInRow"] = health.failuresInRow;
    out["errorsInRow"] = health.errorsInRow;
    out["ejections"] = health.ejections;
    out["latencyMicros"] = health.latencyMicros > 0 ? Json(health.latencyMicros) : Json(nullptr);
    if (!health.lastFailure.empty()) {
        out["lastFailure"] = health.lastFailure;
        out["lastFailureAgeMillis"] = health.lastFailureAgeMillis;
    }
    return out;
}

}  // namespace

std::string endpointsPage(const AdminSample& sample) {
    auto backends = Json::array();
    for (const auto& cluster : sample.state.clusters) {
        Json entry;
        entry["backend"] = cluster.id;
        entry["name"] = cluster.name;
        entry["balance"] = cluster.balance;
        if (!cluster.policy.empty()) entry["policy"] = cluster.policy;
        entry["protocol"] = cluster.protocol;
        entry["tls"] = cluster.tls;
        entry["panic"] = cluster.panic;
        entry["connections"] = cluster.connections;
        entry["pending"] = cluster.pending;
        if (cluster.maxConnections > 0) entry["maxConnections"] = cluster.maxConnections;
        if (cluster.maxPending > 0) entry["maxPending"] = cluster.maxPending;
        if (cluster.maxRequests > 0) entry["maxRequests"] = cluster.maxRequests;
        entry["overflows"] = cluster.overflows;
        auto& endpoints = entry["endpoints"] = Json::array();
        for (const auto& member : cluster.endpoints) endpoints.push_back(endpointJson(member));
        backends.push_back(std::move(entry));
    }
    return text(Json{{"backends", std::move(backends)}});
}

std::string limitsPage(const AdminSample& sample) {
    auto limits = Json::array();
    auto refusals = Json::array();
    for (const auto& limit : sample.state.limits) {
        Json entry;
        entry["name"] = limit.name;
        if (limit.isLimit) {
            entry["what"] = limit.what;
            entry["value"] = limit.value;
            entry["answer"] = limit.answer;
            entry["source"] = limit.source;
            for (const auto& other : limit.overrides)
                entry["policies"].push_back({{"listener", other.listener}, {"value", other.value}, {"from", other.origin}});
        }
        entry["count"] = limit.count;
        entry["last"] = limit.count > 0 ? Json(base::formatRfc3339(limit.last)) : Json(nullptr);
        (limit.isLimit ? limits : refusals).push_back(std::move(entry));
    }
    return text(Json{{"limits", std::move(limits)}, {"refusals", std::move(refusals)}});
}

}  // namespace gatehouse::gateway
