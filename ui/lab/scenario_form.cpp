#include "lab/scenario_form.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

namespace sim = lab::sim;

constexpr int kMostServers = 1'000;
constexpr double kMostRequests = 2e6;
constexpr qint64 kLargestFile = 1 << 20;

/// The same kinds of servers in the same proportions.
std::vector<sim::ServerSpec> scaled(const std::vector<sim::ServerSpec>& servers, std::size_t count) {
    std::vector<sim::ServerSpec> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(servers[i * servers.size() / count]);
    return out;
}

}  // namespace

ScenarioForm::ScenarioForm(ViewContext& context, MessageBar& messages, QWidget* parent)
    : Card(context.theme, QStringLiteral(" "), parent), context_(context), messages_(messages), choices_(sim::scenarios()) {
    build();
    retranslate();
    takeChoice();
}

void ScenarioForm::build() {
    auto& theme = context_.theme;
    setObjectName(QStringLiteral("labForm"));
    setEdgeToEdge(true);
    open_ = makeIconButton(theme, QStringLiteral("folder"), {}, this);
    open_->setObjectName(QStringLiteral("labOpenScenario"));
    actions()->addWidget(open_);

    // Large text in a small window: the fields scroll rather than being squeezed.
    scroll_ = new QScrollArea(this);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->viewport()->setAutoFillBackground(false);
    auto* page = new QWidget(scroll_);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme.gap(4), 0, theme.gap(4), theme.gap(3));
    column->setSpacing(theme.gap(2));
    scroll_->setWidget(page);
    page->setAutoFillBackground(false);
    content()->addWidget(scroll_, 1);

    choice_ = new QComboBox(page);
    choice_->setObjectName(QStringLiteral("labScenario"));
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice_->setMinimumContentsLength(14);
    for (const auto& scenario : choices_) choice_->addItem(toQt(scenario.name));
    about_ = makeCaption(theme, {}, page);
    about_->setWordWrap(true);
    column->addWidget(choice_);
    column->addWidget(about_);

    fields_ = new QFormLayout;
    fields_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fields_->setRowWrapPolicy(QFormLayout::WrapLongRows);
    fields_->setVerticalSpacing(theme.gap(1));
    fields_->setHorizontalSpacing(theme.gap(3));
    const auto row = [&](QWidget* field, const char* name) {
        field->setObjectName(QString::fromLatin1(name));
        auto* label = new QLabel(page);
        label->setBuddy(field);
        labels_[field] = label;
        fields_->addRow(label, field);
    };
    const auto whole = [&](const char* name, int least, int most, int step) {
        auto* spin = new QSpinBox(page);
        spin->setRange(least, most);
        spin->setSingleStep(step);
        spin->setGroupSeparatorShown(true);
        row(spin, name);
        connect(spin, &QSpinBox::valueChanged, this, &ScenarioForm::showAmount);
        return spin;
    };
    const auto broken = [&](const char* name, double least, double most, int decimals, double step) {
        auto* spin = new QDoubleSpinBox(page);
        spin->setDecimals(decimals);
        spin->setRange(least, most);
        spin->setSingleStep(step);
        spin->setGroupSeparatorShown(true);
        row(spin, name);
        connect(spin, &QDoubleSpinBox::valueChanged, this, &ScenarioForm::showAmount);
        return spin;
    };
    servers_ = whole("labServers", 1, kMostServers, 1);
    rate_ = broken("labRate", 0.1, 100'000, 1, 1);
    duration_ = whole("labDuration", 1, 86'400, 10);
    seeds_ = whole("labSeeds", 1, 100, 1);
    scrape_ = whole("labScrape", 0, 60'000, 50);
    decision_ = broken("labDecision", 0, 10'000, 1, 0.5);
    compute_ = whole("labCompute", 10, 1'000, 10);
    race_ = new QCheckBox(page);
    race_->setObjectName(QStringLiteral("labRace"));
    connect(race_, &QCheckBox::toggled, this, &ScenarioForm::showAmount);
    column->addLayout(fields_);
    column->addWidget(race_);

    auto* head = new QHBoxLayout;
    policiesLabel_ = new QLabel(page);
    all_ = makeTextButton(theme, QStringLiteral("check"), {}, page);
    all_->setObjectName(QStringLiteral("labAllPolicies"));
    none_ = makeTextButton(theme, QStringLiteral("close"), {}, page);
    none_->setObjectName(QStringLiteral("labNoPolicy"));
    head->addWidget(policiesLabel_, 1);
    head->addWidget(all_);
    head->addWidget(none_);
    column->addLayout(head);
    policies_ = new QListWidget(page);
    policies_->setObjectName(QStringLiteral("labPolicies"));
    policies_->setFrameShape(QFrame::NoFrame);
    policies_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    policies_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    policies_->setSelectionMode(QAbstractItemView::NoSelection);
    policiesLabel_->setBuddy(policies_);
    for (const auto& spec : sim::policySpecs()) {
        auto* item = new QListWidgetItem(toQt(spec.name), policies_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
        if (spec.ours) item->setFont(theme.strongFont());
    }
    column->addWidget(policies_);
    amount_ = makeCaption(theme, {}, page);
    amount_->setObjectName(QStringLiteral("labAmount"));
    amount_->setWordWrap(true);
    column->addWidget(amount_);
    column->addStretch(1);

    const auto sizes = [this, &theme, column] {
        for (int i = 0; i < policies_->count(); ++i) {
            policies_->item(i)->setSizeHint({0, QFontMetrics(theme.bodyFont()).height() + theme.gap(2)});
            if (sim::policySpecs()[static_cast<std::size_t>(i)].ours) policies_->item(i)->setFont(theme.strongFont());
        }
        policies_->setFixedHeight(policies_->count() * (QFontMetrics(theme.bodyFont()).height() + theme.gap(2)) + theme.gap(1));
        column->setContentsMargins(theme.gap(4), 0, theme.gap(4), theme.gap(3));
        column->setSpacing(theme.gap(2));
        fitWidth();
    };
    sizes();
    connect(&theme, &Theme::changed, this, sizes);
    connect(choice_, &QComboBox::activated, this, &ScenarioForm::takeChoice);
    connect(policies_, &QListWidget::itemChanged, this, &ScenarioForm::showAmount);
    connect(all_, &QToolButton::clicked, this, [this] { checkAll(true); });
    connect(none_, &QToolButton::clicked, this, [this] { checkAll(false); });
    connect(open_, &QToolButton::clicked, this, [this] {
        const auto path = context_.dialogs.chooseOpenFile(this, tr("Open a scenario"), {}, tr("Scenarios (*.yaml *.yml *.json)"));
        if (!path.isEmpty()) openFile(path);
    });
}

void ScenarioForm::fitWidth() {
    scroll_->widget()->ensurePolished();
    scroll_->setMinimumWidth(scroll_->widget()->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

QSize ScenarioForm::sizeHint() const {
    const auto hint = Card::sizeHint();
    const int fields = scroll_->widget()->hasHeightForWidth() ? scroll_->widget()->heightForWidth(scroll_->viewport()->width()) : scroll_->widget()->sizeHint().height();
    return {hint.width(), hint.height() - scroll_->sizeHint().height() + fields};
}

void ScenarioForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void ScenarioForm::retranslate() {
    setTitle(tr("Scenario", "title of a card"));
    open_->setToolTip(tr("Open a scenario from a file"));
    open_->setAccessibleName(open_->toolTip());
    choice_->setAccessibleName(tr("Scenario"));
    const auto label = [this](QWidget* field, const QString& text, const QString& help) {
        labels_[field]->setText(text);
        labels_[field]->setToolTip(help);
        field->setToolTip(help);
        field->setAccessibleName(text);
    };
    label(servers_, tr("Servers", "label: how many"), tr("How many model servers are simulated; kinds stay in proportion."));
    label(rate_, tr("Requests per s", "label"), tr("What clients ask of all servers together, on average."));
    label(duration_, tr("Duration s", "label"), tr("Seconds of simulated arrivals."));
    label(seeds_, tr("Seeds", "label: of random numbers"), tr("How many traces are drawn; intervals need at least two, and five say more."));
    label(scrape_, tr("Scrape every ms", "label"), tr("How old metrics grow before a picker sees new ones; 0: always fresh."));
    label(decision_, tr("Decision takes ms", "label"), tr("From a request's arrival until it is sent on."));
    label(compute_, tr("Compute rate %", "label"), tr("Of the step model's; 70 and 130 show how much depends on it."));
    race_->setText(tr("Picks may race", "check box"));
    race_->setToolTip(tr("Policies that do not reserve count a pick only once its decision is over, as the reference picker does."));
    policiesLabel_->setText(tr("Policies", "label: of the laboratory"));
    policies_->setAccessibleName(tr("Policies that are compared"));
    all_->setText(tr("All", "button: check all policies"));
    none_->setText(tr("None", "button: check no policy"));
    for (int i = 0; i < policies_->count(); ++i) policies_->item(i)->setToolTip(coreSentence(sim::policySpecs()[static_cast<std::size_t>(i)].about));
    about_->setText(coreSentence(choices_[static_cast<std::size_t>(std::max(0, choice_->currentIndex()))].about));
    showAmount();
    fitWidth();
}

void ScenarioForm::takeChoice() {
    const auto& scenario = choices_[static_cast<std::size_t>(std::max(0, choice_->currentIndex()))];
    filling_ = true;
    about_->setText(coreSentence(scenario.about));
    about_->setVisible(!scenario.about.empty());
    servers_->setValue(static_cast<int>(scenario.servers.size()));
    rate_->setValue(scenario.rate);
    duration_->setValue(static_cast<int>(std::lround(scenario.duration)));
    seeds_->setValue(scenario.seeds);
    scrape_->setValue(static_cast<int>(std::lround(sim::seconds(scenario.options.scrapeInterval) * 1e3)));
    decision_->setValue(sim::seconds(scenario.options.decisionLatency) * 1e3);
    compute_->setValue(static_cast<int>(std::lround(scenario.options.mfuFactor * 100)));
    race_->setChecked(scenario.options.race);
    const auto& wanted = scenario.policies;
    for (int i = 0; i < policies_->count(); ++i) {
        const auto name = policies_->item(i)->text().toStdString();
        policies_->item(i)->setCheckState(wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end() ? Qt::Checked : Qt::Unchecked);
    }
    filling_ = false;
    showAmount();
}

void ScenarioForm::checkAll(bool checked) {
    filling_ = true;
    for (int i = 0; i < policies_->count(); ++i) policies_->item(i)->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
    filling_ = false;
    showAmount();
}

sim::Scenario ScenarioForm::scenario() const {
    auto scenario = choices_[static_cast<std::size_t>(std::max(0, choice_->currentIndex()))];
    const auto count = static_cast<std::size_t>(servers_->value());
    if (count != scenario.servers.size()) scenario.servers = scaled(scenario.servers, count);
    // Fields show rounded values: what was not changed stays exact.
    const auto take = [](double shown, double& exact, double unit) {
        if (std::abs(exact * unit - shown) > 0.051) exact = shown / unit;
    };
    take(rate_->value(), scenario.rate, 1);
    if (duration_->value() != static_cast<int>(std::lround(scenario.duration))) scenario.duration = duration_->value();
    scenario.seeds = seeds_->value();
    scenario.options.scrapeInterval = std::chrono::milliseconds(scrape_->value());
    scenario.options.decisionLatency = sim::fromSeconds(decision_->value() / 1e3);
    scenario.options.mfuFactor = compute_->value() / 100.0;
    scenario.options.race = race_->isChecked();
    scenario.policies.clear();
    for (int i = 0; i < policies_->count(); ++i)
        if (policies_->item(i)->checkState() == Qt::Checked) scenario.policies.push_back(policies_->item(i)->text().toStdString());
    return scenario;
}

QString ScenarioForm::problem() const {
    const auto chosen = scenario();
    if (chosen.policies.empty()) return tr("Choose at least one policy.");
    if (chosen.rate * chosen.duration > kMostRequests) return tr("More than %1 requests do not fit into memory: lower the rate or the duration.").arg(formatCount(static_cast<quint64>(kMostRequests)));
    return {};
}

void ScenarioForm::showAmount() {
    if (filling_) return;
    const auto chosen = scenario();
    const auto wrong = problem();
    const auto runs = static_cast<int>(chosen.policies.size()) * chosen.seeds;
    const auto requests = static_cast<quint64>(std::llround(chosen.rate * chosen.duration * runs));
    auto text = wrong.isEmpty() ? tr("%n run(s)", "of policies with seeds", runs) + QStringLiteral(", ") + tr("about %1 requests").arg(formatCount(requests)) : wrong;
    if (wrong.isEmpty() && chosen.seeds == 1) text += QStringLiteral(". ") + tr("With one seed there are no intervals, so nothing can be told apart.");
    amount_->setText(text);
    emit edited();
}

void ScenarioForm::choose(const sim::Scenario& scenario) {
    int at = choice_->findText(toQt(scenario.name));
    if (at < 0) {
        at = choice_->count();
        choices_.push_back(scenario);
        choice_->addItem(toQt(scenario.name));
    } else {
        choices_[static_cast<std::size_t>(at)] = scenario;
    }
    choice_->setCurrentIndex(at);
    takeChoice();
}

bool ScenarioForm::openFile(const QString& path) {
    QFile file(path);
    const auto told = [this](const QString& text) {
        messages_.show(MessageBar::Kind::Error, text);
        return false;
    };
    if (!file.open(QIODevice::ReadOnly)) return told(tr("%1 cannot be read: %2").arg(path, file.errorString()));
    if (file.size() > kLargestFile) return told(tr("%1 is larger than 1 MiB.").arg(path));
    auto scenario = sim::parseScenario(file.readAll().toStdString(), QFileInfo(path).fileName().toStdString());
    if (!scenario) return told(coreSentence(scenario.error().message));
    messages_.dismiss();
    choose(*scenario);
    return true;
}

}  // namespace gatehouse::ui
