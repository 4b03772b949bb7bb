#include "app/signals.h"

#include <poll.h>
#include <sys/signalfd.h>
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
    pending_ = signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopSignals::~StopSignals() {
    if (pending_ >= 0) close(pending_);
}

bool StopSignals::wait(std::chrono::milliseconds timeout, int descriptor) {
    if (pending_ < 0 || descriptor < 0) return wait(timeout);
    pollfd ready[] = {{pending_, POLLIN, 0}, {descriptor, POLLIN, 0}};
    poll(ready, 2, static_cast<int>(timeout.count()));
    return wait(std::chrono::milliseconds(0));
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
