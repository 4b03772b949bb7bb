// Cost of a pick at 8, 100 and 1,000 pods, with and without its record, and of reading and scraping metrics pages.
#include "inference/scraper.h"
#include "lab/batch_engine.h"
#include "lab/openai_answers.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <thread>

namespace {

using namespace gatehouse;
using inference::PickRecord;
using inference::Pod;
using inference::PodMetrics;
using inference::Pool;

std::vector<std::shared_ptr<Pod>> makePods(std::size_t count) {
    std::vector<std::shared_ptr<Pod>> pods;
    for (std::size_t i = 0; i < count; ++i) {
        auto pod = std::make_shared<Pod>();
        pod->endpoint = std::make_shared<upstream::Endpoint>();
        pod->endpoint->host = "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
        pod->endpoint->port = 8000;
        pod->name = "default/vllm-" + std::to_string(i);
        PodMetrics m;
        m.waiting = double(i % 5);
        m.running = double(i % 30);
        m.kvUse = double(i % 97) / 100;
        m.gpuUsedMib = 50'000;
        m.gpuFreeMib = 30'000;
        pod->store(m, base::MonoClock::now());
        pods.push_back(std::move(pod));
    }
    return pods;
}

void pick(benchmark::State& state) {
    Pool pool("p", "p", makePods(static_cast<std::size_t>(state.range(0))), {2, 2, 1, base::Millis(3'600'000)});
    PickRecord record;
    PickRecord* wanted = state.range(1) ? &record : nullptr;
    const auto now = base::MonoClock::now();
    for (auto _ : state) {
        auto result = pool.pick(now, wanted);
        benchmark::DoNotOptimize(result.pod.get());
        Pool::release(*result.pod);
    }
}
BENCHMARK(pick)->ArgNames({"pods", "record"})->ArgsProduct({{8, 100, 1000}, {0, 1}});

/// A page of the size of a real one: our families among `lines` of histograms.
std::string realisticPage(int lines) {
    std::string page;
    for (int i = 0; i < lines; ++i) {
        if (i % 20 == 0) page += "# HELP vllm:request_queue_time_seconds Histogram of time in the queue.\n";
        page += "vllm:request_queue_time_seconds_bucket{engine=\"0\",le=\"" + std::to_string(i) +
                "\",model_name=\"llama-3.1-8b-instruct\"} 12345.0\n";
    }
    return page + lab::metricsPage(*lab::findProfile("llama-8b"), "pod-0", lab::BatchEngine(*lab::findProfile("llama-8b")));
}

void parsePage(benchmark::State& state) {
    const std::string page = realisticPage(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        auto metrics = inference::parseMetricsPage(page);
        benchmark::DoNotOptimize(metrics);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * page.size()));
}
BENCHMARK(parsePage)->ArgName("lines")->Arg(0)->Arg(400);

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

/// CPU of the whole process (scraper and simulated servers, which are counted too) per scrape, and as cores, while 100 pods
/// are asked every 50 ms.
void scrape(benchmark::State& state) {
    auto profile = *lab::findProfile("llama-8b");
    auto servers = lab::ModelServers::start(std::vector<lab::Profile>(100, profile), 0, "pod-");
    if (!servers) return state.SkipWithError(servers.error().message.c_str());
    std::vector<std::shared_ptr<Pod>> pods;
    for (const auto& server : (*servers)->servers()) {
        auto pod = std::make_shared<Pod>();
        pod->endpoint = std::make_shared<upstream::Endpoint>();
        pod->endpoint->host = pod->metricsHost = "127.0.0.1";
        pod->endpoint->port = pod->metricsPort = server.port;
        pods.push_back(std::move(pod));
    }
    inference::Scraper scraper({base::Millis(50), base::Millis(50), base::Millis(1000)});
    scraper.setPods(pods);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    for (auto _ : state) {
        const auto before = scraper.scrapes();
        const auto own = scraper.cpu();
        const double cpu = threadSeconds();
        std::this_thread::sleep_for(std::chrono::seconds(3));
        const double used = threadSeconds() - cpu;
        const auto count = double(scraper.scrapes() - before);
        state.counters["scrapes/s"] = count / 3;
        state.counters["cores_with_servers"] = used / 3;
        state.counters["scraper_cores"] = double((scraper.cpu() - own).count()) / 3e6;
        state.counters["us/scrape_with_server"] = used / count * 1e6;
    }
    state.counters["failures"] = double(scraper.failures());
}
BENCHMARK(scrape)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
