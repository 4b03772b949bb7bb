#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "charts/share_bars.h"
#include "dashboard/pod_charts.h"
#include "models/format.h"
#include "models/pick_share.h"
#include "theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

constexpr qint64 kShareWindow = 10'000;

struct Dashboard {
    Q_DECLARE_TR_FUNCTIONS(DashboardPage)
};

/// Columns of about this many seconds, so that some thirty fit any range.
double shareStep(double span) { return span <= 60 ? 2 : span <= 150 ? 5 : span <= 300 ? 10 : 20; }

}  // namespace

void PodCharts::setVisible(bool visible) {
    for (auto* card : {gpuCard, queueCard, shareCard}) card->setVisible(visible);
}

void PodCharts::setPaused(bool paused) {
    for (auto* card : {gpuCard, queueCard, shareCard}) card->frame()->chart()->setPaused(paused);
}

void PodCharts::nameCards() {
    gpuCard->setName(Dashboard::tr("GPU memory %", "title of a chart"));
    queueCard->setName(Dashboard::tr("Queue depth", "title of a chart: requests waiting per pod"));
    shareCard->setName(Dashboard::tr("Share of picks %", "title of a chart: which pods were picked"));
    for (auto* card : {gpuCard, queueCard, shareCard}) card->frame()->retranslate();
}

PodLines::PodLines(Theme& theme, PlotSync& sync, const CardMaker& card)
    : theme_(theme), sync_(sync), gpu_(new LinePlot(theme, sync)), queue_(new LinePlot(theme, sync)), share_(new StackedShareBars(theme, sync)) {
    gpuCard = card(gpu_, "gpu-memory");
    queueCard = card(queue_, "queue-depth");
    shareCard = card(share_, "share-of-picks");
}

void PodLines::retranslate(double gpuLimit) {
    nameCards();
    gpu_->setValueAxis({Dashboard::tr("GPU memory %"), QStringLiteral("%"), 100, 100, 0});
    gpu_->setLimit(gpuLimit, Dashboard::tr("limit %1", "name of a dashed line").arg(gpuLimit));
    queue_->setValueAxis({Dashboard::tr("Queue depth"), {}, 0, 4, 0});
}

void PodLines::setPods(const std::vector<const PodHistory*>& pods) {
    QStringList keys;
    for (const auto* pod : pods) keys << podKey(*pod);
    if (keys == keys_) return;
    keys_ = keys;
    fed_.clear();
    std::vector<LinePlot::PanelSpec> panels;
    std::vector<StackedShareBars::Part> parts;
    for (const auto* pod : pods) {
        const auto color = [this, name = poolSeriesName(pod->pool)] { return theme_.seriesFor(name); };
        const auto label = shortName(pod->pod.isEmpty() ? pod->address : pod->pod);
        panels.push_back({label, {{podKey(*pod), label, color}}});
        parts.push_back({podKey(*pod), label, pod->pool, color});
    }
    gpu_->setPanels(panels);
    queue_->setPanels(panels);
    share_->setParts(parts);
}

void PodLines::feedLines(const PodFeed& feed, double keptSeconds) {
    const auto wall = [&feed](qint64 time) { return feed.wallOffset + static_cast<double>(time) / 1000.0; };
    for (const auto* pod : feed.pods) {
        const auto key = podKey(*pod);
        if (!keys_.contains(key)) continue;
        if (!fed_.contains(key)) fed_.insert(key, std::numeric_limits<qint64>::min());
        auto& fed = fed_[key];
        // New samples are at the end: walk back to the first one that is not drawn yet.
        auto first = pod->samples.end();
        while (first != pod->samples.begin() && std::prev(first)->time > fed) --first;
        for (auto sample = first; sample != pod->samples.end(); ++sample) {
            gpu_->append(key, wall(sample->time), sample->gpuMemoryPercent);
            queue_->append(key, wall(sample->time), sample->waiting);
            fed = sample->time;
        }
    }
    for (auto* plot : {gpu_, queue_}) {
        plot->trim(sync_.now() - keptSeconds);
        plot->commit();
    }
}

void PodLines::feedShares(const PodFeed& feed) {
    if (keys_.isEmpty()) return;
    const double step = shareStep(sync_.upper() - sync_.lower());
    const auto window = std::max(kShareWindow, static_cast<qint64>(step * 1000));
    std::vector<StackedShareBars::ColumnData> columns;
    for (double end = std::floor(sync_.lower() / step) * step + step; end < sync_.upper() + step; end += step) {
        const double at = std::min(end, sync_.now());
        const auto shares = pickShares(feed.pods, static_cast<qint64>((at - feed.wallOffset) * 1000), window);
        StackedShareBars::ColumnData column{end, std::vector<double>(std::size_t(keys_.size()), 0.0)};
        for (std::size_t i = 0; i < feed.pods.size(); ++i)
            if (const auto place = keys_.indexOf(podKey(*feed.pods[i])); place >= 0) column.shares[std::size_t(place)] = shares[i];
        columns.push_back(std::move(column));
    }
    share_->setColumns(step, std::move(columns));
}

void PodLines::feedNotes(const PodFeed& feed) {
    for (const auto* pod : feed.pods) {
        const auto panel = static_cast<int>(keys_.indexOf(podKey(*pod)));
        if (panel < 0) continue;
        const auto* state = feed.stateOf(*pod);
        const bool fresh = state && state->scrape == inference::ScrapeState::Fresh && !state->ejected;
        const auto note = fresh ? QString() : state ? podStateText(*state) : Dashboard::tr("Gone", "a pod that is no longer in its pool");
        // A fresh scrape without GPU metrics is no fault of the scrape: say which metric is missing.
        const bool noGpu = fresh && !std::isfinite(state->metrics.gpuMemoryPercent());
        gpu_->setNote(panel, noGpu ? Dashboard::tr("No GPU metrics", "note at a pod's plot") : note);
        queue_->setNote(panel, note);
    }
}

QString PodLines::shareCaption() const {
    QStringList pools, groups;
    for (const auto& key : keys_)
        if (const auto pool = key.section(QLatin1Char('\n'), 0, 0); !pools.contains(pool)) pools << pool;
    const bool picked = std::any_of(pools.begin(), pools.end(), [this](const QString& pool) { return share_->groupShare(pool) > 0; });
    if (picked && pools.size() <= 4)
        for (const auto& pool : pools) groups << QStringLiteral("%1 %2").arg(shortName(pool), formatPercent(share_->groupShare(pool)));
    return groups.join(QStringLiteral(", "));
}

}  // namespace gatehouse::ui
