// HTTP/2 clients of the data plane, spoken by nghttp2: streams, bodies, trailers, interim answers, refusals and ends.
#include "h2_peer.h"
#include "tls_peer.h"

#include <fstream>

namespace gatehouse::test {
namespace {

long residentKib() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6);
    return 0;
}

class Http2 : public DataPlaneTest {
  protected:
    /// A connection that begins with HTTP/2 (prior knowledge).
    struct Session {
        explicit Session(Wire connected, H2Peer::Settings settings = {})
            : wire(std::move(connected)), peer(wire, H2Peer::Role::Client, settings) {}
        Wire wire;
        H2Peer peer;
    };
    std::unique_ptr<Session> session(H2Peer::Settings settings = {}, int receiveBuffer = 0) {
        return std::make_unique<Session>(Wire::connect(port, 10s, receiveBuffer), settings);
    }
};

TEST_F(Http2, AnswersByPriorKnowledge) {
    Message seen;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request;
        return ok("hello", "X-From: origin\r\nConnection: x-hop\r\nX-Hop: 1\r\n");
    }));
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    const auto& answer = http2->peer.answer(http2->peer.get("/a?b=c", {{"x-mine", "1"}}));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.field("content-length"), "5");
    EXPECT_EQ(answer.field("x-from"), "origin");
    EXPECT_EQ(answer.field("x-hop"), "") << "named by Connection";
    EXPECT_EQ(answer.field("connection"), "");
    EXPECT_TRUE(seen.head.starts_with("GET /a?b=c HTTP/1.1\r\n")) << seen.head;
    EXPECT_EQ(seen.field("host"), "a.test");
    EXPECT_EQ(seen.field("x-mine"), "1");
    EXPECT_EQ(seen.field("x-forwarded-proto"), "http");
    const auto made = record();
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.host, "a.test");
    EXPECT_EQ(made.protocol, "HTTP/2");
    EXPECT_EQ(made.upstreamProtocol, "HTTP/1.1");
}

TEST_F(Http2, ServesHundredsOfStreamsOfOneConnection) {
    Origin origin(Origin::answering([](const Message& request) {
        const auto from = request.head.find(' ') + 1;
        return ok(request.head.substr(from, request.head.find(' ', from) - from));
    }));
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 400; ++i) ids.push_back(http2->peer.get("/" + std::to_string(i)));
    for (int i = 0; i < 400; ++i) {
        const auto& answer = http2->peer.answer(ids[static_cast<std::size_t>(i)]);
        ASSERT_EQ(answer.status(), 200) << i;
        ASSERT_EQ(answer.body, "/" + std::to_string(i));
    }
    EXPECT_LE(origin.connections(), 100) << "no more streams at a time than the limit";
}

TEST_F(Http2, UploadsAndDownloadsLargeBodies) {
    Origin origin(Origin::answering([](const Message& request) { return ok(request.body); }));
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 64 * 1024 * 1024;
    serve(Routes(registry).to("", {origin.port()}), options);
    const auto http2 = session();
    std::string large(20'000'000, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i * 7 % 26);
    const auto id = http2->peer.request(H2Peer::post("/"), large);
    ASSERT_TRUE(http2->peer.until([&] { return http2->peer.messages[id].closed; }, 30s));
    const auto& answer = http2->peer.messages[id];
    EXPECT_EQ(answer.status(), 200);
    EXPECT_TRUE(answer.body == large);
}

