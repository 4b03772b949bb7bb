// The scraper against small HTTP servers: engines whose metrics stand elsewhere, DCGM exporters, and pods that fail and come back.
#include "inference/scraper.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace gatehouse::inference {
namespace {

using namespace std::chrono_literals;

using PageMap = std::map<std::string, std::string>;

/// Answers GET with the page of its path, else 404. Port 0 on loopback, keep-alive.
class Pages {
  public:
    explicit Pages(PageMap pages) : pages_(std::move(pages)) {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(socket_, 64), 0);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~Pages() {
        stop_ = true;
        thread_.join();
        ::close(socket_);
    }
    void set(const std::string& path, std::string page) {
        const std::lock_guard lock(mutex_);
        if (page.empty()) pages_.erase(path);
        else pages_[path] = std::move(page);
    }
    std::uint16_t port = 0;
    std::atomic<int> asked{0};

  private:
    void run() {
        std::vector<pollfd> all{{socket_, POLLIN, 0}};
        std::map<int, std::string> input;
        while (!stop_) {
            ::poll(all.data(), all.size(), 20);
            if (all[0].revents & POLLIN) all.push_back({::accept(socket_, nullptr, nullptr), POLLIN, 0});
            for (std::size_t i = 1; i < all.size(); ++i) {
                if (!(all[i].revents & (POLLIN | POLLHUP))) continue;
                char bytes[4096];
                const auto count = ::recv(all[i].fd, bytes, sizeof bytes, 0);
                if (count <= 0) {
                    ::close(all[i].fd);
                    input.erase(all[i].fd);
                    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i--));
                    continue;
                }
                auto& text = input[all[i].fd];
                text.append(bytes, static_cast<std::size_t>(count));
                if (text.find("\r\n\r\n") == std::string::npos) continue;
                const auto reply = answer(text.substr(4, text.find(' ', 4) - 4));
                text.clear();
                for (std::size_t sent = 0; sent < reply.size();) {
                    const auto wrote = ::send(all[i].fd, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
                    if (wrote <= 0) break;
                    sent += static_cast<std::size_t>(wrote);
                }
            }
        }
        for (std::size_t i = 1; i < all.size(); ++i) ::close(all[i].fd);
    }
    std::string answer(const std::string& path) {
        ++asked;
        const std::lock_guard lock(mutex_);
        const auto page = pages_.find(path);
        if (page == pages_.end()) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(page->second.size()) + "\r\n\r\n" + page->second;
    }

