// Token usage read from answers, buffered and streamed, without holding the body back. Thread: one exchange.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// Tokens by bucket. The totals hold all buckets: a dialect that counts cached input apart (Anthropic) is added up.
struct Usage {
    std::uint64_t inputTokens = 0;      ///< All input, cached and written to the cache included.
    std::uint64_t outputTokens = 0;     ///< All output, reasoning included.
    std::uint64_t cachedTokens = 0;     ///< Of the input: read from a prompt cache.
    std::uint64_t cacheWriteTokens = 0; ///< Of the input: written to a prompt cache, whatever its time to live.
    std::uint64_t cacheWriteHourTokens = 0;  ///< Of those: kept for an hour (Anthropic).
    std::uint64_t reasoningTokens = 0;  ///< Of the output.
    std::uint64_t audioInputTokens = 0;
    std::uint64_t audioOutputTokens = 0;
    bool known = false;
    bool estimated = false;  ///< Not the provider's count: it never came, because the answer broke off.
};

/// What an answer says of itself, for records, receipts and telemetry. In the provider's words.
struct AnswerFacts {
    std::string id;
    std::string model;
    std::vector<std::string> finishReasons;  ///< One for each choice.
    std::string serviceTier{};               ///< By which it was served, and is billed.
};

/// Reads "usage" of a whole JSON answer; the model, id and service tier beside it go to `facts`, where one is given.
Usage readUsage(std::string_view json, AnswerFacts* facts = nullptr);

/// Follows an SSE answer chunk by chunk, at any split. Passes bytes through; where `dropUsageEvent` is set, the
/// usage-only event (empty "choices") that we asked for is left out of what the client gets.
class StreamUsage {
  public:
    explicit StreamUsage(bool dropUsageEvent) : drop_(dropUsageEvent) {}
    /// Appends to `out` what may go to the client now. Holds back at most one event while drop is on.
    void feed(std::string_view chunk, std::string& out);
    void finish(std::string& out);

    const Usage& usage() const { return usage_; }
    const AnswerFacts& facts() const { return facts_; }  ///< As the event with the usage says.
    bool sawDone() const { return done_; }       ///< "data: [DONE]" passed.
    /// The stream said its end: [DONE], or a reason why the model stopped, which servers that send no [DONE] send as well.
    bool sawEnd() const { return done_ || finished_; }
    std::uint64_t events() const { return events_; }

  private:
    void readLine();
    void endLine(std::string& out);
    void endEvent(std::string& out);

    /// A usage event is a few hundred bytes: what grows beyond this is passed on unread.
    static constexpr std::size_t kMaxEvent = 256 * 1024;

    bool drop_;
    bool done_ = false;
    bool finished_ = false;      ///< A choice named its finish_reason.
    bool afterReturn_ = false;   ///< The last byte was CR: the line ends with it, or with an LF that follows.
    bool lineHasBytes_ = false;
    bool tooLarge_ = false;      ///< The event under way passed kMaxEvent.
    bool hasData_ = false;
    std::uint64_t events_ = 0;
    std::string held_;           ///< Bytes of the event under way that are not passed on yet (while drop is on).
    std::string line_;           ///< The line under way.
    std::string data_;           ///< Joined data lines of the event under way.
    Usage usage_;
    AnswerFacts facts_;
};

}  // namespace gatehouse::llm
