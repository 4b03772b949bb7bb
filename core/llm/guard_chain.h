// GuardChain: the guards of a rule in their order, those that ask a service included, and what they found of one request. A chain is
// filled by whoever translates a configuration (TrafficPolicy.ai, AgentgatewayPolicy) and run by gateway/exchange_guard_chain.
// Thread: GuardChain is immutable and shared by snapshots; GuardReport belongs to one request. The functions are pure.
#pragma once

#include "base/buffer.h"
#include "base/result.h"
#include "llm/guard.h"
#include "llm/plan.h"
#include "llm/text_filter.h"
#include "text/regex.h"
#include "upstream/endpoint.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

struct BodyText;
struct BodyTexts;

enum class GuardKind : std::uint8_t { Regex, Webhook, Moderation, Bedrock, ModelArmor };
/// "regex", "webhook", "moderation", "bedrock_guardrails", "model_armor"
std::string_view guardKindName(GuardKind kind);

/// Whose words a guard looks at; all of them unless somebody says otherwise.
struct ScopeSet {
    std::uint8_t bits = 0x0F;
    static ScopeSet none() { return {0}; }
    ScopeSet& add(TextScope scope) {
        bits = static_cast<std::uint8_t>(bits | (1U << static_cast<unsigned>(scope)));
        return *this;
    }
    bool has(TextScope scope) const { return (bits & (1U << static_cast<unsigned>(scope))) != 0; }
    bool all() const { return bits == 0x0F; }
    /// Of a stream's text (TextFilters): one that came whole may be of either kind, so it is looked at for both.
    bool looksAt(std::string_view channel, TextScope scope) const {
        return has(scope) || (channel.empty() && (has(TextScope::Messages) || has(TextScope::ToolInput)));
    }
};

/// A service that judges texts: a webhook by kgateway's guardrail API, a moderation API as OpenAI's, or a guard of a cloud (llm/cloud_guards.h).
struct GuardService {
    std::string name;                                  ///< For people: "Service default/guard:8000".
    std::shared_ptr<const upstream::Cluster> cluster;  ///< Null: `broken` says why it cannot be asked.
    std::string broken;
    std::string host;    ///< Host to send; empty: the endpoint's own.
    std::string prefix;  ///< Before "/request", "/response", "/v1/moderations"; usually empty.
    std::string requestPath, answerPath;  ///< A cloud's: the whole paths.

    /// Fields of the client's request that a webhook is shown: those whose name and value match one of these. Others are not sent.
    struct Forward {
        std::string name;
        std::string value;                        ///< Exact; where `pattern` is null.
        std::shared_ptr<const text::Regex> pattern;  ///< Of the whole value.
    };
    std::vector<Forward> forward;
    /// Set by us, in place of what the client sent under the same name.
    std::vector<std::pair<std::string, std::string>> headers;

    std::shared_ptr<const Provider> provider;  ///< Moderation and clouds: their keys. Null: none is sent.
    std::string model;                         ///< Moderation: empty leaves it to the service.
};

struct Guard {
    GuardKind kind = GuardKind::Regex;
    std::string name;    ///< As the object has it: "ai.promptGuard.request.webhook"; names the guard in records and metrics.
    std::string origin;  ///< Its object: "TrafficPolicy default/guards".
    ScopeSet scopes;
    std::shared_ptr<const RegexGuard> regex;      ///< Kind Regex; for answers compiled with `streams`.
    std::shared_ptr<const GuardService> service;  ///< The other kinds.
    bool restores = false;  ///< What it masks in requests is put back where the answer says it (llm/mask_restore.h).
    /// A service that cannot be asked, or answers nonsense, lets texts pass (and they are counted) instead of refusing them.
    bool failOpen = false;
    /// Answers: also looks at streams. Where not, they pass it unscanned, and are counted.
    bool streams = true;
    std::string rejectMessage = "The request was rejected due to inappropriate content";
    int rejectStatus = 403;
};

class GuardChain {
  public:
    std::vector<Guard> requests;  ///< In the order in which they look.
    std::vector<Guard> answers;

    bool empty() const { return requests.empty() && answers.empty(); }
    /// Some guard looks at answers of this kind; one that passes streams by does not look at them.
    bool guardsAnswers(bool stream) const;
};

// ---- What was found.

enum class GuardOutcome : std::uint8_t {
    Passed,
    Masked,
    Rejected,
    Failed,      ///< The service could not say; nothing passed (fail closed).
    FailedOpen,  ///< The service could not say; the texts passed unscanned.
    NotRun,      ///< Named by explain, which calls nobody; or a guard that passes streams by.
};
std::string_view guardOutcomeName(GuardOutcome outcome);  ///< "passed", "masked", "rejected", "failed", "failed_open", "not_run"

