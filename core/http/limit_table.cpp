#include "http/limit_table.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace gatehouse::http {
namespace {

using L = const Limits&;
double number(std::size_t value) { return static_cast<double>(value); }
double number(std::chrono::milliseconds value) { return static_cast<double>(value.count()); }

constexpr auto kBytes = LimitUnit::Bytes;
constexpr auto kMillis = LimitUnit::Millis;
constexpr auto kCount = LimitUnit::Count;

constexpr std::array kRows = std::to_array<LimitRow>({
    {limit::kConnections, "connections of clients at a time", [](L l) { return number(l.connections); }, kCount,
     "closed at once", "Envoy's edge guide"},
    {limit::kDescriptors, "file descriptors that are kept free of clients", [](L l) { return number(l.spareDescriptors); },
     kCount, "closed at once", "upstreams, files and the admin endpoint need some when clients took the rest"},
    {limit::kIdle, "keep-alive connection without a request", [](L l) { return number(l.idle); }, kMillis, "closed", "nginx"},
    {limit::kRequestsPerConnection, "requests of a connection", [](L l) { return number(l.requestsPerConnection); }, kCount,
     "closed after the last", "nginx allows 1,000; keep-alive costs less than it saves"},
    {limit::kHeadTime, "time to a whole head, from its first byte", [](L l) { return number(l.headTime); }, kMillis, "408",
     "nginx and Envoy allow 60 s; slow heads are an attack before that"},
    {limit::kHeadSize, "head", [](L l) { return number(l.headBytes); }, kBytes, "431", "Envoy 60 KiB, nginx 4 x 8 KiB"},
    {limit::kHeadFields, "fields of a head", [](L l) { return number(l.headFields); }, kCount, "431", "Envoy"},
    {limit::kTargetSize, "request target", [](L l) { return number(l.targetBytes); }, kBytes, "414", "HAProxy's buffer"},
    {limit::kBodySize, "request body", [](L l) { return number(l.bodyBytes); }, kBytes, "413",
     "nginx 1 MiB; uploads to APIs are larger"},
    {limit::kLlmBodySize, "request body on LLM routes", [](L l) { return number(l.llmBodyBytes); }, kBytes, "413",
     "chat bodies carry images"},
    {limit::kBodyGap, "gap between two reads of a request body", [](L l) { return number(l.bodyGap); }, kMillis, "408",
     "nginx 60 s"},
    {limit::kBodyRate, "rate of a request body, after the time of one gap in all",
     [](L l) { return number(l.bodyBytesPerSecond); }, LimitUnit::BytesPerSecond, "408", "Kestrel 240 bytes/s, Apache 500"},
    {limit::kKeptBody, "copy of a request body, kept for further tries and mirrors", [](L l) { return number(l.keptBodyBytes); },
     kBytes, "sent once, to no mirror", "Envoy's per_connection_buffer_limit_bytes"},
    {limit::kMirrors, "mirrored copies under way, per worker", [](L l) { return number(l.mirrors); }, kCount,
     "further ones dropped", "a mirror must not cost the request that it copies"},
    {limit::kMirrorTime, "mirrored copy, its answer included", [](L l) { return number(l.mirrorTime); }, kMillis, "dropped",
     "Envoy's route timeout"},
    {limit::kAuthTime, "answer of an authorization service", [](L l) { return number(l.authTime); }, kMillis, "403",
     "longer than Envoy's 200 ms, for services on other machines"},
    {limit::kAuthAnswer, "body of an authorization service's answer", [](L l) { return number(l.authAnswerBytes); }, kBytes,
     "403 without it", "Envoy buffers as much of a head"},
    {limit::kGuardTime, "answer of a guard's service", [](L l) { return number(l.guardTime); }, kMillis, "503, or passes where it fails open",
     "time for a model that judges"},
    {limit::kGuardAnswer, "body of a guard's answer", [](L l) { return number(l.guardAnswerBytes); }, kBytes,
     "503, or passes where it fails open", "a mask holds every text that was asked about"},
    {limit::kGuardWindow, "streamed text without a sentence's end, held for a guard's service",
     [](L l) { return number(l.guardWindowBytes); }, kBytes, "judged as it is", "some 500 tokens"},
    {limit::kWriteStall, "client that takes no byte", [](L l) { return number(l.writeStall); }, kMillis, "cut", "nginx 60 s"},
    {limit::kTunnelIdle, "WebSocket or tunnel without a byte either way", [](L l) { return number(l.tunnelIdle); }, kMillis,
     "cut", "Envoy's 1 h for TCP"},
    {limit::kUpstreamConnect, "connect to an endpoint, and waiting for a free connection",
     [](L l) { return number(l.connect); }, kMillis, "503", "Envoy"},
    {limit::kUpstreamHead, "upstream's head, where the route has no timeout", [](L l) { return number(l.upstreamHead); },
     kMillis, "504", "nginx"},
    {limit::kStreamIdle, "gap between two reads of an answer; an LLM's head", [](L l) { return number(l.streamIdle); },
     kMillis, "504, or cut", "Envoy's stream idle timeout"},
    {limit::kUpstreamConnections, "connections to an endpoint, per worker; or those of the backend's policy",
     [](L l) { return number(l.upstreamConnectionsPerEndpoint); }, kCount, "waits, then 503", "Envoy's max_connections"},
    {limit::kUpstreamPending, "requests that wait for a connection to an endpoint, per worker; or those of the policy",
     [](L l) { return number(l.upstreamPendingPerEndpoint); }, kCount, "503", "Envoy's max_pending_requests"},
    {limit::kUpstreamRequests, "requests at a time to a backend, by its policy", [](L) { return 0.0; }, kCount, "503",
     "Envoy's max_requests is 1,024; here only where a policy says so"},
    {limit::kUpstreamIdle, "pooled upstream connection", [](L l) { return number(l.upstreamIdle); }, kMillis, "closed",
     "below the 60 s after which most servers close"},
    {limit::kUpstreamIdleConnections, "pooled connections per worker and endpoint",
     [](L l) { return number(l.upstreamIdlePerEndpoint); }, kCount, "oldest closed", "nginx's keepalive"},

    {h2limit::kStreams, "HTTP/2: requests of a connection at a time", [](L l) { return number(l.h2.streams); }, kCount,
     "stream refused; GOAWAY after our settings were acknowledged", "Envoy's edge guide"},
    {h2limit::kHeadSize, "HTTP/2: head", [](L l) { return number(l.headBytes); }, kBytes, "431", "as HTTP/1"},
    {h2limit::kHeadFields, "HTTP/2: fields of a head", [](L l) { return number(l.headFields); }, kCount, "431", "as HTTP/1"},
    {h2limit::kTargetSize, "HTTP/2: request target", [](L l) { return number(l.targetBytes); }, kBytes, "414", "as HTTP/1"},
    {h2limit::kHeadTime, "HTTP/2: time to a whole head", [](L l) { return number(l.headTime); }, kMillis, "GOAWAY",
     "as HTTP/1"},
    {h2limit::kContinuations, "HTTP/2: frames of one head", [](L l) { return number(l.h2.continuations); }, kCount, "GOAWAY",
     "nghttp2, CVE-2024-28182"},
    {h2limit::kRapidReset, "HTTP/2: resets by the client at once; 20 more per second",
     [](L l) { return l.h2.resetBurst; }, kCount, "GOAWAY", "nghttp2's limiter, CVE-2023-44487"},
    {h2limit::kResetShare, "HTTP/2: closed streams after which half reset at once is too many",
     [](L l) { return number(static_cast<std::size_t>(l.h2.resetShareAfter)); }, kCount, "GOAWAY", "Envoy"},
    {h2limit::kOwnResets, "HTTP/2: streams that the client's mistakes made us reset",
     [](L l) { return number(static_cast<std::size_t>(l.h2.ownResets)); }, kCount, "GOAWAY", "MadeYouReset, CVE-2025-8671"},
    {h2limit::kControlFlood, "HTTP/2: PING, SETTINGS and unknown frames at once; 100 more per second",
     [](L l) { return l.h2.controlBurst; }, kCount, "GOAWAY", "Envoy"},
    {h2limit::kPriorityFlood, "HTTP/2: PRIORITY frames per stream",
     [](L l) { return number(static_cast<std::size_t>(l.h2.prioritiesPerStream)); }, kCount, "GOAWAY", "Envoy"},
    {h2limit::kWindowUpdateFlood, "HTTP/2: WINDOW_UPDATE frames per DATA frame that was sent",
     [](L l) { return number(static_cast<std::size_t>(l.h2.updatesPerData)); }, kCount, "GOAWAY", "Envoy"},
    {h2limit::kEmptyFrames, "HTTP/2: frames without a byte in a row",
     [](L l) { return number(static_cast<std::size_t>(l.h2.emptyInRow)); }, kCount, "GOAWAY", "Envoy"},
    {h2limit::kOutboundFrames, "HTTP/2: frames that wait to be sent", [](L l) { return number(l.h2.outboundFrames); }, kCount,
     "closed", "Envoy"},
    {h2limit::kSettingsTime, "HTTP/2: time to the preface and to the answer to our settings",
     [](L l) { return number(l.h2.settings); }, kMillis, "GOAWAY", "RFC 9113 section 6.5.3 leaves the time open"},
    {h2limit::kIdle, "HTTP/2: connection without a request", [](L l) { return number(l.idle); }, kMillis, "GOAWAY",
     "as HTTP/1"},
    {h2limit::kWriteStall, "HTTP/2: client that takes no byte", [](L l) { return number(l.writeStall); }, kMillis, "cut",
     "as HTTP/1"},
    {h2limit::kKeepAlive, "HTTP/2: upstream that answers no PING, looked at after", [](L l) { return number(l.h2.keepAlive); },
     kMillis, "closed", "off, as in Envoy"},
});

std::string scaled(double value, double factor, const char* unit) {
    return fmt::format("{:g} {}", value / factor, unit);
}

/// 10000 as "10,000".
std::string grouped(double value) {
    auto digits = fmt::format("{:.0f}", value);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

}  // namespace

std::span<const LimitRow> limitTable() { return kRows; }

const LimitRow* findLimit(std::string_view name) {
    for (const auto& row : kRows)
        if (row.name == name) return &row;
    return nullptr;
}

std::string limitValue(const LimitRow& row, const Limits& limits) {
    constexpr double kKib = 1024;
    constexpr double kMib = kKib * 1024;
    const double value = row.value(limits);
    if (value <= 0) return "none";
    switch (row.unit) {
        case LimitUnit::Bytes:
            if (value >= kMib && std::fmod(value, kMib) == 0) return scaled(value, kMib, "MiB");
            if (value >= kKib && std::fmod(value, kKib) == 0) return scaled(value, kKib, "KiB");
            return grouped(value) + " bytes";
        case LimitUnit::Millis:
            if (value >= 3'600'000 && std::fmod(value, 3'600'000) == 0) return scaled(value, 3'600'000, "h");
            if (value >= 120'000 && std::fmod(value, 60'000) == 0) return scaled(value, 60'000, "min");
            if (value >= 1'000) return scaled(value, 1'000, "s");
            return scaled(value, 1, "ms");
        case LimitUnit::BytesPerSecond: return grouped(value) + " bytes/s";
        case LimitUnit::PerSecond: return grouped(value) + "/s";
        case LimitUnit::Count: break;
    }
    return grouped(value);
}

std::string limitTableMarkdown(const Limits& limits) {
    std::string out = "| name | limit | value | what comes of it | from |\n|---|---|---|---|---|\n";
    for (const auto& row : kRows)
        out += fmt::format("| `{}` | {} | {} | {} | {} |\n", row.name, row.what, limitValue(row, limits), row.answer, row.source);
    return out;
}

}  // namespace gatehouse::http
