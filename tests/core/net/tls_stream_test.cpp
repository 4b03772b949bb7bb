// The stream under TLS: much data, every kind of end, interrupts, and what it costs.
#include "core/net/tls_talk.h"
#include "net/client_hello.h"

#include <gtest/gtest.h>

#include <random>

#include <malloc.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace gatehouse::net {
namespace {

TEST_F(Session, CarriesMuchInBothDirections) {
    shake();
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    std::string bytes(9 * 1024 * 1024 + 17, '\0');
    for (auto& c : bytes) c = static_cast<char>(random());
    for (auto* from : {pair.client.get(), pair.server.get()}) {
        auto& to = from == pair.client.get() ? *pair.server : *pair.client;
        bool sent = false;
        std::string got;
        // The writer starts alone: it has to wait until somebody reads.
        pair.start(sendAll(*from, bytes, sent));
        pair.io.poll();
        EXPECT_FALSE(sent);
        pair.start(receiveAll(to, bytes.size(), got));
        pair.run();
        EXPECT_TRUE(sent);
        EXPECT_TRUE(got == bytes);
    }
}

TEST_F(Session, ReadsAndWritesAtOnce) {
    // As HTTP/2 does: on each side one coroutine reads while another writes.
    shake();
    std::string one(5 * 1024 * 1024, '\0'), other(one);
    for (std::size_t i = 0; i < one.size(); ++i) {
        one[i] = static_cast<char>(i * 7 >> 4);
        other[i] = static_cast<char>(i * 13 >> 5);
    }
    bool sentOne = false, sentOther = false;
    std::string gotOne, gotOther;
    pair.start(sendAll(*pair.client, one, sentOne));
    pair.start(sendAll(*pair.server, other, sentOther));
    pair.start(receiveAll(*pair.server, one.size(), gotOne));
    pair.start(receiveAll(*pair.client, other.size(), gotOther));
    pair.run();
    EXPECT_TRUE(sentOne && sentOther);
    EXPECT_TRUE(gotOne == one);
    EXPECT_TRUE(gotOther == other);
}

TEST_F(Session, TellsTheProperEndFromACutOne) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->shutdownSend();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Closed);
    // The other half still works.
    bool sent = false;
    std::string got;
    pair.both(sendAll(*pair.client, "last words", sent), receiveAll(*pair.server, 10, got));
    EXPECT_EQ(got, "last words");
    // A half-close of the socket, past TLS: what a third party could do too.
    ::shutdown(pair.client->socket().native_handle(), SHUT_WR);
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Truncated);
}

TEST_F(Session, ClosesProperlyAndAbortsImproperly) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->close();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Closed);
}

TEST_F(Session, AbortsWithAReset) {
    shake();
    IoEnd end = IoEnd::Ok;
    pair.server->abort();
    pair.start(receiveEnd(*pair.client, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Reset);
}

TEST_F(Session, DoesNotTakeTicketsForData) {
    shake();
    EXPECT_FALSE(pair.client->readableNow());
    bool sent = false;
    // The server's tickets go out before it waits; its wait then ends at the deadline.
    pair.server->deadline(base::MonoClock::now() + base::Millis(50));
    IoEnd end = IoEnd::Ok;
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Timeout);
    pair.server->deadline(Stream::kNever);
    EXPECT_FALSE(pair.client->readableNow()) << "tickets are not data";
    pair.start(sendAll(*pair.server, "x", sent));
    pair.run();
    EXPECT_TRUE(pair.client->readableNow());
    EXPECT_TRUE(pair.client->readableNow()) << "looking takes nothing away";
    EXPECT_EQ(pair.client->input(), "");
    std::string got;
    pair.start(receiveAll(*pair.client, 1, got));
    pair.run();
    EXPECT_EQ(got, "x");
    pair.server->close();
    EXPECT_TRUE(pair.client->readableNow());
}

