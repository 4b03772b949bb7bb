#include "policies/reach_reader.h"

#include "route/translate.h"

#include <utility>

namespace gatehouse::ui {

struct ReachReader::Reading {
    std::shared_ptr<const config::ObjectSet> objects;
    std::shared_ptr<const route::Snapshot> snapshot;
};

ReachReader::ReachReader(QObject* parent) : QObject(parent), last_(std::make_shared<Reading>()) { pool_.setMaxThreadCount(1); }
ReachReader::~ReachReader() { pool_.waitForDone(); }

void ReachReader::ask(Question question) {
    if (working_) next_ = std::move(question);
    else work(std::move(question));
}

void ReachReader::work(Question question) {
    working_ = true;
    pool_.start([this, question = std::move(question), reading = last_] {
        if (reading->objects != question.objects) {
            route::Runtime runtime;
            *reading = {question.objects, route::translate(*question.objects, runtime, 1).snapshot};
        }
        auto rows = policyReach(*question.objects, *reading->snapshot, question.attachments, question.policy);
        auto guards = route::guardsOfPolicy(*reading->snapshot, question.policy);
        QMetaObject::invokeMethod(
            this,
            [this, policy = question.policy, rows = std::move(rows), guards = std::move(guards)] {
                working_ = false;
                // What was asked meanwhile is the question now.
                if (auto next = std::exchange(next_, std::nullopt)) work(std::move(*next));
                else emit answered(policy, rows, guards);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace gatehouse::ui
