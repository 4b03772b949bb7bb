// Answers that are kept for equal requests: what is equal, what is kept, how much, and how it is told.
#include "core/gateway/provider_stage.h"
#include "gateway/response_cache.h"

namespace gatehouse::gateway {
namespace {

using Millis = std::chrono::milliseconds;

ResponseCache::Key keyOf(std::string_view body, std::string_view caller = "a", std::string_view path = "/v1/chat/completions") {
    const auto key = cacheKey({"rule", caller, path, "", body});
    EXPECT_TRUE(key) << body;
    return key.value_or(ResponseCache::Key{});
}

TEST(CacheKey, SpacesAndOrderDoNotMatterAllElseDoes) {
    const auto key = keyOf(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})");
    EXPECT_EQ(key, keyOf("{ \"messages\" : [ {\"content\":\"hi\", \"role\":\"user\"} ],\n \"model\":\"m\" }"));
    EXPECT_NE(key, keyOf(R"({"model":"m","messages":[{"role":"user","content":"hi "}]})"));
    EXPECT_NE(key, keyOf(R"({"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":1})"));
    EXPECT_NE(key, keyOf(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})", "b"));
    EXPECT_NE(key, keyOf(R"({"model":"m","messages":[{"role":"user","content":"hi"}]})", "a", "/v1/messages"));
    EXPECT_NE(cacheKey({"r", "ab", "c", "", "{}"}), cacheKey({"r", "a", "bc", "", "{}"})) << "parts do not run into each other";
    EXPECT_FALSE(cacheKey({"r", "a", "/", "", "[1]"}));
    EXPECT_FALSE(cacheKey({"r", "a", "/", "", "{\"a\":"}));
    EXPECT_FALSE(cacheKey({"r", "a", "/v1/responses", "", R"({"previous_response_id":"r1"})"}));
    EXPECT_TRUE(cacheKey({"r", "a", "/v1/responses", "", R"({"previous_response_id":null})"}));
}

TEST(CacheControl, Directives) {
    EXPECT_TRUE(readCacheControl("No-Store").noStore);
    EXPECT_TRUE(readCacheControl("max-age=0, no-cache=\"x\"").noCache);
    EXPECT_TRUE(readCacheControl("private").isPrivate);
    EXPECT_FALSE(readCacheControl("max-age=3600, x-no-store").noStore);
    EXPECT_FALSE(readCacheControl("").noStore);
}

TEST(ResponseCache, ItsMemoryIsBoundedAndTheOldestGoes) {
    ResponseCache cache(10'000);
    const base::MonoTime now{};
    const auto put = [&](std::string_view name, std::size_t size) { cache.store(keyOf("{}", name), {std::string(size, 'x'), "application/json", 1, 2, now, now + Millis(100)}); };
    put("a", 3'000);
    put("b", 3'000);
    EXPECT_TRUE(cache.find(keyOf("{}", "a"), now));
    put("c", 3'000);
    EXPECT_TRUE(cache.find(keyOf("{}", "a"), now)) << "it was asked for since";
    EXPECT_FALSE(cache.find(keyOf("{}", "b"), now));
    EXPECT_EQ(cache.use().entries, 2U);
    EXPECT_EQ(cache.use().pushedOut, 1U);
    put("d", 20'000);
    EXPECT_FALSE(cache.find(keyOf("{}", "d"), now));
    EXPECT_LE(cache.use().bytes, 10'000U);
    EXPECT_FALSE(cache.find(keyOf("{}", "a"), now + Millis(100))) << "its time is over";
    EXPECT_EQ(cache.use().entries, 1U);
    put("c", 10);
    EXPECT_EQ(cache.use().entries, 1U) << "in place of the old one";
    EXPECT_EQ(cache.use().hits, 2U);
    EXPECT_EQ(cache.use().misses, 3U);
}

}  // namespace
}  // namespace gatehouse::gateway

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

class Cached : public ProviderStage {
  protected:
    static std::string yaml(std::uint16_t origin, std::string_view time = "1h", const std::string& more = {}) {
        return stageYaml(fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {{name: ai}}\n"
                                     "spec: {{type: AI, ai: {{llm: {{openai: {{authToken: {{kind: Inline, inline: k}}}}, host: 127.0.0.1, port: {}}}}}}}\n{}", origin, more),
                         fmt::format("{{gatehouse.dev/response-cache: \"{}\"}}", time));
    }
    Message ask(std::string_view text, std::string_view extra = "", bool stream = false, std::string_view path = "/v1/chat/completions") const {
        return post(Json{{"model", "gpt-4o"}, {"max_tokens", 9}, {"stream", stream}, {"messages", Json::array({{{"role", "user"}, {"content", text}}})}}.dump(), path, extra);
    }
    static std::string cacheOf(const Message& message) { return message.field("x-cache"); }
};

TEST_F(Cached, AnEqualRequestOfTheSameCallerIsAnsweredFromIt) {
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    serve(yaml(provider.port()));
    const auto first = ask("hi", "Authorization: Bearer one\r\n");
    EXPECT_EQ(first.status(), 200);
    EXPECT_EQ(cacheOf(first), "");
    const auto second = ask("hi", "Authorization: Bearer one\r\n");
    EXPECT_EQ(cacheOf(second), "hit");
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.field("content-type"), first.field("content-type"));
    EXPECT_EQ(second.field("age"), "0");
    EXPECT_EQ(provider.seen().size(), 1U);
    const auto seen = record(2);
    EXPECT_NE(stepsOf(seen, "cache").find("2 output tokens were not paid for again"), std::string::npos) << stepsOf(seen, "cache");
    EXPECT_FALSE(seen.usage.known) << "nothing is paid twice";
    EXPECT_EQ(cacheOf(ask("hi", "Authorization: Bearer two\r\n")), "") << "another caller";
    EXPECT_EQ(cacheOf(ask("ho", "Authorization: Bearer one\r\n")), "");
    EXPECT_NE(admin("/metrics").find("gatehouse_response_cache_hits_total 1\n"), std::string::npos);
    EXPECT_NE(admin("/metrics").find("gatehouse_response_cache_entries 3\n"), std::string::npos);
}

TEST_F(Cached, ClientsAndProvidersMaySayNoStore) {
    std::atomic<bool> says{false};
    Recorder provider([&](const Message&) { return jsonAnswer(kGptAnswer, 200, says ? "Cache-Control: no-store\r\n" : ""); });
    serve(yaml(provider.port()));
    EXPECT_EQ(cacheOf(ask("a", "Cache-Control: no-store\r\n")), "");
    EXPECT_EQ(cacheOf(ask("a")), "") << "the one before was not kept";
    EXPECT_EQ(cacheOf(ask("a", "Cache-Control: no-store\r\n")), "") << "nor is it asked";
    EXPECT_EQ(cacheOf(ask("a", "Cache-Control: no-cache\r\n")), "");
    EXPECT_EQ(cacheOf(ask("a")), "hit");
    says = true;
    EXPECT_EQ(cacheOf(ask("b")), "");
    EXPECT_EQ(cacheOf(ask("b")), "");
}

TEST_F(Cached, StreamsAreReplayedInTheClientsDialect) {
    const std::string events = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n"
                               "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    Recorder provider([&](const Message&) { return streamAnswer(events); });
    serve(yaml(provider.port()));
    for (const auto* path : {"/v1/chat/completions", "/v1/messages"}) {
        const auto first = ask("hi", "anthropic-version: 2023-06-01\r\n", true, path);
        EXPECT_EQ(first.status(), 200) << first.body;
        const auto second = ask("hi", "anthropic-version: 2023-06-01\r\n", true, path);
        EXPECT_EQ(cacheOf(second), "hit") << path;
        EXPECT_EQ(second.body, first.body);
        EXPECT_NE(second.field("content-type").find("text/event-stream"), std::string::npos);
    }
    EXPECT_EQ(provider.seen().size(), 2U);
    EXPECT_EQ(cacheOf(ask("hi", "anthropic-version: 2023-06-01\r\n", false)), "") << "a stream is no answer to who asked for none";
}

TEST_F(Cached, ErrorsAndStreamsThatBreakOffAreNotKept) {
    std::atomic<int> calls{0};
    Recorder provider([&](const Message& request) {
        if (++calls <= 2) return jsonAnswer(R"({"error":{"message":"no","type":"x"}})", 400);
        if (Json::parse(request.body).value("stream", false)) return streamAnswer("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n", false);
        return jsonAnswer(kGptAnswer);
    });
    serve(yaml(provider.port()));
    EXPECT_EQ(ask("hi").status(), 400);
    EXPECT_EQ(ask("hi").status(), 400);
    ask("hi", "", true);
    EXPECT_EQ(cacheOf(ask("hi", "", true)), "");
    EXPECT_EQ(ask("hi").status(), 200);
    EXPECT_EQ(cacheOf(ask("hi")), "hit");
}

TEST_F(Cached, WhatAGuardMadeOfARequestIsWhatCounts) {
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    serve(yaml(provider.port(), "1h", "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {name: g}\nspec: {targetRefs: [{group: gateway.networking.k8s.io, "
                                      "kind: HTTPRoute, name: chat}], ai: {promptGuard: {request: {regex: {action: REJECT, matches: [{pattern: forbidden}]}}}}}\n"));
    EXPECT_EQ(ask("forbidden").status(), 403);
    EXPECT_EQ(ask("forbidden").status(), 403) << "a refusal comes first, and is not kept";
    EXPECT_EQ(ask("fine").status(), 200);
    EXPECT_EQ(cacheOf(ask("fine")), "hit");
}

TEST_F(Cached, ListsOfModelsShowWhatTheCallingKeyMayAskFor) {
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    const auto models = [&](const char* allowed) {
        gateway.reset();
        serve(stageYaml(fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: ai}}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers:
      - {{name: a, openai: {{authToken: {{kind: Inline, inline: k}}, model: gpt-4o}}, host: 127.0.0.1, port: {0}}}
      - {{name: b, openai: {{authToken: {{kind: Inline, inline: k}}, model: o3}}, host: 127.0.0.1, port: {0}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: keys, annotations: {{gatehouse.dev/allowed-models: "{1}"}}}}
stringData: {{alice: k-alice}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: who}}
spec: {{targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}], apiKeyAuth: {{secretRef: {{name: keys}}}}}}
)", provider.port(), allowed)));
        return std::function<Message(std::string_view)>([this](std::string_view path) {
            auto wire = Wire::connect(port);
            wire.send(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\napi-key: k-alice\r\nConnection: close\r\n\r\n", path));
            return readMessage(wire);
        });
    };
    auto get = models("gpt-*");
    const auto list = Json::parse(get("/v1/models").body)["data"];
    ASSERT_EQ(list.size(), 1U) << list;
    EXPECT_EQ(list[0]["id"], "gpt-4o");
    EXPECT_EQ(get("/v1/models/gpt-4o").status(), 200);
    EXPECT_EQ(get("/v1/models/o3").status(), 404);
    get = models("claude-*");
    EXPECT_EQ(Json::parse(get("/v1/models").body)["data"].size(), 0U) << "none of them, and nobody else's list";
    EXPECT_TRUE(provider.seen().empty());
}

TEST_F(Cached, NothingIsKeptUnlessTheRouteSaysHowLong) {
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    for (const auto* time : {"0s", "forever", "48h"}) {
        gateway.reset();
        serve(yaml(provider.port(), time));
        ask("hi");
        EXPECT_EQ(cacheOf(ask("hi")), "") << time;
    }
    EXPECT_TRUE(std::any_of(report.diagnostics.begin(), report.diagnostics.end(), [](const auto& each) { return each.message.find("answers are not kept") != std::string::npos; }));
    gateway.reset();
    serve(yaml(provider.port(), "1ms"));
    ask("hi");
    EXPECT_TRUE(eventually([&] { return cacheOf(ask("hi")).empty(); })) << "its time is over";
}

}  // namespace
}  // namespace gatehouse::test
