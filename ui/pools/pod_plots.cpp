#include "pools/pod_plots.h"

#include "bridge/engine_bridge.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

struct Pools {
    Q_DECLARE_TR_FUNCTIONS(PoolsPage)
};

}  // namespace

PodPlots::PodPlots(Theme& theme, PlotSync& sync) : theme_(theme), sync_(sync), plot_(new LinePlot(theme, sync)) {}

void PodPlots::setMetric(PodMetric metric) {
    metric_ = metric;
    keys_.clear();
    worst_.forget();
    retranslate();
}

void PodPlots::retranslate() {
    const auto facts = factsOf(metric_);
    plot_->setValueAxis({facts.name, facts.unit, facts.fixedUpper, facts.leastUpper, 0});
    plot_->setLimit(facts.limit, facts.limit > 0 ? Pools::tr("limit %1", "name of a dashed line").arg(facts.limit) : QString());
}

/// All by name, or the worst of too many, which stand by name too, so that they stay where they are.
std::vector<const PodHistory*> PodPlots::chosen(const PodsNow& now) {
    if (static_cast<int>(now.pods.size()) <= kMostPods) return now.pods;
    auto worst = worst_.apply(now.pods, sync_.cursor().has_value(), [this](const PodHistory& pod) { return severityBy(pod, metric_); }, false);
    worst.resize(kMostPods);
    std::vector<const PodHistory*> byName;
    for (const auto* pod : now.pods)
        if (std::find(worst.begin(), worst.end(), pod) != worst.end()) byName.push_back(pod);
    return byName;
}

void PodPlots::feed(const PodsNow& now, double keptSeconds) {
    const auto pods = chosen(now);
    QStringList keys;
    for (const auto* pod : pods) keys << podKey(*pod);
    if (keys != keys_) {
        keys_ = keys;
        fed_.clear();
        std::vector<LinePlot::PanelSpec> panels;
        for (const auto* pod : pods) {
            const auto label = shortName(pod->pod.isEmpty() ? pod->address : pod->pod);
            panels.push_back({label, {{podKey(*pod), label, [this, name = poolSeriesName(pod->pool)] { return theme_.seriesFor(name); }}}});
        }
        plot_->setPanels(panels);
    }
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const auto key = keys_[qsizetype(i)];
        auto& fed = fed_.contains(key) ? fed_[key] : *fed_.insert(key, std::numeric_limits<qint64>::min());
        auto first = pods[i]->samples.end();
        while (first != pods[i]->samples.begin() && std::prev(first)->time > fed) --first;
        for (auto sample = first; sample != pods[i]->samples.end(); ++sample) {
            plot_->append(key, now.wallOffset + static_cast<double>(sample->time) / 1000.0, valueOf(*sample, metric_));
            fed = sample->time;
        }
        note(static_cast<int>(i), now, *pods[i]);
    }
    plot_->trim(sync_.now() - keptSeconds);
    plot_->commit();
}

/// Why there is no value now: its state, or an engine that has no such metric.
void PodPlots::note(int panel, const PodsNow& now, const PodHistory& pod) {
    const auto presence = now.presenceOf(pod);
    const auto state = now.shownState(pod);
    const bool fresh = presence == PodPresence::Here && state.scrape == inference::ScrapeState::Fresh && !state.ejected;
    QString words;
    if (!fresh) words = podPresenceText(state, presence);
    else if (!std::isfinite(lastOf(pod, metric_))) words = factsOf(metric_).missing;
    plot_->setNote(panel, words);
}

}  // namespace gatehouse::ui
