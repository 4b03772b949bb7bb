// What ListenerPolicies make of a request before its rule is looked at: HTTP/1.0, headers that come before routes, the
// request id, the health check. Only where some listener of the port has settings.
#include "base/ids.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "route/listener_settings.h"

namespace gatehouse::gateway {

const route::ListenerSettings* Exchange::listenerSettings() const {
    return record_.listener == nullptr ? nullptr : record_.listener->settings.get();
}

/// `match` is what the request as it came belongs to; it is looked for again where the request is changed. False: answered.
bool Exchange::applyListener(const route::Port& port, const std::string* sni, route::MatchResult& match) {
    const auto* settings = match.listener != nullptr ? match.listener->settings.get() : route::connectionSettings(port, sni);
    if (settings == nullptr) return true;
    record_.listener = match.listener;
    if (request_.minorVersion == 0 && !downstream_.isHttp2() && !settings->acceptHttp10)
        return failWith(426, "http10-refused", "The listener does not take HTTP/1.0.");
    applyRequestId(*settings);
    if (settings->prepare(request_)) {
        match = route::match(port, request_, nullptr, sni);
        record_.listener = match.listener;
        record_.host.assign(request_.authority);
    }
    settings->strip(request_, port.port);
    if (!settings->asksHealth(request_)) return true;
    failureStatus_ = worker_.stopping() ? 503 : 200;
    local_ = Local::Health;
    return false;
}

void Exchange::applyRequestId(const route::ListenerSettings& settings) {
    const bool sent = record_.requestId.view().data() != requestId_ && downstream_.framing().requestId.data() != nullptr;
    const bool made = std::string_view(requestId_, sizeof requestId_) == record_.requestId.view();
    if (sent && !made && !settings.preserveRequestId) {
        request_.headers.remove("x-request-id");
        base::writeRequestId(requestId_);
        record_.requestId.assign({requestId_, sizeof requestId_});
        if (settings.generateRequestId) request_.headers.addView("x-request-id", {requestId_, sizeof requestId_});
    } else if (made && !settings.generateRequestId) {
        request_.headers.remove("x-request-id");
    }
}

}  // namespace gatehouse::gateway
