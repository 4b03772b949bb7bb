// What a listener's policy says of connections, in the data plane: limits of its own, and the snapshot's swap.
#include "h2_peer.h"

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

TEST_F(ListenerPolicyPlane, Http2ClientsAreToldTheStreamsAndWindowsOfThePolicy) {
    Origin origin([](Wire& wire) { wire.drain(); });
    serveWith(origin.port(), [](route::ListenerSettings& s) {
        s.h2Streams = 3;
        s.h2StreamWindow = 70'000;
        s.h2ConnectionWindow = 2'000'000;
        limited(s, http::h2limit::kStreams);
    });
    auto wire = connect();
    H2Peer peer(wire, H2Peer::Role::Client);
    ASSERT_TRUE(peer.until([&] { return peer.settingsSeen && nghttp2_session_get_remote_window_size(peer.native()) == 2'000'000; }))
        << nghttp2_session_get_remote_window_size(peer.native());
    EXPECT_EQ(nghttp2_session_get_remote_settings(peer.native(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 3U);
    EXPECT_EQ(nghttp2_session_get_remote_settings(peer.native(), NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 70'000U);
    // The windows hold: an upload that nobody takes stops after so many bytes.
    const auto upload = peer.request(H2Peer::post("/"), std::string(3'000'000, 'x'));
    EXPECT_TRUE(peer.until([&] { return nghttp2_session_get_stream_remote_window_size(peer.native(), upload) == 0; }));
    // A client that does not keep to the number of streams.
    auto blunt = connect();
    std::string frames = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string("\0\0\0\x04\0\0\0\0\0", 9);
    for (char id = 1; id <= 9; id = static_cast<char>(id + 2)) {
        // GET, http, / and :authority a, without end of the stream's indexing state: RFC 7541 appendix A and section 6.2.2.
        const std::string block("\x82\x86\x84\x01\x01" "a", 6);
        frames += std::string("\0\0\x06\x01\x05\0\0\0", 8) + id + block;
    }
    blunt.send(frames);
    EXPECT_TRUE(bit(http::h2limit::kStreams));
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
