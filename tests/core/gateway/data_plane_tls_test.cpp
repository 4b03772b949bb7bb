// What comes before HTTP on a connection: TLS with SNI, ALPN and client certificates, passthrough, a PROXY header; and what
// comes after: WebSocket.
#include "h2_peer.h"
#include "tls_peer.h"

namespace gatehouse::test {
namespace {

std::string echoPath(const Message& request) {
    const auto from = request.head.find(' ') + 1;
    return ok(request.head.substr(from, request.head.find(' ', from) - from) + " " + request.field("x-forwarded-proto") + " " +
              request.field("x-forwarded-for"));
}

class TlsListener : public DataPlaneTest {
  protected:
    /// The routes on HTTPS listeners: {hostname, context}.
    std::shared_ptr<route::Snapshot> secured(const Routes& routes,
                                             std::vector<std::pair<std::string, std::shared_ptr<const net::TlsServerContext>>> listeners) {
        auto made = std::make_shared<route::Snapshot>(*routes.snapshot());
        auto& door = made->ports.front();
        const auto plain = door.listeners.front();
        door.listeners.clear();
        door.tls = true;
        for (auto& [hostname, context] : listeners) {
            auto listener = plain;
            listener.name = "https-" + hostname;
            listener.hostname = hostname;
            listener.protocol = "HTTPS";
            listener.tls = context;
            door.listeners.push_back(std::move(listener));
        }
        return made;
    }
    void serveSecured(std::shared_ptr<route::Snapshot> snapshot, gateway::DataPlaneOptions options = {}) {
        start(options);
        if (!HasFatalFailure()) plane->swap(std::move(snapshot));
    }
    std::uint64_t bitten(std::string_view limit) const {
        for (const auto& use : plane->limits())
            if (use.name == limit) return use.count;
        return 0;
    }
    static Message ask(Wire& wire, std::string_view host = "a.test", std::string_view path = "/x") {
        wire.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
        return readMessage(wire);
    }
};

TEST_F(TlsListener, SpeaksHttp1) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.alpn = {"http/1.1"}}), "");
    EXPECT_EQ(agreedAlpn(wire), "http/1.1");
    EXPECT_EQ(ask(wire).body, "/x https 127.0.0.1");
    EXPECT_EQ(ask(wire, "a.test", "/y").body, "/y https 127.0.0.1") << "kept alive";
    const auto made = record();
    EXPECT_EQ(made.tlsVersion, "TLSv1.3");
    EXPECT_EQ(made.tlsSni, "a.test");
    EXPECT_EQ(made.tlsAlpn, "http/1.1");
    EXPECT_EQ(made.protocol, "HTTP/1.1");
}

TEST_F(TlsListener, SpeaksHttp2ByAlpn) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.alpn = {"h2", "http/1.1"}}), "");
    EXPECT_EQ(agreedAlpn(wire), "h2");
    H2Peer peer(wire, H2Peer::Role::Client);
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 50; ++i) ids.push_back(peer.get("/" + std::to_string(i)));
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(peer.answer(ids[static_cast<std::size_t>(i)]).body, "/" + std::to_string(i) + " https 127.0.0.1");
    const auto made = record();
    EXPECT_EQ(made.protocol, "HTTP/2");
    EXPECT_EQ(made.tlsAlpn, "h2");
}

TEST_F(TlsListener, CarriesLargeBodiesUnderTls) {
    Origin origin(Origin::answering([](const Message& request) { return ok(request.body); }));
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    std::string large(6'000'000, 'l');
    for (std::size_t i = 0; i < large.size(); i += 7) large[i] = 'x';
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.alpn = {"h2"}}), "");
    H2Peer peer(wire, H2Peer::Role::Client);
    const auto id = peer.request(H2Peer::post("/"), large);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].closed; }, 30s));
    EXPECT_TRUE(peer.messages[id].body == large);
}

