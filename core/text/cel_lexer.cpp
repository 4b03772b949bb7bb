#include "text/cel_lexer.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace gatehouse::text::cel {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool isWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isWord(char c) { return isWordStart(c) || isDigit(c); }

void appendUtf8(std::uint32_t point, std::string& out) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0U | point >> 6);
        out += static_cast<char>(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0U | point >> 12);
        out += static_cast<char>(0x80U | (point >> 6 & 0x3FU));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | point >> 18);
        out += static_cast<char>(0x80U | (point >> 12 & 0x3FU));
        out += static_cast<char>(0x80U | (point >> 6 & 0x3FU));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    }
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> run() {
        std::vector<Token> out;
        while (true) {
            skipBlank();
            Token token;
            token.at = static_cast<std::uint32_t>(pos_);
            if (pos_ < text_.size())
                if (auto read = next(token); !read) return tl::unexpected(read.error());
            out.push_back(std::move(token));
            if (out.back().kind == Token::Kind::End) return out;
        }
    }

  private:
    char peek(std::size_t ahead = 0) const { return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0'; }
    tl::unexpected<Error> error(std::string_view sentence, std::size_t at) const {
        return tl::unexpected(errorAt(text_, at, Error{"cel-syntax", std::string(sentence)}));
    }

    void skipBlank() {
        while (pos_ < text_.size()) {
            const char c = text_[pos_];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') ++pos_;
            else if (c == '/' && peek(1) == '/') pos_ = std::min(text_.find('\n', pos_), text_.size());
            else return;
        }
    }

    Result<void> next(Token& token) {
        const char c = peek();
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) return number(token);
        if (c == '`') return quoted(token);
        if (const auto prefix = stringPrefix(); prefix >= 0) return string(token, static_cast<std::size_t>(prefix));
        if (isWordStart(c)) {
            const std::size_t begin = pos_;
            while (isWord(peek())) ++pos_;
            token.kind = Token::Kind::Identifier;
            token.text = text_.substr(begin, pos_ - begin);
            if (token.text == "true" || token.text == "false") literal(token, Value::boolean(token.text == "true"));
            else if (token.text == "null") literal(token, Value());
            return {};
        }
        return sign(token);
    }

    static void literal(Token& token, Value value) {
        token.kind = Token::Kind::Literal;
        token.literal = std::move(value);
    }

    Result<void> sign(Token& token) {
        static constexpr std::string_view kSigns[] = {"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/",
                                                      "%",  "!",  "?",  ":",  "(",  ")",  "[", "]", "{", "}", ",", "."};
        for (const auto known : kSigns) {
            if (text_.substr(pos_, known.size()) != known) continue;
            token.kind = Token::Kind::Sign;
            token.text = known;
            pos_ += known.size();
            return {};
        }
        return error("This character has no meaning here.", pos_);
    }

    Result<void> quoted(Token& token) {
        const auto end = text_.find_first_of("`\n", pos_ + 1);
        if (end == std::string_view::npos || text_[end] != '`' || end == pos_ + 1) return error("A ` is open.", pos_);
        token.kind = Token::Kind::Quoted;
        token.text = text_.substr(pos_ + 1, end - pos_ - 1);
        pos_ = end + 1;
        return {};
    }

    Result<void> number(Token& token) {
        const std::size_t begin = pos_;
        int base = 10;
        bool real = false;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && isHex(peek(2))) {
            base = 16;
            pos_ += 2;
            while (isHex(peek())) ++pos_;
        } else {
            while (isDigit(peek())) ++pos_;
            if (peek() == '.' && isDigit(peek(1))) {
                real = true;
                ++pos_;
                while (isDigit(peek())) ++pos_;
            }
            const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            if ((peek() == 'e' || peek() == 'E') && isDigit(peek(sign))) {
                real = true;
                pos_ += sign;
                while (isDigit(peek())) ++pos_;
            }
        }
        const char *first = text_.data() + begin + (base == 16 ? 2 : 0), *last = text_.data() + pos_;
        const bool isUnsigned = !real && (peek() == 'u' || peek() == 'U');
        if (isUnsigned) ++pos_;
        if (isWord(peek())) return error("A number ends in a letter.", begin);
        if (real) {
            double value = 0;
            const auto read = std::from_chars(first, last, value);
            if (read.ec != std::errc() || !std::isfinite(value)) return error("This number is out of range.", begin);
            literal(token, Value::number(value));
            return {};
        }
        std::uint64_t value = 0;
        constexpr std::uint64_t kLeast = 1ULL << 63;
        const auto read = std::from_chars(first, last, value, base);
        if (read.ec != std::errc() || (!isUnsigned && value > kLeast)) return error("This number is out of range.", begin);
        token.leastInteger = !isUnsigned && value == kLeast;
        literal(token, isUnsigned ? Value::unsignedInteger(value) : Value::integer(static_cast<std::int64_t>(value)));
        return {};
    }

    /// How many letters stand before the quote of a string here; -1: no string.
    int stringPrefix() const {
        int letters = 0;
        bool raw = false, bytes = false;
        while (letters < 3) {
            const char c = peek(static_cast<std::size_t>(letters));
            if (c == '"' || c == '\'') return letters;
            if ((c == 'r' || c == 'R') && !raw) raw = true;
            else if ((c == 'b' || c == 'B') && !bytes) bytes = true;
            else return -1;
            ++letters;
        }
        return -1;
    }

    Result<void> string(Token& token, std::size_t prefix) {
        const std::size_t begin = pos_;
        bool raw = false, bytes = false;
        for (std::size_t i = 0; i < prefix; ++i) {
            raw = raw || peek(i) == 'r' || peek(i) == 'R';
            bytes = bytes || peek(i) == 'b' || peek(i) == 'B';
        }
        pos_ += prefix;
        const char quote = peek();
        const bool triple = peek(1) == quote && peek(2) == quote;
        pos_ += triple ? 3 : 1;
        std::string out;
        while (true) {
            if (pos_ >= text_.size()) return error("A string is open.", begin);
            const char c = text_[pos_];
            if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) break;
            if (!triple && (c == '\n' || c == '\r')) return error("A string ends with its line.", begin);
            if (c == '\\' && !raw) {
                if (auto read = escape(bytes, out); !read) return read;
            } else {
                out += c;
                ++pos_;
            }
        }
        pos_ += triple ? 3 : 1;
        literal(token, bytes ? Value::bytes(std::move(out)) : Value::string(out));
        return {};
    }

    Result<void> escape(bool bytes, std::string& out) {
        const std::size_t at = pos_;
        const char c = peek(1);
        static constexpr std::string_view kFrom = "abfnrtv\\?\"'`", kTo = "\a\b\f\n\r\t\v\\?\"'`";
        if (const auto found = kFrom.find(c); found != std::string_view::npos && c != '\0') {
            out += kTo[found];
            pos_ += 2;
            return {};
        }
        std::size_t digits = 0, skip = 2;
        int base = 16;
        if (c == 'x' || c == 'X') digits = 2;
        else if (c == 'u' && !bytes) digits = 4;
        else if (c == 'U' && !bytes) digits = 8;
        else if (c >= '0' && c <= '3') {
            digits = 3;
            skip = 1;
            base = 8;
        }
        if (digits == 0 || at + skip + digits > text_.size()) return error("There is no such escape.", at);
        std::uint32_t value = 0;
        const char *first = text_.data() + at + skip, *last = first + digits;
        const auto read = std::from_chars(first, last, value, base);
        if (read.ec != std::errc() || read.ptr != last) return error("There is no such escape.", at);
        if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return error("There is no such character.", at);
        if (bytes) out += static_cast<char>(value);
        else appendUtf8(value, out);
        pos_ = at + skip + digits;
        return {};
    }

    std::string_view text_;
    std::size_t pos_ = 0;
};

}  // namespace

Error errorAt(std::string_view text, std::size_t at, const Error& error) {
    std::size_t line = 1, column = 1;
    for (std::size_t i = 0; i < at && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            ++column;
        }
    }
    return Error{error.code, fmt::format("{}:{}: {}", line, column, error.message)};
}

Result<std::vector<Token>> tokens(std::string_view text) { return Lexer(text).run(); }

}  // namespace gatehouse::text::cel
