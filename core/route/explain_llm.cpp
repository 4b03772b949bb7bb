// Explain: what guards, enrichment and providers make of a request to a model.
#include "http/fields.h"
#include "llm/count_request.h"
#include "llm/credentials.h"
#include "llm/policy.h"
#include "route/explainer.h"
#include "upstream/outlier.h"

#include <fmt/format.h>

namespace gatehouse::route {
namespace {

bool isJson(const http::RequestHead& request) {
    const auto type = request.headers.get("content-type");
    if (!type || type->empty()) return true;
    auto bare = type->substr(0, type->find(';'));
    while (!bare.empty() && bare.back() == ' ') bare.remove_suffix(1);
    return http::equalsIgnoreCase(bare, "application/json");
}

}  // namespace

/// Guard, enrichment, provider and translation of an LLM request, by the code that serves them. False: answered.
bool Explainer::prepareBody(const Backend* backend) {
    out_.forwardedBody = asked_.body;
    if (!rule().llm) return true;
    auto call = call_.api == llm::ClientApi::None && !call_.passthrough
                    ? llm::clientCallOf(head_.method, head_.path, head_.hasQuery ? head_.query : std::string_view{})
                    : call_;
    const auto* policy = rule().llmPolicy.get();
    if (!admitsModel(call)) return false;
    const auto* provider = chooseProvider(backend);
    const bool readable = head_.method == "POST" && !call.passthrough && (call.dialect != nullptr || isJson(head_));
    if (!readable) {
        if (provider == nullptr) return true;
        if (auto made = llm::makeUnreadRequest(*provider, call); made) aim(*provider, call, *made);
        else answer(404, made.error().message);
        return out_.status == 0;
    }
    tellCall(call);
    if (asked_.body.empty()) {
        step("guard", StepOutcome::Info, "chat body",
             asked_.recorded ? "the body is not kept, so guards and enrichment were not tried"
                             : "no body was given, so guards and enrichment were not tried");
        return provider == nullptr || aimWithoutBody(*provider, call);
    }
    base::Buffer body(asked_.body);
    std::optional<llm::ChatRequestInfo> asked;
    if (policy != nullptr)
        if (auto opened = llm::openEnvelope(call, body); !opened) {
            answer(400, opened.error().message);
            return false;
        }
    if (!rewriteBody(body, call)) return false;
    if (policy != nullptr) {
        if (policy->guards && !runChain(*policy->guards, body)) return false;
        const auto prepared = llm::applyPolicy(body, llm::policyDialect(call), *policy);
        if (!prepared) {
            answer(400, prepared.error().message);
            return false;
        }
        if (prepared->defaults > 0)
            step("defaults", StepOutcome::Applied, "body fields",
                 fmt::format("{} field{} filled in", prepared->defaults, prepared->defaults == 1 ? "" : "s"));
        tellChat({prepared->info, prepared->guard, prepared->enriched, false}, policy);
        if (prepared->guard.rejected) {
            answer(policy->rejectStatus, policy->rejectMessage);
            return false;
        }
        asked = prepared->info;
        if (policy->guards) tellAnswerChain(*policy->guards);
        if (policy->responseGuard)
            step("guard", StepOutcome::Info, "answer guard", "the answer is not known here; what its guard finds will be masked, in streams too");
    }
    tellCache();
    const auto& server = provider != nullptr ? *provider : llm::inHouseServer();
    if (!rewriteForPool(backend, body, call, asked)) return false;
    if (provider == nullptr && (backend == nullptr || call.api == llm::ClientApi::None || llm::chooseApi(server, call, {}).client == nullptr)) {
        out_.forwardedBody = body.view();
        head_.headers.remove("accept-encoding");
        return true;
    }
    if (!rewriteForProvider(server, body, call, asked)) return false;
    auto made = llm::makeProviderRequest(server, call, asked, body);
    if (made && provider == nullptr && !made->choice.translates()) made->path.clear();
    if (!made) {
        answer(made.error().code == "no-api" ? 404 : made.error().code == "unsupported" ? 501 : 400, made.error().message);
        return false;
    }
    if (policy == nullptr) tellChat({*asked, {}, false, false}, nullptr);
    if (!finishProviderBody(server, body, call, *made, asked->model)) return false;
    out_.forwardedBody = body.view();
    aim(server, call, *made);
    return true;
}

/// The provider that is asked first. Null: a model server of ours, which is sent the request as it is where it has its API.
const llm::Provider* Explainer::chooseProvider(const Backend* backend) {
    if (backend == nullptr) return nullptr;
    if (!backend->targets) return backend->provider.get();
    const auto now = base::MonoClock::now();
    const LlmTarget* first = nullptr;
    for (const auto& target : *backend->targets) {
        const auto& endpoint = *target.cluster->endpoints.front();
        const auto& keys = target.provider->credentials;
        const bool keyless = keys && !keys->usable(now, std::chrono::system_clock::now());
        const bool out = keyless || upstream::isEjected(endpoint, now);
        if (!out && first == nullptr) first = &target;
        step("provider", out ? StepOutcome::Rejected : first == &target ? StepOutcome::Chosen : StepOutcome::Info, target.provider->name,
             keyless            ? fmt::format("group {}, none of its keys can be shown now", target.group + 1)
             : out              ? fmt::format("group {}, cooling down after a failure", target.group + 1)
             : first == &target ? fmt::format("group {}, asked first", target.group + 1)
             : target.group == first->group ? fmt::format("group {}, takes turns with {}", target.group + 1, first->provider->name)
                                            : fmt::format("group {}, asked when those before it fail", target.group + 1));
    }
    if (first == nullptr) first = &backend->targets->front();
    target_ = first;
    return first->provider.get();
}

void Explainer::tellCall(const llm::ClientCall& call) {
    if (call.api == llm::ClientApi::None) return;
    step("match", StepOutcome::Info, "client API",
         fmt::format("{}{}", llm::apiName(call.api), call.dialect != nullptr ? fmt::format(", {}", llm::nameOf(*call.dialect)) : ""));
}

bool Explainer::aimWithoutBody(const llm::Provider& provider, const llm::ClientCall& call) {
    base::Buffer none;
    llm::ProviderRequest request;
    request.choice = llm::chooseApi(provider, call, call.facts.model);
    if (request.choice.api == nullptr) {
        answer(404, fmt::format("{} has no API for {}.", llm::kindOf(provider).title, llm::apiName(call.api)));
        return false;
    }
    auto parts = provider.parts;
    parts.model = provider.modelOverride.empty() ? call.facts.model : provider.modelOverride;
    const auto target = provider.path.empty() ? llm::pathOf(llm::kindOf(provider), *request.choice.api, parts, call.facts.stream) : provider.path;
    request.path = target.substr(0, target.find('?'));
    if (const auto question = target.find('?'); question != std::string::npos) request.query = target.substr(question + 1);
    aim(provider, call, request);
    return true;
}

void Explainer::aim(const llm::Provider& provider, const llm::ClientCall& call, const llm::ProviderRequest& request) {
    llm::writeProviderHead(provider, call, request, head_, true);
    const auto* side = llm::sideHostOf(provider, request.choice.api);
    side_ = side != nullptr ? side->cluster.get() : nullptr;
    head_.authority = head_.headers.get("host").value_or(head_.authority);
    const auto& choice = request.choice;
    const auto model = request.facts.model.empty() ? std::string() : fmt::format(", model {}", request.facts.model);
    step("provider", StepOutcome::Chosen, provider.name,
         fmt::format("{}{}{}, {}", llm::kindOf(provider).title,
                     choice.provider != nullptr ? fmt::format(", {}", llm::nameOf(*choice.provider)) : "", model, head_.path));
    tellKeys(provider);
    if (choice.translates())
        step("translate", StepOutcome::Applied, fmt::format("{} to {}", llm::nameOf(*choice.client), llm::nameOf(*choice.provider)),
             request.losses.empty() ? "nothing of the request is lost" : fmt::format("{} fields do not pass as they are", request.losses.size()));
    for (const auto& loss : request.losses)
        step("translate", StepOutcome::Info, fmt::format("{} {}", llm::lossWord(loss.kind), loss.path), loss.reason);
}

/// Which key would be shown, by name.
void Explainer::tellKeys(const llm::Provider& provider) {
    if (!provider.credentials) return;
    bool chosen = false;
    for (const auto& key : provider.credentials->sample(base::MonoClock::now(), std::chrono::system_clock::now())) {
        const bool ready = key.state == "ready";
        if (ready && !chosen) step("credential", StepOutcome::Chosen, key.name, provider.credentials->size() == 1 ? "shown to the provider" : "shown to the provider, in turn");
        else if (ready) step("credential", StepOutcome::Info, key.name, "takes turns");
        else if (key.outMillis > 0) step("credential", StepOutcome::Rejected, key.name, fmt::format("cooling down for {} s more: {}", (key.outMillis + 999) / 1000, key.reason));
        else if (key.reason.empty()) step("credential", StepOutcome::Info, key.name, "its token is fetched when the gateway runs");
        else step("credential", StepOutcome::Rejected, key.name, fmt::format("without a token: {}", key.reason));
        chosen = chosen || ready;
    }
}

void Explainer::tellChat(const llm::PreparedChat& chat, const llm::LlmPolicy* policy) {
    if (policy && policy->requestGuard) {
        std::string hits;
        for (const auto& hit : chat.guard.hits)
            hits += fmt::format("{}{} in message {}", hits.empty() ? "" : ", ", hit.rule, hit.messageIndex + 1);
        const auto outcome = chat.guard.rejected      ? StepOutcome::Rejected
                             : chat.guard.hits.empty() ? StepOutcome::Info
                                                       : StepOutcome::Applied;
        step("guard", outcome, "prompt guard",
             hits.empty() ? "no pattern hit" : fmt::format("{}: {}", hits, chat.guard.rejected ? "refused" : "masked"));
    }
    if (chat.enriched && policy)
        step("enrich", StepOutcome::Applied, "prompt enrichment",
             fmt::format("{} prepended, {} appended", policy->enrichment.prepend.size(), policy->enrichment.append.size()));
    step("match", StepOutcome::Info, "chat request",
         fmt::format("model {}, {} messages{}", chat.info.model.empty() ? "not named" : chat.info.model, chat.info.messages,
                     chat.info.stream ? ", streamed" : ""));
}

}  // namespace gatehouse::route
