#include "canary/canary_card.h"

#include "bridge/workspace_document.h"
#include "canary/verdict_table_model.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

using canary::Outcome;
using canary::RunEvent;
using canary::RunState;

constexpr int kLongestHold = 24 * 60;  ///< Minutes.

bool engagedIn(const canary::CanaryRun& run) { return run.state() == RunState::Running || run.state() == RunState::Paused; }

}  // namespace

CanaryCard::CanaryCard(ViewContext& context, CanaryStudio& studio, MessageBar& messages, QWidget* owner, QWidget* parent)
    : Card(context.theme, QStringLiteral(" "), parent), view_(context), studio_(studio), messages_(messages) {
    auto& theme = context.theme;
    verdict_ = new StatusChip(theme, this);
    verdict_->setObjectName(QStringLiteral("canaryVerdict"));
    verdict_->setFilled(true);
    summary_ = new QLabel(this);
    summary_->setObjectName(QStringLiteral("canarySummary"));
    summary_->setWordWrap(true);
    auto* top = new QHBoxLayout;
    top->setSpacing(theme.gap(2));
    top->addWidget(verdict_, 0, Qt::AlignTop);
    top->addWidget(summary_, 1);
    content()->addLayout(top);
    addActions(owner);
    buildControls();
    buildPlan();
    table_ = new QTableView(this);
    table_->setObjectName(QStringLiteral("verdictTable"));
    model_ = new VerdictTableModel(theme, this);
    table_->setModel(model_);
    setUpTable(table_, theme, {}, QStringLiteral("canary/verdict"));
    setColumnCharacters(table_, {17, 9, 9, 10, 22, 9, 0});
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    content()->addWidget(table_);
    where_ = new QLabel(this);
    where_->setObjectName(QStringLiteral("canaryWhere"));
    where_->setWordWrap(true);
    event_ = makeCaption(theme, {}, this);
    event_->setObjectName(QStringLiteral("canaryEvent"));
    content()->addWidget(where_);
    content()->addWidget(event_);
    content()->setSpacing(theme.gap(2));
    connect(&studio_, &CanaryStudio::changed, this, [this](const QString& id) {
        if (id.toStdString() == id_) refresh();
    });
    connect(&studio_, &CanaryStudio::judged, this, [this] {
        if (isVisible()) showVerdict();
    });
    retranslate();
}

void CanaryCard::addActions(QWidget* owner) {
    auto& actions = view_.actions;
    const auto add = [&](const char* id, const QString& text, Qt::Key key, auto run) {
        actions.add(owner, QString::fromLatin1(id), tr("Canary", "category of actions"), text, QKeySequence(key), [this, run] { (this->*run)(); });
    };
    add("canary.step", tr("Start the canary, or take its next step"), Qt::Key_S, &CanaryCard::startOrStep);
    const auto act = [&](const char* id, const QString& text, Qt::Key key, Result<void> (CanaryStudio::*run)(const std::string&)) {
        actions.add(owner, QString::fromLatin1(id), tr("Canary", "category of actions"), text, QKeySequence(key), [this, run] { tell((studio_.*run)(id_)); });
    };
    act("canary.pause", tr("Pause or resume the canary"), Qt::Key_P, &CanaryStudio::pauseOrResume);
    act("canary.promote", tr("Promote the canary: all traffic to it"), Qt::Key_M, &CanaryStudio::promote);
    act("canary.rollBack", tr("Roll the canary back: no traffic to it"), Qt::Key_R, &CanaryStudio::rollBack);
    act("canary.undo", tr("Take the canary's last change back"), Qt::Key_U, &CanaryStudio::undo);
    add("canary.report", tr("Write the canary's report"), Qt::Key_W, &CanaryCard::exportReport);
}

QPushButton* CanaryCard::addButton(const QString& name, const QString& icon, const QString& action) {
    auto* button = new QPushButton(this);
    button->setObjectName(name);
    const auto paint = [this, button, icon] { button->setIcon(view_.theme.icon(icon)); };
    paint();
    connect(&view_.theme, &Theme::changed, button, paint);
    connect(button, &QPushButton::clicked, this, [this, action] {
        if (auto* found = view_.actions.find(action)) found->trigger();
    });
    return button;
}

