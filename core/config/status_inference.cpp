// Conditions of the inference kinds.
#include "config/relations.h"
#include "config/status_policies.h"

#include <fmt/format.h>

namespace gatehouse::config {
namespace {

/// Accepted of what is for a pool: Pending as long as there is none, which is what the kinds' own default says.
void acceptedWithPool(const ObjectSet& set, const ObjectKey& key, const PoolRef& ref, ObjectStatus& status, const std::string& message) {
    if (findPool(set, key.ns, ref) != nullptr)
        status.conditions.push_back({"Accepted", true, "Accepted", message});
    else
        status.conditions.push_back({"Accepted", false, "Pending", fmt::format("There is no InferencePool {} in namespace {}.", ref.name, key.ns)});
}

/// Why a gateway of a cluster could not ask the picker; empty: nothing speaks against it.
std::string pickerProblem(const ObjectSet& set, const InferencePoolSpec& pool) {
    if (!pool.picker) return {};
    const auto& picker = *pool.picker;
    if (!picker.group.empty() || picker.kind != "Service") return fmt::format("The picker is a {}, and must be a Service.", picker.kind);
    if (picker.port == 0) return "The picker's port is missing.";
    const auto* object = set.find({"", "Service", pool.key.ns, picker.name});
    if (object == nullptr) return {};  // It may stand in the cluster alone.
    const auto service = decodeService(*object);
    if (!service) return service.error().message;
    if (service->type == "ExternalName") return fmt::format("Service {} is of type ExternalName, which cannot be a picker.", picker.name);
    for (const auto& port : service->ports)
        if (port.port == picker.port) return {};
    return fmt::format("Service {} has no port {}.", picker.name, picker.port);
}

void pool(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = decodeInferencePool(object);
    const bool fine = spec && !spec->selector.empty() && !spec->targetPorts.empty();
    const auto problem = !spec  ? spec.error().message
                         : fine ? std::string("The pool is valid.")
                                : std::string("The pool needs a selector and a target port.");
    status.conditions.push_back({"Accepted", fine, fine ? "Accepted" : "Invalid", problem});
    if (!fine) return;
    if (auto picker = pickerProblem(set, *spec); !picker.empty()) {
        status.conditions.push_back({"ResolvedRefs", false, "InvalidExtensionRef", std::move(picker)});
        return;
    }
    std::size_t pods = 0;
    for (const auto* pod : set.ofKind("Pod"))
        if (pod->key.group.empty() && pod->key.ns == object.key.ns && labelsMatch(pod->labels, spec->selector)) ++pods;
    status.conditions.push_back({"ResolvedRefs", true, "ResolvedRefs",
                                 pods == 0 ? "The selector matches no pod yet."
                                           : "Gatehouse picks the pods itself; no endpoint picker is asked."});
}

void model(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = decodeInferenceModel(object);
    if (!spec) {
        status.conditions.push_back({"Accepted", false, "Pending", spec.error().message});
        return;
    }
    const auto* owner = modelNameOwner(set, *spec);
    if (owner != nullptr && owner != &object)
        status.conditions.push_back({"Accepted", false, "ModelNameInUse",
                                     fmt::format("InferenceModel {} serves {} of this pool already.", owner->key.name, spec->model)});
    else
        acceptedWithPool(set, object.key, spec->pool, status,
                         "Run as what InferenceObjective and InferenceModelRewrite would say; the kind is gone since Inference Extension v1.0.");
}

}  // namespace

const Object* modelNameOwner(const ObjectSet& set, const InferenceModelSpec& spec) {
    const auto* pool = findPool(set, spec.key.ns, spec.pool);
    if (pool == nullptr) return nullptr;
    for (const auto* other : objectsOfPool(set, *pool, "InferenceModel")) {
        const auto decoded = decodeInferenceModel(*other);
        if (decoded && decoded->model == spec.model) return other;
    }
    return nullptr;
}

bool inferenceStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto& kind = object.key.kind;
    if (kind == "InferencePool") {
        pool(set, object, status);
    } else if (kind == "InferenceObjective") {
        const auto spec = decodeInferenceObjective(object);
        if (spec) acceptedWithPool(set, object.key, spec->pool, status, fmt::format("Requests that name it have priority {}.", spec->priority));
        else status.conditions.push_back({"Accepted", false, "Pending", spec.error().message});
    } else if (kind == "InferenceModelRewrite") {
        const auto spec = decodeInferenceModelRewrite(object);
        if (spec) acceptedWithPool(set, object.key, spec->pool, status, "The rules are run.");
        else status.conditions.push_back({"Accepted", false, "Pending", spec.error().message});
    } else if (kind == "InferenceModel") {
        model(set, object, status);
    } else {
        return false;
    }
    return true;
}

}  // namespace gatehouse::config
