// gRPC through the data plane: our own answers as statuses, trailers, calls that stream both ways, and HTTP/1 alike.
#include "h2_peer.h"

namespace gatehouse::test {
namespace {

class Grpc : public DataPlaneTest {
  protected:
    upstream::TransportRegistry transports;
    route::Rule to(std::vector<std::uint16_t> ports) {
        const auto transport = transports.get({upstream::Protocol::Http2, std::nullopt});
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = cluster->name = "Service/default/grpc:80";
        cluster->transport = transport;
        for (const auto port : ports) cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", port, "", transport));
        route::Rule rule;
        rule.grpc = true;
        rule.backends.push_back(Routes::backend(std::move(cluster)));
        return rule;
    }
    static H2Fields call(std::string path) {
        return H2Peer::post(std::move(path), {{"te", "trailers"}, {"content-type", "application/grpc"}});
    }
    /// What a client gets for a call without a body.
    H2Message ask(const H2Fields& fields) {
        auto wire = connect();
        H2Peer peer(wire, H2Peer::Role::Client);
        return peer.answer(peer.request(fields, "\0\0\0\0\0"));
    }
};

TEST_F(Grpc, PassesStatusAndMessageOn) {
    Origin origin(speakingHttp2([](H2Peer& peer, std::int32_t id) {
        peer.respond(id, {{":status", "200"}, {"content-type", "application/grpc"}}, "msg", true,
                     {{"grpc-status", "5"}, {"grpc-message", "not%20here"}});
    }));
    serve(Routes(registry).add("", to({origin.port()})));
    const auto answer = ask(call("/echo.Echo/Say"));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, "msg");
    EXPECT_EQ(answer.trailer("grpc-status"), "5");
    EXPECT_EQ(answer.trailer("grpc-message"), "not%20here");
    EXPECT_EQ(record().grpcStatus, 5);
}

TEST_F(Grpc, PassesTrailersOnlyAnswersOn) {
    Origin origin(speakingHttp2([](H2Peer& peer, std::int32_t id) {
        peer.respond(id, {{":status", "200"}, {"content-type", "application/grpc"}, {"grpc-status", "7"}});
    }));
    serve(Routes(registry).add("", to({origin.port()})));
    const auto answer = ask(call("/echo.Echo/Say"));
    EXPECT_EQ(answer.field("grpc-status"), "7");
    EXPECT_TRUE(answer.trailers.empty());
    EXPECT_EQ(record().grpcStatus, 7);
}


TEST_F(Grpc, NoMatchIsUnimplemented) {
    serve(Routes(registry).add("/known", to({deadPort()})));
    const auto answer = ask(call("/unknown.Service/Do"));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.field("content-type"), "application/grpc");
    EXPECT_EQ(answer.field("grpc-status"), "12");
    EXPECT_EQ(answer.field("grpc-message"), "No route matches this request.");
    EXPECT_EQ(answer.body, "");
    EXPECT_TRUE(answer.trailers.empty()) << "a head alone";
    const auto made = record();
    EXPECT_EQ(made.status, 404);
    EXPECT_EQ(made.grpcStatus, 12);
}

TEST_F(Grpc, ADeadBackendIsUnavailable) {
    serve(Routes(registry).add("", to({deadPort()})));
    EXPECT_EQ(ask(call("/a.B/C")).field("grpc-status"), "14");
    EXPECT_EQ(record().error, "upstream-connect");
}

TEST_F(Grpc, NoEndpointIsUnavailable) {
    serve(Routes(registry).add("", to({})));
    EXPECT_EQ(ask(call("/a.B/C")).field("grpc-status"), "14");
}

TEST_F(Grpc, ATimeoutIsDeadlineExceeded) {
    Origin origin([](Wire& wire) { wire.drain(); });
    auto rule = to({origin.port()});
    rule.requestTimeout = 100ms;
    serve(Routes(registry).add("", std::move(rule)));
    EXPECT_EQ(ask(call("/a.B/C")).field("grpc-status"), "4");
    EXPECT_EQ(record().status, 504);
}

TEST_F(Grpc, ABrokenRuleIsUnknown) {
    auto rule = to({deadPort()});
    rule.broken = "It cannot be read.";
    serve(Routes(registry).add("", std::move(rule)));
    EXPECT_EQ(ask(call("/a.B/C")).field("grpc-status"), "2");
}

TEST_F(Grpc, OtherClientsGetHttp) {
    serve(Routes(registry).add("/known", to({deadPort()})));
    EXPECT_EQ(ask(H2Peer::post("/x", {{"content-type", "application/json"}})).status(), 404);
    EXPECT_EQ(ask(H2Peer::post("/x", {{"content-type", "application/grpc-web"}})).status(), 404);
    EXPECT_EQ(ask(H2Peer::post("/x", {{"content-type", "application/grpc+proto"}})).field("grpc-status"), "12");
}