void CanaryCard::buildControls() {
    auto& theme = view_.theme;
    step_ = addButton(QStringLiteral("canaryStep"), QStringLiteral("play"), QStringLiteral("canary.step"));
    pause_ = addButton(QStringLiteral("canaryPause"), QStringLiteral("pause"), QStringLiteral("canary.pause"));
    promote_ = addButton(QStringLiteral("canaryPromote"), QStringLiteral("ok"), QStringLiteral("canary.promote"));
    rollBack_ = addButton(QStringLiteral("canaryRollBack"), QStringLiteral("undo"), QStringLiteral("canary.rollBack"));
    undo_ = addButton(QStringLiteral("canaryUndo"), QStringLiteral("undo"), QStringLiteral("canary.undo"));
    report_ = addButton(QStringLiteral("canaryReport"), QStringLiteral("export"), QStringLiteral("canary.report"));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    for (auto* button : {step_, pause_, promote_, rollBack_, undo_}) row->addWidget(button);
    row->addStretch(1);
    content()->addLayout(row);
    actions()->addWidget(report_);
}

void CanaryCard::buildPlan() {
    auto& theme = view_.theme;
    steps_ = new QLineEdit(this);
    steps_->setObjectName(QStringLiteral("canarySteps"));
    stepsLabel_ = new QLabel(this);
    stepsLabel_->setBuddy(steps_);
    hold_ = new QSpinBox(this);
    hold_->setObjectName(QStringLiteral("canaryHold"));
    hold_->setRange(0, kLongestHold);
    holdLabel_ = new QLabel(this);
    holdLabel_->setBuddy(hold_);
    arm_ = new QComboBox(this);
    arm_->setObjectName(QStringLiteral("canaryArm"));
    armLabel_ = new QLabel(this);
    armLabel_->setBuddy(arm_);
    automatic_ = new QCheckBox(this);
    automatic_->setObjectName(QStringLiteral("canaryAutomatic"));
    armed_ = new QCheckBox(this);
    armed_->setObjectName(QStringLiteral("canaryArmed"));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    for (auto [label, field] : {std::pair<QLabel*, QWidget*>{armLabel_, arm_}, {stepsLabel_, steps_}, {holdLabel_, hold_}}) {
        row->addWidget(label);
        row->addWidget(field, field == steps_ ? 1 : 0);
    }
    content()->addLayout(row);
    auto* switches = new QHBoxLayout;
    switches->setSpacing(theme.gap(4));
    switches->addWidget(armed_);
    switches->addWidget(automatic_);
    switches->addStretch(1);
    content()->addLayout(switches);
    connect(armed_, &QCheckBox::toggled, this, [this](bool on) {
        if (auto* found = run()) found->arm(on);
    });
    connect(automatic_, &QCheckBox::toggled, this, [this](bool on) {
        if (auto* found = run()) found->automate(on);
    });
}

void CanaryCard::retranslate() {
    setTitle(tr("Canary", "title of a card: a plan of steps"));
    table_->setAccessibleName(tr("Metrics of the canary"));
    pause_->setText(tr("Pause", "button"));
    promote_->setText(tr("Promote", "button: all traffic to the canary"));
    rollBack_->setText(tr("Roll back", "button: no traffic to the canary"));
    undo_->setText(tr("Take back", "button: undo the canary's last change"));
    report_->setText(tr("Report…", "button: write a report into a file"));
    armLabel_->setText(tr("Canary", "label: the arm that is tried"));
    stepsLabel_->setText(tr("Steps %", "label: shares such as 1, 5, 25, 50, 100"));
    holdLabel_->setText(tr("Hold", "label: how long a step lasts at least"));
    hold_->setSuffix(tr(" min", "suffix: minutes"));
    armed_->setText(tr("Roll back by itself when worse"));
    automatic_->setText(tr("Step by itself when no harm is seen"));
    const auto keys = [this](QPushButton* button, const char* id, const QString& text) { button->setToolTip(view_.actions.withKeys(text, QString::fromLatin1(id))); };
    keys(promote_, "canary.promote", tr("All traffic to the canary; can be taken back."));
    keys(rollBack_, "canary.rollBack", tr("No traffic to the canary, at once; can be taken back."));
    keys(undo_, "canary.undo", tr("Back to the weights and the step before"));
    keys(report_, "canary.report", tr("HTML or Markdown with plots, for a pull request"));
    refresh();
}

void CanaryCard::showSplit(const std::string& id) {
    if (id != id_) {
        id_ = id;
        showPlan();
    }
    refresh();
}

bool CanaryCard::engaged() const {
    const auto* found = studio_.runOf(id_);
    return found && engagedIn(*found);
}

