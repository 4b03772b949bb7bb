// Prompts through a listener as a client sends them: what goes out in each dialect, what is read of streams and of errors, cancelling.
#include "core/gateway/data_plane_fixture.h"
#include "lab/prompt_client.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace gatehouse::lab {
namespace {

using namespace std::chrono_literals;
using test::chunk;
using test::eventually;
using test::Message;
using test::Origin;
using test::Wire;
using Json = nlohmann::json;
using State = PromptAnswer::State;

const std::string kStreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: req-1\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string kFirst = "data: {\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n";
const std::string kRest = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":null}]}\n\n"
                          "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                          "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}\n\ndata: [DONE]\n\n";

Prompt prompt() {
    Prompt out;
    out.system = "Be kind.";
    out.user = "hi";
    out.model = "m";
    out.temperature = 0.5;
    out.maxTokens = 64;
    return out;
}

PromptTarget at(std::uint16_t port, std::string path = "/v1/chat/completions") {
    PromptTarget target;
    target.address = "127.0.0.1:" + std::to_string(port);
    target.path = std::move(path);
    return target;
}

std::optional<PromptAnswer> ended(PromptClient& client, std::uint64_t number) {
    EXPECT_TRUE(eventually([&] { return client.look(number) && client.look(number)->over(); }));
    return client.look(number);
}

TEST(PromptClient, StreamsAnAnswerAndTellsItsTimes) {
    std::atomic<bool> goOn{false};
    Message seen;
    std::mutex mutex;
    Origin server([&](Wire& wire) {
        {
            const auto request = test::readMessage(wire);
            const std::lock_guard lock(mutex);
            seen = request;
        }
        wire.send(kStreamHead + chunk(kFirst));
        eventually([&] { return goOn.load(); });
        wire.send(chunk(kRest) + "0\r\n\r\n");
        wire.rest();
    });
    PromptClient client;
    auto target = at(server.port());
    target.host = "models.test";
    target.headers = {{"x-canary", "always"}};
    const auto number = client.send(prompt(), target);
    ASSERT_TRUE(number) << number.error().message;
    ASSERT_TRUE(eventually([&] { return client.look(*number)->state == State::Streaming; }));
    const auto half = client.look(*number);
    EXPECT_EQ(half->text, "Hel");
    EXPECT_EQ(half->requestId, "req-1");
    EXPECT_GE(half->firstTokenMicros, 0);
    goOn = true;
    const auto answer = ended(client, *number);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->state, State::Done) << answer->error;
    EXPECT_EQ(answer->text, "Hello");
    EXPECT_EQ(answer->finish, "stop");
    EXPECT_EQ(answer->model, "m-1");
    EXPECT_EQ(answer->usage.outputTokens, 2U);
    EXPECT_EQ(answer->pieces, 2U);
    EXPECT_GT(answer->tokensPerSecond(), 0);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(seen.field("host"), "models.test");
    EXPECT_EQ(seen.field("x-canary"), "always");
    const auto body = Json::parse(seen.body);
    EXPECT_EQ(body["messages"][0]["role"], "system");
    EXPECT_EQ(body["temperature"], 0.5);
    EXPECT_EQ(body["stream_options"]["include_usage"], true);
}

TEST(PromptClient, WritesEachPromptInTheWordsOfItsPath) {
    auto made = writePrompt(prompt(), at(1, "/anthropic/v1/messages"));
    ASSERT_TRUE(made);
    auto body = Json::parse(made->body);
    EXPECT_TRUE(body.contains("system"));
    EXPECT_EQ(body["max_tokens"], 64);
    EXPECT_EQ(llm::nameOf(*made->dialect), "anthropic-messages");
    made = writePrompt(prompt(), at(1, "/v1beta/models/{model}:streamGenerateContent"));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->target, "/v1beta/models/m:streamGenerateContent?alt=sse");
    EXPECT_TRUE(Json::parse(made->body).contains("contents"));
    made = writePrompt(prompt(), at(1, "/openai"));
    ASSERT_TRUE(made);
    EXPECT_EQ(llm::nameOf(*made->dialect), "openai-chat") << "a path that is none that is known";
    EXPECT_FALSE(writePrompt(prompt(), at(1, "/v1/embeddings")));
}

