// Checks that need more than one field or more than one object: CEL rules of the CRDs restated, references, names.
// Thread: pure function.
#pragma once

#include "config/object.h"

#include <vector>

namespace gatehouse::config {

/// All findings: those of reading plus cross-field rules plus dangling references and grants, sorted by file and line.
std::vector<Diagnostic> validate(const ObjectSet& set);

}  // namespace gatehouse::config
