#include "http/h1.h"

#include "http/characters.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "http/uri.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace gatehouse::http {
namespace {

/// The Connection field's part of the framing. True: it names more than "close" and "keep-alive".
bool readConnection(std::string_view value, Framing& framing) {
    if (equalsIgnoreCase(value, "keep-alive")) return false;
    if (listContains(value, "close")) framing.keepAlive = false;
    return !equalsIgnoreCase(value, "close");
}

/// Does a Connection field of this message name the field?
bool isNamed(const Headers& headers, std::string_view name) {
    for (const auto& field : headers.fields())
        if (classify(field.name) == FieldId::Connection && listContains(field.value, name)) return true;
    return false;
}

/// Fields that Connection names were meant for us. They go before any filter runs, so that no list of a sender takes away
/// what the gateway sets. TE and the like go at every hop anyway, and are still looked at here.
void dropNamed(Headers& headers) {
    headers.removeIf([&](const Header& field) {
        const auto id = classify(field.name);
        return id != FieldId::Host && id != FieldId::RequestId && !isHopByHop(id) && isNamed(headers, field.name);
    });
    headers.removeIf([](const Header& field) { return classify(field.name) == FieldId::Connection; });
}

}  // namespace

ParseState HeadScanner::scan(std::string_view input, const Limits& limits, Refusal& refusal) {
    const auto refuse = [&](int status, const char* sentence, const char* name = nullptr) {
        refusal = {status, name != nullptr ? "head-too-large" : "bad-request", sentence, name};
        return ParseState::Failed;
    };
    while (true) {
        const void* found = scanned_ < input.size()
                                ? std::memchr(input.data() + scanned_, '\n', input.size() - scanned_)
                                : nullptr;
        if (found == nullptr) {
            scanned_ = input.size();
            if (scanned_ <= limits.headBytes) return ParseState::NeedMore;
            if (lines_.empty()) return refuse(414, "The request line is longer than the limit.", limit::kTargetSize);
            return refuse(431, "The head is longer than the limit.", limit::kHeadSize);
        }
        const auto newline = static_cast<std::size_t>(static_cast<const char*>(found) - input.data());
        scanned_ = newline + 1;
        if (newline == lineBegin_ || input[newline - 1] != '\r') return refuse(400, "A line ends with a bare LF.");
        const std::size_t end = newline - 1;
        if (scanned_ > limits.headBytes)
            return lines_.empty() ? refuse(414, "The request line is longer than the limit.", limit::kTargetSize)
                                  : refuse(431, "The head is longer than the limit.", limit::kHeadSize);
        if (end == lineBegin_) {
            if (!lines_.empty()) return ParseState::Done;
            // RFC 9112 section 2.2: one empty line before the request line is forgiven.
            if (skippedEmpty_) return refuse(400, "Empty lines stand before the request line.");
            skippedEmpty_ = true;
        } else {
            if (lines_.size() > limits.headFields) return refuse(431, "The head has more fields than the limit.", limit::kHeadFields);
            lines_.push_back({static_cast<std::uint32_t>(lineBegin_), static_cast<std::uint32_t>(end)});
        }
        lineBegin_ = scanned_;
    }
}

void HeadScanner::reset() {
    lines_.clear();
    scanned_ = lineBegin_ = 0;
    skippedEmpty_ = false;
}

// ---- Requests

bool RequestParser::refuse(int status, const char* sentence, const char* name) {
    refusal_ = {status, name != nullptr ? "head-too-large" : "bad-request", sentence, name};
    return false;
}

void RequestParser::reset() {
    scanner_.reset();
    framing_ = {};
    refusal_ = {};
}

ParseState RequestParser::parse(std::string_view input, RequestHead& head) {
    if (!input.empty() && !isTokenChar(input.front()) && input.front() != '\r') {
        refuse(400, "The first byte does not begin an HTTP request.");
        return ParseState::Failed;
    }
    const auto state = scanner_.scan(input, *limits_, refusal_);
    if (state != ParseState::Done) return state;
    const auto bytes = head.arena.copy(input.substr(0, scanner_.consumed()));
    const auto first = scanner_.lines().front();
    if (!readRequestLine(bytes.substr(first.begin, first.end - first.begin), head)) return ParseState::Failed;
    return readFields(bytes, head) ? ParseState::Done : ParseState::Failed;
}

