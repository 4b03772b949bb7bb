#include "charts/share_bars.h"

#include "charts/label_stack.h"
#include "charts/plot_sync.h"
#include "charts/qcustomplot_include.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr std::size_t kMostLabels = 12;

/// Parts of one group alternate in strength so that neighbours differ; the group keeps its colour.
double shadeOf(int indexInGroup) {
    constexpr double kShades[] = {1.0, 0.62, 0.82, 0.46};
    return kShades[indexInGroup % 4];
}

}  // namespace

StackedShareBars::StackedShareBars(Theme& theme, PlotSync& sync, QWidget* parent) : TimePlot(theme, sync, parent) {
    makePanels(1, 1);
    auto* y = panels()[0].rect->axis(QCPAxis::atLeft);
    y->setRange(0, 100);
    auto ticker = QSharedPointer<QCPAxisTickerFixed>(new QCPAxisTickerFixed);
    ticker->setTickStep(25);
    y->setTicker(ticker);
    y->setNumberFormat(QStringLiteral("f"));
    y->setNumberPrecision(0);
    restyle();
}

void StackedShareBars::setName(const QString& name) { setAccessibleName(name); }

void StackedShareBars::setParts(const std::vector<Part>& parts) {
    for (auto& drawn : parts_) {
        plot().removeItem(drawn.label);
        plot().removeItem(drawn.swatch);
    }
    // Stacked bars hold on to each other: the uppermost goes first.
    for (auto drawn = parts_.rbegin(); drawn != parts_.rend(); ++drawn) plot().removePlottable(drawn->bars);
    parts_.clear();
    columns_.clear();
    auto* rect = panels()[0].rect;
    QString group;
    int inGroup = 0;
    for (const auto& part : parts) {
        inGroup = part.group == group ? inGroup + 1 : 0;
        group = part.group;
        Drawn drawn;
        drawn.part = part;
        drawn.shade = shadeOf(inGroup);
        drawn.bars = new QCPBars(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        drawn.bars->setAntialiased(false);
        drawn.bars->setWidthType(QCPBars::wtPlotCoords);
        drawn.bars->setSelectable(QCP::stNone);
        if (!parts_.empty()) drawn.bars->moveAbove(parts_.back().bars);
        drawn.label = new QCPItemText(&plot());
        drawn.swatch = new QCPItemRect(&plot());
        for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(drawn.label), static_cast<QCPAbstractItem*>(drawn.swatch)}) {
            item->setLayer(QStringLiteral("overlay"));
            item->setClipToAxisRect(false);
            item->setSelectable(false);
        }
        drawn.label->position->setType(QCPItemPosition::ptAbsolute);
        drawn.swatch->topLeft->setType(QCPItemPosition::ptAbsolute);
        drawn.swatch->bottomRight->setType(QCPItemPosition::ptAbsolute);
        parts_.push_back(std::move(drawn));
    }
    restyle();
}

void StackedShareBars::setColumns(double step, std::vector<ColumnData> columns) {
    step_ = step;
    columns_ = std::move(columns);
    QVector<double> keys;
    for (const auto& column : columns_) keys.push_back(column.end - step_ / 2);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        QVector<double> values;
        values.reserve(keys.size());
        for (const auto& column : columns_) values.push_back(column.shares[i]);
        parts_[i].bars->setWidth(step_ * 0.9);
        parts_[i].bars->setData(keys, values, true);
    }
    replotSoon();
}

const StackedShareBars::ColumnData* StackedShareBars::readColumn() const {
    if (columns_.empty()) return nullptr;
    const double at = sync().cursor().value_or(columns_.back().end);
    for (auto column = columns_.rbegin(); column != columns_.rend(); ++column)
        if (column->end - step_ <= at) return &*column;
    return nullptr;
}

double StackedShareBars::groupShare(const QString& group) const {
    double sum = 0;
    if (const auto* column = columns_.empty() ? nullptr : &columns_.back())
        for (std::size_t i = 0; i < parts_.size(); ++i)
            if (parts_[i].part.group == group) sum += column->shares[i];
    return sum;
}

