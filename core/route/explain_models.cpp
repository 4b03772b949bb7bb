// Explain: models by the name in the request, and what policies do to the fields of its body, by the code that serves them.
#include "route/explainer.h"
#include "route/model_table.h"
#include "route/rewrite_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {

/// The rule that serves the model, in place of the listener's table. False: answered, or it cannot be told.
bool Explainer::chooseModel() {
    const auto* table = match_.listener != nullptr ? match_.listener->models.get() : nullptr;
    if (table == nullptr || !table->isEntry(match_.candidate)) return true;
    if (call_.api == llm::ClientApi::Models) {
        const bool known = call_.rest.empty() || table->knows(call_.rest);
        answer(known ? 200 : 404, known ? "The models are listed from the configuration." : "There is no model of that name here.");
        return false;
    }
    const base::Buffer body(asked_.body);
    if (body.empty() && call_.facts.model.empty() && asked_.recorded) {
        step("model", StepOutcome::Info, "model", "the body is not kept, so the model is not known");
        return false;
    }
    const auto model = body.empty() ? Result<std::string>(call_.facts.model) : llm::requestedModel(body, call_);
    if (!model) {
        answer(400, model.error().message);
        return false;
    }
    const llm::ExpressionFacts facts{head_, &caller_, clientAddress(), *model, call_.facts.stream};
    auto choice = table->choose(*model, llm::ExpressionNames(facts, body.view()), drawnOf(*table, *model));
    for (auto& step : choice.steps) out_.steps.push_back(std::move(step));
    if (choice.candidate == nullptr) {
        answer(choice.status, choice.sentence);
        return false;
    }
    match_.candidate = choice.candidate;
    askedModel_ = choice.asked;
    out_.route = rule().route.display();
    out_.rule = rule().displayName;
    tellPolicies(rule().provenance);
    if (rule().broken.empty()) return true;
    answer(500, rule().broken);
    return false;
}

/// Without a draw the likeliest target is shown.
double Explainer::drawnOf(const ModelTable& table, std::string_view model) {
    if (asked_.draw) return std::min(*asked_.draw, 0.999999999);
    for (const auto& known : table.virtualModels()) {
        if (known.name != model || known.kind != ModelTable::VirtualModel::Kind::Weighted || known.totalWeight == 0 || known.targets.size() < 2) continue;
        std::uint64_t before = 0, start = 0;
        std::uint32_t most = 0;
        for (const auto& target : known.targets) {
            if (target.weight > most) {
                most = target.weight;
                start = before;
            }
            before += target.weight;
        }
        step("model", StepOutcome::Info, fmt::format("virtual {}", known.name), "drawn anew for each request; shown is the likeliest of its models");
        return (static_cast<double>(start) + 0.5) / static_cast<double>(known.totalWeight);
    }
    return 0;
}

bool Explainer::tellRewrites(const Result<std::vector<llm::Rewritten>>& done) {
    if (!done) {
        answer(400, done.error().message);
        return false;
    }
    for (const auto& each : *done) out_.steps.push_back(stepOf(each, rule()));
    return true;
}

llm::ExpressionFacts Explainer::expressionFacts(std::string_view model, const llm::ClientCall& call, std::string_view provider) const {
    return {head_, &caller_, clientAddress(), model, call.facts.stream, provider};
}

bool Explainer::rewriteBody(base::Buffer& body, llm::ClientCall& call) {
    if (!askedModel_.empty())
        if (auto renamed = llm::renameModel(body, call, askedModel_); !renamed) return tellRewrites(tl::unexpected(renamed.error()));
    const auto* policy = rule().llmPolicy.get();
    if (policy == nullptr || !policy->rewrites || !policy->rewrites->changesClientBody()) return true;
    const auto model = llm::requestedModel(body, call);
    if (!model) return tellRewrites(tl::unexpected(model.error()));
    const auto facts = expressionFacts(*model, call, {});
    return tellRewrites(policy->rewrites->before(body, call, facts));
}

bool Explainer::rewriteForProvider(const llm::Provider& provider, base::Buffer& body, llm::ClientCall& call, std::optional<llm::ChatRequestInfo>& asked) {
    if (!provider.policy) return true;
    const auto model = llm::requestedModel(body, call);
    if (!model) return tellRewrites(tl::unexpected(model.error()));
    asked.reset();
    const auto facts = expressionFacts(*model, call, provider.name);
    std::vector<llm::Rewritten> done;
    if (auto applied = llm::applyProviderPolicy(body, call, *provider.policy, facts, done); !applied) return tellRewrites(tl::unexpected(applied.error()));
    return tellRewrites(done);
}

bool Explainer::finishProviderBody(const llm::Provider& provider, base::Buffer& body, const llm::ClientCall& call, const llm::ProviderRequest& request,
                                   std::string_view asked) {
    if (request.choice.provider == nullptr) return true;
    const auto facts = expressionFacts(asked, call, provider.name);
    for (const auto* policy : {rule().llmPolicy.get(), provider.policy.get()})
        if (policy != nullptr && policy->rewrites && policy->rewrites->changesProviderBody())
            if (!tellRewrites(policy->rewrites->after(body, llm::nameOf(*request.choice.provider), request.facts.model, facts))) return false;
    return true;
}

}  // namespace gatehouse::route
