// Callers, limits and budgets through the data plane: refusals, charges once whatever tries it took, streams that broke off.
#include "data_plane_fixture.h"

#include "filter/client_access.h"
#include "filter/rate_limits.h"

#include <nlohmann/json.hpp>

namespace gatehouse::test {
namespace {

using filter::AccessParts;

class AccessDataPlane : public DataPlaneTest {
  protected:
    static filter::CredentialSource bearer() {
        filter::CredentialSource source;
        source.header = "Authorization";
        source.prefix = "Bearer ";
        return source;
    }
    /// One key, k-1 of alice, with a budget of `tokens` a day.
    std::shared_ptr<const filter::ClientAccess> keys(std::int64_t tokens = 1'000'000) {
        filter::KeyEntry entry;
        entry.digest = filter::sha256("k-1");
        entry.name = "alice";
        entry.id = "default/keys/alice";
        entry.holder = {"", "Secret", "default", "keys"};
        entry.terms.tokensPerDay = tokens;
        entry.account = budgets.account(entry.id);
        auto table = std::make_shared<filter::ApiKeys>();
        table->add(std::move(entry));
        AccessParts parts;
        parts.keys.emplace();
        parts.keys->keys = table;
        parts.keys->sources = {bearer()};
        parts.keys->clientIdHeader = "x-client";
        return std::make_shared<const filter::ClientAccess>(std::move(parts));
    }
    std::shared_ptr<const filter::RateLimits> limit(filter::BucketSpec spec, filter::RateLimit::Counts counts) {
        filter::RateLimit one;
        one.counts = counts;
        one.bucket = buckets.bucket("test", spec);
        one.name = filter::limitText(spec, counts);
        return std::make_shared<const filter::RateLimits>(std::vector{one});
    }
    void serve(const std::vector<std::uint16_t>& ports, route::Rule rule, bool llm = true) {
        rule.llm = llm;
        auto& backend = rule.backends.emplace_back();
        backend.counters = std::make_shared<route::BackendCounters>();
        backend.kind = llm ? route::BackendKind::InferencePool : route::BackendKind::Static;
        backend.id = backend.name = "origin";
        if (llm) {
            std::vector<std::shared_ptr<inference::Pod>> all;
            for (const auto port : ports) {
                const auto name = "default/pod-" + std::to_string(all.size());
                all.push_back(pods.get("pool", name, registry.get("pool", "127.0.0.1", port, name), "127.0.0.1", port));
            }
            backend.pool = std::make_shared<inference::Pool>("pool", "InferencePool default/chat", all, inference::PickerOptions{});
        } else {
            auto cluster = std::make_shared<upstream::Cluster>();
            cluster->endpoints.push_back(registry.get("c", "127.0.0.1", ports.front(), ""));
            backend.cluster = cluster;
        }
        auto snapshot = std::make_shared<route::Snapshot>(*Routes(registry).add("", std::move(rule)).snapshot());
        snapshot->prices = std::make_shared<const llm::PriceBooks>(std::vector<std::shared_ptr<const llm::PriceBook>>{});
        start({});
        if (!HasFatalFailure()) plane->swap(snapshot);
    }
    Message chat(std::string_view body, std::string_view extra = "Authorization: Bearer k-1\r\n") {
        return post("/v1/chat/completions", body, extra);
    }
    /// The charge follows the last byte of the answer.
    std::int64_t usedOnce(std::int64_t expected) {
        eventually([&] { return used() >= expected; }, 20s);
        return used();
    }
    std::int64_t used() { return budgets.account("default/keys/alice")->tokensToday(std::chrono::system_clock::now()); }

    filter::Budgets budgets;
    filter::BucketRegistry buckets;
    inference::PodRegistry pods;
};

const std::string kChat = R"({"model":"m","messages":[{"role":"user","content":"hello"}]})";
const std::string kStream = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"hello"}]})";
const std::string kAnswer =
    R"({"id":"x","model":"m","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":100,"completion_tokens":20}})";

TEST_F(AccessDataPlane, RefusesBeforeAnythingIsSentOn) {
    Origin origin(Origin::always(ok("hi")));
    route::Rule rule;
    rule.access = keys();
    serve({origin.port()}, std::move(rule), false);
    auto wire = connect();
    wire.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto refused = readMessage(wire);
    EXPECT_EQ(refused.status(), 401);
    EXPECT_NE(refused.head.find("WWW-Authenticate: Bearer realm=\"gatehouse\""), std::string::npos) << refused.head;
    EXPECT_EQ(refused.body, "An API key is required.\n");
    const auto seen = record();
    EXPECT_EQ(seen.error, "no-key");
    ASSERT_TRUE(seen.caller);
    EXPECT_TRUE(seen.endpoint.empty());
    wire.send("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k-1\r\nx-client: root\r\n\r\n");
    EXPECT_EQ(readMessage(wire).status(), 200) << "the connection goes on";
}

