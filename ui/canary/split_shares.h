// SplitShares: the shares of a weighted split in whole percent, which add up to 100 whatever is done to them. Value. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatehouse::ui {

class SplitShares {
  public:
    SplitShares() = default;
    /// From weights as written; what they are of their sum, rounded so that 100 come out (largest remainders first).
    /// All weights 0: everything to the first arm.
    explicit SplitShares(const std::vector<std::uint32_t>& weights);

    std::size_t size() const { return values_.size(); }
    int operator[](std::size_t arm) const { return values_[arm]; }
    const std::vector<int>& values() const { return values_; }
    bool operator==(const SplitShares&) const = default;

    /// Gives `arm` this share (0..100); the others keep their proportions to each other.
    void set(std::size_t arm, int percent);
    /// Moves the divider right of `arm` to `percent` from the left; only its two neighbours change.
    void moveDivider(std::size_t arm, int percent);
    /// Where the divider right of `arm` stands, percent from the left.
    int divider(std::size_t arm) const;

  private:
    std::vector<int> values_;
};

/// `parts` scaled so that whole numbers with the sum `total` come out, largest remainders first.
std::vector<int> apportion(const std::vector<double>& parts, int total);

}  // namespace gatehouse::ui
