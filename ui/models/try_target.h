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
    QString client;  ///< Its address; empty: not known.
    /// What the record could not keep; absent where the request does not come from one.
    std::optional<route::ExplainRequest::Recorded> recorded;
};

QString writeTryTarget(const TryTarget& target);
/// Nothing for a target of another kind.
std::optional<TryTarget> readTryTarget(const QString& target);

/// What a record still knows of its request: method, target, fields, port, server name and client. Bodies are not kept, and values of secret
/// fields are not either. The port is that of the listener (of records without one: in `objects`): what a client dials may be another.
TryTarget tryTargetOf(const telemetry::RequestRecord& record, const config::ObjectSet& objects);

}  // namespace gatehouse::ui
