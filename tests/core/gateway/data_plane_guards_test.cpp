// Guards that ask services, through the data plane: pass, mask and refuse, over requests, answers and streams; and services that are dead,
// slow, or talk nonsense.
#include "core/gateway/provider_fixture.h"
#include "llm/guard_chain.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

std::string json(const Json& body, int status = 200) { return jsonAnswer(body.dump(), status); }

/// A webhook by the published API: masks "secret", refuses "forbidden".
class Hook {
  public:
    Hook()
        : origin_(Origin::answering([this](const Message& request) {
              std::lock_guard lock(mutex_);
              heads_.push_back(request.head);
              auto body = Json::parse(request.body)["body"];
              bodies_.push_back(body);
              bool masks = false;
              const bool answer = body.contains("choices");
              for (auto& item : body[answer ? "choices" : "messages"]) {
                  auto& content = answer ? item["message"]["content"] : item["content"];
                  auto text = content.get<std::string>();
                  if (text.find("forbidden") != std::string::npos)
                      return json({{"action", {{"body", "Not here."}, {"status_code", 422}, {"reason", "a word"}}}});
                  for (auto at = text.find("secret"); at != std::string::npos; at = text.find("secret")) text.replace(at, 6, "***"), masks = true;
                  content = text;
              }
              return masks ? json({{"action", {{"body", body}}}}) : json({{"action", Json::object()}});
          })) {}
    std::uint16_t port() const { return origin_.port(); }
    std::vector<Json> bodies() const {
        std::lock_guard lock(mutex_);
        return bodies_;
    }
    std::string head() const {
        std::lock_guard lock(mutex_);
        return heads_.empty() ? std::string() : heads_.back();
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Json> bodies_;
    std::vector<std::string> heads_;
    Origin origin_;
};

class Guards : public DataPlaneTest {
  protected:
    llm::Guard service(llm::GuardKind kind, std::uint16_t at, bool failOpen = false) {
        auto made = std::make_shared<llm::GuardService>();
        made->name = "guard:" + std::to_string(at);
        auto cluster = std::make_shared<upstream::Cluster>();
        cluster->id = cluster->name = made->name;
        cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", at, ""));
        made->cluster = std::move(cluster);
        made->forward.push_back({"X-Team", "blue", nullptr});
        llm::Guard guard;
        guard.kind = kind;
        guard.name = "hook";
        guard.failOpen = failOpen;
        guard.service = std::move(made);
        return guard;
    }
    llm::Guard patterns(llm::RegexGuard::Action action, bool answers) {
        llm::Guard guard;
        guard.name = "patterns";
        guard.rejectMessage = "No numbers.";
        guard.rejectStatus = 418;
        guard.regex = *llm::RegexGuard::compile({{"", "", "SSN"}}, action, answers);
        return guard;
    }
    /// Every path to `origin`, under a chain.
    void guard(std::uint16_t origin, std::vector<llm::Guard> requests, std::vector<llm::Guard> answers, gateway::DataPlaneOptions options = {}) {
        auto chain = std::make_shared<llm::GuardChain>();
        chain->requests = std::move(requests);
        chain->answers = std::move(answers);
        auto policy = std::make_shared<llm::LlmPolicy>();
        policy->guards = std::move(chain);
        Routes routes(registry);
        route::Rule rule;
        rule.llm = true;
        rule.llmPolicy = std::move(policy);
        rule.backends.push_back(Routes::backend(routes.cluster({origin})));
        serve(routes.add("", std::move(rule)), options);
    }
    Message chat(const std::string& text, bool stream = false, std::string_view extra = "") {
        const auto body = Json{{"model", "m"}, {"stream", stream}, {"messages", Json::array({{{"role", "user"}, {"content", text}}})}}.dump();
        return post("/v1/chat/completions", body, extra);
    }
    static std::string answerOf(const Message& message) {
        const auto body = Json::parse(message.body, nullptr, false);
        return body.is_object() && body.contains("choices") ? body["choices"][0]["message"]["content"].get<std::string>() : message.body;
    }
};

/// Says what it was asked, in the answer too.
std::string echo(const Message& request) {
    const auto body = Json::parse(request.body);
    const auto text = "You said: " + body["messages"].back()["content"].get<std::string>();
    if (!body.value("stream", false))
        return json({{"id", "1"}, {"object", "chat.completion"}, {"choices", Json::array({{{"index", 0}, {"finish_reason", "stop"}, {"message", {{"role", "assistant"}, {"content", text}}}}})},
                     {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 4}, {"total_tokens", 7}}}});
    std::string events;
    for (std::size_t at = 0; at < text.size(); at += 3)
        events += "data: " + Json{{"id", "1"}, {"choices", Json::array({{{"index", 0}, {"delta", {{"content", text.substr(at, 3)}}}, {"finish_reason", nullptr}}})}}.dump() + "\n\n";
    events += "data: " + Json{{"id", "1"}, {"choices", Json::array({{{"index", 0}, {"delta", Json::object()}, {"finish_reason", "stop"}}})}}.dump() + "\n\n";
    events += "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n";
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

