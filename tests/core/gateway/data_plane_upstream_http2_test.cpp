// HTTP/2 upstreams: shared connections, bursts, refusals, ends, bodies, TLS with ALPN, and what a bad certificate does.
#include "h2_peer.h"
#include "tls_peer.h"

#include <sys/un.h>

namespace gatehouse::test {
namespace {

class UpstreamHttp2 : public DataPlaneTest {
  protected:
    upstream::TransportRegistry transports;

    route::Rule to(std::uint16_t originPort, upstream::TransportSpec spec = {upstream::Protocol::Http2, std::nullopt}) {
        const auto transport = transports.get(std::move(spec));
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = cluster->name = "Service/default/h2:80";
        cluster->transport = transport;
        cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", originPort, "", transport));
        route::Rule rule;
        rule.backends.push_back(Routes::backend(std::move(cluster)));
        return rule;
    }
    void serveTo(std::uint16_t originPort, gateway::DataPlaneOptions options = {}) {
        serve(Routes(registry).add("", to(originPort)), options);
    }
    static upstream::TransportSpec tls(upstream::Protocol protocol, const std::string& name = "origin.test") {
        net::TlsClientOptions options;
        options.sni = name;
        options.trust = net::TlsTrust::Bundle;
        options.caPem = testAuthority().pem();
        return {protocol, std::move(options)};
    }
};

TEST_F(UpstreamHttp2, CarriesAnHttp1RequestToAnH2cOrigin) {
    H2Message seen;
    Origin origin(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        seen = peer.messages[id];
        peer.respond(id, {{":status", "201"}, {"x-from", "h2"}}, "made", true);
    }));
    serveTo(origin.port());
    auto client = connect();
    client.send("POST /a?b HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\nX-Mine: 1\r\nConnection: x-gone\r\nX-Gone: 1\r\n\r\nbody");
    const auto answer = readMessage(client);
    EXPECT_EQ(answer.status(), 201);
    EXPECT_EQ(answer.field("x-from"), "h2");
    EXPECT_EQ(answer.body, "made");
    EXPECT_EQ(seen.field(":method"), "POST");
    EXPECT_EQ(seen.field(":path"), "/a?b");
    EXPECT_EQ(seen.field(":authority"), "a.test");
    EXPECT_EQ(seen.field(":scheme"), "http");
    EXPECT_EQ(seen.field("x-mine"), "1");
    EXPECT_EQ(seen.field("x-gone"), "");
    EXPECT_EQ(seen.field("host"), "");
    EXPECT_EQ(seen.field("content-length"), "4");
    EXPECT_EQ(seen.body, "body");
    const auto made = record();
    EXPECT_EQ(made.protocol, "HTTP/1.1");
    EXPECT_EQ(made.upstreamProtocol, "HTTP/2");
}

TEST_F(UpstreamHttp2, ABurstOnAColdPoolSharesOneConnection) {
    std::atomic<int> waiting{0};
    Origin origin(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        ++waiting;
        respondOk(peer, id, peer.messages[id].field(":path"));
    }));
    serveTo(origin.port());
    std::vector<Wire> clients;
    for (int i = 0; i < 60; ++i) clients.push_back(connect());
    for (int i = 0; i < 60; ++i)
        clients[static_cast<std::size_t>(i)].send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 60; ++i) {
        const auto answer = readMessage(clients[static_cast<std::size_t>(i)]);
        EXPECT_EQ(answer.status(), 200);
        EXPECT_EQ(answer.body, "/" + std::to_string(i));
    }
    EXPECT_EQ(origin.connections(), 1);
}

TEST_F(UpstreamHttp2, OpensAsManyConnectionsAsTheirLimitsAskFor) {
    std::atomic<int> held{0};
    std::atomic<bool> go{false};
    H2Peer::Settings settings;
    settings.maxStreams = 10;
    Origin origin([&](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server, settings);
        std::vector<std::int32_t> waiting;
        peer.onEnd = [&](std::int32_t id) {
            waiting.push_back(id);
            ++held;
        };
        while (peer.pump())
            if (go)
                for (const auto id : std::exchange(waiting, {})) respondOk(peer, id, "x");
    });
    serveTo(origin.port());
    std::vector<Wire> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(connect());
        clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    EXPECT_TRUE(eventually([&] { return held == 40; })) << held;
    go = true;
    for (auto& client : clients) EXPECT_EQ(readMessage(client).status(), 200);
    EXPECT_LE(origin.connections(), 6);
    EXPECT_GE(origin.connections(), 4);
}

