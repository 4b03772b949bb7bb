// Looks a name up in one of the laboratory's tables (GPUs, models, workloads, policies, scenarios); the error lists what is known.
// Thread: pure function. Lifetime: the answer points into the table.
#pragma once

#include "base/result.h"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab::sim {

/// `what` is the word of the error: "There is no GPU "x"; known are ...".
template <class Spec>
Result<const Spec*> findByName(const std::vector<Spec>& all, std::string_view name, const char* what) {
    std::string known;
    for (const Spec& spec : all) {
        if (spec.name == name) return &spec;
        known += (known.empty() ? "" : ", ") + std::string(spec.name);
    }
    return fail("lab-scenario", fmt::format("There is no {} \"{}\"; known are {}.", what, name, known));
}

}  // namespace gatehouse::lab::sim
