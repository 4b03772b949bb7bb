// ListenerPolicy (kgateway 2.2 to 2.4) and HTTPListenerPolicy (2.0 to 2.4, the same settings flat in spec): how a Gateway's
// listeners treat connections and requests before any route is looked at. Only what this version runs; the rest is marked in
// the kinds' tables. Thread: values.
#pragma once

#include "config/backend_policy.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::config {

/// An address and how many of its leading bits count: "10.0.0.0/8".
struct Network {
    std::array<std::uint8_t, 16> bytes{};
    unsigned bits = 0;
    bool v6 = false;
    bool holds(const std::array<std::uint8_t, 16>& address, bool isV6) const;
};
/// Nothing where the text is no CIDR.
std::optional<Network> parseNetwork(std::string_view text);

struct AccessLogSpec {
    std::string path;
    std::string format;                                       ///< stringFormat; empty with jsonFormat.
    std::vector<std::pair<std::string, std::string>> fields;  ///< jsonFormat: name and format of each value.
    bool json = false;
    bool fileSink = false;  ///< Else a sink that is not run.
    FieldPath at;
};

/// httpSettings, all of them optional.
struct HttpListenerSettings {
    bool useRemoteAddress = true;
    std::int64_t xffNumTrustedHops = 0;
    std::vector<std::string> xffTrustedCidrs;
    bool skipXffAppend = false;
    std::chrono::milliseconds idleTimeout{0}, streamIdleTimeout{0};  ///< 0: never.
    std::string serverHeaderTransformation;  ///< Overwrite, AppendIfAbsent, PassThrough; empty: not said.
    std::string serverName;
    std::string healthCheckPath;
    bool acceptHttp10 = true;
    std::string defaultHostForHttp10;
    HeaderModifier early;
    std::int64_t maxRequestHeadersKb = 0, maxHeadersCount = 0, maxRequestsPerConnection = 0;
    bool generateRequestId = true, preserveExternalRequestId = true;
    std::string stripHostPortMode;  ///< MatchingPort or AnyPort.
    std::int64_t maxConcurrentStreams = 0, initialStreamWindow = 0, initialConnectionWindow = 0;
    std::vector<AccessLogSpec> accessLogs;
    std::vector<std::string> upgrades;
};

/// spec.default, or one of spec.perPort.
struct ListenerBlock {
    std::uint16_t port = 0;  ///< 0: the default.
    /// Every setting that is written, by its name in ListenerPolicy ("httpSettings.idleTimeout"), and where.
    std::map<std::string, FieldPath, std::less<>> set;
    bool withoutProxyHeader = false;  ///< proxyProtocol.allowRequestsWithoutProxyProtocol.
    std::int64_t bufferBytes = 0;
    TcpKeepAliveSpec tcpKeepAlive;
    std::chrono::milliseconds handshakeTimeout{0};
    bool clientCertificateOptional = false;
    std::vector<ObjectRef> clientCaRefs;
    HttpListenerSettings http;
    bool has(std::string_view setting) const { return set.find(setting) != set.end(); }
};

/// A target by label, with the listener that it names.
struct ListenerSelector {
    LabelTarget labels;
    std::string sectionName;
    FieldPath at;
};

struct ListenerPolicySpec {
    ObjectKey key;
    std::vector<PolicyTarget> targets;
    std::vector<ListenerSelector> selectors;
    std::vector<ListenerBlock> blocks;  ///< The default first where there is one; then those of ports.
    std::vector<std::string> unsupported;  ///< Field paths that are set and that this version does not run.

    /// The names of listeners of `gateway` that it reaches, "" for all of them; empty: it does not reach the Gateway.
    /// Policies reach only their own namespace.
    std::vector<std::string> sectionsOf(const Object& gateway) const;
    const ListenerBlock* blockFor(std::uint16_t port) const;
    const ListenerBlock* defaultBlock() const { return blockFor(0); }
};

/// Of either kind.
Result<ListenerPolicySpec> decodeListenerPolicy(const Object& object);
bool isListenerPolicy(const ObjectKey& key);

}  // namespace gatehouse::config
