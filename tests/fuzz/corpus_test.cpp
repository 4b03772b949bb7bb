// Replays the corpus through the fuzz targets in every build, so that what fuzzing once found stays found without clang.

#include "fuzz/targets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace {

using Target = void (*)(std::string_view);

void replay(const std::string& name, Target target) {
    int files = 0;
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (const auto& entry : std::filesystem::directory_iterator(GATEHOUSE_SOURCE "/tests/fuzz/corpus/" + name)) {
        ++files;
        SCOPED_TRACE(entry.path().filename().string());
        std::ifstream file(entry.path(), std::ios::binary);
        std::string input(std::istreambuf_iterator<char>(file), {});
        EXPECT_NO_THROW(target(input));
        // A little fuzzing of its own: every steering byte, cuts, and bytes changed at random.
        for (int round = 0; round < 200; ++round) {
            std::string mutated = input;
            if (!mutated.empty()) mutated[0] = static_cast<char>(random());
            if (round % 3 == 1) mutated.resize(random() % (mutated.size() + 1));
            for (int change = round % 4; change > 0 && !mutated.empty(); --change) {
                mutated[random() % mutated.size()] = static_cast<char>(random());
            }
            EXPECT_NO_THROW(target(mutated)) << testing::PrintToString(mutated);
            if (testing::Test::HasFailure()) return;
        }
    }
    EXPECT_GE(files, 5) << "the corpus was not found";
}

TEST(FuzzCorpus, Yaml) { replay("yaml", gatehouse::fuzz::yaml); }
TEST(FuzzCorpus, HttpHead) { replay("httpHead", gatehouse::fuzz::httpHead); }
TEST(FuzzCorpus, HttpResponse) { replay("httpResponse", gatehouse::fuzz::httpResponse); }
TEST(FuzzCorpus, Router) { replay("router", gatehouse::fuzz::router); }
TEST(FuzzCorpus, Http2) { replay("http2", gatehouse::fuzz::http2); }
TEST(FuzzCorpus, Sse) { replay("sse", gatehouse::fuzz::sse); }
TEST(FuzzCorpus, Json) { replay("json", gatehouse::fuzz::json); }
TEST(FuzzCorpus, ClientHello) { replay("clientHello", gatehouse::fuzz::clientHello); }
TEST(FuzzCorpus, ProxyProtocol) { replay("proxyProtocol", gatehouse::fuzz::proxyProtocol); }
TEST(FuzzCorpus, Cel) { replay("cel", gatehouse::fuzz::cel); }
TEST(FuzzCorpus, ExtProc) { replay("extProc", gatehouse::fuzz::extProc); }
TEST(FuzzCorpus, Dialects) { replay("dialects", gatehouse::fuzz::dialects); }

}  // namespace
