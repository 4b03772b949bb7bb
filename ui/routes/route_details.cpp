#include "routes/route_details.h"

#include "editors/diagnostic_list.h"
#include "editors/object_editor.h"
#include "editors/object_text.h"
#include "editors/workspace_facts.h"
#include "routes/condition_list.h"
#include "routes/route_rules.h"
#include "routes/routes_tree.h"
#include "routes/try_request_panel.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kTryShare = 52;     // Percent of the height that a tried request gets at least.
constexpr int kStatusShare = 42;  // The same for the status.

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

RouteDetails::RouteDetails(ViewContext& context, WorkspaceFacts& facts, QWidget* parent) : QWidget(parent), context_(context), facts_(facts) {
    auto& theme = context.theme;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    buildHeading();
    splitter_ = new QSplitter(Qt::Vertical, this);
    editor_ = new ObjectEditor(context_, facts_, QStringLiteral("routes/editor"), splitter_);
    buildDrawer();
    keepSplitter(splitter_, QStringLiteral("routes/drawer"), {76, 24});
    column->addWidget(splitter_, 1);
    const auto applyTheme = [this, &theme] {
        name_->setFont(theme.strongFont());
        splitter_->widget(1)->setMinimumHeight(theme.gap(24));
        editor_->setMinimumHeight(theme.gap(28));
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
}

void RouteDetails::buildHeading() {
    auto& theme = context_.theme;
    auto* heading = new QHBoxLayout;
    heading->setSpacing(theme.gap(2));
    icon_ = new QLabel(this);
    name_ = new QLabel(this);
    name_->setObjectName(QStringLiteral("objectName"));
    name_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    kind_ = makeCaption(theme, {}, this);
    state_ = new StatusChip(theme, this);
    state_->setObjectName(QStringLiteral("objectState"));
    heading->addWidget(icon_);
    heading->addWidget(name_);
    heading->addWidget(kind_);
    heading->addStretch(1);
    heading->addWidget(state_);
    static_cast<QVBoxLayout*>(layout())->addLayout(heading);
    connect(state_, &StatusChip::clicked, this, [this] { openDrawer(problems_->count() > 0 ? QStringLiteral("problems") : QStringLiteral("status")); });
}

void RouteDetails::buildDrawer() {
    auto& theme = context_.theme;
    auto* card = new Card(theme, {}, splitter_);
    card->setEdgeToEdge(true);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2));
    choice_ = new SegmentedControl(theme, {}, card);
    choice_->setObjectName(QStringLiteral("drawerChoice"));
    choice_->addSegment(QStringLiteral("problems"), tr("Problems"), QStringLiteral("warning"));
    choice_->addSegment(QStringLiteral("status"), {}, QStringLiteral("ok"));
    choice_->addSegment(QStringLiteral("try"), {}, QStringLiteral("send"));
    line->addWidget(choice_);
    line->addStretch(1);
    card->content()->addLayout(line);
    drawer_ = new QStackedWidget(card);
    problems_ = new DiagnosticList(theme, drawer_);
    conditions_ = new ConditionList(theme, drawer_);
    try_ = new TryRequestPanel(context_, drawer_);
    for (QWidget* page : {static_cast<QWidget*>(problems_), static_cast<QWidget*>(conditions_), static_cast<QWidget*>(try_)}) drawer_->addWidget(page);
    card->content()->addWidget(drawer_, 1);
    connect(choice_, &SegmentedControl::currentChanged, this, &RouteDetails::openDrawer);
    connect(problems_, &DiagnosticList::fieldWanted, this, [this](const config::Diagnostic& diagnostic) { editor_->goTo(parsePath(diagnostic.fieldPath)); });
    connect(problems_, &DiagnosticList::fixWanted, this, [this](const config::Diagnostic& diagnostic) { editor_->applyFix(diagnostic); });
    connect(try_, &TryRequestPanel::originWanted, this, &RouteDetails::originWanted);
}

void RouteDetails::retranslate() {
    state_->setClickable(true, tr("Show why"));
    choice_->setAccessibleName(tr("Shown below the editor"));
    choice_->setSegmentText(QStringLiteral("status"), tr("Status"));
    choice_->setSegmentText(QStringLiteral("try"), tr("Try a request"));
    conditions_->retranslate();
}

