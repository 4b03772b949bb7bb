// The two ends of a stream benchmark, one thread each, on loopback:
//   stream_load origin PORT RATE          answers every POST with chat chunks, RATE a second, each with the time it was sent
//   stream_load client PORT PATH STREAMS SECONDS [HEADER...]   reads that many streams, and prints what it measured as JSON
// Times are of one clock (CLOCK_MONOTONIC), so that the client knows how long each event was under way.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view kMark = "\"t\":";

std::int64_t nowNs() {
    timespec at{};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return static_cast<std::int64_t>(at.tv_sec) * 1'000'000'000 + at.tv_nsec;
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void prepare(int fd) {
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

[[noreturn]] void die(const char* what) {
    std::perror(what);
    std::exit(1);
}

std::string chunked(std::string_view data) {
    char size[32];
    const int length = std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return std::string(size, static_cast<std::size_t>(length)).append(data).append("\r\n");
}

struct Stream {
    int fd = -1;
    std::string in;        ///< Of the request, until its body is whole.
    bool begun = false;
    std::int64_t nextAt = 0;
    std::uint64_t sent = 0;
};

bool wholeRequest(const std::string& in) {
    const auto head = in.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    for (const char* name : {"content-length: ", "Content-Length: "})
        if (const auto at = in.find(name); at != std::string::npos && at < head)
            return in.size() >= head + 4 + std::strtoull(in.c_str() + at + std::strlen(name), nullptr, 10);
    return in.find("0\r\n\r\n", head + 4) != std::string::npos;
}

bool sendEvent(Stream& stream, const char* content) {
    char event[512];
    const int length = std::snprintf(event, sizeof event,
                                     "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\",\"t\":%lld,"
                                     "\"choices\":[{\"index\":0,\"delta\":{%s\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
                                     static_cast<long long>(nowNs()), stream.sent++ == 0 ? "\"role\":\"assistant\"," : "", content);
    const auto framed = chunked(std::string_view(event, static_cast<std::size_t>(length)));
    return send(stream.fd, framed.data(), framed.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(framed.size());
}

int origin(int port, double rate) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto address = loopback(port);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener, 4096) != 0) die("listen");
    prepare(listener);
    const int poll = epoll_create1(0);
    epoll_event interest{.events = EPOLLIN, .data = {.fd = listener}};
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &interest);
    std::vector<Stream> streams;  // By file descriptor.
    const auto gap = static_cast<std::int64_t>(1e9 / rate);
    std::uint64_t spread = 0;
    const auto drop = [&](Stream& stream) {
        close(stream.fd);
        stream = Stream();
    };
    while (true) {
        epoll_event events[256];
        const int count = epoll_wait(poll, events, 256, 1);
        for (int i = 0; i < count; ++i) {
            const int fd = events[i].data.fd;
            if (fd == listener) {
                for (int made; (made = accept(listener, nullptr, nullptr)) >= 0;) {
                    prepare(made);
                    if (streams.size() <= static_cast<std::size_t>(made)) streams.resize(static_cast<std::size_t>(made) + 1);
                    streams[static_cast<std::size_t>(made)].fd = made;
                    epoll_event each{.events = EPOLLIN, .data = {.fd = made}};
                    epoll_ctl(poll, EPOLL_CTL_ADD, made, &each);
                }
                continue;
            }
            auto& stream = streams[static_cast<std::size_t>(fd)];
            char buffer[65536];
            const auto got = read(fd, buffer, sizeof buffer);
            if (got == 0 || (got < 0 && errno != EAGAIN)) {
                drop(stream);
                continue;
            }
            if (got > 0 && !stream.begun) stream.in.append(buffer, static_cast<std::size_t>(got));
            if (stream.begun || !wholeRequest(stream.in)) continue;
            constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            if (send(fd, kHead.data(), kHead.size(), MSG_NOSIGNAL) < 0 || !sendEvent(stream, "first")) {
                drop(stream);
                continue;
            }
            stream.begun = true;
            stream.nextAt = nowNs() + gap * static_cast<std::int64_t>(spread++ % 16) / 16;
        }
        const auto now = nowNs();
        for (auto& stream : streams) {
            if (!stream.begun || stream.nextAt > now) continue;
            stream.nextAt = std::max(stream.nextAt + gap, now - gap);
            if (!sendEvent(stream, " another word")) drop(stream);
        }
    }
}

