// H2Guard: the books on what a peer may do on an HTTP/2 connection without asking for anything: resets, control frames,
// empty frames. Each count answers the name of the limit that it went over, or null.
// Thread: its session's. Lifetime: a member of the session.
#pragma once

#include "base/clock.h"
#include "http/h2_limits.h"

#include <algorithm>
#include <cstdint>

namespace gatehouse::http {

/// So many at once, and so many more per second.
class TokenBucket {
  public:
    TokenBucket(double burst, double perSecond) : burst_(burst), perSecond_(perSecond), left_(burst) {}
    bool take(base::MonoTime now) {
        if (left_ < 1 || now - last_ > std::chrono::seconds(1)) refill(now);
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }
    void give(double tokens) { left_ = std::min(burst_, left_ + tokens); }

  private:
    void refill(base::MonoTime now) {
        if (last_ != base::MonoTime{}) give(perSecond_ * std::chrono::duration<double>(now - last_).count());
        last_ = now;
    }
    double burst_;
    double perSecond_;
    double left_;
    base::MonoTime last_{};
};

class H2Guard {
  public:
    explicit H2Guard(const H2Limits& limits)
        : limits_(limits),
          resets_(limits.resetBurst, limits.resetsPerSecond),
          controls_(limits.controlBurst, limits.controlsPerSecond) {}

    /// The header of any frame of the peer.
    const char* frameBegins(std::uint8_t type, std::size_t length, base::MonoTime now);
    /// A DATA frame of the peer: `bytes` of it are body.
    const char* dataArrived(std::size_t bytes, bool end);
    const char* resetArrived(base::MonoTime now);
    const char* streamClosed(bool resetByPeer, base::MonoClock::duration lived);
    const char* ownReset();
    void streamOpened() { ++opened_; }
    void dataSent() { ++dataSent_; }

  private:
    const H2Limits& limits_;
    TokenBucket resets_;
    TokenBucket controls_;
    std::uint64_t opened_ = 0;
    std::uint64_t closed_ = 0;
    std::uint64_t resetSoon_ = 0;
    std::uint64_t ownResets_ = 0;
    std::uint64_t dataSent_ = 0;
    std::uint64_t priorities_ = 0;
    std::uint64_t updates_ = 0;
    std::uint64_t emptyInRow_ = 0;
};

}  // namespace gatehouse::http
