// What the data-plane tests share: origins and clients on loopback that speak raw bytes, and snapshots made by hand.
// Everything has a deadline; nothing binds a fixed port.
#pragma once

#include "gateway/data_plane.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse::test {

using namespace std::chrono_literals;

/// Polls until `done` or the deadline; answers whether it came true.
inline bool eventually(const std::function<bool()>& done, std::chrono::milliseconds patience = 10s) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
        ::poll(nullptr, 0, 1);
    }
    return true;
}

/// A blocking socket with a read buffer. Reads give up after `patience`.
class Wire {
  public:
    explicit Wire(int fd, std::chrono::milliseconds patience = 10s) : fd_(fd) {
        timeval limit{static_cast<time_t>(patience.count() / 1000),
                      static_cast<suseconds_t>(patience.count() % 1000 * 1000)};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    static Wire connect(std::uint16_t port, std::chrono::milliseconds patience = 10s, int receiveBuffer = 0) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receiveBuffer > 0) ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) ADD_FAILURE() << "connect: " << errno;
        return Wire(fd, patience);
    }
    Wire(Wire&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)), tls_(std::move(other.tls_)) {}
    ~Wire() { close(); }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                   : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// False at the end of the stream, a reset or the deadline.
    bool more() {
        char chunk[65536];
        const auto got = tls_ ? SSL_read(tls_.get(), chunk, sizeof chunk) : ::recv(fd_, chunk, sizeof chunk, 0);
        closedCleanly_ = tls_ ? SSL_get_shutdown(tls_.get()) == SSL_RECEIVED_SHUTDOWN : got == 0;
        if (got <= 0) return false;
        buffer_.append(chunk, static_cast<std::size_t>(got));
        return true;
    }
    /// Up to and with `mark`; empty when it did not come.
    std::string until(std::string_view mark) {
        std::size_t from = 0;
        for (;;) {
            const auto found = buffer_.find(mark, from);
            if (found != std::string::npos) return take(found + mark.size());
            from = buffer_.size() > mark.size() ? buffer_.size() - mark.size() : 0;
            if (!more()) return {};
        }
    }
    std::string exactly(std::size_t size) {
        while (buffer_.size() < size)
            if (!more()) break;
        return take(std::min(size, buffer_.size()));
    }
    std::string rest() {
        while (more()) {
        }
        return take(buffer_.size());
    }
    /// Reads and forgets; answers how many bytes came before the end.
    std::size_t drain() {
        std::size_t total = buffer_.size();
        buffer_.clear();
        while (more()) {
            total += buffer_.size();
            buffer_.clear();
        }
        return total;
    }
    bool closedCleanly() const { return closedCleanly_; }
    void shutdownSend() { ::shutdown(fd_, SHUT_WR); }
    void reset() {
        const linger hard{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }
    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    int fd() const { return fd_; }
    /// Everything goes through this session from now on; see tls_peer.h.
    void secure(std::shared_ptr<SSL> session) { tls_ = std::move(session); }
    SSL* tls() const { return tls_.get(); }
    /// Something can be read without waiting for longer than that.
    bool readable(std::chrono::milliseconds wait) const {
        if (!buffer_.empty() || (tls_ && SSL_pending(tls_.get()) > 0)) return true;
        pollfd waiting{fd_, POLLIN, 0};
        return ::poll(&waiting, 1, static_cast<int>(wait.count())) > 0;
    }
    std::string takeAll() { return take(buffer_.size()); }

  private:
    std::string take(std::size_t size) {
        auto result = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return result;
    }
    int fd_;
    std::string buffer_;
    std::shared_ptr<SSL> tls_;
    bool closedCleanly_ = false;
};

/// A message as read off a wire.
struct Message {
    std::string head;
    std::string body;
    bool whole = false;
    int status() const { return head.size() > 12 ? std::atoi(head.c_str() + 9) : 0; }
    std::string field(std::string_view name) const {
        std::size_t at = 0;
        while ((at = head.find("\r\n", at)) != std::string::npos) {
            at += 2;
            if (head.size() > at + name.size() && head[at + name.size()] == ':' &&
                ::strncasecmp(head.data() + at, name.data(), name.size()) == 0) {
                const auto end = head.find("\r\n", at);
                auto value = head.substr(at + name.size() + 1, end - at - name.size() - 1);
                value.erase(0, value.find_first_not_of(' '));
                return value;
            }
        }
        return {};
    }
};

