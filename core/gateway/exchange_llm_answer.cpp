// A provider's answer on its way to the client: usage, other dialects, errors, streams that break off.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/retry_after.h"
#include "llm/answer_faults.h"
#include "llm/credentials.h"
#include "upstream/outlier.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// A JSON answer longer than this is relayed but not kept for its usage.
constexpr std::size_t kMostKeptAnswer = 8 * 1024 * 1024;
constexpr std::size_t kMostTranslatedAnswer = 64 * 1024 * 1024;
constexpr std::size_t kMostKeptError = 1024 * 1024;

bool isJsonAnswer(std::string_view type) {
    const auto bare = bareType(type);
    return bare.empty() || http::equalsIgnoreCase(bare, "application/json") || bare.ends_with("+json");
}

bool isStream(std::string_view type) {
    return std::any_of(kStreamTypes.begin(), kStreamTypes.end(), [&](std::string_view known) { return mediaTypeIs(type, known); });
}

/// Dialects whose streams are followed by the cheap scanner.
bool scansUsage(const llm::Dialect* dialect) {
    if (dialect == nullptr) return true;
    const auto name = llm::nameOf(*dialect);
    return name == "openai-chat" || name == "openai-completions";
}

}  // namespace

/// The rest of the answer's body into llm_->answer. False: it did not come whole.
net::Task<bool> Exchange::collectAnswer(std::size_t most) {
    auto& out = llm_->answer;
    out.clear();
    while (true) {
        const auto body = call_->takeBody();
        if (body.total > 0 && record_.at.firstByte < 0) record_.at.firstByte = elapsed();
        const bool tooLarge = out.size() + body.total > most;
        for (std::size_t i = 0; !tooLarge && i < body.count; ++i) out.append(body.pieces[i]);
        captureProviderAnswer(body);
        call_->consumeBody(body);
        if (body.failed) co_return failWith(502, "upstream-bad-response", call_->bodyError());
        if (tooLarge) co_return failWith(502, "provider-answer", "The provider's answer is longer than is translated.");
        if (call_->bodyDone()) co_return true;
        if (body.total > 0) continue;
        const bool more = co_await call_->moreBody(whileClientStays(std::min(now_ + limits().streamIdle, requestDeadline_)));
        now_ = base::MonoClock::now();
        if (!more) co_return answerFailed();
    }
}

/// After the answer's head: what must be known of its body before it is decided that it goes to the client.
net::Task<bool> Exchange::readLlmAnswer() {
    auto& llm = *llm_;
    const auto& choice = llm.request.choice;
    if (switched_) co_return true;
    captureProviderAnswer({});
    if (llm.key)
        llm.keyRefused = llm.provider->credentials->judge(*llm.key, response_.status,
                                                          retryAfter(response_.headers, std::chrono::system_clock::now()), now_);
    if (passesOn(response_.status)) co_return true;
    if (llm.key && response_.status == 401) {
        record_.detail = std::make_unique<std::string>(fmt::format("The provider refused {} with 401.", llm.provider->credentials->at(*llm.key).name));
        co_return failWith(502, "provider-key", "The provider refused the gateway's key.");
    }
    if (choice.client == nullptr) {
        if (!answerNeedsGuard() || !isJsonAnswer(call_->framing().contentType)) co_return true;
        const bool whole = co_await collectAnswer(kMostTranslatedAnswer);
        if (!whole || !guardWholeAnswer()) co_return false;
        llm.whole = true;
        co_return true;
    }
    const int status = response_.status;
    const auto type = call_->framing().contentType;
    const bool json = isJsonAnswer(type);
    if (status >= 400) {
        const bool maybeTooLong = llm::mayBeTooLong(status) && anotherTarget();
        const bool foreign = choice.translates() || !json;
        const auto packed = response_.headers.get("content-encoding");
        if (!maybeTooLong && !foreign && packed && !http::equalsIgnoreCase(*packed, "identity")) co_return true;
        const bool whole = co_await collectAnswer(kMostKeptError);
        if (!whole) co_return false;
        llm.tooLong = maybeTooLong && llm::saysTooLong(llm.answer);
        if (llm.tooLong) llm.tooLongFor.push_back(llm.request.facts.model);
        if (llm.tooLong && anotherTarget()) co_return true;
        const auto error = llm::readError(*choice.provider, status, llm.answer);
        record_.detail = std::make_unique<std::string>(error.message);
        if (foreign) llm.answer = llm::writeError(*choice.client, error);
        llm.whole = true;
        co_return true;
    }
    if (status != 200 && !answerIsGuarded()) co_return true;
    if (!json && !isStream(type)) {
        record_.detail = std::make_unique<std::string>(
            fmt::format("The provider answered with {}, not with its API.", bareType(type).substr(0, 100)));
        co_return failWith(502, "provider-answer", "The provider's answer is none of its API.");
    }
    const auto encoding = response_.headers.get("content-encoding");
    if ((choice.translates() || answerIsGuarded()) && encoding && !http::equalsIgnoreCase(*encoding, "identity")) {
        record_.detail = std::make_unique<std::string>("The provider compressed its answer though it was asked not to.");
        co_return failWith(502, "provider-answer", "The provider's answer cannot be read.");
    }
    if (isStream(type)) {
        const bool begun = co_await beginStream();
        co_return begun;
    }
    if (!choice.translates() && !answerNeedsGuard()) co_return true;
    const bool whole = co_await collectAnswer(kMostTranslatedAnswer);
    if (!whole) co_return false;
    if (!choice.translates()) {
        llm.whole = true;
        auto read = llm::translateAnswer(*choice.client, *choice.client, llm.answer);
        if (read) noteAnswer(read->usage, read->facts, {});
        if (!record_.llm->usage.known) record_.llm->usage = llm::readUsage(llm.answer);
        co_return guardWholeAnswer();
    }
    if (const auto counted = response_.headers.get("x-amzn-bedrock-input-token-count")) llm::addCountedTokens(*choice.provider, *counted, llm.answer);
    auto translated = llm::translateAnswer(*choice.provider, *choice.client, llm.answer, llm.request.facts.model, llm.request.facts.encoding);
    if (!translated) {
        record_.detail = std::make_unique<std::string>("The provider's answer is none of its API: " + translated.error().message);
        co_return failWith(502, "provider-answer", "The provider's answer is none of its API.");
    }
    llm.answer = std::move(translated->body);
    llm.whole = true;
    noteAnswer(translated->usage, translated->facts, translated->losses);
    co_return guardWholeAnswer();
}

