// Which pods the dashboard draws, and in which order. Pure functions over the bridge's history. Thread: GUI.
#pragma once

#include <QString>

#include <vector>

namespace gatehouse::ui {

struct PodHistory;

/// Identifies a pod in one pool; the same address in two pools is two things to draw.
QString podKey(const PodHistory& pod);

/// The pods of a pool (empty = of all pools): pools that are canaries last, then by name, numbers in them counted.
std::vector<const PodHistory*> podsByName(const std::vector<PodHistory>& history, const QString& pool);

/// How much a pod needs to be looked at now: long queues weigh more than full memory.
double severity(const PodHistory& pod);

/// Pools in the order they have, the pods of each worst first.
void orderBySeverity(std::vector<const PodHistory*>& pods);

}  // namespace gatehouse::ui
