#include "widgets/view.h"

#include "theme/theme.h"
#include "widgets/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace gatehouse::ui {

View::View(ViewContext& context, const QString& id, QWidget* parent) : QWidget(parent), context_(context), id_(id) {
    setObjectName(id + QStringLiteral("View"));
    Theme& theme = context.theme;
    auto* column = new QVBoxLayout(this);
    auto* header = new QHBoxLayout;
    titleLabel_ = new QLabel(this);
    titleLabel_->setObjectName(QStringLiteral("viewTitle"));
    controls_ = new QHBoxLayout;
    header->addWidget(titleLabel_);
    header->addStretch(1);
    header->addLayout(controls_);
    messages_ = new MessageBar(theme, this);
    body_ = new QVBoxLayout;
    column->addLayout(header);
    column->addWidget(messages_);
    column->addLayout(body_, 1);

    const auto space = [this, column, header, &theme] {
        column->setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(4));
        column->setSpacing(theme.gap(3));
        header->setSpacing(theme.gap(4));
        controls_->setSpacing(theme.gap(2));
        body_->setSpacing(theme.gap(3));
        titleLabel_->setFont(theme.titleFont());
        // A title row is as tall with controls as without, so that the content starts at the same height in every view.
        titleLabel_->setMinimumHeight(titleLabel_->fontMetrics().height() + theme.gap(2));
    };
    space();
    connect(&theme, &Theme::changed, this, space);
}

void View::setActive(bool active) { active_ = active; }

void View::openTarget(const QString&) {}

void View::focusFilter() {}

void View::showEvent(QShowEvent* event) {
    // title() is the subclass's, which did not exist yet when our constructor ran.
    if (titleLabel_->text().isEmpty()) titleLabel_->setText(title());
    QWidget::showEvent(event);
}

void View::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void View::retranslate() { titleLabel_->setText(title()); }

}  // namespace gatehouse::ui
