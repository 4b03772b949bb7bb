// What each export target holds and lacks, as tables: a new target is a new row. Sources: the CRDs of Gateway API 1.6.1 and
// kgateway 2.1 (which ships the Gateway API 1.4 types). Thread: immutable statics.
#pragma once

#include "gitops/export.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gitops {

/// An API group that the target's cluster does not serve.
struct ForeignGroup {
    std::string group;
    std::string owner;  ///< "kgateway"
};

/// What becomes of one field (or of a whole kind, where the path is empty) under a target.
struct FieldRule {
    std::string kind;
    std::string path;   ///< "spec.rules.retry": indices left out.
    std::string value;  ///< Not empty: the rule counts only for this scalar.
    ExportNote::Kind verdict;
    std::string message;
};

/// A kind whose written version must be another one under a target.
struct VersionRule {
    std::string kind;
    std::string from, to;  ///< Whole apiVersions.
};

struct TargetTable {
    Target target;
    std::vector<ForeignGroup> foreign;
    std::vector<FieldRule> fields;
    std::vector<VersionRule> versions;
    /// What ListenerPolicy and HTTPListenerPolicy are written as; empty: the target has neither.
    std::string listenerPolicyKind;
    /// kgateway's AI objects are written as agentgateway's own kinds.
    bool agentgateway = false;
};

const std::vector<TargetTable>& targetTables();
const TargetTable* findTarget(std::string_view name);

}  // namespace gatehouse::gitops
