// Which BackendTLSPolicy governs the connections to a Service's port, and whether it can be used (Gateway API v1.6.1).
// Thread: built once from an immutable set, then read by any thread. Lifetime: not longer than the set's.
#pragma once

#include "config/gateway_api.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace gatehouse::config {

class BackendTlsPolicies {
  public:
    struct Target {
        bool governs = false;
        std::string reason;  ///< Why not: Conflicted, Invalid, TargetNotFound
        std::string message;
    };
    struct Policy {
        const Object* object = nullptr;
        BackendTlsPolicySpec spec;
        bool accepted = true;
        std::string reason = "Accepted";  ///< Else Conflicted, Invalid, TargetNotFound, NoValidCACertificate
        std::string message = "The policy is valid.";
        std::string refReason = "ResolvedRefs";  ///< Else InvalidCACertificateRef, InvalidKind
        std::string refMessage = "All references resolve.";
        FieldPath refAt;
        std::vector<ObjectRef> authorities;   ///< Those of caRefs that can be used.
        std::vector<Target> targets;          ///< As spec.targets.
        /// Connections can be made by it. Otherwise they must fail (502 or 503), and never go out in clear.
        bool usable() const { return accepted && (spec.systemTrust || !authorities.empty()); }
    };

    explicit BackendTlsPolicies(const ObjectSet& set);

    /// The one that governs: for the port if there is such a one, else for the whole Service; null: connections are clear.
    const Policy* find(const ObjectKey& service, std::string_view portName) const;
    /// Those that name the Service, or this port of it, the one that governs first.
    struct Contender {
        const Policy* policy = nullptr;
        bool governs = false;
        std::string reason;  ///< "targets Service default/web, but BackendTLSPolicy default/a wins: it names the port"
    };
    std::vector<Contender> contenders(const ObjectKey& service, std::string_view portName) const;
    /// Oldest first.
    const std::vector<Policy>& all() const { return policies_; }

  private:
    void judgeTargets(const ObjectSet& set, Policy& policy);

    std::vector<Policy> policies_;
    /// {namespace, Service, port name or ""} to the position of the policy that governs.
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t, std::less<>> governing_;
};

/// Is there one at all, good or bad? Cheaper than building the whole for one question.
bool hasBackendTls(const ObjectSet& set, const ObjectKey& service, std::string_view portName);

}  // namespace gatehouse::config
