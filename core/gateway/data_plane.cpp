#include "gateway/data_plane.h"

#include "gateway/acceptor.h"
#include "gateway/exchange_record.h"
#include "gateway/worker.h"
#include "net/resolver.h"

#include <algorithm>
#include <exception>
#include <latch>
#include <mutex>

namespace gatehouse::gateway {

const std::vector<double>& latencyBounds() {
    // The defaults of Prometheus' client libraries, with a finer start: a proxied request here takes well below 5 ms.
    static const std::vector<double> bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                               0.25,  0.5,    1,     2.5,  5,     10,   30};
    return bounds;
}

namespace {

net::Resolver::Sources namesFrom(std::function<std::vector<std::string>(const std::string&)> lookUp) {
    net::Resolver::Sources sources;
    sources.now = [] { return base::MonoClock::now(); };
    sources.lookUp = [lookUp = std::move(lookUp)](const std::string& host) {
        net::Resolver::Addresses addresses;
        for (const auto& text : lookUp(host)) {
            net::ErrorCode error;
            const auto address = net::asio::ip::make_address(text, error);
            if (!error) addresses.push_back(address);
        }
        return addresses;
    };
    return sources;
}

}  // namespace

struct DataPlane::Impl {
    explicit Impl(DataPlaneOptions o)
        : options(std::move(o)),
          ownResolver(options.lookUp ? std::make_unique<net::Resolver>(namesFrom(options.lookUp)) : std::make_unique<net::Resolver>()),
          resolver(*ownResolver),
          acceptor(workers, options.limits) {
        options.workers = std::max(1U, options.workers);
        for (unsigned i = 0; i < options.workers; ++i) workers.push_back(std::make_unique<Worker>(options, resolver));
    }

    bool idle() const {
        return std::all_of(workers.begin(), workers.end(), [](const auto& worker) {
            return worker->connections() == 0 && worker->background() == 0;
        });
    }
    void waitUntilIdle(base::MonoTime deadline) const {
        while (!idle() && base::MonoClock::now() < deadline) std::this_thread::sleep_for(base::Millis(2));
    }

    DataPlaneOptions options;
    std::unique_ptr<net::Resolver> ownResolver;
    net::Resolver& resolver;
    std::vector<std::unique_ptr<Worker>> workers;
    Acceptor acceptor;
    std::mutex mutex;  ///< Serialises stop() with itself.
    std::uint64_t sequence = 0;
    std::size_t drainFrom = 0;
    bool stopped = false;
};

Result<std::unique_ptr<DataPlane>> DataPlane::start(DataPlaneOptions options) {
    try {
        auto impl = std::make_unique<Impl>(std::move(options));
        for (auto& worker : impl->workers) worker->start();
        return std::unique_ptr<DataPlane>(new DataPlane(std::move(impl)));
    } catch (const std::exception& error) {
        return fail("data-plane-start", std::string("The data plane cannot start: ") + error.what() + ".");
    }
}

