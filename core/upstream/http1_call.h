// Http1Call: a connection to an upstream that speaks HTTP/1, one request at a time; kept alive between them by the pool.
// Thread: its worker's. Lifetime: that of the connection.
#pragma once

#include "net/stream.h"
#include "upstream/call.h"
#include "upstream/connection_ticket.h"

namespace gatehouse::upstream {

class Http1Call final : public Call {
  public:
    static constexpr std::size_t kInput = 16 * 1024;

    Http1Call(net::Sweeper& sweeper, net::Socket socket, std::shared_ptr<const Endpoint> endpoint,
              const http::Limits& limits);

    net::Task<bool> send(const RequestOut* request, const http::BodyPieces& body, bool last, const http::Headers* trailers,
                         http::Wait wait) override;
    net::Task<Arrival> readHead(http::ResponseHead& head, http::Wait wait) override;
    const http::Framing& framing() const override { return parser_.framing(); }
    const http::Refusal& refusal() const override { return parser_.refusal(); }

    http::BodyPieces takeBody() override { return http::takePieces(body_, stream_.input()); }
    void consumeBody(const http::BodyPieces& body) override { stream_.consume(body.consumed); }
    bool bodyDone() const override { return body_.done(); }
    const char* bodyError() const override { return body_.error(); }
    const http::Headers* trailers() const override { return &body_.trailers(); }
    net::Task<bool> moreBody(http::Wait wait) override;
    net::IoEnd end() const override { return stream_.end(); }
    const net::Watched& watched() const override { return stream_; }
    bool wasStale() const override { return served_ > 0 && stream_.input().empty(); }

    std::unique_ptr<http::TunnelSide> tunnelSide() override { return std::make_unique<http::StreamSide>(stream_); }
    net::Stream& stream() { return stream_; }
    /// The answer ended properly, everything was sent, and both sides keep the connection.
    bool reusable() const { return sentWhole_ && parser_.framing().keepAlive && body_.done() && stream_.input().empty(); }
    /// Before it goes back to the pool.
    void rest(base::MonoTime now);
    base::MonoTime idleSince() const { return idleSince_; }
    std::uint32_t served() const { return served_; }
    void hold(ConnectionTicket ticket) { ticket_ = std::move(ticket); }

  private:
    void writeHead(const RequestOut& request);

    ConnectionTicket ticket_;  ///< Given back when the stream has closed.
    net::Stream stream_;
    http::HeadWriter out_;
    http::BodyFramer framer_;
    http::ResponseParser parser_;
    http::BodyReader body_;
    base::MonoTime idleSince_{};
    std::uint32_t served_ = 0;
    http::BodyKind sendsAs_ = http::BodyKind::None;
    bool toHead_ = false;
    bool toConnect_ = false;
    bool sentWhole_ = false;
};

}  // namespace gatehouse::upstream
