// Card: a surface with a hairline border, an optional title row (title, unit, freshness, actions) and content. EmptyState: one line
// that says why there is nothing, and one button that helps. Thread: GUI.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::ui {

class Theme;

class Card : public QFrame {
    Q_OBJECT
  public:
    explicit Card(Theme& theme, const QString& title = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setCaption(const QString& caption);   ///< Muted text after the title: unit, freshness.
    QHBoxLayout* actions() { return actions_; }  ///< Right side of the title row.
    QVBoxLayout* content() { return content_; }
    /// A card whose content reaches to its border (a table or an editor), below the title row.
    void setEdgeToEdge(bool edgeToEdge);

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void applyTheme();
    void fitCaption();

    Theme& theme_;
    bool edgeToEdge_ = false;
    QWidget* header_;
    QLabel* title_;
    QLabel* caption_;
    QHBoxLayout* actions_;
    QVBoxLayout* content_;
};

class EmptyState : public QWidget {
    Q_OBJECT
  public:
    explicit EmptyState(Theme& theme, QWidget* parent = nullptr);
    void set(const QString& iconName, const QString& why, const QString& buttonText = {}, std::function<void()> run = {});

  private:
    void applyTheme();

    Theme& theme_;
    QString iconName_;
    QLabel* icon_;
    QLabel* why_;
    QPushButton* button_;
    std::function<void()> run_;
};

}  // namespace gatehouse::ui
