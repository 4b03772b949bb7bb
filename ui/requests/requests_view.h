// RequestsView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Requests view; owned by `parent`.
View* makeRequestsView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
