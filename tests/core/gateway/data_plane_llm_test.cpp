// LLM routes through the data plane: guard, enrichment, provider, usage, pools; and what must never reach an origin.
#include "data_plane_fixture.h"

#include "llm/guard.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

class LlmDataPlane : public DataPlaneTest {
  protected:
    /// The usual rule: chat under every path, to a pool of the given ports.
    route::Rule poolRule(const std::vector<std::uint16_t>& ports) {
        std::vector<std::shared_ptr<inference::Pod>> made;
        for (const auto port : ports) {
            const auto name = "default/pod-" + std::to_string(made.size());
            made.push_back(pods.get("pool", name, registry.get("pool", "127.0.0.1", port, name), "127.0.0.1", port));
        }
        pool = std::make_shared<inference::Pool>("pool", "InferencePool default/chat", made, inference::PickerOptions{});
        route::Rule rule;
        rule.llm = true;
        rule.backends.emplace_back();
        auto& backend = rule.backends.back();
        backend.kind = route::BackendKind::InferencePool;
        backend.id = backend.name = "InferencePool default/chat";
        backend.pool = pool;
        backend.counters = counters;
        return rule;
    }
    Message chat(std::string_view body, std::string_view extra = "", std::string_view path = "/v1/chat/completions") {
        return post(path, body, extra);
    }
    inference::PodRegistry pods;
    std::shared_ptr<inference::Pool> pool;
    std::shared_ptr<route::BackendCounters> counters = std::make_shared<route::BackendCounters>();
};

const std::string kChat = R"({"model":"m","messages":[{"role":"user","content":"hello"}]})";
const std::string kAnswer =
    R"({"id":"1","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}})";

TEST_F(LlmDataPlane, PicksAPodAndCountsTheUsageOfAJsonAnswer) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve(Routes(registry).add("", poolRule({origin.port()})));
    const auto answer = chat(kChat);
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, kAnswer);
    EXPECT_FALSE(answer.field("x-request-id").empty());
    const auto seen = record();
    EXPECT_TRUE(seen.llm);
    EXPECT_EQ(seen.model, "m");
    EXPECT_TRUE(seen.usage.known);
    EXPECT_EQ(seen.usage.inputTokens, 11U);
    EXPECT_EQ(seen.usage.outputTokens, 7U);
    EXPECT_EQ(seen.pod, "default/pod-0");
    ASSERT_TRUE(seen.pick);
    EXPECT_EQ(seen.pick->chosen, 0);
    EXPECT_EQ(counters->inputTokens, 11U);
    EXPECT_EQ(counters->outputTokens, 7U);
    EXPECT_EQ(pool->pods().front()->endpoint->inFlight, 0) << "the reservation is given back";
}

TEST_F(LlmDataPlane, AsksForUsageInAStreamAndKeepsItFromTheClient) {
    std::string sent;
    Origin origin(Origin::answering([&](const Message& request) {
        sent = request.body;
        std::string events;
        for (const auto* word : {"a", "b", "c"})
            events += "data: {\"choices\":[{\"delta\":{\"content\":\"" + std::string(word) + "\"}}]}\n\n";
        events += "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n";
        std::string out = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (std::size_t i = 0; i < events.size(); i += 11) out += chunk(events.substr(i, 11));
        return out + "0\r\n\r\n";
    }));
    serve(Routes(registry).add("", poolRule({origin.port()})));
    const auto answer = chat(R"({"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]})");
    EXPECT_TRUE(Json::parse(sent)["stream_options"]["include_usage"].get<bool>()) << sent;
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.body.find("usage"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("\"c\""), std::string::npos);
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n")) << answer.body;
    const auto seen = record();
    EXPECT_TRUE(seen.streamed);
    EXPECT_EQ(seen.usage.inputTokens, 5U);
    EXPECT_EQ(seen.usage.outputTokens, 3U);
    EXPECT_GE(seen.firstByteMicros, 0);
}

TEST_F(LlmDataPlane, RefusesWhatTheGuardRejectsInTheShapeOfTheApi) {
    Origin origin(Origin::always(ok(kAnswer)));
    auto rule = poolRule({origin.port()});
    auto policy = std::make_shared<llm::LlmPolicy>();
    auto guard = llm::RegexGuard::compile({{"secret word", "xyzzy", ""}}, llm::RegexGuard::Action::Reject);
    ASSERT_TRUE(guard);
    policy->requestGuard = *guard;
    policy->rejectMessage = "Not that word.";
    policy->rejectStatus = 422;
    rule.llmPolicy = policy;
    serve(Routes(registry).add("", std::move(rule)));
    const auto answer = chat(R"({"model":"m","messages":[{"role":"user","content":"say XYZZY now"}]})");
    EXPECT_EQ(answer.status(), 422);
    EXPECT_EQ(answer.field("content-type"), "application/json");
    const auto body = Json::parse(answer.body);
    EXPECT_EQ(body["error"]["message"], "Not that word.");
    EXPECT_TRUE(body["error"]["type"].is_string());
    EXPECT_EQ(origin.connections(), 0);
    const auto seen = record();
    EXPECT_EQ(seen.error, "guard-rejected");
    EXPECT_TRUE(seen.guard.rejected);
    EXPECT_EQ(chat(kChat).status(), 200) << "the guard lets others pass";
}

