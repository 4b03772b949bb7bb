// Attachment of policies: which objects apply to one rule, in which order, and which of them supplies each field. One
// mechanism for every policy kind: a kind brings its table of top-level fields, nothing else.
// Semantics: kgateway 2.x (ExtensionRef > rule section > route > listener section > Gateway; then the annotation
// kgateway.dev/policy-weight, then age, then namespace/name; the merge unit is one top-level spec field, first wins).
// Files usually carry no creationTimestamp: an object without one counts as newer than any that has one.
// Thread: control thread.
#pragma once

#include "config/policies.h"
#include "route/translate_context.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::route {

/// High to low specificity.
enum class AttachLevel { ExtensionRef, Rule, Route, Listener, Gateway };
std::string_view levelName(AttachLevel level);  ///< "rule", "route", ...

/// One policy object as it applies to one rule.
struct Attached {
    const config::Object* object = nullptr;
    AttachLevel level = AttachLevel::Route;
    std::string reason;  ///< "targets HTTPRoute default/chat"
    std::string target;  ///< Id of what it is attached to; empty: the rule itself, by a filter.
};

/// What a rule is, as far as attachment goes.
struct RuleSite {
    config::ObjectKey route;
    std::string ruleName;
    config::ObjectKey gateway;
    std::string listener;
};

/// A top-level spec field of a policy kind: one row of the kind's table.
struct MergeField {
    std::string_view name;
    bool guardsAccess = false;  ///< Where such a field is not run, its rules answer 500 rather than go unguarded.
    bool run = false;           ///< This version runs it.
};

class PolicyAttachments {
  public:
    /// Registers the targetRefs of one policy. Targets that do not exist or that this version does not run are reported.
    void add(TranslateContext& context, const config::Object& object, const std::vector<config::PolicyTarget>& targets);

    /// Every policy that applies to a rule, strongest first. `extensions` are those its filters name.
    std::vector<Attached> forRule(TranslateContext& context, const RuleSite& site,
                                  std::span<const config::Object* const> extensions) const;

    /// Empty when `a` is not stronger than `b`; else why, e.g. "the route level is more specific than the Gateway level".
    static std::string whyStronger(const Attached& a, const Attached& b);

  private:
    struct Target {
        const config::Object* object;
        std::string section;
    };
    std::unordered_map<std::string, std::vector<Target>> byTarget_;  ///< Key: id of the target.
};

/// Which of the attached policies supplies each field of the table, and who lost it to whom.
struct Merged {
    std::vector<const Attached*> winners;  ///< In the order of the table; null where nobody sets the field.
    std::vector<Provenance> provenance;
};
Merged mergePolicies(std::span<const Attached> attached, std::span<const MergeField> fields);

/// Is `spec.FIELD` written in the object?
bool hasField(const config::Object& object, std::string_view field);

}  // namespace gatehouse::route
