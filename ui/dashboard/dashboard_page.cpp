#include "dashboard/dashboard_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "charts/plot_sync.h"
#include "dashboard/card_grid.h"
#include "dashboard/filtered_table_card.h"
#include "dashboard/last_pick_card.h"
#include "dashboard/pod_charts.h"
#include "dashboard/pod_table_card.h"
#include "dashboard/unready_endpoints.h"
#include "models/endpoint_table_model.h"
#include "models/format.h"
#include "models/limit_table_model.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/column_fit.h"
#include "widgets/data_table.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

#include <algorithm>
#include <set>

namespace gatehouse::ui {
namespace {

constexpr qint64 kSlowMillis = 500;
constexpr double kKeptSeconds = 600;
constexpr double kGpuLimit = 95;
constexpr QLatin1String kEndpointsTarget("endpoints:");

enum Page { Nothing, Charts, Pods, Endpoints, Limits };

}  // namespace

DashboardPage::~DashboardPage() = default;

DashboardPage::DashboardPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("dashboard"), parent) {
    wallOffset_ = static_cast<double>(QDateTime::currentMSecsSinceEpoch() - context.engine.now()) / 1000.0;
    sync_ = new PlotSync(this);
    sync_->setLongest(kKeptSeconds);
    sync_->setSpan(300);
    buildControls();
    buildCards();
    retranslate();
    connect(&context.actions, &ActionRegistry::shortcutsChanged, this, &DashboardPage::retranslate);
    connect(&context.engine, &EngineBridge::stateSampled, this, &DashboardPage::onSample);
    // Events are rare and must not be missed while another view is shown.
    connect(&context.engine, &EngineBridge::applied, this, [this] {
        if (const auto report = this->context().engine.report())
            sync_->addEvent(wall(this->context().engine.now()), tr("Applied revision %1", "event in a plot").arg(report->revision));
    });
    connect(&context.document, &WorkspaceDocument::namespaceChanged, this, [this] { refresh(true); });
    connect(sync_, &PlotSync::rangeChanged, this, [this] {
        if (!sync_->following()) feedRange();
    });
    connect(sync_, &PlotSync::followingChanged, this, [this](bool following) {
        live_->setVisible(!following);
        if (following) feedRange();
    });
}

QString DashboardPage::title() const { return tr("Dashboard", "title of the view"); }

/// Pools are named NAMESPACE/NAME.
bool DashboardPage::showsPool(const QString& pool) const {
    return !pool.contains(QLatin1Char('/')) || context().document.shows(pool.section(QLatin1Char('/'), 0, 0).toStdString());
}

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
    shape_->addSegment(QStringLiteral("endpoints"), {}, QStringLiteral("pod"));
    shape_->addSegment(QStringLiteral("limits"), {}, QStringLiteral("guard"));
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
        feedRange();
    });
    connect(shape_, &SegmentedControl::currentChanged, this, [this] { refresh(true); });
    connect(pool_, &QComboBox::currentIndexChanged, this, [this] { refresh(true); });
    context().actions.add(this, QStringLiteral("dashboard.pause"), tr("Dashboard"), tr("Pause or resume the dashboard"),
                          QKeySequence(Qt::CTRL | Qt::Key_Space), [this] { pause_->toggle(); });
}

