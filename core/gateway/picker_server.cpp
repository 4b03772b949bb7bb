#include "gateway/picker_server.h"

#include "base/log.h"
#include "gateway/grpc_call.h"
#include "gateway/picker_call.h"
#include "gateway/picker_health.h"
#include "gateway/picker_pool.h"
#include "gateway/room_wait.h"
#include "http/h2_session.h"
#include "inference/scheduler.h"
#include "net/listener.h"
#include "net/self_signed.h"
#include "net/stream.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <csignal>
#include <list>
#include <set>
#include <thread>

#include <pthread.h>

namespace gatehouse::gateway {
namespace {

constexpr std::string_view kProcess = "/envoy.service.ext_proc.v3.ExternalProcessor/Process";
/// Of one message beside a body.
constexpr std::size_t kAroundBody = 1 << 20;
/// The first byte of a TLS connection (RFC 8446 section 5.1); HTTP/2 begins with a letter.
constexpr char kTlsHandshake = 0x16;
/// Between telling those that wait for room that all is over, and closing.
constexpr base::Millis kLastWords{100};

struct Counters {
    std::atomic<std::uint64_t> calls{0}, picked{0}, shed{0}, unavailable{0}, refused{0}, faults{0};
    std::atomic<std::int64_t> open{0};
};

/// Counts one call that is under way.
class Open {
  public:
    explicit Open(std::atomic<std::int64_t>& count) : count_(count) { count_.fetch_add(1, std::memory_order_relaxed); }
    ~Open() { count_.fetch_sub(1, std::memory_order_relaxed); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

  private:
    std::atomic<std::int64_t>& count_;
};

void bump(std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

struct PickerServer::Impl {
    /// One connection of a gateway.
    struct Connection final : http::H2Handler {
        Connection(Impl& owner, net::Socket socket)
            : impl(owner), stream(impl.sweeper, std::move(socket)),
              session(stream, impl.options.limits, http::H2Role::Server, *this, impl.io.get_executor(), impl.sweeper),
              ended(impl.sweeper, impl.io.get_executor()) {}
        void onRequest(std::shared_ptr<http::H2Stream> request) override {
            ++calls;
            net::asio::co_spawn(impl.io.get_executor(), serve(*this, std::move(request)), net::asio::detached);
        }
        Impl& impl;
        net::Tcp::endpoint peer;
        net::Stream stream;
        http::H2Session session;
        net::Event ended;
        std::size_t calls = 0;
        bool begun = false;  ///< Its session runs, or did.
        /// Before its session runs there is nothing to finish.
        void finish(bool atOnce) {
            if (!begun) stream.interrupt(net::IoEnd::Stopped);
            else if (atOnce) session.close(http::kH2NoError);
            else session.shutdown();
        }
    };

    explicit Impl(Options given) : options(std::move(given)) {
        // A gateway's calls live as long as its requests, all on a few connections, and a client that leaves resets its call.
        auto& h2 = options.limits.h2;
        h2.streams = 10'000;
        h2.resetBurst = h2.resetsPerSecond = 10'000;
        h2.resetShareAfter = ~std::uint64_t{0};
        health.ready = [this] {
            const auto snapshot = stopping ? nullptr : options.snapshots();
            return snapshot && !snapshot->served.empty();
        };
        health.stopping = [this] { return stopping; };
    }

    net::Task<void> accept() {
        while (acceptor.is_open()) {
            net::ErrorCode error;
            net::Socket socket = co_await acceptor.async_accept(net::asio::redirect_error(net::kAwait, error));
            if (!acceptor.is_open()) break;
            if (error) {
                pause.expires_after(base::Millis(50));  // Out of descriptors: others may end.
                co_await pause.async_wait(net::asio::redirect_error(net::kAwait, error));
                continue;
            }
            if (connections.size() >= options.limits.connections) continue;
            socket.non_blocking(true, error);
            auto connection = std::make_unique<Connection>(*this, std::move(socket));
            connection->peer = connection->stream.socket().remote_endpoint(error);
            connections.push_back(std::move(connection));
            net::asio::co_spawn(io.get_executor(), run(std::prev(connections.end())), net::asio::detached);
        }
    }

    net::Task<void> run(std::list<std::unique_ptr<Connection>>::iterator place) {
        auto& connection = **place;
        try {
            const bool ready = co_await welcome(connection);
            connection.begun = ready && !stopping;
            if (connection.begun) co_await connection.session.run();
        } catch (const std::exception& error) {
            base::logError("picker", "a connection was dropped: {}", error.what());
        }
        while (connection.calls > 0) co_await connection.ended.wait();
        connections.erase(place);
    }

    /// In clear or under TLS, as the gateway begins. False: it left, or there is no session to be had.
    net::Task<bool> welcome(Connection& connection) {
        auto& stream = connection.stream;
        stream.deadline(base::MonoClock::now() + options.limits.h2.settings);
        while (stream.input().empty()) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) co_return false;
        }
        if (stream.input().front() != kTlsHandshake) co_return true;
        const bool secured = co_await stream.serverHandshake(tls);
        co_return secured;
    }

