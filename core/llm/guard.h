// RegexGuard: builtin and custom patterns over message texts, all at once by RE2::Set. Custom patterns are
// case-insensitive, dot matches newline (kgateway 2.1 semantics). Thread: immutable.
#pragma once

#include "llm/plan.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

class RegexGuard {
  public:
    enum class Action { Mask, Reject };
    struct Pattern {
        std::string name;     ///< Shown in hits; "custom" where the operator gave none.
        std::string pattern;  ///< RE2; empty for a builtin.
        std::string builtin;  ///< SSN, CREDIT_CARD, PHONE_NUMBER, EMAIL, CA_SIN
    };

    /// Error "guard-pattern" names the pattern that does not compile.
    /// `streams`: it will hold back parts of streams, and is made ready to tell how much.
    static Result<std::shared_ptr<const RegexGuard>> compile(std::vector<Pattern> patterns, Action action, bool streams = false);
    ~RegexGuard();

    Action action() const;
    /// All non-overlapping hits in one text, leftmost first: what stands there, and what percent-escapes hide (once escaped). A number
    /// whose check digit or range is wrong (CREDIT_CARD and CA_SIN by Luhn, SSN by area, group and serial) is no hit.
    std::vector<GuardHit> find(std::string_view text) const;
    /// The text with every hit replaced by its tag.
    std::string mask(std::string_view text, const std::vector<GuardHit>& hits) const;

    /// Names of patterns whose hits may be longer than `window` bytes: in streams such hits get through in part.
    std::vector<std::string> longerThan(std::size_t window) const;

    // Pattern by pattern, for TextMasker.
    std::size_t patterns() const;
    const std::string& nameOf(std::size_t pattern) const;
    const std::string& tagOf(std::size_t pattern) const;
    /// The first hit at or after `from`, unchecked.
    bool findOne(std::size_t pattern, std::string_view text, std::size_t from, std::size_t& begin, std::size_t& end) const;
    bool passes(std::size_t pattern, std::string_view hit) const;
    /// Where the first possible beginning of a hit begins that goes on behind the text; its size where there is none.
    std::size_t holdFrom(std::size_t pattern, std::string_view text, std::size_t from, std::size_t window) const;
    /// The same of any pattern, quickly: no later than what the patterns say one by one.
    std::size_t holdFrom(std::string_view text, std::size_t from) const;

  private:
    std::vector<GuardHit> findPlain(std::string_view text) const;
    std::vector<GuardHit> findEscaped(std::string_view text, const std::vector<GuardHit>& plain) const;

  public:
    struct State;
    explicit RegexGuard(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
