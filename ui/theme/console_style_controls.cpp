// How ConsoleStyle draws what is pressed, ticked or typed into: fields, buttons, tool buttons, check marks.
#include "theme/console_style.h"

#include "theme/palette_table.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace gatehouse::ui {

namespace {

bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state & flag; }

bool isTrue(const QWidget* widget, const char* property) { return widget && widget->property(property).toBool(); }

}  // namespace

void ConsoleStyle::drawField(const QStyleOption* option, QPainter* painter) const {
    const bool enabled = has(option, State_Enabled), focused = enabled && has(option, State_HasFocus);
    const double width = focused ? std::max(2, t_.borderWidth) : t_.borderWidth;
    const QColor line = focused ? t_.accent : enabled ? t_.strong : t_.border;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(line, width));
    painter->setBrush(enabled ? t_.surface : blend(t_.surface, t_.window, 0.7));
    painter->drawRoundedRect(hairlineRect(option->rect, width), t_.unit * 0.75, t_.unit * 0.75);
    painter->restore();
}

void ConsoleStyle::drawButton(const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool enabled = has(option, State_Enabled), hover = enabled && has(option, State_MouseOver);
    const bool down = has(option, State_Sunken), checked = has(option, State_On);
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    QColor fill = t_.surface, line = enabled ? t_.strong : t_.border;
    if (isTrue(widget, "primary") && enabled) {
        fill = down ? blend(t_.accent, t_.text, 0.2) : hover ? blend(t_.accent, t_.text, 0.1) : t_.accent;
        line = fill;
    } else {
        if (checked) fill = blend(t_.surface, t_.accent, 0.16), line = t_.accent;
        if (hover) fill = blend(fill, t_.text, 0.06);
        if (down) fill = blend(fill, t_.text, 0.12);
        if (flat && !hover && !down && !checked) return;
        if (flat) line = Qt::transparent;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.alpha() ? QPen(line, t_.borderWidth) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    painter->drawRoundedRect(hairlineRect(option->rect, t_.borderWidth), t_.unit * 0.75, t_.unit * 0.75);
    painter->restore();
}

void ConsoleStyle::drawTool(const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    const bool enabled = has(option, State_Enabled), hover = enabled && has(option, State_MouseOver);
    const bool down = has(option, State_Sunken), checked = has(option, State_On);
    const QString segment = widget ? widget->property("segment").toString() : QString();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (segment.isEmpty()) {
        QColor fill = Qt::transparent;
        if (checked) fill = blend(t_.surface, t_.accent, 0.16);
        if (hover) fill = blend(checked ? fill : t_.surface, t_.text, 0.08);
        if (down) fill = blend(t_.surface, t_.text, 0.14);
        if (fill.alpha()) {
            painter->setPen(checked && t_.borderWidth > 1 ? QPen(t_.accent, t_.borderWidth) : QPen(Qt::NoPen));
            painter->setBrush(fill);
            painter->drawRoundedRect(hairlineRect(option->rect, t_.borderWidth), t_.unit * 0.75, t_.unit * 0.75);
        }
    } else {
        // One outline around the row of segments: each draws its part and clips the rest away.
        QRect rect = option->rect;
        painter->setClipRect(rect);
        const int over = t_.unit * 2;
        if (segment == QLatin1String("first")) rect.setRight(rect.right() + over);
        if (segment == QLatin1String("last")) rect.setLeft(rect.left() - over);
        if (segment == QLatin1String("middle")) rect.adjust(-over, 0, over, 0);
        QColor fill = checked ? blend(t_.surface, t_.accent, 0.16) : t_.surface;
        if (hover) fill = blend(fill, t_.text, 0.06);
        painter->setPen(QPen(enabled ? t_.strong : t_.border, t_.borderWidth));
        painter->setBrush(fill);
        painter->drawRoundedRect(hairlineRect(rect, t_.borderWidth), t_.unit * 0.75, t_.unit * 0.75);
        if (segment == QLatin1String("middle") || segment == QLatin1String("last")) {
            painter->fillRect(QRect(option->rect.left(), option->rect.top(), t_.borderWidth, option->rect.height()),
                              enabled ? t_.strong : t_.border);
        }
        if (checked) {
            painter->fillRect(QRect(option->rect.left() + t_.unit, option->rect.bottom() - t_.borderWidth,
                                    option->rect.width() - 2 * t_.unit, 2),
                              t_.accent);
        }
    }
    painter->restore();
}

void ConsoleStyle::drawToolLabel(const QStyleOptionToolButton* tool, QPainter* painter) const {
    const bool enabled = has(tool, State_Enabled);
    const bool withText = tool->toolButtonStyle != Qt::ToolButtonIconOnly && !tool->text.isEmpty();
    const bool withIcon = tool->toolButtonStyle != Qt::ToolButtonTextOnly && !tool->icon.isNull();
    // A cog or three dots say by themselves that a menu follows.
    const bool arrow = withText && (tool->features & QStyleOptionToolButton::HasMenu);
    const int side = withIcon ? tool->iconSize.height() : 0, gap = t_.unit * 3 / 2;
    const int arrowWidth = arrow ? 3 * t_.unit : 0;
    painter->save();
    painter->setFont(tool->font);
    const QFontMetrics metrics(tool->font);
    int textWidth = withText ? metrics.size(Qt::TextShowMnemonic, tool->text).width() : 0;
    const int room = tool->rect.width() - 2 * t_.unit - side - (withIcon && withText ? gap : 0) - arrowWidth;
    QString text = tool->text;
    if (textWidth > room) {
        text = metrics.elidedText(text, Qt::ElideRight, std::max(0, room), Qt::TextShowMnemonic);
        textWidth = room;
    }
    const int whole = side + (withIcon && withText ? gap : 0) + textWidth + arrowWidth;
    int x = tool->rect.left() + (tool->rect.width() - whole) / 2;
    if (withIcon) {
        tool->icon.paint(painter, QRect(x, tool->rect.top() + (tool->rect.height() - side) / 2, side, side), Qt::AlignCenter,
                         enabled ? QIcon::Normal : QIcon::Disabled, has(tool, State_On) ? QIcon::On : QIcon::Off);
        x += side + (withText ? gap : 0);
    }
    if (withText) {
        painter->setPen(tool->palette.color(enabled ? QPalette::Normal : QPalette::Disabled, QPalette::ButtonText));
        painter->drawText(QRect(x, tool->rect.top(), textWidth + 1, tool->rect.height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                          text);
        x += textWidth;
    }
    if (arrow) drawChevron(painter, QRect(x + t_.unit / 2, tool->rect.top(), arrowWidth, tool->rect.height()), Qt::DownArrow, t_.muted);
    painter->restore();
}

void ConsoleStyle::drawCheck(const QStyleOption* option, QPainter* painter, bool radio) const {
    const bool enabled = has(option, State_Enabled), on = has(option, State_On), some = has(option, State_NoChange);
    const QColor fill = (on || some) ? (enabled ? t_.accent : t_.muted) : t_.surface;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on || some ? fill : has(option, State_HasFocus) ? t_.accent : enabled ? t_.strong : t_.border,
                         std::max(1, t_.borderWidth)));
    painter->setBrush(fill);
    const QRectF box = hairlineRect(option->rect, t_.borderWidth);
    if (radio) {
        painter->drawEllipse(box);
        if (on) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t_.onAccent);
            const double inset = box.width() * 0.3;
            painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
        }
    } else {
        painter->drawRoundedRect(box, t_.unit * 0.6, t_.unit * 0.6);
        const double w = box.width();
        painter->setPen(QPen(t_.onAccent, std::max(1.5, w / 9), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (some) {
            painter->drawLine(QPointF(box.left() + w * 0.28, box.center().y()), QPointF(box.right() - w * 0.28, box.center().y()));
        } else if (on) {
            painter->setBrush(Qt::NoBrush);
            const QPointF points[] = {{box.left() + w * 0.25, box.top() + w * 0.52},
                                      {box.left() + w * 0.43, box.top() + w * 0.7},
                                      {box.left() + w * 0.76, box.top() + w * 0.32}};
            painter->drawPolyline(points, 3);
        }
    }
    painter->restore();
}

}  // namespace gatehouse::ui
