// Messages of gRPC in the bytes of a stream, at any split.
#include "gateway/grpc_frames.h"

#include <gtest/gtest.h>

#include <vector>

namespace gatehouse::gateway {
namespace {

using namespace std::string_literals;

std::vector<std::string> read(GrpcFrames& frames) {
    std::vector<std::string> messages;
    while (const auto message = frames.next()) messages.emplace_back(*message);
    return messages;
}

TEST(GrpcFrames, FramesAsDocumented) {
    EXPECT_EQ(GrpcFrames::framed("abc"), "\0\0\0\0\x03"s + "abc");
    EXPECT_EQ(GrpcFrames::framed(std::string(0x10203, 'x')).substr(0, 5), "\0\0\x01\x02\x03"s);
}

TEST(GrpcFrames, SaysTheSameAtAnySplit) {
    const std::vector<std::string> sent{"first", "", std::string(300, 'y'), "\0\0\0"s};
    std::string bytes;
    for (const auto& message : sent) bytes += GrpcFrames::framed(message);
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        GrpcFrames frames(1000);
        std::vector<std::string> got;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            frames.add(std::string_view(bytes).substr(at, step));
            for (auto& message : read(frames)) got.push_back(std::move(message));
        }
        ASSERT_EQ(got, sent) << "step " << step;
        EXPECT_FALSE(frames.within());
        EXPECT_EQ(frames.error(), GrpcStatus::Ok);
    }
}

TEST(GrpcFrames, ManySmallMessagesCostNoMoveEach) {
    // Quadratic time would be minutes.
    std::string bytes;
    for (int i = 0; i < 400'000; ++i) bytes += GrpcFrames::framed("x");
    GrpcFrames frames(10);
    frames.add(bytes);
    EXPECT_EQ(read(frames).size(), 400'000U);
}

TEST(GrpcFrames, RefusesLongAndCompressedMessages) {
    GrpcFrames longer(4);
    longer.add(GrpcFrames::framed("1234") + GrpcFrames::framed("12345") + GrpcFrames::framed("1"));
    EXPECT_EQ(read(longer).size(), 1U);
    EXPECT_EQ(longer.error(), GrpcStatus::ResourceExhausted);
    EXPECT_TRUE(read(longer).empty());

    GrpcFrames huge(4);
    huge.add("\0\xff\xff\xff\xff"s);
    EXPECT_TRUE(read(huge).empty());
    EXPECT_EQ(huge.error(), GrpcStatus::ResourceExhausted);

    GrpcFrames compressed(4);
    compressed.add("\x01\0\0\0\x01x"s);
    EXPECT_TRUE(read(compressed).empty());
    EXPECT_EQ(compressed.error(), GrpcStatus::Unimplemented);
}

TEST(GrpcFrames, KnowsOfAMessageThatIsCutOff) {
    GrpcFrames frames(10);
    frames.add(GrpcFrames::framed("1234").substr(0, 7));
    EXPECT_TRUE(read(frames).empty());
    EXPECT_TRUE(frames.within());
}

TEST(GrpcFrames, KnowsItsContentTypes) {
    for (const auto* type : {"application/grpc", "application/grpc+proto", "Application/gRPC; x=1"}) EXPECT_TRUE(isGrpcType(type)) << type;
    for (const auto* type : {"", "application/grpc-web", "application/grpc-web+proto", "application/json", "application/grp"}) EXPECT_FALSE(isGrpcType(type)) << type;
}

TEST(GrpcFrames, EncodesStatusMessages) {
    std::string out;
    encodeGrpcMessage("100 %\nü", out);
    EXPECT_EQ(out, "100 %25%0A%C3%BC");
}

}  // namespace
}  // namespace gatehouse::gateway
