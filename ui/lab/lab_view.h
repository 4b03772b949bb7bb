// The Lab view. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Lab view; owned by `parent`.
View* makeLabView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
