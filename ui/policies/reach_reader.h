// ReachReader: works out where a policy applies and which guards of it run there, off the GUI thread: the very translation that the gateway runs, with a runtime of its own, so that nothing
// live is touched. One question is worked on at a time; of those that come meanwhile only the last is answered. Thread: GUI. Lifetime: a view's.
#pragma once

#include "policies/policy_rows.h"
#include "route/policy_guards.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::ui {

class ReachReader : public QObject {
    Q_OBJECT
  public:
    struct Question {
        std::shared_ptr<const config::ObjectSet> objects;
        std::vector<config::Attachment> attachments;
        config::ObjectKey policy;
    };
    explicit ReachReader(QObject* parent = nullptr);
    ~ReachReader() override;

    void ask(Question question);

  signals:
    void answered(const config::ObjectKey& policy, const std::vector<ReachRow>& rows, const route::PolicyGuards& guards);

  private:
    struct Reading;
    void work(Question question);

    std::optional<Question> next_;
    std::shared_ptr<Reading> last_;  ///< Another policy of the same objects is answered without translating again. The worker's while it works.
    bool working_ = false;
    QThreadPool pool_;  ///< Of one thread; gone first, so that no answer comes to what is gone.
};

}  // namespace gatehouse::ui
