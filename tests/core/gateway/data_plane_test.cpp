// Plain proxying: keep-alive, bodies both ways, filters, every status that the gateway makes itself.
#include "data_plane_fixture.h"

namespace gatehouse::test {
namespace {

TEST_F(DataPlaneTest, ForwardsAndKeepsBothConnections) {
    Origin origin(Origin::always(ok("hello")));
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    for (int i = 0; i < 20; ++i) {
        client.send("GET /x?y=1 HTTP/1.1\r\nHost: a.test\r\n\r\n");
        const auto answer = readMessage(client);
        ASSERT_EQ(answer.status(), 200);
        ASSERT_EQ(answer.body, "hello");
    }
    EXPECT_EQ(origin.connections(), 1);
    const auto first = record();
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.path, "/x?y=1");
    EXPECT_EQ(first.host, "a.test");
    EXPECT_EQ(first.route, "HTTPRoute default/r");
    EXPECT_EQ(first.endpoint, "127.0.0.1:" + std::to_string(origin.port()));
    EXPECT_FALSE(first.steps.empty());
    EXPECT_FALSE(first.phases.empty());
    EXPECT_TRUE(first.error.empty());
    EXPECT_TRUE(eventually([&] { return plane->counters().responses[2] == 20; }));
    EXPECT_EQ(plane->counters().upstreamConnects, 1U);
    EXPECT_EQ(plane->counters().upstreamReuses, 19U);
}

TEST_F(DataPlaneTest, AnswersPipelinedRequestsInOrder) {
    Origin origin(Origin::answering([](const Message& request) {
        return ok(request.head.substr(0, request.head.find(" HTTP")));
    }));
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    std::string all;
    for (int i = 0; i < 10; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(all);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(readMessage(client).body, "GET /" + std::to_string(i));
}

TEST_F(DataPlaneTest, RelaysLengthAndChunkedBodiesBothWays) {
    Origin origin(Origin::answering([](const Message& request) {
        std::string out = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (std::size_t i = 0; i < request.body.size(); i += 7) out += chunk(request.body.substr(i, 7));
        return out + "0\r\nX-Trailer: 1\r\n\r\n";
    }));
    serve(Routes(registry).to("", {origin.port()}));
    std::string body;
    for (int i = 0; i < 5000; ++i) body += std::to_string(i) + ",";
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(readMessage(client).body, body);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (std::size_t i = 0; i < body.size(); i += 1000) {
        const auto piece = body.substr(i, 1000);
        char size[16];
        std::snprintf(size, sizeof size, "%zX;a=b\r\n", piece.size());
        client.send(size + piece + "\r\n");
    }
    client.send("0\r\n\r\n");
    const auto answer = readMessage(client);
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.body, body);
    EXPECT_EQ(answer.field("x-trailer"), "");
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200) << "the connection is still in step";
}

TEST_F(DataPlaneTest, SendsHopByHopFieldsNoFurther) {
    std::string seen;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request.head;
        return "HTTP/1.1 200 OK\r\nConnection: x-secret\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: "
               "Basic\r\nUpgrade: h2c\r\nTrailer: a\r\nX-Kept: 1\r\nContent-Length: 0\r\n\r\n";
    }));
    serve(Routes(registry).to("", {origin.port()}));
    const auto answer = get("/", "Connection: close, X-Drop, Host\r\nX-Drop: 1\r\nX-Keep: 1\r\nTE: trailers\r\nUpgrade: websocket\r\n"
                                 "Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic x\r\nKeep-Alive: 5\r\nX-Forwarded-For: 6.6.6.6\r\n"
                                 "Forwarded: for=6.6.6.6\r\nX-Request-Id: abc-123\r\n");
    Message request{seen, "", true};
    for (const auto* name : {"X-Drop", "TE", "Upgrade", "Proxy-Connection", "Proxy-Authorization", "Keep-Alive", "Connection", "Forwarded"})
        EXPECT_EQ(request.field(name), "") << name;
    EXPECT_EQ(request.field("X-Keep"), "1");
    EXPECT_EQ(request.field("Host"), "a.test");
    EXPECT_EQ(request.field("X-Forwarded-For"), "127.0.0.1");
    EXPECT_EQ(request.field("X-Forwarded-Proto"), "http");
    EXPECT_EQ(request.field("X-Forwarded-Host"), "a.test");
    EXPECT_EQ(request.field("X-Request-Id"), "abc-123");
    for (const auto* name : {"X-Secret", "Keep-Alive", "Proxy-Authenticate", "Upgrade", "Trailer"})
        EXPECT_EQ(answer.field(name), "") << name;
    EXPECT_EQ(answer.field("X-Kept"), "1");
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(record().requestId, "abc-123");
}

TEST_F(DataPlaneTest, ReplacesAnUnfitRequestId) {
    std::string seen;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request.field("x-request-id");
        return ok("");
    }));
    serve(Routes(registry).to("", {origin.port()}));
    get("/", "X-Request-Id: has spaces and \"quotes\"\r\n");
    EXPECT_EQ(seen.size(), 36U);
    EXPECT_EQ(record().requestId, seen);
}

