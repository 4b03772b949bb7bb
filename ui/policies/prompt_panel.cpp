#include "policies/prompt_panel.h"

#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int kTypingPause = 120;  // Milliseconds after the last key.

int characters(const std::string& utf8, std::size_t bytes) {
    return static_cast<int>(QString::fromUtf8(utf8.data(), static_cast<int>(std::min(bytes, utf8.size()))).size());
}

}  // namespace

PromptPanel::PromptPanel(ViewContext& context, QWidget* parent) : Card(context.theme, {}, parent), context_(context) {
    auto& theme = context.theme;
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
    upstream_ = new QScrollArea(this);
    upstream_->setObjectName(QStringLiteral("promptUpstream"));
    upstream_->setWidgetResizable(true);
    upstream_->setFrameShape(QFrame::NoFrame);
    upstream_->setProperty("bare", true);
    upstream_->setFocusPolicy(Qt::NoFocus);
    upstream_->viewport()->setAutoFillBackground(false);
    auto* line = new QHBoxLayout;
    line->setSpacing(theme.gap(2));
    line->addWidget(verdict_);
    line->addWidget(detail_, 1);
    content()->addWidget(input_, 2);
    content()->addLayout(line);
    content()->addWidget(upstreamLabel_);
    content()->addWidget(upstream_, 3);
    delay_.setSingleShot(true);
    delay_.setInterval(kTypingPause);
    connect(&delay_, &QTimer::timeout, this, &PromptPanel::run);
    connect(input_, &QPlainTextEdit::textChanged, this, [this] { delay_.start(); });
    const auto applyTheme = [this, &theme] {
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
    setTitle(tr("Try a prompt"));
    setCaption(tr("nothing is sent"));
    input_->setAccessibleName(tr("Prompt to try"));
    input_->setPlaceholderText(tr("Type what a client would send."));
}

void PromptPanel::setPolicy(std::optional<config::AiPolicySpec> spec) {
    spec_ = std::move(spec);
    run();
}

void PromptPanel::run() {
    const auto prompt = input_->toPlainText().toStdString();
    if (!spec_) {
        verdict_->set(StatusChip::Kind::Neutral, tr("No policy for prompts"));
        detail_->setText(tr("The chosen policy has no guard and adds no message."));
        showHits({});
        showMessages(nullptr);
        return;
    }
    const auto trial = tryPrompt(*spec_, prompt);
    if (!trial) {
        verdict_->set(StatusChip::Kind::Bad, tr("Answers 500"));
        detail_->setText(coreSentence(trial.error().message));
        showHits({});
        showMessages(nullptr);
        return;
    }
    QStringList names;
    for (const auto& hit : trial->hits)
        if (const auto name = QString::fromStdString(hit.rule); !names.contains(name)) names << name;
    if (trial->rejected) {
        verdict_->set(StatusChip::Kind::Bad, tr("Rejected with %1", "HTTP status").arg(trial->rejectStatus));
        detail_->setText(names.join(QStringLiteral(", ")));
    } else if (!trial->hits.empty()) {
        verdict_->set(StatusChip::Kind::Warning, tr("%n hit(s) masked", nullptr, static_cast<int>(trial->hits.size())));
        detail_->setText(names.join(QStringLiteral(", ")));
    } else {
        verdict_->set(StatusChip::Kind::Ok, tr("Nothing found"));
        detail_->setText({});
    }
    showHits(trial->hits);
    showMessages(&*trial);
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

void PromptPanel::showMessages(const PromptTrial* trial) {
    auto& theme = context_.theme;
    auto* page = new QWidget(this);
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme.gap(3));
    grid->setVerticalSpacing(theme.gap(2));
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& role, const QString& text) {
        auto* label = makeCaption(theme, role, page);
        auto* content = new QLabel(text, page);
        content->setObjectName(QStringLiteral("upstreamText:%1").arg(row));
        content->setWordWrap(true);
        content->setTextFormat(Qt::PlainText);
        content->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(label, row, 0, Qt::AlignTop | Qt::AlignRight);
        grid->addWidget(content, row++, 1, Qt::AlignTop);
    };
    if (!trial) {
        upstreamLabel_->setText({});
    } else if (trial->rejected) {
        upstreamLabel_->setText(tr("The client reads"));
        add(QString::number(trial->rejectStatus), QString::fromStdString(trial->rejectMessage));
    } else {
        upstreamLabel_->setText(tr("Goes upstream"));
        for (const auto& message : trial->upstream) add(QString::fromStdString(message.role), QString::fromStdString(message.content));
    }
    grid->setRowStretch(row, 1);
    if (auto* old = upstream_->takeWidget()) old->deleteLater();
    upstream_->setWidget(page);
    page->setAutoFillBackground(false);
    page->show();
}

}  // namespace gatehouse::ui
