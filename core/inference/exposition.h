// Reading the Prometheus text format line by line, without copies. Everything is a view into the page. Thread: pure functions.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::inference {

/// The lines of a page without blanks before them; comments and empty lines too, which no name fits.
class LineReader {
  public:
    explicit LineReader(std::string_view page) : at_(page.data()), end_(page.data() + page.size()) {}
    std::optional<std::string_view> next() {
        if (at_ == end_) return std::nullopt;
        const auto* stop = static_cast<const char*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
        const char* lineEnd = stop != nullptr ? stop : end_;
        const char* begin = at_;
        at_ = stop != nullptr ? stop + 1 : end_;
        while (begin != lineEnd && (*begin == ' ' || *begin == '\t')) ++begin;
        return std::string_view(begin, static_cast<std::size_t>(lineEnd - begin));
    }

  private:
    const char* at_;
    const char* end_;
};

/// name{labels} value [timestamp]
struct Sample {
    std::string_view labels, value;
};

/// The name that a line starts with.
std::string_view nameOf(std::string_view line);
/// What follows a name of that length; empty: the line is broken.
std::optional<Sample> splitSample(std::string_view line, std::size_t nameLength);
/// The value of a label as it stands, escapes and all; empty: there is none.
std::string_view labelOf(std::string_view labels, std::string_view key);
/// \\ \" \n
std::string unescapeLabel(std::string_view value);
/// Finite and not negative; NaN, infinities and words are no number.
std::optional<double> finiteNumber(std::string_view text);
std::string_view trimBlanks(std::string_view text);

}  // namespace gatehouse::inference
