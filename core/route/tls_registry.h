// TlsRegistry: what listeners present, one context per content, kept across translations: an edit elsewhere costs no
// handshake, a renewed certificate makes a new context, and tickets of the old one still open.
// Thread: control thread; contexts are immutable and shared. Lifetime: contexts as long as somebody holds them.
#pragma once

#include "net/tls.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace gatehouse::route {

class TlsRegistry {
  public:
    /// Errors as of net::TlsServerContext::make(). `ticketKeys` are filled in; keys of identities are wiped.
    Result<std::shared_ptr<const net::TlsServerContext>> get(net::TlsServerOptions options);
    /// Forgets contexts that nobody holds.
    void prune();
    std::size_t size() const { return byContent_.size(); }

  private:
    std::shared_ptr<net::TlsTicketKeys> ticketKeys_ = std::make_shared<net::TlsTicketKeys>();
    std::unordered_map<std::string, std::weak_ptr<const net::TlsServerContext>> byContent_;
};

}  // namespace gatehouse::route
