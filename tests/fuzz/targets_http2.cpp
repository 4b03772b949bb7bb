// An HTTP/2 connection to a server: whatever the bytes are, what it delivers keeps the promises of an HTTP/1 head.
#include "fuzz/targets.h"

#include "http/fields.h"
#include "http/h2_session.h"
#include "http/uri.h"
#include "net/stream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::fuzz {
namespace {

void require(bool promise, const char* sentence) {
    if (!promise) throw std::logic_error(sentence);
}

bool breaksLine(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos; }

/// Answers at once, holds every third stream, lets go of every fifth.
struct Handler final : http::H2Handler {
    void onRequest(std::shared_ptr<http::H2Stream> stream) override {
        ++requests;
        if (stream->refusal() == nullptr) {
            const auto& head = stream->request();
            broken = broken || head.path.empty() || (head.path.front() != '/' && head.path != "*") || head.host.empty() ||
                     !http::isToken(head.method) || breaksLine(head.path) || breaksLine(head.query) || breaksLine(head.authority);
            http::Arena arena;
            std::string_view normal;
            broken = broken || http::normalizePath(head.path, arena, normal) != http::PathVerdict::Ok || normal != head.path;
            for (const auto& field : head.headers.fields()) broken = broken || !http::isToken(field.name) || breaksLine(field.value);
            broken = broken || head.headers.count("content-length") > 1 || head.headers.has("transfer-encoding");
        }
        if (requests % 5 == 0) return;
        stream->consume(stream->data().size());
        stream->sendResponse(stream->refusal() == nullptr ? 200 : stream->refusal()->status, {}, false);
        stream->sendData("answer", requests % 3 != 0);
        if (requests % 3 == 0) held.push_back(std::move(stream));
    }
    void onClosed() override { closed = true; }
    std::vector<std::shared_ptr<http::H2Stream>> held;
    int requests = 0;
    bool broken = false;
    bool closed = false;
};

}  // namespace

void http2(std::string_view input) {
    static const std::string kStart = std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") + std::string("\0\0\0\4\0\0\0\0\0", 9);
    const unsigned choice = input.empty() ? 0 : static_cast<unsigned char>(input.front());
    std::string bytes = (choice & 1) != 0 ? kStart : std::string();
    bytes += input.substr(std::min<std::size_t>(1, input.size()));
    int ends[2];
    require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0, "a pair of sockets is to be had");
    {
        net::asio::io_context io;
        net::Sweeper sweeper;
        net::Socket socket(io.get_executor());
        socket.assign(net::Tcp::v4(), ends[0]);
        socket.non_blocking(true);
        const http::Limits limits;
        Handler handler;
        net::Stream stream(sweeper, std::move(socket));
        http::H2Session session(stream, limits, http::H2Role::Server, handler, io.get_executor(), sweeper);
        net::asio::co_spawn(io.get_executor(), session.run(), net::asio::detached);
        const std::size_t step = (choice & 2) != 0 ? 1 + choice / 4 : bytes.size() + 1;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            static_cast<void>(::send(ends[1], bytes.data() + at, std::min(step, bytes.size() - at), MSG_NOSIGNAL));
            io.poll();
        }
        ::close(ends[1]);
        io.restart();
        for (int turns = 0; turns < 1000 && !handler.closed; ++turns) io.run_one_for(std::chrono::milliseconds(20));
        require(handler.closed, "a session ends with its connection");
        require(session.active() == 0, "no stream is left over");
        for (const auto& held : handler.held) require(held->gone() || held->stopped(), "streams learn of the end");
        require(!handler.broken, "what is delivered is what HTTP/1 would deliver");
        handler.held.clear();
    }
}

}  // namespace gatehouse::fuzz
