// The rule's filters on the request's way, in the order of the list, and what they add to the answer.
#include "filter/chain.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "http/characters.h"
#include "http/fields.h"
#include "route/listener_settings.h"
#include "upstream/balance.h"

namespace gatehouse::gateway {

namespace {

/// In the order of the wire; an IPv4 address that came on an IPv6 socket as the IPv4 address that it is.
std::pair<std::array<std::uint8_t, 16>, bool> addressBytes(net::asio::ip::address address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = net::asio::ip::make_address_v4(net::asio::ip::v4_mapped, address.to_v6());
    if (address.is_v6()) return {address.to_v6().to_bytes(), true};
    std::array<std::uint8_t, 16> out{};
    const auto bytes = address.to_v4().to_bytes();
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return {out, false};
}

}  // namespace

ExchangeExtra& Exchange::extra() {
    if (!record_.extra) record_.extra = std::make_unique<ExchangeExtra>();
    return *record_.extra;
}

/// What a client says about its own way here is not trusted (Envoy's edge defaults), unless proxies before us are.
void Exchange::stampForwarded() {
    const auto* settings = listenerSettings();
    if (record_.listener->trustedHops > 0 && (settings == nullptr || trustsPeer(*settings))) {
        stampTrustedForwarded(settings);
        return;
    }
    if (downstream_.framing().hasForwarded)
        request_.headers.removeIf(
            [](const http::Header& field) { return http::classify(field.name) == http::FieldId::ForwardedAny; });
    if (settings == nullptr || settings->appendForwarded)
        request_.headers.addView("x-forwarded-for", downstream_.client().address());
    request_.headers.addView("x-forwarded-proto", request_.scheme);
    if (!request_.authority.empty()) request_.headers.addView("x-forwarded-host", request_.authority);
}

/// The peer is a proxy of ours: its word stays, and it is added to the way. Internal fields are dropped all the same.
void Exchange::stampTrustedForwarded(const route::ListenerSettings* settings) {
    auto& headers = request_.headers;
    if (downstream_.framing().hasForwarded)
        headers.removeIf([](const http::Header& field) { return http::isInternal(field.name); });
    std::string way;
    for (const auto& field : headers.fields()) {
        if (!http::equalsIgnoreCase(field.name, "x-forwarded-for")) continue;
        way += field.value;
        way += ", ";
    }
    if (settings != nullptr && !settings->trustedNetworks.empty()) noteClientBeyond(*settings, way);
    else noteTrustedClient(way);
    if (settings == nullptr || settings->appendForwarded) {
        way += downstream_.client().address();
        headers.set("x-forwarded-for", way);
    }
    if (!headers.has("x-forwarded-proto")) headers.addView("x-forwarded-proto", request_.scheme);
    if (!headers.has("x-forwarded-host") && !request_.authority.empty())
        headers.addView("x-forwarded-host", request_.authority);
}

/// The farthest address that a trusted hop has seen (Envoy's xff_num_trusted_hops): as many from the right as there are
/// hops. `way` holds what came, each entry followed by a comma.
void Exchange::noteTrustedClient(std::string_view way) {
    auto hops = record_.listener->trustedHops;
    std::string_view entry;
    while (hops-- > 0 && !way.empty()) {
        way = way.substr(0, way.rfind(','));
        const auto before = way.rfind(',');
        entry = http::trimOws(before == std::string_view::npos ? way : way.substr(before + 1));
        way = before == std::string_view::npos ? std::string_view{} : way.substr(0, before + 1);
    }
    net::ErrorCode error;
    const auto address = net::asio::ip::make_address(std::string(entry), error);
    if (!error && !entry.empty()) trustedClient_ = address;
}

bool Exchange::trustsPeer(const route::ListenerSettings& settings) const {
    if (settings.trustedNetworks.empty()) return true;
    const auto [bytes, v6] = addressBytes(downstream_.client().peer().address());
    return settings.trusts(bytes, v6);
}

/// The last address on the way that is none of the trusted networks' (Envoy's xff_trusted_cidrs).
void Exchange::noteClientBeyond(const route::ListenerSettings& settings, std::string_view way) {
    while (!way.empty()) {
        way = way.substr(0, way.rfind(','));
        const auto before = way.rfind(',');
        const auto entry = http::trimOws(before == std::string_view::npos ? way : way.substr(before + 1));
        net::ErrorCode error;
        const auto address = net::asio::ip::make_address(std::string(entry), error);
        if (error) return;
        trustedClient_ = address;
        const auto [bytes, v6] = addressBytes(address);
        if (!settings.trusts(bytes, v6)) return;
        way = before == std::string_view::npos ? std::string_view{} : way.substr(0, before + 1);
    }
}

Exchange::Filtered Exchange::runFilters() {
    const auto& chain = rule().chain;
    while (nextFilter_ < chain.order.size()) {
        const auto next = chain.order[nextFilter_++];
        switch (next.what) {
            case filter::FilterStep::RequestHeaders: filter::apply(chain.requestHeaders, request_.headers); break;
            case filter::FilterStep::Rewrite: {
                const auto& match = record_.candidate->match;
                const bool prefix = match.pathType == config::PathMatchType::PathPrefix;
                filter::apply(*chain.rewrite, request_, prefix ? std::string_view(match.path) : std::string_view{});
                break;
            }
            case filter::FilterStep::Cors:
                if (!applyCors()) return Filtered::Answered;
                break;
            case filter::FilterStep::Mirror:
                if (!connecting_) drawMirror(next.index);  // A tunnel has no copy.
                break;
            case filter::FilterStep::Auth: authIndex_ = next.index; return Filtered::AsksAuth;
            case filter::FilterStep::Csrf:
                if (!comesFromHere(*chain.csrfs[next.index])) return Filtered::Answered;
                break;
            case filter::FilterStep::Fault: faultIndex_ = next.index; return Filtered::Faults;
            case filter::FilterStep::Redirect:
                local_ = Local::Redirect;
                failureStatus_ = chain.redirect->statusCode;
                return Filtered::Answered;
            case filter::FilterStep::DirectResponse:
                local_ = Local::Direct;
                failureStatus_ = chain.directResponse->status;
                return Filtered::Answered;
        }
    }
    return Filtered::Done;
}

bool Exchange::applyCors() {
    const auto& cors = *rule().chain.cors;
    // Header filters may change it; the answer is about what the browser sent.
    origin_ = filter::originOf(request_.headers);
    if (origin_.empty() && !preflight_) return true;
    const bool allowed = filter::originAllowed(cors, origin_);
    const bool preflight = preflight_ || filter::isPreflight(request_);
    extra().corsAllowed = allowed;
    extra().cors = preflight ? allowed ? "a preflight from an allowed origin, answered here"
                                       : "a preflight from an origin that is not allowed, answered without permission"
                   : allowed ? "from an allowed origin; the answer says so"
                             : "from an origin that is not allowed; the answer does not say so";
    if (!preflight) return true;
    local_ = Local::Preflight;
    failureStatus_ = 204;
    return false;
}

/// True: the session names the backend, and no draw is made.
bool Exchange::chooseBySession() {
    session_ = route::readSession(rule(), request_.headers, now_);
    extra().session = session_.state;
    if (session_.backend == nullptr) return false;
    record_.backend = session_.backend;
    return true;
}

/// The session's endpoint, on the first try alone. True: reserved.
bool Exchange::pickSessionEndpoint() {
    if (session_.endpoint == nullptr || avoidEndpoint_ != nullptr) return false;
    if (session_.pod) pickSessionPod();
    else session_.endpoint->inFlight.fetch_add(1, std::memory_order_relaxed);
    return true;
}

void Exchange::stampAnswer() {
    const auto& found = rule();
    if (found.chain.cors && local_ == Local::Preflight)
        filter::answerPreflight(*found.chain.cors, request_, response_.headers);
    else if (found.chain.cors)
        filter::stampAnswer(*found.chain.cors, origin_, response_.headers);
    // An endpoint that fails is none to come back to.
    if (!found.sessions || call_ == nullptr || endpoint_ == nullptr || response_.status >= 500) return;
    if (session_.state == route::SessionState::Kept && endpoint_ == session_.endpoint) return;
    const auto token = route::sessionTokenFor(found, *record_.backend, *endpoint_);
    filter::stampSession(found.sessions->settings, token, request_.scheme == "https", response_.headers);
    extra().sessionStamped = true;
}

}  // namespace gatehouse::gateway
