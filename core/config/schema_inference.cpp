// Gateway API Inference Extension, InferencePool v1.
#include "config/schema_build.h"

namespace gatehouse::config::table {

std::vector<KindSchema> inferenceKinds() {
    return {kind(
        "inference.networking.k8s.io", "InferencePool", {"v1"},
        "Model servers that share a base model; each request goes to the best of them.",
        {required(object(
            "spec", "Which pods, and who picks among them.",
            {required(
                 object("selector", "Labels of the pods of the pool.",
                        {required(sized(1, 64, map("matchLabels", "Labels that a pod must carry, all of them.")))})),
             required(list("targetPorts", "Ports that the model servers listen on.",
                           object("", "One port.", {required(port("number", "The port's number."))}), 1, 8)),
             byDefault("http", choice("appProtocol", {"http", "kubernetes.io/h2c"}, "What the model servers speak.")),
             object("endpointPickerRef", "The picker that a cluster asks; here Gatehouse picks itself.",
                    {groupOf("", "API group of the picker; empty for core."), kindOf("Service", "Kind of the picker."),
                     nameOf("Name of the picker."),
                     object("port", "Port of the picker.", {required(port("number", "The port's number."))}),
                     byDefault("FailClose", choice("failureMode", {"FailOpen", "FailClose"},
                                                   "What happens to requests when no pick can be made."))})}))})};
}

}  // namespace gatehouse::config::table
