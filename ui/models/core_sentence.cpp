#include "models/core_sentence.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace gatehouse::ui {
namespace {

constexpr std::size_t kCached = 8192;   // Texts that are kept with what they are in this language.
constexpr int kDepth = 6;               // Sentences in sentences in sentences.
constexpr int kSplits = 48;             // Ways to divide one text among the holes of one pattern.
constexpr std::size_t kJoints = 48;     // Places at which one text is taken apart.
constexpr std::array<std::string_view, 5> kJoins = {". ", "; ", ": ", ", ", " · "};

/// What a text was found to be: said anew, how many of its characters are core's own words (0: nothing of it is known), and how many blanks
/// stand in what is left: names have none, so that a hole with many of them has swallowed a sentence.
struct Reading {
    QString text;
    int known = 0;
    int strange = 0;

    int worth() const { return known - 4 * strange; }
    bool betterThan(const Reading& other) const { return known > 0 && (other.known == 0 || worth() > other.worth()); }
};

int blanksIn(std::string_view text) { return static_cast<int>(std::count(text.begin(), text.end(), ' ')); }

struct Hole {
    bool verbatim = false;  ///< In quotes, or a name: nothing in it is ours.
    bool decimal = false;
    bool words = false;  ///< A single word in it is ours, not a name.
};

struct Pattern {
    std::vector<std::string> literals;  ///< One more than holes.
    std::vector<Hole> holes;
    int known = 0;
    struct Piece {
        QString literal;
        int hole = -1;
    };
    std::vector<Piece> said;
};

bool endsWith(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }

Pattern parse(std::string_view english, const QString& said) {
    Pattern out;
    std::string literal;
    for (std::size_t i = 0; i < english.size(); ++i) {
        const auto close = english[i] == '{' ? english.find('}', i) : std::string_view::npos;
        if (close == std::string_view::npos) {
            literal += english[i];
            continue;
        }
        const auto spec = english.substr(i + 1, close - i - 1);
        Hole hole;
        hole.decimal = endsWith(spec, "f") || endsWith(spec, "g");
        const char before = literal.empty() ? ' ' : literal.back();
        hole.verbatim = before == '\'' || before == '"' || endsWith(literal, "named ");
        out.holes.push_back(hole);
        out.known += static_cast<int>(literal.size());
        out.literals.push_back(std::move(literal));
        literal.clear();
        i = close;
    }
    out.known += static_cast<int>(literal.size());
    out.literals.push_back(std::move(literal));
    int next = 0;
    qsizetype from = 0;
    while (from < said.size()) {
        const auto open = said.indexOf(QLatin1Char('{'), from);
        const auto close = open < 0 ? -1 : said.indexOf(QLatin1Char('}'), open);
        if (close < 0) break;
        if (open > from) out.said.push_back({said.mid(from, open - from), -1});
        bool numbered = false;
        auto name = said.mid(open + 1, close - open - 1);
        const bool words = name.endsWith(QLatin1Char('w'));
        if (words) name.chop(1);
        const int number = name.toInt(&numbered);
        const int hole = numbered ? number - 1 : next++;
        if (hole >= 0 && hole < static_cast<int>(out.holes.size())) {
            out.said.push_back({{}, hole});
            out.holes[static_cast<std::size_t>(hole)].words = words;
        }
        from = close + 1;
    }
    if (from < said.size()) out.said.push_back({said.mid(from), -1});
    return out;
}

QString toText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

}  // namespace

struct SentenceBook::Impl {
    std::unordered_map<std::string, QString> whole;           // Patterns without a hole.
    std::vector<Pattern> patterns;                            // Those with holes.
    std::array<std::vector<std::size_t>, 256> byFirst;        // By the first byte of their first literal.
    std::vector<std::size_t> open;                            // Those that begin with a hole.
    mutable std::mutex mutex;
    mutable std::unordered_map<std::string, Reading> readings;  // Whole texts; behind a 1 where words are ours, behind a 0 where not.
    mutable std::unordered_map<std::string, Reading> pieces;    // One pattern each; the same.

    using Args = std::vector<std::string_view>;

