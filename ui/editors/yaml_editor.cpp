#include "editors/yaml_editor.h"

#include "theme/palette_table.h"
#include "theme/theme.h"

#include <Qsci/qscilexeryaml.h>
#include <Qsci/qsciscintilla.h>

#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kCommitPause = 400;  // Milliseconds of no typing after which an edit is taken over.
constexpr int kNumberMargin = 0, kMarkMargin = 1, kFoldMargin = 2;
constexpr int kErrorMarker = 1, kWarningMarker = 2, kFieldMarker = 3;
constexpr int kErrorIndicator = 8, kWarningIndicator = 9;

/// Folds by indentation as the base does, and colours each part by the theme.
class ThemedLexer : public QsciLexerYAML {
  public:
    using QsciLexerYAML::QsciLexerYAML;
    void apply(Theme& theme) {
        const auto surface = theme.color(Token::Surface);
        setDefaultPaper(surface);
        setPaper(surface, -1);
        setDefaultColor(theme.color(Token::Text));
        setColor(theme.color(Token::Text), -1);
        setFont(theme.fixedFont(), -1);
        setColor(theme.color(Token::Muted), Comment);
        setColor(theme.series(6), Identifier);
        setColor(theme.series(4), Keyword);
        setColor(theme.series(2), Number);
        setColor(theme.series(5), Reference);
        setColor(theme.color(Token::Muted), DocumentDelimiter);
        setColor(theme.color(Token::Muted), TextBlockMarker);
        setColor(theme.color(Token::Bad), SyntaxErrorMarker);
        setColor(theme.color(Token::Muted), Operator);
    }
};

}  // namespace

class YamlEditor::Pane : public QsciScintilla {
  public:
    Pane(YamlEditor& owner, Theme& theme) : QsciScintilla(&owner), owner_(owner), lexer(new ThemedLexer(this)) {
        setUtf8(true);
        setFrameShape(QFrame::NoFrame);
        lexer->apply(theme);
        setLexer(lexer);
        setIndentationsUseTabs(false);
        setTabWidth(2);
        setAutoIndent(true);
        setIndentationGuides(true);
        setBackspaceUnindents(true);
        setCaretLineVisible(true);
        setMarginType(kNumberMargin, NumberMargin);
        setMarginType(kMarkMargin, SymbolMargin);
        setMarginMarkerMask(kMarkMargin, (1 << kErrorMarker) | (1 << kWarningMarker));
        setMarginSensitivity(kMarkMargin, false);
        setFolding(PlainFoldStyle, kFoldMargin);
        SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
        SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
        SendScintilla(SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
        SendScintilla(SCI_AUTOCSETORDER, static_cast<unsigned long>(SC_ORDER_CUSTOM));
        SendScintilla(SCI_AUTOCSETMAXHEIGHT, 10UL);
        setAutoCompletionSource(AcsNone);
        setAnnotationDisplay(AnnotationHidden);
    }

    bool event(QEvent* event) override {
        // Before an edit is taken over its own undo rules; after that the named step of the document does.
        if (event->type() == QEvent::ShortcutOverride && !owner_.uncommitted_) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return false;
            }
        }
        return QsciScintilla::event(event);
    }

  protected:
    bool viewportEvent(QEvent* event) override {
        if (event->type() == QEvent::ToolTip) {
            const auto* help = static_cast<QHelpEvent*>(event);
            const bool margin = help->pos().x() < marginWidth(kNumberMargin) + marginWidth(kMarkMargin) + marginWidth(kFoldMargin);
            const auto offset = SendScintilla(SCI_POSITIONFROMPOINT, static_cast<unsigned long>(help->pos().x()), static_cast<long>(help->pos().y()));
            const auto sentence = owner_.sentenceAt(static_cast<std::size_t>(std::max(0L, static_cast<long>(offset))), margin);
            if (sentence.isEmpty()) QToolTip::hideText();
            else QToolTip::showText(help->globalPos(), sentence, this);
            return true;
        }
        return QsciScintilla::viewportEvent(event);
    }
    void keyPressEvent(QKeyEvent* event) override {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() & Qt::ControlModifier) {
            owner_.requestCommit();
            return;
        }
        if (event->key() == Qt::Key_Space && event->modifiers() & Qt::ControlModifier) {
            owner_.showCompletions();
            return;
        }
        QsciScintilla::keyPressEvent(event);
    }
    void focusOutEvent(QFocusEvent* event) override {
        QsciScintilla::focusOutEvent(event);
        if (!SendScintilla(SCI_AUTOCACTIVE)) owner_.requestCommit();
    }

  private:
    YamlEditor& owner_;

  public:
    ThemedLexer* lexer;
};

