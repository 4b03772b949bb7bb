#include "cluster/port_forward.h"

#include "cluster/web_socket.h"
#include "core/cluster/test_cluster.h"

#include <fmt/format.h>

#include <thread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::cluster {
namespace {

using gatehouse::testing::until;

int connectTo(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{20, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return fd;
}

/// A server that answers every byte with the next one.
class Echo {
  public:
    Echo() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(listener_, 16);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~Echo() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        for (auto& each : served_) each.join();
        ::close(listener_);
    }
    std::uint16_t port() const { return port_; }

  private:
    void run() {
        for (int fd = 0; (fd = ::accept(listener_, nullptr, nullptr)) >= 0;)
            served_.emplace_back([fd] {
                char bytes[8192];
                for (ssize_t count = 0; (count = ::recv(fd, bytes, sizeof bytes, 0)) > 0;) {
                    for (ssize_t i = 0; i < count; ++i) ++bytes[i];
                    for (ssize_t sent = 0; sent < count;) {
                        const auto now = ::send(fd, bytes + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
                        if (now < 0) break;
                        sent += now;
                    }
                }
                ::close(fd);
            });
    }
    int listener_;
    std::uint16_t port_ = 0;
    std::thread thread_;
    std::vector<std::thread> served_;
};

std::string receive(int fd, std::size_t size) {
    std::string out;
    char bytes[8192];
    while (out.size() < size) {
        const auto count = ::recv(fd, bytes, sizeof bytes, 0);
        if (count <= 0) break;
        out.append(bytes, static_cast<std::size_t>(count));
    }
    return out;
}

class Forwarded : public gatehouse::testing::ClusterTest {
  protected:
    void pod(const std::string& name, int port) {
        server.put({{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", name}, {"namespace", "default"}, {"annotations", {{"test/ports", fmt::format(R"({{"8000":{}}})", port)}}}}}});
    }
};

TEST_F(Forwarded, BytesGoThereAndBack) {
    const Echo echo;
    pod("p", echo.port());
    for (const char* context : {"reader", "admin"}) {
        const auto through = client(context);
        const auto forward = PortForward::open(*through, "default", "p", 8000);
        ASSERT_TRUE(forward) << forward.error().message;
        // Far more than any buffer on the way holds.
        std::string sent(3'000'000, '\0');
        for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * 7 + i / 256);
        const int fd = connectTo((*forward)->localPort());
        std::thread writer([&] {
            for (std::size_t at = 0; at < sent.size();) {
                const auto count = ::send(fd, sent.data() + at, sent.size() - at, MSG_NOSIGNAL);
                if (count <= 0) break;
                at += static_cast<std::size_t>(count);
            }
        });
        auto got = receive(fd, sent.size());
        writer.join();
        for (auto& c : got) --c;
        EXPECT_TRUE(got == sent) << got.size() << " " << (*forward)->problem();
        // Several at a time.
        const int other = connectTo((*forward)->localPort());
        EXPECT_EQ(::send(other, "abc", 3, 0), 3);
        EXPECT_EQ(receive(other, 3), "bcd");
        ::close(other);
        ::close(fd);
        EXPECT_EQ((*forward)->connections(), 2u);
    }
}

TEST_F(Forwarded, ProxyAndTlsNameHoldForItToo) {
    const Echo echo;
    pod("p", echo.port());
    auto target = server.target("reader");
    target.proxyUrl = fmt::format("http://127.0.0.1:{}", server.proxyPort());
    target.tlsServerName = "api.gatehouse.test";
    Client through(target, {});
    const auto forward = PortForward::open(through, "default", "p", 8000);
    const int fd = connectTo((*forward)->localPort());
    EXPECT_EQ(::send(fd, "a", 1, 0), 1);
    EXPECT_EQ(receive(fd, 1), "b") << (*forward)->problem();
    ::close(fd);
}

TEST_F(Forwarded, SaysWhyItCannotAndComesBack) {
    const auto reader = client("reader");
    auto forward = PortForward::open(*reader, "default", "p", 8000);
    const auto refused = [&](const PortForward& through, const std::string& sentence) {
        const int fd = connectTo(through.localPort());
        EXPECT_EQ(receive(fd, 1), "");
        ::close(fd);
        EXPECT_TRUE(until([&] { return through.problem().find(sentence) != std::string::npos; })) << through.problem();
    };
    refused(**forward, "404");
    pod("p", 1);
    refused(**forward, "connection refused");
    server.op("refuse", {{"on", true}});
    refused(**forward, "cannot be forwarded");
    server.op("refuse", {{"on", false}});
    const Echo echo;
    pod("p", echo.port());
    const int fd = connectTo((*forward)->localPort());
    EXPECT_EQ(::send(fd, "a", 1, 0), 1);
    EXPECT_EQ(receive(fd, 1), "b");
    EXPECT_EQ((*forward)->connections(), 4u);
    // It ends with a connection under way.
    forward->reset();
    EXPECT_EQ(receive(fd, 1), "");
    ::close(fd);
    const auto nobody = client("nobody");
    const auto forbidden = PortForward::open(*nobody, "default", "p", 8000);
    refused(**forbidden, "cannot be forwarded");
}

TEST(WebSocket, AnswersTheKeyOfTheSpecification) {
    EXPECT_EQ(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455 section 1.3.
    EXPECT_EQ(webSocketKey().size(), 24u);
    EXPECT_NE(webSocketKey(), webSocketKey());
}

TEST(WebSocket, ReadsFramesHoweverTheyAreCut) {
    using namespace std::string_literals;
    const auto text = "\x82\x03" "abc"s + "\x02\x01" "d"s + "\x89\x02" "hi"s + "\x80\x01" "e"s + "\x82\x7e\x01\x00"s + std::string(256, 'f') + "\x88\x00"s;
    for (std::size_t step = 1; step < text.size(); ++step) {
        FrameReader reader;
        std::vector<Message> all;
        for (std::size_t at = 0; at < text.size(); at += step) {
            auto some = reader.feed(std::string_view(text).substr(at, step));
            ASSERT_TRUE(some) << some.error().message;
            for (auto& each : *some) all.push_back(each);
        }
        ASSERT_EQ(all.size(), 5u) << step;
        EXPECT_EQ(all[0].payload, "abc");
        EXPECT_EQ(all[1].opcode, Opcode::Ping);
        EXPECT_EQ(all[2].payload, "de");
        EXPECT_EQ(all[3].payload.size(), 256u);
        EXPECT_EQ(all[4].opcode, Opcode::Close);
    }
}

TEST(WebSocket, RefusesWhatIsNoFrame) {
    using namespace std::string_literals;
    for (const auto& bad : {"\x83\x00"s, "\xc2\x00"s, "\x82\x81xxxxa"s, "\x09\x00"s, "\x80\x00"s, "\x02\x00\x02\x00"s, "\x82\x7f\x00\x00\x00\x01\x00\x00\x00\x00"s, "\x89\x7e\x00\x80"s})
        EXPECT_FALSE(FrameReader().feed(bad)) << fmt::format("{:02x}", static_cast<unsigned char>(bad[0]));
    for (const std::size_t size : {0u, 1u, 125u, 126u, 65535u, 65536u}) EXPECT_EQ(clientFrame(Opcode::Binary, std::string(size, 'x')).size(), size + (size < 126 ? 6 : size < 65536 ? 8 : 14));
}

}  // namespace
}  // namespace gatehouse::cluster
