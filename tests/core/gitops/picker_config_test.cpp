// An EndpointPickerConfig goes out as the file that the reference picker reads, unchanged but for what only a workspace needs.
#include "core/gitops/exports.h"
#include "gitops/kustomization.h"
#include "inference/endpoint_picker_config.h"

#include <algorithm>

namespace gatehouse::gitops {
namespace {

const std::string kConfig = R"(apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
metadata:
  name: epp
featureGates:
- flowControl
plugins:
- type: queue-scorer
- name: prefix
  type: prefix-cache-scorer
  parameters:
    lruCapacityPerServer: 31250
- type: some-plugin-of-tomorrow
schedulingProfiles:
- name: default
  plugins:
  - pluginRef: queue-scorer
    weight: 2
  - pluginRef: prefix
    weight: 0.5
flowControl:
  maxBytes: 1Gi
  priorityBands:
  - priority: 100
    maxRequests: 5000
saturationDetector:
  queueDepthThreshold: 5
)";

TEST(PickerConfigExport, IsTheFileThatCameInWithoutMetadata) {
    const auto result = exported(kConfig, "gateway-api");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    auto expected = kConfig;
    expected.erase(expected.find("metadata:\n  name: epp\n"), std::string("metadata:\n  name: epp\n").size());
    const auto text = textOf(result, "default/endpointpickerconfig-epp.yaml");
    EXPECT_EQ(text, expected);
    const auto again = exported(text.substr(0, text.find("featureGates")) + "metadata: {name: epp}\n" + text.substr(text.find("featureGates")), "gateway-api");
    EXPECT_EQ(textOf(again, "default/endpointpickerconfig-epp.yaml"), text);
}

TEST(PickerConfigExport, BecomesAConfigMapOfTheKustomization) {
    const auto result = exported(kConfig, "gateway-api");
    const auto text = textOf(result, "kustomization.yaml");
    EXPECT_NE(text.find("configMapGenerator:\n- name: epp\n  namespace: default\n  files:\n  - default/endpointpickerconfig-epp.yaml\n"), std::string::npos) << text;
    EXPECT_EQ(text.find("resources:\n- default/endpointpickerconfig"), std::string::npos) << text;
    const auto listed = exportedResources(text);
    ASSERT_TRUE(listed);
    EXPECT_NE(std::find(listed->begin(), listed->end(), "default/endpointpickerconfig-epp.yaml"), listed->end()) << "a later export can remove it";
}

}  // namespace
}  // namespace gatehouse::gitops
