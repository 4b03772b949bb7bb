// Names of header fields that a proxy must know, told apart without a table in memory. Thread: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

namespace gatehouse::http {

enum class FieldId : std::uint8_t {
    Other,
    Host,
    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    ProxyConnection,
    ProxyAuthorization,
    ProxyAuthenticate,
    Te,
    Trailer,
    Upgrade,
    Expect,
    RequestId,     ///< X-Request-Id
    /// Forwarded, X-Forwarded-*, X-Real-Ip: a client's word about itself; and the fields by which gateways speak among
    /// themselves (isInternal). Trusted from proxies of ours alone.
    ForwardedAny,
    /// Content_Length, Transfer-Encoding with a `_`: a server that reads `_` as `-` would find another end of the body than we.
    FramingAlike,
    ContentType,
    Date,
};

FieldId classify(std::string_view name);

/// Fields that concern one connection only (RFC 9110 section 7.6.1, RFC 9112), and so are never passed on.
constexpr bool isHopByHop(FieldId id) {
    switch (id) {
        case FieldId::Connection:
        case FieldId::KeepAlive:
        case FieldId::ProxyConnection:
        case FieldId::ProxyAuthorization:
        case FieldId::ProxyAuthenticate:
        case FieldId::Te:
        case FieldId::Trailer:
        case FieldId::Upgrade:
        case FieldId::TransferEncoding: return true;
        default: return false;
    }
}

/// X-Gatehouse-*, X-Envoy-*, X-Forwarded-Client-Cert and X-Gateway-Destination-Endpoint* (by which endpoint pickers name a
/// pod): commands and proofs between gateways. Dropped from every request that comes in, as Envoy does at its edge; and so are X_Forwarded_For and its like, whoever sent them: no proxy writes
/// them, and a server that reads `_` as `-` would take them for ours.
bool isInternal(std::string_view name);

/// May a server take the two names for one? CGI, WSGI and their like hand `X_User` and `X-User` to applications as the same.
bool readsAlike(std::string_view a, std::string_view b);

/// RFC 9110 section 5.5: visible characters, obs-text, SP and HTAB.
bool isFieldValue(std::string_view text);

/// name ":" OWS value OWS. False: no colon, empty or non-token name, space before the colon, obs-fold, controls.
bool splitField(std::string_view line, std::string_view& name, std::string_view& value);

/// May the field come after a body? Not what frames, routes, authenticates or describes it (RFC 9110 section 6.5.1).
bool mayTrail(std::string_view name);

/// RFC 9110 section 5.6.2.
bool isToken(std::string_view text);

/// A Content-Length: digits only, no sign, no list; at most 18 of them, so that sums cannot overflow.
bool parseLength(std::string_view text, std::uint64_t& out);

/// True when `token` stands in the comma-separated `list` (case-insensitive, OWS ignored).
bool listContains(std::string_view list, std::string_view token);

}  // namespace gatehouse::http
