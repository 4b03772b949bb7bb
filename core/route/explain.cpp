#include "route/explain.h"

#include "base/ids.h"
#include "http/fields.h"
#include "http/uri.h"
#include "llm/provider_request.h"
#include "route/explain_endpoint.h"
#include "route/listener_settings.h"
#include "route/matcher.h"
#include "route/preflight.h"
#include "route/sessions.h"
#include "upstream/outlier.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::route {
namespace {

constexpr std::string_view kHidden = "(hidden)";
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

bool isJson(const http::RequestHead& request) {
    const auto type = request.headers.get("content-type");
    if (!type || type->empty()) return true;
    auto bare = type->substr(0, type->find(';'));
    while (!bare.empty() && bare.back() == ' ') bare.remove_suffix(1);
    return http::equalsIgnoreCase(bare, "application/json");
}

/// The pool as it is now, on pods of its own: a pick there reserves and counts nothing that traffic sees.
inference::Pool copyOf(const inference::Pool& pool, base::MonoTime now) {
    std::vector<std::shared_ptr<inference::Pod>> pods;
    for (const auto& pod : pool.pods()) {
        auto endpoint = std::make_shared<upstream::Endpoint>();
        endpoint->id = pod->endpoint->id;
        endpoint->host = pod->endpoint->host;
        endpoint->port = pod->endpoint->port;
        endpoint->podName = pod->endpoint->podName;
        endpoint->inFlight = pod->endpoint->inFlight.load();
        endpoint->consecutiveFailures = pod->endpoint->consecutiveFailures.load();
        endpoint->ejectedUntil = pod->endpoint->ejectedUntil.load();
        endpoint->ewmaLatencyMicros = pod->endpoint->ewmaLatencyMicros.load();
        auto copy = std::make_shared<inference::Pod>();
        copy->endpoint = std::move(endpoint);
        copy->name = pod->name;
        base::MonoTime at;
        const auto metrics = pod->load(at);
        if (at != base::MonoTime{}) copy->store(metrics, at);
        const auto error = pod->scrapeError();
        if (pod->scrapeState(now, pool.options().staleAfter) == inference::ScrapeState::Failing)
            copy->storeFailure(error, now, pod->unreachable());
        copy->reservedSinceScrape = pod->reservedSinceScrape.load();
        pods.push_back(std::move(copy));
    }
    return {pool.id(), pool.name(), std::move(pods), pool.options()};
}

class Explainer {
  public:
    Explainer(const Snapshot& snapshot, const ExplainRequest& request) : snapshot_(snapshot), asked_(request) {}

    Result<Explanation> run() {
        if (auto read = readRequest(); !read) return tl::unexpected(read.error());
        if (out_.status != 0 || !matchRule()) return std::move(out_);
        if (!answersItself()) {
            tellTimeouts();
            forward();
        }
        return std::move(out_);
    }

  private:
    // ---- The request, read as the data plane reads it.

    Result<void> readRequest() {
        if (asked_.method.empty() || !http::isToken(asked_.method))
            return fail("usage", fmt::format("\"{}\" is no method.", asked_.method));
        http::Target target;
        const bool connect = asked_.method == "CONNECT";
        const bool bare = connect && asked_.url.find("://") == std::string::npos;
        // host:port alone is where the tunnel shall lead; the port of a URL is the listener's.
        if (asked_.url.empty() || !http::splitTarget(head_.arena.copy(bare ? "http://" + asked_.url : asked_.url), target))
            return fail("usage", fmt::format("\"{}\" is no URL of the form http://host/path (without a fragment).", asked_.url));
        head_.method = head_.arena.copy(asked_.method);
        if (asked_.http10) head_.minorVersion = 0;
        head_.scheme = http::equalsIgnoreCase(target.scheme, "https") ? "https" : "http";
        head_.query = target.query;
        head_.hasQuery = target.hasQuery;
        for (const auto& [name, value] : asked_.headers) {
            if (!http::isToken(name)) return fail("usage", fmt::format("\"{}\" is no header name.", name));
            head_.headers.add(name, value);
        }
        head_.authority = head_.headers.get("host").value_or(target.authority);
        if (!head_.headers.has("host") && !head_.authority.empty()) head_.headers.add("Host", head_.authority);
        tellRecorded();

        port_ = asked_.port;
        std::string_view host;
        std::string_view portText;
        if (!target.authority.empty()) {
            if (!http::splitAuthority(target.authority, host, portText))
                return fail("usage", fmt::format("\"{}\" is no host.", target.authority));
            urlHost_ = http::lowerHost(host, head_.arena);
            explicitPort_ = !portText.empty() && !bare;
            if (explicitPort_) std::from_chars(portText.data(), portText.data() + portText.size(), port_);
            else if (head_.scheme == "https" && port_ == kHttpPort) port_ = kHttpsPort;
        }
        if (!head_.authority.empty() && !http::splitAuthority(head_.authority, host, portText))
            return fail("usage", fmt::format("\"{}\" is no host.", head_.authority));
        head_.host = http::lowerHost(host, head_.arena);

        if (connect) {
            readConnect(portText);
            return {};
        }
        const auto rawPath = target.path.empty() ? std::string_view("/") : target.path;
        const auto verdict = http::normalizePath(rawPath, head_.arena, head_.path);
        if (verdict != http::PathVerdict::Ok)
            answer(400, verdict == http::PathVerdict::EncodedSeparator ? "The path holds an encoded slash or backslash."
                                                                       : "The path is malformed.");
        else if (head_.path != rawPath)
            step("match", StepOutcome::Info, "path", fmt::format("{} is read as {}", rawPath, head_.path));
        head_.target = head_.hasQuery ? head_.arena.concat({head_.path, "?", head_.query}) : head_.path;
        return {};
    }

