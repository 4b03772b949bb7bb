// Every way to show who one is, against a server that checks.

#include "core/cluster/test_cluster.h"

#include <fmt/format.h>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::kConfigMaps;

class Shown : public gatehouse::testing::ClusterTest {
  protected:
    static Result<HttpAnswer> ask(Target target, ExecConsent consent = {}) {
        Client client(std::move(target), {std::move(consent), {}});
        return client.read("/version");
    }
    std::string user() { return server.op("identity").value("user", ""); }
};

TEST_F(Shown, CertificateTokenAndPassword) {
    ASSERT_EQ(ask(server.target("admin"))->status, 200);
    EXPECT_EQ(user(), "admin");
    ASSERT_EQ(ask(server.target("reader"))->status, 200);
    EXPECT_EQ(user(), "reader");
    auto basic = server.anonymous();
    basic.username = "basic-user";
    basic.password = secret::SecretValue("basic-password");
    ASSERT_EQ(ask(basic)->status, 200);
    EXPECT_EQ(user(), "reader");
    EXPECT_EQ(ask(server.anonymous())->status, 401);
}

TEST_F(Shown, TokenFileThatChangedIsReadAgainAfter401) {
    auto target = server.anonymous();
    target.tokenFile = server.folder().write("token", "admin-token\n").string();
    Client client(target, {});
    ASSERT_EQ(client.read("/version")->status, 200);
    server.op("tokens", {{"rotated", "admin"}});
    server.folder().write("token", "rotated\n");
    EXPECT_EQ(client.read("/version")->status, 200);
    server.op("tokens", {{"other", "admin"}});
    EXPECT_EQ(client.read("/version")->status, 401) << "once, not for ever";
}

TEST_F(Shown, ProgramRunsAgainOnceWhereItsTokenIsRefused) {
    auto target = server.anonymous();
    ExecSpec spec;
    spec.apiVersion = "client.authentication.k8s.io/v1";
    spec.interactive = Interactive::Never;
    spec.command = server.folder().write("plugin", "#!/bin/sh\ncd \"$(dirname \"$0\")\"\necho run >> runs\nprintf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"%s\"}}' \"$(cat now)\"\n", true).string();
    target.exec = spec;
    server.folder().write("now", "reader-token");
    Client client(target, {[](const ExecSpec&) { return true; }, {}});
    for (int i = 0; i < 3; ++i) ASSERT_EQ(client.read("/version")->status, 200);
    EXPECT_EQ(server.folder().read("runs"), "run\n");
    server.op("tokens", {{"fresh", "admin"}});
    server.folder().write("now", "fresh");
    ASSERT_EQ(client.read("/version")->status, 200);
    EXPECT_EQ(user(), "admin");
    EXPECT_EQ(server.folder().read("runs"), "run\nrun\n");
    server.op("tokens", {{"x", "admin"}});
    EXPECT_EQ(client.read("/version")->status, 401);
    EXPECT_EQ(server.folder().read("runs"), "run\nrun\nrun\n");
    const auto refused = ask(target, [](const ExecSpec&) { return false; });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "exec-refused");
}

TEST_F(Shown, ProgramWhoseTokenHardlyLastsRunsOncePerRequest) {
    auto target = server.anonymous();
    ExecSpec spec;
    spec.apiVersion = "client.authentication.k8s.io/v1";
    spec.interactive = Interactive::Never;
    spec.command = server.folder().write("plugin", "#!/bin/sh\ncd \"$(dirname \"$0\")\"\necho run >> runs\nprintf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"reader-token\",\"expirationTimestamp\":\"%s\"}}' \"$(date -u -d '+5 seconds' +%Y-%m-%dT%H:%M:%SZ)\"\n", true).string();
    target.exec = spec;
    Client client(target, {[](const ExecSpec&) { return true; }, {}});
    ASSERT_EQ(client.read("/version")->status, 200);
    ASSERT_EQ(client.read("/version")->status, 200);
    EXPECT_EQ(server.folder().read("runs"), "run\nrun\n");
}

