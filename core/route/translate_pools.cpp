#include "route/translate_pools.h"

#include "config/relations.h"
#include "inference/engine.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

constexpr std::uint16_t kExporterPort = 9400;

/// A file may leave phase out; a cluster never does.
bool serves(const config::PodSpec& pod) { return pod.ready && !pod.podIp.empty() && (pod.phase.empty() || pod.phase == "Running"); }

}  // namespace

std::string poolId(const config::ObjectKey& key) {
    return fmt::format("InferencePool{}/{}/{}", key.group == config::kOlderInferenceGroup ? ".v1alpha2" : "", key.ns, key.name);
}

std::vector<std::shared_ptr<inference::Pod>> podsOf(const TranslateContext& context, const config::InferencePoolSpec& pool, const std::string& id,
                                                    const std::shared_ptr<const upstream::Transport>& transport) {
    std::vector<std::shared_ptr<inference::Pod>> pods;
    for (const auto& entry : context.podsIn(pool.key.ns)) {
        const auto& pod = entry.spec;
        if (!serves(pod) || !config::labelsMatch(entry.object->labels, pool.selector)) continue;
        const auto name = pod.key.ns + "/" + pod.key.name;
        const auto ports = pod.portOverride ? std::vector<std::uint16_t>{*pod.portOverride} : pool.targetPorts;
        for (const auto port : ports) {
            auto endpoint = context.runtime.endpoints.get(id, pod.podIp, port, name, transport);
            pods.push_back(context.runtime.pods.get(id, name, std::move(endpoint), pod.podIp, pod.metricsPortOverride.value_or(port),
                                                    inference::engineNamed(pod.engine), pod.metricsPath));
        }
    }
    return pods;
}

inference::Priorities prioritiesOf(const config::ObjectSet& objects, const config::Object& pool) {
    inference::Priorities priorities;
    for (const auto* object : config::objectsOfPool(objects, pool, "InferenceObjective"))
        if (const auto spec = config::decodeInferenceObjective(*object)) priorities.objectives.emplace(object->key.name, spec->priority);
    for (const auto* object : config::objectsOfPool(objects, pool, "InferenceModel"))
        if (const auto spec = config::decodeInferenceModel(*object)) priorities.models.emplace(spec->model, spec->priority);
    return priorities;
}

std::shared_ptr<const ModelRewrites> rewritesOf(const config::ObjectSet& objects, const config::Object& pool) {
    auto rewrites = std::make_shared<ModelRewrites>();
    for (const auto* object : config::objectsOfPool(objects, pool, "InferenceModelRewrite"))
        if (const auto spec = config::decodeInferenceModelRewrite(*object)) rewrites->add(*spec, *object);
    for (const auto* object : config::objectsOfPool(objects, pool, "InferenceModel"))
        if (const auto spec = config::decodeInferenceModel(*object)) rewrites->add(spec->rewrite, *object);
    if (rewrites->empty()) return nullptr;
    return rewrites;
}

std::vector<inference::DcgmExporter> exportersOf(const config::ObjectSet& objects) {
    std::vector<inference::DcgmExporter> exporters;
    for (const auto* object : objects.ofKind("Pod")) {
        if (!object->key.group.empty()) continue;
        const auto pod = config::decodePod(*object);
        if (pod && pod->dcgmExporter && serves(*pod))
            exporters.push_back({object->key.ns + "/" + object->key.name, pod->podIp, pod->portOverride.value_or(kExporterPort)});
    }
    return exporters;
}

}  // namespace gatehouse::route
