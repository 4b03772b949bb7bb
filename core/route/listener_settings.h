// ListenerSettings: what ListenerPolicies make of a listener's connections and requests. A listener without one has none, and
// its requests pay for one look at a null pointer. Thread: immutable, any. Lifetime: its snapshot's, or longer.
#pragma once

#include "config/listener_policy.h"
#include "filter/chain.h"
#include "http/limits.h"
#include "route/snapshot.h"
#include "upstream/backend_options.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

/// A limit that a policy sets, by its name in the table of limits.
struct LimitOrigin {
    const char* limit;
    std::string origin;  ///< "ListenerPolicy default/edge".
};

struct ListenerSettings {
    /// Stands for "never" where a limit of time is switched off.
    static constexpr std::chrono::milliseconds kNever = std::chrono::hours(24 * 3650);

    // Of connections. On a port without TLS one connection serves every listener: there the port's hold.
    std::optional<std::chrono::milliseconds> idle, streamIdle, handshake;
    std::optional<std::size_t> headBytes, headFields, requestsPerConnection, keptBodyBytes;
    std::optional<std::uint32_t> h2Streams, h2StreamWindow, h2ConnectionWindow;
    upstream::ConnectionOptions tcp;  ///< Of it the keep-alive alone.
    bool acceptHttp10 = true;
    std::string defaultHost;  ///< Of HTTP/1.0 requests without one.
    std::string defaultName;  ///< The same without port, in lower case.

    // Of requests.
    bool appendForwarded = true;  ///< The peer is added to X-Forwarded-For.
    std::vector<config::Network> trustedNetworks;
    filter::HeaderMutation early;
    std::string healthPath;  ///< Empty: none.
    enum class StripPort : std::uint8_t { No, Matching, Any } stripPort = StripPort::No;
    bool generateRequestId = true, preserveRequestId = true;
    enum class Server : std::uint8_t { PassThrough, AppendIfAbsent, Overwrite } server = Server::PassThrough;
    std::string serverName;
    std::vector<config::AccessLogSpec> accessLogs;

    std::vector<Provenance> provenance;
    std::vector<LimitOrigin> limitOrigins;

    bool changesLimits() const { return !limitOrigins.empty() || handshake.has_value(); }
    http::Limits limits(http::Limits base) const;
    /// What another listener of the same port says of connections, where this one says nothing.
    void takeFrom(const ListenerSettings& other);
    bool trusts(const std::array<std::uint8_t, 16>& address, bool v6) const;
    /// By its text; false for what is no address.
    bool trusts(std::string_view address) const;
    /// Is the request one that asks whether the gateway is well?
    bool asksHealth(const http::RequestHead& request) const;
    /// What is changed before a route is looked for: the host of an HTTP/1.0 request, headers. True where it was changed.
    bool prepare(http::RequestHead& request) const;
    /// Takes the port out of the host where it is to be.
    void strip(http::RequestHead& request, std::uint16_t port) const;
    /// The Server header of an answer.
    void stampServer(http::Headers& headers) const;
};

/// Those that hold for connections to the port, by the name that the TLS session is made for; null: none.
const ListenerSettings* connectionSettings(const Port& port, const std::string* sni);

}  // namespace gatehouse::route
