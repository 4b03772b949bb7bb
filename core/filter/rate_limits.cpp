#include "filter/rate_limits.h"

#include "base/ids.h"

#include <fmt/format.h>

namespace gatehouse::filter {
namespace {

std::chrono::seconds roundedUp(std::chrono::nanoseconds time) {
    return std::max(std::chrono::ceil<std::chrono::seconds>(time), std::chrono::seconds(1));
}

bool drawn(std::uint8_t percent) { return percent >= 100 || base::randomBelow(100) < percent; }

std::string intervalText(std::chrono::nanoseconds interval) {
    using namespace std::chrono_literals;
    if (interval == 1s) return "second";
    if (interval == 1min) return "minute";
    if (interval == 1h) return "hour";
    if (interval % 1s == 0ns) return fmt::format("{} s", interval / 1s);
    return fmt::format("{} ms", interval / 1ms);
}

}  // namespace

std::string limitText(const BucketSpec& spec, RateLimit::Counts counts) {
    const auto interval = intervalText(spec.interval);
    const bool tokens = counts == RateLimit::Counts::Tokens;
    std::string text;
    if (spec.perFill == 1) text = tokens ? fmt::format("1 token per {}", interval) : fmt::format("1 request per {}", interval);
    else if (tokens) text = fmt::format("{} tokens per {}", spec.perFill, interval);
    else text = fmt::format("{} requests per {}", spec.perFill, interval);
    if (spec.most != spec.perFill) text += fmt::format(", {} at once", spec.most);
    return text;
}

std::shared_ptr<TokenBucket> BucketRegistry::bucket(const std::string& id, const BucketSpec& spec, base::MonoTime now) {
    const std::lock_guard lock(mutex_);
    auto& known = buckets_[id];
    if (known && known->spec() == spec) return known;
    auto made = std::make_shared<TokenBucket>(spec, now);
    if (known) made->charge(std::max<std::int64_t>(known->spec().most - known->left(now), 0), now);
    known = std::move(made);
    return known;
}

void BucketRegistry::prune(base::MonoTime now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(buckets_, [&](const auto& entry) {
        return entry.second.use_count() == 1 && entry.second->left(now) >= entry.second->spec().most;
    });
}

std::size_t BucketRegistry::size() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

RateRefusal RateLimits::refusal(const RateLimit& limit, base::MonoTime now) const {
    const auto& bucket = *limit.bucket;
    return {&limit, std::max<std::int64_t>(bucket.left(now), 0), roundedUp(bucket.until(1, now)), roundedUp(bucket.until(bucket.spec().most, now))};
}

RateRefusal RateLimits::take(base::MonoTime now) const {
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const auto& limit = limits_[i];
        if (!drawn(limit.enabledPercent)) continue;
        const bool requests = limit.counts == RateLimit::Counts::Requests;
        const bool passes = requests ? limit.bucket->take(1, now) : limit.bucket->left(now) > 0;
        if (passes && requests && i < 64) taken |= 1ULL << i;
        if (passes || !drawn(limit.enforcedPercent)) continue;
        const auto told = refusal(limit, now);
        for (std::size_t k = 0; k < i && k < 64; ++k)
            if ((taken >> k & 1) != 0) limits_[k].bucket->giveBack(1);
        return told;
    }
    return {};
}

RateRefusal RateLimits::look(base::MonoTime now) const {
    for (const auto& limit : limits_)
        if (limit.enabledPercent > 0 && limit.enforcedPercent > 0 && limit.bucket->left(now) < 1) return refusal(limit, now);
    return {};
}

void RateLimits::chargeTokens(std::int64_t tokens, base::MonoTime now) const {
    if (tokens <= 0) return;
    for (const auto& limit : limits_)
        if (limit.counts == RateLimit::Counts::Tokens) limit.bucket->charge(tokens, now);
}

}  // namespace gatehouse::filter
