#include "shell/recovered_sheet.h"

#include "bridge/workspace_document.h"
#include "models/core_sentence.h"
#include "models/line_diff.h"
#include "widgets/buttons.h"
#include "widgets/dialogs.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QTextCursor>

#include <utility>

namespace gatehouse::ui {

RecoveredSheet::RecoveredSheet(Theme& theme, WorkspaceDocument& document, Dialogs& dialogs, QWidget* over)
    : Sheet(theme, over), document_(document), dialogs_(dialogs) {
    setObjectName(QStringLiteral("recoveredSheet"));
    setWish(110, 18);
    auto* row = new QHBoxLayout;
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("recoveredFiles"));
    diff_ = new QPlainTextEdit(this);
    diff_->setObjectName(QStringLiteral("recoveredDiff"));
    diff_->setReadOnly(true);
    diff_->setLineWrapMode(QPlainTextEdit::NoWrap);
    list_->setWordWrap(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    row->addWidget(list_, 2);
    row->addWidget(diff_, 5);
    content()->addLayout(row, 1);
    discard_ = new QPushButton(this);
    discard_->setObjectName(QStringLiteral("recoveredDiscard"));
    later_ = new QPushButton(this);
    recover_ = new QPushButton(this);
    recover_->setObjectName(QStringLiteral("recoveredTake"));
    makePrimary(recover_);
    for (QPushButton* button : {discard_, later_, recover_}) buttons()->addWidget(button);
    connect(list_, &QListWidget::currentRowChanged, this, &RecoveredSheet::showFile);
    connect(later_, &QPushButton::clicked, this, &Sheet::close);
    connect(discard_, &QPushButton::clicked, this, [this] {
        if (!dialogs_.confirm(this, tr("Throw the edits away?"), tr("%n unsaved text(s) will be gone.", nullptr, int(rows_.size())), tr("Throw away"))) {
            return;
        }
        document_.discardRecovered();
        close();
    });
    connect(recover_, &QPushButton::clicked, this, &RecoveredSheet::takeOver);
    retranslate();
}

void RecoveredSheet::retranslate() {
    setTitle(tr("Edits from an earlier run were never saved"),
             tr("Gatehouse ended before these edits were written to disk. Taking them over makes each file an edit that you can undo; a text that cannot be read yet goes back to its editor."));
    discard_->setText(tr("Throw away…"));
    later_->setText(tr("Decide later"));
    recover_->setText(tr("Take over"));
    list_->setAccessibleName(tr("Files with unsaved edits"));
    diff_->setAccessibleName(tr("Difference to the file on disk"));
}

void RecoveredSheet::offer() {
    files_ = document_.workspace().recovered();
    rows_.clear();
    for (const auto& file : files_)
        rows_.push_back({QString::fromStdString(file.file), QString::fromStdString(file.onDisk), QString::fromStdString(file.unsaved)});
    for (const auto& draft : document_.drafts().left()) {
        const QString name = document_.draftName(draft.id);
        rows_.push_back({tr("%1 (cannot be read yet)").arg(name), QString::fromStdString(document_.textBehindDraft(draft.id).value_or("")), QString::fromStdString(draft.text)});
    }
    if (rows_.empty()) return;
    list_->clear();
    for (const auto& row : rows_) {
        list_->addItem(row.label);
        list_->item(list_->count() - 1)->setToolTip(row.label);
    }
    list_->setCurrentRow(0);
    open();
}

void RecoveredSheet::takeOver() {
    const auto drafts = document_.drafts().left();
    const auto taken = document_.recover(files_);
    close();
    if (!taken) {
        emit failed(coreSentence(taken.error().message));
        return;
    }
    QStringList ids;
    for (const auto& draft : drafts) {
        if (document_.textBehindDraft(draft.id)) ids << QString::fromStdString(draft.id);
        else emit failed(tr("%1 is not in this workspace any more. Its text is kept and offered again at the next start.").arg(document_.draftName(draft.id)));
    }
    if (!ids.isEmpty()) emit draftsTaken(ids);
}

void RecoveredSheet::applyTheme() {
    Sheet::applyTheme();
    diff_->setFont(theme().fixedFont());
    list_->setFont(theme().fixedFont());
    showFile(list_->currentRow());
}

void RecoveredSheet::showFile(int row) {
    diff_->clear();
    if (row < 0 || row >= int(rows_.size())) return;
    const auto& shown = rows_[std::size_t(row)];
    QTextCursor cursor(diff_->document());
    bool first = true;
    for (const DiffLine& line : lineDiff(shown.before, shown.after)) {
        QTextBlockFormat block;
        QTextCharFormat text;
        QString mark = QStringLiteral("  ");
        text.setForeground(theme().color(Token::Text));
        switch (line.kind) {
            case DiffLine::Kind::Added:
                block.setBackground(theme().tint(Token::Ok, 0.14));
                mark = QStringLiteral("+ ");
                break;
            case DiffLine::Kind::Removed:
                block.setBackground(theme().tint(Token::Bad, 0.14));
                mark = QStringLiteral("- ");
                break;
            case DiffLine::Kind::Skipped:
                text.setForeground(theme().color(Token::Muted));
                mark = QStringLiteral("⋯");
                break;
            case DiffLine::Kind::Same: text.setForeground(theme().color(Token::Muted)); break;
        }
        if (!std::exchange(first, false)) cursor.insertBlock();
        cursor.setBlockFormat(block);
        cursor.insertText(mark + line.text, text);
    }
    diff_->moveCursor(QTextCursor::Start);
}

}  // namespace gatehouse::ui
