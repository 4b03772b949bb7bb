// One end of an HTTP/2 connection over a Wire, by nghttp2 itself, in either role: the foreign side of the data plane's
// sessions. Thread: one. Lifetime: the wire outlives it.
#pragma once

#include "data_plane_fixture.h"

#include <nghttp2/nghttp2.h>

#include <map>
#include <optional>
#include <utility>

namespace gatehouse::test {

using H2Fields = std::vector<std::pair<std::string, std::string>>;

struct H2Message {
    H2Fields fields;                ///< Of the final head.
    std::vector<int> interim;
    std::string body;
    H2Fields trailers;
    bool headed = false;
    bool ended = false;
    bool closed = false;
    std::optional<std::uint32_t> reset;

    std::string field(std::string_view name) const {
        for (const auto& [key, value] : fields)
            if (key == name) return value;
        return {};
    }
    std::string trailer(std::string_view name) const {
        for (const auto& [key, value] : trailers)
            if (key == name) return value;
        return {};
    }
    int status() const { return std::atoi(field(":status").c_str()); }
};

class H2Peer {
  public:
    enum class Role { Client, Server };
    struct Settings {
        std::optional<std::uint32_t> maxStreams;
        std::optional<std::uint32_t> window;
        bool extendedConnect = false;  ///< Server: RFC 8441.
        bool autoWindow = true;  ///< Else consume() must be called.
    };

