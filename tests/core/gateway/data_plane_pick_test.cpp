// Pools through the data plane: the same beginning goes to the same pod, pods that vanish between pick and connect, waiting for room by
// priority, shedding with the published reasons, and what the record says.
#include "pool_stage.h"

#include "inference/scheduler.h"

#include <nlohmann/json.hpp>

namespace gatehouse::test {
namespace {

const std::string kAnswer =
    R"({"id":"x","model":"m","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":800,"completion_tokens":20}})";

std::string chatOf(const std::string& text) { return R"({"model":"m","messages":[{"role":"user","content":")" + text + "\"}]}"; }

class PickDataPlane : public PoolStage {
  protected:
    void serve(const std::vector<std::uint16_t>& ports, inference::Priorities::Table objectives = {}) {
        // One worker: whoever is woken looks after the one before him has picked.
        PoolStage::serve(ports, scheduler, [&](route::Backend& backend) { backend.pool->setPriorities({.objectives = std::move(objectives), .models = {}}); },
                         {.workers = 1});
    }
    void scrape(std::size_t pod, double waiting) {
        inference::PodMetrics metrics;
        metrics.waiting = waiting;
        metrics.running = waiting > 0 ? 256 : 0;
        metrics.kvUse = 0.1;
        metrics.kvBlocks = 10'000;
        metrics.blockTokens = 16;
        all[pod]->store(metrics, base::MonoClock::now());
    }
    Message chat(const std::string& text, std::string_view extra = "") { return ask(chatOf(text), extra); }