void CanaryCard::showPlan() {
    const auto* found = run();
    if (!found) return;
    QStringList steps;
    for (const auto& step : found->plan().steps) steps << QString::number(step.percent);
    steps_->setText(steps.join(QStringLiteral(", ")));
    hold_->setValue(static_cast<int>(found->plan().steps.front().hold.count() / 60));
    const QSignalBlocker one(armed_), two(automatic_);
    armed_->setChecked(found->plan().armed);
    automatic_->setChecked(found->plan().automatic);
    arm_->clear();
    for (const auto& arm : found->arms().arms) arm_->addItem(toQt(arm.label));
    arm_->setCurrentIndex(static_cast<int>(found->plan().canary));
}

bool CanaryCard::takePlan() {
    auto* found = run();
    if (!found) return false;
    auto plan = found->plan();
    plan.steps.clear();
    const auto parts = steps_->text().split(QRegularExpression(QStringLiteral("[\\s,;/]+")), Qt::SkipEmptyParts);
    for (const auto& part : parts) {
        bool number = false;
        plan.steps.push_back({part.toInt(&number), std::chrono::minutes(hold_->value()), 0});
        if (!number) plan.steps.back().percent = -1;
    }
    plan.canary = static_cast<std::size_t>(std::max(arm_->currentIndex(), 0));
    plan.stable = plan.canary == 0 ? 1 : 0;
    plan.armed = armed_->isChecked();
    plan.automatic = automatic_->isChecked();
    // A gate needs time after its hold.
    plan.patience = std::max<std::chrono::seconds>(std::chrono::hours(1), std::chrono::minutes(3 * hold_->value()));
    const auto taken = studio_.setPlan(id_, std::move(plan));
    tell(taken);
    return taken.has_value();
}

void CanaryCard::startOrStep() {
    const auto* found = run();
    if (!found) return;
    if (engagedIn(*found)) tell(studio_.step(id_));
    else if (takePlan()) tell(studio_.start(id_));
}

void CanaryCard::tell(const Result<void>& done) {
    if (done) messages_.dismiss();
    else messages_.show(MessageBar::Kind::Error, tr("The canary did not change: %1").arg(coreSentence(done.error().message)));
}

void CanaryCard::exportReport() {
    if (!run()) return;
    const auto file = view_.dialogs.chooseSaveFile(this, tr("Write the canary's report"), QStringLiteral("canary-report.md"), tr("Markdown (*.md);;Web page (*.html)"));
    if (file.isEmpty()) return;
    const auto written = studio_.writeReport(id_, file);
    if (written) messages_.show(MessageBar::Kind::Ok, tr("The report is in %1.").arg(file));
    else messages_.show(MessageBar::Kind::Error, tr("The report could not be written: %1").arg(QString::fromStdString(written.error().message)));
}

void CanaryCard::refresh() {
    if (!run()) return;
    showButtons();
    showVerdict();
}

QString CanaryCard::nextText(const canary::CanaryRun& run) const {
    const auto& plan = run.plan();
    if (!engagedIn(run)) return tr("Start", "button: begin the canary");
    const auto next = run.stepIndex() + 1;
    if (next >= plan.steps.size() || plan.steps[next].percent == 100) return tr("Step to 100 %");
    return tr("Step to %1 %").arg(plan.steps[next].percent);
}

void CanaryCard::showButtons() {
    auto* found = run();
    const bool engaged = engagedIn(*found), readOnly = view_.document.isReadOnly();
    const auto reason = readOnly ? tr("This workspace is open for reading only.") : QString();
    step_->setText(nextText(*found));
    step_->setToolTip(view_.actions.withKeys(found->gateOpen() ? tr("The gate is open: no harm was seen, and the step was held long enough.") : tr("Goes on whether the gate is open or not."),
                                             QStringLiteral("canary.step")));
    pause_->setText(found->state() == RunState::Paused ? tr("Resume", "button") : tr("Pause", "button"));
    pause_->setToolTip(view_.actions.withKeys(tr("A paused canary keeps its weights and does nothing by itself."), QStringLiteral("canary.pause")));
    const auto enable = [&](QPushButton* button, const char* id, bool possible) {
        button->setEnabled(possible && !readOnly);
        if (auto* action = view_.actions.find(QString::fromLatin1(id)))
            ActionRegistry::setDisabledReason(action, readOnly ? reason : possible ? QString() : tr("Not in this state of the canary."));
    };
    enable(step_, "canary.step", true);
    enable(pause_, "canary.pause", engaged);
    enable(promote_, "canary.promote", engaged);
    enable(rollBack_, "canary.rollBack", engaged || found->state() == RunState::Promoted);
    enable(undo_, "canary.undo", found->canUndo());
    for (auto* widget : std::initializer_list<QWidget*>{steps_, hold_, arm_}) widget->setEnabled(!engaged && !readOnly);
    event_->setText(lastEvent(*found));
    event_->setVisible(!event_->text().isEmpty());
}

