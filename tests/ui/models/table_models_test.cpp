// The live table models under QAbstractItemModelTester: filter, pause, sort, drops, and the order of pods.
#include "models/pick_share.h"
#include "models/pod_table_model.h"
#include "models/request_table_model.h"
#include "ui/charts/live_fixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QSignalSpy>

#include <gtest/gtest.h>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct RequestModelTest : testing::Test {
    Theme theme;
    EngineBridge engine;
    RequestTableModel model{engine, theme};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    std::uint64_t next = 1;

    RequestModelTest() { model.setActive(true); }
    void feed(int count, int status = 200) {
        std::vector<telemetry::RequestRecord> records;
        for (int i = 0; i < count; ++i) records.push_back(makeRecord(next++, status));
        engine.takeRequests(std::move(records));
    }
    QString id(int row) const { return model.index(row, 0).data(RequestTableModel::IdRole).toString(); }
    void filter(const char* text) { model.setFilter(RequestFilter::parse(QString::fromLatin1(text)).filter); }
};

TEST_F(RequestModelTest, AppendsInOneBatchPerTick) {
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    feed(100);
    EXPECT_EQ(inserted.count(), 1);
    EXPECT_EQ(model.rowCount(), 100);
    EXPECT_EQ(id(0), QStringLiteral("req-1"));
}

TEST_F(RequestModelTest, FilterNarrowsAndNewRowsRespectIt) {
    feed(10);
    feed(3, 503);
    filter("status=5xx");
    EXPECT_EQ(model.rowCount(), 3);
    feed(5);
    feed(2, 500);
    EXPECT_EQ(model.rowCount(), 5);
    filter("");
    EXPECT_EQ(model.rowCount(), 20);
}

TEST_F(RequestModelTest, PauseStopsTheDisplayNotTheData) {
    feed(10);
    model.setPaused(true);
    feed(7);
    EXPECT_EQ(model.rowCount(), 10);
    EXPECT_EQ(model.waiting(), 7u);
    EXPECT_EQ(engine.requests().size(), 17u);
    filter("req-1");  // A filter while paused looks at the same moment.
    EXPECT_EQ(model.rowCount(), 2);
    filter("");
    EXPECT_EQ(model.rowCount(), 10);
    model.setPaused(false);
    EXPECT_EQ(model.rowCount(), 17);
    EXPECT_EQ(model.waiting(), 0u);
}

TEST_F(RequestModelTest, SortHoldsNewRowsBackUntilAsked) {
    feed(10);
    model.sort(RequestTableModel::Status, Qt::DescendingOrder);
    feed(1, 503);
    EXPECT_EQ(model.rowCount(), 10);
    EXPECT_EQ(model.waiting(), 1u);
    model.catchUp();
    EXPECT_EQ(model.rowCount(), 11);
    EXPECT_EQ(id(0), QStringLiteral("req-11"));
    feed(2);
    model.sort(RequestTableModel::Time, Qt::AscendingOrder);
    EXPECT_EQ(model.rowCount(), 13);
    EXPECT_EQ(id(12), QStringLiteral("req-13"));
}

TEST_F(RequestModelTest, PersistentIndexesFollowTheirRequestThroughASort) {
    feed(20);
    const QPersistentModelIndex fifth(model.index(5, 0));
    model.sort(RequestTableModel::Pod, Qt::DescendingOrder);
    EXPECT_EQ(fifth.data(RequestTableModel::IdRole).toString(), QStringLiteral("req-6"));
}

TEST_F(RequestModelTest, FollowsTheStoreWhenItDropsTheOldest) {
    for (int i = 0; i < 5; ++i) feed(20'200);
    EXPECT_EQ(static_cast<std::size_t>(model.rowCount()), engine.requests().size());
    EXPECT_LE(engine.requests().size(), EngineBridge::kRequests);
    EXPECT_EQ(id(0), QString::fromStdString(engine.requests().front().requestId));
    EXPECT_EQ(id(model.rowCount() - 1), QStringLiteral("req-101000"));
}

TEST_F(RequestModelTest, InactiveModelsDoNoWorkAndCatchUp) {
    model.setActive(false);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    feed(50);
    EXPECT_EQ(inserted.count(), 0);
    model.setActive(true);
    EXPECT_EQ(model.rowCount(), 50);
}

TEST_F(RequestModelTest, MarksAreFiltered) {
    feed(5);
    model.setMarked(QStringLiteral("req-3"), true);
    filter("is:marked");
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(id(0), QStringLiteral("req-3"));
}

TEST(PodTableModel, KeepsOrderWhileValuesChange) {
    Theme theme;
    PodTableModel model(theme);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.sort(PodTableModel::GpuMemory, Qt::DescendingOrder);
    const auto rows = [](double first, double second) {
        return std::vector<PodTableModel::Row>{{makePod(1, "default/chat", first, 0, 0), 50}, {makePod(2, "default/chat", second, 0, 0), 50}};
    };
    const auto top = [&] { return model.index(0, PodTableModel::Pod).data().toString(); };
    model.update(rows(80, 40), 0);
    EXPECT_EQ(top(), QStringLiteral("llm-1"));
    model.update(rows(30, 90), 1000);
    EXPECT_EQ(top(), QStringLiteral("llm-1")) << "rows must not jump while data streams in";
    model.setOrderHeld(true);
    model.update(rows(30, 90), PodTableModel::kReorderMillis + 1);
    EXPECT_EQ(top(), QStringLiteral("llm-1")) << "nor under the pointer";
    model.setOrderHeld(false);
    model.update(rows(30, 90), PodTableModel::kReorderMillis + 2);
    EXPECT_EQ(top(), QStringLiteral("llm-2"));
}

TEST(PodTableModel, SaysMissingInWordsNotZero) {
    Theme theme;
    PodTableModel model(theme);
    auto pod = makePod(1, "default/chat", 50, 3, 7);
    pod.scrape = inference::ScrapeState::Stale;
    pod.ageMillis = 4'200;
    model.update({{pod, 100}}, 0);
    EXPECT_EQ(model.index(0, PodTableModel::GpuMemory).data().toString(), QStringLiteral("–"));
    EXPECT_EQ(model.index(0, PodTableModel::Queue).data().toString(), QStringLiteral("–"));
    EXPECT_EQ(model.index(0, PodTableModel::State).data().toString(), QStringLiteral("Stale 4.2 s"));
    EXPECT_EQ(model.index(0, PodTableModel::Picks).data().toString(), QStringLiteral("7"));
}

TEST(PickShare, CountsOnlyTheWindow) {
    PodHistory a{QStringLiteral("p"), QStringLiteral("a"), {}, {}}, b{QStringLiteral("p"), QStringLiteral("b"), {}, {}};
    for (int second = 0; second <= 30; ++second) {
        PodSample sample;
        sample.time = second * 1000;
        sample.picks = 100 + static_cast<quint64>(second);         // One a second.
        a.samples.push_back(sample);
        sample.picks = 500 + (second > 20 ? static_cast<quint64>(3 * (second - 20)) : 0);  // Three a second, lately.
        b.samples.push_back(sample);
    }
    EXPECT_EQ(pickShares({&a, &b}, 20'000, 10'000), (std::vector<double>{100, 0}));
    EXPECT_EQ(pickShares({&a, &b}, 30'000, 10'000), (std::vector<double>{25, 75}));
    EXPECT_EQ(pickShares({&a, &b}, 0, 10'000), (std::vector<double>{0, 0}));
}

}  // namespace
