// Captures: what is kept equals what a recording origin and a client saw, within the budget, without secrets, and nothing when off.
#include "core/gateway/provider_fixture.h"
#include "gateway/capture_ring.h"
#include "llm/capture.h"
#include "llm/stream_grammar.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace gatehouse::test {
namespace {

using gateway::CaptureRing;

const std::string kChat = R"({"model":"gpt-4o","messages":[{"role":"user","content":"hi"}],"seed":7})";
const std::string kSecret = "sk-live-0123456789abcdef";

class Captures : public ProviderDataPlane {
  protected:
    Captures() {
        ring->setBudget(8 * 1024 * 1024);
        ownKey = kSecret;
    }

    void serveTargets(std::vector<route::LlmTarget> targets) {
        gateway::DataPlaneOptions options;
        options.captures = ring;
        ProviderDataPlane::serveTargets(std::move(targets), options);
    }
    std::shared_ptr<const llm::CaptureData> captured() {
        const auto seen = record();
        EXPECT_NE(seen.capture, nullptr);
        return seen.capture ? seen.capture->data() : nullptr;
    }
    static std::string everything(const llm::CaptureData& data) {
        std::string all = data.clientRequest.head + data.clientRequest.body + data.clientAnswer.head + data.clientAnswer.body;
        for (const auto& entry : data.tries) all += entry.request.head + entry.request.body + entry.answer.head + entry.answer.body;
        return all;
    }

