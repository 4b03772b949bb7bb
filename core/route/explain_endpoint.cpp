#include "route/explain_endpoint.h"

#include "upstream/balance.h"
#include "upstream/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace gatehouse::route {
namespace {

using upstream::Balance;
using upstream::Endpoint;

/// The endpoints that the balance may take now, and how many of them have the fewest requests in flight.
struct Field {
    std::vector<const Endpoint*> in;
    std::int32_t fewest = 0;
    std::size_t tied = 0;
};

Field fieldOf(const upstream::Cluster& cluster, bool panics, base::MonoTime now) {
    Field field;
    for (const auto& endpoint : cluster.endpoints) {
        if (!panics && upstream::isEjected(*endpoint, now)) continue;
        const auto inFlight = endpoint->inFlight.load(std::memory_order_relaxed);
        if (field.in.empty() || inFlight < field.fewest) {
            field.fewest = inFlight;
            field.tied = 0;
        }
        if (inFlight == field.fewest) ++field.tied;
        field.in.push_back(endpoint.get());
    }
    return field;
}

void tellHealth(const upstream::Cluster& cluster, const config::ObjectKey& backend, bool panics, base::MonoTime now,
                std::vector<Step>& steps) {
    const auto wall = std::chrono::system_clock::now();
    for (const auto& endpoint : cluster.endpoints) {
        const auto health = upstream::healthOf(*endpoint, now, wall);
        if (health.standing == upstream::Standing::Out)
            steps.push_back({"endpoint", panics ? StepOutcome::Info : StepOutcome::Rejected, health.id, health.reason, backend, {}});
        if (health.standing == upstream::Standing::WarmingUp)
            steps.push_back({"endpoint", StepOutcome::Info, health.id,
                             fmt::format("slow start: it takes {:.0f} % of its turns so far", health.share * 100), backend, {}});
    }
    if (panics)
        steps.push_back({"endpoint", StepOutcome::Info, cluster.name,
                         fmt::format("fewer than {} % of the endpoints are in, so those that are out are used all the same",
                                     upstream::optionsOf(cluster).balance.panicPercent),
                         backend, {}});
}

std::string leastRequest(const Field& field, std::uint32_t choices) {
    const auto count = field.in.size();
    const auto load = fmt::format("{} in flight", field.fewest);
    if (choices > 0 && count > choices)
        return fmt::format("least request: the least busy of {} that are drawn at random among {}; this one is as idle as any ({})",
                           choices, count, load);
    if (count > upstream::kScan)
        return fmt::format("least request: the least busy of the next {} of {}, in turn; this one is as idle as any ({})",
                           upstream::kScan, count, load);
    if (field.tied == 1) return fmt::format("least request: the fewest requests in flight ({}) of {}", field.fewest, count);
    return fmt::format("least request: {} of {} have the fewest in flight ({}) and take turns; this is one of them", field.tied,
                       count, field.fewest);
}

}  // namespace

EndpointChoice chooseEndpoint(const upstream::Cluster& cluster, const config::ObjectKey& backend, base::MonoTime now,
                              std::vector<Step>& steps) {
    EndpointChoice choice;
    const auto total = cluster.endpoints.size();
    if (total == 0) {
        choice.sentence = fmt::format("{} has no ready endpoint.", cluster.name);
        return choice;
    }
    const auto& options = upstream::optionsOf(cluster);
    if (upstream::requestsFull(cluster)) {
        choice.sentence = fmt::format("{} has as many requests at a time as {} allows ({}).", cluster.name,
                                      options.origin.empty() ? std::string("its limit") : options.origin, options.connections.maxRequests);
        return choice;
    }
    const bool panics = upstream::panics(cluster, now);
    tellHealth(cluster, backend, panics, now, steps);
    std::uint32_t cursor = 0;
    choice.endpoint = upstream::pick(cluster, cursor, now, nullptr);
    const auto field = fieldOf(cluster, panics, now);
    choice.among = std::max<std::size_t>(field.in.size(), 1);
    if (choice.endpoint == nullptr) return choice;
    if (total == 1) {
        choice.sentence = "the only endpoint";
    } else if (field.in.empty()) {
        choice.sentence = "every endpoint is out; the first in turn is tried as a last resort";
        choice.among = total;
    } else if (field.in.size() == 1) {
        choice.sentence = fmt::format("the only one of {} endpoints that is in", total);
    } else if (options.balance.method == Balance::RoundRobin) {
        choice.sentence = fmt::format("round robin: {} endpoints take turns, counted by each worker for itself; this is one of them",
                                      field.in.size());
    } else if (options.balance.method == Balance::Random) {
        choice.sentence = fmt::format("random: each of {} endpoints has the same chance; this is one of them", field.in.size());
    } else {
        // The pick may have passed by one that warms up; the sentence is of the least busy.
        const bool fewest = choice.endpoint->inFlight.load(std::memory_order_relaxed) == field.fewest;
        if (!fewest) choice.endpoint = *std::min_element(field.in.begin(), field.in.end(), [](const Endpoint* a, const Endpoint* b) {
            return a->inFlight.load(std::memory_order_relaxed) < b->inFlight.load(std::memory_order_relaxed);
        });
        choice.sentence = leastRequest(field, options.balance.choices);
        const bool drawn = (options.balance.choices > 0 && field.in.size() > options.balance.choices) || field.in.size() > upstream::kScan;
        if (!drawn) choice.among = field.tied;
    }
    return choice;
}

}  // namespace gatehouse::route
