// curl: a finished request as a command line that sends it again. Bodies are not kept, so an LLM request gets a short prompt of
// its own with the same model and streaming. Pure function. Thread: any.
#pragma once

#include "telemetry/request_record.h"

#include <QString>

namespace gatehouse::ui {

/// `address` is where the gateway listens ("127.0.0.1:8080").
QString toCurl(const telemetry::RequestRecord& record, const QString& address);

}  // namespace gatehouse::ui
