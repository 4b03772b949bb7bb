#include "base/ids.h"

#include <bit>
#include <random>

namespace gatehouse::base {
namespace {

struct Xoshiro {
    std::uint64_t s[4];
    Xoshiro() {
        std::random_device device;
        for (auto& word : s) word = (static_cast<std::uint64_t>(device()) << 32) | device();
    }
    std::uint64_t next() {
        const std::uint64_t result = std::rotl(s[1] * 5, 7) * 9;
        const std::uint64_t t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = std::rotl(s[3], 45);
        return result;
    }
};

Xoshiro& generator() {
    thread_local Xoshiro instance;
    return instance;
}

}  // namespace

std::uint64_t randomBits() { return generator().next(); }

std::uint64_t randomBelow(std::uint64_t bound) {
    // Lemire's multiply-shift; the bias below 2^-32 does not matter for load balancing.
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(randomBits()) * bound) >> 64);
}

void writeRequestId(char (&out)[36]) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::uint64_t words[2] = {randomBits(), randomBits()};
    words[0] = (words[0] & ~0xf000ULL) | 0x4000ULL;                              // version 4
    words[1] = (words[1] & ~0xc000000000000000ULL) | 0x8000000000000000ULL;      // RFC 4122 variant
    int nibble = 0;
    for (int i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            out[i] = '-';
            continue;
        }
        out[i] = kHex[(words[nibble / 16] >> (60 - 4 * (nibble % 16))) & 0xf];
        ++nibble;
    }
}

}  // namespace gatehouse::base
