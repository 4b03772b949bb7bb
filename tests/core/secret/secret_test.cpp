// Secret values: base64, env:, file:, and errors that never hold the value.
#include "secret/secret.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace gatehouse::secret {
namespace {

TEST(Secret, ReadsBase64Data) {
    const auto reveal = [](std::string_view data) { return std::string(resolve("", data)->reveal()); };
    EXPECT_EQ(reveal("c2stMTIz"), "sk-123");
    EXPECT_EQ(reveal("YQ=="), "a");
    EXPECT_EQ(reveal("YWI="), "ab");
    EXPECT_EQ(reveal("YW\nI=\n"), "ab") << "a block scalar's line breaks";
    EXPECT_EQ(reveal("AP8="), std::string("\0\xff", 2));
}

TEST(Secret, RefusesBrokenBase64WithoutQuotingIt) {
    for (const char* bad : {"c2st!TIz", "YQ", "YQ=", "YWI==", "=YQ=", "YQ==YQ==", "A"}) {
        const auto value = resolve("", bad);
        ASSERT_FALSE(value) << bad;
        EXPECT_EQ(value.error().code, "secret-base64");
        if (std::string_view(bad).size() > 1) {
            EXPECT_EQ(value.error().message.find(bad), std::string::npos);
        }
    }
}

TEST(Secret, StringDataWinsAndMayRefer) {
    EXPECT_EQ(resolve("plain", "YQ==")->reveal(), "plain");
    ASSERT_EQ(setenv("GATEHOUSE_SECRET_TEST", "from-env", 1), 0);
    EXPECT_EQ(resolve("env:GATEHOUSE_SECRET_TEST", "")->reveal(), "from-env");
    unsetenv("GATEHOUSE_SECRET_TEST");
    const auto missing = resolve("env:GATEHOUSE_SECRET_TEST", "");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("GATEHOUSE_SECRET_TEST"), std::string::npos);
}

TEST(Secret, ReadsAFileWithoutItsLastLineBreak) {
    const auto file = std::filesystem::temp_directory_path() / ("gatehouse-secret-" + std::to_string(getpid()));
    std::ofstream(file) << "top\nsecret\r\n";
    EXPECT_EQ(resolve("file:" + file.string(), "")->reveal(), "top\nsecret");
    std::ofstream(file) << std::string((1 << 20) + 1, 'x');
    EXPECT_EQ(resolve("file:" + file.string(), "").error().code, "secret-too-large");
    std::filesystem::remove(file);
    EXPECT_EQ(resolve("file:" + file.string(), "").error().code, "secret-missing");
    EXPECT_FALSE(resolve("", ""));
}

TEST(Secret, KnowsReferences) {
    EXPECT_TRUE(isReference("env:A"));
    EXPECT_TRUE(isReference("file:/x"));
    EXPECT_FALSE(isReference("sk-env:1"));
    EXPECT_FALSE(isReference(""));
}

TEST(SecretValue, CopiesAndMovesKeepTheBytes) {
    SecretValue a(std::string(100, 's'));
    SecretValue b = a;
    a = SecretValue(std::string("x"));
    EXPECT_EQ(b.reveal(), std::string(100, 's'));
    EXPECT_EQ(a.reveal(), "x");
    SecretValue c = std::move(b);
    EXPECT_EQ(c.reveal().size(), 100U);
}

}  // namespace
}  // namespace gatehouse::secret
