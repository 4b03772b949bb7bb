// Limits that need a situation of their own to bite: each is enforced, counted once, and its time is told.
#include "h2_peer.h"

#include "http/limit_table.h"

#include <gtest/gtest.h>

#include <condition_variable>

#include <sys/resource.h>

namespace gatehouse::test {
namespace {

class LimitCases : public DataPlaneTest {
  protected:
    /// How often it bit; that its last time is now is checked on the way.
    std::uint64_t uses(const std::string& name) const {
        for (const auto& use : plane->limitUses()) {
            if (use.name != name) continue;
            const auto age = std::chrono::system_clock::now() - use.last;
            EXPECT_TRUE(age > -1s && age < 1min) << name;
            EXPECT_NE(http::findLimit(name), nullptr) << name;
            return use.count;
        }
        return 0;
    }
    bool bit(const std::string& name) const {
        return eventually([&] { return uses(name) > 0; });
    }
};

/// Fewer descriptors for the whole process, until it goes.
class FewDescriptors {
  public:
    explicit FewDescriptors(int more) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::dup(0);
        ::close(next);
        auto few = before_;
        few.rlim_cur = static_cast<rlim_t>(next + more);
        EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  private:
    rlimit before_{};
};

TEST_F(LimitCases, DescriptorsAreKeptFreeOfClients) {
    Origin origin(Origin::always(ok("x")));
    const FewDescriptors few(80);
    gateway::DataPlaneOptions options;
    options.limits.spareDescriptors = 30;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto first = connect();
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(first).status(), 200);
    // Both ends of each connection are this process's.
    std::vector<Wire> clients;
    while (clients.size() < 40 && uses(limit::kDescriptors) == 0) {
        clients.push_back(connect());
        clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto status = readMessage(clients.back()).status();
        EXPECT_TRUE(status == 200 || bit(limit::kDescriptors)) << clients.size();
    }
    EXPECT_EQ(uses(limit::kDescriptors), 1U);
    EXPECT_GT(clients.size(), 5U);
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(first).status(), 200) << "those that are in are served on";
    clients.clear();
    EXPECT_TRUE(eventually([&] { return get().status() == 200; })) << "and there is room again";
}

TEST_F(LimitCases, ABodyOfAnLlmRouteHasALimitOfItsOwn) {
    Origin origin(Origin::always(ok("x")));
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 100;
    options.limits.llmBodyBytes = 1'000;
    Routes routes(registry);
    route::Rule rule;
    rule.llm = true;
    rule.backends.push_back(Routes::backend(routes.cluster({origin.port()})));
    serve(routes.add("", std::move(rule)), options);
    const std::string head = "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    auto told = connect();
    told.send(head + "Content-Length: 1001\r\n\r\n");
    EXPECT_EQ(readMessage(told).status(), 413);
    EXPECT_TRUE(bit(limit::kLlmBodySize));
    auto chunked = connect();
    chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, ' ') + "\r\n0\r\n\r\n");
    EXPECT_EQ(readMessage(chunked).status(), 413);
    EXPECT_TRUE(eventually([&] { return uses(limit::kLlmBodySize) == 2; }));
    EXPECT_EQ(uses(limit::kBodySize), 0U);
    const std::string chat = R"({"model":"m","messages":[{"role":"user","content":")" + std::string(400, 'y') + R"("}]})";
    auto fits = connect();
    fits.send(head + "Content-Length: " + std::to_string(chat.size()) + "\r\n\r\n" + chat);
    EXPECT_EQ(readMessage(fits).status(), 200) << "more than an ordinary body may have";
}

TEST_F(LimitCases, ALongDenialIsPassedOnWithoutItsBody) {
    Origin origin(Origin::always(ok("never")));
    Origin auth(Origin::always("HTTP/1.1 403 No\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'n')));
    gateway::DataPlaneOptions options;
    options.limits.authAnswerBytes = 1'000;
    Routes routes(registry);
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({origin.port()})));
    route::Auth asked;
    asked.backend = Routes::backend(routes.cluster({auth.port()}));
    rule.auths.push_back(std::move(asked));
    rule.chain.order.push_back({filter::FilterStep::Auth, 0});
    serve(routes.add("", std::move(rule)), options);
    const auto denied = get();
    EXPECT_EQ(denied.status(), 403);
    EXPECT_EQ(denied.body.find("nnn"), std::string::npos);
    EXPECT_TRUE(bit(limit::kAuthAnswer));
    EXPECT_EQ(uses(limit::kAuthAnswer), 1U);
    EXPECT_EQ(origin.connections(), 0);
}

TEST_F(LimitCases, ASilentWebSocketIsCut) {
    Origin origin([](Wire& wire) {
        const auto asked = readMessage(wire);
        wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: " +
                  webSocketAccept(asked.field("sec-websocket-key")) + "\r\n\r\n");
        wire.drain();
    });
    gateway::DataPlaneOptions options;
    options.limits.tunnelIdle = 80ms;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto client = connect();
    client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 101);
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(bit(limit::kTunnelIdle));
    EXPECT_EQ(uses(limit::kTunnelIdle), 1U);
}

