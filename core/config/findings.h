// Findings: where the validate_*.cpp files put what they find. Private to config/. Thread: one owner.
#pragma once

#include "config/backend_tls.h"
#include "config/diagnostic_codes.h"
#include "config/listeners.h"
#include "config/object.h"
#include "config/policies.h"
#include "config/status.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::config {

class Findings {
  public:
    explicit Findings(const ObjectSet& set) : set(set) {}

    Diagnostic& add(Severity severity, const char* code, const Object& object, const FieldPath& path,
                    std::string message) {
        Diagnostic diagnostic;
        diagnostic.severity = severity;
        diagnostic.code = code;
        diagnostic.object = object.key;
        diagnostic.fieldPath = path.toString();
        diagnostic.where = object.locate(path);
        diagnostic.message = std::move(message);
        list.push_back(std::move(diagnostic));
        return list.back();
    }
    Diagnostic& error(const char* code, const Object& object, const FieldPath& path, std::string message) {
        return add(Severity::Error, code, object, path, std::move(message));
    }
    Diagnostic& warn(const char* code, const Object& object, const FieldPath& path, std::string message) {
        return add(Severity::Warning, code, object, path, std::move(message));
    }

    const ObjectSet& set;
    std::vector<Diagnostic> list;
    /// Backends and extensions that some route refers to, to tell what nobody uses.
    std::set<ObjectKey> used;

    /// Has the Service a ready endpoint in the files?
    bool servesRequests(const std::string& ns, const std::string& service);

    /// Null where the Gateway cannot be read.
    const GatewayListeners* gateway(const ObjectKey& key);
    const BackendTlsPolicies& tlsPolicies();
    /// Of all AgentgatewayModels.
    const std::vector<Attachment>& modelAttachments();

  private:
    std::optional<std::vector<GatewayListeners>> gateways_;
    std::optional<BackendTlsPolicies> tlsPolicies_;
    std::optional<std::vector<Attachment>> modelAttachments_;
    std::set<std::pair<std::string, std::string>> serving_;
    bool slicesRead_ = false;
};

void validateGateway(Findings& findings, const Object& object);
void validateListenerSet(Findings& findings, const Object& object);
void validateBackendTls(Findings& findings, const Object& object);
/// HTTPRoute, GRPCRoute, TLSRoute.
void validateRoute(Findings& findings, const Object& object);
void validateAttachments(Findings& findings);
void validateBackend(Findings& findings, const Object& object);
void validateTrafficPolicy(Findings& findings, const Object& object);
/// Of a TrafficPolicy: csrf, faultInjection.
void validateTrafficExtras(Findings& findings, const Object& policy);
/// What a TrafficPolicy says about callers.
void validateAccess(Findings& findings, const Object& policy);
void validateGatewayExtension(Findings& findings, const Object& object);
/// The annotations of a Secret that make its keys virtual ones.
void validateVirtualKeys(Findings& findings, const Object& secret);
void validateBackendConfigPolicy(Findings& findings, const Object& object);
void validateAgentgatewayBackend(Findings& findings, const Object& object);
void validateAgentgatewayPolicy(Findings& findings, const Object& object);
/// ListenerPolicy and HTTPListenerPolicy.
void validateListenerPolicy(Findings& findings, const Object& object);
/// Roles of messages that policies add; `list`: where they stand.
void checkPromptRoles(Findings& findings, const Object& object, const std::vector<PromptMessage>& messages, const FieldPath& list);
void validatePool(Findings& findings, const Object& object);
void validateInferenceObjective(Findings& findings, const Object& object);
void validateInferenceModelRewrite(Findings& findings, const Object& object);
void validateInferenceModel(Findings& findings, const Object& object);
/// What a pod's annotations say of its engine.
void validatePodSignals(Findings& findings, const Object& object);
void validateService(Findings& findings, const Object& object);
void validatePod(Findings& findings, const Object& object);
void validateSecret(Findings& findings, const Object& object);
/// Set fields whose rows of the table say that this version does not run them.
void validateNotRun(Findings& findings, const Object& object);
/// What no route refers to.
void validateUnused(Findings& findings);

}  // namespace gatehouse::config
