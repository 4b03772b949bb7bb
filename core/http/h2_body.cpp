#include "http/h2_body.h"

namespace gatehouse::http {

BodyPieces H2Body::take() {
    auto body = BodyPieces::of(stream_.data());
    taken_ = body.consumed = body.total;
    body.failed = stream_.refusal() != nullptr;
    return body;
}

void H2Body::consume(const BodyPieces& body) {
    stream_.consume(body.consumed);
    taken_ = 0;
}

net::Task<bool> H2Body::more(Wait wait, bool evenAfterReset) {
    auto& event = stream_.readable();
    wait.arm(event);
    while (true) {
        const bool something = !stream_.data().empty() || stream_.complete() || stream_.refusal() != nullptr;
        if (something && (evenAfterReset || !stream_.reset())) co_return endWith(net::IoEnd::Ok);
        if (stream_.reset()) co_return endWith(net::IoEnd::Reset);
        const bool woken = co_await event.wait();
        if (!woken) co_return endWith(event.end());
    }
}

net::Task<bool> H2Body::send(const BodyPieces& body, bool last, const Headers* trailers, bool withHead, Wait wait) {
    const bool trailed = hasTrailers(last, trailers);
    const bool endsWithBody = last && !trailed;
    for (std::size_t i = 0; i < body.count; ++i)
        stream_.sendData(body.pieces[i], endsWithBody && i + 1 == body.count);
    if (endsWithBody && body.total == 0 && !withHead) stream_.sendData({}, true);
    if (trailed) stream_.sendTrailers(*trailers);
    auto& event = stream_.writable();
    wait.arm(event);
    while (stream_.full() && !stream_.reset() && !stream_.stopped()) {
        const bool woken = co_await event.wait();
        if (!woken) co_return endWith(event.end());
    }
    // The other direction may go on meanwhile, and tells its own end.
    co_return endWith(stream_.reset() ? net::IoEnd::Reset : net::IoEnd::Ok);
}

net::Task<bool> H2Body::headLost() { co_return endWith(net::IoEnd::Reset); }

}  // namespace gatehouse::http
