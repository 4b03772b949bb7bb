// TextFilter: what stands between the pieces of one text of a streamed answer and the client: it masks, collects or holds back.
// Thread: one exchange.
#pragma once

#include "llm/plan.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

class TextFilter {
  public:
    virtual ~TextFilter() = default;
    /// One more piece; appends what may go on now.
    virtual void push(std::string_view text, std::string& out) = 0;
    virtual void flush(std::string& out) = 0;  ///< The text ended.
    virtual const std::vector<GuardHit>& hits() const {
        static const std::vector<GuardHit> kNone;
        return kNone;
    }
    virtual std::size_t overruns() const { return 0; }
};

/// For texts that nobody looks at.
class PassOn final : public TextFilter {
  public:
    void push(std::string_view text, std::string& out) override { out += text; }
    void flush(std::string&) override {}
};

/// A byte inside a character of UTF-8.
inline bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// `channel` names the text among those of its stream; empty: a text that came whole. `jsonText`: it is JSON itself, as a tool's arguments.
using TextFilters = std::function<std::unique_ptr<TextFilter>(std::string_view channel, TextScope scope, bool jsonText)>;

}  // namespace gatehouse::llm
