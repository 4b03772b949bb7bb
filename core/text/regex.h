// Regular expressions, RE2 only (linear time, kgateway's and Go's dialect). Thread: immutable.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::text {

class Regex {
  public:
    struct Options {
        bool ignoreCase = false;
        bool dotMatchesNewline = false;
        bool multiline = false;  ///< ^ and $ match at line ends too.
    };
    static Result<std::shared_ptr<const Regex>> compile(std::string_view pattern, Options options);
    static Result<std::shared_ptr<const Regex>> compile(std::string_view pattern);
    ~Regex();

    bool fullMatch(std::string_view text) const;
    /// Finds the first hit at or after `from`, with the bytes before `from` as context for \b; false when none.
    bool find(std::string_view text, std::size_t from, std::size_t& begin, std::size_t& end) const;

    struct State;
    explicit Regex(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

/// Many patterns tried at once (RE2::Set): which of them hit somewhere in the text.
class RegexSet {
  public:
    static Result<std::shared_ptr<const RegexSet>> compile(const std::vector<std::string>& patterns,
                                                           Regex::Options options);
    ~RegexSet();
    /// Indices of the patterns that hit, rising. Should the automaton run out of memory, every index: the caller then
    /// tries each pattern by itself, so nothing is missed.
    std::vector<int> matching(std::string_view text) const;

    struct State;
    explicit RegexSet(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::text
