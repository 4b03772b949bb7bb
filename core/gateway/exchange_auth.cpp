// External authorization over HTTP: the service is asked with the request's head, and its body where wished. It fails
// closed: only a 200 lets a request pass.
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/side_call.h"
#include "http/fields.h"
#include "http/limit_table.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

bool listed(const std::vector<std::string>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& known) { return http::equalsIgnoreCase(known, name); });
}

/// What describes the service's own message and would lie about another.
bool describesMessage(std::string_view name) {
    const auto id = http::classify(name);
    if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Host ||
        id == http::FieldId::ContentType || id == http::FieldId::Date)
        return true;
    for (const auto* other : {"content-encoding", "content-range", "accept-ranges", "etag", "last-modified", "server", "vary"})
        if (http::equalsIgnoreCase(name, other)) return true;
    return false;
}

/// Fields of a denial without which its status means nothing, and those of its body.
bool belongsToDenial(std::string_view name) {
    for (const auto* needed : {"content-type", "content-encoding", "location", "www-authenticate", "retry-after"})
        if (http::equalsIgnoreCase(name, needed)) return true;
    return false;
}


}  // namespace

void Exchange::fillAuthHead(const route::Auth& auth, http::RequestHead& head) const {
    head.method = head.arena.copy(request_.method);
    head.path = head.arena.concat({auth.path, request_.path});
    head.query = request_.query;
    head.hasQuery = request_.hasQuery;
    head.target = head.path;
    head.scheme = request_.scheme;
    head.authority = request_.authority;
    for (const auto& field : request_.headers.fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Expect) continue;
        const bool always = id == http::FieldId::Host || http::equalsIgnoreCase(field.name, "authorization");
        if (always || listed(auth.requestHeaders, field.name)) head.headers.addView(field.name, field.value);
    }
}

bool Exchange::authFailed(const char* sentence) {
    if (downstream_.left()) return failWith(499, "client-left", "The client left while its authorization was asked for.");
    if (now_ >= requestDeadline_) return failWith(504, "timeout", "The request took longer than its timeout.");
    const auto& counters = rule().auths[authIndex_].backend.counters;
    if (counters) counters->errors.fetch_add(1, std::memory_order_relaxed);
    return failWith(403, "auth-failed", sentence);
}

/// What the service says of the client goes on, and what the client says of itself in its place does not: neither where the
/// service is silent about it, nor in a spelling that the backend may take for the same.
void Exchange::takeOver(const std::vector<std::string>& names, const http::Headers& answer) {
    const auto goesOn = [&](std::string_view name) {
        if (http::classify(name) == http::FieldId::Host) return false;
        return names.empty() ? !describesMessage(name) : listed(names, name);
    };
    const auto& said = answer.fields();
    request_.headers.removeIf([&](const http::Header& field) {
        const auto alike = [&](std::string_view name) { return http::readsAlike(name, field.name); };
        if (http::classify(field.name) == http::FieldId::Host) return false;
        return std::any_of(names.begin(), names.end(), alike) ||
               std::any_of(said.begin(), said.end(), [&](const http::Header& other) { return goesOn(other.name) && alike(other.name); });
    });
    for (const auto& field : said)
        if (goesOn(field.name)) request_.headers.add(field.name, field.value);
}

net::Task<bool> Exchange::askAuth() {
    const auto& auth = rule().auths[authIndex_];
    if (connecting_) co_return authFailed("A CONNECT has no form in which an authorization service could be asked.");
    const auto& framing = downstream_.framing();
    const auto& counters = auth.backend.counters;
    extra().authIndex = authIndex_;
    extra().authStatus = 0;
    if (counters) counters->requests.fetch_add(1, std::memory_order_relaxed);
    const bool withBody = auth.bodyBytes > 0 && framing.body != http::BodyKind::None;
    if (withBody) {
        if (framing.body == http::BodyKind::Length && framing.length > auth.bodyBytes)
            co_return failWith(413, "body-too-large", "The request body is larger than what may be shown for authorization.");
        const bool buffered = co_await bufferBody(auth.bodyBytes);
        if (!buffered) co_return false;
    }
    now_ = base::MonoClock::now();
    const auto began = now_;
    SideEndpoint endpoint(worker_, auth.backend, now_);
    if (endpoint.get() == nullptr) co_return authFailed("The authorization service has no ready endpoint.");
    http::RequestHead head;
    fillAuthHead(auth, head);
    const std::string_view body = withBody ? body_.view() : std::string_view{};
    upstream::RequestOut out;
    out.head = &head;
    // Content-Length is always told, and tells of what is sent here (HTTPAuthConfig.allowedHeaders).
    out.body = http::BodyKind::Length;
    out.length = body.size();
    const auto wait = whileClientStays(std::min(now_ + limits().authTime, requestDeadline_));
    auto answer = std::make_unique<http::ResponseHead>();
    auto asked = co_await askAside(worker_, *endpoint.get(), out, body, *answer, wait);
    now_ = base::MonoClock::now();
    extra().authMicros = std::chrono::duration_cast<base::Micros>(now_ - began).count();
    if (!asked.call && asked.end == net::IoEnd::Timeout && now_ < requestDeadline_) worker_.limitBit(limit::kAuthTime);
    if (!asked.call)
        co_return authFailed(asked.end == net::IoEnd::Timeout ? "The authorization service did not answer in time."
                                                              : "The authorization service could not be asked.");
    extra().authStatus = answer->status;
    const bool allowed = answer->status == 200;
    localBody_.clear();
    const std::size_t most = limits().authAnswerBytes;
    const bool whole = co_await finishAside(worker_, std::move(asked.call), most, allowed ? nullptr : &localBody_, wait);
    now_ = base::MonoClock::now();
    const auto& names = auth.answerHeaders;
    if (allowed) {
        if (!auth.noAnswerHeaders) takeOver(names, answer->headers);
        co_return true;
    }
    if (!whole && localBody_.size() >= most) worker_.limitBit(limit::kAuthAnswer);
    if (!whole) localBody_.clear();
    answer->headers.removeIf([&](const http::Header& field) {
        if (belongsToDenial(field.name)) return !whole && http::equalsIgnoreCase(field.name, "content-encoding");
        return describesMessage(field.name) || !(names.empty() || listed(names, field.name));
    });
    // What is no refusal must not look like the backend's consent.
    const int status = answer->status >= 300 && answer->status <= 599 ? answer->status : 403;
    authAnswer_ = std::move(answer);
    local_ = Local::Auth;
    co_return failWith(status, "auth-denied", "The authorization service refused the request.");
}

}  // namespace gatehouse::gateway
