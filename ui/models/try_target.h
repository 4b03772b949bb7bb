// TryTarget: a recorded request as the target of a navigation: "explain this one" leads from the Requests view to Try a request.
// Thread: pure functions.
#pragma once

#include "config/object.h"
#include "telemetry/request_record.h"

#include <QString>

#include <optional>

namespace gatehouse::ui {

struct TryTarget {
    QString method, url, headers, body;
    QString sni;  ///< Empty: the URL's host.
};

QString writeTryTarget(const TryTarget& target);
/// Nothing for a target of another kind.
std::optional<TryTarget> readTryTarget(const QString& target);

/// What a record still knows of its request: method, host, path, port and server name; fields and body are not kept. An LLM route gets a body
/// with the model, so that it is read as one. The port is that of the listener in `objects`: what a client dials may be another.
TryTarget tryTargetOf(const telemetry::RequestRecord& record, const config::ObjectSet& objects);

}  // namespace gatehouse::ui
