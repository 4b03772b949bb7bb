// Contexts of listeners across translations, and what a translation makes of certificates.
#include "core/net/certificates.h"

#include "config/workspace.h"
#include "route/translate.h"

#include <gtest/gtest.h>

namespace gatehouse::route {
namespace {

const test::Authority& authority() {
    static const test::Authority made;
    return made;
}

net::TlsServerOptions optionsFor(const net::TlsIdentity& identity) {
    net::TlsServerOptions options;
    options.identities.push_back(identity);
    options.sessionScope = "one";
    return options;
}

TEST(TlsRegistry, KeepsAContextWhileItsContentStays) {
    TlsRegistry registry;
    const auto identity = authority().issue("a.test");
    const auto first = registry.get(optionsFor(identity));
    ASSERT_TRUE(first);
    EXPECT_EQ(*registry.get(optionsFor(identity)), *first);
    EXPECT_NE(*registry.get(optionsFor(authority().issue("a.test"))), *first) << "renewed";
    auto asks = optionsFor(identity);
    asks.clientCertificates = net::ClientCertificates::Required;
    asks.clientCaPem = authority().pem();
    EXPECT_NE(*registry.get(asks), *first);
    auto other = optionsFor(identity);
    other.sessionScope = "two";
    EXPECT_NE(*registry.get(other), *first);
}

TEST(TlsRegistry, ForgetsWhatNobodyHolds) {
    TlsRegistry registry;
    {
        const auto held = registry.get(optionsFor(authority().issue("a.test")));
        registry.prune();
        EXPECT_EQ(registry.size(), 1u);
    }
    registry.prune();
    EXPECT_EQ(registry.size(), 0u);
}

TEST(TlsRegistry, AMistakeIsToldAndNotKept) {
    TlsRegistry registry;
    auto broken = authority().issue("a.test");
    broken.keyPem = authority().issue("b.test").keyPem;
    const auto made = registry.get(optionsFor(broken));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, "tls-key-mismatch");
    EXPECT_EQ(registry.size(), 0u);
}

std::string indented(const std::string& pem) {
    std::string text = "|\n";
    std::size_t at = 0;
    while (at < pem.size()) {
        const auto end = pem.find('\n', at);
        text += "    " + pem.substr(at, end - at) + "\n";
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return text;
}

std::string workspace(const net::TlsIdentity& identity, const std::string& more = "") {
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\n"
           "spec:\n  gatewayClassName: gatehouse\n  listeners:\n"
           "    - {name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: pair}]}}\n"
           "---\napiVersion: v1\nkind: Secret\nmetadata: {name: pair}\nstringData:\n  tls.crt: " +
           indented(identity.certificatePem) + "  tls.key: " + indented(identity.keyPem) + more;
}

std::shared_ptr<const net::TlsServerContext> listenerOf(Runtime& runtime, const std::string& text) {
    const auto made = translate(*config::readObjects({{"w.yaml", text}}), runtime, 1);
    const auto* port = made.snapshot->findPort(443);
    EXPECT_NE(port, nullptr);
    return port ? port->listeners.front().tls : nullptr;
}

TEST(ListenerTls, AnEditElsewhereKeepsTheContextAndARenewalMakesANewOne) {
    Runtime runtime;
    const auto identity = authority().issue("a.test");
    const auto first = listenerOf(runtime, workspace(identity));
    ASSERT_TRUE(first);
    EXPECT_EQ(listenerOf(runtime, workspace(identity, "---\napiVersion: v1\nkind: Service\nmetadata: {name: more}\nspec: {ports: [{port: 80}]}\n")), first);
    const auto renewed = listenerOf(runtime, workspace(authority().issue("a.test")));
    ASSERT_TRUE(renewed);
    EXPECT_NE(renewed, first);
}

TEST(Providers, OnPort443AreSpokenToByTlsForTheirName) {
    Runtime runtime;
    const auto made = translate(*config::readObjects({{"w.yaml",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\n"
        "spec: {gatewayClassName: gatehouse, listeners: [{name: http, protocol: HTTP, port: 80}]}\n---\n"
        "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {name: ai}\n"
        "spec: {type: AI, ai: {llm: {openai: {model: m, authToken: {kind: Inline, inline: k}}}}}\n---\n"
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\n"
        "spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: ai}]}]}\n"}}), runtime, 1);
    ASSERT_EQ(made.snapshot->clusters.size(), 1u);
    const auto& cluster = *made.snapshot->clusters.front();
    ASSERT_TRUE(cluster.transport);
    EXPECT_TRUE(cluster.transport->tls);
    EXPECT_EQ(cluster.transport->sni, "api.openai.com");
    EXPECT_EQ(cluster.endpoints.front()->port, 443);
}

TEST(Statics, ReachUnixSocketsAndIpv6) {
    Runtime runtime;
    const auto made = translate(*config::readObjects({{"w.yaml",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\n"
        "spec: {gatewayClassName: gatehouse, listeners: [{name: http, protocol: HTTP, port: 80}]}\n---\n"
        "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {name: unix}\n"
        "spec: {type: Static, static: {hosts: [{host: 'unix:/run/app.sock', port: 1}, {host: '::1', port: 8080}]}}\n---\n"
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\n"
        "spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: unix}]}]}\n"}}), runtime, 1);
    ASSERT_EQ(made.snapshot->clusters.size(), 1u);
    const auto& endpoints = made.snapshot->clusters.front()->endpoints;
    ASSERT_EQ(endpoints.size(), 2u);
    EXPECT_EQ(endpoints[0]->id, "unix:/run/app.sock");
    EXPECT_EQ(endpoints[1]->id, "[::1]:8080");
    for (const auto& finding : made.diagnostics) EXPECT_NE(finding.severity, config::Severity::Error) << finding.message;
}

}  // namespace
}  // namespace gatehouse::route
