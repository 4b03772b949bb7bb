#include "models/pod_order.h"

#include "bridge/engine_bridge.h"

#include <QCollator>
#include <QHash>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

QString podKey(const PodHistory& pod) { return pod.pool + QLatin1Char('\n') + pod.pod + QLatin1Char('\n') + pod.address; }

std::vector<const PodHistory*> podsByName(const std::vector<PodHistory>& history, const QString& pool) {
    std::vector<const PodHistory*> pods;
    for (const auto& pod : history)
        if (pool.isEmpty() || pod.pool == pool) pods.push_back(&pod);
    QCollator natural;
    natural.setNumericMode(true);
    std::stable_sort(pods.begin(), pods.end(), [&](const PodHistory* a, const PodHistory* b) {
        // Stable before canary: the longer-lived name first would be a guess, so pools keep the order of their colours.
        if (a->pool != b->pool) {
            const bool aCanary = a->pool.endsWith(QLatin1String("canary")), bCanary = b->pool.endsWith(QLatin1String("canary"));
            return aCanary != bCanary ? bCanary : natural.compare(a->pool, b->pool) < 0;
        }
        const int order = natural.compare(a->pod, b->pod);
        return order != 0 ? order < 0 : a->address < b->address;
    });
    return pods;
}

double severity(const PodHistory& pod) {
    if (pod.samples.empty()) return 0;
    const auto& last = pod.samples.back();
    return (std::isfinite(last.waiting) ? last.waiting * 100.0 : 0) + (std::isfinite(last.gpuMemoryPercent) ? last.gpuMemoryPercent : 0);
}

std::vector<const PodHistory*> HeldOrder::apply(std::vector<const PodHistory*> pods, bool looking, const Worse& worse, bool byPool) {
    QHash<QString, const PodHistory*> byKey;
    for (const auto* pod : pods) byKey.insert(podKey(*pod), pod);
    const bool known = keys_.size() == byKey.size() && std::all_of(keys_.begin(), keys_.end(), [&](const QString& key) { return byKey.contains(key); });
    if (known && (looking || ordered_.elapsed() < kReorderMillis)) {
        for (std::size_t i = 0; i < pods.size(); ++i) pods[i] = byKey.value(keys_[qsizetype(i)]);
        return pods;
    }
    for (auto first = pods.begin(); first != pods.end();) {
        const auto last = !byPool ? pods.end() : std::find_if(first, pods.end(), [&](const PodHistory* pod) { return pod->pool != (*first)->pool; });
        std::stable_sort(first, last, [&](const PodHistory* a, const PodHistory* b) { return worse(*a) > worse(*b); });
        first = last;
    }
    keys_.clear();
    for (const auto* pod : pods) keys_ << podKey(*pod);
    ordered_.start();
    return pods;
}

}  // namespace gatehouse::ui