bool RequestParser::readRequestLine(std::string_view line, RequestHead& head) {
    const auto space = line.find(' ');
    const auto lastSpace = line.rfind(' ');
    if (space == std::string_view::npos || space == lastSpace) return refuse(400, "The request line is malformed.");
    head.method = line.substr(0, space);
    head.target = line.substr(space + 1, lastSpace - space - 1);
    const auto version = line.substr(lastSpace + 1);
    if (head.method.size() > 32 || !isToken(head.method)) return refuse(400, "The method is not a token.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        const bool shaped = version.size() == 8 && version.substr(0, 5) == "HTTP/" && version[6] == '.' &&
                            version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
        return shaped ? refuse(505, "The HTTP version is not served.") : refuse(400, "The HTTP version is malformed.");
    }
    head.minorVersion = version[7] - '0';
    framing_.keepAlive = head.minorVersion == 1;
    if (head.target.size() > limits_->targetBytes) return refuse(414, "The request target is longer than the limit.", limit::kTargetSize);
    if (head.method == "CONNECT") return readConnectTarget(head);
    Target target;
    if (!splitTarget(head.target, target)) return refuse(400, "The request target is malformed.");
    if (target.path == "*" && head.method != "OPTIONS") return refuse(400, "The request target is malformed.");
    switch (normalizePath(target.path, head.arena, head.path)) {
        case PathVerdict::Ok: break;
        case PathVerdict::Malformed: return refuse(400, "The path holds a broken escape, a backslash or a NUL.");
        case PathVerdict::EncodedSeparator: return refuse(400, "The path holds an encoded slash or backslash.");
    }
    head.query = target.query;
    head.hasQuery = target.hasQuery;
    head.scheme = "http";
    head.authority = target.authority;
    return true;
}

/// authority-form (RFC 9112 section 3.2.3): host and port, and no path.
bool RequestParser::readConnectTarget(RequestHead& head) {
    std::string_view name;
    std::string_view port;
    if (!splitAuthority(head.target, name, port) || port.empty())
        return refuse(400, "CONNECT's target is not a host and a port.");
    head.scheme = "http";
    head.authority = head.target;
    return true;
}

bool RequestParser::readFields(std::string_view bytes, RequestHead& head) {
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    bool keepAliveAsked = false;
    bool closeAsked = false;
    bool namesFields = false;
    bool upgradeAsked = false;
    std::string_view upgrade;
    std::string_view host;
    const auto& lines = scanner_.lines();
    for (std::size_t i = 1; i < lines.size(); ++i) {
        std::string_view name;
        std::string_view value;
        if (!splitField(bytes.substr(lines[i].begin, lines[i].end - lines[i].begin), name, value))
            return refuse(400, "A header field is malformed.");
        head.headers.addView(name, value);
        switch (classify(name)) {
            case FieldId::Host:
                ++hosts;
                host = value;
                break;
            case FieldId::ContentLength:
                ++lengths;
                if (!parseLength(value, framing_.length)) return refuse(400, "Content-Length is not a number.");
                break;
            case FieldId::TransferEncoding:
                ++codings;
                if (!equalsIgnoreCase(value, "chunked")) {
                    // A list that ends in one chunked is legal, only not served; anything else is doubtful.
                    const auto comma = value.rfind(',');
                    const bool legal = comma != std::string_view::npos && comma > 0 &&
                                       equalsIgnoreCase(trimOws(value.substr(comma + 1)), "chunked") &&
                                       !listContains(value.substr(0, comma), "chunked") &&
                                       !listContains(value.substr(0, comma), "");
                    return legal ? refuse(501, "The transfer coding is not served.")
                                 : refuse(400, "Transfer-Encoding is not one final chunked.");
                }
                break;
            case FieldId::Connection:
                namesFields = readConnection(value, framing_) || namesFields;
                keepAliveAsked = keepAliveAsked || listContains(value, "keep-alive");
                closeAsked = closeAsked || listContains(value, "close");
                upgradeAsked = upgradeAsked || listContains(value, "upgrade");
                break;
            case FieldId::Upgrade: upgrade = value; break;
            case FieldId::Expect:
                if (!equalsIgnoreCase(value, "100-continue")) return refuse(417, "The expectation is not served.");
                framing_.expectContinue = head.minorVersion == 1;
                break;
            case FieldId::RequestId:
                if (framing_.requestId.empty()) framing_.requestId = value;
                break;
            case FieldId::ContentType: framing_.contentType = value; break;
            case FieldId::ForwardedAny: framing_.hasForwarded = true; break;
            case FieldId::FramingAlike: return refuse(400, "A field reads like the length of the body, but for its underscore.");
            default: break;
        }
    }
    if (upgradeAsked && head.minorVersion == 1) framing_.upgrade = upgrade;
    framing_.hasHost = hosts > 0;
    framing_.hasLength = lengths == 1;
    if (codings > 1) return refuse(400, "Transfer-Encoding is given twice.");
    if (lengths > 1) return refuse(400, "Content-Length is given twice.");
    if (codings == 1 && lengths == 1) return refuse(400, "Content-Length and Transfer-Encoding are both given.");
    if (codings == 1 && head.minorVersion == 0) return refuse(400, "HTTP/1.0 has no Transfer-Encoding.");
    // What follows a CONNECT is a tunnel's, or nobody's; a body would be read as either.
    if (head.method == "CONNECT" && codings + lengths > 0) return refuse(400, "CONNECT has a body.");
    if (hosts > 1) return refuse(400, "Host is given twice.");
    if (hosts == 0 && head.minorVersion == 1) return refuse(400, "Host is missing.");
    if (head.minorVersion == 0 && keepAliveAsked && !closeAsked)
        framing_.keepAlive = true;

    std::string_view port;
    if (hosts == 1) {
        std::string_view name;
        if (!splitAuthority(host, name, port)) return refuse(400, "Host is not a valid host and port.");
        if (!head.authority.empty() && !equalsIgnoreCase(head.authority, host))
            return refuse(400, "Host differs from the request target.");
        head.authority = host;
        head.host = lowerHost(name, head.arena);
    } else if (!head.authority.empty()) {
        std::string_view name;
        if (!splitAuthority(head.authority, name, port)) return refuse(400, "The target's authority is not valid.");
        head.host = lowerHost(name, head.arena);
    }
    if (codings == 1) framing_.body = BodyKind::Chunked;
    else if (lengths == 1 && framing_.length > 0) framing_.body = BodyKind::Length;
    if (namesFields) dropNamed(head.headers);
    return true;
}

