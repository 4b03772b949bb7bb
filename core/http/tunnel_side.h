// TunnelSide: one end of a tunnel: bytes in, bytes out, whatever carries them. A connection by itself, or one stream of an
// HTTP/2 connection, whose DATA frames are the bytes (RFC 9113 section 8.5, RFC 8441).
// Thread: its worker's. Lifetime: what it stands for outlives it. One coroutine may read while another one writes.
#pragma once

#include "http/h2_body.h"
#include "net/stream.h"

#include <string_view>

namespace gatehouse::http {

class TunnelSide {
  public:
    virtual ~TunnelSide() = default;
    /// No deadline but the tunnel's own from here on.
    virtual void begin() = 0;
    virtual std::string_view input() = 0;
    virtual void consume(std::size_t bytes) = 0;
    /// `if (!side.arrived(co_await side.receive()))` ...: more in input(), or the end.
    virtual net::Task<std::size_t> receive() = 0;
    virtual bool arrived(std::size_t bytes) = 0;
    /// After arrived() said no: the peer has said all that it had to say.
    virtual bool ended() const = 0;
    virtual net::Task<bool> write(net::Gather& out) = 0;
    /// Nothing more is written; reading goes on.
    virtual void shutdownSend() = 0;
    /// Ends both ways, and whatever waits.
    virtual void breakOff() = 0;
};

class StreamSide final : public TunnelSide {
  public:
    explicit StreamSide(net::Stream& stream) : stream_(stream) {}
    void begin() override {
        stream_.deadline(net::Waiter::kNever);
        stream_.watch(nullptr, net::Waiter::Watch::Nothing);
    }
    std::string_view input() override { return stream_.input(); }
    void consume(std::size_t bytes) override { stream_.consume(bytes); }
    net::Task<std::size_t> receive() override { return stream_.receive(); }
    bool arrived(std::size_t bytes) override { return stream_.arrived(bytes); }
    bool ended() const override {
        return stream_.end() == net::IoEnd::Closed || stream_.end() == net::IoEnd::Truncated;
    }
    net::Task<bool> write(net::Gather& out) override { return stream_.write(out); }
    void shutdownSend() override { stream_.shutdownSend(); }
    void breakOff() override { stream_.close(); }

  private:
    net::Stream& stream_;
};

class H2Side final : public TunnelSide {
  public:
    /// `stream` and `body` are of one exchange; the head was sent.
    H2Side(H2Stream& stream, H2Body& body) : stream_(stream), body_(body) {}
    void begin() override {}
    std::string_view input() override { return stream_.data(); }
    void consume(std::size_t bytes) override { stream_.consume(bytes); }
    net::Task<std::size_t> receive() override;
    bool arrived(std::size_t bytes) override { return bytes > 0; }
    bool ended() const override { return stream_.complete() && !stream_.reset(); }
    net::Task<bool> write(net::Gather& out) override;
    void shutdownSend() override;
    void breakOff() override;

  private:
    H2Stream& stream_;
    H2Body& body_;
    bool endSent_ = false;
};

}  // namespace gatehouse::http
