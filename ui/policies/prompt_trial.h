// PromptTrial: what a policy does to a typed prompt, by the very code that serves requests: hits, the masked text or the rejection, and the messages
// that would go upstream. Thread: pure functions.
#pragma once

#include "base/result.h"
#include "config/policies.h"
#include "llm/plan.h"

#include <string>
#include <vector>

namespace gatehouse::ui {

struct PromptTrial {
    std::vector<llm::GuardHit> hits;       ///< Byte spans in the typed text.
    bool rejected = false;
    int rejectStatus = 0;
    std::string rejectMessage;
    std::string masked;                    ///< The text as it would go on; equal to the prompt where nothing was found.
    std::vector<llm::Message> upstream;    ///< Empty when rejected.
};

/// The spec's ai part as the data plane runs it. Error "guard-pattern" names the pattern that does not compile.
Result<llm::LlmPolicy> compilePolicy(const config::AiPolicySpec& spec);
Result<PromptTrial> tryPrompt(const config::AiPolicySpec& spec, const std::string& prompt);

/// Empty when `pattern` compiles as a guard pattern; else why not.
std::string patternProblem(const std::string& pattern);

}  // namespace gatehouse::ui
