// What strips and small lines draw of a pod's past, and which pods need to be looked at.
#include "models/pod_metric.h"

#include "models/pod_order.h"
#include "ui/charts/live_fixture.h"

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

PodHistory history(const QString& name, const std::vector<std::pair<qint64, float>>& waiting) {
    PodHistory pod{QStringLiteral("default/chat"), name, name + QStringLiteral(":1"), {}};
    for (const auto& [time, value] : waiting) {
        PodSample sample;
        sample.time = time;
        sample.waiting = value;
        sample.hitPercent = value;
        sample.gpuMemoryPercent = kNan;
        pod.samples.push_back(sample);
    }
    return pod;
}

TEST(PodMetric, AStepKeepsTheWorstOfItsSamplesAndAGapStaysAGap) {
    const auto pod = history(QStringLiteral("a"), {{0, 1}, {400, 7}, {900, 2}, {2'100, kNan}, {3'000, 4}});
    const auto queue = podCells(pod, PodMetric::Queue, 0, 1, 4);
    ASSERT_EQ(queue.size(), 4u);
    EXPECT_EQ(queue[0], 7);
    EXPECT_TRUE(std::isnan(queue[1]));
    EXPECT_TRUE(std::isnan(queue[2]));
    EXPECT_EQ(queue[3], 4);
    EXPECT_EQ(podCells(pod, PodMetric::HitRate, 0, 1, 4)[0], 1);  // Few hits are the bad end.
    EXPECT_EQ(podCells(pod, PodMetric::Queue, 800, 1, 1)[0], 2);
}

TEST(PodMetric, QuantilesLeaveOutWhatIsMissing) {
    std::vector<float> values{5, kNan, 1, 3, 2, kNan, 4};
    EXPECT_EQ(quantile(values, 0.5), 3);
    values = {5, kNan, 1, 3, 2, kNan, 4};
    EXPECT_EQ(quantile(values, 0.9), 5);
    values = {kNan};
    EXPECT_TRUE(std::isnan(quantile(values, 0.5)));
}

TEST(PodMetric, EveryMetricHasANameAndAnId) {
    QStringList ids;
    for (const auto metric : podMetrics()) {
        const auto facts = factsOf(metric);
        EXPECT_EQ(facts.metric, metric);
        EXPECT_FALSE(facts.name.isEmpty());
        EXPECT_FALSE(facts.missing.isEmpty());
        EXPECT_FALSE(ids.contains(QLatin1String(facts.id)));
        ids << QLatin1String(facts.id);
    }
}

TEST(HeldOrder, StaysWhileSomebodyLooksAndBeginsAnewWherePodsCome) {
    std::vector<PodHistory> all{history(QStringLiteral("a"), {{0, 1}}), history(QStringLiteral("b"), {{0, 9}}), history(QStringLiteral("c"), {{0, 5}})};
    HeldOrder order;
    const auto worse = [](const PodHistory& pod) { return severityBy(pod, PodMetric::Queue); };
    const auto names = [&](bool looking) {
        std::vector<const PodHistory*> pods;
        for (const auto& pod : all) pods.push_back(&pod);
        QString said;
        for (const auto* pod : order.apply(pods, looking, worse)) said += pod->pod;
        return said;
    };
    EXPECT_EQ(names(false), QStringLiteral("bca"));
    all[0].samples.back().waiting = 20;
    EXPECT_EQ(names(true), QStringLiteral("bca"));
    EXPECT_EQ(names(false), QStringLiteral("bca"));  // Not before ten seconds have passed.
    all.push_back(history(QStringLiteral("d"), {{0, 6}}));
    EXPECT_EQ(names(true), QStringLiteral("abdc"));
    all[1].samples.back().waiting = kNan;
    order.forget();
    EXPECT_EQ(names(true), QStringLiteral("adcb"));  // What is missing comes last.
}

}  // namespace