void DashboardPage::buildTables() {
    auto& theme = context().theme;
    endpoints_ = new EndpointTableModel(theme, this);
    endpointCard_ = new FilteredTableCard(theme, context().dialogs, messages(), endpoints_, EndpointTableModel::kSortRole,
                                          {"endpointTable", "endpointFilter", "dashboard/endpoints", "endpoints"}, this);
    setColumnCharacters(endpointCard_->table(), {19, 26, 12, 14, 5, 4, 6, 6, 7, 11});
    // The reason needs the room; what leaves is said on hover and in the file.
    new ColumnFit(endpointCard_->table(),
                  {EndpointTableModel::Protocol, EndpointTableModel::Connections, EndpointTableModel::InFlight, EndpointTableModel::Latency, EndpointTableModel::Requests},
                  EndpointTableModel::Why, QStringLiteral("dashboard/endpoints"));
    limits_ = new LimitTableModel(theme, this);
    limitCard_ = new FilteredTableCard(theme, context().dialogs, messages(), limits_, LimitTableModel::kSortRole,
                                       {"limitTable", "limitFilter", "dashboard/limits", "limits"}, this);
    setColumnCharacters(limitCard_->table(), {24, 0, 11, 23, 4, 8});
    for (auto* card : {endpointCard_, limitCard_}) {
        // As the gateway lists them, until the person wants another order.
        card->table()->setSortingEnabled(true);
        card->table()->sortByColumn(-1, Qt::AscendingOrder);
        pages_->addWidget(card);
    }
}

void DashboardPage::buildCards() {
    auto& theme = context().theme;
    pages_ = new QStackedLayout;
    body()->addLayout(pages_, 1);
    empty_ = new EmptyState(theme, this);
    pages_->addWidget(empty_);

    auto* charts = new CardGrid(theme, this);
    const auto card = [&](Chart* chart, const char* stem) {
        auto* made = new ChartCard(theme, context().dialogs, messages(), chart, QLatin1String(stem), charts->page());
        made->setObjectName(QLatin1String(stem));
        return made;
    };
    lines_ = std::make_unique<PodLines>(theme, *sync_, card);
    strips_ = new PodStrips(theme, *sync_, card, this);
    strips_->setVisible(false);
    connect(strips_, &PodStrips::podActivated, this, [this](const QString& key) { selectPod(key.section(QLatin1Char('\n'), 1, 1)); });
    why_ = new LastPickCard(theme, context().dialogs, messages(), charts->page());
    connect(why_, &LastPickCard::requestChosen, this, [this](const QString& id) { context().navigator.navigate(QStringLiteral("requests"), id); });
    // Both forms stand in the same places; one of them is shown.
    for (const PodCharts* form : {static_cast<const PodCharts*>(lines_.get()), static_cast<const PodCharts*>(strips_)}) {
        charts->add(form->gpuCard, 0);
        charts->add(form->queueCard, 1);
        charts->add(form->shareCard, 2);
    }
    charts->add(why_, 3);
    pages_->addWidget(charts);
    table_ = new PodTableCard(theme, context().dialogs, messages(), this);
    pages_->addWidget(table_);
    buildTables();
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
    shape_->setSegmentText(QStringLiteral("table"), tr("Pods", "choice: show the table of pods"));
    shape_->setSegmentText(QStringLiteral("endpoints"), tr("Endpoints", "choice: show the table of endpoints"));
    shape_->setSegmentText(QStringLiteral("limits"), tr("Limits", "choice: show the table of limits"));
    endpointCard_->setWords({tr("Endpoints", "title of a table"), tr("Filter endpoints"), tr("No backend that runs has an endpoint."), QStringLiteral("pod"), tr("Save CSV…", "button")});
    limitCard_->setWords({tr("Limits", "title of a table"), tr("Filter limits"), tr("The gateway is not running, so no limit holds."), QStringLiteral("guard"), tr("Save CSV…", "button")});
    live_->setText(tr("Back to live", "button: undo zooming into a plot"));
    live_->setToolTip(tr("Shows the newest data again; a double click in a plot does the same."));
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pause_->setToolTip(context().actions.withKeys(tr("Stops the display; data is still collected"), QStringLiteral("dashboard.pause")));
    lines_->retranslate(kGpuLimit);
    strips_->retranslate();
    why_->retranslate();
    table_->retranslate();
}

void DashboardPage::setActive(bool active) {
    View::setActive(active);
    if (active) refresh(true);
}

