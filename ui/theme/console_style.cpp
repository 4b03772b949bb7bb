#include "theme/console_style.h"

#include "theme/palette_table.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollBar>
#include <QSlider>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

bool has(const QStyleOption* option, QStyle::StateFlag flag) { return option->state & flag; }

bool isTrue(const QWidget* widget, const char* property) { return widget && widget->property(property).toBool(); }

}  // namespace

ConsoleStyle::ConsoleStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {
    setObjectName(QStringLiteral("gatehouse"));
}

void ConsoleStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QToolButton*>(widget) || qobject_cast<QScrollBar*>(widget) || qobject_cast<QSlider*>(widget) ||
        qobject_cast<QTabBar*>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

void ConsoleStyle::unpolish(QWidget* widget) { QProxyStyle::unpolish(widget); }

QRectF ConsoleStyle::hairlineRect(const QRect& rect, double width) const {
    return QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2);
}

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

void ConsoleStyle::drawChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction,
                               const QColor& color) const {
    const double half = std::min({rect.width() / 3.2, rect.height() / 3.2, t_.unit * 1.1});
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center());
    painter->rotate(direction == Qt::DownArrow   ? 0
                    : direction == Qt::LeftArrow ? 90
                    : direction == Qt::UpArrow   ? 180
                                                 : 270);
    painter->setPen(QPen(color, std::max(1.25, t_.unit / 3.0), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {{-half, -half / 2}, {0, half / 2}, {half, -half / 2}};
    painter->drawPolyline(points, 3);
    painter->restore();
}

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
    const QRect inner = header->rect.adjusted(2 * t_.unit, 0, -2 * t_.unit, 0);
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

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    switch (element) {
        case PE_PanelButtonCommand: drawButton(option, painter, widget); return;
        case PE_PanelButtonTool: drawTool(option, painter, widget); return;
        case PE_FrameDefaultButton: return;
        case PE_PanelLineEdit:
            if (isTrue(widget, "bare")) return;
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0) {
                drawField(option, painter);
            }
            return;
        case PE_FrameLineEdit: return;  // drawn with its panel
        case PE_Frame:
        case PE_FrameGroupBox:
        case PE_FrameTabWidget: {
            if (isTrue(widget, "bare")) return;
            const bool focused = has(option, State_HasFocus) && qobject_cast<const QAbstractScrollArea*>(widget);
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(focused ? t_.accent : t_.border, t_.borderWidth));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(hairlineRect(option->rect, t_.borderWidth), t_.unit * 0.5, t_.unit * 0.5);
            painter->restore();
            return;
        }
        case PE_FrameMenu: {
            painter->setPen(QPen(t_.strong, t_.borderWidth));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        }
        case PE_PanelMenu: painter->fillRect(option->rect, t_.surface); return;
        case PE_PanelTipLabel: {
            painter->setPen(QPen(t_.strong, t_.borderWidth));
            painter->setBrush(t_.surface);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        }
        case PE_FrameTabBarBase: {
            const auto* base = qstyleoption_cast<const QStyleOptionTabBarBase*>(option);
            const QRect rect = base ? base->tabBarRect : option->rect;
            painter->fillRect(QRect(option->rect.left(), rect.bottom(), option->rect.width(), t_.borderWidth), t_.border);
            return;
        }
        case PE_FrameFocusRect: {
            // Views show focus by their selection and frame; a ring in every cell would be noise.
            if (qobject_cast<const QAbstractItemView*>(widget)) return;
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(t_.accent, std::max(2, t_.borderWidth)));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(hairlineRect(option->rect, 2), t_.unit * 0.75, t_.unit * 0.75);
            painter->restore();
            return;
        }
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck: drawCheck(option, painter, false); return;
        case PE_IndicatorRadioButton: drawCheck(option, painter, true); return;
        case PE_IndicatorHeaderArrow: {
            const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
            if (!header || header->sortIndicator == QStyleOptionHeader::None) return;
            drawChevron(painter, option->rect,
                        header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::DownArrow : Qt::UpArrow, t_.text);
            return;
        }
        case PE_IndicatorArrowDown:
        case PE_IndicatorButtonDropDown:
        case PE_IndicatorSpinDown: drawChevron(painter, option->rect, Qt::DownArrow, t_.muted); return;
        case PE_IndicatorArrowUp:
        case PE_IndicatorSpinUp: drawChevron(painter, option->rect, Qt::UpArrow, t_.muted); return;
        case PE_IndicatorArrowRight: drawChevron(painter, option->rect, Qt::RightArrow, t_.muted); return;
        case PE_IndicatorArrowLeft: drawChevron(painter, option->rect, Qt::LeftArrow, t_.muted); return;
        case PE_IndicatorBranch:
            if (has(option, State_Children)) {
                const bool rtl = option->direction == Qt::RightToLeft;
                drawChevron(painter, option->rect,
                            has(option, State_Open) ? Qt::DownArrow : rtl ? Qt::LeftArrow : Qt::RightArrow, t_.muted);
            }
            return;
        case PE_PanelScrollAreaCorner: painter->fillRect(option->rect, t_.surface); return;
        case PE_PanelItemViewRow: return;  // the item's own panel covers the row
        case PE_PanelItemViewItem: {
            const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
            if (!item) break;
            if (item->backgroundBrush.style() != Qt::NoBrush) painter->fillRect(item->rect, item->backgroundBrush);
            if (has(option, State_Selected)) {
                painter->fillRect(item->rect, blend(t_.surface, t_.accent, has(option, State_Active) ? 0.16 : 0.1));
                if (item->viewItemPosition == QStyleOptionViewItem::Beginning ||
                    item->viewItemPosition == QStyleOptionViewItem::OnlyOne) {
                    painter->fillRect(QRect(item->rect.left(), item->rect.top(), std::max(2, t_.unit / 2), item->rect.height()),
                                      t_.accent);
                }
            } else if (has(option, State_MouseOver)) {
                painter->fillRect(item->rect, blend(t_.surface, t_.text, 0.05));
            }
            return;
        }
        default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (element) {
        case CE_PushButtonBevel: {
            drawButton(option, painter, widget);
            const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            if (button && (button->features & QStyleOptionButton::HasMenu)) {
                const int side = 4 * t_.unit;
                drawChevron(painter, QRect(option->rect.right() - side, option->rect.top(), side, option->rect.height()),
                            Qt::DownArrow, isTrue(widget, "primary") ? t_.onAccent : t_.muted);
            }
            return;
        }
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                QStyleOptionButton copy(*button);
                if (isTrue(widget, "primary") && has(option, State_Enabled)) {
                    copy.palette.setColor(QPalette::ButtonText, t_.onAccent);
                }
                if (copy.features & QStyleOptionButton::HasMenu) copy.rect.setRight(copy.rect.right() - 3 * t_.unit);
                copy.features &= ~QStyleOptionButton::HasMenu;
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_HeaderSection:
        case CE_HeaderEmptyArea: drawHeader(option, painter); return;
        case CE_Header:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                drawHeader(option, painter);
                drawHeaderLabel(header, painter);
                return;
            }
            break;
        case CE_HeaderLabel:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                drawHeaderLabel(header, painter);
                return;
            }
            break;
        case CE_TabBarTabShape: drawTab(option, painter); return;
        case CE_TabBarTabLabel:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
                QStyleOptionTab copy(*tab);
                copy.state &= ~State_HasFocus;
                const QColor color = has(option, State_Selected) ? t_.text : t_.muted;
                copy.palette.setColor(QPalette::WindowText, color);
                copy.palette.setColor(QPalette::ButtonText, color);
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_Splitter: {
            const bool hover = has(option, State_MouseOver) || has(option, State_Sunken);
            QRect line = option->rect;
            if (has(option, State_Horizontal)) {
                line.setLeft(line.center().x());
                line.setWidth(hover ? 2 : t_.borderWidth);
            } else {
                line.setTop(line.center().y());
                line.setHeight(hover ? 2 : t_.borderWidth);
            }
            if (hover) painter->fillRect(line, t_.accent);
            return;
        }
        case CE_ProgressBarGroove: return;
        case CE_ProgressBarContents: drawProgress(option, painter); return;
        case CE_ProgressBarLabel: return;
        case CE_ShapedFrame:
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option)) {
                if (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine) {
                    QRect line = option->rect;
                    if (frame->frameShape == QFrame::HLine) line = QRect(line.left(), line.center().y(), line.width(), t_.borderWidth);
                    else line = QRect(line.center().x(), line.top(), t_.borderWidth, line.height());
                    painter->fillRect(line, t_.border);
                    return;
                }
                if (frame->frameShape == QFrame::StyledPanel) {
                    drawPrimitive(PE_Frame, option, painter, widget);
                    return;
                }
            }
            break;
        case CE_FocusFrame: return;
        default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
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

void ConsoleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                      const QWidget* widget) const {
    switch (control) {
        case CC_ScrollBar: drawScrollBar(option, painter, widget); return;
        case CC_Slider: drawSlider(option, painter, widget); return;
        case CC_ComboBox: {
            const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
            if (!combo) break;
            drawField(option, painter);
            const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            drawChevron(painter, arrow, Qt::DownArrow, has(option, State_Enabled) ? t_.muted : t_.border);
            return;
        }
        case CC_SpinBox: {
            const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
            if (!spin) break;
            if (spin->frame) drawField(option, painter);
            if (spin->buttonSymbols == QAbstractSpinBox::NoButtons) return;
            const auto color = [&](QAbstractSpinBox::StepEnabledFlag step) {
                return (spin->stepEnabled & step) && has(option, State_Enabled) ? t_.muted : t_.border;
            };
            drawChevron(painter, subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget), Qt::UpArrow,
                        color(QAbstractSpinBox::StepUpEnabled));
            drawChevron(painter, subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget), Qt::DownArrow,
                        color(QAbstractSpinBox::StepDownEnabled));
            return;
        }
        case CC_ToolButton: {
            const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            if (!tool) break;
            QStyleOptionToolButton copy(*tool);
            drawTool(&copy, painter, widget);
            drawToolLabel(tool, painter);
            if (has(option, State_HasFocus) && has(option, State_KeyboardFocusChange)) {
                QStyleOptionFocusRect focus;
                focus.QStyleOption::operator=(*tool);
                drawPrimitive(PE_FrameFocusRect, &focus, painter, widget);
            }
            return;
        }
        default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace gatehouse::ui
