// The JSON of a request record: the access log's line and the admin endpoint's entry.
#include "llm/guard_chain.h"
#include "filter/client_access.h"
#include "llm/policy.h"
#include "telemetry/access_log.h"
#include "telemetry/request_record.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace gatehouse::telemetry {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN; an unknown value is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string_view name(route::StepOutcome outcome) {
    switch (outcome) {
        case route::StepOutcome::Chosen: return "chosen";
        case route::StepOutcome::Rejected: return "rejected";
        case route::StepOutcome::Applied: return "applied";
        case route::StepOutcome::Info: return "info";
        case route::StepOutcome::Failed: return "failed";
    }
    return "info";
}

std::string_view name(inference::PickMethod method) {
    switch (method) {
        case inference::PickMethod::Metrics: return "metrics";
        case inference::PickMethod::LeastRequest: return "least-request";
        case inference::PickMethod::Only: return "only";
        case inference::PickMethod::None: return "none";
        case inference::PickMethod::Cost: return "cost";
        case inference::PickMethod::OwnState: return "own-state";
        case inference::PickMethod::Profile: return "profile";
    }
    return "none";
}

Json pickJson(const inference::PickRecord& pick) {
    Json out;
    out["pool"] = pick.pool;
    out["method"] = name(pick.method);
    out["reason"] = pick.reason;
    out["chosen"] = pick.chosen;
    out["margin"] = number(pick.margin);
    out["tied"] = pick.tied;
    if (pick.pods > 0) out["pods"] = pick.pods;
    if (pick.promptTokens > 0) out["promptTokens"] = std::round(pick.promptTokens);
    if (pick.waitedSeconds > 0) out["waitedSeconds"] = pick.waitedSeconds;
    if (pick.priority != 0) out["priority"] = pick.priority;
    if (!pick.termNames.empty()) out["unit"] = pick.lowerIsBetter ? "seconds" : "score";
    for (const auto& [why, count] : pick.removed) out["removed"].push_back({{"reason", why}, {"pods", count}});
    auto& candidates = out["candidates"] = Json::array();
    for (const auto& candidate : pick.candidates) {
        Json entry;
        entry["pod"] = candidate.pod;
        entry["address"] = candidate.address;
        entry["waiting"] = number(candidate.waiting);
        entry["running"] = number(candidate.running);
        entry["kvUse"] = number(candidate.kvUse);
        entry["gpuMemoryPercent"] = number(candidate.gpuMemoryPercent);
        entry["inFlight"] = candidate.inFlight;
        entry["ageMillis"] = candidate.ageMillis < 0 ? Json(nullptr) : Json(candidate.ageMillis);
        if (candidate.estimated) entry["estimated"] = true;
        if (pick.termNames.empty()) {
            entry["queueScore"] = number(candidate.queueScore);
            entry["kvScore"] = number(candidate.kvScore);
            entry["loadScore"] = number(candidate.loadScore);
        } else {
            entry["reserved"] = candidate.reserved;
            entry["others"] = number(candidate.others);
            entry["cachedTokens"] = number(std::round(candidate.cachedTokens));
            for (std::size_t i = 0; i < candidate.terms.size(); ++i) entry["terms"][pick.termNames[i]] = number(candidate.terms[i]);
        }
        entry["total"] = number(candidate.total);
        if (!candidate.excluded.empty()) entry["excluded"] = candidate.excluded;
        candidates.push_back(std::move(entry));
    }
    return out;
}

Json stepsJson(const std::vector<route::Step>& steps) {
    auto out = Json::array();
    for (const auto& step : steps) {
        Json entry;
        entry["stage"] = step.stage;
        entry["outcome"] = name(step.outcome);
        entry["subject"] = step.subject;
        entry["detail"] = step.detail;
        if (!step.origin.kind.empty()) entry["origin"] = step.origin.display();
        out.push_back(std::move(entry));
    }
    return out;
}

Json guardJson(const llm::GuardVerdict& guard) {
    Json out;
    out["rejected"] = guard.rejected;
    out["masked"] = guard.masked;
    auto& hits = out["hits"] = Json::array();
    for (const auto& hit : guard.hits)
        hits.push_back({{"rule", hit.rule}, {"message", hit.messageIndex}, {"scope", llm::scopeName(hit.scope)}, {"length", hit.end - hit.begin}});
    return out;
}