    /// A CONNECT has a host and a port, and no path.
    void readConnect(std::string_view port) {
        head_.path = head_.query = {};
        head_.hasQuery = false;
        if (port.empty()) {
            head_.authority = head_.arena.concat({head_.authority, ":", std::to_string(kHttpsPort)});
            step("request", StepOutcome::Info, "target", fmt::format("a CONNECT names a port, too; {} is taken", head_.authority));
        }
        head_.headers.set("Host", head_.authority);
        head_.target = head_.authority;
    }

    /// Of the session's listener or, in clear, of the host's.
    void takeMatch(const Port& port, const std::string* sni) {
        match_ = match(port, head_, &out_.steps, sni);
        if (port.custom && !match_.misdirected && applySettings(port, sni)) match_ = match(port, head_, &out_.steps, sni);
        if (!match_.misdirected) matchPreflight(port, head_, match_, &out_.steps);
    }

    /// What ListenerPolicies make of the request, as the data plane does. True where it is another one now.
    bool applySettings(const Port& port, const std::string* sni) {
        const auto* settings = match_.listener ? match_.listener->settings.get() : connectionSettings(port, sni);
        if (settings == nullptr) return false;
        tellPolicies(settings->provenance);
        refusesHttp10_ = asked_.http10 && !settings->acceptHttp10;
        if (refusesHttp10_) return false;
        const bool changed = settings->prepare(head_);
        if (changed)
            step("request", StepOutcome::Applied, "early headers", "changed before a route is looked for, so the match is made anew");
        settings->strip(head_, port.port);
        asksHealth_ = settings->asksHealth(head_);
        return changed;
    }

    /// What a record could not keep: a match on it may come out otherwise than it did.
    void tellRecorded() {
        std::string hidden;
        for (const auto& field : head_.headers.fields())
            if (field.value == kHidden) hidden += fmt::format("{}{}", hidden.empty() ? "" : ", ", field.name);
        if (head_.query.find(fmt::format("={}", kHidden)) != std::string_view::npos) hidden += hidden.empty() ? "query" : ", query";
        if (!hidden.empty())
            step("request", StepOutcome::Info, hidden,
                 "records do not keep the value, so a match on it may come out otherwise than it did");
        if (!asked_.recorded) return;
        const auto& recorded = *asked_.recorded;
        if (recorded.headMissing)
            step("request", StepOutcome::Info, "headers", "they are not kept any more, so a match on them may come out otherwise than it did");
        else if (recorded.headCut)
            step("request", StepOutcome::Info, "headers",
                 "there were more than a record keeps, so a match on the rest may come out otherwise than it did");
        if (asked_.body.empty())
            step("request", StepOutcome::Info, "body", "the body is not kept: what reads it (guards, enrichment, the model) cannot be tried");
    }

    /// The port of that number. Without one in the URL: the usual one of the scheme, or else the only one that speaks it.
    const Port* findPort() {
        if (port_ != 0)
            if (const auto* port = snapshot_.findPort(port_)) return port;
        if (explicitPort_) return nullptr;
        const bool tls = head_.scheme == "https";
        const auto wanted = port_ != 0 ? port_ : tls ? kHttpsPort : kHttpPort;
        const Port* found = nullptr;
        std::size_t speaking = 0;
        for (const auto& port : snapshot_.ports) {
            if (port.tls != tls) continue;
            ++speaking;
            if (found == nullptr || port.port == wanted) found = &port;
        }
        if (found == nullptr && snapshot_.ports.size() == 1) found = &snapshot_.ports.front();
        if (found == nullptr || (port_ != 0 && speaking > 1)) return nullptr;
        if (found->port == wanted || (port_ == 0 && !tls)) return found;
        step("listener", StepOutcome::Info, fmt::format("port {}", found->port),
             fmt::format("nothing listens on {}; the {} port {} is taken", wanted, speaking > 1 ? "first" : "only",
                         tls && speaking > 0 ? "that speaks TLS" : "of the workspace"));
        return found;
    }

