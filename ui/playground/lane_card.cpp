#include "playground/lane_card.h"

#include "bridge/engine_bridge.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "net/tls.h"
#include "playground/lane_facts.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr char kDefaultPath[] = "/v1/chat/completions";

/// The logical port of the listener that is bound there.
quint16 portOf(const std::string& address, const gateway::State& state) {
    for (const auto& listener : state.listeners)
        if (listener.address == address) return listener.logicalPort;
    return 0;
}

/// A name that the certificate is good for; empty: it names none.
std::string nameIn(const std::string& pem) {
    const auto info = net::inspectCertificate(pem);
    if (!info || info->dnsNames.empty()) return {};
    const auto& first = info->dnsNames.front();
    return first.starts_with("*.") ? "playground" + first.substr(1) : first;
}

}  // namespace

LaneCard::LaneCard(ViewContext& context, lab::PromptClient& client, int number, QWidget* parent)
    : Card(context.theme, {}, parent), context_(context), client_(client), number_(number) {
    auto& theme = context.theme;
    copy_ = makeTextButton(theme, QStringLiteral("copy"), {}, this);
    copy_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(copy_);
    for (const auto& [language, name] : {std::pair(CodeLanguage::Curl, "curl"), std::pair(CodeLanguage::Python, "Python"), std::pair(CodeLanguage::JavaScript, "JavaScript")})
        connect(menu->addAction(QLatin1String(name)), &QAction::triggered, this, [this, language = language] { emit copyWanted(language); });
    copy_->setMenu(menu);
    remove_ = makeIconButton(theme, QStringLiteral("close"), {}, this);
    actions()->addWidget(copy_);
    actions()->addWidget(remove_);
    connect(remove_, &QToolButton::clicked, this, &LaneCard::removeWanted);
    buildTarget();
    output_ = new QPlainTextEdit(this);
    output_->setReadOnly(true);
    output_->setTabChangesFocus(true);
    output_->setMinimumHeight(theme.gap(20));
    connect(&theme, &Theme::changed, output_, [this, &theme] { output_->setMinimumHeight(theme.gap(20)); });
    content()->addWidget(output_, 1);
    buildFacts();
    setNumber(number);
    show();
}

LaneCard::~LaneCard() { letGo(); }

void LaneCard::letGo() {
    if (call_ != 0) client_.forget(call_);
    call_ = 0;
    running_ = false;
}

void LaneCard::buildTarget() {
    auto& theme = context_.theme;
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(theme.gap(2));
    grid->setVerticalSpacing(theme.gap(2));
    grid->setColumnStretch(1, 1);
    targetLabel_ = new QLabel(this);
    target_ = new QComboBox(this);
    target_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    target_->setMinimumContentsLength(8);
    targetLabel_->setBuddy(target_);
    modelLabel_ = new QLabel(this);
    model_ = new QLineEdit(this);
    modelLabel_->setBuddy(model_);
    more_ = makeIconButton(theme, QStringLiteral("settings"), {}, this);
    more_->setCheckable(true);
    grid->addWidget(targetLabel_, 0, 0);
    grid->addWidget(target_, 0, 1);
    grid->addWidget(more_, 0, 2);
    armLabel_ = new QLabel(this);
    arm_ = new QComboBox(this);
    arm_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    arm_->setMinimumContentsLength(8);
    armLabel_->setBuddy(arm_);
    grid->addWidget(armLabel_, 1, 0);
    grid->addWidget(arm_, 1, 1, 1, 2);
    grid->addWidget(modelLabel_, 2, 0);
    grid->addWidget(model_, 2, 1, 1, 2);
    content()->addLayout(grid);
    fields_ = new QWidget(this);
    auto* inner = new QGridLayout(fields_);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setHorizontalSpacing(theme.gap(2));
    inner->setVerticalSpacing(theme.gap(2));
    inner->setColumnStretch(1, 1);
    pathLabel_ = new QLabel(fields_);
    path_ = new QLineEdit(QLatin1String(kDefaultPath), fields_);
    hostLabel_ = new QLabel(fields_);
    host_ = new QLineEdit(fields_);
    headersLabel_ = new QLabel(fields_);
    headers_ = new QPlainTextEdit(fields_);
    headers_->setTabChangesFocus(true);
    pathLabel_->setBuddy(path_);
    hostLabel_->setBuddy(host_);
    headersLabel_->setBuddy(headers_);
    inner->addWidget(pathLabel_, 0, 0);
    inner->addWidget(path_, 0, 1);
    inner->addWidget(hostLabel_, 1, 0);
    inner->addWidget(host_, 1, 1);
    inner->addWidget(headersLabel_, 2, 0, Qt::AlignTop);
    inner->addWidget(headers_, 2, 1);
    fields_->hide();
    content()->addWidget(fields_);
    const auto fonts = [this, &theme] {
        for (QWidget* widget : {static_cast<QWidget*>(path_), static_cast<QWidget*>(host_), static_cast<QWidget*>(headers_)}) widget->setFont(theme.fixedFont());
        headers_->setFixedHeight(QFontMetrics(theme.fixedFont()).lineSpacing() * 3 + theme.gap(3));
    };
    fonts();
    connect(&theme, &Theme::changed, this, fonts);
    connect(more_, &QToolButton::toggled, fields_, &QWidget::setVisible);
    connect(target_, &QComboBox::activated, this, &LaneCard::chooseTarget);
}

