#include "shell/top_bar.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "models/core_sentence.h"
#include "widgets/buttons.h"
#include "widgets/status_chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString portOf(const std::string& address) {
    return QStringLiteral(":") + QString::fromStdString(address).section(QLatin1Char(':'), -1);
}

}  // namespace

TopBar::TopBar(Theme& theme, EngineBridge& engine, WorkspaceDocument& document, QWidget* parent)
    : QWidget(parent), theme_(theme), engine_(engine), document_(document) {
    setObjectName(QStringLiteral("topBar"));
    auto* row = new QHBoxLayout(this);
    workspace_ = new QToolButton(this);
    workspace_->setObjectName(QStringLiteral("workspaceChip"));
    workspace_->setIcon(theme.icon(QStringLiteral("folder"), Token::Muted));
    workspace_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    workspace_->setPopupMode(QToolButton::InstantPopup);
    workspace_->setFocusPolicy(Qt::TabFocus);
    gateway_ = new StatusChip(theme, this);
    gateway_->setObjectName(QStringLiteral("gatewayChip"));
    edits_ = new StatusChip(theme, this);
    edits_->setObjectName(QStringLiteral("editsChip"));
    rate_ = new StatusChip(theme, this);
    rate_->setObjectName(QStringLiteral("rateChip"));
    drops_ = new StatusChip(theme, this);
    drops_->setObjectName(QStringLiteral("dropsChip"));
    actions_ = new QHBoxLayout;
    palette_ = new QToolButton(this);
    palette_->setObjectName(QStringLiteral("paletteButton"));
    palette_->setIcon(theme.icon(QStringLiteral("search"), Token::Muted));
    palette_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    palette_->setProperty("segment", QStringLiteral("only"));
    palette_->setFocusPolicy(Qt::TabFocus);
    palette_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(workspace_);
    for (StatusChip* chip : {gateway_, edits_, rate_, drops_}) row->addWidget(chip);
    row->addStretch(1);
    row->addLayout(actions_);
    row->addWidget(palette_);
    connect(gateway_, &StatusChip::clicked, this, &TopBar::gatewayClicked);
    connect(edits_, &StatusChip::clicked, this, &TopBar::editsClicked);
    connect(rate_, &StatusChip::clicked, this, &TopBar::requestsClicked);
    connect(drops_, &StatusChip::clicked, this, &TopBar::dropsClicked);
    const auto space = [this, row] {
        row->setContentsMargins(theme_.gap(2), theme_.gap(1), theme_.gap(4), theme_.gap(1) + theme_.borderWidth());
        row->setSpacing(theme_.gap(1));
        actions_->setSpacing(theme_.gap(1) / 2);
        actions_->setContentsMargins(0, 0, theme_.gap(2), 0);
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    connect(&document, &WorkspaceDocument::changed, this, &TopBar::refreshWorkspace);
    connect(&document, &WorkspaceDocument::opened, this, &TopBar::refreshWorkspace);
    connect(&document, &WorkspaceDocument::namespaceChanged, this, &TopBar::refreshWorkspace);
    connect(&document.undoStack(), &QUndoStack::indexChanged, this, &TopBar::refreshGateway);
    connect(&engine, &EngineBridge::applied, this, &TopBar::refreshGateway);
    connect(&engine, &EngineBridge::listenersChanged, this, &TopBar::refreshGateway);
    retranslate();
}

void TopBar::addAction(QAction* action, const QString& icon) {
    auto* button = makeIconButton(theme_, icon, action->text(), this);
    button->setObjectName(action->objectName() + QStringLiteral(".button"));
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        QString name = action->text();
        name.remove(QLatin1Char('&'));
        button->setAccessibleName(name);
        button->setToolTip(keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys));
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    actions_->addWidget(button);
}

void TopBar::setGatewayError(const QString& sentence) {
    gatewayError_ = sentence;
    refreshGateway();
}

void TopBar::setPaletteKeys(const QString& keys) { palette_->setText(keys.isEmpty() ? tr("Search") : keys); }

void TopBar::retranslate() {
    gateway_->setClickable(true, tr("Gateway"));
    edits_->setClickable(true, tr("Edit history"));
    rate_->setClickable(true, tr("Show requests"));
    drops_->setClickable(true, tr("Show requests"));
    palette_->setAccessibleName(tr("Search actions and objects"));
    palette_->setToolTip(tr("Search actions, views and objects"));
    refreshWorkspace();
    refreshGateway();
    refresh();
}

