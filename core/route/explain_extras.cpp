// Explain: where a request comes from, and faults on purpose.
#include "filter/csrf.h"
#include "filter/fault.h"
#include "route/explainer.h"

#include <fmt/format.h>

namespace gatehouse::route {

/// True: refused.
bool Explainer::refusedByCsrf(const filter::Csrf& csrf) {
    const auto verdict = filter::checkCsrf(csrf, head_);
    const bool enforced = csrf.enabled > 0;
    step("csrf", verdict.allowed ? StepOutcome::Info : enforced ? StepOutcome::Rejected : StepOutcome::Info, csrf.by,
         csrf.enabled >= 100 ? std::string(verdict.why) : fmt::format("{}; {} % of requests are checked", verdict.why, csrf.enabled));
    if (verdict.allowed || csrf.enabled < 100) return false;
    answer(403, "The request comes from another site than the one that it is for.");
    return true;
}

void Explainer::tellCache() {
    if (rule().cacheFor.count() <= 0) return;
    step("cache", StepOutcome::Info, "response cache",
         fmt::format("answers are kept for {} s; an equal request of the same caller is answered from there, and explain goes on as if there were none",
                     std::chrono::duration_cast<std::chrono::seconds>(rule().cacheFor).count()));
}

void Explainer::tellFault(const filter::Fault& fault) {
    step("fault", StepOutcome::Info, fault.by, fmt::format("a fault on purpose may be made: {}; explain goes on without it", filter::faultText(fault)));
}

}  // namespace gatehouse::route
