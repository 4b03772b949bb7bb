// Masks that are put back, from YAML to the wire: the provider sees tags, the client his own words, records tags alone.
#include "core/gateway/provider_stage.h"
#include "llm/guard_chain.h"

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

/// Says back what it was told last; in streams two bytes an event.
std::string echo(const Message& request) {
    const auto body = Json::parse(request.body);
    const auto text = "You said: " + body["messages"].back()["content"].get<std::string>();
    if (!body.value("stream", false))
        return jsonAnswer(Json{{"id", "1"}, {"object", "chat.completion"}, {"model", "m"}, {"choices", Json::array({{{"index", 0}, {"finish_reason", "stop"}, {"message", {{"role", "assistant"}, {"content", text}}}}})},
                               {"usage", {{"prompt_tokens", 1}, {"completion_tokens", 1}, {"total_tokens", 2}}}}.dump());
    std::string events;
    for (std::size_t at = 0; at < text.size(); at += 2)
        events += "data: " + Json{{"id", "1"}, {"choices", Json::array({{{"index", 0}, {"delta", {{"content", text.substr(at, 2)}}}, {"finish_reason", nullptr}}})}}.dump() + "\n\n";
    events += "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    return streamAnswer(events);
}

class Restores : public ProviderStage {
  protected:
    static std::string yaml(std::uint16_t origin, const std::string& policy, std::string_view route = "{}") {
        return stageYaml(fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {{name: ai}}\n"
                                     "spec: {{type: AI, ai: {{llm: {{openai: {{authToken: {{kind: Inline, inline: k}}}}, host: 127.0.0.1, port: {}}}}}}}\n---\n{}", origin, policy), route);
    }
    static std::string kgateway(const char* restores = "true") {
        return fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {{name: g, annotations: {{gatehouse.dev/restore-masks: \"{}\"}}}}\n"
                           "spec: {{targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}], ai: {{promptGuard: {{request: {{regex: {{builtins: [EMAIL]}}}}, "
                           "response: {{regex: {{builtins: [EMAIL]}}}}}}}}}}\n", restores);
    }
    static std::string agentgateway() {
        return "apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayPolicy\nmetadata: {name: g, annotations: {gatehouse.dev/restore-masks: \"true\"}}\n"
               "spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}], backend: {ai: {promptGuard: {request: [{regex: {builtins: [Email]}}]}}}}\n";
    }
    Message say(const std::string& text, bool stream = false, std::string_view path = "/v1/chat/completions") const {
        return post(Json{{"model", "m"}, {"max_tokens", 9}, {"stream", stream}, {"messages", Json::array({{{"role", "user"}, {"content", text}}})}}.dump(), path);
    }
    static std::string said(const Message& answer) {
        const auto body = Json::parse(answer.body, nullptr, false);
        return body.is_object() && body.contains("choices") ? body["choices"][0]["message"]["content"].get<std::string>() : answer.body;
    }
    static std::string streamed(const std::string& body) {
        std::string text;
        for (std::size_t at = 0; (at = body.find("data: {", at)) != std::string::npos; ++at) {
            const auto event = Json::parse(body.substr(at + 6, body.find('\n', at) - at - 6), nullptr, false);
            if (event.is_object() && event.contains("choices"))
                for (const auto& choice : event["choices"]) text += choice["delta"].value("content", "");
            if (event.is_object() && event.value("type", "") == "content_block_delta") text += event["delta"].value("text", "");
        }
        return text;
    }
};

TEST_F(Restores, TheProviderSeesTagsAndTheClientHisWords) {
    for (const auto& policy : {kgateway(), agentgateway()}) {
        Recorder provider(echo);
        gateway.reset();
        serve(yaml(provider.port(), policy));
        EXPECT_EQ(said(say("mail ann@x.org now")), "You said: mail ann@x.org now");
        EXPECT_EQ(provider.seen().front().body.find("ann@x.org"), std::string::npos) << provider.seen().front().body;
        EXPECT_NE(provider.seen().front().body.find("<EMAIL_ADDRESS_1_"), std::string::npos);
        EXPECT_EQ(streamed(say("mail ann@x.org and bob@x.org", true).body), "You said: mail ann@x.org and bob@x.org");
        EXPECT_EQ(provider.seen().back().body.find("@x.org"), std::string::npos);
        EXPECT_EQ(streamed(say("mail ann@x.org", true, "/v1/messages").body), "You said: mail ann@x.org") << "translated";
        EXPECT_NE(say("mail ann@x.org", false, "/v1/messages").body.find("You said: mail ann@x.org"), std::string::npos);
        EXPECT_EQ(said(say("nothing")), "You said: nothing");
        EXPECT_TRUE(eventually([&] { return gateway->recentRequests(10).size() == 5; }));
        EXPECT_EQ(admin("/requests?limit=10").find("ann@x.org"), std::string::npos) << "no record holds it";
    }
}

TEST_F(Restores, MasksStayWhereNobodyAsksForThemBack) {
    Recorder provider(echo);
    for (const auto* says : {"false", "perhaps"}) {
        gateway.reset();
        serve(yaml(provider.port(), kgateway(says)));
        EXPECT_EQ(said(say("mail ann@x.org")), "You said: mail <EMAIL_ADDRESS>") << says;
    }
}

TEST_F(Restores, AnAnswerThatIsPutTogetherForOneIsKeptForNobody) {
    Recorder provider(echo);
    serve(yaml(provider.port(), kgateway(), "{gatehouse.dev/response-cache: 1h}"));
    EXPECT_EQ(said(say("mail ann@x.org")), "You said: mail ann@x.org");
    EXPECT_EQ(said(say("mail bob@x.org")), "You said: mail bob@x.org");
    EXPECT_EQ(said(say("mail ann@x.org")), "You said: mail ann@x.org");
    EXPECT_EQ(provider.seen().size(), 3U);
}

}  // namespace
}  // namespace gatehouse::test
