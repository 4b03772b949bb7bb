// The prefixes P(R) of what R matches, by the shape of R:
//   P(c) = c?   P(RS) = P(R) | R P(S)   P(R|S) = P(R) | P(S)   P(R*) = R* P(R)   P(R{n,m}) = R{0,m-1} P(R)   P(assertion) = empty
#include "llm/pattern_prefix.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace gatehouse::llm {
namespace {

constexpr std::size_t kUnbounded = PatternPrefix::kUnbounded;
constexpr int kMaxDepth = 50;
/// Beyond it the prefixes' automaton would cost more than holding back by length does.
constexpr std::size_t kMaxPattern = 64 * 1024;

struct Piece {
    std::string full;
    std::string prefix;      ///< Empty: only the empty one.
    std::size_t longest = 0;
};

std::size_t plus(std::size_t a, std::size_t b) { return a == kUnbounded || b == kUnbounded ? kUnbounded : a + b; }
std::size_t times(std::size_t a, std::size_t n) {
    if (a == 0) return 0;
    return a == kUnbounded || n == kUnbounded ? kUnbounded : a * n;
}

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::optional<PatternPrefix> run() {
        std::string flags;
        // Flags of the whole pattern stand first.
        while (rest().starts_with("(?")) {
            std::size_t at = at_ + 2;
            while (at < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[at])) != 0 || text_[at] == '-')) ++at;
            if (at >= text_.size() || text_[at] != ')' || at == at_ + 2) break;
            flags += text_.substr(at_, at + 1 - at_);
            at_ = at + 1;
        }
        Piece all = alternation(0);
        if (failed_ || at_ != text_.size() || all.prefix.size() > kMaxPattern) return std::nullopt;
        return PatternPrefix{flags + "(?:" + all.prefix + ")", all.longest};
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    bool more() const { return !failed_ && at_ < text_.size(); }
    Piece fail() {
        failed_ = true;
        return {};
    }

    Piece alternation(int depth) {
        if (depth > kMaxDepth) return fail();
        Piece all = sequence(depth);
        while (more() && text_[at_] == '|') {
            ++at_;
            const Piece other = sequence(depth);
            all.full += "|" + other.full;
            all.prefix += "|" + other.prefix;
            all.longest = std::max(all.longest, other.longest);
        }
        return all;
    }

    Piece sequence(int depth) {
        std::vector<Piece> pieces;
        while (more() && text_[at_] != '|' && text_[at_] != ')') pieces.push_back(repeated(depth));
        Piece all;
        for (const Piece& piece : pieces) {
            all.full += piece.full;
            all.longest = plus(all.longest, piece.longest);
        }
        // From the end: P(R S) = P(R) | R P(S). S is tried first, though only the leftmost begin counts.
        for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
            if (all.prefix.size() > kMaxPattern) return fail();
            all.prefix = fmt::format("(?:{}{}|{})", piece->full, all.prefix, piece->prefix);
        }
        return all;
    }

    Piece repeated(int depth) {
        Piece one = atom(depth);
        while (more()) {
            std::size_t least = 0, most = 0;
            const std::size_t from = at_;
            if (text_[at_] == '*') most = kUnbounded;
            else if (text_[at_] == '+') least = 1, most = kUnbounded;
            else if (text_[at_] == '?') most = 1;
            else if (text_[at_] != '{' || !counts(least, most)) break;
            if (text_[from] != '{') ++at_;
            if (more() && text_[at_] == '?') ++at_;
            const std::string quantifier(text_.substr(from, at_ - from));
            Piece many;
            many.full = fmt::format("(?:{}){}", one.full, quantifier);
            if (most == kUnbounded) many.prefix = fmt::format("(?:(?:{})*{})", one.full, one.prefix);
            else if (most > 1) many.prefix = fmt::format("(?:(?:{}){{0,{}}}{})", one.full, most - 1, one.prefix);
            else if (most == 1) many.prefix = one.prefix;
            many.longest = times(one.longest, most);
            one = std::move(many);
        }
        return one;
    }

    /// "{2}", "{2,}", "{2,5}"; anything else is a brace like any character.
    bool counts(std::size_t& least, std::size_t& most) {
        std::size_t at = at_ + 1;
        const auto number = [&](std::size_t& out) {
            const std::size_t from = at;
            for (out = 0; at < text_.size() && text_[at] >= '0' && text_[at] <= '9' && at - from < 5; ++at)
                out = out * 10 + static_cast<std::size_t>(text_[at] - '0');
            return at > from;
        };
        if (!number(least)) return false;
        most = least;
        if (at < text_.size() && text_[at] == ',') {
            ++at;
            if (!number(most)) most = kUnbounded;
        }
        if (at >= text_.size() || text_[at] != '}') return false;
        at_ = at + 1;
        return true;
    }

    Piece unit(std::size_t size, std::size_t longest) {
        Piece piece;
        piece.full = text_.substr(at_, size);
        piece.prefix = fmt::format("(?:{})?", piece.full);
        piece.longest = longest;
        at_ += piece.full.size();
        return piece;
    }
    Piece assertion(std::size_t size) {
        Piece piece;
        piece.full = text_.substr(at_, size);
        at_ += piece.full.size();
        return piece;
    }

    Piece atom(int depth) {
        const char c = text_[at_];
        if (c == '(') return group(depth);
        if (c == '[') return classOf();
        if (c == '\\') return escape();
        if (c == '^' || c == '$') return assertion(1);
        if (c == '*' || c == '+' || c == '?') return fail();
        if (c == '.') return unit(1, 4);
        std::size_t size = 1;
        while (at_ + size < text_.size() && (static_cast<unsigned char>(text_[at_ + size]) & 0xC0U) == 0x80U &&
               (static_cast<unsigned char>(c) & 0x80U) != 0)
            ++size;
        // A brace that is no count must not become one by what is put behind it.
        if (c == '{' || c == '}') {
            Piece piece{c == '{' ? "\\{" : "\\}", c == '{' ? "\\{?" : "\\}?", 1};
            ++at_;
            return piece;
        }
        return unit(size, std::max<std::size_t>(size, std::isalpha(static_cast<unsigned char>(c)) != 0 ? 3 : 1));
    }

    Piece group(int depth) {
        std::string open = "(?:";
        std::size_t at = at_ + 1;
        if (text_.substr(at).starts_with("?P<") || text_.substr(at).starts_with("?<")) {
            at = text_.find('>', at);
            if (at == std::string_view::npos) return fail();
            ++at;
        } else if (at < text_.size() && text_[at] == '?') {
            const std::size_t colon = text_.find_first_of(":)", at);
            if (colon == std::string_view::npos || text_[colon] == ')') return fail();
            open = text_.substr(at_, colon + 1 - at_);
            at = colon + 1;
        }
        at_ = at;
        Piece inner = alternation(depth + 1);
        if (!more() || text_[at_] != ')') return fail();
        ++at_;
        inner.full = open + inner.full + ")";
        inner.prefix = open + inner.prefix + ")";
        return inner;
    }

    Piece classOf() {
        std::size_t at = at_ + 1;
        if (at < text_.size() && text_[at] == '^') ++at;
        if (at < text_.size() && text_[at] == ']') ++at;
        while (at < text_.size() && text_[at] != ']') {
            if (text_[at] == '\\') {
                at += 2;
            } else if (text_.substr(at).starts_with("[:")) {
                const std::size_t end = text_.find(":]", at + 2);
                at = end == std::string_view::npos ? at + 1 : end + 2;
            } else {
                ++at;
            }
        }
        if (at >= text_.size()) return fail();
        return unit(at + 1 - at_, 4);
    }

    Piece escape() {
        if (at_ + 1 >= text_.size()) return fail();
        const char kind = text_[at_ + 1];
        if (std::string_view("bBAz").find(kind) != std::string_view::npos) return assertion(2);
        if (kind == 'Q') return fail();
        std::size_t size = 2;
        if (kind == 'x' || kind == 'p' || kind == 'P') {
            if (at_ + 2 < text_.size() && text_[at_ + 2] == '{') {
                const std::size_t close = text_.find('}', at_);
                if (close == std::string_view::npos) return fail();
                size = close + 1 - at_;
            } else {
                size = kind == 'x' ? 4 : 3;
            }
        } else if (kind >= '0' && kind <= '7') {
            while (size < 4 && at_ + size < text_.size() && text_[at_ + size] >= '0' && text_[at_ + size] <= '7') ++size;
        }
        return unit(size, std::string_view("dws").find(kind) != std::string_view::npos ? 1 : 4);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace

std::optional<PatternPrefix> prefixOf(std::string_view pattern) { return Parser(pattern).run(); }

}  // namespace gatehouse::llm