    bool matchRule() {
        const auto* port = findPort();
        if (!port) {
            std::string known;
            for (const auto& entry : snapshot_.ports) known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.port);
            answer(404, fmt::format("No listener on port {}; {}.", port_,
                                    known.empty() ? "the workspace has none" : "there are listeners on " + known));
            return false;
        }
        if (port->proxyProtocol)
            step("listener", StepOutcome::Info, fmt::format("port {}", port->port), "connections begin with a PROXY header");
        if (port->tls) {
            if (!matchSession(*port)) return false;
        } else {
            takeMatch(*port, nullptr);
        }
        if (match_.misdirected) {
            answer(421, "The host belongs to another listener than the connection's TLS session.");
            return false;
        }
        if (refusesHttp10_) {
            answer(426, "The listener does not take HTTP/1.0.");
            return false;
        }
        if (asksHealth_) {
            answer(200, "The path is that of the listener's health check, which the gateway answers by itself.");
            return false;
        }
        if (match_.listener)
            out_.listener = fmt::format("{}/{}", match_.listener->gateway.display(), match_.listener->name);
        if (head_.method == "CONNECT" && (!match_.candidate || match_.candidate->match.method != "CONNECT")) {
            answer(501, "CONNECT is served only where a rule matches that method.");
            return false;
        }
        if (!match_.candidate) {
            answer(404, match_.listener ? "No route matches this request." : "No listener of this port covers the host.");
            return false;
        }
        const auto& rule = *match_.candidate->rule;
        out_.route = rule.route.display();
        out_.rule = rule.displayName;
        if (rule.llm) call_ = llm::clientCallOf(head_.method, head_.path, head_.hasQuery ? head_.query : std::string_view{});
        tellPolicies(rule.provenance);
        return true;
    }

    void tellPolicies(const std::vector<Provenance>& policies) {
        out_.policies.insert(out_.policies.end(), policies.begin(), policies.end());
        for (const auto& policy : policies)
            out_.steps.push_back({"policy", policy.effective ? StepOutcome::Applied : StepOutcome::Rejected, policy.origin.display(),
                                  fmt::format("{}{}{}: {}", policy.field, policy.subject.empty() ? "" : " of ", policy.subject, policy.reason),
                                  policy.origin, policy.where});
    }

    /// Of the backend that was drawn, or of all that may be.
    void tellBackendPolicies(const Backend* drawn) {
        std::vector<const void*> told;  // Two references may lead to one backend.
        for (const auto& backend : rule().backends) {
            if (!backend.provenance || (drawn != nullptr && drawn != &backend)) continue;
            if (std::find(told.begin(), told.end(), backend.provenance.get()) != told.end()) continue;
            told.push_back(backend.provenance.get());
            tellPolicies(*backend.provenance);
        }
    }

    /// The TLS session comes first: its listener is chosen by the server name alone.
    bool matchSession(const Port& port) {
        constexpr int kNoSession = 525;
        const auto sni = asked_.sni.value_or(std::string(urlHost_));
        const auto name = sni.empty() ? std::string("no server name") : "server name " + sni;
        const auto* session = matchSni(port, sni);
        for (const auto& listener : port.listeners) {
            if (&listener == session) continue;
            const bool covers = hostMatches(listener.hostname, sni);
            const auto hostname = listener.hostname.empty() ? std::string("any") : listener.hostname;
            out_.steps.push_back({"tls", StepOutcome::Rejected,
                                  fmt::format("{} listener {}", listener.gateway.display(), listener.name),
                                  covers ? fmt::format("its hostname {} is less specific", hostname)
                                         : fmt::format("its hostname {} does not cover {}", hostname, name),
                                  listener.gateway, {}});
        }
        const auto refuse = [&](std::string why) {
            step("tls", StepOutcome::Failed, name, why);
            answer(kNoSession, std::move(why));
            return false;
        };
        if (session == nullptr) return refuse("No listener of this port covers it, so no TLS session can be made.");
        out_.listener = fmt::format("{}/{}", session->gateway.display(), session->name);
        if (!session->passthrough && session->tls == nullptr) return refuse(session->tlsBroken);
        const bool bytes = session->passthrough || session->protocol == "TLS";
        step("tls", StepOutcome::Chosen, name,
             fmt::format("{} listener {}: {}", session->gateway.display(), session->name,
                         session->passthrough ? "the connection is passed on unread"
                         : bytes              ? "TLS ends here, and what is inside is passed on unread"
                                              : "TLS ends here"));
        if (!session->passthrough)
            if (auto why = judgeClient(*session); !why.empty()) return refuse(std::move(why));
        if (!bytes) {
            takeMatch(port, &sni);
            return true;
        }
        match_.listener = session;
        match_.candidate = matchPassthrough(*session, sni);
        out_.tunnel = true;
        for (const auto& host : session->hosts) {
            const bool taken = match_.candidate != nullptr && !host.candidates.empty() && &host.candidates.front() == match_.candidate;
            for (const auto& candidate : host.candidates)
                out_.steps.push_back({"match", taken && &candidate == match_.candidate ? StepOutcome::Chosen : StepOutcome::Rejected,
                                      candidate.rule->route.display(),
                                      fmt::format("server name {}{}", host.hostname.empty() ? "any" : host.hostname,
                                                  &candidate == match_.candidate       ? ""
                                                  : hostMatches(host.hostname, sni) ? ": another one is more specific or older"
                                                                                    : fmt::format(" does not cover {}", name)),
                                      candidate.rule->route, candidate.rule->where});
        }
        return match_.candidate != nullptr || refuse("No TLSRoute takes it, so the connection is closed.");
    }

