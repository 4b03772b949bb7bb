#include "playground/playground_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "net/tls.h"
#include "playground/lane_card.h"
#include "playground/playground_targets.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kLookMillis = 100;
constexpr int kHistoryCharacters = 60;

}  // namespace

PlaygroundPage::PlaygroundPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("playground"), parent) {
    buildControls();
    buildPrompt();
    // In a low window, or with large text, lanes are looked at piece by piece.
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setProperty("bare", true);
    scroll->setFocusPolicy(Qt::NoFocus);
    columns_ = new QSplitter(Qt::Horizontal, scroll);
    columns_->setChildrenCollapsible(false);
    scroll->setWidget(columns_);
    scroll->viewport()->setAutoFillBackground(false);
    columns_->setAutoFillBackground(false);
    body()->addWidget(scroll, 1);
    for (int i = 0; i < kFewest; ++i) addLane();
    looking_.setInterval(kLookMillis);
    connect(&looking_, &QTimer::timeout, this, &PlaygroundPage::look);
    connect(&context.document, &WorkspaceDocument::changed, this, [this] {
        if (isActive()) readTargets();
    });
    connect(&context.engine, &EngineBridge::requestsAppended, this, [this] {
        if (!isActive()) return;
        for (auto* lane : lanes_) lane->findRecord();
    });
    readTargets();
    retranslate();
    onStateChanged();
}

PlaygroundPage::~PlaygroundPage() {
    // Lanes let go of their requests, which the client must outlive.
    for (auto* lane : lanes_) delete lane;
}

QString PlaygroundPage::title() const { return tr("Playground", "title of the view"); }

void PlaygroundPage::buildControls() {
    auto& theme = context().theme;
    past_ = makeTextButton(theme, QStringLiteral("history"), {}, this);
    past_->setObjectName(QStringLiteral("playgroundHistory"));
    add_ = makeTextButton(theme, QStringLiteral("add"), {}, this);
    add_->setObjectName(QStringLiteral("playgroundAdd"));
    cancel_ = new QPushButton(this);
    cancel_->setObjectName(QStringLiteral("playgroundCancel"));
    send_ = new QPushButton(this);
    send_->setObjectName(QStringLiteral("playgroundSend"));
    makePrimary(send_);
    for (QWidget* widget : {static_cast<QWidget*>(past_), static_cast<QWidget*>(add_), static_cast<QWidget*>(cancel_), static_cast<QWidget*>(send_)}) titleControls()->addWidget(widget);
    connect(past_, &QToolButton::clicked, this, &PlaygroundPage::showHistory);
    connect(add_, &QToolButton::clicked, this, [this] {
        addLane();
        readTargets();
    });
    connect(cancel_, &QPushButton::clicked, this, &PlaygroundPage::cancel);
    connect(send_, &QPushButton::clicked, this, &PlaygroundPage::send);
    auto& actions = context().actions;
    actions.add(this, QStringLiteral("playground.send"), tr("Playground"), tr("Send the prompt through all lanes"), QKeySequence(), [this] { send(); });
    actions.add(this, QStringLiteral("playground.cancel"), tr("Playground"), tr("Cancel what is under way"), QKeySequence(), [this] { cancel(); });
    actions.add(this, QStringLiteral("playground.clearHistory"), tr("Playground"), tr("Clear the history of prompts"), QKeySequence(), [this] { history_.clear(); });
}

