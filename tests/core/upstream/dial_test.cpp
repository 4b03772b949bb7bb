// Happy eyeballs: the order of addresses, and the race on loopback sockets; the tickets of connections.
#include "upstream/connection_ticket.h"
#include "upstream/dial.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace gatehouse::upstream {
namespace {

using namespace std::chrono_literals;
using Addresses = std::vector<net::asio::ip::address>;

Addresses addresses(const std::vector<std::string>& texts) {
    Addresses out;
    for (const auto& text : texts) out.push_back(net::asio::ip::make_address(text));
    return out;
}

TEST(DialOrder, FamiliesAlternateAndAddressesTakeTurns) {
    struct Case {
        std::vector<std::string> given;
        std::uint32_t turn;
        std::vector<std::string> order;
    };
    const std::vector<Case> cases = {
        {{}, 0, {}},
        {{"10.0.0.1"}, 7, {"10.0.0.1"}},
        {{"::1", "::2", "10.0.0.1"}, 0, {"::1", "10.0.0.1", "::2"}},
        {{"10.0.0.1", "10.0.0.2", "::1"}, 0, {"10.0.0.1", "::1", "10.0.0.2"}},
        {{"::1", "::2", "::3", "10.0.0.1", "10.0.0.2"}, 0, {"::1", "10.0.0.1", "::2", "10.0.0.2", "::3"}},
        {{"::1", "::2", "::3", "10.0.0.1", "10.0.0.2"}, 1, {"::2", "10.0.0.2", "::3", "10.0.0.1", "::1"}},
        {{"10.0.0.1", "10.0.0.2", "10.0.0.3"}, 2, {"10.0.0.3", "10.0.0.1", "10.0.0.2"}},
        {{"10.0.0.1", "10.0.0.2", "10.0.0.3"}, 3, {"10.0.0.1", "10.0.0.2", "10.0.0.3"}},
    };
    for (const auto& entry : cases) EXPECT_EQ(dialOrder(addresses(entry.given), entry.turn), addresses(entry.order));
}

/// A listening socket on an address of loopback.
class Listening {
  public:
    Listening(const char* address, std::uint16_t port, int backlog = 16) {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &at.sin_addr);
        bound_ = ::bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0 && ::listen(fd_, backlog) == 0;
        socklen_t size = sizeof at;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        at_ = at;
    }
    ~Listening() {
        for (const int fd : filling_) ::close(fd);
        ::close(fd_);
    }
    /// Fills its queue: further connects get no answer, as behind a firewall that drops.
    void fill() {
        for (int i = 0; i < 8; ++i) {
            const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            (void)::connect(fd, reinterpret_cast<const sockaddr*>(&at_), sizeof at_);
            filling_.push_back(fd);
        }
    }
    bool bound() const { return bound_; }
    std::uint16_t port() const { return port_; }

  private:
    int fd_ = -1;
    bool bound_ = false;
    std::uint16_t port_ = 0;
    sockaddr_in at_{};
    std::vector<int> filling_;
};

class DialTest : public ::testing::Test {
  protected:
    net::asio::io_context io;
    net::Sweeper sweeper;
    Dialled result;
    bool done = false;
    bool ticking = true;

    static net::Task<void> run(DialTest& test, Addresses to, std::uint16_t port, base::Millis patience, base::Millis stagger) {
        test.result = co_await dial(test.io.get_executor(), test.sweeper, std::move(to), port,
                                    base::MonoClock::now() + patience, nullptr, stagger);
        test.done = true;
    }
    static net::Task<void> tick(DialTest& test) {
        net::Timer timer(test.io.get_executor());
        net::ErrorCode ignored;
        // Beyond the end, for the attempts that lost to end too.
        for (int after = 0; after < 3; after += test.done ? 1 : 0) {
            timer.expires_after(base::Millis(2));
            co_await timer.async_wait(net::asio::redirect_error(net::kAwait, ignored));
            test.sweeper.tick(base::MonoClock::now());
        }
    }
    base::MonoClock::duration dialTo(const std::vector<std::string>& to, std::uint16_t port, base::Millis patience,
                                     base::Millis stagger) {
        const auto begin = base::MonoClock::now();
        net::asio::co_spawn(io.get_executor(), run(*this, addresses(to), port, patience, stagger), net::asio::detached);
        net::asio::co_spawn(io.get_executor(), tick(*this), net::asio::detached);
        io.run();
        return base::MonoClock::now() - begin;
    }
    std::string peer() const { return result.peer.address().to_string(); }
};

TEST_F(DialTest, OneAddressIsDialledOnce) {
    Listening good("127.0.0.1", 0);
    dialTo({"127.0.0.1"}, good.port(), 10s, 250ms);
    ASSERT_TRUE(result.socket);
    EXPECT_EQ(peer(), "127.0.0.1");
    EXPECT_EQ(result.attempts, 1U);
}

TEST_F(DialTest, ARefusalBeginsTheNextAtOnce) {
    Listening good("127.0.0.1", 0);
    const auto took = dialTo({"127.0.0.7", "127.0.0.1"}, good.port(), 20s, 10s);
    ASSERT_TRUE(result.socket);
    EXPECT_EQ(peer(), "127.0.0.1");
    EXPECT_EQ(result.attempts, 2U);
    EXPECT_LT(took, 8s) << "not after the stagger";
}

