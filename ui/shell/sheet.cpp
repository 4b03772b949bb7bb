#include "shell/sheet.h"

#include "widgets/buttons.h"
#include "widgets/fade.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

Sheet::Sheet(Theme& theme, QWidget* over) : QWidget(over), theme_(theme) {
    panel_ = new QWidget(this);
    auto* column = new QVBoxLayout(panel_);
    auto* row = new QHBoxLayout;
    title_ = new QLabel(panel_);
    title_->setWordWrap(true);
    close_ = makeIconButton(theme, QStringLiteral("close"), tr("Close"), panel_);
    row->addWidget(title_, 1);
    row->addWidget(close_, 0, Qt::AlignTop);
    caption_ = new QLabel(panel_);
    caption_->setWordWrap(true);
    content_ = new QVBoxLayout;
    buttons_ = new QHBoxLayout;
    buttons_->addStretch(1);
    column->addLayout(row);
    column->addWidget(caption_);
    column->addLayout(content_, 1);
    column->addLayout(buttons_);
    connect(close_, &QToolButton::clicked, this, &Sheet::close);
    connect(&theme, &Theme::changed, this, [this] { applyTheme(); });
    over->installEventFilter(this);
    hide();
}

void Sheet::setTitle(const QString& title, const QString& caption) {
    title_->setText(title);
    caption_->setText(caption);
    caption_->setVisible(!caption.isEmpty());
    setAccessibleName(title);
}

void Sheet::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    close_->setToolTip(tr("Close"));
    close_->setAccessibleName(tr("Close"));
}

void Sheet::setWish(int characters, int rows) {
    characters_ = characters;
    rows_ = rows;
}

void Sheet::applyTheme() {
    auto* column = static_cast<QVBoxLayout*>(panel_->layout());
    column->setContentsMargins(theme_.gap(6), theme_.gap(4), theme_.gap(6), theme_.gap(5));
    column->setSpacing(theme_.gap(3));
    content_->setSpacing(theme_.gap(3));
    buttons_->setSpacing(theme_.gap(2));
    title_->setFont(theme_.titleFont());
    setMuted(caption_, theme_);
    place();
}

void Sheet::open() {
    applyTheme();
    const bool appears = isHidden();
    show();
    if (appears) fadeIn(this, theme_);
    raise();
    place();
    // The first thing to answer with, not the cross.
    for (QWidget* child : panel_->findChildren<QWidget*>()) {
        if (child != close_ && child->isVisibleTo(this) && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
            child->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    close_->setFocus(Qt::OtherFocusReason);
}

void Sheet::close() {
    if (isHidden()) return;
    hide();
    emit closed();
}

void Sheet::place() {
    if (!parentWidget()) return;
    setGeometry(parentWidget()->rect());
    const QFontMetrics metrics(theme_.bodyFont());
    const int least = panel_->layout()->minimumSize().width();
    const int width = std::min(std::max(metrics.averageCharWidth() * characters_, least), this->width() - theme_.gap(8));
    int height = rows_ > 0 ? theme_.rowHeight() * rows_ : 0;
    const int wish = panel_->layout()->hasHeightForWidth() ? panel_->layout()->heightForWidth(width) : panel_->layout()->sizeHint().height();
    height = std::min(std::max(height, wish), this->height() - theme_.gap(8));
    panel_->setGeometry((this->width() - width) / 2, std::max(theme_.gap(4), (this->height() - height) / 3), width, height);
}

bool Sheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

bool Sheet::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest && isVisible()) place();
    return QWidget::event(event);
}

void Sheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

void Sheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QColor veil = theme_.color(Token::Window);
    veil.setAlphaF(0.82f);
    painter.fillRect(rect(), veil);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme_.borderWidth();
    painter.setPen(QPen(theme_.color(Token::Strong), line));
    painter.setBrush(theme_.color(Token::Surface));
    painter.drawRoundedRect(QRectF(panel_->geometry()).adjusted(line / 2, line / 2, -line / 2, -line / 2), theme_.radius() * 1.5,
                            theme_.radius() * 1.5);
}

}  // namespace gatehouse::ui
