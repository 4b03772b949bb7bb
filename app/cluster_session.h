// What the verbs that talk to a cluster share: the kubeconfig, the agreement to run a program that it names, discovery, and reading a
// side of a comparison. Thread: main, but for the question of the agreement, which is asked on the client's thread while main waits.
#pragma once

#include "app/command_line.h"
#include "cluster/discovery.h"
#include "config/object.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::app {

/// A context that answers: its client, and what it serves.
struct ClusterSession {
    std::unique_ptr<cluster::Client> client;
    cluster::Discovery discovery;
};

/// Empty `context`: the current one. Asks on the terminal before a program runs for the first time, or goes by --run-plugin.
Result<ClusterSession> openCluster(const Arguments& arguments, const std::string& context);

/// "Kubernetes v1.32.4; Gateway API v1.6.1 (standard); kgateway v2.1.0 in gw-system/kgateway (1 of 2 ready)"
std::string inventoryLine(const cluster::Discovery& discovery, const cluster::Inventory& inventory);

/// Every object of the files; error where one cannot be read to its end.
Result<std::shared_ptr<const config::ObjectSet>> readWhole(const std::vector<std::string>& paths);

}  // namespace gatehouse::app
