// Messages of external processing: what a proxy says is read whatever else it says, and what is answered has the published shape.
#include "gateway/ext_proc.h"

#include "core/gateway/ext_proc_messages.h"

#include <gtest/gtest.h>

#include <random>

namespace gatehouse::gateway::ext_proc {
namespace {

namespace wire = test::ext_proc;

TEST(ExtProc, ReadsHeaders) {
    auto message = wire::headers({{":method", "POST"}, {"X-Mixed", "1"}, {"x-mixed", "2"}}, true);
    wire::addModes(message, wire::kBuffered, wire::kDuplex);
    const auto read = readRequest(message.view());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->part, Part::RequestHeaders);
    EXPECT_TRUE(read->end);
    EXPECT_EQ(read->header(":method"), "POST");
    EXPECT_EQ(read->header("x-mixed"), "1");
    EXPECT_EQ(read->header("none"), "");
    EXPECT_EQ(read->requestMode, BodyMode::Buffered);
    EXPECT_EQ(read->responseMode, BodyMode::FullDuplex);
    EXPECT_FALSE(read->subset);
    EXPECT_FALSE(read->observing);
}

TEST(ExtProc, ReadsAnOldValueAsARawOne) {
    const auto header = ProtoWriter().message(1, ProtoWriter().bytes(1, ":path").bytes(2, "/old").bytes(3, ""));
    const auto message = ProtoWriter().message(2, ProtoWriter().message(1, header));
    const auto read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->header(":path"), "/old");
}

TEST(ExtProc, AModeThatIsNotWrittenIsNone) {
    auto message = wire::headers({}, false);
    wire::addModes(message, wire::kNone, wire::kNone);
    auto read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->requestMode, BodyMode::None);
    EXPECT_EQ(read->responseMode, BodyMode::None);
    read = readRequest(wire::headers({}, false).view());
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->requestMode) << "nothing was told";
    message = wire::headers({}, false);
    wire::addModes(message, 5, 99);
    read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->requestMode, BodyMode::None) << "a mode that is not known";
}

TEST(ExtProc, ReadsBodiesAndTrailers) {
    for (const bool ofAnswer : {false, true}) {
        const auto message = wire::body("bytes", !ofAnswer, ofAnswer);
        const auto body = readRequest(message.view());
        ASSERT_TRUE(body);
        EXPECT_EQ(body->part, ofAnswer ? Part::ResponseBody : Part::RequestBody);
        EXPECT_EQ(body->body, "bytes");
        EXPECT_EQ(body->end, !ofAnswer);
        const auto end = wire::trailers(ofAnswer);
        const auto trailers = readRequest(end.view());
        ASSERT_TRUE(trailers);
        EXPECT_EQ(trailers->part, ofAnswer ? Part::ResponseTrailers : Part::RequestTrailers);
        EXPECT_TRUE(trailers->end);
    }
}

