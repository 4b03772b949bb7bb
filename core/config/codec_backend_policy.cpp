// Decoder of BackendConfigPolicy.
#include "config/backend_policy.h"
#include "config/codec_parts.h"
#include "config/fields.h"
#include "config/schema.h"

#include <charconv>

namespace gatehouse::config {
namespace {

using std::chrono::milliseconds;

std::optional<milliseconds> timeOf(const Node* node, std::string_view name) {
    if (memberOf(node, name) == nullptr) return std::nullopt;
    return parseDuration(textOf(node, name));
}

double numberOf(const Node* node, std::string_view name, double byDefault) {
    const auto text = textOf(node, name);
    double value = byDefault;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    return status == std::errc{} && end == text.data() + text.size() && value > 0 ? value : byDefault;
}

LoadBalancerSpec loadBalancer(const Node* node) {
    LoadBalancerSpec out;
    for (const auto* method : {"leastRequest", "roundRobin", "random"}) {
        const auto* block = node->find(method);
        if (block == nullptr) continue;
        out.method = method;
        out.choiceCount = std::max<std::int64_t>(2, intOf(block, "choiceCount", 2));
        if (const auto* slow = memberOf(block, "slowStart")) {
            SlowStartSpec spec;
            spec.window = timeOf(slow, "window").value_or(milliseconds(0));
            spec.aggression = numberOf(slow, "aggression", 1.0);
            spec.minWeightPercent = intOf(slow, "minWeightPercent", 10);
            out.slowStart = spec;
        }
        break;
    }
    if (memberOf(node, "healthyPanicThreshold")) out.panicThreshold = intOf(node, "healthyPanicThreshold", 50);
    return out;
}

OutlierSpec outlier(const Node* node) {
    OutlierSpec out;
    out.consecutive5xx = intOf(node, "consecutive5xx", out.consecutive5xx);
    out.enforcing5xx = intOf(node, "enforcingConsecutive5xx", out.enforcing5xx);
    out.split = boolOf(node, "splitExternalLocalOriginErrors", false);
    out.consecutiveLocal = intOf(node, "consecutiveLocalOriginFailure", out.consecutiveLocal);
    out.enforcingLocal = intOf(node, "enforcingConsecutiveLocalOriginFailure", out.enforcingLocal);
    out.interval = timeOf(node, "interval").value_or(out.interval);
    out.baseEjectionTime = timeOf(node, "baseEjectionTime").value_or(out.baseEjectionTime);
    out.maxEjectionPercent = intOf(node, "maxEjectionPercent", out.maxEjectionPercent);
    return out;
}

BackendTlsSpec tls(const Node* node) {
    BackendTlsSpec out;
    out.secretName = textOf(memberOf(node, "secretRef"), "name");
    out.files = memberOf(node, "files") != nullptr;
    out.insecure = boolOf(node, "insecureSkipVerify", false);
    out.systemTrust = !out.insecure && out.secretName.empty() && !out.files;
    out.simple = boolOf(node, "simpleTLS", false);
    out.sni = textOf(node, "sni");
    out.subjectAltNames = textsOf(node, "verifySubjectAltNames");
    return out;
}

}  // namespace

Result<BackendConfigPolicySpec> decodeBackendConfigPolicy(const Object& object) {
    const auto found = specOf(object);
    if (!found) return tl::unexpected(found.error());
    const auto* spec = *found;
    BackendConfigPolicySpec out;
    out.key = object.key;
    const auto& targets = itemsOf(spec, "targetRefs");
    for (std::size_t i = 0; i < targets.size(); ++i)
        out.targets.push_back({textOf(&targets[i], "group"), textOf(&targets[i], "kind"), textOf(&targets[i], "name"), {},
                               FieldPath().key("spec").key("targetRefs").index(i)});
    for (const auto& item : itemsOf(spec, "targetSelectors"))
        out.selectors.push_back({textOf(&item, "group"), textOf(&item, "kind"), pairsOf(&item, "matchLabels")});
    out.connectTimeout = timeOf(spec, "connectTimeout");
    const auto* common = memberOf(spec, "commonHttpProtocolOptions");
    out.idleTimeout = timeOf(common, "idleTimeout");
    out.maxRequestsPerConnection = intOf(common, "maxRequestsPerConnection", 0);
    if (const auto* node = memberOf(spec, "loadBalancer")) out.loadBalancer = loadBalancer(node);
    if (const auto* node = memberOf(spec, "outlierDetection")) out.outlier = outlier(node);
    const auto* circuit = memberOf(spec, "circuitBreakers");
    out.circuit = {intOf(circuit, "maxConnections", 0), intOf(circuit, "maxPendingRequests", 0),
                   intOf(circuit, "maxRequests", 0)};
    if (const auto* node = memberOf(spec, "tcpKeepalive"))
        out.tcpKeepAlive = {intOf(node, "keepAliveProbes", 0), timeOf(node, "keepAliveTime").value_or(milliseconds(0)),
                            timeOf(node, "keepAliveInterval").value_or(milliseconds(0))};
    const auto* dns = memberOf(spec, "dns");
    out.dns = {timeOf(dns, "refreshRate").value_or(milliseconds(0)), timeOf(dns, "jitter").value_or(milliseconds(0))};
    if (const auto* node = memberOf(spec, "tls")) out.tls = tls(node);
    if (object.schema != nullptr)
        if (const auto* table = object.schema->root.member("spec"))
            codec::collectNotRun(*table, *spec, FieldPath().key("spec"), out.unsupported);
    return out;
}

bool reaches(const BackendConfigPolicySpec& policy, const Object& target) {
    if (policy.key.ns != target.key.ns) return false;
    const auto named = [&](const PolicyTarget& ref) {
        return ref.group == target.key.group && ref.kind == target.key.kind && ref.name == target.key.name;
    };
    const auto selected = [&](const LabelTarget& selector) {
        return selector.group == target.key.group && selector.kind == target.key.kind && !selector.labels.empty() &&
               std::all_of(selector.labels.begin(), selector.labels.end(), [&](const auto& wanted) {
                   const auto label = target.labels.find(wanted.first);
                   return label != target.labels.end() && label->second == wanted.second;
               });
    };
    return std::any_of(policy.targets.begin(), policy.targets.end(), named) ||
           std::any_of(policy.selectors.begin(), policy.selectors.end(), selected);
}

}  // namespace gatehouse::config
