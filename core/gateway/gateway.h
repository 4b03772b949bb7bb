// Gateway: the facade of the whole engine. Owns the control thread, the data-plane workers, the scraper and the
// telemetry thread. The GUI samples state() and drains requests; it never gets a callback per request.
// Thread: every member from one owner thread (GUI or headless main) unless noted. Lifetime: stop() or destruction joins all.
#pragma once

#include "base/result.h"
#include "config/object.h"
#include "config/status.h"
#include "gateway/picker_server.h"
#include "http/limits.h"
#include "inference/flow_control.h"
#include "inference/pool.h"
#include "inference/scraper.h"
#include "llm/connection_test.h"
#include "llm/credentials.h"
#include "route/explain.h"
#include "telemetry/request_record.h"
#include "telemetry/usage_totals.h"
#include "upstream/health.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::gateway {

struct Options {
    /// logical port -> "host:port" to bind; others bind 127.0.0.1:<logical port>. Port 0 picks a free one.
    std::map<std::uint16_t, std::string> listen;
    /// Where a logical port cannot be bound (privileged, in use) and has no entry above: also try port 0 instead.
    bool fallbackToFreePort = false;
    /// "127.0.0.1:9002": other gateways may ask there for pods of the InferencePools (the endpoint-picker protocol); empty = nowhere.
    std::string picker;
    std::string admin;  ///< "127.0.0.1:15000"; empty = no admin listener. Refused unless loopback.
    unsigned workers = 0;  ///< 0 = min(4, cores / 2), at least 1.
    http::Limits limits;
    inference::ScraperOptions scraper;
    std::string otlp;                ///< Where telemetry is exported to: "http://127.0.0.1:4318"; empty = nowhere. Begins traces.
    std::size_t captureBytes = 0;    ///< What both sides say is kept within this much memory; 0 = not.
    std::string accessLogFile;       ///< JSON lines; empty = none, "-" = standard output.
    std::string stateFolder;         ///< Where budgets are kept from one run to the next; empty = nowhere.
    std::size_t recordCapacity = 20'000;  ///< Recent requests kept for /requests.
};

struct ListenerState {
    std::uint16_t logicalPort = 0;
    std::string address;  ///< "127.0.0.1:18080" when bound.
    std::string error;    ///< Sentence when not.
    bool tls = false;     ///< Connections begin with TLS.
};

struct PodState {
    std::string pool, pod, address;
    inference::PodMetrics metrics;
    inference::ScrapeState scrape = inference::ScrapeState::Never;
    std::int64_t ageMillis = -1;
    std::string scrapeError;
    std::int32_t inFlight = 0;
    std::uint64_t picks = 0, requests = 0, failures = 0;
    bool ejected = false;
    std::string engine;         ///< "vLLM"; empty: not known yet.
    std::string engineLimits;   ///< What the engine does not tell, and by what its pods are judged; empty: nothing is missing.
    std::string kvSource;       ///< The metric that KV use came from; its age is ageMillis.
    std::string gpuSource;      ///< Where device memory came from: "DCGM exporter gpu/dcgm-1", "its own page".
    std::int64_t gpuAgeMillis = -1;
    std::vector<std::string> adapters, waitingAdapters;  ///< LoRA, of the requests that the engine has now.
};

/// What holds for an InferencePool as it runs, beyond its pods.
struct PoolState {
    std::string name;     ///< "namespace/name", as PodState::pool.
    bool byScores = false;
    std::shared_ptr<const inference::PickProfile> profile;  ///< Of the EndpointPickerConfig in force; null: by cost, or by scores.
    bool queues = false;  ///< It has a queue of its own for when every pod is full.
    inference::FlowOptions flow;
    std::vector<std::pair<int, std::size_t>> waiting;  ///< In that queue, by priority, the highest first.
    std::uint64_t shed = 0, shedNegative = 0, evicted = 0;  ///< Since the start: all, of negative priority, pushed out by a higher one.
    std::uint64_t waits = 0;      ///< That are over, since the start.
    base::Micros waited{0};       ///< All of them together.
};

/// A DCGM exporter that tells of the GPUs of pods.
struct ExporterState {
    std::string name, address, error;   ///< `error` empty: its last page was good.
    std::int64_t ageMillis = -1;        ///< Of the last good page; -1: none.
    std::size_t pods = 0, joined = 0;   ///< That its page names; of these, endpoints of pools.
};

/// One limit of the data plane, with what came of it.
struct LimitState {
    std::string name, what, value, answer, source;
    bool isLimit = true;      ///< False: another reason for which connections are refused, e.g. "tls-no-listener".
    std::uint64_t count = 0;  ///< How often it was enforced since the start.
    base::WallTime last;      ///< When last; the epoch where never.
    /// Where a policy sets another value: for which listeners, and which policy. In the order of ports.
    struct Override {
        std::string value, listener, origin;  ///< "20 s", "Gateway default/edge/http", "ListenerPolicy default/edge"
    };
    std::vector<Override> overrides;
};

/// The endpoints of one backend, and what holds for them.
struct ClusterSample {
    std::string id, name;   ///< "Service/default/web:80", "Service default/web port 80"
    std::string balance;    ///< "least request"
    std::string policy;     ///< "BackendConfigPolicy default/web"; empty: none.
    std::string protocol;   ///< "HTTP/1.1", "HTTP/2"
    std::string transport;  ///< How exactly; tells backends apart that are spoken to in several ways. Empty: plain HTTP/1.
    bool tls = false;
    bool panic = false;     ///< So many are out that all are used.
    std::int32_t connections = 0, pending = 0;
    std::uint32_t maxConnections = 0, maxPending = 0, maxRequests = 0;  ///< 0: those of the table of limits.
    std::uint64_t overflows = 0;  ///< Requests that were answered 503 because of a limit.
    struct Member {
        upstream::EndpointHealth health;
        std::vector<std::string> addresses;  ///< Of a host name: those that are dialled in turn.
    };
    std::vector<Member> endpoints;
};

