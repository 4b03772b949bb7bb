#include "policies/policies_view.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "editors/object_list_view.h"
#include "editors/object_text_pane.h"
#include "editors/schema_form.h"
#include "policies/policy_form.h"
#include "policies/policy_rows.h"
#include "policies/bench_panel.h"
#include "policies/coverage_panel.h"
#include "policies/prompt_panel.h"
#include "policies/reach_list.h"
#include "policies/reach_reader.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::ui {
namespace {

constexpr int kReachDelay = 150;  // Milliseconds after an edit before it is asked where the policy applies now.
constexpr int kKeyRole = Qt::UserRole + 1;
constexpr int kWidestName = 45;   // Of a policy in the list, in units of the theme's gap.

QString toQString(const std::string& text) { return QString::fromStdString(text); }

/// PoliciesView: the policies, the guard and enrichment editor of the chosen one beside its text, where it applies and why not, and a prompt to try.
class PoliciesView : public ObjectListView {
    Q_DECLARE_TR_FUNCTIONS(PoliciesView)
  public:
    PoliciesView(ViewContext& context, QWidget* parent);
    QString title() const override { return tr("Policies"); }

  protected:
    Words words() const override {
        return {tr("Add policy"), tr("Filter policies"), tr("No policy yet: prompts pass unchecked and unchanged."), tr("Add a guard")};
    }
    QString emptyIcon() const override { return QStringLiteral("guard"); }
    void beginAdd() override;
    void refresh() override;
    void applyFilter(const QString& text) override;
    void commitTyped() override { text_->commit(); }
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* buildLeft(QWidget* parent);
    QWidget* buildMiddle(QWidget* parent);
    QWidget* buildRight(QWidget* parent);
    void askReach();
    void showReach(const std::vector<ReachRow>& rows);
    void showSelected();
    void showRunning();
    void showPolicy(CompiledPolicy policy);
    void updateTool();
    void arrange();
    void showTool();
    void showEffects(bool shown);
    void share();

