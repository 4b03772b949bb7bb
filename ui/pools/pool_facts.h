// PoolFact: what the view says of a pool and of a pod beside the drawings, as sections of labelled rows. Thread: any. Pure functions.
#pragma once

#include "config/object.h"
#include "models/pod_words.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

struct PodHistory;

struct PoolFact {
    enum class Style { Plain, Fixed, Number };
    QString section;   ///< Starts one where it is another than before.
    QString label;
    QString value;
    Style style = Style::Plain;
    QString opens;     ///< An object's id: the section has a button that opens it in the editor.
};

/// The object in force of a pool's name ("namespace/name"); null: the workspace has none.
const config::Object* poolObject(const config::ObjectSet& objects, const QString& pool);

/// `state` may be null: the gateway does not run it.
std::vector<PoolFact> poolFacts(const QString& pool, const config::ObjectSet* objects, const gateway::PoolState* state, const std::vector<const gateway::PodState*>& pods);
/// `hitPercent` NaN: not known. `share`: percent of the picks of ten seconds.
std::vector<PoolFact> podFacts(const gateway::PodState& pod, PodPresence presence, double hitPercent, double share);

}  // namespace gatehouse::ui
