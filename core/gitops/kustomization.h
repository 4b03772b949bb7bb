// The kustomization.yaml of an export: lists the files, and so remembers for the next export what the last one wrote.
// Thread: pure functions.
#pragma once

#include "config/object.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gitops {

inline constexpr std::string_view kKustomizationFile = "kustomization.yaml";

/// "default/httproute-chat.yaml", "cluster/gatewayclass-own.yaml"; `withGroup` where two groups have kinds of one name.
std::string objectPath(const config::ObjectKey& key, bool withGroup);
/// Nothing else than what Kubernetes allows in a name may become the name of a file (RFC 1123).
bool isFileName(std::string_view text);

/// The whole text; `resources` in the order to write.
/// A file that is no object of a cluster: kustomize makes a ConfigMap of it.
struct GeneratedConfigMap {
    std::string name, ns, path;
};
std::string kustomization(const std::vector<std::string>& resources, const std::vector<GeneratedConfigMap>& generated = {});

/// The files that an earlier export listed. Absent where the text is not from an export: then nothing it names is ours.
/// Paths that would leave the folder are left out.
std::optional<std::vector<std::string>> exportedResources(std::string_view text);

}  // namespace gatehouse::gitops
