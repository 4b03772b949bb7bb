#include "charts/timeline_bar.h"

#include "models/format.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

/// Below this the logarithmic axis is linear, so that zero has a place.
constexpr double kLogFloorMicros = 100;

const char* const kPhaseNames[] = {QT_TRANSLATE_NOOP("Phase", "receive"), QT_TRANSLATE_NOOP("Phase", "body"), QT_TRANSLATE_NOOP("Phase", "guard"),         QT_TRANSLATE_NOOP("Phase", "route"),
                                   QT_TRANSLATE_NOOP("Phase", "pick"),    QT_TRANSLATE_NOOP("Phase", "connect"),       QT_TRANSLATE_NOOP("Phase", "send"),
                                   QT_TRANSLATE_NOOP("Phase", "stream"),  QT_TRANSLATE_NOOP("Phase", "upstream wait"), QT_TRANSLATE_NOOP("Phase", "answer")};

QString phaseName(const std::string& name) {
    for (const auto* known : kPhaseNames)
        if (name == known) return QCoreApplication::translate("Phase", known);
    return toQt(name);
}

/// 1, 2 or 5 times a power of ten, so that about four ticks fit.
qint64 tickStep(qint64 total) { return static_cast<qint64>(roundUp(std::max(1.0, static_cast<double>(total) / 4))); }

}  // namespace

QColor gatewayTimeColor(const Theme& theme) { return theme.series(4); }
QColor upstreamTimeColor(const Theme& theme) { return theme.series(6); }

std::vector<std::pair<qint64, qint64>> unaccountedSpans(const std::vector<telemetry::Phase>& phases, qint64 totalMicros) {
    std::vector<std::pair<qint64, qint64>> covered;
    for (const auto& phase : phases) covered.emplace_back(phase.startMicros, phase.startMicros + phase.durationMicros);
    std::sort(covered.begin(), covered.end());
    std::vector<std::pair<qint64, qint64>> gaps;
    qint64 at = 0;
    for (const auto& [begin, end] : covered) {
        const auto start = std::min(begin, totalMicros);
        if (start > at) gaps.emplace_back(at, start - at);
        at = std::max(at, end);
    }
    if (totalMicros > at) gaps.emplace_back(at, totalMicros - at);
    return gaps;
}

qint64 unaccountedMicros(const std::vector<telemetry::Phase>& phases, qint64 totalMicros) {
    qint64 sum = 0;
    for (const auto& [start, duration] : unaccountedSpans(phases, totalMicros)) sum += duration;
    return sum;
}

void paintPhases(QPainter& painter, const QRectF& area, const telemetry::RequestRecord& record, const Theme& theme) {
    if (record.totalMicros <= 0) return;
    painter.fillRect(area, mixColors(theme.color(Token::Surface), theme.color(Token::Border), 0.8));
    const double scale = area.width() / static_cast<double>(record.totalMicros);
    // The upstream first: the gateway's own slices are thin and stay visible above it.
    for (const bool upstream : {true, false})
        for (const auto& phase : record.phases) {
            if (phase.upstream != upstream || phase.durationMicros <= 0) continue;
            const double left = area.left() + static_cast<double>(phase.startMicros) * scale;
            const double width = std::max(1.0, static_cast<double>(phase.durationMicros) * scale);
            painter.fillRect(QRectF(std::min(left, area.right() - 1), area.top(), std::min(width, area.right() - left), area.height()),
                             upstream ? upstreamTimeColor(theme) : gatewayTimeColor(theme));
        }
}

