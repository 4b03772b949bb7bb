// RecordedDecision: what a pick saw and chose, as request records keep it: live in the console, or as the admin page /requests printed it.
// Only the pods that a record keeps are there: of larger pools the best few. Thread: values, pure functions.
#pragma once

#include "base/result.h"
#include "inference/pool.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::telemetry {
struct RequestRecord;
}

namespace gatehouse::lab {

struct RecordedDecision {
    std::string requestId;
    std::string time;  ///< RFC 3339; empty: not known.
    std::shared_ptr<const inference::PickRecord> pick;
};

/// Nothing where no pod was picked from a pool.
std::optional<RecordedDecision> decisionOf(const telemetry::RequestRecord& record);

/// What /requests printed: the page, a list of records, one record, or a record a line. Records without a decision are passed over; that there
/// is none at all is an error ("replay-input"), as is what is no JSON.
Result<std::vector<RecordedDecision>> readDecisions(std::string_view json);

}  // namespace gatehouse::lab
