// ProvidersView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Providers view; owned by `parent`.
View* makeProvidersView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
