// Session: how the console starts and what it shows first: the gateway, then the demo or a workspace. The only place that decides what happens when
// a port is taken or a folder cannot be read. Thread: GUI. Lifetime: the application's.
#pragma once

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <vector>

namespace gatehouse::ui {

class Session : public QObject {
    Q_OBJECT
  public:
    Session(EngineBridge& engine, WorkspaceDocument& document, gateway::Options options, QObject* parent = nullptr);

    /// False when the gateway did not start; editing works all the same. gatewayError() says why.
    bool startGateway();
    bool openDemo();
    bool openPaths(const std::vector<std::filesystem::path>& paths);
    /// Starts the gateway again, taking any free port where the wished one is taken.
    bool restartOnFreePorts();
    bool restart();
    void shutdown();

    QString gatewayError() const { return gatewayError_; }
    const gateway::Options& options() const { return options_; }

  signals:
    void gatewayChanged();                       ///< Started, failed or stopped.
    void openFailed(const QString& sentence);

  private:
    EngineBridge& engine_;
    WorkspaceDocument& document_;
    gateway::Options options_;
    QString gatewayError_;
};

}  // namespace gatehouse::ui
