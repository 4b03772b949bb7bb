#include "gateway/tunnel.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace gatehouse::gateway {
namespace {

using http::TunnelSide;

/// Both directions read and write on both sides at once, so their common deadline is kept here (net/waiter.h).
struct Shared final : net::Waiter {
    Shared(TunnelSide& client, TunnelSide& upstream, net::Executor executor, net::Sweeper& sweeper,
           std::chrono::milliseconds idle)
        : Waiter(sweeper), client(client), upstream(upstream), ended(sweeper, executor), limit(idle) {
        client.begin();
        upstream.begin();
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
        broke(TunnelClose::Idle);
    }
    /// The first reason is the one: what comes after it is its consequence.
    void broke(TunnelClose why) {
        if (result.why == TunnelClose::Both) result.why = why;
        breakOff();
    }
    void breakOff() {
        client.breakOff();
        upstream.breakOff();
    }
    TunnelClose blame(const TunnelSide& side) const {
        return &side == &client ? TunnelClose::ClientBroke : TunnelClose::UpstreamBroke;
    }

    TunnelSide& client;
    TunnelSide& upstream;
    net::Event ended;
    std::chrono::milliseconds limit;
    TunnelEnd result;
    bool downDone = false;
};

net::Task<void> pump(TunnelSide& from, TunnelSide& to, std::uint64_t& count, Shared& shared) {
    while (true) {
        if (!from.input().empty()) {
            net::Gather out;
            out.add(from.input());
            const auto size = out.bytes();
            const bool sent = co_await to.write(out);
            if (!sent) {
                shared.broke(shared.blame(to));
                co_return;
            }
            from.consume(size);
            count += size;
            shared.heard();
        }
        const std::size_t bytes = co_await from.receive();
        if (from.arrived(bytes)) continue;
        if (from.ended()) to.shutdownSend();
        else shared.broke(shared.blame(from));
        co_return;
    }
}

net::Task<void> pumpDown(Shared& shared) {
    co_await pump(shared.upstream, shared.client, shared.result.down, shared);
    shared.downDone = true;
    shared.ended.notify();
}

}  // namespace

const char* tunnelText(TunnelClose why) {
    switch (why) {
        case TunnelClose::Both: return "both sides ended it";
        case TunnelClose::ClientBroke: return "the client broke it off";
        case TunnelClose::UpstreamBroke: return "the upstream broke it off";
        case TunnelClose::Idle: return "neither side said anything for too long";
    }
    return "";
}

net::Task<TunnelEnd> tunnel(TunnelSide& client, TunnelSide& upstream, net::Executor executor, net::Sweeper& sweeper,
                            std::chrono::milliseconds idle) {
    Shared shared(client, upstream, executor, sweeper, idle);
    net::asio::co_spawn(executor, pumpDown(shared), net::asio::detached);
    co_await pump(client, upstream, shared.result.up, shared);
    while (!shared.downDone) co_await shared.ended.wait();
    shared.breakOff();
    co_return shared.result;
}

}  // namespace gatehouse::gateway