TEST_F(UpstreamHttp2, PutsOneRequestOnAConnectionUntilItsLimitIsKnown) {
    std::atomic<int> held{0};
    std::atomic<bool> tells{false}, go{false};
    H2Peer::Settings settings;
    settings.maxStreams = 2;
    Origin origin([&](Wire& wire) {
        if (!eventually([&] { return tells.load(); })) return;
        H2Peer peer(wire, H2Peer::Role::Server, settings);
        std::vector<std::int32_t> waiting;
        peer.onEnd = [&](std::int32_t id) {
            waiting.push_back(id);
            ++held;
        };
        while (peer.pump())
            if (go)
                for (const auto id : std::exchange(waiting, {})) respondOk(peer, id, "x");
    });
    auto rule = to(origin.port());
    const auto endpoint = rule.backends.front().cluster->endpoints.front();
    serve(Routes(registry).add("", std::move(rule)), {});
    std::vector<Wire> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(connect());
        clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_TRUE(eventually([&] { return endpoint->inFlight == i + 1; }));
    }
    tells = true;
    EXPECT_TRUE(eventually([&] { return held == 4; })) << held;
    go = true;
    for (auto& client : clients) EXPECT_EQ(readMessage(client).status(), 200);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(record().attempts, 1);
    EXPECT_EQ(origin.connections(), 2);
}

TEST_F(UpstreamHttp2, TriesARefusedStreamAgain) {
    std::atomic<int> seen{0};
    Origin origin(speakingHttp2([&](H2Peer& peer, std::int32_t id) {
        if (++seen == 1) peer.reset(id, NGHTTP2_REFUSED_STREAM);
        else respondOk(peer, id, "again");
    }));
    serveTo(origin.port());
    EXPECT_EQ(get().body, "again");
    EXPECT_EQ(record().attempts, 2);
}

TEST_F(UpstreamHttp2, GoesToANewConnectionAfterGoAway) {
    std::atomic<int> connections{0};
    Origin origin([&](Wire& wire) {
        const int mine = ++connections;
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onEnd = [&](std::int32_t id) {
            if (mine == 1 && id > 1) return;  // Left out by the GOAWAY.
            respondOk(peer, id, "from " + std::to_string(mine));
        };
        peer.onHead = [&](std::int32_t id) {
            if (mine == 1 && id > 1) peer.goAway(1);
        };
        while (peer.pump()) {
        }
    });
    serveTo(origin.port());
    EXPECT_EQ(get("/1").body, "from 1");
    EXPECT_EQ(get("/2").body, "from 2") << "never started, so tried again";
    EXPECT_EQ(get("/3").body, "from 2");
}

TEST_F(UpstreamHttp2, AnOriginThatDiesBetweenRequestsCostsNone) {
    std::atomic<int> connections{0};
    Origin origin([&](Wire& wire) {
        ++connections;
        H2Peer peer(wire, H2Peer::Role::Server);
        bool answered = false;
        peer.onEnd = [&](std::int32_t id) {
            respondOk(peer, id, "x");
            answered = true;
        };
        while (!answered && peer.pump()) {
        }
        peer.pump();
        wire.shutdownSend();
        wire.drain();
    });
    serveTo(origin.port());
    for (int i = 0; i < 10; ++i) EXPECT_EQ(get().status(), 200) << i;
    EXPECT_GT(connections, 1);
}

TEST_F(UpstreamHttp2, AnOriginThatDiesMidAnswerCutsTheClient) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        bool half = false;
        peer.onEnd = [&](std::int32_t id) {
            peer.respond(id, {{":status", "200"}, {"content-length", "100"}}, "half", false);
            half = true;
        };
        while (!half && peer.pump()) {
        }
        peer.pump();
        wire.shutdownSend();
        wire.drain();
    });
    serveTo(origin.port());
    const auto answer = get();
    EXPECT_EQ(answer.status(), 200);
    EXPECT_FALSE(answer.whole);
    EXPECT_EQ(record().error, "upstream-reset");
}

TEST_F(UpstreamHttp2, AResetAnswerIsABadGateway) {
    Origin origin(speakingHttp2([](H2Peer& peer, std::int32_t id) { peer.reset(id, NGHTTP2_INTERNAL_ERROR); }));
    serveTo(origin.port());
    EXPECT_EQ(get().status(), 502);
    EXPECT_EQ(record().error, "upstream-reset");
}

TEST_F(UpstreamHttp2, CarriesLargeBodiesBothWaysBetweenHttp2Sides) {
    Origin origin(speakingHttp2([](H2Peer& peer, std::int32_t id) {
        auto body = peer.messages[id].body;
        peer.respond(id, {{":status", "200"}}, std::move(body));
    }));
    serveTo(origin.port());
    std::string large(8'000'000, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i * 11 % 26);
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(peer.request(H2Peer::post("/"), large));
    for (const auto id : ids) {
        ASSERT_TRUE(peer.until([&] { return peer.messages[id].closed; }, 40s));
        EXPECT_EQ(peer.messages[id].status(), 200);
        EXPECT_TRUE(peer.messages[id].body == large);
    }
    EXPECT_EQ(origin.connections(), 1);
}

