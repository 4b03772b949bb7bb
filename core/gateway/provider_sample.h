// Samples of LLM providers for Gateway::state(): health, latency, keys, prices. Thread: any.
#pragma once

#include "gateway/gateway.h"
#include "telemetry/exposition.h"

#include <string>
#include <vector>

namespace gatehouse::gateway {

/// Every provider of every AI Backend once, in the order of rules and of its Backend. No key's value is part of it.
std::vector<ProviderSample> sampleProviders(const route::Snapshot& snapshot, base::MonoTime now);
/// Gateway::connectionTest(). `snapshot` may be null.
Result<Gateway::ConnectionTest> makeConnectionTest(std::shared_ptr<const route::Snapshot> snapshot, const config::ObjectKey& backend,
                                                   const std::string& provider);
/// Their metrics.
void writeProviders(const std::vector<ProviderSample>& providers, telemetry::Exposition& page);
/// The admin page /providers.
std::string providersPage(const std::vector<ProviderSample>& providers);

}  // namespace gatehouse::gateway
