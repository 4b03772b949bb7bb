// Two sessions over a loopback connection: streams, bodies, flow control, resets and ends.
#include "core/http/h2_test_support.h"

#include <random>

namespace gatehouse::http {
namespace {

using namespace h2test;

/// A server and a client that are connected.
struct Two {
    explicit Two(const Limits& serverLimits = {}, const Limits& clientLimits = {})
        : sockets(loop.pair()),
          client(loop, std::move(sockets.first), H2Role::Client, clientLimits),
          server(loop, std::move(sockets.second), H2Role::Server, serverLimits) {}
    ~Two() {
        EXPECT_TRUE(client.finish());
        EXPECT_TRUE(server.finish());
    }
    Loop loop;
    std::pair<net::Socket, net::Socket> sockets;
    Peer client;
    Peer server;
};

std::string someBytes(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 2654435761U >> 13);
    return out;
}

/// Answers with the body that it got, as it comes.
net::Task<void> echo(std::shared_ptr<H2Stream> stream) {
    stream->sendResponse(200, {}, false);
    while (true) {
        if (stream->reset() || stream->refusal() != nullptr) co_return;
        const std::string piece(stream->data());
        if (!piece.empty()) {
            // Only what has gone out is taken from the sender.
            const bool sent = co_await writeAll(stream, piece, false);
            if (!sent) co_return;
            stream->consume(piece.size());
            continue;
        }
        if (stream->ended()) break;
        const bool woken = co_await next(*stream);
        if (!woken) co_return;
    }
    if (stream->trailers().size() > 0) stream->sendTrailers(stream->trailers());
    else stream->sendData({}, true);
}

struct Reply {
    int status = 0;
    std::string body;
    std::string trailer;
    bool whole = false;
    bool done = false;
    std::uint32_t reset = 0;
    std::vector<int> interim;
};

net::Task<void> readReply(std::shared_ptr<H2Stream> stream, Reply& reply) {
    while (!stream->reset() && stream->refusal() == nullptr) {
        if (!stream->headReady()) {
            const bool woken = co_await next(*stream);
            if (!woken) break;
            continue;
        }
        reply.status = stream->response().status;
        if (reply.status >= 200) {
            reply.whole = co_await readAll(stream, reply.body);
            break;
        }
        reply.interim.push_back(reply.status);
        stream->nextHead();
    }
    for (const auto& field : stream->trailers().fields()) reply.trailer += std::string(field.name) + "=" + std::string(field.value);
    reply.reset = stream->resetCode();
    reply.done = true;
}

net::Task<void> exchange(std::shared_ptr<H2Stream> stream, std::string method, std::string path, std::string body, Reply& reply) {
    stream->sendRequest({method, "http", "a.test", path}, {}, body.empty());
    if (!body.empty()) {
        const bool sent = co_await writeAll(stream, body, true);
        if (!sent) {
            reply.reset = stream->resetCode();
            reply.done = true;
            co_return;
        }
    }
    co_await readReply(stream, reply);
}

TEST(H2Session, CarriesManyStreamsAtOnce) {
    Two two;
    two.server.serve = describe;
    constexpr int kStreams = 90;
    for (int round = 0; round < 3; ++round) {
        std::vector<Reply> replies(kStreams);
        for (int i = 0; i < kStreams; ++i) {
            const auto stream = two.client.session.open();
            ASSERT_TRUE(stream) << i;
            two.loop.spawn(exchange(stream, "GET", "/" + std::to_string(i), "", replies[i]));
        }
        EXPECT_TRUE(two.loop.until([&] {
            return std::all_of(replies.begin(), replies.end(), [](const Reply& reply) { return reply.done; });
        }));
        for (int i = 0; i < kStreams; ++i) EXPECT_EQ(replies[i].body, "/" + std::to_string(i) + " a.test none");
        EXPECT_TRUE(two.loop.until([&] { return two.client.session.active() == 0 && two.server.session.active() == 0; }));
    }
    EXPECT_EQ(two.server.requests, 3 * kStreams);
    EXPECT_TRUE(two.server.bitten.empty());
}

TEST(H2Session, OpensNoMoreStreamsThanThePeerAllows) {
    Limits few;
    few.h2.streams = 5;
    Two two(few);
    two.server.serve = describe;
    ASSERT_TRUE(two.loop.until([&] { return two.client.session.maxStreams() == 5; }));
    std::vector<std::shared_ptr<H2Stream>> open;
    for (int i = 0; i < 5; ++i) open.push_back(two.client.session.open());
    EXPECT_TRUE(open.back());
    EXPECT_FALSE(two.client.session.accepting());
    EXPECT_FALSE(two.client.session.open());
    // One that was never used gives its place back.
    open.pop_back();
    EXPECT_TRUE(two.client.session.accepting());
}

TEST(H2Session, MovesLargeBodiesBothWaysWithinItsWindows) {
    Limits tiny;
    tiny.h2.streamWindow = 16 * 1024;
    tiny.h2.connectionWindow = 70'000;
    Two two(tiny, tiny);
    two.server.serve = echo;
    const auto body = someBytes(3'000'000);
    std::vector<Reply> replies(4);
    for (auto& reply : replies) {
        const auto stream = two.client.session.open();
        ASSERT_TRUE(stream);
        // The answer is read while the request is still being sent.
        stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
        two.loop.spawn([](std::shared_ptr<H2Stream> stream, const std::string& body) -> net::Task<void> {
            static_cast<void>(co_await writeAll(stream, body, true));
        }(stream, body));
        two.loop.spawn(readReply(stream, reply));
    }
    EXPECT_TRUE(two.loop.until([&] {
        return std::all_of(replies.begin(), replies.end(), [](const Reply& reply) { return reply.done; });
    }));
    for (const auto& reply : replies) {
        EXPECT_EQ(reply.body.size(), body.size());
        EXPECT_TRUE(reply.body == body);
        EXPECT_TRUE(reply.whole);
    }
}

TEST(H2Session, HoldsNoMoreThanTheWindowOfABodyThatNobodyReads) {
    Two two;
    const auto stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    const auto body = someBytes(1'000'000);
    two.loop.spawn([](std::shared_ptr<H2Stream> stream, const std::string& body) -> net::Task<void> {
        static_cast<void>(co_await writeAll(stream, body, true));
    }(stream, body));
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty() && two.server.kept[0]->data().size() >= 64 * 1024; }));
    ASSERT_TRUE(two.loop.until([&] { return stream->full(); }));
    // Another stream is not held up by it.
    Reply reply;
    two.server.serve = describe;
    two.loop.spawn(exchange(two.client.session.open(), "GET", "/other", "", reply));
    EXPECT_TRUE(two.loop.until([&] { return reply.done; }));
    EXPECT_EQ(reply.body, "/other a.test none");
    EXPECT_EQ(two.server.kept[0]->data().size(), 64U * 1024);
    EXPECT_LT(stream->queued(), H2Stream::kQueueCap + 16 * 1024 + 1);
    EXPECT_FALSE(two.server.kept[0]->ended());
    // As it is read, more comes.
    std::string got;
    bool whole = false;
    two.loop.spawn([](std::shared_ptr<H2Stream> stream, std::string& got, bool& whole) -> net::Task<void> {
        whole = co_await readAll(stream, got);
    }(two.server.kept[0], got, whole));
    EXPECT_TRUE(two.loop.until([&] { return whole; }));
    EXPECT_TRUE(got == body);
}

