// AgentgatewayModel (agentgateway.dev/v1alpha1, as published with agentgateway 1.4): one model that clients name in their requests, and
// who serves it; or a virtual one that stands for others. It attaches to listeners that allow its kind in allowedRoutes.kinds, as
// agentgateway has it. Thread: values, pure functions.
#pragma once

#include "config/agentgateway.h"
#include "config/status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::config {
class Findings;
}

namespace gatehouse::config::agentgateway {

inline constexpr char kModelKind[] = "AgentgatewayModel";

/// One of those that a virtual model stands for.
struct ModelTarget {
    std::string name;   ///< Of an AgentgatewayModel of the same namespace.
    std::string model;  ///< What it is asked for; empty: its own name, where that is exact.
    std::uint32_t weight = 1;
    std::uint32_t priority = 0;  ///< Failover: lower ones first.
    std::string when;            ///< Conditional: CEL; empty: always.
    FieldPath at;
};

struct ModelSpec {
    ObjectKey key;
    std::vector<ParentRef> parentRefs;
    std::string name;        ///< match.model, else the object's own name. May be a pattern.
    bool internal = false;   ///< Only virtual models may name it.
    std::string provider;    ///< The word of the 20; empty: virtual, or none.
    std::string baseUrl;
    Provider target;         ///< As a provider of an AgentgatewayBackend, with its policies; named like the object.
    enum class Virtual : std::uint8_t { None, Weighted, Failover, Conditional };
    Virtual kind = Virtual::None;
    std::vector<ModelTarget> targets;
    std::optional<Authorization> authorization;  ///< policies.authorization
    std::optional<HeaderModifier> requestHeaders, responseHeaders;

    bool isVirtual() const { return kind != Virtual::None; }
    bool isPattern() const { return name.find('*') != std::string::npos; }
};

/// Errors: only where there is no spec at all.
Result<ModelSpec> decodeModel(const Object& object);

/// The 20 words of spec.provider.
const std::vector<std::string>& modelProviders();
/// "xai" of "XAI": the row of the providers' table; empty: none.
std::string providerRow(std::string_view word);

/// The model that a virtual one's target names; null: there is none.
const Object* modelOf(const ObjectSet& set, const ModelSpec& from, const ModelTarget& target);
/// What `target` is asked for; empty: it is a pattern, and the target says nothing.
std::string modelAskedFor(const ModelTarget& target, const ModelSpec& model);

/// As an AgentgatewayBackend with this one provider; of a virtual model of kind Failover with those of its targets, grouped by
/// priority. No groups: a virtual one of another kind.
BackendSpec asBackend(const ObjectSet& set, const ModelSpec& model);

/// Attachment of models to listeners, by the rules of routes (config::attachments()).
std::vector<Attachment> modelAttachments(const ObjectSet& set);

/// What is wrong with a model by itself; empty: nothing.
std::string problemOf(const ObjectSet& set, const ModelSpec& model);

/// `all`: modelAttachments().
void agentgatewayModelStatus(const ObjectSet& set, const std::vector<Attachment>& all, const Object& object, ObjectStatus& status);
void validateModel(Findings& findings, const Object& object);

}  // namespace gatehouse::config::agentgateway
