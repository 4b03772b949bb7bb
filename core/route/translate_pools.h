// What an InferencePool, of either group, becomes: its pods with their endpoints, the priorities of its objectives, its model rewrites, and
// the DCGM exporters that tell of its GPUs. Thread: control thread, one translate() call.
#pragma once

#include "config/inference_api.h"
#include "inference/pool.h"
#include "route/model_rewrites.h"
#include "route/translate_context.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::route {

/// "InferencePool/NS/NAME"; the older group's stand beside them.
std::string poolId(const config::ObjectKey& key);

/// The pods of the pool that can serve, one for each of its ports.
std::vector<std::shared_ptr<inference::Pod>> podsOf(const TranslateContext& context, const config::InferencePoolSpec& pool, const std::string& id,
                                                    const std::shared_ptr<const upstream::Transport>& transport);

/// Of its InferenceObjectives and InferenceModels.
inference::Priorities prioritiesOf(const config::ObjectSet& objects, const config::Object& pool);

/// Null: there are none.
std::shared_ptr<const ModelRewrites> rewritesOf(const config::ObjectSet& objects, const config::Object& pool);

/// Of all namespaces: exporters stand where the operator put them.
std::vector<inference::DcgmExporter> exportersOf(const config::ObjectSet& objects);

}  // namespace gatehouse::route
