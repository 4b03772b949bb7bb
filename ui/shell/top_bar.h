// TopBar: where we are (workspace and namespace), what the gateway does, and the few global actions. Every chip opens what it speaks of. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace gatehouse::ui {

class EngineBridge;
class StatusChip;
class WorkspaceDocument;

class TopBar : public QWidget {
    Q_OBJECT
  public:
    TopBar(Theme& theme, EngineBridge& engine, WorkspaceDocument& document, QWidget* parent = nullptr);

    /// Undo, redo, save: buttons that follow their actions.
    void addAction(QAction* action, const QString& icon);
    QToolButton* paletteButton() { return palette_; }
    QToolButton* workspaceButton() { return workspace_; }  ///< The shell gives it its menu.
    void refresh();      ///< Numbers, at most once a second.
    void retranslate();
    void setPaletteKeys(const QString& keys);  ///< What opens the palette now; empty: only a click.
    /// The gateway's error sentence, empty when it runs.
    void setGatewayError(const QString& sentence);

  signals:
    void gatewayClicked();
    void editsClicked();
    void requestsClicked();
    void dropsClicked();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void refreshWorkspace();
    void refreshGateway();
    void refreshTraffic();

    Theme& theme_;
    EngineBridge& engine_;
    WorkspaceDocument& document_;
    QToolButton* workspace_;
    StatusChip* gateway_;
    StatusChip* edits_;
    StatusChip* rate_;
    StatusChip* drops_;
    QHBoxLayout* actions_;
    QToolButton* palette_;
    QString gatewayError_;
};

}  // namespace gatehouse::ui
