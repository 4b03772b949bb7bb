// Any client dialect to any provider, through the data plane: what reaches the provider, what the client gets, who is asked when a
// provider fails. The providers are fakes that keep what they were sent.
#include "core/gateway/provider_fixture.h"

#include <nlohmann/json.hpp>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

const std::string kClaudeStream =
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
    "\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Bonjour\"}}\n\n";
const std::string kClaudeEnd =
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
    "\"usage\":{\"output_tokens\":4}}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
const std::string kChat = R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"}],"seed":7})";
const std::string kMessages = R"({"model":"claude-3","max_tokens":50,"system":"Be kind.","messages":[{"role":"user","content":"hi"}]})";

class Providers : public ProviderDataPlane {
  protected:
    std::string streamed(std::string body) { return body.insert(1, "\"stream\":true,"); }
};

TEST_F(Providers, SendsAnOpenAiChatToAnthropicInAnthropicsWords) {
    Recorder claude([](const Message&) { return jsonAnswer(kClaudeAnswer); });
    serveTargets({target("anthropic", claude.port())});
    const auto answer = post("/v1/chat/completions", kChat, "Authorization: Bearer client\r\nOpenAI-Organization: o\r\nCookie: c=1\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto said = Json::parse(answer.body);
    EXPECT_EQ(said["object"], "chat.completion");
    EXPECT_EQ(said["choices"][0]["message"]["content"], "Bonjour");
    EXPECT_EQ(said["choices"][0]["finish_reason"], "stop");
    EXPECT_EQ(said["usage"]["prompt_tokens"], 9);
    ASSERT_EQ(claude.seen().size(), 1U);
    const auto sent = claude.seen().front();
    EXPECT_TRUE(sent.head.starts_with("POST /v1/messages HTTP/1.1\r\n")) << sent.head;
    EXPECT_EQ(sent.field("x-api-key"), "key-of-anthropic");
    EXPECT_EQ(sent.field("authorization"), "");
    EXPECT_EQ(sent.field("anthropic-version"), "2023-06-01");
    EXPECT_EQ(sent.field("openai-organization"), "");
    EXPECT_EQ(sent.field("cookie"), "");
    EXPECT_EQ(sent.field("host"), "anthropic.test");
    const auto body = Json::parse(sent.body);
    EXPECT_EQ(body["model"], "gpt-4o");
    EXPECT_TRUE(body["max_tokens"].is_number()) << "what Anthropic requires is filled in";
    EXPECT_EQ(body["messages"].size(), 1U) << body;
    EXPECT_TRUE(body.contains("system"));
    const auto seen = record();
    EXPECT_EQ(seen.api, "chat-completions");
    EXPECT_EQ(seen.clientDialect, "openai-chat");
    EXPECT_EQ(seen.providerDialect, "anthropic-messages");
    EXPECT_EQ(seen.providerSystem, "anthropic");
    EXPECT_EQ(seen.usage.inputTokens, 9U);
    EXPECT_EQ(seen.answer.model, "claude-x");
    const auto lost = [&](std::string_view path, llm::Loss::Kind kind) {
        return std::any_of(seen.losses.begin(), seen.losses.end(), [&](const auto& loss) { return loss.path == path && loss.kind == kind; });
    };
    EXPECT_TRUE(lost("seed", llm::Loss::Kind::Dropped));
    EXPECT_TRUE(lost("max_tokens", llm::Loss::Kind::Defaulted));
}

TEST_F(Providers, StreamsAnthropicToAnOpenAiClientToTheEnd) {
    Recorder claude([](const Message&) { return streamAnswer(kClaudeStream + kClaudeEnd); });
    serveTargets({target("anthropic", claude.port())});
    const auto answer = post("/v1/chat/completions", streamed(kChat));
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.field("content-type"), "text/event-stream");
    EXPECT_NE(answer.body.find("Bonjour"), std::string::npos) << answer.body;
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n")) << answer.body;
    EXPECT_TRUE(Json::parse(claude.seen().front().body)["stream"].get<bool>());
    const auto seen = record();
    EXPECT_TRUE(seen.streamed);
    EXPECT_EQ(seen.usage.outputTokens, 4U);
    EXPECT_EQ(seen.error, "");
}

