#include "http/tunnel_side.h"

namespace gatehouse::http {

net::Task<std::size_t> H2Side::receive() {
    const bool more = co_await body_.more({}, false);
    co_return more ? stream_.data().size() : 0;
}

net::Task<bool> H2Side::write(net::Gather& out) {
    for (const auto& part : out.buffers()) stream_.sendData({static_cast<const char*>(part.data()), part.size()}, false);
    out.advance(out.bytes());
    auto& event = stream_.writable();
    event.deadline(net::Waiter::kNever);
    event.watch(nullptr, net::Waiter::Watch::Nothing);
    while (stream_.full() && !stream_.reset() && !stream_.stopped()) static_cast<void>(co_await event.wait());
    co_return !stream_.reset() && !stream_.stopped();
}

void H2Side::shutdownSend() {
    if (endSent_) return;
    endSent_ = true;
    stream_.sendData({}, true);
}

void H2Side::breakOff() {
    // RFC 9113 section 8.5: a connection that broke is told as a CONNECT_ERROR.
    if (!(endSent_ && stream_.complete())) stream_.resetWith(kH2ConnectError);
}

}  // namespace gatehouse::http
