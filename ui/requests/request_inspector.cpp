#include "requests/request_inspector.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "charts/score_bars.h"
#include "charts/timeline_bar.h"
#include "llm/capture.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "models/request_table_model.h"
#include "models/try_target.h"
#include "requests/curl.h"
#include "models/receipt_words.h"
#include "requests/step_list.h"
#include "widgets/buttons.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

RequestInspector::RequestInspector(ViewContext& context, MessageBar& messages, QWidget* parent)
    : InspectorPanel(context.theme, tr("Request details"), parent), context_(context), messages_(messages) {
    setClosable(true);
    auto& theme = context.theme;
    status_ = new StatusChip(theme, this);
    status_->setFilled(true);
    curl_ = makeTextButton(theme, QStringLiteral("copy"), {}, this);
    curl_->setObjectName(QStringLiteral("copyCurl"));
    id_ = makeTextButton(theme, QStringLiteral("copy"), {}, this);
    id_->setObjectName(QStringLiteral("copyId"));
    explain_ = makeTextButton(theme, QStringLiteral("routes"), {}, this);
    explain_->setObjectName(QStringLiteral("explainAgain"));
    xray_ = makeTextButton(theme, QStringLiteral("eye"), {}, this);
    xray_->setObjectName(QStringLiteral("xrayRequest"));
    auto* chips = new QHBoxLayout;
    chips->addWidget(status_);
    chips->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.gap(1));
    for (auto* button : {xray_, curl_, id_, explain_}) buttons->addWidget(button);
    buttons->addStretch(1);
    header()->addLayout(chips);
    header()->addLayout(buttons);
    connect(curl_, &QToolButton::clicked, this, &RequestInspector::copyCurl);
    connect(id_, &QToolButton::clicked, this, &RequestInspector::copyId);
    connect(explain_, &QToolButton::clicked, this, &RequestInspector::explainAgain);
    connect(xray_, &QToolButton::clicked, this, &RequestInspector::xrayWanted);
    connect(&theme, &Theme::changed, this, [this] {
        if (has_) build();
    });
    retranslate();
}

void RequestInspector::retranslate() {
    xray_->setText(tr("X-ray", "button: show what was said on both sides of the gateway"));
    xray_->setToolTip(tr("What the client and the provider said, side by side, field by field (X)"));
    curl_->setText(tr("Copy as curl", "button"));
    id_->setText(tr("Copy id", "button: copy the request id"));
    explain_->setText(tr("Explain", "button: show why it went where it went"));
    explain_->setAccessibleName(tr("Explain this request"));
    explain_->setToolTip(tr("Opens Try a request with this one: every decision, without calling the upstream. The body is not kept, nor are the values of secret fields."));
    if (has_) build();
}

QString RequestInspector::requestId() const { return has_ ? toQt(record_.requestId) : QString(); }

void RequestInspector::setRecord(const telemetry::RequestRecord& record) {
    const bool same = has_ && record.requestId == record_.requestId && record.sequence == record_.sequence;
    record_ = record;
    has_ = true;
    if (!same) build();
}

void RequestInspector::reset() {
    has_ = false;
    record_ = {};
    clear();
}

