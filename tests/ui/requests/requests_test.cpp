// The tail by clicks and keys: filter, pause, follow, mark, inspector, and what is copied.
#include "models/try_target.h"
#include "models/request_table_model.h"
#include "requests/curl.h"
#include "requests/request_inspector.h"
#include "requests/requests_view.h"
#include "ui/charts/live_fixture.h"
#include "charts/timeline_bar.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct RequestsTest : LiveTest {
    std::uint64_t next = 1;

    void feed(int count, int status = 200) {
        std::vector<telemetry::RequestRecord> records;
        for (int i = 0; i < count; ++i) {
            records.push_back(makeRecord(next++, status));
            records.back().pick = makePick("default/chat-stable", 1, 3);
        }
        engine.takeRequests(std::move(records));
    }
    QTableView* table() { return find<QTableView>("requestTable"); }
    int rows() { return table()->model()->rowCount(); }
    void click(int row) {
        table()->scrollTo(table()->model()->index(row, 0));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(table()->model()->index(row, 0)).center());
        QApplication::processEvents();  // The inspector gets its layout.
    }
    bool atEnd() { return table()->verticalScrollBar()->value() == table()->verticalScrollBar()->maximum(); }
    void type(const QString& text) {
        auto* filter = find<FilterEdit>("requestFilter");
        filter->clear();
        QTest::keyClicks(filter, text);
        QTest::keyClick(filter, Qt::Key_Return);
    }
};

TEST_F(RequestsTest, TheFilterNarrowsTheTable) {
    show(makeRequestsView(context, nullptr));
    feed(30);
    feed(4, 503);
    type(QStringLiteral("status>=500"));
    EXPECT_EQ(rows(), 4);
    EXPECT_TRUE(find<QLabel>("requestCounts")->text().contains(QStringLiteral("34")));
    type(QString());
    EXPECT_EQ(rows(), 34);
}

TEST_F(RequestsTest, ABadFilterSaysSoAndKeepsTheLastGoodOne) {
    show(makeRequestsView(context, nullptr));
    feed(5);
    feed(2, 503);
    type(QStringLiteral("status=5xx"));
    type(QStringLiteral("status=5xx colour=red"));
    auto* error = find<QLabel>("filterError");
    EXPECT_TRUE(error->isVisible());
    EXPECT_TRUE(error->text().contains(QStringLiteral("colour")));
    EXPECT_EQ(rows(), 2);
}

TEST_F(RequestsTest, PauseStopsTheDisplayNotTheData) {
    show(makeRequestsView(context, nullptr));
    feed(10);
    QTest::mouseClick(find<QPushButton>("pause"), Qt::LeftButton);
    feed(5);
    EXPECT_EQ(rows(), 10);
    EXPECT_EQ(engine.requests().size(), 15u);
    auto* newer = find<QPushButton>("showNewer");
    EXPECT_TRUE(newer->isVisible());
    QTest::mouseClick(newer, Qt::LeftButton);
    EXPECT_EQ(rows(), 15);
    EXPECT_FALSE(find<QPushButton>("pause")->isChecked());
}

TEST_F(RequestsTest, FollowsUntilARequestIsLookedAt) {
    show(makeRequestsView(context, nullptr));
    feed(200);
    EXPECT_TRUE(atEnd());
    feed(50);
    EXPECT_TRUE(atEnd());
    click(100);
    EXPECT_FALSE(find<QPushButton>("follow")->isChecked());
    const int at = table()->verticalScrollBar()->value();
    feed(50);
    EXPECT_EQ(table()->verticalScrollBar()->value(), at);
    QTest::mouseClick(find<QPushButton>("follow"), Qt::LeftButton);
    EXPECT_TRUE(atEnd());
}

