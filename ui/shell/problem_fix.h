// The fix that a problem offers, done as one named edit. Thread: GUI.
#pragma once

#include "base/result.h"

namespace gatehouse::config {
struct Diagnostic;
}

namespace gatehouse::ui {

class WorkspaceDocument;

/// Nothing happens for a problem without a fix.
Result<void> applyFix(WorkspaceDocument& document, const config::Diagnostic& problem);

}  // namespace gatehouse::ui
