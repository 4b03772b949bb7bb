// BackgroundRun: work beside the GUI thread that hands over what it finds piece by piece. One at a time; a new one, or stop(), leaves the one
// under way, and nothing of it is heard any more. Thread: GUI; the work on a thread of its own. Lifetime: its owner's; destruction waits for
// work under way, which ends by itself once `stopped` says so.
#pragma once

#include <QObject>

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <thread>

namespace gatehouse::ui {

class BackgroundRun : public QObject {
  public:
    using Stopped = std::function<bool()>;
    /// Runs its argument on the GUI thread, unless the work was left by then.
    using Hand = std::function<void(std::function<void()>)>;
    using Work = std::function<void(const Stopped& stopped, const Hand& hand)>;

    explicit BackgroundRun(QObject* parent = nullptr) : QObject(parent) {}
    ~BackgroundRun() override;

    /// `over` (may be null) comes after all that was handed over.
    void start(Work work, std::function<void()> over = {});
    void stop();
    bool running() const { return running_; }

  private:
    struct Run {
        std::jthread thread;
        std::shared_ptr<std::atomic<bool>> over = std::make_shared<std::atomic<bool>>(false);
    };
    std::list<Run> runs_;
    bool running_ = false;
    int run_ = 0;
};

}  // namespace gatehouse::ui
