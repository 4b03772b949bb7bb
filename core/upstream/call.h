// Call: the upstream's side of one exchange, whatever the protocol: a request on its way out, an answer on its way in.
// Thread: its worker's. Lifetime: owned by the exchange from take() or connect() until it is given back or dropped.
#pragma once

#include "http/body.h"
#include "http/h1.h"
#include "http/message.h"
#include "http/tunnel_side.h"
#include "upstream/endpoint.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace gatehouse::upstream {

/// The head of a request, protocol aside: what is hop-by-hop in `head` is not sent, framing is made anew.
struct RequestOut {
    const http::RequestHead* head = nullptr;
    http::BodyKind body = http::BodyKind::None;  ///< Length, Chunked (a length that is not known) or None.
    std::uint64_t length = 0;
    std::string_view authority;                  ///< Where the head names none.
    std::string_view upgrade;                    ///< The protocol that is asked for; over HTTP/2 by extended CONNECT (RFC 8441).
};

class Call : public http::BodySource {
  public:
    /// How waiting for an answer's head ended.
    enum class Arrival : std::uint8_t { Final, Interim, Broken, Failed };

    /// The head (null after the first call), a part of the body, its end. False: end() says why not.
    virtual net::Task<bool> send(const RequestOut* request, const http::BodyPieces& body, bool last,
                                 const http::Headers* trailers, http::Wait wait) = 0;
    /// The next head. Views in `head` live as long as the call. Broken: refusal(); Failed: end().
    virtual net::Task<Arrival> readHead(http::ResponseHead& head, http::Wait wait) = 0;
    virtual const http::Framing& framing() const = 0;
    virtual const http::Refusal& refusal() const = 0;

    /// Nothing of an answer has come yet on a connection that served before: it was probably closed meanwhile.
    virtual bool wasStale() const = 0;
    /// For what follows a change of protocols: the connection itself, or the stream of this request.
    virtual std::unique_ptr<http::TunnelSide> tunnelSide() = 0;
    /// May the protocol of RequestOut::upgrade be asked for on this connection?
    enum class Upgrades : std::uint8_t { Yes, No, NotKnownYet };
    virtual Upgrades upgrades() const { return Upgrades::Yes; }
    virtual bool isHttp2() const { return false; }
    /// Interrupts send(), which another coroutine than the answer's waits in.
    virtual void stopSending() {}
    /// The same for readHead() and moreBody().
    virtual void stopReading() {}
    /// The request was not looked at by the upstream: it may be sent again, whatever its method.
    virtual bool neverStarted() const { return false; }
    const std::shared_ptr<const Endpoint>& endpoint() const { return endpoint_; }

  protected:
    explicit Call(std::shared_ptr<const Endpoint> endpoint) : endpoint_(std::move(endpoint)) {}

  private:
    std::shared_ptr<const Endpoint> endpoint_;  ///< Keeps the pool's key alive.
};

}  // namespace gatehouse::upstream
