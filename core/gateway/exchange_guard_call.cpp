// Questions to the services of guards: what they are sent, with which key, and what becomes of their answers.
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/side_call.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "llm/cloud_guards.h"
#include "llm/credentials.h"
#include "llm/provider_request.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// How often it is looked whether the first token of a cloud has come.
constexpr std::chrono::milliseconds kLook{10};

bool forwards(const llm::GuardService& service, const http::Header& field) {
    return std::any_of(service.forward.begin(), service.forward.end(), [&](const llm::GuardService::Forward& wanted) {
        if (!http::equalsIgnoreCase(wanted.name, field.name)) return false;
        return wanted.pattern ? wanted.pattern->fullMatch(field.value) : wanted.value == field.value;
    });
}

/// The question's head: what the service needs, what it may see of the client's, and its key.
void fillGuardHead(const llm::Guard& guard, bool answer, const upstream::Endpoint& endpoint, const http::RequestHead& client, http::RequestHead& head) {
    const auto& service = *guard.service;
    head.method = "POST";
    head.path = head.arena.copy(llm::guardPath(guard, answer));
    head.target = head.path;
    head.scheme = endpoint.transport && endpoint.transport->tls ? "https" : "http";
    const auto host = head.arena.copy(service.host.empty() ? endpoint.id : service.host);
    head.authority = host;
    head.headers.addView("Host", host);
    head.headers.addView("Content-Type", "application/json");
    head.headers.addView("Accept", "application/json");
    head.headers.addView("Accept-Encoding", "identity");
    for (const auto& field : client.headers.fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Host || id == http::FieldId::ContentType) continue;
        if (http::equalsIgnoreCase(field.name, "accept") || http::equalsIgnoreCase(field.name, "accept-encoding")) continue;
        if (forwards(service, field)) head.headers.add(field.name, field.value);
    }
    for (const auto& [name, value] : service.headers) head.headers.set(name, value);
    if (!service.provider || service.provider->credentials) return;  // Keys that take turns are shown when all else stands.
    const auto& key = *service.provider;
    if (key.auth == llm::UpstreamAuth::Bearer) head.headers.set(key.authHeader, key.authPrefix + std::string(key.token.reveal()));
    if (key.auth == llm::UpstreamAuth::Passthrough)
        if (const auto own = client.headers.get(key.authHeader)) head.headers.set(key.authHeader, *own);
}

}  // namespace

/// Shows a guard's service one of its keys. False: there is none, and `why` says so, or nobody waits any more.
net::Task<bool> Exchange::showGuardKey(const llm::Provider& provider, http::RequestHead& head, std::string_view body, base::MonoTime until, GuardKey& key) {
    auto now = base::MonoClock::now();
    const auto index = provider.credentials->choose(now, std::chrono::system_clock::now(), 0, true);
    if (!index) {
        key.missing = "There is no key for the guard's service.";
        co_return false;
    }
    key.index = *index;
    while (true) {
        const auto shown = llm::stampKey(provider, nullptr, key.index, head, body, std::chrono::system_clock::now());
        if (shown.standing == llm::TokenSource::Standing::Ready) co_return true;
        const bool pending = shown.standing == llm::TokenSource::Standing::Pending && now < until;
        if (!pending) {
            const auto& why = shown.error.empty() ? std::string("its token did not come in time") : shown.error;
            key.missing = "There is no key for the guard's service: " + why;
            co_return false;
        }
        net::Event pause(worker_.sweeper(), worker_.executor());
        pause.deadline(now + kLook);
        pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
        co_await pause.wait();
        now = base::MonoClock::now();
        if (pause.end() != net::IoEnd::Timeout) co_return false;
    }
}

/// One question, about as many texts as the service takes at once.
net::Task<void> Exchange::questionGuard(const llm::Guard& guard, bool answer, const std::vector<llm::GuardText>& texts, llm::ServiceVerdict& verdict) {
    const auto& service = *guard.service;
    if (!service.cluster) {
        verdict.detail = service.broken;
        co_return;
    }
    SideEndpoint endpoint(worker_, *service.cluster, now_);
    if (endpoint.get() == nullptr) {
        verdict.detail = "The guard's service has no ready endpoint.";
        co_return;
    }
    http::RequestHead head;
    fillGuardHead(guard, answer, *endpoint.get(), request_, head);
    const auto question = llm::guardQuestion(guard, answer, texts);
    const auto wait = whileClientStays(std::min(now_ + limits().guardTime, requestDeadline_));
    const llm::Credentials* credentials = service.provider ? service.provider->credentials.get() : nullptr;
    GuardKey key;
    if (credentials != nullptr) {
        const bool shown = co_await showGuardKey(*service.provider, head, question, wait.deadline, key);
        if (!shown) {
            verdict.detail = key.missing;
            co_return;
        }
    }
    upstream::RequestOut out;
    out.head = &head;
    out.body = http::BodyKind::Length;
    out.length = question.size();
    auto answerHead = std::make_unique<http::ResponseHead>();
    auto asked = co_await askAside(worker_, *endpoint.get(), out, question, *answerHead, wait);
    if (!asked.call) {
        verdict.detail = asked.end == net::IoEnd::Timeout ? "The guard's service did not answer in time." : "The guard's service could not be asked.";
        if (asked.end == net::IoEnd::Timeout) worker_.limitBit(limit::kGuardTime);
        co_return;
    }
    if (credentials != nullptr) credentials->judge(key.index, answerHead->status, std::nullopt, base::MonoClock::now());
    std::string body;
    const auto most = limits().guardAnswerBytes;
    const bool whole = co_await finishAside(worker_, std::move(asked.call), most, &body, wait);
    if (!whole && body.size() >= most) worker_.limitBit(limit::kGuardAnswer);
    if (whole) verdict = llm::readGuardAnswer(guard, answer, texts, answerHead->status, body);
    else verdict.detail = "The guard's service broke off in its answer.";
}

/// Asks a guard's service about texts. `masked` gets those that stand in their places then; empty: they stand themselves.
/// False: refused, or nobody is there any more.
net::Task<bool> Exchange::askGuard(const llm::Guard& guard, bool answer, const std::vector<llm::GuardText>& texts, std::vector<std::string>& masked) {
    const auto atOnce = std::min(llm::textsPerQuestion(guard.kind), texts.size());
    for (std::size_t first = 0; first < texts.size(); first += atOnce) {
        const auto last = std::min(first + atOnce, texts.size());
        const std::vector<llm::GuardText> some(texts.begin() + static_cast<std::ptrdiff_t>(first), texts.begin() + static_cast<std::ptrdiff_t>(last));
        llm::ServiceVerdict verdict;
        const auto began = base::MonoClock::now();
        now_ = began;
        co_await questionGuard(guard, answer, some, verdict);
        now_ = base::MonoClock::now();
        if (downstream_.left()) co_return failWith(499, "client-left", "The client left while a guard was asked.");
        if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
        const auto micros = std::chrono::duration_cast<base::Micros>(now_ - began).count();
        if (!llm::settleGuard(guard, answer, some, verdict, micros, guardReport())) co_return guardRefused();
        if (verdict.outcome != llm::GuardOutcome::Masked) continue;
        if (masked.empty())
            for (const auto& text : texts) masked.push_back(text.content);
        std::move(verdict.texts.begin(), verdict.texts.end(), masked.begin() + static_cast<std::ptrdiff_t>(first));
    }
    co_return true;
}

}  // namespace gatehouse::gateway
