// Conditions of a GatewayClass, and the names of what Gatehouse claims to support.
#include "config/fields.h"
#include "config/relations.h"
#include "config/status_policies.h"

#include <fmt/core.h>

namespace gatehouse::config {
namespace {

/// As in the conformance suite of Gateway API v1.6.1, sorted.
constexpr const char* kFeatures[] = {
    "BackendTLSPolicy",
    "BackendTLSPolicySANValidation",
    "GRPCRoute",
    "GRPCRouteNamedRouteRule",
    "Gateway",
    "GatewayAddressEmpty",
    "GatewayBackendClientCertificate",
    "GatewayFrontendClientCertificateValidation",
    "GatewayFrontendClientCertificateValidationInsecureFallback",
    "GatewayHTTPListenerIsolation",
    "GatewayHTTPSListenerDetectMisdirectedRequests",
    "GatewayPort8080",
    "HTTPRoute",
    "HTTPRoute303RedirectStatusCode",
    "HTTPRoute307RedirectStatusCode",
    "HTTPRoute308RedirectStatusCode",
    "HTTPRouteBackendProtocolH2C",
    "HTTPRouteBackendProtocolWebSocket",
    "HTTPRouteBackendRequestHeaderModification",
    "HTTPRouteBackendTimeout",
    "HTTPRouteCORS",
    "HTTPRouteDestinationPortMatching",
    "HTTPRouteHostRewrite",
    "HTTPRouteMethodMatching",
    "HTTPRouteNamedRouteRule",
    "HTTPRouteParentRefPort",
    "HTTPRoutePathRedirect",
    "HTTPRoutePathRewrite",
    "HTTPRoutePortRedirect",
    "HTTPRouteQueryParamMatching",
    "HTTPRouteRequestMirror",
    "HTTPRouteRequestMultipleMirrors",
    "HTTPRouteRequestPercentageMirror",
    "HTTPRouteRequestTimeout",
    "HTTPRouteResponseHeaderModification",
    "HTTPRouteRetry",
    "HTTPRouteRetryBackendTimeout",
    "HTTPRouteRetryConnectionError",
    "HTTPRouteSchemeRedirect",
    "ListenerSet",
    "ReferenceGrant",
    "TLSRoute",
    "TLSRouteModeMixed",
    "TLSRouteModeTerminate",
};

/// Bundles v1.0 to v1.6 hold nothing that is read otherwise here.
bool knownBundle(std::string_view version) {
    if (version.substr(0, 3) != "v1." || version.size() < 4) return false;
    const auto minor = version.substr(3, version.find('.', 3) == std::string_view::npos ? version.npos : version.find('.', 3) - 3);
    return minor.size() == 1 && minor[0] >= '0' && minor[0] <= '6';
}

/// The version of the definitions that the workspace carries, if it carries them.
std::string bundleVersion(const ObjectSet& set) {
    for (const auto* object : set.ofKind("CustomResourceDefinition")) {
        if (!object->key.name.ends_with("." + std::string(kGatewayApiGroup))) continue;
        if (const auto found = object->annotations.find("gateway.networking.k8s.io/bundle-version"); found != object->annotations.end())
            return found->second;
    }
    return {};
}

}  // namespace

void gatewayClassStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto* parameters = memberOf(memberOf(object.root.get(), "spec"), "parametersRef");
    const auto group = textOf(parameters, "group");
    const auto kind = textOf(parameters, "kind");
    const bool ofPods = (group == kKgatewayGroup && kind == "GatewayParameters") ||
                        (group == "agentgateway.dev" && kind == "AgentgatewayParameters");
    if (parameters != nullptr && !ofPods)
        status.conditions.push_back(
            {"Accepted", false, "InvalidParameters",
             fmt::format("Gatehouse knows no parameters of kind {} ({}); remove parametersRef.", kind, group.empty() ? "core" : group)});
    else
        status.conditions.push_back({"Accepted", true, "Accepted", "Gatehouse runs Gateways of every class."});
    const auto version = bundleVersion(set);
    const bool known = version.empty() || knownBundle(version);
    status.conditions.push_back({"SupportedVersion", known, known ? "SupportedVersion" : "UnsupportedVersion",
                                 known ? "Gateway API v1.6 and the versions before it are understood."
                                       : fmt::format("The definitions are of Gateway API {}; use one of v1.0 to v1.6.", version)});
    status.supportedFeatures.assign(std::begin(kFeatures), std::end(kFeatures));
}

}  // namespace gatehouse::config
