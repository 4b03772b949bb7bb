// The wire format of protocol buffers, by the examples of its documentation, and against hostile bytes.
#include "gateway/protobuf.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace gatehouse::gateway {
namespace {

using namespace std::string_literals;

TEST(Protobuf, WritesTheDocumentedBytes) {
    EXPECT_EQ(ProtoWriter().varint(1, 150).take(), "\x08\x96\x01");
    EXPECT_EQ(ProtoWriter().bytes(2, "testing").take(), "\x12\x07testing");
    EXPECT_EQ(ProtoWriter().message(3, ProtoWriter().varint(1, 150)).take(), "\x1a\x03\x08\x96\x01");
    EXPECT_EQ(ProtoWriter().varint(1, 0).take(), "\x08\0"s);
    EXPECT_EQ(ProtoWriter().varint(16, ~std::uint64_t{0}).take(), "\x80\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

TEST(Protobuf, ReadsWhatItWrites) {
    const auto message = ProtoWriter().varint(1, 150).bytes(2, "").bytes(536'870'911, "last").varint(3, ~std::uint64_t{0}).take();
    ProtoReader reader(message);
    ASSERT_TRUE(reader.next());
    EXPECT_TRUE(reader.isVarint());
    EXPECT_EQ(reader.field(), 1U);
    EXPECT_EQ(reader.varint(), 150U);
    ASSERT_TRUE(reader.next());
    EXPECT_TRUE(reader.isBytes());
    EXPECT_EQ(reader.bytes(), "");
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.field(), 536'870'911U);
    EXPECT_EQ(reader.bytes(), "last");
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.varint(), ~std::uint64_t{0});
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.broken());
}

TEST(Protobuf, PassesOverNumbersOfFixedSize) {
    const auto message = "\x09"s + "12345678" + "\x15" + "1234" + "\x18\x05";
    ProtoReader reader(message);
    ASSERT_TRUE(reader.next());
    EXPECT_FALSE(reader.isBytes());
    EXPECT_FALSE(reader.isVarint());
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.field(), 2U);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.varint(), 5U);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.broken());
}

TEST(Protobuf, RefusesWhatIsNoMessage) {
    const std::string cases[] = {
        "\x08",                                                  // A number that is not there.
        "\x08\x80",                                              // A number that goes on.
        "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",          // More than 64 bits.
        "\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",      // More than ten bytes.
        "\x12\x05" "abcd",                                       // Bytes that end early.
        "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01" "abcd",   // As many as there can be.
        "\x0b\x0c",                                              // A group.
        "\x0e", "\x0f",                                          // Wire types that there are not.
        "\x00\x00"s,                                             // Field 0.
        "\x80\x80\x80\x80\x10\x00"s,                             // A field beyond the highest number.
        "\x09" "1234567", "\x15" "123",                          // Numbers of fixed size that end early.
        "\x80",                                                  // A tag that goes on.
    };
    for (const auto& bytes : cases) {
        ProtoReader reader(bytes);
        while (reader.next()) {
        }
        EXPECT_TRUE(reader.broken()) << ::testing::PrintToString(bytes);
        EXPECT_FALSE(reader.next());
        EXPECT_TRUE(reader.bytes().empty());
    }
}

TEST(Protobuf, NeverLeavesItsBytes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : random() % 24);
        ProtoReader reader(bytes);
        std::size_t fields = 0;
        while (reader.next()) {
            ++fields;
            if (reader.bytes().empty()) continue;
            ASSERT_GE(reader.bytes().data(), bytes.data());
            ASSERT_LE(reader.bytes().data() + reader.bytes().size(), bytes.data() + bytes.size());
        }
        ASSERT_LE(fields, bytes.size());
    }
}

}  // namespace
}  // namespace gatehouse::gateway
