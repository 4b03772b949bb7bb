#include "base/ids.h"
#include "filter/chain.h"
#include "gateway/exchange.h"
#include "http/characters.h"
#include "http/fields.h"
#include "route/matcher.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// A client's id is kept when it is short and plain enough for logs and headers.
bool acceptableRequestId(std::string_view id) {
    constexpr std::size_t kLongest = 128;
    if (id.empty() || id.size() > kLongest) return false;
    return std::all_of(id.begin(), id.end(), [](char c) {
        return http::hasClass(c, http::kUnreserved) || c == ':' || c == '=' || c == '+' || c == '/' || c == '@';
    });
}

}  // namespace

net::Task<bool> Exchange::readHead() {
    auto& stream = client_.stream();
    stream.watch(nullptr, net::Stream::Watch::Nothing);
    now_ = base::MonoClock::now();
    bool begun = !stream.input().empty();  // The next of pipelined requests.
    record_.started = now_;
    stream.deadline(now_ + (begun ? limits().headTime : limits().idle));
    if (!begun) stream.shrink();
    while (true) {
        if (begun) {
            switch (requestParser_.parse(stream.input(), request_)) {
                case http::ParseState::Done:
                    record_.requestBytes = requestParser_.consumed();
                    stream.consume(requestParser_.consumed());
                    requestBody_.start(requestParser_.framing());
                    co_return true;
                case http::ParseState::Failed: {
                    const auto& refusal = requestParser_.refusal();
                    co_return failWith(refusal.status, refusal.code, refusal.sentence);
                }
                case http::ParseState::NeedMore: break;
            }
        } else if (client_.closing()) {
            co_return false;
        }
        client_.setIdle(!begun);
        const std::size_t bytes = co_await stream.receive();
        client_.setIdle(false);
        if (!stream.arrived(bytes)) {
            if (!begun) co_return false;
            now_ = base::MonoClock::now();
            if (stream.end() == net::IoEnd::Timeout)
                co_return failWith(408, "head-timeout", "The client did not finish the request head in time.");
            co_return failWith(499, "client-left", "The client left in the middle of the request head.");
        }
        now_ = base::MonoClock::now();
        if (!begun) {
            begun = true;
            record_.started = now_;
            stream.deadline(now_ + limits().headTime);
        }
    }
}

void Exchange::stampRequestId() {
    const auto sent = requestParser_.framing().requestId;
    if (acceptableRequestId(sent)) {
        record_.requestId.assign(sent);
    } else {
        if (!sent.empty()) request_.headers.remove("x-request-id");
        base::writeRequestId(requestId_);
        record_.requestId.assign({requestId_, sizeof requestId_});
        request_.headers.addView("x-request-id", {requestId_, sizeof requestId_});
    }
    record_.method.assign(request_.method);
    record_.host.assign(request_.authority);
    if (request_.hasQuery) record_.path.assign(request_.arena.concat({request_.path, "?", request_.query}));
    else record_.path.assign(request_.path);
}

/// Listener, host and rule; then the filters that answer by themselves.
bool Exchange::route() {
    const auto* snapshot = record_.snapshot.get();
    const auto* port = snapshot != nullptr ? snapshot->findPort(client_.logicalPort()) : nullptr;
    if (port == nullptr) return failWith(404, "no-listener", "No listener serves this port any more.");
    const auto match = route::match(*port, request_, nullptr);
    record_.listener = match.listener;
    if (match.candidate == nullptr)
        return failWith(404, "no-route", match.listener == nullptr ? "No listener of this port covers the host."
                                                                   : "No route matches this request.");
    record_.candidate = match.candidate;
    const auto& found = rule();
    llmRoute_ = found.llm;
    if (!found.broken.empty()) {
        record_.detail = std::make_unique<std::string>(found.broken);
        return failWith(500, "rule-broken", "The rule is broken.");
    }
    if (found.requestTimeout && found.requestTimeout->count() > 0)
        requestDeadline_ = record_.started + *found.requestTimeout;
    const auto& chain = found.chain;
    if (chain.directResponse) {
        failureStatus_ = chain.directResponse->status;
        return false;
    }
    if (chain.redirect) {
        failureStatus_ = chain.redirect->statusCode;
        return false;
    }
    return true;
}

/// Limits that are known from the head alone.
bool Exchange::acceptBody() {
    const auto& framing = requestParser_.framing();
    if (framing.body != http::BodyKind::Length) return true;
    const auto most = readsChat() ? limits().llmBodyBytes : limits().bodyBytes;
    if (framing.length > most)
        return failWith(413, "body-too-large", "The request body is larger than the limit.");
    return true;
}

