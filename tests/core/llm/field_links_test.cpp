// Fields linked between two bodies: by hand where the answer is known, and what holds for every vector.
#include "core/llm/dialect_vectors.h"
#include "llm/field_links.h"

#include <fmt/format.h>

#include <set>

namespace gatehouse::llm {
namespace {

FieldLinks linked(const char* from, const char* to, std::string_view body, std::string_view sent = {}, FieldLinkOptions options = {}) {
    return linkFields(*findDialect(from), *findDialect(to), body, sent, options);
}

std::set<std::string> targets(const FieldLinks& links, std::string_view from) {
    std::set<std::string> found;
    for (const auto& link : links.links)
        if (link.from == from) found.insert(link.to);
    return found;
}
using Set = std::set<std::string>;

const std::string kChat = R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"}],"temperature":0.5,"seed":7,"stop":["x"],)"
                          R"("tools":[{"type":"function","function":{"name":"f","description":"does","parameters":{"type":"object","properties":{}}}}]})";

TEST(FieldLinks, FollowsAChatToAnthropic) {
    const auto links = linked("openai-chat", "anthropic-messages", kChat);
    ASSERT_EQ(links.problem, "");
    EXPECT_EQ(targets(links, "/model"), Set{"/model"});
    EXPECT_EQ(targets(links, "/temperature"), Set{"/temperature"});
    EXPECT_EQ(targets(links, "/stop/0"), Set{"/stop_sequences/0"});
    EXPECT_EQ(targets(links, "/tools/0/function/name"), Set{"/tools/0/name"});
    EXPECT_EQ(targets(links, "/tools/0/function/description"), Set{"/tools/0/description"});
    const auto user = targets(links, "/messages/1/content");
    ASSERT_EQ(user.size(), 1U);
    EXPECT_TRUE(user.begin()->starts_with("/messages/0/content")) << *user.begin();
    const auto system = targets(links, "/messages/0/content");
    ASSERT_EQ(system.size(), 1U);
    EXPECT_TRUE(system.begin()->starts_with("/system")) << *system.begin();
    EXPECT_EQ(targets(links, "/messages/1/role"), Set{"/messages/0/role"}) << "a role cannot be changed: its neighbour tells";
    // Dropped: told by a loss, linked to nothing, and not unknown.
    EXPECT_TRUE(targets(links, "/seed").empty());
    EXPECT_EQ(std::count(links.unknown.begin(), links.unknown.end(), "/seed"), 0);
    // Filled in: nothing is behind it.
    EXPECT_EQ(std::count(links.added.begin(), links.added.end(), "/max_tokens"), 1);
    EXPECT_TRUE(std::any_of(links.losses.begin(), links.losses.end(), [](const Loss& loss) { return loss.path == "seed"; }));
}

TEST(FieldLinks, LaysWhatWasReallySentBesideTheTranslation) {
    // A policy put a message in front, masked a text, and the route forced a model.
    const std::string sent = R"({"model":"forced","messages":[{"role":"system","content":"House rules."},{"role":"user","content":"my card is <CREDIT_CARD> ok"}],"stream_options":{"include_usage":true}})";
    const auto links = linked("openai-chat", "openai-chat", R"({"model":"asked","messages":[{"role":"user","content":"my card is 4111 1111 1111 1111 ok"}]})", sent);
    EXPECT_EQ(targets(links, "/messages/0/content"), Set{"/messages/1/content"});
    for (const auto& link : links.links) {
        if (link.from == "/messages/0/content") {
            EXPECT_FALSE(link.same);
        }
        if (link.from == "/messages/0/role") {
            EXPECT_TRUE(link.same);
        }
        if (link.from == "/model") {
            EXPECT_FALSE(link.same);
        }
    }
    EXPECT_EQ(std::count(links.added.begin(), links.added.end(), "/messages/0"), 1);
    EXPECT_EQ(std::count(links.added.begin(), links.added.end(), "/stream_options"), 1);
}

TEST(FieldLinks, FollowsAnAnswer) {
    FieldLinkOptions options;
    options.answer = true;
    const auto links = linked("anthropic-messages", "openai-chat",
                              R"({"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"Bonjour"}],"stop_reason":"end_turn",)"
                              R"("stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":4}})",
                              {}, options);
    ASSERT_EQ(links.problem, "");
    EXPECT_EQ(targets(links, "/content/0/text"), Set{"/choices/0/message/content"});
    EXPECT_EQ(targets(links, "/id"), Set{"/id"});
    EXPECT_EQ(targets(links, "/usage/output_tokens").count("/usage/completion_tokens"), 1U);
    EXPECT_EQ(targets(links, "/usage/output_tokens").count("/usage/total_tokens"), 1U) << "a sum comes of both";
}