YamlEditor::YamlEditor(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme), pane_(new Pane(*this, theme)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(pane_);
    setFocusProxy(pane_);
    pane_->setObjectName(QStringLiteral("yamlText"));
    pane_->setAccessibleName(tr("YAML text"));
    pane_->setAccessibleDescription(tr("Control and Enter takes the text over, Control and Space completes, F6 leaves."));
    commitTimer_.setSingleShot(true);
    commitTimer_.setInterval(kCommitPause);
    connect(&commitTimer_, &QTimer::timeout, this, [this] {
        if (pane_->SendScintilla(QsciScintilla::SCI_AUTOCACTIVE)) commitTimer_.start();
        else requestCommit();
    });
    connect(pane_, &QsciScintilla::textChanged, this, [this] {
        if (programmatic_) return;
        uncommitted_ = true;
        commitTimer_.start();
        emit edited();
    });
    connect(pane_, &QsciScintilla::cursorPositionChanged, this, [this](int, int) {
        if (!programmatic_) emit caretMoved(caret());
    });
    connect(pane_, &QsciScintilla::SCN_CHARADDED, this, [this](int character) { onTyped(character); });
    connect(pane_, &QsciScintilla::SCN_AUTOCCOMPLETED, this, [this](const char* chosen, int, int, int) { onCompleted(chosen); });
    connect(&theme_, &Theme::changed, this, &YamlEditor::applyTheme);
    applyTheme();
}

void YamlEditor::applyTheme() {
    const auto surface = theme_.color(Token::Surface), text = theme_.color(Token::Text), muted = theme_.color(Token::Muted);
    pane_->lexer->apply(theme_);
    pane_->setPaper(surface);
    pane_->setColor(text);
    pane_->setCaretForegroundColor(text);
    pane_->setCaretLineBackgroundColor(blend(surface, text, 0.045));
    pane_->setSelectionBackgroundColor(blend(surface, theme_.color(Token::Accent), 0.3));
    pane_->resetSelectionForegroundColor();
    pane_->setMarginsFont(theme_.fixedFont());
    pane_->setMarginsBackgroundColor(surface);
    pane_->setMarginsForegroundColor(muted);
    pane_->setFoldMarginColors(surface, surface);
    pane_->setIndentationGuidesBackgroundColor(surface);
    pane_->setIndentationGuidesForegroundColor(theme_.color(Token::Border));
    const auto rgb = [](const QColor& c) { return static_cast<long>(c.red() | (c.green() << 8) | (c.blue() << 16)); };
    const int open = QsciScintilla::SC_MARKNUM_FOLDEROPEN, closed = QsciScintilla::SC_MARKNUM_FOLDER;
    for (const int marker : {int(QsciScintilla::SC_MARKNUM_FOLDEREND), int(QsciScintilla::SC_MARKNUM_FOLDEROPENMID), closed, open}) {
        const bool isOpen = marker == open || marker == QsciScintilla::SC_MARKNUM_FOLDEROPENMID;
        pane_->SendScintilla(QsciScintilla::SCI_MARKERDEFINE, static_cast<unsigned long>(marker),
                             static_cast<long>(isOpen ? QsciScintilla::SC_MARK_ARROWDOWN : QsciScintilla::SC_MARK_ARROW));
        pane_->SendScintilla(QsciScintilla::SCI_MARKERSETFORE, static_cast<unsigned long>(marker), rgb(surface));
        pane_->SendScintilla(QsciScintilla::SCI_MARKERSETBACK, static_cast<unsigned long>(marker), rgb(theme_.color(Token::Strong)));
    }
    const int side = theme_.iconSize();
    pane_->markerDefine(theme_.icon(QStringLiteral("error"), Token::Bad).pixmap(side, side), kErrorMarker);
    pane_->markerDefine(theme_.icon(QStringLiteral("warning"), Token::Warn).pixmap(side, side), kWarningMarker);
    pane_->setMarginWidth(kNumberMargin, QStringLiteral("0000"));
    pane_->setMarginWidth(kMarkMargin, side);
    pane_->setMarginWidth(kFoldMargin, theme_.gap(3));
    pane_->indicatorDefine(QsciScintilla::SquiggleIndicator, kErrorIndicator);
    pane_->indicatorDefine(QsciScintilla::SquiggleIndicator, kWarningIndicator);
    pane_->markerDefine(QsciScintilla::Background, kFieldMarker);
    pane_->setMarkerBackgroundColor(blend(surface, theme_.color(Token::Accent), 0.14), kFieldMarker);
    pane_->setIndicatorForegroundColor(theme_.color(Token::Bad), kErrorIndicator);
    pane_->setIndicatorForegroundColor(theme_.color(Token::Warn), kWarningIndicator);
    pane_->SendScintilla(QsciScintilla::SCI_SETEXTRAASCENT, static_cast<unsigned long>(theme_.unit() / 2));
    pane_->SendScintilla(QsciScintilla::SCI_SETEXTRADESCENT, static_cast<unsigned long>(theme_.unit() / 2));
    pane_->recolor();
    drawMarks();
}

