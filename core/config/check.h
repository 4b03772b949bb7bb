// Checks one document's tree against the table of its kind. Private to config/. Thread: pure function.
#pragma once

#include "config/object.h"
#include "config/schema.h"

#include <vector>

namespace gatehouse::config {

/// Findings in the object's own fields. Locations count from the object's stretch of text, like its root's marks.
void checkAgainstSchema(const Object& object, std::vector<Diagnostic>& out);

}  // namespace gatehouse::config