void PlaygroundPage::buildPrompt() {
    auto& theme = context().theme;
    promptCard_ = new Card(theme, {}, this);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(theme.gap(3));
    grid->setVerticalSpacing(theme.gap(1));
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 2);
    systemLabel_ = new QLabel(promptCard_);
    userLabel_ = new QLabel(promptCard_);
    system_ = new QPlainTextEdit(promptCard_);
    system_->setObjectName(QStringLiteral("playgroundSystem"));
    user_ = new QPlainTextEdit(promptCard_);
    user_->setObjectName(QStringLiteral("playgroundPrompt"));
    for (auto* edit : {system_, user_}) {
        edit->setTabChangesFocus(true);
        edit->installEventFilter(this);
    }
    systemLabel_->setBuddy(system_);
    userLabel_->setBuddy(user_);
    grid->addWidget(systemLabel_, 0, 0);
    grid->addWidget(userLabel_, 0, 1);
    grid->addWidget(system_, 1, 0);
    grid->addWidget(user_, 1, 1);
    promptCard_->content()->addLayout(grid);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    temperatureLabel_ = new QLabel(promptCard_);
    temperature_ = new QDoubleSpinBox(promptCard_);
    temperature_->setObjectName(QStringLiteral("playgroundTemperature"));
    temperature_->setRange(-0.1, 2.0);
    temperature_->setSingleStep(0.1);
    temperature_->setDecimals(1);
    temperature_->setValue(-0.1);
    temperatureLabel_->setBuddy(temperature_);
    tokensLabel_ = new QLabel(promptCard_);
    tokens_ = new QSpinBox(promptCard_);
    tokens_->setObjectName(QStringLiteral("playgroundTokens"));
    tokens_->setRange(0, 1'000'000);
    tokens_->setSingleStep(64);
    tokens_->setValue(256);
    tokens_->setGroupSeparatorShown(true);
    tokensLabel_->setBuddy(tokens_);
    stream_ = new QCheckBox(promptCard_);
    stream_->setObjectName(QStringLiteral("playgroundStream"));
    stream_->setChecked(true);
    for (QWidget* widget : {static_cast<QWidget*>(temperatureLabel_), static_cast<QWidget*>(temperature_), static_cast<QWidget*>(tokensLabel_), static_cast<QWidget*>(tokens_)})
        row->addWidget(widget);
    row->addStretch(1);
    identity_ = makeTextButton(theme, QStringLiteral("key"), {}, promptCard_);
    identity_->setObjectName(QStringLiteral("playgroundIdentity"));
    // Large text leaves the row below no room for them.
    promptCard_->actions()->addWidget(stream_);
    promptCard_->actions()->addWidget(identity_);
    connect(identity_, &QToolButton::clicked, this, &PlaygroundPage::offerIdentity);
    promptCard_->content()->addLayout(row);
    body()->addWidget(promptCard_);
    const auto sizes = [this, &theme] {
        for (auto* edit : {system_, user_}) edit->setFixedHeight(QFontMetrics(theme.bodyFont()).lineSpacing() * 3 + theme.gap(4));
    };
    sizes();
    connect(&theme, &Theme::changed, this, sizes);
    connect(user_, &QPlainTextEdit::textChanged, this, &PlaygroundPage::onStateChanged);
    user_->setPlainText(tr("Explain in two sentences what a gateway does."));
}

void PlaygroundPage::retranslate() {
    View::retranslate();
    past_->setText(tr("History", "button: prompts that were sent before"));
    add_->setText(tr("Add a lane", "button"));
    cancel_->setText(tr("Cancel", "button: stop what is under way"));
    send_->setText(tr("Send", "button: send the prompt"));
    send_->setToolTip(tr("Sends the prompt through all lanes (Ctrl+Return in the prompt)"));
    promptCard_->setTitle(tr("Prompt"));
    promptCard_->setCaption(tr("the same for all lanes"));
    systemLabel_->setText(tr("System prompt"));
    userLabel_->setText(tr("Message", "of the user, to the model"));
    temperatureLabel_->setText(tr("Temperature"));
    tokensLabel_->setText(tr("At most, tokens", "label: limit of the answer"));
    temperature_->setSpecialValueText(tr("not said", "value of a setting that is left out"));
    tokens_->setSpecialValueText(tr("not said", "value of a setting that is left out"));
    stream_->setText(tr("Stream the answer"));
    setIdentity(identityName_, identityPem_);
    for (auto* lane : lanes_) lane->retranslate();
    onStateChanged();
}

