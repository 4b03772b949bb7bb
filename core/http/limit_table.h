// The table of limits: name, what each one limits, its value, what comes of it, where the value is from. The console, the
// admin page /limits, the metrics and core/README.md all show this table. Thread: immutable.
#pragma once

#include "http/limits.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::http {

enum class LimitUnit : std::uint8_t { Bytes, Millis, Count, BytesPerSecond, PerSecond };

struct LimitRow {
    const char* name;    ///< As a worker's LimitBoard counts it.
    const char* what;
    double (*value)(const Limits&);  ///< 0: no limit.
    LimitUnit unit;
    const char* answer;  ///< What the client gets: a status, or what happens to the connection.
    const char* source;
};

/// In the order of a request's way.
std::span<const LimitRow> limitTable();
/// Null for what is no limit, e.g. the reasons for which TLS is refused.
const LimitRow* findLimit(std::string_view name);
/// "64 KiB", "10 s", "none".
std::string limitValue(const LimitRow& row, const Limits& limits);
/// The table as core/README.md has it.
std::string limitTableMarkdown(const Limits& limits);

}  // namespace gatehouse::http

namespace gatehouse::limit {

// Of HTTP/1 connections, and of requests whatever their protocol. Those of HTTP/2 connections: http::h2limit.
inline constexpr const char* kConnections = "connections";
inline constexpr const char* kDescriptors = "descriptors";
inline constexpr const char* kIdle = "idle";
inline constexpr const char* kRequestsPerConnection = "requests-per-connection";
inline constexpr const char* kHeadTime = "head-time";
inline constexpr const char* kHeadSize = "head-size";
inline constexpr const char* kHeadFields = "head-fields";
inline constexpr const char* kTargetSize = "target-size";
inline constexpr const char* kBodySize = "body-size";
inline constexpr const char* kLlmBodySize = "llm-body-size";
inline constexpr const char* kBodyGap = "body-gap";
inline constexpr const char* kBodyRate = "body-rate";
inline constexpr const char* kKeptBody = "kept-body";
inline constexpr const char* kMirrors = "mirrors";
inline constexpr const char* kMirrorTime = "mirror-time";
inline constexpr const char* kAuthTime = "auth-time";
inline constexpr const char* kAuthAnswer = "auth-answer";
inline constexpr const char* kGuardTime = "guard-time";
inline constexpr const char* kGuardAnswer = "guard-answer";
inline constexpr const char* kGuardWindow = "guard-window";
inline constexpr const char* kWriteStall = "write-stall";
inline constexpr const char* kTunnelIdle = "tunnel-idle";
inline constexpr const char* kUpstreamConnect = "upstream-connect";
inline constexpr const char* kUpstreamHead = "upstream-head";
inline constexpr const char* kStreamIdle = "stream-idle";
inline constexpr const char* kUpstreamConnections = "upstream-connections";
inline constexpr const char* kUpstreamPending = "upstream-pending";
inline constexpr const char* kUpstreamRequests = "upstream-requests";
inline constexpr const char* kUpstreamIdle = "upstream-idle";
inline constexpr const char* kUpstreamIdleConnections = "upstream-idle-connections";

}  // namespace gatehouse::limit
