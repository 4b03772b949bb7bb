#include "charts/heat_strip.h"

#include "charts/label_stack.h"
#include "charts/plot_sync.h"
#include "charts/qcustomplot_include.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kMostNames = 24;
constexpr int kColors = 33;
constexpr int kBandCharacters = 14;

}  // namespace

HeatStrip::HeatStrip(Theme& theme, PlotSync& sync, QWidget* parent) : TimePlot(theme, sync, parent) {
    makePanels(1, 1);
    auto* rect = panels()[0].rect;
    auto* y = rect->axis(QCPAxis::atLeft);
    y->setRangeReversed(true);
    map_ = new QCPColorMap(rect->axis(QCPAxis::atBottom), y);
    map_->setInterpolate(false);
    map_->setTightBoundary(false);
    map_->setAntialiased(false);
    map_->setSelectable(QCP::stNone);
    map_->setDataRange(QCPRange(0, 1));
    for (std::size_t i = 0; i < kMostNames; ++i) {
        Named named{new QCPItemText(&plot()), new QCPItemLine(&plot())};
        for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(named.value), static_cast<QCPAbstractItem*>(named.leader)}) {
            item->setLayer(QStringLiteral("overlay"));
            item->setClipToAxisRect(false);
            item->setSelectable(false);
            item->setVisible(false);
        }
        named.value->position->setType(QCPItemPosition::ptAbsolute);
        named.leader->start->setType(QCPItemPosition::ptAbsolute);
        named.leader->end->setType(QCPItemPosition::ptAbsolute);
        named_.push_back(named);
    }
    restyle();
}

void HeatStrip::setScale(const Scale& scale) {
    scale_ = scale;
    upper_ = scale.fixedUpper > 0 ? scale.fixedUpper : scale.leastUpper;
    emit scaleChanged();
    fill();
    restyle();
}

double HeatStrip::fraction(double value) const {
    if (!std::isfinite(value)) return std::numeric_limits<double>::quiet_NaN();
    const double clamped = std::clamp(value, 0.0, upper_);
    return scale_.logarithmic ? std::log1p(clamped) / std::log1p(upper_) : clamped / upper_;
}

void HeatStrip::setRows(std::vector<Row> rows) {
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.id == b.id && a.label == b.label && a.band == b.band; });
    const QString kept = current_ >= 0 && current_ < int(rows_.size()) ? rows_[std::size_t(current_)].id : QString();
    rows_ = std::move(rows);
    if (same) return;
    values_.clear();
    current_ = -1;
    for (std::size_t i = 0; i < rows_.size() && !kept.isEmpty(); ++i)
        if (rows_[i].id == kept) current_ = int(i);
    makeBands();
    restyle();
}

void HeatStrip::makeBands() {
    for (auto& band : bands_) {
        plot().removeItem(band.name);
        plot().removeItem(band.edge);
    }
    bands_.clear();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (i > 0 && rows_[i].band == rows_[i - 1].band) {
            ++bands_.back().count;
            continue;
        }
        Band band{int(i), 1, new QCPItemText(&plot()), new QCPItemLine(&plot())};
        for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(band.name), static_cast<QCPAbstractItem*>(band.edge)}) {
            item->setLayer(QStringLiteral("overlay"));
            item->setClipToAxisRect(false);
            item->setSelectable(false);
        }
        band.name->position->setType(QCPItemPosition::ptAbsolute);
        band.edge->start->setType(QCPItemPosition::ptAbsolute);
        band.edge->end->setType(QCPItemPosition::ptAbsolute);
        bands_.push_back(band);
    }
    panels()[0].rect->axis(QCPAxis::atLeft)->setRange(0, std::max<double>(1, double(rows_.size())));
}

void HeatStrip::setCells(double begin, double step, std::vector<std::vector<float>> values) {
    begin_ = begin;
    step_ = step;
    values_ = std::move(values);
    values_.resize(rows_.size());
    fitScale();
    fill();
    replotSoon();
}

void HeatStrip::fitScale() {
    if (scale_.fixedUpper > 0) return;
    double highest = scale_.leastUpper;
    for (const auto& row : values_)
        for (const float value : row)
            if (std::isfinite(value)) highest = std::max(highest, double(value));
    const double upper = roundUp(highest);
    // Shrinks only when most of it stays empty, so that colours keep their meaning from one moment to the next.
    if (upper == upper_ || (upper < upper_ && highest > upper_ * 0.2)) return;
    upper_ = upper;
    emit scaleChanged();
}

