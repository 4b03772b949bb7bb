#include "bridge/background_run.h"

#include <utility>

namespace gatehouse::ui {

BackgroundRun::~BackgroundRun() {
    stop();
    runs_.clear();
}

void BackgroundRun::start(Work work, std::function<void()> over) {
    stop();
    std::erase_if(runs_, [](const Run& run) { return run.over->load(); });
    running_ = true;
    const int number = ++run_;
    auto& run = runs_.emplace_back();
    run.thread = std::jthread([this, number, ended = run.over, work = std::move(work), over = std::move(over)](const std::stop_token& token) {
        const Hand hand = [&](std::function<void()> piece) {
            if (token.stop_requested()) return;
            QMetaObject::invokeMethod(
                this,
                [this, number, piece = std::move(piece)] {
                    if (number == run_) piece();
                },
                Qt::QueuedConnection);
        };
        work([&token] { return token.stop_requested(); }, hand);
        hand([this, over] {
            running_ = false;
            if (over) over();
        });
        ended->store(true);
    });
}

void BackgroundRun::stop() {
    ++run_;
    running_ = false;
    for (auto& run : runs_) run.thread.request_stop();
}

}  // namespace gatehouse::ui
