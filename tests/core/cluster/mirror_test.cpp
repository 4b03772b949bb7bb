#include "cluster/mirror.h"

#include "core/cluster/test_cluster.h"

#include <fmt/format.h>

#include <atomic>
#include <map>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::configMap;
using gatehouse::testing::kConfigMaps;
using gatehouse::testing::until;
using Json = nlohmann::json;

class Mirrored : public gatehouse::testing::ClusterTest {
  protected:
    static MirrorOptions quick() {
        MirrorOptions options;
        options.pageSize = 4;
        options.firstPause = std::chrono::milliseconds(5);
        options.longestPause = std::chrono::milliseconds(50);
        return options;
    }
    /// name: value
    static std::map<std::string, std::string> held(const Mirror& mirror) {
        std::map<std::string, std::string> out;
        for (const auto& object : mirror.objects()) out[object.key.name] = Json::parse(*object.json)["data"].value("key", "");
        return out;
    }
    bool becomes(const Mirror& mirror, const std::map<std::string, std::string>& wanted) {
        return until([&] { return mirror.state().standing == MirrorStanding::Live && held(mirror) == wanted; });
    }
    static std::string shown(const Mirror& mirror) { return Json(held(mirror)).dump() + " " + mirror.state().why.message; }
};

TEST_F(Mirrored, FollowsWhatChanges) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 9}});
    const auto reader = client("reader");
    std::atomic<int> told{0};
    Mirror mirror(*reader, kConfigMaps, "default", quick(), [&] { ++told; });
    ASSERT_TRUE(until([&] { return mirror.state().objects == 9; })) << shown(mirror);
    server.put(configMap("new", "1"));
    server.put(configMap("m-00000", "changed"));
    server.op("delete", {{"group", ""}, {"plural", "configmaps"}, {"ns", "default"}, {"name", "m-00001"}});
    server.put(configMap("elsewhere", "1", "other"));
    ASSERT_TRUE(until([&] { return mirror.state().events == 3; })) << shown(mirror);
    const auto now = held(mirror);
    EXPECT_EQ(now.size(), 9u);
    EXPECT_EQ(now.at("m-00000"), "changed");
    EXPECT_FALSE(now.contains("m-00001"));
    EXPECT_FALSE(now.contains("elsewhere"));
    EXPECT_EQ(mirror.state().lists, 1u);
    EXPECT_GE(told.load(), 2);
}

TEST_F(Mirrored, GoesOnWhereItWasAfterALostConnection) {
    server.put(configMap("a", "1"));
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(becomes(mirror, {{"a", "1"}})) << shown(mirror);
    ASSERT_TRUE(until([&] { return mirror.state().watches == 1 && server.asked("watch=1") == 1; }));
    server.op("drop_watches");
    server.put(configMap("b", "2"));
    ASSERT_TRUE(becomes(mirror, {{"a", "1"}, {"b", "2"}})) << shown(mirror);
    EXPECT_EQ(mirror.state().lists, 1u) << "nothing was listed again";
    EXPECT_GE(mirror.state().watches, 2u);
}

TEST_F(Mirrored, KeepsWhatItHasWhileTheClusterIsGone) {
    server.put(configMap("a", "1"));
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(becomes(mirror, {{"a", "1"}})) << shown(mirror);
    server.op("refuse", {{"on", true}});
    ASSERT_TRUE(until([&] { return mirror.state().standing == MirrorStanding::Retrying; }));
    EXPECT_EQ(held(mirror), (std::map<std::string, std::string>{{"a", "1"}}));
    EXPECT_EQ(mirror.state().why.code, "cluster-unreachable");
    server.put(configMap("b", "2"));
    server.op("refuse", {{"on", false}});
    EXPECT_TRUE(becomes(mirror, {{"a", "1"}, {"b", "2"}})) << shown(mirror);
}

