// What an exchange does about callers, beside its members in exchange_access.cpp. Thread: pure functions.
#pragma once

#include "gateway/exchange_record.h"

#include <vector>

namespace gatehouse::gateway {

/// What lets callers in may stand in fields and parameters whose names tell nothing: their values are hidden like those of others.
void hideCredentials(const ExchangeRecord& record, telemetry::RequestRecord& out);

/// Who called, why he was refused, what he was charged.
void addAccessSteps(const ExchangeRecord& record, std::vector<route::Step>& steps);

}  // namespace gatehouse::gateway
