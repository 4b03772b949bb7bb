#include "gateway/picker_call.h"

#include "base/ids.h"
#include "gateway/exchange_llm.h"
#include "inference/fail_open.h"
#include "inference/flow_control.h"
#include "inference/scheduler.h"
#include "llm/body_rewrites.h"
#include "llm/client_api.h"
#include "net/listener.h"
#include "route/model_rewrites.h"
#include "telemetry/recorded_head.h"
#include "text/json_body.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_set>

namespace gatehouse::gateway {
namespace {

using ext_proc::BodyMode;
using ext_proc::Part;
namespace dropped = inference::dropped;

constexpr std::array<std::string_view, 2> kObjectiveFields{"x-llm-d-inference-objective", "x-gateway-inference-objective"};
constexpr std::array<std::string_view, 2> kModelFields{"x-llm-d-model-name-rewrite", "x-gateway-model-name-rewrite"};

/// As clients of OpenAI's API read it.
std::string errorBody(int status, std::string_view reason, std::string_view sentence) {
    const auto* type = status == 429 ? "rate_limit_error" : status < 500 ? "invalid_request_error" : "server_error";
    const nlohmann::ordered_json body{{"error", {{"message", sentence}, {"type", type}, {"code", reason}}}};
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string addressOf(const inference::Pod& pod) { return net::formatHostPort(pod.endpoint->host, pod.endpoint->port); }

/// The pods that a subset names, as "ip:port" or "ip" alone, sorted by place.
std::vector<const inference::Pod*> podsAmong(const inference::Pool& pool, const std::vector<std::string>& subset) {
    const std::unordered_set<std::string_view> named(subset.begin(), subset.end());
    std::vector<const inference::Pod*> pods;
    for (const auto& pod : pool.pods())
        if (named.contains(pod->endpoint->host) || named.contains(addressOf(*pod))) pods.push_back(pod.get());
    std::sort(pods.begin(), pods.end());
    return pods;
}

std::string_view firstOf(const ext_proc::Request& message, const std::array<std::string_view, 2>& names) {
    const auto value = message.header(names[0]);
    return value.empty() ? message.header(names[1]) : value;
}

}  // namespace

PickerCall::PickerCall(std::shared_ptr<const route::Snapshot> snapshot, const route::ServedPool& served, std::size_t bodyBytes, base::MonoTime now,
                       Records records)
    : served_(served), bodyBytes_(bodyBytes), records_(std::move(records)) {
    record_.snapshot = std::move(snapshot);
    record_.backend = &served_.backend;
    record_.picker = true;
    record_.started = now;
    record_.attempts = 1;
}

PickerCall::~PickerCall() {
    const auto now = base::MonoClock::now();
    finish(now, false);
    if (!hasHeaders_) return;
    record_.at.ended = since(now);
    try {
        records_(std::move(record_));
    } catch (const std::exception&) {
        // A record less; the call itself is over.
    }
}

bool PickerCall::waitsForBody() const {
    return requestMode_ == BodyMode::FullDuplex || requestMode_ == BodyMode::Buffered || requestMode_ == BodyMode::BufferedPartial;
}

void PickerCall::take(const ext_proc::Request& message, base::MonoTime now, Answers& answers) {
    // Who only watches wants no answer, so there is nothing to pick for.
    if (over_ || fault_ != nullptr || message.observing) return;
    if (message.requestMode) requestMode_ = *message.requestMode;
    if (message.responseMode) responseMode_ = *message.responseMode;
    if (message.subset) subset_.emplace(message.subset->begin(), message.subset->end());
    if (!hasHeaders_ && message.part != Part::RequestHeaders) {
        fault_ = "The first message must tell of the request's headers.";
        return;
    }
    const bool ofAnswer = message.part == Part::ResponseHeaders || message.part == Part::ResponseBody || message.part == Part::ResponseTrailers;
    if (ofAnswer && !message.served.empty()) moveTo(message.served, now);
    switch (message.part) {
        case Part::RequestHeaders: takeHeaders(message, now, answers); break;
        case Part::RequestBody: takeBody(message, now, answers); break;
        case Part::RequestTrailers: takeTrailers(now, answers); break;
        case Part::ResponseHeaders: takeAnswerHeaders(message, now, answers); break;
        case Part::ResponseBody: takeAnswerBody(message, now, answers); break;
        case Part::ResponseTrailers:
            finish(now, true);
            answers.push_back(ext_proc::trailersAnswer(message.part));
            break;
        case Part::None: break;
    }
}

void PickerCall::noteHeaders(const ext_proc::Request& message) {
    method_ = message.header(":method");
    path_ = message.header(":path");
    contentType_ = message.header("content-type");
    prompt_.session = message.header("x-session-token");
    objective_ = firstOf(message, kObjectiveFields);
    forcedModel_ = firstOf(message, kModelFields);
    record_.requestId.assign(message.header("x-request-id"));
    record_.method.assign(method_);
    record_.host.assign(message.header(":authority"));
    record_.path.assign(telemetry::hideParameters(path_));
}

void PickerCall::takeHeaders(const ext_proc::Request& message, base::MonoTime now, Answers& answers) {
    if (hasHeaders_) {
        fault_ = "The headers of the request came twice.";
        return;
    }
    hasHeaders_ = true;
    noteHeaders(message);
    record_.at.head = since(now);
    if (!message.end && waitsForBody()) {
        // In full duplex the answer comes with the body; a proxy that buffers it waits for this one first.
        if (requestMode_ != BodyMode::FullDuplex) answers.push_back(ext_proc::headersAnswer(Part::RequestHeaders, {}));
        return;
    }
    bodyEnded_ = message.end;
    prepare(Trigger::Headers, now, answers);
}

void PickerCall::takeBody(const ext_proc::Request& message, base::MonoTime now, Answers& answers) {
    record_.requestBytes += message.body.size();
    if (!waitsForBody()) {
        answers.push_back(ext_proc::bodyAnswer(Part::RequestBody, {}, std::nullopt));
        return;
    }
    if (bodyEnded_) {
        fault_ = "More of the request's body came after its end.";
        return;
    }
    if (body_.size() + message.body.size() > bodyBytes_)
        return refuse(413, "body-too-large", "The request body is larger than the limit.", answers);
    body_.append(message.body);
    const bool duplex = requestMode_ == BodyMode::FullDuplex;
    if (duplex && !message.end) return;
    // A buffered body is one message; of a partial one the rest goes its own way, and trailers may end either.
    bodyEnded_ = true;
    bodyWhole_ = message.end || requestMode_ == BodyMode::Buffered;
    prepare(duplex ? Trigger::Duplex : Trigger::Body, now, answers);
}

void PickerCall::takeTrailers(base::MonoTime now, Answers& answers) {
    const bool endsBody = requestMode_ == BodyMode::FullDuplex && !bodyEnded_;
    trailers_ = endsBody;
    if (!endsBody) {
        answers.push_back(ext_proc::trailersAnswer(Part::RequestTrailers));
        return;
    }
    bodyEnded_ = bodyWhole_ = true;
    prepare(Trigger::Duplex, now, answers);
}

bool PickerCall::prepare(Trigger trigger, base::MonoTime now, Answers& answers) {
    record_.at.body = since(now);
    const bool json = contentType_.empty() || mediaTypeIs(contentType_, "application/json");
    prompt_.bytes = body_.size();
    if (!body_.empty() && bodyWhole_ && json && !readBody(answers)) return false;
    if (subset_) among_ = podsAmong(pool(), *subset_);
    if (subset_ && among_.empty()) {
        refuse(503, dropped::kNoEndpoints, "None of the endpoints that may be picked is ready.", answers);
        return false;
    }
    trigger_ = trigger;
    return true;
}

/// What the body says of the pick, and what the pool's rewrites say of the body.
bool PickerCall::readBody(Answers& answers) {
    const auto whole = text::json::readObject(body_, [](std::string_view, text::json::Value&) -> Result<void> { return {}; });
    if (!whole) {
        refuse(400, "invalid-json", "The request body is no JSON object.", answers);
        return false;
    }
    const auto query = path_.find('?');
    const auto path = std::string_view(path_).substr(0, query);
    auto call = llm::clientCallOf(method_, path, query == std::string::npos ? std::string_view{} : std::string_view(path_).substr(query + 1));
    record_.llm = std::make_unique<LlmDetail>();
    record_.llm->api = llm::apiName(call.api);
    record_.llm->operation = llm::operationName(call.api);
    if (!renameModel(call, answers)) return false;
    inference::Prompt read;
    inference::readPrompt(body_, read);
    read.session = std::move(prompt_.session);
    prompt_ = std::move(read);
    record_.llm->info.model = prompt_.model;
    record_.llm->info.stream = prompt_.streams;
    return true;
}

/// The name that a header wants goes before the pool's rewrites, as in the reference picker.
bool PickerCall::renameModel(llm::ClientCall& call, Answers& answers) {
    const auto asked = llm::requestedModel(body_, call);
    if (!asked || asked->empty()) return true;
    clientModel_ = *asked;
    std::string wanted = forcedModel_;
    if (const auto* rewrites = served_.backend.modelRewrites.get(); wanted.empty() && rewrites != nullptr) {
        const auto choice = rewrites->choose(clientModel_, static_cast<double>(base::randomBits() >> 11) * 0x1.0p-53);
        if (choice) {
            wanted = choice->model;
            record_.llm->rewriteSteps.push_back({"rewrite", route::StepOutcome::Applied, "model " + clientModel_, choice->sentence, choice->rule->origin,
                                                 choice->rule->where});
        }
    } else if (!wanted.empty()) {
        record_.llm->rewriteSteps.push_back({"rewrite", route::StepOutcome::Applied, "model " + clientModel_, "asks for " + wanted + ", by the request's header", {}, {}});
    }
    if (wanted.empty() || wanted == clientModel_) return true;
    const auto renamed = llm::renameModel(body_, call, wanted);
    if (!renamed) {
        refuseWith(400, "invalid-json", renamed.error().message, answers);
        return false;
    }
    rewritten_ = *renamed;
    return true;
}

int PickerCall::priority() const {
    const auto& pool = *served_.backend.pool;
    return objective_.empty() ? pool.priorityOfModel(clientModel_) : pool.priorityOf(objective_);
}

void PickerCall::pick(base::MonoTime now, double waitedSeconds, Answers& answers) {
    auto& pool = this->pool();
    const inference::PickAsk ask{.now = now, .prompt = &prompt_, .among = among()};
    auto decision = pool.newDecision();
    auto result = pool.pick(ask, decision.get());
    decision->waitedSeconds = static_cast<float>(waitedSeconds);
    decision->priority = priority();
    if (!result.pod && served_.backend.failOpen && (result.pod = inference::anyPod(pool, ask))) result.pod->count();
    if (result.pod) endpoints_ = addressOf(*result.pod);
    if (result.pod) noteRunnerUp(*decision);
    record_.decision = std::move(decision);
    record_.at.picked = since(now);
    if (!result.pod) {
        const auto* sentence = pool.pods().empty() ? "The pool has no ready endpoint." : "No endpoint of the pool can take the request now.";
        return refuse(503, dropped::kNoEndpoints, sentence, answers);
    }
    pod_ = std::move(result.pod);
    booking_ = std::move(result.booking);
    picked_ = true;
    record_.pod = pod_.get();
    record_.endpoint = pod_->endpoint.get();
    record_.at.sent = record_.at.picked;
    tell(answers);
}

/// Whom the proxy may try next, without asking again.
void PickerCall::noteRunnerUp(const inference::Decision& decision) {
    const inference::Pod* next = nullptr;
    if (decision.runnerUp >= 0) next = pool().pods()[static_cast<std::size_t>(decision.runnerUp)].get();
    if (decision.whole) {
        const auto& seen = *decision.whole;
        int best = -1;
        for (int i = 0; i < static_cast<int>(seen.candidates.size()); ++i) {
            const auto& candidate = seen.candidates[static_cast<std::size_t>(i)];
            if (i == seen.chosen || !candidate.excluded.empty()) continue;
            if (best < 0 || candidate.total > seen.candidates[static_cast<std::size_t>(best)].total) best = i;
        }
        if (best >= 0) next = pool().pods()[static_cast<std::size_t>(best)].get();
    }
    if (next != nullptr && addressOf(*next) != endpoints_) endpoints_ += "," + addressOf(*next);
}

/// Where the request goes.
void PickerCall::tell(Answers& answers) {
    const auto trigger = std::exchange(trigger_, Trigger::None);
    const auto length = std::to_string(body_.size());
    ext_proc::Mutation mutation;
    mutation.endpoint = endpoints_;
    // In full duplex the proxy has forgotten how long the body is.
    if (rewritten_ || (trigger == Trigger::Duplex && !body_.empty())) mutation.set.emplace_back("content-length", length);
    if (!forcedModel_.empty()) mutation.remove.assign(kModelFields.begin(), kModelFields.end());
    if (trigger == Trigger::Body) {
        answers.push_back(ext_proc::bodyAnswer(Part::RequestBody, mutation, rewritten_ ? std::optional(body_.view()) : std::nullopt));
    } else {
        answers.push_back(ext_proc::headersAnswer(Part::RequestHeaders, mutation));
    }
    if (trigger == Trigger::Duplex && !(trailers_ && body_.empty())) ext_proc::addStreamed(Part::RequestBody, body_.view(), !trailers_, answers);
    if (trailers_) answers.push_back(ext_proc::trailersAnswer(Part::RequestTrailers));
    body_ = {};
}

void PickerCall::refuse(int status, const char* reason, const char* sentence, Answers& answers) { refuseWith(status, reason, sentence, answers); }

void PickerCall::refuseWith(int status, const char* reason, std::string sentence, Answers& answers) {
    over_ = true;
    trigger_ = Trigger::None;
    std::vector<std::pair<std::string_view, std::string_view>> headers{{"content-type", "application/json"}};
    const std::string_view name = reason;
    if (name.starts_with("rejected-") || name.starts_with("evicted-")) headers.emplace_back("x-llm-d-request-dropped-reason", name);
    answers.push_back(ext_proc::immediateAnswer(status, headers, errorBody(status, reason, sentence), reason));
    record_.status = static_cast<std::uint16_t>(status);
    record_.failure.code = reason;
    record_.detail = std::make_unique<std::string>(std::move(sentence));
}

void PickerCall::lose(const char* reason, const char* sentence) {
    if (record_.failure.code != nullptr) return;
    record_.status = 499;
    record_.failure = {reason, sentence};
}

}  // namespace gatehouse::gateway
