// GuardedEvents: the events of a guarded stream, by the shape of their payloads. Private to stream_guard. Thread: one exchange.
#pragma once

#include "llm/text_filter.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

class GuardedEvents {
  public:
    struct Event {
        std::string frame;    ///< SSE: lines beside the data. EventStream: the headers.
        std::string payload;
    };

    explicit GuardedEvents(TextFilters filters);
    ~GuardedEvents();

    /// Appends what goes out now. True: and then the event as it came.
    bool take(std::string_view frame, std::string_view payload, std::vector<Event>& out);
    void finish(std::vector<Event>& out);
    GuardVerdict verdict() const;
    std::size_t overruns() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