/// One provider of an AI Backend, as it does now.
struct ProviderSample {
    std::string backend;   ///< "Backend default/ai"
    std::string name;      ///< Its own.
    std::string title;     ///< "OpenAI"
    std::string model;     ///< That it is asked for; empty: the client's.
    std::uint32_t group = 0;
    std::string auth;      ///< "key", "signature", "the client's key", "none"
    upstream::EndpointHealth health;
    llm::ProviderHealth::Sample calls;
    std::vector<llm::Credentials::Sample> keys;
    /// Price of the model that it is asked for: of input and output, micro-units per million tokens; negative: not known.
    std::int64_t inputRate = -1, outputRate = -1;
    std::string currency, priceBook;
};

struct BackendState {
    std::string id, name;
    std::uint32_t weight = 0;
    std::uint64_t requests = 0, errors = 0, inputTokens = 0, outputTokens = 0;
    std::string invalidReason;
};

struct RuleState {
    std::string id, name;
    config::ObjectKey route;
    std::size_t index = 0;
    std::uint64_t requests = 0, errors = 0;
    std::string broken;
    std::vector<BackendState> backends;
    std::vector<BackendState> mirrors;  ///< Copies, and those that failed or were dropped; no shares.
};

/// Sampled at any moment; counters are totals since start.
struct State {
    bool running = false;
    std::uint64_t generation = 0;
    std::vector<ListenerState> listeners;
    std::string adminAddress;
    std::string pickerAddress;       ///< Empty: other gateways cannot ask.
    PickerServer::Counts picker;     ///< What they asked.
    std::vector<PodState> pods;
    std::vector<PoolState> pools;
    std::vector<ExporterState> exporters;
    std::vector<RuleState> rules;
    std::vector<ClusterSample> clusters;
    std::vector<ProviderSample> providers;
    std::vector<LimitState> limits;  ///< The table of limits, then other reasons for refusals that have occurred.
    std::uint64_t requests = 0, responses5xx = 0, recordsDropped = 0;
    std::int64_t inFlight = 0, connections = 0;
    std::uint64_t accessLinesLost = 0;
    std::uint64_t otlpDropped = 0, otlpFailures = 0;  ///< Spans; posts.
    std::size_t captureBudget = 0, captureUsed = 0, captures = 0;  ///< Bytes (0: off), bytes, requests.
    std::uint64_t capturesPushedOut = 0;
    std::uint64_t cacheHits = 0, cacheMisses = 0;     ///< Of answers that are kept for equal requests.
    std::size_t cacheEntries = 0, cacheBytes = 0;
    telemetry::UsageTotals::Rows usage;  ///< By route, provider and model; null before the start.
    base::WallTime usageSince;
};

/// The outcome of one apply().
struct ApplyReport {
    std::uint64_t generation = 0;
    std::uint64_t revision = 0;  ///< ObjectSet::revision it was made from.
    std::vector<config::Diagnostic> diagnostics;
    std::vector<config::ObjectStatus> statuses;
    std::chrono::microseconds duration{0};  ///< From apply() to the last worker having the snapshot.
};

class Gateway {
  public:
    static Result<std::unique_ptr<Gateway>> start(Options options);
    ~Gateway();

    /// Validates, translates and swaps on the control thread; the newest wins where several are queued.
    void apply(std::shared_ptr<const config::ObjectSet> objects);
    /// The same and waits for the report (headless start-up, tests).
    ApplyReport applyAndWait(std::shared_ptr<const config::ObjectSet> objects);
    /// The last finished apply; generation 0 before the first.
    std::shared_ptr<const ApplyReport> report() const;

    State state() const;

    /// Hands over finished requests in order, at most `max`; for one consumer (the GUI or the headless printer).
    std::size_t drainRequests(std::size_t max, std::vector<telemetry::RequestRecord>& out);
    /// Recent requests, newest first (the admin endpoint's view).
    std::vector<telemetry::RequestRecord> recentRequests(std::size_t limit) const;

    /// Captures requests from now on within that much memory; 0 = none, and forgets those that are kept. Any thread.
    void setCapture(std::size_t bytes);

    /// The access log's path is opened anew before the next line, as log rotation wants it.
    void reopenAccessLog();

    /// On the current snapshot, without an upstream call.
    Result<route::Explanation> explain(const route::ExplainRequest& request) const;

    /// A header field by which a request of this process, from this machine, goes to the backend at that position of its rule, whatever the
    /// weights say. The field is taken out of the request, and is worth nothing to who does not hold this gateway. Any thread.
    std::pair<std::string, std::string> armField(std::size_t backend);
    /// The certificates that the listeners of a logical port present, PEM; empty: they speak no TLS. Any thread.
    std::string listenerCertificates(std::uint16_t logicalPort) const;

    /// A test of a provider of an AI Backend, of the current snapshot; it blocks, and may be run on any thread, also after the gateway
    /// is gone. Error "no-provider": nothing that runs uses one of that name.
    using ConnectionTest = std::function<std::vector<llm::ConnectionStep>(const std::function<bool()>& stopped)>;
    Result<ConnectionTest> connectionTest(const config::ObjectKey& backend, const std::string& provider) const;

    const http::Limits& limits() const;

    /// Called on the control thread (any thread) when a report is ready; must not block. For a coalesced GUI wake-up.
    void setWake(std::function<void()> wake);

    /// Stops accepting, lets requests finish until `deadline`, then closes. Idempotent.
    void stop(std::chrono::milliseconds deadline);

  private:
    struct Impl;
    explicit Gateway(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::gateway
