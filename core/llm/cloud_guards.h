// Guards that clouds run: Amazon Bedrock's ApplyGuardrail and Google's Model Armor. What they are asked, and what they may answer.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html;
// https://docs.cloud.google.com/model-armor/reference/rest/v1/SanitizationResult. Thread: pure functions.
#pragma once

#include "llm/guard_chain.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// "/guardrail/ID/version/V/apply"; an ARN is percent-encoded.
std::string bedrockGuardrailPath(std::string_view identifier, std::string_view version);
/// "/v1/projects/P/locations/L/templates/T:sanitizeUserPrompt", of answers ":sanitizeModelResponse".
std::string modelArmorPath(std::string_view project, std::string_view location, std::string_view templateId, bool answer);
/// "modelarmor.us-central1.rep.googleapis.com"
std::string modelArmorHost(std::string_view location);

bool isCloudGuard(GuardKind kind);
/// How many texts one question may hold: Model Armor judges one at a time, the others all at once.
std::size_t textsPerQuestion(GuardKind kind);

/// {"source":"INPUT","content":[{"text":{"text":...}}]} or {"userPromptData":{"text":...}}.
std::string cloudQuestion(GuardKind kind, bool answer, const std::vector<GuardText>& texts);

/// Reads ApplyGuardrailResponse: an intervention that only anonymized is a mask, any other a refusal.
ServiceVerdict readBedrockGuardrail(std::string_view body, std::size_t asked);
/// Reads SanitizeUserPromptResponse and SanitizeModelResponseResponse: a match of nothing but a de-identification is a mask, any other
/// a refusal; where not every filter could run, nothing is known and the verdict is Failed.
ServiceVerdict readModelArmor(std::string_view body);

}  // namespace gatehouse::llm
