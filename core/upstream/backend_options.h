// BackendOptions: how a backend's endpoints are chosen, judged and connected to. Compiled from a BackendConfigPolicy; the
// defaults are those of a backend without one. Thread: immutable values.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <string>

namespace gatehouse::upstream {

enum class Balance : std::uint8_t { LeastRequest, RoundRobin, Random };

/// A new endpoint gets a growing share of its turns, as Envoy has it: max(least, (age / window) ^ (1 / aggression)).
struct SlowStart {
    base::Millis window{0};  ///< 0: off.
    double aggression = 1.0;
    double least = 0.1;
    bool operator==(const SlowStart&) const = default;
};

struct BalanceOptions {
    Balance method = Balance::LeastRequest;
    std::uint32_t choices = 0;  ///< Least request: so many drawn at random; 0: a rotating window of kScan.
    SlowStart slowStart;
    std::uint32_t panicPercent = 0;  ///< Fewer endpoints than this share in: those that are out are used all the same.
    bool operator==(const BalanceOptions&) const = default;
};

/// Passive outlier detection. A count of 0 switches that rule off. Envoy's consecutive_5xx and base_ejection_time are 5 and
/// 30 s; without a policy only failures to answer at all count, and pods of a workstation come back sooner.
struct OutlierOptions {
    std::uint32_t failures = 5;    ///< Connects that failed, resets and broken answers in a row.
    std::uint32_t errors = 0;      ///< Answers of 5xx in a row...
    std::uint32_t gatewayErrors = 0;  ///< ...of 502, 503 and 504.
    bool failuresAreErrors = true;    ///< What did not answer counts as an answer of 5xx too.
    std::uint32_t enforceFailures = 100;  ///< Percent of the occasions that are acted on.
    std::uint32_t enforceErrors = 100;
    base::Millis interval{10'000};      ///< Each one spent in takes one step of the back-off away.
    base::Millis baseEjection{10'000};  ///< Times the number of ejections close after each other.
    base::Millis maxEjection{300'000};  ///< Envoy's max_ejection_time; baseEjection where that is longer.
    std::uint32_t maxPercent = 100;     ///< Of the endpoints, out at a time; one may always be, unless this is 0.
    bool successEnds = true;            ///< A good answer, of a request that was under way, takes it back in.
    bool operator==(const OutlierOptions&) const = default;
};

/// 0 everywhere: the table of limits holds (http/limits.h).
struct ConnectionOptions {
    std::uint32_t maxConnections = 0;  ///< Of the backend, all workers together.
    std::uint32_t maxPending = 0;      ///< Requests that wait for one of them.
    std::uint32_t maxRequests = 0;     ///< Requests at a time.
    std::uint32_t maxRequestsPerConnection = 0;
    base::Millis connect{0};
    base::Millis idle{0};  ///< Of a pooled connection; -1: for ever.
    bool tcpKeepAlive = false;
    std::uint32_t keepAliveProbes = 0;
    std::chrono::seconds keepAliveTime{0};
    std::chrono::seconds keepAliveInterval{0};
    base::Millis dnsRefresh{0};  ///< How long addresses of a name are kept.
    base::Millis dnsJitter{0};   ///< Up to so much is added.
    bool operator==(const ConnectionOptions&) const = default;
};

struct BackendOptions {
    BalanceOptions balance;
    OutlierOptions outlier;
    ConnectionOptions connections;
    std::string origin;  ///< "BackendConfigPolicy default/web", for people; empty: none.
    bool operator==(const BackendOptions&) const = default;
};

}  // namespace gatehouse::upstream
