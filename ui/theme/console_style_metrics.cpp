// Geometry, sizes and hints of ConsoleStyle; the drawing is in console_style.cpp.
#include "theme/console_style.h"

#include <QAbstractSpinBox>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {
bool isTrue(const QWidget* widget, const char* property) { return widget && widget->property(property).toBool(); }
}  // namespace

QRect ConsoleStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                                   const QWidget* widget) const {
    const QRect r = option->rect;
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (!bar) return r;
        const bool horizontal = bar->orientation == Qt::Horizontal;
        const int length = horizontal ? r.width() : r.height();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int handle = length;
        if (range > 0) {
            handle = int(qint64(bar->pageStep) * length / (range + bar->pageStep));
            handle = std::clamp(handle, std::min(length, 6 * t_.unit), length);
        }
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
        switch (sub) {
            case SC_ScrollBarGroove: return r;
            case SC_ScrollBarSlider: return horizontal ? QRect(r.left() + start, r.top(), handle, r.height()) : QRect(r.left(), r.top() + start, r.width(), handle);
            case SC_ScrollBarSubPage: return horizontal ? QRect(r.left(), r.top(), start, r.height()) : QRect(r.left(), r.top(), r.width(), start);
            case SC_ScrollBarAddPage:
                return horizontal ? QRect(r.left() + start + handle, r.top(), length - start - handle, r.height())
                                  : QRect(r.left(), r.top() + start + handle, r.width(), length - start - handle);
            default: return {};
        }
    }
    if (control == CC_ComboBox) {
        const int arrow = 5 * t_.unit;
        switch (sub) {
            case SC_ComboBoxFrame: return r;
            case SC_ComboBoxArrow: return visualRect(option->direction, r, QRect(r.right() - arrow, r.top(), arrow, r.height()));
            case SC_ComboBoxEditField: return visualRect(option->direction, r, r.adjusted(t_.unit * 3 / 2, 2, -arrow, -2));
            case SC_ComboBoxListBoxPopup: return r;
            default: break;
        }
    }
    if (control == CC_SpinBox) {
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int width = buttons ? 5 * t_.unit : 0;
        const int half = r.height() / 2;
        switch (sub) {
            case SC_SpinBoxFrame: return r;
            case SC_SpinBoxUp: return buttons ? visualRect(option->direction, r, QRect(r.right() - width, r.top() + 1, width, half - 1)) : QRect();
            case SC_SpinBoxDown: return buttons ? visualRect(option->direction, r, QRect(r.right() - width, r.top() + half, width, r.height() - half - 1)) : QRect();
            case SC_SpinBoxEditField: return visualRect(option->direction, r, r.adjusted(t_.unit, 2, -width, -2));
            default: break;
        }
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_LineEditContents) {
        if (isTrue(widget, "bare")) return option->rect;
        // A line edit inside a combo or spin box has no frame of its own.
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0) return option->rect.adjusted(t_.unit, 1, -t_.unit, -1);
    }
    if (element == SE_ItemViewItemText) {
        QRect rect = QProxyStyle::subElementRect(element, option, widget);
        const int excess = iconGapExcess(option, widget);
        if (option->direction == Qt::RightToLeft) rect.setRight(rect.right() + excess);
        else rect.setLeft(rect.left() - excess);
        return rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

/// Qt pads the icon of a cell and its words each by themselves; beside one another they need one gap.
int ConsoleStyle::iconGapExcess(const QStyleOption* option, const QWidget* widget) const {
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (!item || item->text.isEmpty() || !(item->features & QStyleOptionViewItem::HasDecoration)) return 0;
    if (item->decorationPosition != QStyleOptionViewItem::Left) return 0;
    return 2 * (pixelMetric(PM_FocusFrameHMargin, option, widget) + 1) - t_.unit * 3 / 2;
}

QSize ConsoleStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                     const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    // Everything that stands in one row of a form or title has one height.
    const int controlHeight = std::max(24, (option ? option->fontMetrics.height() : 4 * t_.unit) + 3 * t_.unit);
    switch (type) {
        case CT_PushButton: {
            const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            result.setWidth(size.width() + 6 * t_.unit + (button && (button->features & QStyleOptionButton::HasMenu) ? 3 * t_.unit : 0));
            result.setHeight(std::max(controlHeight, size.height()));
            break;
        }
        case CT_ComboBox:
            result.setWidth(size.width() + 8 * t_.unit);
            result.setHeight(controlHeight);
            break;
        case CT_LineEdit:
            if (!isTrue(widget, "bare")) result.setHeight(std::max(controlHeight, size.height()));
            break;
        case CT_SpinBox: result = QSize(size.width() + 7 * t_.unit, controlHeight); break;
        case CT_ToolButton: {
            const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            if (!tool) break;
            const bool withText = tool->toolButtonStyle != Qt::ToolButtonIconOnly && !tool->text.isEmpty();
            const bool withIcon = tool->toolButtonStyle != Qt::ToolButtonTextOnly && !tool->icon.isNull();
            const int side = withIcon ? tool->iconSize.width() : 0;
            const int height = std::max(controlHeight, (withIcon ? tool->iconSize.height() : 0) + 2 * t_.unit);
            if (!withText) {
                result = QSize(std::max(height, side + 2 * t_.unit), height);
                break;
            }
            const int text = tool->fontMetrics.size(Qt::TextShowMnemonic, tool->text).width();
            const int arrow = (tool->features & QStyleOptionToolButton::HasMenu) ? 3 * t_.unit : 0;
            result = QSize(side + (withIcon ? t_.unit * 3 / 2 : 0) + text + arrow + 5 * t_.unit, height);
            break;
        }
        case CT_TabBarTab: result = QSize(size.width() + 2 * t_.unit, std::max(controlHeight, size.height())); break;
        case CT_HeaderSection: result.setHeight(std::max(controlHeight, result.height())); break;
        case CT_MenuItem: result.setHeight(std::max(result.height(), size.height() + t_.unit)); break;
        case CT_ItemViewItem: result = QSize(result.width() - iconGapExcess(option, widget), std::max(result.height(), size.height())); break;
        default: break;
    }
    return result;
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_ScrollBarExtent: return std::max(10, 3 * t_.unit);
        case PM_ScrollBarSliderMin: return 6 * t_.unit;
        case PM_ScrollView_ScrollBarSpacing: return 0;
        case PM_DefaultFrameWidth: return isTrue(widget, "bare") ? 0 : t_.borderWidth;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing: return 2 * t_.unit;
        case PM_LayoutLeftMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutBottomMargin: return 4 * t_.unit;
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ListViewIconSize:
        case PM_TabBarIconSize: return std::max(16, 4 * t_.unit - (4 * t_.unit) % 2);
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight: return std::max(14, int(std::lround(3.75 * t_.unit)));
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing: return 2 * t_.unit;
        case PM_SplitterWidth: return 2 * t_.unit;
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
        case PM_TabBarTabShiftVertical:
        case PM_TabBarTabShiftHorizontal: return 0;
        case PM_ButtonMargin: return 2 * t_.unit;
        case PM_HeaderMargin: return 2 * t_.unit;
        case PM_HeaderMarkSize: return 3 * t_.unit;
        case PM_FocusFrameHMargin: return 2 * t_.unit;
        case PM_TreeViewIndentation: return 5 * t_.unit;
        case PM_TabBarBaseHeight: return 0;
        case PM_TabBarTabHSpace: return 6 * t_.unit;
        case PM_TabBarTabVSpace: return 3 * t_.unit;
        case PM_MenuPanelWidth: return 1;
        case PM_MenuVMargin: return t_.unit;
        case PM_SliderThickness:
        case PM_SliderLength:
        case PM_SliderControlThickness: return 5 * t_.unit;
        case PM_ToolTipLabelFrameWidth: return std::max(2, t_.unit);
        default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_ComboBox_Popup:
            return 0;
        case SH_ScrollBar_LeftClickAbsolutePosition:
        case SH_ItemView_ShowDecorationSelected:
        case SH_FormLayoutWrapPolicy: return hint == SH_FormLayoutWrapPolicy ? 0 : 1;
        case SH_FormLayoutLabelAlignment: return Qt::AlignLeft | Qt::AlignVCenter;
        case SH_FormLayoutFieldGrowthPolicy: return 2;  // QFormLayout::AllNonFixedFieldsGrow
        case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
        case SH_TabBar_Alignment: return Qt::AlignLeft;
        case SH_TabBar_ElideMode: return Qt::ElideRight;
        case SH_ToolTip_WakeUpDelay: return 500;
        case SH_Widget_Animate:
        case SH_Widget_Animation_Duration: return 0;
        case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
        case SH_MessageBox_CenterButtons: return 0;
        default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

}  // namespace gatehouse::ui
