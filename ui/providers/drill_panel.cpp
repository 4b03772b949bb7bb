#include "providers/drill_panel.h"

#include "charts/report_table.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "telemetry/usage_totals.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

enum Column { Fault, Outcome, Status, Time, Words };

bool isWell(gateway::DrillOutcome outcome) {
    return outcome == gateway::DrillOutcome::AnotherAnswered || outcome == gateway::DrillOutcome::BeganAnew || outcome == gateway::DrillOutcome::Unharmed;
}

QString outcomeOf(const gateway::DrillLine& line) {
    const auto text = drillOutcomeText(line.outcome);
    return line.answeredBy.empty() ? text : QStringLiteral("%1: %2").arg(text, toQt(line.answeredBy));
}

QString wordsOf(const gateway::DrillLine& line) {
    QStringList parts;
    for (const auto& part : toQt(line.detail).split(QStringLiteral("; "), Qt::SkipEmptyParts)) parts << coreSentence(part.toStdString());
    if (line.leftOut) parts << DrillPanel::tr("left out afterwards", "a provider");
    return parts.join(QStringLiteral("; "));
}

}  // namespace

QString faultText(const lab::FaultCase& fault) { return coreSentence(fault.title); }

QString drillOutcomeText(gateway::DrillOutcome outcome) {
    using O = gateway::DrillOutcome;
    switch (outcome) {
        case O::AnotherAnswered: return DrillPanel::tr("another answered");
        case O::BeganAnew: return DrillPanel::tr("the stream began anew");
        case O::ClientTold: return DrillPanel::tr("the stream ended with an error");
        case O::ErrorAnswered: return DrillPanel::tr("the client got an error");
        case O::CutShort: return DrillPanel::tr("the client was cut off");
        case O::Unharmed: return DrillPanel::tr("answered all the same");
        case O::NotHit: break;
    }
    return DrillPanel::tr("the fault was not met");
}

DrillPanel::DrillPanel(ViewContext& context, MessageBar& messages, QWidget* parent) : Card(context.theme, {}, parent), context_(context), messages_(messages) {
    auto& theme = context.theme;
    setObjectName(QStringLiteral("drillPanel"));
    setEdgeToEdge(true);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("drillSave"));
    start_ = new QPushButton(this);
    start_->setObjectName(QStringLiteral("drillStart"));
    actions()->addWidget(save_);
    actions()->addWidget(start_);
    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    auto* page = new QWidget(holder);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(1));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(theme.gap(3), 0, theme.gap(3), theme.gap(1));
    row->setSpacing(theme.gap(2));
    ruleLabel_ = new QLabel(page);
    rule_ = new QComboBox(page);
    rule_->setObjectName(QStringLiteral("drillRule"));
    rule_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    rule_->setMinimumContentsLength(20);
    ruleLabel_->setBuddy(rule_);
    summary_ = makeCaption(theme, {}, page);
    summary_->setObjectName(QStringLiteral("drillSummary"));
    summary_->setWordWrap(true);
    row->addWidget(ruleLabel_);
    row->addWidget(rule_);
    row->addWidget(summary_, 1);
    column->addLayout(row);
    table_ = makeReportTable(theme, QStringLiteral("drillTable"), QStringLiteral("providers/drill"), {{27, 23, 5, 6, 0}, {Time, Status, Words}, Words}, page);
    column->addWidget(table_, 1);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(empty_);
    pages_->addWidget(page);
    content()->addWidget(holder, 1);
    connect(start_, &QPushButton::clicked, this, &DrillPanel::start);
    connect(save_, &QToolButton::clicked, this, &DrillPanel::save);
    connect(rule_, &QComboBox::activated, this, [this] {
        run_.stop();
        lines_.clear();
        table_->clear();
        showState();
    });
    connect(&theme, &Theme::changed, this, [this] {
        table_->clear();
        for (const auto& line : lines_) addLine(line);
    });
    retranslate();
}

void DrillPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void DrillPanel::retranslate() {
    setTitle(tr("Fault drill"));
    setCaption(tr("simulated providers; nothing real is asked"));
    ruleLabel_->setText(tr("Rule", "label: of a route"));
    rule_->setAccessibleName(tr("The rule that is drilled"));
    save_->setText(tr("Save CSV…", "button"));
    table_->setAccessibleName(tr("Faults, and what each led to"));
    table_->setHeaderLabels({tr("Fault", "column: what the provider does"), tr("What came of it", "column"), tr("Status", "column: HTTP"), tr("Time ms", "column"), tr("The gateway's words", "column")});
    table_->headerItem()->setTextAlignment(Status, Qt::AlignRight | Qt::AlignVCenter);
    table_->headerItem()->setTextAlignment(Time, Qt::AlignRight | Qt::AlignVCenter);
    table_->clear();
    for (const auto& line : lines_) addLine(line);
    showState();
}

void DrillPanel::setObject(const config::ObjectKey& object, std::shared_ptr<const config::ObjectSet> objects) {
    if (object == object_ && objects == objects_) return;
    // An edit is a reason to drill again, not to lose what the last drill found.
    if (object != object_) {
        run_.stop();
        lines_.clear();
        table_->clear();
        choices_.clear();
        rule_->clear();
    }
    object_ = object;
    objects_ = std::move(objects);
    stale_ = true;
    if (isVisible()) activate();
    showState();
}

