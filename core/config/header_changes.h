// Header changes that do nothing, or something else than they seem to: of filters, and of listeners' early changes.
// Private to config/. Thread: pure functions.
#pragma once

#include "config/fields.h"
#include "config/object.h"

#include <string>
#include <vector>

namespace gatehouse::config {

struct HeaderFinding {
    const char* code = "";
    FieldPath at;
    std::string message;
};

enum class Changes { Request, Answer };

/// `modifier` has the lists set, add and remove; it may be null. What is found are warnings: the rest of it holds.
std::vector<HeaderFinding> checkHeaderChanges(const Node* modifier, const FieldPath& at, Changes what);

}  // namespace gatehouse::config
