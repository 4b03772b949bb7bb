// Prices: cases by hand, what must hold for any usage, and what is wrong with a book.
#include "llm/price_book.h"
#include "llm/price_book_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace gatehouse::llm {
namespace {

struct Case {
    std::string name, book, who, usage;
    std::vector<std::string> expected;
};

std::vector<Case> readCases() {
    std::ifstream file(std::string(GATEHOUSE_VECTORS) + "/llm/prices.txt");
    std::vector<Case> cases;
    int part = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), {}, {}, {}, {}});
            part = 0;
        } else if (cases.empty() || line.empty()) {
            continue;
        } else if (line.starts_with("book: ")) {
            cases.back().book = line.substr(6);
        } else if (++part == 1) {
            cases.back().who = line;
        } else if (part == 2) {
            cases.back().usage = line;
        } else {
            cases.back().expected.push_back(line);
        }
    }
    return cases;
}

Usage usageOf(const std::string& text) {
    Usage usage;
    usage.known = true;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const auto name = word.substr(0, word.find('='));
        const auto value = std::stoull(word.substr(name.size() + 1));
        if (name == "input") usage.inputTokens = value;
        else if (name == "output") usage.outputTokens = value;
        else if (name == "cached") usage.cachedTokens = value;
        else if (name == "write") usage.cacheWriteTokens = value;
        else if (name == "hour") usage.cacheWriteHourTokens = value;
        else if (name == "reasoning") usage.reasoningTokens = value;
        else if (name == "audioIn") usage.audioInputTokens = value;
        else if (name == "audioOut") usage.audioOutputTokens = value;
        else ADD_FAILURE() << "no bucket " << name;
    }
    return usage;
}

std::vector<std::string> told(const Receipt& receipt) {
    if (!receipt.priced()) return {receipt.unpriced};
    std::vector<std::string> lines{amountText(receipt.nano) + " " + receipt.book->currency};
    for (const auto& line : receipt.lines)
        lines.push_back(std::string(bucketName(line.bucket)) + " " + std::to_string(line.tokens) + " " + rateText(line.rate) + " " + amountText(line.nano));
    return lines;
}

TEST(PriceBook, CasesByHand) {
    const auto cases = readCases();
    ASSERT_GT(cases.size(), 15U);
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        std::vector<std::shared_ptr<const PriceBook>> books;
        if (!one.book.empty()) {
            const auto reading = readPriceBook("version: v\ncurrency: EUR\nentries: [" + one.book + "]\n", "own");
            ASSERT_TRUE(reading.book) << (reading.findings.empty() ? "" : reading.findings.front().message);
            books.push_back(reading.book);
        }
        books.push_back(builtInPrices());
        std::istringstream words(one.who);
        std::string provider, model, tier;
        words >> provider >> model >> tier;
        EXPECT_EQ(told(PriceBooks(books).receiptFor(provider, model, usageOf(one.usage), tier)), one.expected);
    }
}

TEST(PriceBook, TheBuiltInBookIsWhole) {
    std::ifstream file(std::string(GATEHOUSE_SOURCE) + "/resources/prices.yaml");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto reading = readPriceBook(text, "file");
    for (const auto& finding : reading.findings) ADD_FAILURE() << finding.line << ": " << finding.message;
    ASSERT_TRUE(reading.book);
    ASSERT_TRUE(builtInPrices());
    EXPECT_EQ(builtInPrices()->entries.size(), reading.book->entries.size()) << "the program was built from another list";
    EXPECT_EQ(builtInPrices()->version.size(), std::string("2025-01-01").size()) << "its version is a date";
    for (const auto& entry : reading.book->entries) {
        EXPECT_NE(entry.rates.of(Bucket::Input), Rates::kUnset) << entry.model;
        EXPECT_NE(entry.rates.of(Bucket::Output), Rates::kUnset) << entry.model;
        EXPECT_LE(entry.rates.of(Bucket::CachedInput), entry.rates.of(Bucket::Input)) << entry.model;
    }
}

TEST(PriceBook, LinesAddUpAndHoldEveryTokenWhateverTheUsage) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const auto pick = [&](std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(random); };
    for (int round = 0; round < 5'000; ++round) {
        auto book = std::make_shared<PriceBook>();
        PriceEntry entry{"p", "m", {}, {}, {}};
        for (std::size_t i = 0; i < kBuckets; ++i)
            if (pick(3) > 0 || i == 0 || i == static_cast<std::size_t>(Bucket::Output)) entry.rates.micro[i] = static_cast<std::int64_t>(pick(pick(1) ? 100 : 100'000'000));
        book->add(entry);
        Usage usage;
        const auto most = pick(1) ? 50 : 5'000'000'000;
        usage.inputTokens = pick(most);
        usage.outputTokens = pick(most);
        usage.cachedTokens = pick(most);
        usage.cacheWriteTokens = pick(most);
        usage.cacheWriteHourTokens = pick(most);
        usage.reasoningTokens = pick(most);
        usage.audioInputTokens = pick(most);
        usage.audioOutputTokens = pick(most);
        usage.known = true;
        const auto receipt = PriceBooks({book}).receiptFor("p", "m", usage);
        ASSERT_TRUE(receipt.priced());
        std::int64_t sum = 0;
        std::uint64_t tokens = 0;
        long double exact = 0;
        for (const auto& line : receipt.lines) {
            sum += line.nano;
            tokens += line.tokens;
            const auto part = static_cast<long double>(line.tokens) * static_cast<long double>(line.rate) / 1000.0L;
            exact += part;
            ASSERT_LE(std::abs(static_cast<long double>(line.nano) - part), 1.0L) << "a line is off by less than a nano-unit";
        }
        ASSERT_EQ(sum, receipt.nano);
        ASSERT_EQ(tokens, usage.inputTokens + usage.outputTokens);
        ASSERT_LE(std::abs(static_cast<long double>(sum) - exact), 0.51L) << "the sum is rounded once";
    }
}

