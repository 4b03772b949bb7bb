// DashboardView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Dashboard view; owned by `parent`.
View* makeDashboardView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
