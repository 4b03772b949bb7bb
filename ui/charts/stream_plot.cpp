#include "charts/stream_plot.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QIcon>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

using Kind = llm::StreamPart::Kind;

/// How near the pointer must be to an event, in units of space.
constexpr int kNear = 3;
/// The least that is shown, in microseconds: beyond it all ticks stand apart.
constexpr double kLeastRange = 200;

}  // namespace

int StreamLane::faults() const {
    int count = static_cast<int>(endFaults.size());
    for (const auto& part : parts) count += static_cast<int>(part.faults.size());
    return count;
}

qint64 StreamLane::longestGap() const {
    qint64 longest = 0;
    for (std::size_t i = 1; i < parts.size(); ++i) longest = std::max<qint64>(longest, parts[i].micros - parts[i - 1].micros);
    return longest;
}

QString streamPartWord(Kind kind) {
    switch (kind) {
        case Kind::Start: return StreamPlot::tr("start", "kind of an event of a stream");
        case Kind::Text: return StreamPlot::tr("text", "kind of an event of a stream");
        case Kind::Thinking: return StreamPlot::tr("thinking", "kind of an event of a stream");
        case Kind::ToolCall: return StreamPlot::tr("tool call", "kind of an event of a stream");
        case Kind::Block: return StreamPlot::tr("block", "kind of an event of a stream");
        case Kind::Finish: return StreamPlot::tr("finish", "kind of an event of a stream");
        case Kind::Usage: return StreamPlot::tr("usage", "kind of an event of a stream");
        case Kind::End: return StreamPlot::tr("end", "kind of an event of a stream");
        case Kind::Error: return StreamPlot::tr("error", "kind of an event of a stream");
        case Kind::Ping: return StreamPlot::tr("ping", "kind of an event of a stream");
        case Kind::Other: break;
    }
    return StreamPlot::tr("other", "kind of an event of a stream");
}

StreamPlot::StreamPlot(Theme& theme, QWidget* parent) : Chart(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Events of the stream"));
}

void StreamPlot::setLanes(std::vector<StreamLane> lanes) {
    lanes_ = std::move(lanes);
    links_.clear();
    backLinks_.clear();
    lane_ = part_ = -1;
    bool any = false;
    for (const auto& lane : lanes_)
        for (const auto& part : lane.parts) {
            const auto at = static_cast<double>(part.micros);
            first_ = any ? std::min(first_, at) : at;
            last_ = any ? std::max(last_, at) : at;
            any = true;
        }
    if (!any) first_ = 0, last_ = 1000;
    if (last_ - first_ < kLeastRange) last_ = first_ + kLeastRange;
    QStringList words;
    for (const auto& lane : lanes_)
        words << tr("%1: %n event(s), longest gap %2, %3.", "accessible description of a stream", static_cast<int>(lane.parts.size()))
                     .arg(lane.name, formatDuration(lane.longestGap()), tr("%n fault(s)", "against a grammar", lane.faults()));
    setAccessibleDescription(words.join(QLatin1Char(' ')));
    showAll();
    setFixedHeight(sizeHint().height());  // Another number of lanes: at once, also on a page that is not shown.
    updateGeometry();
}

void StreamPlot::setLinks(const llm::StreamLinks& links) {
    links_.clear();
    backLinks_.clear();
    if (lanes_.size() == 2 && links.known() && links.provider.size() == lanes_[0].parts.size() && links.client.size() == lanes_[1].parts.size()) {
        for (const auto& event : links.provider) links_.push_back(event.others);
        for (const auto& event : links.client) backLinks_.push_back(event.others);
    }
    update();
}

const std::vector<std::size_t>& StreamPlot::counterparts(int lane, int part) const {
    static const std::vector<std::size_t> kNone;
    const auto& side = lane == 0 ? links_ : backLinks_;
    return part >= 0 && static_cast<std::size_t>(part) < side.size() ? side[static_cast<std::size_t>(part)] : kNone;
}

void StreamPlot::showAll() {
    const double margin = (last_ - first_) * 0.02;
    from_ = first_ - margin;
    to_ = last_ + margin;
    update();
}