/// Which guard, which text, where, what came of it. What was found is never said, only where.
Json findingsJson(const llm::GuardReport& report) {
    auto out = Json::array();
    for (const auto& finding : report.findings) {
        Json item{{"guard", finding.guard}, {"kind", llm::guardKindName(finding.kind)}, {"direction", finding.answer ? "response" : "request"},
                  {"outcome", llm::guardOutcomeName(finding.outcome)}};
        if (finding.texts > 0) item["texts"] = finding.texts;
        if (finding.bytes > 0) item["bytes"] = finding.bytes;
        if (finding.unscanned > 0) item["unscannedBytes"] = finding.unscanned;
        if (!finding.service.empty()) {
            item["service"] = finding.service;
            item["calls"] = finding.calls;
            item["micros"] = finding.micros;
        }
        if (!finding.detail.empty()) item["detail"] = finding.detail;
        auto& hits = item["hits"] = Json::array();
        for (const auto& hit : finding.hits)
            hits.push_back({{"rule", hit.rule}, {"message", hit.messageIndex}, {"scope", llm::scopeName(hit.scope)},
                            {"begin", hit.begin}, {"end", hit.end}});
        out.push_back(std::move(item));
    }
    return out;
}

Json headJson(const RecordedHead& head) {
    Json out;
    out["target"] = head.target();
    auto& headers = out["headers"] = Json::array();
    for (const auto& [name, value] : head.fields()) headers.push_back({{"name", name}, {"value", value}});
    if (head.cut) out["cut"] = true;
    return out;
}

Json receiptJson(const llm::Receipt& receipt) {
    Json out;
    if (receipt.priced()) {
        out["amount"] = llm::amountText(receipt.nano);
        out["nano"] = receipt.nano;
        out["currency"] = receipt.book->currency;
        out["book"] = receipt.book->name;
        out["version"] = receipt.book->version;
        out["model"] = receipt.model;
        out["entry"] = receipt.entry->provider + ' ' + receipt.entry->model;
        if (!receipt.serviceTier.empty()) out["serviceTier"] = receipt.serviceTier;
        if (receipt.aboveInputTokens > 0) out["aboveInputTokens"] = receipt.aboveInputTokens;
        auto& lines = out["lines"] = Json::array();
        for (const auto& line : receipt.lines)
            lines.push_back({{"bucket", llm::bucketName(line.bucket)}, {"tokens", line.tokens}, {"perMillion", llm::rateText(line.rate)},
                             {"amount", llm::amountText(line.nano)}, {"nano", line.nano}});
    } else {
        out["unpriced"] = receipt.unpriced;
    }
    if (receipt.partial) out["partial"] = true;
    if (receipt.estimated) out["estimated"] = true;
    return out;
}

/// Who called: names and sums, nothing that lets anybody in.
Json callerJson(const filter::Caller& caller) {
    Json out;
    const auto put = [&](const char* name, std::string_view value) {
        if (!value.empty()) out[name] = value;
    };
    put("name", caller.name());
    put("by", caller.how());
    put("from", caller.from());
    if (caller.code != nullptr) put("refused", caller.reason);
    put("limit", caller.limit);
    if (caller.charged) {
        out["chargedTokens"] = caller.chargedTokens;
        if (!caller.currency.empty()) out["charged"] = {{"currency", caller.currency}, {"amount", llm::amountText(caller.chargedNano)}, {"nano", caller.chargedNano}};
        out["tokensToday"] = caller.today.tokens;
        for (const auto& [currency, nano] : caller.today.money) out["amountsToday"].push_back({{"currency", currency}, {"amount", llm::amountText(nano)}, {"nano", nano}});
    }
    return out;
}

void addText(Json& out, const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
}

