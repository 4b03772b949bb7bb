#include "gateway/exchange_record.h"

#include "gateway/exchange_access.h"
#include "gateway/guard_steps.h"
#include "llm/guard_chain.h"
#include "route/backend_filters.h"
#include "route/sticky_split.h"

#include "http/message.h"
#include "llm/credentials.h"
#include "llm/provider_request.h"
#include "net/io.h"
#include "net/listener.h"
#include "telemetry/trace_context.h"

#include <fmt/format.h>

#include <arpa/inet.h>

namespace gatehouse::gateway {
namespace {

using route::Step;
using route::StepOutcome;

std::string clientText(const ExchangeRecord& record) {
    char text[INET6_ADDRSTRLEN] = "";
    ::inet_ntop(record.clientV6 ? AF_INET6 : AF_INET, record.clientAddress.data(), text, sizeof text);
    // A proxy tells an address, no port.
    return record.clientPort == 0 ? std::string(text) : net::formatHostPort(text, record.clientPort);
}

std::string tryText(const TryRecord& note, std::size_t number) {
    auto text = fmt::format("try {}: ", number);
    text += note.status > 0 ? fmt::format("answered {}", note.status) : std::string(note.code != nullptr ? note.code : "failed");
    if (note.key != nullptr && note.otherKey) text += fmt::format(" with {}; another key was tried", note.key->name);
    if (note.restarted) text += "; the client's stream began anew";
    if (note.passedOn) text += "; another provider was asked";
    if (note.waited >= 0) text += fmt::format("; another try after {:.0f} ms", static_cast<double>(note.waited) / 1000);
    return text;
}

/// Its endpoint; with its backend, where the tries went to several.
std::string trySubject(const ExchangeRecord& record, const TryRecord& note) {
    const auto& backend = note.backend != nullptr ? *note.backend : *record.backend;
    if (note.provider != nullptr) return note.provider->name;
    if (note.endpoint == nullptr) return backend.name;
    return record.extra->redrawn ? fmt::format("{} {}", backend.name, note.endpoint->id) : note.endpoint->id;
}

/// What happened to the request by rules that not every exchange has.
void addExtraSteps(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (!record.extra || record.candidate == nullptr) return;
    const auto& extra = *record.extra;
    const auto& rule = *record.candidate->rule;
    if (extra.cors != nullptr)
        steps.push_back({"cors", extra.corsAllowed ? StepOutcome::Applied : StepOutcome::Rejected, "CORS", extra.cors,
                         rule.route, rule.where});
    if (extra.authIndex >= 0) {
        const auto& auth = rule.auths[static_cast<std::size_t>(extra.authIndex)];
        const bool allowed = extra.authStatus == 200;
        const auto what = extra.authStatus == 0 ? std::string("no answer, so the request did not pass")
                          : allowed             ? std::string("answered 200, so the request passed")
                                                : fmt::format("answered {}, so the request did not pass", extra.authStatus);
        steps.push_back({"auth", allowed ? StepOutcome::Applied : StepOutcome::Rejected, auth.backend.name,
                         fmt::format("{} ({:.1f} ms)", what, static_cast<double>(extra.authMicros) / 1000), auth.backend.object,
                         {}});
    }
    for (const auto& note : extra.mirrors) {
        const auto& mirror = rule.mirrors[note.index];
        steps.push_back({"mirror", std::string_view(note.outcome) == "sent" ? StepOutcome::Applied : StepOutcome::Info,
                         mirror.backend.name, note.outcome, mirror.backend.object, {}});
    }
    if (extra.session != route::SessionState::None) {
        auto text = std::string(route::sessionText(extra.session));
        if (extra.sessionStamped) text += "; the answer carries it";
        steps.push_back({"session", extra.session == route::SessionState::Kept ? StepOutcome::Chosen : StepOutcome::Info,
                         fmt::format("{} {}", rule.sessions->settings.byHeader ? "header" : "cookie", rule.sessions->settings.name),
                         std::move(text), rule.route, rule.where});
    }
}

void addTrySteps(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (!record.extra || record.backend == nullptr) return;
    const auto& tries = record.extra->tries;
    if (tries.size() > 1 || record.extra->retryNote != nullptr)
        for (std::size_t i = 0; i < tries.size(); ++i)
            steps.push_back({"try", tries[i].waited >= 0 || tries[i].passedOn || tries[i].otherKey ? StepOutcome::Failed : StepOutcome::Info,
                             trySubject(record, tries[i]),
                             tryText(tries[i], i + 1), tries[i].backend != nullptr ? tries[i].backend->object : record.backend->object, {}});
    if (record.extra->retryNote != nullptr)
        steps.push_back({"retry", StepOutcome::Info, "retry", record.extra->retryNote, {}, {}});
}

/// The timeline: each phase begins where the former one ended.
std::vector<telemetry::Phase> phases(const ExchangeRecord& record) {
    std::vector<telemetry::Phase> result;
    std::int64_t last = 0;
    const auto add = [&](const char* name, std::int64_t until, bool upstream) {
        if (until < 0) return;
        result.push_back({name, last, std::max<std::int64_t>(until - last, 0), upstream});
        last = std::max(until, last);
    };
    const auto& at = record.at;
    add("receive", at.head, false);
    add("body", at.body, false);
    add("guard", at.guarded, false);
    add("pick", at.picked, false);
    add("connect", at.connected, true);
    add("send", at.sent, true);
    add("upstream wait", at.answered, true);
    add(at.answered >= 0 ? "stream" : "answer", at.ended, at.answered >= 0);
    return result;
}

std::string guardText(const llm::GuardVerdict& guard, bool answer) {
    std::string rules;
    for (const auto& hit : guard.hits) {
        if (rules.find(hit.rule) != std::string::npos) continue;
        if (!rules.empty()) rules += ", ";
        rules += hit.rule;
    }
    if (guard.hits.empty()) return "no pattern hit";
    const char* plural = guard.hits.size() == 1 ? "" : "s";
    if (answer) return fmt::format("{} hit{} of {} in the answer: masked", guard.hits.size(), plural, rules);
    return fmt::format("{} hit{} of {} in the prompt: {}", guard.hits.size(), plural, rules, guard.rejected ? "refused" : "masked");
}

/// The session that the client made, before any request.
void addTlsStep(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (!record.tls) return;
    const auto& tls = *record.tls;
    auto detail = fmt::format("{}, {}, {}{}", tls.sni.empty() ? std::string("no server name") : "for " + tls.sni, tls.cipher,
                              tls.alpn.empty() ? std::string("no ALPN") : "ALPN " + tls.alpn, tls.resumed ? ", resumed" : "");
    if (!tls.peerSubject.empty())
        detail += fmt::format("; client certificate {} {}", tls.peerSubject,
                              tls.peerVerified ? std::string("is verified") : "is not verified: " + tls.peerVerifyError);
    steps.push_back({"tls", StepOutcome::Info, tls.version, std::move(detail), {}, {}});
}

void addRouteSteps(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (record.listener != nullptr) {
        const auto& listener = *record.listener;
        const auto hostname = listener.hostname.empty() ? std::string("any hostname")
                                                        : fmt::format("hostname {}", listener.hostname);
        steps.push_back({"listener", StepOutcome::Chosen,
                         fmt::format("{} listener {}", listener.gateway.display(), listener.name),
                         fmt::format("port {}, {}", record.logicalPort, hostname), listener.gateway, {}});
    }
    if (record.candidate == nullptr) return;
    const auto& candidate = *record.candidate;
    const auto& rule = *candidate.rule;
    steps.push_back({"match", StepOutcome::Chosen,
                     fmt::format("{} rule {}, match {}", rule.route.display(), rule.index + 1, candidate.matchIndex + 1),
                     candidate.match.text.empty() ? "matches every request" : candidate.match.text, rule.route,
                     rule.where});
    for (const auto& source : rule.provenance)
        steps.push_back({"policy", source.effective ? StepOutcome::Applied : StepOutcome::Rejected,
                         source.origin.display(), fmt::format("{}: {}", source.field, source.reason), source.origin,
                         source.where});
    for (const auto& [name, what] : rule.chain.description)
        steps.push_back({"filter", StepOutcome::Applied, name, what, rule.route, rule.where});
}

/// "2 dropped: seed, logit_bias; 1 defaulted: max_tokens"
std::string lossText(const llm::Losses& losses) {
    std::string out;
    for (const auto kind : {llm::Loss::Kind::Dropped, llm::Loss::Kind::Defaulted, llm::Loss::Kind::Coerced}) {
        std::string paths;
        std::size_t count = 0;
        for (const auto& loss : losses) {
            if (loss.kind != kind) continue;
            paths += fmt::format("{}{}", count++ > 0 ? ", " : "", loss.path);
        }
        if (count > 0) out += fmt::format("{}{} {}: {}", out.empty() ? "" : "; ", count, llm::lossWord(kind), paths);
    }
    return out.empty() ? "nothing was lost" : out;
}

void addProviderSteps(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (!record.llm || record.backend == nullptr || record.llm->api.empty()) return;
    const auto& detail = *record.llm;
    const auto& object = record.backend->object;
    const auto title = detail.provider != nullptr ? std::string(llm::kindOf(*detail.provider).title) : std::string("model server");
    steps.push_back({"provider", StepOutcome::Chosen, detail.provider != nullptr ? detail.provider->name : title,
                     fmt::format("{}{}{}", title, detail.providerDialect.empty() ? "" : fmt::format(", {}", detail.providerDialect),
                                 detail.info.model.empty() ? "" : fmt::format(", model {}", detail.info.model)),
                     object, {}});
    if (detail.key != nullptr) steps.push_back({"credential", StepOutcome::Chosen, detail.key->name, "shown to the provider", object, {}});
    if (detail.clientDialect != detail.providerDialect)
        steps.push_back({"translate", StepOutcome::Applied, fmt::format("{} to {}", detail.clientDialect, detail.providerDialect),
                         lossText(detail.losses), object, {}});
    for (const auto& fault : detail.faults) steps.push_back({"stream", StepOutcome::Failed, "grammar", fault, object, {}});
}

void addLlmSteps(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (!record.llm) return;
    const auto& detail = *record.llm;
    steps.insert(steps.end(), detail.rewriteSteps.begin(), detail.rewriteSteps.end());
    if (record.candidate == nullptr) return;
    const auto& rule = *record.candidate->rule;
    if (rule.llmPolicy && rule.llmPolicy->requestGuard)
        steps.push_back({"guard",
                         detail.guard.rejected      ? StepOutcome::Rejected
                         : !detail.guard.hits.empty() ? StepOutcome::Applied
                                                      : StepOutcome::Info,
                         "prompt guard", guardText(detail.guard, false), rule.route, rule.where});
    if (detail.defaults > 0)
        steps.push_back({"defaults", StepOutcome::Applied, "body fields",
                         fmt::format("{} field{} filled in", detail.defaults, detail.defaults == 1 ? "" : "s"), rule.route, rule.where});
    if (rule.llmPolicy && rule.llmPolicy->responseGuard && record.at.answered >= 0)
        steps.push_back({"guard", detail.answerGuard.hits.empty() ? StepOutcome::Info : StepOutcome::Applied, "answer guard",
                         guardText(detail.answerGuard, true) +
                             (detail.guardOverruns > 0 ? fmt::format("; {} times a text was too long to be held back whole", detail.guardOverruns) : ""),
                         rule.route, rule.where});
    if (detail.enriched)
        steps.push_back({"enrich", StepOutcome::Applied, "prompt enrichment",
                         fmt::format("{} message{} added", detail.enrichedMessages,
                                     detail.enrichedMessages == 1 ? "" : "s"),
                         rule.route, rule.where});
    if (detail.usageInjected)
        steps.push_back({"filter", StepOutcome::Applied, "usage counting",
                         "the upstream was asked to send token usage at the end of the stream", rule.route, rule.where});
}

void addPickStep(const ExchangeRecord& record, const inference::PickRecord* pick, std::vector<Step>& steps) {
    if (pick != nullptr)
        steps.push_back({"pick", pick->chosen >= 0 ? StepOutcome::Chosen : StepOutcome::Failed,
                         record.pod != nullptr ? record.pod->name : pick->pool, pick->reason,
                         record.backend->object, {}});
}

void addBackendSteps(const ExchangeRecord& record, const inference::PickRecord* pick, std::vector<Step>& steps) {
    if (record.backend == nullptr || record.candidate == nullptr) return;
    const auto& backend = *record.backend;
    const auto& rule = *record.candidate->rule;
    const bool invalid = backend.kind == route::BackendKind::Invalid;
    const double share = rule.totalWeight > 0 ? 100.0 * backend.weight / static_cast<double>(rule.totalWeight) : 0;
    const bool bySession = record.extra && record.extra->session == route::SessionState::Kept;
    const bool redrawn = record.extra && record.extra->redrawn;
    const auto drawn = record.extra && record.extra->armChosen ? std::string("asked for by the console, not drawn")
                       : bySession ? std::string("the session's backend")
                       : redrawn ? fmt::format("weight {} of {}, drawn anew for a further try", backend.weight, rule.totalWeight)
                       : record.extra && record.extra->armKey != 0 && rule.stickySplit
                           ? route::stickyReason(*rule.stickySplit, backend.weight, rule.totalWeight, record.draw)
                       : rule.backends.size() == 1
                           ? std::string("the only backend of the rule")
                           : fmt::format("weight {} of {} ({:.1f} %), drew {}", backend.weight, rule.totalWeight, share,
                                         record.draw);
    steps.push_back({"backend", invalid ? StepOutcome::Failed : StepOutcome::Chosen, backend.name,
                     invalid ? fmt::format("{}; {}", drawn, backend.invalidReason) : drawn, backend.object, {}});
    if (!invalid) route::addBackendFilterSteps(rule, backend, steps);
    if (backend.targets && record.llm)
        for (const auto& target : *backend.targets)
            if (target.provider.get() == record.llm->provider) route::addTargetFilterSteps(rule, target, steps);
    addPickStep(record, pick, steps);
    if (record.endpoint != nullptr) {
        const bool connected = record.at.connected >= 0;
        const auto how = !connected       ? "no connection was made"
                         : record.reused ? "on a kept connection"
                                         : "on a new connection";
        const auto attempts = record.attempts > 1 ? fmt::format(", attempt {}", record.attempts) : std::string();
        std::string with;
        if (const auto& transport = record.endpoint->transport) {
            with = transport->protocol == upstream::Protocol::Http2 ? ", HTTP/2" : "";
            if (transport->tls) with += ", TLS for " + (transport->sni.empty() ? std::string("no server name") : transport->sni);
        }
        steps.push_back({"endpoint", connected ? StepOutcome::Chosen : StepOutcome::Failed, record.endpoint->id,
                         fmt::format("{}{}{}", how, with, attempts), backend.object, {}});
    }
}

std::shared_ptr<const telemetry::RecordedHead> headOf(const ExchangeRecord& record) {
    auto head = std::make_shared<telemetry::RecordedHead>();
    head->text = record.head.text();
    head->cut = record.head.cut;
    if (record.candidate != nullptr)
        if (const auto& sessions = record.candidate->rule->sessions; sessions && sessions->settings.byHeader)
            head->hide(sessions->settings.name);
    return head;
}

/// About what a stream that broke off had used: its events hold a token each as a rule, and a token of a prompt takes four bytes.
llm::Usage estimatedUsage(const LlmDetail& detail) {
    constexpr std::uint64_t kBytesPerToken = 4;
    llm::Usage usage;
    usage.inputTokens = (detail.info.promptBytes + kBytesPerToken - 1) / kBytesPerToken;
    usage.outputTokens = detail.events;
    usage.known = usage.estimated = true;
    return usage;
}

void addTrace(const ExchangeRecord& record, telemetry::RequestRecord& out) {
    std::optional<telemetry::TraceParent> client;
    if (out.head)
        for (const auto& [name, value] : out.head->fields())
            if (http::equalsIgnoreCase(name, "traceparent")) client = telemetry::readTraceParent(value);
    const auto ours = record.traceparent ? telemetry::readTraceParent(*record.traceparent) : std::nullopt;
    const auto& known = ours ? ours : client;
    if (!known) return;
    out.traceId = known->traceId;
    out.sampled = known->sampled;
    if (ours) out.spanId = ours->spanId;
    if (client && client->traceId == known->traceId) out.parentSpanId = client->spanId;
}

std::string failureSentence(const ExchangeRecord& record) {
    return record.detail ? *record.detail : std::string(record.failure.sentence);
}

/// How bytes went both ways, and why they stopped.
void addTunnelStep(const ExchangeRecord& record, std::vector<Step>& steps) {
    if (record.tunnelEnd == nullptr) return;
    steps.push_back({"tunnel", record.failure.code != nullptr ? StepOutcome::Failed : StepOutcome::Info, "bytes both ways",
                     fmt::format("{} bytes from the client, {} to it; {}", record.requestBytes, record.responseBytes,
                                 record.tunnelEnd),
                     {}, {}});
}

/// What another gateway asked, and what it told of the end.
void addPickerSteps(const ExchangeRecord& record, const inference::PickRecord* pick, std::vector<Step>& steps) {
    const auto& backend = *record.backend;
    steps.push_back({"backend", StepOutcome::Chosen, backend.name, "another gateway asked for a pod of it", backend.object, {}});
    addPickStep(record, pick, steps);
    if (record.extra) steps.insert(steps.end(), record.extra->notes.begin(), record.extra->notes.end());
    const bool failed = record.failure.code != nullptr;
    steps.push_back({"answer", failed ? StepOutcome::Failed : StepOutcome::Info,
                     record.status > 0 ? fmt::format("status {}", record.status) : std::string("not told"),
                     failed                   ? failureSentence(record)
                     : record.at.answered < 0 ? std::string("the gateway told nothing of the answer")
                                              : std::string("as the gateway told it"),
                     {}, {}});
}

void addAnswerStep(const ExchangeRecord& record, std::vector<Step>& steps) {
    const bool failed = record.failure.code != nullptr;
    if (record.connection) {
        if (failed) steps.push_back({"answer", StepOutcome::Failed, "connection", failureSentence(record), {}, {}});
        return;
    }
    std::string text = failed ? failureSentence(record)
                       : record.at.answered < 0           ? std::string("answered by the rule itself")
                       : record.status >= 400 && record.detail ? fmt::format("the upstream's answer: {}", *record.detail)
                                                               : std::string("the upstream's answer");
    steps.push_back({"answer", failed ? StepOutcome::Failed : StepOutcome::Info, fmt::format("status {}", record.status),
                     std::move(text), {}, {}});
}

}  // namespace

void ExchangeRecord::keepClient(const net::asio::ip::address& address, std::uint16_t port) {
    clientPort = port;
    clientV6 = address.is_v6();
    if (clientV6) {
        clientAddress = address.to_v6().to_bytes();
    } else {
        const auto bytes = address.to_v4().to_bytes();
        std::copy(bytes.begin(), bytes.end(), clientAddress.begin());
    }
}

std::shared_ptr<const llm::Receipt> receiptOf(const ExchangeRecord& record, llm::Usage& usage) {
    const auto& detail = *record.llm;
    // An answer that a guard keeps back was paid for all the same.
    const bool kept = detail.guardReport && detail.guardReport->rejected && detail.usage.known;
    const bool refused = record.at.answered < 0 || record.status == 0 || (record.status >= 400 && record.status != 499 && !record.streamed && !kept);
    if (refused || !record.snapshot || !record.snapshot->prices || detail.guard.rejected) return nullptr;
    const bool broken = record.failure.code != nullptr;
    if (!usage.known && broken && record.streamed && detail.events > 0) usage = estimatedUsage(detail);
    const auto* kind = detail.provider != nullptr ? &llm::kindOf(*detail.provider) : llm::findProviderKind("vllm");
    auto receipt = std::make_shared<llm::Receipt>(record.snapshot->prices->receiptFor(
        {kind->name, kind->system, detail.answer.model, detail.info.model}, usage, detail.answer.serviceTier));
    receipt->partial = broken;
    return receipt;
}

namespace {

/// The part of a description that costs little.
void addCounted(const ExchangeRecord& record, telemetry::RequestRecord& out) {
    out.status = record.status;
    if (record.failure.code != nullptr) out.error = record.failure.code;
    out.caller = record.caller;
    out.streamed = record.streamed;
    out.totalMicros = std::max<std::int64_t>(record.at.ended, 0);
    out.firstByteMicros = record.at.firstByte;
    if (record.streamed && record.at.firstByte >= 0 && record.at.sent >= 0) {
        out.firstTokenMicros = std::max<std::int64_t>(record.at.firstByte - record.at.sent, 0);
        out.streamMicros = std::max<std::int64_t>(record.at.ended - record.at.firstByte, 0);
    }
    if (!record.llm) return;
    const auto& detail = *record.llm;
    out.model = detail.info.model;
    out.usage = detail.usage;
    out.operation = detail.operation;
    if (detail.provider != nullptr) {
        out.provider = detail.provider->name;
        out.providerSystem = llm::kindOf(*detail.provider).system;
    }
    out.answer = detail.answer;
    // Whose gateway it is counts what it costs.
    if (!record.picker) out.receipt = receiptOf(record, out.usage);
    describeGuards(record, out);
}

}  // namespace

telemetry::RequestRecord describeCounted(const ExchangeRecord& record) {
    telemetry::RequestRecord out;
    out.method = record.method.view();
    out.path = record.path.view();
    hideCredentials(record, out);
    if (record.candidate != nullptr) {
        out.route = record.candidate->rule->route.display();
        out.llm = record.candidate->rule->llm;
    }
    addCounted(record, out);
    return out;
}

telemetry::RequestRecord describe(const ExchangeRecord& record, std::uint64_t sequence, base::MonoTime monoNow,
                                  base::WallTime wallNow) {
    using std::chrono::duration_cast;
    telemetry::RequestRecord out;
    out.sequence = sequence;
    out.requestId = record.requestId.view();
    out.startedAt = wallNow - duration_cast<base::WallTime::duration>(monoNow - record.started);
    out.client = clientText(record);
    out.protocol = record.picker ? "ext_proc" : record.connection ? "TLS" : record.http2 ? "HTTP/2" : "HTTP/1.1";
    if (record.at.connected >= 0)
        out.upstreamProtocol = record.connection ? record.tls ? "TCP" : "TLS" : record.upstreamHttp2 ? "HTTP/2" : "HTTP/1.1";
    if (record.connection) out.tlsSni = record.host.view();
    if (record.tls) {
        out.tlsVersion = record.tls->version;
        out.tlsSni = record.tls->sni;
        out.tlsAlpn = record.tls->alpn;
        out.tlsClientSubject = record.tls->peerSubject;
        out.tlsClientVerified = record.tls->peerVerified;
    }
    out.port = record.logicalPort;
    if (record.head.size > 0) out.head = headOf(record);
    addTrace(record, out);
    out.grpcStatus = record.grpcStatus;
    out.method = record.method.view();
    out.host = record.host.view();
    out.path = record.path.view();
    hideCredentials(record, out);
    if (record.failure.code != nullptr) out.errorSentence = failureSentence(record);
    if (record.listener != nullptr)
        out.listener = fmt::format("{}/{}", record.listener->gateway.display(), record.listener->name);
    if (record.candidate != nullptr) {
        const auto& rule = *record.candidate->rule;
        out.route = rule.route.display();
        out.rule = rule.displayName;
        out.llm = rule.llm;
        if (record.backend != nullptr && rule.backends.size() > 1) out.arm = record.backend->name;
        out.armChosen = record.extra && record.extra->armChosen;
        if (record.extra && record.extra->redrawn && !record.extra->tries.empty() && record.extra->tries.front().backend != nullptr)
            out.armFirst = record.extra->tries.front().backend->name;
        out.armKey = record.extra ? record.extra->armKey : 0;
    }
    if (record.picker) out.llm = record.llm != nullptr;
    if (record.backend != nullptr) out.backend = record.backend->name;
    if (record.endpoint != nullptr) {
        out.endpoint = record.endpoint->id;
        out.pod = record.pod != nullptr ? record.pod->name : record.endpoint->podName;
    }
    addCounted(record, out);
    if (record.llm) {
        out.api = record.llm->api;
        out.clientDialect = record.llm->clientDialect;
        out.providerDialect = record.llm->providerDialect;
        out.losses = record.llm->losses;
        out.streamFaults = record.llm->faults;
        out.guard = record.llm->guard;
        out.answerGuard = record.llm->answerGuard;
        out.capture = record.llm->capture;
    }
    out.requestBytes = record.requestBytes;
    out.responseBytes = record.responseBytes;
    if (record.at.answered >= 0 && record.at.sent >= 0) out.upstreamMicros = record.at.answered - record.at.sent;
    out.attempts = record.attempts > 0 ? record.attempts : 1;
    out.generation = record.snapshot ? record.snapshot->generation : 0;
    if (record.decision && record.backend != nullptr && record.backend->pool)
        out.pick = std::make_shared<const inference::PickRecord>(inference::describe(*record.decision, *record.backend->pool));
    out.phases = phases(record);
    addTlsStep(record, out.steps);
    addRouteSteps(record, out.steps);
    addAccessSteps(record, out.steps);
    addExtraSteps(record, out.steps);
    addLlmSteps(record, out.steps);
    addGuardSteps(record, out.steps);
    addBackendSteps(record, out.pick.get(), out.steps);
    if (record.picker) {
        addPickerSteps(record, out.pick.get(), out.steps);
        return out;
    }
    addProviderSteps(record, out.steps);
    addTrySteps(record, out.steps);
    addTunnelStep(record, out.steps);
    addAnswerStep(record, out.steps);
    return out;
}

}  // namespace gatehouse::gateway
