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
        std::string builtin;  ///< SSN, CREDIT_CARD, PHONE_NUMBER, EMAIL
    };

    /// Error "guard-pattern" names the pattern that does not compile.
    static Result<std::shared_ptr<const RegexGuard>> compile(std::vector<Pattern> patterns, Action action);
    ~RegexGuard();

    Action action() const;
    /// All non-overlapping hits in one text, leftmost first. CREDIT_CARD hits must pass the Luhn check.
    std::vector<GuardHit> find(std::string_view text) const;
    /// The text with every hit replaced by its tag.
    std::string mask(std::string_view text, const std::vector<GuardHit>& hits) const;

    struct State;
    explicit RegexGuard(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
