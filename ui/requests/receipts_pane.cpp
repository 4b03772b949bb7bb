#include "requests/receipts_pane.h"

#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "models/format.h"
#include "requests/receipt_table_model.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

ReceiptsPane::ReceiptsPane(ViewContext& context, MessageBar& messages, QWidget* parent) : QWidget(parent), context_(context), messages_(messages) {
    auto& theme = context.theme;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    card_ = new Card(theme, {}, this);
    card_->setEdgeToEdge(true);
    total_ = new QLabel(card_);
    total_->setObjectName(QStringLiteral("receiptTotal"));
    total_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, card_);
    save_->setObjectName(QStringLiteral("saveReceipts"));
    card_->actions()->addWidget(total_);
    card_->actions()->addWidget(save_);
    auto* holder = new QWidget(card_);
    pages_ = new QStackedLayout(holder);
    model_ = new ReceiptTableModel(this);
    sorted_ = new QSortFilterProxyModel(this);
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(ReceiptTableModel::kSortRole);
    table_ = new QTableView(holder);
    table_->setObjectName(QStringLiteral("receiptTable"));
    table_->setProperty("bare", true);
    table_->setModel(sorted_);
    setUpTable(table_, theme, {}, QStringLiteral("requests/receipts"));
    setColumnCharacters(table_, {16, 0, 16, 9, 11, 11, 11, 14, 9});
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->horizontalHeader()->setSortIndicator(ReceiptTableModel::Amount, Qt::DescendingOrder);
    table_->setSortingEnabled(true);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(table_);
    pages_->addWidget(empty_);
    card_->content()->addWidget(holder, 1);
    column->addWidget(card_, 1);
    connect(save_, &QToolButton::clicked, this, &ReceiptsPane::saveCsv);
    connect(&context.engine, &EngineBridge::stateSampled, this, [this] {
        if (active_) refresh();
    });
    retranslate();
}

void ReceiptsPane::retranslate() {
    card_->setTitle(tr("Receipts", "title: what models cost"));
    table_->setAccessibleName(tr("Receipts by provider and model"));
    save_->setText(tr("Save CSV…", "button"));
    save_->setToolTip(tr("Saves the totals by route, provider, model and API key"));
    empty_->set(QStringLiteral("model"), tr("No request has reached a model yet, so nothing was used."), tr("Open Providers"),
                [this] { context_.navigator.navigate(QStringLiteral("providers"), {}); });
    shown_ = nullptr;
    widenToHeaders(table_->horizontalHeader());
    refresh();
}

void ReceiptsPane::setActive(bool active) {
    active_ = active;
    if (active) refresh();
}

void ReceiptsPane::refresh() {
    const auto& state = context_.engine.state();
    if (shown_ && shown_ == state.usage) return;
    shown_ = state.usage;
    model_->update(shown_ ? *shown_ : std::vector<telemetry::UsageRow>{});
    table_->setColumnHidden(ReceiptTableModel::Key, !model_->hasKeys());
    const bool any = model_->rowCount() > 0;
    pages_->setCurrentIndex(any ? 0 : 1);
    save_->setEnabled(any);
    total_->setVisible(any);
    const auto& sum = model_->sum();
    auto text = tr("Total: %1", "%1 amounts of money").arg(ReceiptTableModel::moneyOf(sum));
    if (sum.unpriced > 0) text += QStringLiteral(" · ") + tr("%n without a price", "requests", static_cast<int>(sum.unpriced));
    total_->setText(text);
    total_->setToolTip(ReceiptTableModel::moneyOf(sum, true));
    card_->setCaption(any ? tr("since %1", "%1 date and time").arg(QLocale().toString(toDateTime(state.usageSince), QLocale::ShortFormat)) : QString());
}

void ReceiptsPane::saveCsv() {
    if (!shown_) return;
    const auto rows = shown_;
    auto path = context_.dialogs.chooseSaveFile(this, tr("Save the receipts"), suggestedFile(QStringLiteral("receipts"), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    QSaveFile file(path);
    const auto text = telemetry::usageCsv(*rows);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) && file.commit();
    if (written) messages_.show(MessageBar::Kind::Ok, tr("The receipts were saved to %1.").arg(path));
    else messages_.show(MessageBar::Kind::Error, tr("The receipts were not saved to %1: %2").arg(path, file.errorString()));
}

}  // namespace gatehouse::ui
