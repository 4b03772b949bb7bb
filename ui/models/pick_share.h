// PickShare: which part of the routing picks each pod got over a window. Pure functions over the bridge's history. Thread: GUI.
#pragma once

#include "bridge/engine_bridge.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// Picks that `history` counted in (from, to], in the bridge's milliseconds; 0 where there is no sample.
quint64 picksBetween(const PodHistory& history, qint64 from, qint64 to);

/// Share of picks per pod in percent over the `window` milliseconds before `at`; all 0 when there were none.
std::vector<double> pickShares(const std::vector<const PodHistory*>& pods, qint64 at, qint64 window);

}  // namespace gatehouse::ui
