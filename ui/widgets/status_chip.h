// StatusChip: a state as icon, word and colour together (never colour alone). Flat in a row of text, or clickable when asked to. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QAbstractButton>

namespace gatehouse::ui {

class StatusChip : public QAbstractButton {
    Q_OBJECT
  public:
    enum class Kind { Neutral, Ok, Warning, Bad, Accent };

    explicit StatusChip(Theme& theme, QWidget* parent = nullptr);

    /// `icon` empty: the usual one of the kind.
    void set(Kind kind, const QString& text, const QString& tooltip = {}, const QString& icon = {});
    Kind kind() const { return kind_; }
    /// A clickable chip takes focus and shows hover; `name` says what happens ("Show problems").
    void setClickable(bool clickable, const QString& name = {});
    /// A tinted background with a hairline, for chips that stand alone. Off by default.
    void setFilled(bool filled);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& position) const override;

  private:
    Token token() const;

    Theme& theme_;
    Kind kind_ = Kind::Neutral;
    QString iconName_;
    QString action_;
    bool clickable_ = false;
    bool filled_ = false;
};

}  // namespace gatehouse::ui
