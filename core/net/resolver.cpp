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

using Addresses = Resolver::Addresses;

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

/// Shared with the helper threads, which may outlive the Resolver inside a look-up that the system is slow to answer.
struct Resolver::State {
    struct Known {
        Addresses addresses;  ///< The last that were found.
        base::MonoTime askedAt{};
        bool found = false;   ///< The last time.
    };

    static constexpr unsigned kThreads = 4;  ///< One slow name holds up only its own.

    explicit State(Sources given) : sources(std::move(given)) {}

    const Sources sources;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopped = false;
    unsigned threads = 0;
    unsigned idle = 0;
    std::deque<std::string> queue;
    std::unordered_map<std::string, std::vector<std::shared_ptr<Waiter>>> asked;  ///< In the queue, or being looked up.
    std::unordered_map<std::string, Known> known;

    // ---- With `mutex` held.

    /// Executors are alive until shutdown().
    static void answer(std::vector<std::shared_ptr<Waiter>>& waiters, const Addresses& addresses) {
        for (auto& waiter : waiters)
            asio::post(waiter->executor, [waiter, addresses] {
                waiter->answer = addresses;
                waiter->timer.cancel();
            });
        waiters.clear();
    }

    /// Null where the name must be asked for.
    const Addresses* fresh(const std::string& host, base::Millis keep) const {
        const auto entry = known.find(host);
        if (entry == known.end()) return nullptr;
        const base::Millis holds = !entry->second.found ? base::Millis(kKeepBad) : keep.count() > 0 ? keep : base::Millis(kKeep);
        return sources.now() - entry->second.askedAt < holds ? &entry->second.addresses : nullptr;
    }

    static void ask(const std::shared_ptr<State>& state, const std::string& host, std::shared_ptr<Waiter> waiter) {
        const auto [entry, isNew] = state->asked.try_emplace(host);
        if (waiter) entry->second.push_back(std::move(waiter));
        if (!isNew) return;
        state->queue.push_back(host);
        if (state->idle == 0 && state->threads < kThreads) {
            ++state->threads;
            std::thread(&State::run, state).detach();
        }
        state->wake.notify_one();
    }

    static void run(std::shared_ptr<State> state) {
        std::unique_lock lock(state->mutex);
        while (true) {
            ++state->idle;
            state->wake.wait(lock, [&] { return state->stopped || !state->queue.empty(); });
            --state->idle;
            if (state->stopped) return;
            const std::string host = std::move(state->queue.front());
            state->queue.pop_front();
            lock.unlock();
            auto addresses = state->sources.lookUp(host);
            lock.lock();
            if (state->stopped) return;
            auto& entry = state->known[host];
            entry.askedAt = state->sources.now();
            entry.found = !addresses.empty();
            if (entry.found) entry.addresses = std::move(addresses);
            if (auto waiting = state->asked.extract(host)) answer(waiting.mapped(), entry.addresses);
        }
    }
};

Resolver::Resolver() : Resolver(Sources{lookUp, [] { return base::MonoClock::now(); }}) {}

Resolver::Resolver(Sources sources) : state_(std::make_shared<State>(std::move(sources))) {}

Resolver::~Resolver() { shutdown(); }

void Resolver::shutdown() {
    std::lock_guard lock(state_->mutex);
    state_->stopped = true;
    for (auto& [host, waiters] : state_->asked) State::answer(waiters, {});
    state_->wake.notify_all();
}

bool Resolver::numeric(const std::string& host, asio::ip::address& out) {
    ErrorCode error;
    out = asio::ip::make_address(host, error);
    return !error;
}

Task<Resolver::Addresses> Resolver::resolve(Executor executor, std::string host, base::MonoTime deadline, base::Millis keep) {
    auto waiter = std::make_shared<Waiter>(executor, deadline);
    {
        std::lock_guard lock(state_->mutex);
        if (state_->stopped) co_return Addresses{};
        if (const auto* addresses = state_->fresh(host, keep)) co_return *addresses;
        State::ask(state_, host, waiter);
    }
    ErrorCode ignored;
    co_await waiter->timer.async_wait(asio::redirect_error(kAwait, ignored));
    co_return std::move(waiter->answer);
}

Resolver::Addresses Resolver::refresh(const std::string& host, base::Millis keep) {
    std::lock_guard lock(state_->mutex);
    if (state_->stopped) return {};
    if (const auto* addresses = state_->fresh(host, keep)) return *addresses;
    State::ask(state_, host, nullptr);
    const auto entry = state_->known.find(host);
    return entry == state_->known.end() ? Addresses{} : entry->second.addresses;
}

Resolver::Addresses Resolver::known(const std::string& host) const {
    std::lock_guard lock(state_->mutex);
    const auto entry = state_->known.find(host);
    return entry == state_->known.end() ? Addresses{} : entry->second.addresses;
}

}  // namespace gatehouse::net
