// Exchange: THE request. One coroutine, run(), reads top to bottom; each step is a member in the file of its part:
//   exchange.cpp           run(), begin, finish and record
//   exchange_request.cpp   read the head, route, filters, buffer a body, what goes upstream
//   exchange_listener.cpp  what ListenerPolicies make of it before its rule is looked at
//   exchange_llm.cpp       the client's API, policies, lists of models, errors in its dialect
//   exchange_provider.cpp  which provider is asked, with what, and who is asked when it fails
//   exchange_credentials.cpp  which of our keys a provider is shown, and which one next
//   exchange_restart.cpp   streams that begin anew at another provider
//   exchange_llm_answer.cpp  usage, translated answers, streams that break off
//   exchange_filters.cpp   the rule's filters in order, X-Forwarded-*, CORS, sessions
//   exchange_auth.cpp      external authorization
//   exchange_cache.cpp     answers that are kept for equal requests
//   exchange_fault.cpp     where it comes from, faults on purpose
//   exchange_mirror.cpp    copies to other backends
//   exchange_retry.cpp     further tries that the rule asks for
//   exchange_grpc.cpp      answers to gRPC clients
//   exchange_upstream.cpp  draw, pick, connect, send, read the answer's head, try again
//   exchange_pick.cpp      the pick among a pool's pods, waiting for room, what answers teach
//   exchange_duplex.cpp    the rest of a body beside the answer
//   exchange_response.cpp  relay, local answers
//   exchange_tunnel.cpp    CONNECT and WebSocket
//   exchange_guard.cpp     guards of answers
//   exchange_guard_chain.cpp  guards that ask services
//   exchange_guard_call.cpp   their questions
//   exchange_access.cpp    who calls, what he may ask for, what he is charged
//   exchange_rewrite.cpp   models by name, changes of a body's fields
//   exchange_capture.cpp   what both sides said, where somebody wants to see it
// The protocols of both sides are behind gateway/downstream.h and upstream/call.h.
// Thread: its worker's. Lifetime: one per HTTP/1 connection, reused from request to request; one per HTTP/2 stream.
#pragma once

#include "base/buffer.h"
#include "gateway/downstream.h"
#include "gateway/exchange_record.h"
#include "gateway/worker.h"
#include "llm/guard_chain.h"
#include "llm/usage.h"
#include "route/matcher.h"
#include "upstream/connection_pool.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {
struct Rewritten;
}
namespace gatehouse::inference {
struct Prompt;
}
namespace gatehouse::filter {
class ActiveFault;
}

namespace gatehouse::gateway {

struct MirrorCopy;
struct PoolExchange;
struct LlmExchange;

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
    net::Task<bool> bufferBody(std::size_t most);
    net::Task<bool> askForBody();
    bool clientFailed();
    base::MonoTime bodyDeadline() const;
    void noteBodyWait();
    upstream::RequestOut requestOut() const;
    void stampRequestId();

    // ---- exchange_listener.cpp
    const route::ListenerSettings* listenerSettings() const;
    bool applyListener(const route::Port& port, const std::string* sni, route::MatchResult& match);
    void applyRequestId(const route::ListenerSettings& settings);

    // ---- exchange_filters.cpp
    enum class Filtered : std::uint8_t { Done, Answered, AsksAuth, Faults };
    /// Goes on where it left off. Answered: failureStatus_ and local_ say with what.
    Filtered runFilters();
    void stampForwarded();
    void stampTrustedForwarded(const route::ListenerSettings* settings);
    bool trustsPeer(const route::ListenerSettings& settings) const;
    void noteClientBeyond(const route::ListenerSettings& settings, std::string_view way);
    void noteTrustedClient(std::string_view way);
    bool applyCors();
    bool chooseBySession();
    bool pickSessionEndpoint();
    /// What CORS and sessions add to an answer.
    void stampAnswer();
    ExchangeExtra& extra();

    // ---- exchange_fault.cpp
    /// For the record: one step of this request.
    void note(const char* stage, route::StepOutcome outcome, std::string subject, std::string detail);
    bool comesFromHere(const filter::Csrf& csrf);
    net::Task<bool> injectFault();
    net::Task<bool> paceAnswer(std::size_t bytes);

