#include "inference/scraper.h"

#include "base/ids.h"
#include "inference/engine_page.h"

#include <curl/curl.h>
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include <pthread.h>
#include <time.h>

namespace gatehouse::inference {

namespace {

/// A vLLM page is 20 to 60 KB; what is larger than this is no metrics page.
constexpr std::size_t kMaxPage = 4 << 20;
/// Scrapes due within this of each other start together, to wake up less often.
constexpr base::Millis kTogether{3};

using Clock = base::MonoClock;

/// Where the engines' metrics stand, each path once.
const std::vector<std::string>& enginePaths() {
    static const auto paths = [] {
        std::vector<std::string> all;
        for (const auto& facts : engines())
            if (std::find(all.begin(), all.end(), facts.path) == all.end()) all.emplace_back(facts.path);
        return all;
    }();
    return paths;
}

struct Target {
    std::shared_ptr<Pod> pod;                ///< Null: it is an exporter's.
    std::optional<DcgmExporter> exporter;
    std::size_t path = 0;                    ///< In enginePaths(), where the pod does not tell.
    bool settled = false;                    ///< That path had a page which was understood.
    std::string asked;                       ///< The path that is asked now.
    std::string firstFault;                  ///< Of the first path, while others are tried.
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

}  // namespace

struct Scraper::State {
    ScraperOptions options;
    CURLM* multi = nullptr;
    std::atomic<std::uint64_t> scrapes{0}, failures{0};
    std::atomic<bool> stopping{false};

    std::mutex mutex;
    std::optional<std::vector<std::shared_ptr<Pod>>> incoming;  ///< Guarded by mutex.
    std::optional<std::vector<DcgmExporter>> incomingExporters;  ///< Likewise.
    std::vector<ExporterState> exporters;                        ///< Likewise.

    std::vector<std::unique_ptr<Target>> targets;  ///< Scraper thread only.
    std::thread thread;

