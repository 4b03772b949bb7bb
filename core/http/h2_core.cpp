#include "http/h2_core.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>

namespace gatehouse::http {
namespace {

constexpr std::uint8_t kDrainPing[8] = {'d', 'r', 'a', 'i', 'n', 0, 0, 0};

struct OptionDeleter {
    void operator()(nghttp2_option* option) const { nghttp2_option_del(option); }
};

}  // namespace

H2Core::H2Core(net::Stream& stream, const Limits& limits, H2Role role, H2Handler& handler, net::Executor executor,
               net::Sweeper& sweeper)
    : stream_(stream),
      limits_(limits),
      role_(role),
      handler_(handler),
      executor_(executor),
      sweeper_(sweeper),
      guard_(limits.h2),
      wake_(sweeper, executor),
      writerEnded_(sweeper, executor),
      watchdog_(sweeper, *this) {
    nghttp2_option* made = nullptr;
    nghttp2_option_new(&made);
    const std::unique_ptr<nghttp2_option, OptionDeleter> option(made);
    nghttp2_option_set_no_auto_window_update(made, 1);
    nghttp2_option_set_no_http_messaging(made, 1);
    nghttp2_option_set_no_closed_streams(made, 1);
    nghttp2_option_set_max_continuations(made, limits.h2.continuations);
    nghttp2_option_set_max_outbound_ack(made, limits.h2.outboundAcks);
    for (unsigned type = NGHTTP2_ALTSVC; type <= 0xff; ++type)
        nghttp2_option_set_user_recv_extension_type(made, static_cast<std::uint8_t>(type));
    // Ours is the guard's, which can say what bit.
    nghttp2_option_set_stream_reset_rate_limit(made, static_cast<std::uint64_t>(limits.h2.resetBurst) * 10 + 1000, 1000);
    if (isServer()) nghttp2_session_server_new2(&session_, callbacks(), this, made);
    else nghttp2_session_client_new2(&session_, callbacks(), this, made);
}

H2Core::~H2Core() {
    detachAll();
    nghttp2_session_del(session_);
}

// ---- Running

void H2Core::start() {
    const auto& h2 = limits_.h2;
    std::vector<nghttp2_settings_entry> settings{
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, h2.streamWindow},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(limits_.headBytes)},
    };
    if (isServer()) settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, h2.streams});
    if (isServer()) settings.push_back({NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1});
    else settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
    if (isServer() && h2.extendedConnect) settings.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1});
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, static_cast<std::int32_t>(h2.connectionWindow));
    now_ = started_ = idleSince_ = heardAt_ = base::MonoClock::now();
    stream_.deadline(net::Waiter::kNever);
    stream_.watch(nullptr, net::Waiter::Watch::Nothing);
    watchdog_.start();
    markDirty();
}

net::Task<void> H2Core::run(std::shared_ptr<H2Core> self) {
    auto& core = *self;
    core.start();
    net::asio::co_spawn(core.executor_, writeLoop(self), net::asio::detached);
    if (!core.stream_.input().empty()) core.feed();
    while (!core.dead_) {
        const std::size_t bytes = co_await core.stream_.receive();
        if (!core.stream_.arrived(bytes)) {
            const bool closed = core.stream_.end() == net::IoEnd::Closed;
            core.noteEnd(closed ? "closed" : "reset", closed ? "The peer closed the connection." : "The connection was cut.");
            break;
        }
        core.feed();
    }
    core.dead_ = true;
    core.killStreams(kH2Cancel);
    core.stream_.close();
    core.wake_.notify();
    while (!core.writerDone_) static_cast<void>(co_await core.writerEnded_.wait());
    core.watchdog_.stop();
    core.detachAll();
    core.handler_.onClosed();
}

/// Reads what has arrived.
void H2Core::feed() {
    const auto input = stream_.input();
    now_ = heardAt_ = base::MonoClock::now();
    if (ending_) {
        stream_.consume(input.size());
        return;
    }
    receiving_ = true;
    const ssize_t result = nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    receiving_ = false;
    stream_.consume(input.size());
    received(result);
    if (nghttp2_session_want_write(session_) != 0) markDirty();
    if (!dispatching_) dispatch();
    maybeFinish();
}

