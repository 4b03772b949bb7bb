// Receipts and trace context through the data plane: buffered, streamed and broken off.
#include "data_plane_fixture.h"

#include "llm/price_book_reader.h"

#include <nlohmann/json.hpp>

namespace gatehouse::test {
namespace {

class ReceiptDataPlane : public DataPlaneTest {
  protected:
    void serveChat(std::uint16_t port, gateway::DataPlaneOptions options = {}) {
        pod = pods.get("pool", "default/pod-0", registry.get("pool", "127.0.0.1", port, "default/pod-0"), "127.0.0.1", port);
        auto pool = std::make_shared<inference::Pool>("pool", "InferencePool default/chat", std::vector{pod}, inference::PickerOptions{});
        route::Rule rule;
        rule.llm = true;
        auto& backend = rule.backends.emplace_back();
        backend.kind = route::BackendKind::InferencePool;
        backend.id = backend.name = "InferencePool default/chat";
        backend.pool = pool;
        backend.counters = std::make_shared<route::BackendCounters>();
        auto snapshot = std::make_shared<route::Snapshot>(*Routes(registry).add("", std::move(rule)).snapshot());
        snapshot->prices = std::make_shared<const llm::PriceBooks>(std::vector{
            llm::readPriceBook("version: v7\ncurrency: USD\nentries: [{provider: vllm, model: 'm*', input: 2, cachedInput: 1, output: 10, priority: {output: 20}}]\n", "own").book});
        start(options);
        if (!HasFatalFailure()) plane->swap(snapshot);
    }
    Message chat(std::string_view body, std::string_view extra = "") {
        auto wire = connect();
        wire.send("POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + std::string(extra) +
                  "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
        return readMessage(wire);
    }
    inference::PodRegistry pods;
    std::shared_ptr<inference::Pod> pod;
};

/// Sends the head and these events of a longer stream, and hangs up.
Origin::Serve breakingOff(std::string events) {
    return [events = std::move(events)](Wire& wire) {
        if (!readMessage(wire).whole) return;
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + events);
    };
}

const std::string kChat = R"({"model":"m","messages":[{"role":"user","content":"hello hello!"}]})";
const std::string kStream = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"hello hello!"}]})";

TEST_F(ReceiptDataPlane, AnAnswerIsBilledByTheModelThatAnswered) {
    Origin origin(Origin::always(ok(
        R"({"id":"x","model":"m-2","service_tier":"priority","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"prompt_tokens_details":{"cached_tokens":400},"completion_tokens_details":{"reasoning_tokens":60}}})",
        "Content-Type: application/json\r\n")));
    serveChat(origin.port());
    EXPECT_EQ(chat(kChat).status(), 200);
    const auto seen = record();
    ASSERT_TRUE(seen.receipt);
    ASSERT_TRUE(seen.receipt->priced()) << seen.receipt->unpriced;
    EXPECT_EQ(seen.receipt->model, "m-2");
    EXPECT_EQ(seen.receipt->serviceTier, "priority");
    EXPECT_EQ(seen.receipt->book->version, "v7");
    EXPECT_FALSE(seen.receipt->partial);
    EXPECT_EQ(seen.usage.reasoningTokens, 60U);
    // 600 x 2 + 400 x 1 + 100 x 20: reasoning at the rate of output, once.
    EXPECT_EQ(llm::amountText(seen.receipt->nano), "0.0036");
}

TEST_F(ReceiptDataPlane, AStreamThatBreaksOffIsBilledAsFarAsItCame) {
    Origin origin(breakingOff("data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n"));
    serveChat(origin.port());
    chat(kStream);
    const auto seen = record();
    EXPECT_FALSE(seen.error.empty());
    ASSERT_TRUE(seen.receipt);
    EXPECT_TRUE(seen.receipt->partial);
    EXPECT_TRUE(seen.receipt->estimated) << "the provider never said";
    EXPECT_TRUE(seen.usage.estimated);
    EXPECT_EQ(seen.usage.outputTokens, 2U) << "an event each";
    EXPECT_EQ(seen.usage.inputTokens, 3U) << "twelve bytes";
    EXPECT_EQ(llm::amountText(seen.receipt->nano), "0.000026");
}

TEST_F(ReceiptDataPlane, AStreamThatSaidItsUsageAndBrokeOffIsNoEstimate) {
    Origin origin(breakingOff("data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":1}}\n\n"));
    serveChat(origin.port());
    chat(kStream);
    const auto seen = record();
    ASSERT_TRUE(seen.receipt);
    EXPECT_TRUE(seen.receipt->partial);
    EXPECT_FALSE(seen.receipt->estimated);
    EXPECT_EQ(llm::amountText(seen.receipt->nano), "0.00011");
}

TEST_F(ReceiptDataPlane, ErrorsCostNothing) {
    Origin origin(Origin::always("HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
    serveChat(origin.port());
    EXPECT_EQ(chat(kChat).status(), 400);
    EXPECT_FALSE(record().receipt);
}

TEST_F(ReceiptDataPlane, ATraceIsPassedOnUntouchedUnlessTracesAreAsked) {
    std::string sent;
    Origin origin(Origin::answering([&](const Message& request) {
        sent = request.field("traceparent");
        return ok("{}", "Content-Type: application/json\r\n");
    }));
    const std::string parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    serveChat(origin.port());
    chat(kChat, "traceparent: " + parent + "\r\n");
    EXPECT_EQ(sent, parent);
    auto seen = record();
    EXPECT_EQ(seen.traceId, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(seen.parentSpanId, "00f067aa0ba902b7");
    EXPECT_TRUE(seen.spanId.empty());
    chat(kChat);
    EXPECT_EQ(sent, "");
    EXPECT_TRUE(record().traceId.empty());
}

TEST_F(ReceiptDataPlane, OursIsBetweenTheClientsSpanAndTheUpstreams) {
    std::string sent, state;
    Origin origin(Origin::answering([&](const Message& request) {
        sent = request.field("traceparent");
        state = request.field("tracestate");
        return ok("{}", "Content-Type: application/json\r\n");
    }));
    gateway::DataPlaneOptions options;
    options.traces = true;
    serveChat(origin.port(), options);
    chat(kChat, "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\r\ntracestate: v=1\r\n");
    auto seen = record();
    EXPECT_EQ(sent, "00-4bf92f3577b34da6a3ce929d0e0e4736-" + seen.spanId + "-00");
    EXPECT_EQ(state, "v=1");
    EXPECT_EQ(seen.parentSpanId, "00f067aa0ba902b7");
    EXPECT_FALSE(seen.sampled);
    chat(kChat, "traceparent: nonsense\r\ntracestate: v=1\r\n");
    seen = record();
    EXPECT_EQ(sent, "00-" + seen.traceId + "-" + seen.spanId + "-01");
    EXPECT_EQ(seen.traceId.size(), 32U);
    EXPECT_EQ(state, "") << "it belongs to no trace that is known";
    EXPECT_TRUE(seen.parentSpanId.empty());
}

}  // namespace
}  // namespace gatehouse::test
