#include "routes/routes_view.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "editors/object_editor.h"
#include "editors/object_text_pane.h"
#include "models/try_target.h"
#include "routes/namespace_filter.h"
#include "routes/route_commands.h"
#include "routes/route_details.h"
#include "routes/route_rules.h"
#include "routes/routes_model.h"
#include "routes/routes_view_impl.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// Characters of the tree: what a state has at least and at most, and what a name must have beside the number of requests.
constexpr int kLeastState = 10;
constexpr int kMostState = 24;
constexpr int kLeastName = 20;

constexpr int kCounterInterval = 500;  // Tables refresh at 2 Hz.

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
    buildBody();
    buildTitleRow();
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
        if (isActive()) details_->markStale();
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
    more_->setMenu(commands_->moreMenu());
    add_ = new QPushButton(this);
    add_->setObjectName(QStringLiteral("addObject"));
    makePrimary(add_);
    add_->setMenu(commands_->addMenu());
    connect(try_, &QToolButton::clicked, details_, &RouteDetails::tryRequest);
    titleControls()->addWidget(live_);
    titleControls()->addWidget(try_);
    titleControls()->addWidget(more_);
    titleControls()->addWidget(add_);
    context().actions.add(this, QStringLiteral("routes.try"), tr("Routes"), tr("Try a request"), {}, [this] {
        context().navigator.navigate(QStringLiteral("routes"), {});
        details_->tryRequest();
    });
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
    buildTree(*treeCard);
    details_ = new RouteDetails(context(), facts_, main);
    keepSplitter(main, QStringLiteral("routes/main"), {39, 61});
    setFocusProxy(tree_);
    const auto applyTheme = [this, &theme, treeCard] {
        treeCard->setMinimumWidth(theme.gap(55));
        tree_->setIndentation(theme.gap(3));
    };
    connect(&theme, &Theme::changed, this, [this, applyTheme] {
        applyTheme();
        details_->refresh(current());
    });
    applyTheme();
    connect(details_, &RouteDetails::originWanted, this, [this](const config::ObjectKey& key) { select(key, {}); });
    connect(&details_->editor(), &ObjectEditor::editFailed, this, [this](const QString& sentence) { messages().show(MessageBar::Kind::Error, sentence); });
    connect(&details_->editor(), &ObjectEditor::objectRenamed, this, [this](const config::ObjectKey&, const config::ObjectKey& to) {
        wanted_ = to;
        refresh();
    });
}

void RoutesView::buildTree(Card& card) {
    auto& theme = context().theme;
    tree_ = new QTreeView(&card);
    tree_->setObjectName(QStringLiteral("routesTree"));
    tree_->setProperty("bare", true);
    tree_->setModel(filter_);
    setUpTree(tree_, theme, tr("Gateways, listeners, routes and rules"), QStringLiteral("routes/tree"));
    setColumnCharacters(tree_, {0, 14, 8});
    tree_->setTextElideMode(Qt::ElideRight);
    tree_->header()->setStretchLastSection(false);
    tree_->viewport()->installEventFilter(this);
    connect(tree_->header(), &QHeaderView::sectionResized, this, [this] {
        if (tree_->header()->isVisible() && QGuiApplication::mouseButtons().testFlag(Qt::LeftButton) && tree_->header()->underMouse()) dragged_ = true;
    });
    card.content()->addWidget(tree_, 1);
    connect(filterEdit_, &FilterEdit::filterChanged, this, [this](const QString& text) {
        filter_->setFilterFixedString(text);
        if (!text.isEmpty()) tree_->expandAll();
    });
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { onSelected(); });
    connect(tree_, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto* node = model_->node(filter_->mapToSource(index));
        if (node && node->kind == RouteNode::Kind::Backend && !node->target.kind.empty()) showTarget(*node);
    });
    connect(tree_, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (const auto* node = model_->node(filter_->mapToSource(index)); node && filterEdit_->text().isEmpty()) {
            collapsed_.insert(node->id);
            opened_.erase(node->id);
        }
    });
    connect(tree_, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (const auto* node = model_->node(filter_->mapToSource(index)); node && filterEdit_->text().isEmpty()) {
            collapsed_.erase(node->id);
            opened_.insert(node->id);
        }
    });
    commands_ = new RouteCommands(context(), facts_, messages(), tree_, [this] { return current(); });
    connect(commands_, &RouteCommands::aboutToEdit, this, [this] { details_->editor().textPane().commit(); });
    connect(commands_, &RouteCommands::made, this, &RoutesView::select);
    connect(commands_, &RouteCommands::targetWanted, this, [this] {
        if (const auto* node = current()) showTarget(*node);
    });
    connect(commands_, &RouteCommands::fieldWanted, this, [this](const config::FieldPath& path) { details_->editor().goTo(path); });
}

