// One request of another gateway: what it is told at which moment, what its answer teaches, and that its reservation is given back once,
// however it ends.
#include "gateway/picker_call.h"

#include "core/gateway/ext_proc_messages.h"
#include "gateway/picker_pool.h"
#include "inference/scheduler.h"

#include <gtest/gtest.h>

#include <list>

namespace gatehouse::gateway {
namespace {

using namespace std::chrono_literals;
namespace wire = test::ext_proc;

constexpr const char* kChat = R"({"model":"llama","messages":[{"role":"user","content":"hello, how are you today?"}]})";
constexpr const char* kAnswer = R"({"id":"a","model":"llama-real","choices":[{"message":{"content":"hi"}}],"usage":{"prompt_tokens":40,"completion_tokens":7}})";

class PickerCallTest : public testing::Test {
  protected:
    void serve(std::size_t count, std::shared_ptr<inference::Scheduler> by, std::function<void(route::ServedPool&)> change = {}) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto name = "default/pod-" + std::to_string(i);
            const auto port = static_cast<std::uint16_t>(8000 + i);
            all.push_back(pods.get("pool", name, registry.get("pool", "10.0.0.1", port, name), "10.0.0.1", port));
        }
        auto made = std::make_shared<route::Snapshot>();
        auto& served = made->served.emplace_back();
        served.backend.kind = route::BackendKind::InferencePool;
        served.backend.id = served.backend.name = "InferencePool default/chat";
        served.backend.pool = pool = std::make_shared<inference::Pool>("pool", "default/chat", all, inference::PickerOptions{}, std::move(by));
        if (change) change(served);
        snapshot = std::move(made);
    }
    void TearDown() override {
        call.reset();
        EXPECT_EQ(scheduler->reservations(), 0U);
        for (const auto& pod : all) EXPECT_EQ(pod->endpoint->inFlight.load(), 0) << pod->name;
    }
    void begin() {
        call.reset();
        answers.clear();
        call = std::make_unique<PickerCall>(snapshot, snapshot->served.front(), std::size_t{1'000'000}, now, [this](ExchangeRecord record) { records.push_back(std::move(record)); });
    }
    /// A message, and the pick where it is wanted.
    void say(const ProtoWriter& message) {
        sent.push_back(message.view());
        const auto read = ext_proc::readRequest(sent.back());
        ASSERT_TRUE(read);
        answers.clear();
        call->take(*read, now, answers);
        if (call->wantsPick()) call->pick(now, 0, answers);
    }
    static ProtoWriter head(int mode, wire::Fields more = {}, bool end = false) {
        wire::Fields fields{{":method", "POST"}, {":path", "/v1/chat/completions?key=s3cret"}, {":authority", "chat.test"}, {"content-type", "application/json"}};
        fields.insert(fields.end(), more.begin(), more.end());
        auto message = wire::headers(fields, end);
        wire::addModes(message, mode, mode);
        return message;
    }
    int inFlight() const {
        int sum = 0;
        for (const auto& pod : all) sum += pod->endpoint->inFlight.load();
        return sum;
    }
    telemetry::RequestRecord told() {
        call.reset();
        EXPECT_EQ(records.size(), 1U);
        return records.empty() ? telemetry::RequestRecord{} : describe(records.back(), 1, now, std::chrono::system_clock::now());
    }

    std::shared_ptr<inference::Scheduler> scheduler = std::make_shared<inference::Scheduler>(60s);
    upstream::EndpointRegistry registry;
    inference::PodRegistry pods;
    std::vector<std::shared_ptr<inference::Pod>> all;
    std::shared_ptr<inference::Pool> pool;
    std::shared_ptr<const route::Snapshot> snapshot;
    std::vector<ExchangeRecord> records;
    std::unique_ptr<PickerCall> call;
    PickerCall::Answers answers;
    std::list<std::string> sent;
    base::MonoTime now = base::MonoClock::now();
};