    static net::Task<void> serve(Connection& connection, std::shared_ptr<http::H2Stream> stream) {
        auto& self = connection.impl;
        try {
            GrpcCall call(std::move(stream), self.options.limits, self.options.limits.llmBodyBytes + kAroundBody);
            if (!call.accept()) {
            } else if (call.path() == kProcess) {
                co_await self.process(call, connection.peer);
            } else if (call.path() == kHealthCheck || call.path() == kHealthWatch) {
                co_await serveHealth(self.health, call, call.path() == kHealthWatch);
            } else {
                call.end(GrpcStatus::Unimplemented, "There is no such method here.");
            }
        } catch (const std::exception& error) {
            base::logError("picker", "a call was dropped: {}", error.what());
        }
        if (--connection.calls == 0) connection.ended.notify();
    }

    net::Task<void> process(GrpcCall& grpc, const net::Tcp::endpoint& peer) {
        auto snapshot = options.snapshots();
        if (!snapshot) {
            bump(counters.faults);
            grpc.end(GrpcStatus::Unavailable, "No configuration has been applied yet.");
            co_return;
        }
        const auto* served = servedPool(*snapshot, grpc.authority());
        if (served == nullptr) {
            bump(counters.faults);
            grpc.end(GrpcStatus::NotFound, "The call's authority names no InferencePool, or several.");
            co_return;
        }
        bump(counters.calls);
        const Open open(counters.open);
        PickerCall call(std::move(snapshot), *served, options.limits.llmBodyBytes, base::MonoClock::now(), options.records);
        call.record().keepClient(peer.address(), peer.port());
        co_await converse(grpc, call);
        count(call);
    }

    /// Message for message, until one side ends the call.
    net::Task<void> converse(GrpcCall& grpc, PickerCall& call) {
        PickerCall::Answers answers;
        while (true) {
            const bool more = co_await grpc.next();
            if (!more) break;
            const auto read = ext_proc::readRequest(grpc.message());
            if (!read) {
                bump(counters.faults);
                call.lose("bad-message", "The gateway sent what is no message of external processing.");
                grpc.end(GrpcStatus::InvalidArgument, read.error().message);
                co_return;
            }
            answers.clear();
            call.take(*read, base::MonoClock::now(), answers);
            if (call.wantsPick()) co_await pick(grpc, call, answers);
            if (call.fault() != nullptr) {
                bump(counters.faults);
                call.lose("bad-message", call.fault());
                grpc.end(GrpcStatus::InvalidArgument, call.fault());
                co_return;
            }
            bool taken = true;
            for (std::size_t i = 0; i < answers.size() && taken; ++i) taken = co_await grpc.send(answers[i]);
            if (!taken) break;
            if (call.over()) {
                grpc.end(GrpcStatus::Ok, {});
                co_return;
            }
        }
        // Who leaves before it told of an answer has lost its own client, as a rule.
        if (!grpc.ended() && call.status() == 0) call.lose("client-left", "The gateway ended the call before it told of an answer.");
        if (grpc.ended()) grpc.end(GrpcStatus::Ok, {});
    }

    /// After waiting for room, where the pool has a queue and nothing else is to be had.
    net::Task<void> pick(GrpcCall& grpc, PickerCall& call, PickerCall::Answers& answers) {
        RoomAsk ask{.pool = call.pool(), .priority = call.priority(), .now = base::MonoClock::now(), .client = &grpc.stream(), .sweeper = sweeper,
                    .executor = io.get_executor(), .among = call.among()};
        const NoRoom* refused = nullptr;
        if (call.mayWait() && lacksRoom(ask)) {
            ask.bytes = call.heldBytes();
            waiting.insert(&ask);
            refused = co_await waitForRoom(ask);
            waiting.erase(&ask);
        }
        if (refused != nullptr) call.refuse(refused->status, refused->reason, refused->sentence, answers);
        else call.pick(base::MonoClock::now(), ask.waitedSeconds, answers);
    }