void HeatStrip::fill() {
    std::size_t columns = 0;
    for (const auto& row : values_) columns = std::max(columns, row.size());
    map_->setVisible(columns > 0 && !rows_.empty());
    if (!map_->visible()) return;
    auto* data = map_->data();
    data->setSize(int(columns), int(rows_.size()));
    // The range of a colour map runs through the centres of its cells.
    data->setRange(QCPRange(begin_ + step_ / 2, begin_ + step_ * (double(columns) - 0.5)), QCPRange(0.5, std::max(0.5, double(rows_.size()) - 0.5)));
    for (std::size_t row = 0; row < rows_.size(); ++row)
        for (std::size_t column = 0; column < columns; ++column)
            data->setCell(int(column), int(row), column < values_[row].size() ? fraction(values_[row][column]) : std::numeric_limits<double>::quiet_NaN());
}

float HeatStrip::cell(int row, double time) const {
    if (row < 0 || row >= int(values_.size())) return kNan;
    const auto& cells = values_[std::size_t(row)];
    const double column = std::floor((time - begin_) / step_);
    return column < 0 || column >= double(cells.size()) ? kNan : cells[std::size_t(column)];
}

/// At the crosshair, or the newest cell.
double HeatStrip::shownValue(int row) const {
    if (const auto cursor = sync().cursor()) return cell(row, *cursor);
    if (row < 0 || row >= int(values_.size()) || values_[std::size_t(row)].empty()) return kNan;
    return values_[std::size_t(row)].back();
}

double HeatStrip::valueAt(const QString& id, double time) const {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].id == id) return cell(int(i), time);
    return kNan;
}

QString HeatStrip::valueText(double value) const {
    return std::isfinite(value) ? QLocale().toString(value, 'f', scale_.decimals) : QStringLiteral("–");
}

int HeatStrip::rowAt(int y) const {
    const auto& rect = *panels()[0].rect;
    if (rows_.empty() || y < rect.top() || y > rect.bottom()) return -1;
    return std::clamp(int(rect.axis(QCPAxis::atLeft)->pixelToCoord(y)), 0, int(rows_.size()) - 1);
}

void HeatStrip::setCurrentRow(int row) {
    row = rows_.empty() ? -1 : std::clamp(row, -1, int(rows_.size()) - 1);
    if (row == current_) return;
    current_ = row;
    refreshCursor();
    setAccessibleDescription(describe());
}

/// All rows where they are high enough for a line of text; else the worst of each band, by turns, and the current one.
std::vector<int> HeatStrip::namedRows() const {
    const QFontMetrics metrics(theme().captionFont());
    const int height = panels()[0].rect->height();
    const auto fits = std::min<std::size_t>(kMostNames, std::size_t(std::max(1, height / std::max(1, metrics.height()))));
    std::vector<int> named;
    if (rows_.size() <= fits) {
        for (std::size_t i = 0; i < rows_.size(); ++i) named.push_back(int(i));
        return named;
    }
    // Half the room, so that names stay near their rows.
    const auto wanted = std::max<std::size_t>(bands_.size(), fits / 2);
    for (int depth = 0; named.size() < wanted; ++depth) {
        bool any = false;
        for (const auto& band : bands_) {
            if (depth >= band.count || named.size() >= wanted) continue;
            named.push_back(band.first + depth);
            any = true;
        }
        if (!any) break;
    }
    if (current_ >= 0 && std::find(named.begin(), named.end(), current_) == named.end()) named.back() = current_;
    std::sort(named.begin(), named.end());
    return named;
}

