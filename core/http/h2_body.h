// H2Body: the body both ways on an HTTP/2 stream, the same for whoever stands at either end of it.
// Thread: its worker's. Lifetime: as its owner, which holds the stream.
#pragma once

#include "http/body.h"
#include "http/h2_stream.h"

#include <cstddef>

namespace gatehouse::http {

class H2Body {
  public:
    explicit H2Body(H2Stream& stream) : stream_(stream) {}

    // ---- As BodySource has them.
    BodyPieces take();
    void consume(const BodyPieces& body);
    bool done() const { return stream_.complete() && stream_.data().size() == taken_; }
    const char* error() const { return stream_.refusal() ? stream_.refusal()->sentence : ""; }
    /// What an upstream sent before it reset the stream still counts (`evenAfterReset`); a client that reset it wants nothing.
    net::Task<bool> more(Wait wait, bool evenAfterReset);
    net::IoEnd end() const { return end_; }
    /// Notes how something else ended, e.g. waiting for a head. True: well.
    bool endWith(net::IoEnd end) {
        end_ = end;
        return end == net::IoEnd::Ok;
    }

    /// Does the message's head end it too?
    static bool endsWithHead(const BodyPieces& body, bool last, const Headers* trailers) {
        return last && body.total == 0 && !hasTrailers(last, trailers);
    }
    /// After the head, which came in the same call or not: waits while too much is queued. False: end() says why.
    net::Task<bool> send(const BodyPieces& body, bool last, const Headers* trailers, bool withHead, Wait wait);
    /// Instead of send(), where the head could not be sent.
    net::Task<bool> headLost();

  private:
    static bool hasTrailers(bool last, const Headers* trailers) {
        return last && trailers != nullptr && trailers->size() > 0;
    }

    H2Stream& stream_;
    std::size_t taken_ = 0;
    net::IoEnd end_ = net::IoEnd::Ok;
};

}  // namespace gatehouse::http
