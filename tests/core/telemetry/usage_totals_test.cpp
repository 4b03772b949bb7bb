// Totals of usage and money: by route, provider and model; as JSON and CSV; and what the request record says of its receipt.
#include "telemetry/genai_metrics.h"
#include "filter/client_access.h"
#include "telemetry/usage_totals.h"

#include "llm/price_book_reader.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gatehouse::telemetry {
namespace {

using nlohmann::json;

std::shared_ptr<const llm::PriceBook> bookOf(const std::string& currency) {
    return llm::readPriceBook("version: v1\ncurrency: " + currency + "\nentries: [{provider: '*', model: 'm*', input: 1, output: 2}]\n", "own").book;
}

RequestRecord used(const std::string& route, const std::string& provider, const std::string& model, std::uint64_t in, std::uint64_t out,
                   const std::string& currency = "USD") {
    RequestRecord record;
    record.llm = true;
    record.method = "POST";
    record.path = "/v1/chat/completions";
    record.operation = "chat";
    record.status = 200;
    record.route = route;
    record.provider = provider;
    record.providerSystem = provider;
    record.model = model;
    record.usage.inputTokens = in;
    record.usage.outputTokens = out;
    record.usage.known = true;
    record.receipt = std::make_shared<llm::Receipt>(llm::PriceBooks({bookOf(currency)}).receiptFor(provider, model, record.usage));
    return record;
}

TEST(UsageTotals, AddUpByRouteProviderAndModel) {
    UsageTotals totals;
    totals.observe(used("a", "openai", "m1", 1'000'000, 500'000));
    totals.observe(used("a", "openai", "m1", 1'000'000, 0));
    totals.observe(used("b", "openai", "m2", 10, 10));
    totals.observe(used("b", "groq", "unknown", 7, 5));
    totals.observe(RequestRecord{});
    const auto rows = totals.rows();
    ASSERT_EQ(rows->size(), 3U);
    EXPECT_EQ(rows, totals.rows()) << "nothing came, nothing is made anew";
    const auto& first = rows->front();
    EXPECT_EQ(first.route, "a");
    EXPECT_EQ(first.requests, 2U);
    EXPECT_EQ(first.inputTokens(), 2'000'000U);
    EXPECT_EQ(first.outputTokens(), 500'000U);
    ASSERT_EQ(first.amounts.size(), 1U);
    EXPECT_EQ(llm::amountText(first.amounts[0].second), "3.00");
    const auto providers = sumsBy(*rows, {&UsageRow::provider});
    ASSERT_EQ(providers.size(), 2U);
    EXPECT_EQ(providers[0].provider, "groq");
    EXPECT_EQ(providers[0].unpriced, 1U);
    EXPECT_TRUE(providers[0].amounts.empty());
    EXPECT_EQ(providers[1].requests, 3U);
    EXPECT_EQ(llm::amountText(providers[1].amounts[0].second), "3.00003");
}

TEST(UsageTotals, CurrenciesAreNeverAddedUp) {
    UsageTotals totals;
    totals.observe(used("a", "openai", "m", 1'000'000, 0, "USD"));
    totals.observe(used("a", "openai", "m", 2'000'000, 0, "EUR"));
    const auto csv = usageCsv(*totals.rows());
    EXPECT_EQ(csv,
              "route,provider,model,key,requests,unpriced,partial,estimated,inputTokens,cachedInputTokens,cacheWriteTokens,cacheWriteHourTokens,"
              "audioInputTokens,outputTokens,reasoningTokens,audioOutputTokens,currency,amount\n"
              "a,openai,m,,2,0,0,0,3000000,0,0,0,0,0,0,0,EUR,2.00\n"
              "a,openai,m,,0,0,0,0,0,0,0,0,0,0,0,0,USD,1.00\n");
    const auto page = json::parse(usageJson(*totals.rows(), totals.since()));
    EXPECT_EQ(page["total"]["requests"], 2);
    EXPECT_EQ(page["total"]["amounts"].size(), 2U);
    EXPECT_EQ(page["byModel"][0]["amounts"][0]["amount"], "2.00");
}

TEST(UsageTotals, EachKeyHasItsRow) {
    UsageTotals totals;
    auto entry = std::make_shared<filter::KeyEntry>();
    entry->name = "alice";
    entry->id = "default/keys/alice";
    auto caller = std::make_shared<filter::Caller>();
    caller->key = entry;
    auto record = used("a", "openai", "m", 10, 0);
    totals.observe(record);
    record.caller = caller;
    totals.observe(record);
    totals.observe(record);
    ASSERT_EQ(totals.rows()->size(), 2U);
    const auto keys = sumsBy(*totals.rows(), {&UsageRow::key});
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[1].key, "default/keys/alice");
    EXPECT_EQ(keys[1].requests, 2U);
    EXPECT_NE(usageCsv(*totals.rows()).find("a,openai,m,default/keys/alice,2,"), std::string::npos);
    const auto shown = json::parse(toJson(record))["caller"];
    EXPECT_EQ(shown["name"], "alice");
    EXPECT_EQ(shown["by"], "API key");
}

TEST(UsageTotals, CsvFieldsCannotBreakOutOrBeFormulas) {
    EXPECT_EQ(csvField("plain"), "plain");
    EXPECT_EQ(csvField("a,\"b\""), "\"a,\"\"b\"\"\"");
    EXPECT_EQ(csvField("=1+1"), "'=1+1");
    EXPECT_EQ(csvField("x\ny"), "\"x\ny\"");
}

TEST(UsageTotals, NamesThatClientsInventStayBounded) {
    UsageTotals totals;
    for (int i = 0; i < 5'000; ++i) totals.observe(used("r" + std::to_string(i % 7), "openai", "m" + std::to_string(i), 1, 0));
    EXPECT_LE(totals.rows()->size(), 2 * UsageTotals::kMostRows + 1);
    std::uint64_t requests = 0;
    for (const auto& row : *totals.rows()) requests += row.requests;
    EXPECT_EQ(requests, 5'000U) << "none is lost";
}

TEST(UsageTotals, TheRecordShowsBucketsRatesVersionAndSum) {
    auto record = used("a", "openai", "m", 1'000, 500);
    auto receipt = std::make_shared<llm::Receipt>(*record.receipt);
    receipt->partial = true;
    record.receipt = receipt;
    const auto shown = json::parse(toJson(record))["llm"]["receipt"];
    EXPECT_EQ(shown["amount"], "0.002");
    EXPECT_EQ(shown["currency"], "USD");
    EXPECT_EQ(shown["book"], "own");
    EXPECT_EQ(shown["version"], "v1");
    EXPECT_EQ(shown["partial"], true);
    ASSERT_EQ(shown["lines"].size(), 2U);
    EXPECT_EQ(shown["lines"][1], (json{{"bucket", "output"}, {"tokens", 500}, {"perMillion", "2"}, {"amount", "0.001"}, {"nano", 1'000'000}}));
    const auto unknown = json::parse(toJson(used("a", "openai", "x", 1, 1)))["llm"]["receipt"];
    EXPECT_EQ(unknown, (json{{"unpriced", "No price book knows x of openai."}}));
}

TEST(GenAiMetrics, NamesProviderModelsAndCosts) {
    auto record = used("a", "anthropic", "m", 1'000'000, 101);
    record.answer.model = "m-2025";
    record.streamed = true;
    record.firstByteMicros = 300'000;
    record.firstTokenMicros = 250'000;
    record.streamMicros = 2'000'000;
    record.totalMicros = 2'300'000;
    GenAiMetrics metrics;
    metrics.observe(record);
    metrics.observe(used("a", "anthropic", "unknown", 1, 1));
    Exposition page;
    metrics.write(page);
    const std::string who = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"m\",gen_ai_response_model=\"m-2025\"";
    for (const auto& line : {"gen_ai_client_token_usage_sum{" + who + ",gen_ai_token_type=\"input\"} 1000000\n",
                             "gen_ai_client_token_usage_bucket{" + who + ",gen_ai_token_type=\"output\",le=\"256\"} 1\n",
                             "gen_ai_client_operation_duration_seconds_bucket{" + who + ",le=\"2.56\"} 1\n",
                             "gen_ai_server_time_to_first_token_seconds_bucket{" + who + ",le=\"0.1\"} 0\n",
                             "gen_ai_server_time_to_first_token_seconds_bucket{" + who + ",le=\"0.25\"} 1\n",
                             "gen_ai_server_time_per_output_token_seconds_sum{" + who + "} 0.02\n",
                             std::string("gatehouse_llm_cost_total{gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"m\",currency=\"USD\"} 1.000202\n"),
                             std::string("gatehouse_llm_unpriced_requests_total{gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"unknown\"} 1\n")})
        EXPECT_NE(page.text().find(line), std::string::npos) << line << page.text();
    EXPECT_EQ(metrics.series().size(), 5U);
}

TEST(GenAiMetrics, EstimatedTokensAreNotBilledOnes) {
    auto record = used("a", "openai", "m", 10, 10);
    record.usage.estimated = true;
    GenAiMetrics metrics;
    metrics.observe(record);
    Exposition page;
    metrics.write(page);
    EXPECT_EQ(page.text().find("gen_ai_client_token_usage_sum"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::telemetry