void DashboardPage::openTarget(const QString& target) {
    if (target.isEmpty()) return;
    if (target == QLatin1String("limits") || target.startsWith(kEndpointsTarget)) {
        const bool limits = target == QLatin1String("limits");
        if (!limits) endpointCard_->setFilter(target.mid(kEndpointsTarget.size()));
        shape_->setCurrent(limits ? target : QStringLiteral("endpoints"));
        refresh(true);
        (limits ? limitCard_ : endpointCard_)->table()->setFocus();
        return;
    }
    if (shape_->current() == QLatin1String("endpoints") || shape_->current() == QLatin1String("limits")) shape_->setCurrent(QStringLiteral("charts"));
    const auto& pods = context().engine.state().pods;
    if (std::any_of(pods.begin(), pods.end(), [&](const auto& pod) { return toQt(pod.pod) == target; })) {
        selectPod(target);
        return;
    }
    const auto name = shortName(target);
    for (int i = 1; i < pool_->count(); ++i)
        if (shortName(pool_->itemData(i).toString()) == name) pool_->setCurrentIndex(i);
}

void DashboardPage::focusFilter() {
    if (pages_->currentIndex() == Endpoints) endpointCard_->focusFilter();
    else if (pages_->currentIndex() == Limits) limitCard_->focusFilter();
}

void DashboardPage::refreshTables(bool slow) {
    const bool limits = shape_->current() == QLatin1String("limits");
    pages_->setCurrentIndex(limits ? Limits : Endpoints);
    if (paused_ || !slow) return;
    const auto& state = context().engine.state();
    if (limits) {
        limits_->update(state.limits);
        limitCard_->refreshed();
        const auto known = static_cast<int>(std::count_if(state.limits.begin(), state.limits.end(), [](const auto& limit) { return limit.isLimit; }));
        limitCard_->setCaption(tr("%n limit(s)", nullptr, known) + QStringLiteral(", ") + tr("%n enforced since the start", nullptr, limits_->enforced()));
        return;
    }
    auto clusters = state.clusters;
    std::erase_if(clusters, [this](const auto& cluster) {
        const auto parts = toQt(cluster.id).split(QLatin1Char('/'));
        return parts.size() >= 3 && !context().document.shows(parts[1].toStdString());
    });
    if (const auto objects = context().document.objects()) addUnreadyEndpoints(clusters, *objects);
    endpoints_->update(clusters);
    endpointCard_->refreshed();
    endpointCard_->setCaption(tr("%n endpoint(s)", nullptr, endpoints_->rowCount()) + QStringLiteral(", ") + tr("%n out", "how many endpoints take no requests", endpoints_->out()));
}

/// A pod is looked at where all that is known of it stands in one row.
void DashboardPage::selectPod(const QString& name) {
    shape_->setCurrent(QStringLiteral("table"));
    refresh(true);
    if (table_->selectPod(name)) return;
    pool_->setCurrentIndex(0);
    table_->selectPod(name);
}

void DashboardPage::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    pause_->setChecked(paused);
    pause_->setText(paused_ ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pausedChip_->set(StatusChip::Kind::Warning, tr("Paused at %1", "%1 is a time of day").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))),
                     {}, QStringLiteral("pause"));
    pausedChip_->setVisible(paused_);
    lines_->setPaused(paused_);
    strips_->PodCharts::setPaused(paused_);
    why_->frame()->chart()->setPaused(paused_);
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
    const auto shape = shape_->current();
    const bool ofPods = shape == QLatin1String("charts") || shape == QLatin1String("table");
    pool_->setVisible(ofPods && poolNames_.size() > 1);
    range_->setVisible(ofPods);
    if (!ofPods) return refreshTables(slow);
    if (context().engine.state().pods.empty() && context().engine.history().empty()) {
        showEmptyState();
        return;
    }
    const bool table = shape_->current() == QLatin1String("table");
    pages_->setCurrentIndex(table ? Pods : Charts);
    range_->setEnabled(!table);
    if (paused_) return;
    qint64 oldest = context().engine.now();
    for (const auto& pod : context().engine.history())
        if (!pod.samples.empty()) oldest = std::min(oldest, pod.samples.front().time);
    sync_->setOldest(wall(oldest));
    sync_->setNow(wall(context().engine.now()));
    if (!table) {
        feedCharts(slow);
        if (slow) why_->showLast(context().engine, pool_->currentData().toString());
    } else if (slow) {
        table_->feed(context().engine, feed().pods, pool_->currentData().toString());
    }
}

