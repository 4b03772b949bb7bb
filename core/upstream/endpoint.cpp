#include "upstream/endpoint.h"

#include "net/listener.h"

#include <algorithm>

namespace gatehouse::upstream {
namespace {

const BackendOptions kDefaults;

}  // namespace

ClusterState::ClusterState(std::string clusterId) : id(std::move(clusterId)), options_(&kDefaults) {}

void ClusterState::setOptions(BackendOptions options) {
    if (options == this->options()) return;
    for (const auto& kept : kept_)
        if (*kept == options) return options_.store(kept.get(), std::memory_order_release);
    kept_.push_back(std::make_unique<const BackendOptions>(std::move(options)));
    options_.store(kept_.back().get(), std::memory_order_release);
}

const BackendOptions& optionsOf(const Endpoint& endpoint) {
    return endpoint.cluster ? endpoint.cluster->options() : kDefaults;
}

const BackendOptions& optionsOf(const Cluster& cluster) {
    return cluster.endpoints.empty() ? kDefaults : optionsOf(*cluster.endpoints.front());
}

std::shared_ptr<Endpoint> EndpointRegistry::get(const std::string& clusterId, const std::string& host,
                                                std::uint16_t port, const std::string& podName,
                                                std::shared_ptr<const Transport> transport) {
    // A Unix socket has no port.
    const auto id = host.starts_with("unix:") ? host : net::formatHostPort(host, port);
    const auto key = clusterId + '\n' + id + '\n' + podName + '\n' + (transport ? transport->id : std::string());
    std::lock_guard lock(mutex_);
    auto& slot = byKey_[key];
    if (!slot) {
        slot = std::make_shared<Endpoint>();
        slot->id = id;
        slot->host = host;
        slot->port = port;
        slot->podName = podName;
        slot->transport = std::move(transport);
        auto& state = clusters_[clusterId];
        if (!state) state = std::make_shared<ClusterState>(clusterId);
        slot->cluster = state;
        slot->joinedAt = base::MonoClock::now().time_since_epoch().count();
        if (free_.empty()) {
            slot->index = next_++;
        } else {
            slot->index = free_.back();
            free_.pop_back();
        }
    }
    return slot;
}

std::shared_ptr<ClusterState> EndpointRegistry::cluster(const std::string& clusterId) {
    std::lock_guard lock(mutex_);
    auto& state = clusters_[clusterId];
    if (!state) state = std::make_shared<ClusterState>(clusterId);
    return state;
}

void EndpointRegistry::prune() {
    std::lock_guard lock(mutex_);
    std::erase_if(byKey_, [&](const auto& entry) {
        if (entry.second.use_count() > 1) return false;
        free_.push_back(entry.second->index);
        return true;
    });
    std::erase_if(clusters_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

std::vector<std::shared_ptr<Endpoint>> EndpointRegistry::all() const {
    std::vector<std::shared_ptr<Endpoint>> result;
    {
        std::lock_guard lock(mutex_);
        result.reserve(byKey_.size());
        for (const auto& [key, endpoint] : byKey_) result.push_back(endpoint);
    }
    std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a->index < b->index; });
    return result;
}

}  // namespace gatehouse::upstream
