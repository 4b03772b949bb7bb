// Passwords as htpasswd files keep them: {SHA}, bcrypt ($2y$), and what crypt(3) knows ($1$, $5$, $6$, $y$); $apr1$ is not known to it
// and is not taken. Slow hashes are what they are for their slowness: they are reckoned on a thread of their own, and their verdicts
// remembered, so that no worker stands still.
// Thread: any. Lifetime: the desk outlives snapshots (route::Runtime).
#pragma once

#include "filter/encoding.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace gatehouse::filter {

enum class PasswordHash : std::uint8_t { Sha1, Slow, Unknown };
/// By the hash's beginning.
PasswordHash kindOfHash(std::string_view hash);
/// Reckons it here and now, however long it takes.
bool passwordFits(std::string_view password, std::string_view hash);

class PasswordDesk {
  public:
    PasswordDesk() = default;
    ~PasswordDesk();
    PasswordDesk(const PasswordDesk&) = delete;
    PasswordDesk& operator=(const PasswordDesk&) = delete;

    enum class Verdict : std::uint8_t { Right, Wrong, Pending, Busy };
    /// Pending: ask again in a moment. Busy: too many wait already.
    Verdict check(std::string_view password, std::string_view hash);

  private:
    static constexpr std::size_t kMostWaiting = 64;
    static constexpr std::size_t kMostKept = 4'096;
    struct Job {
        Digest id;
        std::string password, hash;
    };
    void run(std::stop_token stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::unordered_map<Digest, bool, DigestHash> known_;
    std::unordered_set<Digest, DigestHash> waiting_;
    std::deque<Job> jobs_;
    std::jthread thread_;
};

}  // namespace gatehouse::filter
