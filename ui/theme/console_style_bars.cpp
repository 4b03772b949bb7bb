// How ConsoleStyle draws what frames or moves content: headers, tabs, scroll bars, sliders, progress.
#include "theme/console_style.h"

#include "theme/palette_table.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace gatehouse::ui {

namespace {

bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state & flag; }

}  // namespace

void ConsoleStyle::drawHeader(const QStyleOption* option, QPainter* painter) const {
    painter->fillRect(option->rect, has(option, State_MouseOver) ? blend(t_.surface, t_.text, 0.04) : t_.surface);
    painter->fillRect(
        QRect(option->rect.left(), option->rect.bottom() - t_.borderWidth + 1, option->rect.width(), t_.borderWidth),
        t_.border);
}

void ConsoleStyle::drawHeaderLabel(const QStyleOptionHeader* header, QPainter* painter) const {
    const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
    const bool right = header->textAlignment & Qt::AlignRight;
    const int arrow = sorted ? 3 * t_.unit : 0;
    // As far in as the words of the cells below.
    const QRect inner = header->rect.adjusted(2 * t_.unit + 1, 0, -2 * t_.unit - 1, 0);
    const QString text = header->fontMetrics.elidedText(header->text, Qt::ElideRight, std::max(0, inner.width() - arrow));
    const int width = header->fontMetrics.horizontalAdvance(text);
    painter->save();
    painter->setPen(sorted ? t_.text : t_.muted);
    painter->drawText(inner, int(right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text);
    painter->restore();
    if (!sorted) return;
    // The arrow stands beside the words, on the side away from where numbers end.
    const int x = right ? inner.right() - width - arrow : inner.left() + width + t_.unit / 2;
    drawChevron(painter, QRect(x, inner.top(), arrow, inner.height()),
                header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::DownArrow : Qt::UpArrow, t_.text);
}

void ConsoleStyle::drawTab(const QStyleOption* option, QPainter* painter) const {
    const bool selected = has(option, State_Selected);
    if (has(option, State_MouseOver) && !selected) painter->fillRect(option->rect, blend(t_.window, t_.text, 0.05));
    const int line = std::max(2, t_.unit / 2);
    if (selected) {
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom() - line + 1, option->rect.width(), line),
                          t_.accent);
    }
    if (has(option, State_HasFocus)) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(t_.accent, 1));
        painter->drawRoundedRect(hairlineRect(option->rect.adjusted(2, 2, -2, -line - 2), 1), 2, 2);
        painter->restore();
    }
}

void ConsoleStyle::drawProgress(const QStyleOption* option, QPainter* painter) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (!bar) return;
    const int height = std::max(4, t_.unit);
    const QRect track(option->rect.left(), option->rect.center().y() - height / 2, option->rect.width(), height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t_.border);
    painter->drawRoundedRect(track, height / 2.0, height / 2.0);
    const double range = bar->maximum - bar->minimum;
    QRect filled = track;
    if (range > 0) filled.setWidth(int(track.width() * std::clamp((bar->progress - bar->minimum) / range, 0.0, 1.0)));
    painter->setBrush(t_.accent);
    if (filled.width() > 0) painter->drawRoundedRect(filled, height / 2.0, height / 2.0);
    painter->restore();
}

void ConsoleStyle::drawScrollBar(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!bar) return;
    painter->fillRect(option->rect, t_.surface);
    if (bar->maximum == bar->minimum) return;
    const QRect handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const bool active = (bar->activeSubControls & SC_ScrollBarSlider) && has(option, State_MouseOver);
    const double inset = t_.unit * 0.9;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active || has(option, State_Sunken) ? t_.muted : t_.strong);
    // Slim, so that a pane's content stays louder than its scroll bar.
    const QRectF inner = QRectF(handle).adjusted(inset, inset, -inset, -inset);
    const double radius = std::min(inner.width(), inner.height()) / 2;
    painter->drawRoundedRect(inner, radius, radius);
    painter->restore();
}

void ConsoleStyle::drawSlider(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!slider) return;
    const QRect groove = subControlRect(CC_Slider, option, SC_SliderGroove, widget);
    const QRect handle = subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    const bool horizontal = slider->orientation == Qt::Horizontal, enabled = has(option, State_Enabled);
    const double thick = t_.unit * 0.75;
    QRectF track = horizontal ? QRectF(groove.left(), groove.center().y() - thick / 2, groove.width(), thick)
                              : QRectF(groove.center().x() - thick / 2, groove.top(), thick, groove.height());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t_.border);
    painter->drawRoundedRect(track, thick / 2, thick / 2);
    QRectF filled = track;
    if (horizontal) filled.setRight(handle.center().x());
    else filled.setTop(handle.center().y());
    painter->setBrush(enabled ? t_.accent : t_.muted);
    painter->drawRoundedRect(filled, thick / 2, thick / 2);
    const double radius = t_.unit * 1.75;
    painter->setPen(QPen(enabled ? t_.accent : t_.strong, has(option, State_HasFocus) ? 3 : 1.5));
    painter->setBrush(t_.surface);
    painter->drawEllipse(QRectF(handle).center(), radius, radius);
    painter->restore();
}

}  // namespace gatehouse::ui
