// BackendConfigPolicy (kgateway 2.1 to 2.4): how a backend's endpoints are chosen, judged and connected to. Only what this
// version runs; the rest is marked in the kind's table. Thread: values.
#pragma once

#include "config/policies.h"

#include <chrono>
#include <optional>
#include <utility>

namespace gatehouse::config {

struct SlowStartSpec {
    std::chrono::milliseconds window{0};
    double aggression = 1.0;
    std::int64_t minWeightPercent = 10;
};
struct LoadBalancerSpec {
    std::string method;  ///< leastRequest, roundRobin or random; another one, or empty, is not run.
    std::int64_t choiceCount = 2;
    std::optional<SlowStartSpec> slowStart;
    std::optional<std::int64_t> panicThreshold;
};
struct OutlierSpec {
    std::int64_t consecutive5xx = 5;
    std::int64_t enforcing5xx = 100;
    bool split = false;
    std::int64_t consecutiveLocal = 5;
    std::int64_t enforcingLocal = 100;
    std::chrono::milliseconds interval{10'000};
    std::chrono::milliseconds baseEjectionTime{30'000};
    std::int64_t maxEjectionPercent = 10;
};
struct CircuitSpec {
    std::int64_t maxConnections = 0, maxPending = 0, maxRequests = 0;  ///< 0: not said.
};
struct TcpKeepAliveSpec {
    std::int64_t probes = 0;
    std::chrono::milliseconds time{0}, interval{0};
};
struct DnsSpec {
    std::chrono::milliseconds refreshRate{0}, jitter{0};
};
struct BackendTlsSpec {
    std::string secretName;  ///< ca.crt, and tls.crt with tls.key where there is one.
    bool files = false;      ///< Paths on the proxy: not run.
    bool insecure = false;
    bool systemTrust = false;
    bool simple = false;     ///< Never shows the client certificate.
    std::string sni;
    std::vector<std::string> subjectAltNames;
};
struct LabelTarget {
    std::string group, kind;
    std::vector<std::pair<std::string, std::string>> labels;
};
struct BackendConfigPolicySpec {
    ObjectKey key;
    std::vector<PolicyTarget> targets;
    std::vector<LabelTarget> selectors;
    std::optional<std::chrono::milliseconds> connectTimeout;
    std::optional<std::chrono::milliseconds> idleTimeout;  ///< 0: never.
    std::int64_t maxRequestsPerConnection = 0;
    std::optional<LoadBalancerSpec> loadBalancer;
    std::optional<OutlierSpec> outlier;
    CircuitSpec circuit;
    std::optional<TcpKeepAliveSpec> tcpKeepAlive;
    DnsSpec dns;
    std::optional<BackendTlsSpec> tls;
    std::vector<std::string> unsupported;  ///< Field paths that are set and that this version does not run.
};

Result<BackendConfigPolicySpec> decodeBackendConfigPolicy(const Object& object);

/// Does the policy reach this Service or Backend? Policies reach only their own namespace.
bool reaches(const BackendConfigPolicySpec& policy, const Object& target);

}  // namespace gatehouse::config
