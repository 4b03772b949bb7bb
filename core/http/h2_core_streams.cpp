// The streams of a connection: their life from the first frame until nobody holds them, and what they ask of it.
#include "http/h2_core.h"

#include <algorithm>

namespace gatehouse::http {
namespace {

/// The control block of a stream's handle stands in the stream itself: no allocation per request.
template <class T>
struct HandleAllocator {
    using value_type = T;
    explicit HandleAllocator(H2Stream* stream) : stream(stream) {}
    template <class U>
    HandleAllocator(const HandleAllocator<U>& other) : stream(other.stream) {}
    T* allocate(std::size_t count) {
        static_assert(sizeof(T) <= H2Core::kHandleSize);
        static_cast<void>(count);
        return static_cast<T*>(H2Core::handleSlot(*stream));
    }
    void deallocate(T*, std::size_t) { H2Core::handleFreed(*stream); }
    template <class U>
    bool operator==(const HandleAllocator<U>& other) const {
        return stream == other.stream;
    }
    H2Stream* stream;
};

}  // namespace

H2Stream& H2Core::newStream() {
    H2Stream* stream = nullptr;
    if (!spare_.empty()) {
        stream = spare_.back().release();
        spare_.pop_back();
    } else {
        stream = new H2Stream(*this, sweeper_, executor_, limits_);
    }
    stream->begin(isServer(), now_);
    stream->next_ = first_;
    if (first_ != nullptr) first_->previous_ = stream;
    first_ = stream;
    stream->counted_ = true;
    ++activeCount_;
    return *stream;
}

void H2Core::uncount(H2Stream& stream) {
    if (!stream.counted_) return;
    stream.counted_ = false;
    if (--activeCount_ == 0) idleSince_ = now_;
}

/// Puts a stream that nobody needs any more aside.
void H2Core::retire(H2Stream& stream) {
    if (stream.active_ || stream.counted_ || stream.held_ || stream.waiting_) return;
    if (stream.previous_ != nullptr) stream.previous_->next_ = stream.next_;
    else first_ = stream.next_;
    if (stream.next_ != nullptr) stream.next_->previous_ = stream.previous_;
    stream.previous_ = stream.next_ = nullptr;
    if (headStream_ == &stream) headStream_ = nullptr;
    std::unique_ptr<H2Stream> owned(&stream);
    if (spare_.size() >= limits_.h2.streams) return;
    stream.recycle();
    spare_.push_back(std::move(owned));
}

std::shared_ptr<H2Stream> H2Core::handle(H2Stream& stream) {
    stream.held_ = true;
    return {&stream, [](H2Stream* dropped) { handleDropped(*dropped); }, HandleAllocator<H2Stream>(&stream)};
}

/// The last shared_ptr went.
void H2Core::handleDropped(H2Stream& stream) {
    H2Core* const core = stream.core_;
    if (core == nullptr) return;
    if (!stream.in_.empty()) {
        core->discard(stream.in_.size());
        stream.in_.clear();
    }
    if (!stream.active_) return core->uncount(stream);
    if (!stream.endQueued_ || (!core->isServer() && !stream.peerEnded_))
        core->reset(stream, core->isServer() ? kH2InternalError : kH2Cancel);
    else if (stream.endSent_ && !stream.peerEnded_) core->reset(stream, kH2NoError);
}

void H2Core::handleFreed(H2Stream& stream) {
    stream.held_ = false;
    if (H2Core* const core = stream.core_; core != nullptr) {
        const auto keep = core->weak_from_this().lock();
        core->retire(stream);
        core->maybeFinish();
    } else {
        delete &stream;
    }
}

H2Stream* H2Core::find(std::int32_t id) {
    for (H2Stream* stream = first_; stream != nullptr; stream = stream->next_)
        if (stream->id_ == id && stream->active_) return stream;
    return nullptr;
}

bool H2Core::accepting() const {
    return !isServer() && !ending_ && !dead_ && !draining_ && !goawayReceived_ && activeCount_ < maxStreams() &&
           nghttp2_session_check_request_allowed(session_) != 0;
}

std::size_t H2Core::maxStreams() const {
    constexpr std::uint32_t kBeforeSettings = 100;  // RFC 9113 section 6.5.2 recommends no smaller value.
    constexpr std::uint32_t kMost = 1024;
    if (!settingsReceived_) return std::min(kBeforeSettings, limits_.h2.streams);
    return std::min(kMost, nghttp2_session_get_remote_settings(session_, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS));
}

bool H2Core::extendedConnect() const {
    return settingsReceived_ && nghttp2_session_get_remote_settings(session_, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL) == 1;
}

std::shared_ptr<H2Stream> H2Core::open() {
    if (!accepting()) return nullptr;
    return handle(newStream());
}

// ---- What streams ask for

void H2Core::consumed(const H2Stream& stream, std::size_t bytes) {
    nghttp2_session_consume(session_, stream.id_, bytes);
    if (!dirty_ && nghttp2_session_want_write(session_) != 0) markDirty();
}

void H2Core::discard(std::size_t bytes) {
    nghttp2_session_consume_connection(session_, bytes);
    if (!dirty_ && nghttp2_session_want_write(session_) != 0) markDirty();
}

void H2Core::resume(H2Stream& stream) {
    if (stream.deferred_) {
        stream.deferred_ = false;
        nghttp2_session_resume_data(session_, stream.id_);
    }
    markDirty();
}

void H2Core::reset(H2Stream& stream, std::uint32_t code) {
    if (!stream.active_ || stream.ownReset_) return;
    stream.ownReset_ = true;
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream.id_, code);
    markDirty();
}

const char* H2Core::countOwnReset() {
    const char* limit = guard_.ownReset();
    if (limit == nullptr) return nullptr;
    if (receiving_) stopLimit_ = limit;
    else overLimit(limit, "The peer's mistakes made us reset too many streams.");
    return limit;
}

}  // namespace gatehouse::http