    // ---- exchange_cache.cpp
    bool answersFromCache();
    void stampCached(http::Headers& headers) const;
    void keepForCache(const http::BodyPieces& body);
    void storeAnswer();

    // ---- exchange_auth.cpp
    net::Task<bool> askAuth();
    bool authFailed(const char* sentence);
    void takeOver(const std::vector<std::string>& names, const http::Headers& answer);
    void fillAuthHead(const route::Auth& auth, http::RequestHead& head) const;

    // ---- exchange_mirror.cpp
    void drawMirror(std::uint8_t index);
    void startMirrors();
    void dropMirrors(const char* why);

    // ---- exchange_retry.cpp
    /// Should the body's bytes be kept for another use, on their way?
    void keepBodyIfNeeded();
    void keepBody(const http::BodyPieces& body);
    /// After a try that was answered or failed. True: another one follows, now.
    net::Task<bool> retry(bool answered);
    void noteTry(bool answered);
    const char* whyNoRetry(bool answered) const;
    void forgetTry();
    /// Another backend than those that were tried, by weight, with the request as it was before the last one's changes.
    void redrawBackend();
    void keepHead();
    void restoreHead();
    /// An endpoint of the backend that had no try yet; else `otherwise`, else any.
    upstream::Endpoint* pickUntried(upstream::Endpoint* otherwise) const;

    // ---- exchange_grpc.cpp
    bool speaksGrpc() const;
    /// Makes an error's head one that gRPC clients understand.
    void answerGrpc(AnswerHead& head, std::string_view sentence);
    void noteGrpcStatus();

    // ---- exchange_llm.cpp
    void beginLlm();
    bool readsChat() const;
    bool answersModels();
    bool applyPolicies();
    bool refuseBody(const Error& error);
    const llm::Dialect& clientDialect() const;
    std::string llmErrorBody(int status, const char* code, std::string_view message) const;
    std::string_view llmSentence(int status) const;

    // ---- exchange_provider.cpp
    /// The one that is asked now, of a Backend with several providers.
    const upstream::Cluster* cluster() const;
    const route::LlmTarget* nextTarget() const;
    bool anotherTarget() const;
    bool prepareForBackend();
    bool beginTarget();
    bool prepareTarget();
    bool aimAtProvider();
    void judgeTarget(bool answered);
    /// Failure::code of a try; empty where it was answered.
    std::string_view failureOf(bool answered) const;
    void judgeProvider(bool answered);
    bool failOver(bool answered);
    void forgetAnswer();
    /// Picks, connects, sends and reads the head of an answer that may go to the client; false: failureStatus_ says why there is none.
    net::Task<bool> tryUpstreams();

    // ---- exchange_credentials.cpp
    /// Chooses one of the provider's keys and shows it. False: there is none to show.
    bool showKey();
    bool stampKey();
    net::Task<bool> awaitKey();
    bool keyMissing(const std::string& why);
    bool anotherKey() const;
    bool tryAnotherKey(bool answered);
    /// After an answer with this status: will somebody else be asked?
    bool passesOn(int status) const;

    // ---- exchange_restart.cpp
    bool mayRestart() const;
    net::Task<bool> restartStream();
    base::MonoTime streamDeadline() const;

    // ---- exchange_llm_answer.cpp
    net::Task<bool> collectAnswer(std::size_t most);
    net::Task<bool> readLlmAnswer();
    net::Task<bool> beginStream();
    void noteAnswer(const llm::Usage& usage, const llm::AnswerFacts& facts, const llm::Losses& losses);
    void stampTrace();
    void noteStream();
    void noteCutUsage();
    void noteUsage(const llm::StreamUsage& stream);
    void translateStream(const http::BodyPieces& body, bool last);
    void writeStreamError(std::string& out);
    net::Task<bool> relayWhole();

    // ---- exchange_guard.cpp
    const llm::RegexGuard* answerGuard() const;
    bool answerNeedsGuard() const;
    bool answerIsGuarded() const;
    void noteGuarded(const llm::GuardVerdict& verdict);
    bool guardWholeAnswer();
    void beginStreamGuard();
    void guardStream(std::string& bytes, bool last);
    void endStreamGuard();

