// Parts of policies of both dialects about where requests come from, and about faults on purpose: csrf and faultInjection of a
// TrafficPolicy; csrf and delay of an AgentgatewayPolicy. Thread: values; pure functions.
#pragma once

#include "config/gateway_api.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::config {

struct StringMatchSpec {
    std::string exact, prefix, suffix, contains, regex;
    bool ignoreCase = false;  ///< Not of the regex.
    FieldPath at;
};

struct CsrfSpec {
    bool fetchMetadata = false;            ///< agentgateway's rules: Sec-Fetch-Site first; else Envoy's.
    std::vector<StringMatchSpec> matches;  ///< Envoy: of "host" or "host:port".
    std::vector<std::string> origins;      ///< agentgateway: whole origins.
    int enabled = 100, shadowed = 0;       ///< Percent of requests.
    FieldPath at;
};

struct FaultSpec {
    std::optional<std::chrono::milliseconds> delay;
    std::string delayExpression;  ///< CEL, in place of `delay`.
    int delayPercent = 100;
    int abortStatus = 0;          ///< 0: none.
    int grpcStatus = -1;          ///< In place of abortStatus; -1: none.
    int abortPercent = 100;
    std::int64_t kilobits = 0;    ///< Per second, of answers; 0: as fast as they come.
    int ratePercent = 100;
    std::int64_t maxActive = -1;  ///< At a time; -1: any number.
    bool disable = false;
    FieldPath at;
};

/// Of a TrafficPolicy; nothing where the field is not set.
std::optional<CsrfSpec> decodeCsrf(const Object& policy);
std::optional<FaultSpec> decodeFaults(const Object& policy);

namespace agentgateway {
CsrfSpec decodeCsrf(const text::yaml::Node& node, FieldPath at);
/// Text that is a duration is one; any other is an expression.
FaultSpec decodeDelay(const text::yaml::Node& node, FieldPath at);
}  // namespace agentgateway

}  // namespace gatehouse::config
