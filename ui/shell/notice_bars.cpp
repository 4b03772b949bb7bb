#include "shell/notice_bars.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "models/core_sentence.h"
#include "shell/session.h"
#include "theme/theme.h"

#include <QVBoxLayout>

#include <utility>

namespace gatehouse::ui {

NoticeBars::NoticeBars(Theme& theme, EngineBridge& engine, WorkspaceDocument& document, Session& session, QWidget* parent)
    : QWidget(parent),
      engine_(engine),
      document_(document),
      session_(session),
      gateway_(new MessageBar(theme, this)),
      files_(new MessageBar(theme, this)),
      notice_(new MessageBar(theme, this)) {
    gateway_->setObjectName(QStringLiteral("engineBar"));
    files_->setObjectName(QStringLiteral("filesBar"));
    notice_->setObjectName(QStringLiteral("noticeBar"));
    auto* column = new QVBoxLayout(this);
    for (MessageBar* bar : {gateway_, files_, notice_}) column->addWidget(bar);
    const auto space = [this, column, &theme] {
        column->setContentsMargins(theme.gap(4), 0, theme.gap(4), 0);
        column->setSpacing(theme.gap(1));
        for (MessageBar* bar : {gateway_, files_, notice_}) bar->setContentsMargins(0, 0, 0, 0);
    };
    space();
    connect(&theme, &Theme::changed, this, space);
}

void NoticeBars::refreshEngine() {
    const auto retry = [this] { session_.restart(); };
    if (!engine_.running()) {
        if (!session_.gatewayError().isEmpty()) {
            gateway_->show(MessageBar::Kind::Error,
                             tr("The gateway could not start: %1 You can go on editing.").arg(session_.gatewayError()),
                             {{tr("Try again"), retry}});
        }
        return;
    }
    QStringList failures;
    for (const auto& listener : engine_.state().listeners) {
        if (listener.address.empty() && !listener.error.empty()) failures << coreSentence(listener.error);
    }
    if (failures.isEmpty()) {
        gateway_->dismiss();
        return;
    }
    std::vector<MessageBar::Action> actions = {{tr("Try again"), retry}};
    if (!session_.options().fallbackToFreePort) {
        actions.push_back({tr("Use free ports"), [this] { session_.restartOnFreePorts(); }});
    }
    gateway_->show(MessageBar::Kind::Error, failures.join(QLatin1Char(' ')), std::move(actions));
}

void NoticeBars::showFileChanges(const QStringList& reloaded, const QStringList& removed) {
    // What waits for a choice stays, whatever else happens on disk.
    if (const QStringList open = document_.conflictedFiles(); !open.isEmpty()) {
        showConflicts(MessageBar::Kind::Warning,
                      tr("%n file(s) with unsaved edits changed on disk: %1. Your edits are kept until you choose.", nullptr, int(open.size()))
                          .arg(open.join(QStringLiteral(", "))));
        return;
    }
    QStringList parts;
    if (!reloaded.isEmpty()) {
        parts << tr("%n file(s) changed on disk and were read again: %1.", nullptr, int(reloaded.size())).arg(reloaded.join(QStringLiteral(", ")));
    }
    if (!removed.isEmpty()) {
        parts << tr("%n file(s) are gone from disk: %1.", nullptr, int(removed.size())).arg(removed.join(QStringLiteral(", ")));
    }
    files_->show(MessageBar::Kind::Info, parts.join(QLatin1Char(' ')));
}

void NoticeBars::showConflicts(MessageBar::Kind kind, const QString& sentence) {
    files_->show(kind, sentence,
                 {{tr("Keep my edits"), [this] { resolve(true); }}, {tr("Take the files from disk"), [this] { resolve(false); }}});
}

void NoticeBars::resolve(bool keepMine) {
    for (const QString& file : document_.conflictedFiles()) {
        if (const auto done = document_.resolveConflict(file, keepMine); !done) {
            files_->show(MessageBar::Kind::Error, coreSentence(done.error().message));
            return;
        }
    }
    files_->dismiss();
}

void NoticeBars::showSaveFailure(const QString& why, std::function<void()> again) {
    const QString sentence = tr("Not everything could be saved: %1").arg(why);
    // Trying again would not help before one of the texts is chosen.
    if (!document_.conflictedFiles().isEmpty()) showConflicts(MessageBar::Kind::Error, sentence);
    else files_->show(MessageBar::Kind::Error, sentence, {{tr("Try again"), std::move(again)}});
}

void NoticeBars::forgetWorkspace() {
    files_->dismiss();
    notice_->dismiss();
}

}  // namespace gatehouse::ui
