// PromptTrial: what a policy does to a typed text, by the very code that serves requests: hits, the body as it would leave in any client's
// dialect, or the rejection. Services of guards are named, and not asked: gateway/guard_trial does that. Thread: pure functions.
#pragma once

#include "base/result.h"
#include "config/policies.h"
#include "llm/plan.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::ui {

struct TrialQuestion {
    std::string dialect = "openai-chat";  ///< One of trialDialects().
    bool answer = false;                  ///< The text is a model's, not a client's.
    std::string text;
};
/// Dialects of clients that a text can be tried in. Of those without text in their answers (embeddings) answers cannot.
std::vector<std::string> trialDialects();
bool hasAnswers(const std::string& dialect);

struct PromptTrial {
    struct Mark {
        std::size_t begin = 0, end = 0;
    };
    std::vector<llm::GuardHit> hits;       ///< Byte spans in the typed text.
    bool rejected = false;
    int rejectStatus = 0;
    std::string rejectMessage;
    std::string masked;                    ///< The text as it would go on; equal to the typed one where nothing was found.
    std::string body;                      ///< As it would leave; empty when rejected.
    std::vector<Mark> marks;               ///< Where `body` holds a tag in place of what was found.
    std::vector<std::string> notAsked;     ///< Names of guards whose service would be asked.
};

/// The spec's ai part as the data plane runs it. Error "guard-pattern" names the pattern that does not compile.
Result<llm::LlmPolicy> compilePolicy(const config::AiPolicySpec& spec);
Result<PromptTrial> tryPrompt(const config::AiPolicySpec& spec, const TrialQuestion& question);
Result<PromptTrial> tryPrompt(const llm::LlmPolicy& policy, const TrialQuestion& question);

/// What the tools of the view work on: nothing where the chosen object has no policy for prompts; an error where it cannot be run, of the code
/// "not-attached" where its guards run nowhere yet.
using CompiledPolicy = std::optional<Result<llm::LlmPolicy>>;
/// An AgentgatewayPolicy: its guards as they run in a translation of the workspace (null: nowhere), and what it adds to prompts.
CompiledPolicy compileAgentPolicy(const config::Object& object, const std::shared_ptr<const llm::LlmPolicy>& guards);

/// The regex guards of one direction, in their order, over one text: hits, mask or refusal. `notAsked` gets the names of services.
struct TextVerdict {
    std::vector<llm::GuardHit> hits;  ///< Byte spans in the text as it was given to the first guard that found something in it.
    std::string masked;
    bool rejected = false;
    int status = 403;
    std::string message;
    std::vector<std::string> notAsked;
};
TextVerdict judgeText(const llm::LlmPolicy& policy, bool answer, const std::string& text);

/// Empty when `pattern` compiles as a guard pattern; else why not.
std::string patternProblem(const std::string& pattern);

}  // namespace gatehouse::ui
