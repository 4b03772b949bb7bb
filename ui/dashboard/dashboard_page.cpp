#include "dashboard/dashboard_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "charts/score_bars.h"
#include "charts/share_bars.h"
#include "models/format.h"
#include "models/pick_share.h"
#include "models/pod_table_model.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"

#include <QCollator>
#include <QComboBox>
#include <QDateTime>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

namespace gatehouse::ui {
namespace {

constexpr int kMostPanels = 12;
constexpr qint64 kSlowMillis = 500;
constexpr qint64 kPickMillis = 2000;     ///< A reason stays long enough to be read.
constexpr qint64 kRechooseMillis = 10'000;
constexpr qint64 kShareWindow = 10'000;
constexpr std::size_t kPickSearch = 500;  ///< How far back the last pick is looked for.
constexpr double kKeptSeconds = 600;
constexpr double kGpuLimit = 95;

QString podKey(const PodHistory& pod) { return pod.pool + QLatin1Char('\n') + pod.pod + QLatin1Char('\n') + pod.address; }

/// Columns of about this many seconds, so that some thirty fit any range.
double shareStep(double span) { return span <= 60 ? 2 : span <= 150 ? 5 : span <= 300 ? 10 : 20; }

}  // namespace

DashboardPage::DashboardPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("dashboard"), parent) {
    wallOffset_ = static_cast<double>(QDateTime::currentMSecsSinceEpoch() - context.engine.now()) / 1000.0;
    sync_ = new PlotSync(this);
    sync_->setLongest(kKeptSeconds);
    sync_->setSpan(300);
    buildControls();
    buildCards();
    retranslate();
    connect(&context.engine, &EngineBridge::stateSampled, this, &DashboardPage::onSample);
    // Events are rare and must not be missed while another view is shown.
    connect(&context.engine, &EngineBridge::applied, this, [this] {
        if (const auto report = this->context().engine.report())
            sync_->addEvent(wall(this->context().engine.now()), tr("Applied revision %1", "event in a plot").arg(report->revision));
    });
    connect(sync_, &PlotSync::rangeChanged, this, [this] {
        if (isActive() && !sync_->following()) feedShares();
    });
    connect(sync_, &PlotSync::followingChanged, this, [this](bool following) {
        live_->setVisible(!following);
        if (following && isActive()) feedShares();
    });
}

QString DashboardPage::title() const { return tr("Dashboard", "title of the view"); }

double DashboardPage::wall(qint64 engineTime) const { return wallOffset_ + static_cast<double>(engineTime) / 1000.0; }

void DashboardPage::buildControls() {
    auto& theme = context().theme;
    pausedChip_ = new StatusChip(theme, this);
    pausedChip_->hide();
    live_ = makeTextButton(theme, QStringLiteral("zoom-reset"), {}, this);
    live_->setObjectName(QStringLiteral("backToLive"));
    live_->hide();
    pool_ = new QComboBox(this);
    pool_->setObjectName(QStringLiteral("poolFilter"));
    pool_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    range_ = new SegmentedControl(theme, {}, this);
    range_->setObjectName(QStringLiteral("timeRange"));
    for (const int minutes : {1, 5, 10}) range_->addSegment(QString::number(minutes), QString::number(minutes));
    range_->setCurrent(QStringLiteral("5"));
    shape_ = new SegmentedControl(theme, {}, this);
    shape_->setObjectName(QStringLiteral("shownAs"));
    shape_->addSegment(QStringLiteral("charts"), {}, QStringLiteral("chart"));
    shape_->addSegment(QStringLiteral("table"), {}, QStringLiteral("table"));
    pause_ = new QPushButton(this);
    pause_->setObjectName(QStringLiteral("pause"));
    pause_->setCheckable(true);
    auto* row = titleControls();
    for (QWidget* widget : {static_cast<QWidget*>(pausedChip_), static_cast<QWidget*>(live_), static_cast<QWidget*>(pool_),
                            static_cast<QWidget*>(range_), static_cast<QWidget*>(shape_), static_cast<QWidget*>(pause_)})
        row->addWidget(widget);
    connect(pause_, &QPushButton::toggled, this, &DashboardPage::setPaused);
    connect(live_, &QToolButton::clicked, sync_, &PlotSync::reset);
    connect(range_, &SegmentedControl::currentChanged, this, [this](const QString& id) {
        sync_->setSpan(id.toDouble() * 60);
        feedShares();
    });
    connect(shape_, &SegmentedControl::currentChanged, this, [this] { refresh(true); });
    connect(pool_, &QComboBox::currentIndexChanged, this, [this] { refresh(true); });
    context().actions.add(this, QStringLiteral("dashboard.pause"), tr("Dashboard"), tr("Pause or resume the dashboard"),
                          QKeySequence(Qt::CTRL | Qt::Key_Space), [this] { pause_->toggle(); });
}