    H2Peer(Wire& wire, Role role) : H2Peer(wire, role, Settings{}) {}
    H2Peer(Wire& wire, Role role, Settings settings) : wire_(wire), role_(role) {
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_header_callback(
            callbacks, [](nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                          const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* self) {
                static_cast<H2Peer*>(self)->incoming_.emplace_back(
                    std::string(reinterpret_cast<const char*>(name), nameSize),
                    std::string(reinterpret_cast<const char*>(value), valueSize));
                static_cast<void>(frame);
                return 0;
            });
        nghttp2_session_callbacks_set_on_frame_recv_callback(
            callbacks, [](nghttp2_session*, const nghttp2_frame* frame, void* self) {
                static_cast<H2Peer*>(self)->onFrame(*frame);
                return 0;
            });
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
            callbacks, [](nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data, std::size_t size, void* self) {
                static_cast<H2Peer*>(self)->messages[id].body.append(reinterpret_cast<const char*>(data), size);
                return 0;
            });
        nghttp2_session_callbacks_set_on_stream_close_callback(
            callbacks, [](nghttp2_session*, std::int32_t id, std::uint32_t code, void* self) {
                auto& message = static_cast<H2Peer*>(self)->messages[id];
                message.closed = true;
                if (code != 0 && !message.reset) message.reset = code;
                return 0;
            });
        nghttp2_option* option = nullptr;
        nghttp2_option_new(&option);
        if (!settings.autoWindow) nghttp2_option_set_no_auto_window_update(option, 1);
        nghttp2_option_set_no_http_messaging(option, 1);
        nghttp2_option_set_max_send_header_block_length(option, 1 << 20);
        if (role == Role::Client) nghttp2_session_client_new2(&session_, callbacks, this, option);
        else nghttp2_session_server_new2(&session_, callbacks, this, option);
        nghttp2_option_del(option);
        nghttp2_session_callbacks_del(callbacks);
        std::vector<nghttp2_settings_entry> entries;
        if (settings.maxStreams) entries.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, *settings.maxStreams});
        if (settings.window) entries.push_back({NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, *settings.window});
        if (settings.extendedConnect) entries.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1});
        nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, entries.data(), entries.size());
    }
    ~H2Peer() { nghttp2_session_del(session_); }
    H2Peer(const H2Peer&) = delete;
    H2Peer& operator=(const H2Peer&) = delete;

    /// A request. Without `end` the body goes on with data().
    std::int32_t request(const H2Fields& fields, std::string body = {}, bool end = true, H2Fields trailers = {}) {
        const auto head = native(fields);
        const bool bodyless = end && body.empty() && trailers.empty();
        auto out = std::make_unique<Out>(Out{std::move(body), end, std::move(trailers)});
        nghttp2_data_provider provider{{.ptr = out.get()}, read};
        const auto id = nghttp2_submit_request(session_, nullptr, head.data(), head.size(), bodyless ? nullptr : &provider, nullptr);
        out->id = id;
        outs_[id] = std::move(out);
        messages[id];
        return id;
    }
    std::int32_t get(std::string path, H2Fields more = {}) {
        H2Fields fields{{":method", "GET"}, {":scheme", "http"}, {":authority", "a.test"}, {":path", std::move(path)}};
        fields.insert(fields.end(), more.begin(), more.end());
        return request(fields);
    }
    static H2Fields post(std::string path, H2Fields more = {}) {
        H2Fields fields{{":method", "POST"}, {":scheme", "http"}, {":authority", "a.test"}, {":path", std::move(path)}};
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    }
    void respond(std::int32_t id, const H2Fields& fields, std::string body = {}, bool end = true, H2Fields trailers = {}) {
        const auto head = native(fields);
        const bool bodyless = end && body.empty() && trailers.empty();
        auto out = std::make_unique<Out>(Out{std::move(body), end, std::move(trailers)});
        out->id = id;
        nghttp2_data_provider provider{{.ptr = out.get()}, read};
        nghttp2_submit_response(session_, id, head.data(), head.size(), bodyless ? nullptr : &provider);
        outs_[id] = std::move(out);
    }
    void interim(std::int32_t id, const H2Fields& fields) {
        const auto head = native(fields);
        nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, id, nullptr, head.data(), head.size(), nullptr);
    }
    void data(std::int32_t id, std::string_view bytes, bool end) {
        auto& out = *outs_.at(id);
        out.body += bytes;
        out.end = end;
        nghttp2_session_resume_data(session_, id);
    }
    std::size_t unsent(std::int32_t id) const { return outs_.at(id)->body.size() - outs_.at(id)->sent; }
    void reset(std::int32_t id, std::uint32_t code) { nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, code); }
    void goAway(std::int32_t last, std::uint32_t code = 0) {
        nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, last, code, nullptr, 0);
    }
    void consume(std::int32_t id, std::size_t bytes) { nghttp2_session_consume(session_, id, bytes); }

    /// Sends what waits and reads what comes within `wait`. False: the connection has ended.
    bool pump(std::chrono::milliseconds wait = 5ms) {
        if (!flush()) return false;
        if (!wire_.readable(wait)) return true;
        if (!wire_.more()) return false;
        const auto bytes = wire_.takeAll();
        const auto read = nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        if (read < 0) return false;
        if (onProgress) onProgress();
        return flush();
    }
    /// Pumps until `done`. False: it did not come true in time, or the connection ended first.
    bool until(const std::function<bool()>& done, std::chrono::milliseconds patience = 10s) {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!done()) {
            if (std::chrono::steady_clock::now() > deadline || !alive_) return false;
            if (!pump()) alive_ = false;
        }
        return true;
    }
    H2Message& answer(std::int32_t id) {
        until([&] { return messages[id].closed; });
        return messages[id];
    }
    bool alive() const { return alive_; }
    nghttp2_session* native() { return session_; }

    std::map<std::int32_t, H2Message> messages;
    std::vector<std::pair<std::int32_t, std::uint32_t>> goAways;  ///< Last stream, code.
    bool settingsSeen = false;
    /// Server: a head, and a message's end, have come.
    std::function<void(std::int32_t)> onHead;
    std::function<void(std::int32_t)> onEnd;
    std::function<void()> onProgress;

  private:
    struct Out {
        std::string body;
        bool end = true;
        H2Fields trailers;
        std::size_t sent = 0;
        std::int32_t id = 0;
    };
    static std::vector<nghttp2_nv> native(const H2Fields& fields) {
        std::vector<nghttp2_nv> result;
        for (const auto& [name, value] : fields)
            result.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                              reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
                              NGHTTP2_NV_FLAG_NONE});
        return result;
    }
    static ssize_t read(nghttp2_session* session, std::int32_t, std::uint8_t* buffer, std::size_t size, std::uint32_t* flags,
                        nghttp2_data_source* source, void*) {
        auto& out = *static_cast<Out*>(source->ptr);
        const auto left = std::min(size, out.body.size() - out.sent);
        std::memcpy(buffer, out.body.data() + out.sent, left);
        out.sent += left;
        if (out.sent < out.body.size()) return static_cast<ssize_t>(left);
        if (!out.end) return left > 0 ? static_cast<ssize_t>(left) : ssize_t{NGHTTP2_ERR_DEFERRED};
        *flags |= NGHTTP2_DATA_FLAG_EOF;
        if (!out.trailers.empty()) {
            *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            const auto fields = native(out.trailers);
            nghttp2_submit_trailer(session, out.id, fields.data(), fields.size());
        }
        return static_cast<ssize_t>(left);
    }
    void onFrame(const nghttp2_frame& frame) {
        const auto id = frame.hd.stream_id;
        switch (frame.hd.type) {
            case NGHTTP2_HEADERS: {
                auto& message = messages[id];
                const int status = incoming_.empty() || incoming_.front().first != ":status" ? 0 : std::atoi(incoming_.front().second.c_str());
                if (message.headed) message.trailers = std::move(incoming_);
                else if (status >= 100 && status < 200) message.interim.push_back(status);
                else {
                    message.fields = std::move(incoming_);
                    message.headed = true;
                    if (role_ == Role::Server && onHead) onHead(id);
                }
                incoming_.clear();
                break;
            }
            case NGHTTP2_RST_STREAM: messages[id].reset = frame.rst_stream.error_code; break;
            case NGHTTP2_GOAWAY: goAways.emplace_back(frame.goaway.last_stream_id, frame.goaway.error_code); break;
            case NGHTTP2_SETTINGS: settingsSeen = true; break;
            default: break;
        }
        const bool carries = frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_DATA;
        if (carries && (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
            messages[id].ended = true;
            if (role_ == Role::Server && onEnd) onEnd(id);
        }
    }
    bool flush() {
        const std::uint8_t* bytes = nullptr;
        for (;;) {
            const auto size = nghttp2_session_mem_send(session_, &bytes);
            if (size < 0) return false;
            if (size == 0) return true;
            if (!wire_.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)})) return false;
        }
    }

    Wire& wire_;
    Role role_;
    nghttp2_session* session_ = nullptr;
    H2Fields incoming_;
    std::map<std::int32_t, std::unique_ptr<Out>> outs_;
    bool alive_ = true;
};

/// An origin's function that speaks HTTP/2: `serve` is told of each complete request.
inline Origin::Serve speakingHttp2(std::function<void(H2Peer&, std::int32_t)> serve, H2Peer::Settings settings = {}) {
    return [serve = std::move(serve), settings](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server, settings);
        peer.onEnd = [&](std::int32_t id) { serve(peer, id); };
        while (peer.pump()) {
        }
    };
}

inline void respondOk(H2Peer& peer, std::int32_t id, std::string body) {
    peer.respond(id, {{":status", "200"}, {"content-type", "text/plain"}}, std::move(body));
}

}  // namespace gatehouse::test
