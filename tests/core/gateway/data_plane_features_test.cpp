// What a rule does around its backends: retries, mirrors, CORS, sessions, authorization, shares, trusted hops.
#include "h2_peer.h"

#include "base/ids.h"
#include "filter/session.h"
#include "route/sessions.h"

#include <map>
#include <set>

namespace gatehouse::test {
namespace {

std::string answer(int status, std::string_view body = "", std::string_view extra = "") {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + std::string(extra) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// Answers one after the other, the last for ever; remembers the requests.
class Script {
  public:
    explicit Script(std::vector<std::string> answers)
        : answers_(std::move(answers)), origin_(Origin::answering([this](const Message& request) {
              std::lock_guard lock(mutex_);
              seen_.push_back(request);
              times_.push_back(std::chrono::steady_clock::now());
              const auto turn = std::min(seen_.size(), answers_.size()) - 1;
              return answers_[turn];
          })) {}
    std::uint16_t port() const { return origin_.port(); }
    std::vector<Message> seen() const {
        std::lock_guard lock(mutex_);
        return seen_;
    }
    std::vector<std::chrono::steady_clock::time_point> times() const {
        std::lock_guard lock(mutex_);
        return times_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Message> seen_;
    std::vector<std::chrono::steady_clock::time_point> times_;
    std::vector<std::string> answers_;
    Origin origin_;
};

std::string steps(const telemetry::RequestRecord& record) {
    std::string text;
    for (const auto& step : record.steps) text += step.stage + " " + step.subject + ": " + step.detail + "\n";
    return text;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

route::Rule ruleTo(Routes& routes, const std::vector<std::uint16_t>& ports) {
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster(ports)));
    return rule;
}

route::Retry retryOn(std::vector<int> codes, std::uint32_t attempts, std::chrono::milliseconds backoff = 1ms) {
    route::Retry retry;
    retry.codes = std::move(codes);
    retry.attempts = attempts;
    retry.backoff = backoff;
    return retry;
}

// ---- Filters of a single backend.

TEST_F(DataPlaneTest, TellsWhatTheFiltersOfABackendChanged) {
    Script origin({ok("one")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.backends[0].requestHeaders.set = {{"x-arm", "one"}, {"x-token", "abc"}};
    rule.backends[0].responseHeaders.remove = {"x-powered-by"};
    serve(routes.add("", std::move(rule)));
    EXPECT_EQ(get("/x").status(), 200);
    EXPECT_TRUE(has(origin.seen().at(0).head, "x-arm: one"));
    const auto told = steps(record());
    EXPECT_TRUE(has(told, "filter RequestHeaderModifier: for ")) << told;
    EXPECT_TRUE(has(told, " alone: set x-arm: one, set x-token: (hidden)\n")) << told;
    EXPECT_TRUE(has(told, " alone: remove x-powered-by\n")) << told;
}

// ---- Retry.

TEST_F(DataPlaneTest, TriesAgainOnListedCodes) {
    Script origin({answer(503), answer(500), ok("third")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({500, 503}, 3);
    serve(routes.add("", std::move(rule)));
    const auto got = get("/x");
    EXPECT_EQ(got.status(), 200);
    EXPECT_EQ(got.body, "third");
    EXPECT_EQ(origin.seen().size(), 3U);
    const auto seen = record();
    EXPECT_EQ(seen.attempts, 3);
    EXPECT_TRUE(seen.error.empty());
    EXPECT_TRUE(has(steps(seen), "try 1: answered 503; another try after")) << steps(seen);
    EXPECT_TRUE(has(steps(seen), "try 2: answered 500; another try after")) << steps(seen);
    EXPECT_TRUE(has(steps(seen), "try 3: answered 200")) << steps(seen);
}

TEST_F(DataPlaneTest, PassesTheLastAnswerOnWhenTriesAreUsedUp) {
    Script origin({answer(503, "one"), answer(503, "two"), answer(503, "three"), ok("never")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 2);
    serve(routes.add("", std::move(rule)));
    const auto got = get("/x");
    EXPECT_EQ(got.status(), 503);
    EXPECT_EQ(got.body, "three") << "what the upstream said, not what we would";
    EXPECT_EQ(origin.seen().size(), 3U);
    EXPECT_TRUE(has(steps(record()), "every try was used"));
}

TEST_F(DataPlaneTest, DoesNotTryAgainOnOtherCodesNorWithoutTheStanza) {
    Script origin({answer(500)});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 2);
    routes.add("/with", std::move(rule)).to("/without", {origin.port()});
    serve(routes);
    EXPECT_EQ(get("/with").status(), 500);
    EXPECT_EQ(get("/without").status(), 500);
    EXPECT_EQ(origin.seen().size(), 2U);
    const auto seen = record();
    EXPECT_FALSE(has(steps(seen), "try 1")) << "one try needs no list";
}

TEST_F(DataPlaneTest, WaitsAtLeastTheBackoffBetweenTries) {
    Script origin({answer(503), answer(503), ok("x")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 2, 80ms);
    serve(routes.add("", std::move(rule)));
    EXPECT_EQ(get("/x").status(), 200);
    const auto times = origin.times();
    ASSERT_EQ(times.size(), 3U);
    EXPECT_GE(times[1] - times[0], 79ms);
    EXPECT_GE(times[2] - times[1], 79ms);
}

TEST_F(DataPlaneTest, SendsTheBodyOfEveryMethodAgain) {
    Script origin({answer(503), ok("x")});
    Script chunked({answer(503), ok("x")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 1);
    auto other = ruleTo(routes, {chunked.port()});
    other.retry = retryOn({503}, 1);
    serve(routes.add("/length", std::move(rule)).add("/chunked", std::move(other)));
    const std::string body(200'000, 'b');
    auto client = connect();
    client.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(readMessage(client).status(), 200);
    client.send("POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200);
    ASSERT_EQ(origin.seen().size(), 2U);
    EXPECT_EQ(origin.seen()[0].body, body);
    EXPECT_EQ(origin.seen()[1].body, body);
    ASSERT_EQ(chunked.seen().size(), 2U);
    EXPECT_EQ(chunked.seen()[0].body, "hello world");
    EXPECT_EQ(chunked.seen()[1].body, "hello world");
    EXPECT_EQ(chunked.seen()[1].field("transfer-encoding"), "chunked");
    client.send("GET /length HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200) << "the connection is in step";
}

TEST_F(DataPlaneTest, DoesNotKeepABodyBeyondTheLimit) {
    Script origin({answer(503, "busy"), ok("x")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 1);
    gateway::DataPlaneOptions options;
    options.limits.keptBodyBytes = 1000;
    serve(routes.add("", std::move(rule)), options);
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'b'));
    EXPECT_EQ(readMessage(client).status(), 503);
    EXPECT_EQ(origin.seen().size(), 1U);
    EXPECT_TRUE(has(steps(record()), "the body is longer than is kept for another try"));
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 4; ++i) client.send("1f4\r\n" + std::string(500, 'c') + "\r\n");
    client.send("0\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200);
    ASSERT_EQ(origin.seen().size(), 2U);
    EXPECT_EQ(origin.seen()[1].body, std::string(2000, 'c')) << "streamed all the same";
}

TEST_F(DataPlaneTest, TriesOtherEndpointsFirst) {
    Script bad({answer(503)});
    Script alsoBad({answer(503)});
    Script good({ok("good")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {bad.port(), alsoBad.port(), good.port()});
    rule.retry = retryOn({503}, 2);
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    for (int i = 0; i < 12; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(readMessage(client).body, "good") << "each endpoint gets one of three tries";
    }
}

TEST_F(DataPlaneTest, TriesAgainAfterConnectionErrors) {
    std::atomic<int> connections{0};
    Origin moody([&](Wire& wire) {
        const bool first = connections++ == 0;
        readMessage(wire);
        if (first) return;  // Closes without an answer, though the request is no idempotent one.
        wire.send(ok("again"));
        wire.drain();
    });
    Routes routes(registry);
    auto rule = ruleTo(routes, {moody.port()});
    rule.retry = retryOn({}, 1);
    auto dead = ruleTo(routes, {deadPort()});
    dead.retry = retryOn({}, 2);
    serve(routes.add("/reset", std::move(rule)).add("/dead", std::move(dead)));
    auto client = connect();
    client.send("POST /reset HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(readMessage(client).body, "again");
    EXPECT_TRUE(has(steps(record()), "try 1: upstream-reset"));
    client.send("GET /dead HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 503);
    const auto seen = record();
    EXPECT_EQ(seen.attempts, 3);
    EXPECT_EQ(seen.error, "upstream-connect");
}

TEST_F(DataPlaneTest, GivesEachTryItsTimeAndAllTheRequests) {
    Origin silent([](Wire& wire) { wire.drain(); });
    Routes routes(registry);
    auto each = ruleTo(routes, {silent.port()});
    each.retry = retryOn({504}, 2);
    each.backendTimeout = 40ms;
    auto all = ruleTo(routes, {silent.port()});
    all.retry = retryOn({504}, 1000);
    all.backendTimeout = 40ms;
    all.requestTimeout = 200ms;
    serve(routes.add("/each", std::move(each)).add("/all", std::move(all)));
    EXPECT_EQ(get("/each").status(), 504);
    EXPECT_EQ(record().attempts, 3);
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(get("/all").status(), 504);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
    const auto seen = record();
    EXPECT_EQ(seen.status, 504);
    EXPECT_GE(seen.attempts, 2);
    EXPECT_LE(seen.attempts, 5);
}

TEST_F(DataPlaneTest, DoesNotWaitBeyondTheRequestsTimeout) {
    Script origin({answer(503, "told")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 3, 5000ms);
    rule.requestTimeout = 1000ms;
    serve(routes.add("", std::move(rule)));
    const auto began = std::chrono::steady_clock::now();
    const auto got = get("/x");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 900ms);
    EXPECT_EQ(got.body, "told");
    EXPECT_TRUE(has(steps(record()), "the wait before it would outlast the request's timeout"));
}

TEST_F(DataPlaneTest, EndsWithAClientThatLeavesBetweenTries) {
    Script origin({answer(503)});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 5, 5000ms);
    serve(routes.add("", std::move(rule)));
    {
        auto client = connect();
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_TRUE(eventually([&] { return origin.seen().size() == 1; }));
    }
    EXPECT_EQ(record().status, 499);
    EXPECT_EQ(origin.seen().size(), 1U);
}

TEST_F(DataPlaneTest, GoesOnWithABodyThatTheFirstTryDidNotWaitFor) {
    std::atomic<int> connections{0};
    std::string got;
    Origin origin([&](Wire& wire) {
        if (connections++ == 0) {
            wire.until("\r\n\r\n");
            wire.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            wire.drain();
            return;
        }
        const auto request = readMessage(wire);
        got = request.body;
        wire.send(ok("taken"));
        wire.drain();
    });
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    rule.retry = retryOn({503}, 1);
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n" + std::string(7, '1'));
    EXPECT_TRUE(eventually([&] { return connections == 2; }));
    client.send(std::string(13, '2'));
    EXPECT_EQ(readMessage(client).body, "taken");
    EXPECT_EQ(got, std::string(7, '1') + std::string(13, '2'));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    client.shutdownSend();
}

/// A rule to an origin that speaks HTTP/2.
route::Backend http2Backend(upstream::EndpointRegistry& registry, upstream::TransportRegistry& transports, const std::string& id,
                            std::uint16_t port) {
    const auto transport = transports.get({upstream::Protocol::Http2, std::nullopt});
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = id;
    cluster->transport = transport;
    cluster->endpoints.push_back(registry.get(id, "127.0.0.1", port, "", transport));
    return Routes::backend(std::move(cluster));
}

TEST_F(DataPlaneTest, DoesAllOfItOverHttp2Too) {
    std::mutex mutex;
    std::vector<H2Message> asked;
    std::vector<H2Message> taken;
    std::vector<H2Message> copied;
    const auto keep = [&](std::vector<H2Message>& where, const H2Message& message) {
        std::lock_guard lock(mutex);
        where.push_back(message);
        return where.size();
    };
    Origin auth(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        keep(asked, peer.messages[id]);
        peer.respond(id, {{":status", "200"}, {"x-user", "ada"}}, "fine", true);
    }));
    Origin shadow(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        keep(copied, peer.messages[id]);
        respondOk(peer, id, "ignored");
    }));
    Origin origin(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        if (keep(taken, peer.messages[id]) == 1) peer.respond(id, {{":status", "503"}}, "busy", true);
        else respondOk(peer, id, "done");
    }));
    upstream::TransportRegistry transports;
    route::Rule rule;
    rule.backends.push_back(http2Backend(registry, transports, "origin", origin.port()));
    rule.auths.push_back({http2Backend(registry, transports, "auth", auth.port()), "/check", {}, {"x-user"}, false, 100'000});
    rule.mirrors.push_back({http2Backend(registry, transports, "shadow", shadow.port()), 100, 100});
    rule.chain.order = {{filter::FilterStep::Auth, 0}, {filter::FilterStep::Mirror, 0}};
    rule.retry = retryOn({503}, 1);
    rule.sessions = route::makeSessions({"sid", false, false, std::nullopt, filter::SessionSeal::make()}, rule.backends);
    Routes routes(registry);
    serve(routes.add("", std::move(rule)));
    auto wire = connect();
    H2Peer client(wire, H2Peer::Role::Client);
    const std::string body(50'000, 'b');
    const auto& got = client.answer(client.request(H2Peer::post("/p"), body, true));
    EXPECT_EQ(got.status(), 200);
    EXPECT_EQ(got.body, "done");
    EXPECT_TRUE(got.field("set-cookie").starts_with("sid=")) << got.field("set-cookie");
    EXPECT_TRUE(eventually([&] {
        std::lock_guard lock(mutex);
        return copied.size() == 1;
    }));
    std::lock_guard lock(mutex);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[1].body, body);
    EXPECT_EQ(taken[1].field("x-user"), "ada");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].field(":path"), "/check/p");
    EXPECT_EQ(asked[0].field("content-length"), "50000");
    EXPECT_EQ(asked[0].body, body);
    EXPECT_EQ(copied[0].field(":path"), "/p");
    EXPECT_EQ(copied[0].field("x-user"), "ada");
    EXPECT_EQ(copied[0].body, body);
}

// ---- Mirrors.

route::Mirror mirrorTo(Routes& routes, std::uint16_t port, std::uint32_t numerator = 100, std::uint32_t denominator = 100) {
    route::Mirror mirror{Routes::backend(routes.cluster({port})), numerator, denominator};
    mirror.backend.name = "Service default/shadow";
    return mirror;
}

void addMirror(route::Rule& rule, route::Mirror mirror) {
    rule.chain.order.push_back({filter::FilterStep::Mirror, static_cast<std::uint8_t>(rule.mirrors.size())});
    rule.mirrors.push_back(std::move(mirror));
}

TEST_F(DataPlaneTest, SendsCopiesToEveryMirror) {
    Script origin({ok("answer")});
    Script first({answer(500, "nobody reads this")});
    Script second({ok("nor this")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    addMirror(rule, mirrorTo(routes, first.port()));
    addMirror(rule, mirrorTo(routes, second.port()));
    const auto counters = rule.mirrors[0].backend.counters;
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    client.send("POST /p?q=1 HTTP/1.1\r\nHost: a.test\r\nX-A: 1\r\nConnection: x-hop\r\nX-Hop: 1\r\n"
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    EXPECT_EQ(readMessage(client).body, "answer");
    for (auto* mirror : {&first, &second}) {
        ASSERT_TRUE(eventually([&] { return mirror->seen().size() == 1; }));
        const auto copy = mirror->seen()[0];
        EXPECT_TRUE(copy.head.starts_with("POST /p?q=1 HTTP/1.1\r\n")) << copy.head;
        EXPECT_EQ(copy.field("host"), "a.test");
        EXPECT_EQ(copy.field("x-a"), "1");
        EXPECT_EQ(copy.field("x-hop"), "");
        EXPECT_EQ(copy.field("content-length"), "5");
        EXPECT_EQ(copy.body, "hello");
    }
    const auto seen = record();
    EXPECT_EQ(seen.status, 200);
    EXPECT_TRUE(has(steps(seen), "mirror Service default/shadow: sent")) << steps(seen);
    EXPECT_TRUE(eventually([&] { return counters->errors == 1; })) << "its 500 is counted";
    EXPECT_EQ(counters->requests, 1U);
}

TEST_F(DataPlaneTest, AMirrorThatIsDeadOrSlowHurtsNoRequest) {
    Script origin({ok("fast")});
    Origin silent([](Wire& wire) { wire.drain(); });
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    addMirror(rule, mirrorTo(routes, deadPort()));
    addMirror(rule, mirrorTo(routes, silent.port()));
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(readMessage(client).body, "fast");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    EXPECT_EQ(plane->counters().connections, 1);
    plane->stop(0ms);  // Copies under way are cut, not waited for.
    EXPECT_LT(std::chrono::steady_clock::now() - began, 8s);
}

TEST_F(DataPlaneTest, MirrorsItsShareOfRequests) {
    Script origin({ok("x")});
    Script never({ok("x")});
    Script half({ok("x")});
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    addMirror(rule, mirrorTo(routes, never.port(), 0));
    addMirror(rule, mirrorTo(routes, half.port(), 1, 2));
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    int drawn = 0;
    for (int i = 0; i < 200; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(readMessage(client).status(), 200);
        drawn += has(steps(record()), "shadow: sent");
    }
    EXPECT_TRUE(eventually([&] { return static_cast<int>(half.seen().size()) == drawn; }));
    EXPECT_EQ(never.seen().size(), 0U);
    EXPECT_GT(drawn, 50) << "a fair coin fails this once in 10^13 runs";
    EXPECT_LT(drawn, 150);
}

TEST_F(DataPlaneTest, DropsCopiesBeyondTheBoundAndBodiesBeyondTheLimit) {
    Script origin({ok("x")});
    Origin silent([](Wire& wire) { wire.drain(); });
    Routes routes(registry);
    auto rule = ruleTo(routes, {origin.port()});
    addMirror(rule, mirrorTo(routes, silent.port()));
    gateway::DataPlaneOptions options;
    options.limits.mirrors = 3;
    options.limits.keptBodyBytes = 10;
    serve(routes.add("", std::move(rule)), options);
    auto client = connect();
    int sent = 0;
    int dropped = 0;
    for (int i = 0; i < 8; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(readMessage(client).status(), 200);
        const auto told = steps(record());
        sent += has(told, "shadow: sent");
        dropped += has(told, "dropped: too many copies are under way");
    }
    EXPECT_EQ(sent, 3);
    EXPECT_EQ(dropped, 5);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world");
    EXPECT_EQ(readMessage(client).status(), 200);
    EXPECT_TRUE(has(steps(record()), "the body is longer than is kept"));
    plane->stop(0ms);
}

// ---- CORS.

route::Rule withCors(route::Rule rule) {
    config::Cors spec;
    spec.allowOrigins = {"https://*.example"};
    spec.allowMethods = {"GET", "PUT"};
    spec.allowCredentials = true;
    rule.chain.cors = filter::compileCors(spec);
    return rule;
}

TEST_F(DataPlaneTest, AnswersPreflightsByItself) {
    Script origin({ok("x")});
    Routes routes(registry);
    serve(routes.add("", withCors(ruleTo(routes, {origin.port()}))));
    auto client = connect();
    client.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nAccess-Control-Request-Method: PUT\r\n\r\n");
    const auto allowed = readMessage(client);
    EXPECT_EQ(allowed.status(), 204);
    EXPECT_EQ(allowed.field("access-control-allow-origin"), "https://app.example");
    EXPECT_EQ(allowed.field("access-control-allow-methods"), "GET, PUT");
    EXPECT_EQ(allowed.field("access-control-allow-credentials"), "true");
    EXPECT_EQ(allowed.field("access-control-max-age"), "5");
    EXPECT_EQ(allowed.field("content-length"), "");
    EXPECT_TRUE(has(steps(record()), "a preflight from an allowed origin"));
    client.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.test\r\nAccess-Control-Request-Method: PUT\r\n\r\n");
    const auto refused = readMessage(client);
    EXPECT_EQ(refused.status(), 204);
    EXPECT_EQ(refused.field("access-control-allow-origin"), "");
    EXPECT_TRUE(has(steps(record()), "an origin that is not allowed"));
    EXPECT_EQ(origin.seen().size(), 0U);
}

TEST_F(DataPlaneTest, SpeaksForTheUpstreamInCors) {
    Script origin({answer(200, "x", "Access-Control-Allow-Origin: *\r\nVary: Accept\r\n")});
    Routes routes(registry);
    auto dead = withCors(ruleTo(routes, {deadPort()}));
    serve(routes.add("", withCors(ruleTo(routes, {origin.port()}))).add("/dead", std::move(dead)));
    const auto allowed = get("/x", "Origin: https://app.example\r\n");
    EXPECT_EQ(allowed.field("access-control-allow-origin"), "https://app.example");
    const auto refused = get("/x", "Origin: https://evil.test\r\n");
    EXPECT_EQ(refused.status(), 200);
    EXPECT_EQ(refused.field("access-control-allow-origin"), "");
    EXPECT_EQ(get("/x").field("access-control-allow-origin"), "");
    const auto failed = get("/dead", "Origin: https://app.example\r\n");
    EXPECT_EQ(failed.status(), 503);
    EXPECT_EQ(failed.field("access-control-allow-origin"), "https://app.example") << "scripts may read our errors too";
}

// ---- Sessions.

route::Rule withSession(route::Rule rule, filter::Session settings) {
    if (!settings.seal) settings.seal = filter::SessionSeal::make();
    rule.sessions = route::makeSessions(std::move(settings), rule.backends);
    return rule;
}

std::string cookieOf(const Message& got) {
    const auto set = got.field("set-cookie");
    return set.substr(0, set.find(';'));
}

TEST_F(DataPlaneTest, KeepsASessionAtItsBackendAndEndpoint) {
    std::vector<std::unique_ptr<Origin>> origins;
    std::vector<std::uint16_t> ports;
    for (const auto* name : {"a", "b", "c", "d"}) {
        origins.push_back(std::make_unique<Origin>(Origin::always(ok(name))));
        ports.push_back(origins.back()->port());
    }
    Routes routes(registry);
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({ports[0], ports[1]})));
    rule.backends.push_back(Routes::backend(routes.cluster({ports[2], ports[3]})));
    serve(routes.add("", withSession(std::move(rule), {"sid", false, false, std::nullopt, nullptr})));
    std::set<std::string> places;
    for (int client = 0; client < 40; ++client) {
        const auto first = get("/");
        const auto cookie = cookieOf(first);
        ASSERT_TRUE(cookie.starts_with("sid=")) << first.head;
        places.insert(first.body);
        if (client == 0) {
            EXPECT_TRUE(has(steps(record()), "one begins; the answer carries it"));
        }
        for (int i = 0; i < 4; ++i) {
            const auto next = get("/", "Cookie: other=1; " + cookie + "\r\n");
            EXPECT_EQ(next.body, first.body);
            EXPECT_EQ(next.field("set-cookie"), "") << "it has the cookie already";
        }
    }
    EXPECT_EQ(places.size(), 4U) << "new sessions are spread as requests are";
    bool told = false;
    for (plane->drain(1000, records); !records.empty();) told = has(steps(record()), "goes where its session began") || told;
    EXPECT_TRUE(told);
}

TEST_F(DataPlaneTest, BeginsAnotherSessionWhenTheOldOneCannotGoOn) {
    Origin one(Origin::always(ok("one")));
    Origin two(Origin::always(ok("two")));
    const auto seal = filter::SessionSeal::make();
    const filter::Session settings{"x-session", true, false, std::chrono::seconds(60), seal};
    Routes both(registry);
    serve(both.add("", withSession(ruleTo(both, {one.port(), two.port()}), settings)));
    std::string token;
    while (token.empty()) {
        const auto got = get("/");
        if (got.body == "one") token = got.field("x-session");
    }
    EXPECT_EQ(get("/", "X-Session: " + token + "\r\n").body, "one");
    EXPECT_EQ(get("/", "X-Session: " + token + "\r\n").field("x-session"), "");

    Routes left(registry);
    left.add("", withSession(ruleTo(left, {two.port()}), settings));
    plane->swap(left.snapshot(2));
    const auto moved = get("/", "X-Session: " + token + "\r\n");
    EXPECT_EQ(moved.body, "two");
    EXPECT_NE(moved.field("x-session"), "");
    EXPECT_NE(moved.field("x-session"), token);

    const auto expired = seal->seal("x-session", {1, std::chrono::seconds(1)});
    EXPECT_NE(get("/", "X-Session: " + expired + "\r\n").field("x-session"), "");
    EXPECT_NE(get("/", "X-Session: forged\r\n").field("x-session"), "");
    std::string told;
    EXPECT_TRUE(eventually([&] {
        plane->drain(1000, records);
        while (!records.empty()) told += steps(record());
        return has(told, "not made by this process");
    }));
    EXPECT_TRUE(has(told, "the session's endpoint is gone")) << told;
    EXPECT_TRUE(has(told, "older than its absoluteTimeout")) << told;
}

TEST_F(DataPlaneTest, MovesASessionWhoseEndpointDied) {
    auto one = std::make_unique<Origin>(Origin::always(answer(200, "one", "Connection: close\r\n")));
    Origin two(Origin::always(ok("two")));
    Routes routes(registry);
    serve(routes.add("", withSession(ruleTo(routes, {one->port(), two.port()}), {"sid", false, true, std::chrono::seconds(60), nullptr})));
    std::string cookie;
    while (cookie.empty()) {
        const auto got = get("/");
        EXPECT_TRUE(has(got.head, "Max-Age=60"));
        if (got.body == "one") cookie = cookieOf(got);
    }
    one.reset();
    const auto moved = get("/", "Cookie: " + cookie + "\r\n");
    EXPECT_EQ(moved.body, "two");
    EXPECT_NE(cookieOf(moved), "");
    EXPECT_EQ(get("/", "Cookie: " + cookieOf(moved) + "\r\n").body, "two");
}

// ---- External authorization.

route::Rule withAuth(Routes& routes, route::Rule rule, std::uint16_t port, std::uint32_t bodyBytes = 0) {
    route::Auth auth;
    auth.backend = Routes::backend(routes.cluster({port}));
    auth.backend.name = "Service default/auth";
    auth.path = "/check";
    auth.requestHeaders = {"x-who"};
    auth.answerHeaders = {"x-user"};
    auth.bodyBytes = bodyBytes;
    rule.auths.push_back(std::move(auth));
    rule.chain.order.push_back({filter::FilterStep::Auth, 0});
    return rule;
}

TEST_F(DataPlaneTest, LetsPassWhatTheAuthorizationServiceAllows) {
    Script origin({ok("through")});
    Script auth({answer(200, "fine", "X-User: ada\r\nX-Other: no\r\n")});
    Routes routes(registry);
    serve(routes.add("", withAuth(routes, ruleTo(routes, {origin.port()}), auth.port())));
    const auto got = get("/a?b=c", "Authorization: Bearer t\r\nX-Who: me\r\nX-User: forged\r\nX-Secret: s\r\n");
    EXPECT_EQ(got.body, "through");
    ASSERT_EQ(auth.seen().size(), 1U);
    const auto asked = auth.seen()[0];
    EXPECT_TRUE(asked.head.starts_with("GET /check/a?b=c HTTP/1.1\r\n")) << asked.head;
    EXPECT_EQ(asked.field("host"), "a.test");
    EXPECT_EQ(asked.field("authorization"), "Bearer t");
    EXPECT_EQ(asked.field("content-length"), "0");
    EXPECT_EQ(asked.field("x-who"), "me");
    EXPECT_EQ(asked.field("x-secret"), "");
    ASSERT_EQ(origin.seen().size(), 1U);
    EXPECT_EQ(origin.seen()[0].field("x-user"), "ada") << "the client's own word is replaced";
    EXPECT_EQ(origin.seen()[0].field("x-other"), "");
    EXPECT_TRUE(has(steps(record()), "answered 200, so the request passed"));
}

/// A backend may read X_User and x-user as one name, and trusts it to be the service's word.
TEST_F(DataPlaneTest, WhatAnAuthorizationServiceMaySayNoClientSays) {
    Script origin({ok("1"), ok("2"), ok("3")});
    Script auth({answer(200, "", "X-User: ada\r\n"), answer(200, ""), answer(200, "", "X-Role: reader\r\n")});
    Routes routes(registry);
    auto open = withAuth(routes, ruleTo(routes, {origin.port()}), auth.port());
    open.auths.front().answerHeaders.clear();
    serve(routes.add("/listed", withAuth(routes, ruleTo(routes, {origin.port()}), auth.port())).add("/open", std::move(open)));
    const std::string forged = "X_User: root\r\nx-USER: root\r\nX_Role: root\r\nX-Role: root\r\nX-Users: kept\r\n";
    EXPECT_EQ(get("/listed", forged).body, "1");
    EXPECT_EQ(get("/listed", forged).body, "2");
    EXPECT_EQ(get("/open", forged).body, "3");
    ASSERT_EQ(origin.seen().size(), 3U);
    EXPECT_EQ(origin.seen()[0].field("x-user"), "ada");
    EXPECT_EQ(origin.seen()[0].field("x_user"), "");
    EXPECT_EQ(origin.seen()[0].field("x-role"), "root") << "not the service's to say";
    EXPECT_EQ(origin.seen()[1].field("x-user"), "") << "nothing was said, and so nothing stands there";
    EXPECT_EQ(origin.seen()[1].field("x_user"), "");
    EXPECT_EQ(origin.seen()[1].field("x-users"), "kept");
    EXPECT_EQ(origin.seen()[2].field("x-role"), "reader");
    EXPECT_EQ(origin.seen()[2].field("x_role"), "");
    EXPECT_EQ(origin.seen()[2].field("x_user"), "root") << "without a list, what it said counts alone";
}

TEST_F(DataPlaneTest, PassesADenialOn) {
    Script origin({ok("never")});
    Script auth({answer(401, "who are you?", "WWW-Authenticate: Basic\r\nX-User: nobody\r\nX-Other: no\r\nContent-Type: text/x\r\n"),
                 answer(302, "", "Location: /login\r\n"), answer(204)});
    Routes routes(registry);
    serve(routes.add("", withAuth(routes, ruleTo(routes, {origin.port()}), auth.port())));
    const auto denied = get("/");
    EXPECT_EQ(denied.status(), 401);
    EXPECT_EQ(denied.body, "who are you?");
    EXPECT_EQ(denied.field("www-authenticate"), "Basic");
    EXPECT_EQ(denied.field("x-user"), "nobody");
    EXPECT_EQ(denied.field("x-other"), "");
    EXPECT_EQ(denied.field("content-type"), "text/x");
    const auto seen = record();
    EXPECT_EQ(seen.error, "auth-denied");
    EXPECT_TRUE(has(steps(seen), "answered 401, so the request did not pass"));
    const auto sentOn = get("/");
    EXPECT_EQ(sentOn.status(), 302);
    EXPECT_EQ(sentOn.field("location"), "/login");
    EXPECT_EQ(get("/").status(), 403) << "a 204 is no 200, and must not look like success";
    EXPECT_EQ(origin.seen().size(), 0U);
}

TEST_F(DataPlaneTest, FailsClosedWithoutAnAuthorizationService) {
    Script origin({ok("never")});
    Origin silent([](Wire& wire) { wire.drain(); });
    Origin garbled(Origin::always("HTTP/9.9 200 OK\r\n\r\n"));
    Routes routes(registry);
    routes.add("/dead", withAuth(routes, ruleTo(routes, {origin.port()}), deadPort()));
    routes.add("/silent", withAuth(routes, ruleTo(routes, {origin.port()}), silent.port()));
    routes.add("/garbled", withAuth(routes, ruleTo(routes, {origin.port()}), garbled.port()));
    auto timed = withAuth(routes, ruleTo(routes, {origin.port()}), silent.port());
    timed.requestTimeout = 60ms;
    routes.add("/timed", std::move(timed));
    gateway::DataPlaneOptions options;
    options.limits.authTime = 100ms;
    serve(routes, options);
    for (const auto* path : {"/dead", "/silent", "/garbled"}) {
        EXPECT_EQ(get(path).status(), 403) << path;
        EXPECT_EQ(record().error, "auth-failed") << path;
    }
    EXPECT_EQ(get("/timed").status(), 504);
    EXPECT_EQ(origin.seen().size(), 0U);
}

TEST_F(DataPlaneTest, ShowsTheAuthorizationServiceNoLongerBodyThanAllowed) {
    Script origin({ok("through")});
    Script auth({answer(200)});
    Routes routes(registry);
    serve(routes.add("", withAuth(routes, ruleTo(routes, {origin.port()}), auth.port(), 10)));
    auto client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    EXPECT_EQ(readMessage(client).body, "through");
    ASSERT_EQ(auth.seen().size(), 1U);
    EXPECT_EQ(auth.seen()[0].body, "hello");
    EXPECT_EQ(auth.seen()[0].field("content-length"), "5");
    ASSERT_EQ(origin.seen().size(), 1U);
    EXPECT_EQ(origin.seen()[0].body, "hello");
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world");
    EXPECT_EQ(readMessage(client).status(), 413);
    auto other = connect();
    other.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n");
    EXPECT_EQ(readMessage(other).status(), 413);
    EXPECT_EQ(auth.seen().size(), 1U);
    EXPECT_EQ(origin.seen().size(), 1U);
}

TEST_F(DataPlaneTest, RunsFiltersInListedOrder) {
    Script origin({ok("x")});
    Script auth({answer(200)});
    Script shadow({ok("x")});
    Routes routes(registry);
    auto rule = withAuth(routes, ruleTo(routes, {origin.port()}), auth.port());
    rule.chain.requestHeaders.set = {{"x-who", "gateway"}};
    rule.chain.order.push_back({filter::FilterStep::RequestHeaders});
    addMirror(rule, mirrorTo(routes, shadow.port()));
    serve(routes.add("", std::move(rule)));
    EXPECT_EQ(get("/", "X-Who: client\r\n").status(), 200);
    EXPECT_EQ(auth.seen().at(0).field("x-who"), "client") << "asked before the change";
    EXPECT_EQ(origin.seen().at(0).field("x-who"), "gateway");
    ASSERT_TRUE(eventually([&] { return shadow.seen().size() == 1; }));
    EXPECT_EQ(shadow.seen().at(0).field("x-who"), "gateway") << "copied after the change";
}

// ---- Shares.

TEST_F(DataPlaneTest, InvalidAndEmptyBackendsAnswerForTheirShareAlone) {
    Origin origin(Origin::always(ok("x")));
    Routes routes(registry);
    route::Rule rule;
    rule.backends.push_back(Routes::backend(routes.cluster({origin.port()})));
    rule.backends.push_back(Routes::backend(routes.cluster({})));
    rule.backends.emplace_back();
    rule.backends[0].weight = 5;
    rule.backends[1].weight = 3;
    rule.backends[2].weight = 2;
    rule.backends[2].invalidReason = "It does not exist.";
    serve(routes.add("", std::move(rule)));
    auto client = connect();
    std::map<int, int> counts;
    constexpr int kRequests = 1000;
    for (int i = 0; i < kRequests; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        ++counts[readMessage(client).status()];
    }
    // Within six standard deviations of 500, 300 and 200.
    EXPECT_NEAR(counts[200], 500, 95);
    EXPECT_NEAR(counts[503], 300, 87);
    EXPECT_NEAR(counts[500], 200, 76);
    EXPECT_EQ(counts.size(), 3U);
}

TEST_F(DataPlaneTest, ZeroWeightsAnswer503AndAnInvalidOneAmongThem500) {
    Routes routes(registry);
    route::Rule zero = ruleTo(routes, {1});
    zero.backends[0].weight = 0;
    route::Rule invalid = ruleTo(routes, {1});
    invalid.backends.emplace_back();
    for (auto& backend : invalid.backends) backend.weight = 0;
    serve(routes.add("/zero", std::move(zero)).add("/invalid", std::move(invalid)).add("/none", {}));
    EXPECT_EQ(get("/zero").status(), 503);
    EXPECT_EQ(get("/invalid").status(), 500);
    EXPECT_EQ(get("/none").status(), 500);
}

// ---- What clients say of themselves.

TEST_F(DataPlaneTest, DropsInternalFieldsAndReplacesForwardedOnes) {
    Script origin({ok("x")});
    serve(Routes(registry).to("", {origin.port()}));
    get("/", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nX-Envoy-Original-Path: /admin\r\n"
             "X-Gatehouse-Session: 1\r\nX-Forwarded-Client-Cert: By=me\r\nX-Env: stays\r\n");
    const auto seen = origin.seen().at(0);
    EXPECT_EQ(seen.field("x-forwarded-for"), "127.0.0.1");
    EXPECT_EQ(seen.field("x-forwarded-proto"), "http");
    EXPECT_EQ(seen.field("x-forwarded-host"), "a.test");
    EXPECT_EQ(seen.field("x-envoy-original-path"), "");
    EXPECT_EQ(seen.field("x-gatehouse-session"), "");
    EXPECT_EQ(seen.field("x-forwarded-client-cert"), "");
    EXPECT_EQ(seen.field("x-env"), "stays");
}

TEST_F(DataPlaneTest, AddsToTheWordOfTrustedProxies) {
    Script origin({ok("x")});
    Routes routes(registry);
    routes.to("", {origin.port()});
    auto snapshot = std::make_shared<route::Snapshot>(*routes.snapshot());
    snapshot->ports[0].listeners[0].trustedHops = 1;
    start();
    plane->swap(snapshot);
    get("/", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 1.2.3.4\r\n"
             "X-Envoy-Original-Path: /admin\r\nX-Forwarded-Client-Cert: By=me\r\nX_Forwarded_For: 6.6.6.6\r\n");
    get("/");
    const auto trusted = origin.seen().at(0);
    EXPECT_EQ(trusted.field("x-forwarded-for"), "1.2.3.4, 5.6.7.8, 127.0.0.1");
    EXPECT_EQ(trusted.field("x-forwarded-proto"), "https");
    EXPECT_EQ(trusted.field("x-real-ip"), "1.2.3.4");
    EXPECT_EQ(trusted.field("x-envoy-original-path"), "");
    EXPECT_EQ(trusted.field("x-forwarded-client-cert"), "");
    EXPECT_EQ(trusted.field("x_forwarded_for"), "") << "no proxy of ours writes it so";
    const auto plain = origin.seen().at(1);
    EXPECT_EQ(plain.field("x-forwarded-for"), "127.0.0.1");
    EXPECT_EQ(plain.field("x-forwarded-proto"), "http");
    EXPECT_EQ(plain.field("x-forwarded-host"), "a.test");
    EXPECT_EQ(record().client, "5.6.7.8") << "the last that our proxy saw, not what the client claims before it";
    EXPECT_TRUE(record().client.starts_with("127.0.0.1:"));

    auto twice = std::make_shared<route::Snapshot>(*snapshot);
    twice->ports[0].listeners[0].trustedHops = 2;
    plane->swap(twice);
    for (const auto* way : {"9.9.9.9, 1.2.3.4,5.6.7.8", "1.2.3.4, 5.6.7.8", "1.2.3.4", "9.9.9.9, unknown, 5.6.7.8"})
        get("/", std::string("X-Forwarded-For: ") + way + "\r\n");
    EXPECT_EQ(record().client, "1.2.3.4");
    EXPECT_EQ(record().client, "1.2.3.4");
    EXPECT_EQ(record().client, "1.2.3.4") << "fewer hops than are trusted: the farthest";
    EXPECT_TRUE(record().client.starts_with("127.0.0.1:")) << "no address";
}

}  // namespace
}  // namespace gatehouse::test
