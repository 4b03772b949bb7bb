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
                // On black the usual tint is hardly a tint.
                const double strength = (has(option, State_Active) ? 0.16 : 0.1) * (t_.borderWidth > 1 ? 2.5 : 1);
                painter->fillRect(item->rect, blend(t_.surface, t_.accent, strength));
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
