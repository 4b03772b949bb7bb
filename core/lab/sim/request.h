// Request: one prompt of a trace, as a chain of segments that other prompts may share, and the Trace that holds many.
//
// Its segments are those of inference/prompt_chain.h, one for each origin of text, which keeps caches and indexes exact at a cost per
// segment instead of one per block.
// Thread: immutable once generated; shared by all policies and seeds of a run.
#pragma once

#include "inference/prompt_chain.h"
#include "lab/sim/step_model.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gatehouse::lab::sim {

using inference::blocksFor;
using inference::kBlockTokens;
using inference::KeyIndex;
using inference::mix;
using inference::Segment;

/// No adapter: the base model.
inline constexpr std::uint16_t kNoAdapter = 0xffff;

struct Request {
    SimTime arrival{0};
    std::uint32_t promptTokens = 1;
    std::uint32_t outputTokens = 1;
    std::uint32_t firstSegment = 0;   ///< In Trace::segments; the last one is the answer's.
    std::uint16_t segments = 0;
    std::uint16_t adapter = kNoAdapter;
    std::uint32_t session = 0;        ///< Of which conversation or client; what session affinity would use.
};

struct Trace {
    std::string name;
    std::uint64_t seed = 0;
    std::vector<Request> requests;  ///< By arrival.
    std::vector<Segment> segments;
    std::uint16_t adapters = 0;

    /// Segments of the prompt, and of the answer as the last one.
    std::span<const Segment> chain(const Request& request) const {
        return {segments.data() + request.firstSegment, request.segments};
    }
    std::span<const Segment> prompt(const Request& request) const { return chain(request).first(request.segments - 1U); }
};

}  // namespace gatehouse::lab::sim