void StackedShareBars::placeLabels() {
    const QFontMetrics metrics(theme().captionFont());
    const int unit = theme().unit();
    const auto* column = readColumn();
    auto* rect = panels()[0].rect;
    std::vector<std::size_t> named;
    for (std::size_t i = 0; i < parts_.size(); ++i) named.push_back(i);
    const auto fits = static_cast<std::size_t>(std::max(1, rect->outerRect().height() / std::max(1, metrics.height())));
    if (const auto most = std::min(kMostLabels, fits); named.size() > most) {
        if (column) std::stable_sort(named.begin(), named.end(), [&](std::size_t a, std::size_t b) { return column->shares[a] > column->shares[b]; });
        named.resize(most);
        std::sort(named.begin(), named.end());
    }
    double below = 0;
    std::vector<double> centers;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const double share = column ? column->shares[i] : 0;
        const bool shown = std::find(named.begin(), named.end(), i) != named.end();
        parts_[i].label->setVisible(shown);
        parts_[i].swatch->setVisible(shown);
        if (shown) {
            // Parts without picks keep their order above what is below them.
            centers.push_back(rect->axis(QCPAxis::atLeft)->coordToPixel(below + share / 2));
            parts_[i].label->setText(QStringLiteral("%1 %2").arg(parts_[i].part.label, column ? QLocale().toString(share, 'f', 0) : QStringLiteral("–")));
            parts_[i].label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        }
        below += share;
    }
    // Equal places are kept in stacking order: the first part is the lowest, so it has the largest pixel.
    for (std::size_t i = 1; i < centers.size(); ++i)
        if (centers[i] >= centers[i - 1]) centers[i] = centers[i - 1] - 0.01;
    const auto placed = stackLabels(centers, metrics.height(), rect->outerRect().top(), rect->rect().bottom() + metrics.height());
    for (std::size_t at = 0; at < named.size(); ++at) {
        auto& drawn = parts_[named[at]];
        const double left = rect->rect().right() + unit;
        drawn.swatch->topLeft->setCoords(left, placed[at] - unit);
        drawn.swatch->bottomRight->setCoords(left + 2 * unit, placed[at] + unit);
        drawn.label->position->setCoords(left + 3 * unit, placed[at]);
    }
}

QString StackedShareBars::describe() const {
    if (parts_.empty()) return tr("No pods yet.");
    const auto* column = readColumn();
    if (!column) return tr("%n pod(s), no picks yet.", nullptr, static_cast<int>(parts_.size()));
    const auto top = std::max_element(column->shares.begin(), column->shares.end()) - column->shares.begin();
    return tr("%n pod(s).", nullptr, static_cast<int>(parts_.size())) + QLatin1Char(' ') +
           tr("Most picks: %1 with %2.", "%1 pod, %2 share").arg(parts_[static_cast<std::size_t>(top)].part.label, formatPercent(column->shares[static_cast<std::size_t>(top)]));
}

void StackedShareBars::restyle() {
    TimePlot::restyle();
    const auto caption = theme().captionFont();
    const QFontMetrics metrics(caption);
    int room = 0;
    for (auto& drawn : parts_) {
        const auto base = drawn.part.color ? drawn.part.color() : theme().series(1);
        const auto color = ink(mixColors(theme().color(Token::Surface), base, drawn.shade));
        drawn.bars->setPen(Qt::NoPen);
        drawn.bars->setBrush(color);
        drawn.swatch->setPen(Qt::NoPen);
        drawn.swatch->setBrush(color);
        drawn.label->setFont(caption);
        drawn.label->setColor(theme().color(isPaused() ? Token::Muted : Token::Text));
        room = std::max(room, metrics.horizontalAdvance(drawn.part.label + QStringLiteral(" 100")) + 6 * theme().unit());
    }
    setSideRoom(metrics.horizontalAdvance(QStringLiteral("100")) + theme().unit(), room);
}

ChartTable StackedShareBars::table() const {
    ChartTable table;
    table.columns.push_back({tr("Until", "column: end of a time step"), -1});
    for (const auto& drawn : parts_) table.columns.push_back({QStringLiteral("%1 %").arg(drawn.part.label), 1});
    for (auto column = columns_.rbegin(); column != columns_.rend(); ++column) {
        if (column->end < sync().lower() || column->end - step_ > sync().upper()) continue;
        std::vector<QVariant> row{QDateTime::fromMSecsSinceEpoch(std::llround(column->end * 1000))};
        for (const double share : column->shares) row.emplace_back(share);
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace gatehouse::ui
