// Acceptor: the listening sockets of a data plane. Runs on the first worker's thread and deals each connection to the worker
// with the fewest, because a few long LLM streams would spread badly by hash.
// Thread: open() and close() from the control thread, the rest on the first worker's. Lifetime: owned by the DataPlane.
#pragma once

#include "base/result.h"
#include "gateway/worker.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::gateway {

/// The number from which on descriptors are kept back: the process's limit without the spare ones, but never more than half.
int highestClientDescriptor(std::size_t spare);

class Acceptor {
  public:
    Acceptor(std::vector<std::unique_ptr<Worker>>& workers, const http::Limits& limits);
    ~Acceptor();

    /// Binds and begins to accept for a logical port; answers the bound address.
    Result<std::string> open(std::uint16_t logicalPort, const std::string& bind);
    void close(std::uint16_t logicalPort);
    void closeAll();

  private:
    struct Door;
    static net::Task<void> accept(std::shared_ptr<Door> door, Acceptor& self);
    void deal(int descriptor, const Door& door);
    /// At once, so that the client does not wait, and counted.
    void refuse(int descriptor, const char* limit);

    std::vector<std::unique_ptr<Worker>>& workers_;
    std::int64_t maxConnections_;
    int highestDescriptor_;  ///< Clients get none beyond: the rest is for upstreams, files and the admin endpoint.
    std::unordered_map<std::uint16_t, std::shared_ptr<Door>> doors_;  ///< First worker's thread.
    std::size_t next_ = 0;
};

}  // namespace gatehouse::gateway