void TopBar::refreshWorkspace() {
    QString text = document_.isOpen() ? document_.displayName() : tr("No workspace");
    const QStringList namespaces = document_.namespaces();
    const QString shown = document_.shownNamespace();
    if (!shown.isEmpty()) text += QStringLiteral(" · ") + shown;
    else if (namespaces.size() == 1) text += QStringLiteral(" · ") + namespaces.first();
    else if (namespaces.size() > 1) text += QStringLiteral(" · ") + tr("all %n namespaces", nullptr, int(namespaces.size()));
    if (document_.isOpen() && document_.isReadOnly()) text += QStringLiteral(" · ") + tr("read-only");
    workspace_->setText(text);
    workspace_->setIcon(theme_.icon(document_.isReadOnly() ? QStringLiteral("lock") : QStringLiteral("folder"), Token::Muted));
    workspace_->setAccessibleName(tr("Workspace %1").arg(text));
    workspace_->setToolTip(document_.isOpen() ? QString::fromStdString(document_.workspace().root().string())
                                              : tr("Open a folder or the demo"));
}

void TopBar::refreshGateway() {
    const gateway::State& state = engine_.state();
    if (!engine_.running()) {
        gateway_->set(StatusChip::Kind::Bad, tr("gateway stopped"), gatewayError_);
    } else {
        QStringList ports, lines;
        bool failed = false;
        for (const auto& listener : state.listeners) {
            if (listener.address.empty()) {
                failed = true;
                lines << tr("port %1: %2").arg(listener.logicalPort).arg(coreSentence(listener.error));
                continue;
            }
            ports << portOf(listener.address);
            lines << tr("port %1 listens at %2").arg(listener.logicalPort).arg(QString::fromStdString(listener.address));
        }
        if (!state.adminAddress.empty()) lines << tr("admin at %1").arg(QString::fromStdString(state.adminAddress));
        if (failed) {
            gateway_->set(StatusChip::Kind::Bad, tr("gateway: a port is taken"), lines.join(QLatin1Char('\n')));
        } else if (ports.isEmpty()) {
            gateway_->set(StatusChip::Kind::Neutral, tr("gateway running, no listener"), {}, QStringLiteral("ring"));
        } else {
            const QString shown = ports.size() <= 2 ? ports.join(QLatin1Char(' ')) : QStringLiteral("%1 +%2").arg(ports.first()).arg(ports.size() - 1);
            gateway_->set(StatusChip::Kind::Ok, tr("gateway running %1").arg(shown), lines.join(QLatin1Char('\n')), QStringLiteral("dot"));
        }
    }
    const int edits = document_.undoStack().index();
    const auto report = engine_.report();
    const bool pending = engine_.running() && document_.isOpen() && (!report || report->revision != document_.objects()->revision);
    QString tip;
    if (report) {
        tip = tr("The last change was live after %1 ms.")
                  .arg(QLocale().toString(double(report->duration.count()) / 1000.0, 'f', 1));
    }
    edits_->set(StatusChip::Kind::Neutral, pending ? tr("applying…") : tr("%n edit(s) live", nullptr, edits), tip, QStringLiteral("history"));
}

void TopBar::refreshTraffic() {
    rate_->set(StatusChip::Kind::Neutral, tr("%1 req/s").arg(QLocale().toString(engine_.requestsPerSecond(), 'f', 1)),
               tr("Requests that the gateway finished per second, over the last three seconds"), QStringLiteral("live"));
    const quint64 drops = engine_.state().recordsDropped;
    drops_->set(drops == 0 ? StatusChip::Kind::Neutral : StatusChip::Kind::Warning, tr("%n drop(s)", nullptr, int(std::min<quint64>(drops, 1'000'000'000))),
                tr("Finished requests that were served, but came too fast to be listed here"),
                drops == 0 ? QStringLiteral("check") : QStringLiteral("warning"));
}

void TopBar::refresh() { refreshTraffic(); }

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Token::Surface));
    painter.fillRect(QRect(0, height() - theme_.borderWidth(), width(), theme_.borderWidth()), theme_.color(Token::Border));
}

}  // namespace gatehouse::ui
