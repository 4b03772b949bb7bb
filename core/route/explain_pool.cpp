// Explain: what holds for the pool that a request goes to, beside the pick: the model that it is asked for, and what its engines do not tell.
#include "llm/body_rewrites.h"
#include "route/explainer.h"
#include "route/model_rewrites.h"

#include <fmt/format.h>

#include <map>

namespace gatehouse::route {

bool Explainer::rewriteForPool(const Backend* backend, base::Buffer& body, llm::ClientCall& call, std::optional<llm::ChatRequestInfo>& asked) {
    const auto* rewrites = backend != nullptr ? backend->modelRewrites.get() : nullptr;
    if (rewrites == nullptr) return true;
    const auto model = llm::requestedModel(body, call);
    if (!model || model->empty()) return true;
    const auto choice = rewrites->choose(*model, asked_.draw.value_or(0));
    if (!choice) {
        step("rewrite", StepOutcome::Info, "model " + *model, "no rule of the pool's model rewrites takes it");
        return true;
    }
    out_.steps.push_back({"rewrite", StepOutcome::Applied, "model " + *model, choice->sentence, choice->rule->origin, choice->rule->where});
    if (choice->rule->targets.size() > 1 && !asked_.draw)
        step("rewrite", StepOutcome::Info, "model " + *model, "drawn anew for each request; shown is the first of its targets");
    const auto renamed = llm::renameModel(body, call, std::string(choice->model));
    if (!renamed) {
        answer(400, renamed.error().message);
        return false;
    }
    asked.reset();
    return true;
}

/// By what its pods are judged, where their engines leave something out.
void Explainer::tellEngines(const inference::Pool& pool) {
    std::map<inference::Engine, int> pods;
    for (const auto& pod : pool.pods()) {
        base::MonoTime at;
        const auto metrics = pod->load(at);
        if (at != base::MonoTime{} && !metrics.known(metrics.kvUse)) ++pods[pod->engine()];
    }
    for (const auto& [engine, count] : pods) {
        const auto& facts = inference::factsOf(engine);
        if (!facts.limits.empty()) step("signals", StepOutcome::Info, fmt::format("{}, {} of {} pods", facts.name, count, pool.pods().size()), std::string(facts.limits));
    }
}

}  // namespace gatehouse::route
