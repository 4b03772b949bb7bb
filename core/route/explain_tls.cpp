// Explain: which listener a TLS session would be made with, and whether its client would be let in.
#include "route/explainer.h"

#include <fmt/format.h>

namespace gatehouse::route {

/// The TLS session comes first: its listener is chosen by the server name alone.
bool Explainer::matchSession(const Port& port) {
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
std::string Explainer::judgeClient(const Listener& listener) {
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

}  // namespace gatehouse::route
