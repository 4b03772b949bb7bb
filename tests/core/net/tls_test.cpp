// TLS between two streams: who is trusted, what is agreed on, how it ends, and what an error says.
#include "core/net/certificates.h"
#include "core/net/loopback.h"
#include "net/client_hello.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <atomic>
#include <random>
#include <thread>

#include <malloc.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace gatehouse::net {
namespace {

using test::Authority;
using test::CertificateSpec;
using test::KeyType;
using test::Loopback;

const Authority& authority() {
    static const Authority made;
    return made;
}

TlsServerOptions serverOptions() {
    TlsServerOptions options;
    options.identities.push_back(authority().issue("shop.example"));
    return options;
}
TlsClientOptions clientOptions(const std::string& name = "shop.example") {
    TlsClientOptions options;
    options.sni = name;
    options.trust = TlsTrust::Bundle;
    options.caPem = authority().pem();
    options.alpn = {"h2", "http/1.1"};
    return options;
}
std::shared_ptr<const TlsServerContext> serverContext(TlsServerOptions options) {
    auto made = TlsServerContext::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
}
std::shared_ptr<const TlsClientContext> clientContext(TlsClientOptions options) {
    auto made = TlsClientContext::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
}

struct Side {
    bool shaken = false;
    bool talked = false;
    std::string error;
    TlsFacts facts;
};
struct Outcome {
    Side server, client;
    bool good() const { return server.talked && client.talked; }
};

Task<void> serve(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side) {
    side.shaken = co_await stream.serverHandshake(context);
    if (side.shaken) {
        const auto got = co_await test::receive(stream, 4);
        side.talked = got == "ping";
        if (side.talked) co_await test::send(stream, "pong");
    }
    side.error = stream.tlsError();
    side.facts = stream.tlsFacts();
    stream.close();
}
Task<void> ask(Stream& stream, std::shared_ptr<const TlsClientContext> context, Side& side) {
    side.shaken = co_await stream.clientHandshake(context);
    if (side.shaken) {
        co_await test::send(stream, "ping");
        const auto got = co_await test::receive(stream, 4);
        side.talked = got == "pong";
        // The end also brings what else the server had to say: its tickets.
        const std::size_t bytes = co_await stream.receive();
        stream.arrived(bytes);
    }
    side.error = stream.tlsError();
    side.facts = stream.tlsFacts();
    stream.close();
}

Outcome talk(std::shared_ptr<const TlsServerContext> server, std::shared_ptr<const TlsClientContext> client) {
    Loopback pair;
    Outcome outcome;
    pair.both(serve(*pair.server, server, outcome.server), ask(*pair.client, client, outcome.client));
    return outcome;
}
Outcome talk(TlsServerOptions server, TlsClientOptions client) {
    return talk(serverContext(std::move(server)), clientContext(std::move(client)));
}
bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Tls, AgreesAndTellsTheFacts) {
    const auto outcome = talk(serverOptions(), clientOptions("Shop.Example"));
    ASSERT_TRUE(outcome.good()) << outcome.server.error << outcome.client.error;
    EXPECT_EQ(outcome.server.facts.sni, "shop.example");
    EXPECT_EQ(outcome.server.facts.alpn, "h2");
    EXPECT_EQ(outcome.client.facts.alpn, "h2");
    EXPECT_EQ(outcome.client.facts.version, "TLSv1.3");
    EXPECT_EQ(outcome.client.facts.cipher, "TLS_AES_128_GCM_SHA256");
    EXPECT_TRUE(outcome.client.facts.peerVerified);
    EXPECT_EQ(outcome.client.facts.peerSubject, "CN=shop.example");
    EXPECT_FALSE(outcome.client.facts.resumed);
    EXPECT_FALSE(outcome.server.facts.peerVerified);
    EXPECT_EQ(outcome.server.error + outcome.client.error, "");
}

TEST(Tls, ChoosesTheProtocolByTheServersPreference) {
    auto server = serverOptions();
    auto client = clientOptions();
    client.alpn = {"http/1.1", "h2"};
    EXPECT_EQ(talk(server, client).client.facts.alpn, "h2");
    client.alpn = {"http/1.1"};
    EXPECT_EQ(talk(server, client).server.facts.alpn, "http/1.1");
    client.alpn = {};
    EXPECT_EQ(talk(server, client).server.facts.alpn, "");
    client.alpn = {"acme-tls/1"};
    const auto refused = talk(server, client);
    EXPECT_FALSE(refused.server.shaken);
    EXPECT_EQ(refused.server.error, "The client offers no protocol (ALPN) that is accepted here.");
    EXPECT_TRUE(says(refused.client.error, "no application protocol")) << refused.client.error;
}

