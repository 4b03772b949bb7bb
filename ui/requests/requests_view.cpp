#include "requests/requests_view.h"

#include "requests/requests_page.h"

namespace gatehouse::ui {

View* makeRequestsView(ViewContext& context, QWidget* parent) { return new RequestsPage(context, parent); }

}  // namespace gatehouse::ui
