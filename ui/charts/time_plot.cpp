#include "charts/time_plot.h"

#include "charts/plot_sync.h"
#include "charts/qcustomplot_include.h"
#include "theme/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr double kZoomStep = 0.8;   ///< Per wheel notch.
constexpr double kGridStrength = 0.35;
constexpr int kEventReach = 5;      ///< Pixels within which the crosshair names an event.
const char* const kOverlay = "overlay";

/// Ticks at times that the label can say exactly.
class RoundTimeTicker : public QCPAxisTickerDateTime {
  protected:
    double getTickStep(const QCPRange& range) override {
        constexpr double kSteps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600};
        const double wanted = range.size() / std::max(1, tickCount());
        const auto* step = std::find_if(std::begin(kSteps), std::end(kSteps), [&](double candidate) { return candidate >= wanted; });
        return step == std::end(kSteps) ? 1200 : *step;
    }
};

}  // namespace

TimePlot::TimePlot(Theme& theme, PlotSync& sync, QWidget* parent) : Chart(theme, parent), sync_(sync) {
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    const int ring = theme.borderWidth();
    layout->setContentsMargins(ring, ring, ring, ring);
    plot_ = new QCustomPlot(this);
    plot_->setFocusPolicy(Qt::NoFocus);
    plot_->setNoAntialiasingOnDrag(true);
    plot_->setNotAntialiasedElements(QCP::aeAll);
    plot_->setPlottingHints(QCP::phCacheLabels | QCP::phFastPolylines);
    plot_->setMouseTracking(true);
    plot_->plotLayout()->clear();
    plot_->plotLayout()->setRowSpacing(0);
    plot_->plotLayout()->setColumnSpacing(0);
    plot_->layer(QLatin1String(kOverlay))->setMode(QCPLayer::lmBuffered);
    plot_->installEventFilter(this);
    layout->addWidget(plot_);
    connect(plot_, &QCustomPlot::afterLayout, this, [this] {
        placeEvents();
        placeLabels();
        setAccessibleDescription(describe());
    });
    connect(&sync_, &PlotSync::rangeChanged, this, [this] { applyRange(); });
    connect(&sync_, &PlotSync::cursorChanged, this, [this] { applyCursor(); });
    connect(&sync_, &PlotSync::eventsChanged, this, [this] { replotSoon(); });
}

// The plot's signals reach into what subclasses had, so they end before it does.
TimePlot::~TimePlot() {
    plot_->disconnect(this);
    plot_->removeEventFilter(this);
    delete plot_;
}

void TimePlot::makePanels(int count, int columns) {
    for (auto& panel : panels_) {
        plot_->removeItem(panel.cursor);
        plot_->removeItem(panel.readout);
        for (auto* event : panel.events) plot_->removeItem(event);
    }
    panels_.clear();
    hovered_ = -1;
    plot_->plotLayout()->clear();
    columns = std::max(1, std::min(columns, count));
    for (int i = 0; i < count; ++i) {
        Panel panel;
        panel.row = i / columns;
        panel.column = i % columns;
        panel.bottom = i + columns >= count;
        panel.rect = new QCPAxisRect(plot_, true);
        plot_->plotLayout()->addElement(panel.row, panel.column, panel.rect);
        panel.rect->setAutoMargins(QCP::msNone);
        panel.cursor = new QCPItemLine(plot_);
        panel.readout = new QCPItemText(plot_);
        auto* x = panel.rect->axis(QCPAxis::atBottom);
        auto* y = panel.rect->axis(QCPAxis::atLeft);
        for (auto* position : {panel.cursor->start, panel.cursor->end, panel.readout->position}) {
            position->setAxes(x, y);
            position->setAxisRect(panel.rect);
            position->setTypeX(QCPItemPosition::ptPlotCoords);
            position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(panel.cursor), static_cast<QCPAbstractItem*>(panel.readout)}) {
            item->setLayer(QLatin1String(kOverlay));
            item->setClipToAxisRect(false);
            item->setVisible(false);
            item->setSelectable(false);
        }
        x->setTicker(QSharedPointer<QCPAxisTickerDateTime>(new RoundTimeTicker));
        panels_.push_back(std::move(panel));
    }
    for (auto& panel : panels_) stylePanel(panel);
    applyRange();
}

