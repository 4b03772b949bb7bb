// Budgets: what each virtual key has used today, in tokens and in money. A day begins at midnight UTC. Outlives snapshots, and the
// process where a file is given: it is written within a second of a charge, so that a restart does not hand the budget out again.
// The file holds the names of keys and their sums, never a key.
// Thread: accounts any (a lock of a few instructions each); open() and stop() their owner. Lifetime: route::Runtime.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse::filter {

/// Days since 1970, UTC.
std::int64_t dayOf(base::WallTime time);
/// Until the next day begins; at least a second.
std::chrono::seconds untilTomorrow(base::WallTime now);

struct Spent {
    std::int64_t tokens = 0;
    std::vector<std::pair<std::string, std::int64_t>> money;  ///< Nano-units by currency, sorted.
    std::int64_t nano(std::string_view currency) const;
    bool nothing() const { return tokens == 0 && money.empty(); }
};

class BudgetAccount {
  public:
    Spent today(base::WallTime now) const;
    std::int64_t tokensToday(base::WallTime now) const;
    std::int64_t nanoToday(std::string_view currency, base::WallTime now) const;
    /// Adds what one answer used; `currency` empty: no amount. Answers the sums of the day.
    Spent charge(std::int64_t tokens, std::string_view currency, std::int64_t nano, base::WallTime now);

  private:
    friend class Budgets;
    void rollOver(std::int64_t day) const;
    mutable std::mutex mutex_;
    mutable std::int64_t day_ = 0;
    mutable Spent spent_;
    std::shared_ptr<std::atomic<bool>> changed_;  ///< Of the Budgets, which it may outlive.
};

class Budgets {
  public:
    Budgets() = default;
    ~Budgets() { stop(); }
    Budgets(const Budgets&) = delete;
    Budgets& operator=(const Budgets&) = delete;

    /// Reads what was used today and keeps the file up to date from now on. Errors: "budgets-file" where it is there and cannot be
    /// read; a budget must not be handed out again in silence.
    Result<void> open(const std::filesystem::path& file, base::WallTime now = std::chrono::system_clock::now());
    /// Writes what is not written yet. Idempotent.
    void stop();

    /// By the key's stable name, e.g. "default/keys/alice".
    std::shared_ptr<BudgetAccount> account(const std::string& id);
    /// Forgets accounts without a sum of today that no snapshot holds.
    void prune(base::WallTime now = std::chrono::system_clock::now());
    /// What is kept, as the file has it.
    std::string text(base::WallTime now) const;

  private:
    Result<void> read(std::string_view text, base::WallTime now);
    void startWriting();
    void run(std::stop_token stop);
    void write();

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::string, std::shared_ptr<BudgetAccount>> accounts_;
    std::shared_ptr<std::atomic<bool>> changed_ = std::make_shared<std::atomic<bool>>(false);
    std::filesystem::path file_;
    std::jthread thread_;
};

}  // namespace gatehouse::filter
