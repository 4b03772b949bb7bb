// Guards in the record that people see: the findings of chains as steps, and those of guards that stand by themselves as findings like
// them. Thread: any, off the hot path.
#pragma once

#include "gateway/exchange_record.h"

namespace gatehouse::gateway {

/// Fills out.guardReport.
void describeGuards(const ExchangeRecord& record, telemetry::RequestRecord& out);
/// One step for each finding of a chain, after what filters noted.
void addGuardSteps(const ExchangeRecord& record, std::vector<route::Step>& steps);

}  // namespace gatehouse::gateway
