// StreamLinks: which events of a provider's stream made which events of the client's, what was dropped on the way, and what the gateway
// said by itself. The links are not recorded while a stream passes: the translation is run again, event by event, and what it makes is laid
// beside what the client got. Where a guard masked text between the two, the events around it are linked as a whole, and marked.
// Thread: any. Pure: no clock, no I/O.
#pragma once

#include "llm/stream_grammar.h"
#include "llm/translate.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

struct StreamLinks {
    /// One event of one side.
    struct Event {
        std::vector<std::size_t> others;  ///< Its counterparts on the other side, in order.
        /// The text between these events is another one: a guard masked it, or an operator's rules changed it.
        bool changed = false;
        Losses losses;  ///< Of the provider's: what its translation could not say.
    };
    std::vector<Event> provider;  ///< By position in the provider's parts.
    std::vector<Event> client;
    std::string problem;  ///< Why there are no links, one sentence; empty: there are.

    bool known() const { return problem.empty() && !provider.empty(); }
    /// Events of the provider that nothing in the client's stream comes from.
    std::vector<std::size_t> dropped() const;
    /// Events of the client that come from none of the provider's.
    std::vector<std::size_t> own() const;
};

/// Of an event of the provider that says something and has no counterpart.
inline constexpr const char* kNothingCame = "Nothing in the client's stream comes from this event.";

/// A stream as it was kept, with its events.
struct LinkedStream {
    const Dialect* dialect = nullptr;
    std::string_view body;
    const std::vector<StreamPart>* parts = nullptr;
    std::string contentType;  ///< Of its head.
};

struct StreamLinkOptions {
    std::string model;         ///< As StreamTranslator's.
    bool includeUsage = true;  ///< As StreamTranslator's.
    bool whole = true;         ///< The provider's body is kept to its end.
};

StreamLinks linkStreams(const LinkedStream& provider, const LinkedStream& client, const StreamLinkOptions& options = {});

/// Scalars of one event (JSON, by their pointers) and of another that say the same, each with its only equal on the other side. What stands
/// at the same pointer comes before what only has the same value.
struct ValueLink {
    std::string from, to;
};
std::vector<ValueLink> linkValues(const std::string& from, const std::string& to);

}  // namespace gatehouse::llm
