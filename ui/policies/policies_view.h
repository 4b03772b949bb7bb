// PoliciesView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Policies view; owned by `parent`.
View* makePoliciesView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