TEST_F(Shown, IdTokenIsRenewedAtItsIssuer) {
    auto target = server.anonymous();
    OidcSpec oidc;
    oidc.issuer = server.server() + "/oidc";
    oidc.clientId = "gatehouse-client";
    oidc.authorityPem = server.authorityPem();
    oidc.refreshToken = secret::SecretValue("refresh-1");
    oidc.idToken = secret::SecretValue("eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.x");  // Over since 2017.
    oidc.user = "u";
    oidc.file = "config";
    target.oidc = oidc;
    Client client(target, {});
    ASSERT_EQ(client.read("/version")->status, 200);
    ASSERT_EQ(client.read("/version")->status, 200);
    EXPECT_EQ(server.op("oidc")["asked"], 1) << "kept until it ends";
    // The issuer replaced the refresh token; the next renewal needs the new one.
    server.op("tokens", {{"none", "x"}});
    EXPECT_EQ(client.read("/version")->status, 200);
    EXPECT_EQ(server.op("oidc")["asked"], 2);
    const auto again = ask(target);
    ASSERT_FALSE(again) << "refresh-1 was used up";
    EXPECT_EQ(again.error().code, "oidc");
    EXPECT_NE(again.error().message.find("sign in again"), std::string::npos) << again.error().message;
    EXPECT_EQ(again.error().message.find("refresh-1"), std::string::npos);
    target.oidc->refreshToken = {};
    EXPECT_NE(ask(target).error().message.find("no refresh-token"), std::string::npos);
}

TEST_F(Shown, SomebodyElseWhereItIsAllowed) {
    auto target = server.target("admin");
    target.as = {"reader", "uid-7", {"ops", "dev"}, {{"example.org/why", {"audit", "check"}}}};
    ASSERT_EQ(ask(target)->status, 200);
    const auto identity = server.op("identity");
    EXPECT_EQ(identity["user"], "reader");
    EXPECT_EQ(identity["uid"], "uid-7");
    EXPECT_EQ(identity["groups"], (nlohmann::json{"ops", "dev"}));
    EXPECT_EQ(identity["extra"], (nlohmann::json{"example.org%2fwhy=audit", "example.org%2fwhy=check"}));
    auto reader = server.target("reader");
    reader.as.user = "admin";
    EXPECT_EQ(ask(reader)->status, 403);
}

TEST_F(Shown, ServerIsVerifiedByItsAuthorityAlone) {
    auto target = server.target("admin");
    target.authorityPem.clear();
    const auto unknown = ask(target);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "cluster-tls") << unknown.error().message;
    target.insecure = true;
    EXPECT_EQ(ask(target)->status, 200);
    auto named = server.target("admin");
    named.tlsServerName = "other.example";
    EXPECT_EQ(ask(named).error().code, "cluster-tls");
    named.tlsServerName = "api.gatehouse.test";
    ASSERT_EQ(ask(named)->status, 200);
    EXPECT_EQ(server.op("requests").back()["host"], fmt::format("localhost:{}", server.port())) << "the name is of TLS alone";
}

TEST_F(Shown, ProxyIsAskedAndNeverSeesAToken) {
    auto target = server.target("reader");
    target.proxyUrl = fmt::format("http://127.0.0.1:{}", server.proxyPort());
    ASSERT_EQ(ask(target)->status, 200);
    const auto proxied = server.op("proxied");
    ASSERT_EQ(proxied.size(), 1u);
    EXPECT_TRUE(proxied[0].get<std::string>().starts_with(fmt::format("CONNECT localhost:{} ", server.port()))) << proxied[0];
    EXPECT_EQ(proxied[0].get<std::string>().find("reader-token"), std::string::npos);
    target.proxyUrl = "http://127.0.0.1:1";
    const auto dead = ask(target);
    ASSERT_FALSE(dead);
    EXPECT_EQ(dead.error().code, "cluster-unreachable");
}

TEST_F(Shown, NoSentenceTellsAToken) {
    auto target = server.anonymous();
    target.token = secret::SecretValue("very-secret-token");
    Client client(target, {});
    const auto list = client.list(kConfigMaps, "default");
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, "cluster-unauthorized");
    EXPECT_NE(list.error().message.find("may have expired"), std::string::npos);
    EXPECT_EQ(list.error().message.find("very-secret"), std::string::npos);
    target.server = "https://localhost:1";
    const auto gone = ask(target);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "cluster-unreachable");
    EXPECT_NE(gone.error().message.find("https://localhost:1"), std::string::npos);
    EXPECT_EQ(gone.error().message.find("very-secret"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::cluster
