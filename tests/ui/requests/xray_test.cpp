// The X-ray by clicks: four panes, linked fields, what was lost, tries, streams under the microscope, a body of one's own, the switch.
#include "charts/chart_frame.h"
#include "charts/stream_plot.h"
#include "requests/message_pane.h"
#include "requests/remark_model.h"
#include "requests/requests_page.h"
#include "requests/requests_view.h"
#include "requests/stream_microscope.h"
#include "requests/xray_pane.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

const std::string kChat = R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"my card 4111"}],"seed":7})";
const std::string kSent = R"({"model":"gpt-4o","max_tokens":8192,"system":"Be kind.","messages":[{"role":"user","content":"my card <CARD>"}]})";
const std::string kClaude = R"({"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Bonjour"}],)"
                            R"("stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":4}})";

llm::CapturedMessage message(std::string head, std::string body, std::vector<llm::CapturedChunk> chunks = {}) {
    llm::CapturedMessage out;
    out.head = std::move(head);
    out.body = std::move(body);
    out.size = out.body.size();
    out.chunks = std::move(chunks);
    out.present = true;
    return out;
}

llm::CaptureData buffered() {
    llm::CaptureData data;
    data.clientDialect = "openai-chat";
    data.model = "gpt-4o";
    data.masked = true;
    data.clientRequest = message("POST /v1/chat/completions\nContent-Type: application/json\nAuthorization: (hidden)\n", kChat);
    llm::CapturedTry asked;
    asked.provider = "anthropic";
    asked.dialect = "anthropic-messages";
    asked.status = 200;
    asked.request = message("POST /v1/messages\nContent-Type: application/json\nx-api-key: (hidden)\n", kSent);
    asked.answer = message("200\nContent-Type: application/json\n", kClaude);
    asked.losses = {{llm::Loss::Kind::Dropped, "seed", "anthropic-messages has no such setting."}, {llm::Loss::Kind::Defaulted, "max_tokens", "Anthropic demands a limit."}};
    data.tries.push_back(asked);
    data.clientAnswer = message("200\nContent-Type: application/json\n",
                                llm::translateAnswer(*llm::findDialect("anthropic-messages"), *llm::findDialect("openai-chat"), kClaude)->body);
    return data;
}

llm::CaptureData streamed(bool cut) {
    auto data = buffered();
    std::string body;
    std::vector<llm::CapturedChunk> chunks;
    const auto add = [&](std::string_view event, std::int64_t millis) {
        body += event;
        chunks.push_back({body.size(), millis * 1000});
    };
    add("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n", 100);
    add("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n", 120);
    add("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Bon\"}}\n\n", 140);
    add("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":7,\"delta\":{\"type\":\"text_delta\",\"text\":\"jour\"}}\n\n", 1140);
    if (!cut) {
        add("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n", 1160);
        add("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":4}}\n\n", 1180);
        add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", 1200);
    }
    data.tries[0].answer = message("200\nContent-Type: text/event-stream\n", body, chunks);
    data.clientAnswer = message("200\nContent-Type: text/event-stream\n", "data: {\"id\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Bon\"},\"finish_reason\":null}]}\n\n", {{10, 150'000}});
    return data;
}

struct XrayTest : LiveTest {
    void open(llm::CaptureData data, bool hits = false) {
        auto record = makeRecord(1, 200);
        record.streamed = false;
        record.capture = std::make_shared<llm::Capture>(std::move(data), 1000);
        record.losses = {{llm::Loss::Kind::Dropped, "seed", "anthropic-messages has no such setting."}, {llm::Loss::Kind::Defaulted, "max_tokens", "Anthropic demands a limit."}};
        if (hits) {
            record.guard.masked = true;
            llm::GuardHit hit;
            hit.rule = "CREDIT_CARD";
            hit.messageIndex = 1;
            record.guard.hits.push_back(hit);
        }
        open(std::move(record));
        settle();
    }
    void open(telemetry::RequestRecord record) {
        show(makeRequestsView(context, nullptr));
        engine.takeRequests({std::move(record)});
        auto* table = find<QTableView>("requestTable");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
        QApplication::processEvents();
        QTest::mouseClick(find<QToolButton>("xrayRequest"), Qt::LeftButton);
    }
    XrayPane* pane() { return find<XrayPane>("xray"); }
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !pane()->isLinking(); }, 10'000));
        QApplication::processEvents();
    }
    MessagePane* at(XrayPlace place) { return pane()->pane(place); }
    bool lit(XrayPlace place, const char* pointer) {
        auto& model = at(place)->model();
        const auto index = model.find(QString::fromLatin1(pointer));
        return index.isValid() && model.pointerOf(index) == QString::fromLatin1(pointer) && index.data(Qt::BackgroundRole).value<QBrush>().style() != Qt::NoBrush;
    }
    MessageModel::Mark mark(XrayPlace place, const char* pointer) {
        auto& model = at(place)->model();
        return model.markOf(model.find(QString::fromLatin1(pointer)));
    }
};

