// PoolsView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Pools view; owned by `parent`.
View* makePoolsView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