TEST(Tls, RefusesServersThatDoNotProveTheirName) {
    const Authority stranger("Stranger CA");
    struct Case {
        const char* what;
        TlsIdentity identity;
        const char* sentence;
    };
    const auto spec = [](int from, int to) {
        return CertificateSpec{.commonName = "shop.example", .dns = {"shop.example"}, .fromDays = from, .toDays = to};
    };
    const Case cases[] = {
        {"name", authority().issue("other.example"), "does not carry the name \"shop.example\" (CN=other.example)"},
        {"common name alone", authority().issue(CertificateSpec{.commonName = "shop.example"}), "does not carry the name"},
        {"partial wildcard", authority().issue(CertificateSpec{.commonName = "x", .dns = {"s*.example"}}), "does not carry the name"},
        {"expired", authority().issue(spec(-10, -1)), "certificate has expired (CN=shop.example)"},
        {"early", authority().issue(spec(1, 10)), "certificate is not yet valid (CN=shop.example)"},
        {"stranger", stranger.issue("shop.example"), "unable to get local issuer certificate (CN=shop.example)"},
    };
    for (const auto& expected : cases) {
        TlsServerOptions server;
        server.identities.push_back(expected.identity);
        const auto outcome = talk(server, clientOptions());
        EXPECT_FALSE(outcome.client.shaken) << expected.what;
        EXPECT_FALSE(outcome.server.talked) << expected.what;
        EXPECT_TRUE(says(outcome.client.error, expected.sentence)) << expected.what << ": " << outcome.client.error;
        // Only whoever asks for it goes without.
        auto careless = clientOptions();
        careless.trust = TlsTrust::Insecure;
        const auto anyway = talk(server, careless);
        EXPECT_TRUE(anyway.good()) << expected.what;
        EXPECT_FALSE(anyway.client.facts.peerVerified);
    }
    auto system = clientOptions();
    system.trust = TlsTrust::System;
    EXPECT_FALSE(talk(serverOptions(), system).client.shaken) << "the system does not know the test's authority";
}

TEST(Tls, ChecksNamesAddressesAndAlternativeNames) {
    using Name = TlsSubjectAltName;
    TlsServerOptions server;
    server.identities.push_back(authority().issue(CertificateSpec{.commonName = "x",
                                                                  .dns = {"*.shop.example", "api.example"},
                                                                  .ips = {"127.0.0.1"},
                                                                  .uris = {"spiffe://example/ns/shop"}}));
    const auto context = serverContext(server);
    const auto accepts = [&](const std::string& sni, const std::string& name, std::vector<Name> alternatives = {}) {
        auto client = clientOptions(sni);
        client.verifyName = name;
        client.subjectAltNames = std::move(alternatives);
        return talk(context, clientContext(client)).good();
    };
    EXPECT_TRUE(accepts("api.example", ""));
    EXPECT_TRUE(accepts("elsewhere.example", "eu.shop.example")) << "the name that is checked is not the name that is sent";
    EXPECT_FALSE(accepts("api.example", "a.b.shop.example"));
    EXPECT_FALSE(accepts("api.example", "shop.example"));
    EXPECT_TRUE(accepts("127.0.0.1", ""));
    EXPECT_FALSE(accepts("127.0.0.2", ""));
    EXPECT_TRUE(accepts("elsewhere.example", "", {{Name::Type::Hostname, "eu.shop.example"}}));
    EXPECT_TRUE(accepts("elsewhere.example", "", {{Name::Type::Hostname, "none.example"}, {Name::Type::Uri, "spiffe://example/ns/shop"}}));
    EXPECT_FALSE(accepts("api.example", "", {{Name::Type::Hostname, "none.example"}})) << "the host name does not help then";
    EXPECT_FALSE(accepts("api.example", "", {{Name::Type::Uri, "spiffe://example/ns/SHOP"}}));
    EXPECT_FALSE(accepts("api.example", "", {{Name::Type::Uri, "api.example"}})) << "a DNS name is no URI";

    EXPECT_TRUE(dnsNameMatches("*.Example.com", "a.eXample.com."));
    EXPECT_TRUE(dnsNameMatches("*.example.com", "*.example.com"));
    EXPECT_TRUE(dnsNameMatches("a.example.com", "*.example.com"));
    EXPECT_FALSE(dnsNameMatches("a.b.example.com", "*.example.com"));
    EXPECT_FALSE(dnsNameMatches("*.com", "example.com")) << "a whole top-level domain";
    EXPECT_FALSE(dnsNameMatches("*", "com"));
    EXPECT_FALSE(dnsNameMatches("*.example.com", ".example.com"));
    EXPECT_FALSE(dnsNameMatches("", ""));
    EXPECT_FALSE(dnsNameMatches(std::string("a.com\0.b", 8), "a.com"));
}

