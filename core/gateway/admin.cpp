#include "gateway/admin.h"

#include "base/log.h"
#include "http/uri.h"

#include <fmt/format.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <thread>

namespace gatehouse::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t kHeadBytes = 16 * 1024;
constexpr int kConnections = 64;
constexpr auto kPatience = std::chrono::seconds(15);

struct Bind {
    asio::ip::address address;
    std::uint16_t port = 0;
};

Result<Bind> parseBind(const std::string& text) {
    // Not splitAuthority: to bind, port 0 is a wish (any free one).
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size())
        return fail("bad-address", fmt::format("\"{}\" is no address of the form 127.0.0.1:15000.", text));
    auto host = std::string_view(text).substr(0, colon);
    const auto portText = std::string_view(text).substr(colon + 1);
    Bind bind;
    const auto [end, status] = std::from_chars(portText.data(), portText.data() + portText.size(), bind.port);
    if (status != std::errc{} || end != portText.data() + portText.size())
        return fail("bad-address", fmt::format("\"{}\" is no port.", portText));
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    bind.address = host == "localhost" ? asio::ip::address(asio::ip::address_v4::loopback())
                                       : asio::ip::make_address(std::string(host), error);
    if (error) return fail("bad-address", fmt::format("\"{}\" is no IP address.", host));
    if (!bind.address.is_loopback())
        return fail("admin-not-loopback",
                    fmt::format("The admin endpoint shows the whole configuration, so it binds loopback only, not {}.", host));
    return bind;
}

/// A web page that rebinds its own name to 127.0.0.1 must not read the configuration: only loopback names pass.
bool loopbackHost(std::string_view authority) {
    std::string_view host;
    std::string_view port;
    if (!http::splitAuthority(authority, host, port)) return false;
    if (http::equalsIgnoreCase(host, "localhost")) return true;
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string(host), error);
    return !error && address.is_loopback();
}

}  // namespace

struct AdminServer::Impl {
    explicit Impl(Handler answers) : handler(std::move(answers)) {}

    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    Handler handler;
    int open = 0;
    std::jthread thread;

    Result<void> bind(const Bind& where) {
        boost::system::error_code error;
        const tcp::endpoint endpoint(where.address, where.port);
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return fail(error == asio::error::address_in_use ? "port-in-use" : "bad-address",
                        fmt::format("The admin endpoint cannot bind port {}: {}.", where.port, error.message()));
        return {};
    }

    asio::awaitable<void> accept() {
        while (true) {
            boost::system::error_code error;
            auto token = asio::redirect_error(asio::use_awaitable, error);
            tcp::socket socket = co_await acceptor.async_accept(token);
            if (error == asio::error::operation_aborted || !acceptor.is_open()) co_return;
            if (error) {
                // Out of descriptors and the like: wait rather than spin.
                asio::steady_timer pause(io, std::chrono::milliseconds(100));
                auto waiting = asio::redirect_error(asio::use_awaitable, error);
                co_await pause.async_wait(waiting);
                continue;
            }
            if (open >= kConnections) continue;
            asio::co_spawn(io, serve(std::move(socket)), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket) {
        ++open;
        beast::tcp_stream stream(std::move(socket));
        beast::flat_buffer buffer;
        bool more = true;
        while (more) {
            bhttp::request_parser<bhttp::empty_body> parser;
            parser.header_limit(kHeadBytes);
            parser.body_limit(std::uint64_t{0});
            stream.expires_after(kPatience);
            boost::system::error_code error;
            auto token = asio::redirect_error(asio::use_awaitable, error);
            co_await bhttp::async_read(stream, buffer, parser, token);
            if (error) break;
            const auto& request = parser.get();
            auto response = answer(request);
            more = response.keep_alive();
            stream.expires_after(kPatience);
            co_await bhttp::async_write(stream, response, token);
            if (error) break;
        }
        boost::system::error_code ignored;
        stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
        --open;
    }

    bhttp::response<bhttp::string_body> answer(const bhttp::request<bhttp::empty_body>& request) {
        const std::string_view target(request.target().data(), request.target().size());
        const auto hostField = request[bhttp::field::host];
        const auto question = target.find('?');
        const auto path = target.substr(0, question);
        const auto query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
        AdminReply reply;
        if (!loopbackHost({hostField.data(), hostField.size()}))
            reply = {403, "text/plain", "The admin endpoint answers to loopback names only.\n"};
        else if (request.method() != bhttp::verb::get && request.method() != bhttp::verb::head)
            reply = {405, "text/plain", "The admin endpoint is read-only.\n"};
        else
            reply = handler(path, query);

        bhttp::response<bhttp::string_body> response(static_cast<bhttp::status>(reply.status), request.version());
        response.set(bhttp::field::server, "gatehouse");
        response.set(bhttp::field::content_type, reply.contentType);
        response.set(bhttp::field::cache_control, "no-store");
        response.set("X-Content-Type-Options", "nosniff");
        if (reply.status == 405) response.set(bhttp::field::allow, "GET, HEAD");
        response.keep_alive(request.keep_alive());
        const auto length = reply.body.size();
        if (request.method() != bhttp::verb::head) response.body() = std::move(reply.body);
        response.content_length(length);
        return response;
    }
};

AdminServer::AdminServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AdminServer::~AdminServer() { stop(); }

Result<std::unique_ptr<AdminServer>> AdminServer::open(const std::string& bind, Handler handler) {
    const auto where = parseBind(bind);
    if (!where) return tl::unexpected(where.error());
    auto impl = std::make_unique<Impl>(std::move(handler));
    if (auto bound = impl->bind(*where); !bound) return tl::unexpected(bound.error());
    return std::unique_ptr<AdminServer>(new AdminServer(std::move(impl)));
}

void AdminServer::serve() {
    asio::co_spawn(impl_->io, impl_->accept(), asio::detached);
    impl_->thread = std::jthread([raw = impl_.get()] {
        // A handler that throws (out of memory) must cost its connection, not the process.
        while (true) {
            try {
                raw->io.run();
                return;
            } catch (const std::exception& error) {
                base::logError("admin", "A request failed: {}", error.what());
            }
        }
    });
}

std::string AdminServer::address() const {
    boost::system::error_code error;
    const auto endpoint = impl_->acceptor.local_endpoint(error);
    if (error) return {};
    const auto host = endpoint.address().to_string();
    return endpoint.address().is_v6() ? fmt::format("[{}]:{}", host, endpoint.port()) : fmt::format("{}:{}", host, endpoint.port());
}

void AdminServer::stop() {
    impl_->io.stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace gatehouse::gateway
