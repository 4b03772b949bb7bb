#include "route/listener_settings.h"

#include "http/limit_table.h"
#include "route/matcher.h"

#include <algorithm>

namespace gatehouse::route {

http::Limits ListenerSettings::limits(http::Limits base) const {
    if (idle) base.idle = *idle;
    if (streamIdle) base.streamIdle = *streamIdle;
    if (headBytes) base.headBytes = *headBytes;
    // A target is part of a head; a larger head may hold a larger one, as in Envoy.
    if (headBytes) base.targetBytes = std::clamp<std::size_t>(base.targetBytes, 0, *headBytes);
    if (headFields) base.headFields = *headFields;
    if (requestsPerConnection) base.requestsPerConnection = *requestsPerConnection;
    if (keptBodyBytes) base.keptBodyBytes = *keptBodyBytes;
    if (h2Streams) base.h2.streams = *h2Streams;
    if (h2StreamWindow) base.h2.streamWindow = *h2StreamWindow;
    if (h2ConnectionWindow) base.h2.connectionWindow = *h2ConnectionWindow;
    return base;
}

void ListenerSettings::takeFrom(const ListenerSettings& other) {
    const auto take = [](auto& mine, const auto& theirs) {
        if (!mine) mine = theirs;
    };
    take(idle, other.idle);
    take(streamIdle, other.streamIdle);
    take(handshake, other.handshake);
    take(headBytes, other.headBytes);
    take(headFields, other.headFields);
    take(requestsPerConnection, other.requestsPerConnection);
    take(keptBodyBytes, other.keptBodyBytes);
    take(h2Streams, other.h2Streams);
    take(h2StreamWindow, other.h2StreamWindow);
    take(h2ConnectionWindow, other.h2ConnectionWindow);
    if (!tcp.tcpKeepAlive) tcp = other.tcp;
    if (defaultHost.empty()) {
        defaultHost = other.defaultHost;
        defaultName = other.defaultName;
    }
    for (const auto& origin : other.limitOrigins)
        if (std::none_of(limitOrigins.begin(), limitOrigins.end(), [&](const LimitOrigin& own) { return std::string_view(own.limit) == origin.limit; }))
            limitOrigins.push_back(origin);
}

bool ListenerSettings::trusts(const std::array<std::uint8_t, 16>& address, bool v6) const {
    return std::any_of(trustedNetworks.begin(), trustedNetworks.end(),
                       [&](const config::Network& network) { return network.holds(address, v6); });
}

bool ListenerSettings::trusts(std::string_view address) const {
    constexpr std::string_view kMapped = "::ffff:";
    if (address.starts_with(kMapped) && address.find('.') != std::string_view::npos) address.remove_prefix(kMapped.size());
    const bool v6 = address.find(':') != std::string_view::npos;
    const auto read = config::parseNetwork(std::string(address) + (v6 ? "/128" : "/32"));
    return read && trusts(read->bytes, v6);
}

bool ListenerSettings::asksHealth(const http::RequestHead& request) const {
    if (healthPath.empty()) return false;
    if (!request.hasQuery) return request.path == healthPath;
    return healthPath.size() == request.path.size() + 1 + request.query.size() && healthPath.starts_with(request.path) &&
           healthPath[request.path.size()] == '?' && healthPath.ends_with(request.query);
}

bool ListenerSettings::prepare(http::RequestHead& request) const {
    bool changed = false;
    if (request.minorVersion == 0 && request.authority.empty() && !defaultHost.empty()) {
        request.authority = defaultHost;
        request.host = defaultName;
        changed = true;
    }
    if (!early.empty()) {
        filter::apply(early, request.headers);
        changed = true;
    }
    return changed;
}

void ListenerSettings::strip(http::RequestHead& request, std::uint16_t port) const {
    const auto colon = request.authority.rfind(':');
    if (stripPort == StripPort::No || colon == std::string_view::npos) return;
    const auto written = request.authority.substr(colon + 1);
    const bool digits = !written.empty() && std::all_of(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (stripPort == StripPort::Matching && written != std::to_string(port))) return;
    request.authority = request.authority.substr(0, colon);
    if (request.headers.has("host")) request.headers.set("Host", request.authority);
}

void ListenerSettings::stampServer(http::Headers& headers) const {
    if (server == Server::PassThrough || (server == Server::AppendIfAbsent && headers.has("server"))) return;
    headers.set("Server", serverName);
}

const ListenerSettings* connectionSettings(const Port& port, const std::string* sni) {
    if (!port.custom) return nullptr;
    if (sni == nullptr) return port.settings.get();
    const auto* listener = matchSni(port, *sni);
    return listener == nullptr ? nullptr : listener->settings.get();
}

}  // namespace gatehouse::route
