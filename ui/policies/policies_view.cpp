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
#include "policies/reach_reader.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/filter_edit.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"

#include <QCoreApplication>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace gatehouse::ui {
namespace {

constexpr int kReachDelay = 150;  // Milliseconds after an edit before it is asked where the policy applies now.
constexpr int kKeyRole = Qt::UserRole + 1;

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

    QSplitter* columns_ = nullptr;
    QTreeWidget* list_ = nullptr;
    QScrollArea* reach_ = nullptr;
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
    keepSplitter(columns, QStringLiteral("policies/columns"), {29, 37, 34});
    const auto applyTheme = [this, &theme] {
        list_->setMinimumWidth(theme.gap(50));
        formCard_->setMinimumWidth(theme.gap(75));
        textCard_->setMinimumWidth(theme.gap(60));
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
    list_->setTextElideMode(Qt::ElideRight);
    listCard->content()->addWidget(list_);
    reachCard_ = new Card(theme, tr("Where it applies"), left);
    reachCard_->setEdgeToEdge(true);
    reach_ = new QScrollArea(reachCard_);
    reach_->setObjectName(QStringLiteral("policyReach"));
    reach_->setProperty("bare", true);
    reach_->setWidgetResizable(true);
    reach_->setFrameShape(QFrame::NoFrame);
    reach_->setFocusPolicy(Qt::NoFocus);
    reach_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    reach_->setAccessibleName(tr("Where the policy applies, and where not"));
    reach_->viewport()->setAutoFillBackground(false);
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
    auto* right = new QSplitter(Qt::Vertical, parent);
    auto* top = new QWidget(right);
    auto* topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(0, 0, 0, 0);
    topColumn->setSpacing(theme.gap(2));
    tools_ = new SegmentedControl(theme, tr("Tool shown"), top);
    tools_->setObjectName(QStringLiteral("guardTools"));
    tools_->addSegment(QStringLiteral("try"), tr("Try"), QStringLiteral("play"));
    tools_->addSegment(QStringLiteral("coverage"), tr("Coverage"), QStringLiteral("table"));
    tools_->addSegment(QStringLiteral("bench"), tr("Bench"), QStringLiteral("lab"));
    toolStack_ = new QStackedWidget(top);
    prompt_ = new PromptPanel(context(), toolStack_);
    coverage_ = new CoveragePanel(context(), toolStack_);
    bench_ = new BenchPanel(context(), messages(), toolStack_);
    bench_->setObjectName(QStringLiteral("benchPanel"));
    for (auto* panel : std::initializer_list<QWidget*>{prompt_, coverage_, bench_}) toolStack_->addWidget(panel);
    topColumn->addWidget(tools_, 0, Qt::AlignLeft);
    topColumn->addWidget(toolStack_, 1);
    connect(tools_, &SegmentedControl::currentChanged, this, [this](const QString& id) {
        toolStack_->setCurrentIndex(id == QLatin1String("coverage") ? 1 : id == QLatin1String("bench") ? 2 : 0);
        updateTool();
        // The map is wide, and both tables are long.
        const int all = columns_->width();
        list_->setColumnHidden(1, id != QLatin1String("try"));  // Said on hover.
        if (id == QLatin1String("coverage")) columns_->setSizes({all * 22 / 100, 0, all * 78 / 100});
        else if (id == QLatin1String("bench")) columns_->setSizes({all * 19 / 100, all * 35 / 100, all * 46 / 100});
        else columns_->setSizes({all * 29 / 100, all * 37 / 100, all * 34 / 100});
        formCard_->setVisible(id != QLatin1String("coverage"));
        textCard_->setVisible(id == QLatin1String("try"));
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
        if (auto* old = reach_->takeWidget()) old->deleteLater();
        return;
    }
    text_->showObject(selected_);
    textCard_->setCaption(tr("%1, line %2").arg(toQString(object->where.file)).arg(object->where.line));
    allFields_->showObject(*set, selected_, facts_.of(selected_));
    // Only a TrafficPolicy has a form for prompts; guards are in AgentgatewayPolicies too.
    const bool prompts = selected_.kind == "TrafficPolicy";
    const bool guards = prompts || selected_.kind == "AgentgatewayPolicy";
    formChoice_->setVisible(prompts);
    toolBox_->setVisible(guards);
    formCard_->setVisible(!guards || tools_->current() != QLatin1String("coverage"));
    textCard_->setVisible(!guards || tools_->current() == QLatin1String("try"));
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
    if (!std::exchange(stale_[static_cast<std::size_t>(tool)], false)) return;
    if (tool == 0) prompt_->setPolicy(policy_);
    else if (tool == 1) coverage_->setPolicy(policy_);
    else bench_->setPolicy(policy_);
}

void PoliciesView::askReach() {
    if (const auto set = facts_.objects(); set && !selected_.kind.empty()) reader_.ask({set, facts_.attachments(), selected_});
}

void PoliciesView::showReach(const std::vector<ReachRow>& rows) {
    auto& theme = context().theme;
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme.gap(3), theme.gap(1), theme.gap(3), theme.gap(3));
    column->setSpacing(theme.gap(1));
    int applies = 0;
    for (const auto& row : rows) {
        auto* line = new QHBoxLayout;
        line->setSpacing(theme.gap(2));
        auto* icon = new QLabel(page);
        icon->setPixmap(theme.icon(row.applies && !row.broken ? QStringLiteral("ok") : QStringLiteral("error"), row.applies && !row.broken ? Token::Ok : Token::Bad)
                            .pixmap(QSize(theme.iconSize(), theme.iconSize()), devicePixelRatioF()));
        line->addWidget(icon);
        auto* where = new QLabel((row.broken    ? tr("%1: answers 500")
                                  : row.applies ? tr("%1: applies")
                                                : tr("%1: does not apply"))
                                     .arg(row.where), page);
        where->setObjectName(QStringLiteral("reachWhere"));
        where->setTextFormat(Qt::PlainText);
        where->setWordWrap(true);
        line->addWidget(where, 1);
        if (!row.object.kind.empty()) {
            auto* open = makeIconButton(theme, QStringLiteral("chevron-right"), tr("Show %1").arg(toQString(row.object.display())), page);
            connect(open, &QToolButton::clicked, this,
                    [this, id = toQString(row.object.id())] { context().navigator.navigate(QStringLiteral("routes"), id); });
            line->addWidget(open);
        }
        column->addLayout(line);
        auto* why = makeCaption(theme, row.why, page);
        why->setObjectName(QStringLiteral("reachWhy"));
        why->setTextFormat(Qt::PlainText);
        why->setWordWrap(true);
        why->setContentsMargins(theme.iconSize() + theme.gap(2), 0, 0, theme.gap(2));
        column->addWidget(why);
        applies += row.applies ? 1 : 0;
    }
    column->addStretch(1);
    if (auto* old = reach_->takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    reach_->setWidget(page);
    page->setAutoFillBackground(false);
    page->show();
    reachCard_->setCaption(rows.empty() ? QString() : applies == 0 ? tr("nowhere") : tr("%n rule(s)", nullptr, applies));
}

}  // namespace

View* makePoliciesView(ViewContext& context, QWidget* parent) { return new PoliciesView(context, parent); }

}  // namespace gatehouse::ui