void RequestInspector::build() {
    clear();
    setHeading(QStringLiteral("%1 %2").arg(toQt(record_.method), toQt(record_.path.empty() ? record_.host : record_.path)),
               toDateTime(record_.startedAt).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")));
    const bool failed = record_.status >= 500 || (isPassedOn(record_) ? !record_.error.empty() : record_.status == 0) || brokeOff(record_);
    const auto kind = failed                  ? StatusChip::Kind::Bad
                      : record_.status >= 400 ? StatusChip::Kind::Warning
                                              : StatusChip::Kind::Ok;
    status_->set(kind, RequestTableModel::text(record_, RequestTableModel::Status), coreSentence(record_.errorSentence));
    if (!record_.errorSentence.empty() || !record_.error.empty()) {
        auto* sentence = addText(record_.errorSentence.empty() ? toQt(record_.error) : coreSentence(record_.errorSentence));
        setTextColor(sentence, context_.theme, failed ? Token::Bad : Token::Warn);
    }
    addTimeline();
    addPick();
    addSteps();
    addGuard();
    addReceipt();
    addSummary();
    addHead();
}

void RequestInspector::addFramed(Chart* chart, const QString& name, const char* fileStem) {
    auto* frame = new ChartFrame(context_.theme, context_.dialogs, messages_, chart, QLatin1String(fileStem));
    frame->setName(name);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    if (auto* timeline = qobject_cast<TimelineBar*>(chart)) {
        auto* logarithmic = new QCheckBox(tr("Logarithmic axis"), holder);
        logarithmic->setFont(context_.theme.captionFont());
        connect(logarithmic, &QCheckBox::toggled, timeline, &TimelineBar::setLogarithmic);
        row->addWidget(logarithmic);
    }
    row->addStretch(1);
    row->addWidget(frame->menuButton());
    column->addLayout(row);
    column->addWidget(frame);
    addWidget(holder);
}

void RequestInspector::addTimeline() {
    if (record_.phases.empty()) return;
    addSection(tr("Timeline", "section"));
    auto* timeline = new TimelineBar(context_.theme);
    timeline->setRecord(record_);
    addFramed(timeline, tr("Timeline of the request"), "request-timeline");
}

void RequestInspector::addSteps() {
    if (record_.steps.empty()) return;
    addSection(tr("Why it went there", "section"));
    addWidget(new StepList(context_.theme, record_.steps));
}

void RequestInspector::addPick() {
    if (!record_.pick) return;
    addSection(tr("Pick of the pod", "section"));
    addText(coreSentence(record_.pick->reason), true);
    if (record_.pick->candidates.empty()) return;
    auto* decision = makeTextButton(context_.theme, QStringLiteral("wand"), tr("Decision and what if", "button: how the pod was picked"), this);
    decision->setObjectName(QStringLiteral("showDecision"));
    decision->setToolTip(tr("Every candidate's terms, and what other weights would have done (W)"));
    connect(decision, &QToolButton::clicked, this, &RequestInspector::decisionWanted);
    addWidget(decision);
    auto* scores = new ScoreBars(context_.theme);
    scores->setPick(record_.pick);
    addFramed(scores, tr("Scores of the candidates"), "pick-scores");
}

void RequestInspector::addGuard() {
    const auto& guard = record_.guard;
    if (guard.hits.empty() && !guard.rejected) return;
    addSection(tr("Prompt guard", "section"));
    addText(guard.rejected ? tr("The guard rejected the request.") : tr("The guard masked parts of the prompt."));
    for (const auto& hit : guard.hits)
        addRow(toQt(hit.rule), tr("message %1, characters %2 to %3, replaced by %4")
                                   .arg(hit.messageIndex + 1)
                                   .arg(hit.begin)
                                   .arg(hit.end)
                                   .arg(hit.replacement.empty() ? QStringLiteral("–") : toQt(hit.replacement)));
}

void RequestInspector::addReceipt() {
    if (!record_.receipt) return;
    const auto& receipt = *record_.receipt;
    addSection(tr("Receipt", "section: what the request cost"));
    if (!receipt.priced()) {
        addText(coreSentence(receipt.unpriced), true);
    } else {
        const auto& currency = receipt.book->currency;
        for (const auto& line : receipt.lines)
            addRow(bucketWord(line.bucket),
                   tr("%1 × %2 = %3", "%1 count of tokens, %2 price per million of them, %3 amount of money")
                       .arg(formatCount(line.tokens), toQt(llm::rateText(line.rate)).replace(QLatin1Char('.'), QLocale().decimalPoint()), formatMoneyExact(line.nano, currency)),
                   Style::Number);
        addRow(tr("Sum", "of a receipt"), formatMoneyExact(receipt.nano, currency), Style::Number);
        const auto book = receipt.book->name == "built-in" ? tr("that of Gatehouse", "price book") : toQt(receipt.book->name);
        addRow(tr("Price book"), tr("%1, version %2", "%1 name of a price book").arg(book, toQt(receipt.book->version)));
        addRow(tr("Price of"), toQt(receipt.entry->provider + " " + receipt.entry->model), Style::Fixed);
        if (!receipt.serviceTier.empty()) addRow(tr("Service tier"), toQt(receipt.serviceTier));
        if (receipt.aboveInputTokens > 0) addRow(tr("Tier", "of a price"), tr("above %1 tokens of input").arg(formatCount(receipt.aboveInputTokens)));
        addText(tr("Prices are per million tokens."), true);
    }
    if (receipt.partial) addText(tr("The answer broke off before its end; this is what was used until then."), true);
    if (receipt.estimated) addText(tr("The provider did not say its tokens; they are estimated from what passed."), true);
}

void RequestInspector::addSummary() {
    addSection(tr("Summary", "section"));
    const auto row = [this](const QString& label, const std::string& value, Style style = Style::Plain) {
        if (!value.empty()) addRow(label, toQt(value), style);
    };
    addRow(tr("Request id"), toQt(record_.requestId), Style::Fixed);
    row(tr("Client"), record_.client, Style::Fixed);
    row(tr("Host"), record_.host, Style::Fixed);
    row(tr("Protocol"), record_.protocol);
    if (!record_.tlsVersion.empty()) {
        addRow(tr("TLS"), record_.tlsSni.empty() ? toQt(record_.tlsVersion) : tr("%1 for %2", "%1 version of TLS, %2 server name").arg(toQt(record_.tlsVersion), toQt(record_.tlsSni)));
        if (!record_.tlsClientSubject.empty())
            addRow(tr("Client certificate"), record_.tlsClientVerified ? toQt(record_.tlsClientSubject) : tr("%1 (not verified)", "%1 a name").arg(toQt(record_.tlsClientSubject)));
    }
    row(tr("Listener"), record_.listener);
    row(tr("Route"), record_.route);
    row(tr("Rule"), record_.rule);
    row(record_.arm.empty() ? tr("Backend") : tr("Arm", "drawn backend of a split"), record_.arm.empty() ? record_.backend : record_.arm);
    row(tr("Pod"), record_.pod);
    row(tr("Endpoint"), record_.endpoint, Style::Fixed);
    row(tr("Upstream protocol"), record_.upstreamProtocol);
    row(tr("Model"), record_.model);
    if (record_.llm) addRow(tr("Answer", "how the answer came"), record_.streamed ? tr("streamed") : tr("in one piece"));
    if (record_.usage.known) {
        auto tokens = tr("%1 in, %2 out", "token counts").arg(formatCount(record_.usage.inputTokens), formatCount(record_.usage.outputTokens));
        if (record_.usage.cachedTokens > 0) tokens = tr("%1 (%2 cached)", "token counts").arg(tokens, formatCount(record_.usage.cachedTokens));
        addRow(tr("Tokens"), tokens, Style::Number);
    }
    addRow(tr("Bytes"), tr("%1 in, %2 out", "byte counts").arg(formatBytes(record_.requestBytes), formatBytes(record_.responseBytes)), Style::Number);
    addRow(tr("First byte after"), formatDuration(record_.firstByteMicros), Style::Number);
    addRow(tr("Total"), formatDuration(record_.totalMicros), Style::Number);
    addRow(tr("Upstream"), formatDuration(record_.upstreamMicros), Style::Number);
    if (record_.attempts > 1) addRow(tr("Attempts"), formatCount(static_cast<quint64>(record_.attempts)), Style::Number);
    addRow(tr("Configuration"), tr("generation %1").arg(record_.generation), Style::Number);
}

void RequestInspector::addHead() {
    addSection(tr("Request as it came", "section"));
    const bool captured = record_.capture && record_.capture->data();
    if (!record_.head) {
        addText(tr("The head is not kept any more."), true);
        return;
    }
    auto* line = addText(toQt(record_.method + " ") + toQt(std::string(record_.head->target())));
    line->setFont(context_.theme.fixedFont());
    line->setObjectName(QStringLiteral("requestLine"));
    bool hidden = false;
    for (const auto& [name, value] : record_.head->fields()) {
        const bool secret = value == telemetry::kHiddenValue;
        hidden = hidden || secret;
        addRow(toQt(std::string(name)), secret ? tr("(hidden)", "value of a secret header field") : toQt(std::string(value)), secret ? Style::Plain : Style::Fixed);
    }
    if (record_.head->cut) addText(tr("There was more than a record keeps; the rest was cut."), true);
    if (captured) addText(hidden ? tr("Values of secret fields are not kept. The body is in the X-ray.") : tr("The body is in the X-ray."), true);
    else addText(hidden ? tr("Values of secret fields are not kept, and neither is the body.") : tr("The body is not kept."), true);
}

void RequestInspector::copyCurl() const {
    QString address = QStringLiteral("127.0.0.1");
    for (const auto& listener : context_.engine.state().listeners)
        if (!listener.address.empty()) {
            address = toQt(listener.address);
            break;
        }
    QGuiApplication::clipboard()->setText(toCurl(record_, address));
}

void RequestInspector::copyId() const { QGuiApplication::clipboard()->setText(requestId()); }

void RequestInspector::explainAgain() {
    const auto objects = context_.document.objects();
    if (has_ && objects) context_.navigator.navigate(QStringLiteral("routes"), writeTryTarget(tryTargetOf(record_, *objects)));
}

}  // namespace gatehouse::ui
