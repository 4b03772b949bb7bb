// gatehouse-cost: what the data plane does (inference/cost_model.h, inference/scheduler.h), on what the laboratory shows it. The cost
// model and the prefix index are the data plane's own.
#include "inference/cost_model.h"
#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

using inference::CacheState;
using inference::CostModel;

class GatehouseCost : public PickerPolicy {
  public:
    explicit GatehouseCost(const PolicySetup& setup)
        : random_(setup.seed), index_(setup.pods), servers_(setup.pods), scrapes_(setup.pods, SimTime(-1)), costs_(setup.pods), sent_(setup.requests) {}

    std::size_t pick(const PickContext& context) override {
        for (std::size_t i = 0; i < costs_.size(); ++i) {
            observe(context.pods[i], i);
            auto& server = servers_[i];
            model_.settle(server, context.now);
            const double wait = model_.adapterWait(server, adapterOf(context), context.pods[i].adapterSlots);
            costs_[i] = model_.cost(server, cacheOf(i), server.prefillTokens, uncached(context, i), wait).total();
        }
        const std::size_t chosen = lowest(costs_, random_);
        believed_ = servers_[chosen].trust * matched(context, chosen);
        return chosen;
    }

    void dispatched(const PickContext& context, std::size_t pod) override {
        auto& server = servers_[pod];
        const bool roomy = model_.room(server, cacheOf(pod), uncached(context, pod)) == 0;
        model_.begin(server, sent_[context.index].model, context.now, server.prefillTokens, matched(context, pod), uncached(context, pod),
                     roomy, adapterOf(context));
        index_.begin(context.prompt(), pod, sent_[context.index].lease);
    }

    void firstToken(const PickContext& context, std::size_t pod, std::uint32_t cachedTokens) override {
        model_.first(servers_[pod], sent_[context.index].model, context.now);
        model_.learnPrefill(servers_[pod], sent_[context.index].model, context.request.promptTokens, cachedTokens);
    }

    void finished(const PickContext& context, std::size_t pod) override {
        auto& sent = sent_[context.index];
        model_.finish(servers_[pod], sent.model, context.now, context.request.outputTokens, adapterOf(context));
        index_.done(context.trace.chain(context.request), context.request.promptTokens, context.request.outputTokens, pod, sent.lease);
    }

    double believedTokens() const override { return believed_; }

  private:
    struct Sent {
        CostModel::Sent model;
        inference::BlockCache::Lease lease;
    };

    static std::uint64_t adapterOf(const PickContext& context) {
        return context.request.adapter == kNoAdapter ? inference::kBaseModel : context.request.adapter + 1ULL;
    }
    void observe(const PodView& view, std::size_t pod) {
        index_.setCapacity(pod, view.kvBlocks);
        if (view.scrapedAt == scrapes_[pod]) return;
        scrapes_[pod] = view.scrapedAt;
        model_.seeScrape(servers_[pod], view.waiting + view.running);
    }
    double matched(const PickContext& context, std::size_t pod) const {
        return index_.match(context.prompt(), context.request.promptTokens - 1, pod);
    }
    double uncached(const PickContext& context, std::size_t pod) const {
        return context.request.promptTokens - servers_[pod].trust * matched(context, pod);
    }
    CacheState cacheOf(std::size_t pod) const {
        const auto& cache = index_.server(pod);
        return {double(cache.capacity()) * kBlockTokens, cache.use(), cache.evictions() > 0};
    }

    Random random_;
    HonestIndex index_;
    CostModel model_;
    std::vector<CostModel::Server> servers_;
    std::vector<SimTime> scrapes_;
    std::vector<double> costs_;
    std::vector<Sent> sent_;
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeGatehouseCost(const PolicySetup& setup) { return std::make_unique<GatehouseCost>(setup); }

}  // namespace gatehouse::lab::sim