TEST_F(Providers, NeverEndsACutStreamAsASuccess) {
    for (const bool clean : {true, false}) {
        Origin claude([clean](Wire& wire) {
            readMessage(wire);
            wire.send(streamAnswer(kClaudeStream, clean));
            if (!clean) wire.reset();
            else wire.rest();
        });
        serveTargets({target("anthropic", claude.port())});
        const auto answer = post("/v1/chat/completions", streamed(kChat));
        EXPECT_FALSE(answer.whole) << answer.body;
        EXPECT_NE(answer.body.find("Bonjour"), std::string::npos);
        EXPECT_NE(answer.body.find("\"error\""), std::string::npos) << answer.body;
        EXPECT_EQ(answer.body.find("[DONE]"), std::string::npos) << answer.body;
        EXPECT_EQ(record().error, "upstream-reset");
    }
}

TEST_F(Providers, TellsACutStreamOfTheClientsOwnDialectToo) {
    Origin gpt(Origin::always(streamAnswer("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n")));
    serveTargets({target("openai", gpt.port())});
    const auto answer = post("/v1/chat/completions", streamed(kChat));
    EXPECT_FALSE(answer.whole);
    EXPECT_NE(answer.body.find("\"error\""), std::string::npos) << answer.body;
    EXPECT_EQ(record().error, "upstream-reset");
}

TEST_F(Providers, ServesAnAnthropicClientFromOpenAi) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveTargets({target("openai", gpt.port())});
    const auto answer = post("/v1/messages", kMessages, "anthropic-version: 2023-06-01\r\nx-api-key: client\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto said = Json::parse(answer.body);
    EXPECT_EQ(said["type"], "message");
    EXPECT_EQ(said["content"][0]["text"], "Hello");
    EXPECT_EQ(said["stop_reason"], "end_turn");
    const auto sent = gpt.seen().front();
    EXPECT_TRUE(sent.head.starts_with("POST /v1/chat/completions ")) << sent.head;
    EXPECT_EQ(sent.field("authorization"), "Bearer key-of-openai");
    EXPECT_EQ(sent.field("x-api-key"), "");
    EXPECT_EQ(sent.field("anthropic-version"), "");
    EXPECT_EQ(Json::parse(sent.body)["messages"].size(), 2U);
}

TEST_F(Providers, TellsErrorsInTheClientsWordsWithTheStatusKept) {
    Recorder claude([](const Message&) {
        return jsonAnswer(R"({"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: too large"}})", 400);
    });
    serveTargets({target("anthropic", claude.port())});
    auto answer = post("/v1/chat/completions", kChat);
    EXPECT_EQ(answer.status(), 400);
    EXPECT_EQ(Json::parse(answer.body)["error"]["message"], "max_tokens: too large");
    // Errors of our own are in the client's dialect as well.
    answer = post("/v1/messages", "{\"model\":");
    EXPECT_EQ(answer.status(), 400);
    EXPECT_EQ(Json::parse(answer.body)["type"], "error") << answer.body;
    answer = post("/v1/images/generations", R"({"prompt":"a cat"})");
    EXPECT_EQ(answer.status(), 404);
    EXPECT_NE(Json::parse(answer.body)["error"]["message"].get<std::string>().find("Anthropic has no API for images"), std::string::npos);
}

TEST_F(Providers, RefusesAPageOfHtmlAsAnAnswer) {
    Recorder proxy([](const Message&) { return ok("<html>sign in</html>", "Content-Type: text/html\r\n"); });
    serveTargets({target("openai", proxy.port())});
    const auto answer = post("/v1/chat/completions", kChat);
    EXPECT_EQ(answer.status(), 502);
    EXPECT_NE(answer.body.find("text/html"), std::string::npos) << answer.body;
    EXPECT_EQ(record().error, "provider-answer");
}

TEST_F(Providers, ListsTheModelsOfTheConfigurationInTheClientsShape) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    auto first = target("openai", gpt.port());
    auto named = std::make_shared<llm::Provider>(*first.provider);
    named->modelOverride = "gpt-4o";
    first.provider = named;
    serveTargets({first});
    EXPECT_EQ(Json::parse(get("/v1/models").body)["data"][0]["id"], "gpt-4o");
    const auto anthropic = Json::parse(get("/v1/models", "anthropic-version: 2023-06-01\r\n").body);
    EXPECT_EQ(anthropic["data"][0]["type"], "model");
    EXPECT_EQ(anthropic["first_id"], "gpt-4o");
    EXPECT_EQ(Json::parse(get("/v1/models/gpt-4o").body)["object"], "model");
    EXPECT_EQ(get("/v1/models/other").status(), 404);
    EXPECT_TRUE(gpt.seen().empty());
}