TEST_F(PickerCallTest, ABufferedBodyIsToldItsPod) {
    serve(3, scheduler);
    begin();
    say(head(wire::kBuffered));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(wire::toldBy(answers[0]), "");
    EXPECT_EQ(inFlight(), 0);
    say(wire::body(kChat, true));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(wire::partOf(answers[0]), 3U);
    EXPECT_NE(wire::toldBy(answers[0]).find(','), std::string::npos) << "the best, and whom to try next";
    EXPECT_EQ(wire::fieldOf(wire::setBy(*wire::at(answers[0], {3, 1, 2})), "content-length"), "") << "as it was";
    EXPECT_EQ(inFlight(), 1);
    EXPECT_EQ(scheduler->reservations(), 1U);
    now += 300ms;
    say(wire::headers({{":status", "200"}, {"content-type", "application/json"}}, false, true));
    say(wire::body(kAnswer, true, true));
    EXPECT_EQ(inFlight(), 0);
    EXPECT_EQ(scheduler->reservations(), 0U);
    say(wire::trailers(true));
    const auto record = told();
    EXPECT_EQ(record.status, 200);
    EXPECT_EQ(record.protocol, "ext_proc");
    EXPECT_EQ(record.host, "chat.test");
    EXPECT_EQ(record.path, "/v1/chat/completions?key=(hidden)");
    EXPECT_EQ(record.backend, "InferencePool default/chat");
    EXPECT_EQ(record.usage.inputTokens, 40U);
    EXPECT_EQ(record.answer.model, "llama-real");
    EXPECT_FALSE(record.receipt) << "whose gateway it is counts what it costs";
    ASSERT_TRUE(record.pick);
    EXPECT_EQ(record.pick->candidates.size(), 3U);
    EXPECT_EQ(record.pod, record.pick->candidates[static_cast<std::size_t>(record.pick->chosen)].pod);
}

TEST_F(PickerCallTest, InFullDuplexNothingIsAnsweredBeforeTheBodyIsWhole) {
    serve(2, scheduler);
    begin();
    say(head(wire::kDuplex));
    EXPECT_TRUE(answers.empty());
    say(wire::body(std::string(kChat).substr(0, 10), false));
    EXPECT_TRUE(answers.empty());
    say(wire::body(std::string(kChat).substr(10), true));
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(wire::partOf(answers[0]), 1U);
    EXPECT_EQ(wire::fieldOf(wire::setBy(*wire::at(answers[0], {1, 1, 2})), "content-length"), std::to_string(std::string_view(kChat).size()));
    EXPECT_EQ(wire::at(answers[1], {3, 1, 3, 3, 1}), kChat);
    EXPECT_EQ(wire::at(answers[1], {3, 1, 3, 3, 2}), "1");
}

TEST_F(PickerCallTest, TrailersEndABodyAndAreItsEnd) {
    serve(2, scheduler);
    begin();
    say(head(wire::kDuplex));
    say(wire::body(kChat, false));
    say(wire::trailers());
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_FALSE(wire::at(answers[1], {3, 1, 3, 3, 2})) << "the trailers come after it";
    EXPECT_EQ(wire::partOf(answers[2]), 5U);
    begin();
    say(head(wire::kDuplex));
    say(wire::trailers());
    ASSERT_EQ(answers.size(), 2U) << "no body, so none is given back";
    EXPECT_EQ(wire::partOf(answers[1]), 5U);
}

