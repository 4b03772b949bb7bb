// Expressions by case file; limits, laziness, positions and threads by hand.
#include "text/cel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <thread>

namespace gatehouse::text::cel {
namespace {

class Values final : public Activation {
  public:
    Result<std::optional<Value>> find(std::string_view name) const override {
        ++asked;
        const auto found = values.find(name);
        return found == values.end() ? std::optional<Value>() : std::optional<Value>(found->second);
    }
    std::map<std::string, Value, std::less<>> values;
    mutable int asked = 0;
};

Result<Value> evaluate(std::string_view expression, const Activation& activation = Values(), const Limits& limits = {}) {
    const auto program = Program::compile(expression);
    if (!program) return tl::unexpected(program.error());
    return (*program)->evaluate(activation, limits);
}

void runCases(const std::string& name) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/cel/" + name);
    ASSERT_TRUE(in);
    Values values;
    std::string line;
    int cases = 0;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        SCOPED_TRACE(name + ":" + std::to_string(number) + ": " + line);
        if (line.starts_with("let ")) {
            const auto equals = line.find(" = ");
            const auto value = fromJson(line.substr(equals + 3));
            ASSERT_TRUE(value);
            values.values[line.substr(4, equals - 4)] = *value;
            continue;
        }
        ++cases;
        if (const auto arrow = line.rfind(" => "); arrow != std::string::npos) {
            const auto value = evaluate(line.substr(0, arrow), values);
            ASSERT_TRUE(value) << value.error().code << " " << value.error().message;
            EXPECT_EQ(show(*value), line.substr(arrow + 4));
            continue;
        }
        const auto bang = line.rfind(" !! ");
        ASSERT_NE(bang, std::string::npos);
        const auto value = evaluate(line.substr(0, bang), values);
        if (value) ADD_FAILURE() << show(*value);
        else EXPECT_EQ(value.error().code, line.substr(bang + 4)) << value.error().message;
    }
    EXPECT_GT(cases, 50);
}

TEST(CelVectors, Language) { runCases("language.txt"); }
TEST(CelVectors, Functions) { runCases("functions.txt"); }

TEST(Cel, ErrorsNameTheirPlace) {
    EXPECT_TRUE(evaluate("1 +\n  1 / 0").error().message.starts_with("2:5: ")) << evaluate("1 +\n  1 / 0").error().message;
    EXPECT_TRUE(evaluate("[1].map(é, é)").error().message.starts_with("1:9: ")) << evaluate("[1].map(é, é)").error().message;
    EXPECT_TRUE(evaluate("true && (1 == )").error().message.starts_with("1:15: "));
    EXPECT_TRUE(evaluate("{'a': 1}.b").error().message.starts_with("1:10: ")) << evaluate("{'a': 1}.b").error().message;
}

TEST(Cel, ANameIsAskedForOnceAndOnlyWhereItIsRead) {
    Values values;
    values.values["request"] = *fromJson(R"({"a": 1})");
    ASSERT_TRUE(evaluate("true || request.a == 1", values));
    EXPECT_EQ(values.asked, 0);
    ASSERT_TRUE(evaluate("request.a == 1 && request.a < 2", values));
    EXPECT_EQ(values.asked, 1);
}

TEST(Cel, WhatItReadsIsKnownBefore) {
    const auto program = Program::compile("request.headers['x-tier'] == 'gold' || request.headers[llm.requestModel] == jwt.sub");
    ASSERT_TRUE(program);
    EXPECT_TRUE((*program)->reads("request.headers"));
    EXPECT_TRUE((*program)->reads("request.headers.x-tier"));
    EXPECT_TRUE((*program)->reads("llm"));
    EXPECT_TRUE((*program)->reads("jwt.sub"));
    EXPECT_FALSE((*program)->reads("request.body"));
    EXPECT_FALSE((*program)->reads("jw"));
    EXPECT_TRUE((*Program::compile("toJson(request)"))->reads("request.body"));
}

TEST(Cel, WhatIsNoUtf8IsStillWrittenAsJson) {
    const auto json = toJson(Value::string("caf\xe9 \xf0\x9f\x98\x80 \xe6"));
    ASSERT_TRUE(json);
    EXPECT_EQ(*json, "\"caf\xef\xbf\xbd \xf0\x9f\x98\x80 \xef\xbf\xbd\"");
    EXPECT_TRUE(fromJson(*json));
}

