// What rewrites of a body did, as steps of a record or an explanation. Thread: pure function.
#pragma once

#include "llm/body_rewrites.h"
#include "route/decision.h"
#include "route/snapshot.h"

namespace gatehouse::route {

inline Step stepOf(const llm::Rewritten& done, const Rule& rule) {
    using Outcome = llm::Rewritten::Outcome;
    const auto outcome = done.outcome == Outcome::Applied ? StepOutcome::Applied : done.outcome == Outcome::Failed ? StepOutcome::Failed : StepOutcome::Info;
    return {"rewrite", outcome, done.what + ' ' + done.subject, done.detail, rule.route, rule.where};
}

}  // namespace gatehouse::route
