// BackendConfigPolicies: which of them hold for a backend, merged field by field, oldest first (kgateway 2.4), and what they
// make of its endpoints and connections. Thread: control thread, one translate() call.
#pragma once

#include "config/backend_policy.h"
#include "route/policy_attachment.h"
#include "route/translate_tls.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

class BackendPolicies {
  public:
    explicit BackendPolicies(TranslateContext& context);

    /// How the backend's endpoints are handled from now on; also takes back what a policy that is gone had set.
    void apply(const config::Object& backend, const upstream::Cluster& cluster);
    /// The transport, with TLS where a policy asks for it and no BackendTLSPolicy does. Never plaintext instead: what cannot
    /// be made is broken.
    std::shared_ptr<const upstream::Transport> secure(const config::Object& backend,
                                                      std::shared_ptr<const upstream::Transport> transport,
                                                      const BackendSite& site);
    /// Which policy supplies which field of the backend, after `tls`: what BackendTLSPolicies have to say, which go before.
    std::vector<Provenance> provenance(const config::Object& backend, std::vector<Provenance> tls, const BackendSite& site);

  private:
    struct Entry {
        const config::Object* object = nullptr;
        config::BackendConfigPolicySpec spec;
    };
    struct Effect {
        upstream::BackendOptions options;
        std::vector<Provenance> provenance;
        const Entry* tls = nullptr;
    };
    const Effect& effectOn(const config::Object& backend);
    net::TlsClientOptions tlsOptions(const Entry& entry, std::string& broken) const;

    TranslateContext& context_;
    std::vector<Entry> policies_;  ///< Strongest first.
    std::unordered_map<const config::Object*, Effect> effects_;
};

}  // namespace gatehouse::route
