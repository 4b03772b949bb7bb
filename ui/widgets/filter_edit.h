// FilterEdit: the search field of a view. Announces its text 150 ms after the last key, at once on Enter, Escape clears it. A view that has one
// answers focusFilter() with FilterEdit::focusFilter(), so that "/" finds it. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace gatehouse::ui {

class Theme;

class FilterEdit : public QLineEdit {
    Q_OBJECT
  public:
    /// `hint` is the placeholder and the accessible name ("Filter requests").
    FilterEdit(Theme& theme, const QString& hint, QWidget* parent = nullptr);

    void setHint(const QString& hint);
    void focusFilter();
    /// Marks a text that is no filter: red frame, `reason` as tooltip. Empty = fine.
    void setProblem(const QString& reason);

  signals:
    void filterChanged(const QString& text);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void announce();

    Theme& theme_;
    QTimer delay_;
    QString announced_;
    QString problem_;
};

}  // namespace gatehouse::ui