TEST(PromptClient, ReadsAnAnswerInOnePiece) {
    const std::string body = R"({"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"text","text":"Bonjour"}],)"
                             R"("stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":4}})";
    Origin server(Origin::always("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
    PromptClient client;
    auto plain = prompt();
    plain.stream = false;
    const auto number = client.send(plain, at(server.port(), "/v1/messages"));
    ASSERT_TRUE(number);
    const auto answer = ended(client, *number);
    EXPECT_EQ(answer->state, State::Done) << answer->error;
    EXPECT_EQ(answer->text, "Bonjour");
    EXPECT_EQ(answer->thinking, "Hm.");
    EXPECT_EQ(answer->usage.outputTokens, 4U);
}

TEST(PromptClient, TellsErrorsInTheProvidersWords) {
    const std::string body = R"({"error":{"message":"No such model.","type":"invalid_request_error"}})";
    Origin server(Origin::always("HTTP/1.1 404 X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
    PromptClient client;
    const auto number = client.send(prompt(), at(server.port()));
    const auto answer = ended(client, *number);
    EXPECT_EQ(answer->state, State::Failed);
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->error, "No such model.");
}

TEST(PromptClient, NeverTakesACutStreamForAWholeOne) {
    Origin server([](Wire& wire) {
        test::readMessage(wire);
        wire.send(kStreamHead + chunk(kFirst) + "0\r\n\r\n");
        wire.rest();
    });
    PromptClient client;
    const auto number = client.send(prompt(), at(server.port()));
    const auto answer = ended(client, *number);
    EXPECT_EQ(answer->state, State::Failed);
    EXPECT_EQ(answer->text, "Hel");
    EXPECT_NE(answer->error, "");
}

TEST(PromptClient, SaysThatNobodyListens) {
    PromptClient client;
    const auto number = client.send(prompt(), at(test::deadPort()));
    const auto answer = ended(client, *number);
    EXPECT_EQ(answer->state, State::Failed);
    EXPECT_EQ(answer->status, 0);
    EXPECT_NE(answer->error, "");
}

TEST(PromptClient, CancelsOneAndLeavesTheOthers) {
    std::atomic<bool> goOn{false};
    std::atomic<int> left{0};
    Origin server([&](Wire& wire) {
        test::readMessage(wire);
        wire.send(kStreamHead + chunk(kFirst));
        eventually([&] { return goOn.load(); });
        if (!wire.send(chunk(kRest) + "0\r\n\r\n")) ++left;
        wire.rest();
    });
    PromptClient client;
    const auto first = client.send(prompt(), at(server.port()));
    const auto second = client.send(prompt(), at(server.port()));
    ASSERT_TRUE(eventually([&] { return client.look(*first)->text == "Hel" && client.look(*second)->text == "Hel"; }));
    client.cancel(*first);
    EXPECT_EQ(ended(client, *first)->state, State::Cancelled);
    EXPECT_EQ(client.look(*first)->text, "Hel");
    goOn = true;
    EXPECT_EQ(ended(client, *second)->state, State::Done);
    client.forget(*second);
    EXPECT_FALSE(client.look(*second));
    EXPECT_FALSE(client.look(12345));
}

TEST(PromptClient, EndsWithRequestsUnderWay) {
    Origin server([](Wire& wire) {
        test::readMessage(wire);
        wire.send(kStreamHead);
        wire.rest();
    });
    auto client = std::make_unique<PromptClient>();
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(client->send(prompt(), at(server.port())));
    ASSERT_TRUE(eventually([&] { return server.connections() > 0; }));
    client.reset();
    SUCCEED();
}

}  // namespace
}  // namespace gatehouse::lab
