// UsageTotals: what models used and cost since the gateway started, by route, provider, model and API key. Fed with finished requests.
// Thread: any (one lock, off the hot path). Lifetime: the gateway's.
#pragma once

#include "base/clock.h"
#include "llm/price_book.h"
#include "telemetry/request_record.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace gatehouse::telemetry {

struct UsageRow {
    std::string route, provider, model;  ///< Empty in a sum over it.
    std::string key;                     ///< Name of the caller's API key, "default/keys/alice"; empty: none, or a sum over it.
    std::uint64_t requests = 0;          ///< That a model took on.
    std::uint64_t unpriced = 0;          ///< Without an amount: no price, or no usage.
    std::uint64_t partial = 0;           ///< Cut or cancelled on the way.
    std::uint64_t estimated = 0;         ///< Whose tokens the provider never said.
    std::array<std::uint64_t, llm::kBuckets> tokens{};
    std::vector<std::pair<std::string, std::int64_t>> amounts;  ///< Nano-units by currency, sorted. Currencies are never added up.

    std::uint64_t inputTokens() const;   ///< Of all buckets of the input.
    std::uint64_t outputTokens() const;
    void add(const UsageRow& other);
};

/// The sums over what is not asked for, by name. Pass the members that stay: {&UsageRow::provider}.
std::vector<UsageRow> sumsBy(const std::vector<UsageRow>& rows, std::initializer_list<std::string UsageRow::*> members);

/// For GET /usage: rows, sums by route, provider, model and key, the whole.
std::string usageJson(const std::vector<UsageRow>& rows, base::WallTime since);
/// A header and a line per row; one more line for each further currency of a row. Amounts are decimal numbers with a point.
std::string usageCsv(const std::vector<UsageRow>& rows);
/// RFC 4180; what a spreadsheet would take for a formula is defused.
std::string csvField(std::string_view text);

class UsageTotals {
  public:
    using Rows = std::shared_ptr<const std::vector<UsageRow>>;
    /// Clients choose the model's name: beyond so many rows they share "other".
    static constexpr std::size_t kMostRows = 1'000;

    void observe(const RequestRecord& record);
    /// By route, provider, model, key. The same object until something was added.
    Rows rows() const;
    base::WallTime since() const { return since_; }

  private:
    using Key = std::tuple<std::string, std::string, std::string, std::string>;
    UsageRow& rowOf(const RequestRecord& record);

    mutable std::mutex mutex_;
    std::map<Key, UsageRow> byKey_;
    UsageRow* last_ = nullptr;  ///< The row of the last request; rows are never taken away.
    mutable Rows shown_ = std::make_shared<const std::vector<UsageRow>>();
    mutable bool stale_ = false;
    const base::WallTime since_ = std::chrono::system_clock::now();
};

}  // namespace gatehouse::telemetry