TEST_F(DataPlaneTest, KeepsTheMeaningOfBodylessAnswers) {
    Origin origin([](Wire& wire) {
        for (;;) {
            const auto request = readMessage(wire);
            if (request.head.empty()) return;
            if (request.head.starts_with("HEAD")) wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
            else if (request.head.find("/204") != std::string::npos) wire.send("HTTP/1.1 204 No Content\r\n\r\n");
            else if (request.head.find("/304") != std::string::npos) wire.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\nETag: x\r\n\r\n");
            else wire.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + ok("body"));
        }
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto answer = readMessage(client, true);
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.field("content-length"), "1234");
    client.send("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n");
    answer = readMessage(client);
    EXPECT_EQ(answer.status(), 204);
    EXPECT_EQ(answer.field("content-length"), "");
    client.send("GET /304 HTTP/1.1\r\nHost: a\r\n\r\n");
    answer = readMessage(client);
    EXPECT_EQ(answer.status(), 304);
    EXPECT_EQ(answer.field("etag"), "x");
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 103);
    EXPECT_EQ(readMessage(client).body, "body");
}

TEST_F(DataPlaneTest, ServesOldClientsAndThoseWhoClose) {
    Origin origin(Origin::always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
    serve(Routes(registry).to("", {origin.port()}));
    auto old = connect();
    old.send("GET / HTTP/1.0\r\n\r\n");
    const auto answer = readMessage(old);
    EXPECT_EQ(answer.body, "abc");
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.field("transfer-encoding"), "");
    auto closing = connect();
    closing.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(readMessage(closing).field("connection"), "close");
    EXPECT_EQ(closing.rest(), "");
    EXPECT_TRUE(closing.closedCleanly());
}

TEST_F(DataPlaneTest, ReframesAnAnswerThatEndsWithItsConnection) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\n\r\nuntil close");
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    for (int i = 0; i < 2; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answer = readMessage(client);
        EXPECT_EQ(answer.field("transfer-encoding"), "chunked");
        EXPECT_EQ(answer.body, "until close");
    }
    EXPECT_EQ(origin.connections(), 2);
}

TEST_F(DataPlaneTest, AsksForABodyThatWaitsForPermission) {
    Origin origin(Origin::answering([](const Message& request) {
        return ok(request.body + request.field("expect"));
    }));
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 100);
    client.send("data");
    EXPECT_EQ(readMessage(client).body, "data");
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: tea\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 417);
}

TEST_F(DataPlaneTest, AnswersByItselfWhereTheRuleSaysSo) {
    Routes routes(registry);
    route::Rule redirect;
    redirect.chain.redirect.emplace();
    redirect.chain.redirect->scheme = "https";
    redirect.chain.redirect->statusCode = 301;
    routes.add("/secure", redirect);
    route::Rule direct;
    direct.chain.directResponse.emplace();
    direct.chain.directResponse->status = 418;
    direct.chain.directResponse->body = "teapot";
    routes.add("/tea", direct);
    route::Rule broken;
    broken.broken = "its filter does not exist (secret detail)";
    routes.add("/broken", broken);
    routes.add("/empty", route::Rule{});
    route::Rule weightless;
    weightless.backends.push_back(Routes::backend(routes.cluster({1})));
    weightless.backends.back().weight = 0;
    routes.add("/weightless", weightless);
    route::Rule none;
    none.backends.push_back(Routes::backend(routes.cluster({})));
    routes.add("/none", none);
    route::Rule invalid;
    invalid.backends.emplace_back();
    invalid.backends.back().invalidReason = "Service default/x does not exist";
    routes.add("/invalid", invalid);
    serve(routes);

    const auto moved = get("/secure/a?b");
    EXPECT_EQ(moved.status(), 301);
    EXPECT_EQ(moved.field("location"), "https://a.test/secure/a?b");
    EXPECT_EQ(record().status, 301);
    const auto tea = get("/tea");
    EXPECT_EQ(tea.status(), 418);
    EXPECT_EQ(tea.body, "teapot");
    record();
    const struct {
        const char* path;
        int status;
        const char* code;
    } cases[] = {{"/nowhere", 404, "no-route"},       {"/broken", 500, "rule-broken"},   {"/empty", 500, "no-backend"},
                 {"/weightless", 503, "no-weight"}, {"/none", 503, "no-endpoints"}, {"/invalid", 500, "backend-invalid"}};
    for (const auto& expected : cases) {
        const auto answer = get(expected.path);
        EXPECT_EQ(answer.status(), expected.status) << expected.path;
        EXPECT_EQ(answer.field("x-request-id").size(), 36U) << expected.path;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
        const auto seen = record();
        EXPECT_EQ(seen.error, expected.code);
        EXPECT_EQ(seen.requestId, answer.field("x-request-id"));
        EXPECT_FALSE(seen.errorSentence.empty());
    }
}