    /// Each way to divide the rest of the text, from `at`, among the holes from `hole` on.
    void divide(const Pattern& pattern, std::string_view text, std::size_t hole, std::size_t at, Args& args, int& budget,
                const std::function<void(const Args&)>& found) const {
        if (budget <= 0) return;
        const auto& next = pattern.literals[hole + 1];
        const auto take = [&](std::size_t end) {
            args.push_back(text.substr(at, end - at));
            if (hole + 1 == pattern.holes.size()) {
                --budget;
                found(args);
            } else {
                divide(pattern, text, hole + 1, end + next.size(), args, budget, found);
            }
            args.pop_back();
        };
        if (hole + 1 == pattern.holes.size()) {
            if (text.size() >= at + next.size() && endsWith(text, next)) take(text.size() - next.size());
            return;
        }
        if (!next.empty()) {
            for (auto end = text.find(next, at); end != std::string_view::npos && budget > 0; end = text.find(next, end + 1)) take(end);
            return;
        }
        // Two holes side by side: the second one begins where a word does.
        for (auto end = text.size(); end > at && budget > 0; --end)
            if (end == text.size() || text[end] == ' ' || text[end] == ',' || text[end] == ';') take(end);
        if (budget > 0) take(at);
    }

    Reading fill(const Pattern& pattern, const Args& args, int depth) const {
        Reading out;
        out.known = pattern.known;
        std::vector<QString> texts;
        for (std::size_t i = 0; i < args.size(); ++i) {
            auto text = toText(args[i]);
            const auto& hole = pattern.holes[i];
            if (hole.decimal) text.replace(QLatin1Char('.'), QLocale().decimalPoint());
            else if (!hole.verbatim) {
                auto reading = read(args[i], depth + 1, hole.words);
                out.known += reading.known;
                out.strange += reading.known > 0 ? reading.strange : blanksIn(args[i]);
                if (reading.known > 0) text = std::move(reading.text);
            } else out.strange += blanksIn(args[i]);
            texts.push_back(std::move(text));
        }
        for (const auto& piece : pattern.said) out.text += piece.hole < 0 ? piece.literal : texts[static_cast<std::size_t>(piece.hole)];
        return out;
    }

    /// The best single pattern that the text is.
    Reading piece(std::string_view text, int depth, bool words) const {
        if (words || text.find(' ') != std::string_view::npos || text.back() == '.')
            if (const auto it = whole.find(std::string(text)); it != whole.end()) return {it->second, static_cast<int>(text.size())};
        if (text.size() < 3 || depth > kDepth) return {};
        const auto key = std::string(words ? "1" : "0") + std::string(text);
        if (const auto it = pieces.find(key); it != pieces.end()) return it->second;
        Reading best;
        const auto attempt = [&](std::size_t index) {
            const auto& pattern = patterns[index];
            const auto& first = pattern.literals.front();
            if (static_cast<std::size_t>(pattern.known) > text.size() || text.substr(0, first.size()) != first || !endsWith(text, pattern.literals.back())) return;
            Args args;
            int budget = kSplits;
            divide(pattern, text, 0, first.size(), args, budget, [&](const Args& found) {
                auto reading = fill(pattern, found, depth);
                if (reading.betterThan(best)) best = std::move(reading);
            });
        };
        for (const auto index : byFirst[static_cast<unsigned char>(text.front())]) attempt(index);
        for (const auto index : open) attempt(index);
        if (auto inner = inSentence(text, depth, words); inner.betterThan(best)) best = std::move(inner);
        if (pieces.size() > kCached) pieces.clear();
        pieces.emplace(key, best);
        return best;
    }

    /// A fragment that was made a sentence: with a full stop, or with a capital.
    Reading inSentence(std::string_view text, int depth, bool words) const {
        if (text.back() == '.' && text.size() > 1) {
            auto inner = piece(text.substr(0, text.size() - 1), depth + 1, words);
            if (inner.known > 0) inner.text += QLatin1Char('.');
            return inner;
        }
        if (text.front() < 'A' || text.front() > 'Z') return {};
        std::string lower(text);
        lower.front() = static_cast<char>(lower.front() | 0x20);
        auto inner = piece(lower, depth + 1, words);
        if (inner.known > 0) inner.text[0] = inner.text[0].toUpper();
        return inner;
    }