TEST_F(RequestsTest, TheInspectorKeepsItsRequestThroughFilters) {
    show(makeRequestsView(context, nullptr));
    feed(20);
    feed(5, 503);
    click(22);
    auto* inspector = find<RequestInspector>("requestInspector");
    EXPECT_TRUE(inspector->isVisible());
    EXPECT_EQ(inspector->requestId(), QStringLiteral("req-23"));
    type(QStringLiteral("status=5xx"));
    ASSERT_TRUE(table()->currentIndex().isValid());
    EXPECT_EQ(table()->currentIndex().siblingAtColumn(0).data(RequestTableModel::IdRole).toString(), QStringLiteral("req-23"));
    type(QStringLiteral("status=2xx"));
    EXPECT_EQ(inspector->requestId(), QStringLiteral("req-23"));
    EXPECT_NE(inspector->findChild<TimelineBar*>(), nullptr);
}

TEST_F(RequestsTest, TheInspectorTellsWhyAndWhatFailed) {
    show(makeRequestsView(context, nullptr));
    feed(1, 503);
    click(0);
    QStringList texts;
    for (auto* label : view->findChildren<QLabel*>()) texts << label->text();
    const auto all = texts.join(QLatin1Char('|'));
    for (const char* wanted : {"header x-canary is absent", "No endpoint of the backend could be connected to.", "best score 4.20", "weight 90 of 100"})
        EXPECT_TRUE(all.contains(QLatin1String(wanted))) << wanted;
}

TEST_F(RequestsTest, MarksByKeyAndFiltersThem) {
    show(makeRequestsView(context, nullptr));
    feed(10);
    click(3);
    QTest::keyClick(table(), Qt::Key_M);
    type(QStringLiteral("is:marked"));
    EXPECT_EQ(rows(), 1);
}