TEST_F(Guards, AWebhookPassesMasksAndRefusesRequests) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {service(llm::GuardKind::Webhook, hook.port())}, {});
    EXPECT_EQ(answerOf(chat("hello", false, "X-Team: blue\r\nX-Other: red\r\nAuthorization: Bearer mine\r\n")), "You said: hello");
    EXPECT_EQ(hook.head().substr(0, 14), "POST /request ");
    EXPECT_NE(hook.head().find("X-Team: blue"), std::string::npos) << hook.head();
    EXPECT_EQ(hook.head().find("X-Other"), std::string::npos);
    EXPECT_EQ(hook.head().find("mine"), std::string::npos) << "what is not named is not shown";
    EXPECT_EQ(hook.bodies().front(), Json::parse(R"({"messages":[{"role":"user","content":"hello"}]})"));
    record();
    EXPECT_EQ(answerOf(chat("a secret and a secret", false, "X-Team: red\r\n")), "You said: a *** and a ***");
    EXPECT_EQ(hook.head().find("X-Team"), std::string::npos) << "another value";
    const auto masked = record();
    ASSERT_TRUE(masked.guardReport);
    const auto& finding = masked.guardReport->findings.at(0);
    EXPECT_EQ(finding.outcome, llm::GuardOutcome::Masked);
    EXPECT_EQ(finding.calls, 1U);
    ASSERT_EQ(finding.hits.size(), 1U);
    EXPECT_EQ(finding.hits[0].begin, 2U);
    const auto refused = chat("forbidden");
    EXPECT_EQ(refused.status(), 422);
    EXPECT_EQ(Json::parse(refused.body)["error"]["message"], "Not here.");
    const auto seen = record();
    EXPECT_EQ(seen.error, "guard-rejected");
    const auto step = std::find_if(seen.steps.begin(), seen.steps.end(), [](const route::Step& each) { return each.stage == "guard"; });
    ASSERT_NE(step, seen.steps.end());
    EXPECT_NE(step->detail.find("refused; a word"), std::string::npos) << step->detail;
    EXPECT_EQ(origin.connections(), 1) << "a refused request goes nowhere";
}

TEST_F(Guards, RunInTheirOrder) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {patterns(llm::RegexGuard::Action::Mask, false), service(llm::GuardKind::Webhook, hook.port()), patterns(llm::RegexGuard::Action::Reject, false)}, {});
    EXPECT_EQ(answerOf(chat("123-45-6789 secret")), "You said: <SSN> ***");
    EXPECT_EQ(hook.bodies().front()["messages"][0]["content"], "<SSN> secret");
    EXPECT_EQ(record().guardReport->findings.size(), 2U) << "both guards by patterns have one name here";
}

TEST_F(Guards, AModerationFlagsOrNot) {
    std::string asked;
    Origin moderation(Origin::answering([&](const Message& request) {
        asked = request.head.substr(0, request.head.find(" HTTP")) + " " + request.body;
        const auto input = Json::parse(request.body)["input"];
        auto results = Json::array();
        for (const auto& text : input) results.push_back({{"flagged", text.get<std::string>().find("bad") != std::string::npos}, {"categories", {{"violence", true}}}});
        return json({{"results", results}});
    }));
    Origin origin(Origin::answering(echo));
    auto judges = service(llm::GuardKind::Moderation, moderation.port());
    judges.rejectStatus = 451;
    guard(origin.port(), {judges}, {});
    EXPECT_EQ(chat("good").status(), 200);
    EXPECT_EQ(asked, R"(POST /v1/moderations {"input":["good"]})");
    const auto refused = chat("bad");
    EXPECT_EQ(refused.status(), 451);
    EXPECT_EQ(Json::parse(refused.body)["error"]["message"], "The request was rejected due to inappropriate content");
}

TEST_F(Guards, AnswersAreJudgedWhole) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {}, {service(llm::GuardKind::Webhook, hook.port()), patterns(llm::RegexGuard::Action::Mask, true)});
    EXPECT_EQ(answerOf(chat("my secret is 123-45-6789")), "You said: my *** is <SSN>");
    EXPECT_EQ(hook.head().substr(0, 15), "POST /response ");
    EXPECT_EQ(hook.bodies().front(), Json::parse(R"({"choices":[{"message":{"role":"assistant","content":"You said: my secret is 123-45-6789"}}]})"));
    const auto refused = chat("forbidden");
    EXPECT_EQ(refused.status(), 422);
    EXPECT_EQ(refused.body.find("forbidden"), std::string::npos);
    record();
    EXPECT_TRUE(record().usage.known) << "it was paid for";
}

