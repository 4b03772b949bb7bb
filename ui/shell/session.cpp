#include "shell/session.h"

#include "models/core_sentence.h"
#include "shell/settings.h"

#include <utility>

namespace gatehouse::ui {

Session::Session(EngineBridge& engine, WorkspaceDocument& document, gateway::Options options, QObject* parent)
    : QObject(parent), engine_(engine), document_(document), options_(std::move(options)) {}

bool Session::startGateway() {
    const auto started = engine_.start(options_);
    gatewayError_ = started ? QString() : coreSentence(started.error().message);
    emit gatewayChanged();
    if (started) document_.applyNow();
    return started.has_value();
}

bool Session::restart() {
    engine_.stopGateway();
    return startGateway();
}

bool Session::restartOnFreePorts() {
    options_.fallbackToFreePort = true;
    return restart();
}

bool Session::openDemo() {
    const auto directory = engine_.prepareDemo({});
    if (!directory) {
        emit openFailed(tr("The demo could not start: %1").arg(coreSentence(directory.error().message)));
        return false;
    }
    const auto opened = document_.open({*directory}, false);
    if (!opened) {
        engine_.endDemo();
        emit openFailed(coreSentence(opened.error().message));
        return false;
    }
    // The demo must come up beside whatever else listens on this machine.
    if (!options_.fallbackToFreePort) return restartOnFreePorts();
    return engine_.running() || startGateway();
}

bool Session::openPaths(const std::vector<std::filesystem::path>& paths) {
    const auto opened = document_.open(paths, false);
    if (!opened) {
        emit openFailed(coreSentence(opened.error().message));
        return false;
    }
    engine_.endDemo();
    std::error_code error;
    const auto absolute = std::filesystem::absolute(paths.front(), error);
    if (!error) settings::addRecentFolder(QString::fromStdString(absolute.string()));
    return true;
}

void Session::shutdown() { engine_.shutdown(); }

}  // namespace gatehouse::ui
