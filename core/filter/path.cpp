#include "filter/chain.h"

namespace gatehouse::filter {
namespace {

std::string_view withoutTrailingSlash(std::string_view text) {
    if (!text.empty() && text.back() == '/') text.remove_suffix(1);
    return text;
}

std::string changedPath(PathChange change, std::string_view value, std::string_view path, std::string_view matchedPrefix) {
    switch (change) {
        case PathChange::ReplaceFull: return value.empty() ? "/" : std::string(value);
        case PathChange::ReplacePrefix: return replacePrefix(path, matchedPrefix, value);
        case PathChange::None: break;
    }
    return std::string(path);
}

}  // namespace

std::string replacePrefix(std::string_view path, std::string_view prefix, std::string_view replacement) {
    prefix = withoutTrailingSlash(prefix);
    replacement = withoutTrailingSlash(replacement);
    if (!path.starts_with(prefix)) return std::string(path);
    const auto rest = path.substr(prefix.size());
    std::string result;
    result.reserve(replacement.size() + rest.size() + 1);
    if (!replacement.empty() && replacement.front() != '/') result += '/';
    result += replacement;
    if (!rest.empty() && rest.front() != '/') result += '/';
    result += rest;
    if (result.empty()) result = "/";
    return result;
}

void apply(const Rewrite& rewrite, http::RequestHead& request, std::string_view matchedPrefix) {
    if (rewrite.pathChange != PathChange::None) {
        const auto path = changedPath(rewrite.pathChange, rewrite.pathValue, request.path, matchedPrefix);
        request.path = request.arena.copy(path);
        request.target = request.hasQuery ? request.arena.concat({request.path, "?", request.query}) : request.path;
    }
    if (!rewrite.hostname.empty()) {
        request.authority = request.arena.copy(rewrite.hostname);
        request.host = request.authority;
        if (request.headers.has("host")) request.headers.set("Host", rewrite.hostname);
    }
}

std::string location(const Redirect& redirect, const http::RequestHead& request, std::string_view matchedPrefix,
                     std::uint16_t listenerPort) {
    const std::string_view scheme = redirect.scheme.empty() ? request.scheme : std::string_view(redirect.scheme);
    const std::string_view host = redirect.hostname.empty() ? request.host : std::string_view(redirect.hostname);
    const std::uint16_t wellKnown = scheme == "https" ? 443 : 80;
    // HTTPRequestRedirectFilter.port: an explicit port wins, a configured scheme brings its own, else the listener's.
    const std::uint16_t port = redirect.port                ? *redirect.port
                               : !redirect.scheme.empty() ? wellKnown
                                                            : listenerPort;
    std::string result(scheme.empty() ? std::string_view("http") : scheme);
    result += "://";
    const bool bareV6 = host.find(':') != std::string_view::npos && host.front() != '[';
    if (bareV6) result += '[';
    result += host;
    if (bareV6) result += ']';
    if (port != wellKnown) result += ':' + std::to_string(port);
    result += changedPath(redirect.pathChange, redirect.pathValue, request.path, matchedPrefix);
    if (request.hasQuery) {
        result += '?';
        result += request.query;
    }
    return result;
}

}  // namespace gatehouse::filter