TEST_F(PickerCallTest, AStreamsTimesAndUsageAreLearned) {
    serve(1, scheduler);
    begin();
    say(head(wire::kDuplex));
    say(wire::body(R"({"model":"llama","stream":true,"messages":[{"role":"user","content":")" + std::string(4'000, 'x') + R"("}]})", true));
    EXPECT_GT(scheduler->view(0).queuedTokens, 0);
    now += 500ms;
    say(wire::headers({{":status", "200"}, {"content-type", "text/event-stream; charset=utf-8"}}, false, true));
    say(wire::body("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", false, true));
    EXPECT_EQ(scheduler->view(0).decoding, 1) << "the first token came";
    EXPECT_EQ(scheduler->view(0).queuedTokens, 0);
    now += 500ms;
    say(wire::body("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":20}}\n\ndata: [DONE]\n\n", true, true));
    EXPECT_EQ(scheduler->view(0).requests, 0);
    const auto record = told();
    EXPECT_TRUE(record.streamed);
    EXPECT_EQ(record.usage.outputTokens, 20U);
    EXPECT_EQ(record.firstTokenMicros, 500'000);
}

TEST_F(PickerCallTest, GivesItsReservationBackOnceHoweverItEnds) {
    serve(2, scheduler);
    const auto status = [](const char* code, bool end) { return wire::headers({{":status", code}}, end, true); };
    const std::vector<std::vector<ProtoWriter>> ends{
        {},
        {status("200", true)},
        {status("503", true), wire::body("late", true, true), wire::trailers(true)},
        {status("200", false), wire::body(kAnswer, true, true), wire::body("more", true, true), wire::trailers(true)},
        {status("200", false), wire::body("{", false, true)},
        {status("200", false), wire::trailers(true), wire::trailers(true)},
        {status("200", false), wire::headers({}, false)},
    };
    for (const auto& messages : ends) {
        begin();
        say(head(wire::kBuffered));
        say(wire::body(kChat, true));
        EXPECT_EQ(inFlight(), 1);
        for (const auto& message : messages) say(message);
        call.reset();
        EXPECT_EQ(inFlight(), 0);
        EXPECT_EQ(scheduler->reservations(), 0U);
        EXPECT_EQ(scheduler->view(0).requests + scheduler->view(1).requests, 0);
    }
    EXPECT_EQ(records.size(), ends.size()) << "one record each";
}

TEST_F(PickerCallTest, FollowsTheRequestToThePodThatServed) {
    serve(3, scheduler);
    begin();
    say(head(wire::kBuffered));
    say(wire::body(kChat, true));
    const auto told = wire::toldBy(answers[0]);
    const auto second = told.substr(told.find(',') + 1);
    auto served = wire::headers({{":status", "200"}}, false, true);
    wire::addMetadata(served, "envoy.lb", "x-gateway-destination-endpoint-served", wire::text(second));
    say(served);
    EXPECT_EQ(inFlight(), 1);
    for (const auto& pod : all) EXPECT_EQ(pod->endpoint->inFlight.load(), "10.0.0.1:" + std::to_string(pod->endpoint->port) == second ? 1 : 0);
    say(wire::body(kAnswer, true, true));
    EXPECT_EQ(inFlight(), 0);
    EXPECT_EQ(this->told().endpoint, second);

    records.clear();
    begin();
    say(head(wire::kBuffered));
    say(wire::body(kChat, true));
    auto stranger = wire::headers({{":status", "200"}}, false, true);
    wire::addMetadata(stranger, "envoy.lb", "x-gateway-destination-endpoint-served", wire::text("10.9.9.9:1"));
    say(stranger);
    EXPECT_EQ(inFlight(), 0) << "no pod of ours has it";
    say(wire::body(kAnswer, true, true));
    EXPECT_EQ(this->told().endpoint, "");
}

TEST_F(PickerCallTest, APoolThatPicksByScoresIsServedToo) {
    serve(3, nullptr);
    begin();
    say(head(wire::kNone));
    const auto told = wire::toldBy(answers.at(0));
    EXPECT_NE(told.find(','), std::string::npos);
    EXPECT_NE(told.substr(0, told.find(',')), told.substr(told.find(',') + 1));
    EXPECT_EQ(inFlight(), 1);
    auto served = wire::headers({{":status", "200"}}, true, true);
    wire::addMetadata(served, "envoy.lb", "x-gateway-destination-endpoint-served", wire::text(told.substr(told.find(',') + 1)));
    say(served);
    EXPECT_EQ(inFlight(), 0);
}

TEST_F(PickerCallTest, ASubsetIsKeptToByBothPolicies) {
    for (const auto& by : {scheduler, std::shared_ptr<inference::Scheduler>()}) {
        all.clear();
        serve(4, by);
        for (int i = 0; i < 20; ++i) {
            begin();
            auto message = head(wire::kNone);
            wire::addSubset(message, wire::list({"10.0.0.1:8002", "10.0.0.1:8001", "10.7.7.7:8001"}));
            say(message);
            const auto told = wire::toldBy(answers.at(0));
            EXPECT_TRUE(told == "10.0.0.1:8002,10.0.0.1:8001" || told == "10.0.0.1:8001,10.0.0.1:8002") << told;
        }
        call.reset();
        const auto record = describe(records.back(), 1, now, std::chrono::system_clock::now());
        ASSERT_TRUE(record.pick);
        int left = 0;
        for (const auto& candidate : record.pick->candidates) left += candidate.excluded == "not among those that may be picked";
        EXPECT_EQ(left, 2);
    }
}

TEST_F(PickerCallTest, RefusesWithThePublishedReasons) {
    serve(1, scheduler);
    const auto reasonOf = [&] { return wire::fieldOf(wire::setBy(wire::at(answers.at(0), {7, 2}).value_or("")), "x-llm-d-request-dropped-reason"); };
    begin();
    auto message = head(wire::kNone);
    wire::addSubset(message, wire::list({}));
    say(message);
    EXPECT_EQ(wire::at(answers[0], {7, 1, 1}), "503");
    EXPECT_EQ(reasonOf(), "rejected-no-endpoints");
    EXPECT_TRUE(call->over());

    all[0]->endpoint->ejectedUntil = (now + 1h).time_since_epoch().count();
    begin();
    say(head(wire::kNone));
    EXPECT_EQ(wire::at(answers[0], {7, 1, 1}), "503");
    EXPECT_EQ(reasonOf(), "rejected-no-endpoints");

    begin();
    say(head(wire::kBuffered));
    say(wire::body("[1", true));
    EXPECT_EQ(wire::at(answers[0], {7, 1, 1}), "400");
    EXPECT_EQ(reasonOf(), "");
    begin();
    say(head(wire::kBuffered));
    say(wire::body(std::string(1'000'001, ' '), true));
    EXPECT_EQ(wire::at(answers[0], {7, 1, 1}), "413");
    call.reset();
    std::vector<std::string> codes;
    for (const auto& record : records) codes.emplace_back(record.failure.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"rejected-no-endpoints", "rejected-no-endpoints", "invalid-json", "body-too-large"}));
}

