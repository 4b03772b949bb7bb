// The fault drill: a provider that misbehaves in each way that providers do, before one that does not, and what the client got. Each
// case says what must come of it; at the end the scorecard is printed.
#include "core/gateway/provider_stage.h"

#include <iostream>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

std::string delta(std::string_view text, std::string_view model) {
    return fmt::format("data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"{}\",\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\","
                       "\"content\":\"{}\"}},\"finish_reason\":null}}]}}\n\n",
                       model, text);
}
const std::string kEnd = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                         "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}\n\ndata: [DONE]\n\n";

struct Scenario {
    const char* name;
    bool stream;
    std::function<void(Wire&)> act;  ///< Of the first provider, for each request.
    enum class Wanted { SecondAnswers, ClientIsTold, FirstAnswers } wanted;
    const char* tried;               ///< In the record of the failed try; for ClientIsTold the record's error.
    int status = 200;                ///< That the client gets.
    bool cools = true;               ///< The first is left alone afterwards.
};

using Wanted = Scenario::Wanted;

void say(Wire& wire, const std::string& bytes) {
    wire.send(bytes);
    wire.rest();
}
std::string error(int status, std::string_view body, std::string_view extra = "") { return jsonAnswer(body, status, extra); }

const std::vector<Scenario>& scenarios() {
    static const std::vector<Scenario> kAll{
        {"429 without Retry-After", false, [](Wire& w) { say(w, error(429, R"({"error":{"message":"slow down"}})")); }, Wanted::SecondAnswers, "answered 429"},
        {"429 with Retry-After", false, [](Wire& w) { say(w, error(429, R"({"error":{"message":"slow down"}})", "Retry-After: 30\r\n")); }, Wanted::SecondAnswers, "answered 429"},
        {"500", false, [](Wire& w) { say(w, error(500, "{}")); }, Wanted::SecondAnswers, "answered 500"},
        {"529 overloaded", true, [](Wire& w) { say(w, error(529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})")); }, Wanted::SecondAnswers, "answered 529"},
        {"reset before an answer", false, [](Wire& w) { w.reset(); }, Wanted::SecondAnswers, "upstream-reset"},
        {"silence", true, [](Wire& w) { w.rest(); }, Wanted::SecondAnswers, "first-token"},
        {"slow first token", true, [](Wire& w) { say(w, kStreamHead + chunk(": still thinking\n\n")); }, Wanted::SecondAnswers, "first-token"},
        {"stall between tokens", true, [](Wire& w) { say(w, kStreamHead + chunk(delta("Hel", "m"))); }, Wanted::ClientIsTold, "stream-stalled"},
        {"malformed chunk framing", true, [](Wire& w) { say(w, kStreamHead + "zz\r\n"); }, Wanted::SecondAnswers, "upstream-bad-response"},
        {"malformed first event", true, [](Wire& w) { say(w, kStreamHead + chunk("data: {\"id\":\n\n") + "0\r\n\r\n"); }, Wanted::SecondAnswers, "provider-answer"},
        {"malformed chunk later", true, [](Wire& w) {
             w.send(kStreamHead + chunk(delta("Hel", "m")));
             w.readable(100ms);  // The client has it by then.
             say(w, "zz\r\n");
         }, Wanted::ClientIsTold, "upstream-bad-response"},
        {"error event with status 200", true, [](Wire& w) { say(w, kStreamHead + chunk("data: {\"error\":{\"message\":\"no capacity\",\"type\":\"server_error\"}}\n\n") + "0\r\n\r\n"); },
         Wanted::SecondAnswers, "provider-answer"},
        {"stream that ends before it begins", true, [](Wire& w) { say(w, kStreamHead + chunk(": hello\n\n") + "0\r\n\r\n"); }, Wanted::SecondAnswers, "provider-answer"},
        {"HTML in place of an answer", false, [](Wire& w) { say(w, ok("<html>sign in</html>", "Content-Type: text/html\r\n")); }, Wanted::SecondAnswers, "provider-answer"},
        {"broken head", false, [](Wire& w) { say(w, "HTTP/1.1 abc\r\n\r\n"); }, Wanted::SecondAnswers, "upstream-bad-response"},
        {"context too long", false,
         [](Wire& w) { w.send(error(400, R"({"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}})")); },
         Wanted::SecondAnswers, "answered 400", 200, false},
        {"401", false, [](Wire& w) { say(w, error(401, R"({"error":{"message":"bad key"}})")); }, Wanted::SecondAnswers, "answered 401"},
        {"403", false, [](Wire& w) { w.send(error(403, R"({"error":{"message":"not for you"}})")); }, Wanted::SecondAnswers, "answered 403", 200, false},
        {"a request that is wrong", false, [](Wire& w) { say(w, error(400, R"({"error":{"message":"max_tokens is too large"}})")); }, Wanted::FirstAnswers, "", 400, false},
        {"cut in the middle", true,
         [](Wire& w) {
             w.send(kStreamHead + chunk(delta("Hel", "m")));
             w.readable(100ms);
             w.reset();
         },
         Wanted::ClientIsTold, "upstream-reset"},
        {"end without its end", true, [](Wire& w) { say(w, kStreamHead + chunk(delta("Hel", "m")) + "0\r\n\r\n"); }, Wanted::ClientIsTold, "upstream-reset"},
    };
    return kAll;
}

class FaultDrill : public ProviderStage {
  protected:
    /// Two providers of an AI Backend, in two groups, with different models.
    static std::string yaml(std::uint16_t first, std::uint16_t second, std::string_view routeAnnotations = "{}") {
        return stageYaml(fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata:
  name: ai
  annotations: {{gatehouse.dev/first-token-timeout: 400ms, gatehouse.dev/stream-idle-timeout: 400ms}}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers:
      - {{name: first, openai: {{authToken: {{kind: Inline, inline: "env:none-of-this"}}, model: small}}, host: 127.0.0.1, port: {}}}
    - providers:
      - {{name: second, openai: {{authToken: {{kind: Inline, inline: key-two}}, model: large}}, host: 127.0.0.1, port: {}}}
)", first, second), routeAnnotations);
    }
    static Recorder::Answer good() {
        return [](const Message& request) {
            if (Json::parse(request.body).value("stream", false))
                return streamAnswer(delta("Hello", "large") + kEnd);
            return jsonAnswer(kGptAnswer);
        };
    }
    static std::size_t occurrences(std::string_view text, std::string_view what) {
        std::size_t count = 0;
        for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
        return count;
    }
};

TEST_F(FaultDrill, EachFaultEndsAsItShould) {
    std::string card;
    for (const auto& scenario : scenarios()) {
        SCOPED_TRACE(scenario.name);
        gateway.reset();
        const auto& result = *::testing::UnitTest::GetInstance()->current_test_info()->result();
        const int failures = result.total_part_count();
        std::atomic<int> asked{0};
        Origin first([&](Wire& wire) {
            while (!readMessage(wire).head.empty()) {
                ++asked;
                scenario.act(wire);
            }
        });
        Recorder second(good());
        serve(yaml(first.port(), second.port()));
        const auto begun = std::chrono::steady_clock::now();
        const auto answer = scenario.stream ? streamedChat() : chat();
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
        EXPECT_EQ(answer.status(), scenario.status) << answer.body;
        EXPECT_EQ(asked, 1);
        const auto seen = record(1);
        const bool failedOver = scenario.wanted == Wanted::SecondAnswers;
        EXPECT_EQ(second.seen().size(), failedOver ? 1U : 0U);
        if (failedOver) {
            EXPECT_EQ(occurrences(answer.body, "Hello"), 1U) << answer.body;
            EXPECT_TRUE(answer.whole);
            EXPECT_EQ(seen.error, "");
            EXPECT_NE(stepsOf(seen, "try").find(scenario.tried), std::string::npos) << stepsOf(seen, "try");
            EXPECT_EQ(seen.usage.inputTokens, 5U) << "charged once";
            EXPECT_EQ(seen.provider, "second");
            EXPECT_EQ(second.seen().front().field("authorization"), "Bearer key-two");
        } else if (scenario.wanted == Wanted::ClientIsTold) {
            EXPECT_FALSE(answer.whole);
            EXPECT_NE(answer.body.find("Hel"), std::string::npos);
            EXPECT_NE(answer.body.find("\"error\""), std::string::npos) << answer.body;
            EXPECT_EQ(answer.body.find("[DONE]"), std::string::npos);
            EXPECT_EQ(seen.error, scenario.tried);
        }
        if (failedOver) {
            const auto state = providers();
            const bool out = state[0]["state"] == "out" || state[0]["keys"][0]["state"] == "cooling down";
            EXPECT_EQ(out, scenario.cools) << state[0];
            EXPECT_GE(state[0]["failures"].get<int>(), scenario.cools ? 1 : 0);
            EXPECT_EQ(state[1]["state"], "in");
            chat();
            EXPECT_EQ(asked, scenario.cools ? 1 : 2);
        }
        card += fmt::format("{:<30} {:<22} {:>4} {:>6} ms  {}\n", scenario.name,
                            failedOver                                       ? "second answered"
                            : scenario.wanted == Wanted::ClientIsTold ? "client was told"
                                                                      : "first's error kept",
                            answer.status(), took.count(), result.total_part_count() > failures ? "FAILED" : "as it should");
    }
    std::cout << card;
}

TEST_F(FaultDrill, WithNobodyElseToAskWhatBreaksBeforeTheFirstByteIsAnAnswer) {
    struct Case {
        const char* name;
        std::function<void(Wire&)> act;
        int status;
        const char* error;
    };
    const Case cases[] = {
        {"malformed chunks beside the head", [](Wire& w) { say(w, kStreamHead + "zz\r\n"); }, 502, "upstream-bad-response"},
        {"malformed chunks after it",
         [](Wire& w) {
             w.send(kStreamHead);
             w.readable(100ms);
             say(w, "zz\r\n");
         },
         502, "upstream-bad-response"},
        {"a reset after the head",
         [](Wire& w) {
             w.send(kStreamHead);
             w.readable(100ms);
             w.reset();
         },
         502, "upstream-reset"},
        {"an end without an event", [](Wire& w) { say(w, kStreamHead + "0\r\n\r\n"); }, 502, "provider-answer"},
        {"silence after the head", [](Wire& w) { say(w, kStreamHead); }, 504, "first-token"},
        {"an error event", [](Wire& w) { say(w, kStreamHead + chunk("data: {\"error\":{\"message\":\"no capacity\"}}\n\n") + "0\r\n\r\n"); }, 502, "provider-answer"},
    };
    for (const auto& [name, act, status, error] : cases) {
        SCOPED_TRACE(name);
        gateway.reset();
        Origin only([&](Wire& wire) {
            readMessage(wire);
            act(wire);
        });
        serve(stageYaml(fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: ai, annotations: {{gatehouse.dev/stream-idle-timeout: 400ms}}}}
spec: {{type: AI, ai: {{llm: {{openai: {{authToken: {{kind: Inline, inline: k}}}}, host: 127.0.0.1, port: {}}}}}}}
)", only.port())));
        const auto answer = post(R"({"model":"m","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]})", "/v1/messages");
        EXPECT_EQ(answer.status(), status) << answer.body;
        EXPECT_TRUE(answer.whole);
        EXPECT_EQ(Json::parse(answer.body)["type"], "error") << "in the words of the client: " << answer.body;
        EXPECT_EQ(answer.field("content-type"), "application/json");
        EXPECT_EQ(record(1).error, error);
    }
}

