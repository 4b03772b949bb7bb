#include "gateway/http2_downstream.h"

#include "base/log.h"
#include "gateway/exchange.h"
#include "http/fields.h"
#include "http/limit_table.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>

namespace gatehouse::gateway {

Http2Downstream::Http2Downstream(Client& client, std::shared_ptr<http::H2Stream> stream)
    : client_(client), stream_(std::move(stream)), body_(*stream_), startedAt_(base::MonoClock::now()) {
    const auto& request = stream_->request();
    bytesIn_ = request.method.size() + request.target.size() + request.authority.size();
    for (const auto& field : request.headers.fields()) bytesIn_ += field.name.size() + field.value.size();
}

net::Task<Downstream::Arrival> Http2Downstream::readHead() {
    co_return stream_->refusal() ? Arrival::Refused : stream_->reset() ? Arrival::Left : Arrival::Ready;
}

void Http2Downstream::consumeBody(const http::BodyPieces& body) {
    bytesIn_ += body.consumed;
    body_.consume(body);
}

net::Task<bool> Http2Downstream::sendContinue(http::Wait) {
    const bool sent = stream_->sendInterim(100, std::span<const http::Header>{});
    co_return body_.endWith(sent ? net::IoEnd::Ok : net::IoEnd::Reset);
}

net::Task<bool> Http2Downstream::sendInterim(const http::ResponseHead& head, http::Wait) {
    const bool sent = stream_->sendInterim(head.status, head.headers);
    co_return body_.endWith(sent ? net::IoEnd::Ok : net::IoEnd::Reset);
}

bool Http2Downstream::sendHead(const AnswerHead& head, bool end) {
    fields_.clear();
    for (const auto& field : head.headers->fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength) continue;
        fields_.push_back(field);
        bytesOut_ += field.name.size() + field.value.size();
    }
    const http::Decimal length(head.length);
    if (head.body == http::BodyKind::Length || (head.tellsLength && head.status != 204))
        fields_.push_back({"content-length", length.view()});
    return stream_->sendResponse(head.status, fields_, end);
}

net::Task<bool> Http2Downstream::send(const AnswerHead* head, const http::BodyPieces& body, bool last,
                                      const http::Headers* trailers, http::Wait wait) {
    if (head != nullptr && !sendHead(*head, http::H2Body::endsWithHead(body, last, trailers)))
        return body_.headLost();
    bytesOut_ += body.total;
    return body_.send(body, last, trailers, head != nullptr, wait);
}

void Http2Downstream::cut() { stream_->resetWith(http::kH2InternalError); }

bool Http2Downstream::finish(bool) { return false; }

Http2Server::Http2Server(Worker& worker, Client& client)
    : worker_(worker),
      client_(client),
      session_(client.stream(), client.limits(), http::H2Role::Server, *this, worker.executor(), worker.sweeper()),
      ended_(worker.sweeper(), worker.executor()) {}

net::Task<void> Http2Server::run() {
    co_await session_.run();
    // Those that wait on an upstream see that their stream has gone.
    while (exchanges_ > 0) co_await ended_.wait();
}

void Http2Server::onRequest(std::shared_ptr<http::H2Stream> stream) {
    ++exchanges_;
    if (++requests_ == client_.limits().requestsPerConnection) {
        worker_.limitBit(limit::kRequestsPerConnection);
        session_.shutdown();
    }
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