    int socket_ = -1;
    std::mutex mutex_;
    std::map<std::string, std::string> pages_;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

std::shared_ptr<Pod> podAt(std::uint16_t port, const std::string& name) {
    auto pod = std::make_shared<Pod>();
    pod->endpoint = std::make_shared<upstream::Endpoint>();
    pod->endpoint->host = pod->metricsHost = "127.0.0.1";
    pod->endpoint->port = pod->metricsPort = port;
    pod->name = name;
    return pod;
}

bool eventually(const std::function<bool()>& condition) {
    for (const auto until = std::chrono::steady_clock::now() + 10s; std::chrono::steady_clock::now() < until;) {
        if (condition()) return true;
        std::this_thread::yield();
    }
    return condition();
}

PodMetrics metricsOf(const Pod& pod) {
    base::MonoTime at;
    return pod.load(at);
}

TEST(ScraperOfEngines, FindsTheMetricsOfAnEngineWhosePathItWasNotTold) {
    Pages trt(PageMap{{"/prometheus/metrics", "trtllm_num_requests_waiting 2\ntrtllm_num_requests_running 5\n"}, {"/metrics", "[{\"iter\":1}]"}});
    Pages ollama(PageMap{{"/api/ps", R"({"models":[{"name":"m","size_vram":2097152}]})"}});
    Pages vllm(PageMap{{"/metrics", "vllm:num_requests_waiting 1\nvllm:kv_cache_usage_perc 0.5\n"}});
    const auto a = podAt(trt.port, "d/a"), b = podAt(ollama.port, "d/b"), c = podAt(vllm.port, "d/c");
    Scraper scraper({5ms, 40ms, 1000ms});
    scraper.setPods({a, b, c});
    ASSERT_TRUE(eventually([&] { return a->engine() == Engine::TrtLlm && b->engine() == Engine::Ollama && c->engine() == Engine::Vllm; }));
    ASSERT_TRUE(eventually([&] { return metricsOf(*a).waiting == 2 && metricsOf(*b).gpuUsedMib == 2 && metricsOf(*c).kvUse == 0.5; }));
    EXPECT_STREQ(c->kvSource(), "vllm:kv_cache_usage_perc");
    EXPECT_STREQ(a->kvSource(), "");
    EXPECT_TRUE(std::isnan(metricsOf(*b).waiting));
    EXPECT_EQ(b->gpuSource(), "its own page");
}

TEST(ScraperOfEngines, AsksTheHintsPathAndTheOneThatIsSetAlone) {
    Pages hinted(PageMap{{"/prometheus/metrics", "trtllm_num_requests_waiting 2\n"}, {"/metrics", "vllm:num_requests_waiting 9\n"}});
    Pages set(PageMap{{"/own", "vllm:num_requests_waiting 3\n"}, {"/metrics", "vllm:num_requests_waiting 9\n"}});
    const auto a = podAt(hinted.port, "d/a"), b = podAt(set.port, "d/b");
    a->engineHint = Engine::TrtLlm;
    b->metricsPath = "/own";
    Scraper scraper({5ms, 40ms, 1000ms});
    scraper.setPods({a, b});
    ASSERT_TRUE(eventually([&] { return metricsOf(*a).waiting == 2 && metricsOf(*b).waiting == 3; }));
}

TEST(ScraperOfEngines, APodWithoutMetricsSaysWhatItsFirstPathAnswered) {
    Pages nothing(PageMap{});
    const auto pod = podAt(nothing.port, "d/a");
    Scraper scraper({5ms, 20ms, 1000ms});
    scraper.setPods({pod});
    ASSERT_TRUE(eventually([&] { return nothing.asked > 6; }));
    EXPECT_EQ(pod->scrapeError(), "/metrics answered 404");
    EXPECT_FALSE(pod->unreachable());
    nothing.set("/metrics", "tgi_queue_size 4\n");
    ASSERT_TRUE(eventually([&] { return metricsOf(*pod).waiting == 4; }));
    EXPECT_EQ(pod->scrapeError(), "");
}

TEST(ScraperOfEngines, APageThatIsTooLargeIsAFailureAndNotMemory) {
    Pages huge(PageMap{{"/metrics", std::string(10U << 20, 'v')}});
    const auto pod = podAt(huge.port, "d/a");
    Scraper scraper({5ms, 20ms, 2000ms});
    scraper.setPods({pod});
    ASSERT_TRUE(eventually([&] { return !pod->scrapeError().empty(); }));
    EXPECT_EQ(pod->scrapeError(), "the metrics page is larger than 4 MiB");
}

TEST(ScraperOfExporters, DeviceMemoryIsJoinedByNamespaceAndPod) {
    Pages engine(PageMap{{"/metrics", "vllm:num_requests_waiting 1\n"}});
    Pages dcgm(PageMap{{"/metrics",
                 "DCGM_FI_DEV_FB_USED{gpu=\"0\",namespace=\"ml\",pod=\"a\"} 70000\nDCGM_FI_DEV_FB_FREE{gpu=\"0\",namespace=\"ml\",pod=\"a\"} 10000\n"
                 "DCGM_FI_DEV_FB_USED{gpu=\"1\",namespace=\"other\",pod=\"b\"} 1\n"}});
    const auto a = podAt(engine.port, "ml/a"), b = podAt(engine.port, "ml/b");
    Scraper scraper({5ms, 20ms, 1000ms});
    scraper.setPods({a, b});
    scraper.setExporters({{"gpu/dcgm-1", "127.0.0.1", dcgm.port}});
    ASSERT_TRUE(eventually([&] { return metricsOf(*a).gpuFreeMib == 10'000 && metricsOf(*a).waiting == 1; }));
    EXPECT_EQ(a->gpuSource(), "DCGM exporter gpu/dcgm-1");
    EXPECT_TRUE(std::isnan(metricsOf(*b).gpuFreeMib));
    ASSERT_TRUE(eventually([&] { return scraper.exporters().size() == 1 && scraper.exporters()[0].pods == 2; }));
    EXPECT_EQ(scraper.exporters()[0].joined, 1U);
    EXPECT_EQ(scraper.exporters()[0].error, "");

    // The exporter fails: the figures stay, with their age.
    dcgm.set("/metrics", "");
    ASSERT_TRUE(eventually([&] { return scraper.exporters()[0].error == "/metrics answered 404"; }));
    const auto at = a->gpuAt();
    EXPECT_EQ(metricsOf(*a).gpuFreeMib, 10'000);
    const auto before = dcgm.asked.load();
    ASSERT_TRUE(eventually([&] { return dcgm.asked > before + 2; }));
    EXPECT_EQ(a->gpuAt(), at);

    // It goes: nobody asks it any more.
    scraper.setExporters({});
    ASSERT_TRUE(eventually([&] { return scraper.exporters().empty(); }));
    const auto scrapes = scraper.scrapes();
    ASSERT_TRUE(eventually([&] { return scraper.scrapes() > scrapes + 3; }));
    const auto last = dcgm.asked.load();
    const auto more = scraper.scrapes();
    ASSERT_TRUE(eventually([&] { return scraper.scrapes() > more + 5; }));
    EXPECT_EQ(dcgm.asked, last);
    EXPECT_GT(scraper.cpu().count(), 0);
}

}  // namespace
}  // namespace gatehouse::inference
