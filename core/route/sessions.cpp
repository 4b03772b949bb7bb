#include "route/sessions.h"

#include "upstream/balance.h"

#include <chrono>

namespace gatehouse::route {
namespace {

/// Rules that share a Service and a cookie's name share sessions.
std::string placeOf(const Backend& backend, const upstream::Endpoint& endpoint) {
    return (backend.pool ? backend.pool->id() : backend.cluster->id) + '\n' + endpoint.id;
}

std::chrono::seconds wallSeconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
}

}  // namespace

const char* sessionText(SessionState state) {
    switch (state) {
        case SessionState::None: return "";
        case SessionState::New: return "the request carries no session, so one begins";
        case SessionState::Kept: return "goes where its session began";
        case SessionState::Expired: return "the session is older than its absoluteTimeout, so another begins";
        case SessionState::Unknown: return "the session was not made by this process for this rule, so another begins";
        case SessionState::Gone: return "the session's endpoint is gone, so another begins";
        case SessionState::Out: return "the session's endpoint is left out for its failures, so another begins";
    }
    return "";
}

SessionChoice readSession(const Rule& rule, const http::Headers& request, base::MonoTime now) {
    SessionChoice choice;
    if (!rule.sessions) return choice;
    const auto& settings = rule.sessions->settings;
    const auto token = filter::sessionToken(settings, request);
    choice.state = SessionState::New;
    if (token.empty()) return choice;
    choice.state = SessionState::Unknown;
    const auto ticket = settings.seal->open(settings.name, token);
    if (!ticket) return choice;
    if (settings.absoluteTimeout && wallSeconds() - ticket->began >= *settings.absoluteTimeout) {
        choice.state = SessionState::Expired;
        return choice;
    }
    choice.state = SessionState::Gone;
    const auto place = rule.sessions->places.find(ticket->tag);
    if (place == rule.sessions->places.end()) return choice;
    const auto& backend = rule.backends[place->second.backend];
    if (backend.pool) {
        const auto& pod = backend.pool->pods()[place->second.endpoint];
        choice.endpoint = pod->endpoint.get();
        if (!pod->unreachable()) choice.pod = pod;
    } else {
        choice.endpoint = backend.cluster->endpoints[place->second.endpoint].get();
    }
    if (upstream::isEjected(*choice.endpoint, now) || (backend.pool && !choice.pod)) {
        choice = {};
        choice.state = SessionState::Out;
        return choice;
    }
    choice.backend = &backend;
    choice.state = SessionState::Kept;
    return choice;
}

std::string sessionTokenFor(const Rule& rule, const Backend& backend, const upstream::Endpoint& endpoint) {
    const auto& settings = rule.sessions->settings;
    return settings.seal->seal(settings.name, {settings.seal->tag(placeOf(backend, endpoint)), wallSeconds()});
}

std::shared_ptr<const Sessions> makeSessions(filter::Session settings, const std::vector<Backend>& backends) {
    auto made = std::make_shared<Sessions>();
    for (std::uint32_t b = 0; b < backends.size(); ++b) {
        const auto& backend = backends[b];
        if (backend.kind == BackendKind::Invalid) continue;
        const auto add = [&](const upstream::Endpoint& endpoint, std::uint32_t position) {
            made->places.try_emplace(settings.seal->tag(placeOf(backend, endpoint)), Sessions::Place{b, position});
        };
        if (backend.pool) {
            const auto& pods = backend.pool->pods();
            for (std::uint32_t i = 0; i < pods.size(); ++i) add(*pods[i]->endpoint, i);
        } else if (backend.cluster) {
            const auto& endpoints = backend.cluster->endpoints;
            for (std::uint32_t i = 0; i < endpoints.size(); ++i) add(*endpoints[i], i);
        }
    }
    made->settings = std::move(settings);
    return made;
}

}  // namespace gatehouse::route