TEST(Tls, DemandsClientCertificates) {
    const Authority stranger("Stranger CA");
    const auto mine = authority().issue(CertificateSpec{.commonName = "billing"});
    const auto theirs = stranger.issue(CertificateSpec{.commonName = "mallory"});
    const auto old = authority().issue(CertificateSpec{.commonName = "old", .fromDays = -9, .toDays = -1});
    const auto with = [](std::vector<TlsIdentity> identity, ClientCertificates demand) {
        auto server = serverOptions();
        server.clientCertificates = demand;
        server.clientCaPem = authority().pem();
        auto client = clientOptions();
        client.identity = std::move(identity);
        return talk(server, client);
    };
    const auto required = ClientCertificates::Required;
    auto outcome = with({mine}, required);
    ASSERT_TRUE(outcome.good()) << outcome.server.error;
    EXPECT_TRUE(outcome.server.facts.peerVerified);
    EXPECT_EQ(outcome.server.facts.peerSubject, "CN=billing");
    outcome = with({}, required);
    EXPECT_FALSE(outcome.server.shaken);
    EXPECT_EQ(outcome.server.error, "The client sent no certificate.");
    EXPECT_TRUE(says(outcome.client.error, "certificate required")) << outcome.client.error;
    outcome = with({theirs}, required);
    EXPECT_FALSE(outcome.server.shaken);
    EXPECT_EQ(outcome.server.error, "The client's certificate was refused: unable to get local issuer certificate (CN=mallory).");
    outcome = with({old}, required);
    EXPECT_EQ(outcome.server.error, "The client's certificate was refused: certificate has expired (CN=old).");

    const auto optional = ClientCertificates::OptionalInsecure;
    outcome = with({mine}, optional);
    ASSERT_TRUE(outcome.good());
    EXPECT_TRUE(outcome.server.facts.peerVerified);
    outcome = with({}, optional);
    ASSERT_TRUE(outcome.good());
    EXPECT_FALSE(outcome.server.facts.peerVerified);
    EXPECT_EQ(outcome.server.facts.peerSubject, "");
    for (const auto& bad : {theirs, old}) {
        outcome = with({bad}, optional);
        ASSERT_TRUE(outcome.good());
        EXPECT_FALSE(outcome.server.facts.peerVerified);
        EXPECT_NE(outcome.server.facts.peerSubject, "");
        EXPECT_NE(outcome.server.facts.peerVerifyError, "");
    }
    outcome = with({mine}, ClientCertificates::None);
    ASSERT_TRUE(outcome.good());
    EXPECT_EQ(outcome.server.facts.peerSubject, "") << "not asked for";
}

TEST(Tls, TrustsAnIntermediateAuthority) {
    const auto below = authority().intermediate("Shop CA");
    TlsServerOptions server;
    server.identities.push_back(below.issue("shop.example"));
    EXPECT_TRUE(talk(server, clientOptions()).good()) << "the chain is sent";
    auto client = clientOptions();
    client.caPem = below.pem();
    EXPECT_TRUE(talk(server, client).good()) << "an anchor needs no root";
}

TEST(Tls, PresentsTheIdentityThatTheClientCanUse) {
    TlsServerOptions server;
    for (const auto* name : {"shop.example", "api.example"})
        for (const auto type : {KeyType::Rsa, KeyType::Ecdsa}) server.identities.push_back(authority().issue(name, type));
    server.identities.push_back(authority().issue("*.wild.example", KeyType::Ecdsa));
    const auto context = serverContext(server);
    for (const auto* name : {"shop.example", "api.example", "a.wild.example"}) {
        const auto outcome = talk(context, clientContext(clientOptions(name)));
        EXPECT_TRUE(outcome.good()) << name << outcome.client.error;
        EXPECT_EQ(outcome.server.facts.sni, name);
        EXPECT_EQ(outcome.server.facts.alpn, "h2");
    }
    // Neither name: the first identity, which the client refuses.
    const auto none = talk(context, clientContext(clientOptions("none.example")));
    EXPECT_TRUE(says(none.client.error, "(CN=shop.example)")) << none.client.error;
}

TEST(Tls, ResumesSessionsFromAnyContextThatSharesKeys) {
    auto options = serverOptions();
    options.ticketKeys = std::make_shared<TlsTicketKeys>();
    const auto first = serverContext(options);
    const auto second = serverContext(options);
    const auto client = clientContext(clientOptions());
    EXPECT_FALSE(talk(first, client).client.facts.resumed);
    ASSERT_GE(client->sessions(), 1U);
    auto outcome = talk(second, client);
    ASSERT_TRUE(outcome.good());
    EXPECT_TRUE(outcome.client.facts.resumed);
    EXPECT_TRUE(outcome.server.facts.resumed);
    EXPECT_TRUE(outcome.client.facts.peerVerified) << "as in the session that is resumed";
    EXPECT_EQ(outcome.server.facts.sni, "shop.example");
    options.ticketKeys->rotate();
    EXPECT_TRUE(talk(first, client).server.facts.resumed) << "the previous period's tickets open";
    while (client->sessions() > 1) EXPECT_TRUE(talk(first, client).good());
    options.ticketKeys->rotate();
    options.ticketKeys->rotate();
    options.ticketKeys->rotate();
    const auto before = client->sessions();
    outcome = talk(first, client);
    EXPECT_TRUE(outcome.good());
    EXPECT_FALSE(outcome.server.facts.resumed) << "of " << before;
    // What demands more of clients resumes nobody that came by another door.
    options.clientCertificates = ClientCertificates::Required;
    options.clientCaPem = authority().pem();
    outcome = talk(serverContext(options), client);
    EXPECT_FALSE(outcome.server.shaken);
    EXPECT_EQ(outcome.server.error, "The client sent no certificate.");
}

TEST(Tls, KeepsTheClientsIdentityAcrossResumption) {
    auto options = serverOptions();
    options.clientCertificates = ClientCertificates::Required;
    options.clientCaPem = authority().pem();
    const auto server = serverContext(options);
    auto with = clientOptions();
    with.identity.push_back(authority().issue(CertificateSpec{.commonName = "billing"}));
    const auto client = clientContext(with);
    EXPECT_FALSE(talk(server, client).server.facts.resumed);
    const auto outcome = talk(server, client);
    EXPECT_TRUE(outcome.server.facts.resumed);
    EXPECT_TRUE(outcome.server.facts.peerVerified);
    EXPECT_EQ(outcome.server.facts.peerSubject, "CN=billing");
}

