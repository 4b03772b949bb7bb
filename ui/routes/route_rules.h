// What the views tell of routes and their rules: one decoding for every kind, a rule's matches in words, and a request that it would take.
// Thread: any; pure functions of an ObjectSet.
#pragma once

#include "config/gateway_api.h"
#include "config/status.h"
#include "route/explain.h"

#include <QString>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

inline constexpr std::array<std::string_view, 3> kRouteKinds = {"HTTPRoute", "GRPCRoute", "TLSRoute"};
bool isRouteKind(std::string_view kind);
/// The rule that a path of a route is in; 0 where it is in none.
std::size_t ruleAt(const config::FieldPath& path);
/// One decoding for every kind of route; a TLSRoute's rules have backends alone.
Result<config::HttpRouteSpec> decodeAnyRoute(const config::Object& object);

/// "/v1/chat, GET, x-canary: yes" for one rule; its matches joined by "or".
QString matchText(const config::RouteRule& rule);
/// A request that the rule would take: for the first go of "Try a request".
struct ExampleRequest {
    QString method, url, headers, body;
    QString sni;  ///< Server name of the TLS session; empty: the URL's host.
    QString client{};  ///< Address of the client, where it is known.
    std::optional<route::ExplainRequest::Recorded> recorded{};  ///< Of a request that was served before.
};
ExampleRequest exampleRequest(const config::ObjectSet& objects, const std::vector<config::Attachment>& attachments,
                              const config::ObjectKey& route, std::size_t rule);

}  // namespace gatehouse::ui
