// What holds for the pool that a request goes to, beside the pick: which model it is asked for.
#include "base/ids.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "llm/body_rewrites.h"
#include "route/model_rewrites.h"

namespace gatehouse::gateway {

/// By the pool's rewrites, from the model that the client named, whatever pool an earlier try went to. The draw is one per request, so
/// that a try again asks for the same model.
bool Exchange::rewriteForPool() {
    auto& llm = *llm_;
    const auto* rewrites = record_.backend->modelRewrites.get();
    if (rewrites == nullptr && !llm.clientModel) return true;
    const auto now = llm::requestedModel(body_, llm.call);
    if (!now || now->empty()) return true;  // Whoever reads the body says what is wrong with it.
    if (!llm.clientModel) llm.clientModel = *now;
    if (llm.rewriteDraw < 0) llm.rewriteDraw = static_cast<double>(base::randomBits() >> 11) * 0x1.0p-53;
    const auto choice = rewrites != nullptr ? rewrites->choose(*llm.clientModel, llm.rewriteDraw) : std::nullopt;
    const std::string wanted(choice ? choice->model : std::string_view(*llm.clientModel));
    if (choice && record_.llm) {
        auto& steps = record_.llm->rewriteSteps;
        route::Step step{"rewrite", route::StepOutcome::Applied, "model " + *llm.clientModel, choice->sentence, choice->rule->origin, choice->rule->where};
        if (steps.empty() || steps.back().detail != step.detail) steps.push_back(std::move(step));
    }
    if (wanted == *now) return true;
    if (auto renamed = llm::renameModel(body_, llm.call, wanted); !renamed) return refuseBody(renamed.error());
    llm.asked.reset();
    return true;
}

}  // namespace gatehouse::gateway
