#include "canary/canary_view.h"

#include "canary/canary_page.h"

namespace gatehouse::ui {

View* makeCanaryView(ViewContext& context, QWidget* parent) { return new CanaryPage(context, parent); }

}  // namespace gatehouse::ui
