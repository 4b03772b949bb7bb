// Explain: the steps in their order, and which listener and rule a request comes to.
#include "route/explain.h"

#include "llm/api_routes.h"
#include "route/explainer.h"
#include "route/listener_settings.h"
#include "route/preflight.h"

#include <fmt/format.h>

namespace gatehouse::route {

Result<Explanation> Explainer::run() {
    if (auto read = readRequest(); !read) return tl::unexpected(read.error());
    if (out_.status != 0 || !matchRule()) return std::move(out_);
    if (!answersItself() && chooseModel()) {
        tellTimeouts();
        forward();
    }
    return std::move(out_);
}

/// The port of that number. Without one in the URL: the usual one of the scheme, or else the only one that speaks it.
const Port* Explainer::findPort() {
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

bool Explainer::matchRule() {
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
    if (rule.llm)
        call_ = llm::clientCallBy(rule.llmPolicy ? rule.llmPolicy->apiRoutes.get() : nullptr, head_.method, head_.path, head_.hasQuery ? head_.query : std::string_view{},
                                  head_.headers.get("user-agent").value_or(""));
    tellPolicies(rule.provenance);
    return true;
}

/// Of the session's listener or, in clear, of the host's.
void Explainer::takeMatch(const Port& port, const std::string* sni) {
    match_ = match(port, head_, &out_.steps, sni);
    if (port.custom && !match_.misdirected && applySettings(port, sni)) match_ = match(port, head_, &out_.steps, sni);
    if (!match_.misdirected) matchPreflight(port, head_, match_, &out_.steps);
}

/// What ListenerPolicies make of the request, as the data plane does. True where it is another one now.
bool Explainer::applySettings(const Port& port, const std::string* sni) {
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

void Explainer::tellPolicies(const std::vector<Provenance>& policies) {
    out_.policies.insert(out_.policies.end(), policies.begin(), policies.end());
    for (const auto& policy : policies)
        out_.steps.push_back({"policy", policy.effective ? StepOutcome::Applied : StepOutcome::Rejected, policy.origin.display(),
                              fmt::format("{}{}{}: {}", policy.field, policy.subject.empty() ? "" : " of ", policy.subject, policy.reason),
                              policy.origin, policy.where});
}

void Explainer::step(const char* stage, StepOutcome outcome, std::string subject, std::string detail) {
    out_.steps.push_back({stage, outcome, std::move(subject), std::move(detail), {}, {}});
}

void Explainer::answer(int status, std::string_view text) {
    out_.status = status;
    out_.answer = text;
    step("answer", status >= 400 ? StepOutcome::Failed : StepOutcome::Info, fmt::format("status {}", status),
         std::string(text));
}

Result<Explanation> explain(const Snapshot& snapshot, const ExplainRequest& request) {
    return Explainer(snapshot, request).run();
}

}  // namespace gatehouse::route