TEST(Cel, DeepNestingIsRefusedNotRun) {
    const auto nested = [](const char* open, const char* middle, const char* close, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += open;
        text += middle;
        for (int i = 0; i < count; ++i) text += close;
        return text;
    };
    EXPECT_TRUE(evaluate(nested("(", "1", ")", 100)));
    for (const auto& text : {nested("(", "1", ")", 5000), nested("[", "", "]", 5000), nested("", "1", "+1", 5000), nested("!(", "true", ")", 2000),
                             nested("", "request", ".a", 4000), nested("true?1:", "1", "", 2000), nested("{1:", "1", "}", 2000)}) {
        const auto value = evaluate(text);
        ASSERT_FALSE(value);
        EXPECT_EQ(value.error().code, "cel-too-deep") << text.substr(0, 20);
    }
    EXPECT_TRUE(evaluate(nested("", "true", "&&true", 2000))) << "chains of && are flat";
    EXPECT_EQ(evaluate(std::string(kMaxExpressionBytes + 1, ' ')).error().code, "cel-too-long");
    EXPECT_EQ(evaluate("'\xff'").error().code, "cel-syntax");
}

TEST(Cel, WorkAndMemoryAreLimited) {
    Values values;
    std::string list = "[0";
    for (int i = 1; i < 1000; ++i) list += "," + std::to_string(i);
    values.values["request"] = *fromJson(list + "]");
    EXPECT_EQ(evaluate("request.map(a, request.map(b, request.map(c, a + b + c)))", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("request.all(a, request.all(b, request.all(c, true || 1 / 0 > 0)))", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("request.exists(a, request.exists(b, 1 / 0 > 0)) || true", values).error().code, "cel-limit") << "a limit is not absorbed";
    std::string doubled = "'0123456789abcdef'";
    for (int i = 0; i < 40; ++i) doubled += ".with(s, s + s)";
    EXPECT_EQ(evaluate(doubled).error().code, "cel-limit");
    std::string shared = "[1]";
    for (int i = 0; i < 60; ++i) shared += ".with(s, [s, s])";
    EXPECT_EQ(evaluate(shared + ".with(s, s == s)").error().code, "cel-limit");
    EXPECT_EQ(evaluate("toJson(" + shared + ")").error().code, "cel-limit");
    EXPECT_LT(show(*evaluate(shared)).size(), 500U);
    EXPECT_EQ(evaluate("1 + 1", Values(), {.steps = 2}).error().code, "cel-limit");
    EXPECT_TRUE(evaluate("1 + 1", Values(), {.steps = 3}));
}

TEST(Cel, AConditionMustBeABool) {
    EXPECT_TRUE((*Program::compile("1 < 2"))->test(Values()).value());
    EXPECT_EQ((*Program::compile("1"))->test(Values()).error().code, "cel-type");
}

/// A body over its limit cannot be told, which is another thing than that it is not there.
class Refusing final : public Map {
  public:
    std::size_t size() const override { return 1; }
    Result<std::optional<Value>> find(const Value&) const override { return fail("cel-limit", "The body is too long."); }
    Result<void> each(json::FunctionRef<Result<void>(const Value&, const Value&)>) const override { return fail("cel-limit", "The body is too long."); }
};

TEST(Cel, AMapThatCannotTellIsAnError) {
    Values values;
    values.values["request"] = Value::map(std::make_shared<const Refusing>());
    EXPECT_EQ(evaluate("request.body", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("has(request.body)", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("default(request.body, 1)", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("'a' in request", values).error().code, "cel-limit");
    EXPECT_EQ(evaluate("toJson(request)", values).error().code, "cel-limit");
}

TEST(Cel, OneProgramServesManyThreads) {
    const auto program = *Program::compile("request.n.map(x, x * 2).exists(x, x == request.n[2] * 2) && 'abc'.matches('b')");
    Values values;
    values.values["request"] = *fromJson(R"({"n": [1, 2, 3]})");
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            const Values mine = [&] { Values copy; copy.values = values.values; return copy; }();
            for (int i = 0; i < 200; ++i) right += program->test(mine).value_or(false) ? 1 : 0;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace gatehouse::text::cel
