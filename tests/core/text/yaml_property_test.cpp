// Random documents, random one-field edits: only the field's bytes change, the text reads back as the intended tree,
// and the way back gives the original bytes.
#include "text/yaml.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

namespace gatehouse::text::yaml {
namespace {

using Random = std::mt19937_64;

std::uint64_t seedOfRun() {
    if (const char* given = std::getenv("GATEHOUSE_TEST_SEED")) return std::strtoull(given, nullptr, 10);
    return std::random_device{}();
}

/// Writes random YAML as people do: comments, flow and block collections, all scalar styles, lists at both
/// indentations.
class Writer {
  public:
    explicit Writer(Random& random)
        : random_(random), lineBreak_(below(4) == 0 ? "\r\n" : "\n"), dashesIndented_(below(2) == 0) {}

    std::string stream() {
        std::string out;
        if (below(10) == 0) out += "\xef\xbb\xbf";
        if (below(3) == 0) out += "# a licence stands here" + lineBreak_;
        const auto documents = 1 + below(3);
        for (std::uint64_t i = 0; i < documents; ++i) {
            if (i > 0 || below(3) == 0) out += below(4) == 0 ? "---  # next" + lineBreak_ : "---" + lineBreak_;
            if (below(4) == 0) out += "# about this document" + lineBreak_;
            out_.clear();
            mapping(0, 0);
            out += out_;
        }
        if (below(8) == 0 && out.size() > lineBreak_.size()) out.resize(out.size() - lineBreak_.size());
        return out;
    }

    std::string word() {
        static const char* kWords[] = {
            "alpha",      "beta",        "on",         "yes",       "0123",     "1e3",
            "~",          "null",        "a: b",       "x #y",      "- z",      "*.example.com",
            "é ü 日本",   "true",        "12",         "3.5",       "",         "with 'quotes'",
            "say \"hi\"", "back\\slash", "tab\there",  "trailing ", " leading", "https://example.com/a?b=c",
            "[x]",        "{y}",         "a,b",        "!tag",      "&anchor",  "100%",
            "@at",        "`tick",       "2001-01-01", "10.0.0.1",  "1:30"};
        return kWords[below(std::size(kWords))];
    }
    std::uint64_t below(std::uint64_t bound) {
        return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
    }

  private:
    void line(const std::string& text) { out_ += text + lineBreak_; }
    std::string pad(int indent) { return std::string(static_cast<std::size_t>(indent), ' '); }
    std::string comment() { return below(4) == 0 ? "  # note" : ""; }
    std::string key() { return std::string(1, static_cast<char>('a' + below(26))) + std::to_string(count_++); }

    void mapping(int indent, int depth, bool firstInline = false) {
        const auto entries = 1 + below(4);
        for (std::uint64_t i = 0; i < entries; ++i) {
            if (!(firstInline && i == 0)) {
                if (below(8) == 0) line(pad(indent) + "# above");
                if (below(12) == 0) line("");
                out_ += pad(indent);
            }
            const auto name = key();
            out_ += below(8) == 0 ? "\"" + name + "\":" : name + ":";
            value(indent, depth + 1);
        }
    }

    void value(int indent, int depth) {
        const auto choice = below(depth > 4 ? 6 : 10);
        if (choice < 5) return line(scalar() + comment());
        if (choice == 5) return block(indent);
        if (choice == 6) return line(" " + flow(0) + comment());
        if (choice == 7) {
            line(comment());
            const int deeper = dashesIndented_ ? indent + 2 : indent;
            const auto items = 1 + below(3);
            for (std::uint64_t i = 0; i < items; ++i) item(deeper, depth + 1);
            return;
        }
        line(comment());
        mapping(indent + 2, depth);
    }