TEST_F(DataPlaneTest, SendsNothingInTheClearToAnUpstreamThatNeedsTls) {
    Origin origin(Origin::always(ok("x")));
    Routes routes(registry);
    route::Rule rule;
    auto cluster = routes.cluster({origin.port()});
    cluster->transport = upstream::TransportRegistry::broken("The CA of the policy cannot be read.");
    rule.backends.push_back(Routes::backend(cluster));
    routes.add("", rule);
    serve(routes);
    EXPECT_EQ(get("/").status(), 503);
    const auto seen = record();
    EXPECT_EQ(seen.error, "upstream-tls");
    EXPECT_EQ(seen.errorSentence, "The CA of the policy cannot be read.");
    EXPECT_EQ(origin.connections(), 0);
}

TEST_F(DataPlaneTest, AppliesFiltersToBothHeads) {
    std::string seen;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request.head;
        return ok("x", "X-Server: origin\r\nX-Gone: 1\r\n");
    }));
    Routes routes(registry);
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({origin.port()})));
    rule.backends.back().requestHeaders.add = {{"x-backend", "b"}};
    rule.chain.requestHeaders.set = {{"x-a", "1"}};
    rule.chain.requestHeaders.remove = {"x-b"};
    rule.chain.responseHeaders.set = {{"X-Server", "gatehouse"}};
    rule.chain.responseHeaders.remove = {"x-gone"};
    rule.chain.rewrite.emplace();
    rule.chain.rewrite->hostname = "inside.test";
    rule.chain.rewrite->pathChange = filter::PathChange::ReplacePrefix;
    rule.chain.rewrite->pathValue = "/new";
    routes.add("/old", rule);
    serve(routes);
    const auto answer = get("/old/x?q=1", "X-B: 1\r\n");
    EXPECT_TRUE(seen.starts_with("GET /new/x?q=1 HTTP/1.1\r\n")) << seen;
    const Message request{seen, "", true};
    EXPECT_EQ(request.field("host"), "inside.test");
    EXPECT_EQ(request.field("x-a"), "1");
    EXPECT_EQ(request.field("x-b"), "");
    EXPECT_EQ(request.field("x-backend"), "b");
    EXPECT_EQ(answer.field("x-server"), "gatehouse");
    EXPECT_EQ(answer.field("x-gone"), "");
}

TEST_F(DataPlaneTest, SplitsByWeight) {
    Origin a(Origin::always(ok("a")));
    Origin b(Origin::always(ok("b")));
    Routes routes(registry);
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({a.port()})));
    rule.backends.back().weight = 80;
    rule.backends.push_back(Routes::backend(routes.cluster({b.port()})));
    rule.backends.back().weight = 20;
    routes.add("", rule);
    serve(routes);
    auto client = connect();
    int toB = 0;
    for (int i = 0; i < 1000; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        toB += readMessage(client).body == "b";
    }
    EXPECT_NEAR(toB, 200, 60);  // Six standard deviations are 76.
}

TEST_F(DataPlaneTest, ListensAndUnlistensWithoutDisturbingOthers) {
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}));
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200);
    const auto second = plane->listen(81, "127.0.0.1:0");
    ASSERT_TRUE(second);
    const auto secondPort = static_cast<std::uint16_t>(std::stoi(second->substr(second->rfind(':') + 1)));
    {
        auto other = Wire::connect(secondPort);
        other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(readMessage(other).status(), 404) << "logical port 81 has no listener in the snapshot";
        plane->unlisten(81);
        EXPECT_EQ(other.rest(), "") << "an idle connection of a closed port ends";
    }
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200);
    const auto taken = plane->listen(82, "127.0.0.1:" + std::to_string(port));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, "port-in-use");
    EXPECT_EQ(plane->listen(83, "nonsense").error().code, "bad-address");
}

TEST_F(DataPlaneTest, StopsGracefully) {
    std::atomic<bool> go{false};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        eventually([&] { return go.load(); });
        wire.send(ok("late"));
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto idle = connect();
    auto busy = connect();
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return plane->counters().inFlight == 1; }));
    std::thread stopper([&] { plane->stop(10s); });
    EXPECT_EQ(idle.rest(), "");
    EXPECT_TRUE(idle.closedCleanly());
    go = true;
    const auto answer = readMessage(busy);
    EXPECT_EQ(answer.body, "late");
    EXPECT_EQ(answer.field("connection"), "close");
    stopper.join();
    plane->drain(10, records);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records.front().status, 200);
}

TEST_F(DataPlaneTest, CutsAtTheStopDeadline) {
    std::atomic<bool> done{false};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        wire.more();  // Never answers; ends when the gateway lets go.
        done = true;
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto busy = connect();
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return plane->counters().inFlight == 1; }));
    const auto begin = std::chrono::steady_clock::now();
    plane->stop(50ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
    EXPECT_EQ(plane->counters().connections, 0);
    EXPECT_TRUE(eventually([&] { return done.load(); }));
}

}  // namespace
}  // namespace gatehouse::test
