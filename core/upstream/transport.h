// Transport: how an endpoint is spoken to: protocol and TLS. TransportRegistry: one Transport per wish, kept across
// translations, so that sessions resume and pooled connections live on when something else was edited.
// Thread: registry on the control thread; transports are immutable and shared. Lifetime: as long as somebody holds them.
#pragma once

#include "net/tls.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse::upstream {

enum class Protocol : std::uint8_t {
    Http1,
    Http2,
    Bytes,  ///< Whatever the client speaks; no ALPN.
};

/// SHA-256 in hexadecimal: names a certificate or a bundle in an id without repeating it.
std::string contentDigest(std::string_view text);

struct Transport {
    std::string id;  ///< Same text, same transport; holds no secret.
    Protocol protocol = Protocol::Http1;
    std::shared_ptr<const net::TlsClientContext> tls;  ///< Null: plain.
    std::string sni;                                   ///< For people.
    std::string broken;  ///< Not empty: why no connection may be made, e.g. a CA that cannot be read. Never plaintext instead.
};

struct TransportSpec {
    Protocol protocol = Protocol::Http1;
    std::optional<net::TlsClientOptions> tls;  ///< ALPN is filled in from the protocol.
};

class TransportRegistry {
  public:
    /// Null for plain HTTP/1, which needs none. Never fails: what cannot be made is broken.
    std::shared_ptr<const Transport> get(TransportSpec spec);
    /// One that answers every connection with `reason`.
    static std::shared_ptr<const Transport> broken(std::string reason);
    /// Forgets those that nobody holds.
    void prune();

  private:
    std::unordered_map<std::string, std::weak_ptr<const Transport>> byId_;
};

}  // namespace gatehouse::upstream
