#include "pools/pools_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "charts/heat_strip.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "models/format.h"
#include "models/pick_share.h"
#include "models/pod_order.h"
#include "pools/pod_field.h"
#include "pools/pod_plots.h"
#include "pools/pod_rows_card.h"
#include "pools/pool_inspector.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace gatehouse::ui {
namespace {

constexpr qint64 kRefreshMillis = 480;  ///< Twice a second, as samples come five times.
constexpr double kKeptSeconds = 600;
constexpr int kSideBySideCharacters = 100;
constexpr qint64 kShareWindow = 10'000;
constexpr std::size_t kLookedThrough = 20'000;  ///< Of the newest requests, for the last decision.

enum Page { Nothing, Drawings };

}  // namespace

PoolsPage::~PoolsPage() = default;

PoolsPage::PoolsPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("pools"), parent) {
    wallOffset_ = static_cast<double>(QDateTime::currentMSecsSinceEpoch() - context.engine.now()) / 1000.0;
    sync_ = new PlotSync(this);
    sync_->setLongest(kKeptSeconds);
    sync_->setSpan(300);
    buildControls();
    buildCards();
    retranslate();
    connect(&context.actions, &ActionRegistry::shortcutsChanged, this, &PoolsPage::retranslate);
    connect(&context.engine, &EngineBridge::stateSampled, this, &PoolsPage::onSample);
    // Events are rare and must not be missed while another view is shown.
    connect(&context.engine, &EngineBridge::applied, this, [this] {
        if (const auto report = this->context().engine.report())
            sync_->addEvent(wall(this->context().engine.now()), tr("Applied revision %1", "event in a plot").arg(report->revision));
    });
    connect(&context.document, &WorkspaceDocument::namespaceChanged, this, &PoolsPage::refresh);
    connect(sync_, &PlotSync::rangeChanged, this, [this] {
        if (!sync_->following()) feedRange();
    });
    connect(sync_, &PlotSync::followingChanged, this, [this](bool following) {
        live_->setVisible(!following);
        if (following) feedRange();
    });
}

QString PoolsPage::title() const { return tr("Pools", "title of the view"); }

double PoolsPage::wall(qint64 engineTime) const { return wallOffset_ + static_cast<double>(engineTime) / 1000.0; }

void PoolsPage::buildControls() {
    auto& theme = context().theme;
    pausedChip_ = new StatusChip(theme, this);
    pausedChip_->hide();
    live_ = makeTextButton(theme, QStringLiteral("zoom-reset"), {}, this);
    live_->setObjectName(QStringLiteral("backToLive"));
    live_->hide();
    pool_ = new QComboBox(this);
    pool_->setObjectName(QStringLiteral("poolFilter"));
    pool_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    pause_ = new QPushButton(this);
    pause_->setObjectName(QStringLiteral("pause"));
    pause_->setCheckable(true);
    for (QWidget* widget : {static_cast<QWidget*>(pausedChip_), static_cast<QWidget*>(live_), static_cast<QWidget*>(pool_), static_cast<QWidget*>(pause_)})
        titleControls()->addWidget(widget);

    form_ = new SegmentedControl(theme, {}, this);
    form_->setObjectName(QStringLiteral("podForm"));
    form_->addSegment(QStringLiteral("plots"), {}, QStringLiteral("chart"));
    form_->addSegment(QStringLiteral("rows"), {}, QStringLiteral("table"));
    form_->addSegment(QStringLiteral("strip"), {}, QStringLiteral("requests"));
    metric_ = new QComboBox(this);
    metric_->setObjectName(QStringLiteral("podMetric"));
    metric_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const auto metric : podMetrics()) metric_->addItem({}, static_cast<int>(metric));
    range_ = new SegmentedControl(theme, {}, this);
    range_->setObjectName(QStringLiteral("timeRange"));
    for (const int minutes : {1, 5, 10}) range_->addSegment(QString::number(minutes), QString::number(minutes));
    range_->setCurrent(QStringLiteral("5"));
    auto* row = new QHBoxLayout;
    row->addWidget(form_);
    row->addWidget(metric_);
    row->addStretch(1);
    row->addWidget(range_);
    body()->addLayout(row);

    connect(pause_, &QPushButton::toggled, this, &PoolsPage::setPaused);
    connect(live_, &QToolButton::clicked, sync_, &PlotSync::reset);
    connect(range_, &SegmentedControl::currentChanged, this, [this](const QString& id) {
        sync_->setSpan(id.toDouble() * 60);
        feedRange();
    });
    connect(form_, &SegmentedControl::currentChanged, this, [this](const QString& id) {
        if (!settingForm_) setForm(id);
    });
    connect(metric_, &QComboBox::currentIndexChanged, this, [this] { setMetric(static_cast<PodMetric>(metric_->currentData().toInt())); });
    connect(pool_, &QComboBox::currentIndexChanged, this, &PoolsPage::refresh);
    context().actions.add(this, QStringLiteral("pools.pause"), tr("Pools"), tr("Pause or resume the pools"), QKeySequence(Qt::CTRL | Qt::Key_Space), [this] { pause_->toggle(); });
    context().actions.add(this, QStringLiteral("pools.decision"), tr("Pools"), tr("Show the last decision of the pool"), QKeySequence(), [this] { openDecision(); });
}

