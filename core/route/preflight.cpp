#include "route/preflight.h"

#include "http/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::route {
namespace {

/// What a browser adds to a request of its own accord, or lets pages set without announcing it (Fetch, CORS-safelisted).
bool addedUnannounced(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"accept", "accept-language", "content-language", "content-type", "cookie", "range"};
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view each) { return http::equalsIgnoreCase(each, name); });
}

enum class Fit { No, Possible, Certain };

/// Could the announced request match?
Fit fits(const CompiledMatch& match, const http::RequestHead& request, std::string_view method, std::string_view announced) {
    if (!match.method.empty() && match.method != method) return Fit::No;
    if (!pathMatches(match, request.path) || !queryMatches(match, request.query)) return Fit::No;
    auto fit = Fit::Certain;
    for (const auto& wanted : match.headers) {
        if (request.headers.has(wanted.name)) {
            if (!headerMatches(wanted, request.headers)) return Fit::No;
            continue;
        }
        // Its value is not told, only that there will be one.
        if (!http::listContains(announced, wanted.name) && !addedUnannounced(wanted.name)) return Fit::No;
        fit = Fit::Possible;
    }
    return fit;
}

}  // namespace

bool matchPreflight(const Port& port, const http::RequestHead& request, MatchResult& found, std::vector<Step>* trace) {
    if (found.listener == nullptr || !filter::isPreflight(request)) return false;
    if (found.candidate != nullptr && found.candidate->match.method == "OPTIONS") return false;
    const auto method = *request.headers.get("access-control-request-method");
    const auto announced = request.headers.get("access-control-request-headers").value_or(std::string_view{});
    for (const auto& listener : port.listeners) {
        if (listener.hostname != found.listener->hostname) continue;
        for (const auto& host : listener.hosts) {
            if (!hostMatches(host.hostname, request.host)) continue;
            for (const auto& candidate : host.candidates) {
                const auto fit = fits(candidate.match, request, method, announced);
                const bool answers = candidate.rule->chain.cors.has_value();
                if (fit == Fit::No || (fit == Fit::Possible && !answers)) continue;
                if (!answers || &candidate == found.candidate) return false;
                found.listener = &listener;
                found.host = &host;
                found.candidate = &candidate;
                if (trace)
                    trace->push_back({"match", StepOutcome::Chosen,
                                      fmt::format("{} rule {}, match {}", candidate.rule->route.display(),
                                                  candidate.rule->index + 1, candidate.matchIndex + 1),
                                      fmt::format("a preflight belongs to the {} that it asks for: {}", method,
                                                  candidate.match.text.empty() ? "matches every request" : candidate.match.text),
                                      candidate.rule->route, candidate.rule->where});
                return true;
            }
        }
    }
    return false;
}

}  // namespace gatehouse::route
