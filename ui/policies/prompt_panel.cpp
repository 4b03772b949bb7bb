#include "policies/prompt_panel.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QPlainTextEdit>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kTypingPause = 120;  // Milliseconds after the last key.

int characters(const std::string& utf8, std::size_t bytes) {
    return static_cast<int>(QString::fromUtf8(utf8.data(), static_cast<int>(std::min(bytes, utf8.size()))).size());
}

}  // namespace

PromptPanel::PromptPanel(ViewContext& context, QWidget* parent) : Card(context.theme, {}, parent), context_(context) {
    auto& theme = context.theme;
    dialect_ = new QComboBox(this);
    dialect_->setObjectName(QStringLiteral("promptDialect"));
    for (const auto& dialect : trialDialects()) dialect_->addItem(QString::fromStdString(dialect));
    direction_ = new SegmentedControl(theme, tr("What is tried"), this);
    direction_->setObjectName(QStringLiteral("promptDirection"));
    direction_->addSegment(QStringLiteral("request"), tr("Prompt"));
    direction_->addSegment(QStringLiteral("response"), tr("Answer"));
    auto* choices = new QHBoxLayout;
    choices->setSpacing(theme.gap(2));
    choices->addWidget(direction_);
    choices->addWidget(dialect_);
    choices->addStretch(1);
    content()->addLayout(choices);
    input_ = new QPlainTextEdit(this);
    input_->setObjectName(QStringLiteral("promptInput"));
    input_->setTabChangesFocus(true);
    verdict_ = new StatusChip(theme, this);
    verdict_->setObjectName(QStringLiteral("promptVerdict"));
    detail_ = new QLabel(this);
    detail_->setObjectName(QStringLiteral("promptHits"));
    detail_->setTextFormat(Qt::PlainText);
    detail_->setWordWrap(true);
    upstreamLabel_ = makeCaption(theme, {}, this);
    upstream_ = new QPlainTextEdit(this);
    upstream_->setObjectName(QStringLiteral("promptBody"));
    upstream_->setReadOnly(true);
    upstream_->setTabChangesFocus(true);
    upstream_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    auto* line = new QHBoxLayout;
    line->setSpacing(theme.gap(2));
    line->addWidget(verdict_);
    line->addWidget(detail_, 1);
    content()->addWidget(input_, 2);
    content()->addLayout(line);
    ask_ = new QPushButton(this);
    ask_->setObjectName(QStringLiteral("promptAskServices"));
    askNote_ = makeCaption(theme, {}, this);
    askNote_->setObjectName(QStringLiteral("promptAskNote"));
    askNote_->setWordWrap(true);
    askedList_ = new QLabel(this);
    askedList_->setObjectName(QStringLiteral("promptAsked"));
    askedList_->setTextFormat(Qt::PlainText);
    askedList_->setWordWrap(true);
    askedList_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* asking = new QHBoxLayout;
    asking->setSpacing(theme.gap(2));
    asking->addWidget(ask_);
    asking->addWidget(askNote_, 1);
    content()->addLayout(asking);
    content()->addWidget(askedList_);
    connect(ask_, &QPushButton::clicked, this, &PromptPanel::askServices);
    content()->addWidget(upstreamLabel_);
    content()->addWidget(upstream_, 3);
    delay_.setSingleShot(true);
    delay_.setInterval(kTypingPause);
    connect(&delay_, &QTimer::timeout, this, &PromptPanel::run);
    connect(input_, &QPlainTextEdit::textChanged, this, [this] { delay_.start(); });
    connect(dialect_, &QComboBox::currentIndexChanged, this, [this] {
        const bool answers = hasAnswers(question().dialect);
        if (!answers) direction_->setCurrent(QStringLiteral("request"));
        direction_->setSegmentEnabled(QStringLiteral("response"), answers, tr("Answers of this API hold no text."));
        run();
    });
    connect(direction_, &SegmentedControl::currentChanged, this, &PromptPanel::run);
    const auto applyTheme = [this, &theme] {
        upstream_->setFont(theme.fixedFont());
        input_->setMinimumHeight(theme.gap(14));
        setMuted(detail_, theme);
        run();
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    retranslate();
    input_->setPlainText(tr("My card is 4111 1111 1111 1111, write to ann@example.com."));
    applyTheme();
}

void PromptPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        run();
    }
    Card::changeEvent(event);
}

