#include "widgets/card.h"

#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/surface.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace gatehouse::ui {

Card::Card(Theme& theme, const QString& title, QWidget* parent) : QFrame(parent), theme_(theme) {
    auto* column = new QVBoxLayout(this);
    header_ = new QWidget(this);
    auto* row = new QHBoxLayout(header_);
    title_ = new QLabel(title, header_);
    title_->setObjectName(QStringLiteral("cardTitle"));
    caption_ = new QLabel(header_);
    caption_->setObjectName(QStringLiteral("cardCaption"));
    caption_->setMinimumWidth(1);  // It leaves before it widens the card.
    actions_ = new QHBoxLayout;
    row->addWidget(title_);
    row->addWidget(caption_);
    row->addStretch(1);
    row->addLayout(actions_);
    content_ = new QVBoxLayout;
    column->addWidget(header_);
    column->addLayout(content_, 1);
    connect(&theme, &Theme::changed, this, &Card::applyTheme);
    setTitle(title);
    setCaption({});
    applyTheme();
}

void Card::setTitle(const QString& title) {
    title_->setText(title);
    title_->setVisible(!title.isEmpty());
    header_->setVisible(!title_->text().isEmpty() || !caption_->text().isEmpty());
    setAccessibleName(title);
}

void Card::setCaption(const QString& caption) {
    caption_->setText(caption);
    fitCaption();
    header_->setVisible(!title_->text().isEmpty() || !caption_->text().isEmpty());
}

/// A caption that has no room beside the title and the buttons leaves, whole.
void Card::fitCaption() {
    const auto* row = header_->layout();
    const auto margins = row->contentsMargins();
    const int others = (title_->isHidden() ? 0 : title_->sizeHint().width() + row->spacing()) + actions_->sizeHint().width() + row->spacing() + margins.left() + margins.right();
    const bool fits = header_->width() <= 0 || !isVisible() || others + caption_->sizeHint().width() <= header_->width();
    caption_->setVisible(!caption_->text().isEmpty() && fits);
    title_->setToolTip(fits ? QString() : caption_->text());
}

bool Card::event(QEvent* event) {
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize || event->type() == QEvent::Show) fitCaption();
    return done;
}

void Card::setEdgeToEdge(bool edgeToEdge) {
    edgeToEdge_ = edgeToEdge;
    applyTheme();
}

void Card::applyTheme() {
    const int side = theme_.gap(3), line = theme_.borderWidth();
    auto* column = static_cast<QVBoxLayout*>(layout());
    if (edgeToEdge_) {
        column->setContentsMargins(line, line, line, line + 1);
        column->setSpacing(0);
        header_->layout()->setContentsMargins(side, theme_.gap(2), theme_.gap(2), theme_.gap(2));
    } else {
        column->setContentsMargins(side, theme_.gap(2), side, side);
        column->setSpacing(theme_.gap(2));
        header_->layout()->setContentsMargins(0, 0, 0, 0);
    }
    header_->layout()->setSpacing(theme_.gap(2));
    actions_->setSpacing(theme_.gap(1));
    content_->setSpacing(theme_.gap(2));
    title_->setFont(theme_.strongFont());
    caption_->setFont(theme_.captionFont());
    setMuted(caption_, theme_);
    update();
}

void Card::paintEvent(QPaintEvent*) { paintSurface(this, theme_); }

EmptyState::EmptyState(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    auto* column = new QVBoxLayout(this);
    icon_ = new QLabel(this);
    why_ = new QLabel(this);
    why_->setObjectName(QStringLiteral("emptyWhy"));
    why_->setWordWrap(true);
    why_->setAlignment(Qt::AlignCenter);
    button_ = new QPushButton(this);
    button_->setObjectName(QStringLiteral("emptyAction"));
    button_->setFocusPolicy(Qt::NoFocus);  // Until set() gives it something to do.
    column->addStretch(1);
    column->addWidget(icon_, 0, Qt::AlignHCenter);
    column->addWidget(why_);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch(2);
    button_->hide();
    connect(button_, &QPushButton::clicked, this, [this] {
        if (run_) run_();
    });
    connect(&theme, &Theme::changed, this, &EmptyState::applyTheme);
    applyTheme();
}

void EmptyState::set(const QString& iconName, const QString& why, const QString& buttonText, std::function<void()> run) {
    run_ = std::move(run);
    // Views say so at every sample; the same words again must not lay out the window again.
    if (iconName == iconName_ && why == why_->text() && buttonText == button_->text()) return;
    iconName_ = iconName;
    why_->setText(why);
    button_->setText(buttonText);
    button_->setVisible(!buttonText.isEmpty());
    button_->setFocusPolicy(buttonText.isEmpty() ? Qt::NoFocus : Qt::StrongFocus);
    applyTheme();
}

void EmptyState::applyTheme() {
    layout()->setSpacing(theme_.gap(3));
    setMuted(why_, theme_);
    const int side = theme_.gap(8);
    icon_->setVisible(!iconName_.isEmpty());
    if (!iconName_.isEmpty()) {
        icon_->setPixmap(theme_.icon(iconName_, Token::Strong).pixmap(QSize(side, side), devicePixelRatioF()));
    }
}

}  // namespace gatehouse::ui
