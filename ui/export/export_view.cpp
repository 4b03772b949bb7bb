#include "export/export_view.h"

#include "export/export_page.h"

namespace gatehouse::ui {

View* makeExportView(ViewContext& context, QWidget* parent) { return new ExportPage(context, parent); }

}  // namespace gatehouse::ui