TEST_F(FaultDrill, AStreamBeginsAnewWhereTheRouteAsksForIt) {
    for (const auto& scenario : scenarios()) {
        if (scenario.wanted != Wanted::ClientIsTold) continue;
        SCOPED_TRACE(scenario.name);
        gateway.reset();
        Origin first([&](Wire& wire) {
            readMessage(wire);
            scenario.act(wire);
        });
        Recorder second(good());
        serve(yaml(first.port(), second.port(), "{gatehouse.dev/restart-streams: \"true\"}"));
        const auto answer = streamedChat();
        EXPECT_EQ(answer.status(), 200);
        EXPECT_TRUE(answer.whole) << answer.body;
        const auto mark = answer.body.find(": gatehouse-restart {\"reason\":\"");
        ASSERT_NE(mark, std::string::npos) << answer.body;
        EXPECT_NE(answer.body.substr(0, mark).find("Hel"), std::string::npos);
        EXPECT_EQ(answer.body.find("\"error\""), std::string::npos) << answer.body;
        EXPECT_NE(answer.body.substr(mark).find("Hello"), std::string::npos);
        EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n"));
        const auto seen = record(1);
        EXPECT_EQ(seen.error, "");
        EXPECT_EQ(seen.usage.inputTokens, 5U) << "charged once";
        EXPECT_NE(stepsOf(seen, "try").find("the client's stream began anew"), std::string::npos) << stepsOf(seen, "try");
        EXPECT_EQ(providers()[0]["state"], "out");
    }
}

