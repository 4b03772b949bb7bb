// PortForward: a port of loopback whose connections lead to a port of a pod, through the API server, by WebSocket (subprotocol
// v4.channel.k8s.io: one TCP connection each). A connection that cannot be made is closed; the next one tries again, so that a lost cluster
// or a pod that comes back need nothing done.
// Source: Kubernetes, pods/portforward.
// Thread: construct and destroy on any; a thread of its own accepts, one more serves each connection. Lifetime: ends before its Client.
#pragma once

#include "cluster/client.h"

#include <cstdint>
#include <memory>
#include <string>

namespace gatehouse::cluster {

class PortForward {
  public:
    /// Errors: "port-forward" where no port of loopback is to be had.
    static Result<std::unique_ptr<PortForward>> open(Client& client, std::string ns, std::string pod, std::uint16_t port);
    ~PortForward();
    PortForward(const PortForward&) = delete;
    PortForward& operator=(const PortForward&) = delete;

    std::uint16_t localPort() const;
    /// Why the last connection could not be made or broke off; empty: it went well, or there was none.
    std::string problem() const;
    std::uint64_t connections() const;

  private:
    struct State;
    explicit PortForward(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace gatehouse::cluster
