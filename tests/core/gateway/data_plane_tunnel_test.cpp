// Tunnels between any two protocols: CONNECT, WebSocket by Upgrade and by extended CONNECT; what goes on when, and what is
// recorded of it.
#include "h2_peer.h"

namespace gatehouse::test {
namespace {

constexpr char kKey[] = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr char kConnect[] = "CONNECT far.test:443 HTTP/1.1\r\nHost: far.test:443\r\n\r\n";

class Tunnels : public DataPlaneTest {
  protected:
    upstream::TransportRegistry transports;

    void tunnelTo(std::uint16_t originPort, upstream::Protocol protocol = upstream::Protocol::Http1, std::string method = "CONNECT",
                  gateway::DataPlaneOptions options = {}) {
        const auto transport = transports.get({protocol, std::nullopt});
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = cluster->name = "Service/default/tunnel:80";
        cluster->transport = transport;
        cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", originPort, "", transport));
        route::Rule rule;
        rule.backends.push_back(Routes::backend(std::move(cluster)));
        serve(Routes(registry).add("", std::move(rule), std::move(method)), options);
    }
    std::uint64_t bitten(std::string_view name) {
        for (const auto& use : plane->limitUses())
            if (use.name == name) return use.count;
        return 0;
    }
    /// Of the last record: how its tunnel ended.
    std::string tunnelStep(const telemetry::RequestRecord& made) {
        for (const auto& step : made.steps)
            if (step.stage == "tunnel") return step.detail;
        return {};
    }
};

/// Agrees to a CONNECT, then echoes until the other side has ended.
void echoAfter(Wire& wire, const std::string& answer) {
    if (wire.until("\r\n\r\n").empty() || !wire.send(answer)) return;
    for (auto bytes = wire.takeAll();; bytes = wire.takeAll()) {
        if (!bytes.empty() && !wire.send(bytes)) return;
        if (!wire.more()) return;
    }
}

TEST_F(Tunnels, ConnectCarriesBytesBothWays) {
    Origin origin([](Wire& wire) { echoAfter(wire, "HTTP/1.1 200 Fine\r\n\r\nfirst "); });
    tunnelTo(origin.port());
    auto client = connect();
    client.send(kConnect);
    const auto head = client.until("\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 ")) << head;
    EXPECT_EQ(client.until("first "), "first ");
    const std::string large(300'000, 'x');
    client.send(large + "end");
    EXPECT_EQ(client.exactly(large.size() + 3), large + "end");
    client.shutdownSend();
    EXPECT_EQ(client.rest(), "");
    const auto made = record();
    EXPECT_EQ(made.method, "CONNECT");
    EXPECT_EQ(made.host, "far.test:443");
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.error, "");
    EXPECT_GE(made.requestBytes, 300'003U);
    EXPECT_GE(made.responseBytes, 300'009U);
    EXPECT_NE(tunnelStep(made).find("both sides ended"), std::string::npos) << tunnelStep(made);
}

TEST_F(Tunnels, BytesThatComeEarlyWaitForTheAnswer) {
    std::string before;
    Origin origin([&](Wire& wire) {
        wire.until("\r\n\r\n");
        if (wire.readable(100ms)) before = "bytes came";
        wire.send("HTTP/1.1 200 Fine\r\n\r\n");
        wire.send("got " + wire.exactly(5));
    });
    tunnelTo(origin.port());
    auto client = connect();
    client.send(std::string(kConnect) + "early");
    EXPECT_TRUE(client.until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    EXPECT_EQ(client.exactly(9), "got early");
    EXPECT_EQ(before, "");
}

TEST_F(Tunnels, BytesAfterARefusedConnectAreNoRequest) {
    std::atomic<int> requests{0};
    Origin origin([&](Wire& wire) {
        while (!wire.until("\r\n\r\n").empty()) {
            ++requests;
            if (!wire.send("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")) return;
        }
    });
    tunnelTo(origin.port());
    auto client = connect();
    client.send(std::string(kConnect) + kConnect);
    const auto answer = readMessage(client);
    EXPECT_EQ(answer.status(), 403);
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(requests, 1);
    EXPECT_EQ(record().status, 403);
}

TEST_F(Tunnels, ConnectWithoutARuleReachesNobody) {
    Origin origin(Origin::always(ok("x")));
    tunnelTo(origin.port(), upstream::Protocol::Http1, "");
    auto client = connect();
    client.send(std::string(kConnect) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 501);
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(origin.connections(), 0);
    EXPECT_EQ(record().error, "connect-refused");
}

TEST_F(Tunnels, AnUpstreamThatBreaksOffIsTold) {
    Origin origin([](Wire& wire) {
        wire.until("\r\n\r\n");
        wire.send("HTTP/1.1 200 Fine\r\n\r\n");
        wire.until("go");
        wire.reset();
    });
    tunnelTo(origin.port());
    auto client = connect();
    client.send(kConnect);
    client.until("\r\n\r\n");
    client.send("go");
    EXPECT_EQ(client.rest(), "");
    EXPECT_NE(tunnelStep(record()).find("the upstream broke it off"), std::string::npos);
}

TEST_F(Tunnels, AnIdleTunnelIsCut) {
    Origin origin([](Wire& wire) { echoAfter(wire, "HTTP/1.1 200 Fine\r\n\r\n"); });
    gateway::DataPlaneOptions options;
    options.limits.tunnelIdle = 100ms;
    tunnelTo(origin.port(), upstream::Protocol::Http1, "CONNECT", options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request({{":method", "CONNECT"}, {":authority", "far.test:443"}}, {}, false);
    EXPECT_EQ(peer.answer(id).status(), 200);
    EXPECT_TRUE(peer.messages[id].reset.has_value());
    EXPECT_EQ(record().error, "tunnel-idle");
    EXPECT_EQ(bitten("tunnel-idle"), 1U);
}

TEST_F(Tunnels, Http2ConnectCarriesBytesBothWays) {
    Origin origin([](Wire& wire) { echoAfter(wire, "HTTP/1.1 200 Fine\r\nContent-Length: 3\r\n\r\n"); });
    tunnelTo(origin.port());
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request({{":method", "CONNECT"}, {":authority", "far.test:443"}}, {}, false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].headed; }));
    EXPECT_EQ(peer.messages[id].status(), 200);
    EXPECT_EQ(peer.messages[id].field("content-length"), "");
    const std::string large(200'000, 'y');
    peer.data(id, large, false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body.size() == large.size(); }));
    EXPECT_EQ(peer.messages[id].body, large);
    peer.data(id, "", true);
    const auto& answer = peer.answer(id);
    EXPECT_TRUE(answer.ended);
    EXPECT_FALSE(answer.reset.has_value() && *answer.reset != 0);
    const auto made = record();
    EXPECT_EQ(made.protocol, "HTTP/2");
    EXPECT_EQ(made.method, "CONNECT");
    EXPECT_GE(made.requestBytes, large.size());
}

TEST_F(Tunnels, AnHttp2ClientThatResetsEndsTheUpstream) {
    std::atomic<bool> over{false};
    Origin origin([&](Wire& wire) {
        echoAfter(wire, "HTTP/1.1 200 Fine\r\n\r\n");
        over = true;
    });
    tunnelTo(origin.port());
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request({{":method", "CONNECT"}, {":authority", "far.test:443"}}, {}, false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].headed; }));
    peer.reset(id, 8);
    EXPECT_TRUE(peer.until([&] { return over.load(); }));
    EXPECT_NE(tunnelStep(record()).find("the client broke it off"), std::string::npos);
}

