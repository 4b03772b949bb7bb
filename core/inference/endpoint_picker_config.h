// EndpointPickerConfig (inference.networking.x-k8s.io/v1alpha1, later llm-d.ai/v1alpha1): the file of the reference endpoint picker, read
// and made into what a Pool runs. Plugins have the reference's names; those that Gatehouse has no counterpart for are reported and left
// out, never guessed. Source of names, defaults and formulas: llm-d-router.
// Thread: control thread. Lifetime: values.
#pragma once

#include "config/object.h"
#include "inference/flow_control.h"
#include "inference/pick_profile.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::inference {

/// On an InferencePool: the EndpointPickerConfig of its namespace that it is picked by. The published kinds have no field for it: there a
/// file is mounted into the picker's pod.
inline constexpr char kPickerConfigAnnotation[] = "gatehouse.dev/endpoint-picker-config";
/// On an InferencePool: "cost" (the default) or "scores".
inline constexpr char kPickerAnnotation[] = "gatehouse.dev/picker";

struct PickerFinding {
    config::Severity severity = config::Severity::Warning;
    config::FieldPath at;
    std::string message;
};

struct CompiledPicker {
    std::shared_ptr<const PickProfile> profile;  ///< Null where an error was found.
    std::optional<FlowOptions> flow;             ///< Where the file says something of it.
    std::vector<PickerFinding> findings;
};

CompiledPicker compilePicker(const config::Object& object);

}  // namespace gatehouse::inference
