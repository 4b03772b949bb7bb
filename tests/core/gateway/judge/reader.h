// The judge's own opinion of HTTP/1: a strict reader that shares no code with core/http, so that a mistake there is not made
// twice. What it calls Bad must never be forwarded; what it calls Whole has one meaning only. Thread: pure functions.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::judge {

using Field = std::pair<std::string, std::string>;
using Fields = std::vector<Field>;

enum class Verdict { Whole, Partial, Bad };

struct Message {
    std::string method, target;      ///< Of a request.
    int status = 0;                  ///< Of a response.
    int minor = 1;
    Fields fields;
    std::string body;
    Fields trailers;
    bool chunked = false, hasLength = false, untilClose = false;
    std::string raw;
};

inline std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

inline std::vector<std::string> valuesOf(const Fields& fields, std::string_view name) {
    std::vector<std::string> found;
    for (const auto& [key, value] : fields)
        if (lowered(key) == name) found.push_back(value);
    return found;
}

inline bool tokenByte(char c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr;
}

inline bool token(std::string_view text) {
    for (const char c : text)
        if (!tokenByte(c)) return false;
    return !text.empty();
}

inline bool plainValue(std::string_view text) {
    for (const char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
    return true;
}

inline std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

inline std::vector<std::string> listed(const std::vector<std::string>& values) {
    std::vector<std::string> out;
    for (std::string_view rest : values) {
        for (;;) {
            const auto comma = rest.find(',');
            out.push_back(lowered(std::string(trimmed(rest.substr(0, comma)))));
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return out;
}

/// host [":" port], as in a Host field.
inline bool goodAuthority(std::string_view text) {
    const auto colon = text.rfind(':');
    std::string_view host = text;
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos || close < 3) return false;
        for (const char c : text.substr(1, close - 1))
            if (std::strchr("0123456789abcdefABCDEF:.", c) == nullptr || c == '\0') return false;
        if (close + 1 == text.size()) return true;
        if (text[close + 1] != ':') return false;
        host = text.substr(0, close + 1);
        text = text.substr(close + 2);
    } else {
        if (colon != std::string_view::npos) host = text.substr(0, colon);
        if (host.empty()) return false;
        for (const char c : host)
            if (c == '\0' || (!tokenByte(c) && std::strchr("()=;,", c) == nullptr) || std::strchr("^`|#\"", c) != nullptr) return false;
        if (colon == std::string_view::npos) return true;
        text = text.substr(colon + 1);
    }
    if (text.empty() || text.size() > 5) return false;
    int port = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        port = port * 10 + (c - '0');
    }
    return port > 0 && port <= 65535;
}

/// What a path means: unreserved escapes decoded, slashes merged, dot segments resolved (RFC 3986 6.2.2). Empty: not served.
inline std::string meaning(std::string_view path) {
    std::string decoded;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\') return {};
        if (path[i] != '%') {
            decoded += path[i];
            continue;
        }
        int value = 0;
        if (i + 2 >= path.size()) return {};
        for (const char c : path.substr(i + 1, 2)) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            const auto digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
            if (digit == std::string_view::npos) return {};
            value = value * 16 + static_cast<int>(digit);
        }
        if (value == 0 || value == '/' || value == '\\') return {};
        const char c = static_cast<char>(value);
        const bool unreserved = value < 128 && (std::isalnum(value) != 0 || std::strchr("-._~", c) != nullptr);
        decoded += unreserved ? std::string(1, c) : std::string(path.substr(i, 3));
        i += 2;
    }
    if (decoded.empty() || decoded.front() != '/') return {};
    std::vector<std::string> segments;
    bool directory = false;
    for (std::size_t at = 0; at < decoded.size();) {
        const auto end = std::min(decoded.find('/', at + 1), decoded.size());
        const auto segment = decoded.substr(at + 1, end - at - 1);
        directory = segment.empty() || segment == "." || segment == "..";
        if (segment == "..") {
            if (!segments.empty()) segments.pop_back();
        } else if (!directory) {
            segments.push_back(segment);
        }
        at = end;
    }
    std::string out;
    for (const auto& segment : segments) out += "/" + segment;
    return directory || out.empty() ? out + "/" : out;
}

