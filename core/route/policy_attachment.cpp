#include "route/policy_attachment.h"

#include "route/diagnostic_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::route {
namespace {

constexpr char kWeightAnnotation[] = "kgateway.dev/policy-weight";
constexpr char kPriorityAnnotation[] = "kgateway.dev/inherited-policy-priority";
constexpr char kGatewayGroup[] = "gateway.networking.k8s.io";

int policyWeight(const config::Object& object) {
    const auto found = object.annotations.find(kWeightAnnotation);
    if (found == object.annotations.end()) return 0;
    int weight = 0;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), weight);
    return weight;
}

std::string displayName(const config::Object& object) { return object.key.ns + "/" + object.key.name; }

/// Has the object a member with this name in the list at `path`?
bool hasSection(const config::Object& object, const config::FieldPath& path, const std::string& section) {
    if (!object.root) return false;
    const auto* list = object.root->at(path);
    if (!list) return false;
    return std::any_of(list->items.begin(), list->items.end(), [&](const text::yaml::Node& item) {
        const auto* name = item.find("name");
        return name && name->value == section;
    });
}

}  // namespace

std::string_view levelName(AttachLevel level) {
    switch (level) {
        case AttachLevel::ExtensionRef: return "filter";
        case AttachLevel::Rule: return "rule";
        case AttachLevel::Route: return "route";
        case AttachLevel::Listener: return "listener";
        case AttachLevel::Gateway: return "Gateway";
    }
    return "";
}

void PolicyAttachments::add(TranslateContext& context, const config::Object& object,
                            const std::vector<config::PolicyTarget>& targets) {
    for (const auto& target : targets) {
        const bool gateway = target.kind == "Gateway";
        if (target.group != kGatewayGroup || (!gateway && target.kind != "HTTPRoute")) {
            context.report(config::Severity::Warning, codes::kPolicyTarget, object, target.at,
                           fmt::format("Targets of kind {} are not run yet; target a Gateway or an HTTPRoute.", target.kind));
            continue;
        }
        const auto* aim = context.find(target.kind, object.key.ns, target.name);
        if (!aim) {
            context.report(config::Severity::Warning, codes::kPolicyTarget, object, target.at.key("name"),
                           fmt::format("{} {}/{} does not exist, so this policy does nothing there; a policy reaches only "
                                       "objects of its own namespace.", target.kind, object.key.ns, target.name));
            continue;
        }
        const auto sections = config::FieldPath{}.key("spec").key(gateway ? "listeners" : "rules");
        if (!target.sectionName.empty() && !hasSection(*aim, sections, target.sectionName)) {
            context.report(config::Severity::Warning, codes::kPolicyTarget, object, target.at.key("sectionName"),
                           fmt::format("{} has no {} named {}, so this policy does nothing there.", aim->key.display(),
                                       gateway ? "listener" : "rule", target.sectionName));
            continue;
        }
        byTarget_[aim->key.id()].push_back({&object, target.sectionName});
    }
}

std::string PolicyAttachments::whyStronger(const Attached& a, const Attached& b) {
    if (a.level != b.level)
        return a.level < b.level
                   ? fmt::format("the {} level is more specific than the {} level", levelName(a.level), levelName(b.level))
                   : fmt::format("the Gateway's annotation {} puts the {} level before the {} level", kPriorityAnnotation,
                                 levelName(a.level), levelName(b.level));
    const int weightA = policyWeight(*a.object);
    const int weightB = policyWeight(*b.object);
    if (weightA != weightB)
        return weightA > weightB ? fmt::format("its {} {} is higher than {}", kWeightAnnotation, weightA, weightB) : "";
    const auto& bornA = a.object->creationTimestamp;
    const auto& bornB = b.object->creationTimestamp;
    if (bornA != bornB && (bornB.empty() || (!bornA.empty() && bornA < bornB)))
        return fmt::format("it is older ({}, the other {})", bornA, bornB.empty() ? "has no creationTimestamp" : bornB);
    if (bornA != bornB) return {};
    if (displayName(*a.object) < displayName(*b.object))
        return fmt::format("{} comes before {} in the alphabet", displayName(*a.object), displayName(*b.object));
    return {};
}