    void startUsage();
    /// Passes answer bytes through the usage counter. What may go on is appended to usageOut_.
    void countUsage(std::string_view data);
    void finishUsage();

    // ---- exchange_upstream.cpp
    bool drawBackend();
    bool pickEndpoint();
    bool takePooled();
    net::Task<bool> connect();
    net::Task<bool> send();
    net::Task<bool> sendStreamedBody();
    bool sendFailed();
    net::Task<bool> readResponseHead();
    net::Task<bool> awaitResponseHead();
    net::Task<bool> forwardInterim();
    http::Wait whileClientStays(base::MonoTime deadline) const;
    bool answerFailed();
    bool upstreamFull(const char* name);
    base::MonoTime answerDeadline() const;
    bool tryAgain();
    void release();
    bool replayable() const;

    // ---- exchange_pick.cpp
    PoolExchange& picking();
    const inference::Prompt& promptForPick();
    int pickPriority() const;
    upstream::Endpoint* pickPod(bool again, bool furtherTry);
    void pickSessionPod();
    void noteFirstToken();
    void endBooking();
    net::Task<bool> awaitRoom();
    void stampDropReason();

    // ---- exchange_duplex.cpp
    /// Sends the rest of the body beside the answer, where both sides can do both at once.
    bool startUpload();
    net::Task<void> upload();
    net::Task<void> endUpload();

    // ---- exchange_response.cpp
    net::Task<bool> relay();
    /// False: it did not come whole.
    net::Task<bool> relayBody(const AnswerHead& head);
    net::Task<bool> answerLocally();
    AnswerHead answerHead();
    void showInstead(http::BodyPieces& body);
    void countAnswer(http::BodyPieces& body, bool last);
    http::Wait clientWait() const;
    bool clientTook(bool sent);

    // ---- exchange_guard_chain.cpp
    /// Guards of the rule's chain that ask a service, over the request; false: refused.
    net::Task<bool> askRequestGuards();
    net::Task<bool> askAnswerGuards();
    const llm::GuardChain* guardChain() const;
    const llm::GuardChain* answerChain(bool stream) const;
    llm::GuardReport& guardReport();
    bool guardRefused();
    bool guardStopped() const;
    // ---- exchange_guard_call.cpp
    struct GuardKey {
        std::size_t index = 0;
        std::string missing;  ///< Why there is none.
    };
    net::Task<bool> showGuardKey(const llm::Provider& provider, http::RequestHead& head, std::string_view body, base::MonoTime until, GuardKey& key);
    net::Task<void> questionGuard(const llm::Guard& guard, bool answer, const std::vector<llm::GuardText>& texts, llm::ServiceVerdict& verdict);
    net::Task<bool> askGuard(const llm::Guard& guard, bool answer, const std::vector<llm::GuardText>& texts, std::vector<std::string>& masked);

    // ---- exchange_guard_chain.cpp
    net::Task<bool> runGuard(const llm::Guard& guard, bool answer, base::Buffer& body);
    net::Task<bool> guardStreamByChain(bool last);
    net::Task<bool> guardAnswerStream(http::BodyPieces& body, bool last);
    void endGuardRun();
    /// Some tag of the request is put back into this answer.
    bool restoresMasks() const;
    bool restoreWhole();
    void writeRefusal(std::string& out);

    // ---- exchange_access.cpp
    /// CORS answers it by itself, and browsers send no credentials with it.
    bool answersPreflight() const;
    /// Who calls and how often, before anything else is done; false: refused.
    net::Task<bool> admitClient();
    /// What only the body tells: the model, the budget.
    bool admitModel();
    void chargeClient();

    // ---- exchange_capture.cpp
    void beginCapture();
    void captureClientRequest();
    void captureProviderRequest();
    void captureProviderAnswer(const http::BodyPieces& body);
    void captureClientHead(const AnswerHead& head);
    void captureClientAnswer(const http::BodyPieces& body);
    void endCapture();