std::string YamlEditor::text() const {
    const auto length = pane_->SendScintilla(QsciScintilla::SCI_GETLENGTH);
    std::string bytes(static_cast<std::size_t>(length) + 1, '\0');
    pane_->SendScintilla(QsciScintilla::SCI_GETTEXT, static_cast<unsigned long>(bytes.size()), bytes.data());
    bytes.resize(static_cast<std::size_t>(length));
    return bytes;
}

void YamlEditor::setText(const std::string& wanted) {
    const auto now = text();
    uncommitted_ = false;
    commitTimer_.stop();
    if (now == wanted) return;
    std::size_t front = 0;
    while (front < now.size() && front < wanted.size() && now[front] == wanted[front]) ++front;
    std::size_t back = 0;
    while (back < now.size() - front && back < wanted.size() - front && now[now.size() - 1 - back] == wanted[wanted.size() - 1 - back]) ++back;
    // Both cuts must fall between characters.
    const auto inside = [](const std::string& s, std::size_t at) { return at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80; };
    while (front > 0 && (inside(now, front) || inside(wanted, front))) --front;
    while (back > 0 && (inside(now, now.size() - back) || inside(wanted, wanted.size() - back))) --back;
    programmatic_ = true;
    const bool readOnly = pane_->isReadOnly();
    pane_->setReadOnly(false);
    pane_->SendScintilla(QsciScintilla::SCI_SETTARGETSTART, static_cast<unsigned long>(front));
    pane_->SendScintilla(QsciScintilla::SCI_SETTARGETEND, static_cast<unsigned long>(now.size() - back));
    pane_->SendScintilla(QsciScintilla::SCI_REPLACETARGET, static_cast<unsigned long>(wanted.size() - back - front), wanted.data() + front);
    pane_->setEolMode(wanted.find("\r\n") != std::string::npos ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
    pane_->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    pane_->setReadOnly(readOnly);
    programmatic_ = false;
}

void YamlEditor::resetText(const std::string& wanted) {
    highlight(std::nullopt);
    setMarks({});
    setText(wanted);
    programmatic_ = true;
    pane_->clearFolds();
    pane_->setCursorPosition(0, 0);
    pane_->verticalScrollBar()->setValue(0);
    pane_->horizontalScrollBar()->setValue(0);
    programmatic_ = false;
}

void YamlEditor::setReadOnly(bool readOnly) { pane_->setReadOnly(readOnly); }
bool YamlEditor::isReadOnly() const { return pane_->isReadOnly(); }

void YamlEditor::setUncommitted(bool uncommitted) {
    uncommitted_ = uncommitted;
    if (!uncommitted) {
        commitTimer_.stop();
        pane_->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    }
}

void YamlEditor::requestCommit() {
    if (!uncommitted_) return;
    commitTimer_.stop();
    emit commitRequested();
}

void YamlEditor::setMarks(std::vector<Mark> marks) {
    marks_ = std::move(marks);
    drawMarks();
}

void YamlEditor::drawMarks() {
    const auto length = static_cast<long>(pane_->SendScintilla(QsciScintilla::SCI_GETLENGTH));
    const auto fill = [&](int indicator, const TextSpan& span) {
        const auto begin = std::min(static_cast<long>(span.begin), length);
        auto size = std::min(static_cast<long>(span.end), length) - begin;
        if (size <= 0) size = std::min(1L, length - begin);
        pane_->SendScintilla(QsciScintilla::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
        if (size > 0) pane_->SendScintilla(QsciScintilla::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(begin), size);
    };
    for (const int indicator : {kErrorIndicator, kWarningIndicator}) {
        pane_->SendScintilla(QsciScintilla::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
        pane_->SendScintilla(QsciScintilla::SCI_INDICATORCLEARRANGE, 0UL, length);
    }
    pane_->markerDeleteAll(kErrorMarker);
    pane_->markerDeleteAll(kWarningMarker);
    pane_->markerDeleteAll(kFieldMarker);
    if (highlighted_) {
        const auto lineAt = [&](std::size_t offset) {
            return static_cast<int>(pane_->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(std::min(static_cast<long>(offset), length))));
        };
        const int last = lineAt(highlighted_->end);
        for (int line = lineAt(highlighted_->begin); line <= last; ++line) pane_->markerAdd(line, kFieldMarker);
    }
    for (const auto& mark : marks_) {
        if (mark.severity == config::Severity::Info) continue;
        const bool error = mark.severity == config::Severity::Error;
        fill(error ? kErrorIndicator : kWarningIndicator, mark.span);
        const auto line = pane_->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(std::min(static_cast<long>(mark.span.begin), length)));
        pane_->markerAdd(static_cast<int>(line), error ? kErrorMarker : kWarningMarker);
    }
}

QString YamlEditor::sentenceAt(std::size_t offset, bool wholeLine) const {
    const auto lineOf = [this](std::size_t at) { return pane_->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(at)); };
    QStringList sentences;
    for (const auto& mark : marks_)
        if (wholeLine ? lineOf(mark.span.begin) == lineOf(offset) : offset >= mark.span.begin && offset <= mark.span.end)
            sentences << mark.sentence;
    return sentences.join(QLatin1Char('\n'));
}