TEST_F(UpstreamHttp2, StreamsBothWaysAtOnceWithTrailers) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        std::size_t echoed = 0;
        bool trailed = false;
        peer.onHead = [&](std::int32_t id) { peer.respond(id, {{":status", "200"}, {"content-type", "application/grpc"}}, "", false, {{"grpc-status", "0"}}); };
        while (peer.pump()) {
            for (auto& [id, message] : peer.messages) {
                if (message.body.size() > echoed) {
                    const auto more = message.body.substr(echoed);
                    echoed = message.body.size();
                    peer.data(id, more, false);
                }
                if (message.ended && !trailed) {
                    trailed = true;
                    peer.data(id, "", true);
                }
            }
        }
    });
    serveTo(origin.port());
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(H2Peer::post("/echo.Echo/Chat", {{"te", "trailers"}, {"content-type", "application/grpc"}}), "one", false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "one"; })) << "answered before the request ended";
    peer.data(id, "two", false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "onetwo"; }));
    peer.data(id, "", true);
    const auto& answer = peer.answer(id);
    EXPECT_TRUE(answer.ended);
    EXPECT_EQ(answer.trailer("grpc-status"), "0");
    EXPECT_FALSE(answer.reset);
}

TEST_F(UpstreamHttp2, AClientThatResetsItsStreamResetsTheUpstreams) {
    std::atomic<bool> cancelled{false};
    Origin origin([&](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onEnd = [&](std::int32_t id) { peer.respond(id, {{":status", "200"}}, "begin", false); };
        while (peer.pump())
            for (auto& [id, message] : peer.messages)
                if (message.reset == std::uint32_t(NGHTTP2_CANCEL)) cancelled = true;
    });
    serveTo(origin.port());
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.get("/");
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "begin"; }));
    peer.reset(id, NGHTTP2_CANCEL);
    EXPECT_TRUE(peer.until([&] { return cancelled.load(); }));
    EXPECT_EQ(record().status, 499);
}

TEST_F(UpstreamHttp2, SpeaksHttp2OverTlsByAlpn) {
    std::string scheme;
    const auto context = serverContext({.identity = testAuthority().issue("origin.test"), .alpn = {"h2"}});
    Origin origin(behindTls(context, speakingHttp2([&](H2Peer& peer, std::int32_t id) {
                                scheme = peer.messages[id].field(":scheme");
                                respondOk(peer, id, "secured");
                            })));
    serve(Routes(registry).add("", to(origin.port(), tls(upstream::Protocol::Http2))));
    EXPECT_EQ(get().body, "secured");
    EXPECT_EQ(get().body, "secured");
    EXPECT_EQ(scheme, "https");
    EXPECT_EQ(origin.connections(), 1);
}

TEST_F(UpstreamHttp2, AnOriginWithoutHttp2IsNotSpokenToInIt) {
    const auto context = serverContext({.identity = testAuthority().issue("origin.test"), .alpn = {"http/1.1"}});
    Origin origin(behindTls(context, Origin::always(ok("plain"))));
    serve(Routes(registry).add("", to(origin.port(), tls(upstream::Protocol::Http2))));
    EXPECT_EQ(get().status(), 503);
    const auto made = record();
    EXPECT_EQ(made.error, "upstream-tls");
    EXPECT_FALSE(made.errorSentence.empty());
}

TEST_F(UpstreamHttp2, SpeaksHttp1OverTls) {
    const auto context = serverContext({.identity = testAuthority().issue("origin.test")});
    Origin origin(behindTls(context, Origin::answering([](const Message& request) { return ok(request.field("host")); })));
    serve(Routes(registry).add("", to(origin.port(), tls(upstream::Protocol::Http1))));
    EXPECT_EQ(get().body, "a.test");
    EXPECT_EQ(get().body, "a.test");
    EXPECT_EQ(origin.connections(), 1) << "pooled";
}

