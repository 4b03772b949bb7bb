#include "filter/csrf.h"

#include "http/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::filter {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Envoy's: what changes something.
bool changes(std::string_view method) {
    constexpr std::array<std::string_view, 4> kMethods{"POST", "PUT", "DELETE", "PATCH"};
    return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

bool safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

/// scheme://host:port of a URL, without what follows.
std::string_view originPart(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return url;
    return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

bool holds(const Csrf::Match& match, std::string_view host) {
    if (match.regex) return match.regex->fullMatch(host);
    const auto folded = match.ignoreCase ? lower(host) : std::string(host);
    if (!match.exact.empty()) return folded == match.exact;
    if (!match.prefix.empty()) return folded.starts_with(match.prefix);
    if (!match.suffix.empty()) return folded.ends_with(match.suffix);
    return !match.contains.empty() && folded.find(match.contains) != std::string::npos;
}

/// Ports count, those of the origin's scheme where none is written.
bool sameHost(const OriginPattern& origin, std::string_view authority) {
    const auto target = readOrigin(fmt::format("{}://{}", origin.scheme, authority));
    return target && target->host == origin.host && target->port == origin.port;
}

bool listed(const Csrf& csrf, const OriginPattern& origin) {
    return std::any_of(csrf.origins.begin(), csrf.origins.end(), [&](const OriginPattern& known) {
        return known.scheme == origin.scheme && known.host == origin.host && known.port == origin.port;
    });
}

CsrfVerdict byFetchMetadata(const Csrf& csrf, const http::RequestHead& request) {
    if (safe(request.method)) return {true, "its method changes nothing"};
    const auto origin = readOrigin(originOf(request.headers));
    const bool known = origin && listed(csrf, *origin);
    if (const auto site = request.headers.get("sec-fetch-site"); site && !site->empty()) {
        if (*site == "same-origin" || *site == "none") return {true, "the browser says that it is of the same site"};
        return known ? CsrfVerdict{true, "its origin is one of the listed"} : CsrfVerdict{false, "the browser says that it is of another site"};
    }
    if (!request.headers.get("origin")) return {true, "it is of no browser, or of the same site: it names no origin"};
    if (origin && sameHost(*origin, request.authority)) return {true, "its origin is the host that it is for"};
    return known ? CsrfVerdict{true, "its origin is one of the listed"} : CsrfVerdict{false, "its origin is another host"};
}

CsrfVerdict byOrigin(const Csrf& csrf, const http::RequestHead& request) {
    if (!changes(request.method)) return {true, "its method changes nothing"};
    auto source = originPart(originOf(request.headers));
    if (source.find("://") == std::string_view::npos) source = originPart(request.headers.get("referer").value_or(std::string_view{}));
    const auto origin = readOrigin(source);
    if (!origin) return {false, "neither its Origin nor its Referer says where it comes from"};
    if (sameHost(*origin, request.authority)) return {true, "its origin is the host that it is for"};
    const auto host = source.substr(source.find("://") + 3);
    const bool known = std::any_of(csrf.matches.begin(), csrf.matches.end(), [&](const Csrf::Match& match) { return holds(match, host); });
    return known ? CsrfVerdict{true, "its origin is one of the listed"} : CsrfVerdict{false, "its origin is another host"};
}

}  // namespace

Result<std::shared_ptr<const Csrf>> compileCsrf(const config::CsrfSpec& spec, std::string by) {
    auto out = std::make_shared<Csrf>();
    out->fetchMetadata = spec.fetchMetadata;
    out->enabled = spec.enabled;
    out->shadowed = spec.shadowed;
    out->by = std::move(by);
    for (const auto& written : spec.matches) {
        const auto folded = [&](const std::string& text) { return written.ignoreCase ? lower(text) : text; };
        Csrf::Match match{folded(written.exact), folded(written.prefix), folded(written.suffix), folded(written.contains), written.ignoreCase, nullptr};
        if (!written.regex.empty()) {
            auto compiled = text::Regex::compile(written.regex);
            if (!compiled) return tl::unexpected(compiled.error());
            match.regex = *compiled;
        }
        out->matches.push_back(std::move(match));
    }
    for (const auto& written : spec.origins) {
        auto origin = readOrigin(written);
        if (!origin) return fail("csrf-origin", fmt::format("\"{}\" is no origin such as https://example.com.", written));
        out->origins.push_back(std::move(*origin));
    }
    return out;
}

CsrfVerdict checkCsrf(const Csrf& csrf, const http::RequestHead& request) {
    return csrf.fetchMetadata ? byFetchMetadata(csrf, request) : byOrigin(csrf, request);
}

}  // namespace gatehouse::filter