void DashboardPage::buildCards() {
    auto& theme = context().theme;
    pages_ = new QStackedLayout;
    body()->addLayout(pages_, 1);
    empty_ = new EmptyState(theme, this);
    pages_->addWidget(empty_);

    auto* charts = new QWidget(this);
    auto* grid = new QGridLayout(charts);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto card = [&](Chart* chart, const char* stem) {
        auto* made = new ChartCard(theme, context().dialogs, messages(), chart, QLatin1String(stem), charts);
        made->setObjectName(QLatin1String(stem));
        return made;
    };
    gpu_ = new LinePlot(theme, *sync_);
    queue_ = new LinePlot(theme, *sync_);
    share_ = new StackedShareBars(theme, *sync_);
    scores_ = new ScoreBars(theme);
    scores_->setMostRows(8);
    scores_->setSteady(true);
    gpuCard_ = card(gpu_, "gpu-memory");
    queueCard_ = card(queue_, "queue-depth");
    shareCard_ = card(share_, "share-of-picks");
    scoreCard_ = card(scores_, "last-pick");
    reason_ = new QLabel(scoreCard_);
    reason_->setObjectName(QStringLiteral("pickReason"));
    reason_->setWordWrap(true);
    reason_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    scoreCard_->content()->insertWidget(0, reason_);
    openRequest_ = makeIconButton(theme, QStringLiteral("requests"), {}, this);
    scoreCard_->actions()->insertWidget(0, openRequest_);
    connect(openRequest_, &QToolButton::clicked, this, [this] {
        if (!lastPickRequest_.isEmpty()) context().navigator.navigate(QStringLiteral("requests"), lastPickRequest_);
    });
    grid->addWidget(gpuCard_, 0, 0, 1, 3);
    grid->addWidget(queueCard_, 0, 3, 1, 3);
    grid->addWidget(shareCard_, 1, 0, 1, 3);
    grid->addWidget(scoreCard_, 1, 3, 1, 3);
    for (int column = 0; column < 6; ++column) grid->setColumnStretch(column, 1);
    grid->setRowStretch(0, 1);
    grid->setRowStretch(1, 1);
    pages_->addWidget(charts);

    tableCard_ = new Card(theme, {}, this);
    tableCard_->setEdgeToEdge(true);
    table_ = new QTableView(tableCard_);
    pods_ = new PodTableModel(theme, this);
    table_->setModel(pods_);
    table_->setObjectName(QStringLiteral("podTable"));
    setUpTable(table_, theme, {}, QStringLiteral("dashboard/pods"));
    setColumnCharacters(table_, {12, 12, 7, 4, 5, 3, 6, 5, 9, 4, 0});
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSortingEnabled(true);
    table_->sortByColumn(PodTableModel::Pod, Qt::AscendingOrder);
    tableCard_->content()->addWidget(table_);
    saveTable_ = makeTextButton(theme, QStringLiteral("download"), {}, tableCard_);
    saveTable_->setObjectName(QStringLiteral("savePodTable"));
    tableCard_->actions()->addWidget(saveTable_);
    connect(saveTable_, &QToolButton::clicked, this, &DashboardPage::saveTable);
    pages_->addWidget(tableCard_);

    const auto space = [grid, &theme] { grid->setSpacing(theme.gap(3)); };
    space();
    connect(&theme, &Theme::changed, grid, space);
    connect(&theme, &Theme::changed, this, [this] { setMuted(reason_, context().theme); });
    setMuted(reason_, theme);
}

