#include "routes/namespace_filter.h"

#include "bridge/workspace_document.h"

#include <algorithm>

namespace gatehouse::ui {

void keepShownNamespace(std::vector<RouteNode>& nodes, const WorkspaceDocument& document) {
    if (document.shownNamespace().isEmpty()) return;
    std::erase_if(nodes, [&](RouteNode& node) {
        const bool shown = document.shows(node.object.ns);
        using Kind = RouteNode::Kind;
        if (node.kind == Kind::File) return false;
        if (node.kind == Kind::Route || node.kind == Kind::Other) return !shown;
        if (node.kind == Kind::Rule || node.kind == Kind::Certificate) return false;
        keepShownNamespace(node.children, document);
        // A gateway or listener of another namespace stays for the routes on it; an emptied branch goes.
        const bool part = node.kind == Kind::Gateway || node.kind == Kind::ListenerSet || node.kind == Kind::Listener;
        const bool bare = std::all_of(node.children.begin(), node.children.end(), [](const RouteNode& child) { return child.kind == Kind::Certificate; });
        return bare && !(part && shown);
    });
}

}  // namespace gatehouse::ui