TEST_F(TlsListener, ChoosesTheListenerBySni) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}),
                         {{"a.test", listenerTls("a.test")}, {"*.wild.test", listenerTls("*.wild.test")}}));
    for (const auto& [sni, name] : {std::pair{"a.test", "a.test"}, {"deep.wild.test", "*.wild.test"}}) {
        auto wire = connect();
        ASSERT_EQ(startTls(wire, {.sni = sni}), "") << sni;
        EXPECT_EQ(peerName(wire), name);
        EXPECT_EQ(ask(wire, sni).status(), 200);
    }
    auto stranger = connect();
    EXPECT_NE(startTls(stranger, {.sni = "nobody.test"}).find("unrecognized name"), std::string::npos);
    EXPECT_TRUE(eventually([&] { return bitten("tls-no-listener") == 1; }));
}

TEST_F(TlsListener, RefusesWhatDoesNotBeginATlsSession) {
    serveSecured(secured(Routes(registry).to("", {deadPort()}), {{"", listenerTls("a.test")}}));
    auto plain = connect();
    plain.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
    EXPECT_EQ(plain.rest(), "");
    EXPECT_TRUE(eventually([&] { return bitten("tls-not-tls") == 1; }));
    auto old = connect();
    EXPECT_NE(startTls(old, {.most = TLS1_1_VERSION}), "");
    EXPECT_TRUE(eventually([&] { return bitten("tls-handshake") == 1; }));
}

TEST_F(TlsListener, WithoutACertificateRefusesAndCounts) {
    auto snapshot = secured(Routes(registry).to("", {deadPort()}), {{"", nullptr}});
    snapshot->ports.front().listeners.front().tlsBroken = "Secret default/missing does not exist.";
    serveSecured(snapshot);
    auto wire = connect();
    EXPECT_NE(startTls(wire, {}).find("internal error"), std::string::npos);
    EXPECT_TRUE(eventually([&] { return bitten("tls-no-certificate") == 1; }));
}

TEST_F(TlsListener, ASlowHandshakeIsEnded) {
    gateway::DataPlaneOptions options;
    options.limits.headTime = 200ms;
    serveSecured(secured(Routes(registry).to("", {deadPort()}), {{"", listenerTls("a.test")}}), options);
    auto wire = connect();
    wire.send(std::string("\x16\x03\x01\x02", 4));
    EXPECT_EQ(wire.rest(), "");
    EXPECT_TRUE(eventually([&] { return plane->counters().connections == 0; }));
    EXPECT_EQ(bitten("tls-handshake"), 1u);
}

TEST_F(TlsListener, ARequestForAnotherListenersHostIsMisdirected) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}),
                         {{"a.test", listenerTls("a.test")}, {"b.test", listenerTls("b.test")}}));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.sni = "a.test", .alpn = {"h2"}}), "");
    H2Peer peer(wire, H2Peer::Role::Client);
    H2Fields fields{{":method", "GET"}, {":scheme", "https"}, {":authority", "b.test"}, {":path", "/"}};
    EXPECT_EQ(peer.answer(peer.request(fields)).status(), 421);
    fields[2].second = "c.test";
    EXPECT_EQ(peer.answer(peer.request(fields)).status(), 404);
    fields[2].second = "a.test";
    EXPECT_EQ(peer.answer(peer.request(fields)).status(), 200) << "the connection serves on";
    EXPECT_EQ(record().error, "misdirected");
}

TEST_F(TlsListener, AsksForClientCertificates) {
    Origin origin(Origin::answering(echoPath));
    net::TlsServerOptions options;
    options.clientCertificates = net::ClientCertificates::Required;
    options.clientCaPem = testAuthority().pem();
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test", options)}}));
    auto bare = connect();
    const auto refused = startTls(bare, {});
    // TLS 1.3 tells the client after its own handshake.
    if (refused.empty()) EXPECT_EQ(ask(bare).status(), 0);
    EXPECT_TRUE(eventually([&] { return bitten("tls-handshake") == 1; }));
    const auto identity = testAuthority().issue(CertificateSpec{.commonName = "alice"});
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.identity = &identity}), "");
    EXPECT_EQ(ask(wire).status(), 200);
    const auto made = record();
    EXPECT_EQ(made.tlsClientSubject, "CN=alice");
    EXPECT_TRUE(made.tlsClientVerified);
}