TEST(PriceBook, TheModelThatAnsweredIsBilledAndTheAskedOneIsTheFallback) {
    const PriceBooks books({builtInPrices()});
    Usage usage;
    usage.inputTokens = 1'000'000;
    usage.known = true;
    const auto old = books.receiptFor({"openai", "openai", "gpt-4o-2024-05-13", "gpt-4o"}, usage);
    EXPECT_EQ(amountText(old.nano), "5.00");
    EXPECT_EQ(old.model, "gpt-4o-2024-05-13");
    const auto deployment = books.receiptFor({"azureopenai", "azure.ai.openai", "gpt-4o-2024-08-06", "my-deployment"}, usage);
    EXPECT_EQ(amountText(deployment.nano), "2.50");
    const auto asked = books.receiptFor({"openai", "openai", "gpt-4o-from-tomorrow", "gpt-4o"}, usage);
    EXPECT_EQ(asked.model, "gpt-4o");
    usage.known = false;
    EXPECT_EQ(books.receiptFor("openai", "gpt-4o", usage).unpriced, "The provider did not say how many tokens were used.");
}

TEST(PriceBook, RatesAreExactDecimals) {
    EXPECT_EQ(rateOf("2.5"), 2'500'000);
    EXPECT_EQ(rateOf("0.00875"), 8'750);
    EXPECT_EQ(rateOf("15"), 15'000'000);
    EXPECT_EQ(rateOf(".5"), 500'000);
    EXPECT_EQ(rateOf("0.1000000000"), 100'000);
    EXPECT_EQ(rateOf("1000000"), 1'000'000'000'000);
    for (const char* bad : {"", ".", "-1", "1e3", "0.0000001", "1000001", "99999999999999999999", "1,5", "free", "0x10"}) EXPECT_FALSE(rateOf(bad)) << bad;
    EXPECT_EQ(rateText(8'750), "0.00875");
    EXPECT_EQ(rateText(15'000'000), "15");
    EXPECT_EQ(amountText(0), "0.00");
    EXPECT_EQ(amountText(1), "0.000000001");
    EXPECT_EQ(amountText(-1'500'000'000), "-1.50");
}

TEST(PriceBook, SumsBeyondAllNumbersStopThere) {
    auto book = std::make_shared<PriceBook>();
    PriceEntry entry{"p", "m", {}, {}, {}};
    entry.rates.set(Bucket::Input, kMostRate * 1'000'000);
    book->add(entry);
    Usage usage;
    usage.inputTokens = std::numeric_limits<std::uint64_t>::max();
    usage.known = true;
    EXPECT_EQ(PriceBooks({book}).receiptFor("p", "m", usage).nano, std::numeric_limits<std::int64_t>::max());
}

TEST(PriceBookReader, TellsWhatIsWrongAndKeepsTheRest) {
    const auto reading = readPriceBook(
        "version: 2026-01-01\ncurrency: USD\nentries:\n"
        "- {provider: openai, model: good, input: 1, output: 2}\n"
        "- {provider: openai, model: dear, input: -1, output: 2}\n"
        "- {provider: openai, model: good, input: 1, output: 2}\n"
        "- {provider: opnai, model: x, input: 1, output: 2}\n"
        "- {provider: openai, model: y, inputs: 1}\n"
        "- {provider: openai, input: 1}\n"
        "- {provider: openai, model: z, input: 1, tiers: [{input: 2}]}\n",
        "b");
    ASSERT_TRUE(reading.book);
    EXPECT_EQ(reading.book->entries.size(), 2U) << "the good one and the one of an unknown provider";
    std::vector<std::pair<std::uint32_t, PriceFinding::Kind>> seen;
    for (const auto& finding : reading.findings) seen.emplace_back(finding.line, finding.kind);
    using Kind = PriceFinding::Kind;
    EXPECT_EQ(seen, (std::vector<std::pair<std::uint32_t, Kind>>{{5, Kind::Rate}, {6, Kind::Repeated}, {7, Kind::Provider}, {8, Kind::Field}, {9, Kind::Field}, {10, Kind::Field}}));
    EXPECT_EQ(reading.findings[0].path, "entries[1].input");
    for (const char* bad : {"", "[]", "a: [", "version: 1\nentries: []\ncurrency: USD", "version: 1\ncurrency: dollars\nentries: [{provider: '*', model: m, input: 1}]",
                            "currency: USD\nentries: [{provider: '*', model: m, input: 1}]", "version: 1\ncurrency: USD\n---\nx: 1\n", "version: 1\nversion: 2\ncurrency: USD\nentries: 3"}) {
        const auto broken = readPriceBook(bad, "b");
        EXPECT_FALSE(broken.book) << bad;
        EXPECT_FALSE(broken.findings.empty()) << bad;
    }
}

}  // namespace
}  // namespace gatehouse::llm
