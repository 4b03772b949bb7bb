// ConnectionPool: a worker's connections to upstreams, kept alive between requests: HTTP/1 last in first out, HTTP/2 shared
// by as many requests as the upstream allows.
// The key is the Endpoint, which belongs to one cluster and so to one identity (address, TLS, name).
// Thread: its worker's. Lifetime: outlives the worker's exchanges.
#pragma once

#include "http/limits.h"
#include "net/resolver.h"
#include "net/stream.h"
#include "upstream/connection_ticket.h"
#include "upstream/dial.h"
#include "upstream/http1_call.h"
#include "upstream/http2_call.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::upstream {

class ConnectionPool {
  public:
    ConnectionPool(net::Executor executor, net::Sweeper& sweeper, net::Resolver& resolver, const http::Limits& limits);
    ~ConnectionPool();

    /// The last used idle connection, or null. `sure`: looks whether it is still open (one system call), for requests that
    /// could not be sent again.
    std::unique_ptr<Call> take(const Endpoint& endpoint, bool sure);
    struct Connected {
        std::unique_ptr<Call> call;  ///< Null when nothing answered properly before the deadline.
        std::string tlsError;        ///< One sentence, where TLS was why.
        const char* overflow = nullptr;  ///< The limit's name, where one was why.
    };
    /// Over HTTP/2 a connection that is being made is waited for and shared.
    net::Task<Connected> connect(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                 const net::Watched* client);
    struct Raw {
        std::unique_ptr<net::Stream> stream;  ///< Null: nothing answered.
        ConnectionTicket ticket;              ///< To be kept as long as the stream.
        const char* overflow = nullptr;
        std::string tlsError;
    };
    /// A connection for bytes alone: no protocol, TLS where the endpoint's transport has it, never pooled.
    net::Task<Raw> connectRaw(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                                       const net::Watched* client);
    /// After the whole answer was taken: back to the pool, where the protocol and both sides allow it.
    void give(std::unique_ptr<Call> call, base::MonoTime now);

    /// Told of each limit that is enforced here; `name` has static lifetime.
    void tellLimits(std::function<void(const char*)> told) { told_ = std::move(told); }

    /// Closes what has idled too long or was closed by the other side. About once a second.
    void sweep(base::MonoTime now);
    void clear();
    /// After clear(): every shared connection has ended.
    bool ended() const { return live_.use_count() == 1; }

    std::uint64_t connects() const { return connects_; }
    std::uint64_t reuses() const { return reuses_; }
    std::size_t idle() const;

  private:
    /// An HTTP/2 connection that is being made, and those who wait for it.
    struct Dial {
        std::vector<net::Event*> waiting;
        bool failed = false;  ///< For good, not because the one who made it went away.
        std::string tlsError;
        const char* overflow = nullptr;
        void tell();
    };
    struct Slot {
        const Endpoint* endpoint = nullptr;
        std::vector<std::unique_ptr<Http1Call>> idle;  ///< Oldest first.
        std::vector<std::shared_ptr<Http2Link>> links;
        std::shared_ptr<Dial> dial;
        std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    };
    std::unique_ptr<Call> share(Slot& slot);
    Slot& slotOf(const Endpoint& endpoint);
    net::Task<Connected> connectHttp1(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                      const net::Watched* client);
    net::Task<Connected> connectHttp2(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                      const net::Watched* client);
    net::Task<Connected> dial(std::shared_ptr<const Endpoint> endpoint, std::shared_ptr<Dial> dial, base::MonoTime deadline,
                              const net::Watched* client);
    /// Room for one more connection, waited for. An empty ticket: a connection became free meanwhile and is in `result`, or
    /// result.overflow says why there is none, or the client left.
    net::Task<ConnectionTicket> admit(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                      const net::Watched* client, Connected& result);
    /// A socket to one of the endpoint's addresses.
    net::Task<Dialled> dialEndpoint(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                    const net::Watched* client);
    /// The handshake, where the transport has one. False: `tlsError` or stream.end() says why not.
    net::Task<bool> secure(net::Stream& stream, const Transport& transport, std::string& tlsError);
    void sweepName(Slot& slot);

    net::Executor executor_;
    net::Sweeper& sweeper_;
    net::Resolver& resolver_;
    const http::Limits& limits_;
    void bite(const char* limit) const {
        if (told_) told_(limit);
    }

    std::vector<Slot> slots_;  ///< By Endpoint::index.
    std::function<void(const char*)> told_;
    std::shared_ptr<void> live_ = std::make_shared<char>();  ///< Held by each Http2Link.
    std::uint64_t connects_ = 0;
    std::uint64_t reuses_ = 0;
};

}  // namespace gatehouse::upstream
