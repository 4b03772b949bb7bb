// Applying a set of objects to a cluster: asked whether it is allowed, tried as a dry run of all, then one by one until the first that
// fails. What became of each object is told exactly, of those that nobody knows of, too.
// Thread: any but the transport's; calls block. Lifetime: values.
#pragma once

#include "cluster/discovery.h"
#include "config/object.h"
#include "gitops/object_diff.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse::gitops {

enum class Applied {
    Created,
    Changed,
    Unchanged,
    WouldCreate,  ///< Of a dry run, and of what was not come to.
    WouldChange,
    Conflict,     ///< Others own fields of it: `conflicts`.
    Refused,      ///< The cluster, or Gatehouse, says why not.
    LeftOut,      ///< Not part of what is applied.
    NotTried,     ///< Another failed before.
    Unknown,      ///< Sent, and the answer was lost.
};

struct AppliedObject {
    config::ObjectKey object;
    Applied outcome = Applied::NotTried;
    std::string why;                                ///< A sentence of Conflict, Refused, LeftOut and Unknown.
    std::vector<cluster::FieldConflict> conflicts;
    std::vector<FieldChange> fields;                ///< Between what was there and what is, of Changed and WouldChange.
    std::vector<std::string> warnings;              ///< Of the server.
};

struct ApplySetOptions {
    bool dryRun = false;
    bool force = false;  ///< Takes over what others own.
    std::string ns;      ///< Of objects that name none.
};

struct ApplySetResult {
    std::vector<AppliedObject> objects;  ///< In the order of applying; what is left out last.
    bool wrote = false;                  ///< Something was changed in the cluster.
    /// Every object is as wished, or would be.
    bool complete() const;
    std::size_t count(Applied outcome) const;
};

/// `told` is called as each is decided, in a dry run or for real. The client must be unlocked unless it is a dry run.
/// Errors: the cluster could not be asked before anything was written.
Result<ApplySetResult> applySet(cluster::Client& client, const cluster::Discovery& discovery, const config::ObjectSet& objects, const ApplySetOptions& options,
                                const std::function<void(const AppliedObject&)>& told = {});

/// Stable words for scripts: "created", "would-change", "left-out"…
const char* appliedName(Applied outcome);

/// Objects that write no namespace get this one.
std::shared_ptr<const config::ObjectSet> placedIn(const config::ObjectSet& objects, const std::string& ns);

}  // namespace gatehouse::gitops
