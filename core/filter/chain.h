// Filters of a route rule, compiled: plain functions over heads. Semantics: Gateway API v1.6.1, see the tables in
// tests/vectors/filter. Thread: immutable; apply on the worker that owns the message.
#pragma once

#include "filter/cors.h"
#include "http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::filter {

struct Csrf;   // filter/csrf.h
struct Fault;  // filter/fault.h

struct HeaderMutation {
    std::vector<std::pair<std::string, std::string>> set;  ///< Names in written case; a repeated name counts once.
    std::vector<std::pair<std::string, std::string>> add;  ///< Appends comma-joined: "a,b".
    std::vector<std::string> remove;
    bool empty() const { return set.empty() && add.empty() && remove.empty(); }
};
void apply(const HeaderMutation& mutation, http::Headers& headers);
/// "set X-A: 1, remove X-B", for explain, records and logs: values that may be credentials are hidden.
std::string describe(const HeaderMutation& mutation);

enum class PathChange { None, ReplaceFull, ReplacePrefix };

struct Redirect {
    std::string scheme;    ///< Empty keeps the request's.
    std::string hostname;  ///< Empty keeps the request's.
    PathChange pathChange = PathChange::None;
    std::string pathValue;
    std::optional<std::uint16_t> port;
    int statusCode = 302;
};
/// The Location value. `matchedPrefix` is the rule's PathPrefix value, `listenerPort` the logical port.
std::string location(const Redirect& redirect, const http::RequestHead& request, std::string_view matchedPrefix,
                     std::uint16_t listenerPort);

struct Rewrite {
    std::string hostname;  ///< Empty keeps the Host header.
    PathChange pathChange = PathChange::None;
    std::string pathValue;
};
/// Changes path and host of the request that goes upstream; the query string stays.
void apply(const Rewrite& rewrite, http::RequestHead& request, std::string_view matchedPrefix);

/// The replacement table of the Gateway API for ReplacePrefixMatch.
std::string replacePrefix(std::string_view path, std::string_view prefix, std::string_view replacement);

struct DirectResponse {
    int status = 200;
    std::string body;
    std::string contentType = "text/plain";
};

/// One filter on a request's way. Mirrors and authorization need endpoints, which the rule has (route/snapshot.h).
enum class FilterStep : std::uint8_t { RequestHeaders, Rewrite, Cors, Mirror, Auth, Redirect, DirectResponse, Csrf, Fault };
struct OrderedFilter {
    FilterStep what = FilterStep::RequestHeaders;
    std::uint8_t index = 0;  ///< Mirror and Auth: which of the rule's; Csrf and Fault: which of the chain's.
};

/// What a rule does to a message.
struct Chain {
    HeaderMutation requestHeaders;
    std::optional<Redirect> redirect;
    std::optional<Rewrite> rewrite;
    std::optional<DirectResponse> directResponse;
    std::vector<std::shared_ptr<const Csrf>> csrfs;
    std::vector<std::shared_ptr<const Fault>> faults;
    /// What each entry of `order` does in words, for explain and the request record: {"RequestHeaderModifier", "set x-a"}.
    std::vector<std::pair<std::string, std::string>> description;
    // Last, beside what else of a rule every request looks at; of `cors` its last byte, which says whether there is one.
    std::optional<Cors> cors;
    /// What is done to the request, in the order of the API's list.
    std::vector<OrderedFilter> order;
    HeaderMutation responseHeaders;

    /// The order of the members above, for a chain that was made from them and not from a list.
    void orderByKind();
};

}  // namespace gatehouse::filter