TEST(H2Session, CarriesTrailersBothWays) {
    Two two;
    two.server.serve = echo;
    const auto stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    stream->sendData("hello", false);
    const Header trailers[] = {{"Grpc-Status", "0"}, {"connection", "close"}};
    stream->sendTrailers(trailers);
    Reply reply;
    two.loop.spawn(readReply(stream, reply));
    EXPECT_TRUE(two.loop.until([&] { return reply.done; }));
    EXPECT_EQ(reply.body, "hello");
    EXPECT_EQ(reply.trailer, "grpc-status=0");
    EXPECT_TRUE(reply.whole);
}

TEST(H2Session, DeliversInterimHeadsBeforeTheFinalOne) {
    Two two;
    two.server.serve = [](std::shared_ptr<H2Stream> stream) -> net::Task<void> {
        const Header link[] = {{"Link", "</a.css>"}};
        stream->sendInterim(103, link);
        stream->sendInterim(102, {});
        stream->sendResponse(200, {}, false);
        stream->sendData("x", true);
        co_return;
    };
    Reply reply;
    two.loop.spawn(exchange(two.client.session.open(), "GET", "/", "", reply));
    EXPECT_TRUE(two.loop.until([&] { return reply.done; }));
    EXPECT_EQ(reply.interim, (std::vector<int>{103, 102}));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "x");
}

