// ArmChoice: lets the process that holds this gateway say which backend of a split answers one of its own requests. The request carries a
// field whose value begins with a token that was made at the start and is told to nobody else; it counts on connections from this machine
// alone, and is taken out before anything looks at the request, whoever sent it. Off until somebody asks for it: `serve` never does.
// Thread: any; enable() once is seen by later requests. Lifetime: the gateway's, shared with its workers.
#pragma once

#include "http/message.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::gateway {

class ArmChoice {
  public:
    static constexpr std::string_view kField = "x-gatehouse-arm";
    static constexpr int kNone = -1;

    ArmChoice();

    bool on() const { return on_.load(std::memory_order_relaxed); }
    /// Name and value of the field that asks for the backend at this position of its rule; from now on it is looked for.
    std::pair<std::string, std::string> fieldFor(std::size_t backend);
    /// Takes the field out of the request. The position that it asks for, or kNone where it may ask for nothing.
    int take(http::Headers& headers, bool sameMachine) const;

  private:
    std::atomic<bool> on_{false};
    std::string token_;
};

}  // namespace gatehouse::gateway
