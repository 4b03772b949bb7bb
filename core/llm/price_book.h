// PriceBook: what tokens cost, by provider and model, and the receipt of one request: bucket x rate, exact to the nano of a currency.
// Rates are whole micro-units per million tokens, so tokens x rate are whole pico-units: the sum is rounded once.
// Thread: immutable after construction, shared by snapshots and receipts. Reading a book from text: price_book_reader.h.
#pragma once

#include "llm/usage.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

/// What is billed by itself. The buckets of one request do not overlap and hold every token of it.
enum class Bucket : std::uint8_t { Input, CachedInput, CacheWrite, CacheWriteHour, AudioInput, Output, Reasoning, AudioOutput };
inline constexpr std::size_t kBuckets = 8;
/// The field of a price book: "input", "cachedInput", "cacheWrite", ...
std::string_view bucketName(Bucket bucket);
std::optional<Bucket> bucketOf(std::string_view name);

/// Tokens by bucket: Usage without its overlaps. What providers count twice (more cached than input) is cut off.
std::array<std::uint64_t, kBuckets> bucketsOf(const Usage& usage);

/// Micro-units of the currency per million tokens: "2.5" is 2,500,000.
struct Rates {
    static constexpr std::int64_t kUnset = -1;
    std::array<std::int64_t, kBuckets> micro{kUnset, kUnset, kUnset, kUnset, kUnset, kUnset, kUnset, kUnset};

    std::int64_t of(Bucket bucket) const { return micro[static_cast<std::size_t>(bucket)]; }
    void set(Bucket bucket, std::int64_t rate) { micro[static_cast<std::size_t>(bucket)] = rate; }
    bool empty() const;
};

/// The most that a rate may be, in units of the currency per million tokens.
inline constexpr std::int64_t kMostRate = 1'000'000;
/// "0.075" -> 75,000. Nothing for what is negative, beyond kMostRate, or finer than a micro-unit.
std::optional<std::int64_t> rateOf(std::string_view text);
/// 75,000 -> "0.075"
std::string rateText(std::int64_t micro);
/// 1,234,500 nano -> "0.0012345"; at least two decimals.
std::string amountText(std::int64_t nano);

struct PriceEntry {
    /// Of requests that have more input than this, cached and audio included; in place of the entry's rates, all of the request.
    struct Tier {
        std::uint64_t aboveInputTokens = 0;
        Rates rates;
    };
    std::string provider;  ///< Word of the table of providers, its gen_ai.provider.name, or "*".
    std::string model;     ///< Exact, or with "*" for any characters.
    Rates rates;
    std::vector<Tier> tiers;                             ///< By rising aboveInputTokens.
    std::vector<std::pair<std::string, Rates>> service;  ///< "batch", "priority", "flex".
    bool pattern = false;                                ///< `model` holds a "*".
};

struct PriceBook {
    std::string name;      ///< "ConfigMap default/prices"; "built-in".
    std::string version;   ///< As its author says, a date as a rule.
    std::string currency;  ///< "USD"
    std::vector<PriceEntry> entries;  ///< In the order in which they are looked at.

    void add(PriceEntry entry);
    /// Once all are there: an exact model before a pattern, a longer one before a shorter, then as they came.
    void sort();
    /// The first that fits.
    const PriceEntry* find(std::string_view provider, std::string_view system, std::string_view model) const;
};

/// What one request cost, or why that is not known.
struct Receipt {
    struct Line {
        Bucket bucket = Bucket::Input;
        std::uint64_t tokens = 0;
        std::int64_t rate = 0;  ///< Micro-units per million tokens.
        std::int64_t nano = 0;  ///< The lines add up to the sum exactly: each is the step that the rounded running sum makes.
    };
    std::vector<Line> lines;         ///< Of buckets with tokens; empty where there is no amount.
    std::int64_t nano = 0;           ///< The sum, in 1e-9 of the currency.
    std::string unpriced;            ///< Why there is no amount; one sentence. Empty: there is one.
    std::string model;               ///< By which name it was found.
    std::string serviceTier;         ///< Whose rates were taken; empty: the ordinary ones.
    std::uint64_t aboveInputTokens = 0;  ///< Of the tier whose rates were taken; 0: none.
    bool partial = false;            ///< The answer did not come whole: tokens so far.
    bool estimated = false;          ///< The provider did not say its tokens; they were counted from what passed.
    std::shared_ptr<const PriceBook> book;  ///< Null where there is no amount.
    const PriceEntry* entry = nullptr;      ///< In `book`.

    bool priced() const { return unpriced.empty() && book != nullptr; }
};

/// Who was asked for what, as the books name them.
struct Priced {
    std::string_view provider;  ///< "openai"
    std::string_view system;    ///< gen_ai.provider.name; may be empty.
    /// The model that answered comes first: it is the one that is billed. Then the one that was asked for.
    std::string_view answeredModel;
    std::string_view model;
};

/// The books of a workspace before the built-in one. The first book that knows the model gives its price.
class PriceBooks {
  public:
    explicit PriceBooks(std::vector<std::shared_ptr<const PriceBook>> books) : books_(std::move(books)) {}

    Receipt receiptFor(const Priced& request, const Usage& usage, std::string_view serviceTier = {}) const;
    Receipt receiptFor(std::string_view provider, std::string_view model, const Usage& usage, std::string_view serviceTier = {}) const {
        return receiptFor(Priced{provider, {}, {}, model}, usage, serviceTier);
    }
    const std::vector<std::shared_ptr<const PriceBook>>& books() const { return books_; }

  private:
    std::vector<std::shared_ptr<const PriceBook>> books_;
};

}  // namespace gatehouse::llm