/// A file once chosen can be changed or given up; else it is asked for at once.
void PlaygroundPage::offerIdentity() {
    if (identityName_.isEmpty()) return chooseIdentity();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("playgroundIdentityMenu"));
    connect(menu->addAction(tr("Choose another certificate…")), &QAction::triggered, this, &PlaygroundPage::chooseIdentity);
    connect(menu->addAction(tr("Show no certificate")), &QAction::triggered, this, [this] { setIdentity({}, {}); });
    menu->popup(identity_->mapToGlobal(QPoint(0, identity_->height())));
}

void PlaygroundPage::chooseIdentity() {
    const auto path = context().dialogs.chooseOpenFile(this, tr("A client's certificate and its key"), {}, tr("PEM (*.pem *.crt);;All files (*)"));
    if (path.isEmpty()) return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return messages().show(MessageBar::Kind::Error, tr("%1 cannot be read: %2").arg(path, file.errorString()));
    constexpr qint64 kLargest = 1024 * 1024;
    auto pem = file.read(kLargest).toStdString();
    if (!net::checkKeyMatches(pem, pem))
        return messages().show(MessageBar::Kind::Error, tr("%1 must hold a certificate and the private key that belongs to it, both as PEM.").arg(path));
    setIdentity(QFileInfo(path).fileName(), std::move(pem));
}

void PlaygroundPage::setIdentity(const QString& name, std::string pem) {
    identityName_ = name;
    identityPem_ = std::move(pem);
    identity_->setText(name.isEmpty() ? tr("Client certificate…", "button: to be shown to listeners that ask for one") : name);
    identity_->setToolTip(tr("A file with a certificate and its key, shown to listeners with TLS that ask for one. It stays in memory."));
    for (auto* lane : lanes_) lane->setIdentity(identityPem_);
}

void PlaygroundPage::setActive(bool active) {
    View::setActive(active);
    if (!active) {
        looking_.stop();
        return;
    }
    readTargets();
    look();
    if (isRunning()) looking_.start();
}

bool PlaygroundPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers().testFlag(Qt::ControlModifier)) {
            send();
            return true;
        }
    }
    return View::eventFilter(watched, event);
}

void PlaygroundPage::addLane() {
    if (lanes_.size() >= std::size_t(kMost)) return;
    auto* lane = new LaneCard(context(), client_, static_cast<int>(lanes_.size()) + 1, columns_);
    lane->setModel(lanes_.empty() ? usualModel() : lanes_.back()->model());
    columns_->addWidget(lane);
    columns_->setStretchFactor(columns_->indexOf(lane), 1);
    lane->setIdentity(identityPem_);
    lanes_.push_back(lane);
    connect(lane, &LaneCard::stateChanged, this, &PlaygroundPage::onStateChanged);
    connect(lane, &LaneCard::removeWanted, this, [this, lane] { removeLane(lane); });
    connect(lane, &LaneCard::copyWanted, this, [this, lane](CodeLanguage language) { copyCode(*lane, language); });
    renumber();
}

void PlaygroundPage::removeLane(LaneCard* lane) {
    if (lanes_.size() <= std::size_t(kFewest)) return;
    std::erase(lanes_, lane);
    lane->letGo();
    lane->setParent(nullptr);
    lane->deleteLater();  // It is its own button that asks.
    renumber();
}

void PlaygroundPage::renumber() {
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        lanes_[i]->setNumber(static_cast<int>(i) + 1);
        lanes_[i]->setRemovable(lanes_.size() > std::size_t(kFewest));
    }
    QList<int> equal;
    for (std::size_t i = 0; i < lanes_.size(); ++i) equal << 1'000;
    columns_->setSizes(equal);
    onStateChanged();
}

/// The model of the newest request to one, as a person who tries things wants it.
QString PlaygroundPage::usualModel() const {
    const auto& requests = context().engine.requests();
    const auto found = std::find_if(requests.rbegin(), requests.rend(), [](const auto& record) { return !record.model.empty(); });
    return found == requests.rend() ? QString() : toQt(found->model);
}

