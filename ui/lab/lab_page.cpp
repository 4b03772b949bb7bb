#include "lab/lab_page.h"

#include "lab/lab_runs.h"
#include "lab/reflow_area.h"
#include "lab/replay_pane.h"
#include "lab/results_pane.h"
#include "lab/scenario_form.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

/// Less width than that, and parts stand below each other.
constexpr int kBesideCharacters = 110;
constexpr int kResultLines = 34, kTableLines = 14;

}  // namespace

LabPage::LabPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("lab"), parent) {
    auto& theme = context.theme;
    runs_ = new LabRuns(this);
    part_ = new SegmentedControl(theme, tr("Part of the laboratory"), this);
    part_->setObjectName(QStringLiteral("labPart"));
    part_->addSegment(QStringLiteral("simulation"), {});
    part_->addSegment(QStringLiteral("replay"), {});
    start_ = new QPushButton(this);
    start_->setObjectName(QStringLiteral("labRun"));
    makePrimary(start_);
    titleControls()->addWidget(part_);
    titleControls()->addWidget(start_);

    pages_ = new QStackedLayout;
    body()->addLayout(pages_, 1);
    auto* split = new QSplitter(Qt::Horizontal, this);
    form_ = new ScenarioForm(context, messages(), split);
    results_ = new ResultsPane(context, messages(), *runs_, split);
    split->addWidget(form_);
    split->addWidget(results_);
    keepSplitter(split, QStringLiteral("lab/main"), {24, 76});
    simulation_ = new ReflowArea(theme, split, split, kBesideCharacters, {0, kResultLines}, this);
    pages_->addWidget(simulation_);
    replay_ = new ReplayPane(context, messages(), this);
    pages_->addWidget(new ReflowArea(theme, replay_, replay_->splitter(), kBesideCharacters, {kTableLines, kTableLines}, this));

    connect(part_, &SegmentedControl::currentChanged, this, [this] {
        pages_->setCurrentIndex(replays() ? 1 : 0);
        if (replays()) replay_->refresh();
        showState();
    });
    connect(start_, &QPushButton::clicked, this, &LabPage::run);
    connect(results_, &ResultsPane::runWanted, this, &LabPage::run);
    connect(runs_, &LabRuns::changed, this, &LabPage::showState);
    connect(form_, &ScenarioForm::edited, this, &LabPage::showState);
    auto& actions = context.actions;
    actions.add(this, QStringLiteral("lab.run"), tr("Laboratory"), tr("Run the comparison of policies"), QKeySequence(), [this] {
        part_->setCurrent(QStringLiteral("simulation"));
        run();
    });
    actions.add(this, QStringLiteral("lab.cancel"), tr("Laboratory"), tr("Cancel the comparison of policies"), QKeySequence(), [this] { runs_->cancel(); });
    actions.add(this, QStringLiteral("lab.replay"), tr("Laboratory"), tr("Replay recorded decisions under another policy"), QKeySequence(), [this] {
        openTarget(QStringLiteral("replay"));
        run();
    });
    retranslate();
}

QString LabPage::title() const { return tr("Lab", "title of the view"); }

bool LabPage::replays() const { return part_->current() == QLatin1String("replay"); }

void LabPage::retranslate() {
    View::retranslate();
    part_->setSegmentText(QStringLiteral("simulation"), tr("Simulation", "part of the laboratory"));
    part_->setSegmentText(QStringLiteral("replay"), tr("Replay", "part of the laboratory: recorded decisions taken again"));
    showState();
}

void LabPage::setActive(bool active) {
    View::setActive(active);
    if (active && replays()) replay_->refresh();
}

void LabPage::openTarget(const QString& target) {
    if (target == QLatin1String("replay") || target == QLatin1String("simulation")) return part_->setCurrent(target);
    if (const auto scenario = lab::sim::findScenario(target.toStdString())) {
        part_->setCurrent(QStringLiteral("simulation"));
        form_->choose(*scenario);
    }
}

void LabPage::showState() {
    const bool running = runs_->state() == LabRuns::State::Running;
    if (replays()) {
        start_->setText(tr("Replay", "button: take decisions again"));
        start_->setEnabled(true);
        start_->setToolTip(tr("Takes the recorded decisions again under the chosen policy"));
        return;
    }
    const auto wrong = form_->problem();
    start_->setText(tr("Run", "button: the comparison"));
    start_->setEnabled(!running && wrong.isEmpty());
    start_->setToolTip(running ? tr("A comparison is under way") : wrong.isEmpty() ? tr("Compares the policies on simulated servers") : wrong);
}

void LabPage::run() {
    if (replays()) return replay_->run();
    if (runs_->state() == LabRuns::State::Running || !form_->problem().isEmpty()) return;
    messages().dismiss();
    runs_->start(form_->scenario());
    // Where the results stand below the form, they are what is looked at now.
    if (simulation_->isStacked()) simulation_->verticalScrollBar()->setValue(results_->y());
}

}  // namespace gatehouse::ui
