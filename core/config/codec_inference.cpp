// Decoders of the inference kinds.
#include "config/fields.h"
#include "config/inference_api.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace gatehouse::config {
namespace {

/// The priorities that the extension's migration guide gives for criticality.
constexpr std::pair<std::string_view, int> kCriticality[] = {{"Critical", 10}, {"Standard", 0}, {"Sheddable", -10}};

PoolRef poolRefOf(const Node* spec, std::string_view group) {
    const auto* ref = memberOf(spec, "poolRef");
    return {textOf(ref, "group", group), textOf(ref, "kind", "InferencePool"), textOf(ref, "name")};
}

std::uint32_t weightOf(const Node& item) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(intOf(&item, "weight", 0), 0, 1'000'000));
}

InferencePoolSpec::Picker pickerOf(const Node* ref, std::uint16_t port) {
    return {textOf(ref, "group"), textOf(ref, "kind", "Service"), textOf(ref, "name"), port};
}

}  // namespace

bool isInferencePool(std::string_view group, std::string_view kind) {
    return kind == "InferencePool" && (group == kInferenceGroup || group == kOlderInferenceGroup);
}

bool isInferencePool(const ObjectKey& key) { return isInferencePool(key.group, key.kind); }

const Object* findPool(const ObjectSet& set, const std::string& ns, const PoolRef& ref) {
    if (!isInferencePool(ref.group, ref.kind)) return nullptr;
    if (const auto* found = set.find({ref.group, ref.kind, ns, ref.name})) return found;
    return set.find({ref.group == kInferenceGroup ? kOlderInferenceGroup : kInferenceGroup, ref.kind, ns, ref.name});
}

Result<InferencePoolSpec> decodeInferencePool(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    const bool older = object.key.group == kOlderInferenceGroup;
    InferencePoolSpec out;
    out.key = object.key;
    if (older) {
        out.selector = pairsOf(*spec, "selector");
        if (const auto port = portOf(*spec, "targetPortNumber")) out.targetPorts.push_back(*port);
        out.pickerField = "extensionRef";
    } else {
        out.selector = pairsOf(memberOf(*spec, "selector"), "matchLabels");
        for (const auto& item : itemsOf(*spec, "targetPorts"))
            if (const auto port = portOf(&item, "number")) out.targetPorts.push_back(*port);
        out.appProtocol = textOf(*spec, "appProtocol", "http");
    }
    const auto* picker = memberOf(*spec, out.pickerField);
    if (picker == nullptr) return out;
    out.failOpen = textOf(picker, "failureMode", "FailClose") == "FailOpen";
    constexpr std::uint16_t kPickerPort = 9002;
    out.picker = pickerOf(picker, older ? portOf(picker, "portNumber").value_or(kPickerPort)
                                        : portOf(memberOf(picker, "port"), "number").value_or(0));
    return out;
}

Result<InferenceObjectiveSpec> decodeInferenceObjective(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    using Limits = std::numeric_limits<std::int32_t>;
    const auto priority = std::clamp<std::int64_t>(intOf(*spec, "priority", 0), Limits::min(), Limits::max());
    return InferenceObjectiveSpec{object.key, poolRefOf(*spec, kInferenceGroup), static_cast<int>(priority)};
}

Result<InferenceModelRewriteSpec> decodeInferenceModelRewrite(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    InferenceModelRewriteSpec out{object.key, poolRefOf(*spec, kInferenceGroup), {}};
    const auto at = FieldPath().key("spec").key("rules");
    const auto& rules = itemsOf(*spec, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        InferenceModelRewriteSpec::Rule rule;
        rule.at = at.index(i);
        for (const auto& match : itemsOf(&rules[i], "matches"))
            if (auto model = textOf(memberOf(&match, "model"), "value"); !model.empty()) rule.models.push_back(std::move(model));
        for (const auto& target : itemsOf(&rules[i], "targets"))
            if (auto model = textOf(&target, "modelRewrite"); !model.empty()) rule.targets.push_back({std::move(model), weightOf(target)});
        // A match that cannot be read must not become one of everything.
        if (!itemsOf(&rules[i], "matches").empty() && rule.models.empty()) continue;
        if (!rule.targets.empty()) out.rules.push_back(std::move(rule));
    }
    return out;
}

Result<InferenceModelSpec> decodeInferenceModel(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    InferenceModelSpec out;
    out.key = object.key;
    out.pool = poolRefOf(*spec, kOlderInferenceGroup);
    out.model = textOf(*spec, "modelName");
    if (out.model.empty()) return fail("no-model", object.key.display() + " names no model.");
    out.criticality = textOf(*spec, "criticality");
    for (const auto& [name, priority] : kCriticality)
        if (out.criticality == name) out.priority = priority;
    out.rewrite = {object.key, out.pool, {}};
    InferenceModelRewriteSpec::Rule rule;
    rule.models = {out.model};
    rule.at = FieldPath().key("spec").key("targetModels");
    for (const auto& target : itemsOf(*spec, "targetModels"))
        if (auto name = textOf(&target, "name"); !name.empty()) rule.targets.push_back({std::move(name), weightOf(target)});
    if (!rule.targets.empty()) out.rewrite.rules.push_back(std::move(rule));
    return out;
}

std::vector<const Object*> objectsOfPool(const ObjectSet& set, const Object& pool, const char* kind) {
    std::vector<const Object*> found;
    for (const auto* object : set.ofKind(kind)) {
        if (object->key.ns != pool.key.ns || object->schema == nullptr) continue;
        const auto spec = specOf(*object);
        if (!spec) continue;
        const bool model = object->key.kind == "InferenceModel";
        if (findPool(set, pool.key.ns, poolRefOf(*spec, model ? kOlderInferenceGroup : kInferenceGroup)) == &pool) found.push_back(object);
    }
    std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) {
        return std::tie(a->creationTimestamp, a->key) < std::tie(b->creationTimestamp, b->key);
    });
    return found;
}

}  // namespace gatehouse::config
