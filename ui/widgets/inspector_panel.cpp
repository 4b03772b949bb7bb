#include "widgets/inspector_panel.h"

#include "widgets/buttons.h"
#include "widgets/surface.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {
constexpr char kRole[] = "inspectorRole";  // "section", "label", "value", "fixed", "number", "text", "muted"
constexpr char kToken[] = "inspectorToken";
}  // namespace

InspectorPanel::InspectorPanel(Theme& theme, const QString& name, QWidget* parent) : QFrame(parent), theme_(theme) {
    setAccessibleName(name);
    auto* column = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    heading_ = new QLabel(this);
    heading_->setWordWrap(true);
    heading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    close_ = makeIconButton(theme, QStringLiteral("close"), tr("Close details"), this);
    row->addWidget(heading_, 1);
    row->addWidget(close_, 0, Qt::AlignTop);
    caption_ = new QLabel(this);
    caption_->setWordWrap(true);
    caption_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    headerColumn_ = new QVBoxLayout;
    scroll_ = new QScrollArea(this);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setAccessibleName(name);
    column->addLayout(row);
    column->addWidget(caption_);
    column->addLayout(headerColumn_);
    column->addWidget(scroll_, 1);
    setClosable(false);
    setHeading({});
    connect(close_, &QToolButton::clicked, this, &InspectorPanel::closed);
    connect(&theme, &Theme::changed, this, &InspectorPanel::applyTheme);
    clear();
}

void InspectorPanel::setHeading(const QString& heading, const QString& caption) {
    heading_->setText(heading);
    heading_->setVisible(!heading.isEmpty());
    caption_->setText(caption);
    caption_->setVisible(!caption.isEmpty());
}

void InspectorPanel::setClosable(bool closable) { close_->setVisible(closable); }

void InspectorPanel::clear() {
    content_ = new QWidget;
    content_->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(content_);
    column->setContentsMargins(0, 0, 0, 0);
    grid_ = new QGridLayout;
    grid_->setColumnStretch(1, 1);
    column->addLayout(grid_);
    column->addStretch(1);
    row_ = 0;
    scroll_->setWidget(content_);  // Deletes the former content.
    scroll_->viewport()->setAutoFillBackground(false);
    content_->setAutoFillBackground(false);
    applyTheme();
}

void InspectorPanel::colorLabel(QLabel* label) const {
    const QString role = label->property(kRole).toString();
    if (role.isEmpty()) return;
    if (role == QLatin1String("section")) {
        label->setFont(theme_.strongFont());
    } else if (role == QLatin1String("label") || role == QLatin1String("muted")) {
        label->setFont(role == QLatin1String("label") ? theme_.bodyFont() : theme_.captionFont());
        setMuted(label, theme_);
        return;
    } else if (role == QLatin1String("fixed")) {
        label->setFont(theme_.fixedFont());
    } else if (role == QLatin1String("number")) {
        label->setFont(theme_.tabularFont());
    }
    const QVariant token = label->property(kToken);
    setTextColor(label, theme_, token.isValid() ? Token(token.toInt()) : Token::Text);
}

void InspectorPanel::addSection(const QString& title) {
    if (row_ > 0) {
        grid_->setRowMinimumHeight(row_++, theme_.gap(2));
    }
    if (title.isEmpty()) return;
    auto* label = new QLabel(title, content_);
    label->setProperty(kRole, QStringLiteral("section"));
    colorLabel(label);
    grid_->addWidget(label, row_++, 0, 1, 2);
}

QLabel* InspectorPanel::addRow(const QString& label, const QString& value, Style style) {
    auto* name = new QLabel(label, content_);
    name->setProperty(kRole, QStringLiteral("label"));
    auto* text = new QLabel(value, content_);
    text->setProperty(kRole, style == Style::Fixed    ? QStringLiteral("fixed")
                             : style == Style::Number ? QStringLiteral("number")
                                                      : QStringLiteral("value"));
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    text->setMinimumHeight(1);  // As high as its width asks for; the label's own minimum is that of a narrower one.
    text->setAccessibleName(QStringLiteral("%1: %2").arg(label, value));
    colorLabel(name);
    colorLabel(text);
    grid_->addWidget(name, row_, 0, Qt::AlignLeft | Qt::AlignTop);
    grid_->addWidget(text, row_++, 1, Qt::AlignTop);
    return text;
}

QLabel* InspectorPanel::addRow(const QString& label, const QString& value, Style style, Token token) {
    QLabel* text = addRow(label, value, style);
    text->setProperty(kToken, int(token));
    colorLabel(text);
    return text;
}

QLabel* InspectorPanel::addText(const QString& text, bool muted) {
    auto* label = new QLabel(text, content_);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty(kRole, muted ? QStringLiteral("muted") : QStringLiteral("text"));
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setMinimumHeight(1);
    colorLabel(label);
    grid_->addWidget(label, row_++, 0, 1, 2);
    return label;
}

void InspectorPanel::addWidget(QWidget* widget) { grid_->addWidget(widget, row_++, 0, 1, 2); }

void InspectorPanel::applyTheme() {
    layout()->setContentsMargins(theme_.gap(3), theme_.gap(3), theme_.gap(3), theme_.gap(2));
    layout()->setSpacing(theme_.gap(1));
    heading_->setFont(theme_.strongFont());
    caption_->setFont(theme_.captionFont());
    setMuted(caption_, theme_);
    headerColumn_->setContentsMargins(0, theme_.gap(1), 0, theme_.gap(1));
    headerColumn_->setSpacing(theme_.gap(1));
    grid_->setHorizontalSpacing(theme_.gap(4));
    grid_->setVerticalSpacing(theme_.gap(1));
    for (QLabel* label : content_->findChildren<QLabel*>()) colorLabel(label);
    update();
}

void InspectorPanel::paintEvent(QPaintEvent*) { paintSurface(this, theme_); }

}  // namespace gatehouse::ui
