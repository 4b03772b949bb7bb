// Other people's HTTP/2 clients against a tiny server made of sessions: nghttp, curl, h2load, where they are installed.
#include "core/http/h2_test_support.h"

#include <atomic>
#include <cstdio>
#include <list>
#include <thread>

namespace gatehouse::http {
namespace {

using namespace h2test;

bool installed(const std::string& tool) { return std::system(("command -v " + tool + " >/dev/null 2>&1").c_str()) == 0; }

std::string run(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen(("timeout 60 " + command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return out;
    char buffer[4096];
    for (std::size_t size = 0; (size = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, size);
    out += "\nexit " + std::to_string(::pclose(pipe));
    return out;
}

/// "/big" answers a megabyte, "/trailers" has some, anything else is described.
net::Task<void> answer(std::shared_ptr<H2Stream> stream) {
    const auto path = std::string(stream->request().path);
    if (path == "/big") {
        static const std::string body(1024 * 1024, 'b');
        const Header fields[] = {{"content-type", "text/plain"}, {"content-length", "1048576"}};
        stream->sendResponse(200, fields, false);
        static_cast<void>(co_await writeAll(stream, body, true));
    } else if (path == "/trailers") {
        const Header trailers[] = {{"x-sum", "42"}};
        stream->sendResponse(200, {}, false);
        stream->sendData("body", false);
        stream->sendTrailers(trailers);
    } else if (path == "/early") {
        const Header link[] = {{"link", "</a.css>; rel=preload"}};
        stream->sendInterim(103, link);
        stream->sendResponse(204, {}, true);
    } else {
        co_await describe(stream);
    }
}

class Server {
  public:
    Server() : acceptor_(loop_.executor(), net::Tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        port_ = acceptor_.local_endpoint().port();
        accept();
        thread_ = std::thread([this] {
            EXPECT_TRUE(loop_.until([this] { return stop_.load(); }, std::chrono::seconds(110)));
            net::ErrorCode ignored;
            acceptor_.close(ignored);
            for (auto& peer : peers_) EXPECT_TRUE(peer.finish());
            for (auto& peer : peers_)
                for (const auto& [limit, count] : peer.bitten) ADD_FAILURE() << "a foreign client ran into " << limit;
            peers_.clear();
        });
    }
    ~Server() {
        stop_ = true;
        thread_.join();
    }
    std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

  private:
    void accept() {
        acceptor_.async_accept([this](const net::ErrorCode& error, net::Socket socket) {
            if (error) return;
            socket.set_option(net::Tcp::no_delay(true));
            socket.non_blocking(true);
            peers_.emplace_back(loop_, std::move(socket), H2Role::Server).serve = answer;
            accept();
        });
    }
    Loop loop_;
    asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor_;
    std::list<Peer> peers_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

TEST(H2Foreign, CurlSpeaksWithUs) {
    if (!installed("curl")) GTEST_SKIP() << "curl is not installed";
    Server server;
    const std::string curl = "curl -sS --http2-prior-knowledge ";
    EXPECT_EQ(run(curl + server.url("/a/../b?x=1")), "/b 127.0.0.1 none query=x=1\nexit 0");
    EXPECT_EQ(run(curl + "-d hello " + server.url("/p")), "/p 127.0.0.1 length body=hello\nexit 0");
    EXPECT_EQ(run(curl + "-H 'Cookie: a=1' -H 'Cookie: b=2' " + server.url("/")), "/ 127.0.0.1 none cookie=a=1; b=2\nexit 0");
    EXPECT_EQ(run(curl + "-o /dev/null -w '%{http_version} %{http_code} %{size_download}' " + server.url("/big")), "2 200 1048576\nexit 0");
    EXPECT_NE(run(curl + "-i " + server.url("/early")).find("HTTP/2 103"), std::string::npos);
    EXPECT_NE(run("head -c 3000000 /dev/zero | " + curl + "-T - " + server.url("/up") + " -w '%{http_code}' -o /dev/null").find("200"),
              std::string::npos);
    EXPECT_NE(run(curl + "--path-as-is -i " + server.url("/a%2fb")).find("HTTP/2 400"), std::string::npos);
}

TEST(H2Foreign, NghttpSpeaksWithUs) {
    if (!installed("nghttp")) GTEST_SKIP() << "nghttp is not installed";
    Server server;
    const auto verbose = run("nghttp -v " + server.url("/trailers") + " " + server.url("/x"));
    EXPECT_NE(verbose.find("x-sum: 42"), std::string::npos) << verbose;
    EXPECT_NE(verbose.find("/x 127.0.0.1 none"), std::string::npos) << verbose;
    EXPECT_EQ(verbose.find("PROTOCOL_ERROR"), std::string::npos) << verbose;
}

TEST(H2Foreign, H2loadSpeaksWithUs) {
    if (!installed("h2load")) GTEST_SKIP() << "h2load is not installed";
    Server server;
    const auto report = run("h2load -n 4000 -c 8 -m 16 " + server.url("/"));
    EXPECT_NE(report.find("4000 succeeded, 0 failed, 0 errored, 0 timeout"), std::string::npos) << report;
    const auto big = run("h2load -n 64 -c 2 -m 16 " + server.url("/big"));
    EXPECT_NE(big.find("64 succeeded, 0 failed, 0 errored, 0 timeout"), std::string::npos) << big;
}

}  // namespace
}  // namespace gatehouse::http
