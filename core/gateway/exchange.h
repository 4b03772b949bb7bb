// Exchange: THE request. One coroutine, run(), reads top to bottom; each step is a member in the file of its part:
//   exchange.cpp           run(), begin, finish and record
//   exchange_request.cpp   read the head, route, filters, buffer a body, what goes upstream
//   exchange_llm.cpp       guard, enrichment, provider, usage
//   exchange_upstream.cpp  draw, pick, connect, send, read the answer's head, try again
//   exchange_response.cpp  relay, local answers
// The protocols of both sides are behind gateway/downstream.h and upstream/call.h.
// Thread: its worker's. Lifetime: one per HTTP/1 connection, reused from request to request; one per HTTP/2 stream.
#pragma once

#include "base/buffer.h"
#include "gateway/downstream.h"
#include "gateway/exchange_record.h"
#include "gateway/worker.h"
#include "llm/usage.h"
#include "upstream/connection_pool.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gateway {

class Exchange {
  public:
    Exchange(Worker& worker, Downstream& downstream);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// One request and its answer. False: no other may follow on the connection.
    net::Task<bool> run();

  private:
    // ---- exchange.cpp
    void reset();
    void begin();
    void finish();
    std::int64_t elapsed();
    /// Notes why the exchange cannot go on; the client will get `status` (499: nobody is there to get anything).
    bool failWith(int status, const char* code, const char* sentence);

    // ---- exchange_request.cpp
    /// False: the head is not there; failed() or an idle connection's end.
    bool headArrived(Downstream::Arrival arrival);
    bool route();
    bool acceptBody();
    bool applyRequestFilters();
    net::Task<bool> bufferBody();
    net::Task<bool> askForBody();
    bool clientFailed();
    base::MonoTime bodyDeadline() const;
    void noteBodyWait();
    upstream::RequestOut requestOut() const;
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
    net::Task<bool> sendStreamedBody();
    bool sendFailed();
    net::Task<bool> readResponseHead();
    net::Task<bool> forwardInterim();
    http::Wait whileClientStays(base::MonoTime deadline) const;
    bool answerFailed();
    base::MonoTime answerDeadline() const;
    bool tryAgain();
    void release();
    bool replayable() const;

    // ---- exchange_response.cpp
    net::Task<bool> relay();
    net::Task<bool> switchProtocols();
    net::Task<bool> answerLocally();
    AnswerHead answerHead();
    void countAnswer(http::BodyPieces& body, bool last);
    http::Wait clientWait() const;
    bool clientTook(bool sent);

    const http::Limits& limits() const { return worker_.limits(); }
    const route::Rule& rule() const { return *record_.candidate->rule; }

    Worker& worker_;
    Downstream& downstream_;

    // The request.
    http::RequestHead& request_;
    base::Buffer body_;             ///< LLM routes: the whole body, as it goes upstream.
    bool bodyBuffered_ = false;
    std::uint64_t bodyReceived_ = 0;          ///< Bytes of its body.
    base::MonoClock::duration bodyWaited_{};  ///< For the client alone, not for an upstream that takes its time.
    bool continueSent_ = false;
    bool requestSentWhole_ = false;
    bool llmRoute_ = false;
    bool upgrading_ = false;        ///< The client asks for WebSocket.
    bool switched_ = false;         ///< The upstream agreed.
    char requestId_[36];

    // The upstream.
    std::shared_ptr<inference::Pod> pod_;
    const inference::Pod* avoidPod_ = nullptr;
    upstream::Endpoint* endpoint_ = nullptr;  ///< In the snapshot.
    const upstream::Endpoint* avoidEndpoint_ = nullptr;
    std::unique_ptr<upstream::Call> call_;
    bool reserved_ = false;      ///< inFlight of endpoint_ is counted by this exchange.
    bool freshOnly_ = false;     ///< The next attempt makes a new connection.
    bool staleConnection_ = false;
    bool connectFailed_ = false;
    base::MonoTime requestDeadline_ = net::Waiter::kNever;
    base::MonoTime tryDeadline_ = net::Waiter::kNever;

    // The answer.
    http::ResponseHead response_;
    std::optional<llm::StreamUsage> streamUsage_;
    std::string usageOut_;
    std::string usageBody_;       ///< A buffered JSON answer, kept for its usage.
    bool usageFromBody_ = false;
    bool responseStarted_ = false;

    ExchangeRecord record_;
    base::MonoTime now_{};
    int failureStatus_ = 0;
    std::string localBody_;
};

}  // namespace gatehouse::gateway
