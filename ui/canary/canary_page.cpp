#include "canary/canary_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "canary/arm_table_model.h"
#include "canary/canary_card.h"
#include "canary/canary_studio.h"
#include "canary/split_editor.h"
#include "charts/chart_frame.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/message_bar.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gatehouse::ui {
namespace {

constexpr qint64 kSlowMillis = 500;
constexpr auto kHistory = std::chrono::minutes(10);
constexpr auto kHistoryStep = std::chrono::seconds(5);
constexpr auto kHistoryWindow = std::chrono::seconds(30);

double share(std::uint64_t part, std::uint64_t whole) {
    return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

CanaryPage::CanaryPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("canary"), parent) {
    auto& theme = context.theme;
    sync_ = new PlotSync(this);
    sync_->setSpan(std::chrono::duration<double>(kHistory).count());
    sync_->setLongest(sync_->span());

    pages_ = new QStackedLayout;
    body()->addLayout(pages_, 1);
    empty_ = new EmptyState(theme, this);
    pages_->addWidget(empty_);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    listCard_ = new Card(theme, QStringLiteral(" "), splitter_);
    listCard_->setEdgeToEdge(true);
    list_ = new QTreeWidget(listCard_);
    list_->setObjectName(QStringLiteral("splitList"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setRootIsDecorated(false);
    list_->setColumnCount(2);
    setUpTree(list_, theme, {});
    listCard_->content()->addWidget(list_);
    auto* right = new QWidget(splitter_);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    buildEditor(right);
    studio_ = new CanaryStudio(context.engine, context.document, this);
    canary_ = new CanaryCard(context, *studio_, messages(), this, right);
    buildObserved(right);
    history_ = new LinePlot(theme, *sync_);
    historyCard_ = new ChartCard(theme, context.dialogs, messages(), history_, QStringLiteral("observed-share"), right);
    column->addWidget(editorCard_);
    column->addWidget(canary_);
    column->addWidget(observedCard_);
    column->addWidget(historyCard_, 1);
    splitter_->addWidget(listCard_);
    // Large text in a small window: the cards scroll rather than being squeezed to lines.
    auto* scroll = new QScrollArea(splitter_);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(right);
    scroll->viewport()->setAutoFillBackground(false);
    right->setAutoFillBackground(false);
    splitter_->addWidget(scroll);
    keepSplitter(splitter_, QStringLiteral("canary/main"), {20, 80});
    pages_->addWidget(splitter_);
    const auto space = [column, &theme] { column->setSpacing(theme.gap(3)); };
    space();
    connect(&theme, &Theme::changed, right, space);

    connect(studio_, &CanaryStudio::changed, this, &CanaryPage::showStaged);
    connect(list_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { choose(list_->indexOfTopLevelItem(item)); });
    // Weights may change while another view is shown; the counts since then start at that moment.
    connect(&context.document, &WorkspaceDocument::opened, this, [this] {
        baselines_.clear();
        takeObjects();
    });
    connect(&context.document, &WorkspaceDocument::changed, this, &CanaryPage::takeObjects);
    connect(&context.document, &WorkspaceDocument::namespaceChanged, this, &CanaryPage::takeObjects);
    connect(&context.engine, &EngineBridge::applied, this, [this] {
        sync_->addEvent(static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000.0, tr("Applied", "event in a plot"));
    });
    connect(&context.engine, &EngineBridge::stateSampled, this, [this] {
        if (!isActive() || (slow_.isValid() && slow_.elapsed() < kSlowMillis)) return;
        slow_.start();
        showObserved();
        showHistory();
    });
    retranslate();
    takeObjects();
}

QString CanaryPage::title() const { return tr("Canary", "title of the view"); }

void CanaryPage::buildEditor(QWidget* parent) {
    auto& theme = context().theme;
    editorCard_ = new Card(theme, QStringLiteral(" "), parent);
    editor_ = new CanarySplitEditor(theme, editorCard_);
    stagedNote_ = new QLabel(editorCard_);
    stagedNote_->setObjectName(QStringLiteral("stagedNote"));
    stagedNote_->setWordWrap(true);
    rollBack_ = new QPushButton(editorCard_);
    rollBack_->setObjectName(QStringLiteral("rollBack"));
    discard_ = new QPushButton(editorCard_);
    discard_->setObjectName(QStringLiteral("discard"));
    apply_ = new QPushButton(editorCard_);
    apply_->setObjectName(QStringLiteral("apply"));
    makePrimary(apply_);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    row->addWidget(rollBack_);
    row->addWidget(stagedNote_, 1);
    row->addWidget(discard_);
    row->addWidget(apply_);
    editorCard_->content()->addWidget(editor_);
    editorCard_->content()->addLayout(row);
    editorCard_->content()->setSpacing(theme.gap(4));
    const auto icons = [this] { rollBack_->setIcon(context().theme.icon(QStringLiteral("undo"))); };
    icons();
    connect(editor_, &CanarySplitEditor::sharesEdited, this, &CanaryPage::showStaged);
    connect(apply_, &QPushButton::clicked, this, &CanaryPage::applyStaged);
    connect(rollBack_, &QPushButton::clicked, this, &CanaryPage::rollBack);
    connect(discard_, &QPushButton::clicked, this, [this] {
        editor_->setShares(configured_);
        showStaged();
    });
}

void CanaryPage::buildObserved(QWidget* parent) {
    auto& theme = context().theme;
    observedCard_ = new Card(theme, QStringLiteral(" "), parent);
    table_ = new QTableView(observedCard_);
    table_->setObjectName(QStringLiteral("armTable"));
    arms_ = new ArmTableModel(theme, this);
    table_->setModel(arms_);
    setUpTable(table_, theme, {}, QStringLiteral("canary/arms"));
    setColumnCharacters(table_, {0, 6, 6, 6, 4, 4, 7, 7, 7, 7});
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    ratioChip_ = new StatusChip(theme, observedCard_);
    ratio_ = new QLabel(observedCard_);
    ratio_->setObjectName(QStringLiteral("ratioNote"));
    ratio_->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(ratioChip_, 0, Qt::AlignTop);
    row->addWidget(ratio_, 1);
    observedCard_->content()->addWidget(table_);
    observedCard_->content()->addLayout(row);
}

void CanaryPage::retranslate() {
    View::retranslate();
    list_->setAccessibleName(tr("Rules that split their traffic"));
    listCard_->setTitle(tr("Splits", "title of a list: rules that split their traffic"));
    list_->setHeaderLabels({tr("Rule", "column"), tr("Split %", "column: shares such as 90 / 10")});
    rollBack_->setText(tr("Roll back", "button: all traffic to the first arm"));
    discard_->setText(tr("Discard", "button: forget the staged split"));
    apply_->setText(tr("Apply", "button: make the staged split live"));
    editorCard_->setTitle(tr("Split", "title of a card"));
    observedCard_->setTitle(tr("What the arms did", "title of a card"));
    table_->setAccessibleName(tr("What the arms did"));
    historyCard_->setName(tr("Observed share %", "title of a chart"));
    historyCard_->setCaption(tr("over 30 s", "caption: window of a share"));
    historyCard_->frame()->retranslate();
    history_->setValueAxis({tr("Observed share %"), QStringLiteral("%"), 100, 100, 1});
    editor_->retranslate();
    canary_->retranslate();
    widenToHeaders(table_->horizontalHeader());
    if (chosen()) choose(list_->indexOfTopLevelItem(list_->currentItem()));
}

void CanaryPage::setActive(bool active) {
    View::setActive(active);
    if (!active) return;
    takeObjects();
    showObserved();
    showHistory();
}

const CanarySplit* CanaryPage::chosen() const {
    for (const auto& split : splits_)
        if (split.id() == chosenId_) return &split;
    return nullptr;
}

QString CanaryPage::ruleName(const CanarySplit& split) const { return toQt(split.rule); }

std::function<QColor()> CanaryPage::colorOf(const CanarySplit::Arm& arm, std::size_t index) const {
    auto& theme = const_cast<CanaryPage*>(this)->context().theme;
    const auto name = toQt(arm.name);
    // Pools keep the colour that they have in every view; arms of other kinds are told apart by their place.
    if (name.startsWith(QLatin1String("InferencePool"))) return [&theme, name] { return theme.seriesFor(name); };
    return [&theme, number = static_cast<int>(index) + 1] { return theme.series(number); };
}

void CanaryPage::takeObjects() {
    const auto objects = context().document.objects();
    splits_ = objects ? canarySplits(*objects) : std::vector<CanarySplit>{};
    std::erase_if(splits_, [this](const CanarySplit& split) { return !context().document.shows(split.route.ns); });
    noteChanges();
    const bool gone = !chosen();
    if (gone && !splits_.empty()) chosenId_ = splits_.front().id();
    {
        QSignalBlocker block(list_);
        list_->clear();
        for (const auto& split : splits_) {
            auto* item = new QTreeWidgetItem(list_, {ruleName(split), split.allZero() ? tr("no weight", "all weights of a split are 0") : sharesText(split.shares())});
            item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
            item->setToolTip(0, toQt(split.route.display()));
            if (split.id() == chosenId_) list_->setCurrentItem(item);
        }
        list_->header()->setStretchLastSection(false);
        list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    }
    if (splits_.empty()) {
        pages_->setCurrentIndex(0);
        const bool open = context().document.isOpen();
        empty_->set(QStringLiteral("canary"), open ? tr("No rule splits its traffic. A split is a route's rule with two or more backends.") : tr("No workspace is open."),
                    tr("Open Routes"), [this] { context().navigator.navigate(QStringLiteral("routes"), {}); });
        return;
    }
    pages_->setCurrentIndex(1);
    choose(list_->indexOfTopLevelItem(list_->currentItem()));
}

void CanaryPage::noteChanges() {
    for (const auto& split : splits_) {
        const auto id = toQt(split.id());
        const bool known = baselines_.contains(id);
        auto& baseline = baselines_[id];
        if (known && baseline.weights == split.weights()) continue;
        baseline.weights = split.weights();
        baseline.sinceStart = !known;
        baseline.since = known ? std::chrono::system_clock::now() : base::WallTime{};
        const auto* state = known ? stateOf(split) : nullptr;
        baseline.requests.assign(split.arms.size(), 0);
        baseline.errors = baseline.inputTokens = baseline.outputTokens = baseline.requests;
        if (!state) continue;
        for (std::size_t i = 0; i < split.arms.size() && i < state->backends.size(); ++i) {
            baseline.requests[i] = state->backends[i].requests;
            baseline.errors[i] = state->backends[i].errors;
            baseline.inputTokens[i] = state->backends[i].inputTokens;
            baseline.outputTokens[i] = state->backends[i].outputTokens;
        }
    }
}

const gateway::RuleState* CanaryPage::stateOf(const CanarySplit& split) const {
    for (const auto& rule : const_cast<CanaryPage*>(this)->context().engine.state().rules)
        if (rule.route == split.route && rule.index == split.ruleIndex) return &rule;
    return nullptr;
}

void CanaryPage::choose(int row) {
    if (row < 0 || row >= static_cast<int>(splits_.size())) return;
    const auto& split = splits_[static_cast<std::size_t>(row)];
    const bool another = split.id() != chosenId_ || editor_->shares().size() != split.arms.size();
    const bool staged = !another && !(editor_->shares() == configured_);
    chosenId_ = split.id();
    configured_ = split.shares();
    canary_->showSplit(chosenId_);
    std::vector<SplitArm> arms;
    std::vector<LinePlot::Line> lines;
    for (std::size_t i = 0; i < split.arms.size(); ++i) {
        arms.push_back({split.arms[i].label, colorOf(split.arms[i], i)});
        lines.push_back({toQt(split.arms[i].name) + QString::number(i), split.arms[i].label, colorOf(split.arms[i], i)});
    }
    if (another || history_->lineCount() != static_cast<int>(lines.size())) {
        editor_->setArms(arms);
        history_->setPanels({{QString(), lines}});
    }
    // What is staged stays while the rule is edited elsewhere.
    if (!staged) editor_->setShares(configured_);
    editorCard_->setTitle(ruleName(split));
    editorCard_->setCaption(toQt(split.route.display()));
    const bool readOnly = context().document.isReadOnly();
    editor_->setReadOnly(readOnly, readOnly ? tr("This workspace is open for reading only.") : QString());
    showStaged();
    if (isActive()) {
        showObserved();
        showHistory();
    }
}

void CanaryPage::showStaged() {
    const auto* split = chosen();
    if (!split) return;
    const bool staged = !(editor_->shares() == configured_) || split->allZero();
    const bool readOnly = context().document.isReadOnly();
    apply_->setEnabled(staged && !readOnly);
    apply_->setToolTip(staged ? tr("Writes the weights into the route, as one step that can be undone.") : tr("Nothing is staged: move the divider or change a share."));
    discard_->setEnabled(staged && !(editor_->shares() == configured_));
    discard_->setToolTip(discard_->isEnabled() ? tr("Back to the configured split") : tr("Nothing is staged."));
    const bool allFirst = !split->allZero() && configured_[0] == 100;
    // A canary that runs is rolled back by its own button, which ends its plan too.
    rollBack_->setVisible(!canary_->engaged());
    rollBack_->setEnabled(!allFirst && !readOnly);
    rollBack_->setToolTip(allFirst ? tr("All traffic goes to %1 already.").arg(split->arms.front().label)
                                   : tr("Sends all traffic to %1 at once; can be undone.").arg(split->arms.front().label));
    if (split->allZero())
        stagedNote_->setText(tr("All weights are 0, so this rule answers 500."));
    else if (!(editor_->shares() == configured_))
        stagedNote_->setText(tr("Staged: %1 becomes %2.", "%1 and %2 are splits such as 90 / 10").arg(sharesText(configured_), sharesText(editor_->shares())));
    else if (std::accumulate(split->arms.begin(), split->arms.end(), 0U, [](unsigned sum, const auto& arm) { return sum + arm.weight; }) != 100) {
        QStringList weights;
        for (const auto& arm : split->arms) weights << QString::number(arm.weight);
        stagedNote_->setText(tr("The weights in the file are %1.").arg(weights.join(QStringLiteral(" / "))));
    } else {
        stagedNote_->setText({});
    }
    setMuted(stagedNote_, context().theme);
}

void CanaryPage::showObserved() {
    const auto* split = chosen();
    if (!split) return;
    const auto& baseline = baselines_[toQt(split->id())];
    const auto* state = stateOf(*split);
    const auto& requests = context().engine.requests();
    const auto route = split->route.display();
    std::vector<std::string> names;
    for (const auto& arm : split->arms) names.push_back(arm.name);
    const auto now = std::chrono::system_clock::now();
    const auto since = armStatistics(requests, route, split->rule, names, baseline.since);
    const auto minute = armStatistics(requests, route, split->rule, names, now - std::chrono::minutes(1));
    std::vector<ArmRow> rows;
    std::vector<quint64> counts;
    quint64 all = 0, allMinute = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        ArmRow row;
        row.name = split->arms[i].label;
        row.wholeName = toQt(split->arms[i].name);
        row.color = colorOf(split->arms[i], i);
        row.configured = configured_[i];
        row.requests = since[i].requests;
        row.errors = since[i].errors;
        row.inputTokens = since[i].inputTokens;
        row.outputTokens = since[i].outputTokens;
        // The gateway's own counters are complete even where records were dropped.
        if (state && i < state->backends.size() && i < baseline.requests.size()) {
            const auto& backend = state->backends[i];
            const auto grown = [](std::uint64_t value, std::uint64_t before) { return value >= before ? value - before : value; };
            row.requests = grown(backend.requests, baseline.requests[i]);
            row.errors = grown(backend.errors, baseline.errors[i]);
            row.inputTokens = grown(backend.inputTokens, baseline.inputTokens[i]);
            row.outputTokens = grown(backend.outputTokens, baseline.outputTokens[i]);
            row.invalidReason = coreSentence(backend.invalidReason);
        }
        row.ttftP50 = since[i].ttftP50;
        row.ttftP95 = since[i].ttftP95;
        counts.push_back(row.requests);
        all += row.requests;
        allMinute += minute[i].requests;
        rows.push_back(std::move(row));
    }
    std::vector<QString> labels;
    std::vector<double> configured;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].sinceChange = share(rows[i].requests, all);
        rows[i].lastMinute = share(minute[i].requests, allMinute);
        labels.push_back(rows[i].name);
        configured.push_back(rows[i].configured);
    }
    arms_->set(std::move(rows));
    const int lines = arms_->rowCount();
    // In a narrow window the bar below must not stand on the last row.
    const bool wide = table_->horizontalHeader()->length() > table_->viewport()->width();
    const int bar = wide ? table_->horizontalScrollBar()->sizeHint().height() : 0;
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() + std::min(lines, 6) * context().theme.rowHeight() + context().theme.gap(1) + bar);
    observedCard_->setCaption(baseline.sinceStart ? tr("since the start", "caption: window of counts")
                                                  : tr("since the last change at %1", "caption: window of counts; %1 is a time of day")
                                                        .arg(toDateTime(baseline.since).toString(QStringLiteral("HH:mm:ss"))));
    const auto note = ratioNote(labels, configured, counts);
    ratio_->setText(note.text);
    switch (note.kind) {
        case RatioNote::Kind::Holds: ratioChip_->set(StatusChip::Kind::Ok, tr("As configured", "the observed split fits")); break;
        case RatioNote::Kind::Off: ratioChip_->set(StatusChip::Kind::Warning, tr("Not as configured", "the observed split does not fit")); break;
        default: ratioChip_->set(StatusChip::Kind::Neutral, tr("Collecting", "too few requests to compare"), {}, QStringLiteral("clock")); break;
    }
}

