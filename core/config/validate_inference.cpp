// InferencePool, InferenceObjective, InferenceModelRewrite, InferenceModel, and what pods say of their engines.
#include "config/fields.h"
#include "config/findings.h"
#include "config/formats.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

/// What inference/engine.h knows by label; a test of that folder holds the two together.
constexpr std::array<std::string_view, 15> kEngines{"vllm", "sglang", "trtllm-serve", "trtllm", "tensorrt-llm", "trt-llm", "triton-tensorrt-llm", "triton-trtllm",
                                                    "triton", "llamacpp", "llama.cpp", "llama-cpp", "tgi", "text-generation-inference", "ollama"};

/// False: it is for no pool.
bool checkPoolRef(Findings& findings, const Object& object, const PoolRef& ref) {
    if (findPool(findings.set, object.key.ns, ref) != nullptr) return true;
    const auto at = FieldPath().key("spec").key("poolRef");
    if (!isInferencePool(ref.group, ref.kind))
        findings.warn(codes::kPoolMissing, object, at, fmt::format("{} ({}) is no kind of pool; name an InferencePool.", ref.kind, ref.group));
    else
        findings.warn(codes::kPoolMissing, object, at.key("name"),
                      fmt::format("There is no InferencePool {} in namespace {}; {} does nothing.", ref.name, object.key.ns, object.key.kind));
    return false;
}

void checkWeights(Findings& findings, const Object& object, const InferenceModelRewriteSpec::Rule& rule, const FieldPath& at) {
    const auto weighted = std::count_if(rule.targets.begin(), rule.targets.end(), [](const auto& target) { return target.weight > 0; });
    if (weighted == 0 || weighted == static_cast<std::ptrdiff_t>(rule.targets.size())) return;
    findings.warn(codes::kRewriteWeights, object, at,
                  fmt::format("{} of {} targets have a weight; those without one get no request. Give all of them a weight, or none.", weighted,
                              rule.targets.size()));
}

/// Rules that another one of the pool, older or before it, takes all requests of.
void checkShadowed(Findings& findings, const Object& object, const InferenceModelRewriteSpec& spec) {
    const auto* pool = findPool(findings.set, object.key.ns, spec.pool);
    std::map<std::string, std::string> taken;  // Model ("" = all): by which object.
    for (const auto* other : objectsOfPool(findings.set, *pool, "InferenceModelRewrite")) {
        const bool own = other == &object;
        const auto decoded = decodeInferenceModelRewrite(*other);
        if (!decoded) continue;
        for (const auto& rule : decoded->rules) {
            const auto models = rule.models.empty() ? std::vector<std::string>{""} : rule.models;
            for (const auto& model : models) {
                const auto [known, isNew] = taken.emplace(model, other->key.name);
                if (isNew || !own) continue;
                findings.warn(codes::kRewriteShadowed, object, rule.at,
                              model.empty() ? fmt::format("InferenceModelRewrite {} has a rule for all requests already, which goes first.", known->second)
                                            : fmt::format("InferenceModelRewrite {} has a rule for {} already, which goes first.", known->second, model));
            }
        }
        if (own) return;
    }
}

void checkPicker(Findings& findings, const Object& object, const InferencePoolSpec& pool) {
    if (!pool.picker) return;
    const auto& picker = *pool.picker;
    const auto at = FieldPath().key("spec").key(pool.pickerField);
    const bool service = picker.group.empty() && picker.kind == "Service";
    if (service && picker.port == 0)
        findings.error(codes::kPickerPort, object, at, "A picker that is a Service needs port.number.");
    if (!service) {
        findings.warn(codes::kPickerService, object, at,
                      fmt::format("{} is no kind of picker that gateways know; name a Service. Here Gatehouse picks itself.", picker.kind));
        return;
    }
    const auto* found = findings.set.find({"", "Service", object.key.ns, picker.name});
    const auto decoded = found != nullptr ? decodeService(*found) : Result<ServiceSpec>(ServiceSpec{});
    if (found != nullptr && decoded && decoded->type == "ExternalName")
        findings.warn(codes::kPickerService, object, at.key("name"),
                      fmt::format("Service {} is of type ExternalName, which gateways refuse as a picker. Here Gatehouse picks itself.", picker.name));
}

}  // namespace

void validatePool(Findings& findings, const Object& object) {
    const auto pool = decodeInferencePool(object);
    if (!pool) return;
    const auto spec = FieldPath().key("spec");
    std::set<std::uint16_t> ports;
    for (std::size_t i = 0; i < pool->targetPorts.size(); ++i)
        if (!ports.insert(pool->targetPorts[i]).second)
            findings.error(codes::kPoolPorts, object, spec.key("targetPorts").index(i).key("number"),
                           fmt::format("Port {} is listed twice.", pool->targetPorts[i]));
    checkPicker(findings, object, *pool);
    if (pool->selector.empty()) return;
    for (const auto* pod : findings.set.ofKind("Pod"))
        if (pod->key.group.empty() && pod->key.ns == object.key.ns && labelsMatch(pod->labels, pool->selector)) return;
    findings.warn(
        codes::kPoolEmpty, object, spec.key("selector"),
        fmt::format("The selector matches no Pod of namespace {}; requests to this pool are answered with 503.",
                    object.key.ns));
}

void validateInferenceObjective(Findings& findings, const Object& object) {
    if (const auto spec = decodeInferenceObjective(object)) checkPoolRef(findings, object, spec->pool);
}

void validateInferenceModelRewrite(Findings& findings, const Object& object) {
    const auto spec = decodeInferenceModelRewrite(object);
    if (!spec) return;
    for (const auto& rule : spec->rules) checkWeights(findings, object, rule, rule.at);
    if (checkPoolRef(findings, object, spec->pool)) checkShadowed(findings, object, *spec);
}

void validateInferenceModel(Findings& findings, const Object& object) {
    const auto spec = decodeInferenceModel(object);
    if (!spec) return;
    for (const auto& rule : spec->rewrite.rules) checkWeights(findings, object, rule, rule.at);
    if (!checkPoolRef(findings, object, spec->pool)) return;
    if (const auto* other = modelNameOwner(findings.set, *spec); other != nullptr && other != &object)
        findings.warn(codes::kModelNameInUse, object, FieldPath().key("spec").key("modelName"),
                      fmt::format("InferenceModel {} serves {} of this pool already, and is older: this one does nothing.", other->key.name, spec->model));
}

void validatePodSignals(Findings& findings, const Object& object) {
    const auto at = FieldPath().key("metadata").key("annotations");
    const auto path = object.annotations.find("gatehouse.dev/metrics-path");
    if (path != object.annotations.end() && !isMetricsPath(path->second))
        findings.warn(codes::kPodSignals, object, at.key(path->first), fmt::format("'{}' is no path; it must begin with /.", path->second));
    const auto engine = object.annotations.find("gatehouse.dev/engine");
    if (engine != object.annotations.end() && std::find(kEngines.begin(), kEngines.end(), engine->second) == kEngines.end())
        findings.warn(codes::kPodSignals, object, at.key(engine->first),
                      fmt::format("No engine is known as '{}'; its page tells which one it is.", engine->second));
}

}  // namespace gatehouse::config
