#include "upstream/http2_call.h"

#include "http/fields.h"
#include "http/limit_table.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

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

/// What an idle client runs into has the same name for both protocols of upstreams.
void Http2Link::onLimit(const char* name) {
    if (told_) told_(name == http::h2limit::kIdle ? limit::kUpstreamIdle : name);
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
    : Call(link->endpoint()), link_(std::move(link)), stream_(std::move(stream)), body_(*stream_), reused_(link_->served > 0) {
    ++link_->served;
}

Http2Call::~Http2Call() {
    // An answer that nobody waits for any more costs the upstream nothing further.
    if (!stream_->reset() && !(stream_->ended() && stream_->sent())) stream_->resetWith(http::kH2Cancel);
}

net::Task<bool> Http2Call::send(const RequestOut* request, const http::BodyPieces& body, bool last,
                                const http::Headers* trailers, http::Wait wait) {
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
        if (!request->upgrade.empty()) {
            line.method = "CONNECT";
            line.protocol = request->upgrade;
        }
        fields_.clear();
        for (const auto& field : head.headers.fields()) {
            const auto id = http::classify(field.name);
            const bool trailersWanted = id == http::FieldId::Te && http::listContains(field.value, "trailers");
            if (trailersWanted) fields_.push_back({"te", "trailers"});
            if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Expect ||
                id == http::FieldId::Host)
                continue;
            fields_.push_back(field);
        }
        const http::Decimal length(request->length);
        if (request->body == http::BodyKind::Length) fields_.push_back({"content-length", length.view()});
        if (!stream_->sendRequest(line, fields_, http::H2Body::endsWithHead(body, last, trailers)))
            return body_.headLost();
    }
    return body_.send(body, last, trailers, request != nullptr, wait);
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
            body_.endWith(net::IoEnd::Reset);
            co_return Arrival::Failed;
        }
        const bool woken = co_await event.wait();
        if (woken) continue;
        body_.endWith(event.end());
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

Call::Upgrades Http2Call::upgrades() const {
    const auto& session = link_->session();
    if (!session.settingsKnown() && !session.over()) return Upgrades::NotKnownYet;
    return session.extendedConnect() ? Upgrades::Yes : Upgrades::No;
}

bool Http2Call::wasStale() const { return reused_ && !answered_ && stream_->lost(); }

bool Http2Call::neverStarted() const { return stream_->reset() && stream_->resetCode() == http::kH2RefusedStream; }

}  // namespace gatehouse::upstream
