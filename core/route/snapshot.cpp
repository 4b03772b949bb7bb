#include "route/snapshot.h"

#include <algorithm>

namespace gatehouse::route {
namespace {

void buildPathIndex(VirtualHost& host) {
    auto& index = host.index;
    for (std::uint32_t i = 0; i < host.candidates.size(); ++i) {
        const auto& match = host.candidates[i].match;
        switch (match.pathType) {
            case config::PathMatchType::Exact: index.exact[match.path].push_back(i); break;
            case config::PathMatchType::PathPrefix: index.prefix[match.path].push_back(i); break;
            case config::PathMatchType::RegularExpression: index.regex.push_back(i); break;
        }
    }
    for (const auto& [path, positions] : index.prefix) index.prefixLengths.push_back(static_cast<std::uint32_t>(path.size()));
    std::sort(index.prefixLengths.begin(), index.prefixLengths.end(), std::greater<>());
    index.prefixLengths.erase(std::unique(index.prefixLengths.begin(), index.prefixLengths.end()),
                              index.prefixLengths.end());
    index.built = true;
}

}  // namespace

const Port* Snapshot::findPort(std::uint16_t port) const {
    for (const auto& candidate : ports)
        if (candidate.port == port) return &candidate;
    return nullptr;
}

void buildIndexes(Listener& listener) {
    auto& index = listener.index;
    for (std::uint32_t i = 0; i < listener.hosts.size(); ++i) {
        auto& host = listener.hosts[i];
        buildPathIndex(host);
        if (host.hostname.empty()) {
            index.any = static_cast<int>(i);
        } else if (host.hostname.starts_with("*.")) {
            index.suffix.emplace(host.hostname.substr(1), i);
            index.longestSuffix = std::max(index.longestSuffix, host.hostname.size() - 1);
        } else {
            index.exact.emplace(host.hostname, i);
        }
    }
    index.built = true;
}

}  // namespace gatehouse::route
