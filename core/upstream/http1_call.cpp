#include "upstream/http1_call.h"

namespace gatehouse::upstream {

Http1Call::Http1Call(net::Sweeper& sweeper, net::Socket socket, std::shared_ptr<const Endpoint> endpoint,
                     const http::Limits& limits)
    : Call(std::move(endpoint)), stream_(sweeper, std::move(socket), kInput), parser_(limits) {}

void Http1Call::writeHead(const RequestOut& request) {
    const auto& head = *request.head;
    sendsAs_ = request.body;
    toHead_ = head.method == "HEAD";
    sentWhole_ = false;
    out_.clear();
    toConnect_ = head.method == "CONNECT";
    if (toConnect_) out_.requestLine(head.method, head.authority, false, {});
    else out_.requestLine(head.method, head.path, head.hasQuery, head.query);
    // HTTP/1.0 may come without Host, HTTP/2 has it elsewhere.
    if (!head.headers.has("host")) out_.field("Host", head.authority.empty() ? request.authority : head.authority);
    out_.forwardable(head.headers);
    if (!request.upgrade.empty()) {
        out_.field("Connection", "Upgrade");
        out_.field("Upgrade", request.upgrade);
    }
    switch (sendsAs_) {
        case http::BodyKind::Length: out_.number("Content-Length", request.length); break;
        case http::BodyKind::Chunked: out_.field("Transfer-Encoding", "chunked"); break;
        default:
            if (head.method == "POST" || head.method == "PUT" || head.method == "PATCH") out_.field("Content-Length", "0");
    }
    out_.crlf();
}

net::Task<bool> Http1Call::send(const RequestOut* request, const http::BodyPieces& body, bool last,
                                const http::Headers* trailers, http::Wait wait) {
    net::Gather out;
    if (request != nullptr) {
        writeHead(*request);
        out.add(out_.view());
    }
    framer_.frame(out, body, sendsAs_ == http::BodyKind::Chunked, last, trailers);
    wait.arm(stream_);
    const bool sent = co_await stream_.write(out);
    sentWhole_ = sent && last;
    co_return sent;
}

net::Task<Call::Arrival> Http1Call::readHead(http::ResponseHead& head, http::Wait wait) {
    wait.arm(stream_);
    parser_.reset();  // An interim head may have come before.
    while (true) {
        if (!stream_.input().empty()) {
            switch (parser_.parse(stream_.input(), toHead_, head, toConnect_)) {
                case http::ParseState::Done:
                    stream_.consume(parser_.consumed());
                    if (head.status >= 200) {
                        body_.start(parser_.framing());
                        co_return Arrival::Final;
                    }
                    co_return Arrival::Interim;
                case http::ParseState::Failed: co_return Arrival::Broken;
                case http::ParseState::NeedMore: break;
            }
        }
        const std::size_t bytes = co_await stream_.receive();
        if (!stream_.arrived(bytes)) co_return Arrival::Failed;
    }
}

net::Task<bool> Http1Call::moreBody(http::Wait wait) {
    wait.arm(stream_);
    const std::size_t bytes = co_await stream_.receive();
    if (stream_.arrived(bytes)) co_return true;
    co_return stream_.end() == net::IoEnd::Closed && body_.endOfStream();
}

void Http1Call::rest(base::MonoTime now) {
    idleSince_ = now;
    ++served_;
    stream_.watch(nullptr, net::Stream::Watch::Nothing);
    stream_.shrink();
}

}  // namespace gatehouse::upstream
