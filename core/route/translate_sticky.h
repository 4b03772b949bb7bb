// The annotation gatehouse.dev/sticky-split of a route, for one of its rules. Thread: control thread, one translate() call.
#pragma once

#include "route/translate_context.h"

#include <memory>

namespace gatehouse::route {

struct StickySplit;

/// Null where it is not there, says no key (which is reported), or the rule has nothing to split.
std::shared_ptr<const StickySplit> stickySplitOf(TranslateContext& context, const config::Object& route, const Rule& rule);

}  // namespace gatehouse::route
