// RoutesTree: gateway, listener set, listener, route, rule, backend as the operator sees them, with state and reason: attached ones below their
// listener, the others in a branch of their own with why; certificates below the listener that shows them, TLS policies beside the Service that they
// target. Then what else the workspace holds, and what is left out: files that cannot be read and second objects of a name.
// Thread: pure function, values.
#pragma once

#include "config/object.h"
#include "config/status.h"
#include "editors/workspace_facts.h"
#include "gateway/gateway.h"

#include <QString>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

struct RouteNode {
    enum class Kind {
        Gateway,
        ListenerSet,
        Listener,
        Certificate,  ///< Of a listener: the Secret that holds it.
        Route,
        Rule,
        Backend,      ///< A rule's reference to one: a part of the route.
        Policy,       ///< A BackendTLSPolicy, beside what it targets.
        Settings,     ///< A ListenerPolicy or HTTPListenerPolicy, below the Gateway that it reaches.
        UnattachedBranch,
        OtherBranch,
        OtherKind,
        Other,
        FileBranch,
        File
    };
    Kind kind = Kind::Gateway;
    std::string id;              ///< Unique in the tree, stable while the thing keeps its place.
    config::ObjectKey object;    ///< Empty kind for branches and files.
    config::FieldPath path;      ///< The part of the object (a listener, a rule).
    std::string section;         ///< Listener: its name.
    std::string file;            ///< File.
    std::size_t at = 0;          ///< File: the byte where what is left out begins.
    QString text;
    QString detail;              ///< Port and protocol, host names, match.
    Health health = Health::Ok;
    QString word;                ///< State in a word: "Attached", "Not attached".
    QString reason;              ///< A sentence where the state needs one.
    std::string ruleId;          ///< Rule: its id in the engine's counters. Backend: that of its rule.
    std::size_t backendIndex = 0;  ///< Backend: its place in the rule.
    config::ObjectKey target;      ///< Backend: what it refers to.
    std::vector<RouteNode> children;
};

struct RoutesTreeInput {
    const config::ObjectSet& objects;
    const std::vector<config::Attachment>& attachments;
    const std::vector<config::ObjectStatus>& statuses;
    const std::vector<config::Diagnostic>& diagnostics;
    const std::vector<gateway::ListenerState>& listeners;  ///< Empty while no gateway runs.
};
std::vector<RouteNode> buildRoutesTree(const RoutesTreeInput& input);

/// A listener, a rule or a reference to a backend: named by a path within its object.
bool isPart(RouteNode::Kind kind);

}  // namespace gatehouse::ui