void DashboardPage::retranslate() {
    View::retranslate();
    pool_->setAccessibleName(tr("Pool"));
    if (pool_->count() > 0) pool_->setItemText(0, tr("All pools"));
    range_->setAccessibleName(tr("Time range"));
    for (const int minutes : {1, 5, 10})
        range_->setSegmentText(QString::number(minutes), tr("%n min", "time range of a plot, short", minutes));
    shape_->setAccessibleName(tr("Shown as"));
    shape_->setSegmentText(QStringLiteral("charts"), tr("Charts", "choice: draw charts"));
    shape_->setSegmentText(QStringLiteral("table"), tr("Table", "choice: show a table"));
    live_->setText(tr("Back to live", "button: undo zooming into a plot"));
    live_->setToolTip(tr("Shows the newest data again; a double click in a plot does the same."));
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pause_->setToolTip(tr("Stops the display; data is still collected (%1)").arg(QKeySequence(Qt::CTRL | Qt::Key_Space).toString(QKeySequence::NativeText)));
    gpuCard_->setName(tr("GPU memory %", "title of a chart"));
    queueCard_->setName(tr("Queue depth", "title of a chart: requests waiting per pod"));
    shareCard_->setName(tr("Share of picks %", "title of a chart: which pods were picked"));
    scoreCard_->setName(tr("Why", "title of a card: why the last request went to its pod"));
    for (auto* card : {gpuCard_, queueCard_, shareCard_, scoreCard_}) card->frame()->retranslate();
    gpu_->setValueAxis({tr("GPU memory %"), QStringLiteral("%"), 100, 100, 0});
    gpu_->setLimit(kGpuLimit, tr("limit %1", "name of a dashed line").arg(kGpuLimit));
    queue_->setValueAxis({tr("Queue depth"), {}, 0, 4, 0});
    tableCard_->setTitle(tr("Pods", "title of a table"));
    table_->setAccessibleName(tr("Pods"));
    saveTable_->setText(tr("Save CSV…", "button"));
    const auto open = tr("Open the request in Requests");
    openRequest_->setToolTip(open);
    openRequest_->setAccessibleName(open);
    widenToHeaders(table_->horizontalHeader());
    showCaptions();
}

void DashboardPage::setActive(bool active) {
    View::setActive(active);
    if (active) refresh(true);
}

void DashboardPage::openTarget(const QString& target) {
    const auto name = shortName(target);
    for (int i = 1; i < pool_->count(); ++i)
        if (shortName(pool_->itemData(i).toString()) == name) pool_->setCurrentIndex(i);
}

void DashboardPage::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    pause_->setChecked(paused);
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pausedChip_->set(StatusChip::Kind::Warning, tr("Paused at %1", "%1 is a time of day").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))),
                     {}, QStringLiteral("pause"));
    pausedChip_->setVisible(paused_);
    for (Chart* chart : {static_cast<Chart*>(gpu_), static_cast<Chart*>(queue_), static_cast<Chart*>(share_), static_cast<Chart*>(scores_)})
        chart->setPaused(paused_);
    if (!paused_) refresh(true);
}

void DashboardPage::onSample() {
    if (!isActive()) return;
    const bool slow = !slow_.isValid() || slow_.elapsed() >= kSlowMillis;
    if (slow) slow_.start();
    refresh(slow);
}

