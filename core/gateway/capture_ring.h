// CaptureRing: the one budget of memory that captures of all requests share, those under way included. When it is full the oldest
// finished ones go first; one that is being made is cut where nothing is left to push out. Off by default: then a request looks at
// one flag. CaptureDraft: a capture under way.
// Thread: the ring by any (one lock, taken when memory is asked for or given back: a few times per request, and only while it is
// on); a draft by its worker. Lifetime: the data plane's workers share the ring; a draft lives as long as its exchange.
#pragma once

#include "gitops/secret_scan.h"
#include "http/message.h"
#include "llm/capture.h"
#include "secret/secret.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gateway {

class CaptureRing {
  public:
    /// What is kept of one request at most: an eighth of the budget, within these.
    static constexpr std::size_t kLeastPerRequest = 16 * 1024;
    static constexpr std::size_t kMostPerRequest = 4 * 1024 * 1024;
    static constexpr std::size_t kSmallestBudget = 64 * 1024;

    struct Use {
        std::size_t budget = 0;       ///< Bytes; 0: off.
        std::size_t used = 0;
        std::size_t captures = 0;     ///< That are kept.
        std::uint64_t pushedOut = 0;  ///< Since the start.
    };

    bool on() const { return budget_.load(std::memory_order_relaxed) > 0; }
    std::size_t perRequest() const;
    /// 0 switches it off and forgets everything; smaller budgets than kSmallestBudget are raised to it.
    void setBudget(std::size_t bytes);
    Use use() const;

    /// Whose values are hidden in what is kept from now on.
    void setSecrets(std::shared_ptr<const gitops::SecretScan> secrets);
    std::shared_ptr<const gitops::SecretScan> secrets() const;

    /// False: the budget is full of what is under way.
    bool take(std::size_t bytes);
    void give(std::size_t bytes);
    /// Takes over a finished capture whose bytes were taken before. Null where the ring was switched off meanwhile.
    std::shared_ptr<llm::Capture> keep(llm::CaptureData data, std::size_t bytes);

  private:
    /// The oldest ones, until the budget has room for that many more; to be freed by the caller after the lock.
    void pushOut(std::size_t wanted, std::vector<std::shared_ptr<llm::Capture>>& out);

    std::atomic<std::size_t> budget_{0};
    mutable std::mutex mutex_;
    std::size_t used_ = 0;
    std::uint64_t pushedOut_ = 0;
    std::deque<std::shared_ptr<llm::Capture>> kept_;  ///< Oldest first.
    std::shared_ptr<const gitops::SecretScan> secrets_;
};

class CaptureDraft {
  public:
    explicit CaptureDraft(CaptureRing& ring) : ring_(ring), left_(ring.perRequest()) {}
    ~CaptureDraft() { ring_.give(taken_); }
    CaptureDraft(const CaptureDraft&) = delete;
    CaptureDraft& operator=(const CaptureDraft&) = delete;

    llm::CaptureData data;

    /// The head as it goes, values of secret fields hidden; they are hidden in all bodies as well.
    void head(llm::CapturedMessage& message, std::string_view line, const http::Headers& fields);
    /// A head that was written before, without secrets.
    void head(llm::CapturedMessage& message, std::string text);
    /// A value that must not stand anywhere in what is kept: what a client shows to be let in.
    void hide(std::string_view value);
    /// More of a body, at `micros`. What does not fit is counted, not kept.
    void add(llm::CapturedMessage& message, std::string_view bytes, std::int64_t micros);
    /// Another provider is asked: a pane set of its own.
    llm::CapturedTry& beginTry();

    /// Hides secrets and hands it over. Nothing may be added after it.
    std::shared_ptr<llm::Capture> finish();

  private:
    bool reserve(std::size_t bytes);
    void scrub(llm::CapturedMessage& message, const gitops::SecretScan* secrets) const;

    CaptureRing& ring_;
    std::size_t left_;       ///< Of this request's own limit.
    std::size_t taken_ = 0;  ///< Of the ring's budget.
    std::vector<secret::SecretValue> values_;
};

/// Replaces each occurrence of `value` by asterisks, also as JSON writes it within a text, and a beginning of it at the end of what
/// was cut. True: there was one.
bool starOut(std::string& text, std::string_view value, bool cut);

}  // namespace gatehouse::gateway
