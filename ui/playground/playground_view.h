// PlaygroundView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Playground; owned by `parent`.
View* makePlaygroundView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