bool Exchange::applyRequestFilters() {
    const auto& framing = requestParser_.framing();
    // What a client says about its own way here is not trusted (Envoy's edge defaults).
    if (framing.hasForwarded)
        request_.headers.removeIf(
            [](const http::Header& field) { return http::classify(field.name) == http::FieldId::ForwardedAny; });
    request_.headers.addView("x-forwarded-for", client_.address());
    request_.headers.addView("x-forwarded-proto", request_.scheme);
    if (!request_.authority.empty()) request_.headers.addView("x-forwarded-host", request_.authority);
    const auto& chain = rule().chain;
    if (!chain.requestHeaders.empty()) filter::apply(chain.requestHeaders, request_.headers);
    if (chain.rewrite) {
        const auto& match = record_.candidate->match;
        const bool prefix = match.pathType == config::PathMatchType::PathPrefix;
        filter::apply(*chain.rewrite, request_, prefix ? std::string_view(match.path) : std::string_view{});
    }
    return true;
}

bool Exchange::clientFailed() {
    now_ = base::MonoClock::now();
    const auto end = client_.stream().end();
    if (end == net::IoEnd::Timeout && now_ >= requestDeadline_)
        return failWith(504, "timeout", "The request took longer than its timeout.");
    if (end == net::IoEnd::Timeout)
        return failWith(408, "body-timeout", "The client sent its body too slowly, or not at all.");
    return failWith(499, "client-left", "The client left before it had sent the whole request.");
}

/// One pause may be long, but not one after the other: what has arrived earns the time for the rest.
base::MonoTime Exchange::bodyDeadline() const {
    const auto received = record_.requestBytes - requestParser_.consumed();
    const auto earned = std::chrono::milliseconds(received * 1000 / limits().bodyBytesPerSecond);
    const auto left = std::max(limits().bodyGap + earned - bodyWaited_, base::MonoClock::duration::zero());
    return std::min(now_ + std::min<base::MonoClock::duration>(left, limits().bodyGap), requestDeadline_);
}

/// After a read that began at now_.
void Exchange::noteBodyWait() {
    const auto began = now_;
    now_ = base::MonoClock::now();
    bodyWaited_ += now_ - began;
}

net::Task<bool> Exchange::sendContinue() {
    continueSent_ = true;
    net::Gather out;
    out.add("HTTP/1.1 100 Continue\r\n\r\n");
    client_.stream().deadline(now_ + limits().writeStall);
    const bool sent = co_await client_.stream().write(out);
    if (!sent) co_return clientFailed();
    co_return true;
}

/// The whole body into body_, for what must read it.
net::Task<bool> Exchange::bufferBody() {
    auto& stream = client_.stream();
    const auto& framing = requestParser_.framing();
    constexpr std::uint64_t kFirstReserve = 256 * 1024;
    if (framing.body == http::BodyKind::Length)
        body_.reserve(static_cast<std::size_t>(std::min(framing.length, kFirstReserve)));
    while (true) {
        auto input = stream.input();
        const auto before = input.size();
        std::string_view data;
        auto state = http::BodyReader::State::NeedMore;
        while ((state = requestBody_.next(input, data)) == http::BodyReader::State::Data) {
            if (body_.size() + data.size() > limits().llmBodyBytes)
                co_return failWith(413, "body-too-large", "The request body is larger than the limit.");
            body_.append(data);
            if (requestBody_.done()) break;
        }
        record_.requestBytes += before - input.size();
        stream.consume(before - input.size());
        if (state == http::BodyReader::State::Failed)
            co_return failWith(400, "bad-request", requestBody_.error());
        if (requestBody_.done()) break;
        if (framing.expectContinue && !continueSent_) {
            const bool sent = co_await sendContinue();
            if (!sent) co_return false;
        }
        stream.deadline(bodyDeadline());
        const std::size_t bytes = co_await stream.receive();
        if (!stream.arrived(bytes)) co_return clientFailed();
        noteBodyWait();
    }
    bodyBuffered_ = true;
    record_.at.body = elapsed();
    co_return true;
}

void Exchange::writeRequestHead() {
    const auto& framing = requestParser_.framing();
    out_.clear();
    out_.requestLine(request_.method, request_.path, request_.hasQuery, request_.query);
    if (!framing.hasHost) {
        // HTTP/1.0 may come without Host; upstream we speak HTTP/1.1.
        out_.field("Host", request_.authority.empty() ? std::string_view(endpoint_->id) : request_.authority);
    }
    out_.forwardable(request_.headers, framing);
    if (bodyBuffered_) out_.number("Content-Length", body_.size());
    else if (framing.body == http::BodyKind::Length) out_.number("Content-Length", framing.length);
    else if (framing.body == http::BodyKind::Chunked) out_.field("Transfer-Encoding", "chunked");
    else if (request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH")
        out_.field("Content-Length", "0");
    out_.crlf();
}

}  // namespace gatehouse::gateway