    /// Frontend validation. Empty: the session is made.
    std::string judgeClient(const Listener& listener) {
        using net::ClientCertificates;
        if (listener.clientCertificates == ClientCertificates::None || !listener.clientCaPem) {
            if (asked_.clientCertificate && !asked_.clientCertificate->empty())
                step("tls", StepOutcome::Info, "client certificate", "the listener asks for none, so it changes nothing");
            return {};
        }
        const bool needed = listener.clientCertificates == ClientCertificates::Required;
        const bool lenient = listener.clientCertificates == ClientCertificates::OptionalInsecure;
        if (!asked_.clientCertificate) {
            step("tls", StepOutcome::Info, "client certificate",
                 needed ? "the listener demands one that its authorities vouch for; it is taken to be there"
                        : "the listener asks for one, and lets clients in without it");
            return {};
        }
        const bool none = asked_.clientCertificate->empty();
        std::string why;
        if (none) why = "the client has no certificate";
        else if (const auto good = net::checkClientCertificate(*asked_.clientCertificate, *listener.clientCaPem); !good)
            why = good.error().message;
        const bool refused = !why.empty() && !lenient && (needed || !none);
        step("tls", why.empty() ? StepOutcome::Chosen : refused ? StepOutcome::Failed : StepOutcome::Info, "client certificate",
             why.empty() ? std::string("an authority of the listener vouches for it")
             : refused   ? why
             : none      ? why + "; the listener lets clients in without one"
                         : why + "; the listener lets clients in all the same (AllowInsecureFallback)");
        return refused ? fmt::format("The listener demands a good client certificate: {}.", why) : std::string();
    }

    // ---- What the rule answers without an upstream.

    const Rule& rule() const { return *match_.candidate->rule; }

    bool answersItself() {
        if (!rule().broken.empty()) {
            answer(500, rule().broken);
            return true;
        }
        for (const auto& [type, detail] : rule().chain.description)
            out_.steps.push_back({"filter", StepOutcome::Applied, type, detail, rule().route, rule().where});
        stampForwarded();
        const auto& chain = rule().chain;
        for (const auto& next : chain.order) {
            switch (next.what) {
                case filter::FilterStep::RequestHeaders: filter::apply(chain.requestHeaders, head_.headers); break;
                case filter::FilterStep::Rewrite: filter::apply(*chain.rewrite, head_, matchedPrefix()); break;
                case filter::FilterStep::Cors:
                    if (answersPreflight(*chain.cors)) return true;
                    break;
                case filter::FilterStep::Mirror:
                    if (head_.method != "CONNECT") tellMirror(rule().mirrors[next.index]);
                    break;
                case filter::FilterStep::Auth:
                    tellAuth(rule().auths[next.index]);
                    if (head_.method != "CONNECT") break;
                    answer(403, "A CONNECT has no form in which an authorization service could be asked.");
                    return true;
                case filter::FilterStep::Redirect:
                    answer(chain.redirect->statusCode,
                           filter::location(*chain.redirect, head_, matchedPrefix(), match_.listener->port));
                    return true;
                case filter::FilterStep::DirectResponse:
                    answer(chain.directResponse->status, chain.directResponse->body);
                    return true;
            }
        }
        return false;
    }