/// Answers when two requests wait.
struct Pair {
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    Origin::Serve serve() {
        return Origin::answering([this](const Message&) {
            std::unique_lock lock(mutex);
            ++waiting;
            changed.notify_all();
            changed.wait_for(lock, 10s, [&] { return waiting >= 2; });
            return ok("x");
        });
    }
};

TEST_F(LimitCases, PooledConnectionsBeyondTheirNumberAreClosed) {
    Pair pair;
    Origin origin(pair.serve());
    gateway::DataPlaneOptions options;
    options.limits.upstreamIdlePerEndpoint = 1;
    options.limits.upstreamIdle = 1h;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto one = connect();
    auto two = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    two.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_EQ(readMessage(two).status(), 200);
    EXPECT_TRUE(bit(limit::kUpstreamIdleConnections));
    EXPECT_EQ(uses(limit::kUpstreamIdleConnections), 1U);
    EXPECT_EQ(origin.connections(), 2);
    EXPECT_EQ(get().status(), 200);
    EXPECT_EQ(origin.connections(), 2) << "one of them was kept";
}

TEST_F(LimitCases, PooledConnectionsAreClosedAfterTheirTime) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send(ok("x"));
        wire.drain();
    });
    gateway::DataPlaneOptions options;
    options.limits.upstreamIdle = 50ms;
    serve(Routes(registry).to("", {origin.port()}), options);
    EXPECT_EQ(get().status(), 200);
    EXPECT_TRUE(bit(limit::kUpstreamIdle));
    EXPECT_EQ(uses(limit::kUpstreamIdle), 1U);
    EXPECT_TRUE(eventually([&] { return registry.all().front()->connections == 0; }));
}

// ---- HTTP/2

TEST_F(LimitCases, AnHttp2TargetIsRefusedByItself) {
    Origin origin(Origin::always(ok("x")));
    gateway::DataPlaneOptions options;
    options.limits.targetBytes = 200;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    EXPECT_EQ(peer.answer(peer.get("/" + std::string(200, 'x'))).status(), 414);
    EXPECT_EQ(uses(http::h2limit::kTargetSize), 1U);
    EXPECT_EQ(uses(http::h2limit::kHeadSize), 0U);
    EXPECT_EQ(peer.answer(peer.get("/" + std::string(199, 'x'))).status(), 200) << "the connection serves on";
}

TEST_F(LimitCases, AnHttp2ClientThatResetsHalfOfItsStreamsIsSentAway) {
    Origin origin([](Wire& wire) { wire.drain(); });
    gateway::DataPlaneOptions options;
    options.limits.h2.resetBurst = 100'000;
    options.limits.h2.resetShareAfter = 20;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    for (int i = 0; i < 12 && peer.goAways.empty(); ++i) {
        const auto id = peer.get("/");
        peer.pump();
        peer.reset(id, NGHTTP2_CANCEL);
        peer.pump();
    }
    EXPECT_TRUE(peer.until([&] { return !peer.goAways.empty(); }));
    ASSERT_FALSE(peer.goAways.empty());
    EXPECT_EQ(peer.goAways.back().second, static_cast<std::uint32_t>(NGHTTP2_ENHANCE_YOUR_CALM));
    EXPECT_TRUE(bit(http::h2limit::kResetShare));
    EXPECT_EQ(uses(http::h2limit::kResetShare), 1U);
    EXPECT_EQ(uses(http::h2limit::kRapidReset), 0U);
}

TEST_F(LimitCases, AnHttp2ClientThatAsksForMoreThanItReadsIsSentAway) {
    Origin origin(Origin::always(ok("x")));
    gateway::DataPlaneOptions options;
    options.limits.h2.controlBurst = 1'000'000;
    options.limits.h2.outboundAcks = 1'000'000;
    options.limits.h2.outboundFrames = 50;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    ASSERT_TRUE(peer.until([&] { return peer.settingsSeen; }));
    std::string pings;
    for (int i = 0; i < 200; ++i) pings += std::string("\0\0\x08\x06\0\0\0\0\0", 9) + "12345678";
    wire.send(pings);
    EXPECT_TRUE(peer.until([&] { return !peer.goAways.empty(); }));
    ASSERT_FALSE(peer.goAways.empty());
    EXPECT_EQ(peer.goAways.back().second, static_cast<std::uint32_t>(NGHTTP2_ENHANCE_YOUR_CALM));
    EXPECT_TRUE(bit(http::h2limit::kOutboundFrames));
    EXPECT_EQ(uses(http::h2limit::kOutboundFrames), 1U);
}

}  // namespace
}  // namespace gatehouse::test
