#include "pools/pod_rows_card.h"

#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "charts/sparkline.h"
#include "models/format.h"
#include "models/pick_share.h"
#include "models/pod_order.h"
#include "models/pod_table_model.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/column_fit.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr qint64 kShareWindow = 10'000;
constexpr int kNumberCharacters = 5;

struct SparkColumn {
    int column;
    PodMetric metric;
};
constexpr SparkColumn kSparks[] = {{PodTableModel::GpuMemory, PodMetric::GpuMemory}, {PodTableModel::KvUse, PodMetric::KvUse},   {PodTableModel::Queue, PodMetric::Queue},
                                   {PodTableModel::Running, PodMetric::Running},     {PodTableModel::HitRate, PodMetric::HitRate}};
constexpr int kOrder[] = {PodTableModel::Pod,      PodTableModel::State,  PodTableModel::Device,  PodTableModel::GpuMemory, PodTableModel::UsableKv,
                          PodTableModel::KvUse,    PodTableModel::Queue,  PodTableModel::Running, PodTableModel::HitRate,   PodTableModel::Share,
                          PodTableModel::Adapters, PodTableModel::Age,    PodTableModel::Picks,   PodTableModel::InFlight,  PodTableModel::Pool};

}  // namespace

/// A cell's number, and left of it its past.
class SparkDelegate : public DataCellDelegate {
  public:
    SparkDelegate(Theme& theme, PodRowsCard& card) : DataCellDelegate(theme, true, &card), card_(card) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        DataCellDelegate::paint(painter, option, index);
        const auto* spark = std::find_if(std::begin(kSparks), std::end(kSparks), [&](const SparkColumn& one) { return one.column == index.column(); });
        if (!card_.sparklines_ || spark == std::end(kSparks)) return;
        const int unit = theme().unit();
        const int number = QFontMetrics(theme().tabularFont()).averageCharWidth() * kNumberCharacters;
        const QRectF area = QRectF(option.rect).adjusted(2 * unit, 2 * unit, -number - 2 * unit, -2 * unit);
        const auto past = card_.past(index.data(PodTableModel::KeyRole).toString(), spark->metric, static_cast<int>(area.width()) / 2);
        const auto facts = spark->metric == PodMetric::GpuMemory || spark->metric == PodMetric::KvUse ? 95.0 : 0.0;
        const auto series = theme().seriesFor(poolSeriesName(index.data(PodTableModel::KeyRole).toString().section(QLatin1Char('\n'), 0, 0)));
        paintSparkline(*painter, area, past, card_.upperOf(spark->metric), series, facts, theme().color(Token::Warn));
    }

  private:
    PodRowsCard& card_;
};

PodRowsCard::PodRowsCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, const EngineBridge& engine, QWidget* parent)
    : Card(theme, {}, parent), theme_(theme), dialogs_(dialogs), messages_(messages), engine_(engine), model_(new PodTableModel(theme, this)), table_(new QTableView(this)) {
    setEdgeToEdge(true);
    table_->setModel(model_);
    table_->setObjectName(QStringLiteral("poolPodTable"));
    setUpTable(table_, theme, {}, QStringLiteral("pools/pods"));
    setColumnCharacters(table_, {9, 10, 7, 5, 7, 5, 6, 6, 8, 5, 11, 12, 8, 6, 8});
    sparks_ = new SparkDelegate(theme, *this);
    for (const auto& spark : kSparks) table_->setItemDelegateForColumn(spark.column, sparks_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setSortingEnabled(true);
    table_->sortByColumn(PodTableModel::Pod, Qt::AscendingOrder);
    auto* header = table_->horizontalHeader();
    for (int place = 0; place < static_cast<int>(std::size(kOrder)); ++place) header->moveSection(header->visualIndex(kOrder[place]), place);
    fit_ = new ColumnFit(table_, {PodTableModel::Pool, PodTableModel::InFlight, PodTableModel::Picks, PodTableModel::Share, PodTableModel::Adapters, PodTableModel::GpuMemory,
                                  PodTableModel::Age, PodTableModel::HitRate, PodTableModel::Running},
                         PodTableModel::State, QStringLiteral("pools/pods"));
    content()->addWidget(table_);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("savePoolPods"));
    actions()->addWidget(save_);
    connect(save_, &QToolButton::clicked, this, &PodRowsCard::save);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { emit podChosen(selected()); });
}

