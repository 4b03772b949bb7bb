#include "text/yaml.h"
#include "text/utf8.h"
#include "text/yaml_internal.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace gatehouse::text::yaml {
namespace {

// The rules of sigs.k8s.io/yaml (go-yaml v2), which is what kubectl reads with.
constexpr std::array<std::string_view, 11> kTrue{"y",    "Y",    "yes", "Yes", "YES", "true",
                                                 "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> kFalse{"n",     "N",     "no",  "No",  "NO", "false",
                                                  "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 12> kSpecialFloat{".nan",  ".NaN",  ".NAN",  ".inf",  ".Inf",  ".INF",
                                                         "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view text) {
    for (const auto item : list)
        if (item == text) return true;
    return false;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

struct Integer {
    bool negative = false;
    std::uint64_t magnitude = 0;
};

/// Go's strconv.ParseInt(text, 0, 64) after underscores were dropped, widened to unsigned.
std::optional<Integer> parseInteger(std::string_view text) {
    std::string digits;
    digits.reserve(text.size());
    for (const char c : text)
        if (c != '_') digits += c;
    Integer result;
    std::string_view rest = digits;
    if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
        result.negative = rest[0] == '-';
        rest.remove_prefix(1);
    }
    int base = 10;
    if (rest.size() > 1 && rest[0] == '0') {
        const char mark = static_cast<char>(rest[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 8;
        rest.remove_prefix(mark == 'x' || mark == 'o' || mark == 'b' ? 2 : 1);
    }
    if (rest.empty()) return std::nullopt;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), result.magnitude, base);
    if (error != std::errc{} || end != rest.data() + rest.size()) return std::nullopt;
    constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (result.negative && result.magnitude > kLimit + 1) return std::nullopt;
    return result;
}

/// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$ with underscores dropped.
std::optional<double> parseFloat(std::string_view text) {
    std::string plain;
    for (const char c : text)
        if (c != '_') plain += c;
    std::size_t at = 0;
    const auto digits = [&] {
        const auto from = at;
        while (at < plain.size() && isDigit(plain[at])) ++at;
        return at - from;
    };
    if (at < plain.size() && (plain[at] == '+' || plain[at] == '-')) ++at;
    const auto whole = digits();
    if (at < plain.size() && plain[at] == '.') {
        ++at;
        if (digits() == 0 && whole == 0) return std::nullopt;
    } else if (whole == 0) {
        return std::nullopt;
    }
    if (at < plain.size() && (plain[at] == 'e' || plain[at] == 'E')) {
        ++at;
        if (at < plain.size() && (plain[at] == '+' || plain[at] == '-')) ++at;
        if (digits() == 0) return std::nullopt;
    }
    if (at != plain.size()) return std::nullopt;
    double value = 0;
    const char* first = plain.data() + (plain[0] == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(first, plain.data() + plain.size(), value);
    if (error == std::errc::result_out_of_range) return std::nullopt;
    return value;
}

/// Strings that another YAML reader (1.1 in full, 1.2) would retype although kubectl does not; written in quotes.
bool looksTyped(std::string_view text) {
    if (text == "=" || text == "<<") return true;
    if (!isDigit(text[0]) && text[0] != '+' && text[0] != '-' && text[0] != '.') return false;
    // Sexagesimal numbers and timestamps, and anything made of number characters alone.
    bool digit = false;
    for (const char c : text) {
        if (isDigit(c)) {
            digit = true;
            continue;
        }
        if (c == ':' || c == '-' || c == '+' || c == '.' || c == '_' || c == 'e' || c == 'E' || c == 'T' || c == 'Z' ||
            c == ' ' || c == 't' || c == 'z')
            continue;
        return false;
    }
    // "10.0.0.1" and "1.2.3" have two dots and are no number anywhere.
    if (text.find(':') == std::string_view::npos && text.find('-', 1) == std::string_view::npos) {
        std::size_t dots = 0;
        for (const char c : text) dots += c == '.' ? 1 : 0;
        if (dots > 1) return false;
    }
    return digit;
}

/// Decodes one UTF-8 sequence at `at`; 0 length = not valid.
std::size_t decode(std::string_view text, std::size_t at, std::uint32_t& code) {
    const auto length = utf8Length(text.substr(at));
    if (length == 0) return 0;
    const auto byte = static_cast<unsigned char>(text[at]);
    code = length == 1 ? byte : byte & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
    return length;
}

bool printable(std::uint32_t code) {
    return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xd7ff && code != 0x2028 && code != 0x2029) ||
           (code >= 0xe000 && code <= 0xfffd && code != 0xfeff) || (code >= 0x10000 && code <= 0x10ffff);
}

}  // namespace

Type plainType(std::string_view text) {
    if (contains(kNull, text)) return Type::Null;
    const char first = text[0];
    const bool numeric = isDigit(first) || first == '+' || first == '-' || first == '.';
    if (!numeric) return contains(kTrue, text) || contains(kFalse, text) ? Type::Boolean : Type::String;
    if (contains(kSpecialFloat, text)) return Type::Float;
    if (first != '.' && parseInteger(text)) return Type::Integer;
    return parseFloat(text) ? Type::Float : Type::String;
}