/// A line that ends with CR LF and holds no other control. Bad as soon as that is certain.
inline Verdict takeLine(std::string_view bytes, std::size_t& at, std::string_view& line) {
    for (std::size_t i = at; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (c == '\n') return Verdict::Bad;
        if (c != '\r') continue;
        if (i + 1 == bytes.size()) return Verdict::Partial;
        if (bytes[i + 1] != '\n') return Verdict::Bad;
        line = bytes.substr(at, i - at);
        at = i + 2;
        return Verdict::Whole;
    }
    return Verdict::Partial;
}

inline bool takeField(std::string_view line, Fields& out) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !token(line.substr(0, colon))) return false;
    const auto value = trimmed(line.substr(colon + 1));
    out.emplace_back(line.substr(0, colon), value);
    return plainValue(value);
}

inline Verdict takeFields(std::string_view bytes, std::size_t& at, Fields& out) {
    for (;;) {
        std::string_view line;
        const auto verdict = takeLine(bytes, at, line);
        if (verdict != Verdict::Whole) return verdict;
        if (line.empty()) return Verdict::Whole;
        if (!takeField(line, out)) return Verdict::Bad;
    }
}

inline Verdict takeChunks(std::string_view bytes, std::size_t& at, Message& out) {
    for (;;) {
        std::string_view line;
        // A wrong size line is wrong before its end has come.
        const auto verdict = takeLine(bytes, at, line);
        if (verdict != Verdict::Whole) return verdict;
        const auto size = line.substr(0, line.find(';'));
        if (size.empty() || size.size() > 15 || size.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
            return Verdict::Bad;
        if (!plainValue(line)) return Verdict::Bad;
        const auto count = std::stoull(std::string(size), nullptr, 16);
        if (count == 0) {
            const auto ended = takeFields(bytes, at, out.trailers);
            return ended;
        }
        if (bytes.size() - at < count + 2) {
            const auto data = bytes.substr(at);
            if (data.size() == count + 1 && data.back() != '\r') return Verdict::Bad;
            return Verdict::Partial;
        }
        out.body += bytes.substr(at, count);
        at += count;
        if (bytes.substr(at, 2) != "\r\n") return Verdict::Bad;
        at += 2;
    }
}

/// Content-Length and Transfer-Encoding of a head; false where they leave a doubt.
inline bool framingOf(Message& out, std::uint64_t& length) {
    const auto lengths = valuesOf(out.fields, "content-length");
    const auto codings = valuesOf(out.fields, "transfer-encoding");
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.empty() && !codings.empty())) return false;
    if (!codings.empty()) {
        if (lowered(codings[0]) != "chunked" || out.minor == 0) return false;
        out.chunked = true;
    }
    if (!lengths.empty()) {
        const auto& text = lengths[0];
        if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return false;
        length = std::stoull(text);
        out.hasLength = true;
    }
    return true;
}

inline Verdict takeBody(std::string_view bytes, std::size_t& at, std::uint64_t length, Message& out) {
    if (out.chunked) return takeChunks(bytes, at, out);
    if (bytes.size() - at < length) return Verdict::Partial;
    out.body = bytes.substr(at, length);
    at += length;
    return Verdict::Whole;
}

