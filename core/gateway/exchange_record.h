// ExchangeRecord: what a worker remembers of one finished exchange: pointers into the snapshot that it holds, fixed
// buffers, times. Made on the hot path, so cheap; turned into a display record by the thread that drains.
// Thread: value, moved through a ring. Lifetime: the pointers live as long as `snapshot`.
#pragma once

#include "base/clock.h"
#include "gateway/head_tape.h"
#include "inference/decision.h"
#include "llm/plan.h"
#include "llm/translate.h"
#include "llm/usage.h"
#include "net/io.h"
#include "route/sessions.h"
#include "route/snapshot.h"
#include "telemetry/request_record.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {
struct Key;
}

namespace gatehouse::gateway {

/// A text that is usually short. Longer ones are kept whole, at the price of an allocation.
template <std::size_t N>
class ShortText {
  public:
    void assign(std::string_view text) {
        size_ = static_cast<std::uint16_t>(text.size() <= N ? text.size() : 0);
        if (text.size() > N) long_ = std::make_unique<std::string>(text);
        else if (!text.empty()) std::memcpy(bytes_, text.data(), text.size());
    }
    std::string_view view() const { return long_ ? std::string_view(*long_) : std::string_view(bytes_, size_); }

  private:
    char bytes_[N];
    std::uint16_t size_ = 0;
    std::unique_ptr<std::string> long_;
};

/// Where an exchange failed, by a stable code and one sentence for the operator. Both point to constants.
struct Failure {
    const char* code = nullptr;
    const char* sentence = "";
};

/// Moments of an exchange in microseconds since its first byte; -1 = did not happen.
struct Moments {
    std::int64_t head = -1;      ///< The request's head was complete.
    std::int64_t body = -1;      ///< Its body was buffered (LLM routes).
    std::int64_t guarded = -1;   ///< Guards and enrichment were done.
    std::int64_t picked = -1;    ///< The endpoint was chosen (last attempt).
    std::int64_t connected = -1; ///< A connection to it was ready.
    std::int64_t sent = -1;      ///< The request was written.
    std::int64_t answered = -1;  ///< The answer's head arrived.
    std::int64_t firstByte = -1; ///< Its first body byte arrived.
    std::int64_t ended = -1;
};

/// What only LLM exchanges have.
struct LlmDetail {
    llm::ChatRequestInfo info;
    std::shared_ptr<llm::Capture> capture;          ///< Null: nothing is kept.
    std::shared_ptr<llm::GuardReport> guardReport;  ///< Null: no chain of guards ran.
    llm::GuardVerdict guard;
    llm::GuardVerdict answerGuard;                     ///< What was masked in the answer.
    std::size_t guardOverruns = 0;                     ///< See StreamGuard::overruns().
    std::vector<route::Step> rewriteSteps;             ///< How its model was chosen, what was done to its fields.
    std::size_t defaults = 0;                          ///< Fields that were filled in.
    llm::Usage usage;
    bool enriched = false;
    bool usageInjected = false;
    std::size_t enrichedMessages = 0;
    std::string_view api, operation;                   ///< llm::apiName(), llm::operationName().
    std::string_view clientDialect, providerDialect;   ///< Empty: the body was not read.
    const llm::Key* key = nullptr;                     ///< That it was shown; null: none of ours.
    const llm::Provider* provider = nullptr;           ///< The last that was asked; null: a model server of ours.
    llm::AnswerFacts answer;
    llm::Losses losses;                                ///< Of request and answer.
    std::vector<std::string> faults;                   ///< What the provider's stream did against its own grammar.
    std::uint64_t events = 0;                          ///< Of a stream that broke off: that the provider sent.
};

/// One of several tries of a rule that has retries.
struct TryRecord {
    const route::Backend* backend = nullptr;
    const upstream::Endpoint* endpoint = nullptr;
    const llm::Provider* provider = nullptr;  ///< On LLM routes.
    const llm::Key* key = nullptr;            ///< That it was shown; null: none of ours.
    bool passedOn = false;       ///< Another provider was asked then.
    bool otherKey = false;       ///< The same one was asked with another key then.
    bool restarted = false;      ///< The client had a part of this answer; its stream began anew then.
    int status = 0;              ///< Of the endpoint's answer; 0: none came.
    const char* code = nullptr;  ///< Failure::code where none came.
    std::int64_t endedAt = 0;    ///< Microseconds, as Moments.
    std::int64_t waited = -1;    ///< Microseconds until the next try; -1: none followed.
};

/// What became of one mirror's copy.
struct MirrorRecord {
    std::uint8_t index = 0;  ///< In Rule::mirrors.
    const char* outcome = "";
};

/// What only exchanges have whose rule asks for it.
struct ExchangeExtra {
    std::vector<TryRecord> tries;
    const char* retryNote = nullptr;  ///< Why no further try was made.
    std::vector<MirrorRecord> mirrors;
    const char* cors = nullptr;
    bool corsAllowed = false;
    int authIndex = -1;               ///< In Rule::auths; the last that was asked.
    int authStatus = 0;               ///< 0: no answer.
    std::int64_t authMicros = 0;
    route::SessionState session = route::SessionState::None;
    bool sessionStamped = false;      ///< The answer carries a new token.
    bool armChosen = false;           ///< The console asked for this backend; nothing was drawn.
    std::uint64_t armKey = 0;         ///< Of a sticky split; 0: drawn.
    std::vector<route::Step> notes;   ///< Of filters that tell what they made of this request.
    bool redrawn = false;             ///< A further try went to another backend than the first.
};

struct ExchangeRecord {
    void keepClient(const net::asio::ip::address& address, std::uint16_t port);  ///< Port 0: not known.

