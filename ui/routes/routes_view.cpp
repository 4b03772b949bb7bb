#include "routes/routes_view.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "editors/diagnostic_list.h"
#include "editors/form_edits.h"
#include "editors/object_editor.h"
#include "editors/object_text.h"
#include "editors/object_text_pane.h"
#include "editors/templates.h"
#include "routes/condition_list.h"
#include "routes/routes_model.h"
#include "routes/routes_view_impl.h"
#include "routes/try_request_panel.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int kCounterInterval = 500;  // Tables refresh at 2 Hz.
constexpr int kTryShare = 52;          // Percent of the height that a tried request gets at least.

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

View* makeRoutesView(ViewContext& context, QWidget* parent) { return new RoutesView(context, parent); }

RoutesView::RoutesView(ViewContext& context, QWidget* parent)
    : View(context, QStringLiteral("routes"), parent), facts_(context.engine, context.document),
      model_(new RoutesModel(context.theme, this)), filter_(new QSortFilterProxyModel(this)) {
    filter_->setSourceModel(model_);
    filter_->setRecursiveFilteringEnabled(true);
    filter_->setAutoAcceptChildRows(true);
    filter_->setFilterRole(RoutesModel::kFilterRole);
    filter_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    buildTitleRow();
    buildBody();
    registerActions();
    retranslate();
    connect(&facts_, &WorkspaceFacts::updated, this, [this] {
        pending_ = true;
        if (isActive()) refresh();
    });
    connect(&context.document, &WorkspaceDocument::changed, this, [this] {
        applying_ = this->context().engine.running();
        showLive();
    });
    connect(&context.engine, &EngineBridge::applied, this, [this] {
        applying_ = false;
        showLive();
        if (isActive()) tryPanel_->markStale();
    });
    connect(&context.engine, &EngineBridge::listenersChanged, this, [this] {
        pending_ = true;
        if (isActive()) refresh();
    });
    counterTimer_.setInterval(kCounterInterval);
    connect(&counterTimer_, &QTimer::timeout, this, &RoutesView::refreshCounters);
    refresh();
}

QString RoutesView::title() const { return tr("Routes"); }

void RoutesView::buildTitleRow() {
    auto& theme = context().theme;
    live_ = new StatusChip(theme, this);
    try_ = makeTextButton(theme, QStringLiteral("send"), QString(), this);
    try_->setObjectName(QStringLiteral("tryRequest"));
    more_ = makeIconButton(theme, QStringLiteral("more"), QString(), this);
    more_->setObjectName(QStringLiteral("moreActions"));
    more_->setPopupMode(QToolButton::InstantPopup);
    moreMenu_ = new QMenu(more_);
    more_->setMenu(moreMenu_);
    add_ = new QPushButton(this);
    add_->setObjectName(QStringLiteral("addObject"));
    makePrimary(add_);
    addMenu_ = new QMenu(add_);
    add_->setMenu(addMenu_);
    connect(addMenu_, &QMenu::aboutToShow, this, &RoutesView::fillAddMenu);
    connect(try_, &QToolButton::clicked, this, [this] {
        openDrawer(QStringLiteral("try"));
        tryPanel_->focusUrl();
    });
    titleControls()->addWidget(live_);
    titleControls()->addWidget(try_);
    titleControls()->addWidget(more_);
    titleControls()->addWidget(add_);
}

