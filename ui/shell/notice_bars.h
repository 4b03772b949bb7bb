// NoticeBars: what happened elsewhere, in bars above the view: the gateway or a port of it, files changed outside or not saved, and single
// notices. Each bar offers what helps. Thread: GUI.
#pragma once

#include "widgets/message_bar.h"

#include <QStringList>
#include <QWidget>

#include <functional>

namespace gatehouse::ui {

class EngineBridge;
class Session;
class WorkspaceDocument;

class NoticeBars : public QWidget {
    Q_OBJECT
  public:
    NoticeBars(Theme& theme, EngineBridge& engine, WorkspaceDocument& document, Session& session, QWidget* parent);

    /// Says what the gateway could not do, or nothing.
    void refreshEngine();
    /// Or, as long as files with edits wait for a choice, those.
    void showFileChanges(const QStringList& reloaded, const QStringList& removed);
    void showSaveFailure(const QString& why, std::function<void()> again);
    void dismissFiles() { files_->dismiss(); }
    void notice(MessageBar::Kind kind, const QString& sentence) { notice_->show(kind, sentence); }
    /// Another workspace: what was said about the last one is over.
    void forgetWorkspace();

  private:
    void showConflicts(MessageBar::Kind kind, const QString& sentence);
    void resolve(bool keepMine);

    EngineBridge& engine_;
    WorkspaceDocument& document_;
    Session& session_;
    MessageBar* gateway_;
    MessageBar* files_;
    MessageBar* notice_;
};

}  // namespace gatehouse::ui
