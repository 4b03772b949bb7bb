// Policies on LLM bodies of every dialect: which texts a body holds and whose words they are, guards over them, fields to fill in,
// messages to add. Bodies change by byte splices alone. Thread: pure functions. Errors are those of text/json_body.h.
#pragma once

#include "base/buffer.h"
#include "llm/guard.h"
#include "llm/plan.h"
#include "text/json_body.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

std::string_view scopeName(TextScope scope);  ///< "SystemPrompt", ... as AgentgatewayPolicy has them.

struct BodyText {
    enum class Form : std::uint8_t { String, Number, Key };  ///< Numbers and names of fields count in payloads of tools alone.
    text::json::Span raw;       ///< Between the quotes of a string or a key; a number's token.
    Form form = Form::String;
    TextScope scope = TextScope::Messages;
    std::size_t message = 0;
    std::string_view role;      ///< "system", "user", "assistant", "tool"
};

struct BodyTexts {
    std::vector<BodyText> texts;
    /// Values that say an answer's texts once more, token by token (logprobs), with all that is in them.
    std::vector<text::json::Span> echoes;
};

/// Every text that may reach the model, whatever dialect the body speaks: one table holds the fields of all, so that a body at a
/// path that is not known has no hole.
Result<BodyTexts> requestTexts(const base::Buffer& body);
/// Every text of a whole answer or of one event of a stream that does not come in pieces.
Result<BodyTexts> answerTexts(const base::Buffer& body);

/// Masks by splices, or finds only (the guard rejects). Where an answer is masked its echoes become null.
GuardVerdict guardTexts(base::Buffer& body, const BodyTexts& texts, const RegexGuard& guard);

/// The answer of a guard's service: one text for each of `texts` that is a string, in their order.
void replaceTexts(base::Buffer& body, const BodyTexts& texts, const std::vector<std::string>& with);
/// Decoded, strings alone.
std::vector<std::string> readTexts(const base::Buffer& body, const BodyTexts& texts);

/// Fields that are absent or null are filled in; others where the default overrides. Unlike kgateway 2.1, a client's 0, false and ""
/// are its word. How many were set.
Result<std::size_t> applyDefaults(base::Buffer& body, const std::vector<DefaultField>& defaults);
/// A default's value as it stands in configuration: JSON, else plain text.
std::string defaultValue(std::string_view written);

/// Adds messages where the dialect has its place for them; `dialect` as in translate.h, "openai-chat" where it is not known. False: the
/// body has no such place (a prompt of token numbers, embeddings).
Result<bool> enrich(base::Buffer& body, std::string_view dialect, const Enrichment& enrichment);

/// What became of a request under a policy.
struct PolicyOutcome {
    ChatRequestInfo info;
    GuardVerdict guard;
    std::size_t defaults = 0;   ///< Fields that were filled in.
    bool enriched = false;      ///< Messages were added.
};
/// Defaults, then the guard, then enrichment: one answer for the live request and for explain. After a rejection nothing more happens.
/// Errors also where a chat's fields are of wrong types ("invalid-field").
Result<PolicyOutcome> applyPolicy(base::Buffer& body, std::string_view dialect, const LlmPolicy& policy);

/// Masks a whole answer. "invalid-json" where it is none: it must not go on then.
Result<GuardVerdict> guardAnswer(std::string& answer, const RegexGuard& guard);

}  // namespace gatehouse::llm