void RoutesView::buildBody() {
    auto& theme = context().theme;
    pages_ = new QStackedWidget(this);
    body()->addWidget(pages_, 1);
    empty_ = new EmptyState(theme, pages_);
    pages_->addWidget(empty_);
    auto* main = new QSplitter(Qt::Horizontal, pages_);
    pages_->addWidget(main);

    auto* treeCard = new Card(theme, {}, main);
    treeCard->setEdgeToEdge(true);
    filterEdit_ = new FilterEdit(theme, QString(), treeCard);
    filterEdit_->setObjectName(QStringLiteral("routesFilter"));
    auto* filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2));
    filterRow->addWidget(filterEdit_);
    treeCard->content()->addLayout(filterRow);
    tree_ = new QTreeView(treeCard);
    tree_->setObjectName(QStringLiteral("routesTree"));
    tree_->setProperty("bare", true);
    tree_->setModel(filter_);
    setUpTree(tree_, theme, tr("Gateways, listeners, routes and rules"), QStringLiteral("routes/tree"));
    setColumnCharacters(tree_, {0, 12, 6});
    tree_->setTextElideMode(Qt::ElideRight);
    tree_->header()->setStretchLastSection(false);
    tree_->setContextMenuPolicy(Qt::CustomContextMenu);
    treeCard->content()->addWidget(tree_, 1);

    auto* right = new QWidget(main);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(theme.gap(2));
    objectIcon_ = new QLabel(right);
    objectName_ = new QLabel(right);
    objectName_->setObjectName(QStringLiteral("objectName"));
    objectName_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    objectKind_ = makeCaption(theme, {}, right);
    objectState_ = new StatusChip(theme, right);
    objectState_->setObjectName(QStringLiteral("objectState"));
    objectState_->setClickable(true, tr("Show why"));
    heading->addWidget(objectIcon_);
    heading->addWidget(objectName_);
    heading->addWidget(objectKind_);
    heading->addStretch(1);
    heading->addWidget(objectState_);
    column->addLayout(heading);

    auto* vertical = new QSplitter(Qt::Vertical, right);
    editor_ = new ObjectEditor(context(), facts_, QStringLiteral("routes/editor"), vertical);
    auto* drawerCard = new Card(theme, {}, vertical);
    drawerCard->setEdgeToEdge(true);
    auto* choiceRow = new QHBoxLayout;
    choiceRow->setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2));
    drawerChoice_ = new SegmentedControl(theme, tr("Shown below the editor"), drawerCard);
    drawerChoice_->setObjectName(QStringLiteral("drawerChoice"));
    drawerChoice_->addSegment(QStringLiteral("problems"), tr("Problems"), QStringLiteral("warning"));
    drawerChoice_->addSegment(QStringLiteral("status"), tr("Status"), QStringLiteral("ok"));
    drawerChoice_->addSegment(QStringLiteral("try"), tr("Try a request"), QStringLiteral("send"));
    choiceRow->addWidget(drawerChoice_);
    choiceRow->addStretch(1);
    drawerCard->content()->addLayout(choiceRow);
    drawer_ = new QStackedWidget(drawerCard);
    problems_ = new DiagnosticList(theme, drawer_);
    conditions_ = new ConditionList(theme, drawer_);
    tryPanel_ = new TryRequestPanel(context(), drawer_);
    drawer_->addWidget(problems_);
    drawer_->addWidget(conditions_);
    drawer_->addWidget(tryPanel_);
    drawerCard->content()->addWidget(drawer_, 1);
    column->addWidget(vertical, 1);
    drawerSplitter_ = vertical;
    keepSplitter(vertical, QStringLiteral("routes/drawer"), {76, 24});
    keepSplitter(main, QStringLiteral("routes/main"), {37, 63});
    setFocusProxy(tree_);

    const auto applyTheme = [this, &theme, treeCard, drawerCard] {
        objectName_->setFont(theme.strongFont());
        treeCard->setMinimumWidth(theme.gap(55));
        tree_->setIndentation(theme.gap(4));
        drawerCard->setMinimumHeight(theme.gap(30));
        editor_->setMinimumHeight(theme.gap(40));
    };
    connect(&theme, &Theme::changed, this, [this, applyTheme] {
        applyTheme();
        refreshDetails();
    });
    applyTheme();
    connect(filterEdit_, &FilterEdit::filterChanged, this, [this](const QString& text) {
        filter_->setFilterFixedString(text);
        if (!text.isEmpty()) tree_->expandAll();
    });
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { onSelected(); });
    connect(tree_, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (const auto* node = model_->node(filter_->mapToSource(index)); node && filterEdit_->text().isEmpty()) collapsed_.insert(node->id);
    });
    connect(tree_, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (const auto* node = model_->node(filter_->mapToSource(index)); node && filterEdit_->text().isEmpty()) collapsed_.erase(node->id);
    });
    connect(tree_, &QTreeView::customContextMenuRequested, this, &RoutesView::contextMenu);
    connect(drawerChoice_, &SegmentedControl::currentChanged, this, &RoutesView::openDrawer);
    connect(objectState_, &StatusChip::clicked, this, [this] { openDrawer(problems_->count() > 0 ? QStringLiteral("problems") : QStringLiteral("status")); });
    connect(problems_, &DiagnosticList::fieldWanted, this, [this](const config::Diagnostic& diagnostic) { editor_->goTo(parsePath(diagnostic.fieldPath)); });
    connect(problems_, &DiagnosticList::fixWanted, this, [this](const config::Diagnostic& diagnostic) { editor_->applyFix(diagnostic); });
    connect(tryPanel_, &TryRequestPanel::originWanted, this, [this](const config::ObjectKey& key) { select(key, {}); });
    connect(editor_, &ObjectEditor::editFailed, this, [this](const QString& sentence) { messages().show(MessageBar::Kind::Error, sentence); });
    connect(editor_, &ObjectEditor::objectRenamed, this, [this](const config::ObjectKey&, const config::ObjectKey& to) {
        wanted_ = to;
        refresh();
    });
}

