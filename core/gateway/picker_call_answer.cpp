// What the answer to a request of another gateway teaches, and the end of its reservation.
#include "gateway/exchange_llm.h"
#include "gateway/picker_call.h"
#include "net/listener.h"

#include <charconv>

namespace gatehouse::gateway {
namespace {

using ext_proc::BodyMode;
using ext_proc::Part;

/// Of an answer that is no stream: its usage stands at the end, and past this it is not looked for.
constexpr std::size_t kMostAnswer = 4 << 20;

int statusOf(std::string_view text) {
    int status = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    return error == std::errc{} && end == text.data() + text.size() && status >= 100 && status <= 999 ? status : 0;
}

}  // namespace

std::int64_t PickerCall::since(base::MonoTime now) const { return std::chrono::duration_cast<base::Micros>(now - record_.started).count(); }

/// The proxy went on to another pod of its list: that one has the request, as far as it goes.
void PickerCall::moveTo(std::string_view served, base::MonoTime now) {
    if (!pod_ || moved_) return;
    const auto named = [&](const inference::Pod& pod) {
        return served == pod.endpoint->host || served == net::formatHostPort(pod.endpoint->host, pod.endpoint->port);
    };
    if (named(*pod_)) return;
    moved_ = true;
    booking_ = {};
    inference::Pool::release(*pod_);
    pod_.reset();
    for (const auto& pod : pool().pods()) {
        if (!named(*pod)) continue;
        inference::PickResult result;
        if (pool().scheduler()) result = pool().pick({.now = now, .prompt = &prompt_, .only = pod.get()}, nullptr);
        if (!result.pod) (result.pod = pod)->count();
        pod_ = std::move(result.pod);
        booking_ = std::move(result.booking);
        break;
    }
    if (!record_.extra) record_.extra = std::make_unique<ExchangeExtra>();
    record_.extra->notes.push_back({"endpoint", route::StepOutcome::Chosen, std::string(served), "served in its place, as the gateway told it", {}, {}});
    record_.pod = pod_.get();
    record_.endpoint = pod_ ? pod_->endpoint.get() : nullptr;
}

void PickerCall::takeAnswerHeaders(const ext_proc::Request& message, base::MonoTime now, Answers& answers) {
    record_.status = static_cast<std::uint16_t>(statusOf(message.header(":status")));
    record_.streamed = mediaTypeIs(message.header("content-type"), "text/event-stream");
    record_.at.answered = since(now);
    answers.push_back(ext_proc::headersAnswer(Part::ResponseHeaders, {}));
    if (message.end) finish(now, true);
}

void PickerCall::takeAnswerBody(const ext_proc::Request& message, base::MonoTime now, Answers& answers) {
    learn(message.body, now);
    if (responseMode_ == BodyMode::FullDuplex) ext_proc::addStreamed(Part::ResponseBody, message.body, message.end, answers);
    else answers.push_back(ext_proc::bodyAnswer(Part::ResponseBody, {}, std::nullopt));
    // A buffered one is one message, which trailers may follow.
    if (message.end || responseMode_ == BodyMode::Buffered) finish(now, true);
}

void PickerCall::learn(std::string_view bytes, base::MonoTime now) {
    if (!pod_ || bytes.empty()) return;
    record_.responseBytes += bytes.size();
    if (!std::exchange(firstByte_, true)) {
        record_.at.firstByte = since(now);
        if (record_.streamed && !moved_) booking_.firstToken(now);
    }
    if (record_.streamed) {
        std::string passed;
        usage_.feed(bytes, passed);
        return;
    }
    answerTooLong_ = answerTooLong_ || answer_.size() + bytes.size() > kMostAnswer;
    if (!answerTooLong_) answer_ += bytes;
}

void PickerCall::finish(base::MonoTime now, bool whole) {
    if (!pod_) return;
    inference::PickOutcome outcome;
    llm::Usage usage;
    llm::AnswerFacts facts;
    if (record_.streamed) {
        std::string passed;
        usage_.finish(passed);
        usage = usage_.usage();
        facts = usage_.facts();
    } else if (!answerTooLong_ && !answer_.empty()) {
        usage = llm::readUsage(answer_, &facts);
    }
    outcome.answered = whole && record_.status == 200 && !moved_;
    outcome.usageKnown = usage.known;
    outcome.inputTokens = usage.inputTokens;
    outcome.outputTokens = usage.outputTokens;
    outcome.cachedTokens = usage.cachedTokens;
    booking_.finish(now, outcome);
    inference::Pool::release(*pod_);
    // The record keeps the pod by its snapshot.
    pod_.reset();
    if (!record_.llm) return;
    record_.llm->usage = usage;
    record_.llm->answer = std::move(facts);
}

}  // namespace gatehouse::gateway
