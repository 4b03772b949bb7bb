#include "inference/scraper.h"

#include "base/ids.h"

#include <curl/curl.h>
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace gatehouse::inference {

namespace {

/// A vLLM page is 20 to 60 KB; what is larger than this is no metrics page.
constexpr std::size_t kMaxPage = 4 << 20;
/// Scrapes due within this of each other start together, to wake up less often.
constexpr base::Millis kTogether{3};

using Clock = base::MonoClock;

struct Target {
    std::shared_ptr<Pod> pod;
    CURL* easy = nullptr;
    std::string page;
    bool tooLarge = false;
    bool running = false;
    bool retired = false;  ///< Left the pod list while a scrape ran; freed when that ends.
    base::MonoTime due;
    base::Millis interval{0};
    PodMetrics last;

    ~Target() {
        if (easy) curl_easy_cleanup(easy);
    }
};

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
    auto& target = *static_cast<Target*>(user);
    if (target.page.size() + size > kMaxPage) {
        target.tooLarge = true;
        return 0;
    }
    target.page.append(data, size);
    return size;
}

bool differs(double a, double b, double tolerance) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) != std::isnan(b);
    return std::abs(a - b) > tolerance;
}

/// Changes that could move a pick: any request in or out, half a percent of KV, 1 % of a usual GPU's memory.
bool changed(const PodMetrics& a, const PodMetrics& b) {
    return differs(a.waiting, b.waiting, 0) || differs(a.running, b.running, 0) || differs(a.kvUse, b.kvUse, 0.005) ||
           differs(a.gpuUsedMib, b.gpuUsedMib, 800);
}

bool knowsAnything(const PodMetrics& m) {
    return m.known(m.waiting) || m.known(m.running) || m.known(m.kvUse) || m.known(m.gpuUsedMib);
}

}  // namespace

struct Scraper::State {
    ScraperOptions options;
    CURLM* multi = nullptr;
    std::atomic<std::uint64_t> scrapes{0}, failures{0};
    std::atomic<bool> stopping{false};

    std::mutex mutex;
    std::optional<std::vector<std::shared_ptr<Pod>>> incoming;  ///< Guarded by mutex.

    std::vector<std::unique_ptr<Target>> targets;  ///< Scraper thread only.
    std::thread thread;

    void run();
    void takePods();
    std::unique_ptr<Target> makeTarget(std::shared_ptr<Pod> pod);
    void begin(Target& target);
    void finish(Target& target, CURLcode code);
    void collect();
    base::MonoTime jittered(base::Millis interval) const;
};

std::unique_ptr<Target> Scraper::State::makeTarget(std::shared_ptr<Pod> pod) {
    auto target = std::make_unique<Target>();
    target->pod = std::move(pod);
    target->interval = options.fastest;
    // Spread over the first interval, so that a hundred pods are not asked in one burst for ever.
    target->due = Clock::now() + base::Micros(base::randomBelow(
                                     static_cast<std::uint64_t>(base::Micros(options.fastest).count()) + 1));
    CURL* easy = target->easy = curl_easy_init();
    const std::string& host = target->pod->metricsHost;
    const bool v6 = host.find(':') != std::string::npos;
    const std::string url =
        fmt::format("http://{}{}{}:{}/metrics", v6 ? "[" : "", host, v6 ? "]" : "", target->pod->metricsPort);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, target.get());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, target.get());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatehouse-scraper");
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    return target;
}

void Scraper::State::takePods() {
    std::optional<std::vector<std::shared_ptr<Pod>>> pods;
    {
        std::lock_guard lock(mutex);
        pods.swap(incoming);
    }
    if (!pods) return;
    std::vector<std::unique_ptr<Target>> next;
    next.reserve(pods->size());
    for (auto& pod : *pods) {
        const auto kept = std::find_if(targets.begin(), targets.end(), [&](const auto& target) {
            return target && !target->retired && target->pod == pod;
        });
        next.push_back(kept != targets.end() ? std::move(*kept) : makeTarget(std::move(pod)));
    }
    for (auto& target : targets) {
        if (!target || !target->running) continue;
        target->retired = true;
        next.push_back(std::move(target));
    }
    targets = std::move(next);
    // Without this libcurl keeps only four idle connections per transfer that happens to run.
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(targets.size() + 16));
}

void Scraper::State::begin(Target& target) {
    target.page.clear();
    target.tooLarge = false;
    target.running = true;
    target.pod->beginScrape();
    curl_multi_add_handle(multi, target.easy);
}

