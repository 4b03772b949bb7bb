// The pick among the pods of an InferencePool: what it is told of the request, waiting for room where every pod is full, and what the
// answer teaches.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/exchange_pick.h"
#include "gateway/room_wait.h"
#include "inference/fail_open.h"
#include "inference/scheduler.h"

namespace gatehouse::gateway {
namespace {

namespace dropped = inference::dropped;

constexpr std::string_view kReasonField = "x-llm-d-request-dropped-reason";

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
    if (llm_ && llm_->clientModel) return record_.backend->pool->priorityOfModel(*llm_->clientModel);
    if (llm_ && llm_->asked) return record_.backend->pool->priorityOfModel(llm_->asked->model);
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
    RoomAsk ask{.pool = *record_.backend->pool, .priority = pickPriority(), .now = now_, .deadline = requestDeadline_, .client = &downstream_.watched(), .sweeper = worker_.sweeper(),
                .executor = worker_.executor()};
    if (!lacksRoom(ask)) co_return true;
    ask.bytes = body_.size();
    const NoRoom* refused = co_await waitForRoom(ask);
    now_ = base::MonoClock::now();
    if (refused != nullptr) co_return failWith(refused->status, refused->reason, refused->sentence);
    picking().waitedSeconds += ask.waitedSeconds;
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