void StreamPlot::select(int lane, int part) {
    if (lane_ == lane && part_ == part) return;
    lane_ = lane;
    part_ = part;
    if (lane >= 0 && part >= 0) {
        const auto at = static_cast<double>(lanes_[std::size_t(lane)].parts[std::size_t(part)].micros);
        if (at < from_ || at > to_) pan(at - (from_ + to_) / 2);
    }
    update();
}

int StreamPlot::headHeight() const { return QFontMetrics(theme().captionFont()).height() + theme().gap(2); }
int StreamPlot::laneHeight() const { return 3 * QFontMetrics(theme().bodyFont()).height() + theme().gap(5); }
QSize StreamPlot::sizeHint() const {
    return {QFontMetrics(theme().bodyFont()).averageCharWidth() * 50, headHeight() + static_cast<int>(std::max<std::size_t>(1, lanes_.size())) * laneHeight() + theme().gap(2)};
}

int StreamPlot::left() const {
    int widest = 0;
    const QFontMetrics metrics(theme().bodyFont());
    for (const auto& lane : lanes_) widest = std::max(widest, metrics.horizontalAdvance(lane.name));
    return std::min(widest + theme().gap(5), width() / 3);
}
int StreamPlot::right() const { return width() - theme().gap(8); }
double StreamPlot::x(double at) const { return left() + (at - from_) / (to_ - from_) * (right() - left()); }
double StreamPlot::micros(double at) const { return from_ + (at - left()) / std::max(1, right() - left()) * (to_ - from_); }

void StreamPlot::zoom(double factor, double around) {
    const double span = std::clamp((to_ - from_) * factor, kLeastRange, (last_ - first_) * 1.04);
    const double share = (around - from_) / (to_ - from_);
    from_ = around - share * span;
    to_ = from_ + span;
    pan(0);
}

void StreamPlot::pan(double by) {
    const double span = to_ - from_;
    const double margin = (last_ - first_) * 0.02;
    from_ = std::clamp(from_ + by, first_ - margin, std::max(first_ - margin, last_ + margin - span));
    to_ = from_ + span;
    update();
}

QColor StreamPlot::colorOf(Kind kind) const {
    switch (kind) {
        case Kind::Text: return theme().series(1);
        case Kind::ToolCall: return theme().series(2);
        case Kind::Thinking: return theme().series(4);
        case Kind::Start:
        case Kind::Finish:
        case Kind::End: return theme().series(3);
        case Kind::Error: return theme().color(Token::Bad);
        default: return theme().series(8);
    }
}