TEST(ExtProc, ReadsASubsetAsTextOrList) {
    const auto subsetOf = [](const ProtoWriter& value) -> std::optional<std::vector<std::string>> {
        auto message = wire::headers({}, false);
        wire::addSubset(message, value);
        const auto read = readRequest(message.view());
        EXPECT_TRUE(read);
        if (!read || !read->subset) return std::nullopt;
        return std::vector<std::string>(read->subset->begin(), read->subset->end());
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(subsetOf(wire::text("10.0.0.1:80")), Names{"10.0.0.1:80"});
    EXPECT_EQ(subsetOf(wire::text(" a:1 ,, b:2,")), (Names{"a:1", "b:2"}));
    EXPECT_EQ(subsetOf(wire::list({"a:1", "b:2, c:3"})), (Names{"a:1", "b:2", "c:3"}));
    EXPECT_EQ(subsetOf(wire::text("")), Names{}) << "there, but empty";
    EXPECT_EQ(subsetOf(wire::list({})), Names{});
    EXPECT_EQ(subsetOf(ProtoWriter().varint(4, 1)), Names{}) << "no text at all";

    auto other = wire::headers({}, false);
    wire::addMetadata(other, "elsewhere", "x-gateway-destination-endpoint-subset", wire::text("a:1"));
    EXPECT_FALSE(readRequest(other.view())->subset);
    std::string many;
    for (int i = 0; i < 10'001; ++i) many += "a,";
    auto message = wire::headers({}, false);
    wire::addSubset(message, wire::text(many));
    EXPECT_FALSE(readRequest(message.view())) << "more endpoints than there can be";
}

TEST(ExtProc, AListInAListIsNotFollowed) {
    auto value = wire::text("a:1");
    for (int depth = 0; depth < 10'000; ++depth) value = ProtoWriter().message(6, ProtoWriter().message(1, value));
    auto message = wire::headers({}, false);
    wire::addSubset(message, value);
    const auto read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->subset && read->subset->empty());
}

TEST(ExtProc, ReadsWhoServed) {
    auto message = wire::headers({{":status", "200"}}, false, true);
    wire::addMetadata(message, "envoy.lb", "x-gateway-destination-endpoint-served", wire::text("10.0.0.2:8000"));
    const auto read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->served, "10.0.0.2:8000");
    EXPECT_FALSE(read->subset);
}

TEST(ExtProc, PassesOverWhatItDoesNotKnow) {
    auto message = wire::body("bytes", true);
    message.varint(10, 1).bytes(9, "attributes").varint(99, 7).bytes(100, "\xff\xff").varint(8, 3);
    const auto read = readRequest(message.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->body, "bytes");
    EXPECT_TRUE(read->observing);
}

TEST(ExtProc, RefusesWhatIsNone) {
    const auto inside = [](std::uint32_t field, const std::string& bytes) { return ProtoWriter().bytes(field, bytes).take(); };
    const std::string cases[] = {"", "\xff", inside(2, "\xff"), inside(4, "\x0a\x05"), inside(2, inside(1, "\xff")), inside(2, inside(1, inside(1, "\x0a\x7f"))),
                                 inside(8, inside(1, "\xff")), inside(11, "\xff"), ProtoWriter().varint(2, 1).take(), inside(9, "only attributes")};
    for (const auto& bytes : cases) {
        const auto read = readRequest(bytes);
        ASSERT_FALSE(read) << ::testing::PrintToString(bytes);
        EXPECT_EQ(read.error().code, "bad-message");
    }
    std::vector<std::pair<std::string, std::string>> many(1'001, {"a", "b"});
    EXPECT_FALSE(readRequest(wire::headers(many, true).view())) << "more headers than a proxy takes";
}

TEST(ExtProc, CutOffAnywhereItIsRefusedOrShorter) {
    auto message = wire::headers({{":method", "POST"}, {":path", "/v1"}}, true);
    wire::addSubset(message, wire::list({"a:1", "b:2"}));
    const auto& whole = message.view();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string cut = whole.substr(0, size);
        const auto read = readRequest(cut);
        if (!read) continue;
        for (const auto& [name, value] : read->headers) EXPECT_TRUE(name.empty() || name.data() + name.size() <= cut.data() + cut.size());
    }
}

TEST(ExtProc, TellsAnEndpointAsHeaderAndMetadata) {
    const auto answer = headersAnswer(Part::RequestHeaders, {{{"content-length", "7"}}, {"x-old"}, "10.0.0.1:8000,10.0.0.2:8000"});
    EXPECT_EQ(wire::partOf(answer), 1U);
    EXPECT_EQ(wire::toldBy(answer), "10.0.0.1:8000,10.0.0.2:8000");
    EXPECT_EQ(wire::at(answer, {8, 1, 1}), "envoy.lb");
    EXPECT_EQ(wire::at(answer, {8, 1, 2, 5, 1, 1}), "x-gateway-destination-endpoint");
    const auto mutation = wire::at(answer, {1, 1, 2}).value();
    EXPECT_EQ(wire::setBy(mutation), (wire::Fields{{"x-gateway-destination-endpoint", "10.0.0.1:8000,10.0.0.2:8000"}, {"content-length", "7"}}));
    EXPECT_EQ(wire::at(mutation, {1, 3}), "2") << "what the client sent by that name is replaced";
    EXPECT_EQ(wire::at(mutation, {2}), "x-old");
    EXPECT_EQ(wire::at(answer, {1, 1, 5}), "1") << "clear_route_cache";
}

TEST(ExtProc, AnswersThatChangeNothingSayNothing) {
    EXPECT_EQ(headersAnswer(Part::ResponseHeaders, {}), ProtoWriter().message(2, ProtoWriter().message(1, ProtoWriter())).view());
    EXPECT_EQ(bodyAnswer(Part::ResponseBody, {}, std::nullopt), ProtoWriter().message(4, ProtoWriter().message(1, ProtoWriter())).view());
    EXPECT_EQ(trailersAnswer(Part::RequestTrailers), ProtoWriter().message(5, ProtoWriter()).view());
    EXPECT_EQ(trailersAnswer(Part::ResponseTrailers), ProtoWriter().message(6, ProtoWriter()).view());
}

TEST(ExtProc, GivesABodyBackWholeOrInPieces) {
    EXPECT_EQ(wire::at(bodyAnswer(Part::RequestBody, {}, "new"), {3, 1, 3, 1}), "new");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kPiece, kPiece + 1, 3 * kPiece}) {
        std::vector<Answer> answers;
        const std::string body(size, 'b');
        addStreamed(Part::RequestBody, body, true, answers);
        ASSERT_EQ(answers.size(), std::max<std::size_t>(1, (size + kPiece - 1) / kPiece));
        std::string back;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            EXPECT_EQ(wire::partOf(answers[i]), 3U);
            back += wire::at(answers[i], {3, 1, 3, 3, 1}).value_or("");
            EXPECT_EQ(wire::at(answers[i], {3, 1, 3, 3, 2}).has_value(), i + 1 == answers.size()) << "only the last says that it is the last";
        }
        EXPECT_EQ(back, body);
    }
    std::vector<Answer> open;
    addStreamed(Part::ResponseBody, "piece", false, open);
    EXPECT_FALSE(wire::at(open.front(), {4, 1, 3, 3, 2}));
}