QString CanaryCard::lastEvent(const canary::CanaryRun& run) const {
    if (run.journal().empty()) return {};
    const auto& entry = run.journal().back();
    QString what;
    switch (entry.event) {
        case RunEvent::Started: what = tr("Started at %1 %").arg(entry.percent); break;
        case RunEvent::Paused: what = tr("Paused", "event"); break;
        case RunEvent::Resumed: what = tr("Resumed", "event"); break;
        case RunEvent::Stepped: what = tr("Stepped to %1 %").arg(entry.percent); break;
        case RunEvent::Promoted: what = tr("Promoted", "event"); break;
        case RunEvent::RolledBack: what = entry.byItself ? tr("Rolled back by itself") : tr("Rolled back", "event"); break;
        case RunEvent::Undone: what = tr("Taken back, now at %1 %").arg(entry.percent); break;
        case RunEvent::GateOpened: what = tr("The gate is open: may step"); break;
        case RunEvent::Worse: what = tr("Paused, because it is worse"); break;
        case RunEvent::Inconclusive: what = tr("Paused, because the step's time is spent"); break;
        case RunEvent::SampleRatio: what = tr("Paused, because the split is not as configured"); break;
        case RunEvent::ChangedElsewhere: what = tr("Paused, because the weights were changed elsewhere"); break;
        case RunEvent::Failed: what = tr("The weights could not be written: %1").arg(coreSentence(entry.note)); break;
    }
    return tr("%1, %2", "%1 time of day, %2 what happened").arg(toDateTime(entry.at).toString(QStringLiteral("HH:mm:ss")), what);
}

void CanaryCard::showVerdict() {
    auto* found = run();
    if (!found) return;
    const auto& verdict = found->verdict();
    const auto state = found->state();
    setCaption(state == RunState::Idle       ? tr("not started", "caption")
               : state == RunState::Running  ? tr("running", "caption")
               : state == RunState::Paused   ? tr("paused", "caption")
               : state == RunState::Promoted ? tr("promoted", "caption")
                                             : tr("rolled back", "caption"));
    using Kind = StatusChip::Kind;
    if (state == RunState::Idle) verdict_->set(Kind::Neutral, tr("No verdict yet"), {}, QStringLiteral("clock"));
    else if (verdict.voided) verdict_->set(Kind::Bad, tr("Void: the split is not as configured"));
    else if (verdict.outcome == Outcome::Worse) verdict_->set(Kind::Bad, outcomeText(verdict.outcome));
    else if (verdict.outcome == Outcome::NoHarm) verdict_->set(Kind::Ok, outcomeText(verdict.outcome));
    else if (verdict.outcome == Outcome::Inconclusive) verdict_->set(Kind::Warning, outcomeText(verdict.outcome));
    else verdict_->set(Kind::Neutral, outcomeText(verdict.outcome), {}, QStringLiteral("clock"));
    const auto& plan = found->plan();
    if (state == RunState::Idle) {
        summary_->setText(tr("Start takes the canary through its steps. Verdicts may be looked at at any time; the chance of a false alarm stays below %1.").arg(formatPercent(plan.judgement.alpha * 100)));
    } else {
        summary_->setText(tr("Step %1 of %2. Configured %3, observed %4. Requests: %5 stable, %6 canary.", "%3 and %4 are percentages of the canary")
                              .arg(QString::number(found->stepIndex() + 1), QString::number(plan.steps.size()), formatPercent(verdict.ratio.configured * 100, 1),
                                   formatPercent(verdict.ratio.observed * 100, 1), formatCount(verdict.ratio.stable), formatCount(verdict.ratio.canary)));
    }
    model_->set(verdict.metrics);
    const canary::MetricVerdict* told = nullptr;
    for (const auto& metric : verdict.metrics)
        if (metric.where && (!told || (metric.outcome == Outcome::Worse && told->outcome != Outcome::Worse))) told = &metric;
    where_->setText(told ? tr("%1: %2", "%1 metric, %2 sentence").arg(metricText(told->rule), whereText(*told->where)) : QString());
    where_->setVisible(told != nullptr);
    table_->setVisible(!verdict.metrics.empty());
    const int lines = model_->rowCount();
    const bool wide = table_->horizontalHeader()->length() > table_->viewport()->width();
    const int bar = wide ? table_->horizontalScrollBar()->sizeHint().height() : 0;
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() + lines * view_.theme.rowHeight() + view_.theme.gap(1) + bar);
    if (found->journal().empty()) return;
    event_->setText(lastEvent(*found));
}

}  // namespace gatehouse::ui
