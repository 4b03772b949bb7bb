// What a pool with failureMode FailOpen does where no pod can be picked: any pod of it that is there, rather than none. Thread: any.
#pragma once

#include "inference/pool.h"

namespace gatehouse::inference {

/// The pod with the fewest requests of ours in flight, ejected ones and those without metrics included; `avoid` and what `ask` leaves out
/// are not taken. Nothing is reserved. Null: there is none.
std::shared_ptr<Pod> anyPod(const Pool& pool, const PickAsk& ask);

}  // namespace gatehouse::inference