    QSplitter* columns_ = nullptr;
    QSplitter* right_ = nullptr;
    QWidget* formPlace_ = nullptr;  ///< Stand where form and text are, while those are among the tools.
    QWidget* textPlace_ = nullptr;
    bool effects_ = true;           ///< The list's column of what policies do is shown.
    int nameWidth_ = 0;             ///< Of its first column, while the other one is not.
    bool compact_ = false;          ///< Not all columns have room: form and text are among the tools, one of which is shown.
    QTreeWidget* list_ = nullptr;
    ReachList* reach_ = nullptr;
    Card* reachCard_ = nullptr;
    Card* formCard_ = nullptr;
    SegmentedControl* formChoice_ = nullptr;
    QStackedWidget* forms_ = nullptr;
    PolicyForm* form_ = nullptr;
    SchemaForm* allFields_ = nullptr;
    QWidget* toolBox_ = nullptr;
    SegmentedControl* tools_ = nullptr;
    QStackedWidget* toolStack_ = nullptr;
    PromptPanel* prompt_ = nullptr;
    CoveragePanel* coverage_ = nullptr;
    BenchPanel* bench_ = nullptr;
    CompiledPolicy policy_;  ///< The chosen one, for the tools.
    route::PolicyGuards guards_;  ///< Of the same, as they run.
    std::array<bool, 3> stale_{};               ///< Tools that have not seen it yet.
    Card* textCard_ = nullptr;
    ObjectTextPane* text_ = nullptr;
    QTimer reachTimer_;
    ReachReader reader_;
    std::vector<PolicyRow> rows_;
    std::vector<ReachRow> reachRows_;
    config::ObjectKey reachShown_;  ///< The policy that reachRows_ tell of.
};

PoliciesView::PoliciesView(ViewContext& context, QWidget* parent) : ObjectListView(context, QStringLiteral("policies"), parent) {
    auto& theme = context.theme;
    auto* columns = columns_ = new QSplitter(Qt::Horizontal, this);
    columns->addWidget(buildLeft(columns));
    columns->addWidget(buildMiddle(columns));
    columns->addWidget(buildRight(columns));
    keepSplitter(columns, QStringLiteral("policies/columns"), {22, 44, 34});
    formPlace_ = new QWidget(this);
    textPlace_ = new QWidget(this);
    for (auto* place : {formPlace_, textPlace_}) place->hide();
    const auto applyTheme = [this] {
        arrange();
        showReach(reachRows_);
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
    reachTimer_.setSingleShot(true);
    connect(&reachTimer_, &QTimer::timeout, this, &PoliciesView::askReach);
    connect(&reader_, &ReachReader::answered, this, [this](const config::ObjectKey& policy, const std::vector<ReachRow>& rows, const route::PolicyGuards& guards) {
        if (policy != selected_) return;
        guards_ = guards;
        showRunning();
        reachShown_ = policy;
        reachRows_ = rows;
        showReach(reachRows_);
    });
    setContent(columns, list_);
}

QWidget* PoliciesView::buildLeft(QWidget* parent) {
    auto& theme = context().theme;
    auto* left = new QSplitter(Qt::Vertical, parent);
    auto* listCard = new Card(theme, {}, left);
    listCard->setEdgeToEdge(true);
    list_ = new QTreeWidget(listCard);
    list_->setObjectName(QStringLiteral("policiesList"));
    list_->setProperty("bare", true);
    list_->setColumnCount(2);
    setUpTree(list_, theme, tr("Policies"), QStringLiteral("policies/list"));
    list_->setRootIsDecorated(false);
    setColumnCharacters(list_, {15, 0});
    list_->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    list_->setTextElideMode(Qt::ElideRight);
    listCard->content()->addWidget(list_);
    reachCard_ = new Card(theme, tr("Where it applies"), left);
    reachCard_->setEdgeToEdge(true);
    reach_ = new ReachList(theme, reachCard_);
    reach_->setObjectName(QStringLiteral("policyReach"));
    reach_->setAccessibleName(tr("Where the policy applies, and where not"));
    connect(reach_, &ReachList::objectWanted, this, [this](const QString& id) { context().navigator.navigate(QStringLiteral("routes"), id); });
    reachCard_->content()->addWidget(reach_);
    keepSplitter(left, QStringLiteral("policies/left"), {42, 58});
    connect(list_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (!item) return;
        const auto index = item->data(0, kKeyRole).toUInt();
        if (index < rows_.size()) selected_ = rows_[index].key;
        showSelected();
    });
    return left;
}

QWidget* PoliciesView::buildMiddle(QWidget* parent) {
    auto& theme = context().theme;
    formCard_ = new Card(theme, {}, parent);
    formCard_->setEdgeToEdge(true);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(1));
    formChoice_ = new SegmentedControl(theme, tr("Form shown"), formCard_);
    formChoice_->setObjectName(QStringLiteral("formChoice"));
    formChoice_->addSegment(QStringLiteral("prompts"), tr("Prompts"), QStringLiteral("guard"));
    formChoice_->addSegment(QStringLiteral("all"), tr("All fields"), QStringLiteral("form"));
    line->addWidget(formChoice_);
    line->addStretch(1);
    formCard_->content()->addLayout(line);
    forms_ = new QStackedWidget(formCard_);
    form_ = new PolicyForm(context(), forms_);
    allFields_ = new SchemaForm(theme, context().document, forms_);
    forms_->addWidget(form_);
    forms_->addWidget(allFields_);
    formCard_->content()->addWidget(forms_, 1);
    const auto fail = [this](const QString& sentence) { messages().show(MessageBar::Kind::Error, sentence); };
    connect(formChoice_, &SegmentedControl::currentChanged, this, [this](const QString& id) { forms_->setCurrentIndex(id == QLatin1String("all") ? 1 : 0); });
    connect(form_, &PolicyForm::allFieldsWanted, this, [this] { formChoice_->setCurrent(QStringLiteral("all")); });
    connect(form_, &PolicyForm::editFailed, this, fail);
    connect(allFields_, &SchemaForm::editFailed, this, fail);
    return formCard_;
}