TEST(ExtProc, EndsARequestAtOnce) {
    const auto answer = immediateAnswer(429, {{"x-llm-d-request-dropped-reason", "rejected-saturated"}}, "{}", "why");
    EXPECT_EQ(wire::partOf(answer), 7U);
    EXPECT_EQ(wire::at(answer, {7, 1, 1}), "429");
    EXPECT_EQ(wire::setBy(wire::at(answer, {7, 2}).value()), (wire::Fields{{"x-llm-d-request-dropped-reason", "rejected-saturated"}}));
    EXPECT_EQ(wire::at(answer, {7, 3}), "{}");
    EXPECT_EQ(wire::at(answer, {7, 5}), "why");
}

TEST(ExtProc, HostileBytesAreReadOrRefused) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    auto message = wire::headers({{":method", "POST"}, {":path", "/v1/chat/completions"}}, false);
    wire::addModes(message, wire::kBuffered, wire::kBuffered);
    wire::addSubset(message, wire::list({"10.0.0.1:8000", "10.0.0.2:8000"}));
    for (int round = 0; round < 20'000; ++round) {
        auto bytes = message.view();
        for (unsigned changes = 1 + random() % 4; changes > 0; --changes) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto read = readRequest(bytes);
        if (!read) continue;
        EXPECT_NE(read->part, Part::None);
        for (const auto& [name, value] : read->headers) ASSERT_TRUE(value.empty() || (value.data() >= bytes.data() && value.data() + value.size() <= bytes.data() + bytes.size()));
    }
}

}  // namespace
}  // namespace gatehouse::gateway::ext_proc
