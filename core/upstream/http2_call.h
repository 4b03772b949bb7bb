// Http2Call: one request on an HTTP/2 connection to an upstream, which other requests share. Http2Link: that connection.
// Thread: its worker's. Lifetime: a link lives as long as its run() or a call holds it; the pool knows it until it is over.
#pragma once

#include "http/h2_body.h"
#include "http/h2_session.h"
#include "upstream/call.h"
#include "upstream/connection_ticket.h"

#include <functional>
#include <memory>
#include <vector>

namespace gatehouse::upstream {

class Http2Link final : private http::H2Handler, public std::enable_shared_from_this<Http2Link> {
  public:
    Http2Link(net::Sweeper& sweeper, net::Socket socket, std::shared_ptr<const Endpoint> endpoint,
              const http::Limits& limits, net::Executor executor);

    net::Stream& stream() { return stream_; }
    http::H2Session& session() { return session_; }
    const std::shared_ptr<const Endpoint>& endpoint() const { return endpoint_; }
    /// Starts reading and writing; the link holds itself until the connection has ended.
    void start(net::Executor executor);
    /// Told of each limit that was enforced; `name` has static lifetime.
    void tellLimits(std::function<void(const char*)> told) { told_ = std::move(told); }
    bool usable() const { return !session_.over() && session_.accepting(); }
    base::MonoTime usedAt() const { return usedAt_; }
    void use(base::MonoTime now) { usedAt_ = now; }
    /// The upstream has told how many requests it takes at a time, or the connection is over. Called once.
    void whenKnown(std::function<void()> known);
    /// Goes when the link does.
    void hold(std::shared_ptr<void> token) { token_ = std::move(token); }
    void hold(ConnectionTicket ticket) { ticket_ = std::move(ticket); }
    std::uint32_t served = 0;

  private:
    void onRequest(std::shared_ptr<http::H2Stream>) override {}
    void onLimit(const char* name) override;
    void onCapacity() override { tellKnown(); }
    void onClosed() override { tellKnown(); }
    void tellKnown();
    static net::Task<void> run(std::shared_ptr<Http2Link> self);

    ConnectionTicket ticket_;  ///< Given back when the stream has closed.
    net::Stream stream_;
    std::shared_ptr<const Endpoint> endpoint_;
    http::H2Session session_;
    base::MonoTime usedAt_{};
    std::function<void()> known_;
    std::function<void(const char*)> told_;
    bool isKnown_ = false;
    std::shared_ptr<void> token_;
};

class Http2Call final : public Call {
  public:
    Http2Call(std::shared_ptr<Http2Link> link, std::shared_ptr<http::H2Stream> stream);
    ~Http2Call() override;

    net::Task<bool> send(const RequestOut* request, const http::BodyPieces& body, bool last, const http::Headers* trailers,
                         http::Wait wait) override;
    net::Task<Arrival> readHead(http::ResponseHead& head, http::Wait wait) override;
    const http::Framing& framing() const override { return stream_->framing(); }
    const http::Refusal& refusal() const override { return refusal_; }

    http::BodyPieces takeBody() override { return body_.take(); }
    void consumeBody(const http::BodyPieces& body) override { body_.consume(body); }
    bool bodyDone() const override { return body_.done(); }
    const char* bodyError() const override { return body_.error(); }
    const http::Headers* trailers() const override { return &stream_->trailers(); }
    net::Task<bool> moreBody(http::Wait wait) override { return body_.more(wait, true); }
    net::IoEnd end() const override { return body_.end(); }
    const net::Watched& watched() const override { return *stream_; }
    bool wasStale() const override;
    bool neverStarted() const override;
    bool isHttp2() const override { return true; }
    std::unique_ptr<http::TunnelSide> tunnelSide() override { return std::make_unique<http::H2Side>(*stream_, body_); }
    Upgrades upgrades() const override;
    void stopReading() override { stream_->readable().interrupt(net::IoEnd::Stopped); }
    void stopSending() override { stream_->writable().interrupt(net::IoEnd::Stopped); }
    Http2Link& link() { return *link_; }

  private:
    std::shared_ptr<Http2Link> link_;
    std::shared_ptr<http::H2Stream> stream_;
    http::H2Body body_;
    std::vector<http::Header> fields_;
    http::Refusal refusal_{502, "upstream-bad-response", ""};
    bool reused_ = false;
    bool interim_ = false;
    bool answered_ = false;
};

}  // namespace gatehouse::upstream
