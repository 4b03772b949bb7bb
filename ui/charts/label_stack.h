// LabelStack: pushes labels at the ends of lines apart until none covers another. Pure function.
#pragma once

#include <vector>

namespace gatehouse::ui {

/// `centers` are the wanted middles of labels of one `height` in pixels from the top; answers where to put them, in the same
/// order of sizes, within [top, bottom] as long as all fit.
std::vector<double> stackLabels(const std::vector<double>& centers, double height, double top, double bottom);

}  // namespace gatehouse::ui
