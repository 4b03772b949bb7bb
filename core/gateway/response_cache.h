// ResponseCache: whole answers of models, kept for equal requests of the same caller. Bounded in bytes; what was asked for longest ago
// goes first. Thread: any; each call holds the lock for a lookup in a table. Lifetime: the gateway's; workers share it.
#pragma once

#include "base/clock.h"
#include "filter/encoding.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse::gateway {

/// An answer as the client got it; of a stream all of its events.
struct CachedAnswer {
    std::string body;
    std::string contentType;
    std::uint64_t inputTokens = 0, outputTokens = 0;  ///< That it cost.
    base::MonoTime stored{}, until{};
};

class ResponseCache {
  public:
    using Key = filter::Digest;
    static constexpr std::size_t kMostBytes = 64 * 1024 * 1024;
    static constexpr std::size_t kMostOfOne = 1024 * 1024;

    explicit ResponseCache(std::size_t mostBytes = kMostBytes) : most_(mostBytes) {}

    /// Null: there is none that still holds.
    std::shared_ptr<const CachedAnswer> find(const Key& key, base::MonoTime now);
    /// One that is longer than kMostOfOne is not kept.
    void store(const Key& key, CachedAnswer answer);

    struct Use {
        std::uint64_t hits = 0, misses = 0, pushedOut = 0;
        std::size_t entries = 0, bytes = 0;
    };
    Use use() const;

  private:
    struct Entry {
        Key key;
        std::shared_ptr<const CachedAnswer> answer;
    };
    using Order = std::list<Entry>;  ///< Asked for last: first.
    static std::size_t sizeOf(const CachedAnswer& answer);
    void drop(Order::iterator entry);

    const std::size_t most_;
    mutable std::mutex mutex_;
    Order order_;
    std::unordered_map<Key, Order::iterator, filter::DigestHash> byKey_;
    Use use_;
};

/// What makes two requests the same: the rule, the caller, the address, the body as JSON whatever its spaces and the order of its
/// members. Nothing where an answer belongs to more than the request (a conversation that the provider keeps), or the body is no JSON.
struct CacheQuestion {
    std::string_view rule, caller, path, query, body;
};
std::optional<ResponseCache::Key> cacheKey(const CacheQuestion& question);

/// Directives of Cache-Control (RFC 9111 section 5.2).
struct CacheControl {
    bool noStore = false, noCache = false, isPrivate = false;
};
CacheControl readCacheControl(std::string_view value);

}  // namespace gatehouse::gateway
