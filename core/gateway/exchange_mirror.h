// Mirrors: copies of requests that are sent beside them, whose answers are dropped. A copy never delays its request and
// never fails it. Thread: the worker's. Lifetime: shared with the task that delivers it.
#pragma once

#include "gateway/worker.h"
#include "http/h1.h"
#include "route/snapshot.h"

#include <memory>
#include <string>

namespace gatehouse::gateway {

struct MirrorCopy {
    http::RequestHead head;
    http::BodyKind body = http::BodyKind::None;
    std::shared_ptr<const std::string> bytes;  ///< Null without a body.
    std::shared_ptr<const route::Snapshot> snapshot;  ///< Keeps `mirror`.
    const route::Mirror* mirror = nullptr;
    std::uint8_t note = 0;  ///< Position in ExchangeExtra::mirrors.
};

/// The head as it stands, less what concerns the connection alone.
std::shared_ptr<MirrorCopy> copyForMirror(const http::RequestHead& request);
/// Starts the delivery; it goes on by itself, after the exchange too.
void deliver(Worker& worker, std::shared_ptr<MirrorCopy> copy);

}  // namespace gatehouse::gateway
