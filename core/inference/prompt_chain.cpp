#include "inference/prompt_chain.h"

#include <cstring>

namespace gatehouse::inference {

std::uint64_t hashText(std::string_view text, std::uint64_t seed) {
    // Folded multiplication, eight bytes at a time: 64 tokens of text cost about as much as one cache miss.
    constexpr std::uint64_t kOdd = 0xa0761d6478bd642fULL;
    std::uint64_t hash = seed ^ (text.size() * 0xe7037ed1a0b428dbULL);
    const auto fold = [&](std::uint64_t word) {
        const auto product = static_cast<unsigned __int128>(hash ^ word) * kOdd;
        hash = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64) ^ (word << 1);
    };
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        fold(word);
    }
    std::uint64_t word = 0;
    if (left > 0) std::memcpy(&word, at, left);
    fold(word);
    return mix(hash, seed);
}

void cutText(std::string_view text, std::uint64_t seed, std::vector<Segment>& chain) {
    constexpr std::size_t kBytes = std::size_t(kTextSegmentTokens) * kBytesPerToken;
    std::uint64_t key = chain.empty() ? mix(seed, 1) : chain.back().key;
    std::uint32_t end = chain.empty() ? 0 : chain.back().end;
    for (; text.size() >= kBytes && end < kMostPromptTokens; text.remove_prefix(kBytes)) {
        key = hashText(text.substr(0, kBytes), key);
        end += kTextSegmentTokens;
        chain.push_back({key, end});
    }
}

}  // namespace gatehouse::inference
