// Gate: a worker's connections to one endpoint: how many are open, and who waits for one. ConnectionTicket: the right to have
// one open; held as long as the connection lives.
// Thread: the worker's; the counts in the endpoint and its cluster are shared. Lifetime: a ticket holds its gate and endpoint.
#pragma once

#include "http/limits.h"
#include "net/waiter.h"
#include "upstream/endpoint.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace gatehouse::upstream {

struct Gate {
    std::uint32_t open = 0;
    std::deque<net::Event*> waiting;  ///< First come, first served.
    /// A connection became free, or may be opened.
    void wake() {
        if (!waiting.empty()) waiting.front()->notify();
    }
};

class ConnectionTicket {
  public:
    ConnectionTicket() = default;
    ConnectionTicket(ConnectionTicket&& other) noexcept = default;
    ConnectionTicket& operator=(ConnectionTicket&& other) noexcept;
    ~ConnectionTicket() { giveBack(); }

    /// An empty one where a limit is reached. Where the worker has no connection to the endpoint yet, one is always let
    /// through (as Envoy's pools do): what another worker keeps idle must not shut this one out.
    static ConnectionTicket take(std::shared_ptr<const Endpoint> endpoint, std::shared_ptr<Gate> gate,
                                 const http::Limits& limits);
    explicit operator bool() const { return endpoint_ != nullptr; }

  private:
    void giveBack();
    std::shared_ptr<const Endpoint> endpoint_;
    std::shared_ptr<Gate> gate_;
};

/// A request that waits for a connection, while it does.
class PendingTicket {
  public:
    PendingTicket(const Endpoint& endpoint, Gate& gate, const http::Limits& limits);
    ~PendingTicket();
    PendingTicket(const PendingTicket&) = delete;
    PendingTicket& operator=(const PendingTicket&) = delete;
    bool refused() const { return refused_; }

  private:
    std::shared_ptr<ClusterState> cluster_;
    bool refused_ = false;
};

}  // namespace gatehouse::upstream