TEST(Tls, NamesWhatIsWrongWithAContext) {
    const auto good = authority().issue("shop.example");
    const auto other = authority().issue("shop.example");
    const auto codeOf = [](TlsServerOptions options) {
        const auto made = TlsServerContext::make(std::move(options));
        return made ? std::string("made") : made.error().code;
    };
    const auto with = [&](const std::string& certificate, const std::string& key) {
        TlsServerOptions options;
        options.identities.push_back({certificate, key});
        return codeOf(options);
    };
    EXPECT_EQ(with(good.certificatePem, good.keyPem), "made");
    EXPECT_EQ(with(good.certificatePem, other.keyPem), "tls-key-mismatch");
    EXPECT_EQ(with("", good.keyPem), "tls-bad-certificate");
    EXPECT_EQ(with("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", good.keyPem), "tls-bad-certificate");
    EXPECT_EQ(with(good.certificatePem, ""), "tls-bad-key");
    EXPECT_EQ(with(good.certificatePem, good.certificatePem), "tls-bad-key");
    EXPECT_EQ(with(good.certificatePem, good.keyPem.substr(0, 60)), "tls-bad-key");
    EXPECT_EQ(with(good.certificatePem + "-----BEGIN CERTIFICATE-----\nAAAA\n", good.keyPem), "tls-bad-certificate");
    EXPECT_EQ(codeOf({}), "tls-no-certificate");
    auto options = serverOptions();
    options.clientCertificates = ClientCertificates::Required;
    EXPECT_EQ(codeOf(options), "tls-bad-ca");
    options.clientCaPem = authority().pem() + "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
    EXPECT_EQ(codeOf(options), "tls-bad-ca");
    options = serverOptions();
    options.alpn = {""};
    EXPECT_EQ(codeOf(options), "tls-bad-alpn");

    TlsClientOptions client;
    client.trust = TlsTrust::System;
    EXPECT_EQ(TlsClientContext::make(client).error().code, "tls-no-name");
    client.trust = TlsTrust::Bundle;
    EXPECT_EQ(TlsClientContext::make(client).error().code, "tls-bad-ca");
    client = clientOptions();
    client.identity.push_back({good.certificatePem, other.keyPem});
    EXPECT_EQ(TlsClientContext::make(client).error().code, "tls-key-mismatch");

    EXPECT_EQ(checkKeyMatches(good.certificatePem, other.keyPem).error().code, "tls-key-mismatch");
    EXPECT_TRUE(checkKeyMatches(good.certificatePem, good.keyPem));
    EXPECT_EQ(*countCertificates(authority().pem() + "text between\n" + good.certificatePem), 2U);
    EXPECT_EQ(countCertificates("nothing").error().code, "tls-bad-ca");
    EXPECT_EQ(checkKeyMatches(good.certificatePem,
                              "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n").error().code,
              "tls-bad-key");
}

TEST(Tls, InspectsCertificates) {
    const auto below = authority().intermediate("Shop CA");
    const auto identity = below.issue(CertificateSpec{.commonName = "shop.example",
                                                      .dns = {"shop.example", "*.shop.example"},
                                                      .ips = {"127.0.0.1", "2001:db8::1"},
                                                      .uris = {"spiffe://x/y"},
                                                      .key = KeyType::Rsa});
    const auto info = inspectCertificate(identity.certificatePem);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->subject, "CN=shop.example");
    EXPECT_EQ(info->issuer, "CN=Shop CA");
    EXPECT_EQ(info->dnsNames, (std::vector<std::string>{"shop.example", "*.shop.example"}));
    EXPECT_EQ(info->ipAddresses, (std::vector<std::string>{"127.0.0.1", "2001:db8::1"}));
    EXPECT_EQ(info->uris, (std::vector<std::string>{"spiffe://x/y"}));
    EXPECT_EQ(info->keyType, "RSA 2048");
    EXPECT_EQ(info->certificates, 2U);
    EXPECT_FALSE(info->isCa);
    EXPECT_EQ(info->fingerprintSha256.size(), 32U * 3 - 1);
    const auto now = std::chrono::system_clock::now();
    EXPECT_LT(info->notBefore, now);
    EXPECT_GT(info->notAfter, now + std::chrono::hours(24 * 29));
    EXPECT_LT(info->notAfter, now + std::chrono::hours(24 * 31));
    EXPECT_TRUE(inspectCertificate(below.pem())->isCa);
    EXPECT_EQ(inspectCertificate(below.pem())->keyType, "ECDSA P-256");
    EXPECT_EQ(inspectCertificate(authority().issue("a", KeyType::Ed25519).certificatePem)->keyType, "Ed25519");
    EXPECT_FALSE(inspectCertificate("?"));
}

// ---- The stream under TLS

struct Session : ::testing::Test {
    Loopback pair;
    bool ready = false;

