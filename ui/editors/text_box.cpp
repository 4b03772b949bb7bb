#include "editors/text_box.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int kFewestLines = 2;  // So that a box says by its shape that Return makes a new line.
constexpr int kMostLines = 10;   // Beyond it the box scrolls.
constexpr int kFewestCharacters = 12;

}  // namespace

TextBox::TextBox(QWidget* parent) : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, &TextBox::fit);
    fit();
}

void TextBox::show(const QString& text) {
    if (isModified() || text == toPlainText()) return;
    setPlainText(text);
    document()->setModified(false);
}

void TextBox::commit() {
    if (!isModified()) return;
    document()->setModified(false);
    emit committed(toPlainText());
}

int TextBox::heightOf(int lines) const {
    const int around = 2 * frameWidth() + int(std::ceil(2 * document()->documentMargin()));
    // A quarter of a line more, or rounding would make the last one scroll.
    return fontMetrics().lineSpacing() * lines + fontMetrics().lineSpacing() / 4 + around;
}

QSize TextBox::sizeHint() const { return {fontMetrics().averageCharWidth() * 4 * kFewestCharacters, heightOf(std::max(lines_, kFewestLines))}; }
QSize TextBox::minimumSizeHint() const { return {fontMetrics().averageCharWidth() * kFewestCharacters, heightOf(std::max(lines_, kFewestLines))}; }

void TextBox::fit() {
    // Wrapped lines count: the layout knows them for the present width.
    int lines = 0;
    for (auto block = document()->begin(); block.isValid() && lines <= kMostLines; block = block.next()) lines += std::max(1, block.layout() ? block.layout()->lineCount() : 1);
    setVerticalScrollBarPolicy(lines > kMostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    lines = std::clamp(lines, kFewestLines, kMostLines);
    if (lines == lines_) return;
    lines_ = lines;
    updateGeometry();
}

void TextBox::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void TextBox::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    // A menu that opens above the box leaves the person still at it.
    if (event->reason() != Qt::PopupFocusReason) commit();
}

void TextBox::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers().testFlag(Qt::ControlModifier)) return commit();
    QPlainTextEdit::keyPressEvent(event);
}

QString TextBox::withoutEnd(const std::string& text) {
    auto shown = QString::fromStdString(text);
    if (shown.endsWith(QLatin1Char('\n'))) shown.chop(1);
    return shown;
}

QString TextBox::withEndOf(const std::string& before, const QString& typed) {
    return before.ends_with('\n') && !typed.isEmpty() ? typed + QLatin1Char('\n') : typed;
}

TypedText TypedText::of(const QWidget* editor) {
    TypedText typed;
    if (const auto* line = qobject_cast<const QLineEdit*>(editor); line && line->isModified()) {
        typed.text_ = line->text();
        typed.caret_ = line->cursorPosition();
    } else if (const auto* box = qobject_cast<const TextBox*>(editor); box && box->isModified()) {
        typed.text_ = box->toPlainText();
        typed.caret_ = box->textCursor().position();
    }
    return typed;
}

void TypedText::into(QWidget* editor) const {
    if (!text_) return;
    if (auto* line = qobject_cast<QLineEdit*>(editor); line && line->text() != *text_) {
        line->setText(*text_);
        line->setModified(true);
        line->setCursorPosition(caret_);
    } else if (auto* box = qobject_cast<TextBox*>(editor); box && box->toPlainText() != *text_) {
        box->setPlainText(*text_);
        box->document()->setModified(true);
        auto cursor = box->textCursor();
        cursor.setPosition(std::min(caret_, int(text_->size())));
        box->setTextCursor(cursor);
    }
}

}  // namespace gatehouse::ui