void YamlEditor::highlight(std::optional<TextSpan> span) {
    highlighted_ = span;
    drawMarks();
}

std::size_t YamlEditor::caret() const { return static_cast<std::size_t>(pane_->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS)); }

void YamlEditor::setCaret(std::size_t offset) {
    pane_->SendScintilla(QsciScintilla::SCI_GOTOPOS, static_cast<unsigned long>(offset));
    scrollTo(offset);
}

void YamlEditor::scrollTo(std::size_t offset) {
    const auto line = pane_->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(offset));
    pane_->SendScintilla(QsciScintilla::SCI_ENSUREVISIBLE, static_cast<unsigned long>(line));
    const auto top = pane_->SendScintilla(QsciScintilla::SCI_GETFIRSTVISIBLELINE);
    const auto shown = pane_->SendScintilla(QsciScintilla::SCI_LINESONSCREEN);
    const auto visible = pane_->SendScintilla(QsciScintilla::SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line));
    if (visible < top || visible >= top + shown)
        pane_->SendScintilla(QsciScintilla::SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(std::max(0L, static_cast<long>(visible - shown / 3))));
}

QWidget* YamlEditor::textWidget() { return pane_; }

void YamlEditor::onTyped(int character) {
    const bool word = character < 128 && (std::isalpha(character) || character == ' ');
    if (word && !pane_->SendScintilla(QsciScintilla::SCI_AUTOCACTIVE)) {
        const auto found = schema_ ? completionsAt(*schema_, text(), caret()) : Completions{};
        // A bare space opens the list only for values, where there is something to choose from.
        if (character == ' ' ? (!found.keys && found.candidates.size() > 1) : caret() > found.replaceFrom) showCompletions();
    }
}

void YamlEditor::onCompleted(const std::string& chosen) {
    const auto* member = completingIn_ ? completingIn_->member(chosen.starts_with("- ") ? chosen.substr(2) : chosen) : nullptr;
    if (!member) return;
    std::string tail = ": ";
    if (member->type == config::FieldType::Object || member->type == config::FieldType::List || member->type == config::FieldType::StringMap) {
        int line = 0, column = 0;
        pane_->getCursorPosition(&line, &column);
        tail = ":\n" + std::string(static_cast<std::size_t>(column) - member->name.size() + 2, ' ');
    }
    pane_->SendScintilla(QsciScintilla::SCI_REPLACESEL, 0UL, tail.c_str());
    completingIn_ = nullptr;
    QTimer::singleShot(0, this, &YamlEditor::showCompletions);
}

void YamlEditor::showCompletions() {
    if (!schema_ || pane_->isReadOnly()) return;
    // A window may stand partly off the screen. QScintilla asks for the screen under the caret without looking whether there is one.
    const auto position = pane_->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
    const QPoint at(int(pane_->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL, position)), int(pane_->SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, 0UL, position)));
    if (!QGuiApplication::screenAt(pane_->viewport()->mapToGlobal(at)) || !QGuiApplication::screenAt(pane_->mapToGlobal(at))) return;
    const auto all = text();
    auto found = completionsAt(*schema_, all, caret());
    if (values_ && !found.keys) {
        const auto typed = std::string_view(all).substr(found.replaceFrom, caret() - found.replaceFrom);
        for (auto& value : values_(pathAt(all, caret())))
            if (std::string_view(value).starts_with(typed) && value.size() > typed.size()) found.candidates.push_back(std::move(value));
    }
    if (found.candidates.empty()) return;
    std::string list;
    for (const auto& candidate : found.candidates) list += (list.empty() ? "" : "\n") + candidate;
    completingIn_ = found.keys ? found.owner : nullptr;
    pane_->SendScintilla(QsciScintilla::SCI_AUTOCSHOW, static_cast<unsigned long>(caret() - found.replaceFrom), list.c_str());
}

}  // namespace gatehouse::ui
