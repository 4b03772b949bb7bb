#include "pools/pod_field.h"

#include "bridge/engine_bridge.h"
#include "charts/heat_strip.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

struct Pools {
    Q_DECLARE_TR_FUNCTIONS(PoolsPage)
};

const QString kMedian = QStringLiteral("median"), kLow = QStringLiteral("p10"), kHigh = QStringLiteral("p90");

}  // namespace

PodField::PodField(Theme& theme, PlotSync& sync) : theme_(theme), sync_(sync), overlay_(new LinePlot(theme, sync)), strip_(new HeatStrip(theme, sync)) {}

void PodField::setMetric(PodMetric metric) {
    metric_ = metric;
    order_.forget();
    worst_.forget();
    retranslate();
}

void PodField::retranslate() {
    const auto facts = factsOf(metric_);
    drawn_.clear();
    overlay_->setValueAxis({facts.name, facts.unit, facts.fixedUpper, facts.leastUpper, 0});
    overlay_->setLimit(facts.limit, facts.limit > 0 ? Pools::tr("limit %1", "name of a dashed line").arg(facts.limit) : QString());
    strip_->setScale({facts.name, facts.unit, facts.fixedUpper, facts.fixedUpper > 0 ? facts.leastUpper : 10, facts.logarithmic, 0});
}

void PodField::feed(const PodsNow& now) {
    const auto worse = [this](const PodHistory& pod) { return severityBy(pod, metric_); };
    const bool looking = sync_.cursor().has_value() || strip_->currentRow() >= 0;
    const auto pods = order_.apply(now.pods, looking, worse);
    auto worst = worst_.apply(now.pods, looking, worse, false);
    worst.resize(std::min<std::size_t>(worst.size(), kWorst));
    const auto missing = factsOf(metric_).missing;
    std::vector<HeatStrip::Row> rows;
    rows.reserve(pods.size());
    for (const auto* pod : pods) {
        const auto presence = now.presenceOf(*pod);
        const auto* state = now.stateOf(*pod);
        const bool fresh = state != nullptr && state->scrape == inference::ScrapeState::Fresh;
        rows.push_back({podKey(*pod), shortName(pod->pod.isEmpty() ? pod->address : pod->pod), shortName(pod->pool),
                        fresh ? missing : podPresenceText(state != nullptr ? *state : gateway::PodState{}, presence)});
    }
    strip_->setRows(std::move(rows));
    // Steps begin at whole multiples, so that a cell keeps its colour while the window moves on.
    const double step = stripStep(sync_.upper() - sync_.lower());
    const double begin = std::floor(sync_.lower() / step) * step;
    const auto columns = std::size_t(std::max(1.0, std::ceil((std::min(sync_.upper(), sync_.now()) - begin) / step)));
    const auto from = static_cast<qint64>((begin - now.wallOffset) * 1000);
    Cells cells;
    cells.reserve(pods.size());
    for (const auto* pod : pods) cells.push_back(podCells(*pod, metric_, from, step, columns));
    feedOverlay(worst, pods, cells, begin, step);
    strip_->setCells(begin, step, std::move(cells));
}

void PodField::feedOverlay(const std::vector<const PodHistory*>& worst, const std::vector<const PodHistory*>& pods, const Cells& cells, double begin, double step) {
    QStringList keys;
    for (const auto* pod : worst) keys << podKey(*pod);
    if (keys != drawn_) {
        drawn_ = keys;
        const auto muted = [this] { return theme_.color(Token::Muted); };
        LinePlot::PanelSpec panel;
        panel.lines.push_back({kLow, kLow, muted, {}, true});
        panel.lines.push_back({kHigh, kHigh, muted, kLow, true});
        panel.lines.push_back({kMedian, Pools::tr("median", "line in a plot: the middle of all pods"), muted});
        for (std::size_t i = 0; i < worst.size(); ++i)
            panel.lines.push_back({keys[qsizetype(i)], shortName(worst[i]->pod.isEmpty() ? worst[i]->address : worst[i]->pod), [this, i] { return theme_.series(static_cast<int>(i) + 1); }});
        overlay_->setPanels({panel});
    }
    const auto columns = cells.empty() ? 0 : cells.front().size();
    QVector<double> times, low, middle, high;
    std::vector<float> column;
    for (std::size_t at = 0; at < columns; ++at) {
        column.clear();
        for (const auto& row : cells) column.push_back(row[at]);
        times << begin + (double(at) + 0.5) * step;
        low << quantile(column, 0.1);
        middle << quantile(column, 0.5);
        high << quantile(column, 0.9);
    }
    overlay_->replace(kLow, times, low);
    overlay_->replace(kHigh, times, high);
    overlay_->replace(kMedian, times, middle);
    for (std::size_t i = 0; i < worst.size(); ++i) {
        const auto place = std::find(pods.begin(), pods.end(), worst[i]);
        if (place == pods.end()) continue;
        const auto& row = cells[std::size_t(place - pods.begin())];
        overlay_->replace(keys[qsizetype(i)], times, QVector<double>(row.begin(), row.end()));
    }
    overlay_->commit();
}

}  // namespace gatehouse::ui
