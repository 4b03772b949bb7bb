#include "dashboard/dashboard_view.h"

#include "dashboard/dashboard_page.h"

namespace gatehouse::ui {

View* makeDashboardView(ViewContext& context, QWidget* parent) { return new DashboardPage(context, parent); }

}  // namespace gatehouse::ui
