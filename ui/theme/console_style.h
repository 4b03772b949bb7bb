// ConsoleStyle: Fusion with the console's flat surfaces, hairlines and one accent. All colours come from Tokens, all sizes from the unit of
// space, so that a change of theme or text size needs no style sheet. Thread: GUI. Lifetime: owned by QApplication.
//
// Widgets choose a variant by a dynamic property:  "primary" on a QPushButton, "segment" (first|middle|last|only) on a QToolButton,
// "bare" on a QLineEdit or QAbstractScrollArea that stands inside another frame.
#pragma once

#include <QColor>
#include <QProxyStyle>
#include <QStyleOption>

namespace gatehouse::ui {

struct StyleTokens {
    QColor window, surface, border, strong, text, muted, accent, onAccent, bad;
    int unit = 4;
    int borderWidth = 1;
};

class ConsoleStyle : public QProxyStyle {
    Q_OBJECT
  public:
    ConsoleStyle();
    void setTokens(const StyleTokens& tokens) { t_ = tokens; }

    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;

  private:
    QRectF hairlineRect(const QRect& rect, double width) const;
    int iconGapExcess(const QStyleOption* option, const QWidget* widget) const;
    void drawField(const QStyleOption* option, QPainter* painter) const;
    void drawButton(const QStyleOption* option, QPainter* painter, const QWidget* widget) const;
    void drawTool(const QStyleOption* option, QPainter* painter, const QWidget* widget) const;
    void drawToolLabel(const QStyleOptionToolButton* tool, QPainter* painter) const;
    void drawCheck(const QStyleOption* option, QPainter* painter, bool radio) const;
    void drawChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction, const QColor& color) const;
    void drawHeader(const QStyleOption* option, QPainter* painter) const;
    void drawHeaderLabel(const QStyleOptionHeader* header, QPainter* painter) const;
    void drawTab(const QStyleOption* option, QPainter* painter) const;
    void drawScrollBar(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const;
    void drawSlider(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const;
    void drawProgress(const QStyleOption* option, QPainter* painter) const;

    StyleTokens t_;
};

}  // namespace gatehouse::ui
