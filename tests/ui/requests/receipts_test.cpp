// Receipts: the totals by provider and model, the CSV file, the empty state, and a request's own receipt.
#include "llm/price_book_reader.h"
#include "models/receipt_words.h"
#include "requests/requests_view.h"
#include "requests/request_inspector.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"

#include <QLabel>
#include <QLocale>
#include <QTableView>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

std::shared_ptr<const llm::PriceBook> book() {
    return llm::readPriceBook("version: 2026-02-03\ncurrency: USD\nentries: [{provider: openai, model: gpt, input: 2, cachedInput: 1, output: 8}]\n", "ConfigMap default/prices").book;
}

telemetry::UsageRow row(const char* route, const char* provider, const char* model, std::uint64_t input, std::int64_t nano) {
    telemetry::UsageRow made;
    made.route = route;
    made.provider = provider;
    made.model = model;
    made.requests = 2;
    made.tokens[0] = input;
    if (nano >= 0) made.amounts.emplace_back("USD", nano);
    else made.unpriced = 2;
    return made;
}

struct ReceiptsTest : LiveTest {
    const QLocale before;
    ReceiptsTest() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    ~ReceiptsTest() override { QLocale::setDefault(before); }

    void sample(std::vector<telemetry::UsageRow> rows) {
        gateway::State state;
        state.running = true;
        state.usage = std::make_shared<const std::vector<telemetry::UsageRow>>(std::move(rows));
        state.usageSince = std::chrono::system_clock::now();
        engine.takeSample(state);
    }
    void open() {
        show(makeRequestsView(context, nullptr));
        auto* control = find<SegmentedControl>("requestsShown");
        const auto buttons = control->findChildren<QToolButton*>();
        ASSERT_EQ(buttons.size(), 2);
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QApplication::processEvents();
    }
    QTableView* table() { return find<QTableView>("receiptTable"); }
    QString cell(int r, int c) { return table()->model()->index(r, c).data().toString(); }
};

TEST_F(ReceiptsTest, RowsAreByProviderAndModelTheDearestFirst) {
    open();
    sample({row("a", "openai", "gpt", 1'000'000, 2'000'000'000), row("b", "openai", "gpt", 500'000, 1'000'000'000), row("b", "anthropic", "claude", 10, 30'000'000'000),
            row("a", "model server", "llama", 77, -1)});
    ASSERT_TRUE(table()->isVisible());
    ASSERT_EQ(table()->model()->rowCount(), 3);
    EXPECT_EQ(cell(0, 0), QStringLiteral("anthropic"));
    EXPECT_EQ(cell(1, 1), QStringLiteral("gpt"));
    EXPECT_EQ(cell(1, 3), QStringLiteral("4"));
    EXPECT_EQ(cell(1, 7), QStringLiteral("3.00 USD"));
    EXPECT_EQ(cell(2, 7), QStringLiteral("–"));
    EXPECT_TRUE(table()->isColumnHidden(2)) << "nobody showed a key";
    const auto total = find<QLabel>("receiptTotal")->text();
    EXPECT_TRUE(total.contains(QStringLiteral("33.00 USD"))) << total.toStdString();
    EXPECT_TRUE(total.contains(QStringLiteral("2 without"))) << total.toStdString();
    sample({row("a", "openai", "gpt", 1, 5'000'000'000)});
    EXPECT_EQ(table()->model()->rowCount(), 1) << "it follows";
}

TEST_F(ReceiptsTest, EachKeyHasItsRow) {
    open();
    auto keyed = row("a", "openai", "gpt", 5, 1'000'000'000);
    keyed.key = "default/keys/alice";
    sample({keyed, row("a", "openai", "gpt", 1, 2'000'000'000)});
    ASSERT_EQ(table()->model()->rowCount(), 2);
    EXPECT_FALSE(table()->isColumnHidden(2));
    EXPECT_EQ(cell(0, 2), QStringLiteral("–"));
    EXPECT_EQ(cell(1, 2), QStringLiteral("default/keys/alice"));
}

TEST_F(ReceiptsTest, NothingUsedSaysSoAndOffersTheProviders) {
    open();
    sample({});
    EXPECT_FALSE(table()->isVisible());
    EXPECT_FALSE(find<QToolButton>("saveReceipts")->isEnabled());
    QStringList texts;
    for (auto* label : view->findChildren<QLabel*>())
        if (label->isVisible()) texts << label->text();
    EXPECT_TRUE(texts.join(QLatin1Char('|')).contains(QStringLiteral("No request has reached a model yet")));
}

TEST_F(ReceiptsTest, TheFileHoldsEveryRouteToTheLastDigit) {
    open();
    sample({row("a", "openai", "gpt", 1, 149), row("b", "openai", "gpt", 2, 1)});
    dialogs.file = folder.filePath(QStringLiteral("money"));
    QTest::mouseClick(find<QToolButton>("saveReceipts"), Qt::LeftButton);
    QFile file(folder.filePath(QStringLiteral("money.csv")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll();
    EXPECT_TRUE(text.contains("a,openai,gpt,,2,0,0,0,1,0,0,0,0,0,0,0,USD,0.000000149\n")) << text.toStdString();
    EXPECT_TRUE(text.contains("b,openai,gpt,,2,0,0,0,2,")) << text.toStdString();
}

TEST_F(ReceiptsTest, TheTailComesBackWithItsControls) {
    open();
    EXPECT_FALSE(find<QTableView>("requestTable")->isVisible());
    const auto buttons = find<SegmentedControl>("requestsShown")->findChildren<QToolButton*>();
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    engine.takeRequests({makeRecord(1)});
    EXPECT_TRUE(find<QTableView>("requestTable")->isVisible());
    EXPECT_TRUE(find<QToolButton>("saveCsv")->isVisible());
    EXPECT_FALSE(table()->isVisible());
}

TEST_F(ReceiptsTest, TheInspectorShowsBucketsRatesVersionAndSum) {
    show(makeRequestsView(context, nullptr));
    auto record = makeRecord(1);
    record.usage.inputTokens = 1'000;
    record.usage.cachedTokens = 400;
    record.usage.outputTokens = 10;
    auto receipt = std::make_shared<llm::Receipt>(llm::PriceBooks({book()}).receiptFor("openai", "gpt", record.usage));
    receipt->partial = true;
    record.receipt = receipt;
    engine.takeRequests({record});
    view->openTarget(QStringLiteral("req-1"));
    QStringList texts;
    for (auto* label : find<RequestInspector>("requestInspector")->findChildren<QLabel*>()) texts << label->text();
    const auto all = texts.join(QLatin1Char('|'));
    for (const char* wanted : {"Cached input", "600 × 2 = 0.0012 USD", "400 × 1 = 0.0004 USD", "10 × 8 = 0.00008 USD", "0.00168 USD", "ConfigMap default/prices, version 2026-02-03", "broke off"})
        EXPECT_TRUE(all.contains(QString::fromUtf8(wanted))) << wanted << "\n" << all.toStdString();
}

TEST_F(ReceiptsTest, MoneyShowsTheDigitsThatMatter) {
    EXPECT_EQ(formatMoney(12'345'678'900, "USD"), QStringLiteral("12.35 USD"));
    EXPECT_EQ(formatMoney(42'100'000, "USD"), QStringLiteral("0.0421 USD"));
    EXPECT_EQ(formatMoney(4'210, "EUR"), QStringLiteral("0.000004 EUR"));
    EXPECT_EQ(formatMoney(149, "USD"), QStringLiteral("0.000000149 USD"));
    EXPECT_EQ(formatMoney(0, "USD"), QStringLiteral("0.00 USD"));
}

}  // namespace
