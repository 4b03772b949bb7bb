// Cross-site request forgery: does a request that changes something come from a page of the site that it is for? Rules of Envoy's
// csrf filter (Origin or Referer against Host), or of agentgateway (Sec-Fetch-Site, then Origin against Host).
// Thread: immutable; check on the worker that owns the message.
#pragma once

#include "base/result.h"
#include "config/traffic_extras.h"
#include "filter/cors.h"
#include "http/message.h"
#include "text/regex.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

struct Csrf {
    struct Match {
        std::string exact, prefix, suffix, contains;  ///< One of them; lower case where case does not matter.
        bool ignoreCase = false;
        std::shared_ptr<const text::Regex> regex;
    };
    std::vector<Match> matches;
    std::vector<OriginPattern> origins;
    bool fetchMetadata = false;
    int enabled = 100, shadowed = 0;
    std::string by;  ///< Its object, for people.
};
/// Errors: a regular expression or an origin that cannot be read.
Result<std::shared_ptr<const Csrf>> compileCsrf(const config::CsrfSpec& spec, std::string by);

struct CsrfVerdict {
    bool allowed = true;
    const char* why = "";  ///< A sentence, constant.
};
CsrfVerdict checkCsrf(const Csrf& csrf, const http::RequestHead& request);

}  // namespace gatehouse::filter
