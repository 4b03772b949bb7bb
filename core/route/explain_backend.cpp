// Explain: the draw of a backend, the choice of an endpoint, and the request as it would be sent there.
#include "http/fields.h"
#include "inference/prompt.h"
#include "route/backend_filters.h"
#include "route/explain_endpoint.h"
#include "route/explainer.h"
#include "route/sticky_split.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {

void Explainer::forward() {
    tellRetry();
    tellArms();
    const auto* backend = draw();
    if (out_.status != 0) return;
    if (backend && backend->kind == BackendKind::Invalid) {
        answer(backend->invalidStatus, backend->invalidReason);
        return;
    }
    tellBackendPolicies(backend);
    tellBackendFilters(backend);
    if (!prepareBody(backend)) return;
    if (backend) {
        filter::apply(backend->requestHeaders, head_.headers);
        if (target_ != nullptr) {
            filter::apply(target_->requestHeaders, head_.headers);
            addTargetFilterSteps(rule(), *target_, out_.steps);
        }
        if (!chooseEndpoint(*backend)) return;
    }
    tellForwarded();
}

void Explainer::tellRetry() {
    if (!rule().retry) return;
    const auto& plan = *rule().retry;
    const auto codes = plan.codes.empty() ? std::string("connection errors")
                                          : fmt::format("{} and connection errors", fmt::join(plan.codes, ", "));
    const auto wait = plan.backoff ? fmt::format("at least {} ms before each", plan.backoff->count())
                                   : std::string("25 ms before the first");
    step("retry", StepOutcome::Info, "retry",
         fmt::format("up to {} further tr{} after {}, {}{}", plan.attempts, plan.attempts == 1 ? "y" : "ies", codes, wait,
                     rule().backends.size() > 1 ? "; each at another backend by weight, as long as there is one untried" : ""));
}

void Explainer::tellTimeouts() {
    const auto tell = [&](const char* name, const std::optional<std::chrono::milliseconds>& limit) {
        if (!limit) return;
        step("timeout", StepOutcome::Info, name,
             limit->count() == 0 ? std::string("switched off") : fmt::format("{} ms, then 504", limit->count()));
    };
    tell("request", rule().requestTimeout);
    tell("backendRequest", rule().backendTimeout);
}

void Explainer::tellArms() {
    for (const auto& backend : rule().backends) {
        const double share = rule().totalWeight == 0
                                 ? 0
                                 : static_cast<double>(backend.weight) / static_cast<double>(rule().totalWeight);
        out_.arms.push_back({backend.name, share, noteOf(backend)});
    }
}

std::string Explainer::noteOf(const Backend& backend) {
    if (backend.kind == BackendKind::Invalid) return fmt::format("{}: {}", backend.invalidStatus, backend.invalidReason);
    if (backend.weight == 0) return "weight 0: never drawn";
    if (backend.pool) return backend.pool->pods().empty() ? "503: the pool has no pod" : "";
    return backend.cluster->endpoints.empty() ? "503: no ready endpoint" : "";
}

/// Null where the answer is already known, or where several arms are open because no draw was asked for.
const Backend* Explainer::draw() {
    const auto& backends = rule().backends;
    session_ = readSession(rule(), head_.headers, base::MonoClock::now());
    if (rule().sessions) {
        const auto& settings = rule().sessions->settings;
        step("session", session_.backend ? StepOutcome::Chosen : StepOutcome::Info,
             fmt::format("{} {}", settings.byHeader ? "header" : "cookie", settings.name), sessionText(session_.state));
    }
    if (session_.backend) {
        out_.backend = session_.backend->name;
        out_.steps.push_back({"backend", StepOutcome::Chosen, session_.backend->name, "the session's backend",
                              session_.backend->object, {}});
        return session_.backend;
    }
    if (rule().totalWeight == 0) {
        const int status = statusWithoutBackend(rule());
        answer(status, backends.empty() ? "The rule has no backend." : "Every backend of the rule has weight zero.");
        return nullptr;
    }
    std::size_t open = 0;
    for (const auto& backend : backends) open += backend.weight > 0 ? 1 : 0;
    const auto key = open > 1 && rule().stickySplit && !asked_.draw
                         ? stickyKey(*rule().stickySplit, head_.headers, callerKnown_ ? caller_.name() : std::string_view())
                         : 0;
    if (open > 1 && rule().stickySplit)
        step("split", StepOutcome::Info, rule().stickySplit->text(),
             key != 0       ? "the key keeps its backend while the weights stay"
             : asked_.draw ? "set aside: a draw was asked for"
                           : "the request carries no key, so it is drawn by itself");
    if (open > 1 && !asked_.draw && key == 0) {
        step("backend", StepOutcome::Info, fmt::format("{} backends", open),
             "drawn by weight for each request; ask with a draw between 0 and 1 for one of them");
        return nullptr;
    }
    if (key != 0) {
        const auto place = stickyPlace(key, rule().totalWeight);
        const auto* kept = drawBackend(rule(), place);
        const auto how = stickyReason(*rule().stickySplit, kept->weight, rule().totalWeight, place);
        const bool broken = kept->kind == BackendKind::Invalid;
        out_.backend = kept->name;
        out_.steps.push_back({"backend", broken ? StepOutcome::Failed : StepOutcome::Chosen, kept->name,
                              broken ? fmt::format("{}; {}", how, kept->invalidReason) : how, kept->object, {}});
        return kept;
    }
    const double at = std::clamp(asked_.draw.value_or(0), 0.0, 1.0);
    const auto total = rule().totalWeight;
    const auto ticket = std::min(static_cast<std::uint64_t>(at * static_cast<double>(total)), total - 1);
    const auto* backend = drawBackend(rule(), ticket);
    out_.backend = backend->name;
    const bool invalid = backend->kind == BackendKind::Invalid;
    const auto how = open == 1 ? std::string("the only backend that takes requests")
                               : fmt::format("weight {} of {}, drew {}", backend->weight, total, ticket);
    out_.steps.push_back({"backend", invalid ? StepOutcome::Failed : StepOutcome::Chosen, backend->name,
                          invalid ? fmt::format("{}; {}", how, backend->invalidReason) : how, backend->object, {}});
    return backend;
}

