// Sheet: something to decide, shown over the window's content instead of a dialog: a title, a caption, content, a row of buttons. Escape closes it
// where that is an answer. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QFrame;
class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::ui {

class Sheet : public QWidget {
    Q_OBJECT
  public:
    Sheet(Theme& theme, QWidget* over);

    void setTitle(const QString& title, const QString& caption);
    QVBoxLayout* content() { return content_; }
    QHBoxLayout* buttons() { return buttons_; }  ///< Right-aligned.
    void open();
    void close();
    /// How much of the window it takes, in average characters and rows.
    void setWish(int characters, int rows);

  signals:
    void closed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    virtual void applyTheme();
    Theme& theme() { return theme_; }

  private:
    void place();

    Theme& theme_;
    QWidget* panel_;
    QLabel* title_;
    QLabel* caption_;
    QToolButton* close_;
    QVBoxLayout* content_;
    QHBoxLayout* buttons_;
    int characters_ = 90;
    int rows_ = 20;
};

}  // namespace gatehouse::ui
