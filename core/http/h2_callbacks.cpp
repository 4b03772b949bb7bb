// What nghttp2 tells: frames as they arrive and leave.
#include "http/h2_core.h"

#include "http/fields.h"

#include <array>
#include <string_view>

namespace gatehouse::http {
namespace {

std::string_view text(const std::uint8_t* bytes, std::size_t size) { return {reinterpret_cast<const char*>(bytes), size}; }

nghttp2_nv pair(const Header& field) {
    const auto bytes = [](std::string_view view) {
        return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(view.data()));
    };
    return {bytes(field.name), bytes(field.value), field.name.size(), field.value.size(),
            NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE};
}

}  // namespace

const nghttp2_session_callbacks* H2Core::callbacks() {
    static const nghttp2_session_callbacks* const made = [] {
        nghttp2_session_callbacks* all = nullptr;
        nghttp2_session_callbacks_new(&all);
        nghttp2_session_callbacks_set_on_begin_frame_callback(all, [](nghttp2_session*, const nghttp2_frame_hd* head, void* core) {
            return static_cast<H2Core*>(core)->onBeginFrame(*head);
        });
        nghttp2_session_callbacks_set_on_begin_headers_callback(all, [](nghttp2_session*, const nghttp2_frame* frame, void* core) {
            return static_cast<H2Core*>(core)->onBeginHeaders(*frame);
        });
        nghttp2_session_callbacks_set_on_header_callback(
            all, [](nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t nameSize,
                    const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* core) {
                return static_cast<H2Core*>(core)->onHeader(text(name, nameSize), text(value, valueSize));
            });
        nghttp2_session_callbacks_set_on_frame_recv_callback(all, [](nghttp2_session*, const nghttp2_frame* frame, void* core) {
            return static_cast<H2Core*>(core)->onFrame(*frame);
        });
        nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
            all, [](nghttp2_session*, const nghttp2_frame* frame, int error, void* core) {
                return static_cast<H2Core*>(core)->onInvalidFrame(*frame, error);
            });
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
            all, [](nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data, std::size_t size, void* core) {
                return static_cast<H2Core*>(core)->onData(id, text(data, size));
            });
        nghttp2_session_callbacks_set_on_frame_send_callback(all, [](nghttp2_session*, const nghttp2_frame* frame, void* core) {
            return static_cast<H2Core*>(core)->onFrameSent(*frame);
        });
        nghttp2_session_callbacks_set_on_frame_not_send_callback(
            all, [](nghttp2_session*, const nghttp2_frame* frame, int, void* core) {
                return static_cast<H2Core*>(core)->onFrameNotSent(*frame);
            });
        nghttp2_session_callbacks_set_on_stream_close_callback(
            all, [](nghttp2_session*, std::int32_t id, std::uint32_t code, void* core) {
                return static_cast<H2Core*>(core)->onStreamClosed(id, code);
            });
        nghttp2_session_callbacks_set_send_data_callback(
            all, [](nghttp2_session*, nghttp2_frame*, const std::uint8_t* head, std::size_t size, nghttp2_data_source* source,
                    void* core) { return static_cast<H2Core*>(core)->sendBody(*static_cast<H2Stream*>(source->ptr), head, size); });
        // Frames of unknown types are counted, then skipped.
        nghttp2_session_callbacks_set_unpack_extension_callback(
            all, [](nghttp2_session*, void**, const nghttp2_frame_hd*, void*) -> int { return NGHTTP2_ERR_CANCEL; });
        nghttp2_session_callbacks_set_error_callback2(
            all, [](nghttp2_session*, int, const char* message, std::size_t size, void* core) {
                static_cast<H2Core*>(core)->libraryError_.assign(message, size);
                return 0;
            });
        return all;
    }();
    return made;
}

// ---- Arriving

int H2Core::onBeginFrame(const nghttp2_frame_hd& head) {
    const char* limit = guard_.frameBegins(head.type, head.length, now_);
    return limit == nullptr ? 0 : stop(limit);
}

