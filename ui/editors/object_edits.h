// Edits of whole objects and of the parts that views name: add, duplicate, rename, delete. Prepared, not applied; named for the undo history.
// Thread: GUI (names are translated).
#pragma once

#include "config/workspace.h"

#include <string_view>

namespace gatehouse::ui {

/// An edit and what to show once it is applied.
struct PreparedEdit {
    Result<config::Edit> edit;
    config::ObjectKey object;
    config::FieldPath at;
};

PreparedEdit addGateway(const config::Workspace& workspace);
enum class ListenerKind { Http, Https, Passthrough };
/// To a Gateway or a ListenerSet.
PreparedEdit addListener(const config::Workspace& workspace, const config::ObjectKey& owner, ListenerKind kind = ListenerKind::Http);
PreparedEdit addListenerSet(const config::Workspace& workspace, const config::ObjectKey& gateway);
/// Attached to `parent`, a Gateway or a ListenerSet, and, where given, its listener `section`. It matches only its own path prefix, service or
/// server name. `kind`: HTTPRoute, GRPCRoute or TLSRoute.
PreparedEdit addRoute(const config::Workspace& workspace, const config::ObjectKey& parent, const std::string& section,
                      std::string_view kind = "HTTPRoute");
PreparedEdit addBackendTlsPolicy(const config::Workspace& workspace, const config::ObjectKey& service);
/// For `gateway`, and of it the listener `section` alone where one is given.
PreparedEdit addListenerPolicy(const config::Workspace& workspace, const config::ObjectKey& gateway, const std::string& section);
PreparedEdit addRule(const config::Workspace& workspace, const config::ObjectKey& route);
PreparedEdit addBackendRef(const config::Workspace& workspace, const config::ObjectKey& route, std::size_t rule,
                           const config::ObjectKey& backend);
PreparedEdit addPolicy(const config::Workspace& workspace, const config::ObjectKey& route);
/// A text of a new object of any kind, in a file chosen for it.
PreparedEdit addObject(const config::Workspace& workspace, const std::string& yaml);
PreparedEdit duplicateObject(const config::Workspace& workspace, const config::ObjectKey& object);
PreparedEdit renameObject(const config::Workspace& workspace, const config::ObjectKey& object, const std::string& name);
PreparedEdit deleteObject(const config::Workspace& workspace, const config::ObjectKey& object);
/// Removes one item of a list of the object (a rule, a listener).
PreparedEdit deletePart(const config::Workspace& workspace, const config::ObjectKey& object, const config::FieldPath& part);

}  // namespace gatehouse::ui