void PodRowsCard::retranslate() {
    setTitle(tr("Pods", "title of a table"));
    table_->setAccessibleName(tr("Pods"));
    save_->setText(tr("Save CSV…", "button"));
    widenToHeaders(table_->horizontalHeader());
    fit_->fit();
}

void PodRowsCard::setSparklines(bool drawn) {
    if (sparklines_ == drawn) return;
    sparklines_ = drawn;
    const int character = QFontMetrics(theme_.bodyFont()).averageCharWidth();
    for (const auto& spark : kSparks) table_->setColumnWidth(spark.column, character * (drawn ? 13 : 6));
    widenToHeaders(table_->horizontalHeader());
    fit_->fit();
}

void PodRowsCard::feed(const PodsNow& now) {
    const auto shares = pickShares(now.pods, engine_.now(), kShareWindow);
    std::vector<PodTableModel::Row> rows;
    rows.reserve(now.pods.size());
    for (std::size_t i = 0; i < now.pods.size(); ++i) {
        const auto& pod = *now.pods[i];
        PodTableModel::Row row{now.shownState(pod), shares[i], lastOf(pod, PodMetric::HitRate), now.presenceOf(pod)};
        if (row.presence != PodPresence::Here) row.share = 0;
        rows.push_back(std::move(row));
    }
    places_.clear();
    const auto& history = engine_.history();
    for (std::size_t i = 0; i < history.size(); ++i) places_.insert(podKey(history[i]), i);
    model_->setOrderHeld(table_->viewport()->underMouse());
    model_->update(std::move(rows), engine_.now());
    setCaption(tr("%n pod(s)", nullptr, model_->rowCount()));
}

std::vector<float> PodRowsCard::past(const QString& key, PodMetric metric, int points) const {
    const auto place = places_.constFind(key);
    const auto& history = engine_.history();
    if (points < 2 || place == places_.constEnd() || *place >= history.size() || podKey(history[*place]) != key) return {};
    const double step = span_ / points;
    return podCells(history[*place], metric, engine_.now() - static_cast<qint64>(span_ * 1000), step, static_cast<std::size_t>(points));
}

/// The same scale for all rows: the highest number now, and no less than reads well.
double PodRowsCard::upperOf(PodMetric metric) const {
    if (metric != PodMetric::Queue && metric != PodMetric::Running) return 100;
    double most = 10;
    for (int row = 0; row < model_->rowCount(); ++row) {
        const auto& metrics = model_->row(row).pod.metrics;
        const double value = metric == PodMetric::Queue ? metrics.waiting : metrics.running;
        if (std::isfinite(value)) most = std::max(most, value);
    }
    return roundUp(most);
}

bool PodRowsCard::select(const QString& key) {
    const int row = model_->rowOf(key);
    if (row < 0) return false;
    table_->selectRow(row);
    table_->setCurrentIndex(model_->index(row, PodTableModel::Pod));
    table_->scrollTo(model_->index(row, PodTableModel::Pod), QAbstractItemView::PositionAtCenter);
    return true;
}

QString PodRowsCard::selected() const {
    const auto index = table_->currentIndex();
    return index.isValid() ? index.data(PodTableModel::KeyRole).toString() : QString();
}

void PodRowsCard::save() {
    auto path = dialogs_.chooseSaveFile(this, tr("Save the table of pods"), suggestedFile(QStringLiteral("pods"), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    if (const auto error = writeCsv(path, tableOf(*model_)); !error.isEmpty()) messages_.show(MessageBar::Kind::Error, error);
}

}  // namespace gatehouse::ui
