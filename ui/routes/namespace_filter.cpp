#include "routes/namespace_filter.h"

#include "bridge/workspace_document.h"

namespace gatehouse::ui {

void keepShownNamespace(std::vector<RouteNode>& nodes, const WorkspaceDocument& document) {
    if (document.shownNamespace().isEmpty()) return;
    std::erase_if(nodes, [&](RouteNode& node) {
        const bool shown = document.shows(node.object.ns);
        using Kind = RouteNode::Kind;
        if (node.kind == Kind::File) return false;
        if (node.kind == Kind::Route || node.kind == Kind::Other) return !shown;
        if (node.kind == Kind::Rule) return false;
        keepShownNamespace(node.children, document);
        // A gateway or listener of another namespace stays for the routes on it; an emptied branch goes.
        const bool part = node.kind == Kind::Gateway || node.kind == Kind::Listener;
        return node.children.empty() && !(part && shown);
    });
}

}  // namespace gatehouse::ui
