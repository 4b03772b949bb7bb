// TextMasker: one text on its way to the client, masked piece by piece: what comes out is what masking the whole text would give,
// at any split, and no more is held back than may still become a hit. Thread: one exchange. Lifetime: not beyond the guard's.
#pragma once

#include "llm/guard.h"
#include "llm/text_filter.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

class TextMasker final : public TextFilter {
  public:
    /// The longest e-mail address has 320 bytes (RFC 5321, 4.5.3.1). What is held back never grows beyond this.
    static constexpr std::size_t kWindow = 512;

    /// `jsonText`: the text is JSON itself (arguments of a tool): hits are looked for in what its strings say, and a tag in place
    /// of a number becomes a string.
    /// `percent`: hits are looked for in what percent-escapes say (RFC 3986 section 2.1, once).
    explicit TextMasker(const RegexGuard& guard, bool jsonText = false, std::size_t window = kWindow, bool percent = false);

    /// Begins in the middle of a text: `context` stands before it and went out already. `inString`: of JSON, in a string.
    void startAfter(std::string_view context, bool inString);
    bool sawPercent() const { return sawPercent_; }  ///< A percent sign came, whether it went out or not.
    bool openAt() const { return openAt_; }  ///< What went out last of JSON ended inside a string.
    void push(std::string_view text, std::string& out) override;
    void flush(std::string& out) override;

    /// Spans in the decoded text.
    const std::vector<GuardHit>& hits() const override { return hits_; }
    /// How often the window was too small to hold what might have become a hit.
    std::size_t overruns() const override { return overruns_; }

  private:
    struct Found {
        std::size_t begin, end, pattern;
    };
    void take(char byte, bool structural, std::size_t rawBytes);
    void takePercent(char byte, std::size_t rawBytes);
    void giveUpPercent();
    bool mapped() const { return json_ || percent_; }
    void takeJson(char byte);
    void takeEscape();
    void work(bool last, std::string& out);
    void decide(std::size_t pattern, bool last, std::size_t hold);
    void emit(std::size_t until, std::string& out);
    void copy(std::size_t until, bool visible, std::string& out);
    void tag(const Found& found, std::string& out);
    void trim();

    const RegexGuard& guard_;
    bool json_;
    bool percent_;
    std::size_t window_;

    std::string text_;                     ///< Decoded; from a little before what was emitted.
    std::string raw_;                      ///< jsonText: as it came.
    std::vector<std::uint8_t> rawBytes_;   ///< jsonText: of raw_ for each byte of text_; 0 inside a character; high bit: a quote that opens or closes.
    std::size_t rawAt_ = 0;                ///< In raw_: what belongs to text_[emitted_].
    std::string escape_;                   ///< An escape under way.
    std::vector<std::pair<char, std::size_t>> percents_;  ///< Of a percent-escape under way, with their raw bytes.
    bool sawPercent_ = false;
    bool inString_ = false;                ///< At the end of text_.
    bool openAt_ = false;                  ///< At emitted_.

    std::size_t trimmed_ = 0;              ///< Bytes that stood before text_.
    std::size_t emitted_ = 0;              ///< In text_.
    std::size_t covered_ = 0;              ///< Up to here a tag stands already.
    std::vector<std::size_t> decided_;     ///< For each pattern: no hit that is not known begins before it.
    std::vector<Found> found_;
    std::vector<GuardHit> hits_;
    std::size_t overruns_ = 0;
};

/// All that a guard masks in one text: what stands there, and then what percent-escapes hide. The second look begins as soon as a percent
/// sign comes: what it may belong to is held back by the first look until then. Spans of the second are those of the text as the first left it.
class DeepMasker final : public TextFilter {
  public:
    explicit DeepMasker(const RegexGuard& guard, bool jsonText = false);

    void push(std::string_view text, std::string& out) override;
    void flush(std::string& out) override;
    const std::vector<GuardHit>& hits() const override;
    std::size_t overruns() const override;

  private:
    void deeper(std::string_view shown, bool inString, std::string& out);
    const RegexGuard& guard_;
    bool json_;
    std::string context_;  ///< The last of what went out before the first escape.
    TextMasker plain_;
    std::unique_ptr<TextMasker> percent_;  ///< Null: no escape came yet.
    mutable std::vector<GuardHit> hits_;
};

}  // namespace gatehouse::llm
