// Dialogs: every question and file choice of the console, behind an interface so that GUI tests answer them. Thread: GUI.
#pragma once

#include <QCoreApplication>
#include <QString>

class QWidget;

namespace gatehouse::ui {

class Dialogs {
  public:
    virtual ~Dialogs() = default;
    /// Confirms what cannot be undone; `verb` is on the button.
    virtual bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& verb) = 0;
    virtual QString chooseFolder(QWidget* parent, const QString& title, const QString& start) = 0;
    /// `filter` as in QFileDialog; empty result = cancelled.
    virtual QString chooseSaveFile(QWidget* parent, const QString& title, const QString& start, const QString& filter) = 0;
    /// A file to read; empty result = cancelled.
    virtual QString chooseOpenFile(QWidget*, const QString&, const QString&, const QString&) { return {}; }
    virtual QString askText(QWidget* parent, const QString& title, const QString& label, const QString& initial) = 0;

    enum class CloseChoice { Save, Discard, Cancel };
    /// What to do with unsaved edits when the window closes. The default asks confirm().
    virtual CloseChoice confirmClose(QWidget* parent, int unsavedFiles);
};

/// The real ones.
class NativeDialogs : public Dialogs {
    Q_DECLARE_TR_FUNCTIONS(gatehouse::ui::NativeDialogs)
  public:
    CloseChoice confirmClose(QWidget* parent, int unsavedFiles) override;
    bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& verb) override;
    QString chooseFolder(QWidget* parent, const QString& title, const QString& start) override;
    QString chooseSaveFile(QWidget* parent, const QString& title, const QString& start, const QString& filter) override;
    QString chooseOpenFile(QWidget* parent, const QString& title, const QString& start, const QString& filter) override;
    QString askText(QWidget* parent, const QString& title, const QString& label, const QString& initial) override;
};

}  // namespace gatehouse::ui