TEST_F(AccessDataPlane, ChargesWhatTheAnswerUsedOnce) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    route::Rule rule;
    rule.access = keys(200);
    serve({origin.port()}, std::move(rule));
    EXPECT_EQ(chat(kChat).status(), 200);
    const auto seen = record();
    ASSERT_TRUE(seen.caller && seen.caller->charged);
    EXPECT_EQ(seen.caller->chargedTokens, 120);
    EXPECT_TRUE(seen.caller->claims.empty());
    EXPECT_EQ(used(), 120);
    EXPECT_EQ(chat(kChat).status(), 200);
    const auto over = chat(kChat);
    EXPECT_EQ(over.status(), 429);
    EXPECT_NE(over.head.find("x-should-retry: false"), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(over.body)["error"]["code"], "budget-exhausted");
    EXPECT_EQ(usedOnce(240), 240);
}

TEST_F(AccessDataPlane, AFailedTryIsNotCharged) {
    Origin broken(Origin::always("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
    Origin good(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    route::Rule rule;
    rule.access = keys();
    rule.retry = route::Retry{{500}, 3, std::chrono::milliseconds(1)};
    serve({broken.port(), good.port()}, std::move(rule));
    for (int i = 0; i < 6; ++i) EXPECT_EQ(chat(kChat).status(), 200);
    EXPECT_EQ(usedOnce(6 * 120), 6 * 120);
}

TEST_F(AccessDataPlane, AnErrorOfTheProviderIsNotCharged) {
    Origin origin(Origin::always("HTTP/1.1 400 No\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
    route::Rule rule;
    rule.access = keys();
    serve({origin.port()}, std::move(rule));
    EXPECT_EQ(chat(kChat).status(), 400);
    record();
    EXPECT_EQ(used(), 0);
}

TEST_F(AccessDataPlane, AStreamThatBrokeOffIsChargedByWhatCame) {
    Origin origin([](Wire& wire) {
        if (!readMessage(wire).whole) return;
        std::string events;
        for (int i = 0; i < 7; ++i) events += "data: {\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]}\n\n";
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + events);
    });
    route::Rule rule;
    rule.access = keys();
    rule.rateLimits = limit({1000, 1000, std::chrono::hours(1)}, filter::RateLimit::Counts::Tokens);
    const auto bucket = rule.rateLimits->limits()[0].bucket;
    serve({origin.port()}, std::move(rule));
    chat(kStream);
    const auto seen = record();
    ASSERT_TRUE(seen.receipt);
    EXPECT_TRUE(seen.receipt->partial);
    const auto tokens = static_cast<std::int64_t>(seen.usage.inputTokens + seen.usage.outputTokens);
    EXPECT_GE(tokens, 7);
    EXPECT_EQ(usedOnce(tokens), tokens);
    EXPECT_EQ(bucket->left(base::MonoClock::now()), 1000 - tokens);
}

TEST_F(AccessDataPlane, TokensRefuseTheNextRequest) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    route::Rule rule;
    rule.rateLimits = limit({100, 100, std::chrono::hours(1)}, filter::RateLimit::Counts::Tokens);
    serve({origin.port()}, std::move(rule));
    EXPECT_EQ(chat(kChat).status(), 200);
    const auto refused = chat(kChat);
    EXPECT_EQ(refused.status(), 429);
    EXPECT_NE(refused.head.find("Retry-After: "), std::string::npos);
    EXPECT_NE(refused.head.find("x-ratelimit-remaining: 0"), std::string::npos);
}

TEST_F(AccessDataPlane, APreflightNeedsNoKey) {
    Origin origin(Origin::always(ok("hi")));
    route::Rule rule;
    rule.access = keys();
    rule.chain.cors.emplace();
    rule.chain.cors->origins = {*filter::readOrigin("https://a.test")};
    rule.chain.orderByKind();
    serve({origin.port()}, std::move(rule), false);
    auto wire = connect();
    wire.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: https://a.test\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    EXPECT_EQ(readMessage(wire).status(), 204);
    wire.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(readMessage(wire).status(), 401) << "what is no preflight is asked";
}

TEST_F(AccessDataPlane, ASlowPasswordHoldsUpNobodyElse) {
    Origin origin(Origin::always(ok("hi")));
    route::Rule rule;
    AccessParts parts;
    parts.passwords.emplace();
    parts.passwords->users = {{"myName", "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"}};
    auto source = bearer();
    source.prefix = "Basic ";
    parts.passwords->sources = {source};
    parts.passwords->desk = std::make_shared<filter::PasswordDesk>();
    rule.access = std::make_shared<const filter::ClientAccess>(std::move(parts));
    serve({origin.port()}, std::move(rule), false);
    for (const auto& [password, status] : {std::pair("bXlOYW1lOm15UGFzc3dvcmQ=", 200), std::pair("bXlOYW1lOm15UGFzc3dvcmU=", 401), std::pair("bXlOYW1lOm15UGFzc3dvcmQ=", 200)}) {
        auto wire = connect();
        wire.send("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic " + std::string(password) + "\r\n\r\n");
        EXPECT_EQ(readMessage(wire).status(), status);
    }
}

}  // namespace
}  // namespace gatehouse::test
