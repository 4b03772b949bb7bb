// Receipts in words: what the buckets of tokens are called, and how amounts of money are written. Thread: any. Pure functions.
#pragma once

#include "llm/price_book.h"

#include <QString>

namespace gatehouse::ui {

/// "Input", "Cached input", ...
QString bucketWord(llm::Bucket bucket);
/// "12.34 USD", "0.0042 USD", "0.000009 USD": digits that matter, by the user's locale.
QString formatMoney(std::int64_t nano, std::string_view currency);
/// All of it, nothing rounded: "0.000000149 USD".
QString formatMoneyExact(std::int64_t nano, std::string_view currency);

}  // namespace gatehouse::ui