    std::shared_ptr<inference::Scheduler> scheduler = std::make_shared<inference::Scheduler>(base::Millis(60'000));
};

TEST_F(PickDataPlane, TheSameBeginningGoesToTheSamePodAndTheRecordSaysWhy) {
    Origin a(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n"))), b(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n"))),
        c(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve({a.port(), b.port(), c.port()});
    for (std::size_t i = 0; i < 3; ++i) scrape(i, 0);
    const std::string document(20'000, 'd');
    ASSERT_EQ(chat(document + "first question").status(), 200);
    const auto first = record();
    ASSERT_TRUE(first.pick);
    EXPECT_EQ(first.pick->method, inference::PickMethod::Cost);
    EXPECT_TRUE(first.pick->lowerIsBetter);
    EXPECT_EQ(first.pick->pods, 3);
    EXPECT_GT(first.pick->promptTokens, 4'000);
    ASSERT_EQ(first.pick->candidates.size(), 3U);
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(chat(document + "question " + std::to_string(i)).status(), 200);
        const auto next = record();
        EXPECT_EQ(next.pod, first.pod);
        EXPECT_GT(next.pick->candidates[0].cachedTokens, 3'000);
        double sum = 0;
        for (const double term : next.pick->candidates[0].terms) sum += term;
        EXPECT_NEAR(sum, next.pick->candidates[0].total, 1e-4);
        const auto json = nlohmann::json::parse(telemetry::toJson(next));
        EXPECT_EQ(json["pick"]["method"], "cost");
        EXPECT_GT(json["pick"]["candidates"][1]["terms"]["prefill"].get<double>(), json["pick"]["candidates"][0]["terms"]["prefill"].get<double>());
    }
    EXPECT_EQ(scheduler->reservations(), 0U);
}

TEST_F(PickDataPlane, APodThatVanishedBetweenPickAndConnectCostsNothing) {
    Origin good(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve({deadPort(), good.port()});
    scrape(0, 0);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(chat("hello").status(), 200);
    // The reservation is given back just before the count at the endpoint.
    EXPECT_TRUE(eventually([&] {
        return scheduler->reservations() == 0 && all[0]->endpoint->inFlight.load() == 0 && all[1]->endpoint->inFlight.load() == 0;
    }));
    EXPECT_EQ(scheduler->view(0).requests, 0);
    EXPECT_EQ(scheduler->view(0).queuedTokens, 0);
}

TEST_F(PickDataPlane, RequestsWaitForRoomByPriorityAndTheRecordSaysHowLong) {
    std::mutex mutex;
    std::vector<std::string> order;
    Origin origin(Origin::answering([&](const Message& request) {
        const std::lock_guard lock(mutex);
        order.push_back(nlohmann::json::parse(request.body)["messages"][0]["content"]);
        return ok(kAnswer, "Content-Type: application/json\r\n");
    }));
    serve({origin.port()}, {{"urgent", 10}, {"batch", -1}});
    scrape(0, 50);
    ASSERT_TRUE(scheduler->full(*pool, base::MonoClock::now()));
    auto low = connect();
    low.send(jsonPost("/v1/chat/completions", chatOf("low")));
    ASSERT_TRUE(eventually([&] { return scheduler->flow().waiting() == 1; }));
    auto high = connect();
    high.send(jsonPost("/v1/chat/completions", chatOf("high"), "x-gateway-inference-objective: urgent\r\n"));
    ASSERT_TRUE(eventually([&] { return scheduler->flow().waiting() == 2; }));

    const auto shed = chat("shed", "x-llm-d-inference-objective: batch\r\n");
    EXPECT_EQ(shed.status(), 429);
    EXPECT_EQ(shed.field("x-llm-d-request-dropped-reason"), "rejected-saturated");
    EXPECT_EQ(record().error, "rejected-saturated");

    // A client that leaves is out of the queue.
    auto gone = std::make_unique<Wire>(connect());
    gone->send(jsonPost("/v1/chat/completions", chatOf("gone")));
    ASSERT_TRUE(eventually([&] { return scheduler->flow().waiting() == 3; }));
    gone->reset();
    ASSERT_TRUE(eventually([&] { return scheduler->flow().waiting() == 2; }));

    scrape(0, 4);  // Room for one: the other's turn comes when that has ended.
    EXPECT_EQ(readMessage(high).status(), 200);
    EXPECT_EQ(readMessage(low).status(), 200);
    EXPECT_EQ(order, (std::vector<std::string>{"high", "low"}));
    EXPECT_FALSE(scheduler->flow().anybodyWaits());
    std::vector<telemetry::RequestRecord> all3;
    for (int i = 0; i < 3; ++i) all3.push_back(record());
    const auto urgent = std::find_if(all3.begin(), all3.end(), [](const auto& one) { return one.pick && one.pick->priority == 10; });
    ASSERT_NE(urgent, all3.end());
    EXPECT_GT(urgent->pick->waitedSeconds, 0);
    EXPECT_NE(urgent->pick->reason.find("for room"), std::string::npos) << urgent->pick->reason;
}

TEST_F(PickDataPlane, WhoWaitsTooLongIsToldSo) {
    Origin origin(Origin::always(ok(kAnswer, "Content-Type: application/json\r\n")));
    serve({origin.port()});
    scheduler->flow().configure({.maxRequests = 1, .ttl = base::Millis(50)});
    scrape(0, 50);
    ASSERT_TRUE(scheduler->full(*pool, base::MonoClock::now()));
    const auto late = chat("late");
    EXPECT_EQ(late.status(), 429);
    EXPECT_EQ(late.field("x-llm-d-request-dropped-reason"), "rejected-ttl-expired");
    EXPECT_FALSE(scheduler->flow().anybodyWaits());
}

TEST_F(PickDataPlane, AnEmptyPoolSaysSo) {
    serve({});
    const auto none = chat("hello");
    EXPECT_EQ(none.status(), 503);
    EXPECT_EQ(none.field("x-llm-d-request-dropped-reason"), "rejected-no-endpoints");
    const auto seen = record();
    ASSERT_TRUE(seen.pick);
    EXPECT_EQ(seen.pick->reason, "the pool has no ready pods");
}

}  // namespace
}  // namespace gatehouse::test