/// Of the backend that was drawn, or of all that may be.
void Explainer::tellBackendPolicies(const Backend* drawn) {
    std::vector<const void*> told;  // Two references may lead to one backend.
    for (const auto& backend : rule().backends) {
        if (!backend.provenance || (drawn != nullptr && drawn != &backend)) continue;
        if (std::find(told.begin(), told.end(), backend.provenance.get()) != told.end()) continue;
        told.push_back(backend.provenance.get());
        tellPolicies(*backend.provenance);
    }
}

/// Of the backend that was drawn, or of all that may be.
void Explainer::tellBackendFilters(const Backend* drawn) {
    for (const auto& backend : rule().backends)
        if ((drawn == nullptr || drawn == &backend) && backend.weight > 0) addBackendFilterSteps(rule(), backend, out_.steps);
}

bool Explainer::chooseEndpoint(const Backend& backend) {
    const auto now = base::MonoClock::now();
    if (session_.endpoint) {
        out_.endpoint = session_.endpoint->id;
        step("endpoint", StepOutcome::Chosen, session_.endpoint->id, "the session's endpoint");
    } else if (backend.pool) {
        inference::Prompt prompt;
        if (!out_.forwardedBody.empty()) inference::readPrompt(base::Buffer(out_.forwardedBody), prompt);
        inference::PickRecord record;
        const auto picked = backend.pool->preview({.now = now, .prompt = &prompt}, record);
        out_.pick = record;
        out_.steps.push_back({"pick", picked ? StepOutcome::Chosen : StepOutcome::Failed,
                              picked ? picked->name : record.pool, record.reason, backend.object, {}});
        tellEngines(*backend.pool);
        if (!picked && backend.failOpen && !backend.pool->pods().empty()) {
            step("pick", StepOutcome::Info, record.pool, "the pool fails open: any pod of it would be tried");
            return true;
        }
        if (!picked) {
            answer(503, record.reason);
            return false;
        }
        out_.endpoint = picked->endpoint->id;
    } else {
        const auto& cluster = side_ != nullptr ? *side_ : target_ != nullptr ? *target_->cluster : *backend.cluster;
        const auto choice = route::chooseEndpoint(cluster, backend.object, now, out_.steps);
        if (choice.endpoint == nullptr) {
            answer(503, choice.sentence);
            return false;
        }
        out_.endpoint = choice.endpoint->id;
        out_.endpointsInTurn = choice.among;
        out_.steps.push_back({"endpoint", StepOutcome::Chosen, choice.endpoint->id, choice.sentence, backend.object, {}});
        if (const auto& transport = cluster.transport; transport && !transport->broken.empty()) {
            answer(503, transport->broken);
            return false;
        }
    }
    return true;
}

void Explainer::tellForwarded() {
    if (out_.tunnel) return;
    out_.forwardedMethod = head_.method;
    out_.forwardedHost = head_.headers.get("host").value_or(head_.authority);
    out_.forwardedPath = head_.method == "CONNECT" ? std::string(out_.forwardedHost) : head_.hasQuery ? fmt::format("{}?{}", head_.path, head_.query) : std::string(head_.path);
    for (const auto& field : head_.headers.fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength) continue;
        out_.forwardedHeaders.emplace_back(field.name, field.value);
    }
}

}  // namespace gatehouse::route