inline std::string readChunks(Wire& wire, bool& whole) {
    std::string body;
    for (;;) {
        const auto line = wire.until("\r\n");
        if (line.empty()) return body;
        const auto size = std::strtoull(line.c_str(), nullptr, 16);
        if (size == 0) {
            whole = wire.until("\r\n") == "\r\n";
            return body;
        }
        const auto data = wire.exactly(size + 2);
        body.append(data, 0, std::min<std::size_t>(size, data.size()));
        if (data.size() < size + 2) return body;
    }
}

/// One message; `bodyless` for the answer to HEAD.
inline Message readMessage(Wire& wire, bool bodyless = false) {
    Message message;
    message.head = wire.until("\r\n\r\n");
    if (message.head.empty()) return message;
    const bool response = message.head.starts_with("HTTP/");
    const int status = message.status();
    if (bodyless || (response && (status < 200 || status == 204 || status == 304))) {
        message.whole = true;
        return message;
    }
    const auto length = message.field("content-length");
    if (message.field("transfer-encoding") == "chunked") {
        message.body = readChunks(wire, message.whole);
    } else if (!length.empty()) {
        const auto size = std::strtoull(length.c_str(), nullptr, 10);
        message.body = wire.exactly(size);
        message.whole = message.body.size() == size;
    } else if (response) {
        message.body = wire.rest();
        message.whole = wire.closedCleanly();
    } else {
        message.whole = true;
    }
    return message;
}

/// Bytes as one chunk of a chunked body.
inline std::string chunk(std::string_view bytes) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return std::string(size) + std::string(bytes) + "\r\n";
}

