// RequestRecord: what the console, the admin endpoint and the access log show of one finished request. Built off the hot
// path from the compact record that workers push into their rings. Thread: values.
#pragma once

#include "base/clock.h"
#include "inference/pool.h"
#include "llm/plan.h"
#include "llm/price_book.h"
#include "llm/translate.h"
#include "llm/usage.h"
#include "route/decision.h"
#include "route/explain.h"
#include "telemetry/recorded_head.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::llm {
/// What was said on both sides of the gateway, kept within a budget. Defined in llm/capture.h.
struct Capture;
struct CaptureData;
/// What each guard of a chain found. Defined in llm/guard_chain.h.
struct GuardReport;
}  // namespace gatehouse::llm
namespace gatehouse::filter {
/// Who called and what was charged. Defined in filter/client_access.h.
struct Caller;
}  // namespace gatehouse::filter

namespace gatehouse::telemetry {

/// A phase of the timeline, relative to the first byte of the request head.
struct Phase {
    std::string name;  ///< receive, guard, route, pick, connect, upstream wait, stream
    std::int64_t startMicros = 0;
    std::int64_t durationMicros = 0;
    bool upstream = false;  ///< Time that is not the gateway's own.
};

struct RequestRecord {
    std::uint64_t sequence = 0;  ///< Unique in this process, rising.
    std::string requestId;
    base::WallTime startedAt;
    std::string client;          ///< "127.0.0.1:53211"
    std::string protocol;          ///< The client's: "HTTP/1.1", "HTTP/2"; "ext_proc": another gateway's, that asked for a pod.
    std::string upstreamProtocol;  ///< The endpoint's; empty where none was spoken to.
    /// The client's TLS session; all empty on a plain connection.
    std::string tlsVersion, tlsSni, tlsAlpn, tlsClientSubject;
    bool tlsClientVerified = false;
    std::uint16_t port = 0;      ///< Of the listener: the logical one; 0: not known.
    std::string method, host, path;  ///< Secret parameters of the query are hidden.
    std::shared_ptr<const RecordedHead> head;  ///< Null where no head came whole.
    int grpcStatus = -1;         ///< What a gRPC client got (0 is OK); -1: none.
    /// What the client got; of a gRPC client what its grpcStatus stands for. 499 = the client left before an answer.
    int status = 0;
    std::string error;           ///< Stable code where Gatehouse answered or cut: no-route, upstream-connect, upstream-reset, timeout, client-left, guard-rejected, body-too-large, ...
    std::string errorSentence;
    std::string listener, route, rule, backend, endpoint, pod;
    std::string arm;             ///< Name of the drawn backend where a rule has several.
    bool armChosen = false;      ///< The console asked for that backend: no part of what a split came to.
    std::string armFirst;        ///< The backend that was drawn first, where a further try went to another; else empty.
    std::uint64_t armKey = 0;    ///< Hash of the key that a sticky split chose the arm by; 0: drawn.
    std::string model;
    bool llm = false;
    bool streamed = false;
    llm::Usage usage;
    llm::GuardVerdict guard;
    llm::GuardVerdict answerGuard;
    std::string api, operation;                  ///< llm::apiName(), llm::operationName(); empty: no LLM API that is known.
    std::string clientDialect, providerDialect;  ///< Empty: the body was not read.
    std::string provider;                        ///< Its name in configuration; empty: a model server of ours.
    std::string providerSystem;                  ///< gen_ai.provider.name
    llm::AnswerFacts answer;                     ///< What the provider said of its answer, where it was read.
    llm::Losses losses;                          ///< What another dialect could not say, of request and answer.
    std::vector<std::string> streamFaults;
    std::shared_ptr<const llm::Receipt> receipt; ///< Null where no model was asked.
    /// Since the request was sent, until the first bytes of a stream; and from there to the end. -1: no stream.
    std::int64_t firstTokenMicros = -1, streamMicros = -1;
    std::string traceId;                         ///< 32 hex digits of the W3C trace that it belongs to; empty: none.
    std::string parentSpanId, spanId;            ///< 16 hex digits each: the client's span; ours, where one was made.
    bool sampled = true;                         ///< The trace is recorded, as far as its beginner says.
    std::uint64_t requestBytes = 0, responseBytes = 0;
    std::int64_t totalMicros = 0;
    std::int64_t firstByteMicros = -1;  ///< Until the first body byte of the answer reached us; -1 = none.
    std::int64_t upstreamMicros = 0;    ///< Time spent waiting on the upstream.
    int attempts = 1;
    std::uint64_t generation = 0;       ///< Snapshot that served it.
    std::vector<Phase> phases;
    std::vector<route::Step> steps;
    std::shared_ptr<const inference::PickRecord> pick;
    std::shared_ptr<const llm::Capture> capture;          ///< Null: nothing was kept.
    std::shared_ptr<const llm::GuardReport> guardReport;  ///< Null: no chain of guards ran.
    std::shared_ptr<const filter::Caller> caller;         ///< Null: the rule asks nobody who he is.
};

/// One line of JSON (no newline), strings escaped, secrets never in it.
std::string toJson(const RequestRecord& record);
/// What was said on both sides, as JSON: heads, bodies (text, else base64), chunks with their times.
std::string captureJson(const RequestRecord& record, const llm::CaptureData& data);

/// The request itself as explain asks for it: method, URL with the listener's port, fields, server name, client. Bodies are not
/// in records.
route::ExplainRequest explainRequestOf(const RequestRecord& record);
/// The same of what toJson() or the admin page /requests printed (of a page the first, which is the newest). Error "usage".
Result<route::ExplainRequest> explainRequestFrom(std::string_view json);

}  // namespace gatehouse::telemetry