void RouteDetails::show(const RouteNode& node) {
    if (node.kind == RouteNode::Kind::File) editor_->showFile(node.file, node.at);
    else if (node.object.kind.empty()) editor_->clear();
    else editor_->showObject(node.object, node.path);
    if (isRouteKind(node.object.kind)) {
        try_->suggest(exampleRequest(*facts_.objects(), facts_.attachments(), node.object, ruleAt(node.path)));
    }
}

void RouteDetails::tryRequest() {
    openDrawer(QStringLiteral("try"));
    try_->focusUrl();
}

void RouteDetails::tryThis(const ExampleRequest& request) {
    openDrawer(QStringLiteral("try"));
    try_->explainThis(request);
}

void RouteDetails::markStale() { try_->markStale(); }

void RouteDetails::openDrawer(const QString& page) {
    choice_->setCurrent(page);
    drawer_->setCurrentIndex(page == QLatin1String("try") ? 2 : page == QLatin1String("status") ? 1 : 0);
    // A request and its explanation need room, and so does a list of conditions; the person may take it back.
    const auto sizes = splitter_->sizes();
    const int total = sizes[0] + sizes[1], wanted = total * (page == QLatin1String("try") ? kTryShare : kStatusShare) / 100;
    if (page != QLatin1String("problems") && sizes[1] < wanted) splitter_->setSizes({total - wanted, wanted});
}

void RouteDetails::refresh(const RouteNode* node) {
    auto& theme = context_.theme;
    if (!node) {
        name_->clear();
        kind_->clear();
        state_->hide();
        return;
    }
    const bool object = !node->object.kind.empty();
    name_->setText(object ? toQString(node->object.name) : node->text);
    kind_->setText(object ? tr("%1 in %2", "kind of an object in its namespace").arg(toQString(node->object.kind), toQString(node->object.ns))
                                : QString());
    if (object && !node->path.empty()) kind_->setText(kind_->text() + QStringLiteral(" · ") + node->text);
    const char* icon = node->object.kind == "Gateway" || node->object.kind == "ListenerSet" ? "gateway"
                       : isRouteKind(node->object.kind)                                     ? "route"
                       : node->kind == RouteNode::Kind::Certificate                         ? "key"
                       : node->kind == RouteNode::Kind::Policy                              ? "lock"
                       : node->kind == RouteNode::Kind::Settings                            ? "settings"
                       : node->kind == RouteNode::Kind::File                                ? "file"
                                                                                            : "object";
    icon_->setPixmap(theme.icon(QLatin1String(icon), Token::Muted).pixmap(QSize(theme.iconSize(), theme.iconSize()), devicePixelRatioF()));
    state_->show();
    const auto kind = node->health == Health::Error     ? StatusChip::Kind::Bad
                      : node->health == Health::Warning ? StatusChip::Kind::Warning
                      : node->health == Health::Ok      ? StatusChip::Kind::Ok
                                                        : StatusChip::Kind::Neutral;
    state_->set(kind, node->word, node->reason);
    auto found = object ? facts_.of(node->object) : std::vector<config::Diagnostic>{};
    if (node->kind == RouteNode::Kind::File)
        for (const auto& diagnostic : facts_.diagnostics())
            if (diagnostic.where.file == node->file) found.push_back(diagnostic);
    choice_->setSegmentText(QStringLiteral("problems"), found.empty() ? tr("Problems") : tr("Problems (%1)", "number of findings").arg(found.size()));
    problems_->setDiagnostics(std::move(found));
    const auto* status = object ? facts_.statusOf(node->object) : nullptr;
    auto rows = status ? conditionRows(*status) : std::vector<ConditionRow>{};
    const auto bad = std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.good; });
    choice_->setSegmentText(QStringLiteral("status"), bad == 0 ? tr("Status") : tr("Status (%1)", "number of conditions that are not as wished").arg(bad));
    conditions_->setRows(std::move(rows), object ? tr("No controller writes conditions for a %1.", "%1 kind").arg(toQString(node->object.kind))
                                                 : tr("Choose an object to see its status."));
}

}  // namespace gatehouse::ui
