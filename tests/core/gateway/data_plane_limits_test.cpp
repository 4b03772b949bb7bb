// Limits that bite are counted, with when; connections and requests to a backend are limited; what fails is left out.
#include "data_plane_fixture.h"

#include "http/limit_table.h"
#include "upstream/health.h"
#include "upstream/outlier.h"

#include <gtest/gtest.h>

#include <condition_variable>

namespace gatehouse::test {
namespace {

class LimitsTest : public DataPlaneTest {
  protected:
    std::uint64_t uses(const std::string& name) const {
        for (const auto& use : plane->limitUses())
            if (use.name == name) return use.count;
        return 0;
    }
    bool bit(const std::string& name) const {
        return eventually([&] { return uses(name) > 0; });
    }
    template <class Change>
    void policy(Change change) {
        upstream::BackendOptions options;
        change(options);
        registry.cluster("Service/default/web:80")->setOptions(options);
    }
};

/// Answers only when it is told to.
struct Held {
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    bool open = false;
    Origin::Serve serve() {
        return Origin::answering([this](const Message&) {
            std::unique_lock lock(mutex);
            ++waiting;
            changed.wait(lock, [&] { return open; });
            return ok("done");
        });
    }
    bool arrived(int count) {
        return eventually([&] {
            std::lock_guard lock(mutex);
            return waiting >= count;
        });
    }
    void release() {
        std::lock_guard lock(mutex);
        open = true;
        changed.notify_all();
    }
};

TEST_F(LimitsTest, EachOneThatBitesIsCountedWithItsTime) {
    gateway::DataPlaneOptions options;
    options.limits.headBytes = 4096;
    options.limits.targetBytes = 200;
    options.limits.headFields = 10;
    options.limits.bodyBytes = 1000;
    options.limits.headTime = 60ms;
    options.limits.bodyGap = 60ms;
    options.limits.idle = 60ms;
    options.limits.upstreamHead = 60ms;
    Held held;
    Origin origin(held.serve());
    serve(Routes(registry).to("", {origin.port()}), options);
    EXPECT_TRUE(plane->limitUses().empty());
    struct Case {
        const char* limit;
        std::string bytes;
        int status;
    };
    std::string fields;
    for (int i = 0; i < 12; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
    const std::vector<Case> cases = {
        {limit::kHeadSize, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x') + "\r\n\r\n", 431},
        {limit::kHeadFields, "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", 431},
        {limit::kTargetSize, "GET /" + std::string(300, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {limit::kBodySize, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413},
        {limit::kHeadTime, "GET / HTTP/1.1\r\nHo", 408},
        {limit::kBodyGap, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123", 408},
        {limit::kUpstreamHead, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 504},
    };
    for (const auto& entry : cases) {
        EXPECT_EQ(uses(entry.limit), 0U) << entry.limit;
        auto client = connect();
        client.send(entry.bytes);
        EXPECT_EQ(readMessage(client).status(), entry.status) << entry.limit;
        EXPECT_TRUE(bit(entry.limit)) << entry.limit;
        EXPECT_EQ(uses(entry.limit), 1U) << entry.limit;
    }
    auto idle = connect();
    EXPECT_EQ(idle.rest(), "");
    EXPECT_TRUE(bit(limit::kIdle));
    const auto now = std::chrono::system_clock::now();
    for (const auto& use : plane->limitUses()) {
        EXPECT_NE(http::findLimit(use.name), nullptr) << use.name;
        EXPECT_LT(now - use.last, 1min) << use.name;
    }
    held.release();
}

TEST_F(LimitsTest, BeyondTheCapConnectionsAreRefusedAtOnce) {
    gateway::DataPlaneOptions options;
    options.limits.connections = 2;
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}), options);
    auto one = connect();
    auto two = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    two.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_EQ(readMessage(two).status(), 200);
    auto three = connect();
    EXPECT_EQ(three.rest(), "");
    EXPECT_TRUE(bit(limit::kConnections));
    one.close();
    EXPECT_TRUE(eventually([&] { return get().status() == 200; })) << "there is room again";
}

TEST_F(LimitsTest, AConnectionMayHaveALimitOfRequests) {
    gateway::DataPlaneOptions options;
    options.limits.requestsPerConnection = 2;
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}), options);
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("connection"), "");
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("connection"), "close");
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(bit(limit::kRequestsPerConnection));
}

TEST_F(LimitsTest, WithoutAFreeConnectionARequestWaitsForOne) {
    Held held;
    Origin origin(held.serve());
    serve(Routes(registry).to("", {origin.port()}));
    policy([](auto& options) { options.connections.maxConnections = 1; });
    auto one = connect();
    auto two = connect();
    one.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(held.arrived(1));
    two.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto state = registry.cluster("Service/default/web:80");
    EXPECT_TRUE(eventually([&] { return state->pending == 1; }));
    held.release();
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_EQ(readMessage(two).status(), 200);
    EXPECT_EQ(origin.connections(), 1);
    EXPECT_EQ(state->pending, 0);
    EXPECT_EQ(state->connections, 1);
}