    bool answersPreflight(const filter::Cors& cors) {
        const auto origin = filter::originOf(head_.headers);
        if (origin.empty()) return false;
        const bool allowed = filter::originAllowed(cors, origin);
        const auto what = fmt::format("origin {} is {}allowed", origin, allowed ? "" : "not ");
        out_.steps.push_back({"cors", allowed ? StepOutcome::Applied : StepOutcome::Rejected, "CORS", what, rule().route,
                              rule().where});
        if (!filter::isPreflight(head_)) return false;
        http::Arena arena;
        http::Headers headers(arena);
        filter::answerPreflight(cors, head_, headers);
        for (const auto& field : headers.fields()) out_.answerHeaders.emplace_back(field.name, field.value);
        answer(204, allowed ? "The preflight is answered here." : "The preflight is answered here, without permission.");
        return true;
    }

    void tellMirror(const Mirror& mirror) {
        const auto share = mirror.numerator >= mirror.denominator
                               ? std::string("a copy would be sent, whose answer is dropped")
                               : fmt::format("a copy would be sent for {} of {} requests", mirror.numerator, mirror.denominator);
        const bool empty = mirror.backend.pool ? mirror.backend.pool->pods().empty() : mirror.backend.cluster->endpoints.empty();
        out_.steps.push_back({"mirror", StepOutcome::Info, mirror.backend.name,
                              empty ? "no copy is sent: it has no ready endpoint" : share, mirror.backend.object, {}});
    }

    void tellAuth(const Auth& auth) {
        out_.steps.push_back({"auth", StepOutcome::Info, auth.backend.name,
                              fmt::format("would be asked: {} {}{}; only its 200 lets the request pass", head_.method, auth.path,
                                          head_.path),
                              auth.backend.object, {}});
    }

    void tellRetry() {
        if (!rule().retry) return;
        const auto& plan = *rule().retry;
        const auto codes = plan.codes.empty() ? std::string("connection errors")
                                              : fmt::format("{} and connection errors", fmt::join(plan.codes, ", "));
        const auto wait = plan.backoff ? fmt::format("at least {} ms before each", plan.backoff->count())
                                       : std::string("25 ms before the first");
        step("retry", StepOutcome::Info, "retry",
             fmt::format("up to {} further tr{} after {}, {}{}", plan.attempts, plan.attempts == 1 ? "y" : "ies", codes, wait,
                         rule().backends.size() > 1 ? "; each at another backend by weight, as long as there is one untried" : ""));
    }

    std::string_view matchedPrefix() const {
        const auto& match = match_.candidate->match;
        return match.pathType == config::PathMatchType::PathPrefix ? std::string_view(match.path) : std::string_view{};
    }

    // ---- The way to an endpoint.

    void forward() {
        tellRetry();
        tellArms();
        const auto* backend = draw();
        if (out_.status != 0) return;
        if (backend && backend->kind == BackendKind::Invalid) {
            answer(backend->invalidStatus, backend->invalidReason);
            return;
        }
        tellBackendPolicies(backend);
        if (!prepareBody(backend)) return;
        if (backend) {
            filter::apply(backend->requestHeaders, head_.headers);
            if (!chooseEndpoint(*backend)) return;
        }
        tellForwarded();
    }

    void tellTimeouts() {
        const auto tell = [&](const char* name, const std::optional<std::chrono::milliseconds>& limit) {
            if (!limit) return;
            step("timeout", StepOutcome::Info, name,
                 limit->count() == 0 ? std::string("switched off") : fmt::format("{} ms, then 504", limit->count()));
        };
        tell("request", rule().requestTimeout);
        tell("backendRequest", rule().backendTimeout);
    }

    /// The client's address without its port, where it is known.
    std::string_view clientAddress() const {
        std::string_view address = asked_.client;
        if (address.starts_with('[')) return address.substr(1, address.find(']') == address.npos ? address.npos : address.find(']') - 1);
        if (std::count(address.begin(), address.end(), ':') == 1) address = address.substr(0, address.find(':'));
        return address;
    }

    /// Is the client a proxy whose word about its own clients counts?
    bool trustsClient() {
        if (match_.listener->trustedHops == 0) return false;
        const auto* settings = match_.listener->settings.get();
        if (settings == nullptr || settings->trustedNetworks.empty()) return true;
        // A record has a port where the address is that of the connection, and none where a trusted proxy told it.
        const auto address = clientAddress();
        if (asked_.recorded && !address.empty() && address == asked_.client) return true;
        const bool trusted = settings->trusts(address);
        step("request", StepOutcome::Info, "X-Forwarded-*",
             address.empty() ? std::string("the client's address is not known; it is taken for one outside the trusted networks")
             : trusted       ? fmt::format("{} lies in a trusted network: what it says of its clients counts", address)
                             : fmt::format("{} lies in no trusted network: what it says of its clients is dropped", address));
        return trusted;
    }

