// A cluster as files: what of it Gatehouse's kinds declare, and the Services, ConfigMaps and Namespaces that those refer to. Clean, one
// object a file, the same bytes for the same objects. Secrets are not read.
// Thread: any but the transport's; calls block. Lifetime: values.
#pragma once

#include "cluster/discovery.h"
#include "config/object.h"
#include "gitops/export.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::gitops {

struct PullOptions {
    std::string ns;  ///< Empty: all namespaces.
};

/// What a cluster holds, before it is made clean.
struct Pulled {
    std::shared_ptr<const config::ObjectSet> objects;
    std::vector<config::ObjectKey> foreign;  ///< Left out: a controller made them and makes them again.
    struct Unread {
        std::string group, kind;
        Error why;
    };
    std::vector<Unread> unread;       ///< Kinds that could not be listed.
    std::vector<std::string> notes;   ///< Sentences: versions that are newer than what Gatehouse knows.
};

/// Error: the cluster could not be asked at all, or went away meanwhile. Kinds that are forbidden are `unread`.
Result<Pulled> pullObjects(cluster::Client& client, const cluster::Discovery& discovery, const PullOptions& options);
/// Adds each object of `keys` that the cluster has, by name; Secrets aside.
Result<std::vector<cluster::LiveObject>> readByName(cluster::Client& client, const cluster::Discovery& discovery, const std::vector<config::ObjectKey>& keys);

/// The objects as a workspace would read them.
std::shared_ptr<const config::ObjectSet> objectsOf(const std::vector<cluster::LiveObject>& live);

/// Files and a kustomization.yaml for writeExport(). What `directory` has of kinds that were not read stays as it is.
Result<ExportResult> pulledFiles(const Pulled& pulled, const std::filesystem::path& directory);

}  // namespace gatehouse::gitops
