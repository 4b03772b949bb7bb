// Who points at whom: every reference between objects that the kinds' tables know by a field's name, found on the generic tree, so
// that "used by", rename and completion of names share one list. Thread: pure functions.
#pragma once

#include "config/object.h"
#include "config/workspace.h"

#include <string>
#include <vector>

namespace gatehouse::ui {

struct Reference {
    config::ObjectKey from;
    config::FieldPath path;  ///< The mapping (or item) that holds the reference; its name is at path.name.
    config::ObjectKey to;
};

std::vector<Reference> references(const config::ObjectSet& set);
/// Those that point at `object`, in the set's order.
std::vector<Reference> usersOf(const config::ObjectSet& set, const config::ObjectKey& object);

/// Names of existing objects that would fit a reference's `name` at `path` of `object`: those of the kind that the reference
/// has (or defaults to). Empty where `path` is no reference.
std::vector<std::string> namesFor(const config::ObjectSet& set, const config::ObjectKey& object, const config::FieldPath& path);

/// Gives an object another name and follows it in everything that points at it, as one edit.
Result<config::Edit> prepareRename(const config::Workspace& workspace, const config::ObjectKey& object,
                                   const std::string& newName, const std::string& editName);

}  // namespace gatehouse::ui
