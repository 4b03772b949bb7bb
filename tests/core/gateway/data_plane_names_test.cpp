// Backends by name: several addresses, the next one when the first does not answer, and a changed answer of the look-up.
#include "data_plane_fixture.h"

#include <gtest/gtest.h>

#include <map>

namespace gatehouse::test {
namespace {

constexpr std::uint32_t kOne = 0x7f000002;  // 127.0.0.2
constexpr std::uint32_t kTwo = 0x7f000003;

/// What names mean, and how often they were asked for.
struct Zone {
    std::mutex mutex;
    std::map<std::string, std::vector<std::string>> names;
    int asked = 0;
    void says(const std::string& name, std::vector<std::string> addresses) {
        std::lock_guard lock(mutex);
        names[name] = std::move(addresses);
    }
    int times() {
        std::lock_guard lock(mutex);
        return asked;
    }
};

class NamedBackends : public DataPlaneTest {
  protected:
    ~NamedBackends() override { plane.reset(); }
    void serveName(std::uint16_t originPort, base::Millis refresh) {
        gateway::DataPlaneOptions options;
        // A look-up may outlive the data plane: it owns what it reads.
        options.lookUp = [zone = zone](const std::string& name) {
            std::lock_guard lock(zone->mutex);
            ++zone->asked;
            return zone->names[name];
        };
        Routes routes(registry);
        auto cluster = routes.cluster({});
        cluster->endpoints.push_back(registry.get(cluster->id, "web.test", originPort, ""));
        route::Rule rule;
        rule.backends.push_back(Routes::backend(cluster));
        serve(routes.add("", std::move(rule)), options);
        upstream::BackendOptions backend;
        backend.connections.dnsRefresh = refresh;
        registry.cluster(cluster->id)->setOptions(backend);
    }
    std::shared_ptr<Zone> zone = std::make_shared<Zone>();
};

TEST_F(NamedBackends, TheSecondAddressIsTakenWhereTheFirstRefuses) {
    Origin origin(Origin::always(ok("second")), kTwo);
    // Nobody listens on the first one's port.
    zone->says("web.test", {"127.0.0.2", "127.0.0.3"});
    serveName(origin.port(), 1h);
    for (int i = 0; i < 4; ++i) {
        const auto answer = get();
        EXPECT_EQ(answer.status(), 200);
        EXPECT_EQ(answer.body, "second");
        EXPECT_EQ(record().attempts, 1) << "dialling on is no second try";
    }
    EXPECT_EQ(zone->times(), 1) << "the answer is kept";
    EXPECT_EQ(plane->addressesOf("web.test"), (std::vector<std::string>{"127.0.0.2", "127.0.0.3"}));
    EXPECT_EQ(registry.all().front()->failures, 0U);
}

TEST_F(NamedBackends, ConnectionsAreSharedAmongAllAddresses) {
    Origin one(Origin::always(ok("one", "Connection: close\r\n")), kOne);
    Origin two(Origin::always(ok("two", "Connection: close\r\n")), kTwo, one.port());
    zone->says("web.test", {"127.0.0.2", "127.0.0.3"});
    serveName(one.port(), 1h);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(get().status(), 200);
    EXPECT_EQ(one.connections(), 5);
    EXPECT_EQ(two.connections(), 5);
}

TEST_F(NamedBackends, AChangedAnswerIsFollowed) {
    Origin one(Origin::always(ok("one")), kOne);
    Origin two(Origin::always(ok("two")), kTwo, one.port());
    zone->says("web.test", {"127.0.0.2"});
    serveName(one.port(), 30ms);
    EXPECT_EQ(get().body, "one");
    EXPECT_EQ(two.connections(), 0);
    zone->says("web.test", {"127.0.0.3"});
    // The connection that is kept leads to an address that the name no longer has.
    EXPECT_TRUE(eventually([&] { return get().body == "two"; }));
    const int before = one.connections();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(get().body, "two");
    EXPECT_EQ(one.connections(), before);
    EXPECT_GE(zone->times(), 2);
}

TEST_F(NamedBackends, ANameThatIsGoneKeepsItsLastAddress) {
    Origin origin(Origin::always(ok("still here", "Connection: close\r\n")), kOne);
    zone->says("web.test", {"127.0.0.2"});
    serveName(origin.port(), 20ms);
    EXPECT_EQ(get().status(), 200);
    const int before = zone->times();
    zone->says("web.test", {});
    EXPECT_TRUE(eventually([&] {
        EXPECT_EQ(get().status(), 200);
        return zone->times() > before;
    }));
    EXPECT_EQ(get().body, "still here");
}

TEST_F(NamedBackends, AnUnknownNameIsAnswered503) {
    serveName(deadPort(), 1h);
    EXPECT_EQ(get().status(), 503);
    EXPECT_GE(zone->times(), 1);
}

}  // namespace
}  // namespace gatehouse::test