/// A POST with a JSON body, as it goes over the wire; `extra` are whole header lines.
inline std::string jsonPost(std::string_view path, std::string_view body, std::string_view extra = "") {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + std::string(extra) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// A server that hands each connection to a function on a thread of its own.
class Origin {
  public:
    using Serve = std::function<void(Wire&)>;
    /// On `host` and `port`, in this machine's byte order; port 0: a free one.
    explicit Origin(Serve serve, std::uint32_t host = INADDR_LOOPBACK, std::uint16_t port = 0) : serve_(std::move(serve)) {
        listen_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(host);
        at.sin_port = htons(port);
        const int on = 1;
        ::setsockopt(listen_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (::bind(listen_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) ADD_FAILURE() << "bind: " << errno;
        ::listen(listen_, 128);
        socklen_t size = sizeof at;
        ::getsockname(listen_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        acceptor_ = std::thread([this] { run(); });
    }
    ~Origin() { stop(); }
    void stop() {
        if (stopped_.exchange(true)) return;
        ::shutdown(listen_, SHUT_RDWR);
        acceptor_.join();
        ::close(listen_);
        {
            std::lock_guard lock(mutex_);
            for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
        }
        for (auto& thread : threads_) thread.join();
    }
    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }

    /// Answers every request with `answer(request)`, keeping the connection.
    static Serve answering(std::function<std::string(const Message&)> answer) {
        return [answer = std::move(answer)](Wire& wire) {
            for (;;) {
                const auto request = readMessage(wire);
                if (request.head.empty() || !wire.send(answer(request))) return;
            }
        };
    }
    static Serve always(std::string answer) {
        return answering([answer = std::move(answer)](const Message&) { return answer; });
    }

  private:
    void run() {
        for (;;) {
            const int fd = ::accept4(listen_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;
            ++connections_;
            std::lock_guard lock(mutex_);
            open_.push_back(fd);
            threads_.emplace_back([this, fd] {
                Wire wire(fd);
                serve_(wire);
                std::lock_guard inner(mutex_);
                std::erase(open_, fd);
            });
        }
    }
    Serve serve_;
    int listen_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopped_{false};
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::vector<int> open_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

/// A port that nobody listens on.
inline std::uint16_t deadPort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at);
    socklen_t size = sizeof at;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
    ::close(fd);
    return ntohs(at.sin_port);
}

inline constexpr std::uint16_t kPort = 80;

/// Builds snapshots by hand. Endpoints keep their identity from snapshot to snapshot.
class Routes {
  public:
    explicit Routes(upstream::EndpointRegistry& registry) : registry_(registry) {}

    std::shared_ptr<upstream::Cluster> cluster(const std::vector<std::uint16_t>& ports) {
        auto made = std::make_shared<upstream::Cluster>();
        made->id = made->name = "Service/default/web:80";
        for (const auto port : ports) made->endpoints.push_back(registry_.get(made->id, "127.0.0.1", port, ""));
        return made;
    }
    static route::Backend backend(std::shared_ptr<const upstream::Cluster> cluster) {
        route::Backend made;
        made.kind = route::BackendKind::Service;
        made.id = made.name = "Service default/web";
        made.cluster = std::move(cluster);
        made.counters = std::make_shared<route::BackendCounters>();
        return made;
    }
    /// A rule for a path prefix ("" = every path), and for a method where one is named.
    Routes& add(std::string prefix, route::Rule rule, std::string method = {}) {
        if (rule.id.empty()) rule.id = "HTTPRoute/default/r/rules/" + std::to_string(rules_.size());
        rule.route = {"gateway.networking.k8s.io", "HTTPRoute", "default", "r"};
        rule.index = rules_.size();
        rule.displayName = "r · rule " + std::to_string(rules_.size() + 1);
        if (!rule.counters) rule.counters = std::make_shared<route::RuleCounters>();
        for (const auto& backend : rule.backends) rule.totalWeight += backend.weight;
        if (rule.chain.order.empty()) rule.chain.orderByKind();
        route::Candidate candidate;
        candidate.match.path = prefix;
        candidate.match.method = std::move(method);
        candidate.match.text = "path prefix " + prefix;
        candidate.rule = std::make_shared<const route::Rule>(std::move(rule));
        rules_.push_back(std::move(candidate));
        return *this;
    }
    Routes& to(std::string prefix, const std::vector<std::uint16_t>& ports) {
        route::Rule rule;
        rule.backends.push_back(backend(cluster(ports)));
        return add(std::move(prefix), std::move(rule));
    }
    std::shared_ptr<const route::Snapshot> snapshot(std::uint64_t generation = 1) const {
        auto made = std::make_shared<route::Snapshot>();
        made->generation = generation;
        route::Listener listener;
        listener.gateway = {"gateway.networking.k8s.io", "Gateway", "default", "gw"};
        listener.name = "http";
        listener.protocol = "HTTP";
        listener.port = kPort;
        route::VirtualHost host;
        host.candidates = rules_;
        std::stable_sort(host.candidates.begin(), host.candidates.end(), [](const auto& a, const auto& b) {
            return a.match.path.size() > b.match.path.size();
        });
        listener.hosts.push_back(std::move(host));
        route::Port port;
        port.port = kPort;
        port.listeners.push_back(std::move(listener));
        made->ports.push_back(std::move(port));
        for (const auto& candidate : rules_) made->rules.push_back(candidate.rule);
        return made;
    }

  private:
    upstream::EndpointRegistry& registry_;
    std::vector<route::Candidate> rules_;
};

/// A running data plane with one listener.
class DataPlaneTest : public ::testing::Test {
  protected:
    void start(gateway::DataPlaneOptions options = {}) {
        auto started = gateway::DataPlane::start(options);
        ASSERT_TRUE(started) << started.error().message;
        plane = std::move(*started);
        const auto bound = plane->listen(kPort, "127.0.0.1:0");
        ASSERT_TRUE(bound) << bound.error().message;
        port = static_cast<std::uint16_t>(std::stoi(bound->substr(bound->rfind(':') + 1)));
    }
    void serve(const Routes& routes, gateway::DataPlaneOptions options = {}) {
        start(options);
        if (HasFatalFailure()) return;
        plane->swap(routes.snapshot());
    }
    Wire connect() const { return Wire::connect(port); }
    Message get(std::string_view path = "/", std::string_view extra = "") const {
        auto wire = connect();
        wire.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(extra) + "\r\n");
        return readMessage(wire);
    }
    Message post(std::string_view path, std::string_view body, std::string_view extra = "") const {
        auto wire = connect();
        wire.send(jsonPost(path, body, extra));
        return readMessage(wire);
    }
    /// The next finished request, in order.
    telemetry::RequestRecord record() {
        const bool came = eventually([&] {
            if (records.empty()) plane->drain(100, records);
            return !records.empty();
        });
        EXPECT_TRUE(came) << "no request record";
        if (!came) return {};
        auto first = records.front();
        records.erase(records.begin());
        return first;
    }
    upstream::EndpointRegistry registry;
    std::vector<telemetry::RequestRecord> records;
    std::unique_ptr<gateway::DataPlane> plane;
    std::uint16_t port = 0;
};

/// What answers a Sec-WebSocket-Key (RFC 6455 section 4.2.2).
inline std::string webSocketAccept(const std::string& key) {
    const auto text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha1(), nullptr);
    unsigned char out[64];
    return {reinterpret_cast<char*>(out), static_cast<std::size_t>(EVP_EncodeBlock(out, digest, static_cast<int>(size)))};
}

inline std::string ok(std::string_view body, std::string_view extra = "") {
    return "HTTP/1.1 200 OK\r\n" + std::string(extra) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

}  // namespace gatehouse::test
