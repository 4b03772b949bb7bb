// Control: the one thread that turns a reading of the workspace into what the data plane runs. Applies coalesce: the newest
// one wins. Thread: submit, applyAndWait and the getters from any; the work happens on the control thread.
// Lifetime: owned by Gateway; stop() joins.
#pragma once

#include "gateway/data_plane.h"
#include "gateway/gateway.h"
#include "inference/scraper.h"
#include "llm/token_fetcher.h"
#include "route/translate.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::gateway {

class Control {
  public:
    Control(const Options& options, DataPlane& dataPlane, inference::Scraper& scraper, std::shared_ptr<CaptureRing> captures = {});
    ~Control();

    /// Before the first apply: what virtual keys have used today is read from there, and kept there.
    Result<void> keepBudgets(const std::string& folder);

    /// Queues an apply and answers its ticket; one that waits in the queue is replaced.
    std::uint64_t submit(std::shared_ptr<const config::ObjectSet> objects);
    /// Waits until the ticket's apply, or a newer one, is done; null when the control thread stops first.
    std::shared_ptr<const ApplyReport> wait(std::uint64_t ticket);

    std::shared_ptr<const ApplyReport> report() const;
    std::shared_ptr<const route::Snapshot> snapshot() const;
    std::vector<ListenerState> listeners() const;
    void setWake(std::function<void()> wake);

    /// Lets the apply in progress finish, drops the queued one, joins. Idempotent.
    void stop();

  private:
    struct Request {
        std::shared_ptr<const config::ObjectSet> objects;
        std::uint64_t ticket = 0;
        base::MonoTime submitted;
    };

    void run(std::stop_token stop);
    ApplyReport apply(const Request& request);
    void closeGonePorts(const route::Snapshot& snapshot);
    void openPorts(const route::Snapshot& snapshot, const config::ObjectSet& objects, ApplyReport& report);
    ListenerState openPort(std::uint16_t port);
    void publishListeners();

    const Options& options_;
    DataPlane& dataPlane_;
    inference::Scraper& scraper_;
    const std::shared_ptr<CaptureRing> captures_;  ///< May be null.

    llm::TokenFetcher tokens_;

    // Control thread only.
    route::Runtime runtime_;
    std::shared_ptr<const config::ObjectSet> running_;  ///< What the last apply compiled; null before the first.
    std::uint64_t generation_ = 0;
    std::map<std::uint16_t, ListenerState> bound_;  ///< By logical port, unbound ones included.

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const Request> queued_;
    std::uint64_t tickets_ = 0;
    std::uint64_t done_ = 0;
    bool stopped_ = false;
    std::shared_ptr<const ApplyReport> report_ = std::make_shared<ApplyReport>();
    std::shared_ptr<const route::Snapshot> snapshot_;
    std::vector<ListenerState> listeners_;
    std::function<void()> wake_;

    std::jthread thread_;  ///< Last: starts when everything above exists.
};

}  // namespace gatehouse::gateway
