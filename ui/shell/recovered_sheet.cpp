#include "shell/recovered_sheet.h"

#include "bridge/workspace_document.h"
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
    row->addWidget(list_, 1);
    row->addWidget(diff_, 3);
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
        if (!dialogs_.confirm(this, tr("Throw the edits away?"), tr("The unsaved edits of %n file(s) will be gone.", nullptr, int(files_.size())),
                              tr("Throw away"))) {
            return;
        }
        document_.discardRecovered();
        close();
    });
    connect(recover_, &QPushButton::clicked, this, [this] {
        const auto taken = document_.recover(files_);
        close();
        if (!taken) emit failed(QString::fromStdString(taken.error().message));
    });
    retranslate();
}

void RecoveredSheet::retranslate() {
    setTitle(tr("Edits from an earlier run were never saved"),
             tr("Gatehouse ended before these edits were written to disk. Taking them over makes each file an edit that you can undo."));
    discard_->setText(tr("Throw away…"));
    later_->setText(tr("Decide later"));
    recover_->setText(tr("Take over"));
    list_->setAccessibleName(tr("Files with unsaved edits"));
    diff_->setAccessibleName(tr("Difference to the file on disk"));
}

void RecoveredSheet::offer() {
    files_ = document_.workspace().recovered();
    if (files_.empty()) return;
    list_->clear();
    for (const auto& file : files_) list_->addItem(QString::fromStdString(file.file));
    list_->setCurrentRow(0);
    open();
}

void RecoveredSheet::applyTheme() {
    Sheet::applyTheme();
    diff_->setFont(theme().fixedFont());
    list_->setFont(theme().fixedFont());
    showFile(list_->currentRow());
}

void RecoveredSheet::showFile(int row) {
    diff_->clear();
    if (row < 0 || row >= int(files_.size())) return;
    const auto& file = files_[std::size_t(row)];
    QTextCursor cursor(diff_->document());
    bool first = true;
    for (const DiffLine& line : lineDiff(QString::fromStdString(file.onDisk), QString::fromStdString(file.unsaved))) {
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
