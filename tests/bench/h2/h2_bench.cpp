// What an HTTP/2 session costs per request, printed. Without arguments 8 connections with 16 streams each run in one thread,
// both sides ours: the figure is for a client and a server together. "serve" answers a foreign client (h2load) until its
// input ends, then prints the cost of the server alone.
#include "http/h2_session.h"
#include "net/stream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <list>
#include <memory>

#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace gatehouse;
namespace asio = net::asio;

std::uint64_t answered = 0;
bool stopping = false;

const http::Header kRequest[] = {{"user-agent", "bench"}, {"accept", "*/*"}, {"x-request-id", "0123456789abcdef"}};
const http::Header kAnswer[] = {{"content-type", "text/plain"}, {"content-length", "13"}, {"date", "Mon, 23 Nov 2026 12:00:00 GMT"}, {"server", "bench"}};

struct Server final : http::H2Handler {
    Server(net::Socket socket, net::Executor executor, net::Sweeper& sweeper)
        : stream(sweeper, std::move(socket)), session(stream, limits, http::H2Role::Server, *this, executor, sweeper) {
        asio::co_spawn(executor, session.run(), asio::detached);
    }
    void onRequest(std::shared_ptr<http::H2Stream> request) override {
        ++answered;
        request->sendResponse(200, kAnswer, false);
        request->sendData("Hello, world!", true);
    }
    http::Limits limits;
    net::Stream stream;
    http::H2Session session;
};

struct Client final : http::H2Handler {
    Client(net::Socket socket, net::Executor executor, net::Sweeper& sweeper)
        : stream(sweeper, std::move(socket)), session(stream, limits, http::H2Role::Client, *this, executor, sweeper) {
        asio::co_spawn(executor, session.run(), asio::detached);
        for (int i = 0; i < 16; ++i) asio::co_spawn(executor, ask(), asio::detached);
    }
    void onRequest(std::shared_ptr<http::H2Stream>) override {}
    net::Task<void> ask() {
        while (!stopping) {
            const auto request = session.open();
            if (!request) co_return;
            request->sendRequest({"GET", "http", "a.test", "/path"}, kRequest, true);
            while (!request->ended() && !request->gone()) {
                const bool woken = co_await request->readable().wait();
                if (!woken) co_return;
                request->consume(request->data().size());
            }
        }
    }
    http::Limits limits;
    net::Stream stream;
    http::H2Session session;
};

struct Cost {
    double user = 0;
    double system = 0;
};
Cost spent() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto micros = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
    return {micros(usage.ru_utime), micros(usage.ru_stime)};
}

void print(const char* what, Cost before, Cost after, std::uint64_t requests) {
    const auto count = static_cast<double>(requests);
    std::printf("%s: %llu requests, %.2f us user + %.2f us system each\n", what, static_cast<unsigned long long>(requests),
                (after.user - before.user) / count, (after.system - before.system) / count);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    asio::io_context io(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO);
    net::Sweeper sweeper;
    asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor(io.get_executor(), net::Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    std::list<Server> servers;
    std::list<Client> clients;
    const auto prepare = [](net::Socket& socket) {
        socket.non_blocking(true);
        socket.set_option(net::Tcp::no_delay(true));
    };
    if (argc > 1 && std::strcmp(argv[1], "serve") == 0) {
        std::printf("%u\n", acceptor.local_endpoint().port());
        std::fflush(stdout);
        std::function<void()> accept = [&] {
            acceptor.async_accept([&](const net::ErrorCode& error, net::Socket socket) {
                if (error) return;
                prepare(socket);
                servers.emplace_back(std::move(socket), io.get_executor(), sweeper);
                accept();
            });
        };
        accept();
        asio::posix::stream_descriptor input(io, ::dup(0));
        char byte = 0;
        input.async_read_some(asio::buffer(&byte, 1), [&](const boost::system::error_code&, std::size_t) { io.stop(); });
        io.run();
        print("server", {}, spent(), answered);
        std::_Exit(0);
    }
    for (int i = 0; i < 8; ++i) {
        net::Socket near(io.get_executor());
        net::Socket far(io.get_executor());
        near.connect(acceptor.local_endpoint());
        acceptor.accept(far);
        prepare(near);
        prepare(far);
        servers.emplace_back(std::move(far), io.get_executor(), sweeper);
        clients.emplace_back(std::move(near), io.get_executor(), sweeper);
    }
    const auto runUntil = [&](std::uint64_t count) {
        while (answered < count) io.run_one();
    };
    runUntil(20'000);
    const auto begin = answered;
    const auto before = spent();
    runUntil(begin + 400'000);
    print("client and server", before, spent(), answered - begin);
    std::_Exit(0);
}
