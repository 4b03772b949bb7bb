// SchemaForm: a form of one object, generated from its kind's table. Fields that the file lacks stay absent until touched; unknown fields are
// listed and kept; each change is one named undo step. Long lists open row by row, so that big objects stay quick.
// Thread: GUI. Lifetime: a view's.
#pragma once

#include "bridge/workspace_document.h"
#include "config/object.h"
#include "editors/form_edits.h"
#include "editors/form_model.h"

#include <QScrollArea>

#include <map>
#include <string>
#include <vector>

class QVBoxLayout;

namespace gatehouse::ui {

class FieldControl;
class FormRow;
class Theme;

class SchemaForm : public QScrollArea {
    Q_OBJECT
  public:
    SchemaForm(Theme& theme, WorkspaceDocument& document, QWidget* parent = nullptr);

    /// Shows `object` of the current reading; the same object again only refreshes values and errors.
    void showObject(const config::ObjectSet& set, const config::ObjectKey& object, std::vector<config::Diagnostic> diagnostics);
    void clear();
    void setReadOnly(bool readOnly);
    /// Tints the row of the field, opens what hides it and scrolls to it.
    void highlightField(const config::FieldPath& path, bool scroll);
    void focusField(const config::FieldPath& path);
    /// Too narrow for labels beside the controls: they stand above.
    bool labelsAbove() const { return labelWidth_ == 0; }

  signals:
    void fieldFocused(const config::FieldPath& path);
    void editFailed(const QString& sentence);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void rebuild();
    void refreshValues();
    void buildRows(const FormItem& item, int depth);
    void buildItem(const FormItem& item, int depth);
    void buildScalar(const FormItem& item, int depth);
    void buildCompact(const FormItem& item, int depth);
    void buildMap(const FormItem& item, int depth);
    void buildEntry(const FormItem& map, const std::string& key, const std::string& value, int depth);
    void buildList(const FormItem& item, int depth);
    void buildGroup(const FormItem& item, int depth);
    void buildAddMenu(const FormItem& item, int depth);
    bool isMasked(const std::string& value, const config::FieldPath& path) const;
    void addItemTools(FormRow& row, const FormItem& item);
    void addRemove(FormRow& row, const FormItem& item);
    FieldControl* control(FormRow& row, const FormItem& item);
    FormRow* newRow(const FormItem& item, int depth, const QString& label);
    bool isOpen(const FormItem& item) const;
    void toggle(const FormItem& item);
    void openWay(const config::FieldPath& path);
    void push(Result<config::Edit> edit);
    FormEdits edits() const;
    void showErrors();
    int labelWidth(const FormItem& item, int depth) const;
    int labelColumn() const;
    std::string structure(const FormItem& item) const;

    Theme& theme_;
    WorkspaceDocument& document_;
    config::ObjectKey object_;
    std::shared_ptr<const config::ObjectSet> kept_;  ///< Keeps the tables' values alive while rows show them.
    std::vector<config::Diagnostic> diagnostics_;
    FormItem form_;
    std::string structure_;
    std::map<std::string, bool> open_;  ///< What the person opened or closed, by object and path.
    std::vector<FormRow*> rows_;
    QWidget* page_ = nullptr;
    QVBoxLayout* layout_ = nullptr;
    QString lostFocus_;  ///< Of a form that went away under the hands: a renamed object comes back at once, under its new name.
    bool readOnly_ = false;
    bool secret_ = false;
    int labelWidth_ = 0;  ///< Of the column; 0: labels above.
    config::FieldPath highlighted_;
};

}  // namespace gatehouse::ui
