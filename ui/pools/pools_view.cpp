#include "pools/pools_view.h"

#include "pools/pools_page.h"

namespace gatehouse::ui {

View* makePoolsView(ViewContext& context, QWidget* parent) { return new PoolsPage(context, parent); }

}  // namespace gatehouse::ui
