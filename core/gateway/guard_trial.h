// GuardTrial: a text through the guards of one rule, with their services really asked, in a Rehearsal: nothing is sent to a provider.
// Thread: any; it blocks for as long as the services take.
#pragma once

#include "gateway/rehearsal.h"
#include "llm/guard_chain.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse::gateway {

struct GuardTrialQuestion {
    std::string ruleId;
    std::size_t backend = 0;
    bool answer = false;  ///< The text is a model's.
    std::string text;
};

struct GuardTrialResult {
    int status = 0;                           ///< That the client gets.
    bool rejected = false;                    ///< By a guard, or because one could not say.
    std::string client;                       ///< The body that reaches the client.
    std::string upstream;                     ///< The body that would have gone to the provider; empty: none.
    std::vector<llm::GuardFinding> findings;  ///< Of the direction that was asked about, in the order in which the guards looked.
};
Result<GuardTrialResult> tryGuards(const config::ObjectSet& objects, const GuardTrialQuestion& question, const std::function<bool()>& stopped = {});

}  // namespace gatehouse::gateway
