#include "cluster/kubeconfig.h"

#include "core/cluster/temporary_folder.h"
#include "core/filter/blocks.h"
#include "text/base64.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::TemporaryFolder;
constexpr char kPem[] = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/// Restores an environment variable.
class Variable {
  public:
    Variable(const char* name, const std::string& value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old, had_ = true;
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { had_ ? ::setenv(name_, old_.c_str(), 1) : ::unsetenv(name_); }

  private:
    const char* name_;
    std::string old_;
    bool had_ = false;
};

std::string oneContext(const std::string& cluster, const std::string& user) {
    return fmt::format("apiVersion: v1\nkind: Config\ncurrent-context: x\nclusters: [{{name: c, cluster: {}}}]\nusers: [{{name: u, user: {}}}]\n"
                       "contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n", cluster, user);
}

Result<Target> targetOf(const TemporaryFolder& folder, const std::string& text, const std::string& context = {}) {
    const auto config = Kubeconfig::load(folder.write("config", text));
    if (!config) return tl::unexpected(config.error());
    return config->target(context);
}

TEST(Kubeconfig, ReadsEveryField) {
    const TemporaryFolder folder;
    folder.write("pki/ca.crt", kPem);
    const auto target = targetOf(folder, fmt::format(R"(apiVersion: v1
kind: Config
preferences: {{colors: true}}
current-context: work
clusters:
- name: prod
  cluster:
    server: https://10.0.0.1:6443/base/
    certificate-authority: pki/ca.crt
    tls-server-name: api.example
    proxy-url: socks5://127.0.0.1:1080
    disable-compression: true
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {{audience: gw, depth: 2}}
users:
- name: alice
  user:
    client-certificate-data: {0}
    client-key-data: {0}
    as: bob
    as-uid: u1
    as-groups: [ops, dev]
    as-user-extra: {{reason: [audit, "check"]}}
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: bin/get-token
      args: ["--cluster", "a b"]
      env: [{{name: PROFILE, value: prod}}]
      installHint: Install get-token.
      provideClusterInfo: true
      interactiveMode: Never
contexts:
- name: work
  context: {{cluster: prod, user: alice, namespace: gateways}}
)", text::toBase64(kPem)));
    ASSERT_TRUE(target) << target.error().message;
    EXPECT_EQ(target->context, "work");
    EXPECT_EQ(target->ns, "gateways");
    EXPECT_EQ(target->server, "https://10.0.0.1:6443/base");
    EXPECT_EQ(target->tlsServerName, "api.example");
    EXPECT_EQ(target->proxyUrl, "socks5://127.0.0.1:1080");
    EXPECT_FALSE(target->compress);
    EXPECT_NE(target->authorityPem.find("BEGIN CERTIFICATE"), std::string::npos);
    EXPECT_EQ(target->clientCertificate.reveal(), kPem);
    EXPECT_EQ(target->as.user, "bob");
    EXPECT_EQ(target->as.uid, "u1");
    EXPECT_EQ(target->as.groups, (std::vector<std::string>{"ops", "dev"}));
    ASSERT_EQ(target->as.extra.size(), 1u);
    EXPECT_EQ(target->as.extra[0].second, (std::vector<std::string>{"audit", "check"}));
    ASSERT_TRUE(target->exec);
    EXPECT_EQ(target->exec->command, (folder.path() / "bin/get-token").string());
    EXPECT_EQ(target->exec->args, (std::vector<std::string>{"--cluster", "a b"}));
    EXPECT_EQ(target->exec->env.at(0), (std::pair<std::string, std::string>{"PROFILE", "prod"}));
    EXPECT_EQ(target->exec->interactive, Interactive::Never);
    const auto info = nlohmann::json::parse(target->exec->clusterConfig, nullptr, false);
    EXPECT_EQ(info, (nlohmann::json{{"audience", "gw"}, {"depth", 2}}));
}

TEST(Kubeconfig, NamesTheFileAndTheFieldThatAreWrong) {
    const auto blocks = gatehouse::testing::readBlocks(GATEHOUSE_VECTORS "/cluster/kubeconfig_errors.txt");
    ASSERT_GT(blocks.size(), 20u);
    for (const auto& block : blocks) {
        const TemporaryFolder folder;
        const auto filled = [&](std::string text, std::string_view word, const std::string& with) {
            for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + with.size())) text.replace(at, word.size(), with);
            return text;
        };
        const auto pem = text::toBase64(kPem);
        const auto target = targetOf(folder, oneContext(filled(block.get("cluster"), "PEM", pem), filled(block.get("user"), "PEM", pem)));
        ASSERT_FALSE(target) << block.get("case");
        EXPECT_EQ(target.error().code, "kubeconfig");
        const auto& message = target.error().message;
        EXPECT_TRUE(message.starts_with((folder.path() / "config").string() + ": ")) << block.get("case") << ": " << message;
        EXPECT_NE(message.find(filled(block.get("error"), "DIR", folder.path().string())), std::string::npos) << block.get("case") << ": " << message;
        for (const char* value : {"secret", "BEGIN", "host.example\""}) EXPECT_EQ(message.find(value), std::string::npos) << message;
    }
}

TEST(Kubeconfig, SaysWhatIsNoKubeconfig) {
    const TemporaryFolder folder;
    EXPECT_NE(targetOf(folder, "a: [1").error().message.find("config:1:"), std::string::npos);
    EXPECT_NE(targetOf(folder, "kind: Secret").error().message.find("its kind is Secret"), std::string::npos);
    EXPECT_NE(targetOf(folder, "[]").error().message.find("holds no mapping"), std::string::npos);
    EXPECT_NE(targetOf(folder, "clusters: 1").error().message.find("clusters is no list"), std::string::npos);
    EXPECT_NE(targetOf(folder, "clusters: [{}]").error().message.find("clusters[0] has no name"), std::string::npos);
    EXPECT_EQ(targetOf(folder, "").error().code, "no-context");
    EXPECT_EQ(Kubeconfig::load(folder.path() / "other").error().code, "kubeconfig");
}

