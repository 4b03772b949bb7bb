// Edits and scalar types by case file; marks, limits and errors by hand.
#include "core/config/sections.h"
#include "text/yaml.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gatehouse::text::yaml {
namespace {

std::string unescaped(std::string text) {
    for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos; ++at) text.replace(at, 2, "\n");
    return text;
}

Result<std::string> perform(const std::string& text, const std::string& order) {
    std::istringstream in(order);
    std::string operation, pathText;
    in >> operation >> pathText;
    std::string rest;
    std::getline(in, rest);
    if (!rest.empty()) rest.erase(0, 1);
    const auto path = Path::parse(pathText);
    if (!path) return tl::unexpected(path.error());
    if (operation == "string") return setScalar(text, 0, *path, unescaped(rest), Type::String);
    if (operation == "integer") return setScalar(text, 0, *path, rest, Type::Integer);
    if (operation == "boolean") return setScalar(text, 0, *path, rest, Type::Boolean);
    if (operation == "null") return setScalar(text, 0, *path, "", Type::Null);
    if (operation == "fragment") return setFragment(text, 0, *path, unescaped(rest));
    if (operation == "remove") return remove(text, 0, *path);
    std::size_t from = 0, to = 0;
    std::istringstream(rest) >> from >> to;
    return moveItem(text, 0, *path, from, to);
}

std::string withCrLf(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
    return out;
}

TEST(YamlEdit, DoesWhatTheCaseFilesSay) {
    for (const auto& section : gatehouse::testing::readSections(std::string(GATEHOUSE_VECTORS) + "/yaml/edits.txt")) {
        SCOPED_TRACE(section.name + " (line " + std::to_string(section.line) + ")");
        ASSERT_EQ(section.parts.size(), 3u);
        auto order = section.parts[1];
        order.pop_back();
        const auto& wanted = section.parts[2];
        const auto edited = perform(section.parts[0], order);
        if (wanted[0] == '!') {
            ASSERT_FALSE(edited) << *edited;
            EXPECT_EQ("! " + edited.error().code + "\n", wanted) << edited.error().message;
            continue;
        }
        ASSERT_TRUE(edited) << edited.error().code << ": " << edited.error().message;
        EXPECT_EQ(*edited, wanted);
        // The same with CR LF, behind other documents, and behind a byte order mark.
        const auto windows = perform(withCrLf(section.parts[0]), order);
        ASSERT_TRUE(windows) << windows.error().message;
        EXPECT_EQ(*windows, withCrLf(wanted));
        const auto marked = perform("\xef\xbb\xbf" + section.parts[0], order);
        ASSERT_TRUE(marked) << marked.error().message;
        EXPECT_EQ(*marked, "\xef\xbb\xbf" + wanted);
        const auto first = perform(section.parts[0] + "---\nother: [1]\n", order);
        ASSERT_TRUE(first) << first.error().message;
        EXPECT_EQ(*first, wanted + "---\nother: [1]\n");
    }
}

TEST(YamlScalar, TypesAreKubectls) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/yaml/types.txt");
    ASSERT_TRUE(in);
    std::string line;
    int cases = 0;
    const char* const names[] = {"null", "boolean", "integer", "float", "string"};
    while (std::getline(in, line)) {
        const auto tab = line.find('\t');
        if (line[0] == '#' || tab == std::string::npos) continue;
        ++cases;
        const auto text = line.substr(0, tab);
        EXPECT_EQ(names[static_cast<int>(plainType(text))], line.substr(tab + 1)) << text;
        // As a string it is written so that it stays one.
        const auto written = parse("k: " + writeScalar(text, Type::String));
        ASSERT_TRUE(written);
        EXPECT_EQ((*written)[0].root.find("k")->type(), Type::String) << text;
        EXPECT_EQ((*written)[0].root.find("k")->value, text);
    }
    EXPECT_GT(cases, 35);
}

TEST(YamlScalar, NumbersHaveTheirValues) {
    const auto documents =
        parse("{a: 0x1F, b: 010, c: -1_000, d: 1e3, e: yes, f: 0b11, g: -0x10, h: 9223372036854775808}");
    ASSERT_TRUE(documents);
    const auto& root = (*documents)[0].root;
    EXPECT_EQ(root.find("a")->asInt(), 31);
    EXPECT_EQ(root.find("b")->asInt(), 8);
    EXPECT_EQ(root.find("c")->asInt(), -1000);
    EXPECT_EQ(root.find("d")->asInt(), 1000);
    EXPECT_EQ(root.find("e")->asBool(), true);
    EXPECT_EQ(root.find("f")->asInt(), 3);
    EXPECT_EQ(root.find("g")->asInt(), -16);
    EXPECT_EQ(root.find("h")->asInt(), std::nullopt);
}

TEST(YamlParse, MarksCountBytesAndCharacters) {
    const std::string text = "\xef\xbb\xbfé: ü\r\nkey: \"日本\"  # x\r\nlast: z\r\n";
    const auto documents = parse(text);
    ASSERT_TRUE(documents);
    const auto* value = (*documents)[0].root.find("key");
    EXPECT_EQ(text.substr(value->begin.offset, value->end.offset - value->begin.offset), "\"日本\"");
    EXPECT_EQ(value->begin.line, 2u);
    EXPECT_EQ(value->begin.column, 6u);
    EXPECT_EQ((*documents)[0].root.find("last")->begin.line, 3u);
}

