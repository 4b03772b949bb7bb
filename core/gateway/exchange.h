// Exchange: THE request. One coroutine, run(), reads top to bottom; each step is a member in the file of its part:
//   exchange.cpp           run(), begin, finish and record
//   exchange_request.cpp   read the head, route, filters, buffer a body, what goes upstream
//   exchange_llm.cpp       guard, enrichment, provider, usage
//   exchange_upstream.cpp  draw, pick, connect, send, read the answer's head, try again
//   exchange_response.cpp  relay, local answers
// Thread: its worker's. Lifetime: one per connection, reused from request to request.
#pragma once

#include "base/buffer.h"
#include "gateway/client.h"
#include "gateway/exchange_record.h"
#include "gateway/worker.h"
#include "http/chunked.h"
#include "http/h1.h"
#include "http/message.h"
#include "llm/usage.h"
#include "upstream/connection_pool.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gateway {

/// Runs of body bytes that have arrived, as views into the reader's input. Room is left in a Gather for heads and framing.
struct BodyPieces {
    std::array<std::string_view, net::Gather::kMax - 4> pieces;
    std::size_t count = 0;
    std::size_t total = 0;     ///< Body bytes in the pieces.
    std::size_t consumed = 0;  ///< Bytes of the input, framing included.
    bool failed = false;       ///< The framing is broken.
};
BodyPieces takeBody(http::BodyReader& body, std::string_view input);

class Exchange {
  public:
    Exchange(Worker& worker, Client& client);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// One request and its answer. False: the connection must end.
    net::Task<bool> run();
    /// The last answer was sent while the client may still be sending: close with care.
    bool lingers() const { return lingers_; }

  private:
    // ---- exchange.cpp
    void reset();
    void begin();
    void finish();
    std::int64_t elapsed();
    /// Notes why the exchange cannot go on; the client will get `status` (499: nobody is there to get anything).
    bool failWith(int status, const char* code, const char* sentence);

    // ---- exchange_request.cpp
    net::Task<bool> readHead();
    bool route();
    bool acceptBody();
    bool applyRequestFilters();
    net::Task<bool> bufferBody();
    net::Task<bool> sendContinue();
    bool clientFailed();
    base::MonoTime bodyDeadline() const;
    void noteBodyWait();
    void writeRequestHead();
    void stampRequestId();

    // ---- exchange_llm.cpp
    bool readsChat() const;
    bool prepareForBackend();
    bool prepareChat();
    void applyProvider();
    void startUsage();
    /// Passes answer bytes through the usage counter. What may go on is appended to usageOut_.
    void countUsage(std::string_view data);
    void finishUsage();
    std::string llmErrorBody(int status, const char* code, std::string_view message) const;

    // ---- exchange_upstream.cpp
    bool drawBackend();
    bool pickEndpoint();
    bool takePooled();
    net::Task<bool> connect();
    net::Task<bool> send();
    net::Task<bool> sendStreamedBody(net::Gather out);
    bool gatherRequestBody(net::Gather& out, std::size_t& consumed);
    void frameBody(net::Gather& out, const BodyPieces& body, bool chunked, bool done);
    bool sendFailed();
    net::Task<bool> readResponseHead();
    net::Task<bool> forwardInterim();
    bool answerFailed();
    base::MonoTime answerDeadline() const;
    bool tryAgain();
    void release();
    bool replayable() const;

    // ---- exchange_response.cpp
    net::Task<bool> relay();
    net::Task<bool> answerLocally();
    void writeResponseHead();
    bool gatherResponseBody(net::Gather& out, std::size_t& consumed);
    net::Task<bool> writeToClient(net::Gather& out);
    bool keepsClient() const;
    void cutClient();

    const http::Limits& limits() const { return worker_.limits(); }
    const route::Rule& rule() const { return *record_.candidate->rule; }

    Worker& worker_;
    Client& client_;

    // The request.
    http::RequestHead request_;
    http::RequestParser requestParser_;
    http::BodyReader requestBody_;
    base::Buffer body_;             ///< LLM routes: the whole body, as it goes upstream.
    bool bodyBuffered_ = false;
    base::MonoClock::duration bodyWaited_{};  ///< For the client alone, not for an upstream that takes its time.
    bool continueSent_ = false;
    bool requestSentWhole_ = false;
    bool llmRoute_ = false;
    char requestId_[36];

    // The upstream.
    std::shared_ptr<inference::Pod> pod_;
    const inference::Pod* avoidPod_ = nullptr;
    upstream::Endpoint* endpoint_ = nullptr;  ///< In the snapshot.
    const upstream::Endpoint* avoidEndpoint_ = nullptr;
    std::unique_ptr<upstream::Connection> connection_;
    bool reserved_ = false;      ///< inFlight of endpoint_ is counted by this exchange.
    bool freshOnly_ = false;     ///< The next attempt makes a new connection.
    bool staleConnection_ = false;
    bool connectFailed_ = false;
    base::MonoTime requestDeadline_ = net::Stream::kNever;
    base::MonoTime tryDeadline_ = net::Stream::kNever;

    // The answer.
    http::ResponseHead response_;
    http::ResponseParser responseParser_;
    http::BodyReader responseBody_;
    http::BodyKind sentAs_ = http::BodyKind::None;  ///< How the body goes to the client.
    std::optional<llm::StreamUsage> streamUsage_;
    std::string usageOut_;
    std::string usageBody_;       ///< A buffered JSON answer, kept for its usage.
    bool usageFromBody_ = false;
    bool responseStarted_ = false;
    bool clientKeepAlive_ = false;
    bool lingers_ = false;

    http::HeadWriter out_;
    std::optional<http::ChunkHead> chunkHead_;
    ExchangeRecord record_;
    base::MonoTime now_{};
    int failureStatus_ = 0;
    std::string localBody_;
};

}  // namespace gatehouse::gateway
