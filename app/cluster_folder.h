// A cluster's configuration as a folder that follows it: one file per object, written anew when the object changes and removed when it is
// gone, so that whatever runs a folder runs a cluster. Values of Secrets are not in it. Temporary: it goes with this object.
// Thread: main; a thread of its own writes. Lifetime: outlives what reads the folder.
#pragma once

#include "app/cluster_session.h"

#include <filesystem>
#include <memory>

namespace gatehouse::app {

class ClusterFolder {
  public:
    /// Returns once every kind was listed, or could not be. Errors: as openCluster, and "cluster-folder".
    static Result<std::unique_ptr<ClusterFolder>> open(const Arguments& arguments);
    ~ClusterFolder();
    ClusterFolder(const ClusterFolder&) = delete;
    ClusterFolder& operator=(const ClusterFolder&) = delete;

    const std::filesystem::path& directory() const;

  private:
    struct State;
    explicit ClusterFolder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::app
