// Random: a small generator (xoshiro256**) with the distributions that workloads need, the same on every platform, so that a seed
// means the same trace everywhere. Thread: one owner. Lifetime: a value.
#pragma once

#include "inference/key_index.h"

#include <cmath>
#include <cstdint>

namespace gatehouse::lab::sim {

using inference::mix;

class Random {
  public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t i = 0; i < 4; ++i) state_[i] = mix(seed, i + 1);
    }
    std::uint64_t bits() {
        const std::uint64_t result = rotate(state_[1] * 5, 7) * 9, shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = rotate(state_[3], 45);
        return result;
    }
    double uniform() { return double(bits() >> 11) * 0x1p-53; }  ///< In [0, 1).
    /// In [0, bound); `bound` is positive.
    std::uint64_t below(std::uint64_t bound) { return bits() % bound; }
    double exponential() { return -std::log1p(-uniform()); }
    double normal() {
        const double radius = std::sqrt(2 * exponential());
        return radius * std::cos(2 * 3.14159265358979323846 * uniform());
    }
    /// Gamma with mean 1 and the given coefficient of variation (Marsaglia and Tsang 2000; boosted below shape 1).
    double gamma(double cv) {
        const double shape = 1 / (cv * cv);
        const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / std::sqrt(9 * d);
        const double boost = shape < 1 ? std::pow(1 - uniform(), 1 / shape) : 1;
        for (;;) {
            const double x = normal(), cube = 1 + c * x;
            if (cube <= 0) continue;
            const double v = cube * cube * cube;
            if (std::log1p(-uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v * boost / shape;
        }
    }

  private:
    static std::uint64_t rotate(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
    std::uint64_t state_[4];
};

}  // namespace gatehouse::lab::sim