DataPlane::DataPlane(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DataPlane::~DataPlane() { stop(std::chrono::milliseconds(0)); }

void DataPlane::swap(std::shared_ptr<const route::Snapshot> snapshot) {
    if (impl_->stopped) return;
    std::latch done(static_cast<std::ptrdiff_t>(impl_->workers.size()));
    for (auto& worker : impl_->workers)
        worker->post([&done, snapshot, target = worker.get()] {
            target->setSnapshot(snapshot);
            done.count_down();
        });
    done.wait();
}

Result<std::string> DataPlane::listen(std::uint16_t logicalPort, const std::string& bind) {
    if (impl_->stopped) return fail("stopped", "The data plane has stopped.");
    return impl_->acceptor.open(logicalPort, bind);
}

void DataPlane::unlisten(std::uint16_t logicalPort) {
    if (impl_->stopped) return;
    impl_->acceptor.close(logicalPort);
    for (auto& worker : impl_->workers) worker->run([&, target = worker.get()] { target->drain(logicalPort); });
}

std::size_t DataPlane::drain(std::size_t max, std::vector<telemetry::RequestRecord>& out) {
    const auto mono = base::MonoClock::now();
    const auto wall = std::chrono::system_clock::now();
    std::vector<ExchangeRecord> batch;
    drainCompact(max, batch);
    for (const auto& record : batch) out.push_back(describe(record, ++impl_->sequence, mono, wall));
    return batch.size();
}

std::size_t DataPlane::drainCompact(std::size_t max, std::vector<ExchangeRecord>& out) {
    std::size_t taken = 0;
    const auto count = impl_->workers.size();
    for (std::size_t i = 0; i < count && taken < max; ++i) {
        // Each call begins with another worker, so that a busy one cannot starve the rest.
        auto& worker = *impl_->workers[(impl_->drainFrom + i) % count];
        taken += worker.records().drain(max - taken,
                                        [&](ExchangeRecord&& record) { out.push_back(std::move(record)); });
    }
    impl_->drainFrom = (impl_->drainFrom + 1) % count;
    return taken;
}

DataPlaneCounters DataPlane::counters() const {
    DataPlaneCounters total;
    total.latencyBuckets.resize(WorkerCounters::kLatencyBuckets);
    for (const auto& worker : impl_->workers) {
        const auto& counters = worker->counters();
        total.requests += counters.requests.get();
        total.inFlight += static_cast<std::int64_t>(counters.inFlight.get());
        total.bytesIn += counters.bytesIn.get();
        total.bytesOut += counters.bytesOut.get();
        for (int i = 0; i < 6; ++i) total.responses[i] += counters.responses[i].get();
        for (std::size_t i = 0; i < WorkerCounters::kLatencyBuckets; ++i)
            total.latencyBuckets[i] += counters.latency[i].get();
        total.latencyMicros += counters.latencyMicros.get();
        total.upstreamConnects += counters.upstreamConnects.get();
        total.upstreamReuses += counters.upstreamReuses.get();
        total.connections += worker->connections();
        total.recordsDropped += worker->records().dropped();
    }
    return total;
}

std::vector<LimitUse> DataPlane::limits() const {
    std::vector<LimitUse> all;
    for (const auto& worker : impl_->workers) {
        for (auto& use : worker->limitBoard().read()) {
            const auto known = std::find_if(all.begin(), all.end(), [&](const LimitUse& other) { return other.name == use.name; });
            if (known == all.end()) {
                all.push_back(std::move(use));
                continue;
            }
            known->count += use.count;
            known->last = std::max(known->last, use.last);
        }
    }
    return all;
}

std::vector<std::string> DataPlane::addressesOf(const std::string& host) const {
    std::vector<std::string> texts;
    for (const auto& address : impl_->resolver.known(host)) texts.push_back(address.to_string());
    return texts;
}

std::vector<LimitUse> DataPlane::limitUses() const {
    std::vector<LimitUse> total;
    for (const auto& worker : impl_->workers) addUses(worker->limitBoard().read(), total);
    return total;
}

void DataPlane::stop(std::chrono::milliseconds deadline) {
    std::lock_guard lock(impl_->mutex);
    if (impl_->stopped) return;
    impl_->stopped = true;
    const auto until = base::MonoClock::now() + deadline;
    impl_->acceptor.closeAll();
    for (auto& worker : impl_->workers) worker->run([&, target = worker.get()] { target->drain(0); });
    impl_->waitUntilIdle(until);
    impl_->resolver.shutdown();
    for (auto& worker : impl_->workers) worker->run([&, target = worker.get()] { target->cut(); });
    // Cut exchanges end within a few ticks of the sweeper.
    impl_->waitUntilIdle(base::MonoClock::now() + std::chrono::seconds(2));
    for (auto& worker : impl_->workers) worker->join();
}

}  // namespace gatehouse::gateway
