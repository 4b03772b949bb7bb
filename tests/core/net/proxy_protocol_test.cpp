// The PROXY protocol: both versions, at every split, and what must be refused.
#include "net/proxy_protocol.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace gatehouse::net {
namespace {

const std::string kSignature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string number16(std::size_t value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value)};
}
std::string version2(int command, int family, const std::string& content) {
    return kSignature + static_cast<char>(command) + static_cast<char>(family) + number16(content.size()) + content;
}
const std::string kFour = std::string("\xc0\x00\x02\x01\xc6\x33\x64\x07", 8) + number16(56324) + number16(443);
const std::string kSix = std::string("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01", 16) +
                         std::string("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x02", 16) + number16(1) + number16(65535);

TEST(ProxyProtocol, TellsBothEndsAtEverySplit) {
    const struct {
        std::string bytes;
        const char* source;
        int sourcePort;
        const char* destination;
        int destinationPort;
    } cases[] = {
        {"PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n", "192.0.2.1", 56324, "198.51.100.7", 443},
        {"PROXY TCP6 2001:DB8:0::1 2001:db8::2 0 65535\r\n", "2001:db8::1", 0, "2001:db8::2", 65535},
        {version2(0x21, 0x11, kFour), "192.0.2.1", 56324, "198.51.100.7", 443},
        {version2(0x21, 0x21, kSix), "2001:db8::1", 1, "2001:db8::2", 65535},
        {version2(0x21, 0x11, kFour + "\x02" + number16(9) + "a.example"), "192.0.2.1", 56324, "198.51.100.7", 443},
    };
    for (const auto& expected : cases) {
        ProxyHeader header;
        for (std::size_t split = 0; split < expected.bytes.size(); ++split)
            ASSERT_EQ(parseProxyHeader(expected.bytes.substr(0, split), header), ProxyState::NeedMore) << split;
        ASSERT_EQ(parseProxyHeader(expected.bytes + "GET / HTTP/1.1\r\n", header), ProxyState::Done) << expected.bytes;
        EXPECT_EQ(header.size, expected.bytes.size());
        EXPECT_FALSE(header.local);
        EXPECT_EQ(header.sourceAddress, expected.source);
        EXPECT_EQ(header.sourcePort, expected.sourcePort);
        EXPECT_EQ(header.destinationAddress, expected.destination);
        EXPECT_EQ(header.destinationPort, expected.destinationPort);
    }
}

TEST(ProxyProtocol, KnowsHeadersWithoutAddresses) {
    const std::string unix(216, 'x');
    for (const auto& bytes :
         {std::string("PROXY UNKNOWN\r\n"), std::string("PROXY UNKNOWN anything 1 2\r\n"), version2(0x20, 0x00, ""),
          version2(0x20, 0x11, "skipped unseen"), version2(0x21, 0x00, "abc"), version2(0x21, 0x31, unix), version2(0x21, 0x12, kFour)}) {
        ProxyHeader header;
        ASSERT_EQ(parseProxyHeader(bytes, header), ProxyState::Done) << testing::PrintToString(bytes);
        EXPECT_TRUE(header.local);
        EXPECT_EQ(header.size, bytes.size());
        EXPECT_EQ(header.sourceAddress, "");
    }
}

TEST(ProxyProtocol, RefusesWhatIsNotExact) {
    ProxyHeader header;
    for (const auto* bytes : {"GET / HTTP/1.1\r\n", "PROXX ", "proxy TCP4", "\r\nPROXY", "\x16\x03\x01"})
        EXPECT_EQ(parseProxyHeader(bytes, header), ProxyState::NotProxy) << bytes;
    for (const std::string text :
         {"TCP4 192.0.2.1 198.51.100.7 56324 443 ", "TCP4  192.0.2.1 198.51.100.7 56324 443", "TCP4 192.0.2.1 198.51.100.7 56324",
          "TCP4 192.0.2.1 198.51.100.7 56324 443 1", "TCP4 192.0.2.01 198.51.100.7 56324 443", "TCP4 192.0.2 198.51.100.7 1 2",
          "TCP4 2001:db8::1 2001:db8::2 1 2", "TCP6 192.0.2.1 198.51.100.7 1 2", "TCP4 192.0.2.1 198.51.100.7 65536 443",
          "TCP4 192.0.2.1 198.51.100.7 +1 443", "TCP4 192.0.2.1 198.51.100.7 01 443", "TCP4 192.0.2.1 198.51.100.7 -1 443",
          "UDP4 192.0.2.1 198.51.100.7 1 443", "tcp4 192.0.2.1 198.51.100.7 1 443", "", " ", "TCP4\t192.0.2.1 198.51.100.7 1 443"})
        EXPECT_EQ(parseProxyHeader("PROXY " + text + "\r\n", header), ProxyState::Malformed) << text;
    EXPECT_EQ(parseProxyHeader("PROXY TCP4 192.0.2.1 198.51.100.7 1 2\rx", header), ProxyState::Malformed);
    EXPECT_EQ(parseProxyHeader("PROXY TCP4 192.0.2.1 198.51.100.7 1 2\n\r\n", header), ProxyState::Malformed);
    EXPECT_EQ(parseProxyHeader("PROXY UNKNOWN " + std::string(93, 'x'), header), ProxyState::Malformed) << "108 without an end";
    EXPECT_EQ(parseProxyHeader("PROXY UNKNOWN " + std::string(91, 'x') + "\r\n", header), ProxyState::Done) << "107";

    EXPECT_EQ(parseProxyHeader(version2(0x11, 0x11, kFour), header), ProxyState::Malformed) << "version 1";
    EXPECT_EQ(parseProxyHeader(version2(0x22, 0x11, kFour), header), ProxyState::Malformed) << "command";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x41, kFour), header), ProxyState::Malformed) << "family";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x13, kFour), header), ProxyState::Malformed) << "protocol";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x11, kFour.substr(1)), header), ProxyState::Malformed) << "too short";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x21, kFour), header), ProxyState::Malformed) << "too short for IPv6";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x11, kFour + "\x02"), header), ProxyState::Malformed) << "a cut extension";
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x11, kFour + "\x02" + number16(5) + "abc"), header), ProxyState::Malformed);
    EXPECT_EQ(parseProxyHeader(version2(0x21, 0x11, kFour + std::string(5000, '\0')), header), ProxyState::Malformed) << "too long";
}

TEST(ProxyProtocol, AnswersTheSameHoweverItComes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string samples[] = {"PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n", version2(0x21, 0x21, kSix + "\x04" + number16(0))};
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = samples[round % 2];
        for (int change = round % 4; change >= 0; --change) bytes[random() % bytes.size()] = static_cast<char>(random());
        ProxyHeader whole, part;
        const auto answer = parseProxyHeader(bytes, whole);
        auto later = ProxyState::NeedMore;
        for (std::size_t end = 0; end <= bytes.size() && later == ProxyState::NeedMore; ++end)
            later = parseProxyHeader(std::string_view(bytes).substr(0, end), part);
        ASSERT_EQ(answer, later) << testing::PrintToString(bytes);
        ASSERT_LE(whole.size, bytes.size());
        ASSERT_EQ(whole.sourceAddress, part.sourceAddress);
    }
}

}  // namespace
}  // namespace gatehouse::net
