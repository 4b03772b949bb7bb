// Workloads: traces generated from published statistics; no trace file is shipped. A shape says how long prompts and answers are, who
// shares what, and how requests arrive. Sources stand with each shape in workload.cpp.
// Thread: pure functions. The same shape, rate, duration and seed give the same trace on every platform.
#pragma once

#include "base/result.h"
#include "lab/sim/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab::sim {

/// A distribution of token counts through published quantiles, log-linear between them; its lower end (where that is not enough, its
/// upper end) is fitted so that the mean is the published one.
struct Lengths {
    double mean = 0, p50 = 0, p90 = 0, p99 = 0;
    double lowest = 1, highest = 0;  ///< Fitted by fit(); `highest` 0: 1.5 * p99.
    /// Every value the same.
    static Lengths constant(double tokens) { return {tokens, tokens, tokens, tokens, tokens, tokens}; }
    Lengths fit() const;
    /// The value at quantile `u` in [0, 1].
    double at(double u) const;
    double meanOfShape() const;
    bool operator==(const Lengths&) const = default;
};

struct WorkloadShape {
    std::string name;
    std::string about;              ///< One line, with the source.
    Lengths prompt, answer;
    double arrivalCv = 1;           ///< Coefficient of variation of gaps; 1 is Poisson.
    double continued = 0;           ///< Share of prompts that continue an earlier conversation, answer included.
    double rest = 20;               ///< Seconds before a conversation is continued, at least.
    int groups = 0;                 ///< Of shared beginnings; 0: none.
    double groupTokens = 0;         ///< Length of a shared beginning; its prompts have `prompt` tokens behind it.
    double groupSkew = 0;           ///< Zipf exponent of how popular the groups are; 0: all alike.
    int adapters = 0;               ///< LoRA adapters; 0: none.
    double adapterSkew = 0.8;       ///< Zipf exponent.
    double burstSize = 1;           ///< Requests that come together, of one group.
    bool operator==(const WorkloadShape&) const = default;
};

const std::vector<WorkloadShape>& workloadShapes();
Result<const WorkloadShape*> findWorkload(std::string_view name);

/// Requests at `rate` per second for `duration`.
Trace generate(const WorkloadShape& shape, double rate, SimTime duration, std::uint64_t seed);

}  // namespace gatehouse::lab::sim
