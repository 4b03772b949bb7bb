#include "charts/plot_sync.h"

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr double kShortestSpan = 2;  ///< Seconds; ten samples at 5 Hz.
constexpr double kFirstSpan = 10;    ///< Seconds shown while the data is younger.
constexpr std::size_t kEvents = 200;

}  // namespace

PlotSync::PlotSync(QObject* parent) : QObject(parent) {}

void PlotSync::setSpan(double seconds) {
    span_ = seconds;
    follow();
}

void PlotSync::setNow(double time) {
    now_ = time;
    if (following_) follow();
}

void PlotSync::zoom(double factor, double at) {
    const double length = std::clamp((upper_ - lower_) * factor, kShortestSpan, longest_);
    const double share = upper_ > lower_ ? (at - lower_) / (upper_ - lower_) : 1;
    double upper = std::min(at + length * (1 - share), now_);
    setRange(upper - length, upper, false);
}

void PlotSync::pan(double seconds) {
    const double upper = std::clamp(upper_ + seconds, now_ - longest_ + (upper_ - lower_), now_);
    setRange(upper - (upper_ - lower_), upper, false);
}

void PlotSync::reset() { follow(); }

void PlotSync::follow() {
    double length = span_;
    if (oldest_) length = std::clamp(now_ - *oldest_, std::min(kFirstSpan, span_), span_);
    setRange(now_ - length, now_, true);
}

void PlotSync::setRange(double lower, double upper, bool following) {
    const bool modeChanged = following != following_;
    if (lower == lower_ && upper == upper_ && !modeChanged) return;
    lower_ = lower;
    upper_ = upper;
    following_ = following;
    emit rangeChanged();
    if (modeChanged) emit followingChanged(following_);
}

void PlotSync::setCursor(std::optional<double> time) {
    if (cursor_ == time) return;
    cursor_ = time;
    emit cursorChanged();
}

void PlotSync::addEvent(double time, const QString& text) {
    events_.push_back({time, text});
    if (events_.size() > kEvents) events_.erase(events_.begin());
    emit eventsChanged();
}

}  // namespace gatehouse::ui
