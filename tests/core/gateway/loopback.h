// Loopback helpers of the gateway's tests: an origin that answers by path, and a client that asks once.
// Thread: an origin has threads of its own; stop by destruction.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse::testing {

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A bound, listening socket on a free port.
class Listening {
  public:
    Listening() {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = loopback(0);
        ::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(fd_, 128);
        socklen_t size = sizeof address;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~Listening() { close(); }
    Listening(const Listening&) = delete;
    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    int fd() const { return fd_; }
    std::uint16_t port() const { return port_; }

  private:
    int fd_ = -1;
    std::uint16_t port_ = 0;
};

/// An HTTP/1.1 server: keep-alive, every request answered 200 with the body that `answer` makes of its path.
class Origin {
  public:
    using Answer = std::function<std::string(const std::string& path)>;
    explicit Origin(Answer answer) : answer_(std::move(answer)), acceptor_([this] { accept(); }) {}
    ~Origin() {
        stopping_ = true;
        acceptor_.join();
        for (auto& connection : connections_) connection.join();
    }
    std::uint16_t port() const { return listening_.port(); }
    std::string address() const { return "127.0.0.1:" + std::to_string(port()); }

  private:
    bool readable(int fd) const {
        while (!stopping_) {
            pollfd waiting{fd, POLLIN, 0};
            if (::poll(&waiting, 1, 20) > 0) return true;
        }
        return false;
    }
    void accept() {
        while (readable(listening_.fd())) {
            const int fd = ::accept4(listening_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            if (fd >= 0) connections_.emplace_back([this, fd] { serve(fd); });
        }
    }
    void serve(int fd) {
        std::string input;
        char bytes[4096];
        while (true) {
            const auto end = input.find("\r\n\r\n");
            if (end == std::string::npos) {
                if (!readable(fd)) break;
                const auto count = ::recv(fd, bytes, sizeof bytes, 0);
                if (count <= 0) break;
                input.append(bytes, static_cast<std::size_t>(count));
                continue;
            }
            const auto begin = input.find(' ') + 1;
            const auto body = answer_(input.substr(begin, input.find(' ', begin) - begin));
            input.erase(0, end + 4);
            const auto reply = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(body.size()) +
                               "\r\n\r\n" + body;
            if (::send(fd, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) break;
        }
        ::close(fd);
    }

    Listening listening_;
    Answer answer_;
    std::atomic<bool> stopping_{false};
    std::vector<std::thread> connections_;
    std::thread acceptor_;
};

struct Reply {
    int status = 0;  ///< 0: no connection or no answer.
    std::string head;
    std::string body;
};

/// One request on a connection of its own. `address` is "127.0.0.1:8080".
inline Reply ask(const std::string& address, const std::string& path, const std::string& host = "localhost",
                 const std::string& method = "GET") {
    Reply reply;
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto to = loopback(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    std::string input;
    if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) {
        const auto request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
        char bytes[16384];
        for (ssize_t count = 0; (count = ::recv(fd, bytes, sizeof bytes, 0)) > 0;) input.append(bytes, static_cast<std::size_t>(count));
    }
    ::close(fd);
    const auto end = input.find("\r\n\r\n");
    if (end == std::string::npos || input.size() < 12) return reply;
    reply.status = std::stoi(input.substr(9, 3));
    reply.head = input.substr(0, end);
    reply.body = input.substr(end + 4);
    return reply;
}

/// Polls until the condition holds; false after ten seconds.
template <class Condition>
bool eventually(Condition&& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace gatehouse::testing