void PoolsPage::buildCards() {
    auto& theme = context().theme;
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    split_ = new QSplitter(Qt::Horizontal, scroll);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(split_);
    scroll->viewport()->setAutoFillBackground(false);
    split_->setAutoFillBackground(false);
    body()->addWidget(scroll, 1);
    auto* left = new QWidget(split_);
    pages_ = new QStackedLayout(left);
    empty_ = new EmptyState(theme, left);
    pages_->addWidget(empty_);
    auto* drawings = new QWidget(left);
    auto* column = new QVBoxLayout(drawings);
    column->setContentsMargins(0, 0, 0, 0);
    auto* stack = new QSplitter(Qt::Vertical, drawings);
    column->addWidget(stack);
    plots_ = std::make_unique<PodPlots>(theme, *sync_);
    field_ = std::make_unique<PodField>(theme, *sync_);
    const auto card = [&](Chart* chart, const char* stem) {
        auto* made = new ChartCard(theme, context().dialogs, messages(), chart, QLatin1String(stem), stack);
        made->setObjectName(QLatin1String(stem));
        stack->addWidget(made);
        return made;
    };
    plotsCard_ = card(plots_->plot(), "pod-plots");
    overlayCard_ = card(field_->overlay(), "worst-pods");
    stripCard_ = card(field_->strip(), "pod-strip");
    stripCard_->actions()->insertWidget(0, new HeatLegend(theme, *field_->strip(), stripCard_));
    rows_ = new PodRowsCard(theme, context().dialogs, messages(), context().engine, stack);
    stack->addWidget(rows_);
    keepSplitter(stack, QStringLiteral("pools/stack"), {55, 30, 70, 45});
    pages_->addWidget(drawings);
    inspector_ = new PoolInspector(theme, split_);
    split_->addWidget(left);
    split_->addWidget(inspector_);
    keepSplitter(split_, QStringLiteral("pools/main"), {70, 30});

    connect(rows_, &PodRowsCard::podChosen, this, [this](const QString& key) {
        if (key.isEmpty()) return;
        selected_ = key;
        if (isActive()) showFacts(podsNow());
    });
    connect(field_->strip(), &HeatStrip::rowActivated, this, [this](const QString& key) {
        selected_ = key;
        showFacts(podsNow());
    });
    connect(inspector_, &PoolInspector::editWanted, this, [this](const QString& id) { context().navigator.navigate(QStringLiteral("routes"), id); });
    connect(inspector_, &PoolInspector::decisionWanted, this, &PoolsPage::openDecision);
    connect(&theme, &Theme::changed, this, &PoolsPage::arrange);
    showForm(QStringLiteral("plots"));
    arrange();
}

