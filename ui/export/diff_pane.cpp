#include "export/diff_pane.h"

#include "export/text_diff.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace gatehouse::ui {

DiffText::DiffText(Theme& theme, QWidget* parent) : QPlainTextEdit(parent), theme_(theme) {
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    const auto style = [this] {
        setFont(theme_.fixedFont());
        document()->setDocumentMargin(theme_.gap(2));
        tintLines();
    };
    style();
    connect(&theme_, &Theme::changed, this, style);
}

void DiffText::setLines(std::vector<Line> lines) {
    lines_ = std::move(lines);
    QStringList texts;
    for (const auto& line : lines_) texts << line.text;
    setPlainText(texts.join(QLatin1Char('\n')));
    tintLines();
}

void DiffText::tintLines() {
    QList<QTextEdit::ExtraSelection> selections;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_[i].mark == Mark::None) continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(i)));
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selection.format.setBackground(lines_[i].mark == Mark::Added     ? QBrush(theme_.tint(Token::Ok, 0.16))
                                       : lines_[i].mark == Mark::Removed ? QBrush(theme_.tint(Token::Bad, 0.14))
                                                                         : QBrush(theme_.color(Token::Border), Qt::BDiagPattern));
        selections << selection;
    }
    setExtraSelections(selections);
}

DiffPane::DiffPane(Theme& theme, QWidget* parent) : QStackedWidget(parent) {
    single_ = new DiffText(theme, this);
    single_->setObjectName(QStringLiteral("diffText"));
    auto* both = new QWidget(this);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme.borderWidth());
    left_ = new DiffText(theme, both);
    right_ = new DiffText(theme, both);
    row->addWidget(left_);
    row->addWidget(right_);
    addWidget(single_);
    addWidget(both);
    for (auto orientation : {Qt::Vertical, Qt::Horizontal}) {
        auto* a = orientation == Qt::Vertical ? left_->verticalScrollBar() : left_->horizontalScrollBar();
        auto* b = orientation == Qt::Vertical ? right_->verticalScrollBar() : right_->horizontalScrollBar();
        connect(a, &QScrollBar::valueChanged, b, &QScrollBar::setValue);
        connect(b, &QScrollBar::valueChanged, a, &QScrollBar::setValue);
    }
    retranslate();
}

void DiffPane::retranslate() {
    single_->setAccessibleName(tr("Text of the file"));
    left_->setAccessibleName(tr("In the folder now"));
    right_->setAccessibleName(tr("To be written"));
}

void DiffPane::setMode(Mode mode) {
    mode_ = mode;
    show();
}

void DiffPane::setTexts(const QString& before, const QString& after) {
    before_ = before;
    after_ = after;
    show();
}

void DiffPane::show() {
    using Kind = TextDiffRow::Kind;
    using Mark = DiffText::Mark;
    if (mode_ == Mode::Text) {
        std::vector<DiffText::Line> lines;
        // A file that would go has only its old text to show.
        const bool gone = after_.isEmpty() && !before_.isEmpty();
        auto texts = (gone ? before_ : after_).split(QLatin1Char('\n'));
        if (!texts.isEmpty() && texts.last().isEmpty()) texts.removeLast();
        for (const auto& text : texts) lines.push_back({text, gone ? Mark::Removed : Mark::None});
        single_->setLines(std::move(lines));
        setCurrentIndex(0);
        return;
    }
    const auto rows = textDiff(before_, after_);
    if (mode_ == Mode::Unified) {
        std::vector<DiffText::Line> lines;
        for (const auto& row : rows)
            lines.push_back({(row.kind == Kind::Added ? QStringLiteral("+ ") : row.kind == Kind::Removed ? QStringLiteral("- ") : QStringLiteral("  ")) + row.text,
                             row.kind == Kind::Added ? Mark::Added : row.kind == Kind::Removed ? Mark::Removed : Mark::None});
        single_->setLines(std::move(lines));
        setCurrentIndex(0);
        return;
    }
    std::vector<DiffText::Line> left, right;
    for (const auto& pair : pairRows(rows)) {
        const auto side = [](const TextDiffRow& row, int number, const QString& marker, Mark mark) -> DiffText::Line {
            if (number == 0) return {QString(), Mark::Absent};
            return row.kind == Kind::Same ? DiffText::Line{QStringLiteral("  ") + row.text, Mark::None} : DiffText::Line{marker + row.text, mark};
        };
        left.push_back(side(pair.left, pair.left.before, QStringLiteral("- "), Mark::Removed));
        right.push_back(side(pair.right, pair.right.after, QStringLiteral("+ "), Mark::Added));
    }
    left_->setLines(std::move(left));
    right_->setLines(std::move(right));
    setCurrentIndex(1);
}

QString DiffPane::shownText() const {
    return currentIndex() == 0 ? single_->toPlainText() : left_->toPlainText() + QLatin1Char('\n') + right_->toPlainText();
}

}  // namespace gatehouse::ui
