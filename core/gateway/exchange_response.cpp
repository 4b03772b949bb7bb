#include "filter/chain.h"
#include "gateway/exchange.h"
#include "http/fields.h"

#include <algorithm>
#include <ctime>

namespace gatehouse::gateway {
namespace {

/// IMF-fixdate, made anew once a second per thread.
std::string_view httpDate() {
    thread_local std::time_t made = 0;
    thread_local char text[32];
    thread_local std::size_t size = 0;
    const auto now = std::time(nullptr);
    if (now != made) {
        std::tm utc{};
        gmtime_r(&now, &utc);
        size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
        made = now;
    }
    return {text, size};
}

/// What a client is told: never more than the status says by itself.
std::string_view publicSentence(int status) {
    switch (status) {
        case 400: return "The request is malformed.";
        case 404: return "No route matches this request.";
        case 408: return "The request did not arrive in time.";
        case 413: return "The request body is too large.";
        case 414: return "The request target is too long.";
        case 417: return "The expectation cannot be met.";
        case 431: return "The request head is too large.";
        case 500: return "The gateway cannot serve this route.";
        case 501: return "The request uses something that is not served.";
        case 502: return "The upstream did not answer properly.";
        case 503: return "No upstream is available.";
        case 504: return "The upstream did not answer in time.";
        case 505: return "The HTTP version is not served.";
        default: return "The request was refused.";
    }
}

}  // namespace

bool Exchange::keepsClient() const { return clientKeepAlive_ && !client_.closing() && !worker_.stopping(); }

void Exchange::cutClient() {
    clientKeepAlive_ = false;
    // Where the end of the body is the end of the connection, only a reset tells the client that it is not whole.
    if (sentAs_ == http::BodyKind::UntilClose) client_.stream().abort();
    else client_.stream().close();
}

net::Task<bool> Exchange::writeToClient(net::Gather& out) {
    auto& stream = client_.stream();
    record_.responseBytes += out.bytes();
    stream.deadline(std::min(now_ + limits().writeStall, requestDeadline_));
    const bool sent = co_await stream.write(out);
    now_ = base::MonoClock::now();
    if (sent) co_return true;
    record_.responseBytes -= out.bytes();
    if (stream.end() == net::IoEnd::Timeout && now_ >= requestDeadline_)
        co_return failWith(504, "timeout", "The request took longer than its timeout.");
    if (stream.end() == net::IoEnd::Timeout)
        co_return failWith(499, "client-stalled", "The client stopped reading the answer.");
    co_return failWith(499, "client-left", "The client left before it had the whole answer.");
}

void Exchange::writeResponseHead() {
    const auto& chain = rule().chain;
    const auto& framing = responseParser_.framing();
    if (!chain.responseHeaders.empty()) filter::apply(chain.responseHeaders, response_.headers);
    if (!record_.backend->responseHeaders.empty()) filter::apply(record_.backend->responseHeaders, response_.headers);

    const bool oldClient = request_.minorVersion == 0;
    const bool rewritten = streamUsage_ && record_.llm->usageInjected;
    sentAs_ = framing.body;
    if (rewritten && sentAs_ == http::BodyKind::Length) sentAs_ = http::BodyKind::Chunked;
    if (sentAs_ == http::BodyKind::UntilClose) sentAs_ = http::BodyKind::Chunked;
    if (oldClient && sentAs_ == http::BodyKind::Chunked) sentAs_ = http::BodyKind::UntilClose;
    if (sentAs_ == http::BodyKind::UntilClose) clientKeepAlive_ = false;
    // An unread rest of the request would be taken for the next one.
    if (!requestSentWhole_) clientKeepAlive_ = false;

    out_.clear();
    out_.statusLine(response_.status, response_.reason.empty() ? http::reasonPhrase(response_.status) : response_.reason);
    out_.forwardable(response_.headers, framing);
    if (!framing.hasDate) out_.field("Date", httpDate());
    if (llmRoute_ && !response_.headers.has("x-request-id")) out_.field("x-request-id", record_.requestId.view());
    switch (sentAs_) {
        case http::BodyKind::Length: out_.number("Content-Length", framing.length); break;
        case http::BodyKind::Chunked: out_.field("Transfer-Encoding", "chunked"); break;
        case http::BodyKind::None:
            // To HEAD and in 304 the field tells of a body that is not sent; 1xx and 204 have none (RFC 9110 8.6).
            if (framing.hasLength && response_.status != 204) out_.number("Content-Length", framing.length);
            break;
        case http::BodyKind::UntilClose: break;
    }
    if (!keepsClient()) out_.field("Connection", "close");
    else if (oldClient) out_.field("Connection", "keep-alive");
    out_.crlf();
}

/// Adds what has arrived of the answer's body, framed for the client. False: the upstream's framing is broken.
bool Exchange::gatherResponseBody(net::Gather& out, std::size_t& consumed) {
    auto body = takeBody(responseBody_, connection_->stream.input());
    consumed = body.consumed;
    if (body.failed) return false;
    if (body.total > 0 && record_.at.firstByte < 0) record_.at.firstByte = elapsed();
    const bool done = responseBody_.done();
    if (streamUsage_ || usageFromBody_) {
        usageOut_.clear();
        for (std::size_t i = 0; i < body.count; ++i) countUsage(body.pieces[i]);
        if (done) finishUsage();
        if (streamUsage_) {
            body.total = usageOut_.size();
            body.pieces[0] = usageOut_;
            body.count = body.total > 0 ? 1 : 0;
        }
    }
    frameBody(out, body, sentAs_ == http::BodyKind::Chunked, done);
    return true;
}

net::Task<bool> Exchange::relay() {
    auto& upstream = connection_->stream;
    const auto& framing = responseParser_.framing();
    record_.status = static_cast<std::uint16_t>(response_.status);
    responseBody_.start(framing);
    startUsage();
    writeResponseHead();
    net::Gather out;
    out.add(out_.view());
    bool whole = true;
    while (true) {
        std::size_t consumed = 0;
        if (!gatherResponseBody(out, consumed)) {
            failWith(502, "upstream-bad-response", responseBody_.error());
            whole = false;
        }
        responseStarted_ = true;
        if (!out.empty()) {
            const bool sent = co_await writeToClient(out);
            if (!sent) {
                whole = false;
                if (failureStatus_ == 499) record_.status = 499;
            }
        }
        if (!whole) break;
        upstream.consume(consumed);
        out.clear();
        if (responseBody_.done()) break;
        if (!upstream.input().empty()) continue;
        upstream.deadline(std::min(now_ + limits().streamIdle, requestDeadline_));
        const std::size_t bytes = co_await upstream.receive();
        now_ = base::MonoClock::now();
        if (upstream.arrived(bytes)) continue;
        if (upstream.end() == net::IoEnd::Closed && responseBody_.endOfStream()) continue;
        whole = false;
        answerFailed();
        if (failureStatus_ == 499) record_.status = 499;
        else if (failureStatus_ == 502) record_.failure = {"upstream-reset", "The upstream broke off in the middle of its answer."};
        break;
    }
    if (whole) {
        if (framing.keepAlive && requestSentWhole_ && upstream.input().empty()) worker_.pool().give(std::move(connection_), now_);
    } else {
        if (streamUsage_) record_.llm->usage = streamUsage_->usage();
        cutClient();
    }
    connection_.reset();
    const bool keep = whole && keepsClient();
    lingers_ = whole && !requestSentWhole_;
    finish();
    co_return keep;
}

/// Redirects, direct responses and errors: everything that no upstream answered.
net::Task<bool> Exchange::answerLocally() {
    connection_.reset();
    const int status = failureStatus_;
    record_.status = static_cast<std::uint16_t>(status);
    if (status == 499) {
        clientKeepAlive_ = false;
        finish();
        co_return false;
    }
    std::string_view contentType = "text/plain; charset=utf-8";
    std::string target;
    localBody_.clear();
    if (record_.failure.code != nullptr) {
        if (llmRoute_) {
            contentType = "application/json";
            const bool guarded = record_.llm && record_.llm->guard.rejected;
            std::string_view message = publicSentence(status);
            if (guarded) message = rule().llmPolicy->rejectMessage;
            else if (status == 400 && record_.detail) message = *record_.detail;
            localBody_ = llmErrorBody(status, record_.failure.code, message);
        } else {
            localBody_ = publicSentence(status);
            localBody_ += '\n';
        }
    } else if (rule().chain.redirect && !rule().chain.directResponse) {
        const auto& match = record_.candidate->match;
        const bool prefix = match.pathType == config::PathMatchType::PathPrefix;
        target = filter::location(*rule().chain.redirect, request_, prefix ? std::string_view(match.path) : std::string_view{},
                                  client_.logicalPort());
    } else {
        const auto& direct = *rule().chain.directResponse;
        contentType = direct.contentType;
        localBody_ = direct.body;
    }

    // What the client may still send was not asked for: the connection cannot carry another request.
    const bool unread = failureStatus_ == 408 || requestParser_.refusal().sentence[0] != '\0' || !requestBody_.done();
    if (unread) clientKeepAlive_ = false;
    const bool bodyless = status == 204 || status == 304;
    out_.clear();
    out_.statusLine(status, http::reasonPhrase(status));
    if (!target.empty()) out_.field("Location", target);
    if (record_.candidate != nullptr && record_.failure.code == nullptr && !rule().chain.responseHeaders.empty()) {
        filter::apply(rule().chain.responseHeaders, response_.headers);
        out_.forwardable(response_.headers, {});
    }
    if (!localBody_.empty() && !bodyless && !response_.headers.has("content-type")) out_.field("Content-Type", contentType);
    if (!bodyless) out_.number("Content-Length", localBody_.size());
    out_.field("Date", httpDate());
    if (!response_.headers.has("x-request-id")) out_.field("x-request-id", record_.requestId.view());
    if (!keepsClient()) out_.field("Connection", "close");
    else if (request_.minorVersion == 0) out_.field("Connection", "keep-alive");
    out_.crlf();
    net::Gather out;
    out.add(out_.view());
    if (!bodyless && request_.method != "HEAD") out.add(localBody_);
    requestDeadline_ = net::Stream::kNever;
    const auto failure = record_.failure;
    const bool sent = co_await writeToClient(out);
    if (failure.code != nullptr) record_.failure = failure;
    const bool keep = sent && keepsClient();
    lingers_ = sent && unread;
    finish();
    co_return keep;
}

}  // namespace gatehouse::gateway
