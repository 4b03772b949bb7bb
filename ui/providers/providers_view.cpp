#include "providers/providers_view.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "editors/object_editor.h"
#include "editors/object_list_view.h"
#include "editors/object_text_pane.h"
#include "providers/add_provider_panel.h"
#include "providers/drill_panel.h"
#include "providers/provider_panel.h"
#include "providers/providers_model.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/column_fit.h"
#include "widgets/data_table.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kCounterInterval = 500;  // Tables refresh at 2 Hz.
constexpr std::size_t kUsersShown = 5;

/// ProvidersView: the table of everything that requests can be sent to, the editor of the chosen one, and who uses it.
class ProvidersView : public ObjectListView {
    Q_DECLARE_TR_FUNCTIONS(ProvidersView)
  public:
    ProvidersView(ViewContext& context, QWidget* parent);
    QString title() const override { return tr("Providers"); }
    void setActive(bool active) override;

  protected:
    Words words() const override {
        return {tr("Add provider"), tr("Filter providers"), tr("Nothing to send requests to yet: the workspace has no Backend, Service or InferencePool."),
                tr("Add provider")};
    }
    QString emptyIcon() const override { return QStringLiteral("providers"); }
    void beginAdd() override;
    void refresh() override;
    void applyFilter(const QString& text) override { filter_->setFilterFixedString(text); }
    void commitTyped() override { editor_->textPane().commit(); }
    void retranslate() override;

  private:
    QWidget* buildContent();
    void connectParts();
    void showCounters();
    void onSelected();
    void showUsers();
    void showPanel();
    const ProviderRow* current() const;

    ProvidersModel* model_;
    QSortFilterProxyModel* filter_;
    QTableView* table_ = nullptr;
    Card* tableCard_ = nullptr;
    AddProviderPanel* addPanel_ = nullptr;
    ProviderPanel* panel_ = nullptr;
    QString provider_;  ///< Of the chosen row, where its Backend has several.
    ColumnFit* columns_ = nullptr;
    QToolButton* columnsButton_ = nullptr;
    SegmentedControl* parts_ = nullptr;
    QStackedWidget* partStack_ = nullptr;
    ObjectEditor* editor_ = nullptr;
    DrillPanel* drill_ = nullptr;
    QLabel* name_ = nullptr;
    QLabel* usedLabel_ = nullptr;
    QWidget* users_ = nullptr;
    QTimer timer_;
    std::vector<config::ObjectKey> shownUsers_;
};

ProvidersView::ProvidersView(ViewContext& context, QWidget* parent)
    : ObjectListView(context, QStringLiteral("providers"), parent), model_(new ProvidersModel(context.theme, this)), filter_(new QSortFilterProxyModel(this)) {
    filter_->setSourceModel(model_);
    filter_->setFilterKeyColumn(-1);
    filter_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    filter_->setSortRole(ProvidersModel::kSortRole);
    auto* content = buildContent();
    columnsButton_ = makeIconButton(context.theme, QStringLiteral("table"), {}, this);
    columnsButton_->setObjectName(QStringLiteral("providerColumns"));
    connect(columnsButton_, &QToolButton::clicked, this, [this] {
        auto* menu = columns_->menu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(columnsButton_->mapToGlobal(QPoint(0, columnsButton_->height())));
    });
    connectParts();
    timer_.setInterval(kCounterInterval);
    connect(&timer_, &QTimer::timeout, this, &ProvidersView::showCounters);
    setContent(content, table_);
    titleControls()->insertWidget(std::min(1, titleControls()->count()), columnsButton_);
}

void ProvidersView::beginAdd() {
    showEmpty(false);
    panel_->hide();
    addPanel_->show();
    addPanel_->begin();
}

