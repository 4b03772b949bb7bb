// PoolExchange: what an exchange knows of its pick among a pool's pods. Kept from request to request of a connection, so that a pick
// allocates nothing. Thread: its worker's. Lifetime: of the Exchange.
#pragma once

#include "inference/pool.h"
#include "inference/prompt.h"

namespace gatehouse::gateway {

struct PoolExchange {
    inference::Prompt prompt;
    bool promptRead = false;
    inference::Booking booking;
    double waitedSeconds = 0;

    /// Another request begins.
    void begin() {
        promptRead = false;
        waitedSeconds = 0;
    }
};

}  // namespace gatehouse::gateway