TEST_F(Guards, StreamsAreJudgedBySentence) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {}, {service(llm::GuardKind::Webhook, hook.port()), patterns(llm::RegexGuard::Action::Mask, true)});
    const auto answer = chat("One secret. Two 123-45-6789 secrets. Three", true);
    EXPECT_EQ(streamed(answer.body), "You said: One ***. Two <SSN> ***s. Three");
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n")) << answer.body;
    EXPECT_TRUE(answer.whole);
    const auto seen = record();
    ASSERT_TRUE(seen.guardReport);
    ASSERT_EQ(seen.guardReport->findings.size(), 2U);
    EXPECT_GE(seen.guardReport->findings[0].calls, 1U);
    EXPECT_EQ(seen.guardReport->findings[0].outcome, llm::GuardOutcome::Masked);
    EXPECT_EQ(seen.guardReport->findings[1].outcome, llm::GuardOutcome::Masked);
    EXPECT_TRUE(seen.usage.known);
}

TEST_F(Guards, ARefusedStreamNeverLooksWhole) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {}, {service(llm::GuardKind::Webhook, hook.port())});
    const auto answer = chat("fine. This is forbidden. And more.", true);
    EXPECT_EQ(answer.body.find("forbidden"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("more"), std::string::npos);
    EXPECT_EQ(answer.body.find("[DONE]"), std::string::npos);
    EXPECT_NE(answer.body.find("Not here."), std::string::npos) << answer.body;
    EXPECT_EQ(record().error, "guard-rejected");
}

TEST_F(Guards, PatternsMayRefuseStreamsToo) {
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {}, {patterns(llm::RegexGuard::Action::Reject, true)});
    const auto answer = chat("it is 123-45-6789 here", true);
    EXPECT_EQ(answer.body.find("6789"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("No numbers."), std::string::npos) << answer.body;
    EXPECT_EQ(streamed(chat("nothing", true).body), "You said: nothing");
}

TEST_F(Guards, NothingPassesAServiceThatCannotSay) {
    Origin silent([](Wire& wire) { wire.drain(); });
    Origin nonsense(Origin::always(json(Json{{"verdict", true}})));
    Origin html(Origin::always("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"));
    Origin fails(Origin::always(json(Json{{"action", Json::object()}}, 500)));
    Origin lengths(Origin::always(json(Json::parse(R"({"action":{"body":{"messages":[],"choices":[]}}})"))));
    Origin shortened(Origin::always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"action\""));
    const std::pair<const char*, std::uint16_t> services[] = {{"dead", deadPort()},      {"silent", silent.port()},   {"nonsense", nonsense.port()},
                                                               {"html", html.port()},     {"fails", fails.port()},     {"lengths", lengths.port()},
                                                               {"short", shortened.port()}};
    gateway::DataPlaneOptions options;
    options.limits.guardTime = std::chrono::milliseconds(150);
    for (const auto& [name, at] : services) {
        SCOPED_TRACE(name);
        Origin origin(Origin::answering(echo));
        guard(origin.port(), {service(llm::GuardKind::Webhook, at)}, {}, options);
        const auto closed = chat("hello");
        EXPECT_EQ(closed.status(), 503);
        EXPECT_EQ(Json::parse(closed.body)["error"]["message"], "A guard of this route could not check the text.");
        EXPECT_EQ(origin.connections(), 0);
        const auto seen = record();
        EXPECT_EQ(seen.error, "guard-failed");
        ASSERT_TRUE(seen.guardReport);
        EXPECT_FALSE(seen.guardReport->findings[0].detail.empty());
        guard(origin.port(), {service(llm::GuardKind::Webhook, at, true)}, {}, options);
        EXPECT_EQ(answerOf(chat("hello")), "You said: hello");
        EXPECT_EQ(record().guardReport->unscanned(), 5U);
        guard(origin.port(), {}, {service(llm::GuardKind::Webhook, at)}, options);
        EXPECT_EQ(chat("hello").status(), 503);
        record();
        const auto stream = chat("hello. there", true);
        EXPECT_EQ(stream.body.find("hello"), std::string::npos) << stream.body;
        EXPECT_EQ(stream.body.find("[DONE]"), std::string::npos);
        guard(origin.port(), {}, {service(llm::GuardKind::Webhook, at, true)}, options);
        EXPECT_EQ(streamed(chat("hello. there", true).body), "You said: hello. there");
        records.clear();
    }
}

TEST_F(Guards, ABrokenBodyIsRefusedBeforeAnybodyIsAsked) {
    Hook hook;
    Origin origin(Origin::answering(echo));
    guard(origin.port(), {service(llm::GuardKind::Webhook, hook.port())}, {});
    EXPECT_EQ(post("/v1/chat/completions", "{\"a\":").status(), 400);
    EXPECT_TRUE(hook.bodies().empty());
    EXPECT_EQ(origin.connections(), 0);
}

}  // namespace
}  // namespace gatehouse::test
