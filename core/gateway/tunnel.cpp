#include "gateway/tunnel.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace gatehouse::gateway {
namespace {

/// Both directions read and write on both streams at once, so their common deadline is kept here (net/waiter.h).
struct Shared final : net::Waiter {
    Shared(net::Stream& client, net::Stream& upstream, net::Executor executor, net::Sweeper& sweeper,
           std::chrono::milliseconds idle)
        : Waiter(sweeper), client(client), upstream(upstream), ended(sweeper, executor), limit(idle) {
        client.deadline(kNever);
        upstream.deadline(kNever);
        client.watch(nullptr, Watch::Nothing);
        upstream.watch(nullptr, Watch::Nothing);
        heard();
        beginWait();
    }
    ~Shared() {
        if (waiting()) finishWait(false, net::IoEnd::Ok);
    }
    void heard() {
        if (limit.count() > 0) deadline(base::MonoClock::now() + limit);
    }
    void cancelWait() override {
        finishWait(true, net::IoEnd::Timeout);
        result.idle = true;
        breakOff();
    }
    void breakOff() {
        client.close();
        upstream.close();
    }

    net::Stream& client;
    net::Stream& upstream;
    net::Event ended;
    std::chrono::milliseconds limit;
    TunnelEnd result;
    bool downDone = false;
};

net::Task<void> pump(net::Stream& from, net::Stream& to, std::uint64_t& count, Shared& shared) {
    while (true) {
        if (!from.input().empty()) {
            net::Gather out;
            out.add(from.input());
            const auto size = out.bytes();
            const bool sent = co_await to.write(out);
            if (!sent) break;
            from.consume(size);
            count += size;
            shared.heard();
        }
        const std::size_t bytes = co_await from.receive();
        if (from.arrived(bytes)) continue;
        if (from.end() == net::IoEnd::Closed || from.end() == net::IoEnd::Truncated) {
            to.shutdownSend();
            co_return;
        }
        break;
    }
    shared.breakOff();
}

net::Task<void> pumpDown(Shared& shared) {
    co_await pump(shared.upstream, shared.client, shared.result.down, shared);
    shared.downDone = true;
    shared.ended.notify();
}

}  // namespace

net::Task<TunnelEnd> tunnel(net::Stream& client, net::Stream& upstream, net::Executor executor, net::Sweeper& sweeper,
                            std::chrono::milliseconds idle) {
    Shared shared(client, upstream, executor, sweeper, idle);
    net::asio::co_spawn(executor, pumpDown(shared), net::asio::detached);
    co_await pump(client, upstream, shared.result.up, shared);
    while (!shared.downDone) co_await shared.ended.wait();
    shared.breakOff();
    co_return shared.result;
}

}  // namespace gatehouse::gateway
