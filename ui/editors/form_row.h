// FormRow: one row of a form: label column, control, quiet tools at the right, and below it the errors of its field with their fixes.
// Tinted while the caret of the text pane is in its field. Thread: GUI. Lifetime: owned by a SchemaForm.
#pragma once

#include "config/object.h"
#include "editors/form_model.h"

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::ui {

class ElidedLabel;
class FieldControl;
class Theme;

class FormRow : public QWidget {
    Q_OBJECT
  public:
    FormRow(Theme& theme, const config::FieldPath& path, int depth, QWidget* parent);

    /// In place of the label column's width: the label stands above its control.
    static constexpr int kLabelAbove = 0;
    /// A label in the form's one label column; `help` shows on hover.
    void setLabel(const QString& text, const QString& help, int columnWidth, QWidget* buddy);
    /// A header that opens and closes what belongs to it.
    QToolButton* setToggle(const QString& text, bool open, const QString& objectName);
    void setSummary(const QString& text);
    void addControl(QWidget* widget, int stretch = 1);
    QToolButton* addTool(const QString& icon, const QString& text, const QString& objectName, std::function<void()> run);
    QToolButton* addTextTool(const QString& icon, const QString& text, const QString& objectName, std::function<void()> run);

    const config::FieldPath& path() const { return path_; }
    std::vector<FieldControl*>& controls() { return controls_; }
    void setHighlighted(bool highlighted);
    void setErrors(const std::vector<config::Diagnostic>& diagnostics, const std::function<void(const config::Fix&)>& applyFix);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme& theme_;
    config::FieldPath path_;
    int depth_;
    QVBoxLayout* column_;
    QHBoxLayout* line_;
    QHBoxLayout* tools_;
    QLabel* label_ = nullptr;  ///< Waits to be set above the first control.
    ElidedLabel* summary_ = nullptr;
    std::vector<FieldControl*> controls_;
    std::vector<QWidget*> errors_;
    bool highlighted_ = false;
    int errorIndent_ = 0;
};

}  // namespace gatehouse::ui
