// The routes tree of one namespace: its objects, and the gateways and listeners that its routes hang on. Thread: pure function, values.
#pragma once

#include "routes/routes_tree.h"

#include <vector>

namespace gatehouse::ui {

class WorkspaceDocument;

/// Takes out what the document does not show.
void keepShownNamespace(std::vector<RouteNode>& nodes, const WorkspaceDocument& document);

}  // namespace gatehouse::ui
