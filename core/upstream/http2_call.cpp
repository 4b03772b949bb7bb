#include "upstream/http2_call.h"

#include "http/fields.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <charconv>
#include <utility>

namespace gatehouse::upstream {

Http2Link::Http2Link(net::Sweeper& sweeper, net::Socket socket, std::shared_ptr<const Endpoint> endpoint,
                     const http::Limits& limits, net::Executor executor)
    : stream_(sweeper, std::move(socket)),
      endpoint_(std::move(endpoint)),
      session_(stream_, limits, http::H2Role::Client, *this, executor, sweeper) {}

void Http2Link::start(net::Executor executor) {
    net::asio::co_spawn(executor, run(shared_from_this()), net::asio::detached);
}

void Http2Link::whenKnown(std::function<void()> known) {
    known_ = std::move(known);
    if (isKnown_) tellKnown();
}

void Http2Link::tellKnown() {
    isKnown_ = true;
    if (auto known = std::exchange(known_, nullptr)) known();
}

net::Task<void> Http2Link::run(std::shared_ptr<Http2Link> self) {
    self->stream_.watch(nullptr, net::Stream::Watch::Nothing);
    self->stream_.deadline(net::Waiter::kNever);
    co_await self->session_.run();
    self->stream_.close();
}

Http2Call::Http2Call(std::shared_ptr<Http2Link> link, std::shared_ptr<http::H2Stream> stream)
    : Call(link->endpoint()), link_(std::move(link)), stream_(std::move(stream)), reused_(link_->served > 0) {
    ++link_->served;
}

Http2Call::~Http2Call() {
    // An answer that nobody waits for any more costs the upstream nothing further.
    if (!stream_->reset() && !(stream_->ended() && stream_->sent())) stream_->resetWith(http::kH2Cancel);
}

net::Task<bool> Http2Call::send(const RequestOut* request, const http::BodyPieces& body, bool last,
                                const http::Headers* trailers, http::Wait wait) {
    const bool hasTrailers = last && trailers != nullptr && trailers->size() > 0;
    const bool endsWithBody = last && !hasTrailers;
    end_ = net::IoEnd::Reset;
    if (request != nullptr) {
        const auto& head = *request->head;
        const auto host = head.headers.get("host");
        http::H2RequestLine line;
        line.method = head.method;
        line.scheme = endpoint()->transport && endpoint()->transport->tls ? "https" : "http";
        line.authority = host ? *host : !head.authority.empty() ? head.authority : request->authority;
        line.path = head.path;
        line.hasQuery = head.hasQuery;
        line.query = head.query;
        fields_.clear();
        for (const auto& field : head.headers.fields()) {
            const auto id = http::classify(field.name);
            const bool trailersWanted = id == http::FieldId::Te && http::listContains(field.value, "trailers");
            if (trailersWanted) fields_.push_back({"te", "trailers"});
            if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Expect ||
                id == http::FieldId::Host)
                continue;
            if (request->source->namesFields && http::isNamed(head.headers, field.name)) continue;
            fields_.push_back(field);
        }
        char digits[20];
        if (request->body == http::BodyKind::Length) {
            const auto made = std::to_chars(digits, digits + sizeof digits, request->length);
            fields_.push_back({"content-length", {digits, static_cast<std::size_t>(made.ptr - digits)}});
        }
        if (!stream_->sendRequest(line, fields_, endsWithBody && body.total == 0)) co_return false;
    }
    for (std::size_t i = 0; i < body.count; ++i)
        stream_->sendData(body.pieces[i], endsWithBody && i + 1 == body.count);
    if (endsWithBody && body.total == 0 && request == nullptr) stream_->sendData({}, true);
    if (hasTrailers) stream_->sendTrailers(*trailers);
    auto& event = stream_->writable();
    wait.arm(event);
    while (stream_->full() && !stream_->reset() && !stream_->stopped()) {
        const bool woken = co_await event.wait();
        if (woken) continue;
        end_ = event.end();
        co_return false;
    }
    // An answer may be read meanwhile, which tells its own end.
    end_ = stream_->reset() ? net::IoEnd::Reset : net::IoEnd::Ok;
    co_return end_ == net::IoEnd::Ok;
}

net::Task<Call::Arrival> Http2Call::readHead(http::ResponseHead& head, http::Wait wait) {
    if (interim_) stream_->nextHead();
    interim_ = false;
    auto& event = stream_->readable();
    wait.arm(event);
    while (!stream_->headReady()) {
        if (const auto* refusal = stream_->refusal()) {
            refusal_.sentence = refusal->sentence;
            co_return Arrival::Broken;
        }
        if (stream_->reset()) {
            end_ = net::IoEnd::Reset;
            co_return Arrival::Failed;
        }
        const bool woken = co_await event.wait();
        if (woken) continue;
        end_ = event.end();
        co_return Arrival::Failed;
    }
    if (const auto* refusal = stream_->refusal()) {
        refusal_.sentence = refusal->sentence;
        co_return Arrival::Broken;
    }
    auto& answer = stream_->response();
    head.status = answer.status;
    for (const auto& field : answer.headers.fields()) head.headers.addView(field.name, field.value);
    interim_ = head.status < 200;
    answered_ = true;
    co_return interim_ ? Arrival::Interim : Arrival::Final;
}

http::BodyPieces Http2Call::takeBody() {
    auto body = http::BodyPieces::of(stream_->data());
    taken_ = body.consumed = body.total;
    body.failed = stream_->refusal() != nullptr;
    return body;
}

void Http2Call::consumeBody(const http::BodyPieces& body) {
    stream_->consume(body.consumed);
    taken_ = 0;
}

net::Task<bool> Http2Call::moreBody(http::Wait wait) {
    auto& event = stream_->readable();
    wait.arm(event);
    while (true) {
        if (!stream_->data().empty() || stream_->complete() || stream_->refusal()) co_return true;
        if (stream_->reset()) {
            end_ = net::IoEnd::Reset;
            co_return false;
        }
        const bool woken = co_await event.wait();
        if (woken) continue;
        end_ = event.end();
        co_return false;
    }
}

bool Http2Call::wasStale() const { return reused_ && !answered_ && stream_->lost(); }

bool Http2Call::neverStarted() const { return stream_->reset() && stream_->resetCode() == http::kH2RefusedStream; }

}  // namespace gatehouse::upstream