void PlaygroundPage::readTargets() {
    const auto objects = context().document.objects();
    if (!objects) return;
    const auto targets = playgroundTargets(*objects);
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        // Two ways of one route to begin with: what is compared most often.
        lanes_[i]->setTargets(targets, targets.empty() ? 0 : static_cast<int>(i % targets.size()));
        if (lanes_[i]->model().isEmpty()) lanes_[i]->setModel(usualModel());
    }
    if (targets.empty()) {
        messages().show(MessageBar::Kind::Info, tr("No route of this workspace leads to a model. A lane can be given a path of its own."),
                        {{tr("Open Routes"), [this] { context().navigator.navigate(QStringLiteral("routes"), {}); }}});
        firstTargets_ = true;
    } else if (std::exchange(firstTargets_, false)) {
        messages().dismiss();
    }
}

lab::Prompt PlaygroundPage::prompt() const {
    lab::Prompt out;
    out.system = system_->toPlainText().trimmed().toStdString();
    out.user = user_->toPlainText().toStdString();
    if (temperature_->value() >= 0) out.temperature = temperature_->value();
    if (tokens_->value() > 0) out.maxTokens = tokens_->value();
    out.stream = stream_->isChecked();
    return out;
}

bool PlaygroundPage::isRunning() const {
    return std::any_of(lanes_.begin(), lanes_.end(), [](const LaneCard* lane) { return lane->isRunning(); });
}

void PlaygroundPage::send() {
    if (isRunning() || user_->toPlainText().trimmed().isEmpty()) return;
    const auto what = prompt();
    history_.add({system_->toPlainText().trimmed(), user_->toPlainText(), what.temperature.value_or(-1), static_cast<int>(what.maxTokens.value_or(0))});
    for (auto* lane : lanes_) lane->send(what);
    if (isRunning()) looking_.start();
    onStateChanged();
}

void PlaygroundPage::cancel() {
    for (auto* lane : lanes_) lane->cancel();
}

void PlaygroundPage::look() {
    for (auto* lane : lanes_)
        if (lane->isRunning()) lane->look();
    if (!isRunning()) looking_.stop();
}

void PlaygroundPage::onStateChanged() {
    const bool running = isRunning();
    const bool empty = user_->toPlainText().trimmed().isEmpty();
    send_->setEnabled(!running && !empty);
    cancel_->setEnabled(running);
    add_->setEnabled(lanes_.size() < std::size_t(kMost));
    add_->setToolTip(add_->isEnabled() ? QString() : tr("There are at most %1 lanes.").arg(kMost));
}

void PlaygroundPage::copyCode(LaneCard& lane, CodeLanguage language) {
    const auto made = lane.request(prompt());
    if (!made) {
        messages().show(MessageBar::Kind::Error, coreSentence(made.error().message));
        return;
    }
    QGuiApplication::clipboard()->setText(promptCode(language, made->first, made->second, stream_->isChecked()));
    messages().show(MessageBar::Kind::Ok, tr("Copied."));
}

void PlaygroundPage::fillIn(const HistoryEntry& entry) {
    system_->setPlainText(entry.system);
    user_->setPlainText(entry.user);
    temperature_->setValue(entry.temperature >= 0 ? entry.temperature : temperature_->minimum());
    tokens_->setValue(entry.maxTokens);
}

void PlaygroundPage::showHistory() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("playgroundHistoryMenu"));
    for (const auto& entry : history_.entries()) {
        auto text = entry.user.simplified();
        if (text.size() > kHistoryCharacters) text = text.left(kHistoryCharacters) + QStringLiteral("…");
        connect(menu->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&"))), &QAction::triggered, this, [this, entry] { fillIn(entry); });
    }
    if (history_.entries().empty()) menu->addAction(tr("No prompt was sent yet."))->setEnabled(false);
    menu->addSeparator();
    auto* clear = menu->addAction(tr("Clear the history"));
    clear->setObjectName(QStringLiteral("playgroundClear"));
    clear->setEnabled(!history_.entries().empty());
    connect(clear, &QAction::triggered, this, [this] { history_.clear(); });
    menu->popup(past_->mapToGlobal(QPoint(0, past_->height())));
}

}  // namespace gatehouse::ui