TEST(YamlParse, ErrorsHavePlaces) {
    const auto broken = parse("a: 1\nb: [1, 2\nc: 3\n");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().where.line, 3u);
    const auto bytes = parse("a: \xff\n");
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().where.offset, 3u);
    EXPECT_FALSE(parse("a:\n\t- tab\n"));
}

TEST(YamlParse, DuplicateKeysAreReportedAndTheLastCounts) {
    const auto documents = parse("a:\n- {x: 1, x: 2}\n");
    ASSERT_TRUE(documents);
    ASSERT_EQ((*documents)[0].duplicates.size(), 1u);
    EXPECT_EQ((*documents)[0].duplicates[0].path, "a[0].x");
    EXPECT_EQ((*documents)[0].root.at(*Path::parse("a[0].x"))->value, "2");
}

TEST(YamlParse, LimitsHold) {
    EXPECT_FALSE(parse(std::string(100'000, '[')));
    EXPECT_TRUE(parse(std::string(150, '[') + std::string(150, ']')));
    std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'j'; ++c) {
        bomb += std::string(1, c) + ": &" + c + " [";
        for (int i = 0; i < 9; ++i) bomb += std::string(i ? "," : "") + "*" + static_cast<char>(c - 1);
        bomb += "]\n";
    }
    const auto documents = parse(bomb);
    ASSERT_TRUE(documents);
    EXPECT_FALSE(expandAliases((*documents)[0].root));
    const auto loop = parse("a: &a [*a]\n");
    ASSERT_TRUE(loop);
    EXPECT_FALSE(expandAliases((*loop)[0].root));
}

TEST(YamlParse, AliasesAndMergesExpand) {
    const auto documents = parse("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b]\n");
    ASSERT_TRUE(documents);
    const auto tree = expandAliases((*documents)[0].root);
    ASSERT_TRUE(tree) << tree.error().message;
    EXPECT_EQ(tree->at(*Path::parse("use.x"))->value, "1");
    EXPECT_EQ(tree->at(*Path::parse("use.y"))->value, "3");
    EXPECT_EQ(tree->at(*Path::parse("list[0].y"))->value, "2");
}

TEST(YamlPath, ReadsWhatItWrites) {
    for (const auto* text : {"spec.rules[0].matches[1].path.value", "metadata.labels[\"a.b/c\"]",
                             "[\"with \\\"quotes\\\"\"].x", "items[3]", "a[\"\"]", ""}) {
        const auto path = Path::parse(text);
        ASSERT_TRUE(path) << text;
        EXPECT_EQ(path->toString(), text);
    }
    for (const auto* text : {"a.", "a..b", "a[", "a[x]", "a[1]b", "a[\"x]"}) EXPECT_FALSE(Path::parse(text)) << text;
}

TEST(YamlDocuments, AreAppendedAndRemoved) {
    EXPECT_EQ(appendDocument("", "a: 1"), "a: 1\n");
    EXPECT_EQ(appendDocument("a: 1\n", "b: 2\n"), "a: 1\n---\nb: 2\n");
    EXPECT_EQ(appendDocument("a: 1", "---\nb: 2"), "a: 1\n---\nb: 2\n");
    EXPECT_EQ(appendDocument("# only words\n", "b: 2"), "# only words\nb: 2\n");
    EXPECT_EQ(appendDocument("a: 1\n---\n", "b: 2"), "a: 1\n---\nb: 2\n");
    EXPECT_EQ(appendDocument("a: 1\r\n", "b: 2\n"), "a: 1\r\n---\r\nb: 2\r\n");
    const std::string three = "# head\n---\na: 1\n---\nb: 2\n---\nc: 3\n";
    EXPECT_EQ(*removeDocument(three, 0), "# head\n---\nb: 2\n---\nc: 3\n");
    EXPECT_EQ(*removeDocument(three, 2), "# head\n---\na: 1\n---\nb: 2\n");
    EXPECT_EQ(*removeDocument("a: 1\n---\nb: 2\n", 0), "b: 2\n");
    EXPECT_EQ(*removeDocument("a: 1\n", 0), "");
    EXPECT_FALSE(removeDocument("a: 1\n", 1));
}

TEST(YamlWrite, IsBlockStyleWithDashesBelowTheirKey) {
    const auto documents =
        parse("{spec: {rules: [{name: a, l: [1, [2, 3]]}], e: {}, f: [], s: 'on', m: \"x\\ny\\n\", t: ' x'}}");
    ASSERT_TRUE(documents);
    EXPECT_EQ(writeNode((*documents)[0].root),
              "spec:\n  rules:\n  - name: a\n    l:\n    - 1\n    - - 2\n      - 3\n  e: {}\n  f: []\n  s: \"on\"\n  "
              "m: |\n    x\n    y\n  t: \" x\"\n");
}

}  // namespace
}  // namespace gatehouse::text::yaml
