// Snapshot: the whole configuration compiled for the data plane. Deeply const but for counters and pod state, which live
// outside and are only pointed to. Built and validated on the control thread, mailed to each worker, held per request.
#pragma once

#include "config/gateway_api.h"
#include "config/status.h"
#include "filter/chain.h"
#include "filter/session.h"
#include "inference/pool.h"
#include "llm/guard.h"
#include "llm/plan.h"
#include "llm/price_book.h"
#include "net/tls.h"
#include "text/regex.h"
#include "upstream/endpoint.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::filter {
/// Who may call: keys, tokens, expressions. Defined in filter/client_access.h.
class ClientAccess;
/// How much may be asked in which time, in requests and in tokens. Defined in filter/rate_limits.h.
class RateLimits;
}  // namespace gatehouse::filter

namespace gatehouse::route {

/// What keeps a client with its arm. Defined in route/sticky_split.h.
struct StickySplit;
/// Models that listeners serve by the name in the body. Defined in route/model_table.h.
class ModelTable;

/// Which object supplied a value, and why it and not another.
struct Provenance {
    std::string field;          ///< "ai.promptGuard.request"
    config::ObjectKey origin;
    config::SourceLocation where;
    std::string reason;         ///< "targets this route", "rule-level beats route-level policy default/x"
    bool effective = true;      ///< False: this object lost the field; `reason` says to whom and why.
    std::string subject;        ///< Whose value it is: a backend's name; empty: the rule.
};

/// Counters of one rule; survive swaps (kept by id in the CounterRegistry).
struct RuleCounters {
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> errors{0};  ///< Answers >= 500.
};
struct BackendCounters {
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> errors{0};
    std::atomic<std::uint64_t> inputTokens{0};
    std::atomic<std::uint64_t> outputTokens{0};
};

enum class BackendKind { Service, Static, Llm, InferencePool, Invalid };

/// One of several providers of a Backend: what is asked for, and where.
struct LlmTarget {
    std::shared_ptr<const llm::Provider> provider;
    std::shared_ptr<const upstream::Cluster> cluster;  ///< One endpoint; its ejection is the provider's cool-down.
    std::uint32_t group = 0;                           ///< 0 is asked first.
    filter::HeaderMutation requestHeaders{};           ///< Of this one alone, after the backend's.
    filter::HeaderMutation responseHeaders{};
};

/// Which model a pool is asked for. Defined in route/model_rewrites.h.
class ModelRewrites;

struct Backend {
    // What every request looks at stands together, in few cache lines.
    BackendKind kind = BackendKind::Invalid;
    std::uint32_t weight = 1;
    std::shared_ptr<const upstream::Cluster> cluster;  ///< Service, Static, Llm.
    std::shared_ptr<inference::Pool> pool;             ///< InferencePool.
    std::shared_ptr<const llm::Provider> provider;     ///< Llm; null for a pool. Of several the first.
    std::shared_ptr<const std::vector<LlmTarget>> targets;  ///< All of priorityGroups, in order; null where there is but one.
    std::shared_ptr<const ModelRewrites> modelRewrites;     ///< Of a pool's models; null: none.
    bool failOpen = false;                                  ///< Of a pool: where nothing can be picked, any pod that is there.
    std::shared_ptr<BackendCounters> counters;
    filter::HeaderMutation requestHeaders;             ///< backendRefs[].filters
    filter::HeaderMutation responseHeaders;