    static Task<void> shakeServer(Stream& stream, std::shared_ptr<const TlsServerContext> context, bool& done) {
        done = co_await stream.serverHandshake(context);
    }
    static Task<void> shakeClient(Stream& stream, std::shared_ptr<const TlsClientContext> context, bool& done) {
        done = co_await stream.clientHandshake(context);
    }
    void shake() {
        bool one = false, other = false;
        pair.both(shakeServer(*pair.server, serverContext(serverOptions()), one),
                  shakeClient(*pair.client, clientContext(clientOptions()), other));
        ASSERT_TRUE(one && other);
    }
    static Task<void> sendAll(Stream& stream, const std::string& bytes, bool& done) {
        Gather out;
        // Uneven parts, as heads and bodies are.
        std::size_t at = 0;
        for (std::size_t size = 1; at < bytes.size(); size = size * 3 + 1) {
            const auto part = std::string_view(bytes).substr(at, size);
            out.add(part);
            at += part.size();
        }
        done = co_await stream.write(out);
    }
    static Task<void> receiveAll(Stream& stream, std::size_t size, std::string& into) {
        into = co_await test::receive(stream, size);
    }
    static Task<void> receiveEnd(Stream& stream, IoEnd& end) {
        const std::size_t bytes = co_await stream.receive();
        const bool more = stream.arrived(bytes);
        end = more ? IoEnd::Ok : stream.end();
    }
};

TEST_F(Session, CarriesMuchInBothDirections) {
    shake();
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    std::string bytes(9 * 1024 * 1024 + 17, '\0');
    for (auto& c : bytes) c = static_cast<char>(random());
    for (auto* from : {pair.client.get(), pair.server.get()}) {
        auto& to = from == pair.client.get() ? *pair.server : *pair.client;
        bool sent = false;
        std::string got;
        // The writer starts alone: it has to wait until somebody reads.
        pair.start(sendAll(*from, bytes, sent));
        pair.io.poll();
        EXPECT_FALSE(sent);
        pair.start(receiveAll(to, bytes.size(), got));
        pair.run();
        EXPECT_TRUE(sent);
        EXPECT_TRUE(got == bytes);
    }
}

TEST_F(Session, TellsTheProperEndFromACutOne) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->shutdownSend();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Closed);
    // The other half still works.
    bool sent = false;
    std::string got;
    pair.both(sendAll(*pair.client, "last words", sent), receiveAll(*pair.server, 10, got));
    EXPECT_EQ(got, "last words");
    // A half-close of the socket, past TLS: what a third party could do too.
    ::shutdown(pair.client->socket().native_handle(), SHUT_WR);
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Truncated);
}

TEST_F(Session, ClosesProperlyAndAbortsImproperly) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->close();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Closed);
}

TEST_F(Session, AbortsWithAReset) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->abort();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Reset);
}

TEST_F(Session, DoesNotTakeTicketsForData) {
    shake();
    EXPECT_FALSE(pair.client->readableNow());
    bool sent = false;
    // The server's tickets go out before it waits; its wait then ends at the deadline.
    pair.server->deadline(base::MonoClock::now() + base::Millis(50));
    IoEnd end = IoEnd::Ok;
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Timeout);
    pair.server->deadline(Stream::kNever);
    EXPECT_FALSE(pair.client->readableNow()) << "tickets are not data";
    pair.start(sendAll(*pair.server, "x", sent));
    pair.run();
    EXPECT_TRUE(pair.client->readableNow());
    EXPECT_TRUE(pair.client->readableNow()) << "looking takes nothing away";
    EXPECT_EQ(pair.client->input(), "");
    std::string got;
    pair.start(receiveAll(*pair.client, 1, got));
    pair.run();
    EXPECT_EQ(got, "x");
    pair.server->close();
    EXPECT_TRUE(pair.client->readableNow());
}

TEST_F(Session, BreaksWhereARecordWasChanged) {
    shake();
    const char forged[] = "\x17\x03\x03\x00\x14" "12345678901234567890";
    ASSERT_EQ(::send(pair.client->socket().native_handle(), forged, 25, 0), 25);
    IoEnd end = IoEnd::Ok;
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Reset);
    EXPECT_NE(pair.server->tlsError(), "");
}

TEST_F(Session, IsNotInterruptedByTicketsWhileItWrites) {
    shake();
    struct Writer {
        static Task<void> run(Stream& stream, Gather& out, IoEnd& end, bool& done) {
            const bool sent = co_await stream.write(out);
            end = sent ? IoEnd::Ok : stream.end();
            done = true;
        }
    };
    std::string bytes(8 * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 >> 3);
    Gather out;
    out.add(bytes);
    IoEnd end = IoEnd::Ok;
    bool done = false;
    pair.client->watch(pair.client.get(), Stream::Watch::BytesArrive);
    pair.start(Writer::run(*pair.client, out, end, done));
    // The server's tickets go out before its first wait; after that it does not read for a while.
    std::string begin;
    pair.start(receiveAll(*pair.server, 100, begin));
    const auto ticks = [&](int count) {
        for (int i = 0; i < count; ++i) {
            pair.sweeper.tick(base::MonoClock::now());
            pair.io.restart();
            pair.io.poll();
        }
    };
    ticks(40);
    ASSERT_EQ(begin.size(), 100U);
    EXPECT_FALSE(done) << "tickets are no answer";
    bool answered = false;
    pair.start(sendAll(*pair.server, "early answer", answered));
    ticks(8);
    EXPECT_TRUE(done);
    EXPECT_EQ(end, IoEnd::OtherReadable);
    // The answer can be read to its end, though the server takes nothing more for now.
    pair.client->watch(nullptr, Stream::Watch::Nothing);
    std::string rest, answer, more;
    pair.start(receiveAll(*pair.client, 12, answer));
    pair.run();
    EXPECT_EQ(answer, "early answer");
    pair.both(receiveAll(*pair.client, 5, more), sendAll(*pair.server, "again", answered));
    EXPECT_EQ(more, "again");
    // What was interrupted goes on where it was, in whole records.
    done = false;
    pair.start(Writer::run(*pair.client, out, end, done));
    pair.start(receiveAll(*pair.server, bytes.size() - 100, rest));
    pair.run();
    EXPECT_EQ(end, IoEnd::Ok);
    EXPECT_TRUE(begin + rest == bytes);
}

