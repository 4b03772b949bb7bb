#include "widgets/message_bar.h"

#include "theme/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

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
    auto* row = new QHBoxLayout(this);
    icon_ = new QLabel(this);
    text_ = new QLabel(this);
    text_->setObjectName(QStringLiteral("messageText"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    actions_ = new QHBoxLayout;
    close_ = new QToolButton(this);
    close_->setObjectName(QStringLiteral("messageClose"));
    close_->setAutoRaise(true);
    row->addWidget(icon_, 0, Qt::AlignVCenter);
    row->addWidget(text_, 1, Qt::AlignVCenter);
    row->addLayout(actions_);
    row->addWidget(close_, 0, Qt::AlignVCenter);
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
    update();
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
        auto* button = new QPushButton(action.text, this);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [run = std::move(action.run)] {
            if (run) run();
        });
        actions_->addWidget(button);
    }
    applyTheme();
    QFrame::show();
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
