// CanaryArms: what one split of the workspace compares, whatever object says it: the weighted backends of an HTTPRoute's rule (Services,
// Backends, InferencePools), rules of one route that headers or parameters tell apart, the targets of an InferenceModelRewrite, or those
// of a weighted AgentgatewayModel. Thread: values and pure functions.
#pragma once

#include "config/workspace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::canary {

enum class ArmSource : std::uint8_t {
    RouteWeights,  ///< backendRefs[].weight of one rule.
    RouteMatches,  ///< Rules of one route with the same path: an A/B test by header or parameter.
    ModelRewrite,  ///< InferenceModelRewrite: rules[].targets[]
    VirtualModel,  ///< AgentgatewayModel with spec.virtualModel.weighted
};

/// Who decides which arm a request takes.
enum class Assignment : std::uint8_t {
    PerRequest,  ///< Drawn by weight, each by itself.
    Sticky,      ///< By a key of the client's (annotation gatehouse.dev/sticky-split, route/sticky_split.h).
    ByClient,    ///< What the request says: nothing is random, so a difference may be that of the clients.
};

struct Arm {
    std::string name;   ///< As request records name it: backend, rule or model.
    std::string label;  ///< Short: "chat-canary", "header x-canary=yes".
    std::uint32_t weight = 1;
    config::FieldPath at;  ///< The reference, the rule or the target.
};

struct CanaryArms {
    ArmSource source = ArmSource::RouteWeights;
    Assignment assignment = Assignment::PerRequest;
    std::string key;           ///< Sticky: the annotation's words, "header x-user".
    config::ObjectKey object;
    std::size_t ruleIndex = 0;
    std::string rule;          ///< As request records name it: "chat · rule 1"; of a virtual model the name that clients ask for.
    std::vector<Arm> arms;

    /// Stable while the object and the rule keep their names and place.
    std::string id() const;
    bool weighted() const { return source != ArmSource::RouteMatches; }
    std::vector<std::uint32_t> weights() const;
    /// Part of the requests that weights give to each arm, 0 to 1; empty where no weights are, or all are 0.
    std::vector<double> shares() const;
};

/// All splits of the workspace, in the order of its objects. What cannot be read is left out.
std::vector<CanaryArms> canaryArms(const config::ObjectSet& objects);

/// Weights with the sum `total` of which `canary` has `percent`; the others keep their proportions to each other, and those of weight 0
/// stay at 0, unless all would: then the first other arm takes the rest.
std::vector<std::uint32_t> weightsWith(const std::vector<std::uint32_t>& weights, std::size_t canary, int percent);

/// One edit that writes these weights, touching only those that differ. Errors: "canary-arms" where the arms have no weights or the
/// workspace no longer has them; those of Workspace.
Result<config::Edit> weightsEdit(const config::Workspace& workspace, const CanaryArms& arms, const std::vector<std::uint32_t>& weights,
                                 const std::string& name);

}  // namespace gatehouse::canary