TEST_F(Session, DoesNotPretendAProperEndInTheMiddleOfAMessage) {
    shake();
    const std::string bytes(8 * 1024 * 1024, 'b');
    bool sent = true;
    pair.server->deadline(base::MonoClock::now() + base::Millis(50));
    pair.start(sendAll(*pair.server, bytes, sent));
    pair.run();
    EXPECT_FALSE(sent);
    EXPECT_EQ(pair.server->end(), IoEnd::Timeout);
    pair.server->close();
    std::string got;
    pair.start(receiveAll(*pair.client, bytes.size(), got));
    pair.run();
    EXPECT_LT(got.size(), bytes.size());
    EXPECT_NE(pair.client->end(), IoEnd::Closed);
}

TEST(Tls, TakesUpWhatWasReadBefore) {
    // As the gateway does: read the ClientHello, choose by it, then hand the very bytes on.
    struct Chooser {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side, std::string& name) {
            ClientHelloParser parser;
            while (parser.parse(stream.input()) == ClientHelloState::NeedMore) {
                const std::size_t bytes = co_await stream.receive();
                if (!stream.arrived(bytes)) co_return;
            }
            name = parser.hello().sni;
            co_await serve(stream, context, side);
        }
    };
    Loopback pair;
    Outcome outcome;
    std::string name;
    pair.both(Chooser::run(*pair.server, serverContext(serverOptions()), outcome.server, name),
              ask(*pair.client, clientContext(clientOptions()), outcome.client));
    EXPECT_TRUE(outcome.good());
    EXPECT_EQ(name, "shop.example");
}