/// What cannot be read any more is scrolled to rather than squeezed.
void PoolsPage::arrange() {
    const auto metrics = fontMetrics();
    split_->setOrientation(width() < metrics.averageCharWidth() * kSideBySideCharacters ? Qt::Vertical : Qt::Horizontal);
    for (const auto& [card, lines] : {std::pair<QWidget*, int>(plotsCard_, 15), std::pair<QWidget*, int>(overlayCard_, 11), std::pair<QWidget*, int>(stripCard_, 13),
                                      std::pair<QWidget*, int>(rows_, 11), std::pair<QWidget*, int>(inspector_, 14)})
        card->setMinimumHeight(lines * metrics.height());
}

void PoolsPage::resizeEvent(QResizeEvent* event) {
    View::resizeEvent(event);
    arrange();
}

void PoolsPage::retranslate() {
    View::retranslate();
    pool_->setAccessibleName(tr("Pool"));
    if (pool_->count() > 0) pool_->setItemText(0, tr("All pools"));
    metric_->setAccessibleName(tr("What is drawn"));
    for (int i = 0; i < metric_->count(); ++i) metric_->setItemText(i, factsOf(static_cast<PodMetric>(metric_->itemData(i).toInt())).name);
    range_->setAccessibleName(tr("Time range"));
    for (const int minutes : {1, 5, 10}) range_->setSegmentText(QString::number(minutes), tr("%n min", "time range of a plot, short", minutes));
    form_->setAccessibleName(tr("Drawn as"));
    form_->setSegmentText(QStringLiteral("plots"), tr("Plots", "choice: a small plot for each pod"));
    form_->setSegmentText(QStringLiteral("rows"), tr("Rows", "choice: a table with small lines"));
    form_->setSegmentText(QStringLiteral("strip"), tr("Strip", "choice: a row of colour for each pod"));
    live_->setText(tr("Back to live", "button: undo zooming into a plot"));
    live_->setToolTip(tr("Shows the newest data again; a double click in a plot does the same."));
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pause_->setToolTip(context().actions.withKeys(tr("Stops the display; data is still collected"), QStringLiteral("pools.pause")));
    plots_->retranslate();
    field_->retranslate();
    rows_->retranslate();
    inspector_->retranslate();
    const auto name = metric_->currentText();
    plotsCard_->setName(name);
    stripCard_->setName(name);
    overlayCard_->setName(tr("Worst five and the median", "title of a chart"));
    for (auto* card : {plotsCard_, stripCard_, overlayCard_}) card->frame()->retranslate();
    refresh();
}

void PoolsPage::setActive(bool active) {
    View::setActive(active);
    if (active) refresh();
}

void PoolsPage::openTarget(const QString& target) {
    if (target.isEmpty()) return;
    takePools();
    for (const auto& pod : context().engine.history()) {
        if (pod.pod != target) continue;
        if (const auto shown = pool_->currentData().toString(); !shown.isEmpty() && shown != pod.pool) pool_->setCurrentIndex(0);
        selected_ = podKey(pod);
        refresh();
        rows_->select(selected_);
        return;
    }
    const auto name = target.section(QLatin1Char('/'), -2);
    if (const int place = pool_->findData(name); place > 0) pool_->setCurrentIndex(place);
}

void PoolsPage::setMetric(PodMetric metric) {
    if (const int place = metric_->findData(static_cast<int>(metric)); place != metric_->currentIndex()) {
        metric_->setCurrentIndex(place);  // Comes back here.
        return;
    }
    plots_->setMetric(metric);
    field_->setMetric(metric);
    retranslate();
    feedRange();
}

QString PoolsPage::form() const { return form_->current(); }

void PoolsPage::setForm(const QString& form) {
    chosenForm_ = form;
    refresh();
    feedRange();
}

void PoolsPage::showForm(const QString& form) {
    settingForm_ = true;
    form_->setCurrent(form);
    settingForm_ = false;
    const bool plots = form == QLatin1String("plots"), strip = form == QLatin1String("strip");
    plotsCard_->setVisible(plots);
    overlayCard_->setVisible(strip);
    stripCard_->setVisible(strip);
    rows_->setVisible(!strip);
    rows_->setSparklines(!plots);
    metric_->setVisible(plots || strip);
}

