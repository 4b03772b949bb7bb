// What an exchange does about callers, beside its members in exchange_access.cpp. Thread: pure functions.
#pragma once

#include "gateway/exchange_record.h"

#include <vector>

namespace gatehouse::gateway {

/// Who called, why he was refused, what he was charged.
void addAccessSteps(const ExchangeRecord& record, std::vector<route::Step>& steps);

}  // namespace gatehouse::gateway
