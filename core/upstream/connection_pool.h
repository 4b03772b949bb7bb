// ConnectionPool: a worker's connections to upstreams, kept alive between requests, last in first out, per endpoint.
// The key is the Endpoint, which belongs to one cluster and so to one identity (address, TLS, name).
// Thread: its worker's. Lifetime: outlives the worker's exchanges.
#pragma once

#include "http/limits.h"
#include "net/resolver.h"
#include "net/stream.h"
#include "upstream/endpoint.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::upstream {

struct Connection {
    Connection(net::Sweeper& sweeper, net::Socket socket, std::shared_ptr<const Endpoint> endpoint)
        : stream(sweeper, std::move(socket), kInput), endpoint(std::move(endpoint)) {}
    static constexpr std::size_t kInput = 16 * 1024;

    net::Stream stream;
    std::shared_ptr<const Endpoint> endpoint;  ///< Keeps the key alive.
    base::MonoTime idleSince;
    std::uint32_t requests = 0;  ///< Served before; above 0 the connection is a reused one.
};

class ConnectionPool {
  public:
    ConnectionPool(net::Executor executor, net::Sweeper& sweeper, net::Resolver& resolver, const http::Limits& limits);
    ~ConnectionPool();

    /// The last used idle connection, or null. `sure`: looks whether it is still open (one system call), for requests that
    /// could not be sent again.
    std::unique_ptr<Connection> take(const Endpoint& endpoint, bool sure);
    /// A new one, or null when nothing answered before the deadline.
    net::Task<std::unique_ptr<Connection>> connect(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                                   const net::Watched* client);
    /// Back to the pool, after a proper end of an answer.
    void give(std::unique_ptr<Connection> connection, base::MonoTime now);

    /// Closes what has idled too long or was closed by the other side. About once a second.
    void sweep(base::MonoTime now);
    void clear();

    std::uint64_t connects() const { return connects_; }
    std::uint64_t reuses() const { return reuses_; }
    std::size_t idle() const;

  private:
    struct Slot {
        const Endpoint* endpoint = nullptr;
        std::vector<std::unique_ptr<Connection>> idle;  ///< Oldest first.
    };
    Slot& slotOf(const Endpoint& endpoint);

    net::Executor executor_;
    net::Sweeper& sweeper_;
    net::Resolver& resolver_;
    const http::Limits& limits_;
    std::vector<Slot> slots_;  ///< By Endpoint::index.
    std::uint64_t connects_ = 0;
    std::uint64_t reuses_ = 0;
};

}  // namespace gatehouse::upstream