void StreamPlot::paintLane(QPainter& painter, std::size_t number) const {
    const auto& lane = lanes_[number];
    const int unit = theme().unit();
    const int top = headHeight() + static_cast<int>(number) * laneHeight();
    const int base = top + laneHeight() - 2 * unit;
    const int ceiling = top + QFontMetrics(theme().captionFont()).height() + unit;
    const QFontMetrics caption(theme().captionFont());
    painter.setFont(theme().bodyFont());
    painter.setPen(theme().color(Token::Text));
    painter.drawText(QRect(unit, top, left() - 2 * unit, laneHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(theme().bodyFont()).elidedText(lane.name, Qt::ElideRight, left() - 2 * unit));
    painter.setClipRect(QRect(left(), top, right() - left() + 4 * unit, laneHeight()));
    painter.setFont(theme().captionFont());
    for (const auto& mark : lane.marks) {
        const double begin = x(static_cast<double>(lane.parts[mark.first].micros)), end = x(static_cast<double>(lane.parts[mark.last].micros));
        if (end < left() || begin > right()) continue;
        if (mark.kind == llm::StreamMark::Kind::Stall) {
            painter.fillRect(QRectF(begin, ceiling, end - begin, base - ceiling), QBrush(ink(theme().color(Token::Warn)), Qt::BDiagPattern));
            const auto text = tr("stall %1", "silence in a stream, %1 how long").arg(formatDuration(mark.micros));
            const QRectF area(begin + unit, top, std::max(end - begin, 1.0) - 2 * unit, ceiling - top);
            if (caption.horizontalAdvance(text) <= area.width()) {
                painter.setPen(theme().color(Token::Warn));
                painter.drawText(area, Qt::AlignCenter, text);
            }
        } else {
            painter.setPen(QPen(ink(theme().color(Token::Strong)), 1));
            const double wide = std::max(end, begin + 2);
            painter.drawLine(QPointF(begin - 2, ceiling), QPointF(wide + 2, ceiling));
            painter.drawLine(QPointF(begin - 2, ceiling), QPointF(begin - 2, ceiling + unit));
            painter.drawLine(QPointF(wide + 2, ceiling), QPointF(wide + 2, ceiling + unit));
            painter.setPen(theme().color(Token::Muted));
            painter.drawText(QPointF(begin, ceiling - unit / 2.0), tr("burst of %1", "events that came at once").arg(mark.last - mark.first + 1));
        }
    }
    painter.setPen(QPen(theme().color(Token::Border), 1));
    painter.drawLine(left(), base, right(), base);
    for (std::size_t i = 0; i < lane.parts.size(); ++i) {
        const auto& part = lane.parts[i];
        const double at = x(static_cast<double>(part.micros));
        if (at < left() - 2 || at > right() + 2) continue;
        const double height = tick(static_cast<int>(number), static_cast<int>(i)).height();
        const bool chosen = lane_ == static_cast<int>(number) && part_ == static_cast<int>(i);
        painter.setPen(QPen(ink(part.faults.empty() ? colorOf(part.kind) : theme().color(Token::Bad)), chosen ? 3 : 1));
        painter.drawLine(QPointF(at, base), QPointF(at, base - height));
        if (chosen) {
            painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
            painter.drawRect(QRectF(at - unit, base - height - unit, 2.0 * unit, height + 2.0 * unit));
        }
        if (!part.faults.empty())
            painter.drawPixmap(QPointF(at - theme().iconSize() / 2.0, ceiling - unit), theme().icon(QStringLiteral("error"), Token::Bad).pixmap(theme().iconSize(), theme().iconSize()));
    }
    if (lane.cut && !lane.parts.empty()) {
        const double at = x(static_cast<double>(lane.parts.back().micros));
        painter.setPen(QPen(ink(theme().color(Token::Bad)), 2, Qt::DashLine));
        painter.drawLine(QPointF(at + unit, ceiling), QPointF(at + unit, base));
        const auto text = tr("cut", "a stream that did not say its end");
        painter.setPen(theme().color(Token::Bad));
        const double wide = caption.horizontalAdvance(text);
        painter.drawText(QPointF(std::min(at + unit, right() + 4.0 * unit - wide), ceiling - unit / 2.0), text);
    }
    painter.setClipping(false);
}

QRectF StreamPlot::tick(int lane, int part) const {
    const int unit = theme().unit();
    const int top = headHeight() + lane * laneHeight();
    const int base = top + laneHeight() - 2 * unit;
    const int ceiling = top + QFontMetrics(theme().captionFont()).height() + unit;
    const auto& shown = lanes_[std::size_t(lane)].parts[std::size_t(part)];
    // Short and long events differ by a thousand times: by the logarithm they are both seen.
    const double size = std::log2(2.0 + static_cast<double>(shown.end - shown.begin)) / 16;
    const double height = std::clamp(size, 0.15, 1.0) * (base - ceiling - 2 * unit);
    return {x(static_cast<double>(shown.micros)), base - height, 0, height};
}

/// From the foot of each event of the first lane to the head of those that it became; those of the chosen event stand out.
void StreamPlot::paintLinks(QPainter& painter) const {
    if (!linked()) return;
    painter.setClipRect(QRect(left(), headHeight(), right() - left() + 4 * theme().unit(), 2 * laneHeight()));
    const auto draw = [&](std::size_t from, std::size_t to, const QPen& pen) {
        const auto above = tick(0, static_cast<int>(from)), below = tick(1, static_cast<int>(to));
        if (std::max(above.x(), below.x()) < left() || std::min(above.x(), below.x()) > right()) return;
        painter.setPen(pen);
        painter.drawLine(QPointF(above.x(), above.bottom() + 1), QPointF(below.x(), below.top() - 1));
    };
    painter.setRenderHint(QPainter::Antialiasing, true);
    const QPen quiet(theme().color(Token::Border), 1), chosen(theme().color(Token::Accent), 1);
    for (std::size_t i = 0; i < links_.size(); ++i)
        for (const auto to : links_[i]) draw(i, to, quiet);
    for (const auto other : counterparts(lane_, part_)) {
        const auto here = static_cast<std::size_t>(part_);
        draw(lane_ == 0 ? here : other, lane_ == 0 ? other : here, chosen);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int unit = theme().unit();
    painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth(), Qt::DotLine));
    for (const auto other : counterparts(lane_, part_)) {
        const auto at = tick(lane_ == 0 ? 1 : 0, static_cast<int>(other));
        painter.drawRect(at.adjusted(-unit, -unit, unit, unit));
    }
    painter.setClipping(false);
}

void StreamPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(theme().captionFont());
    const QFontMetrics caption(theme().captionFont());
    const int bottom = headHeight() + static_cast<int>(lanes_.size()) * laneHeight();
    const int ticks = (right() - left()) / std::max(1, caption.horizontalAdvance(QStringLiteral("0000.00 ms")) * 2);
    const double step = roundUp(std::max(1.0, (to_ - from_) / std::max(1, ticks)));
    double lastEnd = -1;
    for (double at = std::ceil(from_ / step) * step; at <= to_; at += step) {
        const double place = x(at);
        painter.setPen(QPen(theme().color(Token::Border), 1));
        painter.drawLine(QPointF(place, headHeight()), QPointF(place, bottom));
        const auto text = std::abs(at) < 0.5 ? QStringLiteral("0") : formatDuration(static_cast<qint64>(at));
        const double wide = caption.horizontalAdvance(text);
        if (at < 0 || place - wide / 2 <= lastEnd) continue;
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(QRectF(place - wide / 2, 0, wide + 2, headHeight()), Qt::AlignVCenter | Qt::AlignLeft, text);
        lastEnd = place + wide / 2 + theme().gap(2);
    }
    paintLinks(painter);
    for (std::size_t i = 0; i < lanes_.size(); ++i) paintLane(painter, i);
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Token::Accent), theme().borderWidth()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

std::pair<int, int> StreamPlot::near(const QPoint& position) const {
    const int lane = (position.y() - headHeight()) / std::max(1, laneHeight());
    if (position.y() < headHeight() || lane < 0 || lane >= static_cast<int>(lanes_.size())) return {-1, -1};
    const auto& parts = lanes_[std::size_t(lane)].parts;
    int best = -1;
    double distance = kNear * theme().unit();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double away = std::abs(x(static_cast<double>(parts[i].micros)) - position.x());
        if (away < distance) distance = away, best = static_cast<int>(i);
    }
    return {best < 0 ? -1 : lane, best};
}

QString StreamPlot::sentence(int lane, int part) const {
    const auto& shown = lanes_[std::size_t(lane)].parts[std::size_t(part)];
    auto text = tr("%1 at %2, %3: %4", "%1 name of an event, %2 time, %3 size, %4 what it says")
                    .arg(toQt(shown.name), formatDuration(shown.micros), formatBytes(shown.end - shown.begin), streamPartWord(shown.kind));
    if (!shown.text.empty()) text += QStringLiteral("\n") + toQt(shown.text).left(200);
    for (const auto& fault : shown.faults) text += QStringLiteral("\n") + coreSentence(fault);
    return text;
}

void StreamPlot::wheelEvent(QWheelEvent* event) {
    zoom(std::pow(0.85, event->angleDelta().y() / 120.0), micros(event->position().x()));
    event->accept();
}

void StreamPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    dragging_ = true;
    moved_ = false;
    dragFrom_ = event->pos();
}

void StreamPlot::mouseMoveEvent(QMouseEvent* event) {
    if (!dragging_) return;
    if (!moved_ && (event->pos() - dragFrom_).manhattanLength() < theme().gap(1)) return;
    moved_ = true;
    pan(micros(dragFrom_.x()) - micros(event->pos().x()));
    dragFrom_ = event->pos();
}

void StreamPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !dragging_) return;
    dragging_ = false;
    if (moved_) return;
    const auto [lane, part] = near(event->pos());
    if (part < 0) return;
    select(lane, part);
    emit partSelected(lane, part);
}

void StreamPlot::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