Type Node::type() const {
    if (kind != NodeKind::Scalar) return Type::String;
    if (tag == "!!str" || tag == "!" || tag == "!!binary") return Type::String;
    if (tag.empty() && style != ScalarStyle::Plain) return Type::String;
    if (!tag.empty() && tag != "!!int" && tag != "!!float" && tag != "!!bool" && tag != "!!null") return Type::String;
    const auto plain = plainType(value);
    return tag == "!!float" && plain == Type::Integer ? Type::Float : plain;
}

std::optional<bool> Node::asBool() const {
    if (kind != NodeKind::Scalar || type() != Type::Boolean) return std::nullopt;
    return contains(kTrue, value);
}

std::optional<std::int64_t> Node::asInt() const {
    if (kind != NodeKind::Scalar) return std::nullopt;
    const auto scalarType = type();
    if (scalarType == Type::Float) {
        // 1e3 becomes the JSON number 1000 on its way to the API server.
        const auto number = asDouble();
        if (!number || !(std::abs(*number) < 9e15) || std::trunc(*number) != *number) return std::nullopt;
        return static_cast<std::int64_t>(*number);
    }
    if (scalarType != Type::Integer) return std::nullopt;
    const auto integer = parseInteger(value);
    if (!integer) return std::nullopt;
    constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!integer->negative && integer->magnitude > kLimit) return std::nullopt;
    return integer->negative ? static_cast<std::int64_t>(0 - integer->magnitude)
                             : static_cast<std::int64_t>(integer->magnitude);
}

std::optional<double> Node::asDouble() const {
    if (kind != NodeKind::Scalar) return std::nullopt;
    const auto scalarType = type();
    if (scalarType == Type::Integer || (scalarType == Type::Float && plainType(value) == Type::Integer)) {
        const auto integer = parseInteger(value);
        if (!integer) return std::nullopt;
        return (integer->negative ? -1.0 : 1.0) * static_cast<double>(integer->magnitude);
    }
    if (scalarType != Type::Float) return std::nullopt;
    if (const auto number = parseFloat(value)) return number;
    if (value.find_first_of("nN") != std::string::npos && value.find_first_of("aA") != std::string::npos)
        return std::numeric_limits<double>::quiet_NaN();
    return value[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

bool plainSafe(std::string_view text, bool inFlow) {
    if (text.empty() || plainType(text) != Type::String || looksTyped(text)) return false;
    if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
    constexpr std::string_view kIndicators = ",[]{}#&*!|>'\"%@`?:";
    if (kIndicators.find(text[0]) != std::string_view::npos) return false;
    if (text[0] == '-' && (text.size() == 1 || text[1] == ' ' || text[1] == '-')) return false;
    if (text.substr(0, 3) == "...") return false;
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const auto length = decode(text, i, code);
        if (length == 0 || !printable(code)) return false;
        if (text[i] == ':' && i + 1 < text.size() && text[i + 1] == ' ') return false;
        if (text[i] == '#' && i > 0 && text[i - 1] == ' ') return false;
        if (inFlow && std::string_view(",[]{}").find(text[i]) != std::string_view::npos) return false;
        i += length;
    }
    return true;
}

bool printableText(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const auto length = decode(text, i, code);
        if (length == 0 || (!printable(code) && code != '\n' && code != '\t')) return false;
        i += length;
    }
    return true;
}

std::string doubleQuoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const auto length = decode(text, i, code);
        if (length ==
            0) {  // Not UTF-8: no YAML text can hold it; the replacement character is what a reader would show.
            out += "\xef\xbf\xbd";
            ++i;
            continue;
        }
        if (code == '"' || code == '\\') {
            out += '\\';
            out += static_cast<char>(code);
        } else if (code == '\n') {
            out += "\\n";
        } else if (code == '\t') {
            out += "\\t";
        } else if (code == '\r') {
            out += "\\r";
        } else if (printable(code)) {
            out += text.substr(i, length);
        } else {
            out += fmt::format("\\u{:04x}", code);  // Only escapes that JSON shares.
        }
        i += length;
    }
    return out + '"';
}

std::optional<std::string> singleQuoted(std::string_view text) {
    std::string out = "'";
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const auto length = decode(text, i, code);
        if (length == 0 || !printable(code)) return std::nullopt;
        if (code == '\'') out += '\'';
        out += text.substr(i, length);
        i += length;
    }
    return out + "'";
}

std::string writeScalar(std::string_view value, Type type) {
    if (type == Type::Null) return "null";
    if (type != Type::String) {
        const auto plain = plainType(value);
        if (plain == type || (type == Type::Float && plain == Type::Integer)) return std::string(value);
        return doubleQuoted(value);
    }
    if (plainSafe(value, true)) return std::string(value);
    if (value.find_first_of("\"\\") != std::string_view::npos)
        if (auto quoted = singleQuoted(value)) return *quoted;
    return doubleQuoted(value);
}

}  // namespace gatehouse::text::yaml