Json baseJson(const RequestRecord& record) {
    Json out;
    out["time"] = base::formatRfc3339(record.startedAt);
    out["sequence"] = record.sequence;
    out["requestId"] = record.requestId;
    addText(out, "traceId", record.traceId);
    addText(out, "spanId", record.spanId);
    out["client"] = record.client;
    addText(out, "protocol", record.protocol);
    if (!record.tlsVersion.empty()) {
        auto& tls = out["tls"];
        tls["version"] = record.tlsVersion;
        addText(tls, "sni", record.tlsSni);
        addText(tls, "alpn", record.tlsAlpn);
        if (!record.tlsClientSubject.empty()) {
            tls["clientSubject"] = record.tlsClientSubject;
            tls["clientVerified"] = record.tlsClientVerified;
        }
    }
    if (record.port > 0) out["port"] = record.port;
    out["method"] = record.method;
    out["host"] = record.host;
    out["path"] = record.path;
    out["status"] = record.status;
    if (record.grpcStatus >= 0) out["grpcStatus"] = record.grpcStatus;
    addText(out, "error", record.error);
    addText(out, "errorSentence", record.errorSentence);
    if (record.caller)
        if (auto caller = callerJson(*record.caller); !caller.is_null()) out["caller"] = std::move(caller);
    addText(out, "listener", record.listener);
    addText(out, "route", record.route);
    addText(out, "rule", record.rule);
    addText(out, "backend", record.backend);
    addText(out, "arm", record.arm);
    if (record.armChosen) out["armChosen"] = true;
    addText(out, "armFirst", record.armFirst);
    if (record.armKey != 0) out["armSticky"] = true;
    addText(out, "endpoint", record.endpoint);
    addText(out, "upstreamProtocol", record.upstreamProtocol);
    addText(out, "pod", record.pod);
    out["requestBytes"] = record.requestBytes;
    out["responseBytes"] = record.responseBytes;
    out["totalMicros"] = record.totalMicros;
    if (record.firstByteMicros >= 0) out["firstByteMicros"] = record.firstByteMicros;
    out["upstreamMicros"] = record.upstreamMicros;
    out["attempts"] = record.attempts;
    out["generation"] = record.generation;
    if (record.llm) {
        auto& llm = out["llm"];
        llm["model"] = record.model;
        llm["streamed"] = record.streamed;
        const auto put = [&](const char* name, const std::string& value) {
            if (!value.empty()) llm[name] = value;
        };
        put("api", record.api);
        put("provider", record.provider);
        put("clientDialect", record.clientDialect);
        put("providerDialect", record.providerDialect);
        put("answeredModel", record.answer.model);
        for (const auto& reason : record.answer.finishReasons) llm["finishReasons"].push_back(reason);
        for (const auto& loss : record.losses)
            llm["losses"].push_back({{"kind", llm::lossWord(loss.kind)}, {"path", loss.path}, {"reason", loss.reason}});
        for (const auto& fault : record.streamFaults) llm["streamFaults"].push_back(fault);
        if (record.usage.known) {
            llm["inputTokens"] = record.usage.inputTokens;
            llm["outputTokens"] = record.usage.outputTokens;
            llm["cachedTokens"] = record.usage.cachedTokens;
            const auto some = [&](const char* name, std::uint64_t count) {
                if (count > 0) llm[name] = count;
            };
            some("cacheWriteTokens", record.usage.cacheWriteTokens);
            some("cacheWriteHourTokens", record.usage.cacheWriteHourTokens);
            some("reasoningTokens", record.usage.reasoningTokens);
            some("audioInputTokens", record.usage.audioInputTokens);
            some("audioOutputTokens", record.usage.audioOutputTokens);
        }
        put("serviceTier", record.answer.serviceTier);
        if (record.receipt) llm["receipt"] = receiptJson(*record.receipt);
        if (record.guard.rejected || record.guard.masked || !record.guard.hits.empty()) llm["guard"] = guardJson(record.guard);
        if (record.answerGuard.masked || !record.answerGuard.hits.empty()) llm["answerGuard"] = guardJson(record.answerGuard);
        if (record.guardReport) llm["guards"] = findingsJson(*record.guardReport);
    }
    return out;
}

/// A client's bytes need not be UTF-8; what is not becomes U+FFFD rather than an exception.
std::string write(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string toJson(const RequestRecord& record) {
    auto out = baseJson(record);
    if (!record.phases.empty()) {
        auto& phases = out["phases"] = Json::array();
        for (const auto& phase : record.phases)
            phases.push_back({{"name", phase.name}, {"startMicros", phase.startMicros},
                              {"durationMicros", phase.durationMicros}, {"upstream", phase.upstream}});
    }
    if (record.head) out["head"] = headJson(*record.head);
    if (!record.steps.empty()) out["steps"] = stepsJson(record.steps);
    if (record.pick) out["pick"] = pickJson(*record.pick);
    if (record.capture) out["captured"] = true;
    return write(out);
}

std::string accessLine(const RequestRecord& record) {
    auto out = baseJson(record);
    if (record.pick) out["pick"] = {{"method", name(record.pick->method)}, {"reason", record.pick->reason}};
    return write(out);
}

}  // namespace gatehouse::telemetry
