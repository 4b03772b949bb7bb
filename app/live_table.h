// The small table of the headless demo: one line per pod. Thread: pure functions.
#pragma once

#include "gateway/gateway.h"

#include <chrono>
#include <string>

namespace gatehouse::app {

/// Pod, queue, running, KV-cache use, GPU memory, picks and their share; below a line on the traffic since `previous`.
std::string liveTable(const gateway::State& state, const gateway::State& previous, std::chrono::milliseconds elapsed);

}  // namespace gatehouse::app
