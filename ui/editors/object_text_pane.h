// ObjectTextPane: the text side of an object's editor. Binds a YamlEditor to one object (or one whole file) of the workspace, takes edits
// over as named undo steps, keeps text that cannot be read yet as a draft of the document, and shows why it was not taken over.
// Thread: GUI. Lifetime: a view's.
#pragma once

#include "bridge/workspace_document.h"
#include "config/object.h"
#include "editors/workspace_facts.h"
#include "editors/yaml_editor.h"

#include <QWidget>

#include <string>

namespace gatehouse::ui {

class MessageBar;

class ObjectTextPane : public QWidget {
    Q_OBJECT
  public:
    ObjectTextPane(Theme& theme, WorkspaceDocument& document, WorkspaceFacts& facts, QWidget* parent = nullptr);

    void showObject(const config::ObjectKey& object);
    /// The whole text of a file: for files that hold no readable object.
    void showFile(const std::string& file);
    void clear();
    /// Takes the pane's text over now. False while it cannot be read: the text stays as a draft.
    bool commit();
    void discardDraft();
    bool hasDraft(const config::ObjectKey& object) const { return document_.drafts().find(object.id()) != nullptr; }

    void highlightField(const config::FieldPath& path, bool scroll);
    void goTo(const config::FieldPath& path);
    YamlEditor& editor() { return *editor_; }
    QString errorText() const;

  signals:
    void caretInField(const config::FieldPath& path);
    /// The text gave the object another name, namespace or kind.
    void objectRenamed(const config::ObjectKey& from, const config::ObjectKey& to);

  private:
    std::string draftId() const;
    bool dropDraft(const std::string& id);
    void followDraft(const QString& id);
    Result<std::string> storedText() const;
    void load(bool reset);
    void follow();
    void showMarks();
    void showSyntaxError(const text::yaml::ParseError& error);
    void showRefusal(const QString& sentence);

    WorkspaceDocument& document_;
    WorkspaceFacts& facts_;
    YamlEditor* editor_;
    MessageBar* bar_;
    config::ObjectKey object_;
    std::string file_;
    config::FieldPath highlighted_;
    bool loading_ = false;
    bool ownDraftChange_ = false;
};

}  // namespace gatehouse::ui
