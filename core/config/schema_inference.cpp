// Gateway API Inference Extension (InferencePool v1 and its older groups) and llm-d (InferenceObjective, InferenceModelRewrite).
#include "config/inference_api.h"
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr std::int64_t kMostPriority = 2'147'483'647;

FieldSpec failureMode() {
    return byDefault("FailClose", choice("failureMode", {"FailOpen", "FailClose"},
                                         "What happens when no pod can be picked: the request fails, or goes to any pod that is there."));
}

FieldSpec poolRef(std::string group) {
    return required(object("poolRef", "The pool that it is for, of the same namespace.",
                           {groupOf(std::move(group), "API group of the pool."), kindOf("InferencePool", "Kind of the pool."),
                            nameOf("Name of the pool.")}));
}

KindSchema pool() {
    return kind(
        kInferenceGroup, "InferencePool", {"v1"},
        "Model servers that share a base model; each request goes to the best of them.",
        {required(object(
            "spec", "Which pods, and who picks among them.",
            {required(
                 object("selector", "Labels of the pods of the pool.",
                        {required(sized(1, 64, map("matchLabels", "Labels that a pod must carry, all of them.")))})),
             required(list("targetPorts", "Ports that the model servers listen on; each port of each pod is an endpoint of its own.",
                           object("", "One port.", {required(port("number", "The port's number."))}), 1, 8)),
             byDefault("http", choice("appProtocol", {"http", "kubernetes.io/h2c"}, "What the model servers speak.")),
             object("endpointPickerRef", "The picker that a cluster asks; here Gatehouse picks itself.",
                    {groupOf("", "API group of the picker; empty for core."), kindOf("Service", "Kind of the picker."),
                     nameOf("Name of the picker."),
                     object("port", "Port of the picker.", {required(port("number", "The port's number."))}), failureMode()})}))});
}

KindSchema olderPool() {
    return kind(kOlderInferenceGroup, "InferencePool", {"v1alpha2"},
                "The pool before v1; run as it is. Clusters of today want v1.",
                {required(object("spec", "Which pods, and who picks among them.",
                                 {required(sized(1, 64, map("selector", "Labels that a pod must carry, all of them."))),
                                  required(port("targetPortNumber", "Port that the model servers listen on.")),
                                  object("extensionRef", "The picker that a cluster asks; here Gatehouse picks itself.",
                                         {groupOf("", "API group of the picker; empty for core."), kindOf("Service", "Kind of the picker."),
                                          nameOf("Name of the picker."), byDefault("9002", port("portNumber", "Port of the picker.")),
                                          failureMode()})}))});
}

KindSchema objective(const char* group, const char* poolGroup) {
    return kind(group, "InferenceObjective", {"v1alpha2"},
                "How urgent requests are that name it in the header x-llm-d-inference-objective.",
                {required(object("spec", "The priority, and the pool that it holds for.",
                                 {integer("priority", "Higher goes first; negative ones are shed first. Not set: 0.", -kMostPriority - 1, kMostPriority),
                                  poolRef(poolGroup)}))});
}

KindSchema rewrite(const char* group, const char* poolGroup) {
    auto match = object("", "One condition on the request.",
                        {required(object("model", "The model that the request names.",
                                         {byDefault("Exact", choice("type", {"Exact"}, "How it is compared.")),
                                          required(sized(1, -1, text("value", "The model's name.")))}))});
    auto target = object("", "One model to ask for instead.",
                         {integer("weight", "Its share of the weights of all targets; of all or of none.", 1, 1'000'000),
                          required(text("modelRewrite", "The model that is asked for."))});
    auto rule = object("", "One rule: any of its matches, or all requests without one.",
                       {list("matches", "Any of them is enough.", std::move(match), 0, -1),
                        list("targets", "Where the share goes.", std::move(target), 1, -1)});
    return kind(group, "InferenceModelRewrite", {"v1alpha2"},
                "Which model a pool is asked for instead of the one that requests name, by weights.",
                {required(object("spec", "The pool and its rules.",
                                 {poolRef(poolGroup), required(list("rules", "Exact matches go before rules for all requests.", std::move(rule), 0, -1))}))});
}

/// Gone from the extension since v1.0; read, and mapped to priority and rewrites.
KindSchema model() {
    auto target = object("", "One model to ask for instead.",
                         {nameOf("The model that is asked for."), integer("weight", "Its share of the weights of all targets.", 1, 1'000'000)});
    return kind(kOlderInferenceGroup, "InferenceModel", {"v1alpha2"},
                "A model by name, before InferenceObjective and InferenceModelRewrite: read, and run as what those would say.",
                {required(object("spec", "The model, and where its requests go.",
                                 {required(sized(1, 256, text("modelName", "The model that requests name."))),
                                  choice("criticality", {"Critical", "Standard", "Sheddable"}, "How urgent its requests are."),
                                  list("targetModels", "Models to ask for instead, by weights.", std::move(target), 0, 10),
                                  poolRef(kOlderInferenceGroup)}))});
}

}  // namespace

std::vector<KindSchema> inferenceKinds() {
    return {pool(),
            objective(kLlmdGroup, kInferenceGroup),
            rewrite(kLlmdGroup, kInferenceGroup),
            olderPool(),
            objective(kOlderInferenceGroup, kInferenceGroup),
            rewrite(kOlderInferenceGroup, kInferenceGroup),
            model()};
}

}  // namespace gatehouse::config::table
