// ObjectEditor: form and YAML of the same object side by side. The caret in one tints the field in the other; the focused field's help stands
// below the form. Where there is no room for both, one shows at a time. Kinds without a table, and files, show their text alone. Thread: GUI. Lifetime: a view's.
#pragma once

#include "config/object.h"

#include <QWidget>

class QLabel;
class QSplitter;

namespace gatehouse::ui {

class Card;
class ObjectTextPane;
class SchemaForm;
class SegmentedControl;
class WorkspaceFacts;
struct ViewContext;

class ObjectEditor : public QWidget {
    Q_OBJECT
  public:
    /// `settingsKey` keeps the splitter ("routes/editor").
    ObjectEditor(ViewContext& context, WorkspaceFacts& facts, const QString& settingsKey, QWidget* parent = nullptr);
    ~ObjectEditor() override;

    /// Shows the object, and the field within it.
    void showObject(const config::ObjectKey& object, const config::FieldPath& at = {});
    /// The whole file, with the caret at the byte `at`.
    void showFile(const std::string& file, std::size_t at = 0);
    void clear();
    void goTo(const config::FieldPath& path);
    /// Applies a diagnostic's fix as an undo step.
    void applyFix(const config::Diagnostic& diagnostic);
    const config::ObjectKey& object() const { return object_; }
    ObjectTextPane& textPane() { return *text_; }
    SchemaForm& form() { return *form_; }
    QSize minimumSizeHint() const override;  ///< That of one pane.

  signals:
    void objectRenamed(const config::ObjectKey& from, const config::ObjectKey& to);
    void editFailed(const QString& sentence);
    void fieldEntered(const config::FieldPath& path);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void follow();
    void showHelp(const config::FieldPath& path);
    void retranslate();
    void arrange();
    void showPane(const QString& id);

    ViewContext& context_;
    WorkspaceFacts& facts_;
    QMetaObject::Connection factsUpdated_;
    config::ObjectKey object_;
    QSplitter* splitter_;
    SegmentedControl* pane_;  ///< Which of both shows, in a narrow editor.
    bool hasForm_ = true;
    Card* formCard_;
    Card* textCard_;
    SchemaForm* form_;
    ObjectTextPane* text_;
    QWidget* help_;
    QLabel* helpPath_;
    QLabel* helpText_;
    config::FieldPath helped_;
};

}  // namespace gatehouse::ui
