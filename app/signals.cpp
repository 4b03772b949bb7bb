#include "app/signals.h"

#include <ctime>

namespace gatehouse::app {

StopSignals::StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

bool StopSignals::wait(std::chrono::milliseconds timeout) {
    timespec span{};
    span.tv_sec = static_cast<std::time_t>(timeout.count() / 1000);
    span.tv_nsec = static_cast<long>(timeout.count() % 1000) * 1'000'000;
    if (sigtimedwait(&set_, nullptr, &span) < 0) return false;
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    return true;
}

}  // namespace gatehouse::app
