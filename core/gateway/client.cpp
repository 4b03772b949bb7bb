#include "gateway/client.h"

#include "base/log.h"
#include "gateway/exchange.h"
#include "gateway/http1_downstream.h"
#include "gateway/http2_downstream.h"

#include <exception>

namespace gatehouse::gateway {

Client::Client(Worker& worker, net::Socket socket, std::uint16_t logicalPort)
    : worker_(worker), next_(worker.clients_), stream_(worker.sweeper(), std::move(socket)), logicalPort_(logicalPort) {
    if (next_ != nullptr) next_->previous_ = this;
    worker.clients_ = this;
    net::ErrorCode error;
    peer_ = stream_.socket().remote_endpoint(error);
    if (!error) {
        stream_.setPeer(peer_);
        address_ = peer_.address().to_string();
    }
    stream_.socket().set_option(net::Tcp::no_delay(true), error);
}

Client::~Client() {
    if (previous_ != nullptr) previous_->next_ = next_;
    else worker_.clients_ = next_;
    if (next_ != nullptr) next_->previous_ = previous_;
    worker_.connections_.fetch_sub(1, std::memory_order_relaxed);
}

void Client::drain() {
    closing_ = true;
    if (http2_ != nullptr) http2_->drain();
    else if (idle_) stream_.interrupt(net::IoEnd::Stopped);
}

void Client::cut() {
    closing_ = cut_ = true;
    stream_.interrupt(net::IoEnd::Stopped);
    // Whatever waits on an upstream watches this stream, and ends when it finds it closed.
    stream_.abort();
}

net::Task<void> Client::serve(std::unique_ptr<Client> client) {
    try {
        bool http2 = false;
        const bool speaksHttp = co_await client->welcome(http2);
        if (speaksHttp && !http2) co_await client->serveHttp1(http2);
        if (speaksHttp && http2) co_await client->serveHttp2();
    } catch (const std::exception& error) {
        base::logError("exchange", "a connection was dropped: {}", error.what());
        client->stream_.abort();
    }
}

net::Task<void> Client::serveHttp1(bool& http2) {
    Http1Downstream downstream(worker_, *this);
    Exchange exchange(worker_, downstream);
    bool again = true;
    while (again) again = co_await exchange.run();
    http2 = downstream.http2();
    if (downstream.lingers()) co_await lingerAndClose();
}

net::Task<void> Client::serveHttp2() {
    Http2Server server(worker_, *this);
    http2_ = &server;
    if (closing_) server.drain();
    co_await server.run();
    http2_ = nullptr;
}

/// Lets the client read the last bytes before the connection goes (RFC 9112 section 9.6).
net::Task<void> Client::lingerAndClose() {
    constexpr std::size_t kMost = 4 * 1024 * 1024;
    if (cut_) co_return;
    stream_.watch(nullptr, net::Stream::Watch::Nothing);
    stream_.deadline(base::MonoClock::now() + std::chrono::seconds(2));
    co_await stream_.linger(kMost);
}

}  // namespace gatehouse::gateway