// ---- Responses

bool ResponseParser::refuse(const char* sentence) {
    refusal_ = {502, "upstream-bad-response", sentence};
    return false;
}

void ResponseParser::reset() {
    scanner_.reset();
    framing_ = {};
    refusal_ = {};
}

ParseState ResponseParser::parse(std::string_view input, bool toHead, ResponseHead& head, bool toConnect) {
    if (!input.empty() && input.front() != 'H') {
        refuse("The upstream does not answer with HTTP/1.");
        return ParseState::Failed;
    }
    const auto state = scanner_.scan(input, *limits_, refusal_);
    if (state == ParseState::Failed) refuse("The upstream's head has a bare LF or is too large.");
    if (state != ParseState::Done) return state;
    const auto bytes = head.arena.copy(input.substr(0, scanner_.consumed()));
    const auto first = scanner_.lines().front();
    if (!readStatusLine(bytes.substr(first.begin, first.end - first.begin), head)) return ParseState::Failed;
    const bool tunnels = toConnect && head.status / 100 == 2;
    return readFields(bytes, toHead, tunnels, head) ? ParseState::Done : ParseState::Failed;
}

bool ResponseParser::readStatusLine(std::string_view line, ResponseHead& head) {
    const bool version = line.substr(0, 9) == "HTTP/1.1 " || line.substr(0, 9) == "HTTP/1.0 ";
    if (!version || line.size() < 12) return refuse("The upstream's status line is malformed.");
    head.minorVersion = line[7] - '0';
    framing_.keepAlive = head.minorVersion == 1;
    head.status = 0;
    for (const char c : line.substr(9, 3)) {
        if (c < '0' || c > '9') return refuse("The upstream's status is not a number.");
        head.status = head.status * 10 + (c - '0');
    }
    if (head.status < 100 || head.status > 599) return refuse("The upstream's status is out of range.");
    if (line.size() > 12 && line[12] != ' ') return refuse("The upstream's status line is malformed.");
    head.reason = line.size() > 13 ? line.substr(13) : std::string_view{};
    return isFieldValue(head.reason) || refuse("The upstream's reason phrase holds controls.");
}

