// How a pool picks: by cost, by scores, or as the EndpointPickerConfig says that its annotation names.
// Thread: control thread, one translate() call.
#pragma once

#include "inference/pool.h"
#include "route/translate_context.h"

#include <memory>
#include <vector>

namespace gatehouse::route {

/// `object` is the InferencePool. A configuration that cannot be run is reported, and the pool picks by cost.
std::shared_ptr<inference::Pool> makePool(TranslateContext& context, const config::Object& object, std::vector<std::shared_ptr<inference::Pod>> pods);

}  // namespace gatehouse::route
