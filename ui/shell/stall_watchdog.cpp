#include "shell/stall_watchdog.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {
constexpr int kBeatMillis = 50;
constexpr qint64 kStallMillis = 100;
}  // namespace

StallWatchdog::StallWatchdog(QObject* parent) : QObject(parent) {
    timer_.setInterval(kBeatMillis);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &StallWatchdog::beat);
}

void StallWatchdog::start() {
    worst_ = 0;
    since_.start();
    timer_.start();
}

void StallWatchdog::stop() { timer_.stop(); }

void StallWatchdog::beat() {
    const qint64 late = since_.restart() - kBeatMillis;
    worst_ = std::max(worst_, late);
    if (late > kStallMillis) emit stalled(late);
}

}  // namespace gatehouse::ui
