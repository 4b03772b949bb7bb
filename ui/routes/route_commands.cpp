#include "routes/route_commands.h"

#include "bridge/workspace_document.h"
#include "editors/form_edits.h"
#include "editors/templates.h"
#include "editors/workspace_facts.h"
#include "models/core_sentence.h"
#include "routes/route_rules.h"
#include "routes/routes_tree.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QAbstractItemView>

namespace gatehouse::ui {
namespace {

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

RouteCommands::RouteCommands(ViewContext& context, WorkspaceFacts& facts, MessageBar& messages, QAbstractItemView* list,
                             std::function<const RouteNode*()> current)
    : QObject(list), context_(context), facts_(facts), messages_(messages), list_(list), current_(std::move(current)) {
    connect(&addMenu_, &QMenu::aboutToShow, this, &RouteCommands::fillAddMenu);
    const auto local = [&](const QKeySequence& keys, const QString& icon, void (RouteCommands::*run)()) {
        auto* action = moreMenu_.addAction(context_.theme.icon(icon, Token::Text), QString());
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);  // Delete in a text field must never delete a route.
        list_->addAction(action);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    rename_ = local(QKeySequence(Qt::Key_F2), QStringLiteral("edit"), &RouteCommands::rename);
    duplicate_ = local(QKeySequence(Qt::CTRL | Qt::Key_D), QStringLiteral("copy"), &RouteCommands::duplicate);
    remove_ = local(QKeySequence(QKeySequence::Delete), QStringLiteral("trash"), &RouteCommands::remove);
    moreMenu_.addSeparator();
    target_ = moreMenu_.addAction(context_.theme.icon(QStringLiteral("link"), Token::Text), QString(), this, &RouteCommands::targetWanted);
    target_->setObjectName(QStringLiteral("showTarget"));
    endpoints_ = moreMenu_.addAction(context_.theme.icon(QStringLiteral("pod"), Token::Text), QString(), this, &RouteCommands::showEndpoints);
    endpoints_->setObjectName(QStringLiteral("showEndpoints"));
    const auto enable = [this] { target_->setEnabled(current_() && current_()->kind == RouteNode::Kind::Backend); };
    connect(&moreMenu_, &QMenu::aboutToShow, this, enable);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(list_, &QWidget::customContextMenuRequested, this, &RouteCommands::popup);
    retranslate();
    registerActions();
}

void RouteCommands::registerActions() {
    const auto category = tr("Routes");
    const auto add = [&](const char* id, const QString& text, const char* what) {
        context_.actions.add(this, QLatin1String(id), category, text, {}, [this, what = QString::fromLatin1(what)] { addHere(what); });
    };
    add("routes.addGateway", tr("Add gateway"), "gateway");
    add("routes.addRoute", tr("Add route"), "route");
    add("routes.addRule", tr("Add rule to this route"), "rule");
    add("routes.addListener", tr("Add listener to this gateway"), "listener");
    add("routes.addTlsListener", tr("Add HTTPS listener to this gateway"), "tlsListener");
    add("routes.addPassthrough", tr("Add TLS passthrough listener to this gateway"), "passthrough");
    add("routes.addListenerSet", tr("Add listener set to this gateway"), "listenerSet");
    add("routes.addListenerPolicy", tr("Add settings of listeners to this gateway"), "listenerPolicy");
    add("routes.addGrpcRoute", tr("Add gRPC route"), "grpcRoute");
    add("routes.addTlsRoute", tr("Add TLS route"), "tlsRoute");
    add("routes.addTlsPolicy", tr("Encrypt connections to this Service"), "tlsPolicy");
}

void RouteCommands::retranslate() {
    rename_->setText(tr("Rename…"));
    duplicate_->setText(tr("Duplicate"));
    remove_->setText(tr("Delete"));
    target_->setText(tr("Go to this backend"));
    endpoints_->setText(tr("Show its endpoints"));
}

void RouteCommands::popup(const QPoint& at) {
    QMenu menu(list_);
    fillAddMenu();
    menu.addActions(addMenu_.actions());
    menu.addSeparator();
    menu.addActions(moreMenu_.actions());
    menu.exec(list_->viewport()->mapToGlobal(at));
}

void RouteCommands::apply(PreparedEdit prepared) {
    emit aboutToEdit();
    const auto done = context_.document.push(std::move(prepared.edit));
    if (!done) {
        messages_.show(MessageBar::Kind::Error, coreSentence(done.error().message));
        return;
    }
    messages_.dismiss();
    if (!prepared.object.kind.empty()) emit made(prepared.object, prepared.at);
}

void RouteCommands::addHere(const QString& what) {
    if (!context_.document.isOpen()) return;
    const auto& workspace = context_.document.workspace();
    const auto* node = current_();
    if (what == QLatin1String("gateway")) return apply(addGateway(workspace));
    if (what == QLatin1String("route")) return addRouteHere("HTTPRoute");
    if (what == QLatin1String("grpcRoute")) return addRouteHere("GRPCRoute");
    if (what == QLatin1String("tlsRoute")) return addRouteHere("TLSRoute");
    if (what == QLatin1String("listener")) return addListenerHere(ListenerKind::Http);
    if (what == QLatin1String("tlsListener")) return addListenerHere(ListenerKind::Https);
    if (what == QLatin1String("passthrough")) return addListenerHere(ListenerKind::Passthrough);
    const auto gateways = facts_.objects() ? facts_.objects()->ofKind("Gateway") : std::vector<const config::Object*>{};
    if (what == QLatin1String("listenerSet")) {
        if (node && node->object.kind == "Gateway") return apply(addListenerSet(workspace, node->object));
        if (gateways.size() == 1) return apply(addListenerSet(workspace, gateways.front()->key));
        return messages_.show(MessageBar::Kind::Info, tr("Choose the gateway that should get the listener."));
    }
    if (what == QLatin1String("listenerPolicy")) {
        const bool here = node && node->object.kind == "Gateway";
        if (here) return apply(addListenerPolicy(workspace, node->object, node->kind == RouteNode::Kind::Listener ? node->section : std::string()));
        if (gateways.size() == 1) return apply(addListenerPolicy(workspace, gateways.front()->key, {}));
        return messages_.show(MessageBar::Kind::Info, tr("Choose the gateway whose listeners the settings are for."));
    }
    if (what == QLatin1String("tlsPolicy")) {
        const auto service = serviceHere();
        if (!service.kind.empty()) return apply(addBackendTlsPolicy(workspace, service));
        return messages_.show(MessageBar::Kind::Info, tr("Choose a Service, or a rule's reference to one."));
    }
    if (what == QLatin1String("rule")) {
        if (node && isRouteKind(node->object.kind) && node->object.kind != "TLSRoute") return apply(addRule(workspace, node->object));
        messages_.show(MessageBar::Kind::Info, tr("Choose the route that should get the rule."));
    }
}

void RouteCommands::addRouteHere(std::string_view kind) {
    const auto* node = current_();
    const bool atParent = node && (node->object.kind == "Gateway" || node->object.kind == "ListenerSet");
    const auto gateways = facts_.objects() ? facts_.objects()->ofKind("Gateway") : std::vector<const config::Object*>{};
    const auto parent = atParent ? node->object : gateways.empty() ? config::ObjectKey{} : gateways.front()->key;
    apply(addRoute(context_.document.workspace(), parent, atParent && node->kind == RouteNode::Kind::Listener ? node->section : std::string(), kind));
}

void RouteCommands::addListenerHere(ListenerKind kind) {
    const auto* node = current_();
    const auto& workspace = context_.document.workspace();
    if (node && (node->object.kind == "Gateway" || node->object.kind == "ListenerSet")) return apply(addListener(workspace, node->object, kind));
    const auto gateways = facts_.objects() ? facts_.objects()->ofKind("Gateway") : std::vector<const config::Object*>{};
    if (gateways.size() == 1) return apply(addListener(workspace, gateways.front()->key, kind));
    messages_.show(MessageBar::Kind::Info, tr("Choose the gateway that should get the listener."));
}

/// The Service that is chosen, or that the chosen reference leads to.
config::ObjectKey RouteCommands::serviceHere() const {
    const auto* node = current_();
    if (!node) return {};
    const auto& key = node->kind == RouteNode::Kind::Backend ? node->target : node->object;
    return key.kind == "Service" && key.group.empty() ? key : config::ObjectKey{};
}

void RouteCommands::showEndpoints() {
    const auto* node = current_();
    const auto key = !node ? config::ObjectKey{} : node->kind == RouteNode::Kind::Backend ? node->target : node->object;
    // Pods of a pool have a table of their own, with what the picker knows of them.
    if (key.kind == "InferencePool") return context_.navigator.navigate(QStringLiteral("dashboard"), toQString(key.id()));
    const bool backend = key.kind == "Service" || key.kind == "Backend" || key.kind == "AgentgatewayBackend";
    context_.navigator.navigate(QStringLiteral("dashboard"), QStringLiteral("endpoints:") + (backend ? toQString(key.name) : QString()));
}

void RouteCommands::fillAddMenu() {
    addMenu_.clear();
    auto& theme = context_.theme;
    const auto* node = current_();
    const bool atRoute = node && isRouteKind(node->object.kind);
    const auto entry = [&](const char* icon, const QString& text, const char* what, bool enabled, const QString& why) {
        auto* action = addMenu_.addAction(theme.icon(QLatin1String(icon), Token::Text), text);
        action->setObjectName(QStringLiteral("add.") + QLatin1String(what));
        action->setEnabled(enabled);
        if (!enabled) action->setToolTip(why);
        connect(action, &QAction::triggered, this, [this, what = QString::fromLatin1(what)] { addHere(what); });
    };
    addMenu_.setToolTipsVisible(true);
    entry("gateway", tr("Gateway"), "gateway", true, {});
    entry("listener", tr("Listener set"), "listenerSet", node != nullptr, tr("Choose a gateway first."));
    entry("listener", tr("Listener"), "listener", node != nullptr, tr("Choose a gateway first."));
    entry("lock", tr("HTTPS listener"), "tlsListener", node != nullptr, tr("Choose a gateway first."));
    entry("lock", tr("TLS passthrough listener"), "passthrough", node != nullptr, tr("Choose a gateway first."));
    entry("settings", tr("Settings of listeners"), "listenerPolicy", node != nullptr, tr("Choose a gateway first."));
    addMenu_.addSeparator();
    entry("route", tr("Route"), "route", true, {});
    entry("route", tr("gRPC route"), "grpcRoute", true, {});
    entry("route", tr("TLS route"), "tlsRoute", true, {});
    entry("rule", tr("Rule in this route"), "rule", atRoute && node->object.kind != "TLSRoute", tr("Choose a route first."));
    entry("lock", tr("TLS to this Service"), "tlsPolicy", !serviceHere().kind.empty(), tr("Choose a Service, or a rule's reference to one."));
    if (atRoute && facts_.objects()) {
        fillBackendMenu(*node);
    } else {
        auto* backends = addMenu_.addMenu(theme.icon(QStringLiteral("backend"), Token::Text), tr("Backend of this rule"));
        backends->setEnabled(false);
    }
}

void RouteCommands::fillBackendMenu(const RouteNode& route) {
    auto* backends = addMenu_.addMenu(context_.theme.icon(QStringLiteral("backend"), Token::Text), tr("Backend of this rule"));
    const auto rule = ruleAt(route.path);
    for (const auto& candidate : backendCandidates(*facts_.objects(), route.object.ns)) {
        auto* action = backends->addAction(toQString(candidate.kind + " " + candidate.name + (candidate.ns == route.object.ns ? "" : " (" + candidate.ns + ")")));
        connect(action, &QAction::triggered, this, [this, key = route.object, rule, candidate] {
            apply(addBackendRef(context_.document.workspace(), key, rule, candidate));
        });
    }
    if (backends->isEmpty()) backends->addAction(tr("The workspace has no Service, InferencePool or Backend"))->setEnabled(false);
}

void RouteCommands::rename() {
    const auto* node = current_();
    if (!node || node->object.kind.empty() || !context_.document.isOpen()) return;
    if (isPart(node->kind)) {
        emit fieldWanted(node->path.key("name"));
        return;
    }
    const auto key = node->object;
    const auto name = context_.dialogs.askText(list_, tr("Rename %1").arg(toQString(key.display())), tr("New name; what refers to it follows"), toQString(key.name));
    if (name.isEmpty() || name == toQString(key.name)) return;
    apply(renameObject(context_.document.workspace(), key, name.toStdString()));
}

void RouteCommands::duplicate() {
    const auto* node = current_();
    if (!node || node->object.kind.empty() || !context_.document.isOpen()) return;
    const auto& workspace = context_.document.workspace();
    if (isPart(node->kind))
        apply({FormEdits(workspace, node->object).duplicateItem(node->path), node->object, node->path});
    else
        apply(duplicateObject(workspace, node->object));
}

void RouteCommands::remove() {
    const auto* node = current_();
    if (!node || node->object.kind.empty() || !context_.document.isOpen()) return;
    const auto& workspace = context_.document.workspace();
    const bool part = isPart(node->kind);
    const auto text = part ? node->text : toQString(node->object.display());
    auto prepared = part ? deletePart(workspace, node->object, node->path) : deleteObject(workspace, node->object);
    prepared.object = {};
    const bool ok = prepared.edit.has_value();
    apply(std::move(prepared));
    if (ok)
        messages_.show(MessageBar::Kind::Info, tr("%1 is deleted.").arg(text), {{tr("Undo"), [this] {
                                                                                      context_.document.undoStack().undo();
                                                                                      messages_.dismiss();
                                                                                  }}});
}

}  // namespace gatehouse::ui
