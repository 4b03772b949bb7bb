#include "cluster/port_forward.h"

#include "cluster/connection.h"
#include "cluster/web_socket.h"
#include "http/characters.h"
#include "net/tls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <list>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::cluster {
namespace {

constexpr std::size_t kChunk = 32 * 1024;
constexpr std::size_t kMostHead = 16 * 1024;
constexpr int kHandshakeMillis = 15'000;
constexpr std::size_t kMostConnections = 256;

class Socket {
  public:
    explicit Socket(int fd = -1) : fd_(fd) {}
    ~Socket() {
        if (fd_ >= 0) ::close(fd_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

/// Name of a head's field in lower case: its value.
std::string fieldOf(std::string_view head, std::string_view wanted) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon != wanted.size()) continue;
        const bool same = std::equal(wanted.begin(), wanted.end(), line.begin(), [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
        if (same) return std::string(http::trimOws(line.substr(colon + 1)));
    }
    return {};
}

/// One connection of a client, on a thread of its own.
class Tunnel {
  public:
    Tunnel(Credentials& credentials, std::string path, std::string what, int local, int stop)
        : credentials_(credentials), path_(std::move(path)), what_(std::move(what)), local_(local), stop_(stop) {}

    Result<void> run() {
        if (auto made = connect(); !made) return made;
        ::fcntl(local_, F_SETFL, O_NONBLOCK);
        return pump();
    }

  private:
    Result<void> connect() {
        for (int tried = 0; tried < 2; ++tried) {
            auto shown = credentials_.get();
            if (!shown) return tl::unexpected(shown.error());
            const auto status = upgrade(**shown);
            if (!status) return tl::unexpected(status.error());
            if (*status == 101) return {};
            if (*status != 401 || !credentials_.refused(*shown)) return tl::unexpected(readStatus(*status, rest_).error(what_));
        }
        return fail("cluster-unauthorized", fmt::format("{}: the cluster does not accept the credentials (401); they may have expired.", what_));
    }

    Result<int> upgrade(const Credential& shown) {
        const auto& target = credentials_.target();
        easy_.reset(curl_easy_init());
        HeaderList host;
        setConnection(easy_.get(), target, shown, path_, connectTo_, host);
        curl_easy_setopt(easy_.get(), CURLOPT_CONNECT_ONLY, 1L);
        curl_easy_setopt(easy_.get(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        if (const auto code = curl_easy_perform(easy_.get()); code != CURLE_OK)
            return fail("cluster-unreachable", fmt::format("{}: {} cannot be reached: {}.", what_, target.server, curl_easy_strerror(code)));
        curl_socket_t socket = -1;
        curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
        remote_ = socket;
        const auto authority = target.server.substr(target.server.find("://") + 3);
        const auto key = webSocketKey();
        // A server below a path has it in front of all others.
        const auto base = authority.find('/') == std::string::npos ? std::string() : authority.substr(authority.find('/'));
        std::string head = fmt::format("GET {}{} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\n"
                                       "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\nUser-Agent: gatehouse/" GATEHOUSE_VERSION "\r\n", base, path_,
                                       authority.substr(0, authority.find('/')), key);
        for (auto& line : identityLines(shown, target.as)) {
            head += line + "\r\n";
            net::cleanse(line);
        }
        up_ = head + "\r\n";
        net::cleanse(head);
        return readAnswer(key);
    }

    /// Sends what is to be sent and reads a head; what came after it is in rest_.
    Result<int> readAnswer(const std::string& key) {
        const auto deadline = base::MonoClock::now() + std::chrono::milliseconds(kHandshakeMillis);
        std::string got;
        std::size_t end = std::string::npos;
        while (end == std::string::npos) {
            if (base::MonoClock::now() > deadline || got.size() > kMostHead) return fail("cluster-timeout", fmt::format("{}: the cluster did not answer.", what_));
            if (!sendUp() || !receive(got)) return fail("cluster-unreachable", fmt::format("{}: the cluster closed the connection.", what_));
            end = got.find("\r\n\r\n");
            if (end == std::string::npos && !waitFor(POLLIN, 0, 500)) return fail("stopped", "It was stopped.");
        }
        const auto head = std::string_view(got).substr(0, end + 2);
        rest_ = got.substr(end + 4);
        const int status = head.starts_with("HTTP/1.1 ") ? std::atoi(std::string(head.substr(9, 3)).c_str()) : 0;
        if (status == 101 && (fieldOf(head, "sec-websocket-accept") != webSocketAccept(key) || fieldOf(head, "sec-websocket-protocol") != "v4.channel.k8s.io"))
            return fail("port-forward", fmt::format("{}: the cluster does not speak v4.channel.k8s.io.", what_));
        if (status == 0) return fail("port-forward", fmt::format("{}: the cluster answered no HTTP.", what_));
        return status;
    }

    /// False: it is to stop.
    bool waitFor(short remote, short local, int millis) {
        pollfd ends[3] = {{stop_, POLLIN, 0}, {remote_, remote, 0}, {local_, local, 0}};
        // What is not waited for would still tell that it was hung up, again and again.
        if (remote == 0) ends[1].fd = -1;
        if (local == 0) ends[2].fd = -1;
        ::poll(ends, 3, millis);
        localReady_ = ends[2].revents != 0;
        return ends[0].revents == 0;
    }

    /// False: the connection is gone.
    bool sendUp() {
        while (!up_.empty()) {
            std::size_t sent = 0;
            const auto code = curl_easy_send(easy_.get(), up_.data(), up_.size(), &sent);
            if (code == CURLE_AGAIN) return true;
            if (code != CURLE_OK) return false;
            up_.erase(0, sent);
        }
        return true;
    }

    /// All that is there, up to a chunk. False: the connection is gone.
    bool receive(std::string& into) {
        std::array<char, kChunk> bytes;
        std::size_t count = 0;
        const auto code = curl_easy_recv(easy_.get(), bytes.data(), bytes.size(), &count);
        more_ = code == CURLE_OK && count > 0;
        if (more_) into.append(bytes.data(), count);
        return code == CURLE_AGAIN || more_;
    }

    bool sendDown() {
        while (!down_.empty()) {
            const auto sent = ::send(local_, down_.data(), down_.size(), MSG_NOSIGNAL);
            if (sent < 0) return errno == EAGAIN || errno == EINTR;
            down_.erase(0, static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// False: the client is done.
    bool readLocal() {
        std::array<char, kChunk> bytes;
        bytes[0] = 0;  // Channel of data.
        const auto count = ::recv(local_, bytes.data() + 1, bytes.size() - 1, 0);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        if (count == 0) return false;
        up_ += clientFrame(Opcode::Binary, {bytes.data(), static_cast<std::size_t>(count) + 1});
        return true;
    }

    Result<void> take(std::string_view bytes) {
        auto messages = reader_.feed(bytes);
        if (!messages) return tl::unexpected(messages.error());
        for (auto& message : *messages) {
            if (message.opcode == Opcode::Ping) up_ += clientFrame(Opcode::Pong, message.payload);
            if (message.opcode == Opcode::Close) over_ = true;
            if ((message.opcode != Opcode::Binary && message.opcode != Opcode::Text) || message.payload.empty()) continue;
            const auto channel = static_cast<unsigned char>(message.payload[0]);
            const std::string_view content = std::string_view(message.payload).substr(1);
            // The first message of each channel is the port.
            if (channel < 2 && !std::exchange(begun_[channel], true)) continue;
            if (channel == 0) down_ += content;
            if (channel == 1 && !content.empty()) return fail("port-forward", fmt::format("{}: {}", what_, content.substr(0, 500)));
        }
        return {};
    }

    Result<void> pump() {
        if (auto taken = take(rest_); !taken) return taken;
        while (true) {
            if (!sendUp()) return fail("cluster-unreachable", fmt::format("{}: the connection to the cluster broke off.", what_));
            if (!sendDown()) return {};
            if (over_ && down_.empty()) return {};
            // What TLS holds already makes no socket readable.
            const bool reads = down_.empty() && !over_;
            const auto remote = static_cast<short>((reads ? POLLIN : 0) | (up_.empty() ? 0 : POLLOUT));
            const auto local = static_cast<short>((up_.empty() ? POLLIN : 0) | (down_.empty() ? 0 : POLLOUT));
            if (!waitFor(remote, local, more_ && reads ? 0 : 60'000)) return {};
            if (localReady_ && up_.empty() && !readLocal()) return {};
            if (!reads) continue;
            std::string got;
            const bool open = receive(got);
            if (auto taken = take(got); !taken) return taken;
            if (!open) over_ = true;
        }
    }

    Credentials& credentials_;
    const std::string path_, what_;
    const int local_, stop_;
    ConnectTo connectTo_{nullptr, &curl_slist_free_all};
    Easy easy_;
    curl_socket_t remote_ = -1;
    std::string up_, down_, rest_;  ///< To the cluster, to the client; after the answer's head.
    FrameReader reader_;
    bool begun_[2] = {false, false};
    bool more_ = false, over_ = false, localReady_ = false;
};

}  // namespace

struct PortForward::State {
    State(std::shared_ptr<Credentials> who, std::string pathOf, std::string whatOf) : credentials(std::move(who)), path(std::move(pathOf)), what(std::move(whatOf)) {}

    const std::shared_ptr<Credentials> credentials;
    const std::string path, what;
    Socket listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    Socket stop{::eventfd(0, EFD_CLOEXEC)};  ///< Readable once it is over; nobody reads it.
    std::uint16_t port = 0;
    std::thread acceptor;
    std::atomic<std::uint64_t> made{0};

    struct Served {
        std::thread thread;
        std::atomic<bool> done{false};
    };
    std::list<Served> served;  ///< The acceptor's.

    mutable std::mutex mutex;
    std::string problem;  ///< Guarded by mutex.

    void serve(Served& entry, int client) {
        const Socket local(client);
        auto result = Tunnel(*credentials, path, what, local.get(), stop.get()).run();
        {
            const std::lock_guard lock(mutex);
            problem = result ? std::string() : result.error().message;
        }
        entry.done.store(true);
    }

    void accept() {
        while (true) {
            pollfd ends[2] = {{stop.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
            ::poll(ends, 2, -1);
            if (ends[0].revents != 0) break;
            std::erase_if(served, [](Served& entry) {
                const bool over = entry.done.load();
                if (over) entry.thread.join();
                return over;
            });
            const int client = ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) continue;
            if (served.size() >= kMostConnections) {
                ::close(client);
                continue;
            }
            made.fetch_add(1);
            auto& entry = served.emplace_back();
            entry.thread = std::thread([this, &entry, client] { serve(entry, client); });
        }
        for (auto& entry : served) entry.thread.join();
    }
};

Result<std::unique_ptr<PortForward>> PortForward::open(Client& client, std::string ns, std::string pod, std::uint16_t port) {
    const ResourceType pods{"", "v1", "pods", "Pod", true, {}};
    auto state = std::make_shared<State>(client.transport().credentials(), fmt::format("{}/portforward?ports={}", pods.path(ns, pod), port),
                                         fmt::format("Port {} of Pod {}/{} cannot be forwarded", port, ns, pod));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (state->listener.get() < 0 || state->stop.get() < 0 || ::bind(state->listener.get(), raw, size) != 0 || ::listen(state->listener.get(), 128) != 0 ||
        ::getsockname(state->listener.get(), raw, &size) != 0)
        return fail("port-forward", fmt::format("{}: no port of loopback is to be had.", state->what));
    state->port = ntohs(address.sin_port);
    state->acceptor = std::thread([own = state.get()] { own->accept(); });
    return std::unique_ptr<PortForward>(new PortForward(std::move(state)));
}

PortForward::PortForward(std::shared_ptr<State> state) : state_(std::move(state)) {}

PortForward::~PortForward() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto ignored = ::write(state_->stop.get(), &one, sizeof one);
    state_->acceptor.join();
}

std::uint16_t PortForward::localPort() const { return state_->port; }
std::uint64_t PortForward::connections() const { return state_->made.load(); }
std::string PortForward::problem() const {
    const std::lock_guard lock(state_->mutex);
    return state_->problem;
}

}  // namespace gatehouse::cluster
