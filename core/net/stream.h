// Stream: a TCP or Unix connection, plain or under TLS, with an input buffer, deadlines and interrupts (net/waiter.h).
// Thread: its worker's. Lifetime: outlives the coroutine that awaits it; at most one read or write waits at a time.
#pragma once

#include "net/io.h"
#include "net/waiter.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::net {

class TlsClientContext;
class TlsEngine;
class TlsServerContext;
struct TlsFacts;

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
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    // ---- Reading. Bytes gather in input() until consumed.
    std::string_view input() const { return {data_.get() + begin_, end_ - begin_}; }
    void consume(std::size_t bytes);
    /// `if (!stream.arrived(co_await stream.receive()))` ...: at least one byte more in input(), or end() says why not.
    /// Two steps, because a coroutine around them would cost a frame per read.
    Task<std::size_t> receive() {
        if (tls_) return receiveTls();
        return receivePlain();
    }
    bool arrived(std::size_t bytes);
    /// Drops buffer memory of a connection that idles.
    void shrink();
    /// True when the peer has sent bytes or closed, without reading. One system call. Under TLS, session tickets and key
    /// updates are taken in on the way and do not count: a pooled connection stays good.
    bool readableNow() const override;
    bool peerGone() const;

    // ---- Writing.
    /// All of `out`; false: end() says why not.
    Task<bool> write(Gather& out) {
        if (tls_) return writeTls(out);
        return writePlain(out);
    }

    // ---- TLS. One handshake at most, before which bytes in input() are ciphertext; afterwards everything here is plaintext.
    /// False: end() and tlsError() say why not. The deadline and interrupts hold as for a read.
    Task<bool> serverHandshake(std::shared_ptr<const TlsServerContext> context);
    Task<bool> clientHandshake(std::shared_ptr<const TlsClientContext> context);
    bool isTls() const { return tls_ != nullptr; }
    /// After a handshake that went well, else empty.
    const TlsFacts& tlsFacts() const;
    /// One sentence; empty while nothing is wrong with the session.
    const std::string& tlsError() const;

    // ---- Ends.
    /// Under TLS after close_notify, which is lost where the socket takes nothing more at this moment.
    void shutdownSend();
    /// shutdownSend() that waits until close_notify is out: for a message that ends with its connection. End as of write().
    Task<bool> finishSending();
    /// shutdownSend(), then reads bytes without looking at them until the peer ends its side, the deadline passes, or `most`
    /// have come: closing with unread bytes makes the kernel send a reset, which can destroy what the peer has not read yet.
    Task<void> linger(std::size_t most);
    /// Under TLS after close_notify too, unless something is left unsent.
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
    /// As connect(), to a Unix socket: an absolute path, or one that begins with `@` for an abstract name.
    Task<bool> connectUnix(std::string path);

  private:
    void cancelWait() override;
    Task<std::size_t> receivePlain();
    Task<bool> writePlain(Gather& out);
    Task<std::size_t> receiveTls();
    Task<bool> writeTls(Gather& out);
    Task<bool> handshake();
    Task<std::size_t> readTls();
    Task<bool> flushTls();
    bool readableTls() const;
    void closeTls();
    std::size_t endTls();
    bool finished(const ErrorCode& error);
    void reserve();

    Socket socket_;
    Tcp::endpoint peer_;
    std::unique_ptr<TlsEngine> tls_;
    ErrorCode error_;
    std::unique_ptr<char[]> data_;
    std::size_t firstInput_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace gatehouse::net
