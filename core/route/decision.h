// The reasons of a request's way, one Step per decision, in order. Made by the matcher, filters, guards and picker;
// shown by explain (no upstream call) and by the request record of a live request. Thread: values.
#pragma once

#include "config/object.h"

#include <string>
#include <vector>

namespace gatehouse::route {

enum class StepOutcome { Chosen, Rejected, Applied, Info, Failed };

struct Step {
    std::string stage;      ///< listener, host, match, filter, policy, guard, enrich, backend, pick, endpoint, timeout,
                            ///< cors, auth, mirror, session, try, retry, tunnel, answer
    StepOutcome outcome = StepOutcome::Info;
    std::string subject;    ///< "HTTPRoute default/chat rule 1, match 2"
    std::string detail;     ///< One sentence with the values used: "path /v1/x does not start with /v2".
    config::ObjectKey origin;
    config::SourceLocation where;
};

}  // namespace gatehouse::route
