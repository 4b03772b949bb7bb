// How a PolicyPlot is drawn: rows, panels with their ticks, marks, the legend.
#include "lab/policy_plot.h"

#include "lab/lab_words.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

QString panelTitle(int panel, sim::Metric metric) {
    switch (panel) {
        case 0: return PolicyPlot::tr("TTFT", "panel: time to first token");
        case 1: return PolicyPlot::tr("TPOT", "panel: time per output token");
        case 2: return PolicyPlot::tr("End to end", "panel: whole time of a request");
        default: return labMetricText(metric);
    }
}

/// "100 ms" and "10 s" are shorter than many zeros.
QString tickText(double shown, bool time) {
    if (!time) return formatNumber(shown, shown != 0 && std::abs(shown) < 10 && shown != std::floor(shown) ? (std::abs(shown) < 1 ? 2 : 1) : 0);
    if (shown >= 1e6) return QStringLiteral("%1 ks").arg(formatNumber(shown / 1e6, shown < 1e7 && std::fmod(shown, 1e6) != 0 ? 1 : 0));
    if (shown >= 1e3) return QStringLiteral("%1 s").arg(formatNumber(shown / 1e3, std::fmod(shown, 1e3) != 0 ? 1 : 0));
    return QStringLiteral("%1 ms").arg(formatNumber(shown, shown < 1 ? 1 : 0));
}

/// p50 a circle, p90 and means a square, p99 a diamond.
void drawShape(QPainter& painter, std::size_t shape, const QPointF& at, double size) {
    if (shape == 0) painter.drawEllipse(at, size * 0.75, size * 0.75);
    if (shape == 1) painter.drawRect(QRectF(at.x() - size * 0.8, at.y() - size * 0.8, size * 1.6, size * 1.6));
    if (shape != 2) return;
    const QPointF diamond[] = {at + QPointF(0, -size * 1.2), at + QPointF(size * 1.2, 0), at + QPointF(0, size * 1.2), at + QPointF(-size * 1.2, 0)};
    painter.drawPolygon(diamond, 4);
}

/// Ticks: decades and, where there is room, what lies between; of a linear axis round steps. `room` is the width of a label.
std::vector<double> ticksOf(double low, double high, int width, int room, bool logarithmic) {
    std::vector<double> ticks;
    if (!logarithmic) {
        const double step = roundUp((high - low) * room / std::max(1, width));
        for (double value = std::ceil(low / step) * step; value <= high; value += step) ticks.push_back(value);
        return ticks;
    }
    const double perDecade = width / std::max(1e-9, high - low);
    const auto factors = perDecade > 3 * room ? std::vector<double>{1, 2, 5} : perDecade > 1.2 * room ? std::vector<double>{1, 3} : std::vector<double>{1};
    for (int decade = static_cast<int>(std::floor(low)) - 1; decade <= std::ceil(high); ++decade)
        for (const double factor : factors) ticks.push_back(std::pow(10.0, decade) * factor);
    std::erase_if(ticks, [](double value) { return value < PolicyPlot::kLeastLog * 0.999; });
    return ticks;
}

}  // namespace

QColor PolicyPlot::colorOf(const Row& row) const {
    if (row.policy->bound) return theme().color(Token::Muted);
    if (!row.policy->ours) return theme().color(Token::Text);
    return theme().series(row.policy->name == "gatehouse-cost" ? 1 : 2);
}

void PolicyPlot::drawMarks(QPainter& painter, int panel, const QRect& area, const sim::PolicyReport& report, double y, bool hollow, const QColor& color) {
    const auto& spec = panels()[static_cast<std::size_t>(panel)];
    const double unit = theme().unit();
    for (std::size_t i = 0; i < spec.metrics.size(); ++i) {
        const auto estimate = report.of(spec.metrics[i]);
        if (std::isnan(estimate.mean)) continue;
        const double mean = labMetricValue(spec.metrics[i], estimate.mean), x = place(panel, area, mean);
        painter.setPen(QPen(ink(color), 1));
        if (!std::isnan(estimate.half) && estimate.half > 0) {
            const double half = labMetricValue(spec.metrics[i], estimate.half);
            const double from = place(panel, area, std::max(spec.logarithmic ? kLeastLog : 0.0, mean - half)), to = place(panel, area, mean + half);
            painter.drawLine(QPointF(std::max(from, double(area.left())), y), QPointF(to, y));
            for (const double end : {from, to})
                if (end >= area.left()) painter.drawLine(QPointF(end, y - unit * 0.6), QPointF(end, y + unit * 0.6));
        }
        painter.setBrush(hollow ? QBrush(theme().color(Token::Surface)) : QBrush(ink(color)));
        const double size = unit * 0.9;
        drawShape(painter, spec.metrics.size() == 1 ? 1 : i, {x, y}, size);
    }
}

