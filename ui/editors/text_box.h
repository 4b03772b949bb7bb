// TextBox: an editor for a value of several lines that is as tall as its text needs, within limits. Hands over what was typed when the focus leaves or at
// Ctrl+Return; Tab moves on to the next field. Thread: GUI. Lifetime: a form's row.
#pragma once

#include <QPlainTextEdit>

#include <optional>
#include <string>

namespace gatehouse::ui {

class TextBox : public QPlainTextEdit {
    Q_OBJECT
  public:
    explicit TextBox(QWidget* parent = nullptr);

    /// Takes over a newer reading; what someone is typing stays.
    void show(const QString& text);
    /// Typed and not yet handed over.
    bool isModified() const { return document()->isModified(); }
    void commit();

    /// The newline that a block scalar ends with would stand as an empty last line in a box.
    static QString withoutEnd(const std::string& text);
    /// `typed`, ending as the text that it replaces did.
    static QString withEndOf(const std::string& before, const QString& typed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void committed(const QString& text);

  protected:
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fit();
    int heightOf(int lines) const;

    int lines_ = 0;  ///< That the box shows now.
};

/// What stands typed and not handed over in a line or box, so that a form that is built anew can put it back.
class TypedText {
  public:
    /// Nothing where `editor` is no line or box, or holds nothing of its own.
    static TypedText of(const QWidget* editor);
    void into(QWidget* editor) const;

  private:
    std::optional<QString> text_;
    int caret_ = 0;
};

}  // namespace gatehouse::ui
