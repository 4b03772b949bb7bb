// H2Session: one HTTP/2 connection (RFC 9113) in either role, over any net::Stream. Reading and writing are two coroutines;
// what streams want sent is gathered and written once per turn of the loop. Server push is never used, priorities are
// ignored, streams share the connection fairly. Every limit of http/h2_limits.h is enforced here.
// Thread: its worker's. Lifetime: run() must have ended before the net::Stream goes; streams may outlive the session.
#pragma once

#include "http/h2_stream.h"
#include "http/limits.h"
#include "net/stream.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace gatehouse::http {

enum class H2Role : std::uint8_t { Server, Client };

/// Called from within run(), never from within a call into the session or a stream.
class H2Handler {
  public:
    /// Server: a request's head is complete, or refused (stream->refusal(), to be answered by the handler).
    virtual void onRequest(std::shared_ptr<H2Stream> stream) = 0;
    /// The number of open streams fell, or open() may work again after the peer's settings came. Client.
    virtual void onCapacity() {}
    /// A limit bit; `name` is one of h2limit, with static lifetime.
    virtual void onLimit(const char* name) { static_cast<void>(name); }
    /// The connection is over; all streams are dead. The last call.
    virtual void onClosed() {}

  protected:
    ~H2Handler() = default;
};

class H2Session {
  public:
    H2Session(net::Stream& stream, const Limits& limits, H2Role role, H2Handler& handler, net::Executor executor,
              net::Sweeper& sweeper);
    ~H2Session();
    H2Session(const H2Session&) = delete;
    H2Session& operator=(const H2Session&) = delete;

    enum class Preface { NeedMore, Yes, No };
    /// Do these first bytes of a connection begin HTTP/2 (RFC 9113 section 3.4)?
    static Preface looksLikePreface(std::string_view bytes);

    /// Serves until the connection has ended. Bytes that stand in the stream's input() are read first.
    net::Task<void> run();

    /// Client: a new stream, null when none is to be had (see accepting()).
    std::shared_ptr<H2Stream> open();
    bool accepting() const;
    std::size_t active() const;      ///< Streams that are open.
    std::size_t maxStreams() const;  ///< What the peer allows at a time.
    bool extendedConnect() const;    ///< Client: the peer takes extended CONNECT (RFC 8441). False until its settings came.
    bool settingsKnown() const;      ///< The peer's settings came.
    /// No new streams; ends when the open ones have (RFC 9113 section 6.8, in two steps). At once without any.
    void shutdown();
    /// Ends now, with that code of H2Error.
    void close(std::uint32_t code);
    bool over() const;

    /// Why it ended: a stable code, and a sentence. Empty before.
    std::string_view endCode() const;
    std::string_view endReason() const;

  private:
    std::shared_ptr<H2Core> core_;
};

}  // namespace gatehouse::http
