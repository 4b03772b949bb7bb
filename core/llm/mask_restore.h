// MaskRestore: what guards of requests masked, put back into the answers. Every masked text gets a tag of its own in this request; where
// the model says a tag again, the client reads what he wrote. Tags alone stand in records, logs and what providers see.
// Thread: one owner. Lifetime: one request; filters() must not outlive it.
#pragma once

#include "llm/guard_chain.h"
#include "llm/text_filter.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::llm {

class MaskRestore {
  public:
    MaskRestore();

    bool empty() const { return tags_.empty(); }
    std::size_t size() const { return tags_.size(); }
    /// Of what hit a pattern with that tag ("<SSN>"): "<SSN_1_x7k2>"; equal texts have equal tags.
    const std::string& tagOf(std::string_view tag, std::string_view text);
    /// The text with every tag replaced. `json`: it is JSON itself, and what is put back is written as a part of a string.
    std::string restored(std::string_view text, bool json) const;
    /// The longest end of the text that may be the beginning of a tag.
    std::size_t holdFrom(std::string_view text) const;

    /// Puts back what a whole answer holds. Errors are those of text/json_body.h.
    Result<void> restoreAnswer(std::string& answer) const;
    /// For streams: a tag may come in pieces.
    TextFilters filters() const;

  private:
    struct Tag {
        std::string tag, text;
    };
    std::vector<Tag> tags_;
    std::unordered_map<std::string, std::size_t> byText_;  ///< Of the kind's tag and the text.
    std::string salt_;
    std::size_t longest_ = 0;
};

/// As runRegexGuard() of a guard that masks, with tags of their own in the strings of the request.
Result<bool> maskForRestore(base::Buffer& body, const Guard& guard, MaskRestore& restore, GuardReport& report);

}  // namespace gatehouse::llm
