// MessageBar: an inline message at the top of a view (error, warning, information) with at most two actions. Thread: GUI.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace gatehouse::ui {

class Theme;

/// Hidden until show(kind, ...). The message is announced to screen readers.
class MessageBar : public QFrame {
    Q_OBJECT
  public:
    using QFrame::show;
    enum class Kind { Info, Ok, Warning, Error };
    struct Action {
        QString text;
        std::function<void()> run;
    };
    MessageBar(Theme& theme, QWidget* parent = nullptr);

    void show(Kind kind, const QString& text, std::vector<Action> actions = {});
    void dismiss();
    QString text() const;
    Kind kind() const { return kind_; }

  signals:
    void dismissed();  ///< By the person, with the close button or Escape.

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void applyTheme();
    void arrange();

    Theme& theme_;
    Kind kind_ = Kind::Info;
    QLabel* icon_;
    QLabel* text_;
    QGridLayout* grid_;
    QWidget* buttons_;
    QHBoxLayout* actions_;
    bool below_ = false;
    QToolButton* close_;
};

}  // namespace gatehouse::ui