TEST_F(LlmDataPlane, MasksAnswersWholeAndInStreams) {
    const std::string stream = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"card 4111 11\"}}]}\n\n"
                               "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"11 1111 1111\"}}]}\n\n"
                               "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                               "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}\n\n"
                               "data: [DONE]\n\n";
    const std::string whole = R"({"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"card 4111 1111 1111 1111"},"finish_reason":"stop"}],)"
                              R"("usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}})";
    std::string asked;
    Origin origin(Origin::answering([&](const Message& request) {
        asked = request.body;
        const bool streams = request.body.find("\"stream\":true") != std::string::npos;
        return streams ? ok(stream, "Content-Type: text/event-stream\r\n") : ok(whole, "Content-Type: application/json\r\n");
    }));
    auto rule = poolRule({origin.port()});
    auto policy = std::make_shared<llm::LlmPolicy>();
    auto guard = llm::RegexGuard::compile({{"", "", "CREDIT_CARD"}}, llm::RegexGuard::Action::Mask, true);
    ASSERT_TRUE(guard);
    policy->responseGuard = *guard;
    policy->defaults.push_back({"temperature", "0.5", false});
    rule.llmPolicy = policy;
    serve(Routes(registry).add("", std::move(rule)));

    const auto answer = chat(kChat);
    ASSERT_EQ(answer.status(), 200);
    EXPECT_EQ(Json::parse(answer.body)["choices"][0]["message"]["content"], "card <CREDIT_CARD>");
    EXPECT_EQ(Json::parse(asked)["temperature"], 0.5);
    auto seen = record();
    ASSERT_EQ(seen.answerGuard.hits.size(), 1U);
    EXPECT_EQ(seen.answerGuard.hits[0].rule, "CREDIT_CARD");
    EXPECT_EQ(seen.usage.outputTokens, 4U);

    const auto streamed = chat(R"({"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]})");
    ASSERT_EQ(streamed.status(), 200);
    EXPECT_EQ(streamed.body.find("4111"), std::string::npos) << streamed.body;
    EXPECT_EQ(streamed.body.find("1111"), std::string::npos) << streamed.body;
    EXPECT_NE(streamed.body.find("<CREDIT_CARD>"), std::string::npos) << streamed.body;
    EXPECT_TRUE(streamed.body.ends_with("data: [DONE]\n\n")) << streamed.body;
    seen = record();
    EXPECT_TRUE(seen.answerGuard.masked);
    EXPECT_EQ(seen.usage.outputTokens, 4U);
}

TEST_F(LlmDataPlane, AGuardedAnswerThatCannotBeReadDoesNotGoOn) {
    Origin origin(Origin::always(ok("{\"choices\": 4111 1111 1111 1111", "Content-Type: application/json\r\n")));
    auto rule = poolRule({origin.port()});
    auto policy = std::make_shared<llm::LlmPolicy>();
    policy->responseGuard = *llm::RegexGuard::compile({{"", "", "CREDIT_CARD"}}, llm::RegexGuard::Action::Mask, true);
    rule.llmPolicy = policy;
    serve(Routes(registry).add("", std::move(rule)));
    const auto answer = chat(kChat);
    EXPECT_EQ(answer.status(), 502);
    EXPECT_EQ(answer.body.find("4111"), std::string::npos);
}