TEST_F(Mirrored, ListsAgainWhatTheClusterHasForgotten) {
    server.put(configMap("a", "1"));
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(becomes(mirror, {{"a", "1"}})) << shown(mirror);
    ASSERT_TRUE(until([&] { return server.asked("watch=1") == 1; }));
    // Away while things change and the history is cut: the version is too old, which is 200 and then an ERROR of 410.
    server.op("refuse", {{"on", true}});
    ASSERT_TRUE(until([&] { return mirror.state().standing == MirrorStanding::Retrying; }));
    server.op("delete", {{"group", ""}, {"plural", "configmaps"}, {"ns", "default"}, {"name", "a"}});
    server.put(configMap("b", "2"));
    server.op("compact");
    server.op("refuse", {{"on", false}});
    EXPECT_TRUE(becomes(mirror, {{"b", "2"}})) << shown(mirror);
    EXPECT_EQ(mirror.state().lists, 2u);
    // Some paths say it as HTTP 410.
    server.op("next", {{"status", 410}, {"match", "watch=1"}});
    server.op("drop_watches");
    server.put(configMap("c", "3"));
    EXPECT_TRUE(becomes(mirror, {{"b", "2"}, {"c", "3"}})) << shown(mirror);
    EXPECT_EQ(mirror.state().lists, 3u);
}

TEST_F(Mirrored, BookmarksMoveTheVersionOn) {
    server.op("bookmarks", {{"every", 0.02}});
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(becomes(mirror, {}));
    const auto before = mirror.state().resourceVersion;
    // Of another kind: no event of ours.
    server.put({{"apiVersion", "v1"}, {"kind", "Service"}, {"metadata", {{"name", "s"}, {"namespace", "default"}}}});
    ASSERT_TRUE(until([&] { return mirror.state().resourceVersion != before; }));
    EXPECT_EQ(mirror.state().events, 0u);
    // So a history that is cut behind it costs no list.
    server.op("compact");
    server.op("drop_watches");
    server.put(configMap("a", "1"));
    EXPECT_TRUE(becomes(mirror, {{"a", "1"}})) << shown(mirror);
    EXPECT_EQ(mirror.state().lists, 1u);
}

TEST_F(Mirrored, ListWhoseTokenExpiredIsAskedAtOnce) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 10}});
    server.op("next", {{"status", 410}, {"match", "continue="}});
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(until([&] { return mirror.state().objects == 10; })) << shown(mirror);
    EXPECT_EQ(server.asked("continue="), 1);
}

TEST_F(Mirrored, SaysThatItIsRefusedAndComesBack) {
    server.put(configMap("a", "1"));
    auto target = server.anonymous();
    target.token = secret::SecretValue("soon-over");
    server.op("tokens", {{"soon-over", "nobody"}});
    Client short_lived(target, {});
    Mirror mirror(short_lived, kConfigMaps, "default", quick());
    ASSERT_TRUE(until([&] { return mirror.state().standing == MirrorStanding::Refused; }));
    EXPECT_EQ(mirror.state().why.code, "cluster-forbidden");
    server.op("tokens", {{"other", "reader"}});
    ASSERT_TRUE(until([&] { return mirror.state().why.code == "cluster-unauthorized"; }));
    EXPECT_NE(mirror.state().why.message.find("may have expired"), std::string::npos);
    server.op("tokens", {{"soon-over", "reader"}});
    EXPECT_TRUE(becomes(mirror, {{"a", "1"}})) << shown(mirror);
}

