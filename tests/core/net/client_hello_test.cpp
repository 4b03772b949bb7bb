// The ClientHello reader: what OpenSSL's own clients send, at every split, changed at random, and by hand.
#include "net/client_hello.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <random>
#include <string>

namespace gatehouse::net {
namespace {

using State = ClientHelloState;

/// What a client of OpenSSL sends first.
std::string helloOf(const std::string& sni, const std::string& alpn, int version = 0) {
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (version != 0) SSL_CTX_set_max_proto_version(context.get(), version);
    std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context.get()), SSL_free);
    if (!sni.empty()) SSL_set_tlsext_host_name(ssl.get(), sni.c_str());
    if (!alpn.empty())
        SSL_set_alpn_protos(ssl.get(), reinterpret_cast<const unsigned char*>(alpn.data()), static_cast<unsigned>(alpn.size()));
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);
    SSL_connect(ssl.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::string number(std::size_t width, std::size_t value) {
    std::string result;
    for (std::size_t i = width; i-- > 0;) result.push_back(static_cast<char>(value >> (8 * i)));
    return result;
}
std::string vector(std::size_t width, const std::string& content) { return number(width, content.size()) + content; }
std::string extension(std::size_t type, const std::string& content) { return number(2, type) + vector(2, content); }
std::string serverName(const std::string& name) { return extension(0, vector(2, '\0' + vector(2, name))); }

std::string message(const std::string& extensions) {
    std::string body = number(2, 0x303) + std::string(32, 'r') + vector(1, "") + vector(2, "\x13\x01") + vector(1, std::string(1, '\0'));
    if (!extensions.empty()) body += vector(2, extensions);
    return '\1' + vector(3, body);
}
/// The message in records of up to `step` bytes.
std::string records(const std::string& message, std::size_t step = 16384) {
    std::string result;
    for (std::size_t at = 0; at < message.size(); at += step) result += "\x16\x03\x01" + vector(2, message.substr(at, step));
    return result;
}
State verdict(const std::string& bytes) { return ClientHelloParser().parse(bytes); }

TEST(ClientHello, TellsNameAndProtocolsAtEverySplit) {
    for (const int version : {0, TLS1_2_VERSION}) {
        const auto bytes = helloOf("Shop.Example.COM", std::string("\x02h2\x08http/1.1", 12), version);
        for (std::size_t split = 0; split <= bytes.size(); ++split) {
            ClientHelloParser parser;
            const auto first = parser.parse(std::string_view(bytes).substr(0, split));
            ASSERT_EQ(first, split == bytes.size() ? State::Done : State::NeedMore) << split;
            ASSERT_EQ(parser.parse(bytes), State::Done) << split;
            ASSERT_EQ(parser.hello().sni, "shop.example.com");
            ASSERT_EQ(parser.hello().alpn, (std::vector<std::string>{"h2", "http/1.1"}));
        }
        ClientHelloParser bytewise;
        for (std::size_t end = 0; end < bytes.size(); ++end)
            ASSERT_EQ(bytewise.parse(std::string_view(bytes).substr(0, end)), State::NeedMore);
        ASSERT_EQ(bytewise.parse(bytes), State::Done);
        EXPECT_EQ(bytewise.hello().sni, "shop.example.com");
    }
}

TEST(ClientHello, MayComeInSeveralRecordsAndWithoutExtensions) {
    const auto hello = message(serverName("a.example") + extension(0x0a0a, ""));
    for (const std::size_t step : {1U, 3U, 5U, 17U, 1000U}) {
        ClientHelloParser parser;
        EXPECT_EQ(parser.parse(records(hello, step)), State::Done) << step;
        EXPECT_EQ(parser.hello().sni, "a.example");
    }
    ClientHelloParser bare;
    EXPECT_EQ(bare.parse(records(message(""))), State::Done);
    EXPECT_EQ(bare.hello().sni, "");
    EXPECT_TRUE(bare.hello().alpn.empty());
    // What follows the message is not looked at.
    EXPECT_EQ(verdict(records(hello) + "\x14\x03\x03"), State::Done);
}

TEST(ClientHello, IsToldFromOtherProtocols) {
    for (const std::string text : {"GET / HTTP/1.1\r\n", "PRI * HTTP/2.0", "SSH-2.0-x", "PROXY TCP4", "\x15\x03\x01", "\x80\x2e\x01\x03\x01"})
        EXPECT_EQ(verdict(text), State::NotTls) << text;
    EXPECT_EQ(verdict(""), State::NeedMore);
    EXPECT_EQ(verdict("\x16"), State::NeedMore);
    EXPECT_EQ(verdict("\x16\x02"), State::NotTls);
    EXPECT_EQ(verdict("\x16\x03\x05"), State::NotTls);
    EXPECT_EQ(verdict("\x16\x03\x01" + number(2, 5) + "\x02"), State::NotTls) << "a ServerHello";
    EXPECT_EQ(verdict("\x16\x03\x01" + number(2, 0)), State::NotTls);
    EXPECT_EQ(verdict("\x16\x03\x01" + number(2, 16385)), State::NotTls);
}

TEST(ClientHello, IsReadStrictly) {
    const auto bad = [](const std::string& extensions) { return verdict(records(message(extensions))) == State::Malformed; };
    EXPECT_TRUE(bad(serverName("")));
    EXPECT_TRUE(bad(serverName(".")));
    EXPECT_TRUE(bad(serverName("a..b")));
    EXPECT_TRUE(bad(serverName(".a")));
    EXPECT_TRUE(bad(serverName(std::string("a\0b", 3))));
    EXPECT_TRUE(bad(serverName("a b")));
    EXPECT_TRUE(bad(serverName("a/b")));
    EXPECT_TRUE(bad(serverName("[::1]")));
    EXPECT_TRUE(bad(serverName("b\xc3\xbc.example")));
    EXPECT_TRUE(bad(serverName(std::string(254, 'a'))));
    EXPECT_FALSE(bad(serverName("a.example.")));
    EXPECT_FALSE(bad(serverName("under_score.example")));
    EXPECT_TRUE(bad(serverName("a") + serverName("b"))) << "twice";
    EXPECT_TRUE(bad(extension(5, "x") + extension(5, "x"))) << "twice";
    EXPECT_TRUE(bad(extension(0, vector(2, '\1' + vector(2, "a"))))) << "another type of name";
    EXPECT_TRUE(bad(extension(0, vector(2, '\0' + vector(2, "a") + '\0' + vector(2, "b"))))) << "two names";
    EXPECT_TRUE(bad(extension(0, vector(2, '\0' + vector(2, "a")) + "x"))) << "something behind";
    EXPECT_TRUE(bad(extension(0, "")));
    EXPECT_TRUE(bad(extension(16, vector(2, ""))));
    EXPECT_TRUE(bad(extension(16, vector(2, vector(1, "")))));
    EXPECT_TRUE(bad(extension(16, vector(2, "\x05h2"))));
    EXPECT_FALSE(bad(extension(16, vector(2, vector(1, "h2")))));
    EXPECT_TRUE(bad("\x01")) << "a cut extension";
    EXPECT_TRUE(bad(number(2, 7) + number(2, 9) + "short"));

    auto hello = message(serverName("a"));
    EXPECT_EQ(verdict(records(hello + "x")), State::Malformed) << "another message in the record";
    EXPECT_EQ(verdict(records("\1" + number(3, 16 * 1024))), State::Malformed) << "too long";
    EXPECT_EQ(verdict(records(hello.substr(0, 20)) + "\x17\x03\x03" + vector(2, hello.substr(20))), State::Malformed);
    EXPECT_EQ(verdict(records(hello.substr(0, 20)) + "\x16\x03\x01" + number(2, 0)), State::Malformed) << "an empty record";
    auto noNullCompression = message("");
    noNullCompression.back() = '\1';
    EXPECT_EQ(verdict(records(noNullCompression)), State::Malformed);
}

TEST(ClientHello, KeepsItsAnswerWhateverIsChanged) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto real = helloOf("shop.example.com", std::string("\x02h2", 3));
    const auto made = records(message(serverName("a.example") + extension(16, vector(2, vector(1, "h2")))), 30);
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = round % 2 == 0 ? real : made;
        for (int change = round % 5; change >= 0; --change) bytes[random() % bytes.size()] = static_cast<char>(random());
        if (round % 7 == 0) bytes.resize(random() % bytes.size());
        ClientHelloParser whole, piecewise;
        const auto answer = whole.parse(bytes);
        auto later = State::NeedMore;
        const std::size_t step = 1 + random() % 97;
        for (std::size_t end = step; later == State::NeedMore; end += step) {
            later = piecewise.parse(std::string_view(bytes).substr(0, end));
            if (end >= bytes.size()) break;
        }
        ASSERT_EQ(answer, later) << testing::PrintToString(bytes);
        ASSERT_EQ(whole.hello().sni, piecewise.hello().sni);
        ASSERT_EQ(whole.hello().alpn, piecewise.hello().alpn);
    }
}

}  // namespace
}  // namespace gatehouse::net
