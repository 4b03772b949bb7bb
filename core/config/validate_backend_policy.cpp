// BackendConfigPolicy.
#include "config/backend_policy.h"
#include "config/fields.h"
#include "config/findings.h"

#include <fmt/core.h>

namespace gatehouse::config {
namespace {

bool mayBeTarget(const std::string& group, const std::string& kind) {
    return (group.empty() && kind == "Service") || (group == "gateway.kgateway.dev" && kind == "Backend");
}

void checkTargets(Findings& findings, const Object& object, const BackendConfigPolicySpec& policy) {
    for (const auto& target : policy.targets) {
        if (!mayBeTarget(target.group, target.kind)) {
            findings.warn(codes::kPolicyTargetKind, object, target.at.key("kind"),
                          fmt::format("A BackendConfigPolicy attaches to a Service or a Backend, not to {}{}{}.", target.group,
                                      target.group.empty() ? "" : "/", target.kind));
        } else if (findings.set.find({target.group, target.kind, object.key.ns, target.name}) == nullptr) {
            findings.warn(codes::kPolicyTarget, object, target.at.key("name"),
                          fmt::format("{} {}/{} does not exist; the policy has no effect there, and reaches only objects of its "
                                      "own namespace.", target.kind, object.key.ns, target.name));
        }
    }
}

}  // namespace

void validateBackendConfigPolicy(Findings& findings, const Object& object) {
    const auto policy = decodeBackendConfigPolicy(object);
    if (!policy) return;
    const auto spec = FieldPath().key("spec");
    checkTargets(findings, object, *policy);
    const auto* node = memberOf(object.root.get(), "spec");
    if (memberOf(node, "http1ProtocolOptions") && memberOf(node, "http2ProtocolOptions"))
        findings.error(codes::kBackendPolicy, object, spec.key("http2ProtocolOptions"),
                       "A backend has settings of HTTP/1 or of HTTP/2, not of both; remove one.");
    if (policy->dns.refreshRate.count() > 0 && policy->dns.jitter > policy->dns.refreshRate)
        findings.error(codes::kBackendPolicy, object, spec.key("dns").key("jitter"), "jitter must not be longer than refreshRate.");
    if (!policy->tls) return;
    const auto& tls = *policy->tls;
    const int sources = (tls.secretName.empty() ? 0 : 1) + (tls.files ? 1 : 0) + (tls.insecure ? 1 : 0) +
                        (memberOf(memberOf(node, "tls"), "wellKnownCACertificates") ? 1 : 0);
    if (sources > 1)
        findings.error(codes::kBackendPolicy, object, spec.key("tls"),
                       "Of secretRef, files, insecureSkipVerify and wellKnownCACertificates only one may be set.");
    if (!tls.secretName.empty() && tls.sni.empty() && tls.subjectAltNames.empty())
        findings.warn(codes::kBackendPolicy, object, spec.key("tls").key("secretRef"),
                      "There is no name to check the backend's certificate against, so requests to it answer 503; add sni or "
                      "verifySubjectAltNames.");
    if (tls.systemTrust && tls.sni.empty())
        findings.error(codes::kBackendPolicy, object, spec.key("tls").key("sni"),
                       "sni is needed where no Secret names the authorities: the certificate is checked against it.");
    if (!tls.secretName.empty() && findings.set.find({"", "Secret", object.key.ns, tls.secretName}) == nullptr)
        findings.error(codes::kSecretMissing, object, spec.key("tls").key("secretRef").key("name"),
                       fmt::format("Secret {}/{} does not exist; requests to the backend answer 503.", object.key.ns,
                                   tls.secretName));
}

}  // namespace gatehouse::config
