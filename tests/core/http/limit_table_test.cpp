// The table of limits: complete, without repeats, and the same as core/README.md has it.
#include "http/limit_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace gatehouse::http {
namespace {

TEST(LimitTable, EveryNameOnce) {
    std::set<std::string> names;
    for (const auto& row : limitTable()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_NE(std::string(row.what), "") << row.name;
        EXPECT_NE(std::string(row.answer), "") << row.name;
        EXPECT_NE(std::string(row.source), "") << row.name;
        EXPECT_EQ(findLimit(row.name), &row);
    }
    EXPECT_EQ(findLimit("tls-handshake"), nullptr);
}

/// Each constant in a header stands in the table, so that none is counted and not shown.
TEST(LimitTable, HoldsEveryNameThatIsCounted) {
    for (const auto* file : {"/core/http/limit_table.h", "/core/http/h2_limits.h"}) {
        std::ifstream in(std::string(GATEHOUSE_SOURCE) + file);
        ASSERT_TRUE(in);
        int found = 0;
        for (std::string line; std::getline(in, line);) {
            if (!line.starts_with("inline constexpr const char* k")) continue;
            const auto begin = line.find('"') + 1;
            const auto name = line.substr(begin, line.find('"', begin) - begin);
            EXPECT_NE(findLimit(name), nullptr) << name;
            ++found;
        }
        EXPECT_GT(found, 10) << file;
    }
}

TEST(LimitTable, ValuesAreWrittenForPeople) {
    Limits limits;
    const auto value = [&](const char* name) { return limitValue(*findLimit(name), limits); };
    EXPECT_EQ(value("head-size"), "64 KiB");
    EXPECT_EQ(value("body-size"), "10 MiB");
    EXPECT_EQ(value("head-time"), "10 s");
    EXPECT_EQ(value("stream-idle"), "5 min");
    EXPECT_EQ(value("tunnel-idle"), "1 h");
    EXPECT_EQ(value("connections"), "10,000");
    EXPECT_EQ(value("body-rate"), "240 bytes/s");
    EXPECT_EQ(value("requests-per-connection"), "none");
    limits.headBytes = 1000;
    limits.headTime = std::chrono::milliseconds(1500);
    limits.idle = std::chrono::milliseconds(90);
    EXPECT_EQ(value("head-size"), "1,000 bytes");
    EXPECT_EQ(value("head-time"), "1.5 s");
    EXPECT_EQ(value("idle"), "90 ms");
}

TEST(LimitTable, ReadmeSaysTheSame) {
    std::ifstream in(std::string(GATEHOUSE_SOURCE) + "/core/README.md");
    std::stringstream text;
    text << in.rdbuf();
    const auto table = limitTableMarkdown({});
    EXPECT_NE(text.str().find(table), std::string::npos) << "core/README.md should have this table:\n" << table;
}

}  // namespace
}  // namespace gatehouse::http