    /// As the data plane does; of a proxy that is trusted the address may not be known here.
    void stampForwarded() {
        if (out_.tunnel) return;
        const bool trusted = trustsClient();
        const auto* settings = match_.listener->settings.get();
        const bool appends = settings == nullptr || settings->appendForwarded;
        const auto address = clientAddress();
        head_.headers.removeIf([&](const http::Header& field) {
            return trusted ? http::isInternal(field.name) : http::classify(field.name) == http::FieldId::ForwardedAny;
        });
        if (!trusted && appends && !address.empty()) head_.headers.add("x-forwarded-for", address);
        if (trusted && appends && !asked_.recorded && !address.empty()) {
            std::string way;
            for (const auto& field : head_.headers.fields())
                if (http::equalsIgnoreCase(field.name, "x-forwarded-for")) way += fmt::format("{}, ", field.value);
            head_.headers.set("x-forwarded-for", fmt::format("{}{}", way, address));
        }
        if (!head_.headers.has("x-forwarded-proto")) head_.headers.add("x-forwarded-proto", head_.scheme);
        if (!head_.headers.has("x-forwarded-host") && !head_.authority.empty())
            head_.headers.add("x-forwarded-host", head_.authority);
    }

    static std::string noteOf(const Backend& backend) {
        if (backend.kind == BackendKind::Invalid) return fmt::format("{}: {}", backend.invalidStatus, backend.invalidReason);
        if (backend.weight == 0) return "weight 0: never drawn";
        if (backend.pool) return backend.pool->pods().empty() ? "503: the pool has no pod" : "";
        return backend.cluster->endpoints.empty() ? "503: no ready endpoint" : "";
    }

    void tellArms() {
        for (const auto& backend : rule().backends) {
            const double share = rule().totalWeight == 0
                                     ? 0
                                     : static_cast<double>(backend.weight) / static_cast<double>(rule().totalWeight);
            out_.arms.push_back({backend.name, share, noteOf(backend)});
        }
    }

    /// Null where the answer is already known, or where several arms are open because no draw was asked for.
    const Backend* draw() {
        const auto& backends = rule().backends;
        session_ = readSession(rule(), head_.headers, base::MonoClock::now());
        if (rule().sessions) {
            const auto& settings = rule().sessions->settings;
            step("session", session_.backend ? StepOutcome::Chosen : StepOutcome::Info,
                 fmt::format("{} {}", settings.byHeader ? "header" : "cookie", settings.name), sessionText(session_.state));
        }
        if (session_.backend) {
            out_.backend = session_.backend->name;
            out_.steps.push_back({"backend", StepOutcome::Chosen, session_.backend->name, "the session's backend",
                                  session_.backend->object, {}});
            return session_.backend;
        }
        if (rule().totalWeight == 0) {
            const int status = statusWithoutBackend(rule());
            answer(status, backends.empty() ? "The rule has no backend." : "Every backend of the rule has weight zero.");
            return nullptr;
        }
        std::size_t open = 0;
        for (const auto& backend : backends) open += backend.weight > 0 ? 1 : 0;
        if (open > 1 && !asked_.draw) {
            step("backend", StepOutcome::Info, fmt::format("{} backends", open),
                 "drawn by weight for each request; ask with a draw between 0 and 1 for one of them");
            return nullptr;
        }
        const double at = std::clamp(asked_.draw.value_or(0), 0.0, 1.0);
        const auto total = rule().totalWeight;
        const auto ticket = std::min(static_cast<std::uint64_t>(at * static_cast<double>(total)), total - 1);
        const auto* backend = drawBackend(rule(), ticket);
        out_.backend = backend->name;
        const bool invalid = backend->kind == BackendKind::Invalid;
        const auto how = open == 1 ? std::string("the only backend that takes requests")
                                   : fmt::format("weight {} of {}, drew {}", backend->weight, total, ticket);
        out_.steps.push_back({"backend", invalid ? StepOutcome::Failed : StepOutcome::Chosen, backend->name,
                              invalid ? fmt::format("{}; {}", how, backend->invalidReason) : how, backend->object, {}});
        return backend;
    }

