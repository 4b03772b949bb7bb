// W3C trace context: the traceparent field, read and made (https://www.w3.org/TR/trace-context/, version 00).
// Thread: pure functions; the generator is base/ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::telemetry {

struct TraceParent {
    std::string traceId;  ///< 32 lower-case hex digits, not all zero.
    std::string spanId;   ///< 16 of them.
    bool sampled = true;
};

/// Nothing for what is not valid. A version above 00 is read as far as 00 goes.
std::optional<TraceParent> readTraceParent(std::string_view field);
std::string writeTraceParent(const TraceParent& parent);
/// A new span in the trace of `parent`; a new trace where there is none.
TraceParent childOf(const std::optional<TraceParent>& parent);

}  // namespace gatehouse::telemetry