TEST(H2Session, KeepsForbiddenFieldsToItself) {
    Two two;
    const auto stream = two.client.session.open();
    const Header fields[] = {{"Host", "b"}, {"Connection", "x"}, {"Keep-Alive", "1"}, {"TE", "gzip"}, {"Upgrade", "h2c"},
                             {"Transfer-Encoding", "chunked"}, {"X-Kept", " v "}, {"TE", "trailers"}};
    stream->sendRequest({"GET", "https", "a.test:8443", "/p", true, "q=1"}, fields, true);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    auto& got = *two.server.kept[0];
    ASSERT_EQ(got.refusal(), nullptr);
    EXPECT_EQ(got.request().host, "a.test");
    EXPECT_EQ(got.request().authority, "a.test:8443");
    EXPECT_EQ(got.request().scheme, "https");
    EXPECT_EQ(got.request().query, "q=1");
    EXPECT_EQ(got.request().headers.get("x-kept"), "v");
    EXPECT_EQ(got.request().headers.get("te"), "trailers");
    EXPECT_EQ(got.request().headers.get("host"), "a.test:8443");
    EXPECT_EQ(got.request().headers.size(), 3U);
}

TEST(H2Session, TellsEachSideOfResets) {
    Two two;
    // By the client.
    auto stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    EXPECT_FALSE(two.server.kept[0]->gone());
    stream->resetWith(kH2Cancel);
    EXPECT_TRUE(two.loop.until([&] { return two.server.kept[0]->reset(); }));
    EXPECT_EQ(two.server.kept[0]->resetCode(), kH2Cancel);
    EXPECT_FALSE(two.server.kept[0]->lost());
    EXPECT_FALSE(two.server.kept[0]->sendResponse(200, {}, true));
    // By the server, while the client sends.
    two.server.kept.clear();
    stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    two.server.kept[0]->resetWith(kH2RefusedStream);
    EXPECT_TRUE(two.loop.until([&] { return stream->reset(); }));
    EXPECT_EQ(stream->resetCode(), kH2RefusedStream);
    // By letting go: of a request, and of an answer that was begun.
    two.server.kept.clear();
    stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    stream.reset();
    EXPECT_TRUE(two.loop.until([&] { return two.server.kept[0]->reset(); }));
    two.server.kept.clear();
    stream = two.client.session.open();
    stream->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    two.server.kept[0]->sendResponse(200, {}, false);
    two.server.kept.clear();
    EXPECT_TRUE(two.loop.until([&] { return stream->reset(); }));
    EXPECT_EQ(stream->resetCode(), kH2InternalError);
    // Before it was sent at all.
    stream = two.client.session.open();
    stream->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
    stream->resetWith(kH2Cancel);
    stream.reset();
    EXPECT_TRUE(two.loop.until([&] { return two.client.session.active() == 0; }));
    EXPECT_TRUE(two.loop.until([&] { return two.server.session.active() == 0; }));
}

TEST(H2Session, AnAnswerBeforeTheEndOfTheRequestStopsTheUpload) {
    Two two;
    two.server.serve = [](std::shared_ptr<H2Stream> stream) -> net::Task<void> {
        stream->sendResponse(413, {}, false);
        stream->sendData("too large", true);
        co_return;
    };
    const auto stream = two.client.session.open();
    stream->sendRequest({"POST", "http", "a.test", "/"}, {}, false);
    Reply reply;
    two.loop.spawn(readReply(stream, reply));
    EXPECT_TRUE(two.loop.until([&] { return reply.done && (stream->stopped() || stream->reset()); }));
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.body, "too large");
    EXPECT_TRUE(reply.whole);
    EXPECT_TRUE(stream->stopped());
    EXPECT_FALSE(stream->reset());
}

TEST(H2Session, DrainsWithoutLosingAStream) {
    Two two;
    const auto stream = two.client.session.open();
    stream->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
    ASSERT_TRUE(two.loop.until([&] { return !two.server.kept.empty(); }));
    two.server.session.shutdown();
    EXPECT_TRUE(two.loop.until([&] { return !two.client.session.accepting(); }));
    EXPECT_FALSE(two.client.session.open());
    EXPECT_FALSE(two.server.closed);
    two.server.kept[0]->sendResponse(200, {}, true);
    two.server.kept.clear();
    Reply reply;
    two.loop.spawn(readReply(stream, reply));
    EXPECT_TRUE(two.loop.until([&] { return reply.done; }));
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(two.loop.until([&] { return two.server.closed && two.client.closed; }));
    EXPECT_EQ(two.server.session.endCode(), "drained");
    EXPECT_EQ(two.client.session.endCode(), "goaway");
}