void RoutesView::registerActions() {
    auto& actions = context().actions;
    const auto category = tr("Routes");
    const auto add = [&](const char* id, const QString& text, std::function<void()> run) {
        return actions.add(this, QLatin1String(id), category, text, {}, std::move(run));
    };
    add("routes.addGateway", tr("Add gateway"), [this] { addHere(QStringLiteral("gateway")); });
    add("routes.addRoute", tr("Add route"), [this] { addHere(QStringLiteral("route")); });
    add("routes.addRule", tr("Add rule to this route"), [this] { addHere(QStringLiteral("rule")); });
    add("routes.addListener", tr("Add listener to this gateway"), [this] { addHere(QStringLiteral("listener")); });
    auto* tryAction = add("routes.try", tr("Try a request"), [this] {
        context().navigator.navigate(QStringLiteral("routes"), {});
        openDrawer(QStringLiteral("try"));
        tryPanel_->focusUrl();
    });
    Q_UNUSED(tryAction);
    const auto local = [&](const QString& text, const QKeySequence& keys, const QString& icon, void (RoutesView::*run)()) {
        auto* action = moreMenu_->addAction(context().theme.icon(icon, Token::Text), text);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);  // Delete in a text field must never delete a route.
        tree_->addAction(action);
        connect(action, &QAction::triggered, this, run);
    };
    local(tr("Rename…"), QKeySequence(Qt::Key_F2), QStringLiteral("edit"), &RoutesView::rename);
    local(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D), QStringLiteral("copy"), &RoutesView::duplicate);
    local(tr("Delete"), QKeySequence(QKeySequence::Delete), QStringLiteral("trash"), &RoutesView::remove);
}

void RoutesView::retranslate() {
    View::retranslate();
    add_->setText(tr("Add"));
    add_->setAccessibleName(tr("Add a gateway, route, rule or backend"));
    try_->setText(tr("Try a request"));
    more_->setToolTip(tr("Rename, duplicate, delete"));
    more_->setAccessibleName(tr("Rename, duplicate, delete"));
    filterEdit_->setHint(tr("Filter routes"));
    drawerChoice_->setSegmentText(QStringLiteral("status"), tr("Status"));
    drawerChoice_->setSegmentText(QStringLiteral("try"), tr("Try a request"));
    empty_->set(QStringLiteral("gateway"), tr("No gateway yet: nothing listens, so no request can come in."), tr("Add a gateway"),
                [this] { addHere(QStringLiteral("gateway")); });
    showLive();
    refreshDetails();
}

void RoutesView::setActive(bool active) {
    View::setActive(active);
    facts_.setActive(active);
    if (active) {
        if (pending_) refresh();
        refreshCounters();
        counterTimer_.start();
    } else {
        counterTimer_.stop();
        editor_->textPane().commit();
    }
}

void RoutesView::focusFilter() { filterEdit_->focusFilter(); }

void RoutesView::openTarget(const QString& target) {
    const auto set = facts_.objects();
    if (!set || target.isEmpty()) return;
    for (const auto& object : set->objects)
        if (toQString(object.key.id()) == target) {
            select(object.key, {});
            return;
        }
}

