// What the tests of HTTP/2 share: one loop, loopback connections, a server that does what the path says, and frames made
// and read by hand for peers that do not keep to the rules.
#pragma once

#include "core/http/vectors.h"
#include "http/h2_session.h"
#include "net/stream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <gtest/gtest.h>
#include <nghttp2/nghttp2.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::http::h2test {

namespace asio = net::asio;
using Fields = std::vector<Header>;

/// One thread's loop, with the tick that looks at deadlines.
class Loop {
  public:
    Loop() : ticker_(io.get_executor()) { arm(); }
    ~Loop() { ticker_.cancel(); }
    /// Runs until `done`; a test that hangs fails by the deadline.
    bool until(const std::function<bool()>& done, std::chrono::seconds most = std::chrono::seconds(20)) {
        const auto end = base::MonoClock::now() + most;
        while (!done()) {
            if (base::MonoClock::now() > end) return false;
            io.run_one_for(std::chrono::milliseconds(5));
        }
        return true;
    }
    net::Executor executor() { return io.get_executor(); }
    template <class Coroutine>
    void spawn(Coroutine&& coroutine) {
        asio::co_spawn(io.get_executor(), std::forward<Coroutine>(coroutine), asio::detached);
    }
    /// Two ends of one connection.
    std::pair<net::Socket, net::Socket> pair() {
        asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor(io.get_executor(),
                                                                     net::Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        net::Socket a(io.get_executor());
        net::Socket b(io.get_executor());
        a.connect(acceptor.local_endpoint());
        acceptor.accept(b);
        a.non_blocking(true);
        b.non_blocking(true);
        a.set_option(net::Tcp::no_delay(true));
        b.set_option(net::Tcp::no_delay(true));
        return {std::move(a), std::move(b)};
    }

    net::Sweeper sweeper;
    asio::io_context io;

  private:
    void arm() {
        ticker_.expires_after(net::Sweeper::kTick);
        ticker_.async_wait([this](const net::ErrorCode& error) {
            if (error) return;
            sweeper.tick(base::MonoClock::now());
            arm();
        });
    }
    net::Timer ticker_;
};

/// A session with its connection, and what its handler was told.
class Peer : public H2Handler {
  public:
    /// `starts`: runs at once; else the test does, after a handshake.
    Peer(Loop& loop, net::Socket socket, H2Role role, const Limits& limits = {}, bool starts = true)
        : loop(loop),
          limits(limits),
          stream(loop.sweeper, std::move(socket)),
          session(stream, this->limits, role, *this, loop.executor(), loop.sweeper) {
        if (starts) loop.spawn(session.run());
    }
    void onRequest(std::shared_ptr<H2Stream> arrived) override {
        ++requests;
        if (serve) loop.spawn(serve(std::move(arrived)));
        else kept.push_back(std::move(arrived));
    }
    void onLimit(const char* name) override { ++bitten[name]; }
    void onClosed() override { closed = true; }
    /// The session's coroutines must have ended before its connection goes.
    bool finish() {
        kept.clear();
        session.close(kH2NoError);
        return loop.until([&] { return closed; });
    }

