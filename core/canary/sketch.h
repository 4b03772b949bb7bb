// Sketch: a distribution of positive numbers in bounded memory, whose ranks are known within a relative error. Buckets grow
// geometrically, as in DDSketch (Masson, Rim, Lee: "DDSketch: A Fast and Fully-Mergeable Quantile Sketch", VLDB 12(12), 2019, section 2).
// Thread: one owner. A value; at most some 10 KB with the finest buckets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatehouse::canary {

class Sketch {
  public:
    /// Values are known to within this part of themselves.
    static constexpr double kFine = 0.005;
    static constexpr double kCoarse = 0.03;

    explicit Sketch(double relativeError = kFine);

    /// Values below 1 count as below 1, those above 1e10 as 1e10.
    void add(double value);
    void merge(const Sketch& other);  ///< Of the same relative error.

    std::uint64_t count() const { return count_; }
    bool empty() const { return count_ == 0; }
    /// The value of this rank (1 = the smallest) lies between these; rank 0 and below the smallest: 0; beyond count(): infinity.
    double lowerAt(std::uint64_t rank) const;
    double upperAt(std::uint64_t rank) const;
    /// In the middle of the bucket; NaN when empty. `part` from 0 to 1.
    double quantile(double part) const;
    /// How many are above, by whole buckets.
    std::uint64_t countAbove(double value) const;
    std::size_t memoryBytes() const { return sizeof *this + buckets_.capacity() * sizeof(std::uint32_t); }

  private:
    std::size_t bucketOf(double value) const;
    std::size_t bucketAt(std::uint64_t rank) const;
    double edge(std::size_t bucket) const;  ///< Upper one.

    double logGamma_;
    std::uint64_t count_ = 0;
    std::size_t first_ = 0;                ///< The bucket that buckets_ begins with.
    std::vector<std::uint32_t> buckets_;
};

/// Count, sum and sum of squares.
struct Moments {
    std::uint64_t count = 0;
    double sum = 0, squares = 0;

    void add(double value) {
        ++count;
        sum += value;
        squares += value * value;
    }
    void merge(const Moments& other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
    }
    double mean() const { return count > 0 ? sum / static_cast<double>(count) : 0; }
    double variance() const;  ///< Of the values; 0 for fewer than two.
};

}  // namespace gatehouse::canary