void PromptPanel::retranslate() {
    setTitle(tr("Try a text"));
    setCaption(tr("nothing is sent"));
    askedList_->setAccessibleName(tr("What the services of guards said"));
    dialect_->setAccessibleName(tr("The client's dialect"));
    dialect_->setToolTip(tr("The client's dialect"));
    direction_->setSegmentText(QStringLiteral("request"), tr("Prompt"));
    direction_->setSegmentText(QStringLiteral("response"), tr("Answer"));
    input_->setAccessibleName(tr("Text to try"));
    input_->setPlaceholderText(tr("Type what a client would send, or a model would answer."));
    upstream_->setAccessibleName(tr("The body as it would leave"));
}

void PromptPanel::setPolicy(CompiledPolicy policy) {
    policy_ = std::move(policy);
    run();
}

void PromptPanel::setServices(ServicesAt services) {
    if (services.names == services_.names && services.rule == services_.rule && services.objects == services_.objects) return;
    services_ = std::move(services);
    forgetAsked();
    showServices();
}

/// Whom the button would send the text to stands on it: nothing leaves this machine by surprise.
void PromptPanel::showServices() {
    QStringList names;
    for (const auto& name : services_.names) names << toQt(name);
    const bool any = !names.isEmpty() && !services_.rule.empty();
    ask_->setVisible(any);
    askNote_->setVisible(any);
    const auto hosts = names.join(QStringLiteral(", "));
    ask_->setText(asking_.running() ? tr("Stop asking", "button") : tr("Ask the services", "button: of guards"));
    askNote_->setText(tr("This sends the text to %1. No model is asked.", "%1 names of services").arg(hosts));
    ask_->setToolTip(askNote_->text());
}

void PromptPanel::forgetAsked() {
    asking_.stop();
    askedList_->hide();
}

void PromptPanel::askServices() {
    if (asking_.running()) {
        forgetAsked();
        return showServices();
    }
    gateway::GuardTrialQuestion question;
    question.ruleId = services_.rule;
    question.backend = services_.backend;
    question.answer = this->question().answer;
    question.text = this->question().text;
    asking_.start(
        [this, objects = services_.objects, question](const BackgroundRun::Stopped& stopped, const BackgroundRun::Hand& hand) {
            auto result = std::make_shared<Result<gateway::GuardTrialResult>>(gateway::tryGuards(*objects, question, stopped));
            hand([this, result] { showAsked(*result); });
        },
        [this] { showServices(); });
    askedList_->setText(tr("Asking…", "services of guards"));
    askedList_->show();
    showServices();
}

void PromptPanel::showAsked(const Result<gateway::GuardTrialResult>& result) {
    if (!result) {
        askedList_->setText(coreSentence(result.error().message));
        return;
    }
    QStringList lines;
    for (const auto& finding : result->findings) {
        const auto who = finding.service.empty() ? toQt(finding.guard) : toQt(finding.service);
        auto line = tr("%1: %2", "%1 a guard or its service, %2 what it said").arg(who, outcomeText(finding.outcome));
        if (finding.calls > 0) line += QStringLiteral(" · ") + formatDuration(finding.micros);
        if (!finding.detail.empty()) line += QStringLiteral(" · ") + coreSentence(finding.detail);
        lines << line;
    }
    if (lines.isEmpty()) lines << tr("No guard looked at it.");
    askedList_->setText(lines.join(QLatin1Char('\n')));
    if (result->rejected) verdict_->set(StatusChip::Kind::Bad, tr("Rejected with %1", "HTTP status").arg(result->status));
    else if (std::any_of(result->findings.begin(), result->findings.end(), [](const auto& finding) { return finding.outcome == llm::GuardOutcome::Masked; })) verdict_->set(StatusChip::Kind::Warning, tr("Masked", "a text, by guards"));
    else verdict_->set(StatusChip::Kind::Ok, tr("Nothing found"));
    upstream_->setExtraSelections({});
    const bool toClient = result->rejected || question().answer;
    upstreamLabel_->setText(result->rejected ? tr("The client reads") : toClient ? tr("Goes to the client") : tr("Goes upstream"));
    upstream_->setPlainText(toQt(toClient ? result->client : result->upstream));
}

