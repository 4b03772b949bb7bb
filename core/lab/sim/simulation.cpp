#include "lab/sim/simulation.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::lab::sim {

namespace {

enum class Kind : std::uint8_t { Arrival, Dispatch, StepEnd, Scrape, Sample };

struct Event {
    SimTime at{0};
    std::uint64_t order = 0;  ///< First planned, first served at the same time.
    Kind kind = Kind::Arrival;
    std::uint32_t which = 0;  ///< Request or server.
    bool operator>(const Event& other) const { return at != other.at ? at > other.at : order > other.order; }
};

constexpr SimTime kSampleEvery{250'000};
/// Events between two looks at who watches.
constexpr std::uint64_t kLookMask = 0xfff;

class Run {
  public:
    Run(const Trace& trace, const PolicySpec& spec, const SimulationOptions& options, std::vector<Engine> engines)
        : trace_(trace), spec_(spec), options_(options), engines_(std::move(engines)), views_(engines_.size()),
          policy_(spec.make({engines_.size(), trace.requests.size(), mix(trace.seed, 0x9011c7)})) {
        result_.outcomes.resize(trace.requests.size());
        open_ = trace.requests.size();
        atOnce_ = spec.bound || options.decisionLatency.count() == 0;
    }

    RunResult play(const std::atomic<bool>* stop, std::atomic<std::uint64_t>* served) {
        for (std::size_t pod = 0; pod < engines_.size(); ++pod) {
            scrape(pod, SimTime(0));
            if (options_.scrapeInterval.count() == 0) continue;
            const auto phase = options_.scrapeInterval * static_cast<std::int64_t>(pod) / static_cast<std::int64_t>(engines_.size());
            plan(phase + options_.scrapeInterval, Kind::Scrape, pod);
        }
        if (!trace_.requests.empty()) plan(trace_.requests[0].arrival, Kind::Arrival, 0);
        plan(kSampleEvery, Kind::Sample, 0);
        std::uint64_t handled = 0;
        while (open_ > 0) {
            if ((++handled & kLookMask) == 0) {
                tell(served);
                if (stop && stop->load(std::memory_order_relaxed)) {
                    result_.stopped = true;
                    break;
                }
            }
            std::pop_heap(events_.begin(), events_.end(), std::greater<>());
            const Event event = events_.back();
            events_.pop_back();
            now_ = event.at;
            handle(event);
        }
        tell(served);
        return finish();
    }

  private:
    void tell(std::atomic<std::uint64_t>* served) {
        const std::uint64_t ended = trace_.requests.size() - open_;
        if (served) served->fetch_add(ended - told_, std::memory_order_relaxed);
        told_ = ended;
    }

    void plan(SimTime at, Kind kind, std::size_t which) {
        events_.push_back({at, order_++, kind, static_cast<std::uint32_t>(which)});
        std::push_heap(events_.begin(), events_.end(), std::greater<>());
    }

    void handle(const Event& event) {
        switch (event.kind) {
            case Kind::Arrival:
                if (event.which + 1 < trace_.requests.size()) plan(trace_.requests[event.which + 1].arrival, Kind::Arrival, event.which + 1);
                arrive(event.which);
                break;
            case Kind::Dispatch:
                if (!countsAtPick()) policy_->dispatched(context(event.which), result_.outcomes[event.which].pod);
                submit(event.which);
                break;
            case Kind::StepEnd: stepEnded(event.which); break;
            case Kind::Scrape:
                scrape(event.which, now_);
                plan(now_ + options_.scrapeInterval, Kind::Scrape, event.which);
                break;
            case Kind::Sample:
                sample();
                plan(now_ + kSampleEvery, Kind::Sample, 0);
                break;
        }
    }

    bool countsAtPick() const { return spec_.reserves || !options_.race || atOnce_; }
    PickContext context(std::uint32_t request) const { return {now_, trace_, request, trace_.requests[request], views_, engines_}; }

    void arrive(std::uint32_t request) {
        if (options_.scrapeInterval.count() == 0)
            for (std::size_t pod = 0; pod < engines_.size(); ++pod) scrape(pod, now_);
        Outcome& outcome = result_.outcomes[request];
        outcome.pod = static_cast<std::uint32_t>(policy_->pick(context(request)));
        outcome.believed = static_cast<float>(policy_->believedTokens());
        if (options_.regretEvery > 0 && request % options_.regretEvery == 0 && counted(request) &&
            result_.regrets.size() < options_.mostRegrets) {
            regret(request);
        }
        if (countsAtPick()) policy_->dispatched(context(request), outcome.pod);
        if (atOnce_) {
            submit(request);
        } else {
            plan(now_ + options_.decisionLatency, Kind::Dispatch, request);
        }
    }

    bool counted(std::uint32_t request) const { return request >= options_.warmUp * double(trace_.requests.size()); }

    void regret(std::uint32_t request) {
        forecasts_.clear();
        for (const Engine& engine : engines_) forecasts_.push_back(seconds(forecastFirstToken(engine, request, now_) - now_));
        if (*std::max_element(forecasts_.begin(), forecasts_.end()) > seconds(SimTime::max()) / 2) return;
        const double chosen = forecasts_[result_.outcomes[request].pod];
        Regret entry{static_cast<float>(chosen), static_cast<float>(*std::min_element(forecasts_.begin(), forecasts_.end())), 0};
        for (const double other : forecasts_) entry.rank += other < chosen;
        result_.regrets.push_back(entry);
    }

    void submit(std::uint32_t request) {
        const std::uint32_t pod = result_.outcomes[request].pod;
        if (!engines_[pod].submit(request)) {
            result_.outcomes[request].refused = true;
            policy_->firstToken(context(request), pod, 0);
            policy_->finished(context(request), pod);
            --open_;
            return;
        }
        if (!engines_[pod].stepping()) beginStep(pod);
    }

    void beginStep(std::uint32_t pod) {
        if (engines_[pod].beginStep(now_).count() > 0) plan(engines_[pod].stepEnds(), Kind::StepEnd, pod);
    }

    void stepEnded(std::uint32_t pod) {
        tokens_.clear();
        engines_[pod].finishStep(tokens_);
        for (const Engine::Event& token : tokens_) {
            Outcome& outcome = result_.outcomes[token.request];
            if (token.first) {
                outcome.first = now_;
                outcome.cached = token.cachedTokens;
                policy_->firstToken(context(token.request), pod, token.cachedTokens);
            }
            if (token.last) {
                outcome.last = now_;
                policy_->finished(context(token.request), pod);
                --open_;
            }
        }
        beginStep(pod);
    }

    void scrape(std::size_t pod, SimTime at) {
        const Engine& engine = engines_[pod];
        views_[pod] = {double(engine.waiting()), double(engine.running()), engine.cache().use(), at, engine.cache().capacity(),
                       engine.options().adapterSlots};
    }

    void sample() {
        double sum = 0, squares = 0;
        for (const Engine& engine : engines_) {
            const double load = double(engine.waiting()) + engine.running();
            sum += load;
            squares += load * load;
        }
        const double count = double(engines_.size()), mean = sum / count;
        if (mean < 0.5) return;
        cvSum_ += std::sqrt(std::max(0.0, squares / count - mean * mean)) / mean;
        ++cvSamples_;
    }

    RunResult finish() {
        result_.end = now_;
        std::vector<double> perPod(engines_.size());
        for (const Outcome& outcome : result_.outcomes) ++perPod[outcome.pod];
        for (const Engine& engine : engines_) {
            result_.preemptions += engine.counters().preemptions;
            result_.adapterLoads += engine.counters().adapterLoads;
            result_.steps += engine.counters().steps;
        }
        if (!result_.outcomes.empty())
            result_.busiestShare = *std::max_element(perPod.begin(), perPod.end()) * double(perPod.size()) / double(result_.outcomes.size());
        result_.loadCv = cvSamples_ > 0 ? cvSum_ / cvSamples_ : 0;
        return std::move(result_);
    }

    const Trace& trace_;
    const PolicySpec& spec_;
    const SimulationOptions& options_;
    std::vector<Engine> engines_;
    std::vector<PodView> views_;
    std::unique_ptr<PickerPolicy> policy_;
    bool atOnce_ = false;
    SimTime now_{0};
    std::uint64_t order_ = 0;
    std::vector<Event> events_;  ///< A heap, the next on top.
    std::vector<Engine::Event> tokens_;
    std::vector<double> forecasts_;
    std::size_t open_ = 0;
    std::uint64_t told_ = 0;
    double cvSum_ = 0;
    std::uint64_t cvSamples_ = 0;
    RunResult result_;
};

}  // namespace

Result<RunResult> run(const Trace& trace, const std::vector<ServerSpec>& servers, const PolicySpec& policy,
                      const SimulationOptions& options, const std::atomic<bool>* stop, std::atomic<std::uint64_t>* served) {
    if (servers.empty()) return fail("lab-scenario", "A simulation needs at least one server.");
    std::vector<Engine> engines;
    engines.reserve(servers.size());
    for (const ServerSpec& server : servers) {
        const auto model = findModel(server.model);
        if (!model) return tl::unexpected(model.error());
        const auto gpu = findGpu(server.gpu);
        if (!gpu) return tl::unexpected(gpu.error());
        engines.emplace_back(StepModel(**model, **gpu, {options.mfuFactor, server.speed}), server.engine, trace);
        if (engines.back().cache().capacity() == 0)
            return fail("lab-scenario", server.model + " does not fit on " + server.gpu + ".");
    }
    return Run(trace, policy, options, std::move(engines)).play(stop, served);
}

}  // namespace gatehouse::lab::sim