void H2Core::received(ssize_t result) {
    if (result < 0) {
        switch (static_cast<int>(result)) {
            case NGHTTP2_ERR_BAD_CLIENT_MAGIC:
                return endWith(kH2ProtocolError, "h2-preface", "The first bytes are not those of HTTP/2.");
            case NGHTTP2_ERR_FLOODED:
                return overLimit(h2limit::kControlFlood, "More answers to PING or SETTINGS wait than the limit allows.");
            case NGHTTP2_ERR_TOO_MANY_CONTINUATIONS:
                return overLimit(h2limit::kContinuations, "A head came in more frames than the limit allows.");
            case NGHTTP2_ERR_CALLBACK_FAILURE:
                if (stopLimit_ != nullptr) return overLimit(stopLimit_, "The peer went over a limit of the connection.");
                break;
            default: break;
        }
        return endWith(kH2InternalError, "h2-internal", nghttp2_strerror(static_cast<int>(result)));
    }
    if (stopLimit_ != nullptr) return overLimit(stopLimit_, "The peer went over a limit of the connection.");
    if (nghttp2_session_get_outbound_queue_size(session_) > limits_.h2.outboundFrames)
        overLimit(h2limit::kOutboundFrames, "More frames wait to be sent than the limit allows.");
}

int H2Core::stop(const char* limit) {
    stopLimit_ = limit;
    return NGHTTP2_ERR_CALLBACK_FAILURE;
}

/// Begins new requests, a few per turn, so that one connection cannot hold up the others.
void H2Core::dispatch() {
    dispatching_ = false;
    if (waiting_.empty()) return;
    if (waiting_.size() > limits_.h2.streamsPerTurn) {
        // Queued before the handlers queue anything, so that one flush serves all of them.
        dispatching_ = true;
        net::asio::post(executor_, [self = shared_from_this()] { self->dispatch(); });
    }
    for (std::size_t begun = 0; begun < limits_.h2.streamsPerTurn && !waiting_.empty();) {
        H2Stream& stream = *waiting_.front();
        waiting_.pop_front();
        stream.waiting_ = false;
        if (stream.reset_ || dead_) {
            retire(stream);
            continue;
        }
        ++begun;
        handler_.onRequest(handle(stream));
    }
    maybeFinish();
}

// ---- Writing

void H2Core::markDirty() {
    dirty_ = true;
    if (wake_.waiting()) wake_.notify();
}

/// Gathers what nghttp2 wants sent.
void H2Core::fill() {
    outSize_ = 0;
    while (outSize_ < limits_.h2.outputBytes) {
        const std::size_t before = outSize_;
        const std::uint8_t* data = nullptr;
        const ssize_t size = nghttp2_session_mem_send(session_, &data);
        if (size < 0) {
            noteEnd("h2-internal", nghttp2_strerror(static_cast<int>(size)));
            dead_ = true;
            return;
        }
        if (size > 0) append(data, static_cast<std::size_t>(size));
        else if (outSize_ == before) return;
    }
    dirty_ = true;
}

net::Task<void> H2Core::writeLoop(std::shared_ptr<H2Core> self) {
    auto& core = *self;
    try {
        while (!core.dead_) {
            if (!core.dirty_) static_cast<void>(co_await core.wake_.wait());
            if (core.dead_ || !core.dirty_) continue;
            core.dirty_ = false;
            core.now_ = base::MonoClock::now();
            core.fill();
            core.maybeFinish();
            if (core.outSize_ > 0 && !core.dead_) {
                net::Gather out;
                out.add({core.out_.data(), core.outSize_});
                core.writeSince_ = base::MonoClock::now();
                const bool sent = co_await core.stream_.write(out);
                core.writeSince_ = {};
                if (!sent) {
                    core.noteEnd("reset", "The connection was cut.");
                    break;
                }
            }
            if (core.dirty_) continue;
            const bool wants = nghttp2_session_want_write(core.session_) != 0;
            if (!core.ending_ && !wants && nghttp2_session_want_read(core.session_) == 0) {
                // nghttp2 ended it for a mistake of the peer.
                core.noteEnd("h2-protocol", core.libraryError_.empty() ? "A frame broke the protocol." : core.libraryError_);
                core.ending_ = true;
                core.killStreams(kH2ProtocolError);
            }
            if (core.ending_ && !wants) {
                core.stream_.shutdownSend();
                core.closeAt_ = base::MonoClock::now() + core.limits_.h2.linger;
                core.writerDone_ = true;
                core.writerEnded_.notify();
                co_return;
            }
            if (core.activeCount_ == 0 && core.out_.size() > 16 * 1024) core.out_ = {};
        }
    } catch (const std::exception& error) {
        core.noteEnd("h2-internal", error.what());
    }
    core.dead_ = true;
    core.stream_.close();
    core.writerDone_ = true;
    core.writerEnded_.notify();
}

// ---- Ends

void H2Core::noteEnd(const char* code, std::string_view reason) {
    if (endCode_[0] != '\0') return;
    endCode_ = code;
    endReason_ = reason;
}

void H2Core::endWith(std::uint32_t code, const char* endCode, std::string_view reason) {
    if (ending_ || dead_) return;
    noteEnd(endCode, reason);
    ending_ = true;
    nghttp2_session_terminate_session(session_, code);
    killStreams(code == kH2NoError ? kH2Cancel : code);
    markDirty();
}

