#include "http/uri.h"

#include "http/characters.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::http {
namespace {

bool allOf(std::string_view text, std::uint8_t classes) {
    return std::all_of(text.begin(), text.end(), [&](char c) { return hasClass(c, classes); });
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// True when nothing of normalizePath would change the path.
bool alreadyNormal(std::string_view path) {
    if (path.empty() || path.front() != '/') return false;
    char previous = 0;
    for (const char c : path) {
        if (c == '%' || c == '\\') return false;
        if (previous == '/' && (c == '/' || c == '.')) return false;
        previous = c;
    }
    return true;
}

/// Decodes %XX with the policy of normalizePath. Answers the number of bytes written.
PathVerdict decodeUnreserved(std::string_view path, char* out, std::size_t& written) {
    written = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (c == '\\') return PathVerdict::Malformed;
        if (c != '%') {
            out[written++] = c;
            continue;
        }
        if (i + 2 >= path.size()) return PathVerdict::Malformed;
        const int high = hexValue(path[i + 1]);
        const int low = hexValue(path[i + 2]);
        if (high < 0 || low < 0) return PathVerdict::Malformed;
        const auto value = static_cast<char>(high * 16 + low);
        if (value == '\0') return PathVerdict::Malformed;
        if (value == '/' || value == '\\') return PathVerdict::EncodedSeparator;
        if (hasClass(value, kUnreserved)) {
            out[written++] = value;
        } else {
            std::memcpy(out + written, path.data() + i, 3);
            written += 3;
        }
        i += 2;
    }
    return PathVerdict::Ok;
}

/// Merges slashes and resolves "." and ".." in place (RFC 3986 section 5.2.4). `path` starts with '/'.
std::size_t resolveSegments(char* path, std::size_t size) {
    std::size_t out = 0;  // path[0, out) is normal and, where not empty, begins with '/'.
    std::size_t in = 0;
    bool directory = false;  // A trailing slash is owed.
    while (in < size) {
        while (in < size && path[in] == '/') ++in;
        const std::size_t begin = in;
        while (in < size && path[in] != '/') ++in;
        const std::string_view segment(path + begin, in - begin);
        directory = segment.empty() || segment == "." || segment == "..";
        if (segment.empty() || segment == ".") continue;
        if (segment == "..") {
            while (out > 0 && path[out - 1] != '/') --out;
            if (out > 0) --out;
            continue;
        }
        path[out++] = '/';
        std::memmove(path + out, segment.data(), segment.size());
        out += segment.size();
    }
    if (directory || out == 0) path[out++] = '/';
    return out;
}

}  // namespace

bool splitTarget(std::string_view target, Target& out) {
    out = {};
    if (target.empty()) return false;
    for (const char c : target)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '#') return false;
    if (target == "*") {
        out.path = target;
        return true;
    }
    if (target.front() != '/') {
        const auto colon = target.find("://");
        if (colon == std::string_view::npos) return false;
        out.scheme = target.substr(0, colon);
        if (!equalsIgnoreCase(out.scheme, "http") && !equalsIgnoreCase(out.scheme, "https")) return false;
        target.remove_prefix(colon + 3);
        const auto end = std::min(target.find_first_of("/?"), target.size());
        out.authority = target.substr(0, end);
        if (out.authority.empty() || out.authority.find('@') != std::string_view::npos) return false;
        target.remove_prefix(end);
    }
    const auto mark = target.find('?');
    out.path = target.substr(0, mark);
    if (mark != std::string_view::npos) {
        out.query = target.substr(mark + 1);
        out.hasQuery = true;
    }
    if (out.path.empty()) out.path = "/";
    return true;
}

PathVerdict normalizePath(std::string_view path, Arena& arena, std::string_view& out) {
    if (alreadyNormal(path) || path == "*") {
        out = path;
        return PathVerdict::Ok;
    }
    if (path.empty() || path.front() != '/') return PathVerdict::Malformed;
    char* place = arena.allocate(path.size() + 1);
    std::size_t size = 0;
    const auto verdict = decodeUnreserved(path, place, size);
    if (verdict != PathVerdict::Ok) return verdict;
    out = {place, resolveSegments(place, size)};
    return PathVerdict::Ok;
}

bool splitAuthority(std::string_view authority, std::string_view& host, std::string_view& port) {
    port = {};
    std::size_t end = 0;
    if (!authority.empty() && authority.front() == '[') {
        const auto close = authority.find(']');
        if (close == std::string_view::npos || close < 3) return false;
        for (const char c : authority.substr(1, close - 1))
            if (!hasClass(c, kHexChar) && c != ':' && c != '.') return false;
        end = close + 1;
    } else {
        end = std::min(authority.find(':'), authority.size());
        if (end == 0 || !allOf(authority.substr(0, end), kHostChar)) return false;
    }
    host = authority.substr(0, end);
    if (end == authority.size()) return true;
    if (authority[end] != ':') return false;
    port = authority.substr(end + 1);
    if (port.empty() || port.size() > 5) return false;
    unsigned value = 0;
    for (const char c : port) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value > 0 && value <= 65535;
}

std::string_view lowerHost(std::string_view host, Arena& arena) {
    if (host.size() > 1 && host.back() == '.') host.remove_suffix(1);
    const bool changes = std::any_of(host.begin(), host.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!changes) return host;
    char* place = arena.allocate(host.size());
    std::transform(host.begin(), host.end(), place, lower);
    return {place, host.size()};
}

bool queryValue(std::string_view query, std::string_view name, Arena& arena, std::string_view& value) {
    const auto decode = [&](std::string_view text) -> std::string_view {
        if (text.find_first_of("%+") == std::string_view::npos) return text;
        char* place = arena.allocate(text.size());
        std::size_t size = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool escape = text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 &&
                                hexValue(text[i + 2]) >= 0;
            if (escape) {
                place[size++] = static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
                i += 2;
            } else {
                place[size++] = text[i] == '+' ? ' ' : text[i];
            }
        }
        return {place, size};
    };
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        const auto equals = pair.find('=');
        if (decode(pair.substr(0, equals)) == name) {
            value = equals == std::string_view::npos ? std::string_view{} : decode(pair.substr(equals + 1));
            return true;
        }
        if (end == std::string_view::npos) break;
        query.remove_prefix(end + 1);
    }
    return false;
}

std::string percentDecoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0;
        out += escape ? static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2])) : text[i];
        if (escape) i += 2;
    }
    return out;
}

}  // namespace gatehouse::http