TEST(Kubeconfig, NamesTheContextsThatThereAre) {
    const TemporaryFolder folder;
    const auto missing = targetOf(folder, oneContext("{server: 'https://a'}", "{}"), "y");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, "no-context");
    EXPECT_NE(missing.error().message.find("there is x"), std::string::npos) << missing.error().message;
}

TEST(Kubeconfig, ServerWithoutASchemeIsHttpsWhereTlsIsSpokenOf) {
    const TemporaryFolder folder;
    EXPECT_EQ(targetOf(folder, oneContext("{server: 'host:6443', insecure-skip-tls-verify: true}", "{}"))->server, "https://host:6443");
    EXPECT_EQ(targetOf(folder, oneContext("{server: 'localhost:8001'}", "{}"))->server, "http://localhost:8001");
}

TEST(Kubeconfig, InlineTokenWinsOverItsFile) {
    const TemporaryFolder folder;
    const auto target = targetOf(folder, oneContext("{server: 'https://a'}", "{token: t, tokenFile: token.txt}"));
    ASSERT_TRUE(target);
    EXPECT_EQ(target->token.reveal(), "t");
    EXPECT_EQ(target->tokenFile, "");
    EXPECT_EQ(targetOf(folder, oneContext("{server: 'https://a'}", "{tokenFile: token.txt}"))->tokenFile, (folder.path() / "token.txt").string());
}

struct Merged {
    TemporaryFolder folder;
    std::string list;
    Merged() {
        folder.write("a/config", "kind: Config\nclusters: [{name: one, cluster: {server: 'https://a'}}]\nusers: [{name: u, user: {token: first}}]\n"
                                 "contexts: [{name: shared, context: {cluster: one, user: u}}]\n");
        folder.write("b/config", "kind: Config\ncurrent-context: two\nclusters: [{name: one, cluster: {server: 'https://b', certificate-authority: ca.crt}}, {name: two, cluster: {server: 'https://c'}}]\n"
                                 "users: [{name: u, user: {token: second}}, {name: v, user: {client-certificate: v.crt, client-key: v.key}}]\n"
                                 "contexts: [{name: shared, context: {cluster: two, user: v}}, {name: two, context: {cluster: two, user: v, namespace: apps}}]\n");
        folder.write("c/config", "kind: Config\ncurrent-context: shared\n");
        folder.write("b/v.crt", kPem);
        folder.write("b/v.key", kPem);
        const auto root = folder.path().string();
        list = fmt::format("{0}/a/config:{0}/missing:{0}/b/config:{0}/a/config:{0}/c/config", root);
    }
};

TEST(Kubeconfig, FirstFileThatNamesAnEntrySuppliesTheWholeOfIt) {
    const Merged merged;
    const Variable variable("KUBECONFIG", merged.list);
    const auto config = Kubeconfig::load();
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->files().size(), 3u);
    EXPECT_EQ(config->currentContext(), "two");
    ASSERT_EQ(config->contexts().size(), 2u);
    const auto shared = config->target("shared");
    ASSERT_TRUE(shared) << shared.error().message;
    EXPECT_EQ(shared->server, "https://a");
    EXPECT_EQ(shared->token.reveal(), "first");
    EXPECT_TRUE(shared->authorityPem.empty()) << "an entry is not mixed of two files";
    const auto two = config->target();
    ASSERT_TRUE(two) << two.error().message;
    EXPECT_EQ(two->clientCertificate.reveal(), std::string(kPem).substr(0, sizeof kPem - 2)) << "relative to the folder of its own file";
    EXPECT_EQ(two->ns, "apps");
}

TEST(Kubeconfig, MergesAsKubectlDoes) {
    if (std::system("kubectl version --client >/dev/null 2>&1") != 0) GTEST_SKIP() << "kubectl is not installed";
    const Merged merged;
    const Variable variable("KUBECONFIG", merged.list);
    std::FILE* pipe = ::popen("kubectl config view --raw -o json", "r");
    ASSERT_NE(pipe, nullptr);
    std::string text;
    char chunk[4096];
    while (const auto count = std::fread(chunk, 1, sizeof chunk, pipe)) text.append(chunk, count);
    ASSERT_EQ(::pclose(pipe), 0);
    const auto theirs = nlohmann::json::parse(text, nullptr, false);
    const auto ours = Kubeconfig::load();
    ASSERT_TRUE(ours);
    EXPECT_EQ(theirs.value("current-context", ""), ours->currentContext());
    ASSERT_EQ(theirs["contexts"].size(), ours->contexts().size());
    for (const auto& context : ours->contexts()) {
        const auto found = std::find_if(theirs["contexts"].begin(), theirs["contexts"].end(), [&](const auto& each) { return each["name"] == context.name; });
        ASSERT_NE(found, theirs["contexts"].end()) << context.name;
        EXPECT_EQ((*found)["context"]["cluster"], context.cluster);
        EXPECT_EQ((*found)["context"]["user"], context.user);
        const auto cluster = std::find_if(theirs["clusters"].begin(), theirs["clusters"].end(), [&](const auto& each) { return each["name"] == context.cluster; });
        ASSERT_NE(cluster, theirs["clusters"].end());
        EXPECT_EQ((*cluster)["cluster"]["server"], context.server);
        EXPECT_FALSE((*cluster)["cluster"].contains("certificate-authority"));
    }
}

}  // namespace
}  // namespace gatehouse::cluster
