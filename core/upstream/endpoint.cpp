#include "upstream/endpoint.h"

#include "net/listener.h"

#include <algorithm>

namespace gatehouse::upstream {

std::shared_ptr<Endpoint> EndpointRegistry::get(const std::string& clusterId, const std::string& host,
                                                std::uint16_t port, const std::string& podName,
                                                std::shared_ptr<const Transport> transport) {
    const auto id = net::formatHostPort(host, port);
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
        if (free_.empty()) {
            slot->index = next_++;
        } else {
            slot->index = free_.back();
            free_.pop_back();
        }
    }
    return slot;
}

void EndpointRegistry::prune() {
    std::lock_guard lock(mutex_);
    std::erase_if(byKey_, [&](const auto& entry) {
        if (entry.second.use_count() > 1) return false;
        free_.push_back(entry.second->index);
        return true;
    });
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