TEST_F(XrayTest, ShowsTheFourPanesAndLightsCounterparts) {
    open(buffered(), true);
    ASSERT_TRUE(pane()->isVisible());
    EXPECT_FALSE(find<QTableView>("requestTable")->isVisible());
    for (int i = 0; i < kXrayPlaces; ++i) EXPECT_EQ(at(XrayPlace(i))->model().shape(), MessageModel::Shape::Json);
    at(XrayPlace::ClientRequest)->select(QStringLiteral("/messages/0/content"));
    EXPECT_TRUE(lit(XrayPlace::ProviderRequest, "/system"));
    EXPECT_FALSE(lit(XrayPlace::ProviderRequest, "/messages/0/content"));
    // And back again, by a click in the other pane.
    auto* tree = at(XrayPlace::ProviderRequest)->tree();
    const auto index = at(XrayPlace::ProviderRequest)->model().find(QStringLiteral("/messages/0/content"));
    tree->scrollTo(index);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(index).center());
    EXPECT_TRUE(lit(XrayPlace::ClientRequest, "/messages/1/content"));
    EXPECT_TRUE(find<QLabel>("xrayLine")->text().contains(QStringLiteral("messages[1].content")));
    at(XrayPlace::ProviderAnswer)->select(QStringLiteral("/content/0/text"));
    EXPECT_TRUE(lit(XrayPlace::ClientAnswer, "/choices/0/message/content"));
    EXPECT_FALSE(lit(XrayPlace::ClientRequest, "/messages/1/content"));
}

TEST_F(XrayTest, ListsWhatWasLostAndLeadsToIt) {
    open(buffered(), true);
    auto* remarks = find<QTableView>("xrayRemarks");
    auto* model = qobject_cast<RemarkModel*>(remarks->model());
    ASSERT_NE(model, nullptr);
    EXPECT_EQ(model->count(XrayRemark::Kind::Dropped), 1);
    EXPECT_EQ(model->count(XrayRemark::Kind::Defaulted), 1);
    EXPECT_EQ(model->count(XrayRemark::Kind::Guard), 1);
    EXPECT_EQ(mark(XrayPlace::ClientRequest, "/seed"), MessageModel::Mark::Dropped);
    EXPECT_EQ(mark(XrayPlace::ProviderRequest, "/max_tokens"), MessageModel::Mark::Defaulted);
    EXPECT_EQ(mark(XrayPlace::ClientRequest, "/messages/1"), MessageModel::Mark::Guard);
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->at(row).kind != XrayRemark::Kind::Dropped) continue;
        QTest::mouseClick(remarks->viewport(), Qt::LeftButton, {}, remarks->visualRect(model->index(row, 0)).center());
        EXPECT_EQ(at(XrayPlace::ClientRequest)->model().pointerOf(at(XrayPlace::ClientRequest)->tree()->currentIndex()), QStringLiteral("/seed"));
    }
    EXPECT_TRUE(find<QLabel>("xrayState")->text().contains(QStringLiteral("stays masked")));
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
}