TEST_F(Session, BreaksWhereARecordWasChanged) {
    shake();
    const char forged[] = "\x17\x03\x03\x00\x14" "12345678901234567890";
    ASSERT_EQ(::send(pair.client->socket().native_handle(), forged, 25, 0), 25);
    IoEnd end = IoEnd::Ok;
    pair.start(receiveEnd(*pair.server, end));
    pair.run();
    EXPECT_EQ(end, IoEnd::Reset);
    EXPECT_NE(pair.server->tlsError(), "");
}

TEST_F(Session, IsNotInterruptedByTicketsWhileItWrites) {
    shake();
    struct Writer {
        static Task<void> run(Stream& stream, Gather& out, IoEnd& end, bool& done) {
            const bool sent = co_await stream.write(out);
            end = sent ? IoEnd::Ok : stream.end();
            done = true;
        }
    };
    std::string bytes(8 * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 >> 3);
    Gather out;
    out.add(bytes);
    IoEnd end = IoEnd::Ok;
    bool done = false;
    pair.client->watch(pair.client.get(), Stream::Watch::BytesArrive);
    pair.start(Writer::run(*pair.client, out, end, done));
    // The server's tickets go out before its first wait; after that it does not read for a while.
    std::string begin;
    pair.start(receiveAll(*pair.server, 100, begin));
    const auto ticks = [&](int count) {
        for (int i = 0; i < count; ++i) {
            pair.sweeper.tick(base::MonoClock::now());
            pair.io.restart();
            pair.io.poll();
        }
    };
    for (const auto until = base::MonoClock::now() + base::Millis(10'000); begin.size() < 100 && base::MonoClock::now() < until;) ticks(1);
    ticks(40);
    ASSERT_EQ(begin.size(), 100U);
    EXPECT_FALSE(done) << "tickets are no answer";
    bool answered = false;
    pair.start(sendAll(*pair.server, "early answer", answered));
    for (const auto until = base::MonoClock::now() + base::Millis(10'000); !done && base::MonoClock::now() < until;) ticks(1);
    EXPECT_TRUE(done);
    EXPECT_EQ(end, IoEnd::OtherReadable);
    // The answer can be read to its end, though the server takes nothing more for now.
    pair.client->watch(nullptr, Stream::Watch::Nothing);
    std::string rest, answer, more;
    pair.start(receiveAll(*pair.client, 12, answer));
    pair.run();
    EXPECT_EQ(answer, "early answer");
    pair.both(receiveAll(*pair.client, 5, more), sendAll(*pair.server, "again", answered));
    EXPECT_EQ(more, "again");
    // What was interrupted goes on where it was, in whole records.
    done = false;
    pair.start(Writer::run(*pair.client, out, end, done));
    pair.start(receiveAll(*pair.server, bytes.size() - 100, rest));
    pair.run();
    EXPECT_EQ(end, IoEnd::Ok);
    EXPECT_TRUE(begin + rest == bytes);
}

TEST_F(Session, DoesNotPretendAProperEndInTheMiddleOfAMessage) {
    shake();
    const std::string bytes(8 * 1024 * 1024, 'b');
    bool sent = true;
    pair.server->deadline(base::MonoClock::now() + base::Millis(50));
    pair.start(sendAll(*pair.server, bytes, sent));
    pair.run();
    EXPECT_FALSE(sent);
    EXPECT_EQ(pair.server->end(), IoEnd::Timeout);
    pair.server->close();
    std::string got;
    pair.start(receiveAll(*pair.client, bytes.size(), got));
    pair.run();
    EXPECT_LT(got.size(), bytes.size());
    EXPECT_NE(pair.client->end(), IoEnd::Closed);
}

TEST(Tls, TakesUpWhatWasReadBefore) {
    // As the gateway does: read the ClientHello, choose by it, then hand the very bytes on.
    struct Chooser {
        static Task<void> run(Stream& stream, std::shared_ptr<const TlsServerContext> context, Side& side, std::string& name) {
            ClientHelloParser parser;
            while (parser.parse(stream.input()) == ClientHelloState::NeedMore) {
                const std::size_t bytes = co_await stream.receive();
                if (!stream.arrived(bytes)) co_return;
            }
            name = parser.hello().sni;
            co_await serve(stream, context, side);
        }
    };
    Loopback pair;
    Outcome outcome;
    std::string name;
    pair.both(Chooser::run(*pair.server, serverContext(serverOptions()), outcome.server, name),
              ask(*pair.client, clientContext(clientOptions()), outcome.client));
    EXPECT_TRUE(outcome.good());
    EXPECT_EQ(name, "shop.example");
}

TEST_F(Session, WaitsUntilItsEndIsOut) {
    shake();
    const std::string bytes(5 * 1024 * 1024, 'b');
    struct Last {
        static Task<void> run(Stream& stream, const std::string& bytes, bool& ended) {
            const bool sent = co_await test::send(stream, bytes);
            if (sent) ended = co_await stream.finishSending();
        }
    };
    bool ended = false;
    std::string got;
    pair.both(Last::run(*pair.server, bytes, ended), receiveAll(*pair.client, bytes.size() + 1, got));
    EXPECT_TRUE(ended);
    EXPECT_TRUE(got == bytes);
    EXPECT_EQ(pair.client->end(), IoEnd::Closed);
}

// ---- What it costs: printed, not judged.

double cpuSeconds() {
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

Task<void> answerMany(Stream& stream, int rounds, const std::string& response) {
    for (int i = 0; i < rounds; ++i) {
        while (stream.input().size() < 300) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) co_return;
        }
        stream.consume(300);
        Gather out;
        out.add(std::string_view(response).substr(0, 200));
        out.add(std::string_view(response).substr(200));
        const bool sent = co_await stream.write(out);
        if (!sent) co_return;
        stream.shrink();
    }
}
Task<void> askMany(Stream& stream, int rounds, const std::string& request, std::size_t answer) {
    for (int i = 0; i < rounds; ++i) {
        Gather out;
        out.add(request);
        const bool sent = co_await stream.write(out);
        if (!sent) co_return;
        while (stream.input().size() < answer) {
            const std::size_t bytes = co_await stream.receive();
            if (!stream.arrived(bytes)) co_return;
        }
        stream.consume(answer);
        stream.shrink();
    }
}

TEST_F(Session, PrintsItsCost) {
    constexpr int kRounds = 5000;
    const std::string request(300, 'q'), response(1200, 'r');
    const auto measure = [&] {
        const double before = cpuSeconds();
        pair.both(answerMany(*pair.server, kRounds, response), askMany(*pair.client, kRounds, request, response.size()));
        return (cpuSeconds() - before) / kRounds * 1e6;
    };
    measure();
    const double plain = measure();
    shake();
    measure();
    const double tls = measure();
    std::printf("CPU of both ends per request and response: plain %.2f us, TLS 1.3 %.2f us\n", plain, tls);

    constexpr std::size_t kSessions = 200;
    const auto server = serverContext(serverOptions());
    const auto client = clientContext(clientOptions());
    std::vector<std::unique_ptr<Loopback>> idle;
    const auto inUse = [] { return ::mallinfo2().uordblks + ::mallinfo2().hblkhd; };
    for (std::size_t i = 0; i < kSessions; ++i) idle.push_back(std::make_unique<Loopback>());
    const auto before = inUse();
    for (auto& one : idle) {
        bool a = false, b = false;
        one->both(shakeServer(*one->server, server, a), shakeClient(*one->client, client, b));
        ASSERT_TRUE(a && b);
        one->both(answerMany(*one->server, 1, response), askMany(*one->client, 1, request, response.size()));
    }
    const auto both = inUse();
    for (auto& one : idle) one->client = std::make_unique<Stream>(one->sweeper, Socket(one->io.get_executor()));
    const auto serverAlone = inUse();
    std::printf("Heap per idle TLS session: server %zu bytes, client %zu bytes\n", (serverAlone - before) / kSessions,
                (both - serverAlone) / kSessions);
}

}  // namespace
}  // namespace gatehouse::net
