// Request: one prompt of a trace, as a chain of segments that other prompts may share, and the Trace that holds many.
//
// A segment is a run of tokens with one origin: a system prompt, a document, a question, an answer. Its key covers everything
// before it too, as the block hashes of an engine do, so two prompts have the same key exactly where they are equal up to the
// segment's end. This keeps caches and indexes exact at a cost per segment instead of one per block.
// Thread: immutable once generated; shared by all policies and seeds of a run.
#pragma once

#include "lab/sim/key_index.h"
#include "lab/sim/step_model.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gatehouse::lab::sim {

inline constexpr std::uint32_t kBlockTokens = 16;
/// Blocks that hold `tokens` tokens, the last one perhaps in part.
constexpr std::uint32_t blocksFor(std::uint64_t tokens) { return static_cast<std::uint32_t>((tokens + kBlockTokens - 1) / kBlockTokens); }
/// No adapter: the base model.
inline constexpr std::uint16_t kNoAdapter = 0xffff;

struct Segment {
    std::uint64_t key = 0;  ///< Chained: equal keys mean equal tokens from the prompt's start to `end`.
    std::uint32_t end = 0;  ///< In tokens from the prompt's start.
};

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

/// The block hash at block `index` (of `blockTokens` tokens each) of a chain: what an index that hashes blocks would store.
/// `segment` is the first segment that ends at or behind the block's end.
inline std::uint64_t blockKey(std::span<const Segment> chain, std::size_t segment, std::uint32_t index) {
    return mix(chain[segment].key, index);
}

}  // namespace gatehouse::lab::sim