void DrillPanel::activate() {
    if (!objects_ || !std::exchange(stale_, false)) return;
    reading_.start([this, objects = objects_](const BackgroundRun::Stopped&, const BackgroundRun::Hand& hand) {
        auto rules = std::make_shared<std::vector<gateway::RehearsalRule>>(gateway::rehearsalRules(*objects));
        hand([this, rules] { takeRules(*rules); });
    }, [this] { showState(); });
    showState();
}

void DrillPanel::takeRules(const std::vector<gateway::RehearsalRule>& rules) {
    const auto before = rule_->currentText();
    choices_.clear();
    const auto wanted = object_.display();
    for (const auto& rule : rules)
        for (std::size_t i = 0; i < rule.backends.size(); ++i)
            if (rule.backends[i] == wanted || rule.backends[i].starts_with(wanted + " ")) choices_.push_back({toQt(rule.name), rule.id, rule.positions[i]});
    rule_->clear();
    for (const auto& choice : choices_) rule_->addItem(choice.name);
    rule_->setCurrentIndex(std::max(0, rule_->findText(before)));
    showState();
}

void DrillPanel::start() {
    if (run_.running()) {
        run_.stop();
        return showState();
    }
    const auto index = static_cast<std::size_t>(std::max(0, rule_->currentIndex()));
    if (index >= choices_.size()) return;
    lines_.clear();
    table_->clear();
    problem_.clear();
    gateway::Drill drill;
    drill.ruleId = choices_[index].ruleId;
    drill.backend = choices_[index].backend;
    run_.start(
        [this, objects = objects_, drill](const BackgroundRun::Stopped& stopped, const BackgroundRun::Hand& hand) {
            auto wish = drill;
            wish.stopped = stopped;
            wish.told = [this, &hand](const gateway::DrillLine& line) {
                hand([this, line] {
                    lines_.push_back(line);
                    addLine(line);
                    showState();
                });
            };
            if (const auto report = gateway::runDrill(*objects, wish); !report) hand([this, why = report.error().message] { problem_ = coreSentence(why); });
        },
        [this] {
            if (!problem_.isEmpty()) messages_.show(MessageBar::Kind::Error, problem_);
            showState();
        });
    showState();
}

void DrillPanel::addLine(const gateway::DrillLine& line) {
    const auto& theme = context_.theme;
    auto* item = new QTreeWidgetItem;
    const bool well = isWell(line.outcome);
    const bool told = line.outcome == gateway::DrillOutcome::ClientTold || line.outcome == gateway::DrillOutcome::ErrorAnswered;
    item->setText(Fault, faultText(*line.fault));
    item->setText(Outcome, outcomeOf(line));
    item->setIcon(Outcome, theme.icon(well ? QStringLiteral("ok") : told ? QStringLiteral("warning") : QStringLiteral("error"), well ? Token::Ok : told ? Token::Warn : Token::Bad));
    setReportNumber(item, Status, line.status > 0 ? QString::number(line.status) : QStringLiteral("–"));
    setReportNumber(item, Time, formatMillisColumn(line.micros));
    setReportSentence(item, Words, wordsOf(line));
    item->setToolTip(Fault, line.fault->streams ? tr("A stream was asked for.") : tr("A whole answer was asked for."));
    table_->addTopLevelItem(item);
}

void DrillPanel::showState() {
    const bool running = run_.running(), reading = reading_.running() || stale_;
    start_->setText(running ? tr("Stop", "button: a drill under way") : tr("Run the drill", "button"));
    start_->setEnabled(running || !choices_.empty());
    rule_->setEnabled(!running);
    save_->setEnabled(!running && !lines_.empty());
    pages_->setCurrentIndex(choices_.empty() ? 0 : 1);
    if (choices_.empty())
        empty_->set(QStringLiteral("lab"), reading ? tr("Reading the rules…") : tr("No rule that runs leads to this as to models, so there is nothing to drill."));
    const auto well = std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return isWell(line.outcome); });
    summary_->setText(running         ? tr("%1 of %2 faults", "progress of a drill").arg(lines_.size()).arg(lab::faultCases().size())
                      : lines_.empty() ? tr("The first provider fails in each way that providers fail; waits for silence are cut to 1 s.")
                                       : tr("The client noticed %1 of %2 faults.").arg(static_cast<qsizetype>(lines_.size()) - well).arg(lines_.size()));
}

void DrillPanel::save() {
    std::string text = "fault,outcome,status,answered_by,left_out,millis,detail\n";
    for (const auto& line : lines_)
        text += std::string(line.fault->name) + ',' + std::string(gateway::drillOutcomeName(line.outcome)) + ',' + std::to_string(line.status) + ',' + telemetry::csvField(line.answeredBy) + ',' +
                (line.leftOut ? "yes" : "no") + ',' + std::to_string(line.micros / 1000) + ',' + telemetry::csvField(line.detail) + '\n';
    saveReport(context_.dialogs, messages_, this, QStringLiteral("fault-drill"), {tr("Save the drill"), tr("The drill was saved to %1."), tr("The drill was not saved to %1: %2")}, text);
}

}  // namespace gatehouse::ui
