#include "route/translate.h"

namespace gatehouse::route {
namespace {

template <class Counters>
std::shared_ptr<Counters> getOrMake(std::unordered_map<std::string, std::shared_ptr<Counters>>& map, const std::string& id) {
    auto& slot = map[id];
    if (!slot) slot = std::make_shared<Counters>();
    return slot;
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

}  // namespace gatehouse::route