TEST_F(LimitsTest, TooManyWaitingAreAnswered503) {
    Held held;
    Origin origin(held.serve());
    serve(Routes(registry).to("", {origin.port()}));
    policy([](auto& options) {
        options.connections.maxConnections = 1;
        options.connections.maxPending = 1;
    });
    auto one = connect();
    auto two = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(held.arrived(1));
    two.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto state = registry.cluster("Service/default/web:80");
    ASSERT_TRUE(eventually([&] { return state->pending == 1; }));
    EXPECT_EQ(get().status(), 503);
    EXPECT_EQ(record().error, limit::kUpstreamPending);
    EXPECT_EQ(uses(limit::kUpstreamPending), 1U);
    EXPECT_EQ(state->overflows, 1U);
    EXPECT_EQ(registry.all().front()->failures, 0U) << "no fault of the endpoint";
    held.release();
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_EQ(readMessage(two).status(), 200);
}

TEST_F(LimitsTest, WaitingEndsWithTheTimeToConnect) {
    Held held;
    Origin origin(held.serve());
    serve(Routes(registry).to("", {origin.port()}));
    policy([](auto& options) {
        options.connections.maxConnections = 1;
        options.connections.connect = 80ms;
    });
    auto one = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(held.arrived(1));
    EXPECT_EQ(get().status(), 503);
    EXPECT_EQ(record().error, limit::kUpstreamConnections);
    held.release();
    EXPECT_EQ(readMessage(one).status(), 200);
}

TEST_F(LimitsTest, ABackendTakesOnlySoManyRequests) {
    Held held;
    Origin origin(held.serve());
    serve(Routes(registry).to("", {origin.port()}));
    policy([](auto& options) { options.connections.maxRequests = 1; });
    auto one = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(held.arrived(1));
    EXPECT_EQ(get().status(), 503);
    EXPECT_EQ(record().error, limit::kUpstreamRequests);
    held.release();
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_TRUE(eventually([&] { return get().status() == 200; }));
}

TEST_F(LimitsTest, AnUpstreamConnectionIsClosedAfterItsLastRequest) {
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}));
    policy([](auto& options) { options.connections.maxRequestsPerConnection = 2; });
    for (int i = 0; i < 6; ++i) EXPECT_EQ(get().status(), 200);
    EXPECT_EQ(origin.connections(), 3);
}

TEST_F(LimitsTest, AnEndpointThatResetsIsLeftOutWithItsReason) {
    Origin bad([](Wire& wire) {
        readMessage(wire);
        wire.reset();
    });
    Origin good(Origin::always(ok("good")));
    serve(Routes(registry).to("", {bad.port(), good.port()}));
    policy([](auto& options) { options.balance.method = upstream::Balance::RoundRobin; });
    const auto endpoint = registry.all().front();
    ASSERT_EQ(endpoint->port, bad.port());
    EXPECT_TRUE(eventually([&] {
        get();
        return upstream::isEjected(*endpoint, base::MonoClock::now());
    }));
    for (int i = 0; i < 10; ++i) EXPECT_EQ(get().status(), 200);
    const auto health = upstream::healthOf(*endpoint, base::MonoClock::now(), std::chrono::system_clock::now());
    EXPECT_EQ(health.standing, upstream::Standing::Out);
    EXPECT_NE(health.reason.find(": 5 resets in a row"), std::string::npos) << health.reason;
    EXPECT_EQ(health.lastFailure, "reset");
    const auto other = upstream::healthOf(*registry.all().back(), base::MonoClock::now(), {});
    EXPECT_GT(other.latencyMicros, 0U);
    EXPECT_EQ(other.connections, 1);
}

TEST_F(LimitsTest, AnswersOf5xxTakeAnEndpointOutWhereThePolicySaysSo) {
    Origin bad(Origin::always("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
    Origin good(Origin::always(ok("good")));
    serve(Routes(registry).to("", {bad.port(), good.port()}));
    policy([](auto& options) {
        options.balance.method = upstream::Balance::RoundRobin;
        options.outlier.errors = 3;
    });
    int failed = 0;
    for (int i = 0; i < 20; ++i) failed += get().status() == 500 ? 1 : 0;
    EXPECT_EQ(failed, 3);
    const auto health = upstream::healthOf(*registry.all().front(), base::MonoClock::now(), std::chrono::system_clock::now());
    EXPECT_NE(health.reason.find(": 3 answers of 5xx in a row"), std::string::npos) << health.reason;
}

TEST_F(LimitsTest, AHostNameIsAnEndpoint) {
    Origin origin(Origin::always(ok("x")));
    Routes routes(registry);
    auto cluster = routes.cluster({});
    cluster->endpoints.push_back(registry.get(cluster->id, "localhost", origin.port(), ""));
    route::Rule rule;
    rule.backends.push_back(Routes::backend(cluster));
    routes.add("", std::move(rule));
    serve(routes);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(get().status(), 200) << "its IPv6 address refuses, the other is taken";
    EXPECT_FALSE(plane->addressesOf("localhost").empty());
    EXPECT_EQ(origin.connections(), 1) << "the connection is kept";
}

}  // namespace
}  // namespace gatehouse::test
