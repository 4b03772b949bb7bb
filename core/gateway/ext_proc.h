// The messages of Envoy's external processing (envoy.service.ext_proc.v3) that an endpoint picker reads and writes. Field numbers are those
// of Envoy's api/envoy/service/ext_proc/v3/external_processor.proto and of what it imports. Thread: values and pure functions.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::gateway::ext_proc {

/// How the proxy sends bodies (ProcessingMode.BodySendMode).
enum class BodyMode : std::uint8_t { None = 0, Streamed = 1, Buffered = 2, BufferedPartial = 3, FullDuplex = 4 };

/// By the numbers of their fields in ProcessingResponse.
enum class Part : std::uint8_t { None, RequestHeaders, ResponseHeaders, RequestBody, ResponseBody, RequestTrailers, ResponseTrailers };

/// One ProcessingRequest. Views lead into the message.
struct Request {
    Part part = Part::None;
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    std::string_view body;
    bool end = false;                                     ///< Nothing of the HTTP message follows.
    std::optional<std::vector<std::string_view>> subset;  ///< Endpoints that may be picked; absent: all.
    std::string_view served;                              ///< Who answered, as the proxy says; empty: it does not.
    std::optional<BodyMode> requestMode, responseMode;    ///< Told with the first message.
    bool observing = false;                               ///< No answer is wanted.

    /// Empty: there is none. `name` is in lower case.
    std::string_view header(std::string_view name) const;
};

/// Error "bad-message": these bytes are none.
Result<Request> readRequest(std::string_view bytes);

/// What an answer does to the HTTP message.
struct Mutation {
    std::vector<std::pair<std::string_view, std::string_view>> set;
    std::vector<std::string_view> remove;
    std::string_view endpoint;  ///< Told as a header and as dynamic metadata; empty: none.
};
using Answer = std::string;     ///< A ProcessingResponse.

Answer headersAnswer(Part part, const Mutation& mutation);
/// Of a body that the proxy keeps; `body`: in place of what came.
Answer bodyAnswer(Part part, const Mutation& mutation, std::optional<std::string_view> body);
/// In full duplex the proxy gives the body away: it gets it back in pieces of the size that Envoy takes. `end`: nothing follows.
void addStreamed(Part part, std::string_view body, bool end, std::vector<Answer>& answers);
Answer trailersAnswer(Part part);
/// The request ends here.
Answer immediateAnswer(int status, const std::vector<std::pair<std::string_view, std::string_view>>& headers, std::string_view body, std::string_view details);

/// How an endpoint is told: the header, and the key in the dynamic metadata of namespace envoy.lb.
inline constexpr std::string_view kDestination = "x-gateway-destination-endpoint";
/// Of one piece that addStreamed() makes: Envoy's buffer is 64 KiB.
inline constexpr std::size_t kPiece = 62'000;

}  // namespace gatehouse::gateway::ext_proc