    // ---- exchange_rewrite.cpp
    /// Which rule serves the model that is asked for, where the listener has a table of models; false: refused.
    bool chooseModelRoute();
    /// What the rule's policy does to the fields of the client's body; false: it cannot be read.
    bool rewriteBody();
    bool rewriteForProvider(const llm::Provider& provider);
    bool finishProviderBody(const llm::Provider& provider);
    const route::ModelTable* modelTable() const;
    /// (exchange_pool.cpp) Which model the drawn pool is asked for; false: refused.
    bool rewriteForPool();
    void noteRewrites(const std::vector<llm::Rewritten>& rewritten);

    // ---- exchange_tunnel.cpp
    void aimConnect();
    net::Task<bool> prepareTunnel();
    bool agreedToTunnel();
    net::Task<bool> switchProtocols();
    /// What follows the head is a tunnel's, or nothing; never a body.
    bool endsInHead() const { return connecting_ || (upgrading_ && downstream_.isHttp2()); }

    const http::Limits& limits() const { return limits_; }
    const route::Rule& rule() const { return *record_.candidate->rule; }

    Worker& worker_;
    Downstream& downstream_;
    const http::Limits& limits_;  ///< The connection's.

    // The request.
    http::RequestHead& request_;
    base::Buffer body_;             ///< LLM routes: the whole body, as it goes upstream.
    /// The request without what its backend changed.
    struct KeptHead {
        std::vector<http::Header> headers;
        std::string_view path, query, authority, host;
        bool hasQuery = false;
    };
    std::unique_ptr<KeptHead> keptHead_;
    bool bodyBuffered_ = false;
    bool keepBody_ = false;         ///< body_ holds all that was read of a streamed body.
    std::uint8_t nextFilter_ = 0;   ///< In the rule's order.
    std::uint8_t authIndex_ = 0;    ///< Of the rule's, for askAuth().
    std::uint8_t faultIndex_ = 0;   ///< Of the chain's, for injectFault().
    std::int8_t abortGrpcStatus_ = -1;   ///< What a fault on purpose tells gRPC clients.
    std::uint64_t answerRate_ = 0;       ///< Bytes per second that a fault lets through; 0: all.
    base::MonoTime paceUntil_{};
    std::unique_ptr<filter::ActiveFault> activeFault_;
    std::vector<std::shared_ptr<MirrorCopy>> mirrors_;
    std::uint64_t bodyReceived_ = 0;          ///< Bytes of its body.
    base::MonoClock::duration bodyWaited_{};  ///< For the client alone, not for an upstream that takes its time.
    bool continueSent_ = false;
    bool requestSentWhole_ = false;
    bool llmRoute_ = false;
    int arm_ = ArmChoice::kNone;    ///< Which backend of a split the console asks for.
    std::unique_ptr<LlmExchange> llm_;  ///< On LLM routes.
    bool upgrading_ = false;        ///< The client asks for WebSocket.
    bool connecting_ = false;       ///< CONNECT, and the rule takes it.
    bool preflight_ = false;        ///< Matched as the request that it asks for.
    std::string_view connectTo_;    ///< What a CONNECT names, as it was sent.
    std::string_view webSocketKey_; ///< The client's, or the one that was made for the upstream.
    bool switched_ = false;         ///< The upstream agreed.
    char requestId_[36];

    // The upstream.
    std::shared_ptr<inference::Pod> pod_;
    const inference::Pod* avoidPod_ = nullptr;
    std::unique_ptr<PoolExchange> picking_;   ///< Once a pool was picked from.
    upstream::Endpoint* endpoint_ = nullptr;  ///< In the snapshot.
    route::SessionChoice session_;
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

    std::unique_ptr<net::Event> uploadEnded_;  ///< While an upload runs beside the answer.
    bool uploading_ = false;
    bool stopUpload_ = false;
    Failure uploadBroken_;  ///< Why the client's message cannot be served after all.

    ExchangeRecord record_;
    base::MonoTime now_{};
    int failureStatus_ = 0;
    enum class Local : std::uint8_t { Error, Redirect, Direct, Preflight, Auth, Health, Models, Cached } local_ = Local::Error;
    std::string localBody_;
    std::optional<net::asio::ip::address> trustedClient_;  ///< As proxies of ours tell it.
    std::string_view origin_;  ///< Of a rule with CORS.
    std::unique_ptr<http::ResponseHead> authAnswer_;  ///< That of a denial, with what of it the client may see.
};

}  // namespace gatehouse::gateway