    /// Guard, enrichment, provider and translation of an LLM request, by the code that serves them. False: answered.
    bool prepareBody(const Backend* backend) {
        out_.forwardedBody = asked_.body;
        if (!rule().llm) return true;
        auto call = call_.api == llm::ClientApi::None
                        ? llm::clientCallOf(head_.method, head_.path, head_.hasQuery ? head_.query : std::string_view{})
                        : call_;
        const auto* policy = rule().llmPolicy.get();
        const auto* provider = chooseProvider(backend);
        const bool readable = head_.method == "POST" && (call.dialect != nullptr || isJson(head_));
        if (!readable) {
            if (provider == nullptr) return true;
            if (auto made = llm::makeUnreadRequest(*provider, call); made) aim(*provider, call, *made);
            else answer(404, made.error().message);
            return out_.status == 0;
        }
        tellCall(call);
        if (asked_.body.empty()) {
            step("guard", StepOutcome::Info, "chat body",
                 asked_.recorded ? "the body is not kept, so guards and enrichment were not tried"
                                 : "no body was given, so guards and enrichment were not tried");
            return provider == nullptr || aimWithoutBody(*provider, call);
        }
        base::Buffer body(asked_.body);
        std::optional<llm::ChatRequestInfo> asked;
        if (policy != nullptr) {
            const auto prepared = llm::prepareChat(body, policy, nullptr, false);
            if (!prepared) {
                answer(400, prepared.error().message);
                return false;
            }
            tellChat(*prepared, policy);
            if (prepared->guard.rejected) {
                answer(policy->rejectStatus, policy->rejectMessage);
                return false;
            }
            asked = prepared->info;
        }
        if (provider == nullptr) {
            out_.forwardedBody = body.view();
            head_.headers.remove("accept-encoding");
            return true;
        }
        auto made = llm::makeProviderRequest(*provider, call, asked, body);
        if (!made) {
            answer(made.error().code == "no-api" ? 404 : made.error().code == "unsupported" ? 501 : 400, made.error().message);
            return false;
        }
        if (policy == nullptr) tellChat({*asked, {}, false, false}, nullptr);
        out_.forwardedBody = body.view();
        aim(*provider, call, *made);
        return true;
    }

    /// The provider that is asked first. Null: a model server of ours, which is sent the request as it is where it has its API.
    const llm::Provider* chooseProvider(const Backend* backend) {
        if (backend == nullptr) return nullptr;
        if (!backend->targets) return backend->provider.get();
        const auto now = base::MonoClock::now();
        const LlmTarget* first = nullptr;
        for (const auto& target : *backend->targets) {
            const auto& endpoint = *target.cluster->endpoints.front();
            const bool out = upstream::isEjected(endpoint, now);
            if (!out && first == nullptr) first = &target;
            step("provider", out ? StepOutcome::Rejected : first == &target ? StepOutcome::Chosen : StepOutcome::Info, target.provider->name,
                 out                ? fmt::format("group {}, cooling down after a failure", target.group + 1)
                 : first == &target ? fmt::format("group {}, asked first", target.group + 1)
                 : target.group == first->group ? fmt::format("group {}, takes turns with {}", target.group + 1, first->provider->name)
                                                : fmt::format("group {}, asked when those before it fail", target.group + 1));
        }
        if (first == nullptr) first = &backend->targets->front();
        target_ = first;
        return first->provider.get();
    }

    void tellCall(const llm::ClientCall& call) {
        if (call.api == llm::ClientApi::None) return;
        step("match", StepOutcome::Info, "client API",
             fmt::format("{}{}", llm::apiName(call.api), call.dialect != nullptr ? fmt::format(", {}", llm::nameOf(*call.dialect)) : ""));
    }

    bool aimWithoutBody(const llm::Provider& provider, const llm::ClientCall& call) {
        base::Buffer none;
        llm::ProviderRequest request;
        request.choice = llm::chooseApi(provider, call, call.facts.model);
        if (request.choice.api == nullptr) {
            answer(404, fmt::format("{} has no API for {}.", llm::kindOf(provider).title, llm::apiName(call.api)));
            return false;
        }
        auto parts = provider.parts;
        parts.model = provider.modelOverride.empty() ? call.facts.model : provider.modelOverride;
        const auto target = provider.path.empty() ? llm::pathOf(llm::kindOf(provider), *request.choice.api, parts, call.facts.stream) : provider.path;
        request.path = target.substr(0, target.find('?'));
        if (const auto question = target.find('?'); question != std::string::npos) request.query = target.substr(question + 1);
        aim(provider, call, request);
        return true;
    }

    void aim(const llm::Provider& provider, const llm::ClientCall& call, const llm::ProviderRequest& request) {
        llm::writeProviderHead(provider, call, request, head_, true);
        head_.authority = head_.headers.get("host").value_or(head_.authority);
        const auto& choice = request.choice;
        const auto model = request.facts.model.empty() ? std::string() : fmt::format(", model {}", request.facts.model);
        step("provider", StepOutcome::Chosen, provider.name,
             fmt::format("{}{}{}, {}", llm::kindOf(provider).title,
                         choice.provider != nullptr ? fmt::format(", {}", llm::nameOf(*choice.provider)) : "", model, head_.path));
        if (choice.translates())
            step("translate", StepOutcome::Applied, fmt::format("{} to {}", llm::nameOf(*choice.client), llm::nameOf(*choice.provider)),
                 request.losses.empty() ? "nothing of the request is lost" : fmt::format("{} fields do not pass as they are", request.losses.size()));
        for (const auto& loss : request.losses)
            step("translate", StepOutcome::Info, fmt::format("{} {}", llm::lossWord(loss.kind), loss.path), loss.reason);
    }