/// An HTTP/2 origin that agrees to every CONNECT by its head and echoes.
Origin::Serve echoingStreams(std::function<void(const H2Message&)> seen, bool extended) {
    H2Peer::Settings settings;
    settings.extendedConnect = extended;
    return [seen = std::move(seen), settings](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server, settings);
        std::map<std::int32_t, std::size_t> echoed;
        peer.onHead = [&](std::int32_t id) {
            seen(peer.messages[id]);
            echoed[id] = 0;
            peer.respond(id, {{":status", "200"}, {"content-length", "1"}}, "", false);
        };
        while (peer.pump())
            for (auto& [id, from] : echoed) {
                const auto& message = peer.messages[id];
                if (from == std::string::npos) continue;  // Its end was echoed already.
                const auto more = message.body.substr(from);
                if (more.empty() && !message.ended) continue;
                from = message.ended ? std::string::npos : message.body.size();
                peer.data(id, more, message.ended);
            }
    };
}

TEST_F(Tunnels, ConnectToAnHttp2Upstream) {
    H2Message seen;
    Origin origin(echoingStreams([&](const H2Message& message) { seen = message; }, false));
    tunnelTo(origin.port(), upstream::Protocol::Http2);
    auto client = connect();
    client.send(kConnect);
    EXPECT_TRUE(client.until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    EXPECT_EQ(seen.field(":method"), "CONNECT");
    EXPECT_EQ(seen.field(":authority"), "far.test:443");
    EXPECT_EQ(seen.field(":path"), "");
    EXPECT_EQ(seen.field(":scheme"), "");
    client.send("hello");
    EXPECT_EQ(client.exactly(5), "hello");
    client.shutdownSend();
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(record().upstreamProtocol, "HTTP/2");
}

TEST_F(Tunnels, WebSocketOfHttp1ToAnHttp2Upstream) {
    H2Message seen;
    Origin origin(echoingStreams([&](const H2Message& message) { seen = message; }, true));
    tunnelTo(origin.port(), upstream::Protocol::Http2, "");
    auto client = connect();
    client.send("GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + std::string(kKey) + "\r\n\r\n");
    const auto answer = readMessage(client);
    EXPECT_EQ(answer.status(), 101);
    EXPECT_EQ(answer.field("upgrade"), "websocket");
    EXPECT_EQ(answer.field("sec-websocket-accept"), webSocketAccept(kKey));
    EXPECT_EQ(seen.field(":method"), "CONNECT");
    EXPECT_EQ(seen.field(":protocol"), "websocket");
    EXPECT_EQ(seen.field(":path"), "/chat");
    EXPECT_EQ(seen.field("sec-websocket-key"), "");
    EXPECT_EQ(seen.field("sec-websocket-version"), "13");
    client.send("frame");
    EXPECT_EQ(client.exactly(5), "frame");
    client.close();
    EXPECT_EQ(record().status, 101);
}

TEST_F(Tunnels, AnHttp2UpstreamWithoutTheSettingTakesNoWebSocket) {
    std::atomic<int> heads{0};
    Origin origin(echoingStreams([&](const H2Message&) { ++heads; }, false));
    tunnelTo(origin.port(), upstream::Protocol::Http2, "");
    auto client = connect();
    client.send("GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: " + std::string(kKey) + "\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 502);
    EXPECT_EQ(heads, 0);
    EXPECT_EQ(record().error, "upstream-no-websocket");
}

TEST_F(Tunnels, WebSocketOverHttp2OnBothSides) {
    Origin origin(echoingStreams([](const H2Message&) {}, true));
    tunnelTo(origin.port(), upstream::Protocol::Http2, "");
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    ASSERT_TRUE(peer.until([&] { return peer.settingsSeen; }));
    EXPECT_EQ(nghttp2_session_get_remote_settings(peer.native(), NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 1U);
    const auto id = peer.request({{":method", "CONNECT"}, {":protocol", "websocket"}, {":scheme", "http"}, {":path", "/chat"}, {":authority", "a.test"}}, {}, false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].headed; }));
    EXPECT_EQ(peer.messages[id].status(), 200);
    peer.data(id, "frame", false);
    EXPECT_TRUE(peer.until([&] { return peer.messages[id].body == "frame"; }));
    peer.data(id, "", true);
    EXPECT_TRUE(peer.answer(id).ended);
}

/// HTTP/2 on both sides: the answer began before the request had ended.
TEST_F(Tunnels, AnUploadThatBreaksAfterItsAnswerBeganIsNotTheClientLeaving) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onHead = [&](std::int32_t id) { peer.respond(id, {{":status", "200"}}, "begun", false); };
        while (peer.pump()) {
        }
    });
    tunnelTo(origin.port(), upstream::Protocol::Http2, "");
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(H2Peer::post("/", {{"content-length", "3"}}), "a", false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "begun"; }));
    peer.data(id, "bcdef", true);
    peer.answer(id);
    const auto made = record();
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.error, "bad-request");
    EXPECT_EQ(made.errorSentence, "Content-Length differs from the body.");
}

TEST_F(Tunnels, AnUploadThatGrowsTooLargeAfterItsAnswerBegan) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onHead = [&](std::int32_t id) { peer.respond(id, {{":status", "200"}}, "begun", false); };
        while (peer.pump()) {
        }
    });
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 100;
    tunnelTo(origin.port(), upstream::Protocol::Http2, "", options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(H2Peer::post("/"), "a", false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "begun"; }));
    peer.data(id, std::string(200, 'x'), false);
    peer.answer(id);
    EXPECT_EQ(record().error, "body-too-large");
    EXPECT_EQ(bitten("body-size"), 1U);
}

TEST_F(Tunnels, PooledConnectionsThatIdledAreCounted) {
    Origin origin(Origin::always(ok("x")));
    gateway::DataPlaneOptions options;
    options.limits.upstreamIdle = 50ms;
    options.limits.upstreamIdlePerEndpoint = 1;
    tunnelTo(origin.port(), upstream::Protocol::Http1, "", options);
    auto one = connect();
    one.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(one).status(), 200);
    EXPECT_TRUE(eventually([&] { return bitten("upstream-idle") == 1; }));
}

}  // namespace
}  // namespace gatehouse::test
