#include "dashboard/filtered_table_card.h"

#include "charts/chart_frame.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr qint64 kReorderMillis = 10'000;

}  // namespace

FilteredTableCard::FilteredTableCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QAbstractItemModel* model, int sortRole, Names names, QWidget* parent)
    : Card(theme, {}, parent), dialogs_(dialogs), messages_(messages), names_(names), proxy_(new QSortFilterProxyModel(this)), table_(nullptr) {
    setEdgeToEdge(true);
    proxy_->setSourceModel(model);
    proxy_->setSortRole(sortRole);
    proxy_->setSortLocaleAware(true);
    proxy_->setFilterKeyColumn(-1);
    proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy_->setDynamicSortFilter(false);
    auto* row = new QHBoxLayout;
    filter_ = new FilterEdit(theme, {}, this);
    filter_->setObjectName(QLatin1String(names.filter));
    row->addWidget(filter_);
    content()->addLayout(row);
    pages_ = new QStackedWidget(this);
    table_ = new QTableView(pages_);
    table_->setObjectName(QLatin1String(names.table));
    table_->setModel(proxy_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    setUpTable(table_, theme, {}, QLatin1String(names.settings));
    empty_ = new EmptyState(theme, pages_);
    pages_->addWidget(table_);
    pages_->addWidget(empty_);
    content()->addWidget(pages_, 1);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("save.") + QLatin1String(names.fileStem));
    actions()->addWidget(save_);
    const auto space = [row, &theme] { row->setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2)); };
    space();
    connect(&theme, &Theme::changed, row, space);
    connect(save_, &QToolButton::clicked, this, &FilteredTableCard::save);
    connect(filter_, &FilterEdit::filterChanged, this, [this](const QString& text) {
        proxy_->setFilterFixedString(text);
        showPage();
    });
    ordered_.start();
}

void FilteredTableCard::setWords(const Words& words) {
    words_ = words;
    setTitle(words.title);
    table_->setAccessibleName(words.title);
    filter_->setHint(words.filterHint);
    save_->setText(words.save);
    widenToHeaders(table_->horizontalHeader());
    showPage();
}

void FilteredTableCard::refreshed() {
    const bool held = table_->viewport()->underMouse();
    if (proxy_->sortColumn() >= 0 && !held && ordered_.elapsed() >= kReorderMillis) {
        ordered_.start();
        proxy_->sort(proxy_->sortColumn(), proxy_->sortOrder());
    }
    showPage();
}

void FilteredTableCard::setFilter(const QString& text) {
    filter_->setText(text);
    proxy_->setFilterFixedString(text);
    showPage();
}

void FilteredTableCard::focusFilter() { filter_->focusFilter(); }

void FilteredTableCard::showPage() {
    if (proxy_->rowCount() > 0) {
        pages_->setCurrentIndex(0);
        return;
    }
    pages_->setCurrentIndex(1);
    if (proxy_->sourceModel()->rowCount() == 0) empty_->set(words_.icon, words_.nothing);
    else empty_->set(QStringLiteral("filter"), tr("No row matches the filter."), tr("Clear the filter"), [this] { setFilter({}); });
}

void FilteredTableCard::save() {
    auto path = dialogs_.chooseSaveFile(this, words_.title, suggestedFile(QLatin1String(names_.fileStem), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    if (const auto error = writeCsv(path, tableOf(*proxy_)); !error.isEmpty()) messages_.show(MessageBar::Kind::Error, error);
}

}  // namespace gatehouse::ui
