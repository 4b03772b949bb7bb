// Http2Downstream: one request of an HTTP/2 connection. Http2Server: the connection, which starts an exchange per request.
// Thread: its worker's. Lifetime: Http2Server outlives its exchanges; run() returns when the last one has ended.
#pragma once

#include "gateway/client.h"
#include "gateway/downstream.h"
#include "http/h2_body.h"
#include "http/h2_session.h"

#include <memory>
#include <vector>

namespace gatehouse::gateway {

class Http2Downstream final : public Downstream {
  public:
    Http2Downstream(Client& client, std::shared_ptr<http::H2Stream> stream);

    net::Task<Arrival> readHead() override;
    http::RequestHead& request() override { return stream_->request(); }
    const http::Framing& framing() const override { return stream_->framing(); }
    const http::Refusal& refusal() const override { return *stream_->refusal(); }
    base::MonoTime startedAt() const override { return startedAt_; }

    http::BodyPieces takeBody() override { return body_.take(); }
    void consumeBody(const http::BodyPieces& body) override;
    bool bodyDone() const override { return body_.done(); }
    const char* bodyError() const override { return body_.error(); }
    const http::Headers* trailers() const override { return &stream_->trailers(); }
    net::Task<bool> moreBody(http::Wait wait) override { return body_.more(wait, false); }
    net::IoEnd end() const override { return body_.end(); }
    const net::Watched& watched() const override { return *stream_; }

    net::Task<bool> sendContinue(http::Wait wait) override;
    net::Task<bool> sendInterim(const http::ResponseHead& head, http::Wait wait) override;
    net::Task<bool> send(const AnswerHead* head, const http::BodyPieces& body, bool last, const http::Headers* trailers,
                         http::Wait wait) override;
    void stopReading() override { stream_->readable().interrupt(net::IoEnd::Stopped); }
    void cut() override;
    bool finish(bool whole) override;

    std::unique_ptr<http::TunnelSide> tunnelSide() override { return std::make_unique<http::H2Side>(*stream_, body_); }
    Client& client() override { return client_; }
    bool isHttp2() const override { return true; }
    bool left() const override { return stream_->reset(); }

  private:
    bool sendHead(const AnswerHead& head, bool end);

    Client& client_;
    std::shared_ptr<http::H2Stream> stream_;
    http::H2Body body_;
    std::vector<http::Header> fields_;
    base::MonoTime startedAt_;
};

class Http2Server final : private http::H2Handler {
  public:
    Http2Server(Worker& worker, Client& client);
    /// Serves until the connection and all its exchanges have ended.
    net::Task<void> run();
    void drain() { session_.shutdown(); }

  private:
    void onRequest(std::shared_ptr<http::H2Stream> stream) override;
    void onLimit(const char* name) override;
    static net::Task<void> serve(Http2Server& self, std::shared_ptr<http::H2Stream> stream);

    Worker& worker_;
    Client& client_;
    http::H2Session session_;
    net::Event ended_;
    std::size_t exchanges_ = 0;
    std::size_t requests_ = 0;  ///< Of the connection.
};

}  // namespace gatehouse::gateway
