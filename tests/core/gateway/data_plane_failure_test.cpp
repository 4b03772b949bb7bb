// What goes wrong between a client and an upstream: limits, timeouts, those who leave, those who die, and swaps under load.
#include "data_plane_fixture.h"

#include <fstream>

namespace gatehouse::test {
namespace {

/// Resident memory of this process in KiB.
long residentKib() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6);
    return 0;
}

route::Rule timed(Routes& routes, std::uint16_t port, int requestMs, int backendMs) {
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({port})));
    if (requestMs >= 0) rule.requestTimeout = std::chrono::milliseconds(requestMs);
    if (backendMs >= 0) rule.backendTimeout = std::chrono::milliseconds(backendMs);
    return rule;
}

TEST_F(DataPlaneTest, RefusesAQuarterGigabyteWithoutReadingIt) {
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 268435456\r\n\r\n");
    client.send(std::string(100'000, 'x'));
    const auto answer = readMessage(client);
    EXPECT_EQ(answer.status(), 413);
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_EQ(origin.connections(), 0);
    EXPECT_EQ(record().error, "body-too-large");
}

TEST_F(DataPlaneTest, RefusesAnEndlessChunkedBodyAtTheLimit) {
    Origin origin([](Wire& wire) { wire.drain(); });
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 256 * 1024;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    for (int i = 0; i < 64 && client.send(chunk); ++i) {
    }
    EXPECT_EQ(readMessage(client).status(), 413);
    EXPECT_EQ(record().error, "body-too-large");
}

TEST_F(DataPlaneTest, StreamsAHundredMegabytesToASlowReaderInFlatMemory) {
    constexpr std::size_t kSize = 100'000'000;
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n");
        const std::string block(1'000'000, 'b');
        for (std::size_t sent = 0; sent < kSize && wire.send(block); sent += block.size()) {
        }
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = Wire::connect(port, 10s, 32 * 1024);
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_FALSE(client.until("\r\n\r\n").empty());
    const long before = residentKib();
    long most = before;
    std::size_t total = 0;
    char bytes[65536];
    for (int reads = 0;; ++reads) {
        if (reads % 200 == 0) {
            ::poll(nullptr, 0, 2);  // The reader dawdles; the gateway must wait, not buffer.
            most = std::max(most, residentKib());
        }
        const auto got = ::recv(client.fd(), bytes, sizeof bytes, 0);
        if (got <= 0) break;
        total += static_cast<std::size_t>(got);
    }
    EXPECT_GE(total + 65536, kSize);
    EXPECT_LT(most - before, 24 * 1024) << "KiB more than at the start (a sanitizer keeps freed memory for a while)";
}

TEST_F(DataPlaneTest, ClosesOnAClientThatDawdlesInItsHead) {
    gateway::DataPlaneOptions options;
    options.limits.headTime = 100ms;
    options.limits.bodyGap = 100ms;
    Origin origin([](Wire& wire) { wire.drain(); });
    serve(Routes(registry).to("", {origin.port()}), options);
    auto slowHead = connect();
    slowHead.send("GET / HTTP/1.1\r\nHos");
    EXPECT_EQ(readMessage(slowHead).status(), 408);
    EXPECT_EQ(record().error, "head-timeout");
    auto slowBody = connect();
    slowBody.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123");
    EXPECT_EQ(readMessage(slowBody).status(), 408);
    EXPECT_EQ(record().error, "body-timeout");
}

TEST_F(DataPlaneTest, CutsABodyThatTricklesForEver) {
    gateway::DataPlaneOptions options;
    options.limits.bodyGap = 400ms;
    Origin origin([](Wire& wire) { wire.drain(); });
    Routes routes(registry);
    routes.add("/streamed", timed(routes, origin.port(), -1, -1));
    auto buffered = timed(routes, origin.port(), -1, -1);
    buffered.llm = true;
    routes.add("/buffered", std::move(buffered));
    serve(routes, options);
    for (const auto* path : {"/streamed", "/buffered"}) {
        auto client = connect();
        client.send(std::string("POST ") + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n"
                    "Content-Type: application/json\r\n\r\n");
        // Never a pause as long as the gap, and never an end.
        pollfd answer{client.fd(), POLLIN, 0};
        int sent = 0;
        while (::poll(&answer, 1, 50) == 0 && sent < 200 && client.send("x")) ++sent;
        EXPECT_LT(sent, 200) << path;
        EXPECT_GT(sent, 3) << path << ": within the gap in all, nothing is cut";
        EXPECT_EQ(readMessage(client).status(), 408) << path;
        EXPECT_EQ(record().error, "body-timeout") << path;
    }
}

TEST_F(DataPlaneTest, LetsASlowBodyFinishThatKeepsTheMinimumRate) {
    gateway::DataPlaneOptions options;
    options.limits.bodyGap = 200ms;
    options.limits.bodyBytesPerSecond = 100;
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}), options);
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n");
    pollfd answer{client.fd(), POLLIN, 0};
    // 20 bytes every 40 ms are 500 a second; the whole takes twice the gap.
    for (int i = 0; i < 10 && ::poll(&answer, 1, 40) == 0; ++i) client.send(std::string(20, 'x'));
    EXPECT_EQ(readMessage(client).status(), 200);
}

