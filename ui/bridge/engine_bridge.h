// EngineBridge: the one QObject that knows both worlds. Samples the gateway's state by timer, drains finished requests in
// bulk, and turns rare facts into signals. Views listen; a view that is hidden disconnects or ignores.
// Thread: GUI. Lifetime: the application's; owns the gateway and, in demo mode, the simulated cluster.
#pragma once

#include "gateway/gateway.h"
#include "lab/demo.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace gatehouse::ui {

/// One sample of one pod for the charts. Times in milliseconds since the bridge's start.
struct PodSample {
    qint64 time = 0;
    float gpuMemoryPercent = 0;  ///< NaN = unknown (drawn as a gap, never zero)
    float waiting = 0;
    float running = 0;
    float kvPercent = 0;
    quint64 picks = 0;           ///< Total so far.
};

/// History of one pod, at most kHistory at 5 Hz.
struct PodHistory {
    QString pool, pod, address;
    std::deque<PodSample> samples;
};

class EngineBridge : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t kHistorySamples = 5 * 60 * 10;  ///< Ten minutes at 5 Hz.
    static constexpr std::size_t kRequests = 100'000;            ///< Kept for the Requests view.

    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override;

    /// Starts the gateway; the sentence of the error otherwise.
    Result<void> start(gateway::Options options);
    bool running() const { return gateway_ != nullptr; }
    void shutdown();

    void apply(std::shared_ptr<const config::ObjectSet> objects);
    Result<route::Explanation> explain(const route::ExplainRequest& request) const;

    const gateway::State& state() const { return state_; }  ///< Last sample.
    std::shared_ptr<const gateway::ApplyReport> report() const { return report_; }
    const std::vector<PodHistory>& history() const { return history_; }
    /// Finished requests, oldest first; a deque so that appending keeps references cheap.
    const std::deque<telemetry::RequestRecord>& requests() const { return requests_; }
    quint64 firstRequestSequence() const;       ///< Position of requests().front() in the endless sequence.
    const telemetry::RequestRecord* findRequest(const QString& requestId) const;
    double requestsPerSecond() const { return rate_; }
    qint64 now() const { return clock_.elapsed(); }
    http::Limits limits() const;

    /// Demo mode: simulated pods, and a workspace folder in `directory` (empty = temporary).
    Result<std::filesystem::path> prepareDemo(const std::filesystem::path& directory);
    bool isDemo() const { return demo_ != nullptr; }
    lab::Demo* demo() { return demo_.get(); }

  signals:
    void stateSampled();          ///< 5 Hz while running.
    void requestsAppended(int count, int droppedFromFront);  ///< 10 Hz, only when there are any.
    void applied();               ///< A new report(): diagnostics and statuses.
    void listenersChanged();

  private:
    void sample();
    void drain();
    void takeReport();

    std::unique_ptr<lab::Demo> demo_;
    std::unique_ptr<gateway::Gateway> gateway_;
    gateway::State state_;
    std::shared_ptr<const gateway::ApplyReport> report_;
    std::vector<PodHistory> history_;
    std::deque<telemetry::RequestRecord> requests_;
    quint64 droppedRequests_ = 0;
    double rate_ = 0;
    bool trafficStarted_ = false;
    QTimer stateTimer_;
    QTimer drainTimer_;
    QElapsedTimer clock_;
};

}  // namespace gatehouse::ui