struct BadOrigin {
    const char* name;
    std::function<net::TlsIdentity()> identity;
    const char* clientCa;
    const char* says;
};
class UpstreamCertificates : public UpstreamHttp2, public ::testing::WithParamInterface<BadOrigin> {};
TEST_P(UpstreamCertificates, ThatDoNotHoldAnswer503AndSayWhy) {
    TlsServerWish wish{.identity = GetParam().identity(), .alpn = {}, .clientCa = GetParam().clientCa != nullptr ? testAuthority().pem() : ""};
    Origin origin(behindTls(serverContext(wish), Origin::always(ok("never"))));
    serve(Routes(registry).add("", to(origin.port(), tls(upstream::Protocol::Http1))));
    const auto answer = get();
    EXPECT_EQ(answer.status(), GetParam().clientCa != nullptr ? answer.status() : 503);
    EXPECT_GE(answer.status(), 500);
    EXPECT_NE(answer.body, "never");
    const auto made = record();
    if (GetParam().clientCa == nullptr) {
        EXPECT_EQ(made.error, "upstream-tls");
        EXPECT_NE(made.errorSentence.find(GetParam().says), std::string::npos) << made.errorSentence;
    }
}
INSTANTIATE_TEST_SUITE_P(
    All, UpstreamCertificates,
    ::testing::Values(BadOrigin{"WrongName", [] { return testAuthority().issue("other.test"); }, nullptr, "origin.test"},
                      BadOrigin{"Expired",
                                [] {
                                    return testAuthority().issue(CertificateSpec{.commonName = "origin.test", .dns = {"origin.test"}, .fromDays = -9, .toDays = -1});
                                },
                                nullptr, "expired"},
                      BadOrigin{"ForeignAuthority", [] { return Authority("Other CA").issue("origin.test"); }, nullptr, "certificate"},
                      BadOrigin{"WantsAClientCertificate", [] { return testAuthority().issue("origin.test"); }, "ca", ""}),
    [](const auto& info) { return info.param.name; });

TEST_F(UpstreamHttp2, ShowsItsClientCertificate) {
    const auto identity = testAuthority().issue(CertificateSpec{.commonName = "the gateway"});
    TlsServerWish wish{.identity = testAuthority().issue("origin.test"), .alpn = {}, .clientCa = testAuthority().pem()};
    const auto context = serverContext(wish);
    Origin origin([&](Wire& wire) {
        if (!acceptTls(wire, context)) return;
        const auto name = peerName(wire);
        Origin::always(ok(name))(wire);
    });
    auto spec = tls(upstream::Protocol::Http1);
    spec.tls->identity.push_back(identity);
    serve(Routes(registry).add("", to(origin.port(), std::move(spec))));
    EXPECT_EQ(get().body, "the gateway");
}

TEST_F(UpstreamHttp2, ABrokenTransportNeverSpeaksPlaintext) {
    Origin origin(Origin::always(ok("plaintext")));
    auto rule = to(origin.port());
    const auto broken = upstream::TransportRegistry::broken("The CA bundle cannot be read.");
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = "Service/default/broken:80";
    cluster->transport = broken;
    cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", origin.port(), "", broken));
    rule.backends.front().cluster = cluster;
    serve(Routes(registry).add("", std::move(rule)));
    EXPECT_EQ(get().status(), 503);
    EXPECT_EQ(record().errorSentence, "The CA bundle cannot be read.");
    EXPECT_EQ(origin.connections(), 0);
}

TEST_F(UpstreamHttp2, StopsInTimeThoughAnOriginKeepsItsConnection) {
    Origin origin([](Wire& wire) {
        H2Peer peer(wire, H2Peer::Role::Server);
        peer.onEnd = [&](std::int32_t id) { respondOk(peer, id, "x"); };
        while (peer.pump()) {
        }
    });
    serveTo(origin.port());
    EXPECT_EQ(get().status(), 200);
    const auto began = std::chrono::steady_clock::now();
    plane->stop(100ms);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
}

TEST_F(UpstreamHttp2, ReachesAUnixSocket) {
    const std::string path = ::testing::TempDir() + "gatehouse-" + std::to_string(::getpid()) + ".sock";
    ::unlink(path.c_str());
    const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::strncpy(at.sun_path, path.c_str(), sizeof at.sun_path - 1);
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    ::listen(listening, 8);
    std::thread server([&] {
        const int fd = ::accept(listening, nullptr, nullptr);
        if (fd < 0) return;
        Wire wire(fd);
        Origin::answering([](const Message& request) { return ok("unix " + request.field("host")); })(wire);
    });
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = "Backend/default/unix";
    cluster->endpoints.push_back(registry.get(cluster->id, "unix:" + path, 0, ""));
    route::Rule rule;
    rule.backends.push_back(Routes::backend(cluster));
    serve(Routes(registry).add("", std::move(rule)));
    EXPECT_EQ(get().body, "unix a.test");
    EXPECT_EQ(get().body, "unix a.test");
    plane->stop(100ms);
    ::shutdown(listening, SHUT_RDWR);
    server.join();
    ::close(listening);
    ::unlink(path.c_str());
}

}  // namespace
}  // namespace gatehouse::test