void TimePlot::setSideRoom(int left, int right) {
    leftRoom_ = left;
    rightRoom_ = right;
    for (auto& panel : panels_) stylePanel(panel);
    replotSoon();
}

void TimePlot::stylePanel(Panel& panel) {
    const auto caption = theme().captionFont();
    const QFontMetrics metrics(caption);
    const auto muted = ink(theme().color(Token::Muted));
    // Borders are white in high contrast; a grid of that strength would stand before the data.
    const auto grid = theme().scheme() == Theme::Scheme::HighContrast ? theme().tint(Token::Border, kGridStrength) : theme().color(Token::Border);
    const auto hairline = QPen(ink(grid), 1);
    const int unit = theme().unit();
    // The value axis writes its numbers left of the layout, so that panels of one grid stay equally wide.
    plot_->plotLayout()->setMargins(QMargins(leftRoom_, 0, 0, 0));
    panel.rect->setMargins(QMargins(unit, metrics.height() + unit, rightRoom_ + unit, panel.bottom ? metrics.height() + 2 * unit : 2 * unit));
    panel.rect->setMinimumSize(metrics.averageCharWidth() * 6, metrics.height());
    for (auto* axis : panel.rect->axes()) {
        axis->setLayer(QStringLiteral("grid"));
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0);
        axis->setSubTickLength(0);
        axis->setTickLabelFont(caption);
        axis->setTickLabelColor(muted);
        axis->setTickLabelPadding(unit);
        axis->setSelectableParts(QCPAxis::spNone);
        axis->grid()->setPen(hairline);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setSubGridVisible(false);
        axis->grid()->setAntialiased(false);
    }
    auto* x = panel.rect->axis(QCPAxis::atBottom);
    auto* y = panel.rect->axis(QCPAxis::atLeft);
    x->grid()->setVisible(false);
    x->setTickLabels(panel.bottom);
    y->setTickLabels(panel.column == 0);
    y->grid()->setVisible(true);
    panel.cursor->setPen(QPen(theme().color(Token::Strong), 1));
    panel.readout->setFont(theme().captionFont());
    panel.readout->setColor(theme().color(Token::Text));
    panel.readout->setBrush(theme().color(Token::Surface));
    panel.readout->setPen(QPen(theme().color(Token::Border), 1));
    panel.readout->setPadding(QMargins(unit, unit / 2, unit, unit / 2));
}

void TimePlot::restyle() {
    plot_->setBackground(QBrush(theme().color(Token::Surface)));
    plot_->setLocale(QLocale());
    plot_->setFont(theme().captionFont());
    for (auto& panel : panels_) stylePanel(panel);
    applyRange();
    replotSoon();
}

