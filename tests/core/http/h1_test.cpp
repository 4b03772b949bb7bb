// Heads and bodies against tests/vectors/http, each case whole, byte by byte, and cut at a random place.
#include "core/http/vectors.h"
#include "http/chunked.h"
#include "http/h1.h"
#include "http/uri.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

namespace gatehouse::http {
namespace {

/// The bytes of each case are what its line ends with.
std::vector<Case> load(const std::string& file) {
    auto cases = loadCases(file);
    for (auto& test : cases) test.rest = unescape(test.rest);
    return cases;
}

const char* bodyName(BodyKind kind) {
    switch (kind) {
        case BodyKind::None: return "none";
        case BodyKind::Length: return "length";
        case BodyKind::Chunked: return "chunked";
        case BodyKind::UntilClose: return "close";
    }
    return "";
}

/// Feeds the prefixes that `ends` names, then everything.
template <class Parse>
ParseState feed(std::string_view bytes, std::size_t step, Parse&& parse) {
    auto state = ParseState::NeedMore;
    for (std::size_t end = step; state == ParseState::NeedMore; end += step) {
        // A copy each time: the parser may not keep pointers into what it was given.
        const std::string moved(bytes.substr(0, std::min(end, bytes.size())));
        state = parse(moved);
        if (end >= bytes.size()) break;
    }
    return state;
}

TEST(RequestHeadVectors, AreReadOrRefusedAsTheySay) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const Limits limits;
    for (const auto& test : load("requests.txt"))
        for (const std::size_t step : {test.rest.size(), std::size_t{1}, 1 + random() % test.rest.size()}) {
            SCOPED_TRACE(testing::Message() << "line " << test.line << ": " << test.name << ", step " << step);
            RequestHead head;
            RequestParser parser(limits);
            const auto state = feed(test.rest, step, [&](std::string_view input) { return parser.parse(input, head); });
            std::string got;
            if (state == ParseState::Failed) got = std::to_string(parser.refusal().status);
            else if (state == ParseState::NeedMore) got = "incomplete";
            else
                got = "ok " + std::string(head.path) + " " + std::string(head.host) + " " +
                      bodyName(parser.framing().body);
            EXPECT_EQ(got, test.expected);
            if (state == ParseState::Failed) {
                EXPECT_NE(std::string(parser.refusal().sentence), "");
            }
        }
}

TEST(ResponseHeadVectors, AreReadOrRefusedAsTheySay) {
    const Limits limits;
    for (const auto& test : load("responses.txt"))
        for (const std::size_t step : {test.rest.size(), std::size_t{1}}) {
            SCOPED_TRACE(testing::Message() << "line " << test.line << ": " << test.name << ", step " << step);
            ResponseHead head;
            ResponseParser parser(limits);
            const auto state =
                feed(test.rest, step, [&](std::string_view input) { return parser.parse(input, false, head); });
            std::string got = "bad";
            if (state == ParseState::NeedMore) got = "incomplete";
            if (state == ParseState::Done)
                got = "ok " + std::to_string(head.status) + " " + bodyName(parser.framing().body) +
                      (parser.framing().keepAlive ? " keep" : " close");
            EXPECT_EQ(got, test.expected);
        }
}

TEST(ChunkVectors, AreReadOrRefusedAsTheySay) {
    for (const auto& test : load("chunks.txt"))
        for (const std::size_t step : {test.rest.size(), std::size_t{1}, std::size_t{3}}) {
            SCOPED_TRACE(testing::Message() << "line " << test.line << ": " << test.name << ", step " << step);
            ChunkedDecoder decoder;
            std::string body;
            auto state = ChunkedDecoder::State::NeedMore;
            std::size_t at = 0;
            while (at < test.rest.size() && state != ChunkedDecoder::State::Done &&
                   state != ChunkedDecoder::State::Failed) {
                auto input = std::string_view(test.rest).substr(at, step);
                std::string_view data;
                while ((state = decoder.next(input, data)) == ChunkedDecoder::State::Data) body += data;
                at += std::min(step, test.rest.size() - at) - input.size();
            }
            if (test.expected == "bad") {
                EXPECT_EQ(state, ChunkedDecoder::State::Failed);
                continue;
            }
            EXPECT_EQ(state, ChunkedDecoder::State::Done);
            EXPECT_EQ("ok " + body, test.expected);
            const auto end = test.rest.find("GET");
            EXPECT_EQ(at, end == std::string::npos ? test.rest.size() : end) << "nothing after the body may be read";
        }
}

TEST(HeadLimits, AreAnsweredWithTheirStatus) {
    Limits limits;
    const auto status = [&](const std::string& bytes) {
        RequestHead head;
        RequestParser parser(limits);
        return parser.parse(bytes, head) == ParseState::Failed ? parser.refusal().status : 0;
    };
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\n";
    EXPECT_EQ(status("GET /" + std::string(limits.targetBytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    EXPECT_EQ(status("GET /" + std::string(limits.headBytes, 'a')), 414) << "before the line has ended";
    EXPECT_EQ(status(start + "X: " + std::string(limits.headBytes, 'a')), 431);
    std::string many = start;
    for (std::size_t i = 0; i < limits.headFields; ++i) many += "X: 1\r\n";
    EXPECT_EQ(status(many + "\r\n"), 431);
    EXPECT_EQ(status(start + "X: " + std::string(limits.headBytes / 2, 'a') + "\r\n\r\n"), 0);
}

TEST(ForwardableFields, LeaveOutWhatConcernsOneConnection) {
    RequestHead head;
    const Limits limits;
    RequestParser good(limits);
    ASSERT_EQ(good.parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: x-one\r\nConnection: X-Two, close\r\nX-One: 1\r\nX-Two: 2\r\n"
                         "X-Three: 3\r\nKeep-Alive: 1\r\nContent-Length: 2\r\n\r\n", head), ParseState::Done);
    HeadWriter out;
    out.forwardable(head.headers);
    EXPECT_EQ(out.view(), "Host: a\r\nX-Three: 3\r\n");
    EXPECT_FALSE(good.framing().keepAlive);
}

TEST(ChunkHead, IsHexadecimal) {
    EXPECT_EQ(ChunkHead(0).view(), "0\r\n");
    EXPECT_EQ(ChunkHead(10).view(), "a\r\n");
    EXPECT_EQ(ChunkHead(65536).view(), "10000\r\n");
}

TEST(QueryValue, IsTheFirstDecodedOne) {
    Arena arena;
    std::string_view value;
    EXPECT_TRUE(queryValue("a=1&b=x%20y+z&a=2", "a", arena, value));
    EXPECT_EQ(value, "1");
    EXPECT_TRUE(queryValue("a=1&b=x%20y+z", "b", arena, value));
    EXPECT_EQ(value, "x y z");
    EXPECT_TRUE(queryValue("a%62=1", "ab", arena, value));
    EXPECT_TRUE(queryValue("flag&x", "flag", arena, value));
    EXPECT_EQ(value, "");
    EXPECT_FALSE(queryValue("A=1", "a", arena, value));
    EXPECT_FALSE(queryValue("", "a", arena, value));
}

}  // namespace
}  // namespace gatehouse::http
