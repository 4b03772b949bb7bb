// What both sides said, where somebody wants to see it. Every function here is behind one look at llm_->capture, which is null unless
// captures were switched on before the request began.
#include "gateway/capture_ring.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "llm/guard_chain.h"

#include <fmt/format.h>

namespace gatehouse::gateway {
namespace {

std::string statusLine(int status) { return fmt::format("{}", status); }

}  // namespace

/// Of an LLM route, before anything is changed. The head is the record's own.
void Exchange::beginCapture() {
    llm_->capture = std::make_shared<CaptureDraft>(*worker_.captures());
    auto& draft = *llm_->capture;
    std::string head(request_.method);
    head += ' ';
    head += record_.head.text();
    for (const auto& field : request_.headers.fields())
        if (worker_.heads().secretNames().has(field.name)) draft.hide(field.value);
    draft.head(draft.data.clientRequest, std::move(head));
}

/// The body was read whole, and no policy has touched it.
void Exchange::captureClientRequest() {
    if (!llm_ || !llm_->capture) return;
    auto& draft = *llm_->capture;
    draft.add(draft.data.clientRequest, body_.view(), elapsed());
}

/// Just before it is sent: a try of its own, whichever way it came about.
void Exchange::captureProviderRequest() {
    if (!llm_ || !llm_->capture) return;
    auto& draft = *llm_->capture;
    if (draft.data.tries.empty()) draft.data.clientRequest.read = bodyBuffered_ || downstream_.framing().body == http::BodyKind::None;
    auto& entry = draft.beginTry();
    entry.provider = llm_->provider != nullptr ? llm_->provider->name : std::string();
    entry.endpoint = endpoint_->id;
    if (record_.llm) {
        entry.dialect = record_.llm->providerDialect;
        entry.losses = record_.llm->losses;
    }
    draft.head(entry.request, request_.arena.concat({request_.method, " ", request_.path, request_.hasQuery ? "?" : "", request_.query}),
               request_.headers);
    entry.request.read = draft.data.clientRequest.read;
    if (bodyBuffered_) draft.add(entry.request, body_.view(), elapsed());
}

/// More of the provider's body; the first time its head, too.
void Exchange::captureProviderAnswer(const http::BodyPieces& body) {
    if (!llm_ || !llm_->capture || llm_->capture->data.tries.empty()) return;
    auto& entry = llm_->capture->data.tries.back();
    if (entry.status == 0) {
        entry.status = response_.status;
        llm_->capture->head(entry.answer, statusLine(response_.status), response_.headers);
        entry.answer.read = false;
    }
    if (body.total == 0) return;
    entry.answer.read = true;
    for (std::size_t i = 0; i < body.count; ++i) llm_->capture->add(entry.answer, body.pieces[i], elapsed());
}

void Exchange::captureClientHead(const AnswerHead& head) {
    if (!llm_ || !llm_->capture) return;
    auto& draft = *llm_->capture;
    draft.head(draft.data.clientAnswer, statusLine(head.status), *head.headers);
}

void Exchange::captureClientAnswer(const http::BodyPieces& body) {
    if (llm_ && llm_->cacheDraft) keepForCache(body);
    if (!llm_ || !llm_->capture) return;
    auto& draft = *llm_->capture;
    for (std::size_t i = 0; i < body.count; ++i) draft.add(draft.data.clientAnswer, body.pieces[i], elapsed());
}

/// The exchange is over: what was kept goes with its record.
void Exchange::endCapture() {
    auto& data = llm_->capture->data;
    // Not of what only passed unread: there is nothing to look at but heads.
    if (!record_.llm && record_.at.answered >= 0) return;
    if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
    auto& detail = *record_.llm;
    data.clientDialect = detail.clientDialect;
    if (data.clientDialect.empty() && llm_->call.dialect != nullptr) data.clientDialect = llm::nameOf(*llm_->call.dialect);
    data.model = detail.info.model;
    data.masked = detail.guard.masked;
    data.answerMasked = detail.answerGuard.masked;
    if (detail.guardReport)
        for (const auto& finding : detail.guardReport->findings)
            if (finding.outcome == llm::GuardOutcome::Masked) (finding.answer ? data.answerMasked : data.masked) = true;
    detail.capture = llm_->capture->finish();
}

}  // namespace gatehouse::gateway
