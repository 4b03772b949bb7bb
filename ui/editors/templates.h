// Texts of new objects, and the file and name that they get. A new object is complete, valid and does nothing surprising to
// traffic that runs already. Thread: pure functions.
#pragma once

#include "config/object.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

/// "chat", "chat-2", "chat-3": the first one that no object of this kind in `ns` has.
std::string uniqueName(const config::ObjectSet& set, std::string_view kind, const std::string& ns, const std::string& wish);
/// Where a new object goes: the one file of a workspace that has a single file, else a file of its own.
std::string fileForNewObject(const config::ObjectSet& set, const config::ObjectKey& key);
/// Namespace of most objects; "default" in an empty set.
std::string usualNamespace(const config::ObjectSet& set);
/// The first port from `from` on that no Gateway or ListenerSet listens on.
std::uint16_t freeListenerPort(const config::ObjectSet& set, std::uint16_t from = 8080);

std::string gatewayYaml(const config::ObjectSet& set, const std::string& ns, const std::string& name);
std::string listenerFragment(const std::string& name, std::uint16_t port);
/// HTTPS that ends here with the certificate of Secret `secret`.
std::string tlsListenerFragment(const std::string& name, std::uint16_t port, const std::string& secret);
/// TLS that is passed through, for TLSRoutes.
std::string passthroughListenerFragment(const std::string& name, std::uint16_t port);
/// A Secret of `ns` that holds a certificate; `wish` where there is none.
std::string certificateSecret(const config::ObjectSet& set, const std::string& ns, const std::string& wish);
/// With one listener, for `gateway`.
std::string listenerSetYaml(const config::ObjectSet& set, const config::ObjectKey& gateway, const std::string& name);
/// A name as a gRPC service may have it: "example.calls2" for "calls-2".
std::string grpcServiceName(const std::string& name);
std::string grpcRouteYaml(const config::ObjectSet& set, const config::ObjectKey& parent, const std::string& section, const std::string& ns,
                          const std::string& name);
std::string tlsRouteYaml(const config::ObjectSet& set, const config::ObjectKey& parent, const std::string& section, const std::string& ns,
                         const std::string& name);
/// For connections to Service `service`, checked against the authorities that this machine trusts.
std::string backendTlsPolicyYaml(const std::string& ns, const std::string& name, const std::string& service);
/// Attached to `gateway` (and its listener `section`, where given), matching only its own path prefix "/NAME".
std::string routeYaml(const config::ObjectSet& set, const config::ObjectKey& gateway, const std::string& section,
                      const std::string& ns, const std::string& name);
/// A rule for `pathPrefix` to `backend` (kind empty: none yet).
std::string ruleFragment(const config::ObjectSet& set, const std::string& pathPrefix, const config::ObjectKey& backend);
std::string backendRefFragment(const config::ObjectSet& set, const config::ObjectKey& backend, const std::string& routeNamespace);
std::string staticBackendYaml(const std::string& ns, const std::string& name, const std::string& host, std::uint16_t port);
std::string listenerPolicyYaml(const std::string& ns, const std::string& name, const std::string& gateway, const std::string& section);
std::string trafficPolicyYaml(const std::string& ns, const std::string& name, const config::ObjectKey& route);

/// Objects that a rule may send to: Services, InferencePools, Backends; those of `ns` first.
std::vector<config::ObjectKey> backendCandidates(const config::ObjectSet& set, const std::string& ns);

}  // namespace gatehouse::ui
