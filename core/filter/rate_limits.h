// RateLimits: how much may be asked of a rule in which time, in requests and in tokens of models. Several limits at once: a request
// passes where every one lets it, and counts against all of them or none. Tokens are known after the answer: they are charged then,
// and refuse the requests that come after.
// Thread: RateLimits is immutable, its buckets any thread; the registry's owner is the control thread.
// Lifetime: limits with their snapshot; buckets outlive it, by their ids.
#pragma once

#include "config/object.h"
#include "filter/token_bucket.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::filter {

/// Buckets by stable id. A changed specification takes over what the former one had given out.
class BucketRegistry {
  public:
    std::shared_ptr<TokenBucket> bucket(const std::string& id, const BucketSpec& spec, base::MonoTime now = base::MonoClock::now());
    /// Forgets full buckets that no snapshot holds any more.
    void prune(base::MonoTime now = base::MonoClock::now());
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<TokenBucket>> buckets_;
};

struct RateLimit {
    enum class Counts : std::uint8_t { Requests, Tokens };
    Counts counts = Counts::Requests;
    std::shared_ptr<TokenBucket> bucket;
    std::uint8_t enabledPercent = 100;   ///< Of the requests that are counted at all.
    std::uint8_t enforcedPercent = 100;  ///< Of those beyond the limit, that are refused.
    std::string name;                    ///< "60 requests per minute"
    std::string id;                      ///< Of its bucket.
    config::ObjectKey origin;
};

/// The first limit that refused a request, with what its client is told.
struct RateRefusal {
    const RateLimit* limit = nullptr;  ///< Null: it passes.
    std::int64_t left = 0;
    std::chrono::seconds retryAfter{0};  ///< Rounded up; at least 1.
    std::chrono::seconds resetAfter{0};  ///< Until the bucket is full.
};

class RateLimits {
  public:
    explicit RateLimits(std::vector<RateLimit> limits) : limits_(std::move(limits)) {}

    /// Counts the request, or says what refuses it; then nothing is counted.
    RateRefusal take(base::MonoTime now) const;
    /// What take() would say. Counts nothing.
    RateRefusal look(base::MonoTime now) const;
    /// After the answer: what a model used.
    void chargeTokens(std::int64_t tokens, base::MonoTime now) const;
    const std::vector<RateLimit>& limits() const { return limits_; }

  private:
    RateRefusal refusal(const RateLimit& limit, base::MonoTime now) const;
    const std::vector<RateLimit> limits_;
};

/// "60 requests per minute, 10 more at once"
std::string limitText(const BucketSpec& spec, RateLimit::Counts counts);

}  // namespace gatehouse::filter
