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

class Acceptor {
  public:
    Acceptor(std::vector<std::unique_ptr<Worker>>& workers, std::size_t maxConnections);
    ~Acceptor();

    /// Binds and begins to accept for a logical port; answers the bound address.
    Result<std::string> open(std::uint16_t logicalPort, const std::string& bind);
    void close(std::uint16_t logicalPort);
    void closeAll();

  private:
    struct Door;
    static net::Task<void> accept(std::shared_ptr<Door> door, Acceptor& self);
    void deal(int descriptor, const Door& door);

    std::vector<std::unique_ptr<Worker>>& workers_;
    std::int64_t maxConnections_;
    std::unordered_map<std::uint16_t, std::shared_ptr<Door>> doors_;  ///< First worker's thread.
    std::size_t next_ = 0;
};

}  // namespace gatehouse::gateway