void LaneCard::buildFacts() {
    auto& theme = context_.theme;
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    status_ = new StatusChip(theme, this);
    open_ = makeTextButton(theme, QStringLiteral("requests"), {}, this);
    xray_ = makeTextButton(theme, QStringLiteral("eye"), {}, this);
    row->addWidget(status_);
    row->addStretch(1);
    row->addWidget(open_);
    row->addWidget(xray_);
    content()->addLayout(row);
    problem_ = new QLabel(this);
    problem_->setWordWrap(true);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    problem_->hide();
    content()->addWidget(problem_);
    const auto color = [this] { setTextColor(problem_, context_.theme, Token::Bad); };
    color();
    connect(&theme, &Theme::changed, this, color);
    facts_ = new QGridLayout;
    facts_->setHorizontalSpacing(theme.gap(2));
    facts_->setVerticalSpacing(theme.gap(1));
    facts_->setColumnStretch(1, 1);
    const auto count = static_cast<int>(laneFacts({}, nullptr).size());
    for (int i = 0; i < count; ++i) {
        auto* label = makeCaption(theme, {}, this);
        auto* value = new QLabel(this);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        value->setFont(theme.tabularFont());
        connect(&theme, &Theme::changed, value, [value, &theme] { value->setFont(theme.tabularFont()); });
        facts_->addWidget(label, i, 0, Qt::AlignTop);
        facts_->addWidget(value, i, 1);
        factLabels_.emplace_back(label, value);
    }
    content()->addLayout(facts_);
    connect(open_, &QToolButton::clicked, this, [this] {
        if (record_) context_.navigator.navigate(QStringLiteral("requests"), toQt(record_->requestId));
    });
    connect(xray_, &QToolButton::clicked, this, [this] {
        if (record_) context_.navigator.navigate(QStringLiteral("requests"), QStringLiteral("xray:") + toQt(record_->requestId));
    });
}

void LaneCard::setNumber(int number) {
    number_ = number;
    setObjectName(QStringLiteral("lane%1").arg(number));
    const auto name = [&](QWidget* widget, const char* part) { widget->setObjectName(QStringLiteral("lane%1%2").arg(number).arg(QLatin1String(part))); };
    name(target_, "Target"), name(arm_, "Arm"), name(model_, "Model"), name(output_, "Output"), name(status_, "Status"), name(copy_, "Copy"), name(remove_, "Remove");
    name(open_, "Open"), name(xray_, "Xray"), name(path_, "Path"), name(host_, "Host"), name(headers_, "Headers"), name(more_, "More"), name(problem_, "Problem");
    for (std::size_t i = 0; i < factLabels_.size(); ++i) factLabels_[i].second->setObjectName(QStringLiteral("lane%1Fact%2").arg(number).arg(i));
    retranslate();
}

