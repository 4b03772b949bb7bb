// Virtual keys: annotations of a Secret with API keys that say what each key may ask for and how much it may use. Gatehouse's own.
//   gatehouse.dev/allowed-models: "gpt-4o*, claude-*"      patterns with *, by commas
//   gatehouse.dev/tokens-per-day: "100000"                 input and output, from midnight to midnight UTC
//   gatehouse.dev/money-per-day: "2.50" or "2.50 USD"      by the price books; without a currency: USD
//   gatehouse.dev/requests-per-minute: "60"
// Each holds for every key of the Secret by itself (every key has a budget of its own), or is told apart by the keys' names:
// "alice=1000; bob=5000; *=100". Thread: pure functions.
#pragma once

#include "config/object.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config {

inline constexpr char kAllowedModelsAnnotation[] = "gatehouse.dev/allowed-models";
inline constexpr char kTokensPerDayAnnotation[] = "gatehouse.dev/tokens-per-day";
inline constexpr char kMoneyPerDayAnnotation[] = "gatehouse.dev/money-per-day";
inline constexpr char kRequestsPerMinuteAnnotation[] = "gatehouse.dev/requests-per-minute";

struct VirtualKeyTerms {
    std::optional<std::vector<std::string>> models;  ///< Patterns; absent: all.
    std::optional<std::int64_t> tokensPerDay;
    std::optional<std::int64_t> nanoPerDay;          ///< 1e-9 of `currency`.
    std::string currency;
    std::optional<std::int64_t> requestsPerMinute;
};

struct TermsProblem {
    std::string annotation;
    std::string message;
};

/// What holds for the key of this name. What cannot be read is told in `problems` (null: not told); such a term refuses
/// everything rather than nothing: no model, no token.
VirtualKeyTerms termsOf(const Object& secret, std::string_view key, std::vector<TermsProblem>* problems = nullptr);
/// Has the object any of the annotations?
bool hasTerms(const Object& secret);
/// Of the Secret's entries; names that no entry has are a problem, too.
std::vector<TermsProblem> termsProblems(const Object& secret);

/// Names of the entries of data and stringData, sorted, each once.
std::vector<std::string> entryNames(const Object& holder);

}  // namespace gatehouse::config
