#include "app/signals.h"

#include <unistd.h>

#include <ctime>
#include <utility>

namespace gatehouse::app {

StopSignals::StopSignals() : onTerminal_(isatty(STDIN_FILENO) || isatty(STDOUT_FILENO) || isatty(STDERR_FILENO)) {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

bool StopSignals::wait(std::chrono::milliseconds timeout) {
    timespec span{};
    span.tv_sec = static_cast<std::time_t>(timeout.count() / 1000);
    span.tv_nsec = static_cast<long>(timeout.count() % 1000) * 1'000'000;
    const int taken = sigtimedwait(&set_, nullptr, &span);
    if (taken < 0) return false;
    if (taken == SIGHUP && !onTerminal_) {
        reload_ = true;
        return false;
    }
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    return true;
}

bool StopSignals::takeReload() { return std::exchange(reload_, false); }

}  // namespace gatehouse::app