TEST(H2Session, EndsAtOnceWhenItIsIdleAndDrained) {
    Two two;
    ASSERT_TRUE(two.loop.until([&] { return two.client.session.accepting(); }));
    two.server.session.shutdown();
    EXPECT_TRUE(two.loop.until([&] { return two.server.closed && two.client.closed; }));
    EXPECT_EQ(two.server.session.endCode(), "drained");
}

TEST(H2Session, SparesOnlyThoseStreamsThatAGoawayNames) {
    Loop loop;
    auto [near, far] = loop.pair();
    Peer client(loop, std::move(near), H2Role::Client);
    RawEnd server(loop, std::move(far));
    const auto one = client.session.open();
    one->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
    const auto two = client.session.open();
    two->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
    EXPECT_TRUE(server.talk(frame(4, 0, 0, {}) + frame(7, 0, 0, number32(1) + number32(0)), [&] { return two->reset(); }));
    EXPECT_EQ(two->resetCode(), kH2RefusedStream);
    EXPECT_FALSE(one->reset());
    EXPECT_FALSE(client.session.open());
    EXPECT_TRUE(server.talk(script("headers 1 end :status=200"), [&] { return one->ended(); }));
    server.close();
    EXPECT_TRUE(client.finish());
}

TEST(H2Session, TellsItsStreamsThatTheConnectionWasLost) {
    auto limits = Limits{};
    Loop loop;
    std::shared_ptr<H2Stream> stream;
    {
        auto [near, far] = loop.pair();
        Peer client(loop, std::move(near), H2Role::Client, limits);
        RawEnd server(loop, std::move(far));
        stream = client.session.open();
        stream->sendRequest({"GET", "http", "a.test", "/"}, {}, true);
        EXPECT_TRUE(server.talk(frame(4, 0, 0, {}) + script("headers 1 :status=200 ; data 1 half"), [&] { return stream->data() == "half"; }));
        server.close();
        EXPECT_TRUE(loop.until([&] { return client.closed; }));
        EXPECT_TRUE(stream->reset());
        EXPECT_TRUE(stream->lost());
        EXPECT_EQ(client.session.active(), 0U);
    }
    // The session is gone, the stream is not.
    EXPECT_EQ(stream->data(), "half");
    stream->consume(4);
    stream->sendData("more", true);
    stream->resetWith(kH2Cancel);
    EXPECT_FALSE(stream->ended());
}

TEST(H2Session, NoticesPeersThatDoNothing) {
    const struct {
        const char* limit;
        std::string bytes;
        Limits limits;
    } cases[] = {
        {h2limit::kSettingsTime, "", [] { Limits limits; limits.h2.settings = base::Millis(120); return limits; }()},
        {h2limit::kSettingsTime, std::string(kPreface) + frame(4, 0, 0, {}), [] { Limits limits; limits.h2.settings = base::Millis(120); return limits; }()},
        {h2limit::kIdle, std::string(kPreface) + frame(4, 0, 0, {}) + frame(4, kAck, 0, {}), [] { Limits limits; limits.idle = base::Millis(120); return limits; }()},
        {h2limit::kHeadTime, std::string(kPreface) + frame(4, 0, 0, {}) + script("headers 1 open :method=GET"), [] { Limits limits; limits.headTime = base::Millis(120); return limits; }()},
    };
    for (const auto& test : cases) {
        SCOPED_TRACE(test.limit);
        Loop loop;
        auto [near, far] = loop.pair();
        Peer server(loop, std::move(far), H2Role::Server, test.limits);
        RawEnd client(loop, std::move(near));
        EXPECT_TRUE(client.talk(test.bytes, [] { return false; }));
        EXPECT_TRUE(client.closed());
        EXPECT_EQ(server.bitten[test.limit], 1);
        EXPECT_EQ(server.session.endCode(), test.limit);
        client.close();
        EXPECT_TRUE(server.finish());
    }
}

