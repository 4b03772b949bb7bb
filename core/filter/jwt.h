// JSON Web Tokens (RFC 7519) as clients show them: signature, issuer, audience and time. Thread: pure functions on immutable values.
#pragma once

#include "base/clock.h"
#include "filter/jwks.h"
#include "filter/jwks_source.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::filter {

struct TokenProvider {
    std::string name;    ///< For people and for metadata.
    std::string issuer;  ///< Empty: any.
    std::vector<std::string> audiences;  ///< Empty: any.
    bool needsExpiry = false;            ///< A token without `exp` is refused.
    std::shared_ptr<const KeySet> keys;  ///< Written in the configuration; null: `source`.
    std::shared_ptr<JwksSource> source;  ///< Fetched.
    std::vector<std::pair<std::string, std::string>> claimsToHeaders;  ///< Claim ("a.b" inside a) to header.
};

/// What clocks may be apart (Envoy's clock_skew_seconds).
inline constexpr std::chrono::seconds kTokenLeeway{60};
inline constexpr std::size_t kMostTokenBytes = 16 * 1024;

struct TokenVerdict {
    enum class State { Good, Bad, AskAgain, NoKeys };
    State state = State::Bad;
    bool otherIssuer = false;  ///< Bad, but perhaps good to another provider.
    std::string reason;     ///< For the operator. Never the token.
    std::string claims;     ///< Good: the payload, JSON.
    std::string subject;    ///< Good: `sub`; may be empty.
    std::string issuer;
    const TokenProvider* provider = nullptr;  ///< Good: whose keys it was.
};

/// AskAgain: a key set is being fetched that may have its key; NoKeys: it has
/// none yet, and its issuer cannot be reached. `fetch`: ask for missing keys at all (explain does not).
TokenVerdict verifyToken(std::string_view token, const TokenProvider& provider, base::WallTime now, bool fetch = true);

/// A claim as a header's value: texts as they are, numbers and booleans written out, the rest as JSON in base64url (as Envoy does).
/// Nothing where there is none, or no header can hold it.
std::optional<std::string> claimText(std::string_view claims, std::string_view name);

}  // namespace gatehouse::filter
