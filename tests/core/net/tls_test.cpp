// TLS contexts: who is trusted, what is agreed on, what is resumed, and what an error says.
#include "core/net/tls_talk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace gatehouse::net {
namespace {

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

}  // namespace
}  // namespace gatehouse::net
