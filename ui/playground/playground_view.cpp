#include "playground/playground_view.h"

#include "playground/playground_page.h"

namespace gatehouse::ui {

View* makePlaygroundView(ViewContext& context, QWidget* parent) { return new PlaygroundPage(context, parent); }

}  // namespace gatehouse::ui