TEST_F(DialTest, ASilentAddressIsOvertakenAfterTheStagger) {
    Listening good("127.0.0.1", 0);
    Listening silent("127.0.0.8", good.port(), 0);
    if (!silent.bound()) GTEST_SKIP() << "the port is taken on the other address";
    silent.fill();
    const auto took = dialTo({"127.0.0.8", "127.0.0.1"}, good.port(), 20s, 60ms);
    ASSERT_TRUE(result.socket);
    EXPECT_EQ(peer(), "127.0.0.1");
    EXPECT_EQ(result.attempts, 2U);
    EXPECT_GE(took, 60ms);
    EXPECT_LT(took, 15s);
}

TEST_F(DialTest, AllRefusedIsARefusal) {
    std::uint16_t port = 0;
    { port = Listening("127.0.0.1", 0).port(); }
    dialTo({"127.0.0.1", "127.0.0.7"}, port, 20s, 10s);
    EXPECT_FALSE(result.socket);
    EXPECT_EQ(result.end, net::IoEnd::Reset);
    EXPECT_EQ(result.attempts, 2U);
}

TEST_F(DialTest, TheDeadlineEndsIt) {
    Listening silent("127.0.0.8", 0, 0);
    silent.fill();
    dialTo({"127.0.0.8", "127.0.0.8"}, silent.port(), 80ms, 20ms);
    EXPECT_FALSE(result.socket);
    EXPECT_EQ(result.end, net::IoEnd::Timeout);
}

TEST_F(DialTest, NoAddressIsNoConnection) {
    dialTo({}, 1, 1s, 20ms);
    EXPECT_FALSE(result.socket);
}

TEST(KeepAlive, IsWhatThePolicySays) {
    net::asio::io_context io;
    net::Socket socket(io.get_executor());
    socket.open(net::Tcp::v4());
    ConnectionOptions options;
    options.keepAliveTime = 30s;
    const auto read = [&](int level, int name) {
        int value = -1;
        socklen_t size = sizeof value;
        ::getsockopt(socket.native_handle(), level, name, &value, &size);
        return value;
    };
    keepAlive(socket, options);
    EXPECT_EQ(read(SOL_SOCKET, SO_KEEPALIVE), 0) << "unless it is switched on";
    options.tcpKeepAlive = true;
    options.keepAliveProbes = 4;
    options.keepAliveInterval = 7s;
    keepAlive(socket, options);
    EXPECT_EQ(read(SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(read(IPPROTO_TCP, 4), 30) << "TCP_KEEPIDLE";
    EXPECT_EQ(read(IPPROTO_TCP, 5), 7) << "TCP_KEEPINTVL";
    EXPECT_EQ(read(IPPROTO_TCP, 6), 4) << "TCP_KEEPCNT";
}

struct TicketTest : ::testing::Test {
    EndpointRegistry registry;
    std::shared_ptr<Endpoint> a = registry.get("c", "10.0.0.1", 80, "");
    std::shared_ptr<Endpoint> b = registry.get("c", "10.0.0.2", 80, "");
    std::shared_ptr<Gate> gateA = std::make_shared<Gate>();
    std::shared_ptr<Gate> gateB = std::make_shared<Gate>();
    http::Limits limits;
    ConnectionTicket take(bool first = true) { return ConnectionTicket::take(first ? a : b, first ? gateA : gateB, limits); }
    void most(std::uint32_t connections, std::uint32_t pending = 0) {
        BackendOptions options;
        options.connections.maxConnections = connections;
        options.connections.maxPending = pending;
        registry.cluster("c")->setOptions(options);
    }
};

TEST_F(TicketTest, CountsWhatIsOpen) {
    {
        auto one = take();
        auto moved = std::move(one);
        EXPECT_FALSE(one);
        EXPECT_TRUE(moved);
        EXPECT_EQ(a->connections, 1);
        EXPECT_EQ(a->cluster->connections, 1);
        auto two = take(false);
        EXPECT_EQ(a->cluster->connections, 2);
        two = ConnectionTicket();
        EXPECT_EQ(a->cluster->connections, 1);
    }
    EXPECT_EQ(a->connections, 0);
    EXPECT_EQ(a->cluster->connections, 0);
    EXPECT_EQ(gateA->open, 0U);
}

TEST_F(TicketTest, ThePolicyHoldsForAllEndpointsTogether) {
    most(2);
    auto one = take();
    auto two = take();
    EXPECT_TRUE(two);
    EXPECT_FALSE(take());
    auto other = take(false);
    EXPECT_TRUE(other) << "the first of this worker to an endpoint is always let through";
    EXPECT_FALSE(take(false));
    one = ConnectionTicket();
    EXPECT_FALSE(take()) << "there are two still";
    two = ConnectionTicket();
    EXPECT_TRUE(take());
    EXPECT_EQ(a->cluster->connections, 1);
}

TEST_F(TicketTest, TheTableHoldsPerWorkerAndEndpoint) {
    limits.upstreamConnectionsPerEndpoint = 2;
    auto one = take();
    auto two = take();
    EXPECT_FALSE(take());
    EXPECT_TRUE(take(false));
}

TEST_F(TicketTest, OnlySoManyMayWait) {
    most(1, 2);
    const PendingTicket one(*a, *gateA, limits);
    {
        const PendingTicket two(*b, *gateB, limits);
        EXPECT_FALSE(two.refused());
        const PendingTicket three(*a, *gateA, limits);
        EXPECT_TRUE(three.refused());
        EXPECT_EQ(a->cluster->pending, 3);
    }
    EXPECT_EQ(a->cluster->pending, 1);
    limits.upstreamPendingPerEndpoint = 0;
    const PendingTicket none(*a, *gateA, limits);
    EXPECT_TRUE(none.refused());
}

}  // namespace
}  // namespace gatehouse::upstream