/// TLS 1.3: the client has sent its request by the time its certificate is refused.
TEST_F(TlsListener, ARefusedClientReadsTheAlertThoughItSpokeOn) {
    net::TlsServerOptions options;
    options.clientCertificates = net::ClientCertificates::Required;
    options.clientCaPem = testAuthority().pem();
    serveSecured(secured(Routes(registry).to("", {deadPort()}), {{"", listenerTls("a.test", options)}}));
    const auto stranger = Authority("Strange CA").issue(CertificateSpec{.commonName = "mallory"});
    const std::string request = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 60000\r\n\r\n" + std::string(60'000, 'x');
    for (int i = 0; i < 20; ++i) {
        for (const auto* identity : {static_cast<const net::TlsIdentity*>(nullptr), &stranger}) {
            auto wire = connect();
            ASSERT_EQ(startTls(wire, {.identity = identity}), "");
            ERR_clear_error();
            ASSERT_GT(SSL_write(wire.tls(), request.data(), static_cast<int>(request.size())), 0);
            char byte = 0;
            ASSERT_LE(SSL_read(wire.tls(), &byte, 1), 0);
            const auto* reason = ERR_reason_error_string(ERR_peek_error());
            EXPECT_EQ(std::string(reason ? reason : "none"),
                      identity == nullptr ? "tlsv13 alert certificate required" : "tlsv1 alert unknown ca");
            ERR_clear_error();
        }
    }
}

TEST_F(TlsListener, LetsAnyClientThroughWhereToldTo) {
    Origin origin(Origin::answering(echoPath));
    net::TlsServerOptions options;
    options.clientCertificates = net::ClientCertificates::OptionalInsecure;
    options.clientCaPem = testAuthority().pem();
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test", options)}}));
    const auto foreign = Authority("Other CA").issue(CertificateSpec{.commonName = "mallory"});
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.identity = &foreign}), "");
    EXPECT_EQ(ask(wire).status(), 200);
    const auto made = record();
    EXPECT_EQ(made.tlsClientSubject, "CN=mallory");
    EXPECT_FALSE(made.tlsClientVerified);
    auto bare = connect();
    ASSERT_EQ(startTls(bare, {}), "");
    EXPECT_EQ(ask(bare).status(), 200);
}

TEST_F(TlsListener, ASwapChangesTheCertificateOfNewConnectionsAlone) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    auto before = connect();
    ASSERT_EQ(startTls(before, {}), "");
    plane->swap(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("b.test")}}));
    auto after = connect();
    ASSERT_EQ(startTls(after, {.sni = "b.test"}), "");
    EXPECT_EQ(peerName(after), "b.test");
    EXPECT_EQ(ask(before).status(), 200);
    EXPECT_EQ(ask(after, "b.test").status(), 200);
}

TEST_F(TlsListener, AConnectionInClearIsNotServedWhatBecameTls) {
    Origin origin(Origin::answering(echoPath));
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    EXPECT_EQ(ask(wire).status(), 200);
    plane->swap(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    EXPECT_EQ(ask(wire).status(), 421);
}

TEST_F(TlsListener, ASessionWhoseListenerIsGoneIsMisdirected) {
    Origin origin(Origin::answering(echoPath));
    serveSecured(secured(Routes(registry).to("", {origin.port()}),
                         {{"a.test", listenerTls("a.test")}, {"b.test", listenerTls("b.test")}}));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.sni = "a.test"}), "");
    EXPECT_EQ(ask(wire).status(), 200);
    plane->swap(secured(Routes(registry).to("", {origin.port()}), {{"b.test", listenerTls("b.test")}}));
    EXPECT_EQ(ask(wire, "b.test").status(), 421);
}

