#include "telemetry/trace_context.h"

#include "base/ids.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::telemetry {
namespace {

bool isHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isId(std::string_view text) { return isHex(text) && text.find_first_not_of('0') != std::string_view::npos; }

std::uint64_t nonZero() {
    while (true)
        if (const auto bits = base::randomBits(); bits != 0) return bits;
}

}  // namespace

std::optional<TraceParent> readTraceParent(std::string_view field) {
    // version "-" trace-id "-" parent-id "-" flags
    constexpr std::size_t kSize = 55;
    if (field.size() < kSize || field[2] != '-' || field[35] != '-' || field[52] != '-') return std::nullopt;
    const auto version = field.substr(0, 2);
    if (!isHex(version) || version == "ff") return std::nullopt;
    if (field.size() > kSize && (version == "00" || field[kSize] != '-')) return std::nullopt;
    const auto trace = field.substr(3, 32), span = field.substr(36, 16), flags = field.substr(53, 2);
    if (!isId(trace) || !isId(span) || !isHex(flags)) return std::nullopt;
    const char low = flags[1];
    const int bits = low <= '9' ? low - '0' : low - 'a' + 10;
    return TraceParent{std::string(trace), std::string(span), (bits & 1) != 0};
}

std::string writeTraceParent(const TraceParent& parent) {
    return fmt::format("00-{}-{}-{}", parent.traceId, parent.spanId, parent.sampled ? "01" : "00");
}

TraceParent childOf(const std::optional<TraceParent>& parent) {
    TraceParent made;
    made.traceId = parent ? parent->traceId : fmt::format("{:016x}{:016x}", nonZero(), base::randomBits());
    made.spanId = fmt::format("{:016x}", nonZero());
    made.sampled = !parent || parent->sampled;
    return made;
}

}  // namespace gatehouse::telemetry