void TimePlot::applyRange() {
    const double span = sync_.upper() - sync_.lower();
    for (auto& panel : panels_) {
        auto* x = panel.rect->axis(QCPAxis::atBottom);
        x->setRange(sync_.lower(), sync_.upper());
        if (auto ticker = qSharedPointerDynamicCast<QCPAxisTickerDateTime>(x->ticker())) {
            ticker->setDateTimeFormat(span <= 90 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
            const QFontMetrics metrics(theme().captionFont());
            const int label = metrics.horizontalAdvance(span <= 90 ? QStringLiteral("00:00:00") : QStringLiteral("00:00")) + 3 * theme().unit();
            ticker->setTickCount(std::clamp(panel.rect->width() / std::max(1, label), 1, 6));
        }
    }
    replotSoon();
}

void TimePlot::replotSoon() {
    if (!isVisible()) {
        dirty_ = true;
        return;
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::replotOverlay() {
    if (!isVisible()) return;
    placeLabels();
    plot_->layer(QLatin1String(kOverlay))->replot();
}

void TimePlot::applyCursor() {
    const auto cursor = sync_.cursor();
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        auto& panel = panels_[i];
        const bool inside = cursor && *cursor >= sync_.lower() && *cursor <= sync_.upper();
        panel.cursor->setVisible(inside);
        const bool reads = inside && static_cast<int>(i) == hovered_;
        panel.readout->setVisible(reads);
        if (!inside) continue;
        panel.cursor->start->setCoords(*cursor, 0);
        panel.cursor->end->setCoords(*cursor, 1);
        if (!reads) continue;
        const auto event = eventNear(panel, *cursor);
        QStringList words = {timeText(*cursor), readoutDetail(*cursor), event};
        words.removeAll(QString());
        panel.readout->setText(words.join(QLatin1String("  ")));
        panel.readout->position->setCoords(*cursor, 1);
        const bool right = *cursor > (sync_.lower() + sync_.upper()) / 2;
        panel.readout->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    }
    replotOverlay();
}

void TimePlot::placeEvents() {
    const auto pen = QPen(ink(theme().color(Token::Strong)), 1, Qt::DotLine);
    for (auto& panel : panels_) {
        std::vector<double> times;
        for (const auto& event : sync_.events())
            if (event.time >= sync_.lower() && event.time <= sync_.upper()) times.push_back(event.time);
        while (panel.events.size() > times.size()) {
            plot_->removeItem(panel.events.back());
            panel.events.pop_back();
        }
        while (panel.events.size() < times.size()) {
            auto* line = new QCPItemLine(plot_);
            line->setLayer(QStringLiteral("main"));
            line->setSelectable(false);
            line->setClipAxisRect(panel.rect);
            for (auto* position : {line->start, line->end}) {
                position->setAxes(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
                position->setAxisRect(panel.rect);
                position->setTypeX(QCPItemPosition::ptPlotCoords);
                position->setTypeY(QCPItemPosition::ptAxisRectRatio);
            }
            panel.events.push_back(line);
        }
        for (std::size_t i = 0; i < times.size(); ++i) {
            panel.events[i]->setPen(pen);
            panel.events[i]->start->setCoords(times[i], 0);
            panel.events[i]->end->setCoords(times[i], 1);
        }
    }
}

QString TimePlot::eventNear(const Panel& panel, double time) const {
    auto* x = panel.rect->axis(QCPAxis::atBottom);
    const double at = x->coordToPixel(time);
    for (auto event = sync_.events().rbegin(); event != sync_.events().rend(); ++event)
        if (std::abs(x->coordToPixel(event->time) - at) <= kEventReach) return event->text;
    return {};
}

int TimePlot::panelAt(const QPoint& position) const {
    for (std::size_t i = 0; i < panels_.size(); ++i)
        if (panels_[i].rect->outerRect().contains(position)) return static_cast<int>(i);
    return -1;
}

double TimePlot::timeAt(int panel, int x) const {
    return panels_[static_cast<std::size_t>(panel)].rect->axis(QCPAxis::atBottom)->pixelToCoord(x);
}

bool TimePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched != plot_) return Chart::eventFilter(watched, event);
    switch (event->type()) {
        case QEvent::MouseMove: {
            const auto position = static_cast<QMouseEvent*>(event)->pos();
            if (dragging_ && hovered_ >= 0) {
                sync_.pan(timeAt(hovered_, dragFrom_.x()) - timeAt(hovered_, position.x()));
                dragFrom_ = position;
            }
            hovered_ = panelAt(position);
            sync_.setCursor(hovered_ < 0 ? std::nullopt : std::optional(std::clamp(timeAt(hovered_, position.x()), sync_.lower(), sync_.upper())));
            return false;
        }
        case QEvent::MouseButtonPress: {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            if (mouse->button() != Qt::LeftButton) return false;
            setFocus(Qt::MouseFocusReason);
            hovered_ = panelAt(mouse->pos());
            dragging_ = hovered_ >= 0;
            dragFrom_ = mouse->pos();
            return false;
        }
        case QEvent::MouseButtonRelease: dragging_ = false; return false;
        case QEvent::MouseButtonDblClick:
            dragging_ = false;
            sync_.reset();
            return true;
        case QEvent::Wheel: {
            const auto* wheel = static_cast<QWheelEvent*>(event);
            const int panel = panelAt(wheel->position().toPoint());
            if (panel < 0 || wheel->angleDelta().y() == 0) return false;
            const int x = std::clamp(wheel->position().toPoint().x(), panels_[static_cast<std::size_t>(panel)].rect->left(),
                                     panels_[static_cast<std::size_t>(panel)].rect->right());
            sync_.zoom(std::pow(kZoomStep, wheel->angleDelta().y() / 120.0), timeAt(panel, x));
            return true;
        }
        case QEvent::Leave:
            hovered_ = -1;
            sync_.setCursor(std::nullopt);
            return false;
        case QEvent::Resize: {
            // A plot without an area cannot be drawn, and says so on every attempt; a hidden one need not be and learns its size when shown.
            if (!isVisible() || static_cast<QResizeEvent*>(event)->size().isEmpty()) return true;
            const bool result = Chart::eventFilter(watched, event);
            QMetaObject::invokeMethod(this, [this] { applyRange(); }, Qt::QueuedConnection);
            return result;
        }
        default: return false;
    }
}

void TimePlot::keyPressEvent(QKeyEvent* event) {
    const double span = sync_.upper() - sync_.lower();
    const double at = sync_.cursor().value_or(sync_.upper());
    const double step = event->modifiers() & Qt::ShiftModifier ? span / 10 : span / 100;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right: {
            if (hovered_ < 0) hovered_ = 0;
            sync_.setCursor(std::clamp(at + (event->key() == Qt::Key_Left ? -step : step), sync_.lower(), sync_.upper()));
            setAccessibleDescription(describe());
            break;
        }
        case Qt::Key_Plus:
        case Qt::Key_Equal: sync_.zoom(kZoomStep, at); break;
        case Qt::Key_Minus: sync_.zoom(1 / kZoomStep, at); break;
        case Qt::Key_PageUp: sync_.pan(-span / 2); break;
        case Qt::Key_PageDown: sync_.pan(span / 2); break;
        case Qt::Key_0:
        case Qt::Key_End: sync_.reset(); break;
        case Qt::Key_Escape:
            if (sync_.cursor())
                sync_.setCursor(std::nullopt);
            else
                QWidget::keyPressEvent(event);
            break;
        default: QWidget::keyPressEvent(event);
    }
}

void TimePlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void TimePlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void TimePlot::paintEvent(QPaintEvent*) {
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void TimePlot::showEvent(QShowEvent* event) {
    Chart::showEvent(event);
    plot_->setBufferDevicePixelRatio(devicePixelRatioF());
    if (!plot_->rect().isEmpty()) plot_->setViewport(plot_->rect());
    if (dirty_) {
        dirty_ = false;
        applyRange();
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

QImage TimePlot::image(double scale) const { return plot_->toPixmap(plot_->width(), plot_->height(), scale).toImage(); }

QSize TimePlot::minimumSizeHint() const {
    const QFontMetrics metrics(theme().captionFont());
    return {metrics.averageCharWidth() * 30, metrics.height() * 7};
}

QString TimePlot::readoutDetail(double) const { return {}; }

QString TimePlot::timeText(double seconds) {
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000)).toString(QStringLiteral("HH:mm:ss"));
}

}  // namespace gatehouse::ui
