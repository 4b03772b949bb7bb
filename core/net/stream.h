// Stream: a TCP connection with an input buffer, deadlines and interrupts (net/waiter.h).
// Thread: its worker's. Lifetime: outlives the coroutine that awaits it; at most one read or write waits at a time.
#pragma once

#include "net/io.h"
#include "net/waiter.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace gatehouse::net {

/// Bytes to send in one go, from several places.
class Gather {
  public:
    void add(std::string_view bytes) {
        if (bytes.empty() || count_ == kMax) return;
        parts_[count_++] = asio::const_buffer(bytes.data(), bytes.size());
        left_ += bytes.size();
    }
    void clear() { *this = {}; }
    bool empty() const { return left_ == 0; }
    bool full() const { return count_ == kMax; }
    std::size_t bytes() const { return left_; }
    std::size_t parts() const { return count_ - first_; }
    void advance(std::size_t sent);
    std::span<const asio::const_buffer> buffers() const { return {parts_.data() + first_, count_ - first_}; }
    static constexpr std::size_t kMax = 16;

  private:
    std::array<asio::const_buffer, kMax> parts_;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
    std::size_t left_ = 0;
};

class Stream final : public Waiter, public Watched {
  public:
    static constexpr std::size_t kFirstInput = 8 * 1024;
    static constexpr std::size_t kMaxInput = 64 * 1024;

    Stream(Sweeper& sweeper, Socket socket, std::size_t firstInput = kFirstInput);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    // ---- Reading. Bytes gather in input() until consumed.
    std::string_view input() const { return {data_.get() + begin_, end_ - begin_}; }
    void consume(std::size_t bytes);
    /// `if (!stream.arrived(co_await stream.receive()))` ...: at least one byte more in input(), or end() says why not.
    /// Two steps, because a coroutine around them would cost a frame per read.
    Task<std::size_t> receive();
    bool arrived(std::size_t bytes);
    /// Drops buffer memory of a connection that idles.
    void shrink();
    /// True when the peer has sent bytes or closed, without reading. One system call.
    bool readableNow() const override;
    bool peerGone() const;

    // ---- Writing.
    /// All of `out`; false: end() says why not.
    Task<bool> write(Gather& out);

    // ---- Ends.
    void shutdownSend();
    void close();
    /// Closes with a reset, so that the peer cannot take it for a proper end.
    void abort();
    bool isOpen() const { return socket_.is_open(); }
    bool gone() const override { return !isOpen() || peerGone(); }
    Socket& socket() { return socket_; }
    const Tcp::endpoint& peer() const { return peer_; }
    void setPeer(const Tcp::endpoint& peer) { peer_ = peer; }
    /// A task that connects this (unopened) stream. End as of write().
    Task<bool> connect(Tcp::endpoint to);

  private:
    void cancelWait() override;
    bool finished(const ErrorCode& error);
    void reserve();

    Socket socket_;
    Tcp::endpoint peer_;
    ErrorCode error_;
    std::unique_ptr<char[]> data_;
    std::size_t firstInput_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace gatehouse::net
