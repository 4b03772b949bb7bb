// Http1Downstream: requests of one HTTP/1 connection, one after another. Thread: its worker's. Lifetime: as its Client's
// serving loop.
#pragma once

#include "gateway/client.h"
#include "gateway/downstream.h"

namespace gatehouse::gateway {

class Http1Downstream final : public Downstream {
  public:
    Http1Downstream(Worker& worker, Client& client);

    net::Task<Arrival> readHead() override;
    http::RequestHead& request() override { return request_; }
    const http::Framing& framing() const override { return parser_.framing(); }
    const http::Refusal& refusal() const override { return parser_.refusal(); }
    base::MonoTime startedAt() const override { return startedAt_; }

    http::BodyPieces takeBody() override;
    void consumeBody(const http::BodyPieces& body) override;
    bool bodyDone() const override { return body_.done(); }
    const char* bodyError() const override { return body_.error(); }
    const http::Headers* trailers() const override { return &body_.trailers(); }
    net::Task<bool> moreBody(http::Wait wait) override;
    net::IoEnd end() const override { return client_.stream().end(); }
    const net::Watched& watched() const override { return client_.stream(); }

    net::Task<bool> sendContinue(http::Wait wait) override;
    net::Task<bool> sendInterim(const http::ResponseHead& head, http::Wait wait) override;
    net::Task<bool> send(const AnswerHead* head, const http::BodyPieces& body, bool last, const http::Headers* trailers,
                         http::Wait wait) override;
    void cut() override;
    bool finish(bool whole) override;

    std::unique_ptr<http::TunnelSide> tunnelSide() override { return std::make_unique<http::StreamSide>(client_.stream()); }
    Client& client() override { return client_; }
    bool left() const override { return client_.stream().gone(); }
    /// The last answer was sent while the client may still be sending: close with care.
    bool lingers() const { return lingers_; }
    /// The first bytes began HTTP/2 instead (prior knowledge, RFC 9113 section 3.3); they stand in the stream's input.
    bool http2() const { return http2_; }

  private:
    void reset();
    void writeHead(const AnswerHead& head);
    bool keepsClient() const;

    Worker& worker_;
    Client& client_;
    http::RequestHead request_;
    http::RequestParser parser_;
    http::BodyReader body_;
    http::BodyKind sentAs_ = http::BodyKind::None;  ///< How the answer's body goes out.
    http::HeadWriter out_;
    http::BodyFramer framer_;
    base::MonoTime startedAt_{};
    std::size_t requests_ = 0;  ///< Of the connection.
    bool keepAlive_ = false;
    bool headWhole_ = false;
    bool headSent_ = false;
    bool lingers_ = false;
    bool first_ = true;
    bool http2_ = false;
};

}  // namespace gatehouse::gateway
