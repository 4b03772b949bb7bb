// Waiting for SIGINT and SIGTERM without a handler: they are blocked in every thread and taken by the one that waits.
// Thread: main. Construct before any other thread starts, so that the threads inherit the mask.
#pragma once

#include <chrono>
#include <csignal>

namespace gatehouse::app {

class StopSignals {
  public:
    StopSignals();
    /// True when one arrived within `timeout`. From then on a second one ends the process at once.
    bool wait(std::chrono::milliseconds timeout);

  private:
    sigset_t set_;
};

}  // namespace gatehouse::app
