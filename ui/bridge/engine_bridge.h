// EngineBridge: the one QObject that knows both worlds. Samples the gateway's state by timer, drains finished requests in
// bulk, and turns rare facts into signals. Views listen; a view that is hidden disconnects or ignores.
// Thread: GUI. Lifetime: the application's; owns the gateway and, in demo mode, the simulated cluster.
#pragma once

#include "gateway/gateway.h"
#include "inference/hit_rate.h"
#include "lab/demo.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse::ui {

/// One sample of one pod for the charts. Times in milliseconds since the bridge's start.
struct PodSample {
    qint64 time = 0;
    float gpuMemoryPercent = 0;  ///< NaN = unknown (drawn as a gap, never zero)
    float waiting = 0;
    float running = 0;
    float kvPercent = 0;
    float hitPercent = 0;        ///< Prefix-cache hits, lately.
    quint64 picks = 0;           ///< Total so far.
};

/// History of one pod, at most kHistory at 5 Hz.
struct PodHistory {
    QString pool, pod, address;
    std::deque<PodSample> samples;
    inference::HitRate hits{};
};

class EngineBridge : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t kHistorySamples = 5 * 60 * 10;  ///< Ten minutes at 5 Hz.
    static constexpr std::size_t kRequests = 100'000;            ///< Kept for the Requests view.
    static constexpr std::size_t kHeads = 20'000;                ///< Of them the newest keep their heads too.

    static constexpr std::size_t kCaptureBytes = 32 * 1024 * 1024;  ///< For captures, where they are switched on.

    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override;

    /// Starts the gateway; the sentence of the error otherwise.
    Result<void> start(gateway::Options options);
    bool running() const { return gateway_ != nullptr; }
    /// Stops the gateway alone; start() may follow.
    void stopGateway();
    void shutdown();

    void apply(std::shared_ptr<const config::ObjectSet> objects);
    Result<route::Explanation> explain(const route::ExplainRequest& request) const;
    /// Gateway::armField() and listenerCertificates(); empty where the gateway does not run.
    std::pair<std::string, std::string> armField(std::size_t backend);
    std::string listenerCertificates(quint16 logicalPort) const;
    /// To be run by a ConnectionCheck, not here: it waits for the network.
    Result<gateway::Gateway::ConnectionTest> connectionTest(const config::ObjectKey& backend, const std::string& provider) const;

    const gateway::State& state() const { return state_; }  ///< Last sample.
    std::shared_ptr<const gateway::ApplyReport> report() const { return report_; }
    const std::vector<PodHistory>& history() const { return history_; }
    /// Finished requests, oldest first; a deque so that appending keeps references cheap.
    const std::deque<telemetry::RequestRecord>& requests() const { return requests_; }
    quint64 firstRequestSequence() const;       ///< Position of requests().front() in the endless sequence.
    const telemetry::RequestRecord* findRequest(const QString& requestId) const;
    double requestsPerSecond() const { return rate_; }
    /// Milliseconds since the last sample; -1 before the first.
    qint64 sampleAge() const { return sampledAt_ < 0 ? -1 : clock_.elapsed() - sampledAt_; }
    qint64 now() const { return clock_.elapsed(); }
    http::Limits limits() const;
    /// What both sides of model requests say is kept within that much memory; 0 = not at all, and forgets what was kept.
    void setCapture(std::size_t bytes);
    std::size_t captureBytes() const { return captureBytes_; }

    /// Demo mode: simulated pods, and a workspace folder in `directory` (empty = temporary).
    Result<std::filesystem::path> prepareDemo(const std::filesystem::path& directory);
    /// Stops the traffic and the simulated pods; the folder goes with them when it was temporary.
    void endDemo();
    bool isDemo() const { return demo_ != nullptr; }
    lab::Demo* demo() { return demo_.get(); }

    // What the timers hand over; tests feed the same entrances without a gateway.
    void takeSample(gateway::State state);
    void takeRequests(std::vector<telemetry::RequestRecord> records);
    void takeReport(std::shared_ptr<const gateway::ApplyReport> report);

  signals:
    void stateSampled();          ///< 5 Hz while running.
    void requestsAppended(int count, int droppedFromFront);  ///< 10 Hz, only when there are any.
    void applied();               ///< A new report(): diagnostics and statuses.
    void listenersChanged();
    void captureChanged();        ///< captureBytes().
    void demoFailed(const QString& sentence);  ///< The demo's traffic could not start.

  private:
    void sample();
    void drain();
    void fetchReport();
    void record(const gateway::State& state);
    void measureRate(std::uint64_t total);
    void startDemoTraffic();

    std::unique_ptr<lab::Demo> demo_;
    std::unique_ptr<gateway::Gateway> gateway_;
    gateway::State state_;
    std::shared_ptr<const gateway::ApplyReport> report_;
    std::vector<PodHistory> history_;
    std::deque<telemetry::RequestRecord> requests_;
    std::unordered_map<std::string, std::size_t> historyByPod_;
    std::deque<std::pair<qint64, std::uint64_t>> totals_;  ///< (time, requests so far) of the last seconds, for the rate.
    std::vector<telemetry::RequestRecord> drained_;        ///< Reused between drains.
    std::shared_ptr<std::atomic<bool>> wakePending_ = std::make_shared<std::atomic<bool>>(false);
    quint64 droppedRequests_ = 0;
    double rate_ = 0;
    qint64 sampledAt_ = -1;
    bool trafficStarted_ = false;
    std::size_t captureBytes_ = 0;
    QTimer stateTimer_;
    QTimer drainTimer_;
    QElapsedTimer clock_;
};

}  // namespace gatehouse::ui