/// What a first provider does to be left for the next one.
struct Fault {
    const char* name;
    std::function<void(Wire&)> act;
    const char* told;  ///< Of the try in the record.
};
class FailsOver : public Providers, public ::testing::WithParamInterface<Fault> {};

TEST_P(FailsOver, ToTheNextGroupWithTheRequestInItsOwnDialect) {
    firstToken = 300ms;
    Origin broken([](Wire& wire) {
        const auto request = readMessage(wire);
        if (!request.head.empty()) GetParam().act(wire);
    });
    Recorder gpt([](const Message&) { return streamAnswer("data: {\"id\":\"c\",\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                                                        "\"finish_reason\":null}]}\n\ndata: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                                                        "data: [DONE]\n\n"); });
    serveTargets({target("anthropic", broken.port(), 0), target("openai", gpt.port(), 1)});
    const auto answer = post("/v1/chat/completions", streamed(kChat));
    EXPECT_EQ(answer.status(), 200) << answer.body;
    EXPECT_TRUE(answer.whole);
    EXPECT_NE(answer.body.find("Hello"), std::string::npos) << answer.body;
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n")) << answer.body;
    const auto sent = gpt.seen().front();
    EXPECT_EQ(sent.field("x-api-key"), "");
    EXPECT_EQ(sent.field("anthropic-version"), "");
    EXPECT_EQ(sent.field("host"), "openai.test");
    EXPECT_EQ(Json::parse(sent.body)["seed"], 7) << "the client's own body, not what the first provider was sent";
    const auto seen = record();
    EXPECT_EQ(seen.provider, "openai");
    std::string told;
    for (const auto& step : seen.steps)
        if (step.stage == "try" && step.subject == "anthropic") told = step.detail;
    EXPECT_NE(told.find(GetParam().told), std::string::npos) << told;
    // It is left alone for a while.
    EXPECT_EQ(post("/v1/chat/completions", streamed(kChat)).status(), 200);
    EXPECT_EQ(record().attempts, 1);
}

INSTANTIATE_TEST_SUITE_P(
    Each, FailsOver,
    ::testing::Values(Fault{"TooManyRequests", [](Wire& wire) { wire.send(jsonAnswer("{}", 429)), wire.rest(); }, "answered 429"},
                      Fault{"RetryAfter", [](Wire& wire) { wire.send(jsonAnswer("{}", 429, "Retry-After: 30\r\n")), wire.rest(); }, "answered 429"},
                      Fault{"ServerError", [](Wire& wire) { wire.send(jsonAnswer("{}", 500)), wire.rest(); }, "answered 500"},
                      Fault{"Reset", [](Wire& wire) { wire.reset(); }, "upstream-reset"},
                      Fault{"BrokenHead", [](Wire& wire) { wire.send("HTTP/1.1 abc\r\n\r\n"), wire.rest(); }, "upstream-bad-response"},
                      Fault{"Html", [](Wire& wire) { wire.send(ok("<html>", "Content-Type: text/html\r\n")), wire.rest(); }, "provider-answer"},
                      Fault{"Silence", [](Wire& wire) { wire.rest(); }, "first-token"},
                      Fault{"SilentStream",
                            [](Wire& wire) {
                                wire.send(kStreamHead);
                                wire.rest();
                            },
                            "first-token"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Providers, LeavesAProviderAloneForAsLongAsItAsksAndThenAsksItAgain) {
    std::atomic<bool> limited{true};
    Recorder first([&](const Message&) { return limited ? jsonAnswer("{}", 429, "Retry-After: 1\r\n") : jsonAnswer(kGptAnswer); });
    Recorder second([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveTargets({target("openai", first.port(), 0, "first"), target("openai", second.port(), 1, "second")});
    EXPECT_EQ(post("/v1/chat/completions", kChat).status(), 200);
    EXPECT_EQ(first.seen().size(), 1U);
    EXPECT_EQ(second.seen().size(), 1U);
    limited = false;
    EXPECT_EQ(post("/v1/chat/completions", kChat).status(), 200);
    EXPECT_EQ(second.seen().size(), 2U) << "not asked again within the second";
    EXPECT_TRUE(eventually([&] {
        post("/v1/chat/completions", kChat);
        return first.seen().size() > 1;
    }));
}

TEST_F(Providers, GivesTheLastAnswerWhereAllFail) {
    Recorder first([](const Message&) { return jsonAnswer(R"({"error":{"message":"one","type":"x"}})", 500); });
    Recorder second([](const Message&) { return jsonAnswer(R"({"type":"error","error":{"type":"overloaded_error","message":"two"}})", 529); });
    serveTargets({target("openai", first.port(), 0), target("anthropic", second.port(), 1)});
    const auto answer = post("/v1/chat/completions", kChat);
    EXPECT_EQ(answer.status(), 529);
    EXPECT_EQ(Json::parse(answer.body)["error"]["message"], "two");
    EXPECT_EQ(first.seen().size(), 1U);
    EXPECT_EQ(second.seen().size(), 1U);
}

TEST_F(Providers, PassesOverProvidersThatHaveNoApiForTheCall) {
    Recorder claude([](const Message&) { return jsonAnswer(kClaudeAnswer); });
    Recorder gpt([](const Message&) { return jsonAnswer(R"({"object":"list","data":[],"usage":{"prompt_tokens":1,"total_tokens":1}})"); });
    serveTargets({target("anthropic", claude.port(), 0), target("openai", gpt.port(), 1)});
    EXPECT_EQ(post("/v1/embeddings", R"({"model":"e","input":"hi"})").status(), 200);
    EXPECT_TRUE(claude.seen().empty());
    EXPECT_TRUE(gpt.seen().front().head.starts_with("POST /v1/embeddings "));
}

TEST_F(Providers, SaysThatProvidersFailedWhereTheRestHaveNoApi) {
    Recorder gpt([](const Message&) { return jsonAnswer(R"({"error":{"message":"one"}})", 500); });
    Recorder claude([](const Message&) { return jsonAnswer(kClaudeAnswer); });
    serveTargets({target("openai", gpt.port(), 0), target("anthropic", claude.port(), 1)});
    const auto answer = post("/v1/embeddings", R"({"model":"e","input":"hi"})");
    EXPECT_EQ(answer.status(), 502) << answer.body;
    EXPECT_EQ(record().error, "providers-failed");
}

TEST_F(Providers, DoesNotAskAnotherOnceBytesReachedTheClient) {
    Origin first([](Wire& wire) {
        readMessage(wire);
        wire.send(streamAnswer(kClaudeStream, false));
        wire.reset();
    });
    Recorder second([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveTargets({target("anthropic", first.port(), 0), target("openai", second.port(), 1)});
    const auto answer = post("/v1/chat/completions", streamed(kChat));
    EXPECT_FALSE(answer.whole);
    EXPECT_NE(answer.body.find("\"error\""), std::string::npos) << answer.body;
    EXPECT_TRUE(second.seen().empty());
}

TEST_F(Providers, SpreadsRequestsWithinAGroup) {
    Recorder first([](const Message&) { return jsonAnswer(kGptAnswer); });
    Recorder second([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveTargets({target("openai", first.port(), 0, "first"), target("openai", second.port(), 0, "second")});
    EXPECT_TRUE(eventually([&] {
        post("/v1/chat/completions", kChat);
        return !first.seen().empty() && !second.seen().empty();
    }));
}

TEST_F(Providers, MovesThePassedOnKeyToWhereTheProviderLooksForIt) {
    Recorder claude([](const Message&) { return jsonAnswer(kClaudeAnswer); });
    auto only = target("anthropic", claude.port());
    auto passes = std::make_shared<llm::Provider>(*only.provider);
    passes->auth = llm::UpstreamAuth::Passthrough;
    only.provider = passes;
    serveTargets({only});
    EXPECT_EQ(post("/v1/chat/completions", kChat, "Authorization: Bearer client\r\n").status(), 200);
    EXPECT_EQ(claude.seen().front().field("x-api-key"), "client");
    EXPECT_EQ(claude.seen().front().field("authorization"), "");
}

}  // namespace
}  // namespace gatehouse::test
