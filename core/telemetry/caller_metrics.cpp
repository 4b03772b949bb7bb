#include "telemetry/caller_metrics.h"

#include "filter/client_access.h"
#include "telemetry/metric_names.h"

namespace gatehouse::telemetry {

void CallerMetrics::observe(const filter::Caller& caller) {
    const auto key = caller.key ? caller.key->id : std::string();
    const std::lock_guard lock(mutex_);
    ++requests_[key];
    if (caller.code != nullptr) ++refused_[{key, caller.code}];
}

void CallerMetrics::observe(const RequestRecord& record) {
    if (!record.caller || !record.caller->key || !record.receipt) return;
    const auto& key = record.caller->key->id;
    const std::lock_guard lock(mutex_);
    if (record.usage.known) {
        tokens_[{key, "input"}] += record.usage.inputTokens;
        tokens_[{key, "output"}] += record.usage.outputTokens;
    }
    if (record.receipt->priced()) costs_[{key, record.receipt->book->currency}] += record.receipt->nano;
}

void CallerMetrics::write(Exposition& page) const {
    const std::lock_guard lock(mutex_);
    page.family(metric::kCallerRequests);
    for (const auto& [key, count] : requests_) page.sample({{"key", key}}, count);
    page.family(metric::kCallerRefused);
    for (const auto& [who, count] : refused_) page.sample({{"key", who.first}, {"reason", who.second}}, count);
    page.family(metric::kKeyTokens);
    for (const auto& [who, count] : tokens_) page.sample({{"key", who.first}, {"type", who.second}}, count);
    page.family(metric::kKeyCost);
    for (const auto& [who, nano] : costs_) page.sample({{"key", who.first}, {"currency", who.second}}, static_cast<double>(nano) * 1e-9);
}

}  // namespace gatehouse::telemetry
