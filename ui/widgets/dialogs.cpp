#include "widgets/dialogs.h"

#include "widgets/buttons.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

Dialogs::CloseChoice Dialogs::confirmClose(QWidget* parent, int unsavedFiles) {
    const bool discard = confirm(parent, NativeDialogs::tr("Unsaved edits"),
                                 NativeDialogs::tr("Close without the edits of %n file(s)?", nullptr, unsavedFiles),
                                 NativeDialogs::tr("Discard edits"));
    return discard ? CloseChoice::Discard : CloseChoice::Cancel;
}

bool NativeDialogs::confirm(QWidget* parent, const QString& title, const QString& text, const QString& verb) {
    QMessageBox box(parent);
    box.setWindowTitle(title);
    box.setText(title);
    box.setInformativeText(text);
    QPushButton* yes = box.addButton(verb, QMessageBox::DestructiveRole);
    QPushButton* no = box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(no);
    box.setEscapeButton(no);
    box.exec();
    return box.clickedButton() == yes;
}

Dialogs::CloseChoice NativeDialogs::confirmClose(QWidget* parent, int unsavedFiles) {
    QMessageBox box(parent);
    box.setWindowTitle(tr("Unsaved edits"));
    box.setText(tr("Save the edits of %n file(s) before closing?", nullptr, unsavedFiles));
    box.setInformativeText(tr("The gateway runs them already; the files on disk do not have them yet."));
    QPushButton* save = box.addButton(QMessageBox::Save);
    QPushButton* discard = box.addButton(QMessageBox::Discard);
    box.addButton(QMessageBox::Cancel);
    makePrimary(save);
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save) return CloseChoice::Save;
    return box.clickedButton() == discard ? CloseChoice::Discard : CloseChoice::Cancel;
}

QString NativeDialogs::chooseFolder(QWidget* parent, const QString& title, const QString& start) {
    return QFileDialog::getExistingDirectory(parent, title, start);
}

QString NativeDialogs::chooseSaveFile(QWidget* parent, const QString& title, const QString& start,
                                      const QString& filter) {
    return QFileDialog::getSaveFileName(parent, title, start, filter);
}

QString NativeDialogs::chooseOpenFile(QWidget* parent, const QString& title, const QString& start, const QString& filter) {
    return QFileDialog::getOpenFileName(parent, title, start, filter);
}

QString NativeDialogs::askText(QWidget* parent, const QString& title, const QString& label, const QString& initial) {
    bool ok = false;
    const QString text = QInputDialog::getText(parent, title, label, QLineEdit::Normal, initial, &ok);
    return ok ? text : QString();
}

}  // namespace gatehouse::ui
