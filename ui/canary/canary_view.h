// CanaryView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Canary view; owned by `parent`.
View* makeCanaryView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
