// The tables of endpoints and limits on the dashboard: fed live, filtered, empty, reached from elsewhere.
#include "dashboard/dashboard_view.h"
#include "http/limit_table.h"
#include "models/endpoint_table_model.h"
#include "models/limit_table_model.h"
#include "models/limit_words.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QTableView>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

gateway::State stateWith(std::uint64_t bites) {
    gateway::State state;
    state.running = true;
    const http::Limits limits;
    for (const auto& row : http::limitTable()) state.limits.push_back({row.name, row.what, http::limitValue(row, limits), row.answer, row.source, true, 0, {}});
    state.limits[5].count = bites;
    state.limits[5].last = std::chrono::system_clock::now() - std::chrono::seconds(3);
    gateway::ClusterSample web;
    web.id = "Service/default/web:80";
    web.name = "Service default/web port 80";
    web.balance = "least request";
    web.protocol = "HTTP/2";
    web.tls = true;
    const auto endpoint = [](const char* id, upstream::Standing standing) {
        gateway::ClusterSample::Member member;
        member.health.id = id;
        member.health.standing = standing;
        member.health.inFlight = 3;
        member.health.latencyMicros = 12'500;
        return member;
    };
    web.endpoints = {endpoint("10.0.0.1:8000", upstream::Standing::In), endpoint("10.0.0.2:8000", upstream::Standing::Out), endpoint("10.0.0.3:8000", upstream::Standing::WarmingUp)};
    web.endpoints[1].health.reason = "out until 14:03:22: 5 resets in a row";
    web.endpoints[1].health.outMillis = 8'400;
    web.endpoints[1].health.outForMillis = 21'600;
    web.endpoints[1].health.outBy = upstream::Failure::Reset;
    web.endpoints[1].health.outCount = 5;
    web.endpoints[1].health.failures = 5;
    web.endpoints[2].health.share = 0.4;
    gateway::ClusterSample api = web;
    api.id = "Service/default/api:80";
    api.name = "Service default/api port 80";
    api.protocol = "HTTP/1.1";
    api.tls = false;
    api.endpoints = {endpoint("10.0.1.1:9000", upstream::Standing::In)};
    state.clusters = {web, api};
    return state;
}

struct LiveTablesTest : LiveTest {
    void choose(const char* segment) { find<SegmentedControl>("shownAs")->setCurrent(QLatin1String(segment)); }
    QTableView* table(const char* name) { return find<QTableView>(name); }
    void feed(std::uint64_t bites = 0) { engine.takeSample(stateWith(bites)); }
    QString cell(QTableView* view, int row, int column) { return view->model()->index(row, column).data().toString(); }
};

TEST_F(LiveTablesTest, EndpointsSayWhetherTheyTakeRequestsAndWhyNot) {
    show(makeDashboardView(context, nullptr));
    feed();
    choose("endpoints");
    auto* view = table("endpointTable");
    ASSERT_EQ(view->model()->rowCount(), 4);
    EXPECT_EQ(cell(view, 0, EndpointTableModel::State), QStringLiteral("In"));
    EXPECT_TRUE(cell(view, 1, EndpointTableModel::State).contains(QStringLiteral("8.4 s"))) << cell(view, 1, EndpointTableModel::State).toStdString();
    EXPECT_TRUE(view->model()->index(1, EndpointTableModel::State).data(Qt::ToolTipRole).toString().contains(QStringLiteral("5 reset")));
    const auto why = cell(view, 1, EndpointTableModel::Why);
    EXPECT_TRUE(why.startsWith(QStringLiteral("5 reset")) && why.contains(QStringLiteral(" in a row at "))) << why.toStdString();
    EXPECT_EQ(cell(view, 0, EndpointTableModel::Backend), QStringLiteral("default/web:80"));
    EXPECT_TRUE(cell(view, 0, EndpointTableModel::Why).isEmpty()) << "nothing failed";
    EXPECT_TRUE(cell(view, 2, EndpointTableModel::State).contains(QStringLiteral("40 %")));
    EXPECT_EQ(cell(view, 0, EndpointTableModel::Protocol), QStringLiteral("HTTP/2 · TLS"));
    EXPECT_EQ(cell(view, 3, EndpointTableModel::Protocol), QStringLiteral("HTTP/1.1"));
}

