#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "charts/heat_strip.h"
#include "charts/plot_sync.h"
#include "dashboard/pod_charts.h"
#include "models/format.h"
#include "models/pod_metric.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

constexpr double kShareSeconds = 10;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Dashboard {
    Q_DECLARE_TR_FUNCTIONS(DashboardPage)
};

/// The pod's count of picks at `count` times, `step` seconds apart from `from` on. One walk over the samples: asking for each time alone would
/// search through minutes of samples for every cell.
std::vector<quint64> countersAt(const PodHistory& pod, qint64 from, double step, std::size_t count) {
    std::vector<quint64> counters(count, pod.samples.empty() ? 0 : pod.samples.front().picks);
    auto sample = std::lower_bound(pod.samples.begin(), pod.samples.end(), from, [](const PodSample& s, qint64 time) { return s.time < time; });
    quint64 last = sample == pod.samples.begin() ? counters.empty() ? 0 : counters.front() : std::prev(sample)->picks;
    for (std::size_t i = 0; i < count; ++i) {
        const auto until = from + qint64(double(i) * step * 1000);
        for (; sample != pod.samples.end() && sample->time <= until; ++sample) last = sample->picks;
        counters[i] = last;
    }
    return counters;
}

}  // namespace

PodStrips::PodStrips(Theme& theme, PlotSync& sync, const CardMaker& card, QObject* parent)
    : QObject(parent), sync_(sync), gpu_(new HeatStrip(theme, sync)), queue_(new HeatStrip(theme, sync)), share_(new HeatStrip(theme, sync)) {
    gpuCard = card(gpu_, "gpu-memory-strip");
    queueCard = card(queue_, "queue-depth-strip");
    shareCard = card(share_, "share-of-picks-strip");
    for (auto* owner : {gpuCard, queueCard, shareCard}) {
        auto* strip = static_cast<HeatStrip*>(owner->frame()->chart());
        owner->actions()->insertWidget(0, new HeatLegend(theme, *strip, owner));
        connect(strip, &HeatStrip::rowActivated, this, &PodStrips::podActivated);
    }
}

void PodStrips::retranslate() {
    nameCards();
    gpu_->setScale({Dashboard::tr("GPU memory %"), QStringLiteral("%"), 100, 100, false, 0});
    queue_->setScale({Dashboard::tr("Queue depth"), {}, 0, 10, true, 0});
    share_->setScale({Dashboard::tr("Share of picks %"), QStringLiteral("%"), 0, 1, false, 1});
}

int PodStrips::rowCount() const { return static_cast<int>(order_.keys().size()); }

/// By severity.
std::vector<const PodHistory*> PodStrips::inOrder(std::vector<const PodHistory*> pods) {
    const bool looking = sync_.cursor() || gpu_->currentRow() >= 0 || queue_->currentRow() >= 0 || share_->currentRow() >= 0;
    return order_.apply(std::move(pods), looking, severity);
}

void PodStrips::feed(const PodFeed& feed) {
    const auto pods = inOrder(feed.pods);
    std::vector<HeatStrip::Row> rows;
    rows.reserve(pods.size());
    for (const auto* pod : pods) rows.push_back({podKey(*pod), shortName(pod->pod.isEmpty() ? pod->address : pod->pod), shortName(pod->pool), {}});
    for (auto* strip : {gpu_, queue_, share_}) strip->setRows(rows);

    // Steps begin at whole multiples, so that a cell keeps its colour while the window moves on.
    const double step = stripStep(sync_.upper() - sync_.lower());
    const double begin = std::floor(sync_.lower() / step) * step;
    const auto columns = std::size_t(std::max(1.0, std::ceil((std::min(sync_.upper(), sync_.now()) - begin) / step)));
    std::vector<std::vector<float>> gpu(pods.size()), queue(pods.size()), share(pods.size());
    const auto from = static_cast<qint64>((begin - feed.wallOffset) * 1000);
    for (std::size_t i = 0; i < pods.size(); ++i) {
        gpu[i] = podCells(*pods[i], PodMetric::GpuMemory, from, step, columns);
        queue[i] = podCells(*pods[i], PodMetric::Queue, from, step, columns);
        share[i].assign(columns, kNan);
    }
    const auto back = std::size_t(std::ceil(kShareSeconds / step));
    std::vector<double> totals(columns, 0.0);
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const auto counters = countersAt(*pods[i], from - qint64(double(back) * step * 1000), step, columns + back + 1);
        for (std::size_t column = 0; column < columns; ++column) {
            const auto now = counters[column + back + 1], before = counters[column + 1];
            share[i][column] = now > before ? float(now - before) : 0.0F;
            totals[column] += share[i][column];
        }
    }
    // Without any pick there is no share to speak of: missing, not zero.
    for (auto& row : share)
        for (std::size_t column = 0; column < columns; ++column) row[column] = totals[column] > 0 ? float(row[column] * 100.0 / totals[column]) : kNan;
    gpu_->setCells(begin, step, std::move(gpu));
    queue_->setCells(begin, step, std::move(queue));
    share_->setCells(begin, step, std::move(share));
}

}  // namespace gatehouse::ui
