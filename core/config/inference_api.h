// Typed view of the Gateway API Inference Extension: InferencePool v1 (inference.networking.k8s.io). Thread: values.
#pragma once

#include "config/gateway_api.h"

namespace gatehouse::config {

struct InferencePoolSpec {
    ObjectKey key;
    std::vector<std::pair<std::string, std::string>> selector;
    std::vector<std::uint16_t> targetPorts;
    std::string appProtocol = "http";
    bool failOpen = false;  ///< endpointPickerRef.failureMode.
};

Result<InferencePoolSpec> decodeInferencePool(const Object& object);

}  // namespace gatehouse::config
