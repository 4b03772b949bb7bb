// AWS event-stream framing, against frames written by hand from the specification and by AWS's own clients.
#include "llm/dialect/aws_events.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace gatehouse::llm {
namespace {

std::string bytesOf(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

struct Seen {
    std::string messageType, eventType, contentType, payload;
};

std::vector<Seen> read(std::string_view bytes, std::string* broken = nullptr, bool* unfinished = nullptr) {
    std::vector<Seen> seen;
    AwsEventParser parser([&](const AwsEvent& event) { seen.push_back({event.messageType, event.eventType, event.contentType, std::string(event.payload)}); });
    parser.feed(bytes);
    if (broken != nullptr) *broken = parser.broken();
    if (unfinished != nullptr) *unfinished = parser.unfinished();
    return seen;
}

TEST(AwsEvents, ChecksumsAreThoseOfTheStandard) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
    EXPECT_EQ(crc32(""), 0U);
}

TEST(AwsEvents, KnownFramesAreReadAndWritten) {
    // The specification's own examples: an empty message, a payload alone.
    EXPECT_EQ(read(bytesOf("000000100000000005c248eb7d98c8ff")).size(), 1U);
    const auto payload = read(bytesOf("0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936"));
    ASSERT_EQ(payload.size(), 1U);
    EXPECT_EQ(payload[0].payload, "{'foo':'bar'}");
    // The same with a header of type text: content-type.
    const auto headed = bytesOf("0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1");
    ASSERT_EQ(read(headed).size(), 1U);
    EXPECT_EQ(read(headed)[0].payload, "{'foo':'bar'}");
}

TEST(AwsEvents, HeadersOfEveryTypeArePassedOver) {
    std::string headers;
    const auto header = [&](std::string_view name, char type, std::string_view value) {
        headers += static_cast<char>(name.size());
        headers.append(name) += type;
        headers += value;
    };
    header("yes", 0, "");
    header("no", 1, "");
    header("byte", 2, "x");
    header("short", 3, "xx");
    header("int", 4, "xxxx");
    header("long", 5, "xxxxxxxx");
    header("bytes", 6, std::string_view("\0\3abc", 5));
    header("time", 8, "xxxxxxxx");
    header("uuid", 9, "xxxxxxxxxxxxxxxx");
    header(":event-type", 7, std::string_view("\0\2ab", 4));
    const auto number = [](std::uint32_t value) {
        std::string bytes;
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFFU);
        return bytes;
    };
    std::string frame = number(static_cast<std::uint32_t>(16 + headers.size() + 2)) + number(static_cast<std::uint32_t>(headers.size()));
    frame += number(crc32(frame));
    frame += headers + "{}";
    frame += number(crc32(frame));
    std::string broken;
    const auto seen = read(frame, &broken);
    EXPECT_EQ(broken, "");
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].eventType, "ab");
    EXPECT_EQ(seen[0].payload, "{}");
}

TEST(AwsEvents, WhatIsWrittenIsReadAtAnySplit) {
    std::string bytes;
    writeAwsEvent(bytes, "messageStart", R"({"role":"assistant"})");
    writeAwsEvent(bytes, "throttlingException", R"({"message":"no"})", true);
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        std::vector<Seen> seen;
        AwsEventParser parser([&](const AwsEvent& event) { seen.push_back({event.messageType, event.eventType, event.contentType, std::string(event.payload)}); });
        parser.feed(std::string_view(bytes).substr(0, split));
        parser.feed(std::string_view(bytes).substr(split));
        ASSERT_EQ(seen.size(), 2U) << split;
        EXPECT_EQ(seen[0].messageType, "event");
        EXPECT_EQ(seen[0].eventType, "messageStart");
        EXPECT_EQ(seen[0].contentType, "application/json");
        EXPECT_EQ(seen[1].messageType, "exception");
        EXPECT_EQ(seen[1].eventType, "throttlingException");
        EXPECT_EQ(seen[1].payload, R"({"message":"no"})");
        EXPECT_FALSE(parser.unfinished());
    }
}

TEST(AwsEvents, EveryFlippedBitIsNoticed) {
    std::string bytes;
    writeAwsEvent(bytes, "messageStart", R"({"role":"assistant"})");
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        std::string broken;
        bool unfinished = false;
        EXPECT_TRUE(read(flipped, &broken, &unfinished).empty()) << bit;
        EXPECT_FALSE(broken.empty() && !unfinished) << bit;
        EXPECT_TRUE(bit >= 96 || !broken.empty()) << bit;
    }
}

TEST(AwsEvents, NothingIsReadAfterABrokenFrame) {
    std::string good;
    writeAwsEvent(good, "a", "{}");
    auto bad = good;
    bad.back() = static_cast<char>(bad.back() ^ 1);
    std::string broken;
    const auto seen = read(good + bad + good, &broken);
    EXPECT_EQ(seen.size(), 1U);
    EXPECT_NE(broken.find("checksum"), std::string::npos);
    bool unfinished = false;
    read(good.substr(0, good.size() - 1), &broken, &unfinished);
    EXPECT_EQ(broken, "");
    EXPECT_TRUE(unfinished);
}

TEST(AwsEvents, NoiseNeverPasses) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        std::string noise(random() % 200, '\0');
        for (auto& c : noise) c = static_cast<char>(random());
        EXPECT_TRUE(read(noise).empty());
    }
}

}  // namespace
}  // namespace gatehouse::llm