void RoutesView::showLive() {
    auto& engine = context().engine;
    const auto report = engine.report();
    if (!engine.running()) {
        live_->set(StatusChip::Kind::Neutral, tr("Gateway stopped"), tr("Edits are checked here; no gateway runs them."), QStringLiteral("stop"));
    } else if (applying_ || !report || report->generation == 0) {
        live_->set(StatusChip::Kind::Neutral, tr("Applying…"), {}, QStringLiteral("live"));
    } else {
        const double millis = static_cast<double>(report->duration.count()) / 1000.0;
        live_->set(StatusChip::Kind::Ok, tr("Live in %1 ms", "time from the edit to the running gateway").arg(QLocale().toString(millis, 'f', millis < 10 ? 1 : 0)),
                   tr("Generation %1 runs on every worker.").arg(report->generation), QStringLiteral("live"));
    }
}

void RoutesView::refresh() {
    pending_ = false;
    const auto set = facts_.objects();
    if (!set) {
        pages_->setCurrentIndex(0);
        return;
    }
    const bool reset = model_->setNodes(buildRoutesTree({*set, facts_.attachments(), facts_.statuses(), facts_.diagnostics(), context().engine.state().listeners}));
    pages_->setCurrentIndex(model_->rowCount() == 0 ? 0 : 1);
    if (reset) {
        selecting_ = true;
        expandAll({}, 0);
        selecting_ = false;
    }
    QModelIndex index;
    if (!wanted_.kind.empty()) index = model_->indexOf(wanted_, wantedAt_);
    const bool jumped = index.isValid();
    if (!index.isValid()) index = model_->indexOf(selectedId_);
    if (!index.isValid() && !editor_->object().kind.empty()) index = model_->indexOf(editor_->object(), {});
    if (!index.isValid() && wanted_.kind.empty()) {
        // The first thing that carries traffic: the first route, else the first gateway.
        for (QModelIndex at = model_->index(0, 0); at.isValid(); at = model_->index(0, 0, at)) {
            index = at;
            if (const auto* node = model_->node(at); node && node->kind == RouteNode::Kind::Route) break;
        }
    }
    if (jumped) {
        wanted_ = {};
        selectedId_.clear();
    }
    if (index.isValid() && (reset || jumped || filter_->mapToSource(tree_->currentIndex()) != index)) {
        const auto shown = filter_->mapFromSource(index);
        if (shown.isValid()) {
            tree_->setCurrentIndex(shown);
            tree_->scrollTo(shown);
        }
    }
    wantedAt_ = {};
    refreshDetails();
}

void RoutesView::expandAll(const QModelIndex& under, int depth) {
    for (int row = 0; row < filter_->rowCount(under); ++row) {
        const auto index = filter_->index(row, 0, under);
        const auto* node = model_->node(filter_->mapToSource(index));
        if (!node) continue;
        const bool startsClosed = node->kind == RouteNode::Kind::OtherBranch || node->kind == RouteNode::Kind::OtherKind;
        if (startsClosed ? false : !collapsed_.contains(node->id)) tree_->expand(index);
        expandAll(index, depth + 1);
    }
}

const RouteNode* RoutesView::current() const { return model_->node(filter_->mapToSource(tree_->currentIndex())); }

void RoutesView::onSelected() {
    const auto* node = current();
    if (!node || selecting_) return;
    const bool again = node->id == selectedId_;
    selectedId_ = node->id;
    if (!again) {
        if (node->kind == RouteNode::Kind::File) editor_->showFile(node->file);
        else if (node->object.kind.empty()) editor_->clear();
        else editor_->showObject(node->object, node->path);
        if (node->kind == RouteNode::Kind::Route || node->kind == RouteNode::Kind::Rule) {
            const auto& steps = node->path.steps();
            const auto rule = steps.size() == 3 ? std::get<std::size_t>(steps[2]) : 0;
            tryPanel_->suggest(exampleRequest(*facts_.objects(), facts_.attachments(), node->object, rule));
        }
    }
    refreshDetails();
}