QWidget* PoliciesView::buildRight(QWidget* parent) {
    auto& theme = context().theme;
    auto* right = right_ = new QSplitter(Qt::Vertical, parent);
    auto* top = new QWidget(right);
    auto* topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(0, 0, 0, 0);
    topColumn->setSpacing(theme.gap(2));
    tools_ = new SegmentedControl(theme, tr("Tool shown"), top);
    tools_->setObjectName(QStringLiteral("guardTools"));
    tools_->addSegment(QStringLiteral("form"), tr("Form"), QStringLiteral("form"));
    tools_->addSegment(QStringLiteral("try"), tr("Try"), QStringLiteral("play"));
    tools_->addSegment(QStringLiteral("coverage"), tr("Coverage"), QStringLiteral("table"));
    tools_->addSegment(QStringLiteral("bench"), tr("Bench"), QStringLiteral("lab"));
    tools_->addSegment(QStringLiteral("yaml"), tr("YAML"), QStringLiteral("code"));
    tools_->setCurrent(QStringLiteral("try"));
    for (const char* id : {"form", "yaml"}) tools_->setSegmentShown(QLatin1String(id), false);
    toolStack_ = new QStackedWidget(top);
    prompt_ = new PromptPanel(context(), toolStack_);
    coverage_ = new CoveragePanel(context(), toolStack_);
    bench_ = new BenchPanel(context(), messages(), toolStack_);
    bench_->setObjectName(QStringLiteral("benchPanel"));
    for (auto* panel : std::initializer_list<QWidget*>{prompt_, coverage_, bench_}) toolStack_->addWidget(panel);
    topColumn->addWidget(tools_, 0, Qt::AlignLeft);
    topColumn->addWidget(toolStack_, 1);
    connect(tools_, &SegmentedControl::currentChanged, this, [this] {
        showTool();
        share();
    });
    toolBox_ = top;
    textCard_ = new Card(theme, tr("YAML"), right);
    textCard_->setEdgeToEdge(true);
    text_ = new ObjectTextPane(theme, context().document, facts_, textCard_);
    textCard_->content()->addWidget(text_, 1);
    keepSplitter(right, QStringLiteral("policies/right"), {52, 48});
    connect(text_, &ObjectTextPane::caretInField, this, [this](const config::FieldPath& path) {
        if (!text_->editor().textWidget()->hasFocus()) return;
        text_->highlightField(path, false);
        allFields_->highlightField(path, forms_->currentIndex() == 1);
    });
    connect(allFields_, &SchemaForm::fieldFocused, this, [this](const config::FieldPath& path) {
        allFields_->highlightField(path, false);
        text_->highlightField(path, true);
    });
    connect(text_, &ObjectTextPane::objectRenamed, this, [this](const config::ObjectKey&, const config::ObjectKey& to) { select(to); });
    return right;
}

void PoliciesView::retranslate() {
    ObjectListView::retranslate();
    list_->setHeaderLabels({tr("Policy", "column"), tr("What it does", "column")});
    list_->setAccessibleName(tr("Policies"));
    reachCard_->setTitle(tr("Where it applies"));
    reach_->setAccessibleName(tr("Where the policy applies, and where not"));
    formChoice_->setSegmentText(QStringLiteral("prompts"), tr("Prompts"));
    formChoice_->setSegmentText(QStringLiteral("all"), tr("All fields"));
    tools_->setSegmentText(QStringLiteral("form"), tr("Form"));
    tools_->setSegmentText(QStringLiteral("yaml"), tr("YAML"));
    tools_->setSegmentText(QStringLiteral("try"), tr("Try"));
    tools_->setSegmentText(QStringLiteral("coverage"), tr("Coverage"));
    tools_->setSegmentText(QStringLiteral("bench"), tr("Bench"));
}

void PoliciesView::beginAdd() {
    // A new policy starts on the route that talks to a model and that no policy guards yet.
    const auto set = facts_.objects();
    config::ObjectKey route;
    for (const auto* object : set->ofKind("HTTPRoute")) {
        const auto decoded = config::decodeHttpRoute(*object);
        const bool model = decoded && std::any_of(decoded->rules.begin(), decoded->rules.end(), [](const auto& rule) {
                               return std::any_of(rule.backendRefs.begin(), rule.backendRefs.end(), [](const auto& ref) { return ref.kind == "InferencePool" || ref.kind == "Backend"; });
                           });
        bool guarded = false;
        for (const auto* policy : set->ofKind("TrafficPolicy"))
            if (const auto spec = config::decodeTrafficPolicy(*policy))
                for (const auto& target : spec->targets) guarded = guarded || (target.kind == "HTTPRoute" && target.name == object->key.name && policy->key.ns == object->key.ns);
        if (route.kind.empty() || (model && !guarded)) route = object->key;
        if (model && !guarded) break;
    }
    commands_->apply(addPolicy(context().document.workspace(), route));
}