TEST_F(TlsListener, ListensAndConnectsByIpv6) {
    const int listening = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 at{};
    at.sin6_family = AF_INET6;
    at.sin6_addr = in6addr_loopback;
    if (listening < 0 || ::bind(listening, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0)
        GTEST_SKIP() << "there is no IPv6 here";
    ::listen(listening, 8);
    socklen_t size = sizeof at;
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&at), &size);
    std::thread server([&] {
        const int fd = ::accept(listening, nullptr, nullptr);
        if (fd < 0) return;
        Wire wire(fd);
        Origin::answering(echoPath)(wire);
    });
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = "Service/default/six:80";
    cluster->endpoints.push_back(registry.get(cluster->id, "::1", ntohs(at.sin6_port), ""));
    route::Rule rule;
    rule.backends.push_back(Routes::backend(cluster));
    serve(Routes(registry).add("", std::move(rule)));
    plane->unlisten(kPort);
    const auto bound = plane->listen(kPort, "[::1]:0");
    ASSERT_TRUE(bound) << bound.error().message;
    const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin6_port = htons(static_cast<std::uint16_t>(std::stoi(bound->substr(bound->rfind(':') + 1))));
    ASSERT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    {
        Wire wire(fd);
        EXPECT_EQ(ask(wire).body, "/x http ::1");
    }
    EXPECT_TRUE(record().client.starts_with("[::1]:"));
    plane->stop(100ms);
    ::shutdown(listening, SHUT_RDWR);
    server.join();
    ::close(listening);
}

// ---- Passthrough

class Passthrough : public TlsListener {
  protected:
    std::shared_ptr<route::Snapshot> passing(std::uint16_t originPort, const std::string& hostname = "a.test",
                                             std::shared_ptr<const net::TlsServerContext> context = nullptr) {
        auto made = secured(Routes(registry).to("", {originPort}), {{"", context}});
        auto& listener = made->ports.front().listeners.front();
        listener.protocol = "TLS";
        listener.passthrough = context == nullptr;
        listener.hosts.front().hostname = hostname;
        return made;
    }
};

TEST_F(Passthrough, HandsTheSessionToTheBackend) {
    Origin origin(behindTls(serverContext({.identity = testAuthority().issue("a.test")}), Origin::answering(echoPath)));
    serveSecured(passing(origin.port()));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {}), "");
    EXPECT_EQ(peerName(wire), "a.test");
    EXPECT_EQ(ask(wire).body, "/x  ") << "nothing is added to what is not read";
    wire.close();
    const auto made = record();
    EXPECT_EQ(made.protocol, "TLS");
    EXPECT_EQ(made.upstreamProtocol, "TLS");
    EXPECT_EQ(made.method, "");
    EXPECT_EQ(made.host, "a.test");
    EXPECT_EQ(made.tlsSni, "a.test");
    EXPECT_EQ(made.status, 0);
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.backend, "Service default/web");
    EXPECT_EQ(made.endpoint, "127.0.0.1:" + std::to_string(origin.port()));
    EXPECT_NE(made.listener, "");
    EXPECT_NE(made.route, "");
    EXPECT_GT(made.requestBytes, 100U);
    EXPECT_GT(made.responseBytes, 100U);
    ASSERT_FALSE(made.steps.empty());
    EXPECT_EQ(made.steps.back().stage, "tunnel");
    auto other = connect();
    EXPECT_NE(startTls(other, {.sni = "b.test"}), "");
    EXPECT_TRUE(eventually([&] { return bitten("tls-no-route") == 1; }));
    const auto refused = record();
    EXPECT_EQ(refused.host, "b.test");
    EXPECT_EQ(refused.error, "tls-no-route");
}