bool ResponseParser::readFields(std::string_view bytes, bool toHead, bool tunnels, ResponseHead& head) {
    int lengths = 0;
    int codings = 0;
    bool keepAliveAsked = false;
    bool closeAsked = false;
    bool namesFields = false;
    const auto& lines = scanner_.lines();
    for (std::size_t i = 1; i < lines.size(); ++i) {
        std::string_view name;
        std::string_view value;
        if (!splitField(bytes.substr(lines[i].begin, lines[i].end - lines[i].begin), name, value))
            return refuse("A header field of the upstream is malformed.");
        const auto id = classify(name);
        if (tunnels && (id == FieldId::ContentLength || id == FieldId::TransferEncoding)) continue;
        head.headers.addView(name, value);
        switch (id) {
            case FieldId::ContentLength:
                ++lengths;
                if (!parseLength(value, framing_.length)) return refuse("The upstream's Content-Length is no number.");
                break;
            case FieldId::TransferEncoding:
                ++codings;
                if (!equalsIgnoreCase(value, "chunked"))
                    return refuse("The upstream's Transfer-Encoding is not one final chunked.");
                break;
            case FieldId::Connection:
                namesFields = readConnection(value, framing_) || namesFields;
                keepAliveAsked = keepAliveAsked || listContains(value, "keep-alive");
                closeAsked = closeAsked || listContains(value, "close");
                break;
            case FieldId::ContentType: framing_.contentType = value; break;
            case FieldId::Date: framing_.hasDate = true; break;
            default: break;
        }
    }
    if (codings > 1 || lengths > 1 || (codings == 1 && lengths == 1))
        return refuse("The upstream's answer has more than one length.");
    if (codings == 1 && head.minorVersion == 0) return refuse("The upstream sends chunks in HTTP/1.0.");
    if (head.minorVersion == 0 && keepAliveAsked && !closeAsked)
        framing_.keepAlive = true;

    framing_.hasLength = lengths == 1;
    // RFC 9112 section 6.3.
    const bool bodyless = toHead || tunnels || head.status < 200 || head.status == 204 || head.status == 304;
    if (bodyless) {
        framing_.body = BodyKind::None;
    } else if (codings == 1) {
        framing_.body = BodyKind::Chunked;
    } else if (lengths == 1) {
        framing_.body = framing_.length > 0 ? BodyKind::Length : BodyKind::None;
    } else {
        framing_.body = BodyKind::UntilClose;
        framing_.keepAlive = false;
    }
    if (namesFields) dropNamed(head.headers);
    return true;
}

// ---- Writing

char* HeadWriter::room(std::size_t more) {
    if (bytes_.size() < size_ + more) bytes_.resize(std::max(size_ + more, std::max<std::size_t>(1024, 2 * size_)));
    char* place = bytes_.data() + size_;
    size_ += more;
    return place;
}

void HeadWriter::text(std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
}

void HeadWriter::requestLine(std::string_view method, std::string_view path, bool hasQuery, std::string_view query) {
    text(method);
    text(" ");
    text(path);
    if (hasQuery) {
        text("?");
        text(query);
    }
    text(" HTTP/1.1\r\n");
}

void HeadWriter::statusLine(int status, std::string_view reason) {
    char* place = room(13);
    std::memcpy(place, "HTTP/1.1 ", 9);
    place[9] = static_cast<char>('0' + status / 100 % 10);
    place[10] = static_cast<char>('0' + status / 10 % 10);
    place[11] = static_cast<char>('0' + status % 10);
    place[12] = ' ';
    text(reason);
    text("\r\n");
}

void HeadWriter::field(std::string_view name, std::string_view value) {
    char* place = room(name.size() + value.size() + 4);
    std::memcpy(place, name.data(), name.size());
    place += name.size();
    *place++ = ':';
    *place++ = ' ';
    if (!value.empty()) std::memcpy(place, value.data(), value.size());
    place += value.size();
    *place++ = '\r';
    *place = '\n';
}

void HeadWriter::number(std::string_view name, std::uint64_t value) { field(name, Decimal(value).view()); }

void HeadWriter::forwardable(const Headers& headers) {
    for (const auto& header : headers.fields()) {
        const auto id = classify(header.name);
        if (isHopByHop(id) || id == FieldId::ContentLength || id == FieldId::Expect) continue;
        field(header.name, header.value);
    }
}

}  // namespace gatehouse::http
