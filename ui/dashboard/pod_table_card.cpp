#include "dashboard/pod_table_card.h"

#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "models/format.h"
#include "models/pick_share.h"
#include "models/pod_table_model.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <unordered_map>

namespace gatehouse::ui {
namespace {

constexpr qint64 kShareWindow = 10'000;

}  // namespace

PodTableCard::PodTableCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QWidget* parent)
    : Card(theme, {}, parent), dialogs_(dialogs), messages_(messages), model_(new PodTableModel(theme, this)), table_(new QTableView(this)) {
    setEdgeToEdge(true);
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("podTable"));
    setUpTable(table_, theme, {}, QStringLiteral("dashboard/pods"));
    setColumnCharacters(table_, {12, 12, 7, 4, 5, 3, 6, 5, 9, 4, 0});
    // Pools tells these.
    for (int column = PodTableModel::State + 1; column < PodTableModel::ColumnCount; ++column) table_->setColumnHidden(column, true);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSortingEnabled(true);
    table_->sortByColumn(PodTableModel::Pod, Qt::AscendingOrder);
    content()->addWidget(table_);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("savePodTable"));
    actions()->addWidget(save_);
    connect(save_, &QToolButton::clicked, this, &PodTableCard::save);
}

void PodTableCard::retranslate() {
    setTitle(tr("Pods", "title of a table"));
    table_->setAccessibleName(tr("Pods"));
    save_->setText(tr("Save CSV…", "button"));
    widenToHeaders(table_->horizontalHeader());
}

void PodTableCard::feed(const EngineBridge& engine, const std::vector<const PodHistory*>& pods, const QString& pool) {
    const auto shares = pickShares(pods, engine.now(), kShareWindow);
    std::unordered_map<std::string, double> shareOf;
    for (std::size_t i = 0; i < pods.size(); ++i) shareOf.emplace((pods[i]->pool + QLatin1Char('\n') + pods[i]->address).toStdString(), shares[i]);
    std::vector<PodTableModel::Row> rows;
    const auto wanted = pool.toStdString();
    for (const auto& state : engine.state().pods) {
        if (!wanted.empty() && state.pool != wanted) continue;
        const auto found = shareOf.find(state.pool + '\n' + state.address);
        if (found == shareOf.end()) continue;
        PodTableModel::Row row{state, found->second};
        rows.push_back(std::move(row));
    }
    model_->setOrderHeld(table_->viewport()->underMouse());
    model_->update(std::move(rows), engine.now());
    setCaption(tr("%n pod(s)", nullptr, model_->rowCount()));
}

bool PodTableCard::selectPod(const QString& name) {
    for (int row = 0; row < model_->rowCount(); ++row) {
        if (toQt(model_->row(row).pod.pod) != name) continue;
        table_->selectRow(row);
        table_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
        table_->setFocus();
        return true;
    }
    return false;
}

void PodTableCard::save() {
    auto path = dialogs_.chooseSaveFile(this, tr("Save the table of pods"), suggestedFile(QStringLiteral("pods"), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    const auto error = writeCsv(path, tableOf(*model_));
    if (!error.isEmpty()) messages_.show(MessageBar::Kind::Error, error);
}

}  // namespace gatehouse::ui