TEST_F(DataPlaneTest, ClosesAnIdleConnectionInSilence) {
    gateway::DataPlaneOptions options;
    options.limits.idle = 60ms;
    serve(Routes(registry).to("", {1}), options);
    auto client = connect();
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(client.closedCleanly());
}

TEST_F(DataPlaneTest, TimesOutAsConfigured) {
    Origin origin([](Wire& wire) { wire.drain(); });
    Routes routes(registry);
    routes.add("/request", timed(routes, origin.port(), 60, -1));
    routes.add("/backend", timed(routes, origin.port(), 0, 60));
    serve(routes);
    for (const auto* path : {"/request", "/backend"}) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status(), 504) << path;
        EXPECT_EQ(record().error, "timeout");
    }
}

TEST_F(DataPlaneTest, CutsAnAnswerThatOutlastsTheRequestTimeout) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        wire.drain();
    });
    Routes routes(registry);
    routes.add("", timed(routes, origin.port(), 80, -1));
    serve(routes);
    const auto answer = get("/");
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, "half");
    EXPECT_FALSE(answer.whole);
    const auto seen = record();
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.error, "timeout");
}

TEST_F(DataPlaneTest, SaysWhenNothingListensAtTheUpstream) {
    serve(Routes(registry).to("", {deadPort()}));
    EXPECT_EQ(get("/").status(), 503);
    const auto seen = record();
    EXPECT_EQ(seen.error, "upstream-connect");
    EXPECT_FALSE(seen.endpoint.empty());
}

TEST_F(DataPlaneTest, TriesAnotherEndpointOnceWhenOneIsDead) {
    Origin origin(Origin::always(ok("alive")));
    serve(Routes(registry).to("", {deadPort(), origin.port()}));
    auto client = connect();
    int retried = 0;
    for (int i = 0; i < 20; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(readMessage(client).body, "alive");
        retried += record().attempts == 2;
    }
    EXPECT_GE(retried, 1);
    EXPECT_LE(retried, 5) << "after five failures in a row the dead endpoint is left out";
}

TEST_F(DataPlaneTest, RefusesBrokenAnswersOfTheUpstream) {
    const char* answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 1\n\na",
        "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    };
    std::atomic<std::size_t> next{0};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        wire.send(answers[next]);
        wire.drain();
    });
    serve(Routes(registry).to("", {origin.port()}));
    for (; next < std::size(answers); ++next) {
        EXPECT_EQ(get("/").status(), 502) << answers[next];
        EXPECT_EQ(record().error, "upstream-bad-response") << answers[next];
    }
}

TEST_F(DataPlaneTest, AnswersFor502WhenTheUpstreamHangsUp) {
    Origin origin([](Wire& wire) { readMessage(wire); });
    serve(Routes(registry).to("", {origin.port()}));
    EXPECT_EQ(get("/").status(), 502);
    EXPECT_EQ(record().error, "upstream-reset");
}

