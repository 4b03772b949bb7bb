#include "config/backend_tls.h"

#include "config/certificates.h"
#include "config/listeners.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace gatehouse::config {
namespace {

using Policy = BackendTlsPolicies::Policy;
using Target = BackendTlsPolicies::Target;

void refuse(Policy& policy, std::string reason, std::string message) {
    if (!policy.accepted) return;
    policy.accepted = false;
    policy.reason = std::move(reason);
    policy.message = std::move(message);
}

void unresolved(Policy& policy, std::string reason, std::string message, FieldPath at) {
    if (policy.refReason != "ResolvedRefs") return;
    policy.refReason = std::move(reason);
    policy.refMessage = std::move(message);
    policy.refAt = std::move(at);
}

/// Empty where the target can be governed.
std::pair<std::string, std::string> targetProblem(const ObjectSet& set, const BackendTlsPolicySpec::Target& target) {
    if (!target.group.empty() || target.kind != "Service")
        return {"Invalid", fmt::format("A {} cannot be the target of a BackendTLSPolicy; name a Service.", target.kindText())};
    const auto* service = set.find(target.key());
    if (service == nullptr)
        return {"TargetNotFound", fmt::format("{} does not exist; create it or correct targetRefs.", target.key().display())};
    if (target.sectionName.empty()) return {};
    const auto spec = decodeService(*service);
    const bool found = spec && std::any_of(spec->ports.begin(), spec->ports.end(),
                                           [&](const ServicePort& port) { return port.name == target.sectionName; });
    if (found) return {};
    return {"TargetNotFound", fmt::format("{} has no port named {}; correct sectionName.", target.key().display(), target.sectionName)};
}

void judgeAuthorities(const ObjectSet& set, Policy& policy) {
    const auto& spec = policy.spec;
    const auto at = FieldPath().key("spec").key("validation");
    if (!spec.wellKnown.empty() && !spec.systemTrust)
        refuse(policy, "Invalid", fmt::format("wellKnownCACertificates cannot be {}; set it to System, or name caCertificateRefs.", spec.wellKnown));
    if (spec.wellKnown.empty() == spec.caRefs.empty())
        refuse(policy, "Invalid", "The policy needs either caCertificateRefs or wellKnownCACertificates; set exactly one of them.");
    for (std::size_t i = 0; i < spec.caRefs.size(); ++i) {
        const auto bundle = checkCaBundle(set, spec.caRefs[i]);
        if (bundle)
            policy.authorities.push_back(spec.caRefs[i]);
        else
            unresolved(policy, bundle.error().code == "ca-kind" ? "InvalidKind" : "InvalidCACertificateRef", bundle.error().message,
                       at.key("caCertificateRefs").index(i));
    }
    if (!spec.caRefs.empty() && policy.authorities.empty())
        refuse(policy, "NoValidCACertificate",
               "None of caCertificateRefs can be used, so connections to the target fail; correct them.");
}

}  // namespace

BackendTlsPolicies::BackendTlsPolicies(const ObjectSet& set) {
    std::vector<const Object*> objects;
    std::set<ObjectKey> seen;
    for (const auto* object : set.ofKind("BackendTLSPolicy"))
        if (object->key.group == kGatewayApiGroup && seen.insert(object->key).second) objects.push_back(object);
    std::stable_sort(objects.begin(), objects.end(), [](const Object* a, const Object* b) { return olderObject(*a, *b); });
    for (const auto* object : objects) {
        auto spec = decodeBackendTlsPolicy(*object);
        if (!spec) continue;
        Policy policy;
        policy.object = object;
        policy.spec = std::move(*spec);
        judgeTargets(set, policy);
        const auto& targets = policy.targets;
        const bool governs = std::any_of(targets.begin(), targets.end(), [](const Target& target) { return target.governs; });
        const auto lost = std::find_if(targets.begin(), targets.end(), [](const Target& target) { return !target.governs; });
        if (!governs && lost != targets.end()) refuse(policy, lost->reason, lost->message);
        judgeAuthorities(set, policy);
        // With a target left it stays in force there; the message tells of the others.
        if (policy.accepted && lost != targets.end()) policy.message = lost->message;
        policies_.push_back(std::move(policy));
    }
}

void BackendTlsPolicies::judgeTargets(const ObjectSet& set, Policy& policy) {
    for (const auto& target : policy.spec.targets) {
        auto& state = policy.targets.emplace_back();
        std::tie(state.reason, state.message) = targetProblem(set, target);
        if (!state.reason.empty()) continue;
        const auto [place, won] = governing_.emplace(std::tuple(target.ns, target.name, target.sectionName), policies_.size());
        state.governs = won;
        if (won) continue;
        state.reason = "Conflicted";
        const auto port = target.sectionName.empty() ? std::string() : " port " + target.sectionName;
        state.message = place->second == policies_.size()
                            ? fmt::format("{}{} is named twice; remove one of the references.", target.key().display(), port)
                            : fmt::format("{} governs {}{} already, for it is older or comes first by name; change one of them.",
                                          policies_[place->second].spec.key.display(), target.key().display(), port);
    }
}

const Policy* BackendTlsPolicies::find(const ObjectKey& service, std::string_view portName) const {
    if (policies_.empty()) return nullptr;
    auto found = portName.empty() ? governing_.end() : governing_.find(std::tuple(service.ns, service.name, std::string(portName)));
    if (found == governing_.end()) found = governing_.find(std::tuple(service.ns, service.name, std::string()));
    return found == governing_.end() ? nullptr : &policies_[found->second];
}

std::vector<BackendTlsPolicies::Contender> BackendTlsPolicies::contenders(const ObjectKey& service, std::string_view portName) const {
    std::vector<Contender> out;
    const auto* winner = find(service, portName);
    for (const auto& policy : policies_) {
        for (std::size_t i = 0; i < policy.targets.size(); ++i) {
            const auto& target = policy.spec.targets[i];
            const bool whole = target.sectionName.empty();
            if (target.key() != service || (!whole && target.sectionName != portName)) continue;
            const auto& state = policy.targets[i];
            Contender entry{&policy, state.governs && &policy == winner, {}};
            entry.reason = whole ? "targets " + service.display() : fmt::format("targets port {} of {}", target.sectionName, service.display());
            if (entry.governs && winner == &policy && whole && !portName.empty() &&
                governing_.contains(std::tuple(service.ns, service.name, std::string(portName))))
                continue;  // It governs by its entry for the port.
            if (!state.governs)
                entry.reason += ", but is passed over: " + state.message;
            else if (!entry.governs)
                entry.reason += fmt::format(", but {} wins: it names the port", winner->spec.key.display());
            out.push_back(std::move(entry));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Contender& a, const Contender& b) { return a.governs > b.governs; });
    return out;
}

bool hasBackendTls(const ObjectSet& set, const ObjectKey& service, std::string_view portName) {
    for (const auto* object : set.ofKind("BackendTLSPolicy")) {
        if (object->key.group != kGatewayApiGroup || object->key.ns != service.ns) continue;
        const auto spec = decodeBackendTlsPolicy(*object);
        if (spec && std::any_of(spec->targets.begin(), spec->targets.end(), [&](const BackendTlsPolicySpec::Target& target) {
                return target.key() == service && (target.sectionName.empty() || target.sectionName == portName);
            }))
            return true;
    }
    return false;
}

}  // namespace gatehouse::config