    void item(int indent, int depth) {
        if (below(8) == 0) line(pad(indent) + "# item");
        out_ += pad(indent) + "-";
        const auto choice = below(depth > 5 ? 2 : 5);
        if (choice < 2) return line(scalar() + comment());
        if (choice == 2) return line(" " + flow(0) + comment());
        if (choice == 3) {
            out_ += " ";
            return mapping(indent + 2, depth, true);
        }
        out_ += " ";  // A list in a list, on one line.
        out_ += "- " + std::string("inner") + lineBreak_;
        line(pad(indent + 2) + "- second" + comment());
    }

    std::string scalar() {
        const auto text = word();
        switch (below(5)) {
            case 0:
                return " " + writeScalar(text, Type::String);
            case 1:
                return " \"plain double\"";
            case 2:
                return " 'single ''quoted'''";
            case 3:
                return below(3) == 0 ? "" : " " + std::to_string(below(1000));
            default:
                return below(2) == 0 ? " true" : " plain words here";
        }
    }

    void block(int indent) {
        static const char* kHeaders[] = {" |", " |-", " >", " >-", " |+"};
        line(kHeaders[below(5)] + comment());
        const auto lines = 1 + below(3);
        for (std::uint64_t i = 0; i < lines; ++i) {
            if (i > 0 && below(5) == 0) line("");
            line(pad(indent + 2) + "line " + std::to_string(i) + (below(5) == 0 ? " # no comment" : ""));
        }
        if (below(6) == 0) line("");
    }

    std::string flow(int depth) {
        if (below(2) == 0) {
            std::string out = "{";
            const auto entries = below(3);
            for (std::uint64_t i = 0; i < entries; ++i)
                out += (i > 0 ? ", " : "") + key() + ": " +
                       (depth < 2 && below(4) == 0 ? flow(depth + 1) : "v" + std::to_string(i));
            return out + "}";
        }
        std::string out = "[";
        const auto items = below(3);
        for (std::uint64_t i = 0; i < items; ++i)
            out += (i > 0 ? ", " : "") + (depth < 2 && below(4) == 0 ? flow(depth + 1) : std::string("\"w\""));
        return out + "]";
    }

    Random& random_;
    std::string lineBreak_;
    bool dashesIndented_;
    std::string out_;
    int count_ = 0;
};

void collect(const Node& node, const Path& path, std::vector<Path>& scalars, std::vector<Path>& all) {
    if (!path.empty()) {
        all.push_back(path);
        if (node.kind == NodeKind::Scalar) scalars.push_back(path);
    }
    for (const auto& entry : node.entries) collect(entry.value, path.key(entry.key.value), scalars, all);
    for (std::size_t i = 0; i < node.items.size(); ++i) collect(node.items[i], path.index(i), scalars, all);
}

std::size_t commonPrefix(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    return i;
}
std::size_t commonSuffix(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[a.size() - 1 - i] == b[b.size() - 1 - i]) ++i;
    return i;
}

struct Case {
    std::string text;
    std::vector<Document> documents;
    std::size_t index = 0;
    std::vector<Path> scalars, all;
};

class YamlProperty : public testing::Test {
  protected:
    static constexpr int kRounds = 1500;
    std::uint64_t seed_ = seedOfRun();
    Random random_{seed_};

    void SetUp() override { std::cout << "seed " << seed_ << " (GATEHOUSE_TEST_SEED)\n"; }
    std::uint64_t below(std::uint64_t bound) {
        return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
    }

