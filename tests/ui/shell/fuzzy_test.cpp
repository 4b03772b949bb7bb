// Fuzzy matching and line differences, as pure functions.
#include "shell/fuzzy.h"
#include "models/line_diff.h"

#include <gtest/gtest.h>

#include <random>

using namespace gatehouse::ui;

namespace {
int scoreOf(const char* query, const char* text) {
    const auto match = fuzzyMatch(QString::fromLatin1(query), QString::fromLatin1(text));
    return match ? match->score : -1'000'000;
}
}  // namespace

TEST(Fuzzy, NeedsEveryLetterInOrder) {
    EXPECT_TRUE(fuzzyMatch(QStringLiteral("opf"), QStringLiteral("Open a folder")));
    EXPECT_FALSE(fuzzyMatch(QStringLiteral("fpo"), QStringLiteral("Open a folder")));
    EXPECT_FALSE(fuzzyMatch(QStringLiteral("openx"), QStringLiteral("Open")));
    EXPECT_TRUE(fuzzyMatch(QString(), QStringLiteral("anything")));
}

TEST(Fuzzy, IgnoresCaseAndBlanks) {
    EXPECT_TRUE(fuzzyMatch(QStringLiteral("OPEN fold"), QStringLiteral("open a folder")));
}

TEST(Fuzzy, PrefersStartsOfWordsAndRunsAndShortTexts) {
    EXPECT_GT(scoreOf("rou", "Routes"), scoreOf("rou", "Larger outline"));
    EXPECT_GT(scoreOf("of", "Open folder"), scoreOf("of", "Roof"));
    EXPECT_GT(scoreOf("export", "Export"), scoreOf("export", "Export everything"));
    EXPECT_GT(scoreOf("sp", "StatusPane"), scoreOf("sp", "Stop"));
}

TEST(Fuzzy, PositionsPointAtTheMatchedLetters) {
    const QString text = QStringLiteral("Show problems");
    const auto match = fuzzyMatch(QStringLiteral("spr"), text);
    ASSERT_TRUE(match);
    QString letters;
    for (const int position : match->positions) letters += text[position];
    EXPECT_EQ(letters.toLower(), QStringLiteral("spr"));
}

TEST(LineDiff, SaysWhatChangedWithContext) {
    const auto lines = lineDiff(QStringLiteral("a\nb\nc\nd\ne\nf\ng\nh\ni"), QStringLiteral("a\nb\nc\nd\nX\nf\ng\nh\ni"), 1);
    QString shape;
    for (const auto& line : lines) shape += QStringLiteral("=-+~")[int(line.kind)];
    EXPECT_EQ(shape, QStringLiteral("~=-+=~"));
}

TEST(LineDiff, EqualTextsHaveNoLines) { EXPECT_TRUE(lineDiff(QStringLiteral("a\nb"), QStringLiteral("a\nb")).empty()); }

TEST(LineDiff, BothTextsCanBeReadBackFromIt) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        const auto make = [&] {
            QStringList lines;
            for (int n = int(random() % 12); n > 0; --n) lines << QString(QChar(ushort('a' + random() % 4)));
            return lines.join(QLatin1Char('\n'));
        };
        const QString before = make(), after = make();
        QStringList left, right;
        for (const auto& line : lineDiff(before, after, 1000)) {
            ASSERT_NE(line.kind, DiffLine::Kind::Skipped);
            if (line.kind != DiffLine::Kind::Added) left << line.text;
            if (line.kind != DiffLine::Kind::Removed) right << line.text;
        }
        if (before == after) continue;
        EXPECT_EQ(left.join(QLatin1Char('\n')), before);
        EXPECT_EQ(right.join(QLatin1Char('\n')), after);
    }
}
