// gatehouse-cost: each server's cost in seconds, and the lowest wins.
//
//   cost = TTFT + room + adapter + eviction + kInterference * (decode + others)
//   TTFT   = (prefill tokens on the way + uncached) / R + one step
//   room   = waiting for blocks or batch slots: what is too much, over how fast running requests give it back
//   adapter = loading it where none of our requests there uses it, and waiting for a slot where others hold them all
//   eviction = uncached / R * share of prompts that caches hold, where the cache is full: what is written there has to be computed again
//   decode = expected answer * step
//   others = decoding requests there * uncached / R  +  expected answer * decoding requests * what one more adds to a step
//
// R (prefill rate) and the step ((a + b * batch) of the pool times a factor of the server) are fitted from first-token and inter-token
// times, so mixed GPUs need no profile. State is the gateway's own, reserved at the pick; of a scrape it takes what others sent: the residual of waiting + running
// over its own requests. Cached tokens come from a model of each engine's cache (contiguous, its capacity, tail first) and are trusted
// as far as the answers' `usage` confirmed them.
#include "lab/sim/picker_policy.h"
#include "lab/sim/prefix_index.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::lab::sim {

namespace {

/// How much a second of somebody's decoding counts against a second before the first token.
constexpr double kInterference = 0.15;
constexpr double kForget = 0.05;          ///< Weight of a new observation.
constexpr double kPriorRate = 15'000;     ///< Tokens per second, until first tokens have come.
constexpr double kLeastSample = 1'000;    ///< Tokens behind a first token for it to tell the rate.
constexpr double kFullCache = 0.95;
constexpr double kBatchSlots = 256;
constexpr double kAdapterLoad = 0.15;     ///< Seconds.

/// y = a + b * x over what has been seen lately, b never negative.
class Line {
  public:
    void see(double x, double y) {
        const double weight = seen_ < 20 ? 1 / (seen_ + 1) : kForget;
        ++seen_;
        x_ += weight * (x - x_);
        y_ += weight * (y - y_);
        xx_ += weight * (x * x - xx_);
        xy_ += weight * (x * y - xy_);
    }
    bool known() const { return seen_ >= 3; }
    double slope() const {
        const double variance = xx_ - x_ * x_;
        return variance > 0.5 ? std::clamp((xy_ - x_ * y_) / variance, 0.0, y_ / std::max(1.0, x_)) : 0;
    }
    double at(double x) const { return std::max(y_ * 0.2, y_ + slope() * (x - x_)); }

  private:
    double seen_ = 0, x_ = 0, y_ = 0, xx_ = 0, xy_ = 0;
};

/// What is known of one server.
struct Server {
    double prefillTokens = 0;  ///< Uncached, on the way.
    int requests = 0;          ///< Own, in flight.
    int decoding = 0;          ///< Own, behind their first token.
    double growth = 0;         ///< Tokens that own requests will still write, as expected.
    double others = 0;         ///< In the last scrape, beyond our own.
    SimTime scrape{-1};
    double logRate = std::log(kPriorRate);
    int rates = 0;
    double slowness = 1;       ///< Its inter-token times over the pool's at the same batch.
    double trust = 1;          ///< Cached tokens as answered, over as believed.
    std::vector<std::pair<std::uint16_t, int>> adapters;  ///< Of own requests in flight, with how many.
    double rate() const { return std::exp(logRate); }
};

struct Sent {
    BlockCache::Lease lease;
    SimTime at{0}, first{0};
    double ahead = 0, uncached = 0, believed = 0, decodingThen = 0;
    bool roomy = true;  ///< It was not expected to wait for blocks or slots.
};

class GatehouseCost : public PickerPolicy {
  public:
    explicit GatehouseCost(const PolicySetup& setup)
        : random_(setup.seed), index_(setup.pods), servers_(setup.pods), costs_(setup.pods), sent_(setup.requests) {}

    std::size_t pick(const PickContext& context) override {
        for (std::size_t i = 0; i < costs_.size(); ++i) {
            observe(context.pods[i], i);
            costs_[i] = cost(context, i);
        }
        const std::size_t chosen = lowest(costs_, random_);
        believed_ = cached(context, chosen);
        return chosen;
    }

    void dispatched(const PickContext& context, std::size_t pod) override {
        Server& server = servers_[pod];
        Sent& sent = sent_[context.index];
        sent.at = context.now;
        sent.believed = index_.match(context.prompt(), context.request.promptTokens - 1, pod);
        sent.uncached = context.request.promptTokens - cached(context, pod);
        sent.ahead = server.prefillTokens;
        sent.roomy = room(context, pod) == 0;
        server.prefillTokens += sent.uncached;
        server.growth += answer_;
        ++server.requests;
        count(server, context.request.adapter, 1);
        index_.begin(context.prompt(), pod, sent.lease);
    }

