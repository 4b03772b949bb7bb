#include "widgets/status_chip.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

StatusChip::StatusChip(Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

Token StatusChip::token() const {
    switch (kind_) {
        case Kind::Neutral: return Token::Muted;
        case Kind::Ok: return Token::Ok;
        case Kind::Warning: return Token::Warn;
        case Kind::Bad: return Token::Bad;
        case Kind::Accent: return Token::Accent;
    }
    return Token::Muted;
}

void StatusChip::set(Kind kind, const QString& text, const QString& tooltip, const QString& icon) {
    static const char* const usual[] = {"", "ok", "warning", "error", "info"};
    const QString iconName = icon.isEmpty() ? QString::fromLatin1(usual[int(kind)]) : icon;
    // Most chips are set every second to what they say already; painting words is what an idle console costs.
    if (kind == kind_ && iconName == iconName_ && text == this->text() && tooltip == toolTip()) return;
    kind_ = kind;
    iconName_ = iconName;
    if (text != this->text()) {
        setText(text);
        updateGeometry();
    }
    setToolTip(tooltip);
    setAccessibleName(action_.isEmpty() ? text : QStringLiteral("%1: %2").arg(action_, text));
    update();
}

void StatusChip::setClickable(bool clickable, const QString& name) {
    clickable_ = clickable;
    action_ = name;
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleName(action_.isEmpty() ? text() : QStringLiteral("%1: %2").arg(action_, text()));
}

void StatusChip::setFilled(bool filled) {
    filled_ = filled;
    updateGeometry();
    update();
}

bool StatusChip::hitButton(const QPoint& position) const { return clickable_ && rect().contains(position); }

QSize StatusChip::sizeHint() const {
    const QFontMetrics metrics(font());
    const int icon = iconName_.isEmpty() ? 0 : theme_.iconSize() + theme_.gap(1) + 1;
    const int side = filled_ || clickable_ ? theme_.gap(2) : theme_.gap(1);
    return {icon + metrics.horizontalAdvance(text()) + 2 * side + 1, std::max(24, metrics.height() + theme_.gap(2))};
}

QSize StatusChip::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    const QSize whole = sizeHint();
    // May shrink to its icon; the words are in its name and tool tip then.
    const int least = iconName_.isEmpty() ? metrics.averageCharWidth() * 8 : theme_.iconSize() + theme_.gap(filled_ || clickable_ ? 4 : 2);
    return {std::min(whole.width(), least), whole.height()};
}

void StatusChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme_.borderWidth();
    const QRectF frame = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const bool hover = clickable_ && isEnabled() && underMouse();
    if (filled_) {
        painter.setPen(QPen(kind_ == Kind::Neutral ? theme_.color(Token::Border) : theme_.tint(token(), 0.4), line));
        painter.setBrush(kind_ == Kind::Neutral ? theme_.color(Token::Surface) : theme_.tint(token(), hover ? 0.16 : 0.08));
        painter.drawRoundedRect(frame, theme_.radius(), theme_.radius());
    } else if (hover || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_.tint(Token::Text, isDown() ? 0.14 : 0.08));
        painter.drawRoundedRect(frame, theme_.radius(), theme_.radius());
    }
    int x = filled_ || clickable_ ? theme_.gap(2) : theme_.gap(1);
    if (!iconName_.isEmpty()) {
        const int side = theme_.iconSize();
        theme_.icon(iconName_, token()).paint(&painter, QRect(x, (height() - side) / 2, side, side));
        x += side + theme_.gap(1) + 1;
    }
    painter.setPen(theme_.color(kind_ == Kind::Neutral ? Token::Text : token()));
    const QRect textRect(x, 0, width() - x - theme_.gap(1), height());
    // Two letters and three dots say less than the icon alone.
    const bool tooNarrow = !iconName_.isEmpty() && textRect.width() < fontMetrics().averageCharWidth() * 5 && textRect.width() + 1 < fontMetrics().horizontalAdvance(text());
    if (!tooNarrow) painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideRight, textRect.width() + 1));
    if (hasFocus()) {
        painter.setPen(QPen(theme_.color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme_.radius(), theme_.radius());
    }
}

}  // namespace gatehouse::ui
