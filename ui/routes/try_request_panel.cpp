#include "routes/try_request_panel.h"

#include "bridge/engine_bridge.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int kOriginRole = Qt::UserRole + 20;
enum Column { Stage, Decision, ColumnCount };

}  // namespace

TryRequestPanel::TryRequestPanel(ViewContext& context, QWidget* parent) : QWidget(parent), context_(context) {
    auto& theme = context.theme;
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* line = new QHBoxLayout;
    outer->addLayout(line);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    outer->addWidget(splitter, 1);

    auto* request = new QWidget(splitter);
    method_ = new QComboBox(this);
    method_->setObjectName(QStringLiteral("tryMethod"));
    method_->setEditable(true);
    method_->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("DELETE"), QStringLiteral("PATCH"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")});
    url_ = new QLineEdit(this);
    url_->setObjectName(QStringLiteral("tryUrl"));
    run_ = new QPushButton(this);
    run_->setObjectName(QStringLiteral("tryRun"));
    line->addWidget(method_);
    line->addWidget(url_, 1);
    line->addWidget(run_);
    auto* texts = new QVBoxLayout(request);
    sniLabel_ = new QLabel(request);
    sni_ = new QLineEdit(request);
    sni_->setObjectName(QStringLiteral("trySni"));
    sniLabel_->setBuddy(sni_);
    texts->addWidget(sniLabel_);
    texts->addWidget(sni_);
    const auto column = [&](QLabel*& label, QPlainTextEdit*& edit, const char* name) {
        auto* box = new QVBoxLayout;
        label = new QLabel(request);
        edit = new QPlainTextEdit(request);
        edit->setObjectName(QLatin1String(name));
        edit->setTabChangesFocus(true);
        label->setBuddy(edit);
        box->addWidget(label);
        box->addWidget(edit, 1);
        box->setSpacing(theme.unit());
        texts->addLayout(box, 1);
    };
    column(headersLabel_, headers_, "tryHeaders");
    column(bodyLabel_, body_, "tryBody");

    auto* answer = new QWidget(splitter);
    auto* answerColumn = new QVBoxLayout(answer);
    auto* summaryLine = new QHBoxLayout;
    summaryIcon_ = new QLabel(answer);
    summary_ = new QLabel(answer);
    summary_->setObjectName(QStringLiteral("trySummary"));
    summary_->setTextFormat(Qt::PlainText);
    summary_->setWordWrap(true);
    summaryLine->addWidget(summaryIcon_, 0, Qt::AlignTop);
    summaryLine->addWidget(summary_, 1);
    answerColumn->addLayout(summaryLine);
    steps_ = new QTreeWidget(answer);
    steps_->setObjectName(QStringLiteral("trySteps"));
    steps_->setColumnCount(ColumnCount);
    steps_->setProperty("bare", true);
    setUpTree(steps_, theme, tr("Steps of the decision"), QStringLiteral("routes/steps"));
    setColumnCharacters(steps_, {12, 0});
    steps_->setTextElideMode(Qt::ElideRight);
    answerColumn->addWidget(steps_, 1);
    // What a narrow column cuts off stands here in full.
    auto* sentence = new QLabel(answer);
    sentence->setObjectName(QStringLiteral("stepSentence"));
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    sentence->hide();
    answerColumn->addWidget(sentence);
    connect(steps_, &QTreeWidget::currentItemChanged, sentence, [sentence](const QTreeWidgetItem* item) {
        sentence->setText(item ? item->text(Decision) : QString());
        sentence->setVisible(item != nullptr);
    });
    keepSplitter(splitter, QStringLiteral("routes/try"), {30, 70});

    const auto applyTheme = [this, &theme, line, texts, answerColumn, summaryLine] {
        line->setContentsMargins(theme.gap(2), 0, theme.gap(2), theme.gap(2));
        line->setSpacing(theme.gap(2));
        texts->setContentsMargins(theme.gap(2), 0, theme.gap(2), theme.gap(2));
        texts->setSpacing(theme.gap(1));
        answerColumn->setContentsMargins(theme.gap(2), 0, theme.gap(2), theme.gap(2));
        answerColumn->setSpacing(theme.gap(2));
        summaryLine->setSpacing(theme.gap(2));
        url_->setFont(theme.fixedFont());
        headers_->setFont(theme.fixedFont());
        body_->setFont(theme.fixedFont());
        sni_->setFont(theme.fixedFont());
        for (auto* label : {sniLabel_, headersLabel_, bodyLabel_}) {
            label->setFont(theme.captionFont());
            setMuted(label, theme);
        }
        if (!summaryIconName_.isEmpty()) showSummary(summary_->text(), summaryToken_, summaryIconName_);
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
    connect(run_, &QPushButton::clicked, this, &TryRequestPanel::run);
    connect(url_, &QLineEdit::returnPressed, this, &TryRequestPanel::run);
    connect(url_, &QLineEdit::textChanged, this, &TryRequestPanel::showSni);
    connect(sni_, &QLineEdit::returnPressed, this, &TryRequestPanel::run);
    connect(sni_, &QLineEdit::textEdited, this, [this] { touched_ = true; });
    showSni();
    connect(url_, &QLineEdit::textEdited, this, [this] {
        touched_ = true;
        setRecorded({}, {});  // From here on it is another request.
    });
    connect(headers_, &QPlainTextEdit::textChanged, this, [this] { touched_ = touched_ || headers_->hasFocus(); });
    connect(body_, &QPlainTextEdit::textChanged, this, [this] { touched_ = touched_ || body_->hasFocus(); });
    connect(steps_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        const auto key = item->data(0, kOriginRole).value<QStringList>();
        if (key.size() == 4)
            emit originWanted({key[0].toStdString(), key[1].toStdString(), key[2].toStdString(), key[3].toStdString()});
    });
    retranslate();
}

void TryRequestPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void TryRequestPanel::retranslate() {
    method_->setAccessibleName(tr("Method"));
    url_->setAccessibleName(tr("URL"));
    url_->setPlaceholderText(QStringLiteral("http://example.com/v1/chat/completions"));
    run_->setText(tr("Explain"));
    run_->setToolTip(tr("Shows the way this request would take. Nothing is sent."));
    headersLabel_->setText(tr("Headers, one per line"));
    headers_->setAccessibleName(tr("Headers, one per line"));
    sniLabel_->setText(tr("Server name of the TLS session (SNI)"));
    sni_->setAccessibleName(tr("Server name of the TLS session (SNI)"));
    sni_->setPlaceholderText(tr("the URL's host", "in an empty field: what holds then"));
    bodyLabel_->setText(tr("Body"));
    body_->setAccessibleName(tr("Body"));
    steps_->setHeaderLabels({tr("Stage", "column of the explanation"), tr("What was decided, and why", "column of the explanation")});
    setRecorded(client_, recorded_);
    if (!shown_) showSummary(tr("Explain shows every decision about this request without sending it."), Token::Muted, QStringLiteral("info"));
}

void TryRequestPanel::suggest(const ExampleRequest& example) {
    if (!touched_ && !example.url.isEmpty()) fill(example);
}

void TryRequestPanel::fill(const ExampleRequest& request) {
    method_->setCurrentText(request.method);
    url_->setText(request.url);
    url_->setCursorPosition(0);
    sni_->setText(request.sni);
    headers_->setPlainText(request.headers);
    body_->setPlainText(request.body);
    setRecorded(request.client, request.recorded);
}

void TryRequestPanel::setRecorded(const QString& client, const std::optional<route::ExplainRequest::Recorded>& recorded) {
    client_ = client;
    recorded_ = recorded;
    body_->setPlaceholderText(recorded ? tr("The body is not kept in records.") : QString());
}

void TryRequestPanel::showSni() {
    const bool tls = url_->text().startsWith(QLatin1String("https://"), Qt::CaseInsensitive);
    sniLabel_->setVisible(tls);
    sni_->setVisible(tls);
}

void TryRequestPanel::explainThis(const ExampleRequest& request) {
    fill(request);
    touched_ = true;  // Another choice in the tree must not write over it.
    run();
    url_->setFocus();
}

void TryRequestPanel::focusUrl() {
    url_->setFocus();
    url_->selectAll();
}

void TryRequestPanel::markStale() {
    if (shown_) run();
}

void TryRequestPanel::showSummary(const QString& text, Token token, const QString& icon) {
    auto& theme = context_.theme;
    summaryToken_ = token;
    summaryIconName_ = icon;
    summary_->setText(text);
    setTextColor(summary_, theme, token == Token::Ok ? Token::Text : token);
    summaryIcon_->setPixmap(theme.icon(icon, token).pixmap(QSize(theme.iconSize(), theme.iconSize()), devicePixelRatioF()));
}

void TryRequestPanel::run() {
    const auto request = readTriedRequest({method_->currentText(), url_->text(), headers_->toPlainText(), body_->toPlainText(), sni_->text(), client_, recorded_});
    const auto explanation = request ? context_.engine.explain(*request) : Result<route::Explanation>(tl::unexpected(request.error()));
    if (!explanation) {
        steps_->clear();
        showSummary(coreSentence(explanation.error().message), Token::Bad, QStringLiteral("error"));
        return;
    }
    shown_ = true;
    show(*explanation);
}

void TryRequestPanel::show(const route::Explanation& explanation) {
    auto& theme = context_.theme;
    const auto summary = explainSummary(explanation);
    showSummary(summary.text, summary.token, summary.icon);
    steps_->clear();
    const auto make = [&](auto&& self, const ExplainRow& row, QTreeWidgetItem* under) -> void {
        auto* item = under ? new QTreeWidgetItem(under) : new QTreeWidgetItem(steps_);
        item->setText(Stage, row.stage);
        item->setIcon(Stage, theme.icon(row.icon, row.token));
        item->setData(Stage, Qt::AccessibleTextRole, row.outcome.isEmpty() ? row.stage : row.stage + QStringLiteral(": ") + row.outcome);
        item->setText(Decision, row.detail.isEmpty() ? row.subject : tr("%1: %2", "what was decided about, and why").arg(row.subject, row.detail));
        item->setToolTip(Stage, row.outcome);
        item->setToolTip(Decision, row.detail.isEmpty() ? row.subject : row.subject + QLatin1Char('\n') + row.detail);
        if (row.token == Token::Bad || row.token == Token::Warn || row.passedOver) item->setData(Decision, kStatusTokenRole, static_cast<int>(row.token));
        if (!row.origin.kind.empty())
            item->setData(0, kOriginRole, QStringList{QString::fromStdString(row.origin.group), QString::fromStdString(row.origin.kind), QString::fromStdString(row.origin.ns), QString::fromStdString(row.origin.name)});
        for (const auto& child : row.children) self(self, child, item);
        item->setExpanded(true);
    };
    for (const auto& row : explainRows(explanation)) make(make, row, nullptr);
}

}  // namespace gatehouse::ui
