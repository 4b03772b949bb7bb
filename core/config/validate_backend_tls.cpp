// BackendTLSPolicy: targets, source of trust, names.
#include "config/fields.h"
#include "config/findings.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace gatehouse::config {
namespace {

/// A scheme, and something behind it (RFC 3986 section 4.3).
bool isAbsoluteUri(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return letter(text[0]) && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [&](char c) {
               return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
           });
}

void checkTargets(Findings& findings, const Object& object, const BackendTlsPolicies::Policy& policy) {
    std::set<std::tuple<std::string, std::string, std::string>> whole;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
    std::set<std::tuple<std::string, std::string, std::string>> parted;
    const auto& targets = policy.spec.targets;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto& target = targets[i];
        const auto& state = policy.targets[i];
        const std::tuple place(target.group, target.kind, target.name);
        const bool section = !target.sectionName.empty();
        const bool twice = !seen.emplace(target.group, target.kind, target.name, target.sectionName).second;
        if (twice || (section ? whole : parted).contains(place))
            findings.error(codes::kTargetTwice, object, target.at,
                           fmt::format("{} {} is named twice; give each reference its own sectionName.", target.kind, target.name));
        (section ? parted : whole).insert(place);
        if (state.governs || twice) continue;
        if (state.reason == "Conflicted")
            findings.error(codes::kPolicyConflict, object, target.at, state.message);
        else if (state.reason == "Invalid")
            findings.error(codes::kPolicyTargetKind, object, target.at.key("kind"), state.message);
        else if (section && findings.set.find(target.key()) != nullptr)
            findings.error(codes::kPolicySection, object, target.at.key("sectionName"), state.message);
        else
            findings.error(codes::kPolicyTarget, object, target.at.key("name"), state.message);
    }
}

}  // namespace

const BackendTlsPolicies& Findings::tlsPolicies() {
    if (!tlsPolicies_) tlsPolicies_.emplace(set);
    return *tlsPolicies_;
}

void validateBackendTls(Findings& findings, const Object& object) {
    const auto& all = findings.tlsPolicies().all();
    const auto policy = std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.object == &object; });
    if (policy == all.end()) return;
    checkTargets(findings, object, *policy);
    const auto at = FieldPath().key("spec").key("validation");
    const auto& spec = policy->spec;
    if (spec.wellKnown.empty() == spec.caRefs.empty()) {
        if (object.root->at(at) != nullptr)
            findings.error(codes::kTrustSource, object, at,
                           "Set exactly one of caCertificateRefs and wellKnownCACertificates; connections to the target fail until then.");
    } else if (!spec.wellKnown.empty() && !spec.systemTrust) {
        auto& finding = findings.error(codes::kTrustSource, object, at.key("wellKnownCACertificates"),
                                       fmt::format("'{}' is not known here; use System.", spec.wellKnown));
        finding.fix = Fix{"Change to System", at.key("wellKnownCACertificates"), "System", {}};
    }
    if (policy->refReason != "ResolvedRefs")
        findings.error(codes::kAuthorities, object, policy->refAt, policy->refMessage);
    const auto& names = spec.subjectAltNames;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].uri && !names[i].value.empty() && !isAbsoluteUri(names[i].value))
            findings.error(codes::kAltName, object, at.key("subjectAltNames").index(i).key("uri"),
                           fmt::format("'{}' is not an absolute URI such as spiffe://cluster.local/ns/shop/sa/cart.", names[i].value));
}

}  // namespace gatehouse::config