/// Echoes what comes as it comes; ends with the request.
void echoStream(Wire& wire) {
    H2Peer peer(wire, H2Peer::Role::Server);
    std::map<std::int32_t, std::size_t> echoed;
    std::map<std::int32_t, bool> ended;
    peer.onHead = [&](std::int32_t id) {
        peer.respond(id, {{":status", "200"}, {"content-type", "application/grpc"}}, "", false, {{"grpc-status", "0"}});
    };
    while (peer.pump()) {
        for (auto& [id, message] : peer.messages) {
            if (!message.headed) continue;
            if (message.body.size() > echoed[id]) {
                peer.data(id, message.body.substr(echoed[id]), false);
                echoed[id] = message.body.size();
            }
            if (message.ended && !std::exchange(ended[id], true)) peer.data(id, "", true);
        }
    }
}

TEST_F(Grpc, StreamsBothWaysWithoutWaiting) {
    Origin origin(echoStream);
    serve(Routes(registry).add("", to({origin.port()})));
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(call("/echo.Echo/Chat"), "", false);
    std::string all;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) {
        const auto more = "message " + std::to_string(i) + ";";
        all += more;
        peer.data(id, more, false);
        ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == all; })) << i;
    }
    // Looking after the other side at the sweeper's ticks alone would take 80 ms each.
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
    peer.data(id, "", true);
    const auto& answer = peer.answer(id);
    EXPECT_TRUE(answer.ended);
    EXPECT_EQ(answer.trailer("grpc-status"), "0");
    const auto made = record();
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.grpcStatus, 0);
}

TEST_F(Grpc, StreamsMoreThanABodyMayHold) {
    Origin origin(echoStream);
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 100'000;
    serve(Routes(registry).add("", to({origin.port()})), options);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const std::string large(3'000'000, 's');
    const auto id = peer.request(call("/echo.Echo/Chat"), large);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].closed; }, 30s));
    EXPECT_TRUE(peer.messages[id].body == large);
}

TEST_F(Grpc, AServerThatEndsFirstEndsTheCall) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onHead = [&](std::int32_t id) {
            peer.respond(id, {{":status", "200"}, {"content-type", "application/grpc"}, {"grpc-status", "16"}});
        };
        while (peer.pump()) {
        }
    });
    serve(Routes(registry).add("", to({origin.port()})));
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(call("/echo.Echo/Chat"), "begin", false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].ended; }));
    EXPECT_EQ(peer.messages[id].field("grpc-status"), "16");
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].reset.has_value(); }));
    EXPECT_EQ(*peer.messages[id].reset, 0u);
    EXPECT_EQ(record().grpcStatus, 16);
}

TEST_F(Grpc, AClientThatLeavesMidStreamFreesTheServer) {
    std::atomic<bool> cancelled{false};
    Origin origin([&](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onHead = [&](std::int32_t id) { peer.respond(id, {{":status", "200"}}, "go", false); };
        while (peer.pump())
            for (auto& [id, message] : peer.messages)
                if (message.reset) cancelled = true;
    });
    serve(Routes(registry).add("", to({origin.port()})));
    {
        auto wire = connect();
        H2Peer peer(wire, H2Peer::Role::Client);
        const auto id = peer.request(call("/echo.Echo/Chat"), "begin", false);
        ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "go"; }));
        wire.reset();
    }
    EXPECT_TRUE(eventually([&] { return cancelled.load(); }));
    EXPECT_EQ(record().status, 499);
    EXPECT_TRUE(eventually([&] { return plane->counters().connections == 0; }));
}

TEST_F(Grpc, AnUpstreamThatDiesMidStreamResetsTheCall) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        bool go = false;
        peer.onHead = [&](std::int32_t id) {
            peer.respond(id, {{":status", "200"}}, "go", false);
            go = true;
        };
        while (!go && peer.pump()) {
        }
        peer.pump();
        wire.shutdownSend();
        wire.drain();
    });
    serve(Routes(registry).add("", to({origin.port()})));
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(call("/echo.Echo/Chat"), "begin", false);
    const auto& answer = peer.answer(id);
    ASSERT_TRUE(answer.reset);
    EXPECT_NE(*answer.reset, 0u);
    EXPECT_EQ(record().error, "upstream-reset");
    EXPECT_EQ(plane->counters().inFlight, 0);
}

}  // namespace
}  // namespace gatehouse::test
