// Streams over Unix sockets.
#include "core/net/loopback.h"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace gatehouse::net {
namespace {

using test::Loopback;

TEST(UnixStream, ConnectsOrSaysWhyNot) {
    char directory[] = "/tmp/gatehouse-net-XXXXXX";
    ASSERT_NE(::mkdtemp(directory), nullptr);
    const std::string path = std::string(directory) + "/s";
    const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listening, 4), 0);

    struct Talk {
        static Task<void> run(Stream& stream, std::string path, bool& connected, std::string& got) {
            connected = co_await stream.connectUnix(path);
            if (!connected) co_return;
            const bool sent = co_await test::send(stream, "hello");
            if (sent) got = co_await test::receive(stream, 5);
        }
    };
    Loopback pair;
    Stream stream(pair.sweeper, Socket(pair.io.get_executor()));
    bool connected = false;
    std::string got;
    pair.start(Talk::run(stream, path, connected, got));
    pair.io.poll();
    EXPECT_TRUE(connected);
    const int accepted = ::accept(listening, nullptr, nullptr);
    char bytes[5];
    EXPECT_EQ(::recv(accepted, bytes, 5, MSG_WAITALL), 5);
    EXPECT_EQ(::send(accepted, "world", 5, 0), 5);
    pair.run();
    EXPECT_EQ(got, "world");
    EXPECT_FALSE(stream.readableNow());
    ::close(accepted);
    EXPECT_TRUE(stream.gone());

    for (const auto& wrong : {path + "x", std::string(200, 'x'), std::string()}) {
        Stream other(pair.sweeper, Socket(pair.io.get_executor()));
        pair.start(Talk::run(other, wrong, connected, got));
        pair.run();
        EXPECT_FALSE(connected) << wrong;
        EXPECT_EQ(other.end(), IoEnd::Reset);
    }
    ::close(listening);
    ::unlink(path.c_str());
    ::rmdir(directory);
}

}  // namespace
}  // namespace gatehouse::net