QWidget* ProvidersView::buildContent() {
    auto& theme = context().theme;
    auto* across = new QSplitter(Qt::Horizontal, this);
    auto* vertical = new QSplitter(Qt::Vertical, across);
    auto* tableCard = tableCard_ = new Card(theme, {}, vertical);
    tableCard->setEdgeToEdge(true);
    table_ = new QTableView(tableCard);
    table_->setObjectName(QStringLiteral("providersTable"));
    table_->setProperty("bare", true);
    table_->setModel(filter_);
    setUpTable(table_, theme, tr("Providers"), QStringLiteral("providers/columns"));
    setColumnCharacters(table_, {16, 13, 14, 11, 7, 7, 9, 8, 22, 12, 15, 9, 9, 22});
    using Column = ProvidersModel::Column;
    // What the panel or the form beside it tells leaves first; who it is, whether it is up, how fast and how well it answers stay.
    columns_ = new ColumnFit(table_, {Column::Host, Column::Expires, Column::Tokens, Column::Requests, Column::Key, Column::InFlight, Column::Slowest, Column::Type, Column::Price, Column::Model, Column::Median}, Column::Name,
                             QStringLiteral("providers/columns"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setSortingEnabled(true);
    table_->sortByColumn(-1, Qt::AscendingOrder);
    tableCard->content()->addWidget(table_);
    table_->setTextElideMode(Qt::ElideRight);

    auto* bottom = new QWidget(vertical);
    auto* column = new QVBoxLayout(bottom);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    parts_ = new SegmentedControl(theme, tr("Shown of the provider"), bottom);
    parts_->setObjectName(QStringLiteral("providerPart"));
    parts_->addSegment(QStringLiteral("object"), tr("Object"), QStringLiteral("form"));
    parts_->addSegment(QStringLiteral("drill"), tr("Fault drill"), QStringLiteral("lab"));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(theme.gap(2));
    name_ = new QLabel(bottom);
    name_->setObjectName(QStringLiteral("objectName"));
    usedLabel_ = makeCaption(theme, {}, bottom);
    users_ = new QWidget(bottom);
    users_->setObjectName(QStringLiteral("usedBy"));
    auto* usersRow = new QHBoxLayout(users_);
    usersRow->setContentsMargins(0, 0, 0, 0);
    usersRow->setSpacing(0);
    heading->addWidget(name_);
    heading->addSpacing(theme.gap(2));
    heading->addWidget(usedLabel_);
    heading->addWidget(users_);
    heading->addStretch(1);
    heading->addWidget(parts_);
    column->addLayout(heading);
    partStack_ = new QStackedWidget(bottom);
    editor_ = new ObjectEditor(context(), facts_, QStringLiteral("providers/editor"), partStack_);
    drill_ = new DrillPanel(context(), messages(), partStack_);
    partStack_->addWidget(editor_);
    partStack_->addWidget(drill_);
    column->addWidget(partStack_, 1);
    addPanel_ = new AddProviderPanel(context(), across);
    addPanel_->setObjectName(QStringLiteral("addProviderPanel"));
    addPanel_->hide();
    panel_ = new ProviderPanel(context(), across);
    panel_->hide();
    keepSplitter(vertical, QStringLiteral("providers/main"), {34, 66});
    keepSplitter(across, QStringLiteral("providers/across3"), {72, 28, 28});
    const auto applyTheme = [this, &theme, tableCard] {
        name_->setFont(theme.strongFont());
        tableCard->setMinimumHeight(theme.gap(30));
        addPanel_->setMinimumWidth(theme.gap(70));
        panel_->setMinimumWidth(theme.gap(60));
        editor_->setMinimumHeight(theme.gap(40));
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
    return across;
}

void ProvidersView::connectParts() {
    connect(parts_, &SegmentedControl::currentChanged, this, [this](const QString& part) {
        const bool drill = part == QLatin1String("drill");
        partStack_->setCurrentIndex(drill ? 1 : 0);
        if (drill) drill_->activate();
        showPanel();
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { onSelected(); });
    connect(editor_, &ObjectEditor::editFailed, this, [this](const QString& sentence) { messages().show(MessageBar::Kind::Error, sentence); });
    connect(editor_, &ObjectEditor::objectRenamed, this, [this](const config::ObjectKey&, const config::ObjectKey& to) { select(to); });
    connect(addPanel_, &AddProviderPanel::cancelled, this, [this] {
        addPanel_->hide();
        refresh();
        showPanel();
    });
    connect(addPanel_, &AddProviderPanel::submitted, this, [this](const ProviderDraft& draft) {
        auto prepared = addProvider(context().document.workspace(), draft);
        const bool ok = prepared.edit.has_value();
        commands_->apply(std::move(prepared));
        if (ok) addPanel_->hide();
        if (ok) showPanel();
    });
}

void ProvidersView::retranslate() {
    ObjectListView::retranslate();
    usedLabel_->setText(tr("Used by"));
    parts_->setSegmentText(QStringLiteral("object"), tr("Object"));
    parts_->setSegmentText(QStringLiteral("drill"), tr("Fault drill"));
    columnsButton_->setToolTip(tr("Columns of the table"));
    columnsButton_->setAccessibleName(tr("Columns of the table"));
}

void ProvidersView::setActive(bool active) {
    ObjectListView::setActive(active);
    if (!active) return timer_.stop();
    showCounters();
    timer_.start();
}

const ProviderRow* ProvidersView::current() const { return model_->at(filter_->mapToSource(table_->currentIndex()).row()); }

void ProvidersView::refresh() {
    const auto set = facts_.objects();
    const auto keep = selected_;
    auto rows = set ? providerRows(*set, facts_.counting()) : std::vector<ProviderRow>{};
    std::erase_if(rows, [this](const ProviderRow& row) { return !context().document.shows(row.key.ns); });
    countProviders(rows, context().engine.state());
    model_->setRows(std::move(rows));
    selected_ = keep;
    showEmpty(model_->rowCount() == 0 && !addPanel_->isVisibleTo(pages()));
    const int row = std::max(0, model_->rowOf(selected_, provider_));
    const auto shown = filter_->mapFromSource(model_->index(row, 0));
    if (shown.isValid() && (!table_->currentIndex().isValid() || (model_->rowOf(selected_, provider_) >= 0 && shown.row() != table_->currentIndex().row())))
        table_->setCurrentIndex(shown);
    if (const auto* row = current()) drill_->setObject(row->key, set);
    showUsers();
    showPanel();
}

void ProvidersView::showCounters() {
    model_->setCounters(context().engine.state());
    showPanel();
}

/// The inspector of the chosen row, where that is an LLM provider and nothing is being added. A drill's long table gets all of a narrow view.
void ProvidersView::showPanel() {
    constexpr int kNarrow = 140;  // In units of the theme's gap.
    const auto* row = current();
    const bool alone = parts_->current() == QLatin1String("drill") && width() < context().theme.gap(kNarrow);
    const bool shows = row != nullptr && row->llm && !addPanel_->isVisibleTo(pages()) && !alone;
    tableCard_->setVisible(!alone);
    if (shows) panel_->showRow(*row);
    panel_->setVisible(shows);
}

void ProvidersView::onSelected() {
    const auto* row = current();
    if (!row) return;
    selected_ = row->key;
    provider_ = row->provider;
    name_->setText(QString::fromStdString(row->key.display()));
    if (editor_->object() != row->key) editor_->showObject(row->key);
    drill_->setObject(row->key, facts_.objects());
    showUsers();
    showPanel();
}

void ProvidersView::showUsers() {
    const auto* row = current();
    const auto users = row ? row->usedBy : std::vector<config::ObjectKey>{};
    if (users == shownUsers_ && users_->layout()->count() > 0) return;
    shownUsers_ = users;
    while (auto* item = users_->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < users.size() && i < kUsersShown; ++i) {
        const auto key = users[i];
        auto* button = makeTextButton(context().theme, key.kind == "HTTPRoute" ? QStringLiteral("route") : QStringLiteral("object"),
                                      QString::fromStdString(key.name), users_);
        button->setToolTip(QString::fromStdString(key.display()));
        connect(button, &QToolButton::clicked, this,
                [this, key] { context().navigator.navigate(QStringLiteral("routes"), QString::fromStdString(key.id())); });
        users_->layout()->addWidget(button);
    }
    if (users.size() > kUsersShown) users_->layout()->addWidget(makeCaption(context().theme, tr("and %1 more").arg(users.size() - kUsersShown), users_));
    if (users.empty()) users_->layout()->addWidget(makeCaption(context().theme, tr("no route yet"), users_));
}

}  // namespace

View* makeProvidersView(ViewContext& context, QWidget* parent) { return new ProvidersView(context, parent); }

}  // namespace gatehouse::ui