    void tellChat(const llm::PreparedChat& chat, const llm::LlmPolicy* policy) {
        if (policy && policy->requestGuard) {
            std::string hits;
            for (const auto& hit : chat.guard.hits)
                hits += fmt::format("{}{} in message {}", hits.empty() ? "" : ", ", hit.rule, hit.messageIndex + 1);
            const auto outcome = chat.guard.rejected      ? StepOutcome::Rejected
                                 : chat.guard.hits.empty() ? StepOutcome::Info
                                                           : StepOutcome::Applied;
            step("guard", outcome, "prompt guard",
                 hits.empty() ? "no pattern hit" : fmt::format("{}: {}", hits, chat.guard.rejected ? "refused" : "masked"));
        }
        if (chat.enriched && policy)
            step("enrich", StepOutcome::Applied, "prompt enrichment",
                 fmt::format("{} prepended, {} appended", policy->enrichment.prepend.size(), policy->enrichment.append.size()));
        step("match", StepOutcome::Info, "chat request",
             fmt::format("model {}, {} messages{}", chat.info.model.empty() ? "not named" : chat.info.model, chat.info.messages,
                         chat.info.stream ? ", streamed" : ""));
    }

    bool chooseEndpoint(const Backend& backend) {
        const auto now = base::MonoClock::now();
        if (session_.endpoint) {
            out_.endpoint = session_.endpoint->id;
            step("endpoint", StepOutcome::Chosen, session_.endpoint->id, "the session's endpoint");
        } else if (backend.pool) {
            auto pool = copyOf(*backend.pool, now);
            inference::PickRecord record;
            const auto picked = pool.pick(now, &record);
            out_.pick = record;
            out_.steps.push_back({"pick", picked.pod ? StepOutcome::Chosen : StepOutcome::Failed,
                                  picked.pod ? picked.pod->name : record.pool, record.reason, backend.object, {}});
            if (!picked.pod) {
                answer(503, record.reason);
                return false;
            }
            out_.endpoint = picked.pod->endpoint->id;
        } else {
            const auto& cluster = target_ != nullptr ? *target_->cluster : *backend.cluster;
            const auto choice = route::chooseEndpoint(cluster, backend.object, now, out_.steps);
            if (choice.endpoint == nullptr) {
                answer(503, choice.sentence);
                return false;
            }
            out_.endpoint = choice.endpoint->id;
            out_.endpointsInTurn = choice.among;
            out_.steps.push_back({"endpoint", StepOutcome::Chosen, choice.endpoint->id, choice.sentence, backend.object, {}});
            if (const auto& transport = cluster.transport; transport && !transport->broken.empty()) {
                answer(503, transport->broken);
                return false;
            }
        }
        return true;
    }

    void tellForwarded() {
        if (out_.tunnel) return;
        out_.forwardedMethod = head_.method;
        out_.forwardedHost = head_.headers.get("host").value_or(head_.authority);
        out_.forwardedPath = head_.method == "CONNECT" ? std::string(out_.forwardedHost) : head_.hasQuery ? fmt::format("{}?{}", head_.path, head_.query) : std::string(head_.path);
        for (const auto& field : head_.headers.fields()) {
            const auto id = http::classify(field.name);
            if (http::isHopByHop(id) || id == http::FieldId::ContentLength) continue;
            out_.forwardedHeaders.emplace_back(field.name, field.value);
        }
    }

    // ---- Telling.

    void step(const char* stage, StepOutcome outcome, std::string subject, std::string detail) {
        out_.steps.push_back({stage, outcome, std::move(subject), std::move(detail), {}, {}});
    }

    void answer(int status, std::string_view text) {
        out_.status = status;
        out_.answer = text;
        step("answer", status >= 400 ? StepOutcome::Failed : StepOutcome::Info, fmt::format("status {}", status),
             std::string(text));
    }

    const Snapshot& snapshot_;
    const ExplainRequest& asked_;
    http::RequestHead head_;
    std::uint16_t port_ = 0;
    std::string_view urlHost_;
    bool explicitPort_ = false;
    bool asksHealth_ = false;
    bool refusesHttp10_ = false;
    MatchResult match_;
    SessionChoice session_;
    llm::ClientCall call_;                ///< As the client asked, before any rewrite.
    const LlmTarget* target_ = nullptr;
    Explanation out_;
};

}  // namespace

Result<Explanation> explain(const Snapshot& snapshot, const ExplainRequest& request) {
    return Explainer(snapshot, request).run();
}

}  // namespace gatehouse::route
