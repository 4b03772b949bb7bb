// Two streams of one thread that are connected over loopback, with a worker's tick, for tests.
// Thread: one. Lifetime: the test's.
#pragma once

#include "net/stream.h"
#include "net/tls.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace gatehouse::test {

class Loopback {
  public:
    Loopback() {
        net::asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor(io, {net::asio::ip::address_v4::loopback(), 0});
        net::Socket near(io.get_executor()), far(io.get_executor());
        near.connect(acceptor.local_endpoint());
        acceptor.accept(far);
        client = std::make_unique<net::Stream>(sweeper, std::move(near));
        server = std::make_unique<net::Stream>(sweeper, std::move(far));
    }

    void start(net::Task<void> task) {
        ++running_;
        net::asio::co_spawn(io.get_executor(), counted(*this, std::move(task)), net::asio::detached);
    }
    /// Until everything that was started has ended; fails the test after a while.
    void run(std::chrono::seconds most = std::chrono::seconds(20)) {
        const auto until = base::MonoClock::now() + most;
        auto nextTick = base::MonoClock::now();
        io.restart();
        while (running_ > 0 && base::MonoClock::now() < until) {
            io.run_one_until(nextTick);
            io.restart();
            if (base::MonoClock::now() < nextTick) continue;
            nextTick = base::MonoClock::now() + net::Sweeper::kTick;
            sweeper.tick(base::MonoClock::now());
        }
        ASSERT_EQ(running_, 0) << "something still waits";
    }
    void both(net::Task<void> one, net::Task<void> other) {
        start(std::move(one));
        start(std::move(other));
        run();
    }

    net::asio::io_context io{1};
    net::Sweeper sweeper;
    std::unique_ptr<net::Stream> client, server;

  private:
    static net::Task<void> counted(Loopback& self, net::Task<void> task) {
        co_await std::move(task);
        --self.running_;
    }
    int running_ = 0;
};

inline net::Task<bool> send(net::Stream& stream, std::string_view bytes) {
    net::Gather out;
    out.add(bytes);
    const bool sent = co_await stream.write(out);
    co_return sent;
}

/// Exactly `size` bytes, or fewer when the stream ends.
inline net::Task<std::string> receive(net::Stream& stream, std::size_t size) {
    while (stream.input().size() < size) {
        const std::size_t bytes = co_await stream.receive();
        if (!stream.arrived(bytes)) break;
    }
    std::string result(stream.input().substr(0, size));
    stream.consume(result.size());
    co_return result;
}

}  // namespace gatehouse::test