void LaneCard::retranslate() {
    setTitle(tr("Lane %1", "title of a column that a prompt is sent through").arg(number_));
    targetLabel_->setText(tr("Route"));
    armLabel_->setText(tr("Arm", "label: backend of a split"));
    modelLabel_->setText(tr("Model"));
    pathLabel_->setText(tr("Path"));
    hostLabel_->setText(tr("Host"));
    headersLabel_->setText(tr("Header fields"));
    const auto named = [this](QWidget* widget, const QString& what) { widget->setAccessibleName(tr("%1 of lane %2", "%1 a field").arg(what).arg(number_)); };
    named(target_, tr("Route"));
    named(arm_, tr("Arm", "label: backend of a split"));
    named(model_, tr("Model"));
    named(path_, tr("Path"));
    named(host_, tr("Host"));
    named(headers_, tr("Header fields"));
    named(output_, tr("Answer", "of a model"));
    named(copy_, tr("Copy as"));
    named(open_, tr("Request", "button: open the record of a request"));
    named(xray_, tr("X-ray"));
    headers_->setPlaceholderText(tr("Name: value, one a line; not kept in the history"));
    host_->setPlaceholderText(tr("as the address"));
    const auto more = tr("Path, host and header fields of lane %1").arg(number_);
    more_->setToolTip(more);
    more_->setAccessibleName(more);
    const auto remove = tr("Remove lane %1").arg(number_);
    remove_->setToolTip(remove);
    remove_->setAccessibleName(remove);
    copy_->setText(tr("Copy as", "button with a menu of languages"));
    open_->setText(tr("Request", "button: open the record of a request"));
    xray_->setText(tr("X-ray"));
    if (target_->count() > 0) target_->setItemText(target_->count() - 1, tr("Path of my own"));
    if (arm_->count() > 0) arm_->setItemText(0, tr("as the split draws", "which backend of a split answers"));
    output_->setPlaceholderText(tr("The answer appears here."));
    show();
}

void LaneCard::setTargets(const std::vector<PlaygroundTarget>& targets, int wanted) {
    const auto before = target_->count() > 0 ? target_->currentText() : QString();
    targets_ = targets;
    target_->clear();
    for (const auto& target : targets_) {
        target_->addItem(target.name);
        target_->setItemData(target_->count() - 1, target.detail, Qt::ToolTipRole);
    }
    target_->addItem(tr("Path of my own"));
    const int kept = before.isEmpty() ? -1 : target_->findText(before);
    target_->setCurrentIndex(kept >= 0 ? kept : std::clamp(wanted, 0, target_->count() - 1));
    if (kept < 0) chooseTarget();
    fillArms();
}

const PlaygroundTarget* LaneCard::chosenTarget() const {
    const auto index = static_cast<std::size_t>(std::max(0, target_->currentIndex()));
    return index < targets_.size() ? &targets_[index] : nullptr;
}

/// What was chosen stays chosen where the split still has as many arms: an edit of weights changes nothing of it.
void LaneCard::fillArms() {
    const auto* target = chosenTarget();
    const auto arms = target != nullptr ? target->arms : QStringList();
    const int before = arm_->count() == arms.size() + 1 ? arm_->currentIndex() : 0;
    arm_->clear();
    arm_->addItem(tr("as the split draws", "which backend of a split answers"));
    arm_->addItems(arms);
    arm_->setCurrentIndex(before);
    armLabel_->setVisible(!arms.isEmpty());
    arm_->setVisible(!arms.isEmpty());
    const bool near = target == nullptr || isLoopback(addressOf(*target, context_.engine.state())) || !context_.engine.state().running;
    arm_->setEnabled(near);
    arm_->setToolTip(near ? tr("Which backend of the split answers. A chosen one is asked for by a field that only this console can write, and does not count in the split's figures.")
                          : tr("Arms can be chosen where the listener is bound to this machine's loopback address."));
}

void LaneCard::chooseTarget() {
    fillArms();
    const auto* target = chosenTarget();
    if (target == nullptr) {
        more_->setChecked(true);
        return;
    }
    const auto& chosen = *target;
    path_->setText(toQt(chosen.target.path));
    host_->setText(toQt(chosen.target.host));
    QStringList lines;
    for (const auto& [name, value] : chosen.target.headers) lines << toQt(name + ": " + value);
    headers_->setPlainText(lines.join(QLatin1Char('\n')));
    if (!chosen.model.isEmpty()) model_->setText(chosen.model);
}

void LaneCard::setRemovable(bool removable) { remove_->setVisible(removable); }
void LaneCard::setModel(const QString& model) { model_->setText(model); }
QString LaneCard::model() const { return model_->text().trimmed(); }

lab::PromptTarget LaneCard::target() const {
    lab::PromptTarget out;
    PlaygroundTarget where;
    if (const auto* chosen = chosenTarget()) where = *chosen;
    out.address = addressOf(where, context_.engine.state());
    out.path = path_->text().trimmed().toStdString();
    out.host = host_->text().trimmed().toStdString();
    for (const auto& line : headers_->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const auto colon = line.indexOf(QLatin1Char(':'));
        if (colon > 0) out.headers.emplace_back(line.left(colon).trimmed().toStdString(), line.mid(colon + 1).trimmed().toStdString());
    }
    const auto port = where.port != 0 ? where.port : portOf(out.address, context_.engine.state());
    out.caPem = context_.engine.listenerCertificates(port);
    out.tls = where.tls || !out.caPem.empty();
    if (out.tls && out.host.empty()) out.host = nameIn(out.caPem);
    if (out.tls) out.identityPem = identityPem_;
    return out;
}

