// Guards of clouds, from YAML to the wire: Bedrock's ApplyGuardrail, signed, and Google's Model Armor, with a token. Both are played on
// loopback by what their published references say.
#include "core/gateway/provider_stage.h"
#include "core/net/certificates.h"
#include "llm/guard_chain.h"
#include "llm/sigv4.h"

#include <map>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// What the service that is signed for would compute over what it received.
bool signatureHolds(const Message& request) {
    const auto authorization = request.field("authorization");
    const auto line = request.head.substr(0, request.head.find("\r\n"));
    const auto path = line.substr(5, line.rfind(' ') - 5);
    const auto part = [&](std::string_view name) {
        const auto at = authorization.find(name);
        return at == std::string::npos ? std::string() : authorization.substr(at + name.size(), authorization.find_first_of(", ", at + name.size()) - at - name.size());
    };
    std::vector<std::string> names;
    const auto signedNames = part("SignedHeaders=");
    for (std::size_t at = 0; at <= signedNames.size();) {
        const auto end = std::min(signedNames.find(';', at), signedNames.size());
        names.push_back(signedNames.substr(at, end - at));
        at = end + 1;
    }
    std::map<std::string, std::string> values;
    for (const auto& name : names) values[name] = request.field(name);
    llm::sigv4::Request again{"POST", path, {}, {}, request.body};
    for (const auto& [name, value] : values) again.headers.emplace_back(name, value);
    const llm::AwsCredentials keys{secret::SecretValue("AKIDEXAMPLE"), secret::SecretValue(kSecret), {}};
    return authorization == llm::sigv4::authorization(again, keys, "us-west-2", "bedrock", request.field("x-amz-date"));
}

/// Masks "Ann", refuses "forbidden".
std::string bedrockAnswer(const Message& request) {
    const auto body = Json::parse(request.body);
    Json outputs = Json::array();
    bool masks = false, blocks = false;
    for (const auto& block : body["content"]) {
        auto text = block["text"]["text"].get<std::string>();
        blocks = blocks || text.find("forbidden") != std::string::npos;
        for (auto at = text.find("Ann"); at != std::string::npos; at = text.find("Ann")) text.replace(at, 3, "{NAME}"), masks = true;
        outputs.push_back({{"text", text}});
    }
    if (blocks)
        return jsonAnswer(R"({"action":"GUARDRAIL_INTERVENED","outputs":[{"text":"No."}],"assessments":[{"topicPolicy":{"topics":[{"name":"Secrets","type":"DENY","action":"BLOCKED"}]}}]})");
    if (masks)
        return jsonAnswer(Json{{"action", "GUARDRAIL_INTERVENED"}, {"outputs", outputs},
                               {"assessments", Json::parse(R"([{"sensitiveInformationPolicy":{"piiEntities":[{"match":"Ann","type":"NAME","action":"ANONYMIZED"}]}}])")}}.dump());
    return jsonAnswer(R"({"action":"NONE","outputs":[],"assessments":[{}]})");
}

/// The same by Model Armor's form, one text at a time.
std::string armorAnswer(const Message& request) {
    const auto body = Json::parse(request.body);
    auto text = body[body.contains("userPromptData") ? "userPromptData" : "modelResponseData"]["text"].get<std::string>();
    if (text.find("forbidden") != std::string::npos)
        return jsonAnswer(R"({"sanitizationResult":{"filterMatchState":"MATCH_FOUND","invocationResult":"SUCCESS","filterResults":{"rai":{"raiFilterResult":{"matchState":"MATCH_FOUND"}}}}})");
    bool masks = false;
    for (auto at = text.find("Ann"); at != std::string::npos; at = text.find("Ann")) text.replace(at, 3, "[NAME]"), masks = true;
    if (!masks) return jsonAnswer(R"({"sanitizationResult":{"filterMatchState":"NO_MATCH_FOUND","invocationResult":"SUCCESS","filterResults":{}}})");
    return jsonAnswer(Json{{"sanitizationResult", {{"filterMatchState", "MATCH_FOUND"}, {"invocationResult", "SUCCESS"},
                            {"filterResults", {{"sdp", {{"sdpFilterResult", {{"deidentifyResult", {{"matchState", "MATCH_FOUND"}, {"data", {{"text", text}}}, {"infoTypes", {"PERSON_NAME"}}}}}}}}}}}}}.dump());
}

