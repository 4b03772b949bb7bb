// backend.ai of agentgateway's kinds: what is done to prompts and answers.
#include "config/schema_agentgateway.h"

namespace gatehouse::config::table {
namespace {

constexpr char kNoEffect[] = "it has no effect here";

FieldSpec messages(std::string name, std::string help) {
    return list(std::move(name), std::move(help),
                object("", "One message.",
                       {required(text("role", "system, user or assistant; case does not matter.")),
                        required(text("content", "Its text."))}),
                0, -1);
}

FieldSpec bodyFields(std::string name, std::string help) {
    return keyed("field", list(std::move(name), std::move(help),
                               object("", "One field.",
                                      {required(sized(1, 256, text("field", "Name of the field; a.b is b inside a."))),
                                       required(any("value", "Its value."))}),
                               1, 64));
}

FieldSpec bodyExpressions(std::string name, std::string help) {
    return keyed("field", list(std::move(name), std::move(help),
                               object("", "One field.",
                                      {required(sized(1, 256, text("field", "Name of the field; a.b is b inside a."))),
                                       required(sized(1, 16384, text("expression", "CEL that makes its value.")))}),
                               1, 64));
}

FieldSpec regexGuard() {
    return object("regex", "Patterns that are looked for.",
                  {byDefault("Mask", choice("action", {"Mask", "Reject"}, "Replace what was found, or refuse the request.")),
                   list("builtins", "Ready-made patterns.",
                        choice("", {"CaSin", "CreditCard", "Email", "PhoneNumber", "Ssn"}, "One of them."), 0, -1),
                   list("matches", "Own patterns.",
                        sized(1, 1024, as(FieldFormat::Regex, text("", "Regular expression (RE2)."))), 0, -1)});
}

FieldSpec webhook() {
    return object("webhook", "Asks a service of your own.",
                  {required(agentBackendRef("The service.")),
                   list("forwardHeaderMatches", "Headers of the request that it sees too.",
                        object("", "One header.",
                               {byDefault("Exact", choice("type", {"Exact", "RegularExpression"}, "How the value is compared.")),
                                required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Name of the header.")))),
                                required(sized(1, 4096, text("value", "The value, or the regular expression.")))}),
                        0, -1),
                   byDefault("FailClosed", choice("failureMode", {"FailClosed", "FailOpen"}, "What happens when it does not answer.")),
                   sized(0, 64, map("headers", "Headers that it is sent: name and CEL of the value."))});
}

FieldSpec moderation() {
    return object("openAIModeration", "Asks OpenAI's moderation.",
                  {byDefault("omni-moderation-latest", text("model", "Model of the moderation.")),
                   open(object("policies", "How it is spoken to: auth, http, tcp, tls.", {}))});
}

/// What of a cloud's `policies` is run: its key.
FieldSpec cloudPolicies(std::vector<std::string> auths) {
    std::vector<FieldSpec> members{agentAuth(std::move(auths))};
    for (const auto* other : {"http", "tcp", "tls", "tunnel"}) members.push_back(notRun(kNoEffect, any(other, "How it is connected to.")));
    return object("policies", "How it is spoken to; without a key with what the cloud's own tools find.", std::move(members));
}

FieldSpec bedrockGuardrails() {
    return object("bedrockGuardrails", "Asks a guardrail of Amazon Bedrock.",
                  {required(sized(1, 256, text("identifier", "Id or ARN of the guardrail."))),
                   required(sized(1, 256, text("version", "Its version: a number, or DRAFT."))),
                   required(sized(1, 256, text("region", "Region that it lives in, such as us-west-2."))), cloudPolicies({"key", "secretRef", "aws", "location"})});
}

FieldSpec modelArmor() {
    return object("googleModelArmor", "Asks Google's Model Armor, text by text.",
                  {required(sized(1, 256, text("projectId", "Project of the template."))),
                   required(sized(1, 256, text("templateId", "The template."))),
                   byDefault("us-central1", sized(1, 256, text("location", "Where the template lives."))), cloudPolicies({"gcp"})});
}

std::vector<FieldSpec> guardFields() {
    return {regexGuard(),
            webhook(),
            bedrockGuardrails(),
            modelArmor(),
            object("response", "What a refused client reads.",
                   {byDefault("The request was rejected due to inappropriate content", text("message", "Text of the answer.")),
                    byDefault("403", integer("statusCode", "Status of the answer.", 200, 599))})};
}

FieldSpec promptGuard() {
    auto request = guardFields();
    request.push_back(moderation());
    request.push_back(list("scope", "Which texts it looks at; system prompt and messages where absent.",
                           choice("", {"Messages", "SystemPrompt", "ToolInput", "ToolOutput"}, "One kind of text."), 1, 4));
    const std::vector<std::string> ofAnswers{"regex", "webhook", "bedrockGuardrails", "googleModelArmor"};
    auto ofRequests = ofAnswers;
    ofRequests.emplace_back("openAIModeration");
    return object(
        "promptGuard", "Checks of prompts and answers.",
        {list("request", "Checks of prompts, one after the other.", oneOf(ofRequests, object("", "One check.", std::move(request))), 1, 8),
         list("response", "Checks of answers, one after the other.", oneOf(ofAnswers, object("", "One check.", guardFields())), 1, 8),
         choice("streaming", {"Enabled"}, "Are streamed answers checked? agentgateway does where this is set, Gatehouse always.")});
}

}  // namespace

FieldSpec aiSettings() {
    return object(
        "ai", "Settings for LLM requests.",
        {object("prompt", "Messages that are added to every request.",
                {messages("prepend", "Before the client's messages."), messages("append", "After the client's messages.")}),
         promptGuard(), bodyFields("defaults", "Body fields to fill in, where a request has none or null."),
         bodyFields("overrides", "Body fields that are set, whatever a request says."),
         sized(0, 64, map("modelAliases", "Names of models that clients may use, and what they stand for.")),
         object("promptCaching", "Marks for caches of providers that have them.",
                {byDefault("true", flag("cacheSystem", "Mark the system prompt?")),
                 byDefault("true", flag("cacheMessages", "Mark the messages?")),
                 byDefault("false", flag("cacheTools", "Mark the tools?")),
                 byDefault("1024", integer("minTokens", "Shorter prompts get no mark.", 0, 2147483647)),
                 byDefault("0", integer("cacheMessageOffset", "So many of the last messages stay without a mark.", 0, 2147483647))}),
         bodyExpressions("transformations", "Body fields that CEL computes."),
         bodyExpressions("finalTransformations", "Body fields that CEL computes of the request as the provider gets it."),
         map("routes", "Ends of paths, or *, and the API that requests to them speak.")});
}

}  // namespace gatehouse::config::table