void HeatStrip::placeLabels() {
    const QFontMetrics metrics(theme().captionFont());
    const int unit = theme().unit();
    auto* rect = panels()[0].rect;
    auto* y = rect->axis(QCPAxis::atLeft);
    const auto chosen = namedRows();
    std::vector<double> centers;
    for (const int row : chosen) centers.push_back(y->coordToPixel(row + 0.5));
    const auto placed = stackLabels(centers, metrics.height(), rect->top() - metrics.height() / 2.0, rect->bottom() + metrics.height());
    for (std::size_t i = 0; i < named_.size(); ++i) {
        auto& named = named_[i];
        const bool shown = i < chosen.size();
        named.value->setVisible(shown);
        named.leader->setVisible(shown);
        if (!shown) continue;
        const auto& row = rows_[std::size_t(chosen[i])];
        const double value = shownValue(chosen[i]);
        named.value->setText(QStringLiteral("%1 %2").arg(row.label, valueText(value)));
        named.value->setColor(theme().color(chosen[i] == current_ ? Token::Accent : isPaused() ? Token::Muted : Token::Text));
        named.value->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        named.value->position->setCoords(rect->right() + 4 * unit, placed[i]);
        named.leader->start->setCoords(rect->right() + 1, centers[i]);
        named.leader->end->setCoords(rect->right() + 3.5 * unit, placed[i]);
    }
    for (auto& band : bands_) {
        const double top = y->coordToPixel(band.first), bottom = y->coordToPixel(band.first + band.count);
        band.name->setVisible(bottom - top >= metrics.height() * 0.8);
        band.name->setText(metrics.elidedText(rows_[std::size_t(band.first)].band, Qt::ElideMiddle, metrics.averageCharWidth() * kBandCharacters));
        band.name->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
        band.name->position->setCoords(rect->left() - unit, top);
        band.edge->setVisible(band.first > 0);
        band.edge->start->setCoords(rect->left() - unit, top);
        band.edge->end->setCoords(rect->right(), top);
    }
}

QString HeatStrip::readoutDetail(double time) const {
    if (current_ < 0 || current_ >= int(rows_.size())) return {};
    const auto& row = rows_[std::size_t(current_)];
    const double value = cell(current_, time);
    if (!std::isfinite(value)) return tr("%1: no data", "%1 is a pod").arg(row.label);
    return scale_.unit.isEmpty() ? QStringLiteral("%1: %2").arg(row.label, valueText(value)) : QStringLiteral("%1: %2 %3").arg(row.label, valueText(value), scale_.unit);
}

QString HeatStrip::describe() const {
    if (rows_.empty()) return tr("No pods yet.");
    if (current_ >= 0 && current_ < int(rows_.size())) {
        const double value = shownValue(current_);
        const auto& row = rows_[std::size_t(current_)];
        return std::isfinite(value) ? tr("%1 of %2: %3 %4.", "%1 pod, %2 pool, %3 value, %4 unit").arg(row.label, row.band, valueText(value), scale_.unit)
                                    : tr("%1 of %2: no data.", "%1 pod, %2 pool").arg(row.label, row.band);
    }
    int highest = -1, missing = 0;
    for (int i = 0; i < int(rows_.size()); ++i) {
        const double value = shownValue(i);
        if (!std::isfinite(value))
            ++missing;
        else if (highest < 0 || value > shownValue(highest))
            highest = i;
    }
    QString sentence = tr("%n pod(s).", nullptr, int(rows_.size()));
    if (highest >= 0) sentence += QLatin1Char(' ') + tr("Highest: %1 with %2 %3.", "%1 pod, %2 value, %3 unit").arg(rows_[std::size_t(highest)].label, valueText(shownValue(highest)), scale_.unit);
    if (missing > 0) sentence += QLatin1Char(' ') + tr("%n without a value.", nullptr, missing);
    return sentence;
}

void HeatStrip::restyle() {
    TimePlot::restyle();
    const auto caption = theme().captionFont();
    const QFontMetrics metrics(caption);
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int i = 0; i < kColors; ++i) gradient.setColorStopAt(double(i) / (kColors - 1), ink(theme().heat(double(i) / (kColors - 1))));
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    map_->setGradient(gradient);
    auto* rect = panels()[0].rect;
    rect->setBackground(QBrush(ink(mixColors(theme().color(Token::Surface), theme().color(Token::Strong), 0.5)), Qt::BDiagPattern));
    int room = 0, bandRoom = 0;
    for (const auto& row : rows_) {
        room = std::max(room, metrics.horizontalAdvance(row.label));
        bandRoom = std::max(bandRoom, std::min(metrics.horizontalAdvance(row.band), metrics.averageCharWidth() * kBandCharacters));
    }
    room += metrics.horizontalAdvance(QLatin1Char(' ') + valueText(std::max(upper_, 100.0))) + 6 * theme().unit();
    for (auto& named : named_) {
        named.value->setFont(caption);
        named.leader->setPen(QPen(ink(theme().color(Token::Strong)), 1));
    }
    for (auto& band : bands_) {
        band.name->setFont(caption);
        band.name->setColor(theme().color(Token::Muted));
        band.edge->setPen(QPen(theme().color(Token::Surface), std::max(2, theme().borderWidth())));
    }
    setSideRoom(bandRoom > 0 ? bandRoom + theme().unit() : 0, room);
    // Rows have names, not numbers.
    auto* y = rect->axis(QCPAxis::atLeft);
    y->setTickLabels(false);
    y->grid()->setVisible(false);
}