void PolicyPlot::drawTicks(QPainter& painter, int panel) const {
    const auto layout = layoutFor(width());
    const QRect area = panelRect(panel);
    const auto& spec = panels()[static_cast<std::size_t>(panel)];
    const auto& range = axis(panel);
    const bool time = sim::info(spec.metrics[0]).unit == "s";
    const QFontMetrics caption(theme().captionFont());
    const auto ticks = ticksOf(range.low, range.high, area.width(), caption.horizontalAdvance(QStringLiteral("0000 ms")), spec.logarithmic);
    const QRect labels(area.left(), area.top() - layout.axis, area.width(), layout.axis);
    double after = area.left() - theme().gap(2);
    const auto tick = [&](double x, const QString& text) {
        if (x < area.left() - 0.5 || x > area.right() + 1) return;
        painter.setPen(QPen(theme().color(Token::Border), 1));
        painter.drawLine(QPointF(std::floor(x) + 0.5, area.top()), QPointF(std::floor(x) + 0.5, area.bottom()));
        const double wide = caption.horizontalAdvance(text);
        const double from = std::clamp(x - wide / 2, double(labels.left()) - theme().gap(1), std::max(double(labels.left()), labels.right() + theme().gap(1) - wide));
        if (from < after + theme().gap(1)) return;
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRectF(from, labels.top(), wide + 1, labels.height()), Qt::AlignCenter, text);
        after = from + wide;
    };
    painter.setFont(theme().captionFont());
    if (range.hasZero) tick(place(panel, area, 0), QStringLiteral("0"));
    for (const double value : ticks)
        if (!range.hasZero || std::log10(value) > range.zero + (range.high - range.low) * 0.06) tick(place(panel, area, value), tickText(value, time));
}

void PolicyPlot::drawPanel(QPainter& painter, int panel) {
    const auto layout = layoutFor(width());
    const QRect area = panelRect(panel);
    const auto& spec = panels()[static_cast<std::size_t>(panel)];
    const QFontMetrics caption(theme().captionFont()), strong(theme().strongFont());
    painter.setFont(theme().strongFont());
    painter.setPen(theme().color(isPaused() ? Token::Muted : Token::Text));
    const auto title = panelTitle(panel, spec.metrics[0]);
    const int titleTop = area.top() - layout.head - layout.axis;
    painter.drawText(QRect(area.left(), titleTop, area.width(), layout.head), Qt::AlignLeft | Qt::AlignVCenter, strong.elidedText(title, Qt::ElideRight, area.width()));
    // The unit, but of times, whose ticks say it; and an arrow where more is better.
    QStringList notes;
    if (sim::info(spec.metrics[0]).unit != "s") notes << labMetricUnit(spec.metrics[0]);
    if (!sim::info(spec.metrics[0]).lowerIsBetter) notes << QStringLiteral("→");
    const auto note = notes.join(QLatin1Char(' ')).trimmed();
    const int left = area.left() + strong.horizontalAdvance(title) + theme().gap(1);
    painter.setFont(theme().captionFont());
    painter.setPen(theme().color(Token::Muted));
    if (!note.isEmpty() && left + caption.horizontalAdvance(note) <= area.right())
        painter.drawText(QRect(left, titleTop, area.right() - left, layout.head), Qt::AlignLeft | Qt::AlignVCenter, note);
    drawTicks(painter, panel);

    painter.save();
    painter.setClipRect(area.adjusted(-theme().gap(1), 0, theme().gap(1), 0));
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < rowCount(); ++row) {
        const auto& one = rows_[static_cast<std::size_t>(row)];
        const double top = area.top() + row * layout.row, middle = top + layout.row / 2.0;
        const double off = one.first && one.second ? layout.row * 0.2 : 0;
        if (one.second) drawMarks(painter, panel, area, *one.second, middle + off, true, colorOf(one));
        if (one.first) drawMarks(painter, panel, area, *one.first, middle - off, false, colorOf(one));
    }
    painter.restore();
}