void RoutesView::retranslate() {
    View::retranslate();
    add_->setText(tr("Add"));
    add_->setAccessibleName(tr("Add a gateway, route, rule or backend"));
    try_->setText(tr("Try a request"));
    more_->setToolTip(tr("Rename, duplicate, delete"));
    more_->setAccessibleName(tr("Rename, duplicate, delete"));
    filterEdit_->setHint(tr("Filter routes"));
    commands_->retranslate();
    details_->retranslate();
    empty_->set(QStringLiteral("gateway"), tr("No gateway yet: nothing listens, so no request can come in."), tr("Add a gateway"),
                [this] { commands_->addHere(QStringLiteral("gateway")); });
    showLive();
    details_->refresh(current());
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
        details_->editor().textPane().commit();
    }
}

void RoutesView::focusFilter() { filterEdit_->focusFilter(); }

void RoutesView::openTarget(const QString& target) {
    const auto set = facts_.objects();
    if (!set || target.isEmpty()) return;
    if (const auto request = readTryTarget(target)) {
        details_->tryThis({request->method, request->url, request->headers, request->body, request->sni, request->client, request->recorded});
        return;
    }
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
    auto nodes = buildRoutesTree({*set, facts_.attachments(), facts_.statuses(), facts_.counting(), context().engine.state().listeners});
    keepShownNamespace(nodes, context().document);
    const bool reset = model_->setNodes(std::move(nodes));
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
    if (!index.isValid() && !details_->editor().object().kind.empty()) index = model_->indexOf(details_->editor().object(), {});
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
    fitColumns();
    details_->refresh(current());
}

void RoutesView::expandAll(const QModelIndex& under, int depth) {
    for (int row = 0; row < filter_->rowCount(under); ++row) {
        const auto index = filter_->index(row, 0, under);
        const auto* node = model_->node(filter_->mapToSource(index));
        if (!node) continue;
        using Kind = RouteNode::Kind;
        const bool startsClosed = node->kind == Kind::OtherBranch || node->kind == Kind::OtherKind || node->kind == Kind::Rule || node->kind == Kind::Other;
        if (startsClosed ? opened_.contains(node->id) : !collapsed_.contains(node->id)) tree_->expand(index);
        expandAll(index, depth + 1);
    }
}

const RouteNode* RoutesView::current() const { return model_->node(filter_->mapToSource(tree_->currentIndex())); }

void RoutesView::onSelected() {
    const auto* node = current();
    if (!node || selecting_) return;
    const bool again = node->id == selectedId_;
    selectedId_ = node->id;
    if (!again) details_->show(*node);
    details_->refresh(current());
}

/// What a reference to a backend leads to, in the view that has its form.
void RoutesView::showTarget(const RouteNode& node) {
    const auto target = node.target;
    const auto set = facts_.objects();
    if (!set || !set->find(target)) {
        messages().show(MessageBar::Kind::Info, tr("%1 is not in this workspace.").arg(toQString(target.display())));
        return;
    }
    if (target.kind == "Backend" || target.kind == "AgentgatewayBackend") context().navigator.navigate(QStringLiteral("providers"), toQString(target.id()));
    else select(target, {});
}

/// The states get the width of their words, the names the rest; where that is too little, the numbers of requests go.
void RoutesView::fitColumns() {
    if (dragged_) return;
    auto* header = tree_->header();
    const int digit = tree_->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int spare = context().theme.iconSize() + 3 * digit;
    const int state = std::clamp(static_cast<QAbstractItemView*>(tree_)->sizeHintForColumn(RoutesModel::State) + digit, digit * kLeastState + spare, digit * kMostState + spare);
    const int requests = header->sectionSizeHint(RoutesModel::Requests) + digit;
    const int room = tree_->viewport()->width();
    const bool tight = room - state - requests < digit * kLeastName;
    header->setSectionHidden(RoutesModel::Requests, tight);
    // Of what is left then, the name keeps the larger part.
    header->resizeSection(RoutesModel::State, std::min(state, tight ? room * 45 / 100 : state));
    if (!tight) header->resizeSection(RoutesModel::Requests, requests);
}

bool RoutesView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == tree_->viewport() && event->type() == QEvent::Resize) QMetaObject::invokeMethod(this, &RoutesView::fitColumns, Qt::QueuedConnection);
    return View::eventFilter(watched, event);
}

void RoutesView::refreshCounters() { model_->setCounters(context().engine.state().rules); }

void RoutesView::select(const config::ObjectKey& object, const config::FieldPath& at) {
    filterEdit_->clear();
    filter_->setFilterFixedString({});
    wanted_ = object;
    wantedAt_ = at;
    refresh();
}

}  // namespace gatehouse::ui
