// The stream's TLS side: moves ciphertext between the socket and the engine.
#include "net/stream.h"
#include "net/tls_engine.h"

#include <boost/asio/buffer.hpp>

#include <cerrno>

#include <sys/socket.h>

namespace gatehouse::net {
namespace {

const TlsFacts kNoFacts;
const std::string kNoError;

/// What the socket takes of the output without a wait.
void sendNow(TlsEngine& tls, Socket& socket) {
    while (tls.hasOutput()) {
        const auto bytes = tls.output();
        const auto sent = ::send(socket.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent <= 0) return;
        tls.sent(static_cast<std::size_t>(sent));
    }
}

}  // namespace

const TlsFacts& Stream::tlsFacts() const { return tls_ ? tls_->facts() : kNoFacts; }
const std::string& Stream::tlsError() const { return tls_ ? tls_->error() : kNoError; }

Task<bool> Stream::serverHandshake(std::shared_ptr<const TlsServerContext> context) {
    tls_ = std::make_unique<TlsEngine>(std::move(context));
    tls_->feed(input());
    begin_ = end_ = 0;
    return handshake();
}

Task<bool> Stream::clientHandshake(std::shared_ptr<const TlsClientContext> context) {
    tls_ = std::make_unique<TlsEngine>(std::move(context));
    tls_->feed(input());
    begin_ = end_ = 0;
    return handshake();
}

Task<bool> Stream::handshake() {
    error_ = {};
    auto step = TlsEngine::Step::NeedInput;
    while (true) {
        step = tls_->handshake();
        if (step == TlsEngine::Step::Failed) break;
        // A server's last flight is its tickets: they go with its first answer, or before it next waits.
        const bool done = step == TlsEngine::Step::Done;
        if (tls_->hasOutput() && !(done && tls_->isServer())) {
            const bool flushed = co_await flushTls();
            if (!flushed) break;
        }
        if (done) co_return finished(error_);
        const std::size_t bytes = co_await readTls();
        tls_->reading(false);
        if (!error_) tls_->arrived(bytes);
        if (!error_ && interrupted()) error_ = asio::error::operation_aborted;
        if (error_) break;
    }
    if (step == TlsEngine::Step::Failed) {
        closeTls();  // The alert, as far as the socket takes it.
        error_ = asio::error::connection_aborted;
    }
    finished(error_);
    if (end() == IoEnd::Timeout) tls_->fail("The TLS handshake did not end in time.");
    else if (end() == IoEnd::Truncated || end() == IoEnd::Reset)
        tls_->fail(std::string("The ").append(tls_->peerName()) + " left during the TLS handshake.");
    else tls_->fail("The TLS handshake was interrupted.");
    co_return false;
}

/// One read of ciphertext; the caller adds what came.
Task<std::size_t> Stream::readTls() {
    beginWait();
    tls_->reading(true);
    const auto room = tls_->space();
    return socket_.async_read_some(asio::buffer(room.data(), room.size()), asio::redirect_error(kAwait, error_));
}

/// What ended the session, as an error of the socket; arrived() makes an end of it.
std::size_t Stream::endTls() {
    error_ = tls_->ended() ? ErrorCode(asio::error::eof) : ErrorCode(asio::error::connection_aborted);
    if (tls_->failed()) closeTls();
    return 0;
}

Task<std::size_t> Stream::receiveTls() {
    error_ = {};
    while (true) {
        if (tls_->hasInput() || tls_->pending()) {
            reserve();
            const std::size_t bytes = tls_->read(data_.get() + end_, capacity_ - end_);
            if (bytes > 0) co_return bytes;
        }
        if (tls_->ended() || tls_->failed()) co_return endTls();
        // Tickets, a key update. Without waiting, and not while a write has them in hand: HTTP/2 reads and writes at once, and
        // bytes that two of them send are no TLS. What an interrupted write left waits for the next write, too: a peer that
        // answers early may never take it.
        if (!tls_->pinned() && !tls_->isCut()) sendNow(*tls_, socket_);
        const std::size_t bytes = co_await readTls();
        tls_->reading(false);
        if (error_) co_return 0;
        tls_->arrived(bytes);
        // The bytes may be no data: then this wait goes on, unless it was ended meanwhile.
        if (interrupted() && !tls_->readable()) {
            error_ = asio::error::operation_aborted;
            co_return 0;
        }
    }
}

/// All of the engine's output. Leaves the wait open: the caller ends it, with error_.
Task<bool> Stream::flushTls() {
    while (tls_->hasOutput()) {
        beginWait();
        tls_->pin();
        const auto bytes = tls_->output();
        const std::size_t sent = co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()),
                                                                   asio::redirect_error(kAwait, error_));
        tls_->unpin();
        if (!error_) tls_->sent(sent);
        if (!error_ && interrupted()) error_ = asio::error::operation_aborted;
        tls_->cut(error_ && tls_->hasOutput());
        if (error_) co_return false;
    }
    co_return true;
}

Task<bool> Stream::writeTls(Gather& out) {
    // What an interrupted write left comes first: its bytes are part of the sequence already.
    while (!out.empty() || tls_->hasOutput()) {
        if (!out.empty() && !tls_->encrypt(out)) {
            error_ = asio::error::connection_aborted;
            co_return finished(error_);
        }
        while (tls_->hasOutput()) {
            beginWait();
            tls_->pin();
            const auto bytes = tls_->output();
            const std::size_t sent = co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()),
                                                                       asio::redirect_error(kAwait, error_));
            tls_->unpin();
            if (!error_) tls_->sent(sent);
            tls_->cut(error_ && tls_->hasOutput());
            if (!finished(error_)) co_return false;
        }
    }
    co_return true;
}

/// Looks without handing anything out: what is decrypted stays in the engine. Nothing reads at the same time; a write may wait.
bool Stream::readableTls() const {
    auto& socket = const_cast<Socket&>(socket_);
    while (true) {
        if ((tls_->hasInput() || tls_->pending()) && tls_->readable()) return true;
        if (tls_->ended() || tls_->failed()) return true;
        const auto room = tls_->space();
        const auto bytes = ::recv(socket.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
        if (bytes < 0) return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
        if (bytes == 0) return true;  // The next read meets the same end.
        tls_->arrived(static_cast<std::size_t>(bytes));
    }
}

Task<bool> Stream::finishSending() {
    error_ = {};
    if (tls_ && isOpen()) {
        if (tls_->maySendClose()) {
            tls_->sendClose();
            co_await flushTls();
        } else {
            error_ = asio::error::connection_aborted;
        }
        if (!finished(error_)) co_return false;
    }
    ErrorCode ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
    co_return finished(error_);
}

/// close_notify or an alert, as far as the socket takes it now.
void Stream::closeTls() {
    // Where a write was cut short nothing else can be said, and the end must not look proper.
    if (!isOpen() || !tls_->maySendClose()) return;
    tls_->sendClose();
    sendNow(*tls_, socket_);
}

}  // namespace gatehouse::net
