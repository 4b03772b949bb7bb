// What a listener's policy says of connections, in the data plane: limits of its own, and the snapshot's swap.
#include "data_plane_fixture.h"

#include "http/limit_table.h"
#include "route/listener_settings.h"

#include <gtest/gtest.h>

namespace gatehouse::test {
namespace {

class ListenerPolicyPlane : public DataPlaneTest {
  protected:
    template <class Change>
    std::shared_ptr<route::Snapshot> with(std::uint16_t origin, Change change) {
        auto snapshot = std::make_shared<route::Snapshot>(*Routes(registry).to("", {origin}).snapshot());
        auto settings = std::make_shared<route::ListenerSettings>();
        change(*settings);
        auto& port = snapshot->ports.front();
        port.custom = true;
        port.settings = settings;
        port.listeners.front().settings = settings;
        return snapshot;
    }
    template <class Change>
    void serveWith(std::uint16_t origin, Change change) {
        start();
        plane->swap(with(origin, change));
    }
    static void limited(route::ListenerSettings& settings, const char* limit) { settings.limitOrigins.push_back({limit, "ListenerPolicy default/p"}); }
    bool bit(const std::string& name) const {
        return eventually([&] {
            for (const auto& use : plane->limitUses())
                if (use.name == name) return use.count > 0;
            return false;
        });
    }
};

TEST_F(ListenerPolicyPlane, ClosesAnIdleConnectionAtItsTime) {
    Origin origin(Origin::always(ok("x")));
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.idle = 60ms;
        limited(s, limit::kIdle);
    });
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 200);
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(bit(limit::kIdle));
}

TEST_F(ListenerPolicyPlane, ClosesAConnectionAfterItsLastRequest) {
    Origin origin(Origin::always(ok("x")));
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.requestsPerConnection = 2;
        limited(s, limit::kRequestsPerConnection);
    });
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("connection"), "");
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("connection"), "close");
    EXPECT_TRUE(bit(limit::kRequestsPerConnection));
}

TEST_F(ListenerPolicyPlane, CutsAnAnswerThatStandsStill) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        wire.drain();
    });
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.streamIdle = 80ms;
        limited(s, limit::kStreamIdle);
    });
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto all = client.rest();
    EXPECT_NE(all.find("half"), std::string::npos);
}

TEST_F(ListenerPolicyPlane, RefusesALargerHead) {
    Origin origin(Origin::always(ok("x")));
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.headBytes = 1024;
        limited(s, limit::kHeadSize);
    });
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'x') + "\r\n\r\n");
    EXPECT_EQ(readMessage(client).status(), 431);
    EXPECT_EQ(get("/").status(), 200);
}

TEST_F(ListenerPolicyPlane, ASwapKeepsTheLimitsOfConnectionsAndChangesWhatHoldsForRequests) {
    Origin origin(Origin::always(ok("x")));
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.headBytes = 1024;
        limited(s, limit::kHeadSize);
        s.server = route::ListenerSettings::Server::Overwrite;
        s.serverName = "first";
    });
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("server"), "first");
    plane->swap(with(origin.port(), [](route::ListenerSettings& s) {
        s.server = route::ListenerSettings::Server::Overwrite;
        s.serverName = "second";
    }));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(client).field("server"), "second");
    const auto large = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'x') + "\r\n\r\n";
    auto fresh = connect();
    fresh.send(large);
    EXPECT_EQ(readMessage(fresh).status(), 200);
    client.send(large);
    EXPECT_EQ(readMessage(client).status(), 431);
}

TEST_F(ListenerPolicyPlane, AHealthCheckIsARecordWithoutARoute) {
    Origin origin(Origin::always(ok("x")));
    serveWith(origin.port(), [](route::ListenerSettings& s) { s.healthPath = "/up"; });
    EXPECT_EQ(get("/up").status(), 200);
    const auto seen = record();
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.rule, "");
    EXPECT_EQ(seen.error, "");
}

}  // namespace
}  // namespace gatehouse::test
