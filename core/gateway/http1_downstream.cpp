#include "gateway/http1_downstream.h"

#include "http/fields.h"
#include "http/h2_session.h"
#include "http/limit_table.h"

namespace gatehouse::gateway {

Http1Downstream::Http1Downstream(Worker& worker, Client& client)
    : worker_(worker), client_(client), parser_(client.limits()) {}

void Http1Downstream::reset() {
    request_.clear();
    parser_.reset();
    bytesIn_ = bytesOut_ = 0;
    keepAlive_ = headWhole_ = headSent_ = lingers_ = false;
}

net::Task<Downstream::Arrival> Http1Downstream::readHead() {
    reset();
    auto& stream = client_.stream();
    const auto& limits = client_.limits();
    stream.watch(nullptr, net::Stream::Watch::Nothing);
    bool begun = !stream.input().empty();  // The next of pipelined requests.
    startedAt_ = base::MonoClock::now();
    stream.deadline(startedAt_ + (begun ? limits.headTime : limits.idle));
    if (!begun) stream.shrink();
    while (true) {
        const auto preface = begun && first_ ? http::H2Session::looksLikePreface(stream.input())
                                             : http::H2Session::Preface::No;
        if (preface == http::H2Session::Preface::Yes) {
            http2_ = true;
            co_return Arrival::Idle;
        }
        if (begun && preface == http::H2Session::Preface::No) {
            first_ = false;
            switch (parser_.parse(stream.input(), request_)) {
                case http::ParseState::Done:
                    bytesIn_ = parser_.consumed();
                    stream.consume(parser_.consumed());
                    body_.start(parser_.framing());
                    keepAlive_ = parser_.framing().keepAlive;
                    headWhole_ = true;
                    if (++requests_ == limits.requestsPerConnection) {
                        worker_.limitBit(limit::kRequestsPerConnection);
                        keepAlive_ = false;
                    }
                    co_return Arrival::Ready;
                case http::ParseState::Failed: co_return Arrival::Refused;
                case http::ParseState::NeedMore: break;
            }
        } else if (!begun && client_.closing()) {
            co_return Arrival::Idle;
        }
        client_.setIdle(!begun);
        const std::size_t bytes = co_await stream.receive();
        client_.setIdle(false);
        if (!stream.arrived(bytes)) {
            if (!begun) {
                if (stream.end() == net::IoEnd::Timeout) worker_.limitBit(limit::kIdle);
                co_return Arrival::Idle;
            }
            co_return stream.end() == net::IoEnd::Timeout ? Arrival::TimedOut : Arrival::Left;
        }
        if (!begun) {
            begun = true;
            startedAt_ = base::MonoClock::now();
            stream.deadline(startedAt_ + limits.headTime);
        }
    }
}

http::BodyPieces Http1Downstream::takeBody() { return http::takePieces(body_, client_.stream().input()); }

void Http1Downstream::consumeBody(const http::BodyPieces& body) {
    bytesIn_ += body.consumed;
    client_.stream().consume(body.consumed);
}

net::Task<bool> Http1Downstream::moreBody(http::Wait wait) {
    auto& stream = client_.stream();
    wait.arm(stream);
    const std::size_t bytes = co_await stream.receive();
    co_return stream.arrived(bytes);
}

net::Task<bool> Http1Downstream::sendContinue(http::Wait wait) {
    net::Gather out;
    out.add("HTTP/1.1 100 Continue\r\n\r\n");
    wait.arm(client_.stream());
    const bool sent = co_await client_.stream().write(out);
    co_return sent;
}

net::Task<bool> Http1Downstream::sendInterim(const http::ResponseHead& head, http::Wait wait) {
    if (request_.minorVersion == 0) co_return true;
    out_.clear();
    out_.statusLine(head.status, head.reason);
    out_.forwardable(head.headers);
    out_.crlf();
    net::Gather out;
    out.add(out_.view());
    bytesOut_ += out.bytes();
    wait.arm(client_.stream());
    const bool sent = co_await client_.stream().write(out);
    co_return sent;
}

bool Http1Downstream::keepsClient() const { return keepAlive_ && !client_.closing() && !worker_.stopping(); }

void Http1Downstream::writeHead(const AnswerHead& head) {
    const bool oldClient = request_.minorVersion == 0;
    sentAs_ = head.body;
    if (oldClient && sentAs_ == http::BodyKind::Chunked) sentAs_ = http::BodyKind::UntilClose;
    if (sentAs_ == http::BodyKind::UntilClose) keepAlive_ = false;
    // An unread rest of the request would be taken for the next one.
    lingers_ = !headWhole_ || !body_.done();
    // Clients may send a tunnel's first bytes before they know that there is none.
    if (request_.method == "CONNECT" && !head.tunnels) lingers_ = true;
    if (lingers_ || head.tunnels) keepAlive_ = false;

    out_.clear();
    out_.statusLine(head.status, head.reason.empty() ? http::reasonPhrase(head.status) : head.reason);
    out_.forwardable(*head.headers);
    switch (sentAs_) {
        case http::BodyKind::Length: out_.number("Content-Length", head.length); break;
        case http::BodyKind::Chunked: out_.field("Transfer-Encoding", "chunked"); break;
        case http::BodyKind::None:
            // To HEAD and in 304 the field tells of a body that is not sent; 1xx and 204 have none (RFC 9110 8.6).
            if (head.tellsLength && head.status >= 200 && head.status != 204) out_.number("Content-Length", head.length);
            break;
        case http::BodyKind::UntilClose: break;
    }
    if (!head.upgrade.empty()) {
        out_.field("Connection", "Upgrade");
        out_.field("Upgrade", head.upgrade);
        keepAlive_ = false;
    } else if (head.tunnels) {
        // The connection is the tunnel's; there is nothing to say of its next request.
    } else if (!keepsClient()) out_.field("Connection", "close");
    else if (oldClient) out_.field("Connection", "keep-alive");
    out_.crlf();
}

net::Task<bool> Http1Downstream::send(const AnswerHead* head, const http::BodyPieces& body, bool last,
                                      const http::Headers* trailers, http::Wait wait) {
    net::Gather out;
    if (head != nullptr) {
        writeHead(*head);
        out.add(out_.view());
    }
    // RFC 9110 section 6.5.1: to those that say they can read them.
    if (trailers != nullptr && trailers->size() > 0) {
        const auto te = request_.headers.get("te");
        if (!te || !http::listContains(*te, "trailers")) trailers = nullptr;
    }
    framer_.frame(out, body, sentAs_ == http::BodyKind::Chunked, last, trailers);
    if (out.empty()) co_return true;
    headSent_ = true;
    const auto size = out.bytes();
    wait.arm(client_.stream());
    const bool sent = co_await client_.stream().write(out);
    bytesOut_ += size - out.bytes();
    co_return sent;
}

void Http1Downstream::cut() {
    keepAlive_ = false;
    lingers_ = false;
    // Where the end of the body is the end of the connection, only a reset tells the client that it is not whole.
    if (headSent_ && sentAs_ == http::BodyKind::UntilClose) client_.stream().abort();
    else client_.stream().close();
}

bool Http1Downstream::finish(bool whole) { return whole && keepsClient(); }

}  // namespace gatehouse::gateway
