// What holds for any API server: ours, and the one that GATEHOUSE_TEST_KUBECONFIG names (its current context), in a namespace made for it.

#include "cluster/discovery.h"
#include "cluster/mirror.h"
#include "core/cluster/test_cluster.h"

#include <fmt/format.h>

#include <cstdlib>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::configMap;
using gatehouse::testing::kConfigMaps;
using gatehouse::testing::TestCluster;
using gatehouse::testing::until;

const ResourceType kNamespaces{"", "v1", "namespaces", "Namespace", false, {}};

/// True: a server of our own.
class AnyCluster : public ::testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        const char* named = std::getenv("GATEHOUSE_TEST_KUBECONFIG");
        if (GetParam()) {
            own_ = std::make_unique<TestCluster>();
            if (!own_->runs()) GTEST_SKIP() << "python3 or openssl is not installed";
            client = std::make_unique<Client>(own_->target(), ClientOptions{});
        } else if (named == nullptr) {
            GTEST_SKIP() << "GATEHOUSE_TEST_KUBECONFIG names no cluster";
        } else {
            auto config = Kubeconfig::load(named);
            ASSERT_TRUE(config) << config.error().message;
            auto target = config->target();
            ASSERT_TRUE(target) << target.error().message;
            client = std::make_unique<Client>(std::move(*target), ClientOptions{[](const ExecSpec&) { return true; }, {}});
        }
        ns = fmt::format("gatehouse-test-{}", ::getpid());
        client->unlock();
        const auto made = client->apply(kNamespaces, {}, ns, fmt::format(R"({{"apiVersion":"v1","kind":"Namespace","metadata":{{"name":"{}"}}}})", ns), {});
        ASSERT_TRUE(made) << made.error().message;
        ASSERT_EQ(made->outcome, ApplyOutcome::Created) << made->status.message;
        namespaceMade_ = true;
    }
    void TearDown() override {
        if (namespaceMade_) (void)client->remove(kNamespaces, {}, ns);
    }
    ApplyAnswer apply(const std::string& name, const std::string& value, const ApplyOptions& options = {}) {
        const auto answer = client->apply(kConfigMaps, ns, name, configMap(name, value, ns).dump(), options);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : ApplyAnswer{};
    }

    std::unique_ptr<Client> client;
    std::string ns;

  private:
    std::unique_ptr<TestCluster> own_;
    bool namespaceMade_ = false;
};

TEST_P(AnyCluster, IsDiscovered) {
    const auto discovery = discover(*client);
    ASSERT_TRUE(discovery) << discovery.error().message;
    EXPECT_FALSE(discovery->serverVersion.empty());
    const auto* maps = discovery->find("", "ConfigMap");
    ASSERT_NE(maps, nullptr);
    EXPECT_EQ(maps->path(ns, "a"), fmt::format("/api/v1/namespaces/{}/configmaps/a", ns));
    EXPECT_TRUE(maps->can("watch"));
    EXPECT_FALSE(discovery->find("", "Namespace")->namespaced);
    (void)takeInventory(*client, *discovery);
}

TEST_P(AnyCluster, AppliesTriesAndRemoves) {
    ApplyOptions dry;
    dry.dryRun = true;
    EXPECT_EQ(apply("a", "1", dry).outcome, ApplyOutcome::Created);
    EXPECT_EQ(client->get(kConfigMaps, ns, "a").error().code, "cluster-not-found");
    EXPECT_EQ(apply("a", "1").outcome, ApplyOutcome::Created);
    EXPECT_EQ(apply("a", "1").outcome, ApplyOutcome::Unchanged);
    EXPECT_EQ(apply("a", "2", dry).outcome, ApplyOutcome::Changed);
    EXPECT_EQ(apply("a", "1").outcome, ApplyOutcome::Unchanged);
    EXPECT_EQ(apply("a", "2").outcome, ApplyOutcome::Changed);
    EXPECT_TRUE(client->mayI({"patch", "", "configmaps", "", ns, ""})->allowed);
    EXPECT_TRUE(client->remove(kConfigMaps, ns, "a"));
    EXPECT_EQ(client->get(kConfigMaps, ns, "a").error().code, "cluster-not-found");
}

TEST_P(AnyCluster, ListsInPagesAndIsFollowed) {
    for (int i = 0; i < 7; ++i) apply(fmt::format("m{}", i), "v");
    ListOptions options;
    options.pageSize = 2;
    const auto list = client->list(kConfigMaps, ns, options);
    ASSERT_TRUE(list) << list.error().message;
    std::size_t ours = 0;  // A real cluster puts a ConfigMap of its own into each namespace.
    for (const auto& object : list->objects) ours += object.key.name.starts_with('m');
    EXPECT_EQ(ours, 7u);
    MirrorOptions small;
    small.pageSize = 2;
    Mirror mirror(*client, kConfigMaps, ns, small);
    const auto value = [&](const std::string& name) {
        for (const auto& object : mirror.objects())
            if (object.key.name == name) return nlohmann::json::parse(*object.json)["data"]["key"].get<std::string>();
        return std::string();
    };
    ASSERT_TRUE(until([&] { return value("m6") == "v"; })) << mirror.state().why.message;
    apply("m6", "changed");
    apply("new", "1");
    EXPECT_TRUE(until([&] { return value("m6") == "changed" && value("new") == "1"; })) << mirror.state().why.message;
    ASSERT_TRUE(client->remove(kConfigMaps, ns, "m0"));
    EXPECT_TRUE(until([&] { return value("m0").empty(); }));
    EXPECT_EQ(mirror.state().lists, 1u);
    EXPECT_EQ(mirror.state().standing, MirrorStanding::Live);
}

TEST_P(AnyCluster, WatchOfAVersionThatIsNoneIsMended) {
    // A server may answer at once, or with an event; both end in a list.
    const auto answer = client->read(kConfigMaps.path(ns) + "?watch=1&timeoutSeconds=1&resourceVersion=1");
    ASSERT_TRUE(answer) << answer.error().message;
    if (answer->status == 200 && !answer->body.empty()) {
        const auto event = nlohmann::json::parse(answer->body.substr(0, answer->body.find('\n')), nullptr, false);
        ASSERT_TRUE(event.is_object());
        EXPECT_TRUE(event["type"] == "ERROR" || event["type"] == "ADDED") << event;
    }
}

INSTANTIATE_TEST_SUITE_P(Servers, AnyCluster, ::testing::Values(true, false), [](const auto& info) { return info.param ? "Own" : "Real"; });

}  // namespace
}  // namespace gatehouse::cluster