    void run();
    void takePods();
    void takeExporters();
    std::unique_ptr<Target> makeTarget(std::string_view host, std::uint16_t port, std::string_view path);
    std::unique_ptr<Target> makePodTarget(std::shared_ptr<Pod> pod);
    void aim(Target& target, std::string_view host, std::uint16_t port, std::string_view path);
    void aimNext(Target& target);
    void begin(Target& target);
    void finish(Target& target, CURLcode code);
    std::string transferFault(const Target& target, CURLcode code) const;
    void finishPod(Target& target, CURLcode code);
    void finishExporter(Target& target, CURLcode code);
    std::size_t join(const DcgmExporter& exporter, const std::vector<PodGpus>& gpus, base::MonoTime now);
    void collect();
    base::MonoTime jittered(base::Millis interval) const;
};

void Scraper::State::aim(Target& target, std::string_view host, std::uint16_t port, std::string_view path) {
    const bool v6 = host.find(':') != std::string_view::npos;
    target.asked = path;
    const auto url = fmt::format("http://{}{}{}:{}{}", v6 ? "[" : "", host, v6 ? "]" : "", port, path);
    curl_easy_setopt(target.easy, CURLOPT_URL, url.c_str());
}

std::unique_ptr<Target> Scraper::State::makeTarget(std::string_view host, std::uint16_t port, std::string_view path) {
    auto target = std::make_unique<Target>();
    target->interval = options.fastest;
    // Spread over the first interval, so that a hundred pods are not asked in one burst for ever.
    target->due = Clock::now() + base::Micros(base::randomBelow(
                                     static_cast<std::uint64_t>(base::Micros(options.fastest).count()) + 1));
    CURL* easy = target->easy = curl_easy_init();
    aim(*target, host, port, path);
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

std::unique_ptr<Target> Scraper::State::makePodTarget(std::shared_ptr<Pod> pod) {
    const auto& facts = factsOf(pod->engineHint);
    const bool known = !pod->metricsPath.empty() || facts.engine != Engine::Unknown;
    const std::string_view path = !pod->metricsPath.empty() ? std::string_view(pod->metricsPath) : facts.path;
    auto target = makeTarget(pod->metricsHost, pod->metricsPort, path);
    target->settled = known;
    target->pod = std::move(pod);
    return target;
}

/// The next engine's path, as long as none had a page that is understood.
void Scraper::State::aimNext(Target& target) {
    if (target.settled) return;
    target.path = (target.path + 1) % enginePaths().size();
    aim(target, target.pod->metricsHost, target.pod->metricsPort, enginePaths()[target.path]);
}

void Scraper::State::takeExporters() {
    std::optional<std::vector<DcgmExporter>> wanted;
    {
        const std::lock_guard lock(mutex);
        wanted.swap(incomingExporters);
        if (!wanted) return;
        std::erase_if(exporters, [&](const ExporterState& state) { return std::find(wanted->begin(), wanted->end(), state.exporter) == wanted->end(); });
        for (const auto& exporter : *wanted)
            if (std::none_of(exporters.begin(), exporters.end(), [&](const auto& state) { return state.exporter == exporter; }))
                exporters.push_back({exporter, {}, {}, 0, 0});
    }
    for (auto& target : targets)
        if (target->exporter && std::find(wanted->begin(), wanted->end(), *target->exporter) == wanted->end()) target->retired = true;
    for (const auto& exporter : *wanted) {
        const bool known = std::any_of(targets.begin(), targets.end(), [&](const auto& target) { return !target->retired && target->exporter == exporter; });
        if (known) continue;
        auto target = makeTarget(exporter.host, exporter.port, "/metrics");
        target->exporter = exporter;
        targets.push_back(std::move(target));
    }
    std::erase_if(targets, [](const auto& target) { return target->retired && !target->running; });
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
        next.push_back(kept != targets.end() ? std::move(*kept) : makePodTarget(std::move(pod)));
    }
    for (auto& target : targets) {
        if (!target || (!target->running && !target->exporter)) continue;
        if (!target->exporter) target->retired = true;
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
    if (target.pod) target.pod->beginScrape();
    curl_multi_add_handle(multi, target.easy);
}

base::MonoTime Scraper::State::jittered(base::Millis interval) const {
    const auto micros = static_cast<std::uint64_t>(base::Micros(interval).count());
    return Clock::now() + base::Micros(micros * 9 / 10 + base::randomBelow(micros / 5 + 1));
}

/// Why there is no page; empty: there is one.
std::string Scraper::State::transferFault(const Target& target, CURLcode code) const {
    long status = 0;
    curl_easy_getinfo(target.easy, CURLINFO_RESPONSE_CODE, &status);
    if (target.tooLarge) return "the metrics page is larger than 4 MiB";
    if (code == CURLE_COULDNT_CONNECT) return "the connection was refused or failed";
    if (code == CURLE_OPERATION_TIMEDOUT) return fmt::format("no answer within {} ms", options.timeout.count());
    if (code != CURLE_OK) return curl_easy_strerror(code);
    if (status != 200) return fmt::format("{} answered {}", target.asked, status);
    return {};
}

void Scraper::State::finish(Target& target, CURLcode code) {
    target.running = false;
    scrapes.fetch_add(1, std::memory_order_relaxed);
    if (target.exporter) finishExporter(target, code);
    else finishPod(target, code);
    target.due = jittered(target.interval);
}

void Scraper::State::finishPod(Target& target, CURLcode code) {
    const auto now = Clock::now();
    auto& pod = *target.pod;
    auto reason = transferFault(target, code);
    EnginePage page;
    if (reason.empty() && (page = readEnginePage(target.page, pod.engineHint)).empty()) reason = "the page holds no metric that Gatehouse knows";
    if (!reason.empty()) {
        failures.fetch_add(1, std::memory_order_relaxed);
        long osError = 0;
        curl_easy_getinfo(target.easy, CURLINFO_OS_ERRNO, &osError);
        // Only a refusal by the port that serves requests proves that the pod cannot serve any.
        const bool unreachable = code == CURLE_COULDNT_CONNECT && osError == ECONNREFUSED && pod.endpoint->host == pod.metricsHost &&
                                 pod.endpoint->port == pod.metricsPort;
        // What the paths of other engines answer would only mislead.
        if (target.path == 0) target.firstFault = reason;
        pod.storeFailure(target.settled || target.firstFault.empty() ? reason : target.firstFault, now, unreachable);
        const bool another = !target.settled && code == CURLE_OK && target.path + 1 < enginePaths().size();
        if (code == CURLE_OK) aimNext(target);
        target.interval = another ? options.fastest : std::min(std::max(target.interval * 2, base::Millis(200)), options.slowest);
        return;
    }
    target.settled = true;
    pod.setEngine(page.engine, page.kvSource, std::move(page.adapters));
    pod.store(page.metrics, now);
    target.interval = changed(page.metrics, target.last) ? target.interval / 2 : target.interval * 5 / 4;
    target.interval = std::clamp(target.interval, options.fastest, options.slowest);
    target.last = page.metrics;
}

std::size_t Scraper::State::join(const DcgmExporter& exporter, const std::vector<PodGpus>& gpus, base::MonoTime now) {
    std::unordered_map<std::string_view, const PodGpus*> byName;
    for (const auto& pod : gpus) byName.emplace(pod.pod, &pod);
    const auto source = "DCGM exporter " + exporter.name;
    std::size_t joined = 0;
    for (const auto& target : targets) {
        if (!target->pod || target->retired) continue;
        const auto found = byName.find(target->pod->name);
        if (found == byName.end()) continue;
        target->pod->storeGpu(found->second->usedMib, found->second->freeMib, now, source);
        ++joined;
    }
    return joined;
}

void Scraper::State::finishExporter(Target& target, CURLcode code) {
    const auto now = Clock::now();
    auto reason = transferFault(target, code);
    std::vector<PodGpus> gpus;
    std::size_t joined = 0;
    if (reason.empty()) {
        gpus = readDcgmPage(target.page);
        joined = join(*target.exporter, gpus, now);
        if (gpus.empty()) reason = "its page names no pod with GPU memory; the exporter must map GPUs to pods (DCGM_EXPORTER_KUBERNETES)";
    }
    if (!reason.empty()) failures.fetch_add(1, std::memory_order_relaxed);
    // What an exporter tells changes every few seconds at most.
    target.interval = options.slowest;
    const std::lock_guard lock(mutex);
    for (auto& state : exporters) {
        if (state.exporter != *target.exporter) continue;
        state.error = reason;
        if (!reason.empty()) continue;
        state.at = now;
        state.pods = gpus.size();
        state.joined = joined;
    }
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
        takeExporters();
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

void Scraper::setExporters(std::vector<DcgmExporter> exporters) {
    {
        std::lock_guard lock(state_->mutex);
        state_->incomingExporters = std::move(exporters);
    }
    curl_multi_wakeup(state_->multi);
}

std::vector<Scraper::ExporterState> Scraper::exporters() const {
    const std::lock_guard lock(state_->mutex);
    return state_->exporters;
}

base::Micros Scraper::cpu() const {
    clockid_t clock{};
    timespec used{};
    if (!state_->thread.joinable() || pthread_getcpuclockid(state_->thread.native_handle(), &clock) != 0 || clock_gettime(clock, &used) != 0)
        return base::Micros(0);
    return base::Micros(std::int64_t(used.tv_sec) * 1'000'000 + used.tv_nsec / 1'000);
}

std::uint64_t Scraper::scrapes() const { return state_->scrapes.load(std::memory_order_relaxed); }
std::uint64_t Scraper::failures() const { return state_->failures.load(std::memory_order_relaxed); }

}  // namespace gatehouse::inference