TEST_F(Passthrough, EndsTlsAndPassesBytesOn) {
    Origin origin([](Wire& wire) {
        const auto line = wire.until("\n");
        wire.send("echo " + line);
    });
    serveSecured(passing(origin.port(), "a.test", listenerTls("a.test")));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {}), "");
    wire.send("hello\n");
    EXPECT_EQ(wire.until("\n"), "echo hello\n");
    EXPECT_EQ(wire.rest(), "");
}

TEST_F(Passthrough, ADeadBackendEndsTheConnection) {
    serveSecured(passing(deadPort()));
    auto wire = connect();
    EXPECT_NE(startTls(wire, {}), "");
    EXPECT_TRUE(eventually([&] { return bitten("tls-upstream") == 1; }));
    const auto made = record();
    EXPECT_EQ(made.error, "tls-upstream");
    EXPECT_NE(made.endpoint, "");
    EXPECT_EQ(made.responseBytes, 0U);
}

TEST_F(Passthrough, IsCutWhenItIdles) {
    Origin origin(behindTls(serverContext({.identity = testAuthority().issue("a.test")}), [](Wire& wire) { wire.drain(); }));
    gateway::DataPlaneOptions options;
    options.limits.tunnelIdle = 200ms;
    serveSecured(passing(origin.port()), options);
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {}), "");
    EXPECT_EQ(wire.rest(), "");
    EXPECT_TRUE(eventually([&] { return plane->counters().connections == 0; }));
    EXPECT_EQ(record().error, "tunnel-idle");
    EXPECT_EQ(bitten("tunnel-idle"), 1U);
}

// ---- PROXY

class ProxyHeader : public TlsListener {
  protected:
    void serveBehindProxy(std::uint16_t originPort, bool tls = false) {
        auto snapshot = tls ? secured(Routes(registry).to("", {originPort}), {{"", listenerTls("a.test")}})
                            : std::make_shared<route::Snapshot>(*Routes(registry).to("", {originPort}).snapshot());
        snapshot->ports.front().proxyProtocol = true;
        serveSecured(std::move(snapshot));
    }
};

TEST_F(ProxyHeader, TellsWhoAsks) {
    Origin origin(Origin::answering(echoPath));
    serveBehindProxy(origin.port());
    auto wire = connect();
    wire.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 80\r\n");
    EXPECT_EQ(ask(wire).body, "/x http 192.0.2.7");
    EXPECT_EQ(record().client, "192.0.2.7:4711");
}

TEST_F(ProxyHeader, ComesBeforeTls) {
    Origin origin(Origin::answering(echoPath));
    serveBehindProxy(origin.port(), true);
    auto wire = connect();
    wire.send("PROXY TCP6 2001:db8::1 2001:db8::2 4711 443\r\n");
    ASSERT_EQ(startTls(wire, {}), "");
    EXPECT_EQ(ask(wire).body, "/x https 2001:db8::1");
    EXPECT_EQ(record().client, "[2001:db8::1]:4711");
}

TEST_F(ProxyHeader, IsNeeded) {
    Origin origin(Origin::answering(echoPath));
    serveBehindProxy(origin.port());
    auto wire = connect();
    wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(wire.rest(), "");
    EXPECT_EQ(origin.connections(), 0);
    EXPECT_TRUE(eventually([&] { return bitten("proxy-header") == 1; }));
}

TEST_F(ProxyHeader, IsNotReadWhereNobodyExpectsIt) {
    Origin origin(Origin::answering(echoPath));
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(wire).status(), 400);
    EXPECT_EQ(origin.connections(), 0);
}

// ---- WebSocket

class WebSocket : public TlsListener {
  protected:
    static constexpr std::string_view kUpgrade =
        "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    /// Agrees, and then says everything twice.
    static void echoTwice(Wire& wire) {
        const auto head = wire.until("\r\n\r\n");
        if (head.find("Upgrade: websocket") == std::string::npos || head.find("Connection: Upgrade") == std::string::npos) return;
        wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nhi");
        while (true) {
            const auto line = wire.until("\n");
            if (line.empty()) return;
            wire.send(line + line);
        }
    }
};

