// H2Core: what stands between an H2Session, its H2Streams and nghttp2. nghttp2 does frames, HPACK, flow control and the
// states of streams; heads and lengths are checked by ours (its HTTP checks can only reset, ours can answer).
// Thread: its worker's. Lifetime: shared by the session and its coroutines. Included by h2_*.cpp only.
#pragma once

#include "http/h2_guard.h"
#include "http/h2_session.h"
#include "http/h2_stream.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::http {

class H2Core final : public std::enable_shared_from_this<H2Core> {
  public:
    H2Core(net::Stream& stream, const Limits& limits, H2Role role, H2Handler& handler, net::Executor executor,
           net::Sweeper& sweeper);
    ~H2Core();

    // ---- For the session.
    static net::Task<void> run(std::shared_ptr<H2Core> self);
    std::shared_ptr<H2Stream> open();
    bool accepting() const;
    std::size_t active() const { return activeCount_; }
    std::size_t maxStreams() const;
    bool extendedConnect() const;
    bool settingsKnown() const { return settingsReceived_; }
    void shutdown();
    void close(std::uint32_t code);
    bool over() const { return ending_ || dead_; }
    std::string_view endCode() const { return endCode_; }
    std::string_view endReason() const { return endReason_; }

    // ---- For the streams.
    void consumed(const H2Stream& stream, std::size_t bytes);
    bool submitHead(H2Stream& stream, std::span<const Header> fields, bool interim, bool end);
    void resume(H2Stream& stream);
    void reset(H2Stream& stream, std::uint32_t code);
    /// For DATA that is dropped: frees the connection's window, not the stream's.
    void discard(std::size_t bytes);
    const char* countOwnReset();
    void bite(const char* limit) { handler_.onLimit(limit); }

    static void* handleSlot(H2Stream& stream) { return stream.handle_; }
    static void handleDropped(H2Stream& stream);
    static void handleFreed(H2Stream& stream);
    static constexpr std::size_t kHandleSize = sizeof(H2Stream::handle_);

  private:
    /// Looks at the clock a few times a second.
    class Watchdog final : public net::Waiter {
      public:
        Watchdog(net::Sweeper& sweeper, H2Core& core) : Waiter(sweeper), core_(core) {}
        void start();
        void stop() { finishWait(true, net::IoEnd::Stopped); }

      private:
        void cancelWait() override;
        H2Core& core_;
    };
    static constexpr std::chrono::milliseconds kWatch{100};

    void start();
    void feed();
    void received(ssize_t result);
    void dispatch();
    void markDirty();
    static net::Task<void> writeLoop(std::shared_ptr<H2Core> self);
    void fill();
    void append(const std::uint8_t* bytes, std::size_t size) {
        if (out_.size() < outSize_ + size) out_.resize(std::max(2 * out_.size(), outSize_ + size));
        std::memcpy(out_.data() + outSize_, bytes, size);
        outSize_ += size;
    }
    void watch(base::MonoTime now);
    /// Ends the connection: GOAWAY with `code`, then closed once it was sent.
    void endWith(std::uint32_t code, const char* endCode, std::string_view reason);
    void overLimit(const char* limit, std::string_view reason);
    void noteEnd(const char* code, std::string_view reason);
    void finishDrain();
    void maybeFinish();
    void killStreams(std::uint32_t code);
    void detachAll();

    H2Stream& newStream();
    void retire(H2Stream& stream);
    void uncount(H2Stream& stream);
    std::shared_ptr<H2Stream> handle(H2Stream& stream);
    H2Stream* find(std::int32_t id);
    H2Stream* known(std::int32_t id) const {
        return static_cast<H2Stream*>(nghttp2_session_get_stream_user_data(session_, id));
    }
    bool isServer() const { return role_ == H2Role::Server; }
    /// Within nghttp2: answers the code that stops it.
    int stop(const char* limit);

    // ---- nghttp2's callbacks, in h2_callbacks.cpp.
    static const nghttp2_session_callbacks* callbacks();
    int onBeginFrame(const nghttp2_frame_hd& head);
    int onBeginHeaders(const nghttp2_frame& frame);
    int onHeader(std::string_view name, std::string_view value);
    int onFrame(const nghttp2_frame& frame);
    int onInvalidFrame(const nghttp2_frame& frame, int error);
    int onData(std::int32_t id, std::string_view bytes);
    int onFrameSent(const nghttp2_frame& frame);
    int onFrameNotSent(const nghttp2_frame& frame);
    int onStreamClosed(std::int32_t id, std::uint32_t code);
    ssize_t readBody(H2Stream& stream, std::size_t most, std::uint32_t& flags);
    int sendBody(H2Stream& stream, const std::uint8_t* head, std::size_t bytes);

    net::Stream& stream_;
    const Limits& limits_;
    const H2Role role_;
    H2Handler& handler_;
    net::Executor executor_;
    net::Sweeper& sweeper_;
    H2Guard guard_;
    nghttp2_session* session_ = nullptr;

    // Streams: all that are active or held, those to be begun, those that can be used again.
    H2Stream* first_ = nullptr;
    std::size_t activeCount_ = 0;
    std::deque<H2Stream*> waiting_;
    std::vector<std::unique_ptr<H2Stream>> spare_;
    H2Stream* headStream_ = nullptr;  ///< Whose block of fields is being read.
    std::vector<nghttp2_nv> fields_;

    // Writing.
    std::vector<char> out_;
    std::size_t outSize_ = 0;
    net::Event wake_;
    net::Event writerEnded_;
    bool dirty_ = false;
    bool writerDone_ = false;

    // Times.
    Watchdog watchdog_;
    base::MonoTime now_{};
    base::MonoTime started_{};
    base::MonoTime headSince_{};   ///< A block of fields is incomplete since then.
    base::MonoTime idleSince_{};
    base::MonoTime writeSince_{};
    base::MonoTime drainSince_{};
    base::MonoTime closeAt_ = net::Waiter::kNever;
    base::MonoTime heardAt_{};
    base::MonoTime pingedAt_{};

    // How it stands.
    bool dispatching_ = false;
    bool receiving_ = false;
    bool settingsReceived_ = false;
    bool settingsAcked_ = false;
    bool goawayReceived_ = false;
    bool draining_ = false;      ///< shutdown() was called.
    bool drained_ = false;       ///< The final GOAWAY was submitted.
    bool ending_ = false;        ///< Nothing is read any more; what is queued is written, then closed.
    bool dead_ = false;
    const char* endCode_ = "";
    std::string endReason_;
    std::string libraryError_;
    const char* stopLimit_ = nullptr;
};

}  // namespace gatehouse::http
