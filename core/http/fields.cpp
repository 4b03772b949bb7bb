#include "http/fields.h"

#include "http/characters.h"
#include "http/message.h"

namespace gatehouse::http {

namespace {

/// As equalsIgnoreCase, but `_` counts as `-` too: CGI, WSGI and their like hand both to applications as one name.
bool readsAs(std::string_view name, std::string_view dashed) {
    if (name.size() != dashed.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i] == '_' ? '-' : name[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c) != dashed[i]) return false;
    }
    return true;
}

bool readsAsForwarded(std::string_view name) {
    return readsAs(name.substr(0, 12), "x-forwarded-") || readsAs(name, "x-real-ip");
}

}  // namespace

FieldId classify(std::string_view name) {
    const auto is = [&](std::string_view other) { return equalsIgnoreCase(name, other); };
    switch (name.size()) {
        case 2: return is("te") ? FieldId::Te : FieldId::Other;
        case 4:
            if (is("host")) return FieldId::Host;
            return is("date") ? FieldId::Date : FieldId::Other;
        case 6: return is("expect") ? FieldId::Expect : FieldId::Other;
        case 7:
            if (is("trailer")) return FieldId::Trailer;
            return is("upgrade") ? FieldId::Upgrade : FieldId::Other;
        case 9:
            if (is("forwarded")) return FieldId::ForwardedAny;
            break;
        case 10:
            if (is("connection")) return FieldId::Connection;
            if (is("keep-alive")) return FieldId::KeepAlive;
            break;
        case 12:
            if (is("content-type")) return FieldId::ContentType;
            if (is("x-request-id")) return FieldId::RequestId;
            break;
        case 14:
            if (is("content-length")) return FieldId::ContentLength;
            if (readsAs(name, "content-length")) return FieldId::FramingAlike;
            break;
        case 16:
            if (is("proxy-connection")) return FieldId::ProxyConnection;
            break;
        case 17:
            if (is("transfer-encoding")) return FieldId::TransferEncoding;
            if (readsAs(name, "transfer-encoding")) return FieldId::FramingAlike;
            break;
        case 18:
            if (is("proxy-authenticate")) return FieldId::ProxyAuthenticate;
            break;
        case 19:
            if (is("proxy-authorization")) return FieldId::ProxyAuthorization;
            break;
        default: break;
    }
    if (name.size() < 9 || (name[1] != '-' && name[1] != '_') || (name[0] != 'x' && name[0] != 'X')) return FieldId::Other;
    return readsAsForwarded(name) || isInternal(name) ? FieldId::ForwardedAny : FieldId::Other;
}

bool readsAlike(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    const auto folded = [](char c) { return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (folded(a[i]) != folded(b[i])) return false;
    return true;
}

bool isInternal(std::string_view name) {
    return readsAs(name.substr(0, 8), "x-envoy-") || readsAs(name.substr(0, 12), "x-gatehouse-") ||
           readsAs(name, "x-forwarded-client-cert") || readsAs(name.substr(0, 30), "x-gateway-destination-endpoint") ||
           (name.find('_') != std::string_view::npos && readsAsForwarded(name));
}

bool splitField(std::string_view line, std::string_view& name, std::string_view& value) {
    std::size_t colon = 0;
    while (colon < line.size() && isTokenChar(line[colon])) ++colon;
    if (colon == 0 || colon == line.size() || line[colon] != ':') return false;
    name = line.substr(0, colon);
    value = trimOws(line.substr(colon + 1));
    return isFieldValue(value);
}

bool mayTrail(std::string_view name) {
    if (classify(name) != FieldId::Other) return false;
    for (const auto* forbidden : {"authorization", "cookie", "set-cookie", "content-encoding", "content-range",
                                  "cache-control", "max-forwards", "range", "www-authenticate", "location"})
        if (equalsIgnoreCase(name, forbidden)) return false;
    return true;
}

bool isToken(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (!isTokenChar(c)) return false;
    return true;
}

bool isFieldValue(std::string_view text) {
    unsigned bad = 0;
    for (const char raw : text) {
        const auto c = static_cast<unsigned char>(raw);
        bad |= static_cast<unsigned>(c < 0x20) & static_cast<unsigned>(c != '\t');
        bad |= static_cast<unsigned>(c == 0x7f);
    }
    return bad == 0;
}

bool parseLength(std::string_view text, std::uint64_t& out) {
    if (text.empty() || text.size() > 18) return false;
    out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
}

bool listContains(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (equalsIgnoreCase(trimOws(list.substr(0, comma)), token)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
    return false;
}

}  // namespace gatehouse::http
