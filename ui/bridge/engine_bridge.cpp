#include "bridge/engine_bridge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace gatehouse::ui {

namespace {

constexpr int kSampleMillis = 200;
constexpr int kDrainMillis = 100;
constexpr std::size_t kDrainAtOnce = 20'000;
constexpr qint64 kRateWindowMillis = 3'000;
constexpr qint64 kForgetPodMillis = 10 * 60 * 1000;
constexpr std::chrono::milliseconds kStopDeadline{1'500};

float orGap(double value, bool fresh) {
    return fresh ? float(value) : std::numeric_limits<float>::quiet_NaN();
}

bool sameListeners(const std::vector<gateway::ListenerState>& a, const std::vector<gateway::ListenerState>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& left, const auto& right) {
        return left.logicalPort == right.logicalPort && left.address == right.address && left.error == right.error;
    });
}

}  // namespace

EngineBridge::EngineBridge(QObject* parent) : QObject(parent) {
    clock_.start();
    stateTimer_.setInterval(kSampleMillis);
    drainTimer_.setInterval(kDrainMillis);
    connect(&stateTimer_, &QTimer::timeout, this, &EngineBridge::sample);
    connect(&drainTimer_, &QTimer::timeout, this, &EngineBridge::drain);
}

EngineBridge::~EngineBridge() { shutdown(); }

Result<void> EngineBridge::start(gateway::Options options) {
    if (gateway_) return {};
    options.captureBytes = captureBytes_;
    auto started = gateway::Gateway::start(std::move(options));
    if (!started) return tl::unexpected(started.error());
    gateway_ = std::move(*started);
    // Reports come on the control thread. Many in a row become one queued call; the flag outlives the bridge.
    gateway_->setWake([this, pending = wakePending_] {
        if (pending->exchange(true)) return;
        QMetaObject::invokeMethod(
            this,
            [this, pending] {
                pending->store(false);
                fetchReport();
            },
            Qt::QueuedConnection);
    });
    stateTimer_.start();
    drainTimer_.start();
    sample();
    return {};
}

void EngineBridge::shutdown() {
    // Traffic ends first, so that the gateway has nothing to wait for.
    endDemo();
    stopGateway();
}

void EngineBridge::endDemo() {
    demo_.reset();
    trafficStarted_ = false;
}

void EngineBridge::stopGateway() {
    stateTimer_.stop();
    drainTimer_.stop();
    if (!gateway_) return;
    gateway_->setWake({});
    gateway_->stop(kStopDeadline);
    gateway_.reset();
    report_.reset();
    state_.running = false;
    trafficStarted_ = false;
}

void EngineBridge::apply(std::shared_ptr<const config::ObjectSet> objects) {
    if (gateway_ && objects) gateway_->apply(std::move(objects));
}

Result<route::Explanation> EngineBridge::explain(const route::ExplainRequest& request) const {
    if (!gateway_) return fail("not-running", tr("The gateway is not running.").toStdString());
    return gateway_->explain(request);
}

std::pair<std::string, std::string> EngineBridge::armField(std::size_t backend) {
    return gateway_ ? gateway_->armField(backend) : std::pair<std::string, std::string>();
}

std::string EngineBridge::listenerCertificates(quint16 logicalPort) const { return gateway_ ? gateway_->listenerCertificates(logicalPort) : std::string(); }

Result<gateway::Gateway::ConnectionTest> EngineBridge::connectionTest(const config::ObjectKey& backend, const std::string& provider) const {
    if (!gateway_) return fail("not-running", tr("The gateway is not running.").toStdString());
    return gateway_->connectionTest(backend, provider);
}

void EngineBridge::setCapture(std::size_t bytes) {
    if (captureBytes_ == bytes) return;
    captureBytes_ = bytes;
    if (gateway_) gateway_->setCapture(bytes);
    emit captureChanged();
}

http::Limits EngineBridge::limits() const { return gateway_ ? gateway_->limits() : http::Limits{}; }

quint64 EngineBridge::firstRequestSequence() const { return droppedRequests_; }

const telemetry::RequestRecord* EngineBridge::findRequest(const QString& requestId) const {
    const std::string id = requestId.toStdString();
    const auto found = std::find_if(requests_.rbegin(), requests_.rend(),
                                    [&id](const auto& record) { return record.requestId == id; });
    return found == requests_.rend() ? nullptr : &*found;
}

Result<std::filesystem::path> EngineBridge::prepareDemo(const std::filesystem::path& directory) {
    if (!demo_) {
        auto prepared = lab::Demo::prepare(directory);
        if (!prepared) return tl::unexpected(prepared.error());
        demo_ = std::move(*prepared);
        trafficStarted_ = false;
    }
    return demo_->directory();
}

void EngineBridge::sample() {
    if (gateway_) takeSample(gateway_->state());
}