TEST_F(XrayTest, ShowsHalfAtATimeWhereNotAllPanesHaveRoom) {
    open(buffered(), true);
    auto* half = find<SegmentedControl>("xrayHalf");
    view->resize(900, 720);
    QApplication::processEvents();
    EXPECT_FALSE(half->isVisible());
    theme.setTextScale(2);
    ASSERT_TRUE(QTest::qWaitFor([&] { return half->isVisible(); }, 5'000));
    QApplication::processEvents();
    const auto edge = [&](XrayPlace place) { return at(place)->mapTo(view.get(), QPoint(at(place)->width(), 0)).x(); };
    EXPECT_TRUE(at(XrayPlace::ClientRequest)->isVisible() && at(XrayPlace::ProviderRequest)->isVisible());
    EXPECT_FALSE(at(XrayPlace::ProviderAnswer)->isVisible() || find<QTableView>("xrayRemarks")->isVisible());
    EXPECT_LE(edge(XrayPlace::ClientRequest), at(XrayPlace::ProviderRequest)->mapTo(view.get(), QPoint()).x()) << "panes do not overlap";
    EXPECT_LE(edge(XrayPlace::ProviderRequest), view->width());
    half->setCurrent(QStringLiteral("answers"));
    EXPECT_TRUE(at(XrayPlace::ClientAnswer)->isVisible());
    EXPECT_FALSE(at(XrayPlace::ClientRequest)->isVisible());
    half->setCurrent(QStringLiteral("remarks"));
    EXPECT_TRUE(find<QTableView>("xrayRemarks")->isVisible());
    EXPECT_FALSE(at(XrayPlace::ClientAnswer)->isVisible());
    theme.setTextScale(1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !half->isVisible(); }, 5'000));
    for (int i = 0; i < kXrayPlaces; ++i) EXPECT_TRUE(at(XrayPlace(i))->isVisible());
    EXPECT_TRUE(find<QTableView>("xrayRemarks")->isVisible());
}

TEST_F(XrayTest, ShowsTextAndCopiesTheBody) {
    open(buffered());
    QTest::mouseClick(find<QToolButton>("xrayClientRequestAsText"), Qt::LeftButton);
    EXPECT_TRUE(find<QPlainTextEdit>("xrayClientRequestText")->isVisible());
    EXPECT_EQ(find<QPlainTextEdit>("xrayClientRequestText")->toPlainText().toStdString(), kChat);
    QTest::mouseClick(find<QToolButton>("xrayProviderAnswerCopy"), Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text().toStdString(), kClaude);
}

TEST_F(XrayTest, GivesEachTryItsPanes) {
    auto data = buffered();
    auto first = data.tries[0];
    first.provider = "openai";
    first.dialect = "openai-chat";
    first.status = 429;
    first.passedOn = true;
    first.request.body = kChat;
    first.answer = message("429\nRetry-After: 3\n", "");
    data.tries.insert(data.tries.begin(), first);
    open(data);
    auto* tries = find<QComboBox>("xrayTry");
    ASSERT_TRUE(tries->isVisible());
    EXPECT_EQ(tries->count(), 2);
    EXPECT_EQ(tries->currentIndex(), 1) << "the one that the client saw";
    tries->setFocus();
    QTest::keyClick(tries, Qt::Key_Up);
    settle();
    EXPECT_TRUE(at(XrayPlace::ProviderRequest)->model().find(QStringLiteral("/seed")).isValid());
    EXPECT_EQ(at(XrayPlace::ClientAnswer)->model().shape(), MessageModel::Shape::Empty);
}

TEST_F(XrayTest, SaysWhatIsCutAndHidden) {
    auto data = buffered();
    data.clientRequest.hidden = true;
    data.tries[0].answer.size = 1'000'000;
    open(data);
    EXPECT_TRUE(find<QLabel>("xrayClientRequestNote")->text().contains(QStringLiteral("asterisks")));
    EXPECT_TRUE(find<QLabel>("xrayProviderAnswerNote")->text().contains(QStringLiteral("1 MB")) || find<QLabel>("xrayProviderAnswerNote")->text().contains(QStringLiteral("1.0 MB")))
        << find<QLabel>("xrayProviderAnswerNote")->text().toStdString();
    EXPECT_TRUE(find<QLabel>("xrayState")->text().contains(QStringLiteral("not kept whole")));
}

TEST_F(XrayTest, PutsAStreamUnderTheMicroscope) {
    open(streamed(false));
    QTest::mouseClick(find<SegmentedControl>("xrayPart")->findChildren<QToolButton*>().at(1), Qt::LeftButton);
    auto* plot = find<StreamPlot>("streamPlot");
    ASSERT_TRUE(plot->isVisible());
    ASSERT_EQ(plot->lanes().size(), 2u);
    EXPECT_EQ(plot->lanes()[0].parts.size(), 7u);
    EXPECT_EQ(plot->lanes()[0].faults(), 1);
    EXPECT_FALSE(plot->lanes()[0].cut);
    ASSERT_EQ(plot->lanes()[0].marks.size(), 1u);
    EXPECT_EQ(plot->lanes()[0].marks[0].kind, llm::StreamMark::Kind::Stall);
    EXPECT_EQ(find<StatusChip>("streamGrammar")->kind(), StatusChip::Kind::Bad);
    auto* table = find<QTableView>("streamEvents");
    EXPECT_EQ(table->model()->rowCount(), 8);
    // Keys go from event to event; the table and the text follow.
    plot->setFocus();
    for (int i = 0; i < 4; ++i) QTest::keyClick(plot, Qt::Key_Right);
    EXPECT_EQ(plot->selectedPart(), 3);
    EXPECT_EQ(table->currentIndex().row(), 3);
    EXPECT_TRUE(find<QPlainTextEdit>("streamData")->toPlainText().contains(QStringLiteral("jour")));
    EXPECT_TRUE(find<QLabel>("streamChosen")->text().contains(QStringLiteral("not open")));
    // And the other way round.
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
    EXPECT_EQ(plot->selectedPart(), 0);
    const auto all = plot->range();
    QTest::keyClick(plot, Qt::Key_Plus);
    EXPECT_LT(plot->range().second - plot->range().first, all.second - all.first);
    QTest::keyClick(plot, Qt::Key_0);
    EXPECT_DOUBLE_EQ(plot->range().second, all.second);
}

/// A stream of Anthropic's and what the translation made of it, but that a guard masked a word.
llm::CaptureData translated(const char* mask = nullptr) {
    auto data = streamed(false);
    auto& provider = data.tries[0].answer;
    for (auto at = provider.body.find("\"index\":7"); at != std::string::npos; at = provider.body.find("\"index\":7")) provider.body.replace(at, 9, "\"index\":0");
    llm::StreamTranslator translator(*llm::findDialect("anthropic-messages"), *llm::findDialect("openai-chat"), "gpt-4o", false);
    std::string out;
    std::vector<llm::CapturedChunk> chunks;
    std::size_t at = 0;
    for (const auto& chunk : provider.chunks) {
        translator.feed(std::string_view(provider.body).substr(at, chunk.end - at), out);
        at = chunk.end;
        chunks.push_back({out.size(), chunk.micros + 50});
    }
    translator.finish(out);
    if (mask != nullptr) out.replace(out.find("\"Bon\""), 5, "\"" + std::string(mask) + "\"");
    data.clientAnswer = message("200\nContent-Type: text/event-stream\n", out, chunks);
    return data;
}

TEST_F(XrayTest, LinksTheEventsOfBothStreams) {
    open(translated());
    // By a click on an event of the provider in its pane.
    auto* provider = at(XrayPlace::ProviderAnswer);
    ASSERT_EQ(provider->model().shape(), MessageModel::Shape::Stream);
    const auto bon = provider->model().find(QStringLiteral("#2"));
    provider->tree()->scrollTo(bon);
    QTest::mouseClick(provider->tree()->viewport(), Qt::LeftButton, {}, provider->tree()->visualRect(bon).center());
    EXPECT_TRUE(find<QLabel>("xrayLine")->text().startsWith(QStringLiteral("#3: #"))) << find<QLabel>("xrayLine")->text().toStdString();
    // A field of an event leads to the field that it became.
    provider->select(QStringLiteral("#2/delta/text"));
    const auto line = find<QLabel>("xrayLine")->text();
    EXPECT_TRUE(line.contains(QStringLiteral("choices[0].delta.content"))) << line.toStdString();
    // Under the microscope the same, with the text of both.
    QTest::mouseClick(find<SegmentedControl>("xrayPart")->findChildren<QToolButton*>().at(1), Qt::LeftButton);
    auto* plot = find<StreamPlot>("streamPlot");
    EXPECT_TRUE(plot->linked());
    auto* table = find<QTableView>("streamEvents");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(3, 0)).center());
    EXPECT_TRUE(find<QLabel>("streamChosen")->text().contains(QStringLiteral("Became"))) << find<QLabel>("streamChosen")->text().toStdString();
    bool found = false;
    for (int column = 0; column < table->model()->columnCount(); ++column)
        if (table->model()->headerData(column, Qt::Horizontal).toString() == QStringLiteral("Linked")) {
            found = true;
            EXPECT_NE(table->model()->index(2, column).data().toString(), QStringLiteral("none"));
        }
    EXPECT_TRUE(found);
    // And from the client's side back.
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_Down);
    EXPECT_TRUE(find<QLabel>("streamChosen")->text().contains(QStringLiteral("Comes from"))) << find<QLabel>("streamChosen")->text().toStdString();
}

