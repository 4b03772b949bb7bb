#include "app/live_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gatehouse::app {

namespace {

/// A value that the pod does not report is a dash, never a zero.
std::string cell(double value, int digits) { return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-"; }

std::string_view word(inference::ScrapeState state) {
    switch (state) {
        case inference::ScrapeState::Fresh: return "";
        case inference::ScrapeState::Stale: return "stale";
        case inference::ScrapeState::Failing: return "no metrics";
        case inference::ScrapeState::Never: break;
    }
    return "not yet";
}

}  // namespace

std::string liveTable(const gateway::State& state, const gateway::State& previous, std::chrono::milliseconds elapsed) {
    std::size_t width = 3;
    std::uint64_t picks = 0;
    for (const auto& pod : state.pods) {
        width = std::max(width, pod.pod.size());
        picks += pod.picks;
    }
    std::string text = fmt::format("{:<{}}  queue  running   KV %  GPU %    picks    share\n", "pod", width);
    std::vector<const gateway::PodState*> byName;
    for (const auto& pod : state.pods) byName.push_back(&pod);
    std::sort(byName.begin(), byName.end(), [](const auto* a, const auto* b) { return a->pod < b->pod; });
    for (const auto* entry : byName) {
        const auto& pod = *entry;
        const double share = picks ? 100.0 * static_cast<double>(pod.picks) / static_cast<double>(picks) : 0.0;
        text += fmt::format("{:<{}}  {:>5}  {:>7}  {:>5}  {:>5}  {:>7}  {:>5.1f} %{}{}\n", pod.pod, width,
                            cell(pod.metrics.waiting, 0), cell(pod.metrics.running, 0), cell(pod.metrics.kvUse * 100, 1),
                            cell(pod.metrics.gpuMemoryPercent(), 1), pod.picks, share, word(pod.scrape).empty() ? "" : "  ", word(pod.scrape));
    }
    const double seconds = std::max(0.001, static_cast<double>(elapsed.count()) / 1000.0);
    text += fmt::format("{} requests ({:.1f}/s), {} in flight, {} answered 5xx\n", state.requests,
                        static_cast<double>(state.requests - previous.requests) / seconds, state.inFlight,
                        state.responses5xx);
    return text;
}

}  // namespace gatehouse::app