void CanaryPage::showHistory() {
    const auto* split = chosen();
    if (!split) return;
    std::vector<std::string> names;
    for (const auto& arm : split->arms) names.push_back(arm.name);
    const auto now = std::chrono::system_clock::now();
    const auto& requests = context().engine.requests();
    const auto history = shareHistory(requests, split->route.display(), split->rule, names, now - kHistory, now, kHistoryStep, kHistoryWindow);
    if (!requests.empty()) sync_->setOldest(std::chrono::duration<double>(requests.front().startedAt.time_since_epoch()).count());
    sync_->setNow(static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000.0);
    for (std::size_t i = 0; i < names.size(); ++i) history_->replace(toQt(names[i]) + QString::number(i), history.times, history.shares[i]);
    history_->commit();
}

void CanaryPage::apply(const SplitShares& shares, const QString& name) {
    const auto* split = chosen();
    if (!split) return;
    // The edit goes through changed(), which replaces splits_, so it must not refer to it any more.
    const auto pushed = context().document.push(splitEdit(context().document.workspace(), *split, shares, name.toStdString()));
    if (!pushed) {
        messages().show(MessageBar::Kind::Error, tr("The split was not changed: %1").arg(coreSentence(pushed.error().message)));
        return;
    }
    messages().dismiss();
    editor_->setShares(configured_);
    showStaged();
}

void CanaryPage::applyStaged() {
    if (const auto* split = chosen())
        apply(editor_->shares(), tr("Set split of %1 to %2", "undo step; %1 rule, %2 split such as 90 / 10").arg(ruleName(*split), sharesText(editor_->shares())));
}

void CanaryPage::rollBack() {
    const auto* split = chosen();
    if (!split) return;
    auto shares = configured_;
    shares.set(0, 100);
    apply(shares, tr("Roll back %1 to %2", "undo step; %1 rule, %2 arm").arg(ruleName(*split), split->arms.front().label));
}

void CanaryPage::openTarget(const QString& target) {
    const auto id = target.toStdString();
    for (std::size_t i = 0; i < splits_.size(); ++i)
        if (splits_[i].route.id() == id || splits_[i].id() == id) {
            list_->setCurrentItem(list_->topLevelItem(static_cast<int>(i)));
            return;
        }
}

}  // namespace gatehouse::ui
