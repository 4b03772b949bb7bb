#include "filter/credentials.h"

#include "filter/session.h"
#include "http/characters.h"
#include "http/uri.h"

namespace gatehouse::filter {
namespace {

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && http::equalsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

std::optional<std::string_view> inHeader(const CredentialSource& source, const http::Headers& headers) {
    const auto value = headers.get(source.header);
    if (!value) return std::nullopt;
    auto text = http::trimOws(*value);
    if (startsWithIgnoringCase(text, source.prefix)) text.remove_prefix(source.prefix.size());
    else if (!source.prefixOptional) return std::nullopt;
    text = http::trimOws(text);
    return text.empty() ? std::nullopt : std::optional(text);
}

/// "a=1&key=2&b" without the parameter, whose name may be percent-encoded.
std::string withoutParameter(std::string_view query, std::string_view name) {
    std::string out;
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        if (http::percentDecoded(pair.substr(0, pair.find('='))) != name) {
            if (!out.empty()) out += '&';
            out += pair;
        }
        if (end == std::string_view::npos) break;
        query.remove_prefix(end + 1);
    }
    return out;
}

std::string withoutCookie(std::string_view cookies, std::string_view name) {
    std::string out;
    while (!cookies.empty()) {
        const auto end = cookies.find(';');
        const auto pair = http::trimOws(cookies.substr(0, end));
        if (!pair.empty() && http::trimOws(pair.substr(0, pair.find('='))) != name) {
            if (!out.empty()) out += "; ";
            out += pair;
        }
        if (end == std::string_view::npos) break;
        cookies.remove_prefix(end + 1);
    }
    return out;
}

void removeCookie(std::string_view name, http::Headers& headers) {
    std::vector<http::Header> kept;
    for (const auto& field : headers.fields()) {
        if (!http::equalsIgnoreCase(field.name, "cookie")) {
            kept.push_back(field);
            continue;
        }
        const auto rest = headers.arena().copy(withoutCookie(field.value, name));
        if (!rest.empty()) kept.push_back({field.name, rest});
    }
    headers.clear();
    for (const auto& field : kept) headers.addView(field.name, field.value);
}

}  // namespace

std::optional<Credential> findCredential(const std::vector<CredentialSource>& sources, http::RequestHead& head,
                                         const text::cel::Activation& activation) {
    for (const auto& source : sources) {
        if (!source.header.empty())
            if (const auto value = inHeader(source, head.headers)) return Credential{*value, Credential::In::Header, &source};
        std::string_view value;
        if (!source.query.empty() && head.hasQuery && http::queryValue(head.query, source.query, head.arena, value) && !value.empty())
            return Credential{value, Credential::In::Query, &source};
        if (!source.cookie.empty())
            if (const auto cookie = cookieValue(head.headers, source.cookie); !cookie.empty()) return Credential{cookie, Credential::In::Cookie, &source};
        if (!source.expression) continue;
        const auto made = source.expression->evaluate(activation);
        if (const auto* text = made ? made->asString() : nullptr; text != nullptr && !text->empty())
            return Credential{head.arena.copy(*text), Credential::In::Expression, &source};
    }
    return std::nullopt;
}

void removeCredential(const Credential& credential, http::RequestHead& head) {
    switch (credential.in) {
        case Credential::In::Header: head.headers.remove(credential.source->header); break;
        case Credential::In::Query:
            head.query = head.arena.copy(withoutParameter(head.query, credential.source->query));
            head.hasQuery = !head.query.empty();
            break;
        case Credential::In::Cookie: removeCookie(credential.source->cookie, head.headers); break;
        case Credential::In::Expression: break;
    }
}

std::string placeOf(const CredentialSource& source) {
    if (!source.header.empty()) return "header " + source.header;
    if (!source.query.empty()) return "query parameter " + source.query;
    if (!source.cookie.empty()) return "cookie " + source.cookie;
    return "an expression";
}

}  // namespace gatehouse::filter