base::MonoTime Scraper::State::jittered(base::Millis interval) const {
    const auto micros = static_cast<std::uint64_t>(base::Micros(interval).count());
    return Clock::now() + base::Micros(micros * 9 / 10 + base::randomBelow(micros / 5 + 1));
}

void Scraper::State::finish(Target& target, CURLcode code) {
    const auto now = Clock::now();
    long status = 0, osError = 0;
    curl_easy_getinfo(target.easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(target.easy, CURLINFO_OS_ERRNO, &osError);
    target.running = false;
    scrapes.fetch_add(1, std::memory_order_relaxed);

    std::string reason;
    bool unreachable = false;
    PodMetrics metrics;
    if (target.tooLarge) {
        reason = "the metrics page is larger than 4 MiB";
    } else if (code == CURLE_COULDNT_CONNECT) {
        reason = "the connection was refused or failed";
        // Only a refusal by the port that serves requests proves that the pod cannot serve any.
        unreachable = osError == ECONNREFUSED && target.pod->endpoint->host == target.pod->metricsHost &&
                      target.pod->endpoint->port == target.pod->metricsPort;
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        reason = fmt::format("no answer within {} ms", options.timeout.count());
    } else if (code != CURLE_OK) {
        reason = curl_easy_strerror(code);
    } else if (status != 200) {
        reason = fmt::format("/metrics answered {}", status);
    } else if (metrics = parseMetricsPage(target.page); !knowsAnything(metrics)) {
        reason = "the page holds no metric that Gatehouse knows";
    }

    if (!reason.empty()) {
        failures.fetch_add(1, std::memory_order_relaxed);
        target.pod->storeFailure(reason, now, unreachable);
        target.interval = std::min(std::max(target.interval * 2, base::Millis(200)), options.slowest);
    } else {
        target.pod->store(metrics, now);
        target.interval = changed(metrics, target.last) ? target.interval / 2 : target.interval * 5 / 4;
        target.interval = std::clamp(target.interval, options.fastest, options.slowest);
        target.last = metrics;
    }
    target.due = jittered(target.interval);
}

void Scraper::State::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        char* user = nullptr;
        const CURLcode code = message->data.result;
        CURL* easy = message->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
        auto& target = *reinterpret_cast<Target*>(user);
        curl_multi_remove_handle(multi, easy);
        target.running = false;
        if (!target.retired) finish(target, code);
    }
    std::erase_if(targets, [](const auto& target) { return target->retired && !target->running; });
}

void Scraper::State::run() {
    while (!stopping.load(std::memory_order_relaxed)) {
        takePods();
        const auto now = Clock::now();
        base::MonoTime next = now + options.slowest;
        for (auto& target : targets) {
            if (target->running) continue;
            if (target->due <= now + kTogether) {
                begin(*target);
            } else {
                next = std::min(next, target->due);
            }
        }
        int running = 0;
        curl_multi_perform(multi, &running);
        collect();
        const auto wait = std::chrono::ceil<base::Millis>(next - Clock::now()).count();
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::clamp<long>(wait, 1, 1000)), nullptr);
        curl_multi_perform(multi, &running);
        collect();
    }
    for (auto& target : targets)
        if (target->running) curl_multi_remove_handle(multi, target->easy);
    targets.clear();
}

Scraper::Scraper(ScraperOptions options) : state_(std::make_unique<State>()) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    state_->options = options;
    state_->options.fastest = std::max(options.fastest, base::Millis(1));
    state_->options.slowest = std::max(options.slowest, state_->options.fastest);
    state_->multi = curl_multi_init();
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Scraper::~Scraper() {
    stop();
    curl_multi_cleanup(state_->multi);
    curl_global_cleanup();
}

void Scraper::setPods(std::vector<std::shared_ptr<Pod>> pods) {
    {
        std::lock_guard lock(state_->mutex);
        state_->incoming = std::move(pods);
    }
    curl_multi_wakeup(state_->multi);
}

void Scraper::stop() {
    state_->stopping.store(true, std::memory_order_relaxed);
    curl_multi_wakeup(state_->multi);
    if (state_->thread.joinable()) state_->thread.join();
}

std::uint64_t Scraper::scrapes() const { return state_->scrapes.load(std::memory_order_relaxed); }
std::uint64_t Scraper::failures() const { return state_->failures.load(std::memory_order_relaxed); }

}  // namespace gatehouse::inference