    std::string id;    ///< Stable: rule id + "/" + reference.
    std::string name;  ///< "InferencePool default/chat-stable"
    config::ObjectKey object;
    int invalidStatus = 500;     ///< Invalid only.
    std::string invalidReason;   ///< Invalid only: sentence.
    std::shared_ptr<const std::vector<Provenance>> provenance;  ///< Of policies on the backend; null: there are none.
};

/// RequestMirror: where copies go. Counted as a backend of its own that no request is answered by.
struct Mirror {
    Backend backend;
    std::uint32_t numerator = 100;
    std::uint32_t denominator = 100;
};

/// ExternalAuth over HTTP: who is asked whether a request may pass.
struct Auth {
    Backend backend;
    std::string path;                         ///< Put before the request's; no slash at its end.
    std::vector<std::string> requestHeaders;  ///< What the service sees beside the usual ones.
    std::vector<std::string> answerHeaders;   ///< What goes on to the backend; empty: all.
    bool noAnswerHeaders = false;             ///< Nothing of the answer goes on.
    std::uint32_t bodyBytes = 0;              ///< Longer bodies are refused; 0: none is sent.
};

struct Retry {
    std::vector<int> codes;      ///< Sorted.
    std::uint32_t attempts = 1;  ///< Further tries after the first.
    std::optional<std::chrono::milliseconds> backoff;  ///< Least wait before the next try; absent: 25 ms, doubled each time (Envoy).
    bool retries(int status) const { return std::binary_search(codes.begin(), codes.end(), status); }
};

/// Session persistence of a rule. `places` finds the endpoint of a token without a search.
struct Sessions {
    struct Place {
        std::uint32_t backend = 0;   ///< Position in Rule::backends.
        std::uint32_t endpoint = 0;  ///< In the cluster's endpoints or the pool's pods.
    };
    filter::Session settings;
    std::unordered_map<std::uint64_t, Place> places;  ///< By SessionSeal::tag().
};

struct CompiledValueMatch {
    std::string name;
    std::string value;
    std::shared_ptr<const text::Regex> regex;  ///< Null = exact.
};

struct CompiledMatch {
    config::PathMatchType pathType = config::PathMatchType::PathPrefix;
    std::string path;                              ///< Prefix without its trailing slash ("" = all).
    std::shared_ptr<const text::Regex> pathRegex;
    std::string method;
    std::vector<CompiledValueMatch> headers;
    std::vector<CompiledValueMatch> query;
    std::string text;                              ///< "path prefix /v1, header x-canary=yes", for people.
};

struct Rule {
    std::string id;                ///< "HTTPRoute/default/chat/rules/0", stable across swaps.
    std::string displayName;       ///< "chat · rule 1" or its name.
    config::ObjectKey route;
    std::size_t index = 0;
    config::SourceLocation where;
    std::vector<Mirror> mirrors;
    std::vector<Auth> auths;
    std::vector<Provenance> provenance;
    std::shared_ptr<const llm::LlmPolicy> llmPolicy;
    std::shared_ptr<const filter::ClientAccess> access;    ///< Null: everybody may call.
    std::shared_ptr<const filter::RateLimits> rateLimits;  ///< Null: none.

    // What every request looks at stands together, in few cache lines: from the end of the chain on.
    filter::Chain chain;
    std::vector<Backend> backends;
    std::uint64_t totalWeight = 0;
    std::shared_ptr<RuleCounters> counters;
    bool grpc = false;             ///< Of a GRPCRoute: backends speak HTTP/2, local answers are gRPC's.
    bool llm = false;              ///< Bodies of POSTed JSON are read as LLM requests.
    std::chrono::milliseconds cacheFor{0};  ///< How long answers of models are kept for equal requests; 0: they are not.
    bool restartStreams = false;   ///< A stream that breaks off begins anew at another provider, marked as such.
    std::string broken;            ///< Not empty: answers 500 alone; the reason.
    std::shared_ptr<const Sessions> sessions;
    std::shared_ptr<const StickySplit> stickySplit;  ///< Null: each request is drawn by itself.
    std::optional<std::chrono::milliseconds> requestTimeout;  ///< Absent = limit table; 0 = none.
    std::optional<std::chrono::milliseconds> backendTimeout;
    std::optional<Retry> retry;
};

/// One match of one rule under one host name, in precedence order.
struct Candidate {
    CompiledMatch match;
    std::uint32_t matchIndex = 0;
    std::shared_ptr<const Rule> rule;
};

/// Hash tables that take a string_view without making a string of it.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// The candidates of each path, without a string or a node of its own per path: one request among ten thousand routes finds
/// its rule in as few cache lines as possible. Open addressing, at most half full.
class PathTable {
  public:
    struct Slot {
        std::uint32_t tag = 0;       ///< More bits of the path's hash.
        std::uint32_t count = 0;     ///< Candidates of this path; 0: the slot is free.
        std::uint32_t first = 0;     ///< Position of the first.
        std::uint32_t more = 0;      ///< Where the rest stand in more().
        const Rule* rule = nullptr;  ///< The first candidate's, and its first backend (may be null): fetched ahead.
        const Backend* backend = nullptr;
    };