bool HeatStrip::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &plot()) {
        if (event->type() == QEvent::MouseMove) setCurrentRow(rowAt(static_cast<QMouseEvent*>(event)->pos().y()));
        if (event->type() == QEvent::Leave && !hasFocus()) setCurrentRow(-1);
        if (event->type() == QEvent::MouseButtonDblClick) {
            const int row = rowAt(static_cast<QMouseEvent*>(event)->pos().y());
            if (row >= 0) emit rowActivated(rows_[std::size_t(row)].id);
            return true;
        }
    }
    return TimePlot::eventFilter(watched, event);
}

void HeatStrip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up: setCurrentRow(std::max(0, current_ - 1)); return;
        case Qt::Key_Down: setCurrentRow(current_ + 1); return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (current_ >= 0) emit rowActivated(rows_[std::size_t(current_)].id);
            return;
        case Qt::Key_Escape:
            if (!sync().cursor() && current_ >= 0) {
                setCurrentRow(-1);
                return;
            }
            break;
        default: break;
    }
    TimePlot::keyPressEvent(event);
}

ChartTable HeatStrip::table() const {
    ChartTable table;
    const int decimals = std::max(1, scale_.decimals);
    const auto named = [this](const QString& word) { return scale_.unit.isEmpty() ? word : QStringLiteral("%1 %2").arg(word, scale_.unit); };
    table.columns = {{tr("Pod", "column"), -1},
                     {tr("Pool", "column: inference pool"), -1},
                     {named(tr("Now", "column: newest value")), decimals},
                     {named(tr("Mean", "column")), decimals},
                     {named(tr("Highest", "column")), decimals}};
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        double sum = 0, highest = kNan;
        int count = 0;
        const auto& cells = i < values_.size() ? values_[i] : std::vector<float>();
        for (const float value : cells) {
            if (!std::isfinite(value)) continue;
            sum += value;
            ++count;
            highest = std::isfinite(highest) ? std::max(highest, double(value)) : value;
        }
        const double now = cells.empty() ? kNan : cells.back();
        table.rows.push_back({rows_[i].label, rows_[i].band, now, count > 0 ? sum / count : double(kNan), highest});
    }
    return table;
}

HeatLegend::HeatLegend(Theme& theme, HeatStrip& strip, QWidget* parent) : QWidget(parent), theme_(theme), strip_(strip) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    const auto again = [this] {
        describe();
        updateGeometry();
        update();
    };
    connect(&theme, &Theme::changed, this, again);
    connect(&strip, &HeatStrip::scaleChanged, this, again);
    describe();
}

void HeatLegend::describe() {
    const auto upper = QLocale().toString(strip_.upper(), 'f', 0) + (strip_.scale().unit.isEmpty() ? QString() : QLatin1Char(' ') + strip_.scale().unit);
    setToolTip(strip_.scale().logarithmic ? tr("Colours from 0 to %1, on a logarithmic scale; hatched: no data").arg(upper) : tr("Colours from 0 to %1; hatched: no data").arg(upper));
    setAccessibleName(toolTip());
}

QSize HeatLegend::sizeHint() const {
    const QFontMetrics metrics(theme_.captionFont());
    const int words = metrics.horizontalAdvance(QStringLiteral("0")) + metrics.horizontalAdvance(QLocale().toString(strip_.upper(), 'f', 0));
    return {words + theme_.gap(20), metrics.height()};
}

void HeatLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(theme_.captionFont());
    painter.setPen(theme_.color(Token::Muted));
    const QFontMetrics metrics(theme_.captionFont());
    const QString low = QStringLiteral("0"), high = QLocale().toString(strip_.upper(), 'f', 0);
    const int lowWidth = metrics.horizontalAdvance(low), highWidth = metrics.horizontalAdvance(high);
    painter.drawText(QRect(0, 0, lowWidth, height()), Qt::AlignVCenter, low);
    painter.drawText(QRect(width() - highWidth, 0, highWidth, height()), Qt::AlignVCenter, high);
    const QRect bar(lowWidth + theme_.gap(1), (height() - theme_.gap(2)) / 2, width() - lowWidth - highWidth - theme_.gap(2), theme_.gap(2));
    for (int x = 0; x < bar.width(); ++x) painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(), theme_.heat(double(x) / std::max(1, bar.width() - 1)));
}

}  // namespace gatehouse::ui
