#include "widgets/message_bar.h"

#include "theme/theme.h"
#include "widgets/fade.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int kLeastCharacters = 32;

struct KindLook {
    const char* icon;
    Token token;
};

KindLook lookOf(MessageBar::Kind kind) {
    switch (kind) {
        case MessageBar::Kind::Info: return {"info", Token::Accent};
        case MessageBar::Kind::Ok: return {"ok", Token::Ok};
        case MessageBar::Kind::Warning: return {"warning", Token::Warn};
        case MessageBar::Kind::Error: return {"error", Token::Bad};
    }
    return {"info", Token::Accent};
}

}  // namespace

MessageBar::MessageBar(Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
    setObjectName(QStringLiteral("messageBar"));
    grid_ = new QGridLayout(this);
    icon_ = new QLabel(this);
    text_ = new QLabel(this);
    text_->setObjectName(QStringLiteral("messageText"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    buttons_ = new QWidget(this);
    actions_ = new QHBoxLayout(buttons_);
    actions_->setContentsMargins(0, 0, 0, 0);
    close_ = new QToolButton(this);
    close_->setObjectName(QStringLiteral("messageClose"));
    close_->setAutoRaise(true);
    grid_->addWidget(icon_, 0, 0, Qt::AlignVCenter);
    grid_->addWidget(text_, 0, 1, Qt::AlignVCenter);
    grid_->addWidget(buttons_, 0, 2, Qt::AlignVCenter);
    grid_->addWidget(close_, 0, 3, Qt::AlignVCenter);
    grid_->setColumnStretch(1, 1);
    connect(close_, &QToolButton::clicked, this, [this] {
        dismiss();
        emit dismissed();
    });
    connect(&theme, &Theme::changed, this, &MessageBar::applyTheme);
    applyTheme();
    hide();
}

void MessageBar::applyTheme() {
    layout()->setContentsMargins(theme_.gap(3), theme_.gap(1), theme_.gap(2), theme_.gap(1));
    layout()->setSpacing(theme_.gap(2));
    actions_->setSpacing(theme_.gap(2));
    const KindLook look = lookOf(kind_);
    const int side = theme_.iconSize();
    icon_->setPixmap(theme_.icon(QString::fromLatin1(look.icon), look.token)
                         .pixmap(QSize(side, side), devicePixelRatioF()));
    close_->setIcon(theme_.icon(QStringLiteral("close"), Token::Muted));
    close_->setToolTip(tr("Dismiss this message"));
    close_->setAccessibleName(tr("Dismiss this message"));
    arrange();
    update();
}

void MessageBar::arrange() {
    // Beside its buttons the sentence needs room for a few words a line; in a narrow pane they go below it.
    const int fixed = icon_->sizeHint().width() + close_->sizeHint().width() + theme_.gap(5) + 3 * grid_->horizontalSpacing();
    const int beside = width() - fixed - buttons_->sizeHint().width();
    const bool below = actions_->count() > 0 && beside < std::min(text_->fontMetrics().horizontalAdvance(text_->text()), text_->fontMetrics().averageCharWidth() * kLeastCharacters);
    buttons_->setVisible(actions_->count() > 0);
    if (below == below_) return;
    below_ = below;
    grid_->removeWidget(buttons_);
    if (below) grid_->addWidget(buttons_, 1, 1, 1, 3, Qt::AlignLeft | Qt::AlignVCenter);
    else grid_->addWidget(buttons_, 0, 2, Qt::AlignVCenter);
}

void MessageBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    arrange();
}

void MessageBar::show(Kind kind, const QString& text, std::vector<Action> actions) {
    kind_ = kind;
    text_->setText(text);
    setAccessibleName(text);
    while (QLayoutItem* item = actions_->takeAt(0)) {
        // An action may show the next message from its own click.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (Action& action : actions) {
        auto* button = new QPushButton(action.text, buttons_);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [run = std::move(action.run)] {
            if (run) run();
        });
        actions_->addWidget(button);
        button->show();  // Counted in the size at once.
    }
    applyTheme();
    const bool appears = isHidden();
    QFrame::show();
    if (appears) fadeIn(this, theme_);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::dismiss() {
    text_->clear();
    hide();
}

QString MessageBar::text() const { return text_->text(); }

void MessageBar::paintEvent(QPaintEvent*) {
    const Token token = lookOf(kind_).token;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme_.borderWidth();
    painter.setPen(QPen(theme_.tint(token, 0.45), line));
    painter.setBrush(theme_.tint(token, 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), theme_.radius(),
                            theme_.radius());
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close_->click();
        return;
    }
    QFrame::keyPressEvent(event);
}

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) applyTheme();
    QFrame::changeEvent(event);
}

}  // namespace gatehouse::ui