void PoliciesView::refresh() {
    auto& theme = context().theme;
    const auto set = facts_.objects();
    rows_ = set ? policyRows(*set, facts_.counting()) : std::vector<PolicyRow>{};
    std::erase_if(rows_, [this](const PolicyRow& row) { return !context().document.shows(row.key.ns); });
    showEmpty(rows_.empty());
    const QSignalBlocker quiet(list_);
    while (list_->topLevelItemCount() > static_cast<int>(rows_.size())) delete list_->topLevelItem(list_->topLevelItemCount() - 1);
    while (list_->topLevelItemCount() < static_cast<int>(rows_.size())) new QTreeWidgetItem(list_);
    bool found = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) found = found || rows_[i].key == selected_;
    if (!found) selected_ = rows_.empty() ? config::ObjectKey{} : rows_.front().key;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto& row = rows_[i];
        auto* item = list_->topLevelItem(static_cast<int>(i));
        const bool bad = !row.problem.isEmpty();
        const bool error = bad && row.severity == config::Severity::Error;
        item->setText(0, row.name);
        item->setText(1, row.effect);
        item->setIcon(0, bad ? theme.icon(error ? QStringLiteral("error") : QStringLiteral("warning"), error ? Token::Bad : Token::Warn) : theme.icon(QStringLiteral("guard"), Token::Muted));
        item->setToolTip(0, bad ? row.problem : row.targets);
        item->setToolTip(1, row.effect + QLatin1Char('\n') + row.targets);
        item->setData(0, kKeyRole, static_cast<uint>(i));
        if (row.key == selected_) list_->setCurrentItem(item);
    }
    applyFilter(filterEdit_->text());
    showSelected();
}

void PoliciesView::applyFilter(const QString& text) {
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        auto* item = list_->topLevelItem(i);
        const auto& row = rows_[static_cast<std::size_t>(i)];
        item->setHidden(!text.isEmpty() && !(row.name + QLatin1Char(' ') + row.effect + QLatin1Char(' ') + row.targets).contains(text, Qt::CaseInsensitive));
    }
}

void PoliciesView::showSelected() {
    const auto set = facts_.objects();
    const auto* object = set ? set->find(selected_) : nullptr;
    if (!object) {
        form_->clear();
        allFields_->clear();
        showPolicy(std::nullopt);
        text_->clear();
        reach_->clear();
        return;
    }
    text_->showObject(selected_);
    textCard_->setCaption(tr("%1, line %2").arg(toQString(object->where.file)).arg(object->where.line));
    allFields_->showObject(*set, selected_, facts_.of(selected_));
    // Only a TrafficPolicy has a form for prompts; guards are in AgentgatewayPolicies too.
    const bool prompts = selected_.kind == "TrafficPolicy";
    formChoice_->setVisible(prompts);
    showTool();
    forms_->setCurrentIndex(!prompts || formChoice_->current() == QLatin1String("all") ? 1 : 0);
    if (const auto spec = prompts ? config::decodeTrafficPolicy(*object) : Result<config::TrafficPolicySpec>(gatehouse::fail("no-prompts", ""))) {
        form_->showPolicy(selected_, *spec);
        showPolicy(spec->ai ? CompiledPolicy(compilePolicy(*spec->ai)) : std::nullopt);
    } else {
        form_->clear();
        // What runs of the others is known once the workspace was translated; until then the last answer for the same policy stands.
        if (reachShown_ != selected_) showPolicy(std::nullopt);
    }
    if (reachShown_ != selected_) prompt_->setServices({});
    // At once for another policy; after an edit when the typing pauses.
    reachTimer_.start(reachShown_ == selected_ ? kReachDelay : 0);
}

/// What the translation of the workspace made of the chosen policy.
void PoliciesView::showRunning() {
    const auto set = facts_.objects();
    const auto* object = set ? set->find(selected_) : nullptr;
    if (object == nullptr) return;
    if (selected_.kind == "AgentgatewayPolicy") showPolicy(compileAgentPolicy(*object, guards_.policy));
    prompt_->setServices({guards_.services, guards_.rule, guards_.backend, set});
}

void PoliciesView::showPolicy(CompiledPolicy policy) {
    policy_ = std::move(policy);
    stale_.fill(true);
    updateTool();
}

/// The map and the bench are work: each tool reads a policy when it is looked at.
void PoliciesView::updateTool() {
    const auto tool = toolStack_->currentIndex();
    if (static_cast<std::size_t>(tool) >= stale_.size()) return;
    if (!std::exchange(stale_[static_cast<std::size_t>(tool)], false)) return;
    if (tool == 0) prompt_->setPolicy(policy_);
    else if (tool == 1) coverage_->setPolicy(policy_);
    else bench_->setPolicy(policy_);
}

