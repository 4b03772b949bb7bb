#include "lab/lab_view.h"

#include "lab/lab_page.h"

namespace gatehouse::ui {

View* makeLabView(ViewContext& context, QWidget* parent) { return new LabPage(context, parent); }

}  // namespace gatehouse::ui
