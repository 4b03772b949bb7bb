// Discovery: which kinds a cluster serves, in which versions, and what is installed: the Gateway API's version and channel, the gateways
// that run. Asks in the aggregated way (Kubernetes 1.26 on) and falls back to the old one, group by group.
// Thread: any; calls block. Lifetime: values.
#pragma once

#include "cluster/client.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::cluster {

struct Discovery {
    std::string serverVersion;         ///< "v1.32.4"
    bool aggregated = false;           ///< Told in two answers.
    std::vector<ResourceType> types;   ///< Every kind in every served version; of a group the preferred version first.
    std::vector<std::string> problems; ///< Sentences: groups that could not be told of.

    /// In the version that is wanted, else null. Subresources are no types.
    const ResourceType* find(std::string_view group, std::string_view kind, std::string_view version) const;
    /// In the first of `versions` that is served, else in the version that the cluster prefers; null where the kind is not there.
    const ResourceType* find(std::string_view group, std::string_view kind, std::span<const std::string> versions = {}) const;
};

Result<Discovery> discover(Client& client);

/// A gateway of which a Deployment or a GatewayClass tells.
struct RunningGateway {
    std::string name;                  ///< "kgateway", "agentgateway", "Envoy Gateway", or the controller's name
    std::string version;               ///< Of the image; empty: not known.
    std::string controller;            ///< spec.controllerName of its classes; empty: none is there.
    std::vector<std::string> classes;  ///< GatewayClasses, sorted.
    std::string deployment;            ///< "namespace/name"; empty: none was found.
    int ready = 0, wanted = 0;         ///< Of the deployment.
};

struct Inventory {
    std::string gatewayApiVersion;  ///< "v1.6.1"; empty: not installed, or not told.
    std::string gatewayApiChannel;  ///< "standard", "experimental"
    struct Kind {
        std::string group, kind;
        std::vector<std::string> served;  ///< Preferred first.
        bool known = false;               ///< In one of these versions Gatehouse knows it.
    };
    std::vector<Kind> kinds;  ///< Those of Gatehouse's tables that are served, but for the core group.
    std::vector<RunningGateway> gateways;
    std::vector<std::string> notes;  ///< What could not be looked at, and why.
};

Inventory takeInventory(Client& client, const Discovery& discovery);

}  // namespace gatehouse::cluster