std::vector<Attached> PolicyAttachments::forRule(TranslateContext& context, const RuleSite& site,
                                                 std::span<const config::Object* const> extensions) const {
    std::vector<Attached> found;
    for (const auto* extension : extensions)
        found.push_back({extension, AttachLevel::ExtensionRef, "named by an ExtensionRef filter of the rule", {}});
    if (const auto targets = byTarget_.find(site.route.id()); targets != byTarget_.end())
        for (const auto& target : targets->second) {
            if (target.section.empty())
                found.push_back({target.object, AttachLevel::Route, "targets " + site.route.display(), site.route.id()});
            else if (target.section == site.ruleName)
                found.push_back({target.object, AttachLevel::Rule,
                                 fmt::format("targets rule {} of {}", target.section, site.route.display()),
                                 site.route.id() + '#' + target.section});
        }
    if (const auto targets = byTarget_.find(site.gateway.id()); targets != byTarget_.end())
        for (const auto& target : targets->second) {
            if (target.section.empty())
                found.push_back({target.object, AttachLevel::Gateway, "targets " + site.gateway.display(), site.gateway.id()});
            else if (target.section == site.listener)
                found.push_back({target.object, AttachLevel::Listener,
                                 fmt::format("targets listener {} of {}", target.section, site.gateway.display()),
                                 site.gateway.id() + '#' + target.section});
        }

    bool preferParent = false;
    if (const auto* gateway = context.find("Gateway", site.gateway.ns, site.gateway.name)) {
        const auto mode = gateway->annotations.find(kPriorityAnnotation);
        if (mode != gateway->annotations.end()) {
            preferParent = mode->second.ends_with("PreferParent");
            if (mode->second.starts_with("DeepMerge"))
                context.report(config::Severity::Warning, codes::kPolicyMergeMode, *gateway,
                               config::FieldPath{}.key("metadata").key("annotations").key(kPriorityAnnotation),
                               "Deep merging of policies is not run yet; whole top-level fields are merged instead.");
        }
    }
    // Rule and route form one hierarchy, listener and Gateway another; the annotation swaps the two.
    const auto rank = [&](const Attached& attached) {
        const bool parent = attached.level >= AttachLevel::Listener;
        return (parent == preferParent ? 0 : 10) + static_cast<int>(attached.level);
    };
    std::stable_sort(found.begin(), found.end(), [&](const Attached& a, const Attached& b) {
        if (rank(a) != rank(b)) return rank(a) < rank(b);
        return !whyStronger(a, b).empty();
    });
    return found;
}

bool hasField(const config::Object& object, std::string_view field) {
    return object.root && object.root->at(config::FieldPath{}.key("spec").key(field)) != nullptr;
}

Merged mergePolicies(std::span<const Attached> attached, std::span<const MergeField> fields) {
    Merged merged;
    merged.winners.resize(fields.size(), nullptr);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto& winner = merged.winners[i];
        for (const auto& candidate : attached) {
            if (!hasField(*candidate.object, fields[i].name)) continue;
            if (winner && winner->object == candidate.object) continue;  // attached twice
            Provenance entry;
            entry.field = fields[i].name;
            entry.origin = candidate.object->key;
            entry.where = candidate.object->locate(config::FieldPath{}.key("spec").key(fields[i].name));
            entry.reason = candidate.reason;
            if (!winner) {
                winner = &candidate;
            } else {
                entry.effective = false;
                entry.reason += fmt::format(", but {} wins: {}", winner->object->key.display(),
                                            PolicyAttachments::whyStronger(*winner, candidate));
            }
            merged.provenance.push_back(std::move(entry));
        }
    }
    return merged;
}

}  // namespace gatehouse::route