void DashboardPage::refresh(bool slow) {
    if (!isActive()) return;
    takePools();
    if (context().engine.state().pods.empty() && context().engine.history().empty()) {
        showEmptyState();
        return;
    }
    const bool table = shape_->current() == QLatin1String("table");
    pages_->setCurrentIndex(table ? 2 : 1);
    range_->setEnabled(!table);
    if (paused_) return;
    takePods();
    qint64 oldest = context().engine.now();
    for (const auto& pod : context().engine.history())
        if (!pod.samples.empty()) oldest = std::min(oldest, pod.samples.front().time);
    sync_->setOldest(wall(oldest));
    sync_->setNow(wall(context().engine.now()));
    if (table) {
        if (slow) feedTable();
        return;
    }
    feedLines();
    if (!slow) return;
    feedShares();
    feedNotes();
    showLastPick();
    showCaptions();
}

void DashboardPage::takePools() {
    std::set<QString> names;
    for (const auto& pod : context().engine.state().pods) names.insert(toQt(pod.pool));
    for (const auto& pod : context().engine.history()) names.insert(pod.pool);
    QStringList now(names.begin(), names.end());
    if (pool_->count() > 0 && now == poolNames_) return;
    poolNames_ = now;
    const auto chosen = pool_->currentData().toString();
    QSignalBlocker block(pool_);
    pool_->clear();
    pool_->addItem(tr("All pools"), QString());
    for (const auto& name : now) pool_->addItem(shortName(name), name);
    pool_->setCurrentIndex(std::max(0, pool_->findData(chosen)));
    pool_->setVisible(now.size() > 1);
}

