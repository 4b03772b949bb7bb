// Rail: the left column of views, icon over word, collapsing to icons. The current one has an accent bar and a tinted surface. Arrow keys move within
// it. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QAbstractButton>
#include <QWidget>

#include <vector>

class QVBoxLayout;
class QToolButton;

namespace gatehouse::ui {

class RailItem : public QAbstractButton {
    Q_OBJECT
  public:
    RailItem(Theme& theme, const QString& icon, QWidget* parent);
    void setWord(const QString& word, const QString& shortcut);
    void setCollapsed(bool collapsed);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;  ///< As high as its icon: in a low window the words give way.

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme& theme_;
    QString icon_;
    bool collapsed_ = false;
};

class Rail : public QWidget {
    Q_OBJECT
  public:
    explicit Rail(Theme& theme, QWidget* parent = nullptr);

    void addItem(const QString& id, const QString& icon);
    void setWord(const QString& id, const QString& word, const QString& shortcut);
    void setCurrent(const QString& id);
    bool isCollapsed() const { return collapsed_; }
    void setCollapsed(bool collapsed);
    void retranslate();
    /// Puts the keyboard on the current item (F6).
    void focusCurrent();

  signals:
    void chosen(const QString& id);
    void collapsedChanged(bool collapsed);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Entry {
        QString id;
        RailItem* item;
    };
    Theme& theme_;
    QVBoxLayout* column_;
    QToolButton* toggle_;
    std::vector<Entry> entries_;
    bool collapsed_ = false;
};

}  // namespace gatehouse::ui
