#include "shell/rail.h"

#include "widgets/buttons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

RailItem::RailItem(Theme& theme, const QString& icon, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), icon_(icon) {
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::ClickFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void RailItem::setWord(const QString& word, const QString& shortcut) {
    setText(word);
    setAccessibleName(word);
    setToolTip(shortcut.isEmpty() ? word : QStringLiteral("%1 (%2)").arg(word, shortcut));
    updateGeometry();
    update();
}

void RailItem::setCollapsed(bool collapsed) {
    collapsed_ = collapsed;
    updateGeometry();
}

QSize RailItem::minimumSizeHint() const { return {sizeHint().width(), std::max(24, theme_.gap(7))}; }

QSize RailItem::sizeHint() const {
    const int icon = theme_.gap(5);
    if (collapsed_) return {theme_.gap(12), std::max(24, icon + theme_.gap(5))};
    const QFontMetrics metrics(theme_.captionFont());
    return {std::max(theme_.gap(18), metrics.horizontalAdvance(text()) + theme_.gap(5)),
            icon + metrics.height() + theme_.gap(5)};
}

void RailItem::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool current = isChecked();
    if (current) painter.fillRect(rect(), theme_.tint(Token::Accent, 0.12));
    else if (underMouse()) painter.fillRect(rect(), theme_.tint(Token::Text, 0.06));
    if (current) painter.fillRect(QRect(0, 0, std::max(3, theme_.unit() * 3 / 4), height()), theme_.color(Token::Accent));
    const int side = theme_.gap(5);
    const QFontMetrics metrics(theme_.captionFont());
    // Where the window is too low for words, icons stay; the words are in the tool tips.
    const bool wordless = collapsed_ || height() < side + metrics.height() + theme_.gap(2);
    const int textHeight = wordless ? 0 : metrics.height() + theme_.unit() / 2;
    const int top = (height() - side - textHeight) / 2;
    theme_.icon(icon_, current ? Token::Accent : Token::Muted).paint(&painter, QRect((width() - side) / 2, top, side, side));
    if (!wordless) {
        painter.setFont(theme_.captionFont());
        painter.setPen(theme_.color(current ? Token::Text : Token::Muted));
        painter.drawText(QRect(0, top + side + theme_.unit() / 2, width(), metrics.height()), Qt::AlignCenter, text());
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme_.color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 2, -3, -2), theme_.radius(), theme_.radius());
    }
}

Rail::Rail(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setObjectName(QStringLiteral("rail"));
    column_ = new QVBoxLayout(this);
    toggle_ = makeIconButton(theme, QStringLiteral("menu"), QString(), this);
    toggle_->setObjectName(QStringLiteral("railToggle"));
    column_->addWidget(toggle_, 0, Qt::AlignHCenter);
    column_->addStretch(1);
    connect(toggle_, &QToolButton::clicked, this, [this] { setCollapsed(!collapsed_); });
    const auto space = [this] {
        column_->setContentsMargins(0, theme_.gap(2), theme_.borderWidth(), theme_.gap(2));
        column_->setSpacing(theme_.gap(1) / 2);
        toggle_->setIconSize(QSize(theme_.gap(5), theme_.gap(5)));
        for (const Entry& entry : entries_) entry.item->updateGeometry();
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    retranslate();
}

void Rail::addItem(const QString& id, const QString& icon) {
    auto* item = new RailItem(theme_, icon, this);
    item->setObjectName(QStringLiteral("rail.") + id);
    column_->insertWidget(column_->count() - 1, item);
    entries_.push_back({id, item});
    connect(item, &QAbstractButton::clicked, this, [this, id] { emit chosen(id); });
}

void Rail::setWord(const QString& id, const QString& word, const QString& shortcut) {
    for (const Entry& entry : entries_) {
        if (entry.id == id) entry.item->setWord(word, shortcut);
    }
}

void Rail::setCurrent(const QString& id) {
    for (const Entry& entry : entries_) {
        const bool current = entry.id == id;
        entry.item->setChecked(current);
        // One stop for Tab, arrows within.
        entry.item->setFocusPolicy(current ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

void Rail::setCollapsed(bool collapsed) {
    if (collapsed == collapsed_) return;
    collapsed_ = collapsed;
    for (const Entry& entry : entries_) entry.item->setCollapsed(collapsed);
    retranslate();
    updateGeometry();
    emit collapsedChanged(collapsed);
}

void Rail::retranslate() {
    const QString text = collapsed_ ? tr("Show the names of the views") : tr("Show only the icons of the views");
    toggle_->setToolTip(text);
    toggle_->setAccessibleName(text);
    setAccessibleName(tr("Views"));
}

void Rail::focusCurrent() {
    if (entries_.empty()) return;
    // On the start page no view is the current one.
    const auto current = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.item->isChecked(); });
    (current == entries_.end() ? entries_.front() : *current).item->setFocus(Qt::TabFocusReason);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Token::Surface));
    painter.fillRect(QRect(width() - theme_.borderWidth(), 0, theme_.borderWidth(), height()), theme_.color(Token::Border));
}

void Rail::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    const auto focused = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.item->hasFocus(); });
    if (step == 0 || focused == entries_.end()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto next = (focused - entries_.begin()) + step;
    if (next >= 0 && next < std::ptrdiff_t(entries_.size())) {
        RailItem* item = entries_[std::size_t(next)].item;
        item->setFocus(Qt::TabFocusReason);
        emit chosen(entries_[std::size_t(next)].id);
    }
}

}  // namespace gatehouse::ui
