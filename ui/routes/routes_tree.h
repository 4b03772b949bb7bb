// RoutesTree: gateway, listener, route, rule as the operator sees them, with state and reason: attached ones below their listener, the others
// in a branch of their own with why. Then what else the workspace holds, and what is left out: files that cannot be read and second objects of a name. Thread: pure function, values.
#pragma once

#include "config/object.h"
#include "config/status.h"
#include "editors/workspace_facts.h"
#include "gateway/gateway.h"

#include <QString>

#include <deque>
#include <string>
#include <vector>

namespace gatehouse::ui {

struct RouteNode {
    enum class Kind { Gateway, Listener, Route, Rule, UnattachedBranch, OtherBranch, OtherKind, Other, FileBranch, File };
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
    std::string ruleId;          ///< Rule: its id in the engine's counters.
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

/// "/v1/chat, GET, x-canary: yes" for one rule; its matches joined by "or".
QString matchText(const config::RouteRule& rule);
/// A request that the rule would take: for the first go of "Try a request".
struct ExampleRequest {
    QString method, url, headers, body;
};
ExampleRequest exampleRequest(const config::ObjectSet& objects, const std::vector<config::Attachment>& attachments,
                              const config::ObjectKey& route, std::size_t rule);

}  // namespace gatehouse::ui