void PoolsPage::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    pause_->setChecked(paused);
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pausedChip_->set(StatusChip::Kind::Warning, tr("Paused at %1", "%1 is a time of day").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))), {}, QStringLiteral("pause"));
    pausedChip_->setVisible(paused_);
    for (auto* card : {plotsCard_, stripCard_, overlayCard_}) card->frame()->chart()->setPaused(paused_);
    if (!paused_) refresh();
}

void PoolsPage::onSample() {
    if (!isActive() || (refreshed_.isValid() && refreshed_.elapsed() < kRefreshMillis)) return;
    refresh();
}

/// Pools are named NAMESPACE/NAME.
bool PoolsPage::showsPool(const QString& pool) const {
    return !pool.contains(QLatin1Char('/')) || context().document.shows(pool.section(QLatin1Char('/'), 0, 0).toStdString());
}

PodsNow PoolsPage::podsNow() const {
    PodsNow now;
    now.pods = podsByName(context().engine.history(), pool_->currentData().toString());
    std::erase_if(now.pods, [this](const PodHistory* pod) { return !showsPool(pod->pool); });
    now.wallOffset = wallOffset_;
    now.now = context().engine.now();
    now.objects = context().document.objects().get();
    now.takeStates(context().engine.state().pods);
    return now;
}

void PoolsPage::refresh() {
    if (!isActive()) return;
    refreshed_.start();
    takePools();
    if (paused_) return;
    const auto now = podsNow();
    if (now.pods.empty()) {
        showEmptyState();
        showFacts(now);
        return;
    }
    pages_->setCurrentIndex(Drawings);
    qint64 oldest = now.now;
    for (const auto* pod : now.pods)
        if (!pod->samples.empty()) oldest = std::min(oldest, pod->samples.front().time);
    sync_->setOldest(wall(oldest));
    sync_->setNow(wall(now.now));
    const auto count = static_cast<int>(now.pods.size());
    const auto fitting = count <= PodPlots::kMostPods ? QStringLiteral("plots") : count <= kMostRows ? QStringLiteral("rows") : QStringLiteral("strip");
    if (const auto form = chosenForm_.isEmpty() ? fitting : chosenForm_; form != form_->current() || plotsCard_->isHidden() == (form == QLatin1String("plots"))) showForm(form);
    if (form() == QLatin1String("plots")) plots_->feed(now, kKeptSeconds);
    if (form() == QLatin1String("strip")) field_->feed(now);
    else {
        rows_->setSpan(sync_->upper() - sync_->lower());
        rows_->feed(now);
    }
    showCaptions(now);
    showFacts(now);
}

/// What depends on the shown range, also while paused: zooming looks closer at what there was.
void PoolsPage::feedRange() {
    if (!isActive() || pages_->currentIndex() != Drawings) return;
    const auto now = podsNow();
    if (now.pods.empty()) return;
    if (form() == QLatin1String("strip")) field_->feed(now);
    else if (form() == QLatin1String("plots") && paused_) plots_->feed(now, kKeptSeconds);
}

