// Models by the name in the request, and what policies do to the fields of its body.
#include "base/ids.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "llm/body_rewrites.h"
#include "llm/count_request.h"
#include "route/model_table.h"
#include "route/rewrite_steps.h"

namespace gatehouse::gateway {
namespace {

double uniform() { return static_cast<double>(base::randomBits() >> 11) * 0x1.0p-53; }

/// The constant that the record keeps.
const char* sentenceOf(int status) {
    switch (status) {
        case 403: return "The model may not be asked for by this client.";
        case 404: return "No model of that name is served here.";
        default: return "The request names no model that can be asked for.";
    }
}

}  // namespace

const route::ModelTable* Exchange::modelTable() const {
    const auto* table = record_.listener != nullptr ? record_.listener->models.get() : nullptr;
    return table != nullptr && table->isEntry(record_.candidate) ? table : nullptr;
}

void Exchange::noteRewrites(const std::vector<llm::Rewritten>& rewritten) {
    if (rewritten.empty()) return;
    if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
    for (const auto& done : rewritten) record_.llm->rewriteSteps.push_back(route::stepOf(done, rule()));
}

bool Exchange::chooseModelRoute() {
    const auto* table = modelTable();
    if (table == nullptr) return true;
    auto& call = llm_->call;
    auto model = bodyBuffered_ ? llm::requestedModel(body_, call) : Result<std::string>(call.facts.model);
    if (!model) return refuseBody(model.error());
    const llm::ExpressionFacts facts{request_, record_.caller.get(), downstream_.client().address(), *model, call.facts.stream};
    const llm::ExpressionNames names(facts, bodyBuffered_ ? body_.view() : std::string_view{});
    auto choice = table->choose(*model, names, uniform());
    if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
    record_.llm->info.model = *model;
    record_.llm->rewriteSteps = std::move(choice.steps);
    if (choice.candidate == nullptr) {
        record_.detail = std::make_unique<std::string>(std::move(choice.sentence));
        return failWith(choice.status, choice.code, sentenceOf(choice.status));
    }
    record_.candidate = choice.candidate;
    if (!rule().broken.empty()) {
        record_.detail = std::make_unique<std::string>(rule().broken);
        return failWith(500, "rule-broken", "The rule is broken.");
    }
    if (choice.asked.empty()) return true;
    if (auto renamed = llm::renameModel(body_, call, choice.asked); !renamed) return refuseBody(renamed.error());
    return true;
}

bool Exchange::rewriteBody() {
    const auto* policy = rule().llmPolicy.get();
    if (policy != nullptr && bodyBuffered_)
        if (auto opened = llm::openEnvelope(llm_->call, body_); !opened) return refuseBody(opened.error());
    if (policy == nullptr || !policy->rewrites || !policy->rewrites->changesClientBody() || !bodyBuffered_) return true;
    auto& call = llm_->call;
    const auto model = llm::requestedModel(body_, call);
    if (!model) return refuseBody(model.error());
    const llm::ExpressionFacts facts{request_, record_.caller.get(), downstream_.client().address(), *model, call.facts.stream};
    auto done = policy->rewrites->before(body_, call, facts);
    if (!done) return refuseBody(done.error());
    noteRewrites(*done);
    return true;
}

/// What holds for this provider alone. What it makes of the model does not hold for the one that is asked after it.
bool Exchange::rewriteForProvider(const llm::Provider& provider) {
    auto& llm = *llm_;
    if (llm.pathModel) {
        llm.call.facts.model = *llm.pathModel;
        llm.pathModel.reset();
        llm.asked.reset();
    }
    if (!provider.policy) return true;
    llm.pathModel = llm.call.facts.model;
    llm.asked.reset();
    const auto model = llm::requestedModel(body_, llm.call);
    if (!model) return refuseBody(model.error());
    const llm::ExpressionFacts facts{request_, record_.caller.get(), downstream_.client().address(), *model, llm.call.facts.stream, provider.name};
    std::vector<llm::Rewritten> done;
    if (auto applied = llm::applyProviderPolicy(body_, llm.call, *provider.policy, facts, done); !applied) return refuseBody(applied.error());
    noteRewrites(done);
    return true;
}

/// The last changes, of the body as the provider gets it.
bool Exchange::finishProviderBody(const llm::Provider& provider) {
    auto& llm = *llm_;
    if (llm.request.choice.provider == nullptr) return true;
    const auto client = llm.asked ? std::string_view(llm.asked->model) : std::string_view{};
    const llm::ExpressionFacts facts{request_, record_.caller.get(), downstream_.client().address(), client, llm.request.facts.stream, provider.name};
    for (const auto* policy : {rule().llmPolicy.get(), provider.policy.get()}) {
        if (policy == nullptr || !policy->rewrites || !policy->rewrites->changesProviderBody()) continue;
        auto done = policy->rewrites->after(body_, llm::nameOf(*llm.request.choice.provider), llm.request.facts.model, facts);
        if (!done) return refuseBody(done.error());
        noteRewrites(*done);
    }
    return true;
}

}  // namespace gatehouse::gateway
