// TLS of a translation: what listeners present and demand of clients, and how backends are spoken to: protocol by
// appProtocol and kind of route, TLS by BackendTLSPolicy, the Gateway's own certificate where it has one.
// Thread: control thread, one translate() call.
#pragma once

#include "config/backend_tls.h"
#include "config/listeners.h"
#include "route/translate_context.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace gatehouse::route {

/// Sets tls, tlsBroken and passthrough of a listener.
void applyListenerTls(TranslateContext& context, const config::MergedListener& spec, Listener& listener);

/// From where a backend is spoken to: what of that changes how.
struct BackendSite {
    enum class Carries : std::uint8_t {
        Http,
        Grpc,         ///< Of a GRPCRoute: HTTP/2 unless the backend says otherwise.
        Bytes,        ///< Of a TLSRoute whose TLS ends here.
        Passthrough,  ///< Of a TLSRoute: the client's own TLS, untouched.
    };
    Carries carries = Carries::Http;
    /// What the Gateway shows to backends; null: nothing.
    std::shared_ptr<const net::TlsIdentity> identity;
    std::string identityOf;      ///< The Gateway, where it has one.
    std::string identityBroken;  ///< Not empty: it cannot be had, so connections that TLS is asked for fail.
    /// Differs where the backend would be spoken to differently.
    std::string key() const;
};

class BackendTransports {
  public:
    explicit BackendTransports(TranslateContext& context);

    /// The certificate that a Gateway shows to backends; the same pointer for the same Gateway.
    BackendSite siteOf(const config::GatewaySpec& gateway, BackendSite::Carries carries);

    struct Wish {
        std::shared_ptr<const upstream::Transport> transport;  ///< Null: plain HTTP/1.
        std::string text;  ///< For people: "HTTP/2, TLS by BackendTLSPolicy default/web".
    };
    Wish forService(const config::ObjectKey& service, const config::ServicePort& port, const BackendSite& site);
    /// Which BackendTLSPolicies name the port, which of them governs it and why.
    std::vector<Provenance> provenance(const config::ObjectKey& service, const config::ServicePort& port,
                                       const BackendSite& site) const;
    /// Of other kinds, by their appProtocol alone: never TLS.
    std::shared_ptr<const upstream::Transport> plain(std::string_view appProtocol, const BackendSite& site);

  private:
    std::shared_ptr<const upstream::Transport> byPolicy(const config::BackendTlsPolicies::Policy& policy,
                                                        upstream::Protocol protocol, const BackendSite& site);

    struct Identity {
        std::shared_ptr<const net::TlsIdentity> pair;
        std::string broken;
    };
    TranslateContext& context_;
    config::BackendTlsPolicies policies_;
    std::unordered_map<std::string, Identity> identities_;  ///< By Gateway.
};

}  // namespace gatehouse::route