/// The request that begins at `at`; moves `at` behind it when it is Whole.
/// `connects`: a CONNECT may come; its head is all of it.
inline Verdict takeRequest(std::string_view bytes, std::size_t& at, Message& out, bool connects = false) {
    out = {};
    const auto begin = at;
    std::size_t place = at;
    std::string_view line;
    auto verdict = takeLine(bytes, place, line);
    if (verdict == Verdict::Whole && line.empty()) verdict = takeLine(bytes, place, line);  // RFC 9112 section 2.2: one is forgiven.
    if (verdict != Verdict::Whole) return verdict;
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return Verdict::Bad;
    out.method = line.substr(0, first);
    out.target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!token(out.method) || (version != "HTTP/1.1" && version != "HTTP/1.0")) return Verdict::Bad;
    out.minor = version.back() - '0';
    for (const char c : out.target)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '#') return Verdict::Bad;
    const bool connect = out.method == "CONNECT";
    if (connect && (!connects || out.target.rfind(':') == std::string::npos || out.target.back() == ']' || !goodAuthority(out.target)))
        return Verdict::Bad;
    verdict = takeFields(bytes, place, out.fields);
    if (verdict != Verdict::Whole) return verdict;

    std::uint64_t length = 0;
    if (!framingOf(out, length)) return Verdict::Bad;
    const auto hosts = valuesOf(out.fields, "host");
    if (hosts.size() > 1 || (hosts.empty() && out.minor == 1)) return Verdict::Bad;
    if (!hosts.empty() && !goodAuthority(hosts[0])) return Verdict::Bad;
    if (connect) {
        if (out.chunked || out.hasLength || (!hosts.empty() && lowered(hosts[0]) != lowered(out.target))) return Verdict::Bad;
        if (hosts.empty()) out.fields.emplace_back("Host", out.target);
        at = place;
        out.raw = bytes.substr(begin, at - begin);
        return Verdict::Whole;
    }
    if (out.target.front() != '/' && out.target != "*") {
        const auto scheme = lowered(out.target.substr(0, out.target.find("://")));
        if (scheme != "http" && scheme != "https") return Verdict::Bad;
        auto authority = out.target.substr(scheme.size() + 3);
        const auto end = std::min(authority.find_first_of("/?"), authority.size());
        auto rest = authority.substr(end);
        authority.resize(end);
        if (!goodAuthority(authority)) return Verdict::Bad;
        if (!hosts.empty() && lowered(hosts[0]) != lowered(authority)) return Verdict::Bad;
        out.target = rest.empty() || rest.front() == '?' ? "/" + rest : rest;
        if (hosts.empty()) out.fields.emplace_back("Host", authority);
    }
    if (out.target == "*" && out.method != "OPTIONS") return Verdict::Bad;
    if (out.target != "*" && meaning(out.target.substr(0, out.target.find('?'))).empty()) return Verdict::Bad;
    verdict = takeBody(bytes, place, length, out);
    if (verdict != Verdict::Whole) return verdict;
    at = place;
    out.raw = bytes.substr(begin, at - begin);
    return Verdict::Whole;
}

/// The response that begins at `at`, interim ones included (then it is Whole with a status below 200).
inline Verdict takeResponse(std::string_view bytes, std::size_t& at, bool toHead, bool ended, Message& out) {
    out = {};
    std::size_t place = at;
    std::string_view line;
    auto verdict = takeLine(bytes, place, line);
    if (verdict != Verdict::Whole) return verdict;
    if (line.size() < 12 || (line.substr(0, 9) != "HTTP/1.1 " && line.substr(0, 9) != "HTTP/1.0 ")) return Verdict::Bad;
    out.minor = line[7] - '0';
    for (const char c : line.substr(9, 3)) {
        if (c < '0' || c > '9') return Verdict::Bad;
        out.status = out.status * 10 + (c - '0');
    }
    if (out.status < 100 || out.status > 599 || (line.size() > 12 && line[12] != ' ')) return Verdict::Bad;
    if (line.size() > 13 && !plainValue(line.substr(13))) return Verdict::Bad;
    verdict = takeFields(bytes, place, out.fields);
    if (verdict != Verdict::Whole) return verdict;
    std::uint64_t length = 0;
    if (!framingOf(out, length)) return Verdict::Bad;
    const bool bodyless = toHead || out.status < 200 || out.status == 204 || out.status == 304;
    if (!bodyless) {
        if (!out.chunked && !out.hasLength) {
            out.untilClose = true;
            if (!ended) return Verdict::Partial;
            length = bytes.size() - place;
        }
        verdict = takeBody(bytes, place, length, out);
        if (verdict != Verdict::Whole) return verdict;
    }
    out.raw = bytes.substr(at, place - at);
    at = place;
    return Verdict::Whole;
}

/// Bytes as a test prints them.
inline std::string shown(std::string_view bytes, std::size_t most = 1500) {
    std::string out;
    for (const char c : bytes.substr(0, most)) {
        const auto value = static_cast<unsigned char>(c);
        if (c == '\r') out += "\\r";
        else if (c == '\n') out += "\\n\n";
        else if (c == '\\') out += "\\\\";
        else if (value >= 0x20 && value < 0x7f) out += c;
        else {
            constexpr char kHex[] = "0123456789abcdef";
            out += std::string("\\x") + kHex[value / 16] + kHex[value % 16];
        }
    }
    if (bytes.size() > most) out += "... (" + std::to_string(bytes.size()) + " bytes)";
    return out;
}

}  // namespace gatehouse::judge