TEST_F(WebSocket, CarriesBytesBothWays) {
    Origin origin(echoTwice);
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send(std::string(kUpgrade) + "early\n");
    const auto head = wire.until("\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 101 ")) << head;
    EXPECT_NE(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos);
    EXPECT_NE(head.find("Upgrade: websocket"), std::string::npos);
    EXPECT_EQ(wire.exactly(14), "hiearly\nearly\n");
    wire.send("later\n");
    EXPECT_EQ(wire.exactly(12), "later\nlater\n");
    wire.shutdownSend();
    EXPECT_EQ(wire.rest(), "");
    const auto made = record();
    EXPECT_EQ(made.status, 101);
    EXPECT_EQ(made.error, "");
    EXPECT_GT(made.requestBytes, 12u);
    EXPECT_GT(made.responseBytes, 26u);
}

TEST_F(WebSocket, RunsUnderTls) {
    Origin origin(echoTwice);
    serveSecured(secured(Routes(registry).to("", {origin.port()}), {{"", listenerTls("a.test")}}));
    auto wire = connect();
    ASSERT_EQ(startTls(wire, {.alpn = {"http/1.1"}}), "");
    wire.send(kUpgrade);
    EXPECT_FALSE(wire.until("\r\n\r\n").empty());
    wire.send("x\n");
    EXPECT_EQ(wire.exactly(6), "hix\nx\n");
}

TEST_F(WebSocket, ARefusalIsAnAnswerLikeAnyOther) {
    Origin origin(Origin::always("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send(kUpgrade);
    const auto answer = readMessage(wire);
    EXPECT_EQ(answer.status(), 403);
    EXPECT_EQ(answer.body, "no");
    EXPECT_EQ(record().status, 403);
}

TEST_F(WebSocket, IsCutWhenItIdles) {
    Origin origin(echoTwice);
    gateway::DataPlaneOptions options;
    options.limits.tunnelIdle = 200ms;
    serve(Routes(registry).to("", {origin.port()}), options);
    auto wire = connect();
    wire.send(kUpgrade);
    EXPECT_FALSE(wire.until("\r\n\r\n").empty());
    EXPECT_EQ(wire.rest(), "hi");
    EXPECT_EQ(record().error, "tunnel-idle");
}

TEST_F(WebSocket, EndsWhenTheClientResets) {
    std::atomic<bool> freed{false};
    Origin origin([&](Wire& wire) {
        echoTwice(wire);
        freed = true;
    });
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send(kUpgrade);
    EXPECT_FALSE(wire.until("\r\n\r\n").empty());
    wire.reset();
    EXPECT_TRUE(eventually([&] { return freed.load(); }));
    EXPECT_TRUE(eventually([&] { return plane->counters().connections == 0; }));
}

TEST_F(WebSocket, EndsWithTheDataPlane) {
    Origin origin(echoTwice);
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send(kUpgrade);
    EXPECT_FALSE(wire.until("\r\n\r\n").empty());
    const auto began = std::chrono::steady_clock::now();
    plane->stop(100ms);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
    EXPECT_EQ(wire.rest(), "hi");
}

TEST_F(WebSocket, OtherProtocolsAreNotOffered) {
    Message seen;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request;
        return ok("plain");
    }));
    serve(Routes(registry).to("", {origin.port()}));
    auto wire = connect();
    wire.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    EXPECT_EQ(readMessage(wire).body, "plain");
    EXPECT_EQ(seen.field("upgrade"), "");
    EXPECT_EQ(seen.field("http2-settings"), "");
}

TEST_F(WebSocket, AnUnaskedSwitchIsABadGateway) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        wire.drain();
    });
    serve(Routes(registry).to("", {origin.port()}));
    EXPECT_EQ(get().status(), 502);
}

}  // namespace
}  // namespace gatehouse::test