void H2Core::overLimit(const char* limit, std::string_view reason) {
    if (ending_ || dead_) return;
    handler_.onLimit(limit);
    endWith(kH2EnhanceYourCalm, limit, reason);
}

void H2Core::close(std::uint32_t code) { endWith(code, "stopped", "The connection was ended by this side."); }

void H2Core::shutdown() {
    if (draining_ || ending_ || dead_) return;
    draining_ = true;
    drainSince_ = base::MonoClock::now();
    if (!isServer() || activeCount_ == 0) {
        finishDrain();
    } else {
        nghttp2_submit_shutdown_notice(session_);
        // Its answer proves that the peer has seen the notice.
        nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, kDrainPing);
        markDirty();
    }
    maybeFinish();
}

void H2Core::finishDrain() {
    if (drained_ || ending_ || dead_) return;
    drained_ = true;
    nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session_), NGHTTP2_NO_ERROR,
                          nullptr, 0);
    markDirty();
}

void H2Core::maybeFinish() {
    if (ending_ || dead_ || activeCount_ > 0 || !waiting_.empty()) return;
    if (draining_) {
        finishDrain();
        noteEnd("drained", "The connection was drained.");
    } else if (goawayReceived_) {
        finishDrain();
        noteEnd("goaway", "The peer asked for the end.");
    } else {
        return;
    }
    ending_ = true;
    markDirty();
}

void H2Core::killStreams(std::uint32_t code) {
    for (H2Stream* stream = first_; stream != nullptr;) {
        H2Stream* const next = stream->next_;
        if (stream->active_ || stream->counted_) {
            stream->active_ = false;
            uncount(*stream);
            stream->dies(code, true);
            retire(*stream);
        }
        stream = next;
    }
}

void H2Core::detachAll() {
    killStreams(kH2Cancel);
    for (H2Stream* stream : waiting_) {
        stream->waiting_ = false;
        retire(*stream);
    }
    waiting_.clear();
    while (first_ != nullptr) {
        H2Stream* const stream = first_;
        first_ = stream->next_;
        stream->previous_ = stream->next_ = nullptr;
        stream->core_ = nullptr;
        // Its holder deletes it: see handleFreed().
    }
    spare_.clear();
}

// ---- Times

void H2Core::Watchdog::start() {
    deadline(base::MonoClock::now() + kWatch);
    beginWait();
}

void H2Core::Watchdog::cancelWait() {
    finishWait(true, net::IoEnd::Timeout);
    const auto now = base::MonoClock::now();
    deadline(now + kWatch);
    beginWait();
    core_.watch(now);
}

void H2Core::watch(base::MonoTime now) {
    const auto past = [&](base::MonoTime since, std::chrono::milliseconds limit) {
        return since != base::MonoTime{} && now - since >= limit;
    };
    if (dead_) return;
    if (now >= closeAt_ || (writeSince_ != base::MonoTime{} && past(writeSince_, limits_.writeStall))) {
        if (closeAt_ == net::Waiter::kNever) {
            handler_.onLimit(h2limit::kWriteStall);
            noteEnd(h2limit::kWriteStall, "The peer took no byte for too long.");
        }
        dead_ = true;
        stream_.close();
        return;
    }
    if (ending_) return;
    if (past(headSince_, limits_.headTime)) return overLimit(h2limit::kHeadTime, "A head took longer than the limit.");
    if ((!settingsReceived_ || !settingsAcked_) && past(started_, limits_.h2.settings)) {
        handler_.onLimit(h2limit::kSettingsTime);
        return endWith(settingsReceived_ ? kH2SettingsTimeout : kH2NoError, h2limit::kSettingsTime,
                       "The peer's settings, or its acknowledgement of ours, did not come in time.");
    }
    if (draining_ && past(drainSince_, limits_.h2.drain)) finishDrain();
    if (activeCount_ == 0) {
        if (past(idleSince_, isServer() ? limits_.idle : limits_.upstreamIdle)) {
            handler_.onLimit(h2limit::kIdle);
            endWith(kH2NoError, h2limit::kIdle, "The connection was idle for too long.");
        }
        return;
    }
    const auto keepAlive = limits_.h2.keepAlive;
    if (isServer() || keepAlive.count() == 0 || now - heardAt_ < keepAlive) return;
    if (pingedAt_ > heardAt_) {
        if (now - pingedAt_ < keepAlive) return;
        handler_.onLimit(h2limit::kKeepAlive);
        endWith(kH2NoError, h2limit::kKeepAlive, "The peer did not answer a PING in time.");
        return;
    }
    pingedAt_ = now;
    nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, nullptr);
    markDirty();
}

}  // namespace gatehouse::http
