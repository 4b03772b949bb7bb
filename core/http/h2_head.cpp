#include "http/h2_head.h"

#include "http/characters.h"
#include "http/fields.h"
#include "http/uri.h"

#include <algorithm>

namespace gatehouse::http {
namespace {

/// Every character a tchar and none a capital (RFC 9113 section 8.2.1).
bool isLowerToken(std::string_view name) {
    unsigned bad = 0;
    for (const char c : name)
        bad |= static_cast<unsigned>(!isTokenChar(c)) | static_cast<unsigned>(c >= 'A' && c <= 'Z');
    return bad == 0 && !name.empty();
}

bool isCleanValue(std::string_view value) {
    if (value.empty()) return true;
    const auto space = [](char c) { return c == ' ' || c == '\t'; };
    return !space(value.front()) && !space(value.back()) && isFieldValue(value);
}

/// RFC 9110 section 6.5.1: what frames, routes or authenticates a message cannot come after it.
bool isForbiddenTrailer(FieldId id, std::string_view name) {
    switch (id) {
        case FieldId::Host:
        case FieldId::ContentLength:
        case FieldId::Te:
        case FieldId::Trailer:
        case FieldId::Expect:
        case FieldId::ContentType:
        case FieldId::ProxyAuthenticate:
        case FieldId::ProxyAuthorization: return true;
        default: return name == "authorization" || name == "set-cookie" || name == "cookie";
    }
}

bool isConnectionSpecific(FieldId id) {
    switch (id) {
        case FieldId::Connection:
        case FieldId::KeepAlive:
        case FieldId::ProxyConnection:
        case FieldId::TransferEncoding:
        case FieldId::Upgrade: return true;
        default: return false;
    }
}

}  // namespace

bool isForbiddenInH2(std::string_view name) { return isConnectionSpecific(classify(name)); }

void H2HeadReader::start(Kind kind, Arena& arena, Headers& headers) {
    kind_ = kind;
    arena_ = &arena;
    headers_ = &headers;
    bytes_ = 0;
    fields_ = 0;
    late_ = refused_ = false;
    limit_ = nullptr;
}

void H2HeadReader::startRequest(RequestHead& head) {
    start(Kind::Request, head.arena, head.headers);
    request_ = &head;
    framing_ = {};
    path_ = host_ = protocol_ = {};
    cookies_ = 0;
    seen_ = lengths_ = hosts_ = 0;
    toHead_ = false;
}

void H2HeadReader::startResponse(ResponseHead& head, bool toHead) {
    start(Kind::Response, head.arena, head.headers);
    response_ = &head;
    framing_ = {};
    seen_ = lengths_ = 0;
    toHead_ = toHead;
}

void H2HeadReader::startTrailers(Headers& trailers) { start(Kind::Trailers, trailers.arena(), trailers); }

void H2HeadReader::refuse(const char* sentence) {
    if (refused_) return;
    refused_ = true;
    refusal_ = kind_ == Kind::Response || (kind_ == Kind::Trailers && response_ != nullptr)
                   ? Refusal{502, "upstream-bad-response", sentence}
                   : Refusal{400, "bad-request", sentence};
}

void H2HeadReader::refuseSize(int status, const char* sentence, const char* limit) {
    if (refused_) return;
    refuse(sentence);
    limit_ = limit;
    if (refusal_.status == 400) refusal_ = {status, "head-too-large", sentence};
}

bool H2HeadReader::field(std::string_view name, std::string_view value) {
    bytes_ += name.size() + value.size() + 32;  // RFC 9113 section 6.5.2.
    if (bytes_ > limits_.headBytes) {
        refuseSize(431, "The head is longer than the limit.", h2limit::kHeadSize);
        // A few bytes of HPACK can stand for megabytes of fields.
        return bytes_ <= 8 * limits_.headBytes;
    }
    if (refused_) return true;
    if (!name.empty() && name.front() == ':') {
        pseudo(name, value);
        return true;
    }
    late_ = true;
    if (++fields_ > limits_.headFields) {
        refuseSize(431, "The head has more fields than the limit.", h2limit::kHeadFields);
        return true;
    }
    if (!isLowerToken(name)) refuse("A field name has a capital or is no token.");
    else if (!isCleanValue(value)) refuse("A field value holds a control character or begins or ends with a space.");
    else regular(name, value);
    return true;
}

bool H2HeadReader::take(Pseudo which) {
    if (has(which)) {
        refuse("A pseudo-header field is given twice.");
        return false;
    }
    seen_ |= which;
    return true;
}

void H2HeadReader::pseudo(std::string_view name, std::string_view value) {
    if (kind_ == Kind::Trailers) return refuse("The trailers have a pseudo-header field.");
    if (late_) return refuse("A pseudo-header field stands after an ordinary one.");
    if (kind_ == Kind::Response) {
        if (name != ":status") return refuse("A pseudo-header field is not one of a response.");
        if (!take(kStatus)) return;
        if (value.size() != 3 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return refuse("The upstream's status is not a number.");
        response_->status = (value[0] - '0') * 100 + (value[1] - '0') * 10 + (value[2] - '0');
        if (response_->status < 100 || response_->status > 599) refuse("The upstream's status is out of range.");
        return;
    }
    if (!isCleanValue(value)) return refuse("A pseudo-header field holds a control character or a space.");
    if (name == ":method") {
        if (!take(kMethod)) return;
        if (value.size() > 32 || !isToken(value)) return refuse("The method is not a token.");
        request_->method = arena_->copy(value);
    } else if (name == ":path") {
        if (!take(kPath)) return;
        if (value.size() > limits_.targetBytes)
            return refuseSize(414, "The request target is longer than the limit.", h2limit::kTargetSize);
        path_ = arena_->copy(value);
    } else if (name == ":scheme") {
        if (!take(kScheme)) return;
        if (equalsIgnoreCase(value, "https")) request_->scheme = "https";
        else if (equalsIgnoreCase(value, "http")) request_->scheme = "http";
        else refuse("The scheme is neither http nor https.");
    } else if (name == ":authority") {
        if (!take(kAuthority)) return;
        request_->authority = arena_->copy(value);
    } else if (name == ":protocol" && limits_.h2.extendedConnect) {
        if (!take(kProtocol)) return;
        if (!isToken(value)) return refuse("The protocol is not a token.");
        protocol_ = arena_->copy(value);
    } else {
        refuse("A pseudo-header field is not one of a request.");
    }
}

void H2HeadReader::regular(std::string_view name, std::string_view value) {
    const auto id = classify(name);
    if (isConnectionSpecific(id)) return refuse("A connection-specific field stands in an HTTP/2 message.");
    if (kind_ == Kind::Trailers) {
        if (isForbiddenTrailer(id, name)) return refuse("A field stands in the trailers that must not.");
        headers_->add(name, value);
        return;
    }
    char* place = arena_->allocate(name.size() + value.size());
    std::copy(name.begin(), name.end(), place);
    std::copy(value.begin(), value.end(), place + name.size());
    name = {place, name.size()};
    value = {place + name.size(), value.size()};
    switch (id) {
        case FieldId::Te:
            if (value != "trailers") return refuse("TE is other than trailers.");
            break;
        case FieldId::ContentLength:
            ++lengths_;
            if (!parseLength(value, framing_.length)) return refuse("Content-Length is not a number.");
            break;
        case FieldId::Host:
            ++hosts_;
            host_ = value;
            break;
        case FieldId::Expect:
            if (kind_ != Kind::Request) break;
            if (!equalsIgnoreCase(value, "100-continue")) {
                refuse("The expectation is not served.");
                refusal_.status = 417;
                return;
            }
            framing_.expectContinue = true;
            break;
        case FieldId::RequestId:
            if (framing_.requestId.empty()) framing_.requestId = value;
            break;
        case FieldId::ContentType: framing_.contentType = value; break;
        case FieldId::ForwardedAny: framing_.hasForwarded = true; break;
        case FieldId::FramingAlike:
            if (kind_ != Kind::Request) break;
            return refuse("A field reads like the length of the body, but for its underscore.");
        case FieldId::Date: framing_.hasDate = true; break;
        default:
            if (kind_ == Kind::Request && name == "cookie") ++cookies_;
            break;
    }
    headers_->addView(name, value);
}

void H2HeadReader::finish(bool end) {
    if (kind_ == Kind::Trailers) {
        if (!end) refuse("The trailers do not end the message.");
        return;
    }
    if (refused_) return;
    if (lengths_ > 1) return refuse("Content-Length is given twice.");
    framing_.hasLength = lengths_ == 1;
    if (kind_ == Kind::Request) finishRequest(end);
    else finishResponse(end);
}

void H2HeadReader::finishRequest(bool end) {
    if (!has(kMethod)) return refuse("The method is missing.");
    if (request_->method == "CONNECT" && !has(kProtocol)) return finishConnect();
    if (has(kProtocol) && request_->method != "CONNECT") return refuse("A protocol is named without CONNECT.");
    if (!has(kScheme)) return refuse("The scheme is missing.");
    if (!readTarget() || !readAuthority()) return;
    if (cookies_ > 1) joinCookies();
    if (has(kProtocol)) return finishExtendedConnect();
    if (end) {
        if (framing_.length > 0) return refuse("Content-Length differs from the body.");
    } else if (framing_.hasLength) {
        framing_.body = framing_.length > 0 ? BodyKind::Length : BodyKind::None;
    } else {
        framing_.body = BodyKind::Chunked;
    }
}

/// RFC 9113 section 8.5: host and port alone. DATA frames are the tunnel's bytes, not a body.
void H2HeadReader::finishConnect() {
    auto& head = *request_;
    if (has(kPath) || has(kScheme)) return refuse("CONNECT has a path or a scheme.");
    if (lengths_ > 0) return refuse("CONNECT has a body.");
    std::string_view name;
    std::string_view port;
    if (!has(kAuthority) || !splitAuthority(head.authority, name, port) || port.empty())
        return refuse("CONNECT's target is not a host and a port.");
    if (!readAuthority()) return;
    head.target = head.authority;
    head.scheme = "http";
    if (cookies_ > 1) joinCookies();
}

/// RFC 8441: a WebSocket is asked for as over HTTP/1, by GET and Upgrade.
void H2HeadReader::finishExtendedConnect() {
    if (!equalsIgnoreCase(protocol_, "websocket")) {
        refuse("The protocol of an extended CONNECT is not served.");
        refusal_.status = 501;
    } else if (lengths_ > 0) {
        refuse("CONNECT has a body.");
    }
    request_->method = "GET";
    framing_.upgrade = "websocket";
}

bool H2HeadReader::readTarget() {
    auto& head = *request_;
    const bool asterisk = path_ == "*" && head.method == "OPTIONS";
    Target target;
    if (!has(kPath) || path_.empty()) refuse("The path is missing.");
    else if (path_.front() != '/' && !asterisk) refuse("The path does not begin with a slash.");
    else if (!splitTarget(path_, target)) refuse("The request target is malformed.");
    if (refused_) return false;
    head.target = path_;
    switch (normalizePath(target.path, *arena_, head.path)) {
        case PathVerdict::Ok: break;
        case PathVerdict::Malformed: refuse("The path holds a broken escape, a backslash or a NUL."); return false;
        case PathVerdict::EncodedSeparator: refuse("The path holds an encoded slash or backslash."); return false;
    }
    head.query = target.query;
    head.hasQuery = target.hasQuery;
    return true;
}

bool H2HeadReader::readAuthority() {
    auto& head = *request_;
    if (hosts_ > 1) refuse("Host is given twice.");
    else if (hosts_ == 0 && !has(kAuthority)) refuse("Host is missing.");
    else if (hosts_ == 1 && has(kAuthority) && !equalsIgnoreCase(host_, head.authority))
        refuse("Host differs from the request target.");
    if (refused_) return false;
    if (!has(kAuthority)) head.authority = host_;
    std::string_view name;
    std::string_view port;
    if (!splitAuthority(head.authority, name, port)) {
        refuse("Host is not a valid host and port.");
        return false;
    }
    head.host = lowerHost(name, *arena_);
    // RFC 9113 section 8.3.1: who passes the request on in HTTP/1 makes a Host of it.
    if (hosts_ == 0) head.headers.addView("host", head.authority);
    framing_.hasHost = true;
    return true;
}

/// RFC 9113 section 8.2.3: HTTP/2 may split the cookies, HTTP/1 may not.
void H2HeadReader::joinCookies() {
    std::size_t size = 0;
    for (const auto& header : headers_->fields())
        if (header.name == "cookie") size += header.value.size() + 2;
    char* const begin = arena_->allocate(size);
    char* out = begin;
    for (const auto& header : headers_->fields()) {
        if (header.name != "cookie") continue;
        if (out != begin) {
            *out++ = ';';
            *out++ = ' ';
        }
        out = std::copy(header.value.begin(), header.value.end(), out);
    }
    headers_->remove("cookie");
    headers_->addView("cookie", {begin, static_cast<std::size_t>(out - begin)});
}

void H2HeadReader::finishResponse(bool end) {
    const int status = response_->status;
    if (!has(kStatus)) return refuse("The upstream's status is missing.");
    if (status == 101) return refuse("The upstream switched protocols, which HTTP/2 cannot.");
    if (status < 200) {
        if (end) return refuse("An interim answer ends the stream.");
        if (framing_.hasLength) return refuse("An interim answer has a Content-Length.");
        return;
    }
    const bool bodyless = toHead_ || status == 204 || status == 304;
    if (bodyless) return;
    if (end) {
        if (framing_.length > 0) refuse("Content-Length differs from the body.");
    } else if (framing_.hasLength) {
        framing_.body = framing_.length > 0 ? BodyKind::Length : BodyKind::None;
    } else {
        framing_.body = BodyKind::Chunked;
    }
}

}  // namespace gatehouse::http