std::vector<const PodHistory*> DashboardPage::shownPods() const {
    std::vector<const PodHistory*> pods;
    const auto pool = pool_->currentData().toString();
    for (const auto& pod : const_cast<DashboardPage*>(this)->context().engine.history())
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

void DashboardPage::takePods() {
    auto pods = shownPods();
    podsInPool_ = static_cast<int>(pods.size());
    QStringList keys;
    if (podsInPool_ > kMostPanels) {
        // Only the busiest fit: chosen anew at most every ten seconds, and never while one is being looked at.
        const bool keep = !podKeys_.isEmpty() && (sync_->cursor() || (chosen_.isValid() && chosen_.elapsed() < kRechooseMillis));
        const bool known = std::all_of(podKeys_.begin(), podKeys_.end(), [&](const QString& key) {
            return std::any_of(pods.begin(), pods.end(), [&](const PodHistory* pod) { return podKey(*pod) == key; });
        });
        if (keep && known) return;
        chosen_.start();
        const auto severity = [](const PodHistory* pod) {
            if (pod->samples.empty()) return 0.0;
            const auto& last = pod->samples.back();
            return (std::isfinite(last.waiting) ? last.waiting * 100.0 : 0) + (std::isfinite(last.gpuMemoryPercent) ? last.gpuMemoryPercent : 0);
        };
        auto worst = pods;
        std::stable_sort(worst.begin(), worst.end(), [&](const PodHistory* a, const PodHistory* b) { return severity(a) > severity(b); });
        worst.resize(kMostPanels);
        std::erase_if(pods, [&](const PodHistory* pod) { return std::find(worst.begin(), worst.end(), pod) == worst.end(); });
    }
    for (const auto* pod : pods) keys << podKey(*pod);
    if (keys == podKeys_) return;
    podKeys_ = keys;
    fedTo_.clear();
    auto& theme = context().theme;
    std::vector<LinePlot::PanelSpec> panels;
    std::vector<StackedShareBars::Part> parts;
    for (const auto* pod : pods) {
        const auto color = [&theme, name = poolSeriesName(pod->pool)] { return theme.seriesFor(name); };
        const auto label = shortName(pod->pod.isEmpty() ? pod->address : pod->pod);
        panels.push_back({label, {{podKey(*pod), label, color}}});
        parts.push_back({podKey(*pod), label, pod->pool, color});
    }
    gpu_->setPanels(panels);
    queue_->setPanels(panels);
    share_->setParts(parts);
}

void DashboardPage::feedLines() {
    const auto& history = context().engine.history();
    for (const auto& pod : history) {
        const auto key = podKey(pod);
        if (!podKeys_.contains(key)) continue;
        if (!fedTo_.contains(key)) fedTo_.insert(key, std::numeric_limits<qint64>::min());
        auto& fed = fedTo_[key];
        // New samples are at the end: walk back to the first one that is not drawn yet.
        auto first = pod.samples.end();
        while (first != pod.samples.begin() && std::prev(first)->time > fed) --first;
        for (auto sample = first; sample != pod.samples.end(); ++sample) {
            const double time = wall(sample->time);
            gpu_->append(key, time, sample->gpuMemoryPercent);
            queue_->append(key, time, sample->waiting);
            fed = sample->time;
        }
    }
    const double oldest = sync_->now() - kKeptSeconds;
    gpu_->trim(oldest);
    queue_->trim(oldest);
    gpu_->commit();
    queue_->commit();
}

void DashboardPage::feedShares() {
    if (podKeys_.isEmpty()) return;
    QHash<QString, const PodHistory*> byKey;
    std::vector<const PodHistory*> all = shownPods();
    for (const auto* pod : all) byKey.insert(podKey(*pod), pod);
    const double step = shareStep(sync_->upper() - sync_->lower());
    const double newest = sync_->now();
    double first = std::floor(sync_->lower() / step) * step + step;
    std::vector<StackedShareBars::ColumnData> columns;
    const auto window = std::max(kShareWindow, static_cast<qint64>(step * 1000));
    for (double end = first; end < sync_->upper() + step; end += step) {
        const double at = std::min(end, newest);
        const auto shares = pickShares(all, static_cast<qint64>((at - wallOffset_) * 1000), window);
        StackedShareBars::ColumnData column{end, {}};
        for (const auto& key : podKeys_) {
            const auto found = std::find(all.begin(), all.end(), byKey.value(key));
            column.shares.push_back(found == all.end() ? 0 : shares[static_cast<std::size_t>(found - all.begin())]);
        }
        columns.push_back(std::move(column));
    }
    share_->setColumns(step, std::move(columns));
}

const gateway::PodState* DashboardPage::stateOf(const PodHistory& pod) const {
    const auto address = pod.address.toStdString(), pool = pod.pool.toStdString();
    for (const auto& state : const_cast<DashboardPage*>(this)->context().engine.state().pods)
        if (state.address == address && state.pool == pool) return &state;
    return nullptr;
}

void DashboardPage::feedNotes() {
    for (const auto& pod : context().engine.history()) {
        const auto panel = static_cast<int>(podKeys_.indexOf(podKey(pod)));
        if (panel < 0) continue;
        const auto* state = stateOf(pod);
        const bool fresh = state && state->scrape == inference::ScrapeState::Fresh && !state->ejected;
        const auto note = fresh ? QString() : state ? podStateText(*state) : tr("Gone", "a pod that is no longer in its pool");
        // A fresh scrape without GPU metrics is no fault of the scrape: say which metric is missing.
        const bool noGpu = fresh && !std::isfinite(state->metrics.gpuMemoryPercent());
        gpu_->setNote(panel, noGpu ? tr("No GPU metrics", "note at a pod's plot") : note);
        queue_->setNote(panel, note);
    }
}

void DashboardPage::feedTable() {
    const auto all = shownPods();
    const auto shares = pickShares(all, context().engine.now(), kShareWindow);
    std::unordered_map<std::string, double> shareOf;
    for (std::size_t i = 0; i < all.size(); ++i) shareOf.emplace((all[i]->pool + QLatin1Char('\n') + all[i]->address).toStdString(), shares[i]);
    std::vector<PodTableModel::Row> rows;
    const auto pool = pool_->currentData().toString().toStdString();
    for (const auto& state : context().engine.state().pods) {
        if (!pool.empty() && state.pool != pool) continue;
        PodTableModel::Row row{state, std::nan("")};
        if (const auto found = shareOf.find(state.pool + '\n' + state.address); found != shareOf.end()) row.share = found->second;
        rows.push_back(std::move(row));
    }
    pods_->setOrderHeld(table_->viewport()->underMouse());
    pods_->update(std::move(rows), context().engine.now());
    tableCard_->setCaption(tr("%n pod(s)", nullptr, pods_->rowCount()));
}

void DashboardPage::showLastPick() {
    if (pickShown_.isValid() && pickShown_.elapsed() < kPickMillis) return;
    const auto pool = pool_->currentData().toString();
    const auto& requests = context().engine.requests();
    const auto oldest = requests.size() > kPickSearch ? requests.size() - kPickSearch : 0;
    for (auto i = requests.size(); i > oldest; --i) {
        const auto& request = requests[i - 1];
        if (!request.pick || (!pool.isEmpty() && toQt(request.pick->pool) != pool)) continue;
        pickShown_.start();
        lastPickRequest_ = toQt(request.requestId);
        scores_->setPick(request.pick);
        reason_->setText(toQt(request.pick->reason));
        scoreCard_->setCaption(tr("last pick %1, pool %2", "%1 is a time of day")
                                   .arg(toDateTime(request.startedAt).toString(QStringLiteral("HH:mm:ss")), shortName(toQt(request.pick->pool))));
        break;
    }
    openRequest_->setEnabled(!lastPickRequest_.isEmpty());
    if (lastPickRequest_.isEmpty()) {
        scores_->setPick(nullptr);
        reason_->setText(tr("No request has been routed to a pool yet. Send one to the gateway and the reason for its pod appears here."));
        scoreCard_->setCaption({});
    }
}

void DashboardPage::showCaptions() {
    if (!gpuCard_) return;
    const auto pods = podsInPool_ > static_cast<int>(podKeys_.size())
                          ? tr("%1 of %n pods, the busiest", "caption of a chart", podsInPool_).arg(podKeys_.size())
                          : tr("%n pod(s)", nullptr, podsInPool_);
    gpuCard_->setCaption(tr("%1, dashed: limit %2", "caption of a chart; %1 how many pods, %2 a number").arg(pods).arg(kGpuLimit));
    queueCard_->setCaption(tr("requests waiting", "caption: unit of queue depth"));
    QStringList groups;
    QStringList pools;
    for (const auto& key : podKeys_)
        if (const auto pool = key.section(QLatin1Char('\n'), 0, 0); !pools.contains(pool)) pools << pool;
    const bool picked = std::any_of(pools.begin(), pools.end(), [this](const QString& pool) { return share_->groupShare(pool) > 0; });
    if (picked && pools.size() <= 4)
        for (const auto& pool : pools) groups << QStringLiteral("%1 %2").arg(shortName(pool), formatPercent(share_->groupShare(pool)));
    shareCard_->setCaption(tr("over 10 s", "caption: window of a share") + (groups.isEmpty() ? QString() : QStringLiteral(": ") + groups.join(QStringLiteral(", "))));
}

void DashboardPage::showEmptyState() {
    pages_->setCurrentIndex(0);
    const auto open = [this](const char* view) { return [this, view] { context().navigator.navigate(QLatin1String(view), {}); }; };
    if (!context().engine.running()) {
        empty_->set(QStringLiteral("dashboard"), tr("The gateway is not running, so there is nothing to draw."));
        return;
    }
    const auto objects = context().document.objects();
    if (objects && objects->ofKind("InferencePool").empty()) {
        empty_->set(QStringLiteral("pool"), tr("This workspace has no InferencePool. The dashboard draws the pods of such pools."), tr("Open Routes"), open("routes"));
        return;
    }
    empty_->set(QStringLiteral("pod"), tr("The pools of this workspace select no pods."), tr("Open Routes"), open("routes"));
}

void DashboardPage::saveTable() {
    auto path = context().dialogs.chooseSaveFile(this, tr("Save the table of pods"), suggestedFile(QStringLiteral("pods"), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    const auto error = writeCsv(path, tableOf(*pods_));
    if (!error.isEmpty()) messages().show(MessageBar::Kind::Error, error);
}

}  // namespace gatehouse::ui