void RoutesView::refreshDetails() {
    const auto* node = current();
    auto& theme = context().theme;
    if (!node) {
        objectName_->clear();
        objectKind_->clear();
        objectState_->hide();
        return;
    }
    const bool object = !node->object.kind.empty();
    objectName_->setText(object ? toQString(node->object.name) : node->text);
    objectKind_->setText(object ? tr("%1 in %2", "kind of an object in its namespace").arg(toQString(node->object.kind), toQString(node->object.ns))
                                : QString());
    if (object && !node->path.empty()) objectKind_->setText(objectKind_->text() + QStringLiteral(" · ") + node->text);
    const char* icon = node->kind == RouteNode::Kind::Gateway || node->kind == RouteNode::Kind::Listener ? "gateway"
                       : node->kind == RouteNode::Kind::Route || node->kind == RouteNode::Kind::Rule     ? "route"
                       : node->kind == RouteNode::Kind::File                                            ? "file"
                                                                                                        : "object";
    objectIcon_->setPixmap(theme.icon(QLatin1String(icon), Token::Muted).pixmap(QSize(theme.iconSize(), theme.iconSize()), devicePixelRatioF()));
    objectState_->show();
    const auto kind = node->health == Health::Error     ? StatusChip::Kind::Bad
                      : node->health == Health::Warning ? StatusChip::Kind::Warning
                      : node->health == Health::Ok      ? StatusChip::Kind::Ok
                                                        : StatusChip::Kind::Neutral;
    objectState_->set(kind, node->word, node->reason);
    auto found = object ? facts_.of(node->object) : std::vector<config::Diagnostic>{};
    if (node->kind == RouteNode::Kind::File)
        for (const auto& diagnostic : facts_.diagnostics())
            if (diagnostic.where.file == node->file) found.push_back(diagnostic);
    drawerChoice_->setSegmentText(QStringLiteral("problems"), found.empty() ? tr("Problems") : tr("Problems (%1)", "number of findings").arg(found.size()));
    problems_->setDiagnostics(std::move(found));
    const auto* status = object ? facts_.statusOf(node->object) : nullptr;
    conditions_->setRows(status ? conditionRows(*status) : std::vector<ConditionRow>{});
}

void RoutesView::refreshCounters() { model_->setCounters(context().engine.state().rules); }

void RoutesView::select(const config::ObjectKey& object, const config::FieldPath& at) {
    filterEdit_->clear();
    filter_->setFilterFixedString({});
    wanted_ = object;
    wantedAt_ = at;
    refresh();
}

void RoutesView::openDrawer(const QString& page) {
    drawerChoice_->setCurrent(page);
    drawer_->setCurrentIndex(page == QLatin1String("try") ? 2 : page == QLatin1String("status") ? 1 : 0);
    // A request and its explanation need room; the person may take it back.
    const auto sizes = drawerSplitter_->sizes();
    const int total = sizes[0] + sizes[1], wanted = total * kTryShare / 100;
    if (page == QLatin1String("try") && sizes[1] < wanted) drawerSplitter_->setSizes({total - wanted, wanted});
}

void RoutesView::apply(PreparedEdit prepared) {
    editor_->textPane().commit();
    const auto done = context().document.push(std::move(prepared.edit));
    if (!done) {
        messages().show(MessageBar::Kind::Error, toQString(done.error().message));
        return;
    }
    messages().dismiss();
    if (!prepared.object.kind.empty()) select(prepared.object, prepared.at);
}

void RoutesView::addHere(const QString& what) {
    if (!context().document.isOpen()) return;
    const auto& workspace = context().document.workspace();
    const auto* node = current();
    const auto kind = node ? node->kind : RouteNode::Kind::Other;
    if (what == QLatin1String("gateway")) return apply(addGateway(workspace));
    const bool atGateway = kind == RouteNode::Kind::Gateway || kind == RouteNode::Kind::Listener;
    const auto gateways = facts_.objects() ? facts_.objects()->ofKind("Gateway") : std::vector<const config::Object*>{};
    if (what == QLatin1String("route")) {
        const auto gateway = atGateway ? node->object : gateways.empty() ? config::ObjectKey{} : gateways.front()->key;
        return apply(addRoute(workspace, gateway, kind == RouteNode::Kind::Listener ? node->section : std::string()));
    }
    if (what == QLatin1String("listener")) {
        if (atGateway) return apply(addListener(workspace, node->object));
        if (gateways.size() == 1) return apply(addListener(workspace, gateways.front()->key));
        return messages().show(MessageBar::Kind::Info, tr("Choose the gateway that should get the listener."));
    }
    if (what == QLatin1String("rule")) {
        if (kind == RouteNode::Kind::Route || kind == RouteNode::Kind::Rule) return apply(addRule(workspace, node->object));
        messages().show(MessageBar::Kind::Info, tr("Choose the route that should get the rule."));
    }
}