/// One guard's work on one direction of one request.
struct GuardFinding {
    std::string guard;   ///< Guard::name
    GuardKind kind = GuardKind::Regex;
    bool answer = false;
    GuardOutcome outcome = GuardOutcome::NotRun;
    std::vector<GuardHit> hits;    ///< Which text, where, by which pattern. A service's hits are what it changed, with its kind as rule.
    std::uint64_t texts = 0;       ///< That it looked at.
    std::uint64_t bytes = 0;       ///< Of them.
    std::uint64_t unscanned = 0;   ///< Bytes that it should have looked at and that passed all the same.
    std::uint32_t calls = 0;       ///< To its service; in streams one for each window.
    std::int64_t micros = 0;       ///< That they took together.
    std::string service;           ///< Empty: a regex guard.
    std::string detail;            ///< The service's reason, or why it could not be asked.
};

struct GuardReport {
    std::vector<GuardFinding> findings;  ///< In the order in which they looked.
    bool rejected = false;
    bool failed = false;                 ///< Refused because a guard could not say.
    int status = 403;                    ///< Of the refusal.
    std::string message;                 ///< What the client is told.

    std::uint64_t unscanned() const;
    /// The finding of a guard in one direction, made where there is none.
    GuardFinding& of(const Guard& guard, bool answer);
};

/// One sentence for records: "2 hits of SSN in the prompt: masked", "guard:8000 was asked 3 times in 41.0 ms about 5 texts: passed".
std::string findingText(const GuardFinding& finding);

// ---- Run on one body.

/// The texts of a body that a guard looks at.
BodyTexts textsInScope(const BodyTexts& texts, ScopeSet scopes);

/// Maskers for streams that leave alone what is out of scope.
TextFilters scopedMaskers(const RegexGuard& guard, ScopeSet scopes);
/// What was masked outside of runRegexGuard().
void noteMasked(GuardFinding& finding, std::vector<GuardHit> hits);
/// What a regex guard found in a stream.
void noteStreamGuard(GuardFinding& finding, const Guard& guard, GuardVerdict verdict, std::uint64_t bytes);

/// A regex guard over a body in any dialect. Changes it by splices; a rejection is noted in `report`. False: refused.
/// Errors are those of text/json_body.h.
Result<bool> runRegexGuard(base::Buffer& body, const Guard& guard, bool answer, GuardReport& report);

/// One text that a service is asked about.
struct GuardText {
    std::string role;
    std::string content;
    TextScope scope = TextScope::Messages;
    std::size_t message = 0;
};
/// The strings among `texts` that the guard looks at, decoded; numbers and names of fields in a tool's payload are not sent to services.
std::vector<GuardText> guardTextsOf(const base::Buffer& body, const BodyTexts& texts, const Guard& guard);
/// Puts masked texts in the places of those that were asked about.
void replaceGuarded(base::Buffer& body, const BodyTexts& texts, const Guard& guard, const std::vector<std::string>& with);

/// What a service said.
struct ServiceVerdict {
    GuardOutcome outcome = GuardOutcome::Failed;  ///< Passed, Masked, Rejected or Failed.
    std::vector<std::string> texts;               ///< Masked: one for each that was asked about.
    int status = 0;                               ///< Rejected: of the answer; 0: the guard's own.
    std::string message;                          ///< Rejected: what the client is told; empty: the guard's own.
    std::string detail;                           ///< The service's reason; Failed: what is wrong with its answer.
};

/// kgateway's guardrail webhook: {"body":{"messages":[{"role","content"}]}} to /request, {"body":{"choices":[{"message":{...}}]}} to
/// /response. A moderation: {"input":[...],"model"} to /v1/moderations.
std::string guardQuestion(const Guard& guard, bool answer, const std::vector<GuardText>& texts);
std::string guardPath(const Guard& guard, bool answer);
/// Reads {"action":{...}} or {"results":[...]}. Whatever is not exactly one of the published forms, or does not fit what was asked,
/// is Failed: a guard's answer is not guessed at.
ServiceVerdict readGuardAnswer(const Guard& guard, bool answer, const std::vector<GuardText>& asked, int status, std::string_view body);

/// Notes what a service said: outcome, refusal, bytes unscanned. False: refused.
bool settleGuard(const Guard& guard, bool answer, const std::vector<GuardText>& asked, ServiceVerdict& verdict, std::int64_t micros,
                 GuardReport& report);

}  // namespace gatehouse::llm