/// Says back what it was told last.
std::string echo(const Message& request) {
    const auto body = Json::parse(request.body);
    const auto text = "You said: " + body["messages"].back()["content"].get<std::string>();
    if (!body.value("stream", false))
        return jsonAnswer(Json{{"id", "1"}, {"object", "chat.completion"}, {"choices", Json::array({{{"index", 0}, {"finish_reason", "stop"}, {"message", {{"role", "assistant"}, {"content", text}}}}})}}.dump());
    std::string events;
    for (std::size_t at = 0; at < text.size(); at += 3)
        events += "data: " + Json{{"id", "1"}, {"choices", Json::array({{{"index", 0}, {"delta", {{"content", text.substr(at, 3)}}}, {"finish_reason", nullptr}}})}}.dump() + "\n\n";
    events += "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    return streamAnswer(events);
}

std::string streamed(const std::string& body) {
    std::string text;
    for (std::size_t at = 0; (at = body.find("data: {", at)) != std::string::npos; ++at) {
        const auto event = Json::parse(body.substr(at + 6, body.find('\n', at) - at - 6), nullptr, false);
        if (!event.is_object() || !event.contains("choices")) continue;
        for (const auto& choice : event["choices"]) text += choice["delta"].value("content", "");
    }
    return text;
}

class CloudGuards : public ProviderStage {
  protected:
    /// `guards`: promptGuard of a policy of the route; both clouds are at `cloud`.
    static std::string yaml(std::uint16_t origin, std::uint16_t cloud, const std::string& guards, const std::string& more = {}) {
        return stageYaml(fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: ai}}
spec: {{type: AI, ai: {{llm: {{openai: {{authToken: {{kind: Inline, inline: k}}}}, host: 127.0.0.1, port: {}}}}}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {{name: guards, annotations: {{gatehouse.dev/guardrail-host: "127.0.0.1:{}"}}}}
spec:
  targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}]
  backend: {{ai: {{promptGuard: {}}}}}
---
{})", origin, cloud, guards, more));
    }
    static std::string awsKeys() {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: aws}\nstringData: " + Json{{"accessKey", "AKIDEXAMPLE"}, {"secretKey", kSecret}}.dump() + "\n";
    }
    static constexpr const char* kBedrock =
        "{identifier: gr1, version: \"2\", region: us-west-2, policies: {auth: {aws: {secretRef: {name: aws}}}}}";

    Message say(const std::string& text, bool stream = false) const {
        return post(Json{{"model", "m"}, {"stream", stream}, {"messages", Json::array({{{"role", "system"}, {"content", "be brief"}}, {{"role", "user"}, {"content", text}}})}}.dump());
    }
    static std::string said(const Message& answer) {
        const auto body = Json::parse(answer.body, nullptr, false);
        return body.is_object() && body.contains("choices") ? body["choices"][0]["message"]["content"].get<std::string>() : answer.body;
    }
};

TEST_F(CloudGuards, BedrockPassesMasksAndRefusesPromptsSigned) {
    Recorder cloud(bedrockAnswer), provider(echo);
    serve(yaml(provider.port(), cloud.port(), fmt::format("{{request: [{{bedrockGuardrails: {}, response: {{message: Not here., statusCode: 451}}}}]}}", kBedrock), awsKeys()));
    EXPECT_EQ(said(say("hello")), "You said: hello") << admin("/config");
    ASSERT_EQ(cloud.seen().size(), 1U);
    const auto asked = cloud.seen().front();
    EXPECT_TRUE(asked.head.starts_with("POST /guardrail/gr1/version/2/apply HTTP/1.1\r\n")) << asked.head;
    EXPECT_EQ(Json::parse(asked.body), Json::parse(R"({"source":"INPUT","content":[{"text":{"text":"be brief"}},{"text":{"text":"hello"}}]})"));
    EXPECT_TRUE(signatureHolds(asked)) << asked.head;
    EXPECT_EQ(said(say("I am Ann")), "You said: I am {NAME}");
    const auto masked = record(2);
    ASSERT_TRUE(masked.guardReport);
    EXPECT_EQ(masked.guardReport->findings[0].outcome, llm::GuardOutcome::Masked);
    EXPECT_EQ(masked.guardReport->findings[0].hits[0].rule, "bedrock_guardrails");
    EXPECT_NE(stepsOf(masked, "guard").find("masked: NAME"), std::string::npos) << stepsOf(masked, "guard");
    const auto refused = say("forbidden Ann");
    EXPECT_EQ(refused.status(), 451);
    EXPECT_EQ(Json::parse(refused.body)["error"]["message"], "Not here.");
    EXPECT_NE(stepsOf(record(3), "guard").find("blocked: Secrets"), std::string::npos);
    EXPECT_EQ(provider.seen().size(), 2U) << "a refused request goes nowhere";
    EXPECT_NE(admin("/metrics").find("bedrock_guardrails"), std::string::npos);
}