TEST_F(XrayTest, MarksEventsThatAGuardChanged) {
    open(translated("<NAME>"));
    const auto& model = at(XrayPlace::ClientAnswer)->model();
    int changed = 0;
    for (int i = 0; i < 20; ++i) {
        const auto index = model.find(QStringLiteral("#%1").arg(i));
        changed += model.markOf(index) == MessageModel::Mark::Changed ? 1 : 0;
    }
    EXPECT_GE(changed, 1);
}

TEST_F(XrayTest, TellsWhichEventsWereDropped) {
    open(streamed(false));  // Of which the client got one event alone.
    auto* model = qobject_cast<RemarkModel*>(find<QTableView>("xrayRemarks")->model());
    int dropped = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->at(row).place == XrayPlace::ProviderAnswer && model->at(row).kind == XrayRemark::Kind::Dropped) {
            ++dropped;
            EXPECT_TRUE(model->at(row).field.startsWith(QLatin1Char('#')));
        }
    EXPECT_GE(dropped, 1);
}

TEST_F(XrayTest, MarksACutStreamAndSavesItsTable) {
    open(streamed(true));
    QTest::mouseClick(find<SegmentedControl>("xrayPart")->findChildren<QToolButton*>().at(1), Qt::LeftButton);
    auto* plot = find<StreamPlot>("streamPlot");
    EXPECT_TRUE(plot->lanes()[0].cut);
    EXPECT_EQ(find<StatusChip>("streamTiming")->kind(), StatusChip::Kind::Bad);
    const auto csv = plot->table().toCsv();
    EXPECT_EQ(csv.count(QLatin1Char('\n')), 6);
    EXPECT_TRUE(csv.contains(QStringLiteral("cut here")));
    QTemporaryDir saved;
    auto* frame = view->findChild<StreamMicroscope*>()->findChild<ChartFrame*>();
    ASSERT_NE(frame, nullptr);
    EXPECT_TRUE(frame->savePng(saved.filePath(QStringLiteral("a.png"))));
    EXPECT_TRUE(frame->saveCsv(saved.filePath(QStringLiteral("a.csv"))));
    EXPECT_TRUE(QFile::exists(saved.filePath(QStringLiteral("a.png"))));
}