void RoutesView::fillAddMenu() {
    addMenu_->clear();
    auto& theme = context().theme;
    const auto* node = current();
    const auto kind = node ? node->kind : RouteNode::Kind::Other;
    const bool atRoute = kind == RouteNode::Kind::Route || kind == RouteNode::Kind::Rule;
    const auto entry = [&](const char* icon, const QString& text, const char* what, bool enabled, const QString& why) {
        auto* action = addMenu_->addAction(theme.icon(QLatin1String(icon), Token::Text), text);
        action->setObjectName(QStringLiteral("add.") + QLatin1String(what));
        action->setEnabled(enabled);
        if (!enabled) action->setToolTip(why);
        connect(action, &QAction::triggered, this, [this, what = QString::fromLatin1(what)] { addHere(what); });
    };
    addMenu_->setToolTipsVisible(true);
    entry("gateway", tr("Gateway"), "gateway", true, {});
    entry("listener", tr("Listener"), "listener", model_->rowCount() > 0, tr("Choose a gateway first."));
    entry("route", tr("Route"), "route", true, {});
    entry("rule", tr("Rule in this route"), "rule", atRoute, tr("Choose a route first."));
    auto* backends = addMenu_->addMenu(theme.icon(QStringLiteral("backend"), Token::Text), tr("Backend of this rule"));
    backends->setEnabled(atRoute);
    if (!atRoute || !facts_.objects()) return;
    const auto& steps = node->path.steps();
    const auto rule = steps.size() == 3 ? std::get<std::size_t>(steps[2]) : 0;
    for (const auto& candidate : backendCandidates(*facts_.objects(), node->object.ns)) {
        auto* action = backends->addAction(toQString(candidate.kind + " " + candidate.name + (candidate.ns == node->object.ns ? "" : " (" + candidate.ns + ")")));
        connect(action, &QAction::triggered, this, [this, route = node->object, rule, candidate] {
            apply(addBackendRef(context().document.workspace(), route, rule, candidate));
        });
    }
    if (backends->isEmpty()) backends->addAction(tr("The workspace has no Service, InferencePool or Backend"))->setEnabled(false);
}

void RoutesView::rename() {
    const auto* node = current();
    if (!node || node->object.kind.empty() || !context().document.isOpen()) return;
    if (node->kind == RouteNode::Kind::Rule || node->kind == RouteNode::Kind::Listener) {
        editor_->goTo(node->path.key("name"));
        return;
    }
    const auto key = node->object;
    const auto name = context().dialogs.askText(this, tr("Rename %1").arg(toQString(key.display())), tr("New name; what refers to it follows"), toQString(key.name));
    if (name.isEmpty() || name == toQString(key.name)) return;
    apply(renameObject(context().document.workspace(), key, name.toStdString()));
}

void RoutesView::duplicate() {
    const auto* node = current();
    if (!node || node->object.kind.empty() || !context().document.isOpen()) return;
    const auto& workspace = context().document.workspace();
    if (node->kind == RouteNode::Kind::Rule || node->kind == RouteNode::Kind::Listener)
        apply({FormEdits(workspace, node->object).duplicateItem(node->path), node->object, node->path});
    else
        apply(duplicateObject(workspace, node->object));
}

void RoutesView::remove() {
    const auto* node = current();
    if (!node || node->object.kind.empty() || !context().document.isOpen()) return;
    const auto& workspace = context().document.workspace();
    const bool part = node->kind == RouteNode::Kind::Rule || node->kind == RouteNode::Kind::Listener;
    const auto text = part ? node->text : toQString(node->object.display());
    auto prepared = part ? deletePart(workspace, node->object, node->path) : deleteObject(workspace, node->object);
    prepared.object = {};
    const bool ok = prepared.edit.has_value();
    apply(std::move(prepared));
    if (ok)
        messages().show(MessageBar::Kind::Info, tr("%1 is deleted.").arg(text), {{tr("Undo"), [this] {
                                                                                      context().document.undoStack().undo();
                                                                                      messages().dismiss();
                                                                                  }}});
}

void RoutesView::contextMenu(const QPoint& at) {
    QMenu menu(this);
    fillAddMenu();
    menu.addActions(addMenu_->actions());
    menu.addSeparator();
    menu.addActions(moreMenu_->actions());
    menu.exec(tree_->viewport()->mapToGlobal(at));
}

}  // namespace gatehouse::ui
