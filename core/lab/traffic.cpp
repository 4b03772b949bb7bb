// TrafficSource (demo.h): people and programs that use the demo: chats of mixed length, streamed and buffered, in a tide with
// bursts, and now and then a provider call, a health check or a redirect. One thread, one curl multi.
#include "lab/demo.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

namespace gatehouse::lab {

namespace {

using Clock = std::chrono::steady_clock;

/// More would only pile up in front of a gateway that hangs.
constexpr std::size_t kMaxOpen = 128;

constexpr std::array<std::string_view, 8> kQuestions = {
    "Summarise this change for the release notes",
    "Which of our services call the billing API",
    "Write a polite reply that moves the meeting to Thursday",
    "Explain the error below and propose a fix",
    "Translate the following paragraph into plain English",
    "List the risks of this migration plan",
    "Draft a test plan for the new login page",
    "Compare the two designs and recommend one"};
constexpr std::string_view kFiller =
    " The background is as follows. The team moved the service to the new cluster last week and the latency rose at once. "
    "Nobody has changed the limits, but the queue in front of the workers grew during the nightly import.";

struct Request {
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    std::string body;
};

std::size_t discard(char*, std::size_t, std::size_t size, void*) { return size; }

}  // namespace

struct TrafficSource::Impl {
    Options options;
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> sent{0}, failed{0};
    CURLM* multi = nullptr;
    std::mt19937_64 random;
    std::vector<Request*> open;
    std::vector<CURL*> idle;
    std::thread thread;

    ~Impl() {
        stopping = true;
        if (multi) curl_multi_wakeup(multi);
        if (thread.joinable()) thread.join();
        for (Request* request : open) finish(request);
        for (CURL* easy : idle) curl_easy_cleanup(easy);
        if (multi) {
            curl_multi_cleanup(multi);
            curl_global_cleanup();
        }
    }

    double uniform() { return std::uniform_real_distribution<>(0, 1)(random); }
    std::string chatBody(bool stream, std::string_view extra);
    void launch();
    void send(std::string_view path, std::string body, bool canary);
    void finish(Request* request);
    void collect();
    void run();
};

std::string TrafficSource::Impl::chatBody(bool stream, std::string_view extra) {
    // Prompt lengths are log-normal like real traces; most are short, a few are ten times as long.
    const double chars = std::clamp(std::exp(std::normal_distribution<>(6.2, 0.9)(random)), 80.0, 6'000.0);
    std::string prompt(kQuestions[random() % kQuestions.size()]);
    prompt += fmt::format(" (ticket {}).", 1000 + random() % 9000);
    prompt += extra;
    while (static_cast<double>(prompt.size()) < chars) prompt += kFiller;
    const auto limit = 16 + random() % 110;
    return fmt::format(R"({{"model":"chat-large","messages":[{{"role":"user","content":"{}"}}],"max_tokens":{}{}}})", prompt,
                       limit, stream ? R"(,"stream":true)" : "");
}

void TrafficSource::Impl::send(std::string_view path, std::string body, bool canary) {
    auto* request = new Request;
    if (idle.empty()) {
        request->easy = curl_easy_init();
    } else {
        request->easy = idle.back();
        idle.pop_back();
        curl_easy_reset(request->easy);
    }
    request->body = std::move(body);
    CURL* easy = request->easy;
    curl_easy_setopt(easy, CURLOPT_URL, fmt::format("http://{}{}", options.address, path).c_str());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, request);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "gatehouse-demo");
    if (!request->body.empty()) {
        request->headers = curl_slist_append(nullptr, "Content-Type: application/json");
        request->headers = curl_slist_append(request->headers, "Expect:");
        if (canary) request->headers = curl_slist_append(request->headers, "x-canary: always");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request->body.size()));
    }
    open.push_back(request);
    sent.fetch_add(1, std::memory_order_relaxed);
    curl_multi_add_handle(multi, easy);
}

void TrafficSource::Impl::launch() {
    if (open.size() >= kMaxOpen) return;
    const double what = uniform();
    if (what < 0.02) return send("/healthz", {}, false);
    if (what < 0.03) return send("/docs", {}, false);
    const bool stream = uniform() < 0.5;
    if (what < 0.08)
        return send("/openai", chatBody(stream, uniform() < 0.2 ? " It is about project Nightjar." : ""), false);
    std::string_view extra;
    if (what < 0.11) extra = " The customer wrote from jane.doe@example.com.";
    if (what < 0.095) extra = " The card was 4111 1111 1111 1111.";
    send("/v1/chat/completions", chatBody(stream, extra), what > 0.93);
}

void TrafficSource::Impl::finish(Request* request) {
    curl_multi_remove_handle(multi, request->easy);
    curl_slist_free_all(request->headers);
    idle.push_back(request->easy);
    delete request;
}

void TrafficSource::Impl::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        char* user = nullptr;
        long status = 0;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK || status >= 500) failed.fetch_add(1, std::memory_order_relaxed);
        auto* request = reinterpret_cast<Request*>(user);
        std::erase(open, request);
        finish(request);
    }
}

void TrafficSource::Impl::run() {
    const auto begin = Clock::now();
    auto next = begin;
    int burst = 0;
    while (!stopping.load(std::memory_order_relaxed)) {
        auto now = Clock::now();
        while (next <= now) {
            launch();
            // A tide of 40 s between 0.55 and 1.45 of the mean rate; one arrival in 40 brings a burst of eight behind it.
            const double seconds = std::chrono::duration<double>(next - begin).count();
            const double rate = options.requestsPerSecond * (1 + 0.45 * std::sin(seconds * 2 * 3.14159265 / 40));
            double gap = std::exponential_distribution<>(std::max(rate, 0.01) * 0.83)(random);
            if (burst == 0 && uniform() < 1.0 / 40) burst = 8;
            if (burst > 0) {
                --burst;
                gap = 0.01;
            }
            next += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::min(gap, 10.0)));
            if (next < now - std::chrono::seconds(1)) next = now;
        }
        int running = 0;
        curl_multi_perform(multi, &running);
        collect();
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::clamp<long>(wait, 1, 500)), nullptr);
    }
}

TrafficSource::TrafficSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrafficSource::~TrafficSource() = default;

Result<std::unique_ptr<TrafficSource>> TrafficSource::start(Options options) {
    if (options.address.find(':') == std::string::npos)
        return fail("bad-address", fmt::format("\"{}\" is no address of the form host:port.", options.address));
    if (!(options.requestsPerSecond > 0)) return fail("bad-rate", "The rate of requests must be above 0.");
    auto impl = std::make_unique<Impl>();
    impl->options = std::move(options);
    impl->random.seed(impl->options.seed);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    impl->multi = curl_multi_init();
    impl->thread = std::thread([raw = impl.get()] { raw->run(); });
    return std::unique_ptr<TrafficSource>(new TrafficSource(std::move(impl)));
}

std::uint64_t TrafficSource::sent() const { return impl_->sent.load(std::memory_order_relaxed); }
std::uint64_t TrafficSource::failed() const { return impl_->failed.load(std::memory_order_relaxed); }

}  // namespace gatehouse::lab