void EngineBridge::drain() {
    if (!gateway_) return;
    drained_.clear();
    if (gateway_->drainRequests(kDrainAtOnce, drained_) > 0) takeRequests(std::move(drained_));
}

void EngineBridge::fetchReport() {
    if (gateway_) takeReport(gateway_->report());
}

void EngineBridge::takeReport(std::shared_ptr<const gateway::ApplyReport> report) {
    if (!report || report == report_) return;
    report_ = std::move(report);
    emit applied();
    sample();  // Listeners and rules of the new snapshot are worth showing at once.
}

void EngineBridge::takeSample(gateway::State state) {
    const bool listenersDiffer = !sameListeners(state.listeners, state_.listeners) || state.running != state_.running;
    state_ = std::move(state);
    sampledAt_ = clock_.elapsed();
    measureRate(state_.requests);
    record(state_);
    if (demo_ && !trafficStarted_) startDemoTraffic();
    if (listenersDiffer) emit listenersChanged();
    emit stateSampled();
}

void EngineBridge::measureRate(std::uint64_t total) {
    if (!totals_.empty() && total < totals_.back().second) totals_.clear();  // Another gateway counts from zero.
    totals_.emplace_back(sampledAt_, total);
    while (totals_.size() > 2 && totals_.front().first < sampledAt_ - kRateWindowMillis) totals_.pop_front();
    const qint64 span = totals_.back().first - totals_.front().first;
    rate_ = span > 0 ? double(totals_.back().second - totals_.front().second) * 1000.0 / double(span) : 0;
}

void EngineBridge::record(const gateway::State& state) {
    for (const gateway::PodState& pod : state.pods) {
        const std::string key = pod.pool + '\n' + pod.address;
        auto [place, isNew] = historyByPod_.try_emplace(key, history_.size());
        if (isNew) {
            history_.push_back({QString::fromStdString(pod.pool), QString::fromStdString(pod.pod),
                                QString::fromStdString(pod.address), {}});
        }
        auto& hits = history_[place->second].hits;
        auto& samples = history_[place->second].samples;
        const bool fresh = pod.scrape == inference::ScrapeState::Fresh;
        PodSample point;
        point.time = sampledAt_;
        point.gpuMemoryPercent = orGap(pod.metrics.gpuMemoryPercent(), fresh);
        point.waiting = orGap(pod.metrics.waiting, fresh);
        point.running = orGap(pod.metrics.running, fresh);
        point.kvPercent = orGap(pod.metrics.kvUse * 100, fresh);
        if (fresh) hits.see(pod.metrics, double(sampledAt_) / 1000.0);
        point.hitPercent = orGap(hits.percent(), fresh);
        point.picks = pod.picks;
        samples.push_back(point);
        if (samples.size() > kHistorySamples) samples.pop_front();
    }
    const auto forgotten = [this](const PodHistory& pod) {
        return !pod.samples.empty() && pod.samples.back().time < sampledAt_ - kForgetPodMillis;
    };
    if (std::none_of(history_.begin(), history_.end(), forgotten)) return;
    std::erase_if(history_, forgotten);
    historyByPod_.clear();
    for (std::size_t i = 0; i < history_.size(); ++i) {
        historyByPod_[history_[i].pool.toStdString() + '\n' + history_[i].address.toStdString()] = i;
    }
}

void EngineBridge::startDemoTraffic() {
    const auto listener = std::find_if(state_.listeners.begin(), state_.listeners.end(), [](const auto& candidate) {
        return candidate.logicalPort == lab::kDemoPort && !candidate.address.empty();
    });
    if (listener == state_.listeners.end()) return;
    trafficStarted_ = true;
    if (const auto started = demo_->startTraffic(listener->address); !started) {
        emit demoFailed(QString::fromStdString(started.error().message));
    }
}

void EngineBridge::takeRequests(std::vector<telemetry::RequestRecord> records) {
    if (records.empty()) return;
    const int count = int(records.size());
    std::move(records.begin(), records.end(), std::back_inserter(requests_));
    int dropped = 0;
    // Dropping in tenths keeps the views from shifting at every drain once the store is full.
    while (requests_.size() > kRequests) {
        const std::size_t tenth = std::min(requests_.size(), std::max(kRequests / 10, requests_.size() - kRequests));
        requests_.erase(requests_.begin(), requests_.begin() + std::ptrdiff_t(tenth));
        dropped += int(tenth);
    }
    const auto headless = std::min(requests_.size(), std::size_t(count) + kHeads);
    if (requests_.size() > kHeads)
        for (std::size_t i = requests_.size() - headless; i < requests_.size() - kHeads; ++i) requests_[i].head.reset();
    droppedRequests_ += quint64(dropped);
    emit requestsAppended(count, dropped);
}

}  // namespace gatehouse::ui
