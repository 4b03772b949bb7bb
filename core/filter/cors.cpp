#include "filter/cors.h"

#include "http/fields.h"
#include "text/wildcard.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::filter {
namespace {

constexpr std::string_view kAllowOrigin = "Access-Control-Allow-Origin";
constexpr std::string_view kAllowCredentials = "Access-Control-Allow-Credentials";
constexpr std::string_view kExposeHeaders = "Access-Control-Expose-Headers";
constexpr std::string_view kRequestMethod = "Access-Control-Request-Method";
constexpr std::string_view kRequestHeaders = "Access-Control-Request-Headers";

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) {
        if (!out.empty()) out += ", ";
        out += part;
    }
    return out;
}

bool isStar(const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), "*") != list.end(); }

/// Whether it is `*` or an echo decides whether caches may give the answer to other origins.
void allowOrigin(const Cors& cors, std::string_view origin, http::Headers& answer) {
    if (cors.anyOrigin && !cors.credentials) {
        answer.set(kAllowOrigin, "*");
    } else {
        answer.set(kAllowOrigin, origin);
    }
    if (cors.credentials) answer.set(kAllowCredentials, "true");
}

void varyByOrigin(const Cors& cors, http::Headers& answer) {
    if (cors.anyOrigin && !cors.credentials) return;
    for (const auto& field : answer.fields())
        if (http::equalsIgnoreCase(field.name, "vary") &&
            (http::listContains(field.value, "origin") || http::listContains(field.value, "*")))
            return;
    answer.add("Vary", "Origin");
}

}  // namespace

std::optional<OriginPattern> readOrigin(std::string_view text) {
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    OriginPattern origin;
    origin.scheme = lower(text.substr(0, colon));
    if (origin.scheme == "https") origin.port = 443;
    else if (origin.scheme == "http") origin.port = 80;
    else return std::nullopt;
    auto host = text.substr(colon + 3);
    const auto bracket = host.rfind(']');
    const auto port = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (port != std::string_view::npos) {
        const auto digits = host.substr(port + 1);
        const auto* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, origin.port);
        if (read.ec != std::errc() || read.ptr != end || origin.port == 0) return std::nullopt;
        host = host.substr(0, port);
    }
    if (host.empty() || host.find_first_of("/ \t,") != std::string_view::npos) return std::nullopt;
    origin.host = lower(host);
    return origin;
}

Cors compileCors(const config::Cors& spec) {
    Cors cors;
    for (const auto& text : spec.allowOrigins) {
        if (text == "*") cors.anyOrigin = true;
        else if (auto origin = readOrigin(text)) cors.origins.push_back(std::move(*origin));
    }
    cors.anyMethod = isStar(spec.allowMethods);
    cors.anyHeader = isStar(spec.allowHeaders);
    cors.exposeAny = isStar(spec.exposeHeaders);
    cors.allowMethods = cors.anyMethod ? "*" : join(spec.allowMethods);
    cors.allowHeaders = cors.anyHeader ? "*" : join(spec.allowHeaders);
    cors.exposeHeaders = cors.exposeAny ? "*" : join(spec.exposeHeaders);
    cors.credentials = spec.allowCredentials;
    cors.maxAge = spec.maxAge;
    return cors;
}

std::string_view originOf(const http::Headers& headers) { return headers.get("origin").value_or(std::string_view{}); }

bool originAllowed(const Cors& cors, std::string_view origin) {
    if (origin.empty()) return false;
    if (cors.anyOrigin) return true;
    const auto asked = readOrigin(origin);
    if (!asked || asked->host.find('*') != std::string::npos) return false;
    return std::any_of(cors.origins.begin(), cors.origins.end(), [&](const OriginPattern& allowed) {
        return allowed.scheme == asked->scheme && allowed.port == asked->port && text::matchesPattern(allowed.host, asked->host);
    });
}

bool isPreflight(const http::RequestHead& request) {
    return request.method == "OPTIONS" && request.headers.has("origin") && request.headers.has(kRequestMethod);
}

void answerPreflight(const Cors& cors, const http::RequestHead& request, http::Headers& answer) {
    const auto origin = originOf(request.headers);
    varyByOrigin(cors, answer);
    if (!originAllowed(cors, origin)) return;
    allowOrigin(cors, origin, answer);
    const auto method = request.headers.get(kRequestMethod);
    const auto headers = request.headers.get(kRequestHeaders);
    // Browsers take `*` for a name where credentials go along, so the wish itself is told back.
    if (method && !cors.allowMethods.empty())
        answer.set("Access-Control-Allow-Methods", cors.anyMethod && cors.credentials ? *method : cors.allowMethods);
    if (headers && !cors.allowHeaders.empty())
        answer.set("Access-Control-Allow-Headers", cors.anyHeader && cors.credentials ? *headers : cors.allowHeaders);
    answer.set("Access-Control-Max-Age", std::to_string(cors.maxAge));
}

void stampAnswer(const Cors& cors, std::string_view origin, http::Headers& answer) {
    answer.remove(kAllowOrigin);
    answer.remove(kAllowCredentials);
    answer.remove(kExposeHeaders);
    varyByOrigin(cors, answer);
    if (!originAllowed(cors, origin)) return;
    std::string exposed = cors.exposeHeaders;
    if (cors.exposeAny && cors.credentials) {
        exposed.clear();
        for (const auto& field : answer.fields()) {
            if (http::equalsIgnoreCase(field.name, "set-cookie") || http::listContains(exposed, field.name)) continue;
            if (!exposed.empty()) exposed += ", ";
            exposed += field.name;
        }
    }
    allowOrigin(cors, origin, answer);
    if (!exposed.empty()) answer.set(kExposeHeaders, exposed);
}

}  // namespace gatehouse::filter
