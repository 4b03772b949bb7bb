// MessageBar: an inline message at the top of a view (error, warning, information) with at most two actions. Thread: GUI.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace gatehouse::ui {

class Theme;

class MessageBar : public QFrame {
    Q_OBJECT
  public:
    enum class Kind { Info, Ok, Warning, Error };
    struct Action {
        QString text;
        std::function<void()> run;
    };
    MessageBar(Theme& theme, QWidget* parent = nullptr);

    void show(Kind kind, const QString& text, std::vector<Action> actions = {});
    void dismiss();
    QString text() const;

  private:
    Theme& theme_;
    QLabel* icon_;
    QLabel* text_;
    QHBoxLayout* actions_;
    QToolButton* close_;
};

}  // namespace gatehouse::ui
