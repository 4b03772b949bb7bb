// ExportView. Thread: GUI.
#pragma once

#include "widgets/view.h"

namespace gatehouse::ui {

/// Makes the Export view; owned by `parent`.
View* makeExportView(ViewContext& context, QWidget* parent);

}  // namespace gatehouse::ui
