// Bodies on their way through: runs of bytes that have arrived, and the side that they come from, whatever its protocol.
// Thread: one owner. Lifetime: views in pieces live until the source is told that they were consumed.
#pragma once

#include "http/chunked.h"
#include "http/message.h"
#include "net/stream.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gatehouse::http {

/// Runs of body bytes, as views into the reader's input.
struct BodyPieces {
    static constexpr std::size_t kMax = 12;  ///< Room is left in a net::Gather for heads and framing.
    std::array<std::string_view, kMax> pieces;
    std::size_t count = 0;
    std::size_t total = 0;     ///< Body bytes in the pieces.
    std::size_t consumed = 0;  ///< Bytes of the input, framing included.
    bool failed = false;       ///< The framing is broken.

    static BodyPieces of(std::string_view bytes) {
        BodyPieces result;
        result.pieces[0] = bytes;
        result.count = bytes.empty() ? 0 : 1;
        result.total = bytes.size();
        return result;
    }
};

/// What has arrived of an HTTP/1 body in `input`.
BodyPieces takePieces(BodyReader& body, std::string_view input);

/// Puts an HTTP/1 body on the wire. The framing's bytes live here until they were sent.
class BodyFramer {
  public:
    /// Adds `body` to `out`. `trailers` may be null; they are sent after the last chunk.
    void frame(net::Gather& out, const BodyPieces& body, bool chunked, bool last, const Headers* trailers);

  private:
    std::optional<ChunkHead> chunk_;
    HeadWriter trailers_;
};

/// How long an operation may wait, and which other side it looks at meanwhile.
struct Wait {
    base::MonoTime deadline = net::Waiter::kNever;
    const net::Watched* other = nullptr;
    net::Waiter::Watch what = net::Waiter::Watch::Nothing;
    void arm(net::Waiter& waiter) const {
        waiter.deadline(deadline);
        waiter.watch(other, what);
    }
};

/// One side's body.
class BodySource {
  public:
    virtual ~BodySource() = default;
    /// What has arrived since the last call, without waiting. To be followed by consumeBody() before the next call.
    virtual BodyPieces takeBody() = 0;
    virtual void consumeBody(const BodyPieces& body) = 0;
    /// Everything was taken, and the other side ended the body properly.
    virtual bool bodyDone() const = 0;
    /// One sentence, where BodyPieces::failed.
    virtual const char* bodyError() const = 0;
    /// Fields after the body, once bodyDone(); empty without.
    virtual const Headers* trailers() const = 0;
    /// Waits until takeBody() has more to give or bodyDone(). False: end() says why not.
    virtual net::Task<bool> moreBody(Wait wait) = 0;
    /// How the last operation of this side ended.
    virtual net::IoEnd end() const = 0;
    /// For those who wait elsewhere.
    virtual const net::Watched& watched() const = 0;
};

}  // namespace gatehouse::http
