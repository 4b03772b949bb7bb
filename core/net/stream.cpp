#include "net/stream.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

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

Task<std::size_t> Stream::receive() {
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
    if (begin_ == end_ && capacity_ > firstInput_) {
        data_.reset();
        capacity_ = begin_ = end_ = 0;
    }
}

bool Stream::finished(const ErrorCode& error) {
    return finishWait(static_cast<bool>(error), error == asio::error::eof ? IoEnd::Closed : IoEnd::Reset);
}

bool Stream::readableNow() const {
    if (!isOpen()) return true;
    pollfd entry{const_cast<Socket&>(socket_).native_handle(), POLLIN | POLLRDHUP, 0};
    return ::poll(&entry, 1, 0) > 0;
}

bool Stream::peerGone() const {
    pollfd entry{const_cast<Socket&>(socket_).native_handle(), POLLRDHUP, 0};
    return ::poll(&entry, 1, 0) > 0;
}

Task<bool> Stream::write(Gather& out) {
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

void Stream::cancelWait() {
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Stream::shutdownSend() {
    ErrorCode ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
}

void Stream::close() {
    ErrorCode ignored;
    socket_.close(ignored);
}

void Stream::abort() {
    ErrorCode ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

}  // namespace gatehouse::net