    /// The text as a join of patterns with what none knows in between.
    Reading join(std::string_view text, int depth, bool words) const {
        struct Joint {
            std::size_t end, next;  ///< Where the part before it ends, and the one behind it begins.
        };
        std::vector<Joint> joints{{0, 0}};
        for (std::size_t i = 0; i < text.size(); ++i)
            for (const auto separator : kJoins) {
                if (text.substr(i, separator.size()) != separator) continue;
                // A full stop belongs to its sentence.
                joints.push_back({separator == ". " ? i + 1 : i, i + separator.size()});
                break;
            }
        if (joints.size() == 1 || joints.size() > kJoints) return {};
        joints.push_back({text.size(), text.size()});
        struct Step {
            Reading sum;
            std::size_t from = 0;
            bool lastKnown = false;
            bool reached = false;
            QString text;
        };
        std::vector<Step> best(joints.size());
        best.front().reached = true;
        for (std::size_t to = 1; to < joints.size(); ++to)
            for (std::size_t from = 0; from < to; ++from) {
                const auto part = text.substr(joints[from].next, joints[to].end - joints[from].next);
                if (!best[from].reached || (from == 0 && to + 1 == joints.size())) continue;  // The second: the whole text.
                auto reading = part.empty() ? Reading{} : piece(part, depth + 1, words);
                const bool known = reading.known > 0;
                if (!known) reading = {toText(part), 0, blanksIn(part)};
                // What joins two known parts is known too: a hole that swallows a joint is the worse reading.
                const bool joined = from > 0 && known && best[from].lastKnown;
                const Reading sum{{}, best[from].sum.known + reading.known + (joined ? static_cast<int>(joints[from].next - joints[from].end) : 0),
                                  best[from].sum.strange + reading.strange};
                if (!best[to].reached || sum.worth() > best[to].sum.worth()) best[to] = {sum, from, known, true, std::move(reading.text)};
            }
        if (!best.back().reached || best.back().sum.known <= 0) return {};
        Reading out = best.back().sum;
        for (auto at = joints.size() - 1; at > 0; at = best[at].from) {
            const auto& before = joints[best[at].from];
            out.text.prepend(toText(text.substr(before.end, before.next - before.end)) + best[at].text);
        }
        return out;
    }

    Reading read(std::string_view text, int depth, bool words) const {
        if (text.empty() || depth > kDepth) return {};
        const auto begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return {};
        const auto end = text.find_last_not_of(' ') + 1;
        if (begin > 0 || end < text.size()) {
            auto inner = read(text.substr(begin, end - begin), depth, words);
            if (inner.known > 0) inner.text = toText(text.substr(0, begin)) + inner.text + toText(text.substr(end));
            return inner;
        }
        const auto key = std::string(words ? "1" : "0") + std::string(text);
        if (const auto it = readings.find(key); it != readings.end()) return it->second;
        auto best = piece(text, depth, words);
        if (auto joined = join(text, depth, words); joined.betterThan(best)) best = std::move(joined);
        if (readings.size() > kCached) readings.clear();
        readings.emplace(key, best);
        return best;
    }
};

SentenceBook::SentenceBook(const std::vector<const char*>& patterns, const Translate& translate) : impl_(std::make_unique<Impl>()) {
    for (const char* english : patterns) {
        auto pattern = parse(english, translate(english));
        if (pattern.holes.empty()) {
            impl_->whole.emplace(english, pattern.said.empty() ? QString() : pattern.said.front().literal);
            continue;
        }
        const auto index = impl_->patterns.size();
        if (const auto& first = pattern.literals.front(); !first.empty()) impl_->byFirst[static_cast<unsigned char>(first.front())].push_back(index);
        else impl_->open.push_back(index);
        impl_->patterns.push_back(std::move(pattern));
    }
}

SentenceBook::~SentenceBook() = default;

QString SentenceBook::say(std::string_view english) const {
    const std::lock_guard lock(impl_->mutex);
    const auto reading = impl_->read(english, 0, true);
    return reading.known > 0 ? reading.text : toText(english);
}

bool SentenceBook::knows(std::string_view english) const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->read(english, 0, true).known > 0;
}

QString coreSentence(std::string_view english) {
    // One of the patterns, to see when the language has changed.
    static const char* const kProbe = "All references resolve.";
    static std::mutex mutex;
    static std::unique_ptr<SentenceBook> book;
    static QString probe;
    if (english.empty()) return {};
    const auto said = [](const char* pattern) { return QCoreApplication::translate("CoreSentence", pattern); };
    const auto now = said(kProbe);
    if (now == QLatin1String(kProbe)) return toText(english);
    const std::lock_guard lock(mutex);
    if (!book || probe != now) {
        book = std::make_unique<SentenceBook>(corePatterns(), said);
        probe = now;
    }
    return book->say(english);
}

}  // namespace gatehouse::ui