/// Where not all columns have room, one thing beside the list is shown at a time.
void PoliciesView::arrange() {
    const auto& theme = context().theme;
    constexpr int kList = 50, kForm = 75, kText = 60;  // In units of the theme's gap.
    constexpr int kAllWords = 230;                     // What the three need together, in the language with the longest words.
    const bool compact = columns_->width() > 0 && columns_->width() < theme.gap(kAllWords) + 2 * columns_->handleWidth();
    list_->setMinimumWidth(theme.gap(compact ? kList - 16 : kList));
    formCard_->setMinimumWidth(compact ? 0 : theme.gap(kForm));
    textCard_->setMinimumWidth(compact ? 0 : theme.gap(kText));
    if (compact == compact_) return;
    compact_ = compact;
    if (compact) {
        columns_->replaceWidget(1, formPlace_);
        right_->replaceWidget(1, textPlace_);
        toolStack_->addWidget(formCard_);
        toolStack_->addWidget(textCard_);
    } else {
        columns_->replaceWidget(1, formCard_);
        right_->replaceWidget(1, textCard_);
        for (auto* place : {formPlace_, textPlace_}) place->setParent(this);
    }
    for (auto* place : {formPlace_, textPlace_}) place->hide();
    for (const char* id : {"form", "yaml"}) tools_->setSegmentShown(QLatin1String(id), compact);
    const auto now = tools_->current();
    if (compact && now == QLatin1String("try")) tools_->setCurrent(QStringLiteral("form"));
    else if (!compact && (now == QLatin1String("form") || now == QLatin1String("yaml"))) tools_->setCurrent(QStringLiteral("try"));
    showTool();
    share();
}

void PoliciesView::showTool() {
    const bool guards = selected_.kind == "TrafficPolicy" || selected_.kind == "AgentgatewayPolicy";
    const auto reason = guards ? QString() : tr("This policy has no guards.");
    for (const char* id : {"try", "coverage", "bench"}) tools_->setSegmentEnabled(QLatin1String(id), guards, reason);
    auto id = tools_->current();
    if (compact_ && !guards && id != QLatin1String("yaml") && id != QLatin1String("form")) return tools_->setCurrent(QStringLiteral("form"));  // Comes back here.
    const std::pair<QLatin1String, QWidget*> pages[] = {
        {QLatin1String("form"), formCard_}, {QLatin1String("coverage"), coverage_}, {QLatin1String("bench"), bench_}, {QLatin1String("yaml"), textCard_}};
    QWidget* page = prompt_;
    for (const auto& [name, widget] : pages)
        if (id == name && toolStack_->indexOf(widget) >= 0) page = widget;
    toolStack_->setCurrentWidget(page);
    updateTool();
    // What it does is said on hover where the list is narrow.
    showEffects(!compact_ && id == QLatin1String("try"));
    toolBox_->setVisible(guards || compact_);
    if (compact_) return;
    formCard_->setVisible(!guards || id != QLatin1String("coverage"));
    textCard_->setVisible(!guards || id == QLatin1String("try"));
}

/// The list's second column; without it the first one takes all.
void PoliciesView::showEffects(bool shown) {
    if (effects_ == shown) return;
    auto* header = list_->header();
    if (!shown) nameWidth_ = header->sectionSize(0);
    list_->setColumnHidden(1, !shown);
    header->setSectionResizeMode(0, shown ? QHeaderView::Interactive : QHeaderView::Stretch);
    // What was kept from an earlier run may be the width of the whole list.
    if (shown && nameWidth_ > 0) header->resizeSection(0, std::min(nameWidth_, context().theme.gap(kWidestName)));
    effects_ = shown;
}

/// The map is wide, and both tables are long.
void PoliciesView::share() {
    const int all = columns_->width();
    const auto id = tools_->current();
    if (compact_) columns_->setSizes({all * 26 / 100, 0, all * 74 / 100});
    else if (id == QLatin1String("coverage")) columns_->setSizes({all * 18 / 100, 0, all * 82 / 100});
    else if (id == QLatin1String("bench")) columns_->setSizes({all * 19 / 100, all * 35 / 100, all * 46 / 100});
    else columns_->setSizes({all * 29 / 100, all * 37 / 100, all * 34 / 100});
}

void PoliciesView::resizeEvent(QResizeEvent* event) {
    ObjectListView::resizeEvent(event);
    if (columns_ != nullptr && event->size().width() != event->oldSize().width()) QTimer::singleShot(0, this, &PoliciesView::arrange);
}

void PoliciesView::askReach() {
    if (const auto set = facts_.objects(); set && !selected_.kind.empty()) reader_.ask({set, facts_.attachments(), selected_});
}

void PoliciesView::showReach(const std::vector<ReachRow>& rows) {
    reach_->showRows(rows);
    const auto applies = static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const ReachRow& row) { return row.applies; }));
    reachCard_->setCaption(rows.empty() ? QString() : applies == 0 ? tr("nowhere") : tr("%n rule(s)", nullptr, applies));
}

}  // namespace

View* makePoliciesView(ViewContext& context, QWidget* parent) { return new PoliciesView(context, parent); }

}  // namespace gatehouse::ui