int H2Core::onBeginHeaders(const nghttp2_frame& frame) {
    if (frame.hd.type != NGHTTP2_HEADERS) return 0;
    headSince_ = now_;
    const std::int32_t id = frame.hd.stream_id;
    if (frame.headers.cat == NGHTTP2_HCAT_REQUEST) {
        guard_.streamOpened();
        H2Stream& stream = newStream();
        stream.id_ = id;
        stream.active_ = true;
        nghttp2_session_set_stream_user_data(session_, id, &stream);
        // Streams share the connection in turns; a long answer holds up no short one.
        const nghttp2_extpri fair{NGHTTP2_EXTPRI_DEFAULT_URGENCY, 1};
        nghttp2_session_change_extpri_stream_priority(session_, id, &fair, 1);
        headStream_ = &stream;
    } else {
        headStream_ = known(id);
    }
    if (headStream_ != nullptr && (headStream_->ownReset_ || headStream_->refused_ || !headStream_->headBegins()))
        headStream_ = nullptr;
    return 0;
}

int H2Core::onHeader(std::string_view name, std::string_view value) {
    if (headStream_ == nullptr || headStream_->reader_.field(name, value)) return 0;
    return stop(h2limit::kHeadSize);
}

int H2Core::onFrame(const nghttp2_frame& frame) {
    const bool end = (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    switch (frame.hd.type) {
        case NGHTTP2_HEADERS: {
            headSince_ = {};
            H2Stream* const stream = std::exchange(headStream_, nullptr);
            if (stream == nullptr) return 0;
            const bool begins = isServer() && !stream->finalHead_;
            stream->headEnds(end);
            if (const char* limit = stream->reader_.limit(); limit != nullptr) handler_.onLimit(limit);
            if (begins) {
                stream->waiting_ = true;
                waiting_.push_back(stream);
            }
            return 0;
        }
        case NGHTTP2_DATA: {
            // What is left without padding.
            const char* limit = guard_.dataArrived(frame.hd.length - frame.data.padlen, end);
            if (limit != nullptr) return stop(limit);
            if (H2Stream* const stream = known(frame.hd.stream_id); stream != nullptr && end) stream->messageEnds();
            break;
        }
        case NGHTTP2_RST_STREAM: {
            if (const char* limit = isServer() ? guard_.resetArrived(now_) : nullptr; limit != nullptr) return stop(limit);
            if (H2Stream* const stream = known(frame.hd.stream_id); stream != nullptr) stream->peerReset_ = true;
            return 0;
        }
        case NGHTTP2_SETTINGS:
            if ((frame.hd.flags & NGHTTP2_FLAG_ACK) != 0) {
                settingsAcked_ = true;
            } else {
                settingsReceived_ = true;
                if (!isServer()) handler_.onCapacity();
            }
            return 0;
        case NGHTTP2_PING:
            if ((frame.hd.flags & NGHTTP2_FLAG_ACK) != 0 && draining_) finishDrain();
            return 0;
        case NGHTTP2_GOAWAY: goawayReceived_ = true; return 0;
        default: return 0;
    }
    return stopLimit_ == nullptr ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

int H2Core::onInvalidFrame(const nghttp2_frame& frame, int error) {
    if (frame.hd.type != NGHTTP2_HEADERS) return 0;
    headSince_ = {};
    headStream_ = nullptr;
    const bool beyond = error == NGHTTP2_ERR_REFUSED_STREAM ||
                        (isServer() && activeCount_ >= limits_.h2.streams && frame.headers.cat == NGHTTP2_HCAT_REQUEST);
    if (beyond) handler_.onLimit(h2limit::kStreams);
    return 0;
}

int H2Core::onData(std::int32_t id, std::string_view bytes) {
    H2Stream* const stream = known(id);
    if (stream == nullptr || stream->refused_ || stream->ownReset_ || (!stream->held_ && !stream->waiting_)) {
        nghttp2_session_consume_connection(session_, bytes.size());
        return 0;
    }
    stream->dataArrives(bytes);
    return stopLimit_ == nullptr ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

int H2Core::onStreamClosed(std::int32_t id, std::uint32_t code) {
    H2Stream* const stream = known(id);
    if (stream == nullptr || !stream->active_) return 0;
    stream->active_ = false;
    uncount(*stream);
    const char* limit = nullptr;
    if (isServer()) limit = guard_.streamClosed(stream->peerReset_, now_ - stream->opened_);
    if (code == kH2NoError && stream->peerEnded_) {
        if (!stream->endSent_) {
            stream->stopped_ = true;
            stream->out_.clear();
            stream->writable_.notify();
        }
    } else if (code != kH2NoError || !stream->endSent_ || stream->peerReset_) {
        stream->dies(code, false);
    }
    retire(*stream);
    if (!isServer()) handler_.onCapacity();
    return limit != nullptr && receiving_ ? stop(limit) : 0;
}

// ---- Leaving

int H2Core::onFrameSent(const nghttp2_frame& frame) {
    switch (frame.hd.type) {
        case NGHTTP2_DATA: guard_.dataSent(); [[fallthrough]];
        case NGHTTP2_HEADERS: {
            if ((frame.hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) return 0;
            H2Stream* const stream = known(frame.hd.stream_id);
            if (stream == nullptr) return 0;
            stream->endSent_ = true;
            if (stream->held_) stream->writable_.notify();
            else if (isServer() && !stream->peerEnded_) reset(*stream, kH2NoError);  // RFC 9113 section 8.1.
            return 0;
        }
        case NGHTTP2_RST_STREAM: {
            const H2Stream* const stream = known(frame.hd.stream_id);
            if (stream == nullptr || !stream->ownReset_) countOwnReset();
            return 0;
        }
        case NGHTTP2_GOAWAY:
            // Of nghttp2's own accord, for a mistake of the peer.
            if (frame.goaway.error_code != NGHTTP2_NO_ERROR)
                noteEnd("h2-protocol", libraryError_.empty() ? "A frame broke the protocol." : libraryError_);
            return 0;
        default: return 0;
    }
}

int H2Core::onFrameNotSent(const nghttp2_frame& frame) {
    if (frame.hd.type != NGHTTP2_HEADERS || frame.headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    // A request of ours that was taken back, or came too late: nghttp2 never knew the stream.
    H2Stream* const stream = find(frame.hd.stream_id);
    if (stream == nullptr) return 0;
    stream->active_ = false;
    uncount(*stream);
    stream->dies(stream->ownReset_ ? kH2Cancel : kH2RefusedStream, false);
    retire(*stream);
    return 0;
}

ssize_t H2Core::readBody(H2Stream& stream, std::size_t most, std::uint32_t& flags) {
    const std::size_t bytes = std::min(most, stream.out_.size());
    if (bytes == 0 && !stream.endQueued_) {
        stream.deferred_ = true;
        return NGHTTP2_ERR_DEFERRED;
    }
    if (bytes > 0) flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (bytes == stream.out_.size() && stream.endQueued_) {
        flags |= NGHTTP2_DATA_FLAG_EOF;
        if (stream.hasTrailers_) {
            flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            fields_.clear();
            for (const auto& field : stream.outTrailers_) fields_.push_back(pair(field));
            nghttp2_submit_trailer(session_, stream.id_, fields_.data(), fields_.size());
        }
    }
    return static_cast<ssize_t>(bytes);
}

int H2Core::sendBody(H2Stream& stream, const std::uint8_t* head, std::size_t bytes) {
    const bool wasFull = stream.full();
    append(head, 9);
    append(reinterpret_cast<const std::uint8_t*>(stream.out_.view().data()), bytes);
    stream.out_.consume(bytes);
    if (wasFull && !stream.full()) stream.writable_.notify();
    return outSize_ < limits_.h2.outputBytes ? 0 : NGHTTP2_ERR_PAUSE;
}

bool H2Core::submitHead(H2Stream& stream, std::span<const Header> fields, bool interim, bool end) {
    fields_.clear();
    for (const auto& field : fields) fields_.push_back(pair(field));
    nghttp2_data_provider body;
    body.source.ptr = &stream;
    body.read_callback = [](nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t most, std::uint32_t* flags,
                            nghttp2_data_source* source, void* core) {
        return static_cast<H2Core*>(core)->readBody(*static_cast<H2Stream*>(source->ptr), most, *flags);
    };
    const nghttp2_data_provider* const provider = end ? nullptr : &body;
    if (!isServer()) {
        const std::int32_t id = nghttp2_submit_request(session_, nullptr, fields_.data(), fields_.size(), provider, &stream);
        if (id < 0) return false;
        stream.id_ = id;
        stream.active_ = true;
        guard_.streamOpened();
    } else if (interim) {
        if (nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, stream.id_, nullptr, fields_.data(), fields_.size(), nullptr) != 0)
            return false;
    } else if (nghttp2_submit_response(session_, stream.id_, fields_.data(), fields_.size(), provider) != 0) {
        return false;
    }
    markDirty();
    return true;
}

}  // namespace gatehouse::http
