// Resolver: host names to addresses, off the worker threads. Numeric addresses answer at once; names are asked for on a few
// helper threads and kept for a while. The system's resolver tells no TTL, so the time to keep a name is a setting. A name
// that could be resolved once keeps its last addresses while it cannot be.
// Thread: construct and shutdown() from the control thread, the rest on any thread while workers run. Lifetime: outlives the
// workers' coroutines; a look-up that the system does not finish never delays shutdown().
#pragma once

#include "net/io.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::net {

class Resolver {
  public:
    using Addresses = std::vector<asio::ip::address>;
    static constexpr std::chrono::seconds kKeep{10};     ///< A found name.
    static constexpr std::chrono::seconds kKeepBad{2};   ///< A name that was not found.

    /// Other than the system's, for tests: the look-up, which may block, and the clock.
    struct Sources {
        std::function<Addresses(const std::string&)> lookUp;
        std::function<base::MonoTime()> now;
    };

    Resolver();
    explicit Resolver(Sources sources);
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Empty when the name is unknown or the deadline passed. `keep`: how old an answer may be; 0: kKeep.
    Task<Addresses> resolve(Executor executor, std::string host, base::MonoTime deadline,
                            base::Millis keep = base::Millis::zero());
    /// The last addresses of a name, without waiting; empty where it was never found. Where they are older than `keep`, the
    /// name is asked for again meanwhile.
    Addresses refresh(const std::string& host, base::Millis keep = base::Millis::zero());
    /// The last addresses of a name, as they are.
    Addresses known(const std::string& host) const;
    /// A numeric address, without waiting.
    static bool numeric(const std::string& host, asio::ip::address& out);
    /// Wakes every waiter with nothing.
    void shutdown();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gatehouse::net
