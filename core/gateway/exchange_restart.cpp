// Streams that begin anew at another provider after they broke off, where the rule asks for it (annotation
// gatehouse.dev/restart-streams of the HTTPRoute). The client is told by a comment in the stream, which every client skips, and sees
// a whole answer from its first event on: what it had until then is to be thrown away.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "llm/provider_health.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// As often as this a stream may begin anew.
constexpr int kMostRestarts = 3;

}  // namespace

base::MonoTime Exchange::streamDeadline() const {
    const bool own = llm_ && llm_->provider != nullptr && record_.streamed && llm_->provider->streamIdle.count() > 0;
    return std::min(now_ + (own ? llm_->provider->streamIdle : limits().streamIdle), requestDeadline_);
}

bool Exchange::mayRestart() const {
    if (!llm_ || !llmRoute_ || record_.candidate == nullptr || !rule().restartStreams) return false;
    if (llm_->target == nullptr || llm_->list || !bodyBuffered_ || !record_.streamed || llm_->restarts >= kMostRestarts) return false;
    if (record_.status != 0 && record_.status != 200) return false;
    const auto type = llm_->translator ? llm_->translator->contentType() : call_ ? call_->framing().contentType : std::string_view{};
    return mediaTypeIs(type, "text/event-stream") && now_ < requestDeadline_ && nextTarget() != nullptr;
}

/// The stream of a provider broke off. True: another one's stands ready, and the client knows.
net::Task<bool> Exchange::restartStream() {
    ++llm_->restarts;
    judgeTarget(false);
    if (llm_->provider->health) llm_->provider->health->failed();
    endStreamGuard();
    const auto mark = fmt::format(": gatehouse-restart {{\"reason\":\"{}\"}}\n\n", record_.failure.code);
    const auto event = http::BodyPieces::of(mark);
    const auto wait = clientWait();
    const bool told = co_await downstream_.send(nullptr, event, false, nullptr, wait);
    const auto failure = record_.failure;
    const int status = failureStatus_;
    if (!clientTook(told)) co_return false;
    noteTry(false);
    extra().tries.back().restarted = extra().tries.back().passedOn = true;
    forgetTry();
    streamUsage_.reset();
    avoidEndpoint_ = nullptr;
    endpoint_ = nullptr;
    bool ready = beginTarget();
    if (ready) ready = co_await tryUpstreams();
    const bool streams = ready && response_.status == 200 && !llm_->whole && record_.streamed;
    if (!streams) {
        // An answer of another kind has no place in the stream that the client reads.
        if (failureStatus_ != 499) {
            record_.failure = failure;
            failureStatus_ = status;
        }
        llm_->cut = false;
        llm_->restarts = kMostRestarts;
        co_return false;
    }
    startUsage();
    co_return true;
}

}  // namespace gatehouse::gateway
