// StickySplit: a weighted split that keeps a client with its arm. The annotation gatehouse.dev/sticky-split of an HTTPRoute says by what:
//   gatehouse.dev/sticky-split: "header x-user"     the field's value
//   gatehouse.dev/sticky-split: "cookie session"    the cookie's value
//   gatehouse.dev/sticky-split: "caller"            the name of the API key, user or token's subject by which Gatehouse knows who calls
// The key's hash is the same on every worker, in every process and on every machine, so an arm survives restarts and scale-out. Raising
// the weight of the last arm moves nobody who was there already. A request without the key is drawn at random.
// Unlike sessionPersistence it needs no state and follows a change of weights. Thread: values, pure functions.
#pragma once

#include "base/result.h"
#include "config/object.h"
#include "http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::route {

inline constexpr char kStickySplitAnnotation[] = "gatehouse.dev/sticky-split";

struct StickySplit {
    enum class By : std::uint8_t { Header, Cookie, Caller };
    By by = By::Header;
    std::string name;        ///< Of the field or cookie.
    std::uint64_t seed = 0;  ///< Of the rule: two splits do not put the same clients into their canaries.

    /// "header x-user", as the annotation says it.
    std::string text() const;
};

/// Error "sticky-split": a sentence that says what is wrong with the annotation's value.
Result<StickySplit> parseStickySplit(std::string_view text, std::string_view ruleId);
/// The annotation as written canonically, where it is there and good.
std::optional<std::string> stickySplitText(const config::Object& route);

/// The hash of the request's key; 0: it carries none. `caller`: as Gatehouse knows him, empty: nobody.
std::uint64_t stickyKey(const StickySplit& split, const http::Headers& headers, std::string_view caller);
/// FNV-1a (base::stableHash), then the finalizer of MurmurHash3: FNV's high bits barely move for keys that differ in their last letter.
std::uint64_t stickyHash(std::string_view key, std::uint64_t seed);
/// The place of a key in [0, total): floor(hash * total / 2^64), so that a larger total only refines it. `total` > 0.
std::uint64_t stickyPlace(std::uint64_t hash, std::uint64_t total);
/// Why this backend, for explain and the request's record: "weight 10 of 100 (10.0 %), place 93 by header x-user".
std::string stickyReason(const StickySplit& split, std::uint32_t weight, std::uint64_t total, std::uint64_t place);

}  // namespace gatehouse::route