    void count(const PickerCall& call) {
        if (call.picked()) bump(counters.picked);
        if (!call.over()) return;
        bump(call.status() == 429 ? counters.shed : call.status() == 503 ? counters.unavailable : counters.refused);
    }

    void armTick() {
        ticker.expires_after(net::Sweeper::kTick);
        ticker.async_wait([this](const net::ErrorCode& error) {
            if (error) return;
            const auto now = base::MonoClock::now();
            sweeper.tick(now);
            if (!stopping || !endCalls(now)) armTick();
        });
    }

    /// True: no connection is left.
    bool endCalls(base::MonoTime now) {
        if (now >= stopBy)
            for (auto* ask : waiting)
                if (ask->event != nullptr) ask->event->interrupt(net::IoEnd::Stopped);
        if (now >= stopBy + kLastWords)
            for (const auto& connection : connections) connection->finish(true);
        return connections.empty();
    }

    void run() {
        while (true) {
            try {
                io.run();
                return;
            } catch (const std::exception& error) {
                base::logError("picker", "{}", error.what());
            }
        }
    }

    Options options;
    PickerHealth health;
    std::shared_ptr<const net::TlsServerContext> tls;
    net::asio::io_context io{1};
    net::Sweeper sweeper;
    net::asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor{io.get_executor()};
    net::Timer pause{io.get_executor()};
    net::Timer ticker{io.get_executor()};
    std::string address;
    std::list<std::unique_ptr<Connection>> connections;
    std::set<RoomAsk*> waiting;  ///< Of calls that wait for room.
    bool stopping = false;
    base::MonoTime stopBy{};
    Counters counters;
    std::thread thread;
};

PickerServer::PickerServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PickerServer::~PickerServer() { stop(base::Millis(0)); }

Result<std::unique_ptr<PickerServer>> PickerServer::open(Options options) {
    auto identity = net::makeSelfSigned("gatehouse-picker");
    if (!identity) return tl::unexpected(identity.error());
    net::TlsServerOptions secured;
    secured.identities.push_back(std::move(*identity));
    secured.alpn = {"h2"};
    auto context = net::TlsServerContext::make(std::move(secured));
    if (!context) return tl::unexpected(context.error());
    auto bound = net::bindListener(options.bind);
    if (!bound) return tl::unexpected(bound.error());
    auto impl = std::make_unique<Impl>(std::move(options));
    impl->tls = std::move(*context);
    net::ErrorCode error;
    impl->acceptor.assign(bound->ipv6 ? net::Tcp::v6() : net::Tcp::v4(), bound->descriptor, error);
    if (error) return fail("bad-address", error.message());
    impl->address = bound->address;
    net::asio::co_spawn(impl->io.get_executor(), impl->accept(), net::asio::detached);
    impl->armTick();
    impl->thread = std::thread([raw = impl.get()] {
        // A peer that is gone must be an error of a write, not the end of the process.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        pthread_setname_np(pthread_self(), "gh-picker");
        raw->run();
    });
    return std::unique_ptr<PickerServer>(new PickerServer(std::move(impl)));
}

const std::string& PickerServer::address() const { return impl_->address; }

void PickerServer::drain(base::Millis deadline) {
    net::asio::post(impl_->io, [raw = impl_.get(), deadline] {
        if (raw->stopping) return;
        net::ErrorCode ignored;
        raw->acceptor.close(ignored);
        raw->pause.cancel();
        raw->stopping = true;
        raw->stopBy = base::MonoClock::now() + deadline;
        for (const auto& connection : raw->connections) connection->finish(false);
    });
}

void PickerServer::stop(base::Millis deadline) {
    if (!impl_->thread.joinable()) return;
    drain(deadline);
    impl_->thread.join();
}

PickerServer::Counts PickerServer::counts() const {
    const auto& from = impl_->counters;
    const auto get = [](const auto& counter) { return counter.load(std::memory_order_relaxed); };
    return {get(from.calls), get(from.picked), get(from.shed), get(from.unavailable), get(from.refused), get(from.faults), get(from.open)};
}

}  // namespace gatehouse::gateway