    /// Takes the candidates whose path is of this type, in their order.
    void build(const std::vector<Candidate>& candidates, config::PathMatchType type);
    /// Null: no candidate has this path.
    const Slot* find(std::string_view path, const std::vector<Candidate>& candidates) const;
    /// Positions of a slot's candidates after the first.
    const std::uint32_t* more(const Slot& slot) const { return more_.data() + slot.more; }
    bool empty() const { return slots_.empty(); }

  private:
    std::vector<Slot> slots_;  ///< A power of two of them.
    std::vector<std::uint32_t> more_;
};

/// Finds the few candidates whose path can match, so that ten thousand routes cost about what one does. Holds positions
/// in VirtualHost::candidates. Not built: the matcher walks all candidates, with the same outcome.
struct PathIndex {
    bool built = false;
    PathTable exact;
    PathTable prefix;
    std::vector<std::uint32_t> regex;
    std::vector<std::uint32_t> prefixLengths;    ///< The different lengths of `prefix`, longest first.
};

struct VirtualHost {
    std::string hostname;  ///< Exact, "*.suffix" or "" for any; lower case.
    std::vector<Candidate> candidates;
    PathIndex index;
};

/// Finds the virtual hosts that cover a host name. Holds positions in Listener::hosts; not built: walked.
struct HostIndex {
    bool built = false;
    TextMap<std::uint32_t> exact;
    TextMap<std::uint32_t> suffix;  ///< "*.example.com" under ".example.com".
    int any = -1;
    std::size_t longestSuffix = 0;
};

struct ListenerSettings;

struct Listener {
    config::ObjectKey gateway;  ///< The Gateway or ListenerSet that it stands in.
    std::string name;
    std::string hostname;  ///< "" = any
    std::string protocol;
    std::uint16_t port = 0;
    std::shared_ptr<const net::TlsServerContext> tls;  ///< HTTPS, and TLS that ends here; null otherwise, or where broken.
    std::string tlsBroken;     ///< Why no session can be made, e.g. a certificate that is not there.
    std::uint8_t trustedHops = 0;  ///< Proxies before us whose word about the client is taken (X-Forwarded-*).
    net::ClientCertificates clientCertificates = net::ClientCertificates::None;
    std::shared_ptr<const std::string> clientCaPem;  ///< By whom they are checked; for explain. Null where none are asked for.
    bool passthrough = false;  ///< TLS that is passed on as it comes, by SNI.
    std::shared_ptr<const ListenerSettings> settings;  ///< Of ListenerPolicies; null: none.
    std::shared_ptr<const ModelTable> models;          ///< Null: none.
    /// Most specific first. Of a listener of protocol TLS by SNI, with one candidate each: its rule's backends.
    std::vector<VirtualHost> hosts;
    HostIndex index;
};

/// One socket: the listeners that share a logical port.
struct Port {
    std::uint16_t port = 0;
    std::vector<Listener> listeners;  ///< Most specific hostname first.
    bool tls = false;            ///< Connections begin with TLS: its listeners are HTTPS or TLS.
    bool proxyProtocol = false;  ///< Connections begin with a PROXY header.
    bool proxyOptional = false;  ///< Those without one are served, too.
    bool custom = false;         ///< Some listener has settings.
    std::shared_ptr<const ListenerSettings> settings;  ///< Of connections without TLS; null: none.
};

/// An InferencePool, for other gateways that ask this one to pick.
struct ServedPool {
    Backend backend;
    std::string picker;  ///< Name of the Service, of the pool's namespace, by which a cluster asks for it; empty: none is named.
};

struct Snapshot {
    std::uint64_t generation = 0;
    std::vector<Port> ports;
    std::vector<std::shared_ptr<inference::Pool>> pools;
    std::vector<ServedPool> served;                  ///< Empty unless Runtime::servesPools.
    std::vector<inference::DcgmExporter> exporters;  ///< That tell of the GPUs of pods.
    std::vector<std::shared_ptr<const upstream::Cluster>> clusters;
    std::vector<std::shared_ptr<const Rule>> rules;  ///< Each once, in the order of routes and rules.
    std::shared_ptr<const llm::PriceBooks> prices;   ///< Null only in snapshots made by hand.

    const Port* findPort(std::uint16_t port) const;
};

/// Builds the indexes of a listener whose hosts and candidates are complete and sorted.
void buildIndexes(Listener& listener);

}  // namespace gatehouse::route
