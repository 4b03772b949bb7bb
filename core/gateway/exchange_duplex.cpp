// Bidirectional streams: an answer that begins before the request has ended, while both go on (gRPC). HTTP/2 on both sides;
// with HTTP/1 an early answer ends the upload instead.
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "http/limit_table.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>

namespace gatehouse::gateway {

bool Exchange::startUpload() {
    if (uploadEnded_ || requestSentWhole_ || bodyBuffered_ || !call_->isHttp2() || !downstream_.isHttp2()) return false;
    // What may be sent once more must be known whole first.
    if (rule().retry || !mirrors_.empty()) return false;
    uploadEnded_ = std::make_unique<net::Event>(worker_.sweeper(), worker_.executor());
    uploading_ = true;
    stopUpload_ = false;
    uploadBroken_ = {};
    net::asio::co_spawn(worker_.executor(), upload(), net::asio::detached);
    return true;
}

/// Its failures are the answer's to tell: it ends, and the streams say why.
net::Task<void> Exchange::upload() {
    try {
        while (!stopUpload_) {
            auto body = downstream_.takeBody();
            bodyReceived_ += body.total;
            const bool tooLarge = bodyReceived_ > limits().bodyBytes && !rule().grpc;
            const bool last = downstream_.bodyDone();
            bool sent = false;
            if (!body.failed && !tooLarge) {
                const auto* trailers = last ? downstream_.trailers() : nullptr;
                if (body.total > 0 || last)
                    sent = co_await call_->send(nullptr, body, last, trailers, {base::MonoClock::now() + limits().writeStall});
                else
                    sent = true;
            }
            downstream_.consumeBody(body);
            if (body.failed || tooLarge) {
                if (tooLarge) worker_.limitBit(limit::kBodySize);
                uploadBroken_ = tooLarge ? Failure{"body-too-large", "The request body is larger than the limit."}
                                         : Failure{"bad-request", downstream_.bodyError()};
                call_->stopReading();
            }
            if (!sent || last) {
                requestSentWhole_ = sent && last;
                break;
            }
            if (stopUpload_) break;
            const bool more = co_await downstream_.moreBody({base::MonoClock::now() + limits().streamIdle});
            if (!more) break;
        }
    } catch (const std::exception&) {
        // Out of memory: the stream ends without the rest, and is reset.
    }
    uploading_ = false;
    uploadEnded_->notify();
}

net::Task<void> Exchange::endUpload() {
    stopUpload_ = true;
    while (uploading_) {
        downstream_.stopReading();
        call_->stopSending();
        static_cast<void>(co_await uploadEnded_->wait());
    }
    uploadEnded_.reset();
}

}  // namespace gatehouse::gateway