    std::shared_ptr<const route::Snapshot> snapshot;
    const route::Listener* listener = nullptr;
    const route::Candidate* candidate = nullptr;
    const route::Backend* backend = nullptr;
    const upstream::Endpoint* endpoint = nullptr;
    const inference::Pod* pod = nullptr;
    inference::DecisionRef decision;  ///< Of the backend's pool; null: nothing was picked.
    HeadTape::Piece head;  ///< As it came; empty where none came whole.
    std::shared_ptr<const net::TlsFacts> tls;  ///< The client's session; null on a plain connection.
    std::unique_ptr<LlmDetail> llm;
    std::shared_ptr<filter::Caller> caller;  ///< Null: the rule asks nobody who he is.
    std::unique_ptr<ExchangeExtra> extra;
    std::unique_ptr<std::string> traceparent;  ///< As it was sent on, with a span of ours; null: the client's was, if any.
    std::unique_ptr<std::string> detail;  ///< A sentence made for this exchange; replaces failure.sentence.
    Failure failure;
    base::MonoTime started{};
    Moments at;
    std::uint64_t draw = 0;
    std::uint64_t requestBytes = 0;
    std::uint64_t responseBytes = 0;
    std::array<unsigned char, 16> clientAddress{};
    std::uint16_t clientPort = 0;
    std::uint16_t logicalPort = 0;
    std::uint16_t status = 0;
    std::uint8_t attempts = 0;
    std::int8_t grpcStatus = -1;  ///< What a gRPC client was told; -1: nothing, or no such client.
    const char* tunnelEnd = nullptr;  ///< How a tunnel ended; null: there was none.
    bool clientV6 = false;
    bool llmRoute = false;       ///< The rule reads LLM requests. Here, so that whoever counts need not look at the rule.
    bool picker = false;         ///< Another gateway's request, for which only a pod was picked (gateway/picker_call.h).
    bool connection = false;     ///< Of a connection that was passed on by its server name (TLSRoute), not of a request.
    bool http2 = false;          ///< The client's protocol; HTTP/1 otherwise.
    bool upstreamHttp2 = false;
    bool reused = false;    ///< The connection to the endpoint came from the pool.
    bool streamed = false;  ///< The answer was server-sent events.
    ShortText<38> requestId;
    ShortText<10> method;
    ShortText<46> host;
    ShortText<94> path;
};

/// Of a request that reached a model, whatever came of it: what it is billed; null: it did not. `usage` is filled in where the provider
/// never said it.
std::shared_ptr<const llm::Receipt> receiptOf(const ExchangeRecord& record, llm::Usage& usage);

/// What GenAiMetrics and UsageTotals count of it, and nothing else: a fifth of what the whole description costs.
telemetry::RequestRecord describeCounted(const ExchangeRecord& record);

/// The record that people see, with phases and steps. `monoNow` and `wallNow` are one moment on both clocks.
telemetry::RequestRecord describe(const ExchangeRecord& record, std::uint64_t sequence, base::MonoTime monoNow,
                                  base::WallTime wallNow);

}  // namespace gatehouse::gateway
