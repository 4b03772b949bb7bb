#include "filter/chain.h"
#include "filter/client_access.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/response_cache.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "route/listener_settings.h"

#include <algorithm>
#include <ctime>

namespace gatehouse::gateway {
namespace {

/// IMF-fixdate, made anew once a second per thread.
std::string_view httpDate() {
    thread_local std::time_t made = 0;
    thread_local char text[32];
    thread_local std::size_t size = 0;
    const auto now = std::time(nullptr);
    if (now != made) {
        std::tm utc{};
        gmtime_r(&now, &utc);
        size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
        made = now;
    }
    return {text, size};
}

/// What a client is told: never more than the status says by itself.
std::string_view publicSentence(int status) {
    switch (status) {
        case 400: return "The request is malformed.";
        case 401: return "The request needs credentials that are valid.";
        case 403: return "The request is not permitted.";
        case 404: return "No route matches this request.";
        case 408: return "The request did not arrive in time.";
        case 413: return "The request body is too large.";
        case 414: return "The request target is too long.";
        case 417: return "The expectation cannot be met.";
        case 426: return "The HTTP version is not served; use HTTP/1.1.";
        case 421: return "The request was sent on a connection that is not for its host.";
        case 431: return "The request head is too large.";
        case 429: return "Too many requests; try again later.";
        case 500: return "The gateway cannot serve this route.";
        case 501: return "The request uses something that is not served.";
        case 502: return "The upstream did not answer properly.";
        case 503: return "No upstream is available.";
        case 504: return "The upstream did not answer in time.";
        case 505: return "The HTTP version is not served.";
        default: return "The request was refused.";
    }
}

}  // namespace

http::Wait Exchange::clientWait() const { return {std::min(now_ + limits().writeStall, requestDeadline_)}; }

bool Exchange::clientTook(bool sent) {
    now_ = base::MonoClock::now();
    if (sent) return true;
    const bool late = downstream_.end() == net::IoEnd::Timeout;
    if (late && now_ >= requestDeadline_) return failWith(504, "timeout", "The request took longer than its timeout.");
    if (late) worker_.limitBit(limit::kWriteStall);
    if (late) return failWith(499, "client-stalled", "The client stopped reading the answer.");
    return failWith(499, "client-left", "The client left before it had the whole answer.");
}

AnswerHead Exchange::answerHead() {
    const auto& chain = rule().chain;
    const auto& framing = call_->framing();
    if (!chain.responseHeaders.empty()) filter::apply(chain.responseHeaders, response_.headers);
    if (!record_.backend->responseHeaders.empty()) filter::apply(record_.backend->responseHeaders, response_.headers);
    if (llm_ && llm_->target != nullptr) filter::apply(llm_->target->responseHeaders, response_.headers);
    if (chain.cors || rule().sessions) stampAnswer();
    if (!framing.hasDate) response_.headers.addView("Date", httpDate());
    if (const auto* settings = listenerSettings()) settings->stampServer(response_.headers);
    if (llmRoute_ && !response_.headers.has("x-request-id"))
        response_.headers.addView("x-request-id", record_.requestId.view());

    AnswerHead head;
    head.status = response_.status;
    head.reason = response_.reason;
    head.headers = &response_.headers;
    head.body = framing.body;
    const bool translated = llm_ && llm_->translator;
    if (translated)
        response_.headers.set("Content-Type", llm_->list ? std::string_view("application/json") : llm_->translator->contentType());
    const bool rewritten = translated || mayRestart() || (llm_ && (llm_->guard || llm_->guardRun)) || (streamUsage_ && record_.llm->usageInjected);
    if (framing.body == http::BodyKind::UntilClose || (rewritten && framing.body == http::BodyKind::Length))
        head.body = http::BodyKind::Chunked;
    head.length = framing.length;
    head.tellsLength = framing.hasLength;
    return head;
}

/// Passes what has arrived of the answer through the usage counter.
void Exchange::countAnswer(http::BodyPieces& body, bool last) {
    const bool translated = llm_ && llm_->translator;
    const bool guarded = llm_ && (llm_->guard || llm_->guardRun);
    const bool counted = streamUsage_ || translated;
    if (!counted && !usageFromBody_ && !guarded) return;
    usageOut_.clear();
    if (translated) translateStream(body, last);
    else for (std::size_t i = 0; i < body.count; ++i) countUsage(body.pieces[i]);
    if (guarded && !counted)
        for (std::size_t i = 0; i < body.count; ++i) usageOut_.append(body.pieces[i]);
    if (last && !translated) finishUsage();
    if (llm_ && llm_->cut && !translated && !mayRestart()) writeStreamError(usageOut_);
    if (llm_ && !llm_->list && !llm_->guardRun) guardStream(usageOut_, last);
    if (counted || guarded) showInstead(body);
}

/// What stands in usageOut_ goes to the client in place of `body`.
void Exchange::showInstead(http::BodyPieces& body) {
    body.total = usageOut_.size();
    body.pieces[0] = usageOut_;
    body.count = body.total > 0 ? 1 : 0;
}

net::Task<bool> Exchange::relay() {
    record_.status = static_cast<std::uint16_t>(response_.status);
    startUsage();
    const auto head = answerHead();
    startUpload();
    bool whole = co_await relayBody(head);
    if (!whole && !responseStarted_) {
        // Nothing has gone out yet: the failure is an answer of its own.
        noteCutUsage();
        endStreamGuard();
        co_await endUpload();
        co_return co_await answerLocally();
    }
    while (!whole && failureStatus_ != 499 && !guardStopped() && mayRestart()) {
        const bool again = co_await restartStream();
        if (again) whole = co_await relayBody(head);
    }
    co_await endUpload();
    if (failureStatus_ == 499) record_.status = 499;
    if (!whole && failureStatus_ != 499 && llm_ && !llm_->cut && record_.status == 200) {
        usageOut_.clear();
        if (guardStopped()) writeRefusal(usageOut_);
        else writeStreamError(usageOut_);
        const auto event = http::BodyPieces::of(usageOut_);
        const auto failure = record_.failure;
        const auto wait = clientWait();
        captureClientAnswer(event);
        if (event.total > 0) co_await downstream_.send(nullptr, event, false, nullptr, wait);
        record_.failure = failure;
    }
    if (whole) {
        worker_.pool().give(std::move(call_), now_);
    } else {
        noteCutUsage();
        endStreamGuard();
        downstream_.cut();
    }
    call_.reset();
    const bool keep = downstream_.finish(whole);
    finish();
    co_return keep;
}

net::Task<bool> Exchange::relayBody(const AnswerHead& head) {
    bool whole = true;
    while (true) {
        const bool early = llm_ && llm_->hasEarly;
        auto body = early ? http::BodyPieces::of(llm_->early) : call_->takeBody();
        const bool last = call_->bodyDone();
        if (body.failed) {
            failWith(502, "upstream-bad-response", call_->bodyError());
            whole = false;
            break;
        }
        const auto taken = body;
        if (body.total > 0 && record_.at.firstByte < 0) {
            record_.at.firstByte = elapsed();
            noteFirstToken();
        }
        if (!early) captureProviderAnswer(body);
        countAnswer(body, last);
        if (llm_ && llm_->guardRun) {
            const bool passed = co_await guardAnswerStream(body, last);
            if (!passed) {
                whole = false;
                break;
            }
        }
        // While nothing goes out, a refusal can still be an answer of its own.
        const bool holds = llm_ && llm_->guardRun && body.total == 0 && !last && (responseStarted_ || !rule().restartStreams);
        const bool cut = llm_ && llm_->cut;
        if (!holds && (!responseStarted_ || body.total > 0 || last)) {
            const auto* first = responseStarted_ ? nullptr : &head;
            const auto* trailers = last ? call_->trailers() : nullptr;
            responseStarted_ = true;
            if (answerRate_ > 0 && body.total > 0) {
                const bool waits = co_await paceAnswer(body.total);
                if (!waits) {
                    whole = false;
                    break;
                }
            }
            if (first != nullptr) captureClientHead(head);
            captureClientAnswer(body);
            const bool sent = co_await downstream_.send(first, body, last && !cut, trailers, clientWait());
            if (!clientTook(sent)) {
                whole = false;
                break;
            }
        }
        if (cut) {
            failWith(502, "upstream-reset", "The upstream broke off in the middle of its answer.");
            whole = false;
            break;
        }
        if (early) {
            llm_->hasEarly = false;
            llm_->early = {};
            if (last) break;
            continue;
        }
        if (last && rule().grpc) noteGrpcStatus();
        call_->consumeBody(taken);
        if (last) break;
        if (taken.count == http::BodyPieces::kMax) continue;
        const bool more = co_await call_->moreBody(whileClientStays(streamDeadline()));
        now_ = base::MonoClock::now();
        if (more) continue;
        whole = false;
        // Not the answer's fault, nor did the client leave: its own message is what broke it off.
        if (uploadBroken_.code != nullptr) failWith(400, uploadBroken_.code, uploadBroken_.sentence);
        else answerFailed();
        if (failureStatus_ == 502)
            record_.failure = {"upstream-reset", "The upstream broke off in the middle of its answer."};
        if (failureStatus_ == 504 && now_ < requestDeadline_ && llm_ && llm_->provider != nullptr && record_.streamed)
            record_.failure = {"stream-stalled", "The provider's stream paused for longer than it may."};
        break;
    }
    co_return whole;
}

/// Redirects, direct responses and errors: everything that no upstream answered.
net::Task<bool> Exchange::answerLocally() {
    call_.reset();
    const int status = failureStatus_;
    record_.status = static_cast<std::uint16_t>(status);
    if (status == 499) {
        downstream_.cut();
        downstream_.finish(false);
        finish();
        co_return false;
    }
    std::string_view contentType = "text/plain; charset=utf-8";
    std::string target;
    if (local_ != Local::Auth && local_ != Local::Models && local_ != Local::Cached) localBody_.clear();
    if (local_ == Local::Auth) {
        contentType = {};
    } else if (local_ == Local::Cached) {
        contentType = llm_->cached->contentType;
    } else if (local_ == Local::Models) {
        contentType = "application/json";
    } else if (record_.failure.code != nullptr) {
        if (llmRoute_) {
            contentType = "application/json";
            auto message = llmSentence(status);
            if (message.empty()) message = publicSentence(status);
            localBody_ = llmErrorBody(status, record_.failure.code, message);
        } else {
            const bool refused = record_.caller && record_.caller->code != nullptr;
            localBody_ = refused ? std::string_view(record_.caller->told) : publicSentence(status);
            localBody_ += '\n';
        }
    } else if (local_ == Local::Redirect) {
        const auto& match = record_.candidate->match;
        const bool prefix = match.pathType == config::PathMatchType::PathPrefix;
        target = filter::location(*rule().chain.redirect, request_, prefix ? std::string_view(match.path) : std::string_view{},
                                  downstream_.client().logicalPort());
    } else if (local_ == Local::Direct) {
        const auto& direct = *rule().chain.directResponse;
        contentType = direct.contentType;
        localBody_ = direct.body;
    }

    const bool bodyless = status == 204 || status == 304;
    const bool byRule = record_.candidate != nullptr && record_.failure.code == nullptr;
    // Half an answer's fields may be there from an upstream that failed.
    response_.clear();
    if (byRule && !rule().chain.responseHeaders.empty()) filter::apply(rule().chain.responseHeaders, response_.headers);
    if (!target.empty()) response_.headers.set("Location", target);
    if (local_ == Local::Cached) stampCached(response_.headers);
    if (authAnswer_)
        for (const auto& field : authAnswer_->headers.fields()) response_.headers.add(field.name, field.value);
    if (record_.caller)
        for (const auto& [name, value] : record_.caller->answerHeaders) response_.headers.add(name, value);
    if (record_.candidate != nullptr && rule().chain.cors) stampAnswer();
    if (!localBody_.empty() && !bodyless && !contentType.empty() && !response_.headers.has("content-type"))
        response_.headers.addView("Content-Type", contentType);
    stampDropReason();
    response_.headers.addView("Date", httpDate());
    if (const auto* settings = listenerSettings()) settings->stampServer(response_.headers);
    if (!response_.headers.has("x-request-id")) response_.headers.addView("x-request-id", record_.requestId.view());
    AnswerHead head;
    head.status = status;
    head.headers = &response_.headers;
    head.length = localBody_.size();
    head.tellsLength = !bodyless;
    if (!bodyless && !localBody_.empty() && request_.method != "HEAD") head.body = http::BodyKind::Length;
    if (record_.failure.code != nullptr && speaksGrpc()) answerGrpc(head, publicSentence(status));
    const auto body = http::BodyPieces::of(head.body == http::BodyKind::Length ? std::string_view(localBody_) : std::string_view{});
    requestDeadline_ = net::Waiter::kNever;
    captureClientHead(head);
    captureClientAnswer(http::BodyPieces::of(localBody_));
    const auto failure = record_.failure;
    const bool sent = co_await downstream_.send(&head, body, true, nullptr, clientWait());
    clientTook(sent);
    if (failure.code != nullptr) record_.failure = failure;
    const bool keep = downstream_.finish(sent);
    finish();
    co_return keep;
}

}  // namespace gatehouse::gateway
