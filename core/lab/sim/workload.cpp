#include "lab/sim/workload.h"

#include "lab/sim/find_by_name.h"
#include "lab/sim/random.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::lab::sim {

namespace {

/// Mean of a value that is log-linear in its quantile, between two values.
double meanBetween(double a, double b) { return a == b ? a : (b - a) / std::log(b / a); }

/// The argument in [low, high] at which an increasing function reaches `wanted`; an end where it does not.
template <class Function>
double solve(double low, double high, double wanted, Function function) {
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (function(middle) < wanted ? low : high) = middle;
    }
    return (low + high) / 2;
}

class Zipf {
  public:
    Zipf(int count, double exponent) {
        double sum = 0;
        for (int i = 1; i <= count; ++i) sums_.push_back(sum += std::pow(i, -exponent));
    }
    std::size_t draw(Random& random) const {
        const double at = random.uniform() * sums_.back();
        return static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
    }

  private:
    std::vector<double> sums_;
};

/// The last turn of a conversation; its chain in the trace is what the next turn begins with.
struct Conversation {
    std::uint32_t request = 0;
    std::uint32_t session = 0;
    std::uint16_t turns = 1;
};

constexpr std::uint16_t kMostTurns = 20;
constexpr std::size_t kKeptConversations = 4'096;
constexpr int kLooks = 24;  ///< Conversations looked at for one that fits.

class Generator {
  public:
    Generator(const WorkloadShape& shape, double rate, SimTime duration, std::uint64_t seed)
        : shape_(shape),
          prompt_(shape.prompt.fit()),
          answer_(shape.answer.fit()),
          groups_(std::max(1, shape.groups), shape.groupSkew),
          adapters_(std::max(1, shape.adapters), shape.adapterSkew),
          random_(mix(seed, 0x7ace)),
          rate_(rate),
          end_(duration) {
        trace_.name = shape.name;
        trace_.seed = seed;
        trace_.adapters = static_cast<std::uint16_t>(shape.adapters);
    }

    Trace run() {
        double clock = 0;
        for (;;) {
            clock += random_.gamma(shape_.arrivalCv) * shape_.burstSize / rate_;
            const SimTime at = fromSeconds(clock);
            if (at >= end_) break;
            const std::size_t group = groups_.draw(random_);
            for (int i = 0; i < static_cast<int>(shape_.burstSize); ++i) add(at, group);
        }
        return std::move(trace_);
    }

  private:
    void add(SimTime at, std::size_t group) {
        const auto index = static_cast<std::uint32_t>(trace_.requests.size());
        const auto target = static_cast<std::uint32_t>(std::max(1.0, std::round(prompt_.at(random_.uniform()))));
        Request request{.arrival = at, .firstSegment = static_cast<std::uint32_t>(trace_.segments.size())};
        Conversation* earlier = random_.uniform() < shape_.continued ? find(at, target + shared()) : nullptr;
        std::uint64_t chain = 0;
        std::uint32_t length = 0;
        if (earlier) {
            const Request& last = trace_.requests[earlier->request];
            for (std::uint32_t i = 0; i < last.segments; ++i) trace_.segments.push_back(trace_.segments[last.firstSegment + i]);
            chain = trace_.segments.back().key;
            length = trace_.segments.back().end;
            request.adapter = last.adapter;
        } else {
            if (shape_.groups > 0) append(chain = mix(0x5ead, group), length = shared());
            if (shape_.adapters > 0) request.adapter = static_cast<std::uint16_t>(adapters_.draw(random_));
            // KV of one adapter is of no use to another.
            if (request.adapter != kNoAdapter && shape_.groups > 0) trace_.segments.back().key = chain = mix(chain, request.adapter);
        }
        const std::uint32_t whole = std::max(length + 1, target + shared());
        append(chain = mix(mix(chain, trace_.seed), index * 2ULL), request.promptTokens = whole);
        request.outputTokens = static_cast<std::uint32_t>(std::max(1.0, std::round(answer_.at(random_.uniform()))));
        append(mix(mix(chain, trace_.seed), index * 2ULL + 1), whole + request.outputTokens);
        request.segments = static_cast<std::uint16_t>(trace_.segments.size() - request.firstSegment);
        keep(earlier, index, request);
        trace_.requests.push_back(request);
    }

    std::uint32_t shared() const { return shape_.groups > 0 ? static_cast<std::uint32_t>(shape_.groupTokens) : 0; }
    void append(std::uint64_t key, std::uint32_t end) { trace_.segments.push_back({key, end}); }

    /// The longest of some conversations that are at rest and leave room for a question in `tokens`.
    Conversation* find(SimTime at, std::uint32_t tokens) {
        Conversation* best = nullptr;
        std::uint32_t bestLength = 0;
        for (int i = 0; i < kLooks && !conversations_.empty(); ++i) {
            Conversation& tried = conversations_[random_.below(conversations_.size())];
            const Request& last = trace_.requests[tried.request];
            const std::uint32_t length = last.promptTokens + last.outputTokens;
            if (length + kBlockTokens > tokens || length <= bestLength || tried.turns >= kMostTurns) continue;
            if (seconds(at - last.arrival) < shape_.rest) continue;
            best = &tried;
            bestLength = length;
        }
        return best;
    }