TEST_F(LiveTablesTest, AFilterNarrowsAndNothingFoundOffersAWayBack) {
    show(makeDashboardView(context, nullptr));
    feed();
    view->openTarget(QStringLiteral("endpoints:api"));
    EXPECT_EQ(find<SegmentedControl>("shownAs")->current(), QStringLiteral("endpoints"));
    EXPECT_EQ(find<QLineEdit>("endpointFilter")->text(), QStringLiteral("api"));
    EXPECT_EQ(table("endpointTable")->model()->rowCount(), 1);
    find<QLineEdit>("endpointFilter")->setFocus();
    QTest::keyClicks(find<QLineEdit>("endpointFilter"), QStringLiteral("zzz"));
    QTest::keyClick(find<QLineEdit>("endpointFilter"), Qt::Key_Return);
    EXPECT_FALSE(table("endpointTable")->isVisible());
    QAbstractButton* clear = nullptr;
    for (auto* button : view->findChildren<QAbstractButton*>(QStringLiteral("emptyAction")))
        if (button->isVisible()) clear = button;
    ASSERT_NE(clear, nullptr);
    QTest::mouseClick(clear, Qt::LeftButton);
    EXPECT_EQ(table("endpointTable")->model()->rowCount(), 4);
}

TEST_F(LiveTablesTest, LimitsShowHowOftenEachOneBitAndWhenLast) {
    show(makeDashboardView(context, nullptr));
    feed();
    view->openTarget(QStringLiteral("limits"));
    auto* rows = table("limitTable");
    ASSERT_EQ(rows->model()->rowCount(), static_cast<int>(http::limitTable().size()));
    EXPECT_EQ(cell(rows, 5, LimitTableModel::Last), QStringLiteral("never"));
    EXPECT_EQ(cell(rows, 5, LimitTableModel::Answer), QString::fromLatin1(http::limitTable()[5].answer));
    // Twice a second, while shown.
    ASSERT_TRUE(waitFor([&] {
        feed(1'204);
        return cell(rows, 5, LimitTableModel::Count) == QLocale().toString(1'204);
    }));
    EXPECT_TRUE(cell(rows, 5, LimitTableModel::Last).contains(QStringLiteral("ago"))) << cell(rows, 5, LimitTableModel::Last).toStdString();
    EXPECT_TRUE(rows->model()->index(5, LimitTableModel::Name).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("enforced"))) << "not by colour alone";
}

TEST_F(LiveTablesTest, WithoutAGatewayTheTablesSayWhy) {
    show(makeDashboardView(context, nullptr));
    choose("limits");
    EXPECT_FALSE(table("limitTable")->isVisible());
    choose("endpoints");
    EXPECT_FALSE(table("endpointTable")->isVisible());
}

TEST_F(LiveTablesTest, ModelsKeepTheirPromises) {
    EndpointTableModel endpoints(theme);
    LimitTableModel limits(theme);
    QAbstractItemModelTester endpointTester(&endpoints, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAbstractItemModelTester limitTester(&limits, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const std::uint64_t bites : {0u, 1u, 7u}) {
        const auto state = stateWith(bites);
        endpoints.update(state.clusters);
        limits.update(state.limits);
    }
    EXPECT_EQ(endpoints.out(), 1);
    EXPECT_EQ(limits.enforced(), 1);
    endpoints.update({});
    limits.update({});
    EXPECT_EQ(endpoints.rowCount(), 0);
}

TEST(LimitWords, CoverTheTableOfLimits) {
    for (const auto& row : http::limitTable()) {
        EXPECT_TRUE(knowsLimitWords(row.what)) << "add to ui/models/limit_words.cpp: " << row.what;
        EXPECT_TRUE(knowsLimitWords(row.answer)) << "add to ui/models/limit_words.cpp: " << row.answer;
    }
}

}  // namespace
