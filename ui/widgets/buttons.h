// Small looks that several widgets share: the primary button, quiet icon buttons, muted and fixed-font labels. All follow the theme live.
// Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QString>

class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

namespace gatehouse::ui {

/// The one filled button of a view or dialog.
void makePrimary(QPushButton* button);

/// A borderless button with one of our icons; `text` is its tooltip and accessible name (with the shortcut appended to the tooltip).
QToolButton* makeIconButton(Theme& theme, const QString& icon, const QString& text, QWidget* parent,
                            const QString& shortcut = {});

/// Icon beside text, borderless: an action in a card's title row.
QToolButton* makeTextButton(Theme& theme, const QString& icon, const QString& text, QWidget* parent);

/// Muted colour for the label as of now; call again on Theme::changed.
void setMuted(QWidget* label, const Theme& theme);
/// `token`'s colour for the label as of now; call again on Theme::changed.
void setTextColor(QWidget* label, const Theme& theme, Token token);

/// A label in caption size and muted colour that follows the theme by itself.
QLabel* makeCaption(Theme& theme, const QString& text, QWidget* parent);
/// A label in the fixed font that can be selected and follows the theme by itself.
QLabel* makeFixedLabel(Theme& theme, const QString& text, QWidget* parent);

}  // namespace gatehouse::ui