TimelineBar::TimelineBar(Theme& theme, QWidget* parent) : Chart(theme, parent) {
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Timeline of the request"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void TimelineBar::setRecord(const telemetry::RequestRecord& record) {
    rows_.clear();
    total_ = record.totalMicros;
    firstByte_ = record.firstByteMicros;
    qint64 upstream = 0;
    for (const auto& phase : record.phases) {
        Row row;
        row.name = phaseName(phase.name);
        row.spans = {{phase.startMicros, phase.durationMicros}};
        row.duration = phase.durationMicros;
        row.kind = phase.upstream ? Row::Kind::Upstream : Row::Kind::Gateway;
        total_ = std::max<qint64>(total_, phase.startMicros + phase.durationMicros);
        if (phase.upstream) upstream += phase.durationMicros;
        rows_.push_back(std::move(row));
    }
    Row rest;
    rest.name = tr("unaccounted", "time of a request that no phase covers");
    rest.spans = unaccountedSpans(record.phases, total_);
    rest.duration = unaccountedMicros(record.phases, total_);
    rest.kind = Row::Kind::Unaccounted;
    const auto unaccounted = rest.duration;
    rows_.push_back(std::move(rest));
    setAccessibleDescription(tr("%1 in all, of it upstream %2, unaccounted %3.")
                                 .arg(formatDuration(total_), formatDuration(upstream), formatDuration(unaccounted)));
    updateGeometry();
    update();
}

void TimelineBar::setLogarithmic(bool logarithmic) {
    logarithmic_ = logarithmic;
    update();
}

int TimelineBar::rowHeight() const { return QFontMetrics(theme().bodyFont()).height() + theme().gap(2); }
int TimelineBar::headHeight() const { return QFontMetrics(theme().captionFont()).height() + theme().gap(2); }

QSize TimelineBar::sizeHint() const {
    return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 40, headHeight() * 2 + static_cast<int>(rows_.size()) * rowHeight()};
}

double TimelineBar::place(qint64 micros) const {
    if (total_ <= 0) return 0;
    if (!logarithmic_) return static_cast<double>(micros) / static_cast<double>(total_);
    return std::log1p(static_cast<double>(micros) / kLogFloorMicros) / std::log1p(static_cast<double>(total_) / kLogFloorMicros);
}

QString TimelineBar::sentence(const Row& row) const {
    const auto start = row.spans.empty() ? 0 : row.spans.front().first;
    switch (row.kind) {
        case Row::Kind::Gateway: return tr("%1: %2 of the gateway's own time, from %3.").arg(row.name, formatDuration(row.duration), formatDuration(start));
        case Row::Kind::Upstream: return tr("%1: %2 of the upstream's time, from %3.").arg(row.name, formatDuration(row.duration), formatDuration(start));
        default: return tr("%1 are in no phase.").arg(formatDuration(row.duration));
    }
}

void TimelineBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int unit = theme().unit();
    const auto body = theme().bodyFont(), caption = theme().captionFont();
    const QFontMetrics bodyMetrics(body), captionMetrics(caption);
    int nameWidth = 0, numberWidth = 0;
    for (const auto& row : rows_) {
        nameWidth = std::max(nameWidth, bodyMetrics.horizontalAdvance(row.name));
        numberWidth = std::max(numberWidth, bodyMetrics.horizontalAdvance(formatDuration(row.duration)));
    }
    const int left = unit + nameWidth + 3 * unit;
    const int right = width() - numberWidth - 3 * unit;
    const double span = std::max(1, right - left);
    const int rowsBottom = headHeight() + static_cast<int>(rows_.size()) * rowHeight();

    painter.setFont(caption);
    int lastEnd = -1;
    const auto tick = [&](qint64 at) {
        const int x = left + static_cast<int>(place(at) * span);
        const auto text = at == 0 ? QStringLiteral("0") : formatDuration(at);
        const int textWidth = captionMetrics.horizontalAdvance(text);
        const int textLeft = std::min(at == 0 ? x : x - textWidth / 2, width() - unit - textWidth);
        if (textLeft <= lastEnd) return;
        painter.setPen(QPen(theme().color(Token::Border), 1));
        painter.drawLine(x, headHeight(), x, rowsBottom);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(textLeft, 0, textWidth + 1, headHeight()), Qt::AlignVCenter | Qt::AlignLeft, text);
        lastEnd = textLeft + textWidth + 2 * unit;
    };
    tick(0);
    if (logarithmic_) {
        for (qint64 at = 1000; at < total_; at *= 10) tick(at);
    } else if (total_ > 0) {
        const auto step = tickStep(total_);
        for (qint64 at = step; at <= total_; at += step) tick(at);
    }

    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto& row = rows_[i];
        const int top = headHeight() + static_cast<int>(i) * rowHeight();
        painter.setFont(body);
        painter.setPen(theme().color(row.kind == Row::Kind::Unaccounted ? Token::Muted : Token::Text));
        painter.drawText(QRect(unit, top, nameWidth, rowHeight()), Qt::AlignVCenter | Qt::AlignLeft, row.name);
        painter.setFont(body);
        painter.drawText(QRect(0, top, width() - unit, rowHeight()), Qt::AlignVCenter | Qt::AlignRight, formatDuration(row.duration));
        for (const auto& [start, duration] : row.spans) {
            if (duration <= 0) continue;
            const double from = left + place(start) * span, to = left + place(start + duration) * span;
            const QRectF bar(from, top + rowHeight() / 4.0, std::max(1.0, to - from), rowHeight() / 2.0);
            if (row.kind == Row::Kind::Unaccounted) {
                painter.fillRect(bar, QBrush(theme().color(Token::Strong), Qt::BDiagPattern));
            } else {
                painter.fillRect(bar, ink(row.kind == Row::Kind::Upstream ? upstreamTimeColor(theme()) : gatewayTimeColor(theme())));
            }
        }
    }
    if (firstByte_ > 0 && firstByte_ <= total_) {
        const int x = left + static_cast<int>(place(firstByte_) * span);
        painter.setPen(QPen(theme().color(Token::Strong), 1, Qt::DashLine));
        painter.drawLine(x, headHeight(), x, rowsBottom);
    }

    painter.setFont(caption);
    // Below the bars where it fits there, else over the whole width.
    const auto firstByte = tr("first byte %1", "legend: time to first byte").arg(formatDuration(firstByte_));
    const auto gateway = tr("gateway", "legend: the gateway's own time"), upstream = tr("upstream", "legend: time of the upstream");
    const int wanted = captionMetrics.horizontalAdvance(gateway + upstream) + 14 * unit + (firstByte_ > 0 ? captionMetrics.horizontalAdvance(firstByte) + 4 * unit : 0);
    int x = left + wanted <= width() ? left : unit;
    const auto key = [&](const QBrush& brush, const QString& text) {
        painter.fillRect(QRect(x, rowsBottom + headHeight() / 2 - unit, 2 * unit, 2 * unit), brush);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(x + 3 * unit, rowsBottom, width() - x, headHeight()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += 3 * unit + captionMetrics.horizontalAdvance(text) + 4 * unit;
    };
    key(ink(gatewayTimeColor(theme())), gateway);
    key(ink(upstreamTimeColor(theme())), upstream);
    if (firstByte_ > 0) {
        painter.setPen(QPen(theme().color(Token::Strong), 1, Qt::DashLine));
        painter.drawLine(x + unit, rowsBottom + unit, x + unit, rowsBottom + headHeight() - unit);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRect(x + 3 * unit, rowsBottom, width() - x, headHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                         firstByte);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool TimelineBar::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = (help->pos().y() - headHeight()) / std::max(1, rowHeight());
        if (help->pos().y() >= headHeight() && row >= 0 && row < static_cast<int>(rows_.size()))
            QToolTip::showText(help->globalPos(), sentence(rows_[static_cast<std::size_t>(row)]), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return Chart::event(event);
}

void TimelineBar::restyle() {
    updateGeometry();
    update();
}

ChartTable TimelineBar::table() const {
    ChartTable table;
    table.columns = {{tr("Phase", "column")}, {tr("Whose", "column: gateway's or upstream's time")}, {tr("Start ms", "column"), 3}, {tr("Duration ms", "column"), 3}};
    for (const auto& row : rows_) {
        const auto whose = row.kind == Row::Kind::Gateway ? tr("gateway") : row.kind == Row::Kind::Upstream ? tr("upstream") : tr("nobody's", "unaccounted time");
        table.rows.push_back({row.name, whose, row.spans.empty() ? QVariant() : QVariant(static_cast<double>(row.spans.front().first) / 1000.0),
                              static_cast<double>(row.duration) / 1000.0});
    }
    return table;
}

}  // namespace gatehouse::ui
