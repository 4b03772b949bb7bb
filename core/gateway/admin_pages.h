// What the admin endpoint shows: pages made from one sample of the gateway. Thread: pure functions.
#pragma once

#include "gateway/data_plane.h"
#include "gateway/gateway.h"
#include "telemetry/genai_metrics.h"

#include <string>
#include <vector>

namespace gatehouse::gateway {

/// One consistent-enough look at everything, taken by the gateway.
struct AdminSample {
    State state;
    DataPlaneCounters counters;
    std::shared_ptr<const ApplyReport> report;
    std::shared_ptr<const route::Snapshot> snapshot;  ///< Null before the first apply.
};

std::string metricsPage(const AdminSample& sample, const telemetry::GenAiMetrics& genAi);
/// Snapshot summary, statuses and findings. Keys of providers are never part of it.
std::string configPage(const AdminSample& sample);
std::string poolsPage(const AdminSample& sample);
/// Every backend with the state of each endpoint, and why it is out.
std::string endpointsPage(const AdminSample& sample);
/// The table of limits with how often each one was enforced, and when last.
std::string limitsPage(const AdminSample& sample);
std::string requestsPage(const std::vector<telemetry::RequestRecord>& records);

/// Ready: a configuration is served and every port that it asks for is bound. Else the sentence that says what is missing.
std::string notReady(const AdminSample& sample);

}  // namespace gatehouse::gateway
