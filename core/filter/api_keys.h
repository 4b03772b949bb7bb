// API keys: who has which, found by the SHA-256 of what a client shows; keys themselves are not kept. A key may be a virtual one, with
// the models that it may ask for and what it may use a day.
// Thread: immutable but for the accounts and buckets that entries point to. Lifetime: with its snapshot.
#pragma once

#include "config/virtual_keys.h"
#include "filter/budgets.h"
#include "filter/encoding.h"
#include "filter/token_bucket.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::filter {

struct KeyEntry {
    Digest digest{};
    std::string name;              ///< Of the entry in its Secret: "alice".
    config::ObjectKey holder;
    std::string id;                ///< "default/keys/alice": of its account and bucket.
    std::string metadata;          ///< JSON object; empty: none.
    config::VirtualKeyTerms terms;
    std::shared_ptr<BudgetAccount> account;  ///< Where the terms name a budget.
    std::shared_ptr<TokenBucket> rate;       ///< Where they name a rate.

    bool mayAsk(std::string_view model) const;
};

/// One value of a Secret: a key, or JSON with `key` or `keyHash` ("sha256:<hex>") and `metadata` (agentgateway's layout).
/// Errors: "key-empty", "key-json" (a sentence without the value).
struct ReadKey {
    Digest digest{};
    std::string metadata;
};
Result<ReadKey> readKeyValue(std::string_view value, bool hashOnly = false);

class ApiKeys {
  public:
    /// False: another entry has that key already.
    bool add(KeyEntry entry);
    /// Null: nobody's.
    std::shared_ptr<const KeyEntry> find(std::string_view presented) const;
    std::size_t size() const { return byDigest_.size(); }
    std::vector<std::shared_ptr<const KeyEntry>> entries() const;

  private:
    std::unordered_map<Digest, std::shared_ptr<const KeyEntry>, DigestHash> byDigest_;
};

}  // namespace gatehouse::filter