    bool next(Case& out) {
        Writer writer(random_);
        out.text = writer.stream();
        auto documents = parse(out.text);
        EXPECT_TRUE(documents) << documents.error().message << " on line " << documents.error().where.line << " of\n"
                               << out.text;
        if (!documents || documents->empty()) return false;
        out.documents = std::move(*documents);
        out.index = below(out.documents.size());
        out.scalars.clear();
        out.all.clear();
        collect(out.documents[out.index].root, Path(), out.scalars, out.all);
        return !out.scalars.empty();
    }
};

TEST_F(YamlProperty, SettingAScalarChangesOnlyItsBytes) {
    int refused = 0;
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        const auto& path = c.scalars[below(c.scalars.size())];
        const auto& node = *c.documents[c.index].root.at(path);
        auto value = Writer(random_).word();
        if (below(6) == 0) value = "two\nlines" + std::string(below(2) ? "\n" : "");
        SCOPED_TRACE("round " + std::to_string(round) + ", " + path.toString() + " in\n" + c.text);
        const auto edited = setScalar(c.text, c.index, path, value, Type::String);
        if (!edited) {
            ++refused;
            EXPECT_EQ(edited.error().code, "yaml-unsafe") << edited.error().message;
            continue;
        }
        const auto again = parse(*edited);
        ASSERT_TRUE(again) << *edited;
        ASSERT_EQ(again->size(), c.documents.size());
        const auto* changed = (*again)[c.index].root.at(path);
        ASSERT_NE(changed, nullptr);
        EXPECT_EQ(changed->value, value) << *edited;
        EXPECT_EQ(changed->type(), Type::String);
        // Everything outside the old value's span is what it was (a missing value may gain a blank before it).
        const auto before = commonPrefix(c.text, *edited);
        const auto after = commonSuffix(c.text, *edited);
        if (*edited != c.text) {
            const auto lineAfter = c.text.find_first_of("\r\n", node.end.offset);
            EXPECT_GE(before, node.begin.offset) << *edited;
            EXPECT_GE(after + std::min(lineAfter, c.text.size()), c.text.size()) << *edited;
        }
        // Back to the old value: the same tree, and where the old spelling was the usual one, the same bytes.
        if (node.type() == Type::String) {
            const auto back = setScalar(*edited, c.index, path, node.value, Type::String);
            if (back) {
                const auto restored = parse(*back);
                ASSERT_TRUE(restored);
                EXPECT_TRUE(sameTree((*restored)[c.index].root, c.documents[c.index].root)) << *back;
                const bool usual =
                    node.style == ScalarStyle::DoubleQuoted && node.value.find('\\') == std::string::npos;
                if (usual) {
                    EXPECT_EQ(*back, c.text);
                }
            }
        }
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_LT(refused, kRounds / 50);
}

TEST_F(YamlProperty, RemovingKeepsTheRest) {
    int refused = 0;
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        const auto& path = c.all[below(c.all.size())];
        SCOPED_TRACE("round " + std::to_string(round) + ", " + path.toString() + " in\n" + c.text);
        const auto edited = remove(c.text, c.index, path);
        if (!edited) {
            ++refused;
            EXPECT_EQ(edited.error().code, "yaml-unsafe") << edited.error().message;
            continue;
        }
        const auto again = parse(*edited);
        ASSERT_TRUE(again) << *edited;
        ASSERT_EQ(again->size(), c.documents.size());
        EXPECT_LT(edited->size(), c.text.size() + 4);
        // Comments of other lines stay: only a removed subtree may take its own along.
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_LT(refused, kRounds / 50);
}

TEST_F(YamlProperty, AddingAndRemovingAKeyGivesTheOriginalBytes) {
    int refused = 0;
    int exact = 0;
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        std::vector<Path> mappings{Path()};
        for (const auto& path : c.all)
            if (const auto* node = c.documents[c.index].root.at(path);
                node->kind == NodeKind::Mapping && !node->entries.empty())
                mappings.push_back(path);
        const auto& where = mappings[below(mappings.size())];
        SCOPED_TRACE("round " + std::to_string(round) + ", " + where.toString() + " in\n" + c.text);
        const auto edited = below(2) == 0
                                ? setScalar(c.text, c.index, where.key("added"), "on", Type::String)
                                : setFragment(c.text, c.index, where.key("added"), "# why\nx: 1\nlist:\n- a\n- b: c\n");
        if (!edited) {
            ++refused;
            continue;
        }
        const auto back = remove(*edited, c.index, where.key("added"));
        ASSERT_TRUE(back) << back.error().message << "\n" << *edited;
        if (*back == c.text) ++exact;
        const auto restored = parse(*back);
        ASSERT_TRUE(restored);
        EXPECT_TRUE(sameTree((*restored)[c.index].root, c.documents[c.index].root)) << *edited << "\n=====\n" << *back;
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_LT(refused, kRounds / 20);
    EXPECT_GT(exact, kRounds * 8 / 10);
}

TEST_F(YamlProperty, MovingAnItemThereAndBackGivesTheOriginalBytes) {
    int moved = 0;
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        for (const auto& path : c.all) {
            const auto* node = c.documents[c.index].root.at(path);
            if (node->kind != NodeKind::Sequence || node->items.size() < 2) continue;
            const auto from = below(node->items.size());
            const auto to = below(node->items.size());
            SCOPED_TRACE("round " + std::to_string(round) + ", " + path.toString() + " " + std::to_string(from) + "->" +
                         std::to_string(to) + " in\n" + c.text);
            const auto edited = moveItem(c.text, c.index, path, from, to);
            if (!edited) {
                EXPECT_EQ(edited.error().code, "yaml-unsafe") << edited.error().message;
                continue;
            }
            ++moved;
            const auto back = moveItem(*edited, c.index, path, to, from);
            ASSERT_TRUE(back) << back.error().message << "\n" << *edited;
            const auto restored = parse(*back);
            ASSERT_TRUE(restored);
            EXPECT_TRUE(sameTree((*restored)[c.index].root, c.documents[c.index].root));
            EXPECT_EQ(back->size(), c.text.size());
            if (testing::Test::HasFailure()) return;
        }
    }
    EXPECT_GT(moved, 50);
}

