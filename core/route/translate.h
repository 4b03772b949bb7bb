// Translation: an immutable reading of the workspace -> an immutable Snapshot, with provenance. Pure but for the
// registries, which keep runtime state across swaps. Thread: control thread.
#pragma once

#include "config/object.h"
#include "config/status.h"
#include "llm/credentials.h"
#include "filter/budgets.h"
#include "filter/jwks_source.h"
#include "filter/passwords.h"
#include "filter/rate_limits.h"
#include "inference/scheduler.h"
#include "route/snapshot.h"
#include "route/tls_registry.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

/// Counters by stable id. Thread: control thread writes, snapshots read.
class CounterRegistry {
  public:
    std::shared_ptr<RuleCounters> rule(const std::string& id);
    std::shared_ptr<BackendCounters> backend(const std::string& id);
    /// Forgets what no snapshot holds any more.
    void prune();
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<RuleCounters>> rules_;
    std::unordered_map<std::string, std::shared_ptr<BackendCounters>> backends_;
};

/// What outlives a snapshot.
struct Runtime {
    upstream::EndpointRegistry endpoints;
    upstream::TransportRegistry transports;
    TlsRegistry listenerTls;
    inference::PodRegistry pods;
    inference::SchedulerRegistry schedulers;
    CounterRegistry counters;
    llm::CredentialRegistry credentials;
    inference::PickerOptions picker;
    bool servesPools = false;  ///< Other gateways ask for pools, also for those that no route here sends to.
    filter::JwksRegistry tokenKeys;
    filter::BucketRegistry buckets;
    filter::Budgets budgets;
    std::shared_ptr<filter::PasswordDesk> passwords = std::make_shared<filter::PasswordDesk>();
    std::shared_ptr<const filter::SessionSeal> sessionSeal = filter::SessionSeal::make();

    /// After a swap: forgets counters, endpoints and pods that no snapshot names, no request uses and no pooled connection
    /// leads to, so that a workspace may be edited for ever. What is still in use goes with a later swap.
    void prune();
};

struct Translation {
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<config::Diagnostic> diagnostics;  ///< validate() plus what translation alone finds.
    std::vector<config::ObjectStatus> statuses;
};

/// Never fails: a broken rule is compiled to answer 500 and is reported; its neighbours serve on.
Translation translate(const config::ObjectSet& objects, Runtime& runtime, std::uint64_t generation);

}  // namespace gatehouse::route