TEST_F(RequestsTest, CopiesACommandThatSendsItAgain) {
    show(makeRequestsView(context, nullptr));
    gateway::State state;
    state.running = true;
    state.listeners.push_back({8080, "127.0.0.1:8080", {}});
    engine.takeSample(state);
    feed(2);
    click(1);
    QTest::mouseClick(find<QToolButton>("copyCurl"), Qt::LeftButton);
    const auto text = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(text.startsWith(QStringLiteral("curl -sS -N 'http://127.0.0.1:8080/v1/chat/completions'"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("\"stream\":true")));
    EXPECT_FALSE(text.contains(QStringLiteral("Host:")));
    QTest::mouseClick(find<QToolButton>("copyId"), Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("req-2"));
}

TEST_F(RequestsTest, ExplainThisRequestHandsItToTryARequest) {
    open(kSplitYaml);
    show(makeRequestsView(context, nullptr));
    feed(1);
    click(0);
    QTest::mouseClick(find<QToolButton>("explainAgain"), Qt::LeftButton);
    ASSERT_EQ(navigator.visits.size(), 1u);
    EXPECT_EQ(navigator.visits[0].first, QStringLiteral("routes"));
    const auto target = readTryTarget(navigator.visits[0].second);
    ASSERT_TRUE(target) << navigator.visits[0].second.toStdString();
    EXPECT_EQ(target->method, QStringLiteral("POST"));
    EXPECT_TRUE(target->url.endsWith(QStringLiteral("/v1/chat/completions"))) << target->url.toStdString();
    EXPECT_TRUE(target->body.isEmpty()) << "nothing of a prompt is kept, and none is made up";
    ASSERT_TRUE(target->recorded);
    EXPECT_TRUE(target->recorded->headMissing);
}

TEST_F(RequestsTest, TheInspectorShowsTheHeadAndHandsItOn) {
    open(kSplitYaml);
    show(makeRequestsView(context, nullptr));
    auto record = makeRecord(next++, 200);
    record.port = 8080;
    record.client = "10.0.0.7:5000";
    record.head = std::make_shared<telemetry::RecordedHead>(
        telemetry::RecordedHead{"/v1//chat/completions?key=(hidden)\nX-Team: blue\nAuthorization: (hidden)\n", true});
    engine.takeRequests({record});
    click(0);
    EXPECT_EQ(find<QLabel>("requestLine")->text(), QStringLiteral("POST /v1//chat/completions?key=(hidden)"));
    QStringList shown;
    for (const auto* label : view->findChildren<QLabel*>()) shown << label->text();
    EXPECT_TRUE(shown.contains(QStringLiteral("X-Team"))) << shown.join(QLatin1Char('|')).toStdString();
    EXPECT_TRUE(shown.contains(QStringLiteral("blue")));
    EXPECT_TRUE(shown.contains(QStringLiteral("(hidden)")));
    QTest::keyClick(table(), Qt::Key_E);
    ASSERT_EQ(navigator.visits.size(), 1u);
    const auto target = readTryTarget(navigator.visits[0].second);
    ASSERT_TRUE(target);
    EXPECT_TRUE(target->url.endsWith(QStringLiteral(":8080/v1//chat/completions?key=(hidden)"))) << target->url.toStdString();
    EXPECT_EQ(target->headers, QStringLiteral("X-Team: blue\nAuthorization: (hidden)\n"));
    EXPECT_EQ(target->client, QStringLiteral("10.0.0.7:5000"));
    ASSERT_TRUE(target->recorded);
    EXPECT_TRUE(target->recorded->headCut);
    EXPECT_FALSE(target->recorded->headMissing);
}

TEST_F(RequestsTest, OldRequestsGiveTheirHeadsAway) {
    auto record = makeRecord(1, 200);
    record.head = std::make_shared<telemetry::RecordedHead>(telemetry::RecordedHead{"/\n", false});
    const int all = static_cast<int>(EngineBridge::kHeads) + 500;
    for (int sent = 0; sent < all; sent += 100) engine.takeRequests(std::vector<telemetry::RequestRecord>(100, record));
    ASSERT_EQ(engine.requests().size(), static_cast<std::size_t>(all));
    for (int i = 0; i < all; ++i) ASSERT_EQ(engine.requests()[static_cast<std::size_t>(i)].head != nullptr, i >= 500) << i;
}

TEST_F(RequestsTest, OpensATargetThatTheFilterHid) {
    show(makeRequestsView(context, nullptr));
    feed(10);
    type(QStringLiteral("status=5xx"));
    EXPECT_EQ(rows(), 0);
    view->openTarget(QStringLiteral("req-4"));
    EXPECT_EQ(rows(), 10);
    EXPECT_EQ(table()->currentIndex().row(), 3);
}

TEST_F(RequestsTest, SavesWhatTheTableShows) {
    show(makeRequestsView(context, nullptr));
    feed(3);
    dialogs.file = folder.filePath(QStringLiteral("tail.csv"));
    QTest::mouseClick(find<QToolButton>("saveCsv"), Qt::LeftButton);
    ASSERT_TRUE(waitFor([&] { return QFile::exists(dialogs.file); }));
    QFile file(dialogs.file);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[1].contains(QStringLiteral("/v1/chat/completions,chat,200 OK,llama-3.1-8b-instruct,chat-stable"))) << lines[1].toStdString();
    EXPECT_TRUE(lines[1].contains(QStringLiteral(",80.000,900.000,120,240,"))) << lines[1].toStdString();
}

TEST_F(RequestsTest, SavingManyRowsLeavesTheWindowAlive) {
    show(makeRequestsView(context, nullptr));
    for (int i = 0; i < 20; ++i) feed(1000);
    dialogs.file = folder.filePath(QStringLiteral("many.csv"));
    int beats = 0;
    QTimer beat;
    QObject::connect(&beat, &QTimer::timeout, &beat, [&beats] { ++beats; });
    beat.start(0);
    QTest::mouseClick(find<QToolButton>("saveCsv"), Qt::LeftButton);
    EXPECT_FALSE(find<QToolButton>("saveCsv")->isEnabled());
    ASSERT_TRUE(waitFor([&] { return find<QToolButton>("saveCsv")->isEnabled(); }));
    // The event loop turned between the slices.
    EXPECT_GT(beats, 2);
    QFile file(dialogs.file);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().count('\n'), 20'001);
}