Result<std::pair<lab::PromptRequest, lab::PromptTarget>> LaneCard::request(lab::Prompt prompt) const {
    prompt.model = model().toStdString();
    auto where = target();
    if (where.address.empty()) where.address = "127.0.0.1";
    auto made = lab::writePrompt(prompt, where);
    if (!made) return tl::unexpected(made.error());
    return std::pair(std::move(*made), std::move(where));
}

void LaneCard::fail(const QString& sentence) {
    error_ = sentence;
    show();
}

void LaneCard::send(lab::Prompt prompt) {
    if (running_) return;
    if (call_ != 0) client_.forget(call_);
    call_ = 0;
    answer_.reset();
    record_.reset();
    error_.clear();
    shown_.clear();
    output_->clear();
    if (!context_.engine.state().running) return fail(tr("The gateway is not running."));
    auto where = target();
    if (where.address.empty()) return fail(tr("The listener of this route is not open."));
    if (!where.path.starts_with('/')) return fail(tr("The path must begin with a slash."));
    if (model().isEmpty()) return fail(tr("Name a model."));
    prompt.model = model().toStdString();
    // Written into this one request and nowhere else: what is copied as a program has no use for it.
    if (arm_->currentIndex() > 0 && arm_->isVisibleTo(this) && arm_->isEnabled()) {
        auto field = context_.engine.armField(static_cast<std::size_t>(arm_->currentIndex() - 1));
        if (!field.first.empty()) where.headers.push_back(std::move(field));
    }
    const auto sent = client_.send(prompt, where);
    if (!sent) return fail(coreSentence(sent.error().message));
    call_ = *sent;
    running_ = true;
    look();
    emit stateChanged();
}

void LaneCard::cancel() {
    if (running_) client_.cancel(call_);
}

void LaneCard::look() {
    if (call_ == 0) return;
    answer_ = client_.look(call_);
    if (answer_ && answer_->over() && running_) {
        running_ = false;
        findRecord();
        emit stateChanged();
    }
    show();
}

void LaneCard::findRecord() {
    if (record_ || !answer_ || answer_->requestId.empty()) return;
    const auto* found = context_.engine.findRequest(toQt(answer_->requestId));
    if (found == nullptr) return;
    record_ = *found;
    show();
}

void LaneCard::show() {
    lab::PromptAnswer none;
    none.totalMicros = -1;
    const auto& answer = answer_ ? *answer_ : none;
    if (answer_) {
        QString text;
        if (!answer.thinking.empty()) text += tr("Thinking: %1", "before what a model thought").arg(toQt(answer.thinking)) + QStringLiteral("\n\n");
        text += toQt(answer.text);
        if (!answer.toolCalls.empty()) text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + tr("Calls: %1", "before the tools that a model calls").arg(toQt(answer.toolCalls));
        if (text != shown_) {
            const bool atEnd = output_->verticalScrollBar()->value() >= output_->verticalScrollBar()->maximum() - 2;
            // What is there stays: selection and scrolling live through a stream.
            if (text.startsWith(shown_)) {
                QTextCursor end(output_->document());
                end.movePosition(QTextCursor::End);
                end.insertText(text.mid(shown_.size()));
            } else {
                output_->setPlainText(text);
            }
            shown_ = text;
            if (atEnd) output_->verticalScrollBar()->setValue(output_->verticalScrollBar()->maximum());
        }
    }
    using State = lab::PromptAnswer::State;
    auto problem = error_;
    if (problem.isEmpty() && answer.state == State::Failed) problem = coreSentence(answer.error);
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    const auto kind = !error_.isEmpty() || answer.state == State::Failed ? StatusChip::Kind::Bad
                      : answer.state == State::Done                      ? StatusChip::Kind::Ok
                      : running_                                         ? StatusChip::Kind::Accent
                                                                         : StatusChip::Kind::Neutral;
    status_->set(kind, !error_.isEmpty() ? tr("Not sent") : answer_ ? laneStateText(answer) : tr("Ready", "nothing was sent yet"));
    const auto facts = laneFacts(answer, record_ ? &*record_ : nullptr);
    for (std::size_t i = 0; i < factLabels_.size(); ++i) {
        factLabels_[i].first->setText(facts[i].label);
        factLabels_[i].second->setText(facts[i].value);
        factLabels_[i].second->setToolTip(facts[i].help);
    }
    open_->setEnabled(record_.has_value());
    xray_->setEnabled(record_.has_value());
}

}  // namespace gatehouse::ui