PodFeed DashboardPage::feed() const {
    const auto& history = context().engine.history();
    auto pods = podsByName(history, pool_->currentData().toString());
    std::erase_if(pods, [this](const PodHistory* pod) { return !showsPool(pod->pool); });
    return {history, std::move(pods), wallOffset_, [this](const PodHistory& pod) { return stateOf(pod); }};
}

void DashboardPage::feedCharts(bool slow) {
    if (paused_ || pages_->currentIndex() != Charts) return;
    const auto fed = feed();
    const bool many = static_cast<int>(fed.pods.size()) > PodLines::kMostPods;
    lines_->setVisible(!many);
    strips_->setVisible(many);
    if (many) {
        // Half a second is short beside the width of a cell.
        if (slow) strips_->feed(fed);
    } else {
        lines_->setPods(fed.pods);
        lines_->feedLines(fed, kKeptSeconds);
        if (slow) {
            lines_->feedShares(fed);
            lines_->feedNotes(fed);
        }
    }
    if (slow) showCaptions(static_cast<int>(fed.pods.size()));
}

void DashboardPage::takePools() {
    std::set<QString> names;
    for (const auto& pod : context().engine.state().pods) names.insert(toQt(pod.pool));
    for (const auto& pod : context().engine.history()) names.insert(pod.pool);
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

const gateway::PodState* DashboardPage::stateOf(const PodHistory& pod) const {
    const auto address = pod.address.toStdString(), pool = pod.pool.toStdString();
    for (const auto& state : context().engine.state().pods)
        if (state.address == address && state.pool == pool) return &state;
    return nullptr;
}

/// What depends on the shown range, also while paused: zooming looks closer at what there was.
void DashboardPage::feedRange() {
    if (!isActive() || pages_->currentIndex() != Charts) return;
    const auto fed = feed();
    if (static_cast<int>(fed.pods.size()) > PodLines::kMostPods)
        strips_->feed(fed);
    else
        lines_->feedShares(fed);
}

void DashboardPage::showCaptions(int pods) {
    const auto count = tr("%n pod(s)", nullptr, pods);
    lines_->gpuCard->setCaption(tr("%1, dashed: limit %2", "caption of a chart; %1 how many pods, %2 a number").arg(count).arg(kGpuLimit));
    strips_->gpuCard->setCaption(tr("%1, busiest first", "caption of a chart; %1 how many pods").arg(count));
    for (const PodCharts* form : {static_cast<const PodCharts*>(lines_.get()), static_cast<const PodCharts*>(strips_)})
        form->queueCard->setCaption(tr("requests waiting", "caption: unit of queue depth"));
    const auto window = tr("over 10 s", "caption: window of a share");
    const auto shares = lines_->shareCaption();
    lines_->shareCard->setCaption(shares.isEmpty() ? window : window + QStringLiteral(": ") + shares);
    strips_->shareCard->setCaption(window);
}

void DashboardPage::showEmptyState() {
    pages_->setCurrentIndex(Nothing);
    const auto open = [this](const char* view) { return [this, view] { context().navigator.navigate(QLatin1String(view), {}); }; };
    if (!context().engine.running()) {
        empty_->set(QStringLiteral("dashboard"), tr("The gateway is not running, so there is nothing to draw."));
        return;
    }
    const auto objects = context().document.objects();
    if (objects && objects->ofKind("InferencePool").empty()) {
        empty_->set(QStringLiteral("pool"), tr("This workspace has no InferencePool. The charts draw the pods of such pools."), tr("Show endpoints"),
                    [this] { openTarget(QString(kEndpointsTarget)); });
        return;
    }
    empty_->set(QStringLiteral("pod"), tr("The pools of this workspace select no pods."), tr("Open Routes"), open("routes"));
}

}  // namespace gatehouse::ui
