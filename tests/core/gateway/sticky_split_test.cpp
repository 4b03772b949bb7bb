// A sticky split in the data plane: a key keeps its arm from request to request, the record says by what, and others are drawn.
#include "core/gateway/split_stage.h"

#include <set>

namespace gatehouse::test {
namespace {

using StickyStage = SplitStage;

TEST_F(StickyStage, AKeyKeepsItsArm) {
    Recorder stable([](const Message&) { return jsonAnswer("\"stable\""); });
    Recorder canary([](const Message&) { return jsonAnswer("\"canary\""); });
    serve(splitYaml(stable.port(), canary.port(), 1, "{gatehouse.dev/sticky-split: cookie sid}"));
    std::set<std::string> seen;
    for (int user = 0; user < 12; ++user) {
        const auto field = "Cookie: theme=dark; sid=user-" + std::to_string(user) + "\r\n";
        const auto first = get(field).body;
        seen.insert(first);
        for (int again = 0; again < 4; ++again) EXPECT_EQ(get(field).body, first) << "user " << user;
    }
    EXPECT_EQ(seen.size(), 2U) << "twelve keys at even weights: both arms but once in two thousand splits";
    const auto kept = record(60);
    EXPECT_NE(kept.armKey, 0U);
    EXPECT_NE(stepsOf(kept, "backend").find("by cookie sid"), std::string::npos) << stepsOf(kept, "backend");
    std::set<std::string> drawn;
    for (int i = 0; i < 40 && drawn.size() < 2; ++i) drawn.insert(get("").body);
    EXPECT_EQ(drawn.size(), 2U) << "without a key";
}

}  // namespace
}  // namespace gatehouse::test
