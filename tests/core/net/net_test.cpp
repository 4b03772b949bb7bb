// Addresses, listening sockets, gather writes, name look-ups.
#include "net/listener.h"
#include "net/resolver.h"
#include "net/stream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include <thread>

#include <unistd.h>

namespace gatehouse::net {
namespace {

TEST(HostPort, IsReadStrictly) {
    const struct {
        const char* text;
        const char* host;
        int port;
    } good[] = {{"127.0.0.1:80", "127.0.0.1", 80}, {"[::1]:8080", "::1", 8080}, {":0", "", 0}, {"localhost:65535", "localhost", 65535}};
    for (const auto& expected : good) {
        const auto read = parseHostPort(expected.text);
        ASSERT_TRUE(read) << expected.text;
        EXPECT_EQ(read->host, expected.host);
        EXPECT_EQ(read->port, expected.port);
    }
    for (const auto* bad : {"", "80", "127.0.0.1", "127.0.0.1:", "a:65536", "a:-1", "a:+1", "a:8x", "::1:80", "a:99999999999"}) {
        const auto read = parseHostPort(bad);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error().code, "bad-address");
    }
    EXPECT_EQ(formatHostPort("::1", 80), "[::1]:80");
    EXPECT_EQ(formatHostPort("10.0.0.1", 80), "10.0.0.1:80");
}

TEST(Listener, SaysWhichPortItGotAndWhyItCannot) {
    const auto first = bindListener("127.0.0.1:0");
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_NE(first->address, "127.0.0.1:0");
    const auto second = bindListener(first->address);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "port-in-use");
    EXPECT_NE(second.error().message.find(first->address), std::string::npos);
    ::close(first->descriptor);
    const auto elsewhere = bindListener("192.0.2.1:0");
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().code, "bad-address");
}

TEST(Gather, AdvancesAcrossParts) {
    Gather out;
    out.add("abc");
    out.add("");
    out.add("defg");
    EXPECT_EQ(out.bytes(), 7U);
    EXPECT_EQ(out.parts(), 2U);
    out.advance(2);
    EXPECT_EQ(out.buffers()[0].size(), 1U);
    out.advance(3);
    EXPECT_EQ(out.parts(), 1U);
    EXPECT_EQ(std::string_view(static_cast<const char*>(out.buffers()[0].data()), out.buffers()[0].size()), "fg");
    out.advance(2);
    EXPECT_TRUE(out.empty());
}

TEST(Resolver, FindsNamesAndLetsGoAtShutdown) {
    asio::io_context io;
    Resolver resolver;
    asio::ip::address numeric;
    EXPECT_TRUE(Resolver::numeric("10.1.2.3", numeric));
    EXPECT_FALSE(Resolver::numeric("localhost", numeric));
    std::vector<asio::ip::address> found;
    bool second = false;
    const auto deadline = base::MonoClock::now() + std::chrono::seconds(10);
    // Parameters, not captures: a coroutine's lambda does not outlive its first suspension.
    auto look = [](Resolver& from, Executor executor, std::string host, base::MonoTime until,
                   std::vector<asio::ip::address>& out, bool& done) -> Task<void> {
        out = co_await from.resolve(executor, std::move(host), until);
        done = true;
    };
    bool first = false;
    asio::co_spawn(io, look(resolver, io.get_executor(), "localhost", deadline, found, first), asio::detached);
    io.run();
    EXPECT_TRUE(first);
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(found.front().is_loopback());
    resolver.shutdown();
    io.restart();
    asio::co_spawn(io, look(resolver, io.get_executor(), "localhost", deadline, found, second), asio::detached);
    io.run();
    EXPECT_TRUE(second);
    EXPECT_TRUE(found.empty());
}

}  // namespace
}  // namespace gatehouse::net