void PoolsPage::takePools() {
    std::set<QString> names;
    for (const auto& pool : context().engine.state().pools) names.insert(toQt(pool.name));
    for (const auto& pod : context().engine.history()) names.insert(pod.pool);
    if (const auto objects = context().document.objects())
        for (const auto* object : objects->ofKind("InferencePool")) names.insert(toQt(object->key.ns + "/" + object->key.name));
    std::erase_if(names, [this](const QString& name) { return !showsPool(name); });
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

void PoolsPage::showCaptions(const PodsNow& now) {
    const auto count = static_cast<int>(now.pods.size());
    plotsCard_->setCaption(count > PodPlots::kMostPods ? tr("the worst %1 of %n pod(s)", "caption of a chart", count).arg(PodPlots::kMostPods) : tr("%n pod(s)", nullptr, count));
    stripCard_->setCaption(tr("%1, worst first", "caption of a chart; %1 how many pods").arg(tr("%n pod(s)", nullptr, count)));
    overlayCard_->setCaption(tr("band: 10th to 90th percentile", "caption of a chart"));
}

/// The chosen pod, then each shown pool.
void PoolsPage::showFacts(const PodsNow& now) {
    std::vector<PoolFact> facts;
    const auto chosen = std::find_if(now.pods.begin(), now.pods.end(), [this](const PodHistory* pod) { return podKey(*pod) == selected_; });
    if (chosen != now.pods.end()) {
        const auto shares = pickShares(now.pods, now.now, kShareWindow);
        facts = podFacts(now.shownState(**chosen), now.presenceOf(**chosen), lastOf(**chosen, PodMetric::HitRate), shares[std::size_t(chosen - now.pods.begin())]);
    }
    const bool pod = chosen != now.pods.end();
    // Of a chosen pod its own pool alone.
    const auto wanted = pod ? (*chosen)->pool : poolNames_.size() == 1 ? poolNames_.front() : pool_->currentData().toString();
    const auto objects = context().document.objects();
    for (const auto& pool : poolNames_) {
        if (!wanted.isEmpty() && pool != wanted) continue;
        std::vector<const gateway::PodState*> pods;
        const auto name = pool.toStdString();
        for (const auto& pod : context().engine.state().pods)
            if (pod.pool == name) pods.push_back(&pod);
        const auto& states = context().engine.state().pools;
        const auto state = std::find_if(states.begin(), states.end(), [&](const auto& one) { return one.name == name; });
        auto rows = poolFacts(pool, objects.get(), state == states.end() ? nullptr : &*state, pods);
        std::move(rows.begin(), rows.end(), std::back_inserter(facts));
    }
    const auto* object = objects && !wanted.isEmpty() ? poolObject(*objects, wanted) : nullptr;
    inspector_->setVisible(!facts.empty());
    inspector_->setDecisionEnabled(true, pod ? tr("Why the last request of this pod went there, and what if", "tooltip") : tr("Why the last request went to its pod, and what if", "tooltip"));
    inspector_->show(pod ? shortName((*chosen)->pod) : wanted.isEmpty() ? tr("All pools") : shortName(wanted), pod ? shortName((*chosen)->pool) : tr("Choose a pod to see all of it."),
                     object != nullptr ? toQt(object->key.id()) : QString(), std::move(facts));
}

QString PoolsPage::lastDecision() const {
    const auto wanted = pool_->currentData().toString().toStdString();
    const auto pod = selected_.section(QLatin1Char('\n'), 1, 1).toStdString();
    const auto& requests = context().engine.requests();
    std::size_t looked = 0;
    for (auto request = requests.rbegin(); request != requests.rend() && looked < kLookedThrough; ++request, ++looked) {
        if (!request->pick || request->pick->chosen < 0) continue;
        if (!wanted.empty() && request->pick->pool != wanted) continue;
        if (!pod.empty() && request->pod != pod) continue;
        return toQt(request->requestId);
    }
    return {};
}

void PoolsPage::openDecision() {
    if (const auto request = lastDecision(); !request.isEmpty()) return context().navigator.navigate(QStringLiteral("requests"), QStringLiteral("decision:") + request);
    messages().show(MessageBar::Kind::Info, selected_.isEmpty() ? tr("No request has been picked a pod for yet.") : tr("No recent request went to this pod."));
}

void PoolsPage::showEmptyState() {
    pages_->setCurrentIndex(Nothing);
    const auto open = [this] { context().navigator.navigate(QStringLiteral("routes"), {}); };
    if (!context().engine.running()) {
        empty_->set(QStringLiteral("pools"), tr("The gateway is not running, so there is nothing to draw."));
        return;
    }
    if (context().engine.state().generation == 0) {
        empty_->set(QStringLiteral("clock"), tr("The gateway is starting."));
        return;
    }
    const auto objects = context().document.objects();
    if (objects && objects->ofKind("InferencePool").empty()) {
        empty_->set(QStringLiteral("pools"), tr("This workspace has no InferencePool."), tr("Open Routes"), open);
        return;
    }
    empty_->set(QStringLiteral("pod"), tr("The pools of this workspace select no pods, or no route leads to them."), tr("Open Routes"), open);
}

}  // namespace gatehouse::ui