TEST_F(CloudGuards, BedrockJudgesAnswersAndStreams) {
    Recorder cloud(bedrockAnswer), provider(echo);
    serve(yaml(provider.port(), cloud.port(), fmt::format("{{response: [{{bedrockGuardrails: {}}}]}}", kBedrock), awsKeys()));
    EXPECT_EQ(said(say("I am Ann")), "You said: I am {NAME}");
    EXPECT_EQ(Json::parse(cloud.seen().front().body)["source"], "OUTPUT");
    EXPECT_EQ(say("forbidden").status(), 403);
    EXPECT_EQ(streamed(say("Ann. Bob. Ann", true).body), "You said: {NAME}. Bob. {NAME}");
    const auto cut = say("fine. This is forbidden. More", true);
    EXPECT_EQ(cut.body.find("forbidden"), std::string::npos) << cut.body;
    EXPECT_EQ(cut.body.find("[DONE]"), std::string::npos);
}

TEST_F(CloudGuards, ModelArmorIsAskedTextByTextWithAToken) {
    Recorder issuer([](const Message&) { return jsonAnswer(R"({"access_token":"ya29.armor","expires_in":3600})"); });
    Recorder cloud(armorAnswer), provider(echo);
    const Json account = {{"type", "service_account"}, {"client_email", "bot@p.iam"}, {"private_key", Authority().issue("bot", KeyType::Rsa).keyPem}, {"token_uri", issuer.url("/token")}};
    const auto secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: google}\nstringData: " + Json{{"credentials.json", account.dump()}}.dump() + "\n";
    const std::string armor = "{projectId: p, templateId: t, location: europe-west4, policies: {auth: {gcp: {secretRef: {name: google}}}}}";
    serve(yaml(provider.port(), cloud.port(), fmt::format("{{request: [{{googleModelArmor: {}}}], response: [{{googleModelArmor: {}}}]}}", armor, armor), secret));
    EXPECT_EQ(said(say("I am Ann")), "You said: I am [NAME]") << admin("/config");
    const auto asked = cloud.seen();
    ASSERT_EQ(asked.size(), 3U) << "system prompt, message, answer";
    EXPECT_TRUE(asked[0].head.starts_with("POST /v1/projects/p/locations/europe-west4/templates/t:sanitizeUserPrompt ")) << asked[0].head;
    EXPECT_EQ(asked[0].body, R"({"userPromptData":{"text":"be brief"}})");
    EXPECT_TRUE(asked[2].head.starts_with("POST /v1/projects/p/locations/europe-west4/templates/t:sanitizeModelResponse "));
    for (const auto& each : asked) EXPECT_EQ(each.field("authorization"), "Bearer ya29.armor");
    EXPECT_EQ(record(1).guardReport->findings[0].calls, 2U);
    EXPECT_EQ(say("forbidden").status(), 403);
    EXPECT_EQ(streamed(say("Hello. And bye", true).body), "You said: Hello. And bye");
}

TEST_F(CloudGuards, NothingPassesACloudThatCannotSay) {
    Recorder refuses([](const Message&) { return jsonAnswer(R"({"message":"no"})", 403); });
    Recorder nonsense([](const Message&) { return jsonAnswer("[]"); });
    Recorder provider(echo);
    for (const auto at : {refuses.port(), nonsense.port(), deadPort()}) {
        gateway.reset();
        serve(yaml(provider.port(), at, fmt::format("{{request: [{{bedrockGuardrails: {}}}]}}", kBedrock), awsKeys()));
        const auto answer = say("hello");
        EXPECT_EQ(answer.status(), 503) << answer.body;
        EXPECT_EQ(record(1).error, "guard-failed");
    }
    EXPECT_TRUE(provider.seen().empty());
}

TEST_F(CloudGuards, WithoutAKeyTheRuleAnswers500) {
    Recorder cloud(bedrockAnswer), provider(echo);
    for (const std::string guard : {"{bedrockGuardrails: {identifier: g, version: \"1\", region: eu, policies: {auth: {aws: {secretRef: {name: nowhere}}}}}}",
                                    "{googleModelArmor: {projectId: p, templateId: t, policies: {auth: {gcp: {secretRef: {name: nowhere}}}}}}",
                                    "{googleModelArmor: {projectId: p, templateId: t, policies: {auth: {key: abc}}}}"}) {
        gateway.reset();
        serve(yaml(provider.port(), cloud.port(), "{request: [" + guard + "]}"));
        EXPECT_EQ(say("hello").status(), 500) << guard;
    }
    EXPECT_TRUE(cloud.seen().empty());
    EXPECT_TRUE(provider.seen().empty());
}

}  // namespace
}  // namespace gatehouse::test
