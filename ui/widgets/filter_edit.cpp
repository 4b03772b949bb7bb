#include "widgets/filter_edit.h"

#include "theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace gatehouse::ui {

namespace {
constexpr int kDelayMillis = 150;
}

FilterEdit::FilterEdit(Theme& theme, const QString& hint, QWidget* parent) : QLineEdit(parent), theme_(theme) {
    addAction(theme.icon(QStringLiteral("search"), Token::Muted), QLineEdit::LeadingPosition);
    setClearButtonEnabled(true);
    setHint(hint);
    const auto width = [this] { setMinimumWidth(theme_.gap(48)); };
    width();
    connect(&theme, &Theme::changed, this, width);
    delay_.setSingleShot(true);
    delay_.setInterval(kDelayMillis);
    connect(&delay_, &QTimer::timeout, this, &FilterEdit::announce);
    connect(this, &QLineEdit::textChanged, this, [this] { delay_.start(); });
    connect(this, &QLineEdit::returnPressed, this, &FilterEdit::announce);
}

void FilterEdit::setHint(const QString& hint) {
    setPlaceholderText(hint);
    setAccessibleName(hint);
    setToolTip(problem_.isEmpty() ? tr("%1 (press / to come here)").arg(hint) : problem_);
}

void FilterEdit::focusFilter() {
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void FilterEdit::setProblem(const QString& reason) {
    problem_ = reason;
    setHint(placeholderText());
    setAccessibleDescription(reason);
    update();
}

void FilterEdit::announce() {
    delay_.stop();
    if (text() == announced_) return;
    announced_ = text();
    emit filterChanged(announced_);
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        announce();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (problem_.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.color(Token::Bad), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme_.unit() * 0.75, theme_.unit() * 0.75);
}

}  // namespace gatehouse::ui