TEST_F(PickerCallTest, APoolThatFailsOpenTellsAnyPodRatherThanNone) {
    serve(2, scheduler, [](route::ServedPool& served) { served.backend.failOpen = true; });
    for (const auto& pod : all) pod->endpoint->ejectedUntil = (now + 1h).time_since_epoch().count();
    begin();
    say(head(wire::kNone));
    EXPECT_FALSE(call->over());
    EXPECT_TRUE(wire::toldBy(answers.at(0)).starts_with("10.0.0.1:800"));
    EXPECT_EQ(inFlight(), 1);
}

TEST_F(PickerCallTest, WhoBreaksTheProtocolIsToldSo) {
    serve(1, scheduler);
    begin();
    say(wire::body("early", true));
    EXPECT_NE(call->fault(), nullptr);
    call.reset();
    EXPECT_TRUE(records.empty()) << "nothing is known of a request";
    begin();
    say(head(wire::kBuffered));
    say(head(wire::kBuffered));
    EXPECT_NE(call->fault(), nullptr);
    begin();
    say(head(wire::kBuffered));
    say(wire::body(kChat, true));
    say(wire::body(kChat, true));
    EXPECT_NE(call->fault(), nullptr);
}

TEST_F(PickerCallTest, AHeaderNamesTheModelAndIsTakenOut) {
    serve(1, scheduler);
    begin();
    say(head(wire::kBuffered, {{"x-gateway-model-name-rewrite", "other"}}));
    say(wire::body(kChat, true));
    EXPECT_EQ(wire::at(answers[0], {3, 1, 3, 1}), R"({"model":"other","messages":[{"role":"user","content":"hello, how are you today?"}]})");
    EXPECT_NE(wire::at(answers[0], {3, 1, 2})->find("x-gateway-model-name-rewrite"), std::string::npos);
    EXPECT_EQ(told().model, "other");
}

TEST_F(PickerCallTest, PrioritiesAreThoseOfTheObjectiveOrTheModel) {
    serve(1, scheduler, [](route::ServedPool& served) { served.backend.pool->setPriorities({.objectives = {{"batch", -5}}, .models = {{"llama", 3}}}); });
    begin();
    say(head(wire::kBuffered, {{"x-llm-d-inference-objective", "batch"}, {"x-gateway-inference-objective", "other"}}));
    say(wire::body(kChat, true));
    EXPECT_EQ(call->priority(), -5);
    begin();
    say(head(wire::kBuffered));
    say(wire::body(kChat, true));
    EXPECT_EQ(call->priority(), 3);
    begin();
    say(head(wire::kBuffered, {{"x-gateway-inference-objective", "nobody"}}));
    say(wire::body(kChat, true));
    EXPECT_EQ(call->priority(), 0);
}

TEST_F(PickerCallTest, MayEndBeforeItsPickWasMade) {
    serve(1, scheduler);
    begin();
    const auto message = head(wire::kNone).take();
    call->take(*ext_proc::readRequest(message), now, answers);
    EXPECT_TRUE(call->wantsPick());
    EXPECT_TRUE(answers.empty());
    call->refuse(429, "rejected-saturated", "full", answers);
    EXPECT_FALSE(call->wantsPick());
    EXPECT_EQ(wire::at(answers.at(0), {7, 1, 1}), "429");
    EXPECT_EQ(told().error, "rejected-saturated");
}

TEST(PickerPool, IsNamedByTheAuthority) {
    route::Snapshot snapshot;
    const auto add = [&](const char* ns, const char* name, const char* picker) {
        auto& served = snapshot.served.emplace_back();
        served.backend.object = {"inference.networking.k8s.io", "InferencePool", ns, name};
        served.picker = picker;
    };
    EXPECT_EQ(servedPool(snapshot, "epp"), nullptr);
    add("a", "first", "epp");
    EXPECT_EQ(servedPool(snapshot, "10.1.2.3:9002"), &snapshot.served[0]) << "the only one needs no name";
    add("b", "first", "epp");
    add("b", "second", "");
    EXPECT_EQ(servedPool(snapshot, "epp.a"), &snapshot.served[0]);
    EXPECT_EQ(servedPool(snapshot, "EPP.b.svc.cluster.local:9002"), &snapshot.served[1]);
    EXPECT_EQ(servedPool(snapshot, "second:9002"), &snapshot.served[2]);
    for (const auto* none : {"epp", "epp.c", "first.a", "", ":", "[::1]:9002", "10.1.2.3:9002", "."}) EXPECT_EQ(servedPool(snapshot, none), nullptr) << none;
}

}  // namespace
}  // namespace gatehouse::gateway
