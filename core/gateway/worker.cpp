#include "gateway/worker.h"

#include "gateway/client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <csignal>
#include <future>

#include <pthread.h>

namespace gatehouse::gateway {

Worker::Worker(const DataPlaneOptions& options, net::Resolver& resolver)
    : limits_(options.limits),
      traces_(options.traces),
      captures_(options.captures),
      responseCache_(options.responseCache),
      armChoice_(options.armChoice),
      // Posting from other threads stays locked; sockets and timers are touched by this worker's thread alone.
      io_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      work_(io_.get_executor()),
      ticker_(io_.get_executor()),
      pool_(io_.get_executor(), sweeper_, resolver, limits_),
      records_(options.recordRing) {
    pool_.tellLimits([this](const char* name) { limitBit(name); });
}

Worker::~Worker() { join(); }

void Worker::start() {
    thread_ = std::thread([this] {
        // A peer that is gone must be an error of a write, not the end of the process; the process's own handlers stay.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        pthread_setname_np(pthread_self(), "gh-worker");
        armTick();
        io_.run();
    });
}

void Worker::run(const std::function<void()>& function) {
    std::promise<void> done;
    post([&] {
        function();
        done.set_value();
    });
    done.get_future().wait();
}

void Worker::join() {
    if (!thread_.joinable()) return;
    post([this] {
        ticker_.cancel();
        pool_.clear();
        work_.reset();
        armTick();  // Shared connections say goodbye within their time.
    });
    thread_.join();
}

void Worker::armTick() {
    ticker_.expires_after(net::Sweeper::kTick);
    ticker_.async_wait([this](const net::ErrorCode& error) {
        if (error) return;
        onTick(base::MonoClock::now());
        if (work_.owns_work() || !pool_.ended()) armTick();
    });
}

void Worker::onTick(base::MonoTime now) {
    sweeper_.tick(now);
    constexpr std::uint32_t kTicksPerSecond = 1000 / net::Sweeper::kTick.count();
    if (++ticks_ % kTicksPerSecond == 0) pool_.sweep(now);
}

void Worker::adopt(int descriptor, bool ipv6, std::uint16_t logicalPort) {
    net::Socket socket(io_.get_executor());
    net::ErrorCode error;
    socket.assign(ipv6 ? net::Tcp::v6() : net::Tcp::v4(), descriptor, error);
    if (!error) socket.non_blocking(true, error);
    auto client = std::make_unique<Client>(*this, std::move(socket), logicalPort);
    if (error || stopping_) return;
    net::asio::co_spawn(io_.get_executor(), Client::serve(std::move(client)), net::asio::detached);
}

void Worker::drain(std::uint16_t logicalPort) {
    if (logicalPort == 0) stopping_ = true;
    for (Client* client = clients_; client != nullptr; client = client->next_)
        if (logicalPort == 0 || client->logicalPort_ == logicalPort) client->drain();
}

void Worker::cut() {
    stopping_ = true;
    life_.over = true;
    for (Client* client = clients_; client != nullptr; client = client->next_) client->cut();
}

}  // namespace gatehouse::gateway
