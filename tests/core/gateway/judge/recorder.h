// An HTTP/1 origin that writes down what reaches it, and a client that sends bytes as they are.
// Thread: the recorder has one of its own; take() from any. Lifetime: stop by destruction.
#pragma once

#include "core/gateway/data_plane_fixture.h"
#include "core/gateway/judge/reader.h"

#include <fcntl.h>
#include <netinet/tcp.h>

namespace gatehouse::judge {

using namespace std::chrono_literals;

/// An HTTP/1 origin: one thread, every connection kept open, every request written down and answered.
class Recorder {
  public:
    struct Reply {
        std::string bytes;
        bool close = false;
    };
    struct Taken {
        std::vector<Message> requests;       ///< In the order of their ends.
        std::vector<std::string> serials;    ///< What each was answered with.
        std::vector<std::string> malformed;  ///< Bytes that are no request.
        std::vector<std::string> partial;    ///< Bytes of requests whose connection ended before they did.
        std::string tunnelled;               ///< Bytes that came after a CONNECT.
    };
    using Answer = std::function<Reply(const Message&, const std::string& serial)>;

    /// `connects`: it takes CONNECT, after which nothing of its connection is read as a request.
    explicit Recorder(Answer answer = ordinary, bool connects = false);
    ~Recorder();
    std::uint16_t port() const { return port_; }
    Taken take();
    static Reply ordinary(const Message& request, const std::string& serial);

  private:
    struct Connection {
        int fd = -1;
        std::string input;
        bool tunnel = false;
    };
    void run();
    bool read(Connection& connection);

    Answer answer_;
    bool connects_ = false;
    int listen_ = -1;
    int wake_[2] = {-1, -1};
    std::uint16_t port_ = 0;
    std::uint64_t serial_ = 0;
    std::vector<Connection> connections_;
    std::mutex mutex_;
    Taken taken_;
    std::thread thread_;
};

/// What came back on a client's connection.
struct Talk {
    std::string received;
    bool closedFirst = false;  ///< The gateway ended it before the client did.
};
/// Sends `pieces` one after the other and reads. Ends its own side when `enough`, or when nothing came for `patience`.
inline Talk talk(std::uint16_t port, const std::vector<std::string>& pieces, const std::function<bool(const std::string&)>& enough,
          std::chrono::milliseconds patience) {
    Talk out;
    auto wire = test::Wire::connect(port);
    const int on = 1;
    ::setsockopt(wire.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (const auto& piece : pieces) wire.send(piece);
    bool ended = false;
    char bytes[65536];
    for (;;) {
        pollfd waiting{wire.fd(), POLLIN, 0};
        // Who said that it closes is waited for, however busy the machine is.
        const bool saidClose = out.received.find("\r\nConnection: close\r\n") != std::string::npos;
        const int ready = ::poll(&waiting, 1, static_cast<int>(ended || saidClose ? 10'000 : patience.count()));
        if (ready > 0) {
            const auto got = ::recv(wire.fd(), bytes, sizeof bytes, 0);
            if (got <= 0) {
                // A gateway that was slower than the client's patience still says that it would have closed.
                out.closedFirst = !ended || saidClose;
                return out;
            }
            out.received.append(bytes, static_cast<std::size_t>(got));
            if (ended || !enough(out.received)) continue;
        } else if (ended) {
            out.received += "(the gateway does not close)";
            return out;
        }
        ended = true;
        wire.shutdownSend();
    }
}

inline Recorder::Reply Recorder::ordinary(const Message& request, const std::string& serial) {
    const std::string length = "Content-Length: " + std::to_string(serial.size()) + "\r\n\r\n";
    return {"HTTP/1.1 200 OK\r\n" + length + (request.method == "HEAD" ? "" : serial), false};
}

inline Recorder::Recorder(Answer answer, bool connects) : answer_(std::move(answer)), connects_(connects) {
    listen_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listen_, reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(listen_, 128);
    socklen_t size = sizeof at;
    ::getsockname(listen_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    if (::pipe2(wake_, O_CLOEXEC) != 0) ADD_FAILURE() << "pipe";
    thread_ = std::thread([this] { run(); });
}

inline Recorder::~Recorder() {
    ::close(wake_[1]);
    thread_.join();
    for (auto& connection : connections_) ::close(connection.fd);
    ::close(listen_);
    ::close(wake_[0]);
}

inline Recorder::Taken Recorder::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(taken_, {});
}

inline void Recorder::run() {
    for (;;) {
        std::vector<pollfd> waiting = {{wake_[0], POLLIN, 0}, {listen_, POLLIN, 0}};
        for (const auto& connection : connections_) waiting.push_back({connection.fd, POLLIN, 0});
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[0].revents != 0) return;
        for (std::size_t i = connections_.size(); i-- > 0;) {
            if (waiting[i + 2].revents == 0 || read(connections_[i])) continue;
            ::close(connections_[i].fd);
            connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if ((waiting[1].revents & POLLIN) == 0) continue;
        const int fd = ::accept4(listen_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections_.push_back({fd, {}});
    }
}

/// False: the connection is over.
inline bool Recorder::read(Connection& connection) {
    char bytes[65536];
    const auto got = ::recv(connection.fd, bytes, sizeof bytes, 0);
    if (got <= 0) {
        std::lock_guard lock(mutex_);
        if (!connection.input.empty()) taken_.partial.push_back(connection.input);
        return false;
    }
    if (connection.tunnel) {
        std::lock_guard lock(mutex_);
        taken_.tunnelled.append(bytes, static_cast<std::size_t>(got));
        return true;
    }
    connection.input.append(bytes, static_cast<std::size_t>(got));
    while (!connection.input.empty()) {
        Message request;
        std::size_t used = 0;
        const auto verdict = takeRequest(connection.input, used, request, connects_);
        if (verdict == Verdict::Partial) return true;
        if (verdict == Verdict::Bad) {
            std::lock_guard lock(mutex_);
            taken_.malformed.push_back(connection.input);
            connection.input.clear();
            return false;
        }
        connection.input.erase(0, used);
        const auto serial = "serial " + std::to_string(++serial_);
        const auto reply = answer_(request, serial);
        connection.tunnel = request.method == "CONNECT" && reply.bytes.starts_with("HTTP/1.1 2");
        {
            std::lock_guard lock(mutex_);
            // Nothing may come before it is known whether there is a tunnel.
            if (request.method == "CONNECT" && !connection.input.empty()) taken_.malformed.push_back(connection.input);
            taken_.requests.push_back(std::move(request));
            taken_.serials.push_back(serial);
        }
        ::send(connection.fd, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
        if (reply.close) {
            ::shutdown(connection.fd, SHUT_WR);
            return false;
        }
    }
    return true;
}

}  // namespace gatehouse::judge
