// Resolver: host names to addresses, off the worker threads. Numeric addresses answer at once; names are asked for on one
// helper thread and kept for a short time. Thread: construct and shutdown() from the control thread, resolve() on any worker
// that runs. Lifetime: outlives the workers' coroutines; a look-up that the system does not finish never delays shutdown().
#pragma once

#include "net/io.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::net {

class Resolver {
  public:
    static constexpr std::chrono::seconds kKeep{10};     ///< A found name.
    static constexpr std::chrono::seconds kKeepBad{2};   ///< A name that was not found.

    Resolver();
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Empty when the name is unknown or the deadline passed.
    Task<std::vector<asio::ip::address>> resolve(Executor executor, std::string host, base::MonoTime deadline);
    /// A numeric address, without waiting.
    static bool numeric(const std::string& host, asio::ip::address& out);
    /// Wakes every waiter with nothing.
    void shutdown();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gatehouse::net
