// Credentials: the keys of one provider, which take turns. A key that was refused or is limited cools down and is passed over while
// there is another; what came of a key outlives snapshots (CredentialRegistry). No value is ever told.
// Thread: Credentials is immutable, its states are atomics of any thread; the registry is the control thread's.
// Lifetime: shared by snapshots.
#pragma once

#include "base/clock.h"
#include "llm/plan.h"
#include "llm/provider_health.h"
#include "llm/token_source.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::llm {

/// What came of a key. Any thread, relaxed.
struct KeyState {
    std::atomic<std::int64_t> coolUntil{0};   ///< MonoClock ticks; 0: never cooled.
    std::atomic<int> refusedBy{0};            ///< Status of the answer that made it cool.
    std::atomic<std::uint32_t> inRow{0};      ///< Refusals of the kind that `refusedBy` is, in a row.
    std::atomic<std::uint64_t> uses{0}, refusals{0};
};

struct Key {
    std::string name;    ///< "Secret default/openai, Authorization-b"; never the value.
    std::string header;  ///< Where it is shown...
    std::string prefix;  ///< ...and behind what.
    secret::SecretValue token;                  ///< A key that stays.
    std::shared_ptr<const AwsCredentials> aws;  ///< AWS keys that stay.
    std::shared_ptr<TokenSource> source;        ///< What does not; null: one of the two above.
    std::shared_ptr<KeyState> state;
};

class Credentials {
  public:
    static constexpr std::size_t kMost = 32;

    /// One to kMost keys.
    explicit Credentials(std::vector<Key> keys) : keys_(std::move(keys)) {}

    std::size_t size() const { return keys_.size(); }
    const Key& at(std::size_t index) const { return keys_[index]; }

    /// The next one in turn that is neither cooling down nor without its token, and not in `tried` (a bit each); where there is none
    /// and `anyhow`, one whose token is still being fetched, then the one that is back first.
    std::optional<std::size_t> choose(base::MonoTime now, base::WallTime wall, std::uint32_t tried, bool anyhow) const;

    /// Is there one that could be shown at once? Takes no turn. A token that was never asked for counts: it comes with the first request.
    bool usable(base::MonoTime now, base::WallTime wall) const;

    /// What a key shows now.
    struct Shown {
        TokenSource::Standing standing = TokenSource::Standing::Ready;
        secret::SecretValue token;
        std::shared_ptr<const AwsCredentials> aws;
        std::string error;  ///< Failed: why there is none.
    };
    Shown show(std::size_t index, base::WallTime wall) const;

    /// An answer to it: cools it down where it was refused (401, 402; 403 three times in a row) or limited (429). True: another key
    /// may do better.
    bool judge(std::size_t index, int status, std::optional<std::chrono::seconds> retryAfter, base::MonoTime now) const;

    /// For people.
    struct Sample {
        std::string name;
        std::string state;   ///< "ready", "cooling down", "waiting for its token", "without a token"
        std::string reason;  ///< Empty while ready.
        std::int64_t outMillis = 0;             ///< Still to cool down.
        std::optional<base::WallTime> expires;  ///< Of a token that ends.
        std::uint64_t uses = 0, refusals = 0;
    };
    std::vector<Sample> sample(base::MonoTime now, base::WallTime wall) const;

  private:
    bool cooling(const Key& key, base::MonoTime now) const;

    std::vector<Key> keys_;
    mutable std::atomic<std::uint32_t> turn_{0};
};

/// "refused with 401", "limited with 429"
std::string refusalText(int status);

/// Keeps what came of keys, and token sources, from snapshot to snapshot. A key is known by where it stands and by a hash of what it
/// is, so that a new value starts afresh.
class CredentialRegistry {
  public:
    std::shared_ptr<KeyState> state(const std::string& id);
    std::shared_ptr<ProviderHealth> health(const std::string& id);
    /// Null: there is none of that id yet.
    std::shared_ptr<TokenSource> findSource(const std::string& id) const;
    std::shared_ptr<TokenSource> addSource(const std::string& id, std::shared_ptr<TokenSource> source);
    std::vector<std::shared_ptr<TokenSource>> sources() const;
    /// Forgets what no snapshot holds any more.
    void prune();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<KeyState>> states_;
    std::unordered_map<std::string, std::shared_ptr<ProviderHealth>> health_;
    std::unordered_map<std::string, std::shared_ptr<TokenSource>> sources_;
};

/// A hash that tells values apart and tells none of them.
std::string fingerprint(std::initializer_list<std::string_view> parts);

}  // namespace gatehouse::llm
