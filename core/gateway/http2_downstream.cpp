#include "gateway/http2_downstream.h"

#include "base/log.h"
#include "gateway/exchange.h"
#include "http/fields.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <charconv>
#include <exception>

namespace gatehouse::gateway {

Http2Downstream::Http2Downstream(Client& client, std::shared_ptr<http::H2Stream> stream)
    : client_(client), stream_(std::move(stream)), startedAt_(base::MonoClock::now()) {
    const auto& request = stream_->request();
    bytesIn_ = request.method.size() + request.target.size() + request.authority.size();
    for (const auto& field : request.headers.fields()) bytesIn_ += field.name.size() + field.value.size();
}

net::Task<Downstream::Arrival> Http2Downstream::readHead() {
    co_return stream_->refusal() ? Arrival::Refused : stream_->reset() ? Arrival::Left : Arrival::Ready;
}

http::BodyPieces Http2Downstream::takeBody() {
    auto body = http::BodyPieces::of(stream_->data());
    taken_ = body.consumed = body.total;
    body.failed = stream_->refusal() != nullptr;
    return body;
}

void Http2Downstream::consumeBody(const http::BodyPieces& body) {
    bytesIn_ += body.consumed;
    stream_->consume(body.consumed);
    taken_ = 0;
}

net::Task<bool> Http2Downstream::moreBody(http::Wait wait) {
    auto& event = stream_->readable();
    wait.arm(event);
    while (true) {
        end_ = stream_->reset() ? net::IoEnd::Reset : net::IoEnd::Ok;
        if (stream_->reset()) co_return false;
        if (!stream_->data().empty() || stream_->complete() || stream_->refusal()) co_return true;
        const bool woken = co_await event.wait();
        if (woken) continue;
        end_ = event.end();
        co_return false;
    }
}

net::Task<bool> Http2Downstream::sendContinue(http::Wait) {
    end_ = stream_->sendInterim(100, std::span<const http::Header>{}) ? net::IoEnd::Ok : net::IoEnd::Reset;
    co_return end_ == net::IoEnd::Ok;
}

net::Task<bool> Http2Downstream::sendInterim(const http::ResponseHead& head, const http::Framing&, http::Wait) {
    end_ = stream_->sendInterim(head.status, head.headers) ? net::IoEnd::Ok : net::IoEnd::Reset;
    co_return end_ == net::IoEnd::Ok;
}

bool Http2Downstream::sendHead(const AnswerHead& head, bool end) {
    fields_.clear();
    const bool namesFields = head.source != nullptr && head.source->namesFields;
    for (const auto& field : head.headers->fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength) continue;
        if (namesFields && http::isNamed(*head.headers, field.name)) continue;
        fields_.push_back(field);
        bytesOut_ += field.name.size() + field.value.size();
    }
    char digits[20];
    if (head.body == http::BodyKind::Length || (head.tellsLength && head.status != 204)) {
        const auto made = std::to_chars(digits, digits + sizeof digits, head.length);
        fields_.push_back({"content-length", {digits, static_cast<std::size_t>(made.ptr - digits)}});
    }
    return stream_->sendResponse(head.status, fields_, end);
}

net::Task<bool> Http2Downstream::send(const AnswerHead* head, const http::BodyPieces& body, bool last,
                                      const http::Headers* trailers, http::Wait wait) {
    const bool hasTrailers = last && trailers != nullptr && trailers->size() > 0;
    const bool endsWithBody = last && !hasTrailers;
    end_ = net::IoEnd::Reset;
    if (head != nullptr && !sendHead(*head, endsWithBody && body.total == 0)) co_return false;
    for (std::size_t i = 0; i < body.count; ++i)
        stream_->sendData(body.pieces[i], endsWithBody && i + 1 == body.count);
    if (endsWithBody && body.total == 0 && head == nullptr) stream_->sendData({}, true);
    if (hasTrailers) stream_->sendTrailers(*trailers);
    bytesOut_ += body.total;
    auto& event = stream_->writable();
    wait.arm(event);
    while (stream_->full() && !stream_->reset() && !stream_->stopped()) {
        const bool woken = co_await event.wait();
        if (woken) continue;
        end_ = event.end();
        co_return false;
    }
    // A body may be read meanwhile, which tells its own end.
    end_ = stream_->reset() ? net::IoEnd::Reset : net::IoEnd::Ok;
    co_return end_ == net::IoEnd::Ok;
}

void Http2Downstream::cut() { stream_->resetWith(http::kH2InternalError); }

bool Http2Downstream::finish(bool) { return false; }

Http2Server::Http2Server(Worker& worker, Client& client)
    : worker_(worker),
      client_(client),
      session_(client.stream(), worker.limits(), http::H2Role::Server, *this, worker.executor(), worker.sweeper()),
      ended_(worker.sweeper(), worker.executor()) {}

net::Task<void> Http2Server::run() {
    co_await session_.run();
    // Those that wait on an upstream see that their stream has gone.
    while (exchanges_ > 0) co_await ended_.wait();
}

void Http2Server::onRequest(std::shared_ptr<http::H2Stream> stream) {
    ++exchanges_;
    net::asio::co_spawn(worker_.executor(), serve(*this, std::move(stream)), net::asio::detached);
}

void Http2Server::onLimit(const char* name) { worker_.limitBit(name); }

net::Task<void> Http2Server::serve(Http2Server& self, std::shared_ptr<http::H2Stream> stream) {
    try {
        Http2Downstream downstream(self.client_, std::move(stream));
        Exchange exchange(self.worker_, downstream);
        co_await exchange.run();
    } catch (const std::exception& error) {
        base::logError("exchange", "a request was dropped: {}", error.what());
    }
    --self.exchanges_;
    if (self.exchanges_ == 0) self.ended_.notify();
}

}  // namespace gatehouse::gateway