TEST_F(FaultDrill, ARestartThatFindsNobodyEndsAsAnError) {
    Origin first([](Wire& wire) {
        readMessage(wire);
        wire.send(kStreamHead + chunk(delta("Hel", "m")));
        wire.reset();
    });
    Recorder second([](const Message&) { return jsonAnswer(R"({"error":{"message":"no"}})", 500); });
    serve(yaml(first.port(), second.port(), "{gatehouse.dev/restart-streams: \"true\"}"));
    const auto answer = streamedChat();
    EXPECT_FALSE(answer.whole);
    EXPECT_EQ(occurrences(answer.body, "gatehouse-restart"), 1U);
    EXPECT_NE(answer.body.find("\"error\""), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("[DONE]"), std::string::npos);
    EXPECT_EQ(record(1).error, "upstream-reset");
}

TEST_F(FaultDrill, AProviderThatCannotBeReachedIsABadGateway) {
    serve(yaml(deadPort(), deadPort()));
    EXPECT_EQ(chat().status(), 502);
    EXPECT_EQ(record(1).error, "upstream-connect");
}

TEST_F(FaultDrill, AProviderThatWasOutComesBack) {
    std::atomic<bool> broken{true};
    Recorder first([&](const Message&) { return broken ? jsonAnswer("{}", 503, "Retry-After: 1\r\n") : jsonAnswer(kGptAnswer); });
    Recorder second(good());
    serve(yaml(first.port(), second.port()));
    EXPECT_EQ(chat().status(), 200);
    EXPECT_EQ(providers()[0]["state"], "out");
    EXPECT_GT(providers()[0]["outMillis"].get<int>(), 0);
    EXPECT_NE(admin("/endpoints").find("\"state\": \"out\""), std::string::npos);
    broken = false;
    EXPECT_TRUE(eventually([&] {
        chat();
        return first.seen().size() > 1;
    }));
    EXPECT_EQ(providers()[0]["state"], "in");
    EXPECT_EQ(Json::parse(admin("/endpoints"))["backends"][0]["endpoints"][0]["state"], "in");
}

}  // namespace
}  // namespace gatehouse::test
