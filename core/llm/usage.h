// Token usage read from answers, buffered and streamed, without holding the body back. Thread: one exchange.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::llm {

struct Usage {
    std::uint64_t inputTokens = 0;
    std::uint64_t outputTokens = 0;
    std::uint64_t cachedTokens = 0;
    bool known = false;
};

/// Reads "usage" of a whole JSON answer.
Usage readUsage(std::string_view json);

/// Follows an SSE answer chunk by chunk, at any split. Passes bytes through; where `dropUsageEvent` is set, the
/// usage-only event (empty "choices") that we asked for is left out of what the client gets.
class StreamUsage {
  public:
    explicit StreamUsage(bool dropUsageEvent) : drop_(dropUsageEvent) {}
    /// Appends to `out` what may go to the client now. Holds back at most one event while drop is on.
    void feed(std::string_view chunk, std::string& out);
    void finish(std::string& out);

    const Usage& usage() const { return usage_; }
    bool sawDone() const { return done_; }       ///< "data: [DONE]" passed.
    std::uint64_t events() const { return events_; }

  private:
    void onEvent(std::string_view event, std::string& out);
    bool drop_;
    bool done_ = false;
    std::uint64_t events_ = 0;
    std::string held_;  ///< An incomplete event.
    Usage usage_;
};

}  // namespace gatehouse::llm
