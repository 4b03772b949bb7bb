// Answers of models that are kept for equal requests, where the route asks for it.
#include "filter/client_access.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/response_cache.h"
#include "llm/mask_restore.h"
#include "llm/provider_request.h"

#include <fmt/format.h>

namespace gatehouse::gateway {
namespace {

CacheControl cacheControlOf(const http::Headers& headers) {
    CacheControl out;
    for (const auto& field : headers.fields()) {
        if (!http::equalsIgnoreCase(field.name, "cache-control")) continue;
        const auto read = readCacheControl(field.value);
        out = {out.noStore || read.noStore, out.noCache || read.noCache, out.isPrivate || read.isPrivate};
    }
    return out;
}

/// Who asks: whom the rule knows him as, and the keys that he shows. Both may be empty: anybody.
std::string callerOf(const filter::Caller* caller, const http::Headers& headers) {
    std::string out;
    if (caller != nullptr) out = fmt::format("{}|{}|{}|", caller->how(), caller->name(), caller->from());
    for (const auto& field : headers.fields())
        for (const auto* name : {"authorization", "x-api-key", "api-key", "x-goog-api-key", "anthropic-version", "anthropic-beta", "openai-organization", "openai-project"})
            if (http::equalsIgnoreCase(field.name, name)) out += fmt::format("{}={}|", name, field.value);
    return out;
}

}  // namespace

/// The client's request is as it goes to a provider. True: the answer is there, in localBody_.
bool Exchange::answersFromCache() {
    const auto* record = record_.candidate;
    if (record == nullptr || rule().cacheFor.count() <= 0 || worker_.responseCache() == nullptr || !llm_ || llm_->call.dialect == nullptr) return false;
    const auto wanted = cacheControlOf(request_.headers);
    const char* const kStage = "cache";
    if (wanted.noStore) {
        note(kStage, route::StepOutcome::Info, "response cache", "the client wants nothing kept (no-store)");
        return false;
    }
    if (llm_->restore && !llm_->restore->empty()) {
        note(kStage, route::StepOutcome::Info, "response cache", "not asked: texts of the request were masked and are put back into its answer");
        return false;
    }
    const auto caller = callerOf(record_.caller.get(), request_.headers);
    const auto key = cacheKey({rule().id, caller, request_.path, request_.hasQuery ? request_.query : std::string_view{}, body_.view()});
    if (!key) {
        note(kStage, route::StepOutcome::Info, "response cache", "not asked: its answer would depend on more than the request");
        return false;
    }
    now_ = base::MonoClock::now();
    llm_->cached = wanted.noCache ? nullptr : worker_.responseCache()->find(*key, now_);
    if (!llm_->cached) {
        llm_->cacheDraft = std::make_unique<CacheDraft>();
        llm_->cacheDraft->key = *key;
        note(kStage, route::StepOutcome::Info, "response cache",
             wanted.noCache ? "the client wants a fresh answer (no-cache), which is kept" : "no equal request of this caller was answered yet; its answer is kept");
        return false;
    }
    const auto& cached = *llm_->cached;
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now_ - cached.stored).count();
    note(kStage, route::StepOutcome::Applied, "response cache",
         fmt::format("answered from what was kept {} s ago; {} input and {} output tokens were not paid for again", age, cached.inputTokens, cached.outputTokens));
    local_ = Local::Cached;
    failureStatus_ = 200;
    localBody_ = cached.body;
    return true;
}

void Exchange::stampCached(http::Headers& headers) const {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now_ - llm_->cached->stored).count();
    headers.set("Age", std::to_string(age));
    headers.set("X-Cache", "hit");
}

/// What goes to the client.
void Exchange::keepForCache(const http::BodyPieces& body) {
    auto& draft = *llm_->cacheDraft;
    if (draft.given) return;
    if (draft.body.empty()) {
        draft.contentType = std::string(response_.headers.get("content-type").value_or(""));
        const auto says = cacheControlOf(response_.headers);
        const bool packed = response_.headers.has("content-encoding");
        draft.given = says.noStore || says.isPrivate || packed || response_.headers.has("set-cookie");
    }
    if (draft.given || draft.body.size() + body.total > ResponseCache::kMostOfOne) {
        draft.given = true;
        draft.body = {};
        return;
    }
    for (std::size_t i = 0; i < body.count; ++i) draft.body.append(body.pieces[i]);
}

/// At the end: only what came whole, and is no error, is kept.
void Exchange::storeAnswer() {
    auto& draft = *llm_->cacheDraft;
    const bool good = !draft.given && record_.status == 200 && record_.failure.code == nullptr && !llm_->cut && local_ == Local::Error && responseStarted_;
    const bool faulty = llm_->restarts > 0 || (record_.llm && !record_.llm->faults.empty());
    if (!good || faulty || draft.body.empty() || guardStopped()) return;
    CachedAnswer answer;
    answer.body = std::move(draft.body);
    answer.contentType = std::move(draft.contentType);
    if (record_.llm && record_.llm->usage.known) {
        answer.inputTokens = record_.llm->usage.inputTokens;
        answer.outputTokens = record_.llm->usage.outputTokens;
    }
    answer.stored = now_;
    answer.until = now_ + rule().cacheFor;
    worker_.responseCache()->store(draft.key, std::move(answer));
}

}  // namespace gatehouse::gateway