void Exchange::noteAnswer(const llm::Usage& usage, const llm::AnswerFacts& facts, const llm::Losses& losses) {
    auto& detail = *record_.llm;
    detail.usage = usage;
    detail.answer = facts;
    constexpr std::size_t kMostLosses = 200;
    for (const auto& loss : losses) {
        if (detail.losses.size() >= kMostLosses) break;
        if (std::find(detail.losses.begin(), detail.losses.end(), loss) == detail.losses.end()) detail.losses.push_back(loss);
    }
}

/// A stream's head is there. It goes to the client with the first bytes of the body: until then what is wrong with the stream can still be an
/// answer of its own. Where another provider may be asked, its first event is waited for.
net::Task<bool> Exchange::beginStream() {
    auto& llm = *llm_;
    const auto& choice = llm.request.choice;
    record_.streamed = true;
    if (choice.translates() && !llm::canTranslateStream(*choice.provider, *choice.client)) {
        record_.detail = std::make_unique<std::string>(fmt::format("Streams of {} are not translated to {}.", llm::nameOf(*choice.provider),
                                                                   llm::nameOf(*choice.client)));
        co_return failWith(501, "not-translated", "The provider's stream cannot be translated.");
    }
    if (choice.translates() || !scansUsage(choice.client)) {
        const bool includeUsage = llm.asked && llm.asked->includeUsage;
        llm.translator = std::make_unique<llm::StreamTranslator>(*choice.provider, *choice.client, llm.request.facts.model, includeUsage);
        if (llm.call.streamAsList) llm.list.emplace();
    }
    const bool waits = anotherTarget();
    while (true) {
        const auto body = call_->takeBody();
        for (std::size_t i = 0; i < body.count; ++i) llm.early.append(body.pieces[i]);
        captureProviderAnswer(body);
        call_->consumeBody(body);
        if (body.failed) {
            upstream::noteFailure(*endpoint_, now_, upstream::Failure::BadAnswer);
            co_return failWith(502, "upstream-bad-response", call_->bodyError());
        }
        const auto judged = llm::judgeFirstEvent(llm.early, call_->framing().contentType);
        if (judged.verdict == llm::FirstEvent::Verdict::Failed) {
            record_.detail = std::make_unique<std::string>(judged.reason);
            co_return failWith(502, "provider-answer", "The provider's stream began with an error.");
        }
        if (judged.verdict == llm::FirstEvent::Verdict::Good) break;
        if (call_->bodyDone()) co_return failWith(502, "provider-answer", "The provider's stream ended before it began.");
        if (!waits && !llm.early.empty()) break;
        const auto until = waits ? std::min(llm.silentUntil, requestDeadline_) : streamDeadline();
        const bool more = co_await call_->moreBody(whileClientStays(until));
        now_ = base::MonoClock::now();
        if (more) continue;
        const bool silent = call_->end() == net::IoEnd::Timeout && now_ < requestDeadline_;
        if (!silent || !waits) answerFailed();
        if (silent) failWith(504, "first-token", "The provider began a stream and stayed silent.");
        co_return false;
    }
    llm.hasEarly = true;
    co_return true;
}

