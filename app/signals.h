// Waiting for SIGINT, SIGTERM and SIGHUP without a handler: they are blocked in every thread and taken by the one that waits.
// Thread: main. Construct before any other thread starts, so that the threads inherit the mask.
#pragma once

#include <chrono>
#include <csignal>

namespace gatehouse::app {

class StopSignals {
  public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    /// True when one arrived within `timeout`. From then on a second one ends the process at once.
    bool wait(std::chrono::milliseconds timeout);
    /// The same, but returns as soon as `descriptor` is readable; -1: none.
    bool wait(std::chrono::milliseconds timeout, int descriptor);
    /// True once after each SIGHUP that asks a service to read everything again. To a process on a terminal the same signal
    /// says that the terminal is gone, and stops it.
    bool takeReload();

  private:
    sigset_t set_;
    int pending_;  ///< Readable when a signal waits to be taken.
    bool onTerminal_;
    bool reload_ = false;
};

}  // namespace gatehouse::app
