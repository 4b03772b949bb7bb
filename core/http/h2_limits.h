// Limits of an HTTP/2 connection, and the names under which each one is reported when it bites. Sources: RFC 9113 section
// 10.5; Envoy's edge guide and its protocol options, nginx and nghttp2 for the floods. Thread: immutable values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace gatehouse::http {

struct H2Limits {
    std::uint32_t streams = 100;                   ///< At a time, each with a request of its peer.
    std::uint32_t streamWindow = 64 * 1024;        ///< Body bytes of a stream that wait to be read.
    std::uint32_t connectionWindow = 1024 * 1024;  ///< The same of all streams.
    std::size_t outputBytes = 64 * 1024;           ///< Written in one go.
    std::size_t streamsPerTurn = 8;                ///< New streams that are begun in one turn of the loop.
    std::size_t continuations = 8;                 ///< Frames of one head (CVE-2024-28182).

    // Resets by the peer (CVE-2023-44487): a burst, refilled per second; and a share of all streams that lived a second or less.
    double resetBurst = 200;
    double resetsPerSecond = 20;
    std::uint64_t resetShareAfter = 500;  ///< From as many closed streams on, half of them reset is too many.
    std::chrono::milliseconds resetSoon{1'000};
    std::uint64_t ownResets = 100;  ///< Streams that the peer's mistakes made us reset ("MadeYouReset", CVE-2025-8671).

    // Frames that carry nothing.
    double controlBurst = 1'000;              ///< PING, SETTINGS and unknown frames, refilled per second...
    double controlsPerSecond = 100;
    double controlsPerFrame = 2;              ///< ...and by each frame of a head or a body (gRPC probes with PINGs as it reads).
    std::uint64_t prioritiesPerStream = 100;  ///< PRIORITY, PRIORITY_UPDATE.
    std::uint64_t updatesPerData = 10;        ///< WINDOW_UPDATE per DATA frame that we sent.
    std::uint64_t emptyInRow = 1;             ///< DATA or CONTINUATION without a byte.
    std::size_t outboundAcks = 1'000;         ///< Answers to PING and SETTINGS that wait to be sent.
    std::size_t outboundFrames = 10'000;

    std::chrono::milliseconds settings{10'000};  ///< Until the peer's preface, and until it acknowledged ours.
    std::chrono::milliseconds drain{2'000};      ///< Between the notice of the end and the end of new streams.
    std::chrono::milliseconds linger{1'000};     ///< For the peer to read our last frame.
    std::chrono::milliseconds keepAlive{0};      ///< PING after as long a silence with streams open; 0: never. Clients only.
    bool extendedConnect = true;                 ///< RFC 8441, offered to clients.
};

/// What H2Handler::onLimit() names.
namespace h2limit {
inline constexpr const char* kStreams = "h2-streams";
inline constexpr const char* kHeadSize = "h2-head-size";
inline constexpr const char* kHeadFields = "h2-head-fields";
inline constexpr const char* kTargetSize = "h2-target-size";
inline constexpr const char* kHeadTime = "h2-head-time";
inline constexpr const char* kContinuations = "h2-continuations";
inline constexpr const char* kRapidReset = "h2-rapid-reset";
inline constexpr const char* kResetShare = "h2-reset-share";
inline constexpr const char* kOwnResets = "h2-own-resets";
inline constexpr const char* kControlFlood = "h2-control-flood";
inline constexpr const char* kPriorityFlood = "h2-priority-flood";
inline constexpr const char* kWindowUpdateFlood = "h2-window-update-flood";
inline constexpr const char* kEmptyFrames = "h2-empty-frames";
inline constexpr const char* kOutboundFrames = "h2-outbound-frames";
inline constexpr const char* kSettingsTime = "h2-settings-time";
inline constexpr const char* kIdle = "h2-idle";
inline constexpr const char* kWriteStall = "h2-write-stall";
inline constexpr const char* kKeepAlive = "h2-keep-alive";
}  // namespace h2limit

}  // namespace gatehouse::http