TEST_F(RequestsTest, AFileThatCannotBeWrittenIsSaid) {
    show(makeRequestsView(context, nullptr));
    feed(3);
    dialogs.file = folder.filePath(QStringLiteral("no such folder/tail.csv"));
    QTest::mouseClick(find<QToolButton>("saveCsv"), Qt::LeftButton);
    auto* bar = view->findChild<MessageBar*>();
    ASSERT_NE(bar, nullptr);
    EXPECT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->kind(), MessageBar::Kind::Error);
    EXPECT_TRUE(bar->text().contains(dialogs.file)) << bar->text().toStdString();
    EXPECT_TRUE(find<QToolButton>("saveCsv")->isEnabled());
}

TEST_F(RequestsTest, AnAnswerThatBrokeOffDoesNotLookWell) {
    show(makeRequestsView(context, nullptr));
    auto record = makeRecord(next++, 200);
    record.error = "upstream-reset";
    record.errorSentence = "The upstream broke off in the middle of its answer.";
    engine.takeRequests({record, makeRecord(next++, 200)});
    const auto status = table()->model()->index(0, RequestTableModel::Status);
    EXPECT_EQ(status.data().toString(), QStringLiteral("200 cut off"));
    EXPECT_EQ(status.data(Qt::ToolTipRole).toString(), QStringLiteral("The upstream broke off in the middle of its answer."));
    EXPECT_EQ(status.siblingAtRow(1).data().toString(), QStringLiteral("200 OK"));
    EXPECT_NE(status.data(Qt::DecorationRole).value<QIcon>().pixmap(16).toImage(), status.siblingAtRow(1).data(Qt::DecorationRole).value<QIcon>().pixmap(16).toImage());
    type(QStringLiteral("is:error"));
    EXPECT_EQ(rows(), 1);
    click(0);
    QStringList texts;
    for (auto* label : view->findChildren<QLabel*>()) texts << label->text();
    EXPECT_TRUE(texts.contains(QStringLiteral("The upstream broke off in the middle of its answer.")));
}

TEST_F(RequestsTest, TheTableStaysInSightBesideTheInspector) {
    show(makeRequestsView(context, nullptr), {1180, 720});
    feed(30);
    ASSERT_TRUE(waitFor([&] { return !table()->isColumnHidden(RequestTableModel::Model) && table()->horizontalScrollBar()->maximum() == 0; }));
    click(10);
    ASSERT_TRUE(waitFor([&] { return table()->horizontalScrollBar()->maximum() == 0; }));
    EXPECT_TRUE(table()->isColumnHidden(RequestTableModel::TokensIn));
    for (const int column : {RequestTableModel::Time, RequestTableModel::Path, RequestTableModel::Status, RequestTableModel::Pod, RequestTableModel::Ttft, RequestTableModel::Total})
        EXPECT_FALSE(table()->isColumnHidden(column)) << column;
    find<RequestInspector>("requestInspector")->hide();
    EXPECT_TRUE(waitFor([&] { return !table()->isColumnHidden(RequestTableModel::Model); }));
}

TEST_F(RequestsTest, AHundredThousandRowsFilterWithinAStallBudget) {
    show(makeRequestsView(context, nullptr));
    for (int i = 0; i < 100; ++i) feed(1000, i % 50 == 0 ? 503 : 200);
    ASSERT_EQ(rows(), 100'000);
    QElapsedTimer clock;
    clock.start();
    type(QStringLiteral("status=5xx"));
    QApplication::processEvents();
    EXPECT_EQ(rows(), 2000);
    type(QString());
    QApplication::processEvents();
    EXPECT_EQ(rows(), 100'000);
    // Generous against slow machines and debug builds; a proxy model takes many times this.
    EXPECT_LT(clock.elapsed(), 3000);
}

TEST(Curl, QuotesForAShell) {
    auto record = makeRecord(1);
    record.method = "DELETE";
    record.llm = false;
    record.streamed = false;
    record.host = "api.example.com";
    record.path = "/it's?a=b&c=$d";
    EXPECT_EQ(toCurl(record, QStringLiteral("127.0.0.1:1")),
              QStringLiteral("curl -sS -X DELETE 'http://127.0.0.1:1/it'\\''s?a=b&c=$d' -H 'Host: api.example.com'"));
}

}  // namespace
