#include "http/h2_guard.h"

namespace gatehouse::http {
namespace {

/// RFC 9113 section 6, RFC 9218 section 7.1.
enum FrameType : std::uint8_t {
    kData = 0,
    kHeaders = 1,
    kPriority = 2,
    kResetStream = 3,
    kGoAway = 7,
    kWindowUpdate = 8,
    kContinuation = 9,
    kPriorityUpdate = 16,
};

}  // namespace

const char* H2Guard::frameBegins(std::uint8_t type, std::size_t length, base::MonoTime now) {
    switch (type) {
        case kData: controls_.give(limits_.controlsPerFrame); return nullptr;
        case kHeaders:
        case kContinuation:
            controls_.give(limits_.controlsPerFrame);
            if (length > 0) emptyInRow_ = 0;
            else if (++emptyInRow_ > limits_.emptyInRow) return h2limit::kEmptyFrames;
            return nullptr;
        case kPriority:
        case kPriorityUpdate:
            // Envoy's max_inbound_priority_frames_per_stream.
            return ++priorities_ > limits_.prioritiesPerStream * (1 + opened_) ? h2limit::kPriorityFlood : nullptr;
        case kWindowUpdate:
            // Envoy's max_inbound_window_update_frames_per_data_frame_sent.
            return ++updates_ > 5 + 2 * (opened_ + limits_.updatesPerData * dataSent_) ? h2limit::kWindowUpdateFlood
                                                                                       : nullptr;
        case kResetStream:
        case kGoAway: return nullptr;
        default: return controls_.take(now) ? nullptr : h2limit::kControlFlood;
    }
}

const char* H2Guard::dataArrived(std::size_t bytes, bool end) {
    if (bytes > 0 || end) emptyInRow_ = 0;
    else if (++emptyInRow_ > limits_.emptyInRow) return h2limit::kEmptyFrames;
    return nullptr;
}

const char* H2Guard::resetArrived(base::MonoTime now) { return resets_.take(now) ? nullptr : h2limit::kRapidReset; }

const char* H2Guard::streamClosed(bool resetByPeer, base::MonoClock::duration lived) {
    ++closed_;
    if (resetByPeer && lived <= limits_.resetSoon) ++resetSoon_;
    // Envoy's rule: half of all that were closed; known early where good streams could no longer make up for it.
    const auto among = std::max(closed_, limits_.resetShareAfter);
    return resetSoon_ * 2 >= among ? h2limit::kResetShare : nullptr;
}

const char* H2Guard::ownReset() { return ++ownResets_ > limits_.ownResets ? h2limit::kOwnResets : nullptr; }

}  // namespace gatehouse::http
