// RoutesView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Routes view; owned by `parent`.
View* makeRoutesView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