TEST(Tls, SaysWhyAHandshakeFailed) {
    const auto context = serverContext(serverOptions());
    const auto afterBytes = [&](std::string bytes, bool closes) {
        Loopback pair;
        Side side;
        EXPECT_EQ(::send(pair.client->socket().native_handle(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
        if (closes) ::shutdown(pair.client->socket().native_handle(), SHUT_WR);
        pair.server->deadline(base::MonoClock::now() + base::Millis(100));
        pair.start(serve(*pair.server, context, side));
        pair.run();
        EXPECT_FALSE(side.shaken);
        return side.error;
    };
    EXPECT_EQ(afterBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n", false), "The client spoke plain HTTP where TLS is expected.");
    EXPECT_EQ(afterBytes("SSH-2.0-OpenSSH_9.2\r\n", false), "The client does not speak TLS.");
    EXPECT_EQ(afterBytes("\x16\x03\x01", true), "The client left during the TLS handshake.");
    EXPECT_EQ(afterBytes("\x16\x03\x01", false), "The TLS handshake did not end in time.");
}

TEST(Tls, RefusesOldVersions) {
    // A client of OpenSSL that knows nothing above TLS 1.1 sends this; its security level must be lowered to do so.
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> old(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(old.get(), 0);
    SSL_CTX_set_cipher_list(old.get(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(old.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(old.get(), TLS1_1_VERSION);
    std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(old.get()), SSL_free);
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);
    SSL_connect(ssl.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    ASSERT_GT(size, 0);
    Loopback pair;
    Side side;
    ASSERT_EQ(::send(pair.client->socket().native_handle(), data, static_cast<std::size_t>(size), 0), size);
    pair.start(serve(*pair.server, serverContext(serverOptions()), side));
    pair.run();
    EXPECT_FALSE(side.shaken);
    EXPECT_EQ(side.error, "The client's TLS version is too old.");
}

/// A client straight on OpenSSL, for what a stream's own client would not do.
struct RawClient {
    RawClient(int descriptor, int version) : context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), ssl(nullptr, SSL_free) {
        SSL_CTX_set_max_proto_version(context.get(), version);
        ssl.reset(SSL_new(context.get()));
        SSL_set_tlsext_host_name(ssl.get(), "shop.example");
        SSL_set_fd(ssl.get(), descriptor);
        SSL_set_connect_state(ssl.get());
    }
    /// Goes on with the handshake, the server's side in between.
    bool shake(Loopback& pair) {
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (base::MonoClock::now() < until) {
            if (SSL_do_handshake(ssl.get()) == 1) return true;
            pair.io.restart();
            pair.io.poll();
        }
        return false;
    }
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl;
};

TEST(Tls, ShakesHandsByteByByte) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Loopback pair;
        const int descriptor = pair.client->socket().native_handle();
        RawClient raw(descriptor, version);
        BIO* in = BIO_new(BIO_s_mem());
        BIO* out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(in, -1);
        SSL_set_bio(raw.ssl.get(), in, out);
        Side side;
        pair.start(serve(*pair.server, serverContext(serverOptions()), side));
        const auto step = [&] {
            char byte = 0;
            while (BIO_read(out, &byte, 1) == 1) {
                EXPECT_EQ(::send(descriptor, &byte, 1, 0), 1);
                pair.io.restart();
                pair.io.poll();
            }
            pair.io.restart();
            pair.io.poll();
            char bytes[4096];
            for (ssize_t size = 0; (size = ::recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
                BIO_write(in, bytes, static_cast<int>(size));
        };
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (SSL_do_handshake(raw.ssl.get()) != 1 && base::MonoClock::now() < until) step();
        ASSERT_EQ(SSL_write(raw.ssl.get(), "ping", 4), 4);
        char answer[8] = "";
        while (SSL_read(raw.ssl.get(), answer, 8) != 4 && base::MonoClock::now() < until) step();
        EXPECT_STREQ(answer, "pong");
        pair.run();
        EXPECT_TRUE(side.talked) << side.error;
    }
}

TEST(Tls, EndsSessionsThatFloodOrRenegotiate) {
    struct Server {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, IoEnd& end, std::string& got) {
            const bool shaken = co_await stream.serverHandshake(context);
            if (!shaken) co_return;
            got = co_await test::receive(stream, 1000);
            end = stream.end();
        }
    };
    const auto context = serverContext(serverOptions());
    {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        IoEnd end = IoEnd::Ok;
        std::string got;
        pair.start(Server::run(*pair.server, context, end, got));
        RawClient raw(pair.client->socket().native_handle(), TLS1_3_VERSION);
        ASSERT_TRUE(raw.shake(pair));
        SSL_write(raw.ssl.get(), "a", 1);
        for (int i = 0; i < 10; ++i) {
            SSL_key_update(raw.ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
            SSL_do_handshake(raw.ssl.get());
        }
        SSL_write(raw.ssl.get(), "b", 1);
        for (int i = 0; i < 100; ++i) {
            SSL_key_update(raw.ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
            SSL_do_handshake(raw.ssl.get());
        }
        SSL_write(raw.ssl.get(), "c", 1);
        pair.run();
        EXPECT_EQ(got, "ab") << "some key updates are fine";
        EXPECT_EQ(end, IoEnd::Reset);
        EXPECT_TRUE(says(pair.server->tlsError(), "floods")) << pair.server->tlsError();
    }
    {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        pair.server->deadline(base::MonoClock::now() + base::Millis(300));
        IoEnd end = IoEnd::Ok;
        std::string got;
        pair.start(Server::run(*pair.server, context, end, got));
        RawClient raw(pair.client->socket().native_handle(), TLS1_2_VERSION);
        ASSERT_TRUE(raw.shake(pair));
        SSL_renegotiate(raw.ssl.get());
        SSL_do_handshake(raw.ssl.get());
        pair.run();
        EXPECT_NE(end, IoEnd::Ok);
        EXPECT_NE(SSL_do_handshake(raw.ssl.get()), 1) << "no second handshake";
    }
}

TEST(Tls, ServesVersion12AndResumesItForTheSameNameAlone) {
    struct Server {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side) {
            side.shaken = co_await stream.serverHandshake(context);
            side.facts = stream.tlsFacts();
            side.error = stream.tlsError();
            if (!side.shaken) co_return;
            const std::size_t bytes = co_await stream.receive();  // Its last flight goes out before it waits.
            stream.arrived(bytes);
        }
    };
    const auto context = serverContext(serverOptions());
    std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> session(nullptr, SSL_SESSION_free);
    const char* const names[] = {"shop.example", "shop.example", "other.example"};
    for (int round = 0; round < 3; ++round) {
        Loopback pair;
        pair.client->socket().non_blocking(true);
        Side side;
        pair.start(Server::run(*pair.server, context, side));
        RawClient raw(pair.client->socket().native_handle(), TLS1_2_VERSION);
        SSL_set_tlsext_host_name(raw.ssl.get(), names[round]);
        if (session) SSL_set_session(raw.ssl.get(), session.get());
        const auto until = base::MonoClock::now() + std::chrono::seconds(10);
        while (SSL_do_handshake(raw.ssl.get()) != 1 && base::MonoClock::now() < until && side.error.empty()) {
            pair.io.restart();
            pair.io.poll();
        }
        session.reset(SSL_get1_session(raw.ssl.get()));
        SSL_set_shutdown(raw.ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        ::shutdown(pair.client->socket().native_handle(), SHUT_RDWR);
        pair.run();
        // OpenSSL may refuse the ticket of another name itself; what must not be is a session under the wrong one.
        if (round == 2) {
            EXPECT_TRUE(!side.shaken || !side.facts.resumed);
            continue;
        }
        ASSERT_TRUE(side.shaken) << side.error;
        EXPECT_EQ(side.facts.version, "TLSv1.2");
        EXPECT_EQ(side.facts.resumed, round == 1);
        EXPECT_EQ(side.facts.sni, "shop.example");
    }
}

TEST_F(Session, WaitsUntilItsEndIsOut) {
    shake();
    const std::string bytes(5 * 1024 * 1024, 'b');
    struct Last {
        static Task<void> run(Stream& stream, const std::string& bytes, bool& ended) {
            const bool sent = co_await test::send(stream, bytes);
            if (sent) ended = co_await stream.finishSending();
        }
    };
    bool ended = false;
    std::string got;
    pair.both(Last::run(*pair.server, bytes, ended), receiveAll(*pair.client, bytes.size() + 1, got));
    EXPECT_TRUE(ended);
    EXPECT_TRUE(got == bytes);
    EXPECT_EQ(pair.client->end(), IoEnd::Closed);
}

TEST(Tls, SharesContextsBetweenWorkers) {
    auto options = serverOptions();
    options.ticketKeys = std::make_shared<TlsTicketKeys>();
    const auto server = serverContext(options);
    const auto client = clientContext(clientOptions());
    std::atomic<int> good = 0, resumed = 0;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back([&] {
            for (int round = 0; round < 25; ++round) {
                const auto outcome = talk(server, client);
                good += outcome.good();
                resumed += outcome.server.facts.resumed;
                if (round == 12) options.ticketKeys->rotate();
            }
        });
    for (auto& worker : workers) worker.join();
    EXPECT_EQ(good, 100);
    EXPECT_GT(resumed, 30);
    EXPECT_LE(client->sessions(), 32U);
}

// ---- Unix sockets

TEST(UnixStream, ConnectsOrSaysWhyNot) {
    char directory[] = "/tmp/gatehouse-net-XXXXXX";
    ASSERT_NE(::mkdtemp(directory), nullptr);
    const std::string path = std::string(directory) + "/s";
    const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listening, 4), 0);

    struct Talk {
        static Task<void> run(Stream& stream, std::string path, bool& connected, std::string& got) {
            connected = co_await stream.connectUnix(path);
            if (!connected) co_return;
            const bool sent = co_await test::send(stream, "hello");
            if (sent) got = co_await test::receive(stream, 5);
        }
    };
    Loopback pair;
    Stream stream(pair.sweeper, Socket(pair.io.get_executor()));
    bool connected = false;
    std::string got;
    pair.start(Talk::run(stream, path, connected, got));
    pair.io.poll();
    EXPECT_TRUE(connected);
    const int accepted = ::accept(listening, nullptr, nullptr);
    char bytes[5];
    EXPECT_EQ(::recv(accepted, bytes, 5, MSG_WAITALL), 5);
    EXPECT_EQ(::send(accepted, "world", 5, 0), 5);
    pair.run();
    EXPECT_EQ(got, "world");
    EXPECT_FALSE(stream.readableNow());
    ::close(accepted);
    EXPECT_TRUE(stream.gone());

    for (const auto& wrong : {path + "x", std::string(200, 'x'), std::string()}) {
        Stream other(pair.sweeper, Socket(pair.io.get_executor()));
        pair.start(Talk::run(other, wrong, connected, got));
        pair.run();
        EXPECT_FALSE(connected) << wrong;
        EXPECT_EQ(other.end(), IoEnd::Reset);
    }
    ::close(listening);
    ::unlink(path.c_str());
    ::rmdir(directory);
}

// ---- What it costs: printed, not judged.

double cpuSeconds() {
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

Task<void> answerMany(Stream& stream, int rounds, const std::string& response) {
    for (int i = 0; i < rounds; ++i) {
        while (stream.input().size() < 300) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) co_return;
        }
        stream.consume(300);
        Gather out;
        out.add(std::string_view(response).substr(0, 200));
        out.add(std::string_view(response).substr(200));
        const bool sent = co_await stream.write(out);
        if (!sent) co_return;
        stream.shrink();
    }
}
Task<void> askMany(Stream& stream, int rounds, const std::string& request, std::size_t answer) {
    for (int i = 0; i < rounds; ++i) {
        Gather out;
        out.add(request);
        const bool sent = co_await stream.write(out);
        if (!sent) co_return;
        while (stream.input().size() < answer) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) co_return;
        }
        stream.consume(answer);
        stream.shrink();
    }
}

TEST_F(Session, PrintsItsCost) {
    constexpr int kRounds = 5000;
    const std::string request(300, 'q'), response(1200, 'r');
    const auto measure = [&] {
        const double before = cpuSeconds();
        pair.both(answerMany(*pair.server, kRounds, response), askMany(*pair.client, kRounds, request, response.size()));
        return (cpuSeconds() - before) / kRounds * 1e6;
    };
    measure();
    const double plain = measure();
    shake();
    measure();
    const double tls = measure();
    std::printf("CPU of both ends per request and response: plain %.2f us, TLS 1.3 %.2f us\n", plain, tls);

    constexpr std::size_t kSessions = 200;
    const auto server = serverContext(serverOptions());
    const auto client = clientContext(clientOptions());
    std::vector<std::unique_ptr<Loopback>> idle;
    const auto inUse = [] { return ::mallinfo2().uordblks + ::mallinfo2().hblkhd; };
    for (std::size_t i = 0; i < kSessions; ++i) idle.push_back(std::make_unique<Loopback>());
    const auto before = inUse();
    for (auto& one : idle) {
        bool a = false, b = false;
        one->both(shakeServer(*one->server, server, a), shakeClient(*one->client, client, b));
        ASSERT_TRUE(a && b);
        one->both(answerMany(*one->server, 1, response), askMany(*one->client, 1, request, response.size()));
    }
    const auto both = inUse();
    for (auto& one : idle) one->client = std::make_unique<Stream>(one->sweeper, Socket(one->io.get_executor()));
    const auto serverAlone = inUse();
    std::printf("Heap per idle TLS session: server %zu bytes, client %zu bytes\n", (serverAlone - before) / kSessions,
                (both - serverAlone) / kSessions);
}

}  // namespace
}  // namespace gatehouse::net