/// Called when the answer's head goes to the client: how will its usage be read?
void Exchange::startUsage() {
    beginStreamGuard();
    if (!record_.llm || (llm_ && (llm_->translator || llm_->whole))) return;
    const auto type = call_->framing().contentType;
    if (mediaTypeIs(type, "text/event-stream")) {
        record_.streamed = true;
        streamUsage_.emplace(record_.llm->usageInjected);
    } else if (response_.status == 200 && mediaTypeIs(type, "application/json")) {
        usageFromBody_ = true;
    }
}

void Exchange::countUsage(std::string_view data) {
    if (streamUsage_) {
        streamUsage_->feed(data, usageOut_);
    } else if (usageFromBody_) {
        usageBody_.append(data);
        if (usageBody_.size() > kMostKeptAnswer) {
            usageFromBody_ = false;
            usageBody_ = {};
        }
    }
}

void Exchange::finishUsage() {
    if (streamUsage_) {
        streamUsage_->finish(usageOut_);
        noteUsage(*streamUsage_);
        const bool knows = llm_ && llm_->request.choice.client != nullptr && scansUsage(llm_->request.choice.client);
        if (knows && response_.status == 200 && !streamUsage_->sawEnd()) llm_->cut = true;
    } else if (usageFromBody_) {
        const auto* dialect = llm_ ? llm_->request.choice.provider : nullptr;
        if (scansUsage(dialect)) {
            record_.llm->usage = llm::readUsage(usageBody_, &record_.llm->answer);
            return;
        }
        if (auto read = llm::translateAnswer(*dialect, *dialect, usageBody_)) noteAnswer(read->usage, read->facts, {});
        if (!record_.llm->usage.known) record_.llm->usage = llm::readUsage(usageBody_);
    }
}

/// The bytes that have arrived, through the translator into usageOut_.
void Exchange::translateStream(const http::BodyPieces& body, bool last) {
    auto& llm = *llm_;
    std::string listed;
    auto& out = llm.list ? listed : usageOut_;
    for (std::size_t i = 0; i < body.count; ++i) llm.translator->feed(body.pieces[i], out);
    if (last) {
        const auto before = out.size();
        llm.cut = !llm.translator->finish(out);
        if (llm.cut && mayRestart()) out.resize(before);  // It is not over yet.
        noteStream();
    }
    if (!llm.list) return;
    if (llm.guardRun) {
        usageOut_ = std::move(listed);
        return;
    }
    guardStream(listed, last);
    llm.list->feed(listed, usageOut_);
    if (last && !llm.cut) llm.list->finish(usageOut_);
}

void Exchange::noteUsage(const llm::StreamUsage& stream) {
    record_.llm->usage = stream.usage();
    if (stream.usage().known) record_.llm->answer = stream.facts();
}

/// The stream broke off, or its client left: what was used until then is billed all the same.
void Exchange::noteCutUsage() {
    if (!record_.llm) return;
    if (llm_ && llm_->translator) {
        noteStream();
        record_.llm->events = llm_->translator->events();
    } else if (streamUsage_) {
        noteUsage(*streamUsage_);
        record_.llm->events = streamUsage_->events();
    }
}

void Exchange::noteStream() {
    const auto& translator = *llm_->translator;
    noteAnswer(translator.usage(), translator.facts(), translator.losses());
    record_.llm->faults = translator.faults();
}

/// The end of a stream that broke off: the client's dialect has an event for it. Appended to `out`.
void Exchange::writeStreamError(std::string& out) {
    if (!llm_ || llm_->request.choice.client == nullptr) return;
    const auto& dialect = *llm_->request.choice.client;
    const llm::ApiError error{502, "", "upstream_cut", "The provider's stream broke off before its end; the answer is incomplete.", ""};
    std::string events;
    if (llm_->translator) {
        llm_->translator->fail(error, events);
        noteStream();
    } else if (streamUsage_ || llm_->restarts > 0) {
        llm::StreamTranslator(dialect, dialect, {}, false).fail(error, events);
    }
    if (llm_->list) llm_->list->feed(events, out);
    else out += events;
}

/// The answer that was read whole, in the client's dialect.
net::Task<bool> Exchange::relayWhole() {
    record_.status = static_cast<std::uint16_t>(response_.status);
    auto head = answerHead();
    response_.headers.remove("content-encoding");
    response_.headers.set("Content-Type", "application/json");
    head.body = http::BodyKind::Length;
    head.length = llm_->answer.size();
    head.tellsLength = true;
    responseStarted_ = true;
    const auto body = http::BodyPieces::of(llm_->answer);
    bool sent = true;
    if (answerRate_ > 0) sent = co_await paceAnswer(body.total);
    captureClientHead(head);
    captureClientAnswer(body);
    if (sent) sent = co_await downstream_.send(&head, body, true, nullptr, clientWait());
    if (failureStatus_ == 0) clientTook(sent);
    if (failureStatus_ == 499) record_.status = 499;
    worker_.pool().give(std::move(call_), now_);
    call_.reset();
    if (!sent) downstream_.cut();
    const bool keep = downstream_.finish(sent);
    finish();
    co_return keep;
}

}  // namespace gatehouse::gateway
