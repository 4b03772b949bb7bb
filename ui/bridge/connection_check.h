// ConnectionCheck: runs a test of a provider beside the GUI thread and hands over its steps. One at a time; a new one, or stop(), leaves the
// one under way. Thread: GUI; the test itself on a thread of its own. Lifetime: its owner's; destruction waits for tests under way.
#pragma once

#include "gateway/gateway.h"

#include <QObject>

#include <atomic>
#include <list>
#include <memory>
#include <thread>

namespace gatehouse::ui {

class ConnectionCheck : public QObject {
    Q_OBJECT
  public:
    explicit ConnectionCheck(QObject* parent = nullptr) : QObject(parent) {}
    ~ConnectionCheck() override;

    void start(gateway::Gateway::ConnectionTest test);
    void stop();
    bool running() const { return running_; }

  signals:
    void finished(const std::vector<gatehouse::llm::ConnectionStep>& steps);

  private:
    struct Run {
        std::jthread thread;
        std::shared_ptr<std::atomic<bool>> over = std::make_shared<std::atomic<bool>>(false);
    };
    std::list<Run> runs_;  ///< Those that were stopped end by themselves, within a second; nobody waits for them.
    bool running_ = false;
    int run_ = 0;  ///< Steps of an earlier run are dropped.
};

}  // namespace gatehouse::ui