TEST_F(YamlProperty, AnyBytesAreReadOrRefusedAndEditsNeverCrash) {
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        auto text = c.text;
        const auto mutations = 1 + below(6);
        for (std::uint64_t i = 0; i < mutations && !text.empty(); ++i) {
            const auto at = below(text.size());
            switch (below(4)) {
                case 0:
                    text[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    text.erase(at, 1 + below(4));
                    break;
                case 2:
                    text.insert(at, 1, "{}[]&*!|>'\"%@`:-#, \n\t"[below(22)]);
                    break;
                default:
                    text.insert(at, text.substr(below(text.size()), below(20)));
                    break;
            }
        }
        const auto& path = c.all[below(c.all.size())];
        const bool whole = parse(text).has_value();
        for (const auto& edited :
             {setScalar(text, c.index, path, "v", Type::String), setFragment(text, c.index, path.key("n"), "a: [1]"),
              remove(text, c.index, path), moveItem(text, c.index, path, 0, 1), removeDocument(text, c.index)}) {
            // A broken neighbour document stays as broken as it was.
            if (edited && whole) {
                EXPECT_TRUE(parse(*edited)) << text << "\n=====\n" << *edited;
            }
        }
        appendDocument(text, "a: b");
        if (const auto documents = parse(text))
            for (const auto& document : *documents) {
                if (const auto expanded = expandAliases(document.root)) {
                    EXPECT_FALSE(hasAliases(*expanded));
                }
                writeNode(document.root);
            }
        if (testing::Test::HasFailure()) return;
    }
}

TEST_F(YamlProperty, WhatIsWrittenReadsBack) {
    for (int round = 0; round < kRounds; ++round) {
        Case c;
        if (!next(c)) continue;
        for (const auto& document : c.documents) {
            const auto text = writeNode(document.root);
            const auto again = parse(text);
            ASSERT_TRUE(again) << again.error().message << "\n" << text << "\nof\n" << c.text;
            ASSERT_EQ(again->size(), 1u);
            EXPECT_TRUE(sameTree((*again)[0].root, document.root)) << text << "\nof\n" << c.text;
            EXPECT_EQ(writeNode((*again)[0].root), text);
            if (testing::Test::HasFailure()) return;
        }
    }
}

}  // namespace
}  // namespace gatehouse::text::yaml
