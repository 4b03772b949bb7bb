// A prompt as a chain of segments, for caches and indexes of prefixes. A segment is a run of tokens with one origin (in the laboratory: a
// system prompt, a document, a question, an answer; on the data plane: 64 tokens of text). Its key covers everything before it too, as the
// block hashes of an engine do, so two prompts have the same key exactly where they are equal up to the segment's end.
// Thread: values.
#pragma once

#include "inference/key_index.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::inference {

/// Of an engine's KV block.
inline constexpr std::uint32_t kBlockTokens = 16;
/// Blocks that hold `tokens` tokens, the last one perhaps in part.
constexpr std::uint32_t blocksFor(std::uint64_t tokens) { return static_cast<std::uint32_t>((tokens + kBlockTokens - 1) / kBlockTokens); }

struct Segment {
    std::uint64_t key = 0;  ///< Chained: equal keys mean equal tokens from the prompt's start to `end`.
    std::uint32_t end = 0;  ///< In tokens from the prompt's start.
};

/// The block hash at block `index` (of `blockTokens` tokens each) of a chain: what an index that hashes blocks would store.
/// `segment` is the first segment that ends at or behind the block's end.
inline std::uint64_t blockKey(std::span<const Segment> chain, std::size_t segment, std::uint32_t index) {
    return mix(chain[segment].key, index);
}

/// Tokens of a segment that is cut from text, and the text that is taken for one token: no tokenizer is run, as in the reference picker's
/// approximate index (about 4 bytes a token, blocks of 64).
inline constexpr std::uint32_t kTextSegmentTokens = 64;
inline constexpr std::uint32_t kBytesPerToken = 4;
/// Longer prompts are told apart by their beginning alone.
inline constexpr std::uint32_t kMostPromptTokens = 131'072;

/// Appends the whole 64-token segments of `text` to `chain`, which may have some already; `seed` is what else decides about an engine's
/// blocks (the model, its tools). What is left over at the text's end is in no segment.
void cutText(std::string_view text, std::uint64_t seed, std::vector<Segment>& chain);

/// A fast hash of bytes, the same everywhere; never 0.
std::uint64_t hashText(std::string_view text, std::uint64_t seed);

}  // namespace gatehouse::inference
