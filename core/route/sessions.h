// Sessions of a rule: from the token that a request carries to the endpoint that it means. Used by the data plane and by
// explain. Thread: any; pure but for the clock.
#pragma once

#include "route/snapshot.h"

#include <string>

namespace gatehouse::route {

enum class SessionState {
    None,     ///< The rule keeps no sessions.
    New,      ///< The request carries no token.
    Kept,
    Expired,  ///< Older than absoluteTimeout.
    Unknown,  ///< Not sealed by this process, or for another rule.
    Gone,     ///< Its endpoint is not there any more.
    Out,      ///< Its endpoint is left out for its failures.
};
/// What becomes of the session, as a sentence.
const char* sessionText(SessionState state);

struct SessionChoice {
    SessionState state = SessionState::None;
    const Backend* backend = nullptr;           ///< Kept only.
    upstream::Endpoint* endpoint = nullptr;     ///< Kept only.
    std::shared_ptr<inference::Pod> pod;        ///< Kept, and the backend is a pool.
};
SessionChoice readSession(const Rule& rule, const http::Headers& request, base::MonoTime now);

/// The token of a new session at that endpoint.
std::string sessionTokenFor(const Rule& rule, const Backend& backend, const upstream::Endpoint& endpoint);

/// Fills `places` from the rule's backends.
std::shared_ptr<const Sessions> makeSessions(filter::Session settings, const std::vector<Backend>& backends);

}  // namespace gatehouse::route
