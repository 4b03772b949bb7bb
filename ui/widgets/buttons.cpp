#include "widgets/buttons.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

void makePrimary(QPushButton* button) {
    button->setProperty("primary", true);
    button->update();
}

QToolButton* makeIconButton(Theme& theme, const QString& icon, const QString& text, QWidget* parent,
                            const QString& shortcut) {
    auto* button = new QToolButton(parent);
    button->setIcon(theme.icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(shortcut.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, shortcut));
    button->setAccessibleName(text);
    return button;
}

QToolButton* makeTextButton(Theme& theme, const QString& icon, const QString& text, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(theme.icon(icon));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void setTextColor(QWidget* label, const Theme& theme, Token token) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, theme.color(token));
    palette.setColor(QPalette::Text, theme.color(token));
    label->setPalette(palette);
}

void setMuted(QWidget* label, const Theme& theme) { setTextColor(label, theme, Token::Muted); }

QLabel* makeCaption(Theme& theme, const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    const auto apply = [label, &theme] {
        label->setFont(theme.captionFont());
        setMuted(label, theme);
    };
    apply();
    QObject::connect(&theme, &Theme::changed, label, apply);
    return label;
}

QLabel* makeFixedLabel(Theme& theme, const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const auto apply = [label, &theme] { label->setFont(theme.fixedFont()); };
    apply();
    QObject::connect(&theme, &Theme::changed, label, apply);
    return label;
}

}  // namespace gatehouse::ui
