// Budgets of a day: sums, midnight, and what a restart finds.
#include "filter/budgets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace gatehouse::filter {
namespace {

using namespace std::chrono_literals;
/// 2026-11-23 12:00 UTC.
const base::WallTime kNoon{std::chrono::seconds(1795435200)};

TEST(Budgets, ADayBeginsAtMidnightUtc) {
    EXPECT_EQ(base::formatRfc3339(kNoon).substr(11, 8), "12:00:00");
    EXPECT_EQ(dayOf(kNoon + 11h + 59min + 59s), dayOf(kNoon));
    EXPECT_EQ(dayOf(kNoon + 12h), dayOf(kNoon) + 1);
    EXPECT_EQ(untilTomorrow(kNoon), 12h);
    EXPECT_EQ(untilTomorrow(kNoon + 12h - 1ms), 1s);
    EXPECT_EQ(dayOf(base::WallTime(-1s)), -1);
}

TEST(Budgets, AddsUpAndBeginsAnewAtMidnight) {
    Budgets budgets;
    const auto account = budgets.account("default/keys/alice");
    EXPECT_EQ(account->charge(10, "USD", 500, kNoon).tokens, 10);
    const auto spent = account->charge(5, "EUR", 7, kNoon + 1h);
    EXPECT_EQ(spent.tokens, 15);
    EXPECT_EQ(spent.nano("USD"), 500);
    EXPECT_EQ(spent.nano("EUR"), 7);
    EXPECT_EQ(account->tokensToday(kNoon + 11h), 15);
    EXPECT_EQ(account->tokensToday(kNoon + 12h), 0);
    EXPECT_EQ(account->nanoToday("USD", kNoon + 12h), 0);
    account->charge(-5, "USD", -5, kNoon + 12h);  // Nothing is handed back.
    EXPECT_TRUE(account->today(kNoon + 12h).nano("USD") == 0 && account->tokensToday(kNoon + 12h) == 0);
}

TEST(Budgets, AClockThatGoesBackHandsNothingOut) {
    Budgets budgets;
    const auto account = budgets.account("k");
    account->charge(10, "", 0, kNoon);
    EXPECT_EQ(account->tokensToday(kNoon - 24h), 10);
}

TEST(Budgets, OneAccountForAllWhoNameIt) {
    Budgets budgets;
    EXPECT_EQ(budgets.account("a"), budgets.account("a"));
    EXPECT_NE(budgets.account("a"), budgets.account("b"));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 5'000; ++i) budgets.account("a")->charge(1, "USD", 2, kNoon);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(budgets.account("a")->tokensToday(kNoon), 20'000);
    EXPECT_EQ(budgets.account("a")->nanoToday("USD", kNoon), 40'000);
}

class KeptBudgets : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("gatehouse-budgets-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string text() const {
        std::ifstream in(file());
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    std::filesystem::path file() const { return folder_ / "state" / "budgets.json"; }
    std::filesystem::path folder_;
};

TEST_F(KeptBudgets, ARestartFindsWhatWasUsed) {
    const auto now = std::chrono::system_clock::now();
    {
        Budgets budgets;
        ASSERT_TRUE(budgets.open(file(), now));
        budgets.account("default/keys/alice")->charge(42, "USD", 1'500, now);
        budgets.account("default/keys/idle");
        budgets.stop();
    }
    EXPECT_EQ(text().find("idle"), std::string::npos);
    EXPECT_EQ(std::filesystem::status(file()).permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    Budgets again;
    ASSERT_TRUE(again.open(file(), now));
    EXPECT_EQ(again.account("default/keys/alice")->tokensToday(now), 42);
    EXPECT_EQ(again.account("default/keys/alice")->nanoToday("USD", now), 1'500);
    Budgets tomorrow;
    ASSERT_TRUE(tomorrow.open(file(), now + 24h));
    EXPECT_EQ(tomorrow.account("default/keys/alice")->tokensToday(now + 24h), 0);
}

TEST_F(KeptBudgets, AChargeIsWrittenSoon) {
    const auto now = std::chrono::system_clock::now();
    Budgets budgets;
    ASSERT_TRUE(budgets.open(file(), now));
    budgets.account("a")->charge(7, "", 0, now);
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (text().find("\"tokens\": 7") == std::string::npos && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
    EXPECT_NE(text().find("\"tokens\": 7"), std::string::npos);
}

TEST_F(KeptBudgets, AFileThatCannotBeReadIsNotTakenForAnEmptyOne) {
    std::filesystem::create_directories(file().parent_path());
    for (const auto* bad : {"", "{", "[]", "{\"dayNumber\": \"x\"}"}) {
        std::ofstream(file(), std::ios::trunc) << bad;
        Budgets budgets;
        const auto opened = budgets.open(file());
        ASSERT_FALSE(opened) << bad;
        EXPECT_EQ(opened.error().code, "budgets-file");
    }
}

TEST(Budgets, ForgetsAccountsThatHoldNothing) {
    Budgets budgets;
    budgets.account("empty");
    budgets.account("used")->charge(1, "", 0, kNoon);
    budgets.prune(kNoon);
    EXPECT_EQ(budgets.account("used")->tokensToday(kNoon), 1);
    EXPECT_NE(budgets.text(kNoon).find("used"), std::string::npos);
    budgets.prune(kNoon + 24h);
    EXPECT_EQ(budgets.text(kNoon + 24h).find("used"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::filter
