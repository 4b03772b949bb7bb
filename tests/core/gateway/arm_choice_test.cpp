// Choosing an arm of a split: it reaches the backend that was asked for, nobody else can, and no server ever sees the field.
#include "core/gateway/split_stage.h"
#include "gateway/arm_choice.h"

#include <map>

namespace gatehouse::test {
namespace {

using gateway::ArmChoice;

TEST(ArmChoice, TakesOnlyItsOwnToken) {
    ArmChoice choice, other;
    EXPECT_FALSE(choice.on());
    const auto [name, value] = choice.fieldFor(3);
    EXPECT_TRUE(choice.on());
    const auto foreign = other.fieldFor(3).second;
    EXPECT_NE(value, foreign);
    const auto token = value.substr(0, value.find(':'));
    EXPECT_GE(token.size(), 32U);
    struct Case {
        std::vector<std::string> values;
        bool sameMachine;
        int wanted;
    };
    const std::vector<Case> cases{{{value}, true, 3},          {{value}, false, -1},       {{foreign}, true, -1},        {{token}, true, -1},
                                  {{token + ":"}, true, -1},   {{token + ":x"}, true, -1}, {{token + ":-1"}, true, -1}, {{token + ":1 "}, true, -1},
                                  {{value, value}, true, -1}, {{":3"}, true, -1},         {{""}, true, -1},            {{token + ":99999999999"}, true, -1}};
    for (const auto& test : cases) {
        SCOPED_TRACE(test.values.front().substr(0, 4) + "…" + test.values.front().substr(std::min<std::size_t>(test.values.front().size(), 32)));
        http::RequestHead head;
        head.headers.add("accept", "*/*");
        for (const auto& field : test.values) head.headers.add("X-Gatehouse-Arm", field);
        EXPECT_EQ(choice.take(head.headers, test.sameMachine), test.wanted);
        EXPECT_FALSE(head.headers.has(name)) << "whoever sent it";
        EXPECT_TRUE(head.headers.has("accept"));
    }
}

using ArmStage = SplitStage;

TEST_F(ArmStage, ReachesTheArmThatWasAskedFor) {
    Recorder stable([](const Message&) { return jsonAnswer("\"stable\""); });
    Recorder canary([](const Message&) { return jsonAnswer("\"canary\""); });
    serve(splitYaml(stable.port(), canary.port(), 0));
    // Before anybody asked, and with a guess: the split alone decides.
    EXPECT_EQ(get("x-gatehouse-arm: 1\r\n").body, "\"stable\"");
    const auto field = gateway->armField(1);
    const auto line = field.first + ": " + field.second + "\r\n";
    EXPECT_EQ(get(line).body, "\"canary\"");
    EXPECT_EQ(get("").body, "\"stable\"");
    EXPECT_EQ(get("x-gatehouse-arm: 00000000000000000000000000000000:1\r\n").body, "\"stable\"");
    EXPECT_EQ(get(line + line).body, "\"stable\"");
    const auto gone = gateway->armField(7);
    EXPECT_EQ(get(gone.first + ": " + gone.second + "\r\n").body, "\"stable\"") << "the rule has no such backend";
    for (const auto* server : {&stable, &canary}) {
        bool first = server == &stable;
        for (const auto& seen : server->seen()) {
            if (!std::exchange(first, false)) {
                EXPECT_EQ(seen.field("x-gatehouse-arm"), "") << seen.head;
            }
        }
    }
    const auto token = field.second.substr(0, field.second.find(':'));
    EXPECT_TRUE(eventually([&] { return gateway->recentRequests(100).size() == 6; }));
    int chosen = 0;
    for (const auto& record : gateway->recentRequests(100)) {
        EXPECT_EQ(telemetry::toJson(record).find(token), std::string::npos);
        if (!record.armChosen) continue;
        ++chosen;
        EXPECT_EQ(record.arm, "Backend default/canary");
        EXPECT_NE(stepsOf(record, "backend").find("not drawn"), std::string::npos);
    }
    EXPECT_EQ(chosen, 1);
    EXPECT_EQ(admin("/requests?limit=100").find(token), std::string::npos);
    EXPECT_EQ(admin("/config").find(token), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::test