QString PromptPanel::outcomeText(llm::GuardOutcome outcome) {
    switch (outcome) {
        case llm::GuardOutcome::Passed: return tr("passed", "a text, by a guard");
        case llm::GuardOutcome::Masked: return tr("masked", "a text, by a guard");
        case llm::GuardOutcome::Rejected: return tr("rejected", "a text, by a guard");
        case llm::GuardOutcome::Failed: return tr("could not say, so nothing passes", "of a guard");
        case llm::GuardOutcome::FailedOpen: return tr("could not say, and the text passes unscanned", "of a guard");
        case llm::GuardOutcome::NotRun: break;
    }
    return tr("not run", "of a guard");
}

TrialQuestion PromptPanel::question() const {
    return {dialect_->currentText().toStdString(), direction_->current() == QLatin1String("response"), input_->toPlainText().toStdString()};
}

void PromptPanel::run() {
    forgetAsked();
    showServices();
    if (!policy_) {
        verdict_->set(StatusChip::Kind::Neutral, tr("No policy for prompts"));
        detail_->setText(tr("The chosen policy has no guard and adds no message."));
        showHits({});
        showBody(nullptr);
        return;
    }
    const auto trial = *policy_ ? tryPrompt(**policy_, question()) : Result<PromptTrial>(tl::unexpected(policy_->error()));
    if (!trial) {
        if (trial.error().code == "not-attached") verdict_->set(StatusChip::Kind::Neutral, tr("Not attached", "of a policy"));
        else verdict_->set(StatusChip::Kind::Bad, tr("Answers 500"));
        detail_->setText(coreSentence(trial.error().message));
        showHits({});
        showBody(nullptr);
        return;
    }
    QStringList names;
    for (const auto& hit : trial->hits)
        if (const auto name = QString::fromStdString(hit.rule); !names.contains(name)) names << name;
    if (trial->rejected) verdict_->set(StatusChip::Kind::Bad, tr("Rejected with %1", "HTTP status").arg(trial->rejectStatus));
    else if (!trial->hits.empty()) verdict_->set(StatusChip::Kind::Warning, tr("%n hit(s) masked", nullptr, static_cast<int>(trial->hits.size())));
    else verdict_->set(StatusChip::Kind::Ok, tr("Nothing found"));
    if (!trial->notAsked.empty()) {
        QStringList services;
        for (const auto& name : trial->notAsked) services << QString::fromStdString(name);
        names << tr("not asked here: %1").arg(services.join(QStringLiteral(", ")));
    }
    detail_->setText(names.join(QStringLiteral(", ")));
    showHits(trial->hits);
    showBody(&*trial);
}

void PromptPanel::showHits(const std::vector<llm::GuardHit>& hits) {
    const auto text = input_->toPlainText().toStdString();
    QList<QTextEdit::ExtraSelection> marks;
    for (const auto& hit : hits) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(input_->document());
        mark.cursor.setPosition(characters(text, hit.begin));
        mark.cursor.setPosition(characters(text, hit.end), QTextCursor::KeepAnchor);
        mark.format.setBackground(context_.theme.tint(Token::Warn, 0.22));
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        mark.format.setUnderlineColor(context_.theme.color(Token::Warn));
        mark.format.setToolTip(QString::fromStdString(hit.rule));
        marks << mark;
    }
    input_->setExtraSelections(marks);
}

void PromptPanel::showBody(const PromptTrial* trial) {
    upstream_->setExtraSelections({});
    if (trial == nullptr) {
        upstreamLabel_->setText({});
        upstream_->clear();
        return;
    }
    if (trial->rejected) {
        upstreamLabel_->setText(tr("The client reads"));
        upstream_->setPlainText(QString::fromStdString(trial->rejectMessage));
        return;
    }
    upstreamLabel_->setText(question().answer ? tr("Goes to the client") : tr("Goes upstream"));
    upstream_->setPlainText(QString::fromStdString(trial->body));
    QList<QTextEdit::ExtraSelection> marks;
    for (const auto& place : trial->marks) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(upstream_->document());
        mark.cursor.setPosition(characters(trial->body, place.begin));
        mark.cursor.setPosition(characters(trial->body, place.end), QTextCursor::KeepAnchor);
        mark.format.setBackground(context_.theme.tint(Token::Warn, 0.22));
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        mark.format.setUnderlineColor(context_.theme.color(Token::Warn));
        marks << mark;
    }
    upstream_->setExtraSelections(marks);
}

}  // namespace gatehouse::ui
