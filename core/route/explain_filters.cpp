// Explain: the filters of a rule in their order, and what one of them answers itself.
#include "http/fields.h"
#include "route/explainer.h"
#include "route/listener_settings.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {

bool Explainer::answersItself() {
    if (!rule().broken.empty()) {
        answer(500, rule().broken);
        return true;
    }
    if (!admitsCaller()) return true;
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
            case filter::FilterStep::Csrf:
                if (refusedByCsrf(*chain.csrfs[next.index])) return true;
                break;
            case filter::FilterStep::Fault: tellFault(*chain.faults[next.index]); break;
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

/// Is the client a proxy whose word about its own clients counts?
bool Explainer::trustsClient() {
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
void Explainer::stampForwarded() {
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

/// The client's address without its port, where it is known.
std::string_view Explainer::clientAddress() const {
    std::string_view address = asked_.client;
    if (address.starts_with('[')) return address.substr(1, address.find(']') == address.npos ? address.npos : address.find(']') - 1);
    if (std::count(address.begin(), address.end(), ':') == 1) address = address.substr(0, address.find(':'));
    return address;
}

bool Explainer::answersPreflight(const filter::Cors& cors) {
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

void Explainer::tellMirror(const Mirror& mirror) {
    const auto share = mirror.numerator >= mirror.denominator
                           ? std::string("a copy would be sent, whose answer is dropped")
                           : fmt::format("a copy would be sent for {} of {} requests", mirror.numerator, mirror.denominator);
    const bool empty = mirror.backend.pool ? mirror.backend.pool->pods().empty() : mirror.backend.cluster->endpoints.empty();
    out_.steps.push_back({"mirror", StepOutcome::Info, mirror.backend.name,
                          empty ? "no copy is sent: it has no ready endpoint" : share, mirror.backend.object, {}});
}

void Explainer::tellAuth(const Auth& auth) {
    out_.steps.push_back({"auth", StepOutcome::Info, auth.backend.name,
                          fmt::format("would be asked: {} {}{}; only its 200 lets the request pass", head_.method, auth.path,
                                      head_.path),
                          auth.backend.object, {}});
}

std::string_view Explainer::matchedPrefix() const {
    const auto& match = match_.candidate->match;
    return match.pathType == config::PathMatchType::PathPrefix ? std::string_view(match.path) : std::string_view{};
}

}  // namespace gatehouse::route
