#include "bridge/connection_check.h"

#include <utility>

namespace gatehouse::ui {

ConnectionCheck::~ConnectionCheck() {
    stop();
    runs_.clear();
}

void ConnectionCheck::start(gateway::Gateway::ConnectionTest test) {
    stop();
    std::erase_if(runs_, [](const Run& run) { return run.over->load(); });
    running_ = true;
    const int number = ++run_;
    auto& run = runs_.emplace_back();
    run.thread = std::jthread([this, number, over = run.over, test = std::move(test)](const std::stop_token& token) {
        auto steps = test([&token] { return token.stop_requested(); });
        if (!token.stop_requested())
            QMetaObject::invokeMethod(
                this,
                [this, number, steps = std::move(steps)] {
                    if (number != run_) return;
                    running_ = false;
                    emit finished(steps);
                },
                Qt::QueuedConnection);
        over->store(true);
    });
}

void ConnectionCheck::stop() {
    ++run_;
    running_ = false;
    for (auto& run : runs_) run.thread.request_stop();
}

}  // namespace gatehouse::ui
