#include "dashboard/unready_endpoints.h"

#include "config/gateway_api.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace gatehouse::ui {
namespace {

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(UnreadyEndpoints)
};

/// "Service/shop/cart" of "Service/shop/cart:80".
std::string serviceOf(const std::string& clusterId) { return clusterId.substr(0, clusterId.rfind(':')); }

std::string withPort(const std::string& address, std::uint16_t port) {
    if (port == 0) return address;
    const bool six = address.find(':') != std::string::npos;
    return (six ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

}  // namespace

void addUnreadyEndpoints(std::vector<gateway::ClusterSample>& clusters, const config::ObjectSet& objects) {
    std::map<std::string, std::vector<upstream::EndpointHealth>> byService;
    for (const auto* object : objects.ofKind("EndpointSlice")) {
        const auto slice = config::decodeEndpointSlice(*object);
        if (!slice || slice->serviceName.empty()) continue;
        const auto port = slice->ports.size() == 1 ? slice->ports.front().second : std::uint16_t{0};
        for (const auto& endpoint : slice->endpoints) {
            if (endpoint.ready) continue;
            for (const auto& address : endpoint.addresses) {
                upstream::EndpointHealth health;
                health.id = withPort(address, port);
                health.podName = endpoint.targetName;
                health.standing = upstream::Standing::Out;
                health.reason = Words::tr("EndpointSlice %1 says that it is not ready.").arg(QString::fromStdString(slice->key.name)).toStdString();
                byService["Service/" + slice->key.ns + "/" + slice->serviceName].push_back(std::move(health));
            }
        }
    }
    // A Service that is spoken to in several ways has several samples: its endpoints are told once.
    std::set<std::string> told;
    for (auto& cluster : clusters) {
        const auto found = byService.find(serviceOf(cluster.id));
        if (found == byService.end() || !told.insert(cluster.id).second) continue;
        for (const auto& health : found->second) {
            const bool known = std::any_of(cluster.endpoints.begin(), cluster.endpoints.end(), [&](const auto& member) { return member.health.id == health.id; });
            if (!known) cluster.endpoints.push_back({health, {}});
        }
    }
}

}  // namespace gatehouse::ui