TEST(FieldLinks, SaysWhyNothingCanBeLinked) {
    EXPECT_NE(linked("openai-chat", "anthropic-messages", "{\"model\":").problem, "");
    EXPECT_NE(linked("openai-chat", "openai-embeddings", kChat).problem, "");
    EXPECT_NE(linked("openai-chat", "anthropic-messages", kChat, "<html>").problem, "");
}

TEST(FieldLinks, LeavesFieldsBeyondTheMostUnknown) {
    FieldLinkOptions options;
    options.mostFields = 3;
    const auto links = linked("openai-chat", "anthropic-messages", kChat, {}, options);
    EXPECT_FALSE(targets(links, "/model").empty());
    EXPECT_TRUE(targets(links, "/tools/0/function/name").empty());
    EXPECT_EQ(std::count(links.unknown.begin(), links.unknown.end(), "/tools/0/function/name"), 1);
}

TEST(FieldLinks, EveryVectorsLinksPointAtWhatIsThere) {
    std::size_t links = 0, unknown = 0;
    for (const auto& test : test::dialectCases()) {
        if (test.has("error") || (test.direction() != "request" && test.direction() != "response")) continue;
        if (test.from() == nullptr || test.to() == nullptr) continue;  // The test of the vectors tells.
        SCOPED_TRACE(fmt::format("{}:{} {}", test.file, test.line, test.name));
        std::string body;
        for (const auto& line : test::linesOf(test.field("in"))) body += line;
        FieldLinkOptions options;
        options.answer = test.direction() == "response";
        options.given = {test.field("model"), test.has("stream")};
        const auto found = linkFields(*test.from(), *test.to(), body, {}, options);
        ASSERT_EQ(found.problem, "");
        const auto from = Json::parse(body);
        const auto to = Json::parse(found.translated);
        for (const auto& link : found.links) {
            EXPECT_TRUE(from.contains(Json::json_pointer(link.from))) << link.from;
            EXPECT_TRUE(to.contains(Json::json_pointer(link.to))) << link.to;
            if (link.same) {
                EXPECT_EQ(from.at(Json::json_pointer(link.from)), to.at(Json::json_pointer(link.to)));
            }
        }
        for (const auto& pointer : found.unknown) EXPECT_TRUE(from.contains(Json::json_pointer(pointer))) << pointer;
        for (const auto& pointer : found.added) EXPECT_TRUE(to.contains(Json::json_pointer(pointer))) << pointer;
        links += found.links.size();
        unknown += found.unknown.size();
    }
    EXPECT_GE(links, 500U);
    EXPECT_LT(unknown, links) << "most fields are followed";
}

TEST(FieldLinks, WritesPathsAsPointers) {
    EXPECT_EQ(pointerOf("messages[2].content[0].cache_control"), "/messages/2/content/0/cache_control");
    EXPECT_EQ(pointerOf(""), "");
    EXPECT_EQ(pointerOf("a/b"), "/a~1b");
    EXPECT_TRUE(pointerHolds("/a", "/a/0"));
    EXPECT_TRUE(pointerHolds("", "/a"));
    EXPECT_FALSE(pointerHolds("/a", "/ab"));
}

}  // namespace
}  // namespace gatehouse::llm