    void keep(Conversation* earlier, std::uint32_t index, Request& request) {
        if (earlier) {
            request.session = earlier->session;
            *earlier = {index, earlier->session, static_cast<std::uint16_t>(earlier->turns + 1)};
            return;
        }
        request.session = sessions_++;
        if (conversations_.size() < kKeptConversations) {
            conversations_.push_back({index, request.session});
        } else {
            conversations_[random_.below(conversations_.size())] = {index, request.session};
        }
    }

    const WorkloadShape& shape_;
    Lengths prompt_, answer_;
    Zipf groups_, adapters_;
    Random random_;
    double rate_;
    SimTime end_;
    Trace trace_;
    std::vector<Conversation> conversations_;
    std::uint32_t sessions_ = 0;
};

}  // namespace

Lengths Lengths::fit() const {
    Lengths fitted = *this;
    if (lowest == highest && lowest == mean) return fitted;
    if (fitted.highest <= 0) fitted.highest = 1.5 * p99;
    const auto withLowest = [&](double value) {
        Lengths tried = fitted;
        tried.lowest = value;
        return tried.meanOfShape();
    };
    fitted.lowest = solve(std::max(1.0, p50 / 1'000), p50, mean, withLowest);
    const auto withHighest = [&](double value) {
        Lengths tried = fitted;
        tried.highest = value;
        return tried.meanOfShape();
    };
    if (std::abs(fitted.meanOfShape() - mean) > 0.005 * mean) fitted.highest = solve(p99, 20 * p99, mean, withHighest);
    return fitted;
}

double Lengths::at(double u) const {
    const double from[] = {0, 0.5, 0.9, 0.99, 1}, value[] = {lowest, p50, p90, p99, highest};
    int i = 0;
    while (i < 3 && u >= from[i + 1]) ++i;
    const double share = (u - from[i]) / (from[i + 1] - from[i]);
    return value[i] * std::pow(value[i + 1] / value[i], share);
}

double Lengths::meanOfShape() const {
    return 0.5 * meanBetween(lowest, p50) + 0.4 * meanBetween(p50, p90) + 0.09 * meanBetween(p90, p99) +
           0.01 * meanBetween(p99, highest);
}

// What is published and what is ours: lengths, gaps and hit shares are the sources' where the line names them. The Azure traces hold no
// text, so the share of continued conversations there is an assumption; so are the quantiles of `agent` and the spread of the answers
// of `decode-heavy`, of which only means are published. 250 answer tokens of `shared-prefix` follow from the anchor itself: the random
// router's 4,429 tokens/s are then 17.7 requests/s of 7,200 tokens, which is the measured prefill peak of eight servers.
const std::vector<WorkloadShape>& workloadShapes() {
    static const std::vector<WorkloadShape> kShapes = {
        {.name = "chat", .about = "conversations; lengths of Azure 2023 conversation",
         .prompt = {1'155, 1'020, 2'735, 4'142}, .answer = {211, 129, 424, 601}, .arrivalCv = 1.09, .continued = 0.6},
        {.name = "code", .about = "completion in bursts; lengths and gaps of Azure 2023 code",
         .prompt = {2'048, 1'469, 5'194, 7'436}, .answer = {28, 13, 45, 252}, .arrivalCv = 13.2, .continued = 0.5, .rest = 5},
        {.name = "agent", .about = "tool calls behind shared instructions; means of Mooncake toolagent",
         .prompt = {5'596, 3'800, 13'000, 30'000}, .answer = {182, 110, 420, 900}, .continued = 0.6, .rest = 5, .groups = 40,
         .groupTokens = 3'000, .groupSkew = 0.8},
        {.name = "shared-prefix", .about = "150 shared beginnings of 6,000 tokens; llm-d KV-cache wins",
         .prompt = Lengths::constant(1'200), .answer = Lengths::constant(250), .groups = 150, .groupTokens = 6'000},
        {.name = "long-context", .about = "long conversations; Mooncake conversation (FAST 25)",
         .prompt = {12'035, 6'909, 27'367, 85'401}, .answer = {343, 350, 597, 1'120}, .arrivalCv = 2.8, .continued = 0.5},
        {.name = "decode-heavy", .about = "reasoning: 250 shared, 1,000 own, 8,000 answered; inference-perf catalogue",
         .prompt = Lengths::constant(1'000), .answer = {8'000, 7'000, 14'000, 22'000}, .groups = 1, .groupTokens = 250},
        {.name = "bursts", .about = "chat behind shared instructions, gamma bursts with CV 4 (BurstGPT's kind)",
         .prompt = {1'155, 1'020, 2'735, 4'142}, .answer = {211, 129, 424, 601}, .arrivalCv = 4, .continued = 0.3, .groups = 40,
         .groupTokens = 2'000, .groupSkew = 0.8},
        {.name = "lora", .about = "chat with 24 LoRA adapters, Zipf 0.8",
         .prompt = {1'155, 1'020, 2'735, 4'142}, .answer = {211, 129, 424, 601}, .arrivalCv = 1.09, .continued = 0.3, .adapters = 24},
    };
    return kShapes;
}

Result<const WorkloadShape*> findWorkload(std::string_view name) { return findByName(workloadShapes(), name, "workload"); }

Trace generate(const WorkloadShape& shape, double rate, SimTime duration, std::uint64_t seed) {
    return Generator(shape, rate, duration, seed).run();
}

}  // namespace gatehouse::lab::sim