void StreamPlot::keyPressEvent(QKeyEvent* event) {
    const auto go = [&](int lane, int part) {
        select(lane, part);
        emit partSelected(lane, part);
    };
    const auto count = [&](int lane) { return static_cast<int>(lanes_[std::size_t(lane)].parts.size()); };
    const double middle = part_ >= 0 ? static_cast<double>(lanes_[std::size_t(lane_)].parts[std::size_t(part_)].micros) : (from_ + to_) / 2;
    switch (event->key()) {
        case Qt::Key_Plus: return zoom(0.7, middle);
        case Qt::Key_Minus: return zoom(1 / 0.7, middle);
        case Qt::Key_0: return showAll();
        case Qt::Key_PageUp: return pan(-(to_ - from_) / 2);
        case Qt::Key_PageDown: return pan((to_ - from_) / 2);
        case Qt::Key_Left:
        case Qt::Key_Right: {
            const int lane = std::max(0, lane_);
            if (lanes_.empty() || count(lane) == 0) return;
            return go(lane, std::clamp(part_ + (event->key() == Qt::Key_Left ? -1 : 1), 0, count(lane) - 1));
        }
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const int lane = std::max(0, lane_) + (event->key() == Qt::Key_Up ? -1 : 1);
            if (lane < 0 || lane >= static_cast<int>(lanes_.size()) || count(lane) == 0) return;
            return go(lane, std::clamp(part_, 0, count(lane) - 1));
        }
        default: Chart::keyPressEvent(event);
    }
}

bool StreamPlot::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto [lane, part] = near(help->pos());
        if (part >= 0) QToolTip::showText(help->globalPos(), sentence(lane, part), this);
        else QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return Chart::event(event);
}

void StreamPlot::restyle() {
    setFixedHeight(sizeHint().height());
    updateGeometry();
    update();
}

ChartTable StreamPlot::table() const {
    ChartTable table;
    table.columns = {{tr("Stream", "column: whose stream")}, {tr("Event", "column: number of an event"), 0}, {tr("Time ms", "column"), 2}, {tr("Gap ms", "column: time since the event before"), 2},
                     {tr("Name", "column: of an event")}, {tr("Says", "column: what kind of event it is")}, {tr("Bytes", "column"), 0},
                     {tr("Linked", "column: numbers of the events of the other stream that belong to this one")}, {tr("Remarks", "column: faults, stalls and bursts")}};
    const auto linkText = [&](const StreamLane& lane, std::size_t part) {
        if (!linked()) return QVariant();
        QStringList numbers;
        for (const auto other : counterparts(&lane == &lanes_.front() ? 0 : 1, static_cast<int>(part))) numbers << QString::number(other + 1);
        constexpr int kMost = 4;
        if (numbers.size() > kMost) return QVariant(QStringLiteral("%1–%2").arg(numbers.front(), numbers.back()));
        return QVariant(numbers.isEmpty() ? tr("none", "no event of the other stream") : numbers.join(QStringLiteral(", ")));
    };
    for (const auto& lane : lanes_) {
        for (std::size_t i = 0; i < lane.parts.size(); ++i) {
            const auto& part = lane.parts[i];
            QStringList remarks;
            for (const auto& fault : part.faults) remarks << coreSentence(fault);
            for (const auto& mark : lane.marks) {
                if (mark.kind == llm::StreamMark::Kind::Stall && mark.last == i) remarks << tr("after a stall");
                if (mark.kind == llm::StreamMark::Kind::Burst && mark.first <= i && i <= mark.last) remarks << tr("in a burst");
            }
            if (i + 1 == lane.parts.size()) {
                if (lane.cut) remarks << tr("cut here");
                remarks << lane.endFaults;
            }
            table.rows.push_back({lane.name, static_cast<double>(i + 1), static_cast<double>(part.micros) / 1000.0,
                                  i == 0 ? QVariant() : QVariant(static_cast<double>(part.micros - lane.parts[i - 1].micros) / 1000.0), toQt(part.name), streamPartWord(part.kind),
                                  static_cast<double>(part.end - part.begin), linkText(lane, i), remarks.join(QStringLiteral("; "))});
        }
    }
    return table;
}

}  // namespace gatehouse::ui
