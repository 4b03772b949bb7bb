#include "widgets/surface.h"

#include "theme/theme.h"

#include <QPainter>
#include <QWidget>

namespace gatehouse::ui {

void paintSurface(QWidget* widget, const Theme& theme) {
    QPainter painter(widget);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme.borderWidth();
    painter.setPen(QPen(theme.color(Token::Border), line));
    painter.setBrush(theme.color(Token::Surface));
    painter.drawRoundedRect(QRectF(widget->rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), theme.radius(), theme.radius());
}

}  // namespace gatehouse::ui