TEST_F(XrayTest, SaysWhyThereIsNothingAndSwitchesOn) {
    open(makeRecord(1, 200));
    ASSERT_TRUE(pane()->isVisible());
    QPushButton* on = nullptr;
    for (auto* button : pane()->findChildren<QPushButton*>())
        if (button->isVisible()) on = button;
    ASSERT_NE(on, nullptr);
    QTest::mouseClick(on, Qt::LeftButton);
    EXPECT_GT(engine.captureBytes(), 0u);
    EXPECT_FALSE(pane()->isVisible());
    EXPECT_TRUE(find<QTableView>("requestTable")->isVisible());
}

TEST_F(XrayTest, TheSwitchShowsWhatIsInUse) {
    show(makeRequestsView(context, nullptr));
    auto* button = find<QPushButton>("capture");
    EXPECT_FALSE(button->isChecked());
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(engine.captureBytes(), EngineBridge::kCaptureBytes);
    gateway::State state;
    state.running = true;
    state.captureBudget = EngineBridge::kCaptureBytes;
    state.captureUsed = 2'000'000;
    engine.takeSample(state);
    EXPECT_TRUE(button->isChecked());
    EXPECT_TRUE(button->text().contains(QStringLiteral("MB"))) << button->text().toStdString();
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(engine.captureBytes(), 0u);
}

TEST_F(XrayTest, TranslatesABodyOfOnesOwn) {
    show(makeRequestsView(context, nullptr));
    QTest::mouseClick(find<QToolButton>("xrayBody"), Qt::LeftButton);
    settle();
    EXPECT_TRUE(at(XrayPlace::ProviderRequest)->model().find(QStringLiteral("/max_tokens")).isValid());
    EXPECT_EQ(mark(XrayPlace::ClientRequest, "/seed"), MessageModel::Mark::Dropped);
    at(XrayPlace::ClientRequest)->select(QStringLiteral("/temperature"));
    EXPECT_TRUE(lit(XrayPlace::ProviderRequest, "/temperature"));
    auto* input = find<QPlainTextEdit>("xrayInput");
    input->clear();
    QTest::keyClicks(input, QStringLiteral("{\"model\":"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return at(XrayPlace::ProviderRequest)->model().shape() == MessageModel::Shape::Empty && !pane()->isLinking(); }, 10'000));
    QTest::keyClick(pane(), Qt::Key_Escape);
    EXPECT_FALSE(pane()->isVisible());
    EXPECT_TRUE(find<QPushButton>("capture")->isVisible());
}

TEST(Xray, WritesPointersAsPeopleDo) {
    EXPECT_EQ(pathOfPointer(QStringLiteral("/messages/2/content")), QStringLiteral("messages[2].content"));
    EXPECT_EQ(pathOfPointer(QStringLiteral("/a~1b")), QStringLiteral("a/b"));
    EXPECT_EQ(pathOfPointer(QString()), QString());
}

}  // namespace
