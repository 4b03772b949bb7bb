// Waiting for room in a pool whose pods are all full, by priority (inference/flow_control.h): of requests here, and of those that other
// gateways ask about. Thread: the loop's that waits. Lifetime: an ask outlives its wait.
#pragma once

#include "inference/pool.h"
#include "net/waiter.h"

#include <cstdint>
#include <vector>

namespace gatehouse::gateway {

/// Why a request is not picked for. Constants.
struct NoRoom {
    int status;
    const char* reason;  ///< Of the endpoint picker's, but for "timeout" and "client-left".
    const char* sentence;
};

struct RoomAsk {
    inference::Pool& pool;  ///< It has a scheduler.
    int priority = 0;
    std::uint64_t bytes = 0;  ///< That are held meanwhile.
    base::MonoTime now;
    base::MonoTime deadline = base::MonoTime::max();
    const net::Watched* client = nullptr;
    net::Sweeper& sweeper;
    net::Executor executor;
    const std::vector<const inference::Pod*>* among = nullptr;  ///< As of PickAsk.
    double waitedSeconds = 0;      ///< What came of it.
    net::Event* event = nullptr;   ///< While it waits: whoever stops it interrupts that with IoEnd::Stopped.
};

/// Would it have to wait, or be refused? Cheap where nobody waits: then only what may be shed or asks for a subset is looked at closely.
bool lacksRoom(const RoomAsk& ask);
/// Null: it is its turn. Else the request ends so.
net::Task<const NoRoom*> waitForRoom(RoomAsk& ask);

}  // namespace gatehouse::gateway