TEST_F(LlmDataPlane, RefusesBodiesItCannotRead) {
    Origin origin(Origin::always(ok(kAnswer)));
    gateway::DataPlaneOptions options;
    options.limits.llmBodyBytes = 100'000;
    serve(Routes(registry).add("", poolRule({origin.port()})), options);
    const auto broken = chat(R"({"model": )");
    EXPECT_EQ(broken.status(), 400);
    EXPECT_TRUE(Json::parse(broken.body)["error"]["message"].is_string());
    EXPECT_EQ(record().error, "bad-chat-request");
    EXPECT_EQ(chat(std::string(200'000, ' ')).status(), 413);
    EXPECT_EQ(record().error, "body-too-large");
    EXPECT_EQ(origin.connections(), 0);
}

TEST_F(LlmDataPlane, UsesTheProvidersKeyAndNotTheClients) {
    std::string seen;
    std::string body;
    Origin origin(Origin::answering([&](const Message& request) {
        seen = request.head;
        body = request.body;
        return ok(kAnswer, "Content-Type: application/json\r\n");
    }));
    Routes routes(registry);
    const auto rule = [&](llm::UpstreamAuth auth) {
        auto provider = std::make_shared<llm::Provider>();
        provider->name = "openai";
        provider->modelOverride = "theirs";
        provider->path = "/base/v1/chat/completions";
        provider->hostHeader = "api.provider.test";
        provider->auth = auth;
        provider->token = secret::SecretValue("sk-own");
        route::Rule made;
        made.llm = true;
        made.backends.push_back(Routes::backend(routes.cluster({origin.port()})));
        made.backends.back().kind = route::BackendKind::Llm;
        made.backends.back().provider = provider;
        return made;
    };
    routes.add("/own", rule(llm::UpstreamAuth::Bearer)).add("/pass", rule(llm::UpstreamAuth::Passthrough));
    serve(routes);
    EXPECT_EQ(chat(kChat, "Authorization: Bearer client\r\nX-Api-Key: client\r\n", "/own/v1/chat/completions").status(), 200);
    Message request{seen, "", true};
    EXPECT_TRUE(seen.starts_with("POST /base/v1/chat/completions HTTP/1.1\r\n")) << seen;
    EXPECT_EQ(request.field("authorization"), "Bearer sk-own");
    EXPECT_EQ(request.field("x-api-key"), "");
    EXPECT_EQ(request.field("host"), "api.provider.test");
    EXPECT_EQ(request.field("x-forwarded-for"), "");
    EXPECT_EQ(Json::parse(body)["model"], "theirs");
    EXPECT_EQ(chat(kChat, "Authorization: Bearer client\r\n", "/pass").status(), 200);
    EXPECT_EQ((Message{seen, "", true}.field("authorization")), "Bearer client");
}

TEST_F(LlmDataPlane, TriesAnotherPodWhenThePickedOneIsDead) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve(Routes(registry).add("", poolRule({deadPort(), origin.port()})));
    int retried = 0;
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(chat(kChat).status(), 200);
        const auto seen = record();
        EXPECT_EQ(seen.pod, "default/pod-1");
        retried += seen.attempts == 2;
    }
    EXPECT_GE(retried, 1);
    for (const auto& pod : pool->pods()) EXPECT_EQ(pod->endpoint->inFlight, 0);
}

TEST_F(LlmDataPlane, CutsTheStreamWhenThePodDies) {
    Origin origin([](Wire& wire) {
        readMessage(wire);
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        wire.send("11\r\ndata: {\"a\":\"b\"}\n\n\r\n");
        wire.reset();
    });
    serve(Routes(registry).add("", poolRule({origin.port()})));
    const auto answer = chat(R"({"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]})");
    EXPECT_FALSE(answer.whole);
    const auto seen = record();
    EXPECT_EQ(seen.error, "upstream-reset");
    EXPECT_EQ(pool->pods().front()->endpoint->inFlight, 0);
}

/// Every request of the vectors that must be refused, over the wire: the origin sees nothing of any of them.
TEST_F(DataPlaneTest, LetsNoDoubtfulRequestReachTheOrigin) {
    std::atomic<int> requests{0};
    Origin origin(Origin::answering([&](const Message&) {
        ++requests;
        return ok("");
    }));
    serve(Routes(registry).to("", {origin.port()}));
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/http/requests.txt");
    std::string line;
    int tried = 0;
    while (std::getline(in, line)) {
        const auto first = line.find(" | ");
        if (line.starts_with("#") || first == std::string::npos) continue;
        const auto second = line.find(" | ", first + 3);
        const auto expected = line.substr(first + 3, second - first - 3);
        if (expected.starts_with("ok")) continue;
        std::string bytes;
        for (std::size_t i = second + 3; i < line.size(); ++i) {
            if (line[i] != '\\') {
                bytes += line[i];
                continue;
            }
            switch (line[++i]) {
                case 'r': bytes += '\r'; break;
                case 'n': bytes += '\n'; break;
                case 't': bytes += '\t'; break;
                case '0': bytes += '\0'; break;
                case 'x':
                    bytes += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
                    i += 2;
                    break;
                default: bytes += line[i];
            }
        }
        // What a smuggler would hide behind it must not be served either.
        bytes += "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        auto wire = connect();
        wire.send(bytes);
        const auto answer = readMessage(wire);
        EXPECT_EQ(std::to_string(answer.status()), expected) << line;
        EXPECT_EQ(answer.field("connection"), "close") << line;
        EXPECT_EQ(wire.rest(), "") << "a second answer: " << line;
        ++tried;
    }
    EXPECT_GT(tried, 60);
    EXPECT_EQ(requests, 0);
    EXPECT_EQ(origin.connections(), 0);
}

}  // namespace
}  // namespace gatehouse::test
