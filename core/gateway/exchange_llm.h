// LlmExchange: what an exchange on an LLM route knows beside its record: the client's call, the provider that is asked now, and the
// answer on its way through another dialect. Thread: its worker's. Lifetime: one request.
#pragma once

#include "base/buffer.h"
#include "llm/client_api.h"
#include "llm/plan.h"
#include "llm/provider_request.h"
#include "llm/stream_guard.h"
#include "route/snapshot.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {
class MaskRestore;
}

namespace gatehouse::gateway {

/// Guards of answers that ask a service. Defined in gateway/guard_run.h.
class GuardRun;
/// A capture under way. Defined in gateway/capture_ring.h.
class CaptureDraft;
/// Defined in gateway/response_cache.h.
struct CachedAnswer;

/// An answer that may be kept, as it goes to the client.
struct CacheDraft {
    std::array<unsigned char, 32> key{};
    std::string body, contentType;
    bool given = false;  ///< Up: too long, or not to be kept.
};

/// A Content-Type without its parameters.
std::string_view bareType(std::string_view contentType);
bool mediaTypeIs(std::string_view contentType, std::string_view type);
/// How providers stream.
inline constexpr std::array<std::string_view, 4> kStreamTypes{"text/event-stream", "application/vnd.amazon.eventstream", "application/x-ndjson",
                                                              "application/stream+json"};

/// Server-sent events -> one JSON list, as Gemini streams without alt=sse.
class EventList {
  public:
    void feed(std::string_view events, std::string& out);
    void finish(std::string& out);

  private:
    void endLine(std::string& out);
    std::string line_;
    bool begun_ = false;
};

struct LlmExchange {
    llm::ClientCall call;
    std::optional<std::string> pathModel;        ///< The path's own, where a provider's policy has put another one in its place.
    std::optional<std::string> clientModel;      ///< As the client named it, before a pool's rewrites.
    double rewriteDraw = -1;                     ///< Of the pool's rewrites; negative: none was needed yet.
    std::optional<llm::ChatRequestInfo> asked;   ///< What the client's body says, once it was read.
    const llm::Provider* provider = nullptr;     ///< Under way now.
    llm::ProviderRequest request;                ///< Its request.
    const route::LlmTarget* target = nullptr;    ///< Of a Backend with several providers; null: there is but one.
    std::vector<const route::LlmTarget*> tried;  ///< The one under way included.
    base::Buffer original;                       ///< The client's body after the policies, while another provider may be asked.
    base::MonoTime silentUntil{};                ///< A stream must have begun by then, where another provider may be asked.

    std::optional<std::size_t> key;          ///< Of the provider's credentials: the one that is shown.
    std::uint32_t keysTried = 0;             ///< A bit each.
    bool keyAwaited = false;                 ///< Its token is still being fetched.
    bool keyRefused = false;                 ///< By the last answer; another one may do better.
    std::vector<std::string> tooLongFor;     ///< Models that cannot hold so much; nobody is asked for them again.
    bool tooLong = false;                    ///< The last answer said that.
    int restarts = 0;                        ///< How often the client's stream began anew.

    std::unique_ptr<llm::StreamTranslator> translator;
    std::optional<EventList> list;
    std::unique_ptr<llm::StreamGuard> guard;  ///< Of the client's stream, while it goes on.
    std::shared_ptr<CaptureDraft> capture;    ///< Null: nothing is kept.
    std::shared_ptr<GuardRun> guardRun;       ///< Null: no chain.
    std::shared_ptr<llm::MaskRestore> restore;  ///< What was masked in the request and is put back; null: nothing.
    std::shared_ptr<const CachedAnswer> cached;  ///< That is the answer; null: none.
    std::unique_ptr<CacheDraft> cacheDraft;      ///< Null: nothing is kept.
    std::string early;        ///< Bytes of the answer that were read before it was decided that they go to the client.
    bool hasEarly = false;
    std::string answer;       ///< The whole answer, in the client's dialect.
    bool whole = false;       ///< It is in `answer`.
    bool cut = false;         ///< The provider's stream ended without its end.
};

}  // namespace gatehouse::gateway