    Loop& loop;
    const Limits limits;
    net::Stream stream;
    H2Session session;
    std::function<net::Task<void>(std::shared_ptr<H2Stream>)> serve;
    std::vector<std::shared_ptr<H2Stream>> kept;
    std::map<std::string, int> bitten;
    int requests = 0;
    bool closed = false;
};

/// Waits for the next thing that arrives; false after five seconds of nothing.
inline net::Task<bool> next(H2Stream& stream) {
    stream.readable().deadline(base::MonoClock::now() + std::chrono::seconds(10));
    const bool woken = co_await stream.readable().wait();
    co_return woken;
}

/// Reads to the end. False: reset, refused, or nothing came.
inline net::Task<bool> readAll(std::shared_ptr<H2Stream> stream, std::string& body) {
    while (true) {
        body += stream->data();
        stream->consume(stream->data().size());
        if (stream->ended()) co_return true;
        if (stream->reset() || stream->refusal() != nullptr) co_return false;
        const bool woken = co_await next(*stream);
        if (!woken) co_return false;
    }
}

inline net::Task<bool> writeAll(std::shared_ptr<H2Stream> stream, std::string_view bytes, bool end) {
    while (!bytes.empty()) {
        while (stream->full()) {
            stream->writable().deadline(base::MonoClock::now() + std::chrono::seconds(10));
            const bool woken = co_await stream->writable().wait();
            if (!woken || stream->reset()) co_return false;
        }
        const auto piece = bytes.substr(0, 16 * 1024);
        bytes.remove_prefix(piece.size());
        stream->sendData(piece, end && bytes.empty());
    }
    co_return !stream->reset();
}

inline const char* bodyName(BodyKind kind) {
    switch (kind) {
        case BodyKind::None: return "none";
        case BodyKind::Length: return "length";
        case BodyKind::Chunked: return "unknown";
        case BodyKind::UntilClose: return "close";
    }
    return "";
}

/// Answers what it understood, or why it refused.
inline net::Task<void> describe(std::shared_ptr<H2Stream> stream) {
    std::string body;
    const bool whole = co_await readAll(stream, body);
    if (stream->reset()) co_return;
    const Header plain[] = {{"Content-Type", "text/plain"}};
    if (!whole && stream->refusal() != nullptr) {
        stream->sendResponse(stream->refusal()->status, plain, false);
        stream->sendData(stream->refusal()->sentence, true);
        co_return;
    }
    if (!whole) co_return;
    const auto& head = stream->request();
    std::string text = std::string(head.path) + " " + std::string(head.host) + " " + bodyName(stream->framing().body);
    if (head.hasQuery) text += " query=" + std::string(head.query);
    if (!body.empty()) text += " body=" + body;
    if (const auto cookie = head.headers.get("cookie")) text += " cookie=" + std::string(*cookie);
    for (const auto& field : stream->trailers().fields()) text += " trailer=" + std::string(field.name);
    stream->sendResponse(200, plain, false);
    stream->sendData(text, true);
}

// ---- Frames by hand

inline std::string frame(int type, int flags, std::uint32_t id, std::string_view payload) {
    std::string out;
    const auto size = payload.size();
    for (const int shift : {16, 8, 0}) out += static_cast<char>(size >> shift);
    out += static_cast<char>(type);
    out += static_cast<char>(flags);
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(id >> shift);
    out += payload;
    return out;
}

inline std::string number32(std::uint32_t value) {
    std::string out;
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(value >> shift);
    return out;
}

/// HPACK: a string without Huffman coding (RFC 7541 section 5.2).
inline std::string hpackString(std::string_view text) {
    std::string out;
    std::size_t size = text.size();
    if (size < 127) {
        out += static_cast<char>(size);
    } else {
        out += '\x7f';
        for (size -= 127; size >= 128; size /= 128) out += static_cast<char>(size % 128 + 128);
        out += static_cast<char>(size);
    }
    out += text;
    return out;
}

/// A literal field that is not indexed.
inline std::string hpackField(std::string_view name, std::string_view value) {
    return std::string(1, '\0') + hpackString(name) + hpackString(value);
}

inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
enum Flag { kEnd = 1, kAck = 1, kEndHeaders = 4, kPadded = 8 };

/// Turns a script of the vector files into frames; see tests/vectors/http/h2_requests.txt.
std::string script(std::string_view text);

/// What a peer's bytes say about its streams.
class FrameReader {
  public:
    FrameReader() { nghttp2_hd_inflate_new(&inflater_); }
    ~FrameReader() { nghttp2_hd_inflate_del(inflater_); }
    FrameReader(const FrameReader&) = delete;
    FrameReader& operator=(const FrameReader&) = delete;
    void feed(std::string_view bytes);

    struct Answer {
        std::vector<int> statuses;
        std::string body;
        bool ended = false;
        int reset = -1;
    };
    std::map<std::uint32_t, Answer> answers;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> goaways;  ///< Last stream, code.
    std::map<int, int> frames;                                     ///< By type.
    std::map<int, std::uint32_t> settings;
    int acks = 0;  ///< Of PING.

  private:
    void frame(int type, int flags, std::uint32_t id, std::string_view payload);
    nghttp2_hd_inflater* inflater_ = nullptr;
    std::string rest_;
};

/// A socket's end that speaks bytes.
class RawEnd {
  public:
    RawEnd(Loop& loop, net::Socket socket) : loop_(loop), socket_(std::move(socket)) {}
    /// Sends and reads until `done`, or until the peer closes.
    bool talk(std::string bytes, const std::function<bool()>& done);
    bool closed() const { return closed_; }
    void close() {
        net::ErrorCode ignored;
        socket_.close(ignored);
    }
    FrameReader reader;

  private:
    Loop& loop_;
    net::Socket socket_;
    std::string toSend_;
    bool closed_ = false;
};

}  // namespace gatehouse::http::h2test
