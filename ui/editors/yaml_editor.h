// YamlEditor: a text pane for the YAML of one object or file. Highlights, folds, completes field names and values from the kind's
// table, marks diagnostics, and says when an edit should be taken over (pause, focus loss, Ctrl+Enter). Knows nothing of workspaces.
// Thread: GUI. Offsets are bytes of the UTF-8 text.
#pragma once

#include "config/schema.h"
#include "config/object.h"
#include "editors/object_text.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ui {

class Theme;

class YamlEditor : public QWidget {
    Q_OBJECT
  public:
    struct Mark {
        TextSpan span;
        config::Severity severity = config::Severity::Error;
        QString sentence;
    };

    explicit YamlEditor(Theme& theme, QWidget* parent = nullptr);

    /// Table for completion; null = none.
    void setSchema(const config::KindSchema* schema) { schema_ = schema; }
    /// Further values at a field (names of objects), asked while completing.
    using ValueSource = std::function<std::vector<std::string>(const config::FieldPath&)>;
    void setValueSource(ValueSource source) { values_ = std::move(source); }

    std::string text() const;
    /// Takes over a text; only the bytes that differ change, so caret, folds and scrolling stay.
    void setText(const std::string& text);
    /// Forgets caret, folds and undo too: another object.
    void resetText(const std::string& text);
    void setReadOnly(bool readOnly);
    bool isReadOnly() const;

    void setMarks(std::vector<Mark> marks);
    const std::vector<Mark>& marks() const { return marks_; }
    /// Tints the lines of a field; nothing clears it.
    void highlight(std::optional<TextSpan> span);
    std::size_t caret() const;
    void setCaret(std::size_t offset);
    void scrollTo(std::size_t offset);
    void setUncommitted(bool uncommitted);
    bool isUncommitted() const { return uncommitted_; }
    void showCompletions();
    QWidget* textWidget();  ///< The widget that has the focus.

  signals:
    void edited();           ///< The person changed the text.
    void commitRequested();  ///< Now is the time to take it over.
    void caretMoved(std::size_t offset);

  private:
    class Pane;
    void applyTheme();
    void onTyped(int character);
    void onCompleted(const std::string& chosen);
    void requestCommit();
    void drawMarks();
    QString sentenceAt(std::size_t offset, bool wholeLine) const;

    Theme& theme_;
    Pane* pane_;
    QTimer commitTimer_;
    const config::KindSchema* schema_ = nullptr;
    ValueSource values_;
    std::vector<Mark> marks_;
    std::optional<TextSpan> highlighted_;
    bool programmatic_ = false;
    bool uncommitted_ = false;
    const config::FieldSpec* completingIn_ = nullptr;  ///< Owner of the keys that the open list offers.
};

}  // namespace gatehouse::ui