    void firstToken(const PickContext& context, std::size_t pod, std::uint32_t cachedTokens) override {
        Server& server = servers_[pod];
        Sent& sent = sent_[context.index];
        sent.first = context.now;
        sent.decodingThen = server.decoding;
        server.prefillTokens -= sent.uncached;
        ++server.decoding;
        if (sent.believed >= kLeastSample) server.trust += kForget * (std::min(1.0, cachedTokens / sent.believed) - server.trust);
        const double really = context.request.promptTokens - cachedTokens;
        hits_ += 0.01 * (double(cachedTokens) / context.request.promptTokens - hits_);
        const double tokens = sent.ahead + really, span = seconds(context.now - sent.at) - stepOf(server);
        if (!sent.roomy || tokens < kLeastSample || span <= 0) return;
        // In logarithms, capped: one delayed answer is no new GPU.
        const double off = std::clamp(std::log(tokens / span) - server.logRate, -1.0, 1.0);
        server.logRate += std::max(kForget, 1.0 / (2 + server.rates)) * off;
        ++server.rates;
    }

    void finished(const PickContext& context, std::size_t pod) override {
        Server& server = servers_[pod];
        Sent& sent = sent_[context.index];
        --server.requests;
        --server.decoding;
        count(server, context.request.adapter, -1);
        server.growth -= std::min(server.growth, answer_);
        const double tokens = context.request.outputTokens;
        if (tokens >= 8) seeStep(server, (sent.decodingThen + server.decoding) / 2 + 1, seconds(context.now - sent.first) / (tokens - 1));
        answer_ += 0.02 * (tokens - answer_);
        residence_ += 0.02 * (seconds(context.now - sent.at) - residence_);
        index_.done(context.trace.chain(context.request), context.request, pod, sent.lease);
    }

    double believedTokens() const override { return believed_; }

  private:
    void observe(const PodView& view, std::size_t pod) {
        Server& server = servers_[pod];
        index_.setCapacity(pod, view.kvBlocks);
        if (view.scrapedAt == server.scrape) return;
        server.scrape = view.scrapedAt;
        server.others += 0.2 * (std::max(0.0, view.waiting + view.running - server.requests) - server.others);
    }
    double cached(const PickContext& context, std::size_t pod) const {
        return servers_[pod].trust * index_.match(context.prompt(), context.request.promptTokens - 1, pod);
    }
    double stepOf(const Server& server) const {
        return server.slowness * (step_.known() ? step_.at(server.decoding + server.others + 1) : 0.02);
    }
    void seeStep(Server& server, double batch, double each) {
        if (step_.known()) server.slowness += kForget * (std::clamp(each / step_.at(batch), 0.2, 5.0) - server.slowness);
        step_.see(batch, each / server.slowness);
    }

    static void count(Server& server, std::uint16_t adapter, int by) {
        if (adapter == kNoAdapter) return;
        for (std::size_t i = 0; i < server.adapters.size(); ++i) {
            if (server.adapters[i].first != adapter) continue;
            if ((server.adapters[i].second += by) <= 0) server.adapters.erase(server.adapters.begin() + std::ptrdiff_t(i));
            return;
        }
        if (by > 0) server.adapters.emplace_back(adapter, by);
    }
    double adapterWait(const PickContext& context, std::size_t pod) const {
        const std::uint16_t adapter = context.request.adapter;
        if (adapter == kNoAdapter) return 0;
        const auto& loaded = servers_[pod].adapters;
        for (const auto& [other, uses] : loaded)
            if (other == adapter) return 0;
        const double slots = std::max(1U, context.pods[pod].adapterSlots), over = double(loaded.size()) + 1 - slots;
        return kAdapterLoad + std::max(0.0, over) / slots * 2 * residence_;
    }

    /// Seconds until running requests have given back what this one lacks.
    double room(const PickContext& context, std::size_t pod) const {
        const Server& server = servers_[pod];
        const double capacity = double(index_.server(pod).capacity()) * kBlockTokens;
        if (capacity <= 0 || server.requests == 0) return 0;
        const double held = capacity * index_.server(pod).use() + server.growth / 2;
        const double wanted = context.request.promptTokens - cached(context, pod) + answer_;
        const double blocks = std::max(0.0, held + wanted - kFullCache * capacity) / std::max(held, 1.0);
        const double slots = std::max(0.0, server.requests + server.others + 1 - kBatchSlots) / kBatchSlots;
        return std::max(blocks, slots) * residence_;
    }

    double cost(const PickContext& context, std::size_t pod) const {
        const Server& server = servers_[pod];
        const double uncached = context.request.promptTokens - cached(context, pod);
        const double decoding = server.decoding + server.others;
        const double own = uncached / server.rate();
        const double ttft = server.prefillTokens / server.rate() + own + stepOf(server);
        const double decode = answer_ * stepOf(server);
        const double others = decoding * own + answer_ * decoding * server.slowness * step_.slope();
        const double eviction = index_.server(pod).evictions() > 0 ? own * hits_ : 0;
        return ttft + room(context, pod) + adapterWait(context, pod) + eviction + kInterference * (decode + others);
    }

    Random random_;
    HonestIndex index_;
    std::vector<Server> servers_;
    std::vector<double> costs_;
    std::vector<Sent> sent_;
    Line step_;               ///< Seconds between tokens by batch, of the pool.
    double answer_ = 200;     ///< Expected tokens of an answer.
    double residence_ = 5;    ///< Expected seconds of a request.
    double hits_ = 0;         ///< Share of prompt tokens that were cached, lately.
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeGatehouseCost(const PolicySetup& setup) { return std::make_unique<GatehouseCost>(setup); }

}  // namespace gatehouse::lab::sim