    std::shared_ptr<CaptureRing> ring = std::make_shared<CaptureRing>();
};

TEST_F(Captures, EqualWhatBothSidesSaw) {
    Message sent;
    std::mutex mutex;
    Origin claude(Origin::answering([&](const Message& request) {
        const std::lock_guard lock(mutex);
        sent = request;
        return jsonAnswer(kClaudeAnswer);
    }));
    serveTargets({target("anthropic", claude.port())});
    const auto answer = post("/v1/chat/completions?key=client-key-12345", kChat, "Authorization: Bearer client-secret-1234\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    EXPECT_EQ(data->clientDialect, "openai-chat");
    EXPECT_EQ(data->clientRequest.body, kChat);
    EXPECT_EQ(data->clientRequest.size, kChat.size());
    EXPECT_TRUE(data->clientRequest.head.starts_with("POST /v1/chat/completions?key=(hidden)\n")) << data->clientRequest.head;
    EXPECT_NE(data->clientRequest.head.find("Authorization: (hidden)\n"), std::string::npos);
    ASSERT_EQ(data->tries.size(), 1U);
    const auto& only = data->tries[0];
    EXPECT_EQ(only.provider, "anthropic");
    EXPECT_EQ(only.dialect, "anthropic-messages");
    EXPECT_EQ(only.status, 200);
    EXPECT_FALSE(only.passedOn);
    {
        const std::lock_guard lock(mutex);
        EXPECT_EQ(only.request.body, sent.body);
    }
    EXPECT_NE(only.request.head.find("x-api-key: (hidden)\n"), std::string::npos) << only.request.head;
    EXPECT_EQ(only.answer.body, kClaudeAnswer);
    EXPECT_TRUE(only.answer.head.starts_with("200\n"));
    EXPECT_EQ(data->clientAnswer.body, answer.body);
    EXPECT_TRUE(std::any_of(only.losses.begin(), only.losses.end(), [](const auto& loss) { return loss.path == "seed"; }));
    EXPECT_FALSE(data->clientAnswer.cut());
}

TEST_F(Captures, KeepEachChunkOfAStreamWithItsTime) {
    const std::vector<std::string> events = {
        "data: {\"id\":\"c\",\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n",
        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"};
    std::atomic<int> step{0};
    Origin gpt([&](Wire& wire) {
        readMessage(wire);
        wire.send(kStreamHead + chunk(events[0]));
        eventually([&] { return step > 0; });
        wire.send(chunk(events[1]));
        eventually([&] { return step > 1; });
        wire.send(chunk(events[2]) + "0\r\n\r\n");
        wire.rest();
    });
    serveTargets({target("openai", gpt.port())});
    auto body = kChat;
    body.insert(1, "\"stream\":true,\"stream_options\":{\"include_usage\":true},");
    auto wire = connect();
    wire.send(jsonPost("/v1/chat/completions", body));
    ASSERT_FALSE(wire.until("Hel").empty());
    step = 1;
    ASSERT_FALSE(wire.until("lo\"").empty());
    step = 2;
    ASSERT_FALSE(wire.until("[DONE]").empty());
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    ASSERT_EQ(data->tries.size(), 1U);
    const auto& answer = data->tries[0].answer;
    EXPECT_EQ(answer.body, events[0] + events[1] + events[2]);
    ASSERT_EQ(answer.chunks.size(), 3U);
    EXPECT_EQ(answer.chunks[0].end, events[0].size());
    EXPECT_LT(answer.chunks[0].micros, answer.chunks[1].micros);
    EXPECT_LT(answer.chunks[1].micros, answer.chunks[2].micros);
    EXPECT_EQ(data->clientAnswer.body, answer.body) << "the same dialect passes as it is";
}

TEST_F(Captures, GiveEveryProviderThatWasAskedAPaneSetOfItsOwn) {
    Origin first(Origin::always(jsonAnswer("{}", 429)));
    Origin second(Origin::always(jsonAnswer(kClaudeAnswer)));
    serveTargets({target("openai", first.port(), 0), target("anthropic", second.port(), 1)});
    EXPECT_EQ(post("/v1/chat/completions", kChat).status(), 200);
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    ASSERT_EQ(data->tries.size(), 2U);
    EXPECT_EQ(data->tries[0].provider, "openai");
    EXPECT_EQ(data->tries[0].status, 429);
    EXPECT_TRUE(data->tries[0].passedOn);
    EXPECT_EQ(nlohmann::json::parse(data->tries[0].request.body)["seed"], 7);
    EXPECT_EQ(data->tries[1].provider, "anthropic");
    EXPECT_FALSE(nlohmann::json::parse(data->tries[1].request.body).contains("seed"));
    EXPECT_EQ(data->tries[1].answer.body, kClaudeAnswer);
}

TEST_F(Captures, KeepARefusalOfOursAndWhatItRefused) {
    Origin gpt(Origin::always(jsonAnswer(kGptAnswer)));
    serveTargets({target("openai", gpt.port())});
    const auto answer = post("/v1/chat/completions", "{\"model\":");
    EXPECT_EQ(answer.status(), 400);
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    EXPECT_EQ(data->clientRequest.body, "{\"model\":");
    EXPECT_TRUE(data->tries.empty());
    EXPECT_EQ(data->clientAnswer.body, answer.body);
    EXPECT_TRUE(data->clientAnswer.head.starts_with("400\n"));
}

TEST_F(Captures, HoldNoSecretWhereverItStands) {
    // The provider tells its key in a body and in a header; the client wrote his own key into a message.
    auto leak = kGptAnswer;
    leak.insert(leak.find("Hello"), "your key is " + kSecret + " and ");
    Origin gpt(Origin::answering([&](const Message&) {
        return jsonAnswer(leak, 200, "X-Echo: " + kSecret + "\r\n");
    }));
    config::ObjectSet none;
    ring->setSecrets(std::make_shared<const gitops::SecretScan>(none));
    serveTargets({target("openai", gpt.port())});
    const std::string own = "client-secret-1234";
    auto body = kChat;
    body.insert(body.find("hi"), "I am " + own + ", ");
    const auto answer = post("/v1/chat/completions", body, "Authorization: Bearer " + own + "\r\n");
    EXPECT_NE(answer.body.find(kSecret), std::string::npos) << "what passes is not touched";
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    const auto all = everything(*data);
    EXPECT_EQ(all.find(kSecret), std::string::npos) << all;
    EXPECT_EQ(all.find(own), std::string::npos) << all;
    EXPECT_TRUE(data->clientRequest.hidden);
    EXPECT_TRUE(data->tries[0].answer.hidden);
    EXPECT_EQ(data->clientRequest.body.size(), body.size());
    const auto seen = telemetry::captureJson({}, *data);
    EXPECT_EQ(seen.find(kSecret), std::string::npos);
}

TEST_F(Captures, KeepNothingWhenOff) {
    ring->setBudget(0);
    Origin gpt(Origin::always(jsonAnswer(kGptAnswer)));
    serveTargets({target("openai", gpt.port())});
    EXPECT_EQ(post("/v1/chat/completions", kChat).status(), 200);
    EXPECT_EQ(record().capture, nullptr);
    EXPECT_EQ(ring->use().used, 0U);
    // On and off again while it runs.
    ring->setBudget(1 << 20);
    post("/v1/chat/completions", kChat);
    const auto kept = record().capture;
    ASSERT_NE(kept, nullptr);
    EXPECT_NE(kept->data(), nullptr);
    ring->setBudget(0);
    EXPECT_EQ(kept->data(), nullptr) << "what was kept is forgotten";
    EXPECT_EQ(ring->use().captures, 0U);
    EXPECT_EQ(ring->use().used, 0U);
}

TEST_F(Captures, StayWithinTheBudgetUnderLoad) {
    constexpr std::size_t kBudget = 256 * 1024;
    ring->setBudget(kBudget);
    auto large = kGptAnswer;
    large.insert(large.find("Hello"), std::string(20'000, 'x'));
    Origin gpt(Origin::always(jsonAnswer(large)));
    serveTargets({target("openai", gpt.port())});
    std::atomic<bool> over{false};
    std::atomic<std::size_t> most{0};
    std::thread watch([&] {
        while (!over) {
            most = std::max(most.load(), ring->use().used);
            std::this_thread::yield();
        }
    });
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&] {
            for (int n = 0; n < 25; ++n) post("/v1/chat/completions", kChat);
        });
    for (auto& client : clients) client.join();
    over = true;
    watch.join();
    EXPECT_TRUE(eventually([&] {
        plane->drain(1000, records);
        return records.size() >= 100;
    }));
    EXPECT_LE(most.load(), kBudget);
    EXPECT_GT(ring->use().pushedOut, 0U);
    // The newest are there, the oldest gone, and the sum is what is counted.
    std::size_t bytes = 0, kept = 0;
    for (const auto& seen : records)
        if (seen.capture && seen.capture->data()) {
            ++kept;
            bytes += seen.capture->bytes();
        }
    EXPECT_EQ(kept, ring->use().captures);
    EXPECT_EQ(bytes, ring->use().used);
    EXPECT_GT(kept, 0U);
    EXPECT_LT(kept, records.size());
    EXPECT_NE(records.back().capture->data(), nullptr);
}

TEST_F(Captures, SayWhatWasCutAndItsRealSize) {
    ring->setBudget(CaptureRing::kSmallestBudget);
    auto large = kGptAnswer;
    large.insert(large.find("Hello"), std::string(200'000, 'x') + kSecret);
    Origin gpt(Origin::always(jsonAnswer(large)));
    serveTargets({target("openai", gpt.port())});
    const auto answer = post("/v1/chat/completions", kChat);
    EXPECT_EQ(answer.body.size(), large.size());
    const auto data = captured();
    ASSERT_NE(data, nullptr);
    const auto& reply = data->tries[0].answer;
    EXPECT_TRUE(reply.cut());
    EXPECT_EQ(reply.size, large.size());
    EXPECT_LE(reply.body.size(), ring->perRequest());
    EXPECT_EQ(data->clientRequest.body, kChat);
    EXPECT_EQ(large.substr(0, reply.body.size()), reply.body);
    EXPECT_LE(ring->use().used, CaptureRing::kSmallestBudget);
}

TEST(StarOut, HidesAlsoWhatJsonEscapesAndWhatACutLeaves) {
    std::string text = R"({"a":"pass\"word\\123"})";
    EXPECT_TRUE(gateway::starOut(text, "pass\"word\\123", false));
    EXPECT_EQ(text.find("pass"), std::string::npos) << text;
    std::string cut = "the key is sk-live-01";
    EXPECT_FALSE(gateway::starOut(cut, kSecret, false));
    EXPECT_TRUE(gateway::starOut(cut, kSecret, true));
    EXPECT_EQ(cut, "the key is **********");
    std::string other = "nothing";
    EXPECT_FALSE(gateway::starOut(other, kSecret, true));
}

}  // namespace
}  // namespace gatehouse::test
