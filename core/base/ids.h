// Stable hashes and random identifiers. Thread: free functions, any thread (the generator is thread-local).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::base {

/// FNV-1a, 64 bit: stable across runs and machines, so usable for keys and sticky assignment.
constexpr std::uint64_t stableHash(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325ULL) {
    std::uint64_t hash = seed;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

/// A fast non-cryptographic random number of the calling thread (xoshiro256**, seeded from the system).
std::uint64_t randomBits();

/// Uniform in [0, bound). `bound` must be positive.
std::uint64_t randomBelow(std::uint64_t bound);

/// A UUIDv4-shaped request id, 36 characters, written to `out`.
void writeRequestId(char (&out)[36]);

}  // namespace gatehouse::base