TEST_F(Http2, AReaderThatDawdlesSlowsItsUpstreamAndNobodyElse) {
    std::atomic<std::size_t> sent{0};
    Origin origin([&](Wire& wire) {
        const auto request = readMessage(wire);
        if (request.head.find("/quick") != std::string::npos) {
            wire.send(ok("quick"));
            return;
        }
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        const std::string block(100'000, 'b');
        for (int i = 0; i < 1000 && wire.send(block); ++i) sent += block.size();
    });
    serve(Routes(registry).to("", {origin.port()}));
    H2Peer::Settings settings;
    settings.autoWindow = false;
    const auto http2 = session(settings);
    auto& peer = http2->peer;
    const auto slow = peer.get("/slow");
    ASSERT_TRUE(peer.until([&] { return peer.messages[slow].body.size() >= 65'535; }));
    const long before = residentKib();
    // The window of the stream is used up, that of the connection too: a second connection gets through.
    std::size_t last = 0;
    ASSERT_TRUE(eventually([&] {
        const auto now = sent.load();
        ::poll(nullptr, 0, 50);
        return std::exchange(last, sent.load()) == now;
    })) << "the origin is held";
    EXPECT_LT(sent.load(), 40'000'000u);
    EXPECT_EQ(get("/quick").body, "quick");
    EXPECT_LT(residentKib() - before, 16 * 1024);
    peer.consume(slow, 65'535);
    EXPECT_TRUE(peer.until([&] { return peer.messages[slow].body.size() > 100'000; })) << "and goes on";
}

TEST_F(Http2, CarriesTrailersBothWays) {
    Message seen;
    std::string wholeRequest;
    Origin origin([&](Wire& wire) {
        wholeRequest = wire.until("\r\n\r\n");
        wholeRequest += wire.until("0\r\n");
        wholeRequest += wire.until("\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: grpc-status\r\n\r\n"
                  "3\r\nabc\r\n0\r\ngrpc-status: 0\r\ngrpc-message: fine\r\n\r\n");
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    const auto id = http2->peer.request(H2Peer::post("/", {{"te", "trailers"}}), "up", true, {{"x-sum", "17"}});
    const auto& answer = http2->peer.answer(id);
    EXPECT_EQ(answer.body, "abc");
    EXPECT_EQ(answer.trailer("grpc-status"), "0");
    EXPECT_EQ(answer.trailer("grpc-message"), "fine");
    EXPECT_NE(wholeRequest.find("x-sum: 17"), std::string::npos) << wholeRequest;
}

TEST_F(Http2, PassesInterimAnswersOnAndAsksForABodyThatWaits) {
    Origin origin([](Wire& wire) {
        const auto request = readMessage(wire);
        wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
        wire.send(ok(request.body));
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.request(H2Peer::post("/", {{"expect", "100-continue"}}), "", false);
    ASSERT_TRUE(peer.until([&] { return !peer.messages[id].interim.empty(); }));
    EXPECT_EQ(peer.messages[id].interim.front(), 100);
    peer.data(id, "now", true);
    const auto& answer = peer.answer(id);
    EXPECT_EQ(answer.body, "now");
    ASSERT_EQ(answer.interim.size(), 2u);
    EXPECT_EQ(answer.interim[1], 103);
}

TEST_F(Http2, TellsTheLengthToHead) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
        wire.drain();
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    const auto& answer = http2->peer.answer(
        http2->peer.request({{":method", "HEAD"}, {":scheme", "http"}, {":authority", "a.test"}, {":path", "/"}}));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.field("content-length"), "1234");
    EXPECT_EQ(answer.body, "");
    EXPECT_FALSE(answer.reset);
}

struct Refused {
    const char* name;
    H2Fields fields;
    int status;
    const char* error;
};
class Http2Refusals : public Http2, public ::testing::WithParamInterface<Refused> {};
TEST_P(Http2Refusals, AreAnsweredRecordedAndReachNobody) {
    Origin origin(Origin::always(ok("x")));
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto fields = GetParam().fields;
    if (std::string_view(GetParam().name) == "Head") fields.push_back({"x-large", std::string(70'000, 'x')});
    const bool bodied = std::string_view(GetParam().name) == "Body";
    const auto id = http2->peer.request(fields, "", !bodied);
    ASSERT_TRUE(http2->peer.until([&] { return http2->peer.messages[id].ended; }));
    const auto& answer = http2->peer.messages[id];
    EXPECT_EQ(answer.status(), GetParam().status);
    EXPECT_EQ(origin.connections(), 0);
    const auto made = record();
    EXPECT_EQ(made.status, GetParam().status);
    EXPECT_EQ(made.error, GetParam().error);
}
H2Fields fieldsOf(const char* method, const char* path, H2Fields more = {}) {
    H2Fields fields{{":method", method}, {":scheme", "http"}, {":authority", "a.test"}, {":path", path}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}
INSTANTIATE_TEST_SUITE_P(
    All, Http2Refusals,
    ::testing::Values(Refused{"ConnectionField", fieldsOf("GET", "/", {{"connection", "close"}}), 400, "bad-request"},
                      Refused{"TransferEncoding", fieldsOf("POST", "/", {{"transfer-encoding", "chunked"}}), 400, "bad-request"},
                      Refused{"Path", fieldsOf("GET", "nowhere"), 400, "bad-request"},
                      Refused{"HostConflict", fieldsOf("GET", "/", {{"host", "b.test"}}), 400, "bad-request"},
                      Refused{"Head", fieldsOf("GET", "/"), 431, "head-too-large"},
                      Refused{"Connect", {{":method", "CONNECT"}, {":authority", "a.test:443"}}, 501, "connect-refused"},
                      Refused{"Body", fieldsOf("POST", "/", {{"content-length", "999999999"}}), 413, "body-too-large"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Http2, AnEarlyAnswerStopsTheUpload) {
    Origin origin([](Wire& wire) {
        wire.until("\r\n\r\n");
        wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        wire.drain();
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.request(H2Peer::post("/"), std::string(1'000'000, 'u'), false);
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].ended; }));
    EXPECT_EQ(peer.messages[id].status(), 401);
    EXPECT_EQ(peer.messages[id].body, "no");
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].reset.has_value(); }));
    EXPECT_EQ(*peer.messages[id].reset, 0u) << "NO_ERROR: stop sending (RFC 9113 section 8.1)";
    EXPECT_EQ(peer.answer(peer.get("/again")).status(), 401) << "the connection serves on";
}

TEST_F(Http2, AClientThatResetsItsStreamFreesItsUpstream) {
    std::atomic<bool> freed{false};
    Origin origin([&](Wire& wire) {
        const auto request = readMessage(wire);
        if (request.head.find("/other") != std::string::npos) {
            wire.send(ok("other"));
            return;
        }
        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        wire.drain();
        freed = true;
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.get("/stream");
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "abc"; }));
    peer.reset(id, NGHTTP2_CANCEL);
    EXPECT_EQ(peer.answer(peer.get("/other")).body, "other");
    EXPECT_TRUE(eventually([&] { return freed.load(); }));
    EXPECT_EQ(record().path, "/other");
    const auto left = record();
    EXPECT_EQ(left.status, 499);
    EXPECT_EQ(left.error, "client-left");
}

TEST_F(Http2, AClientThatLeavesEndsAllItsRequests) {
    std::atomic<int> freed{0};
    Origin origin([&](Wire& wire) {
        readMessage(wire);
        wire.drain();
        ++freed;
    });
    serve(Routes(registry).to("", {origin.port()}));
    {
        const auto http2 = session();
        for (int i = 0; i < 20; ++i) http2->peer.get("/wait");
        ASSERT_TRUE(http2->peer.until([&] { return origin.connections() == 20; }));
        http2->wire.reset();
    }
    EXPECT_TRUE(eventually([&] { return freed == 20; }));
    for (int i = 0; i < 20; ++i) EXPECT_EQ(record().status, 499);
    EXPECT_TRUE(eventually([&] { return plane->counters().connections == 0; }));
    EXPECT_EQ(plane->counters().inFlight, 0);
}

TEST_F(Http2, AnUpstreamThatDiesMidStreamResetsThatStreamAlone) {
    Origin origin([](Wire& wire) {
        const auto request = readMessage(wire);
        if (request.head.find("/dies") == std::string::npos) {
            wire.send(ok("well"));
            return;
        }
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.get("/dies");
    const auto& answer = peer.answer(id);
    EXPECT_EQ(answer.status(), 200);
    ASSERT_TRUE(answer.reset);
    EXPECT_EQ(*answer.reset, static_cast<std::uint32_t>(NGHTTP2_INTERNAL_ERROR));
    EXPECT_FALSE(answer.ended);
    EXPECT_EQ(record().error, "upstream-reset");
    EXPECT_EQ(peer.answer(peer.get("/lives")).body, "well");
}

TEST_F(Http2, ABodyBeyondTheLimitIsRefusedOnItsWay) {
    Origin origin([](Wire& wire) { wire.drain(); });
    gateway::DataPlaneOptions options;
    options.limits.bodyBytes = 100'000;
    serve(Routes(registry).to("", {origin.port()}), options);
    const auto http2 = session();
    const auto id = http2->peer.request(H2Peer::post("/"), std::string(1'000'000, 'u'), false);
    ASSERT_TRUE(http2->peer.until([&] { return http2->peer.messages[id].headed; }));
    EXPECT_EQ(http2->peer.messages[id].status(), 413);
    EXPECT_EQ(record().error, "body-too-large");
}

TEST_F(Http2, DrainsInTwoStepsWhenItsPortGoes) {
    std::atomic<bool> go{false};
    Origin origin(Origin::answering([&](const Message&) {
        eventually([&] { return go.load(); });
        return ok("late");
    }));
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.get("/late");
    ASSERT_TRUE(peer.until([&] { return origin.connections() == 1; }));
    plane->unlisten(kPort);
    ASSERT_TRUE(peer.until([&] { return peer.goAways.size() == 2; }));
    EXPECT_EQ(peer.goAways[0].first, 0x7fffffff) << "a notice: what is on its way is still served";
    EXPECT_EQ(peer.goAways[1].first, id);
    EXPECT_EQ(peer.goAways[1].second, 0u);
    go = true;
    const auto& answer = peer.answer(id);
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, "late");
    EXPECT_TRUE(eventually([&] {
        peer.pump();
        return plane->counters().connections == 0;
    }));
}

TEST_F(Http2, StopsInTimeThoughAnAnswerHangs) {
    Origin origin([](Wire& wire) { wire.drain(); });
    serve(Routes(registry).to("", {origin.port()}));
    const auto http2 = session();
    http2->peer.get("/hangs");
    ASSERT_TRUE(http2->peer.until([&] { return origin.connections() == 1; }));
    const auto began = std::chrono::steady_clock::now();
    plane->stop(100ms);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
}

TEST_F(Http2, ASwapInTheMiddleOfAnAnswerChangesNothingForIt) {
    std::atomic<bool> go{false};
    Origin slow([&](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
        eventually([&] { return go.load(); });
        wire.send("full");
    });
    Origin other(Origin::always(ok("new")));
    serve(Routes(registry).to("", {slow.port()}));
    const auto http2 = session();
    auto& peer = http2->peer;
    const auto id = peer.get("/");
    ASSERT_TRUE(peer.until([&] { return peer.messages[id].body == "half"; }));
    plane->swap(Routes(registry).to("", {other.port()}).snapshot(2));
    EXPECT_EQ(peer.answer(peer.get("/")).body, "new");
    go = true;
    EXPECT_EQ(peer.answer(id).body, "halffull");
}

TEST_F(Http2, ALocalAnswerSaysWhy) {
    serve(Routes(registry).to("/only", {deadPort()}));
    const auto http2 = session();
    EXPECT_EQ(http2->peer.answer(http2->peer.get("/none")).status(), 404);
    EXPECT_EQ(http2->peer.answer(http2->peer.get("/only")).status(), 503);
    EXPECT_EQ(record().error, "no-route");
    EXPECT_EQ(record().error, "upstream-connect");
}

}  // namespace
}  // namespace gatehouse::test