void PolicyPlot::drawLegend(QPainter& painter) const {
    const auto layout = layoutFor(width());
    const QFontMetrics caption(theme().captionFont());
    painter.setFont(theme().captionFont());
    const double unit = theme().unit(), size = unit * 0.9, y = (layout.legend - theme().gap(1)) / 2.0;
    // At large text it takes the names' column too.
    const auto names = QStringLiteral("p50p99") + tr("p90, mean", "legend: which quantile a mark is") + tr("95 % over seeds", "legend: what whiskers are") +
                       (result_ && other_ ? tr("run %1", "a result of the laboratory by its number").arg(88).repeated(2) : QString());
    const int marks = result_ && other_ ? 6 : 4;
    const double wide = caption.horizontalAdvance(names) + marks * 8 * unit;
    double x = std::max(double(theme().gap(1)), std::min(double(layout.names + theme().gap(2)), width() - wide));
    const auto word = [&](const QString& text) {
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRectF(x, 0, width() - x, layout.legend - theme().gap(1)), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += caption.horizontalAdvance(text) + theme().gap(4);
    };
    painter.setRenderHint(QPainter::Antialiasing);
    for (int shape = 0; shape < 3; ++shape) {
        painter.setPen(QPen(theme().color(Token::Muted), 1));
        painter.setBrush(theme().color(Token::Muted));
        drawShape(painter, static_cast<std::size_t>(shape), {x + unit, y}, size);
        x += 3 * unit;
        word(shape == 0 ? QStringLiteral("p50") : shape == 1 ? tr("p90, mean", "legend: which quantile a mark is") : QStringLiteral("p99"));
    }
    painter.setPen(QPen(theme().color(Token::Muted), 1));
    painter.drawLine(QPointF(x, y), QPointF(x + 4 * unit, y));
    for (const double end : {x, x + 4 * unit}) painter.drawLine(QPointF(end, y - unit * 0.6), QPointF(end, y + unit * 0.6));
    x += 5 * unit;
    word(tr("95 % over seeds", "legend: what whiskers are"));
    if (!result_ || !other_) return;
    for (const auto& [result, hollow] : {std::pair(result_, false), std::pair(other_, true)}) {
        painter.setPen(QPen(theme().color(Token::Muted), 1));
        painter.setBrush(hollow ? theme().color(Token::Surface) : theme().color(Token::Muted));
        painter.drawRect(QRectF(x, y - size * 0.8, size * 1.6, size * 1.6));
        x += 3 * unit;
        word(tr("run %1", "a result of the laboratory by its number").arg(result->number));
    }
}

void PolicyPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (rows_.empty()) return;
    const auto layout = layoutFor(width());
    const QFontMetrics body(theme().bodyFont()), strong(theme().strongFont());
    for (int block = 0; block < layout.blocks; ++block) {
        const int top = layout.legend + block * layout.blockHeight + layout.head + layout.axis;
        for (int row = 0; row < rowCount(); ++row) {
            const auto& one = rows_[static_cast<std::size_t>(row)];
            const QRect line(0, top + row * layout.row, width(), layout.row);
            if (one.policy->ours) painter.fillRect(line, theme().tint(Token::Accent, 0.06));
            if (row == current_) {
                painter.setPen(QPen(theme().color(hasFocus() ? Token::Accent : Token::Strong), theme().borderWidth()));
                painter.drawRect(line.adjusted(0, 0, -1, -1));
            }
            painter.setPen(QPen(theme().color(Token::Border), 1));
            painter.drawLine(line.left(), line.bottom(), line.right(), line.bottom());
            painter.setFont(one.policy->ours ? theme().strongFont() : theme().bodyFont());
            painter.setPen(theme().color(one.policy->bound || isPaused() ? Token::Muted : Token::Text));
            painter.drawText(line.adjusted(theme().gap(1), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                             (one.policy->ours ? strong : body).elidedText(one.name, Qt::ElideMiddle, layout.names - theme().gap(2)));
        }
    }
    drawLegend(painter);
    for (int panel = 0; panel < static_cast<int>(panels().size()); ++panel) drawPanel(painter, panel);
    if (hasFocus() && current_ < 0) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

}  // namespace gatehouse::ui