TEST(H2Session, CutsAPeerThatTakesNothing) {
    Limits limits;
    limits.writeStall = base::Millis(150);
    limits.h2.updatesPerData = 1000;
    Loop loop;
    auto [near, far] = loop.pair();
    Peer server(loop, std::move(far), H2Role::Server, limits);
    server.serve = [](std::shared_ptr<H2Stream> stream) -> net::Task<void> {
        stream->sendResponse(200, {}, false);
        static const std::string body(64 * 1024 * 1024, 'x');
        static_cast<void>(co_await writeAll(stream, body, true));
    };
    // A window for all of it, and then nobody who reads.
    std::string bytes = std::string(kPreface) + frame(4, 0, 0, std::string("\0\4", 2) + number32(0x7fffffff)) + frame(4, kAck, 0, {}) +
                        frame(8, 0, 0, number32(0x7fff0000)) + script("get 1");
    ASSERT_EQ(::send(near.native_handle(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    EXPECT_TRUE(loop.until([&] { return server.closed; }));
    EXPECT_EQ(server.bitten[h2limit::kWriteStall], 1);
    EXPECT_TRUE(server.finish());
}

TEST(H2Session, BeginsAFewNewStreamsPerTurn) {
    Loop loop;
    auto [near, far] = loop.pair();
    Peer server(loop, std::move(far), H2Role::Server);
    RawEnd client(loop, std::move(near));
    std::vector<int> steps;
    int seen = 0;
    EXPECT_TRUE(client.talk(std::string(kPreface) + frame(4, 0, 0, {}) + script("gets 1 40"), [&] {
        if (server.requests != seen) steps.push_back(server.requests - seen);
        seen = server.requests;
        return seen == 40;
    }));
    EXPECT_EQ(server.kept.size(), 40U);
    EXPECT_EQ(server.session.active(), 40U);
    client.close();
    EXPECT_TRUE(server.finish());
}

TEST(H2Session, RefusesStreamsBeyondItsLimit) {
    Limits few;
    few.h2.streams = 3;
    Loop loop;
    auto [near, far] = loop.pair();
    Peer server(loop, std::move(far), H2Role::Server, few);
    RawEnd client(loop, std::move(near));
    EXPECT_TRUE(client.talk(std::string(kPreface) + frame(4, 0, 0, {}) + script("gets 1 5"), [&] {
        return client.reader.answers[9].reset >= 0 || !client.reader.goaways.empty();
    }));
    EXPECT_EQ(server.kept.size(), 3U);
    EXPECT_GE(server.bitten[h2limit::kStreams], 1);
    client.close();
    EXPECT_TRUE(server.finish());
}

TEST(H2Session, EndsAConnectionWhoseStreamsAreMostlyReset) {
    // Slow enough for the bucket, so that the share is what bites.
    Limits limits;
    limits.h2.resetBurst = 100'000;
    Loop loop;
    auto [near, far] = loop.pair();
    Peer server(loop, std::move(far), H2Role::Server, limits);
    RawEnd client(loop, std::move(near));
    EXPECT_TRUE(client.talk(std::string(kPreface) + frame(4, 0, 0, {}) + script("rapid 1 260"), [&] { return !client.reader.goaways.empty(); }));
    EXPECT_EQ(server.bitten[h2limit::kResetShare], 1);
    EXPECT_EQ(client.reader.goaways.back().second, kH2EnhanceYourCalm);
    client.close();
    EXPECT_TRUE(server.finish());
}

TEST(H2Session, SurvivesRandomResetsAndAborts) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    Limits limits;
    limits.h2.resetBurst = 1e9;
    limits.h2.resetShareAfter = 1'000'000'000;
    Two two(limits, limits);
    two.server.serve = echo;
    const auto body = someBytes(100'000);
    for (int round = 0; round < 60; ++round) {
        std::vector<std::shared_ptr<H2Stream>> streams;
        std::vector<Reply> replies(20);
        for (auto& reply : replies) {
            auto stream = two.client.session.open();
            if (!stream) break;
            two.loop.spawn(exchange(stream, "POST", "/", body.substr(0, 1 + random() % body.size()), reply));
            streams.push_back(std::move(stream));
        }
        for (int turns = random() % 200; turns > 0; --turns) two.loop.io.poll_one();
        for (auto& stream : streams)
            if (random() % 2 == 0) stream->resetWith(kH2Cancel);
        streams.clear();
        EXPECT_TRUE(two.loop.until([&] {
            return std::all_of(replies.begin(), replies.end(), [](const Reply& reply) { return reply.done; });
        }));
        ASSERT_FALSE(two.client.closed) << two.client.session.endReason() << two.server.session.endReason();
    }
    EXPECT_TRUE(two.loop.until([&] { return two.client.session.active() == 0 && two.server.session.active() == 0; }));
}

}  // namespace
}  // namespace gatehouse::http