struct Reader {
    int fd = -1;
    std::string rest;
    std::int64_t askedAt = 0;
    std::int64_t lastAt = 0;
};

double at(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
    return values[place];
}

int client(int port, const char* path, std::size_t count, double seconds, const std::vector<std::string>& headers) {
    const std::string body = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]}";
    std::string request = std::string("POST ") + path + " HTTP/1.1\r\nHost: bench.test\r\nContent-Type: application/json\r\n";
    for (const auto& header : headers) request += header + "\r\n";
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    const int poll = epoll_create1(0);
    std::vector<Reader> readers(count);
    auto address = loopback(port);
    for (std::size_t i = 0; i < count; ++i) {
        auto& reader = readers[i];
        reader.fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(reader.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) die("connect");
        prepare(reader.fd);
        epoll_event interest{.events = EPOLLIN, .data = {.u64 = i}};
        epoll_ctl(poll, EPOLL_CTL_ADD, reader.fd, &interest);
        reader.askedAt = nowNs();
        if (send(reader.fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) die("send");
    }
    std::vector<double> delays, gaps, firsts;
    std::size_t cut = 0;
    const auto begin = nowNs();
    const auto end = begin + static_cast<std::int64_t>(seconds * 1e9);
    const auto counted = begin + (end - begin) / 4;  // The beginning, when everybody connects, says nothing of the middle.
    while (nowNs() < end && cut < count) {
        epoll_event events[256];
        const int ready = epoll_wait(poll, events, 256, 100);
        for (int i = 0; i < ready; ++i) {
            auto& reader = readers[events[i].data.u64];
            char buffer[65536];
            const auto got = read(reader.fd, buffer, sizeof buffer);
            const auto now = nowNs();
            if (got <= 0) {
                if (got < 0 && errno == EAGAIN) continue;
                close(reader.fd);
                ++cut;
                continue;
            }
            reader.rest.append(buffer, static_cast<std::size_t>(got));
            std::size_t from = 0;
            for (std::size_t mark; (mark = reader.rest.find(kMark, from)) != std::string::npos;) {
                const auto stop = reader.rest.find_first_not_of("0123456789", mark + kMark.size());
                if (stop == std::string::npos) break;
                const auto sent = std::strtoll(reader.rest.c_str() + mark + kMark.size(), nullptr, 10);
                if (reader.lastAt == 0) firsts.push_back(static_cast<double>(now - reader.askedAt) / 1e3);
                else if (now > counted) {
                    delays.push_back(static_cast<double>(now - sent) / 1e3);
                    gaps.push_back(static_cast<double>(now - reader.lastAt) / 1e3);
                }
                reader.lastAt = now;
                from = stop;
            }
            reader.rest.erase(0, from != 0 ? from : reader.rest.size() > 8192 ? reader.rest.size() - 64 : 0);
        }
    }
    std::size_t silent = 0;
    for (const auto& reader : readers) silent += reader.lastAt == 0;
    const auto measured = static_cast<double>(end - counted) / 1e9;
    std::printf("{\"events\":%zu,\"eventsPerSecond\":%.0f,\"delayP50\":%.1f,\"delayP99\":%.1f,\"gapP50\":%.1f,\"gapP99\":%.1f,\"firstP50\":%.1f,\"firstP99\":%.1f,\"cut\":%zu,\"silent\":%zu}\n",
                delays.size(), static_cast<double>(delays.size()) / measured, at(delays, 0.5), at(delays, 0.99), at(gaps, 0.5), at(gaps, 0.99), at(firsts, 0.5), at(firsts, 0.99), cut, silent);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "origin" && argc == 4) return origin(std::atoi(argv[2]), std::atof(argv[3]));
    if (mode == "client" && argc >= 6)
        return client(std::atoi(argv[2]), argv[3], std::strtoull(argv[4], nullptr, 10), std::atof(argv[5]), {argv + 6, argv + argc});
    std::fprintf(stderr, "stream_load origin PORT RATE | client PORT PATH STREAMS SECONDS [HEADER...]\n");
    return 2;
}
