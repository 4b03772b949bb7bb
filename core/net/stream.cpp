#include "net/stream.h"

#include "net/tls_engine.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace gatehouse::net {

void Gather::advance(std::size_t sent) {
    left_ -= sent;
    while (sent > 0) {
        auto& part = parts_[first_];
        const auto step = std::min(sent, part.size());
        part += step;
        sent -= step;
        if (part.size() == 0) ++first_;
    }
}

Stream::Stream(Sweeper& sweeper, Socket socket, std::size_t firstInput)
    : Waiter(sweeper), socket_(std::move(socket)), firstInput_(firstInput) {}

Stream::~Stream() = default;

void Stream::consume(std::size_t bytes) {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
}

void Stream::reserve() {
    if (end_ < capacity_) return;
    if (begin_ > 0) {
        std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        if (end_ < capacity_) return;
    }
    // The input is as long as the buffer: whoever reads has a limit on that, so growing is bounded by it.
    const std::size_t grown = capacity_ == 0 ? firstInput_ : capacity_ * 2;
    auto data = std::make_unique_for_overwrite<char[]>(grown);
    if (end_ > 0) std::memcpy(data.get(), data_.get(), end_);
    data_ = std::move(data);
    capacity_ = grown;
}

Task<std::size_t> Stream::receivePlain() {
    reserve();
    beginWait();
    return socket_.async_read_some(asio::buffer(data_.get() + end_, capacity_ - end_),
                                   asio::redirect_error(kAwait, error_));
}

bool Stream::arrived(std::size_t bytes) {
    if (!finished(error_)) return false;
    end_ += bytes;
    // A read that fills a small buffer is a sign of a bulk transfer: fewer, larger reads from now on.
    if (end_ == capacity_ && begin_ == 0 && capacity_ < kMaxInput) reserve();
    return true;
}

void Stream::shrink() {
    if (tls_) {
        // The wait for the next record needs the ciphertext buffer alone.
        tls_->shrink();
        if (begin_ == end_) {
            data_.reset();
            capacity_ = begin_ = end_ = 0;
        }
        return;
    }
    if (begin_ == end_ && capacity_ > firstInput_) {
        data_.reset();
        capacity_ = begin_ = end_ = 0;
    }
}

bool Stream::finished(const ErrorCode& error) {
    IoEnd otherwise = IoEnd::Reset;
    if (error == asio::error::eof) otherwise = tls_ && !tls_->ended() ? IoEnd::Truncated : IoEnd::Closed;
    return finishWait(static_cast<bool>(error), otherwise);
}

bool Stream::readableNow() const {
    if (!isOpen()) return true;
    if (tls_ && tls_->established() && !tls_->reading()) return readableTls();
    pollfd entry{const_cast<Socket&>(socket_).native_handle(), POLLIN | POLLRDHUP, 0};
    return ::poll(&entry, 1, 0) > 0;
}

bool Stream::peerGone() const {
    pollfd entry{const_cast<Socket&>(socket_).native_handle(), POLLRDHUP, 0};
    return ::poll(&entry, 1, 0) > 0;
}

Task<bool> Stream::writePlain(Gather& out) {
    while (!out.empty()) {
        beginWait();
        const std::size_t sent = co_await socket_.async_write_some(out.buffers(), asio::redirect_error(kAwait, error_));
        if (!finished(error_)) co_return false;
        out.advance(sent);
    }
    co_return true;
}

Task<bool> Stream::connect(Tcp::endpoint to) {
    ErrorCode error;
    socket_.open(to.protocol(), error);
    if (error) {
        finished(error);
        co_return false;
    }
    peer_ = to;
    socket_.set_option(Tcp::no_delay(true), error);
    beginWait();
    co_await socket_.async_connect(to, asio::redirect_error(kAwait, error_));
    co_return finished(error_);
}

Task<bool> Stream::connectUnix(std::string path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    error_ = asio::error::invalid_argument;
    if (path.empty() || path.size() >= sizeof address.sun_path) co_return finished(error_);
    std::memcpy(address.sun_path, path.data(), path.size());
    // An abstract name is not ended by a NUL but by its length.
    const bool abstract = path.front() == '@';
    if (abstract) address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    error_ = ErrorCode(descriptor < 0 ? errno : 0, asio::error::get_system_category());
    if (error_) co_return finished(error_);
    // To asio a stream socket is a stream socket: nothing it does afterwards depends on the family.
    socket_.assign(Tcp::v4(), descriptor, error_);
    if (error_) {
        ::close(descriptor);
        co_return finished(error_);
    }
    // The connection stands at once, or the other side's queue is full, which nothing tells the end of.
    constexpr base::Millis kLongestPause{64};
    for (base::Millis pause{1};; pause *= 2) {
        const int result = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), size);
        error_ = ErrorCode(result == 0 ? 0 : errno, asio::error::get_system_category());
        if (!error_ || error_ != asio::error::try_again || pause > kLongestPause) co_return finished(error_);
        Timer timer(socket_.get_executor(), pause);
        ErrorCode ignored;
        beginWait();
        co_await timer.async_wait(asio::redirect_error(kAwait, ignored));
        if (interrupted()) co_return finished(error_);
    }
}

void Stream::cancelWait() {
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Stream::shutdownSend() {
    if (tls_) closeTls();
    ErrorCode ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
}

Task<void> Stream::linger(std::size_t most) {
    static thread_local std::array<char, 16 * 1024> discarded;
    shutdownSend();
    begin_ = end_ = 0;
    for (std::size_t read = 0; read < most;) {
        beginWait();
        read += co_await socket_.async_read_some(asio::buffer(discarded), asio::redirect_error(kAwait, error_));
        if (!finished(error_)) co_return;
    }
}

void Stream::close() {
    if (tls_) closeTls();
    ErrorCode ignored;
    socket_.close(ignored);
}

void Stream::abort() {
    ErrorCode ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

}  // namespace gatehouse::net
