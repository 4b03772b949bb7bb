// GuardWindow: streams that a service judges. Whatever the split, every text is judged before it goes out, in whole sentences.
#include "guard_streams.h"

#include "llm/guard_window.h"
#include "llm/text_masker.h"
#include "text/json_body.h"

namespace gatehouse::llm {
namespace {

Guard hook(ScopeSet scopes = {}) {
    Guard guard;
    guard.kind = GuardKind::Webhook;
    guard.name = "hook";
    guard.scopes = scopes;
    return guard;
}

/// A service by regex, as a webhook may be one.
struct Judge {
    std::shared_ptr<const RegexGuard> guard;  ///< Null: everything passes.
    std::string judged;                       ///< All it was shown of texts that are no tool's.
    std::string toolTexts;
    std::size_t calls = 0;

    /// A tool's arguments are JSON, and stay so.
    std::string maskedJson(const std::string& text) const {
        DeepMasker masker(*guard, true);
        std::string out;
        masker.push(text, out);
        masker.flush(out);
        return out;
    }
    std::vector<std::string> judge(const std::vector<GuardText>& texts) {
        ++calls;
        std::vector<std::string> out;
        for (const auto& text : texts) {
            (text.scope == TextScope::ToolInput ? toolTexts : judged) += text.content;
            out.push_back(!guard ? text.content : text.scope == TextScope::ToolInput ? maskedJson(text.content) : expected(*guard, text.content));
        }
        return out;
    }
};

std::string run(GuardWindow& window, Judge& judge, const std::string& stream, Random& random, std::size_t most) {
    std::string out;
    const auto pump = [&] {
        while (!window.due().empty()) window.settle(judge.judge(window.due()));
        window.take(out);
    };
    for (std::size_t at = 0; at < stream.size();) {
        const std::size_t size = std::min(stream.size() - at, 1 + below(random, most));
        window.feed(std::string_view(stream).substr(at, size));
        pump();
        at += size;
    }
    window.finish();
    pump();
    EXPECT_FALSE(window.failed());
    EXPECT_EQ(window.held(), 0U);
    return out;
}

/// Sentences with a secret here and there, never across their ends.
std::string sentences(Random& random, std::size_t count) {
    static const std::vector<std::string> kWords = {"the", "card", "née", "日本", "is", "\"quoted\"", "back\\slash", "v1.2", "e.g", "😀", "(so)"};
    static const std::vector<std::string> kSecrets = {"4111 1111 1111 1111", "123-45-6789", "ada@example.org"};
    static const std::vector<std::string> kEnds = {". ", "! ", "? ", "\n", ".\" ", "。", "\u2026 "};
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const auto words = 1 + below(random, 8);
        for (std::size_t w = 0; w < words; ++w) text += (below(random, 6) == 0 ? kSecrets[below(random, 3)] : kWords[below(random, kWords.size())]) + " ";
        text.back() = 'x';
        text += kEnds[below(random, kEnds.size())];
    }
    return text;
}

TEST(GuardWindow, SentencesEndWhereAReaderWouldEndThem) {
    EXPECT_EQ(sentenceEnd("no end"), 0U);
    EXPECT_EQ(sentenceEnd("One. Two"), 5U);
    EXPECT_EQ(sentenceEnd("One."), 0U) << "more of the number may follow";
    EXPECT_EQ(sentenceEnd("v1.2 is out"), 0U);
    EXPECT_EQ(sentenceEnd("He said \"go.\" Then"), 14U);
    EXPECT_EQ(sentenceEnd("A\nB"), 2U);
    EXPECT_EQ(sentenceEnd("好。下"), 6U);
    EXPECT_EQ(sentenceEnd("Well\u2026 so"), 8U);
}

TEST(GuardWindow, NoStreamOfAnyDialectLetsATextOutUnjudged) {
    Random random(seedOf());
    const auto guard = RegexGuard::compile({{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "EMAIL"}}, RegexGuard::Action::Mask);
    ASSERT_TRUE(guard);
    const auto which = hook();
    for (const auto& grammar : kGrammars) {
        for (int round = 0; round < 80; ++round) {
            const auto text = sentences(random, 1 + below(random, 6));
            const auto note = sentences(random, 1 + below(random, 3));
            const auto arguments = Json{{"note", note}}.dump();
            const auto stream = grammar.write(cut(random, text, 1 + below(random, 12)), cut(random, arguments, 1 + below(random, 12)));
            Judge judge{*guard, {}, {}, 0};
            GuardWindow window(which, grammar.framing, 4096);
            const auto out = run(window, judge, stream, random, 1 + below(random, 500));
            auto seen = grammar.read(out);
            ASSERT_EQ(seen.texts["text"], expected(**guard, text)) << grammar.name << "\n" << stream << "\n---\n" << out;
            ASSERT_TRUE(seen.done) << grammar.name;
            ASSERT_EQ(seen.usage, 1U) << grammar.name;
            ASSERT_NE(judge.judged.find(text.substr(0, sentenceEnd(text))), std::string::npos) << "all of it was shown, in its order";
            if (!grammar.tools) continue;
            const auto call = Json::parse(seen.texts["arguments"], nullptr, false);
            ASSERT_TRUE(call.is_object()) << grammar.name << " " << seen.texts["arguments"];
            ASSERT_EQ(call["note"], expected(**guard, note)) << grammar.name;
        }
    }
}

TEST(GuardWindow, WhatPassesIsTheSameAtAnySplit) {
    const auto which = hook();
    Random random(7);
    for (const auto& grammar : kGrammars) {
        const auto stream = grammar.write({"Hello", " there.", " How", " are", " you? ", "Fine"}, {"{\"a\":", "\"b. c\"}"});
        std::string first;
        for (std::size_t split = 0; split < stream.size(); split += 3) {
            Judge judge;
            GuardWindow window(which, grammar.framing, 4096);
            std::string out;
            const auto pump = [&] {
                while (!window.due().empty()) window.settle(judge.judge(window.due()));
                window.take(out);
            };
            window.feed(std::string_view(stream).substr(0, split));
            pump();
            window.feed(std::string_view(stream).substr(split));
            window.finish();
            pump();
            auto seen = grammar.read(out);
            ASSERT_EQ(seen.texts["text"], "Hello there. How are you? Fine") << grammar.name << " " << split;
            ASSERT_TRUE(seen.done);
        }
    }
}

TEST(GuardWindow, HoldsASentenceAndNoMore) {
    const auto which = hook();
    GuardWindow window(which, StreamGuard::Framing::Sse, 100);
    std::string out;
    const auto chunk = [](const std::string& text) {
        return sse({{"id", "c"}, {"choices", Json::array({{{"index", 0}, {"delta", {{"content", text}}}, {"finish_reason", nullptr}}})}});
    };
    window.feed(chunk("One two"));
    EXPECT_TRUE(window.due().empty());
    window.take(out);
    EXPECT_EQ(out, "");
    EXPECT_EQ(window.held(), 7U);
    window.feed(chunk(" three. Fo"));
    ASSERT_EQ(window.due().size(), 1U);
    EXPECT_EQ(window.due()[0].content, "One two three. ");
    window.settle({});
    window.take(out);
    EXPECT_EQ(readChat(out).texts["text"], "One two three. ");
    EXPECT_EQ(window.held(), 2U);
    window.feed(chunk(std::string(120, 'a')));
    ASSERT_EQ(window.due().size(), 1U) << "no sentence's end in a whole window";
    window.settle({});
    window.finish();
    ASSERT_EQ(window.due().size(), 1U);
    window.settle({"<END>"});
    window.take(out);
    EXPECT_EQ(readChat(out).texts["text"], "One two three. Fo" + std::string(119, 'a') + "<END>");
}

TEST(GuardWindow, LeavesAloneWhatIsOutOfScope) {
    const auto which = hook(ScopeSet::none().add(TextScope::ToolInput));
    Judge judge;
    Random random(3);
    GuardWindow window(which, StreamGuard::Framing::Sse, 4096);
    const auto out = run(window, judge, chatStream({"Some. ", "Text."}, {"{\"a\":1}"}), random, 40);
    EXPECT_EQ(judge.judged, "send") << "the tool's name came whole, and is looked at for both";
    EXPECT_EQ(judge.toolTexts.find("{\"a\":1}"), judge.toolTexts.size() - 7);
    EXPECT_EQ(readChat(out).texts["text"], "Some. Text.");
}

}  // namespace
}  // namespace gatehouse::llm
