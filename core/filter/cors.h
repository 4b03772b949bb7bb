// CORS: which other origins may call, answered by the gateway alone. Semantics: HTTPCORSFilter of Gateway API v1.6.1 over
// the Fetch standard's protocol. Thread: immutable; apply on the worker that owns the message.
#pragma once

#include "config/gateway_api.h"
#include "http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

/// scheme "://" host [":" port], lower case, with the scheme's own port where none is written.
struct OriginPattern {
    std::string scheme;
    std::string host;  ///< A '*' in a pattern stands for any run of characters, dots included.
    std::uint16_t port = 0;
};
/// Nothing for what is no http or https origin, e.g. "null".
std::optional<OriginPattern> readOrigin(std::string_view text);

struct Cors {
    bool anyOrigin = false;
    std::vector<OriginPattern> origins;
    bool anyMethod = false;
    bool anyHeader = false;
    bool exposeAny = false;
    std::string allowMethods;   ///< Comma-joined.
    std::string allowHeaders;
    std::string exposeHeaders;
    bool credentials = false;
    std::uint32_t maxAge = 5;   ///< Seconds.
};
/// Origins that cannot be read match nothing.
Cors compileCors(const config::Cors& spec);

/// The request's Origin; empty where it has none.
std::string_view originOf(const http::Headers& headers);
bool originAllowed(const Cors& cors, std::string_view origin);
/// OPTIONS with Origin and Access-Control-Request-Method (Fetch, CORS-preflight request).
bool isPreflight(const http::RequestHead& request);

/// The fields of the answer to a preflight; none but Vary where the origin is not allowed.
void answerPreflight(const Cors& cors, const http::RequestHead& request, http::Headers& answer);
/// What the answer says of CORS is the gateway's word: the upstream's own fields are replaced.
void stampAnswer(const Cors& cors, std::string_view origin, http::Headers& answer);

}  // namespace gatehouse::filter