TEST_F(DataPlaneTest, SendsAgainOnAFreshConnectionWhenAKeptOneWasStale) {
    Origin origin([](Wire& wire) {  // One answer, keep-alive promised, then gone at the next request.
        readMessage(wire);
        wire.send(ok("x"));
        readMessage(wire);
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    for (int i = 0; i < 5; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(readMessage(client).status(), 200);
        EXPECT_EQ(record().attempts, i == 0 ? 1 : 2);
    }
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(readMessage(client).status(), 502) << "a POST may have had its effect and is not sent twice";
}

TEST_F(DataPlaneTest, EndsAChunkedAnswerUncleanlyWhenTheUpstreamDies) {
    Origin origin([](Wire& wire) {
        const auto request = readMessage(wire);
        wire.send(request.head.find("/length") != std::string::npos
                      ? "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"
                      : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
        wire.reset();
    });
    serve(Routes(registry).to("", {origin.port()}));
    for (const auto* path : {"/length", "/chunked"}) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status(), 200) << path;
        EXPECT_FALSE(answer.whole) << path;
        const auto seen = record();
        EXPECT_EQ(seen.error, "upstream-reset") << path;
    }
    auto old = connect();
    old.send("GET /chunked HTTP/1.0\r\n\r\n");
    old.rest();
    EXPECT_FALSE(old.closedCleanly()) << "where the end of the connection ends the body, it must be a reset";
}

TEST_F(DataPlaneTest, LetsTheUpstreamGoWhenTheClientLeavesMidStream) {
    std::atomic<bool> cut{false};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < until) {
            if (!wire.send("5\r\nevent\r\n")) {
                cut = true;
                return;
            }
            ::poll(nullptr, 0, 2);
        }
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(client.until("event").empty());
    client.close();
    EXPECT_TRUE(eventually([&] { return cut.load(); }));
    const auto seen = record();
    EXPECT_EQ(seen.status, 499);
    EXPECT_EQ(seen.error, "client-left");
    EXPECT_EQ(plane->counters().responses[0], 1U);
}

TEST_F(DataPlaneTest, LetsTheUpstreamGoWhenTheClientLeavesBeforeTheAnswer) {
    std::atomic<bool> cut{false};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        wire.more();
        cut = true;
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return origin.connections() == 1; }));
    client.close();
    EXPECT_TRUE(eventually([&] { return cut.load(); }, 5s));
    EXPECT_EQ(record().status, 499);
    EXPECT_TRUE(eventually([&] { return registry.all().front()->inFlight == 0; }));
}

TEST_F(DataPlaneTest, RelaysAnAnswerThatComesBeforeTheBodyEnds) {
    Origin origin([](Wire& wire) {
        wire.until("\r\n\r\n");
        wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
        wire.drain();
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nonly a part");
    const auto answer = readMessage(client);
    EXPECT_EQ(answer.status(), 401);
    EXPECT_EQ(answer.body, "no");
    EXPECT_EQ(answer.field("connection"), "close");
}

TEST_F(DataPlaneTest, HoldsTheConnectionLimit) {
    gateway::DataPlaneOptions options;
    options.limits.connections = 2;
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}), options);
    auto a = connect();
    auto b = connect();
    ASSERT_TRUE(eventually([&] { return plane->counters().connections == 2; }));
    auto c = connect();
    EXPECT_EQ(c.rest(), "");
    a.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(a).status(), 200);
}

TEST_F(DataPlaneTest, LosesNoRequestWhileSnapshotsAreSwapped) {
    Origin one(Origin::always(ok("one")));
    Origin two(Origin::always(ok("two")));
    gateway::DataPlaneOptions options;
    options.workers = 2;
    serve(Routes(registry).to("", {one.port()}), options);
    std::atomic<bool> stop{false};
    std::atomic<int> good{0};
    std::atomic<int> bad{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            auto wire = connect();
            while (!stop) {
                const bool sent = wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                const auto answer = readMessage(wire);
                (sent && answer.status() == 200 && answer.whole ? good : bad)++;
            }
        });
    for (std::uint64_t generation = 2; generation < 202; ++generation) {
        Routes routes(registry);
        if (generation % 2 == 0) routes.to("", {two.port()});
        else routes.to("", {one.port()}).to("/extra", {two.port()});
        plane->swap(routes.snapshot(generation));
    }
    EXPECT_TRUE(eventually([&] { return good > 500; }));
    stop = true;
    for (auto& client : clients) client.join();
    EXPECT_EQ(bad, 0);
    plane->drain(100'000, records);
    for (const auto& seen : records) EXPECT_EQ(seen.status, 200);
}

}  // namespace
}  // namespace gatehouse::test