TEST_F(Mirrored, StaysWithinItsBounds) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 6}});
    const auto reader = client("reader");
    auto options = quick();
    options.mostObjects = 8;
    options.mostEventBytes = 4096;
    Mirror mirror(*reader, kConfigMaps, "default", options);
    ASSERT_TRUE(until([&] { return mirror.state().objects == 6; }));
    // An event that is too large is not kept; what it was comes with a list, in which pages are bounded.
    server.put(configMap("m-00000", std::string(10'000, 'x')));
    ASSERT_TRUE(until([&] { return mirror.state().lists >= 2; })) << shown(mirror);
    EXPECT_TRUE(until([&] { return held(mirror)["m-00000"].size() == 10'000; }));
    server.op("many", {{"object", configMap("m", "v")}, {"count", 5}, {"start", 6}});
    ASSERT_TRUE(until([&] { return mirror.state().standing == MirrorStanding::Refused; })) << shown(mirror);
    EXPECT_EQ(mirror.state().why.code, "cluster-too-large");
    EXPECT_LE(mirror.state().objects, 9u);
}

TEST_F(Mirrored, BacksOffWhileTheServerIsBusy) {
    server.op("next", {{"status", 503}, {"match", "configmaps"}, {"count", 3}});
    const auto reader = client("reader");
    Mirror mirror(*reader, kConfigMaps, "default", quick());
    ASSERT_TRUE(becomes(mirror, {})) << shown(mirror);
    EXPECT_GE(server.asked("configmaps"), 4);
}

TEST_F(Mirrored, ManyObjectsAndEventsArrive) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 2000}});
    const auto reader = client("reader");
    MirrorOptions options;
    Mirror mirror(*reader, kConfigMaps, "", options);
    ASSERT_TRUE(until([&] { return mirror.state().objects == 2000; })) << shown(mirror);
    ASSERT_TRUE(until([&] { return mirror.state().watches == 1; }));
    server.op("many", {{"object", configMap("m", "changed")}, {"count", 300}, {"start", 100}});
    ASSERT_TRUE(until([&] { return mirror.state().events == 300; })) << mirror.state().events;
    int changed = 0;
    for (const auto& [name, value] : held(mirror)) changed += value == "changed";
    EXPECT_EQ(changed, 300);
}

TEST_F(Mirrored, EndsInTheMiddleOfAnything) {
    server.op("many", {{"object", configMap("m", "v")}, {"count", 50}});
    const auto reader = client("reader");
    for (int i = 0; i < 30; ++i) {
        Mirror mirror(*reader, kConfigMaps, "default", quick());
        if (i % 3 == 1) until([&] { return mirror.state().objects > 0; });
        if (i % 3 == 2) until([&] { return mirror.state().watches > 0; });
    }
    // The transport may stop before a mirror ends.
    auto going = client("reader");
    Mirror last(*going, kConfigMaps, "default", quick());
    until([&] { return last.state().watches > 0; });
    going->transport().stop();
}

TEST_F(Mirrored, KeepsNoValueOfASecret) {
    server.put({{"apiVersion", "v1"}, {"kind", "Secret"}, {"metadata", {{"name", "s"}, {"namespace", "default"}}}, {"data", {{"key", "aHVzaA=="}}}});
    const auto admin = client("admin");
    Mirror mirror(*admin, ResourceType{"", "v1", "secrets", "Secret", true, {}}, "default", quick());
    ASSERT_TRUE(until([&] { return mirror.state().objects == 1; }));
    server.put({{"apiVersion", "v1"}, {"kind", "Secret"}, {"metadata", {{"name", "s"}, {"namespace", "default"}}}, {"data", {{"key", "aHVzaGVk"}}}});
    ASSERT_TRUE(until([&] { return mirror.state().events >= 1; })) << mirror.state().why.message;
    EXPECT_EQ(mirror.objects().at(0).json->find("aHVz"), std::string::npos);
    EXPECT_EQ(mirror.objects().at(0).key.kind, "Secret");
}

TEST(Pauses, GrowToALimitAndAreNeverAlike) {
    using std::chrono::milliseconds;
    for (unsigned n = 0; n < 40; ++n) {
        const auto most = pauseAfter(n, milliseconds(800), milliseconds(30'000), 0);
        EXPECT_EQ(most, std::min(milliseconds(30'000), milliseconds(800LL << std::min(n, 10U))));
        for (const std::uint64_t chance : {std::uint64_t{1}, std::uint64_t{12345}, ~std::uint64_t{0}}) {
            const auto pause = pauseAfter(n, milliseconds(800), milliseconds(30'000), chance);
            EXPECT_LE(pause, most);
            EXPECT_GE(pause, most / 2);
        }
    }
}

}  // namespace
}  // namespace gatehouse::cluster
