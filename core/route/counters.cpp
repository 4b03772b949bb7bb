#include "route/translate.h"

namespace gatehouse::route {
namespace {

template <class Counters>
std::shared_ptr<Counters> getOrMake(std::unordered_map<std::string, std::shared_ptr<Counters>>& map, const std::string& id) {
    auto& slot = map[id];
    if (!slot) slot = std::make_shared<Counters>();
    return slot;
}

/// The registry's own reference is the last one. Nobody can take another meanwhile: they are handed out under the lock.
template <class Counters>
void pruneUnused(std::unordered_map<std::string, std::shared_ptr<Counters>>& map) {
    std::erase_if(map, [](const auto& entry) { return entry.second.use_count() == 1; });
}

}  // namespace

std::shared_ptr<RuleCounters> CounterRegistry::rule(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return getOrMake(rules_, id);
}

std::shared_ptr<BackendCounters> CounterRegistry::backend(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return getOrMake(backends_, id);
}

void CounterRegistry::prune() {
    const std::lock_guard lock(mutex_);
    pruneUnused(rules_);
    pruneUnused(backends_);
}

std::size_t CounterRegistry::size() const {
    const std::lock_guard lock(mutex_);
    return rules_.size() + backends_.size();
}

void Runtime::prune() {
    counters.prune();
    schedulers.prune();
    pods.prune();  // before the endpoints, which they hold
    endpoints.prune();
    transports.prune();
    listenerTls.prune();
    credentials.prune();
    tokenKeys.prune();
    buckets.prune();
    budgets.prune();
}

}  // namespace gatehouse::route
