// Downstream: the client's side of one exchange, whatever the protocol: the request's head and body on their way in, the
// answer on its way out. Thread: its worker's. Lifetime: outlives the exchange that uses it.
#pragma once

#include "http/body.h"
#include "http/h1.h"
#include "http/message.h"
#include "http/tunnel_side.h"
#include "net/io.h"

#include <cstdint>
#include <memory>
#include <string>

namespace gatehouse::gateway {

class Client;

/// The head of an answer, protocol aside: what is hop-by-hop in `headers` is not sent, framing is made anew.
struct AnswerHead {
    int status = 200;
    std::string_view reason;
    const http::Headers* headers = nullptr;
    http::BodyKind body = http::BodyKind::None;  ///< Length, Chunked (a length that is not known) or None.
    std::uint64_t length = 0;
    std::string_view upgrade;               ///< With 101: the protocol that is spoken from now on.
    bool tunnels = false;                   ///< With 2xx to CONNECT: bytes follow, and no body.
    bool tellsLength = false;               ///< With None: a length is told all the same (HEAD, 304).
};

class Downstream : public http::BodySource {
  public:
    /// How waiting for a request ended.
    enum class Arrival : std::uint8_t {
        Ready,
        Refused,    ///< refusal() says why; the client gets an answer.
        TimedOut,   ///< The head did not come whole in time.
        Left,       ///< The client left in the middle of a head.
        Idle,       ///< The connection ended between requests, or turned out to speak another protocol.
    };
    /// Waits for a head, which request() and framing() then hold. startedAt() is the moment of its first byte.
    virtual net::Task<Arrival> readHead() = 0;
    virtual http::RequestHead& request() = 0;
    virtual const http::Framing& framing() const = 0;
    virtual const http::Refusal& refusal() const = 0;
    virtual base::MonoTime startedAt() const = 0;

    /// Asks a client that waits for it to go on with the body (RFC 9110 section 10.1.1).
    virtual net::Task<bool> sendContinue(http::Wait wait) = 0;
    /// An answer before the answer: 1xx, but 101.
    virtual net::Task<bool> sendInterim(const http::ResponseHead& head, http::Wait wait) = 0;
    /// The head (null after the first call), a part of the body, its end. False: end() says why not.
    virtual net::Task<bool> send(const AnswerHead* head, const http::BodyPieces& body, bool last,
                                 const http::Headers* trailers, http::Wait wait) = 0;
    /// Interrupts moreBody(), which another coroutine than the answer's waits in.
    virtual void stopReading() {}
    /// The answer cannot be completed: the client must not take it for whole.
    virtual void cut() = 0;
    /// After the last send() or cut(). True: another request may follow.
    virtual bool finish(bool whole) = 0;

    /// For what follows a change of protocols: the connection itself, or the stream of this request.
    virtual std::unique_ptr<http::TunnelSide> tunnelSide() = 0;
    /// Bytes that went through outside of bodies.
    void countTunnel(std::uint64_t in, std::uint64_t out) {
        bytesIn_ += in;
        bytesOut_ += out;
    }
    virtual Client& client() = 0;
    virtual bool isHttp2() const { return false; }
    /// Nobody is there any more.
    virtual bool left() const = 0;
    std::uint64_t bytesIn() const { return bytesIn_; }    ///< Of this exchange, heads included.
    std::uint64_t bytesOut() const { return bytesOut_; }

  protected:
    std::uint64_t bytesIn_ = 0;
    std::uint64_t bytesOut_ = 0;
};

}  // namespace gatehouse::gateway
