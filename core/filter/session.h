// Session persistence: the token by which a client comes back to its endpoint. It holds no address: a keyed tag of the
// endpoint and the moment the session began, sealed by HMAC-SHA-256 with a key that this process makes and tells no one.
// Thread: immutable. Lifetime: the seal outlives snapshots (route::Runtime), so sessions survive a swap, not a restart.
#pragma once

#include "http/message.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::filter {

struct SessionTicket {
    std::uint64_t tag = 0;       ///< Of the endpoint.
    std::chrono::seconds began{0};  ///< Since the epoch.
};

class SessionSeal {
  public:
    /// With a fresh random key.
    static std::shared_ptr<const SessionSeal> make();
    explicit SessionSeal(const std::array<unsigned char, 32>& key) : key_(key) {}

    /// What stands for an endpoint in tokens; who does not know the key cannot tell which.
    std::uint64_t tag(std::string_view place) const;
    /// 43 characters, safe in cookies and fields. `scope`: tokens of another scope are not accepted.
    std::string seal(std::string_view scope, const SessionTicket& ticket) const;
    std::optional<SessionTicket> open(std::string_view scope, std::string_view token) const;

  private:
    std::array<unsigned char, 32> key_;
};

/// sessionPersistence of a rule.
struct Session {
    std::string name;  ///< Of the cookie or header.
    bool byHeader = false;
    bool permanent = false;
    std::optional<std::chrono::seconds> absoluteTimeout;
    std::shared_ptr<const SessionSeal> seal;
};

/// The token that the request carries; empty where it carries none.
std::string_view sessionToken(const Session& session, const http::Headers& request);
/// Puts the token on the answer: the field itself, or a Set-Cookie.
void stampSession(const Session& session, std::string_view token, bool https, http::Headers& answer);

/// The value of a cookie of the request; empty where absent (RFC 6265 section 4.2).
std::string_view cookieValue(const http::Headers& request, std::string_view name);

}  // namespace gatehouse::filter
