// Frames that peers should not send, and some that they may: tests/vectors/http/h2_*.txt in both roles.
#include "core/http/h2_test_support.h"

namespace gatehouse::http {
namespace {

using namespace h2test;

TEST(H2RequestVectors, AreServedOrRefusedAsTheySay) {
    for (const auto& test : loadCases("h2_requests.txt")) {
        SCOPED_TRACE(testing::Message() << "line " << test.line << ": " << test.name);
        Loop loop;
        auto [near, far] = loop.pair();
        Peer server(loop, std::move(far), H2Role::Server);
        server.serve = describe;
        RawEnd client(loop, std::move(near));
        const auto& answer = client.reader.answers[1];
        EXPECT_TRUE(client.talk(std::string(kPreface) + frame(4, 0, 0, {}) + script(test.rest), [&] {
            return (answer.ended && test.expected.find("goaway") == std::string::npos) || answer.reset > 0 ||
                   (!client.reader.goaways.empty() && client.reader.goaways.back().second != 0);
        }));
        std::string got;
        if (answer.ended) got = std::to_string(answer.statuses.back()) + " " + answer.body;
        else if (!client.reader.goaways.empty()) got = "goaway " + std::to_string(client.reader.goaways.back().second);
        else got = "rst " + std::to_string(answer.reset);
        if (test.expected.starts_with("goaway")) {
            got = client.reader.goaways.empty() ? got : "goaway " + std::to_string(client.reader.goaways.back().second);
            for (const auto& [limit, count] : server.bitten)
                if (test.expected.ends_with(limit)) got += " " + limit;
            EXPECT_NE(server.session.endReason(), "");
            EXPECT_NE(server.session.endCode(), "");
        }
        const auto plus = test.expected.find(" +");
        if (plus != std::string::npos) {
            const auto wanted = test.expected.substr(0, plus + 1) + test.expected.substr(plus + 2);
            EXPECT_EQ(got.substr(0, wanted.size()), wanted);
        } else {
            EXPECT_EQ(got, test.expected);
        }
        client.close();
        EXPECT_TRUE(server.finish());
        EXPECT_EQ(server.session.active(), 0U);
    }
}

net::Task<void> ask(H2Session& session, std::string method, std::string& got) {
    const auto stream = session.open();
    if (!stream) {
        got = "none";
        co_return;
    }
    stream->sendRequest({method, "http", "a.test", "/"}, {}, true);
    std::string interim;
    const auto failed = [&] {
        if (stream->refusal() != nullptr) got = std::string("bad ") + stream->refusal()->sentence;
        else if (stream->reset()) got = stream->lost() && stream->resetCode() == kH2Cancel ? "lost" : "reset " + std::to_string(stream->resetCode());
        return !got.empty();
    };
    while (true) {
        if (failed()) co_return;
        if (stream->headReady()) {
            if (stream->response().status >= 200) break;
            interim += " interim=" + std::to_string(stream->response().status);
            stream->nextHead();
            continue;
        }
        const bool woken = co_await next(*stream);
        if (!woken) {
            got = "nothing";
            co_return;
        }
    }
    std::string body;
    const bool whole = co_await readAll(stream, body);
    if (!whole) {
        if (!failed()) got = "nothing";
        co_return;
    }
    got = std::to_string(stream->response().status) + " " + bodyName(stream->framing().body) + interim;
    if (!body.empty()) got += " body=" + body;
    for (const auto& field : stream->trailers().fields()) got += " trailer=" + std::string(field.name);
}

TEST(H2ResponseVectors, AreReadOrRefusedAsTheySay) {
    for (const auto& test : loadCases("h2_responses.txt")) {
        SCOPED_TRACE(testing::Message() << "line " << test.line << ": " << test.name);
        Loop loop;
        auto [near, far] = loop.pair();
        Peer client(loop, std::move(near), H2Role::Client);
        RawEnd server(loop, std::move(far));
        std::string got;
        loop.spawn(ask(client.session, test.name.starts_with("HEAD:") ? "HEAD" : "GET", got));
        EXPECT_TRUE(server.talk(frame(4, 0, 0, {}), [&] { return true; }));
        // The preface is not a frame.
        EXPECT_TRUE(server.talk(script(test.rest), [&] { return !got.empty(); }));
        EXPECT_TRUE(loop.until([&] { return !got.empty(); }));
        EXPECT_EQ(got, test.expected);
        server.close();
        EXPECT_TRUE(client.finish());
        EXPECT_EQ(client.session.active(), 0U);
    }
}

TEST(H2Preface, IsToldFromHttp1AsEarlyAsItCanBe) {
    using Preface = H2Session::Preface;
    for (std::size_t size = 0; size < kPreface.size(); ++size)
        EXPECT_EQ(H2Session::looksLikePreface(kPreface.substr(0, size)), Preface::NeedMore) << size;
    EXPECT_EQ(H2Session::looksLikePreface(kPreface), Preface::Yes);
    EXPECT_EQ(H2Session::looksLikePreface(std::string(kPreface) + "more"), Preface::Yes);
    EXPECT_EQ(H2Session::looksLikePreface("G"), Preface::No);
    EXPECT_EQ(H2Session::looksLikePreface("POST / HTTP/1.1\r\n"), Preface::No);
    EXPECT_EQ(H2Session::looksLikePreface("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"), Preface::No);
}

}  // namespace
}  // namespace gatehouse::http
