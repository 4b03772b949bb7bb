// Explain: the way a request would take, without an upstream call, by the same matcher, guards and picker that serve it.
// Thread: any thread that owns the request; the pick is made on a copy and reserves nothing.
#pragma once

#include "route/decision.h"
#include "route/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::route {

struct ExplainRequest {
    std::uint16_t port = 80;      ///< Logical port; 0 = the first one.
    std::string method = "GET";
    std::string url;              ///< "http://host[:port]/path?query"; a port in it sets `port`.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::optional<std::string> sni;  ///< The server name of the TLS session; absent: the URL's host.
    /// The client's certificate and its chain, PEM; empty: it has none; absent: not known, and taken as a good one.
    std::optional<std::string> clientCertificate;
    std::string client;           ///< Address of the client, with or without port; empty: not known.
    bool http10 = false;          ///< As HTTP/1.0.
    /// Of a request that was served before, as its record tells it.
    struct Recorded {
        std::string requestId;
        bool headMissing = false;  ///< Its fields were not kept.
        bool headCut = false;      ///< Some of them were not.
    };
    std::optional<Recorded> recorded;
    std::optional<double> draw;   ///< 0..1 for the backend split; absent = all arms are shown with their share.
};

struct Explanation {
    std::vector<Step> steps;
    /// Local answer (404, 403, 302, 500, 503); 0 = would be forwarded; 525 = no TLS session, so no answer at all.
    int status = 0;
    std::string answer;           ///< Local answer's body or Location.
    std::vector<std::pair<std::string, std::string>> answerHeaders;  ///< Local answers to preflights.
    std::string listener, route, rule;
    struct Arm {
        std::string backend;
        double share = 0;         ///< 0..1
        std::string note;         ///< "500: Service default/x does not exist"
    };
    std::vector<Arm> arms;
    std::string backend;          ///< The one drawn (or the only one).
    std::string endpoint;         ///< Address that would be picked now, or one of those that may be.
    std::size_t endpointsInTurn = 1;  ///< More than 1: the balance takes another one for the next request.
    bool tunnel = false;          ///< The connection's bytes are passed on by server name: there is no request to forward.
    std::optional<inference::PickRecord> pick;
    std::string forwardedMethod, forwardedHost, forwardedPath;
    std::vector<std::pair<std::string, std::string>> forwardedHeaders;
    std::string forwardedBody;
    std::vector<Provenance> policies;  ///< Of the rule, then of its backends (Provenance::subject).
};

/// Error "usage" when the URL or method cannot be read.
Result<Explanation> explain(const Snapshot& snapshot, const ExplainRequest& request);

}  // namespace gatehouse::route
