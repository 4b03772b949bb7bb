#include "canary/sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::canary {
namespace {
constexpr double kLargest = 1e10;
}  // namespace

Sketch::Sketch(double relativeError) : logGamma_(std::log((1 + relativeError) / (1 - relativeError))) {}

std::size_t Sketch::bucketOf(double value) const {
    if (!(value > 1)) return 0;
    return static_cast<std::size_t>(std::ceil(std::log(std::min(value, kLargest)) / logGamma_));
}

double Sketch::edge(std::size_t bucket) const { return std::exp(static_cast<double>(bucket) * logGamma_); }

void Sketch::add(double value) {
    const auto bucket = bucketOf(value);
    if (buckets_.empty()) first_ = bucket;
    if (bucket < first_) {
        buckets_.insert(buckets_.begin(), first_ - bucket, 0);
        first_ = bucket;
    }
    if (bucket - first_ >= buckets_.size()) buckets_.resize(bucket - first_ + 1, 0);
    ++buckets_[bucket - first_];
    ++count_;
}

void Sketch::merge(const Sketch& other) {
    if (other.empty()) return;
    if (empty()) {
        *this = other;
        return;
    }
    const auto first = std::min(first_, other.first_);
    const auto end = std::max(first_ + buckets_.size(), other.first_ + other.buckets_.size());
    std::vector<std::uint32_t> merged(end - first, 0);
    for (std::size_t i = 0; i < buckets_.size(); ++i) merged[first_ - first + i] += buckets_[i];
    for (std::size_t i = 0; i < other.buckets_.size(); ++i) merged[other.first_ - first + i] += other.buckets_[i];
    buckets_ = std::move(merged);
    first_ = first;
    count_ += other.count_;
}

std::size_t Sketch::bucketAt(std::uint64_t rank) const {
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen >= rank) return first_ + i;
    }
    return first_ + buckets_.size() - 1;
}

double Sketch::lowerAt(std::uint64_t rank) const {
    if (rank == 0 || count_ == 0) return 0;
    if (rank > count_) return std::numeric_limits<double>::infinity();
    const auto bucket = bucketAt(rank);
    return bucket == 0 ? 0 : edge(bucket - 1);
}

double Sketch::upperAt(std::uint64_t rank) const {
    if (rank > count_) return std::numeric_limits<double>::infinity();
    return rank == 0 ? 0 : edge(bucketAt(rank));
}

double Sketch::quantile(double part) const {
    if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
    const auto rank = static_cast<std::uint64_t>(std::clamp(std::ceil(part * static_cast<double>(count_)), 1.0, static_cast<double>(count_)));
    return (lowerAt(rank) + upperAt(rank)) / 2;
}

std::uint64_t Sketch::countAbove(double value) const {
    const auto bucket = bucketOf(value);
    std::uint64_t above = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i)
        if (first_ + i > bucket) above += buckets_[i];
    return above;
}

double Moments::variance() const {
    if (count < 2) return 0;
    const auto n = static_cast<double>(count);
    return std::max(0.0, (squares - sum * sum / n) / (n - 1));
}

}  // namespace gatehouse::canary
