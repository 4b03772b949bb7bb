// Samples become history and rates; finished requests are kept up to a bound.
#include "bridge/engine_bridge.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

gateway::State stateWith(double gpuUsed, inference::ScrapeState scrape, std::uint64_t picks) {
    gateway::State state;
    state.running = true;
    gateway::PodState pod;
    pod.pool = "default/chat-stable";
    pod.pod = "default/llm-0";
    pod.address = "127.0.0.1:9000";
    pod.scrape = scrape;
    pod.metrics.gpuUsedMib = gpuUsed;
    pod.metrics.gpuFreeMib = 100 - gpuUsed;
    pod.metrics.waiting = 3;
    pod.metrics.running = 4;
    pod.metrics.kvUse = 0.5;
    pod.picks = picks;
    state.pods.push_back(pod);
    return state;
}

std::vector<telemetry::RequestRecord> records(std::size_t count, std::size_t from = 0) {
    std::vector<telemetry::RequestRecord> list(count);
    for (std::size_t i = 0; i < count; ++i) list[i].requestId = "r" + std::to_string(from + i);
    return list;
}

}  // namespace

TEST(EngineBridge, ASampleBecomesHistoryInTheUnitsOfTheCharts) {
    EngineBridge engine;
    QSignalSpy sampled(&engine, &EngineBridge::stateSampled);
    EXPECT_EQ(engine.sampleAge(), -1);
    engine.takeSample(stateWith(75, inference::ScrapeState::Fresh, 7));
    ASSERT_EQ(engine.history().size(), 1u);
    const PodSample& point = engine.history()[0].samples.back();
    EXPECT_FLOAT_EQ(point.gpuMemoryPercent, 75);
    EXPECT_FLOAT_EQ(point.kvPercent, 50);
    EXPECT_FLOAT_EQ(point.waiting, 3);
    EXPECT_EQ(point.picks, 7u);
    EXPECT_EQ(sampled.count(), 1);
    EXPECT_GE(engine.sampleAge(), 0);
}

TEST(EngineBridge, WhatIsNotFreshIsAGapNeverZero) {
    EngineBridge engine;
    for (const auto scrape : {inference::ScrapeState::Never, inference::ScrapeState::Stale, inference::ScrapeState::Failing}) {
        engine.takeSample(stateWith(75, scrape, 7));
        const PodSample& point = engine.history()[0].samples.back();
        EXPECT_TRUE(std::isnan(point.gpuMemoryPercent));
        EXPECT_TRUE(std::isnan(point.waiting));
        EXPECT_EQ(point.picks, 7u) << "picks are our own count";
    }
    EXPECT_EQ(engine.history().size(), 1u);
}

TEST(EngineBridge, HistoryIsBounded) {
    EngineBridge engine;
    for (std::size_t i = 0; i < EngineBridge::kHistorySamples + 10; ++i) engine.takeSample(stateWith(50, inference::ScrapeState::Fresh, i));
    EXPECT_EQ(engine.history()[0].samples.size(), EngineBridge::kHistorySamples);
    EXPECT_EQ(engine.history()[0].samples.front().picks, 10u);
}

TEST(EngineBridge, ListenersAreAnnouncedOnlyWhenTheyDiffer) {
    EngineBridge engine;
    QSignalSpy listeners(&engine, &EngineBridge::listenersChanged);
    auto state = stateWith(50, inference::ScrapeState::Fresh, 0);
    state.listeners.push_back({8080, "127.0.0.1:40001", ""});
    engine.takeSample(state);
    engine.takeSample(state);
    EXPECT_EQ(listeners.count(), 1);
    state.listeners[0].error = "Port 8080 is in use.";
    engine.takeSample(state);
    EXPECT_EQ(listeners.count(), 2);
}

TEST(EngineBridge, TheRateFollowsTheCounterAndRestartsWithIt) {
    EngineBridge engine;
    auto state = stateWith(50, inference::ScrapeState::Fresh, 0);
    state.requests = 100;
    engine.takeSample(state);
    EXPECT_EQ(engine.requestsPerSecond(), 0);
    const qint64 start = engine.now();
    ASSERT_TRUE(QTest::qWaitFor([&] { return engine.now() - start >= 100; }, 5000));
    state.requests = 200;
    engine.takeSample(state);
    EXPECT_GT(engine.requestsPerSecond(), 0);
    EXPECT_LE(engine.requestsPerSecond(), 1000.0);
    state.requests = 5;  // another gateway
    engine.takeSample(state);
    EXPECT_EQ(engine.requestsPerSecond(), 0);
}

TEST(EngineBridge, RequestsAreFoundByIdNewestFirst) {
    EngineBridge engine;
    QSignalSpy appended(&engine, &EngineBridge::requestsAppended);
    engine.takeRequests({});
    EXPECT_EQ(appended.count(), 0);
    engine.takeRequests(records(3));
    ASSERT_EQ(appended.count(), 1);
    EXPECT_EQ(appended.at(0).at(0).toInt(), 3);
    EXPECT_EQ(appended.at(0).at(1).toInt(), 0);
    ASSERT_NE(engine.findRequest(QStringLiteral("r1")), nullptr);
    EXPECT_EQ(engine.findRequest(QStringLiteral("nope")), nullptr);
}

TEST(EngineBridge, OldRequestsLeaveInTenths) {
    EngineBridge engine;
    engine.takeRequests(records(EngineBridge::kRequests));
    EXPECT_EQ(engine.firstRequestSequence(), 0u);
    QSignalSpy appended(&engine, &EngineBridge::requestsAppended);
    engine.takeRequests(records(1, EngineBridge::kRequests));
    EXPECT_EQ(engine.requests().size(), EngineBridge::kRequests + 1 - EngineBridge::kRequests / 10);
    EXPECT_EQ(engine.firstRequestSequence(), EngineBridge::kRequests / 10);
    EXPECT_EQ(appended.at(0).at(1).toInt(), int(EngineBridge::kRequests / 10));
    EXPECT_EQ(engine.requests().front().requestId, "r" + std::to_string(EngineBridge::kRequests / 10));
}

TEST(EngineBridge, AReportIsTakenOnce) {
    EngineBridge engine;
    QSignalSpy applied(&engine, &EngineBridge::applied);
    auto report = std::make_shared<gateway::ApplyReport>();
    report->generation = 1;
    engine.takeReport(report);
    engine.takeReport(report);
    engine.takeReport(nullptr);
    EXPECT_EQ(applied.count(), 1);
}

TEST(EngineBridge, WithoutAGatewayExplainSaysSo) {
    EngineBridge engine;
    const auto explained = engine.explain({});
    ASSERT_FALSE(explained);
    EXPECT_EQ(explained.error().code, "not-running");
    engine.shutdown();
    engine.shutdown();
}
