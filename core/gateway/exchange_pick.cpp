// The pick among the pods of an InferencePool: what it is told of the request, waiting for room where every pod is full, and what the
// answer teaches.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/exchange_pick.h"
#include "inference/fail_open.h"
#include "inference/scheduler.h"
#include "route/model_rewrites.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

namespace dropped = inference::dropped;

/// How often the first in the queue looks by itself: a scrape may say that there is room again. The others are woken.
constexpr base::Millis kLookFirst{50};
constexpr base::Millis kLookLater{1'000};
constexpr std::string_view kReasonField = "x-llm-d-request-dropped-reason";

/// Leaves the queue however the wait ends.
class Place {
  public:
    Place(inference::FlowControl& flow, std::shared_ptr<inference::FlowControl::Waiter> waiter) : flow_(flow), waiter_(std::move(waiter)) {}
    ~Place() { flow_.leave(*waiter_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool first() const { return flow_.first(*waiter_); }
    bool evicted() const { return waiter_->evicted.load(std::memory_order_acquire); }

  private:
    inference::FlowControl& flow_;
    std::shared_ptr<inference::FlowControl::Waiter> waiter_;
};

}  // namespace

PoolExchange& Exchange::picking() {
    if (!picking_) picking_ = std::make_unique<PoolExchange>();
    return *picking_;
}

/// Read once per request, however often it is tried.
const inference::Prompt& Exchange::promptForPick() {
    auto& state = picking();
    if (state.promptRead) return state.prompt;
    state.promptRead = true;
    state.prompt.clear();
    if (llmRoute_ && bodyBuffered_) inference::readPrompt(body_, state.prompt);
    else if (const auto& framing = downstream_.framing(); framing.body == http::BodyKind::Length) state.prompt.bytes = framing.length;
    if (const auto token = request_.headers.get("x-session-token")) state.prompt.session = *token;
    return state.prompt;
}

int Exchange::pickPriority() const {
    for (const char* name : {"x-llm-d-inference-objective", "x-gateway-inference-objective"})
        if (const auto objective = request_.headers.get(name)) return record_.backend->pool->priorityOf(*objective);
    if (llm_ && llm_->clientModel) return record_.backend->pool->priorityOf(route::modelObjective(*llm_->clientModel));
    if (llm_ && llm_->asked) return record_.backend->pool->priorityOf(route::modelObjective(llm_->asked->model));
    return 0;
}

/// Chooses and reserves a pod of the backend's pool; `again`: a former choice could not be connected to.
upstream::Endpoint* Exchange::pickPod(bool again, bool furtherTry) {
    auto& pool = *record_.backend->pool;
    auto& state = picking();
    inference::PickAsk ask{.now = now_, .avoid = avoidPod_};
    if (pool.scheduler()) ask.prompt = &promptForPick();
    auto decision = pool.newDecision();
    auto result = pool.pick(ask, decision.get());
    if (!result.pod && furtherTry) {
        ask.avoid = nullptr;
        result = pool.pick(ask, decision.get());
    }
    decision->waitedSeconds = static_cast<float>(state.waitedSeconds);
    decision->priority = pickPriority();
    // The record keeps why nothing could be picked.
    if (result.pod || !again) record_.decision = std::move(decision);
    if (!result.pod && record_.backend->failOpen && (result.pod = inference::anyPod(pool, ask))) result.pod->count();
    if (!result.pod) return nullptr;
    pod_ = std::move(result.pod);
    state.booking = std::move(result.booking);
    record_.pod = pod_.get();
    return pod_->endpoint.get();
}

/// The pod of the client's session. Reserved in any case: its scheduler must know of it.
void Exchange::pickSessionPod() {
    auto& pool = *record_.backend->pool;
    pod_ = session_.pod;
    record_.pod = pod_.get();
    if (pool.scheduler()) {
        auto result = pool.pick({.now = now_, .prompt = &promptForPick(), .only = pod_.get()}, nullptr);
        if (result.pod) {
            picking().booking = std::move(result.booking);
            return;
        }
    }
    pod_->count();
}

void Exchange::noteFirstToken() {
    if (picking_ && picking_->booking && record_.streamed) picking_->booking.firstToken(now_);
}

/// The try is over: what its answer said is learnt from.
void Exchange::endBooking() {
    if (!picking_ || !picking_->booking) return;
    inference::PickOutcome outcome;
    outcome.answered = record_.status == 200 && record_.failure.code == nullptr;
    if (record_.llm && record_.llm->usage.known && !record_.llm->usage.estimated) {
        const auto& usage = record_.llm->usage;
        outcome.usageKnown = true;
        outcome.inputTokens = usage.inputTokens;
        outcome.outputTokens = usage.outputTokens;
        outcome.cachedTokens = usage.cachedTokens;
    }
    picking_->booking.finish(now_, outcome);
}

/// Where every pod of the pool is full, waits for the first one that has room, by priority. False: failureStatus_ says why not.
net::Task<bool> Exchange::awaitRoom() {
    const auto* pool = record_.backend->pool.get();
    const bool bound = session_.endpoint != nullptr || (freshOnly_ && endpoint_ != nullptr);
    if (pool == nullptr || !pool->scheduler() || bound || request_.method != "POST") co_return true;
    auto& scheduler = *pool->scheduler();
    auto& flow = scheduler.flow();
    if (!flow.anybodyWaits() && (!scheduler.seemedFull() || !scheduler.full(*pool, now_))) co_return true;

    const auto event = std::make_shared<net::Event>(worker_.sweeper(), worker_.executor());
    // Only this thread may let the event go, so whoever wakes it holds no share of it.
    auto wake = [worker = &worker_, weak = std::weak_ptr<net::Event>(event)] {
        worker->post([weak] {
            if (const auto waiting = weak.lock()) waiting->notify();
        });
    };
    auto joined = flow.join(pickPriority(), body_.size(), std::move(wake));
    if (!joined.waiter) co_return failWith(429, joined.reason, "Every pod of the pool is full, and so is its queue for requests of this priority.");
    Place place(flow, std::move(joined.waiter));
    const auto began = now_;
    const auto ttl = now_ + flow.options().ttl;
    while (!place.evicted() && !(place.first() && !scheduler.full(*pool, now_))) {
        if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
        if (now_ >= ttl)
            co_return failWith(pool->pods().empty() ? 503 : 429, dropped::kTtlExpired, "No pod of the pool had room in time.");
        event->deadline(std::min({ttl, requestDeadline_, now_ + (place.first() ? kLookFirst : kLookLater)}));
        event->watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
        co_await event->wait();
        now_ = base::MonoClock::now();
        if (event->end() == net::IoEnd::OtherLeft) co_return failWith(499, "client-left", "The client left while it waited for a pod with room.");
        if (event->end() == net::IoEnd::Stopped) co_return failWith(503, dropped::kShuttingDown, "The gateway is stopping.");
    }
    picking().waitedSeconds += std::chrono::duration<double>(now_ - began).count();
    if (place.evicted()) co_return failWith(429, dropped::kEvicted, "A request of higher priority took its place in the pool's queue.");
    co_return true;
}

/// Why a pool did not serve the request, in the words of the endpoint picker.
void Exchange::stampDropReason() {
    if (record_.failure.code == nullptr || record_.backend == nullptr || !record_.backend->pool) return;
    const std::string_view code = record_.failure.code;
    if (code.starts_with("rejected-") || code.starts_with("evicted-")) response_.headers.addView(kReasonField, code);
    else if (code == "no-endpoints") response_.headers.addView(kReasonField, dropped::kNoEndpoints);
}

}  // namespace gatehouse::gateway
