#include "net/resolver.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

#include <netdb.h>

namespace gatehouse::net {
namespace {

using Addresses = std::vector<asio::ip::address>;

Addresses lookUp(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
    Addresses result;
    for (const auto* entry = found; entry != nullptr; entry = entry->ai_next) {
        if (entry->ai_family == AF_INET) {
            const auto* v4 = reinterpret_cast<const sockaddr_in*>(entry->ai_addr);
            result.emplace_back(asio::ip::address_v4(ntohl(v4->sin_addr.s_addr)));
        } else if (entry->ai_family == AF_INET6) {
            const auto* v6 = reinterpret_cast<const sockaddr_in6*>(entry->ai_addr);
            asio::ip::address_v6::bytes_type bytes;
            std::copy_n(v6->sin6_addr.s6_addr, 16, bytes.begin());
            result.emplace_back(asio::ip::address_v6(bytes));
        }
    }
    ::freeaddrinfo(found);
    return result;
}

/// One coroutine that waits: its timer stands for the answer.
struct Waiter {
    Waiter(Executor executor, base::MonoTime deadline) : executor(executor), timer(executor, deadline) {}
    Executor executor;
    Timer timer;
    Addresses answer;
};

}  // namespace

/// Shared with the helper thread, which may outlive the Resolver inside a look-up that the system is slow to answer.
struct Resolver::State {
    struct Job {
        std::string host;
        std::vector<std::shared_ptr<Waiter>> waiters;
    };
    struct Known {
        Addresses addresses;
        base::MonoTime until;
    };

    std::mutex mutex;
    std::condition_variable wake;
    bool stopped = false;
    bool threadStarted = false;
    std::deque<Job> jobs;
    std::unordered_map<std::string, Known> known;

    /// Call with `mutex` held; executors are alive until shutdown().
    static void answer(Job& job, const Addresses& addresses) {
        for (auto& waiter : job.waiters)
            asio::post(waiter->executor, [waiter, addresses] {
                waiter->answer = addresses;
                waiter->timer.cancel();
            });
        job.waiters.clear();
    }

    static void run(std::shared_ptr<State> state) {
        std::unique_lock lock(state->mutex);
        while (true) {
            state->wake.wait(lock, [&] { return state->stopped || !state->jobs.empty(); });
            if (state->stopped) return;
            const std::string host = state->jobs.front().host;
            lock.unlock();
            auto addresses = lookUp(host);
            lock.lock();
            if (state->stopped) return;
            state->known[host] = {addresses, base::MonoClock::now() + (addresses.empty() ? kKeepBad : kKeep)};
            answer(state->jobs.front(), addresses);
            state->jobs.pop_front();
        }
    }
};

Resolver::Resolver() : state_(std::make_shared<State>()) {}

Resolver::~Resolver() { shutdown(); }

void Resolver::shutdown() {
    std::lock_guard lock(state_->mutex);
    state_->stopped = true;
    for (auto& job : state_->jobs) State::answer(job, {});
    state_->wake.notify_all();
}

bool Resolver::numeric(const std::string& host, asio::ip::address& out) {
    ErrorCode error;
    out = asio::ip::make_address(host, error);
    return !error;
}

Task<std::vector<asio::ip::address>> Resolver::resolve(Executor executor, std::string host, base::MonoTime deadline) {
    auto waiter = std::make_shared<Waiter>(executor, deadline);
    {
        std::lock_guard lock(state_->mutex);
        if (state_->stopped) co_return Addresses{};
        const auto known = state_->known.find(host);
        if (known != state_->known.end()) {
            if (base::MonoClock::now() < known->second.until) co_return known->second.addresses;
            state_->known.erase(known);
        }
        const auto job = std::find_if(state_->jobs.begin(), state_->jobs.end(),
                                      [&](const State::Job& other) { return other.host == host; });
        if (job != state_->jobs.end()) job->waiters.push_back(waiter);
        else state_->jobs.push_back({host, {waiter}});
        if (!state_->threadStarted) {
            state_->threadStarted = true;
            std::thread(&State::run, state_).detach();
        }
        state_->wake.notify_one();
    }
    ErrorCode ignored;
    co_await waiter->timer.async_wait(asio::redirect_error(kAwait, ignored));
    co_return std::move(waiter->answer);
}

}  // namespace gatehouse::net
