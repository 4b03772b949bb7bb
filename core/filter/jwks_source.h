// Key sets that are fetched: read again when their time is over, asked for at once when a token names a key that is not known (not
// more often than every ten seconds), and kept while their issuer is down.
// Thread: JwksSource any; the registry's members the control thread's, its fetching a thread of its own (libcurl), which begins with
// start(): whoever only checks or explains a configuration fetches nothing. Lifetime: outlives snapshots (route::Runtime).
#pragma once

#include "base/clock.h"
#include "filter/jwks.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::filter {

struct JwksOptions {
    std::string url;
    std::string connectTo;  ///< "host:port" that is dialled in place of the URL's; empty: the URL's own.
    std::chrono::milliseconds cacheFor{300'000};
    std::chrono::milliseconds firstRetry{1'000};  ///< After a failure; doubled up to a minute.
    bool operator==(const JwksOptions&) const = default;
};

/// Not more often for keys that are not known: any client can invent their names.
inline constexpr std::chrono::seconds kUnknownKeyPause{10};

class JwksRegistry;

class JwksSource {
  public:
    explicit JwksSource(JwksOptions options) : options_(std::move(options)) {}

    /// Null: none were fetched yet.
    std::shared_ptr<const KeySet> keys() const;
    /// True: newer keys than `known` may be there in a moment, so ask again; false: nobody will bring any now.
    bool wantKeys(const std::shared_ptr<const KeySet>& known = nullptr);
    /// Why the last fetch failed; empty: it did not.
    std::string problem() const;
    std::uint64_t fetches() const { return fetches_.load(std::memory_order_relaxed); }
    const JwksOptions& options() const { return options_; }

    /// What a fetch brought; of the fetching thread, and of tests.
    void arrived(Result<std::shared_ptr<const KeySet>> keys, base::MonoTime now);

  private:
    friend class JwksRegistry;
    base::MonoTime dueAt() const;

    const JwksOptions options_;
    mutable std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    std::string problem_;
    base::MonoTime nextAt_{};          ///< The epoch: at once.
    base::MonoTime unknownAllowedAt_{};
    std::chrono::milliseconds retry_{0};
    bool wanted_ = false, fetching_ = false, served_ = false;
    std::function<void()> wake_;
    std::atomic<std::uint64_t> fetches_{0};
};

class JwksRegistry {
  public:
    JwksRegistry();
    ~JwksRegistry();
    JwksRegistry(const JwksRegistry&) = delete;
    JwksRegistry& operator=(const JwksRegistry&) = delete;

    std::shared_ptr<JwksSource> source(const JwksOptions& options);
    /// From now on sources are fetched.
    void start();
    void stop();
    void prune();
    std::size_t size() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::filter
